"""Annotate plain text: every mention of a concept and every relation between two of them, at exact places.

A text is read as the abstract of a record is: line ends, hyphenation and remains of LaTeX are undone for reading only. A blank
line ends a paragraph, and with it a sentence.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

from spacy.tokens import Doc

from confgraph.errors import ConfigError, SourceError
from confgraph.extract import concepts, entities
from confgraph.extract.options import OWN, ExtractOptions
from confgraph.extract.spans import RecordText, confidence_of, iter_related
from confgraph.records import RelationType, to_row
from confgraph.text import View, view

_BLANK_LINE: Final = re.compile(r"\n[^\S\n]*\n\s*")
_HALF_PAIR: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A concept named in a text: `text` is what stands at `[start, end)`, in code points; `label` is one of `LABELS`."""

    start: int
    end: int
    label: str
    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class RelationMention:
    """A typed relation between two mentions of a text, which are named by their words and where they start."""

    subject: str
    subject_start: int
    type: RelationType
    object: str
    object_start: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Annotation:
    """What a text names, in order of place, and the relations stated between two of these mentions."""

    entities: tuple[Mention, ...] = ()
    relations: tuple[RelationMention, ...] = ()


class Annotator:
    """Annotate texts with one pipeline: our own, or one with the entities of another spaCy pipeline."""

    def __init__(self, options: ExtractOptions | None = None, folder: Path = Path()) -> None:
        """Build the pipeline, which takes about a second; a path in the options counts from `folder`.

        Raises:
            ConfigError: the extractor cannot be loaded, or needs a page.
        """
        self._options = options or ExtractOptions()
        if self._options.extractor != OWN and not self._options.extractor.startswith(entities.SCHEME):
            hint = f"use {OWN} or {entities.SCHEME}NAME_OR_PATH here"
            what = f"{self._options.extractor!r} reads whole pages, not single texts, or does not exist"
            raise ConfigError("extract.extractor", what, hint)
        self._nlp = entities.build(self._options, folder)

    def __call__(self, texts: Iterable[str]) -> Iterator[Annotation]:
        """Yield the annotation of each text, in order; one batch of texts is held at a time.

        A text may be any string; half a surrogate pair is read as one unknown character.
        """
        rest = iter(texts)
        while batch := [_readable(text) for text in islice(rest, self._options.batch_size)]:
            found: list[Annotation] = []
            with self._nlp.memory_zone():  # frees the strings of the batch's words
                docs = self._nlp.pipe((source.text for source in batch), batch_size=self._options.part)
                for source, doc in zip(batch, docs, strict=True):
                    found.append(_annotation(source, doc))
            yield from found


def annotate(texts: Iterable[str], options: ExtractOptions | None = None, folder: Path = Path()) -> Iterator[Annotation]:
    """Yield the annotation of each text, in order, as an `Annotator` of these options does.

    Raises:
        ConfigError: the extractor cannot be loaded, or needs a page.

    >>> (found,) = annotate(["We train ResNet-50 on ImageNet."])
    >>> [(m.label, m.text, m.start) for m in found.entities]
    [('Method', 'ResNet-50', 9), ('Dataset', 'ImageNet', 22)]
    """
    return Annotator(options, folder)(texts)


def annotate_rows(
    rows: Iterable[tuple[int, Any]], where: str, options: ExtractOptions | None = None, folder: Path = Path()
) -> Iterator[dict[str, Any]]:
    """Yield for each numbered row `{"id", "text"}` the row `{"id", "entities", "relations"}`, in order; other keys are passed over.

    Raises:
        SourceError: a row lacks one of the two, or its text is none; `where` and the row's number open the message.
        ConfigError: as for `annotate`.
    """
    waiting: deque[Any] = deque()

    def iter_texts() -> Iterator[str]:
        for number, row in rows:
            place = f"{where}, line {number}"
            if not isinstance(row, dict):
                raise SourceError(place, "is no object", 'write {"id": ..., "text": "..."}')
            for key in ("id", "text"):
                if key not in row:
                    raise SourceError(place, f"lacks {key!r}", 'write {"id": ..., "text": "..."}')
            if not isinstance(row["text"], str):
                raise SourceError(place, "its text is no string", 'write {"id": ..., "text": "..."}')
            waiting.append(row["id"])
            yield row["text"]

    for annotation in annotate(iter_texts(), options, folder):
        yield {"id": waiting.popleft(), **to_row(annotation)}


def _readable(text: str) -> RecordText:
    """Read a text as a record without a title; each paragraph is a line."""
    known = _HALF_PAIR.sub("\ufffd", text)
    breaks = list(_BLANK_LINE.finditer(known))
    places = zip([0, *(m.end() for m in breaks)], [*(m.start() for m in breaks), len(known)], strict=True)
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for paragraph in (view(known, start, end) for start, end in places):
        if starts and paragraph.text:  # the line end between two paragraphs stands for what parts them
            chars.append("\n")
            starts.append(ends[-1])
            ends.append(paragraph.starts[0])
        chars.append(paragraph.text)
        starts += paragraph.starts
        ends += paragraph.ends
    whole = View("".join(chars), tuple(starts), tuple(ends))
    return RecordText(text, f"\n{whole.text}", View("", (), ()), whole)


def _annotation(source: RecordText, doc: Doc) -> Annotation:
    """Read the mentions and relations that the components left in a Doc, at their places in the text."""
    mentions: dict[tuple[int, int], Mention] = {}
    for span in doc.spans.get(concepts.GROUP, ()):
        place = source.place(span.start_char, span.end_char)
        mention = Mention(place.start, place.end, span.label_.capitalize(), source.page[place.start : place.end], confidence_of(span))
        mentions.setdefault((span.start, span.end), mention)
    related: dict[tuple[Mention, RelationType, Mention], float] = {}
    for (subject, kind, other, _), confidence in iter_related(doc):
        left, right = mentions.get((subject.start, subject.end)), mentions.get((other.start, other.end))
        if left and right and left != right:
            key = (left, kind, right)
            related[key] = max(confidence, related.get(key, 0.0))
    ordered = sorted(related.items(), key=lambda item: (item[0][0], item[0][2], item[0][1]))
    relations = tuple(RelationMention(a.text, a.start, kind, b.text, b.start, confidence) for (a, kind, b), confidence in ordered)
    return Annotation(tuple(sorted(set(mentions.values()))), relations)
