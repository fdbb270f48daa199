"""The trained model as a component: mark the mentions that it finds, and keep what it saw of the text for the relations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from confgraph.extract.reader import Encoded, Reader, Tagged

GROUP: Final = "model"
_ENCODED: Final = "confgraph.encoded"
_BATCH: Final = 32


@Language.factory("confgraph_tagger_v1", default_config={"threads": 1})
def make_tagger(nlp: Language, name: str, threads: int) -> Tagger:  # noqa: ARG001  (spaCy calls factories by keyword)
    """Make the component that fills `doc.spans["model"]`; `threads` are those of the model."""
    return Tagger(Reader(threads))


class Tagger:
    """Mark mentions: the label is the field, the id the probability that exactly this is a mention."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def __call__(self, doc: Doc) -> Doc:
        """Fill the group `model` of `doc`."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = _BATCH) -> Iterator[Doc]:
        """Fill the group of many, in order; while the model reads one batch, the components after it work on the one before."""
        rest = iter(stream)
        waiting: tuple[list[Doc], Future[tuple[list[Encoded], list[list[Tagged]]]]] | None = None
        with ThreadPoolExecutor(1) as thread:
            while docs := list(islice(rest, batch_size)):
                places = [[(s.start_char, s.end_char) for s in doc.sents] if len(doc) else [] for doc in docs]
                job = thread.submit(self._read, [doc.text for doc in docs], places)
                if waiting:
                    yield from _marked(*waiting)
                waiting = docs, job
            if waiting:
                yield from _marked(*waiting)

    def _read(self, texts: Sequence[str], places: Sequence[Sequence[tuple[int, int]]]) -> tuple[list[Encoded], list[list[Tagged]]]:
        encoded = self._reader.run(self._reader.cut(texts, places), len(texts))
        return encoded, self._reader.tag(encoded)


def _marked(docs: Sequence[Doc], job: Future[tuple[list[Encoded], list[list[Tagged]]]]) -> Iterator[Doc]:
    for doc, encoded, tags in zip(docs, *job.result(), strict=True):
        starts = doc.to_array("IDX").astype(np.int64)
        spans = [_span(doc, starts, t) for t in tags]
        doc.spans[GROUP] = SpanGroup(doc, name=GROUP, spans=spans)
        doc.user_data[_ENCODED] = encoded
        yield doc


def encoded_of(doc: Doc) -> Encoded | None:
    """Give what the model saw of a text, once: it is dropped from the Doc, for it is large."""
    found: Encoded | None = doc.user_data.pop(_ENCODED, None)
    return found


def _span(doc: Doc, starts: NDArray[np.int64], tag: Tagged) -> Span:
    """Give the tokens that a mention touches."""
    first = int(np.searchsorted(starts, tag.start, side="right")) - 1
    last = int(np.searchsorted(starts, tag.end, side="left"))
    return Span(doc, first, last, label=tag.kind.upper(), span_id=f"{tag.probability:.2f}")
