"""Take the entities of another spaCy pipeline for the mentions of concepts, in place of our own component.

What stands before and after in our pipeline goes on: URLs, sentences, acronyms, introductions, results and relations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from confgraph.errors import ConfigError
from confgraph.extract import concepts, introduces, pipeline
from confgraph.extract.options import LABELS, ExtractOptions, label_of
from confgraph.extract.shapes import concept_form

FACTORY: Final = "confgraph_spacy_v1"
SCHEME: Final = "spacy:"
EVIDENCE: Final = "spacy"
"""The id of a mention that the other pipeline marks and the text does not introduce."""

_REPLACED: Final = "confgraph_concepts_v1"
_BATCH: Final = 64


class _Piece(NamedTuple):
    """A line of a Doc's text: the Doc's index in its batch, where the line starts in it, the line."""

    doc: int
    start: int
    text: str


def build(options: ExtractOptions, folder: Path) -> Language:
    """Build the pipeline that the options name: our own, or ours with the entities of `spacy:NAME_OR_PATH`.

    A path counts from `folder`; a name is that of an installed package.

    Raises:
        ConfigError: that pipeline cannot be loaded, or none of its labels is one of ours.
    """
    nlp = pipeline.build()
    if options.extractor.startswith(SCHEME):
        name = options.extractor.removeprefix(SCHEME)
        path = folder / name
        source = str(path) if name and path.is_dir() else name
        nlp.replace_pipe(_REPLACED, FACTORY, config={"source": source, "labels": dict(options.labels)})
    return nlp


def identify(nlp: Language) -> dict[str, str]:
    """Say which pipeline gives the entities, where that is another: its name and version."""
    reader = nlp.get_pipe(_REPLACED)
    return {"pipeline": reader.title} if isinstance(reader, EntityReader) else {}


@Language.factory(FACTORY, default_config={"source": "", "labels": {}})
def make_entities(nlp: Language, name: str, source: str, labels: dict[str, str]) -> EntityReader:  # noqa: ARG001
    """Make the component that fills `doc.spans["concepts"]` with the entities of the pipeline `source`."""
    try:
        theirs = spacy.load(source)
    except (OSError, ValueError, ImportError) as error:  # spaCy's own errors are of these kinds
        first = str(error).partition("\n")[0]
        hint = "install the package, or give the folder of the pipeline"
        raise ConfigError("extract.extractor", f"the spaCy pipeline {source!r} cannot be loaded ({first})", hint) from error
    theirs.max_length = nlp.max_length
    wanted = {label.casefold(): label for label in LABELS} | {k.casefold(): label_of(v) or v for k, v in labels.items()}
    _check_labels(theirs, source, wanted)
    return EntityReader(theirs, wanted)


class EntityReader:
    """Mark the entities of another pipeline: the label is the field, the id the evidence.

    Each line is read by itself, so that no entity spans a title and an abstract. An entity takes in the whole of the tokens that it
    touches; one without a known label is left out.
    """

    def __init__(self, theirs: Language, labels: Mapping[str, str]) -> None:
        """Hold the pipeline, and our label for each of its labels, folded."""
        self._theirs = theirs
        self._labels = labels
        self.title = f"{theirs.meta['lang']}_{theirs.meta['name']} {theirs.meta['version']}"

    def __call__(self, doc: Doc) -> Doc:
        """Fill the group `concepts` of `doc`."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = _BATCH) -> Iterator[Doc]:
        """Fill the group of many, in order."""
        rest = iter(stream)
        while docs := list(islice(rest, batch_size)):
            pieces = [piece for i, doc in enumerate(docs) for piece in _iter_lines(i, doc.text)]
            found: list[list[Span]] = [[] for _ in docs]
            for piece, read in zip(pieces, self._theirs.pipe((p.text for p in pieces), batch_size=batch_size), strict=True):
                found[piece.doc] += self._iter_mentions(docs[piece.doc], piece.start, read)
            for doc, spans in zip(docs, found, strict=True):
                doc.spans[concepts.GROUP] = SpanGroup(doc, name=concepts.GROUP, spans=_marked(doc, spans))
                yield doc

    def _iter_mentions(self, doc: Doc, shift: int, read: Doc) -> Iterator[Span]:
        for entity in read.ents:
            label = self._labels.get(entity.label_.casefold())
            text = entity.text
            start = shift + entity.start_char + len(text) - len(text.lstrip())
            end = shift + entity.start_char + len(text.rstrip())
            if label and start < end:
                span = doc.char_span(start, end, label=label.upper(), alignment_mode="expand")
                if span is not None:
                    yield span


def _check_labels(theirs: Language, source: str, wanted: Mapping[str, str]) -> None:
    """Refuse a pipeline of which nothing could ever come; components that do not tell their labels are given the benefit of the doubt."""
    components = [name for name in theirs.pipe_names if "doc.ents" in theirs.get_pipe_meta(name).assigns]
    labels = sorted({label for name in components for label in theirs.pipe_labels.get(name, ())})
    if not theirs.pipe_names:
        raise ConfigError("extract.extractor", f"the spaCy pipeline {source!r} is empty", "give one that finds entities")
    if labels and not any(label.casefold() in wanted for label in labels):
        what = f"none of the labels of the spaCy pipeline {source!r} is one of ours; it has {', '.join(labels)}"
        raise ConfigError("extract.labels", what, 'map them, such as [extract] labels = {PRODUCT = "Method"}')


def _iter_lines(number: int, text: str) -> Iterator[_Piece]:
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield _Piece(number, at, line)
        at += len(line) + 1


def _marked(doc: Doc, spans: Sequence[Span]) -> list[Span]:
    """Give each place one mention, and say which the text introduces: relations ask for it."""
    own = {concept_form(s.text) for s in doc.spans.get(introduces.GROUP, ())}
    once: dict[tuple[int, int], Span] = {}
    for span in spans:
        evidence = "introduced" if concept_form(span.text) in own else EVIDENCE
        once.setdefault((span.start, span.end), Span(doc, span.start, span.end, label=span.label_, span_id=evidence))
    return [once[place] for place in sorted(once)]
