"""Read a text of no known layout: abstracts, with the author line and title above them where there are any."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from confgraph.ingest.lines import Line, cover, is_prose, split_paragraphs
from confgraph.ingest.people import is_author_list, lists_people, split_authors
from confgraph.ingest.programme import read_affiliated
from confgraph.ingest.sketch import Draft, Sketch
from confgraph.records import Author, RecordKind, Span

_LABEL: Final = re.compile(r"^(?:abstract|summary)\s*(?:[:.]?$|[:.–—-]\s*(?=\S))", re.IGNORECASE)
"""A label alone on its line, or before the abstract that starts there."""
_BY: Final = re.compile(r"^(?:by|authors?|presenters?|speakers?)\s*(?::\s*|\s)(?=\S)", re.IGNORECASE)
_ABSTRACT_WORDS: Final = 20
_TITLE_WORDS: Final = 40
_HEAD_LINES: Final = 3


def score(lines: Sequence[Line]) -> float:
    """Say that any text can be read, though every other layout that fits is better."""
    return 0.05 if lines else 0.0


def read(text: str, lines: Sequence[Line]) -> Sketch:
    """Find paragraphs of prose, and the short lines above each that can be its authors and title."""
    del text  # all that counts here stands in whole lines
    drafts: list[Draft] = []
    head: list[Line] = []
    for paragraph in _blocks(lines):
        labelled = bool(head) and _is_label(head[-1])
        prose = 0 if labelled else _abstract_start(paragraph)
        if prose is None:
            head += paragraph
            continue
        title, authors = _head([*head, *paragraph[:prose]])
        body = paragraph[prose:]
        if drafts and title is None and not authors and not prose and not head:
            drafts[-1] = _extended(drafts[-1], body)
        else:
            drafts.append(_draft(title, authors, body))
        head = []
    if not drafts and head:
        drafts = _bare(head)
    return Sketch(tuple(drafts))


def _blocks(lines: Sequence[Line]) -> list[Sequence[Line]]:
    """Split a page into paragraphs, and those where a title and authors follow prose without a blank line."""
    blocks: list[Sequence[Line]] = []
    for paragraph in split_paragraphs(list(lines)):
        start = 0
        for i in range(2, len(paragraph)):
            if is_prose(paragraph[i - 2].text) and not is_prose(paragraph[i - 1].text) and _people(paragraph[i]):
                blocks.append(paragraph[start : i - 1])
                start = i - 1
        blocks.append(paragraph[start:])
    return blocks


def _is_label(line: Line) -> bool:
    """Tell whether a line is nothing but the label of an abstract."""
    label = _LABEL.match(line.text)
    return label is not None and label.end() == len(line.text)


def _abstract_start(paragraph: Sequence[Line]) -> int | None:
    """Say at which line of a paragraph its abstract starts: after a label, else after the authors, where enough prose follows."""
    label = next((i for i, line in enumerate(paragraph) if _LABEL.match(line.text)), None)
    if label is not None and not _is_label(paragraph[label]):
        return label
    if label is not None:
        return label + 1 if label + 1 < len(paragraph) else None
    people = max((i for i, line in enumerate(paragraph) if _people(line)), default=-1)
    rest = " ".join(line.text for line in paragraph[people + 1 :])
    return people + 1 if is_prose(rest) and len(rest.split()) >= _ABSTRACT_WORDS else None


def _head(lines: Sequence[Line]) -> tuple[Line | None, list[Line]]:
    """Give the title and the author lines among the last lines above an abstract."""
    near = [line for line in lines[-_HEAD_LINES - 1 :] if not _LABEL.match(line.text)]
    first = next((i for i, line in enumerate(near) if _lists_people(line)), None)
    if first is None:
        first = next((i for i, line in enumerate(near) if i and _people(line)), len(near))
    title = near[first - 1] if first and len(near[first - 1].text.split()) <= _TITLE_WORDS else None
    return title, [line for line in near[first:] if _people(line)]


def _people(line: Line) -> tuple[Author, ...]:
    """Read a line of authors, with or without institutions."""
    if affiliated := read_affiliated(line):
        return affiliated
    label = _BY.match(line.text)
    start = label.end() if label else 0
    names = line.text[start:]
    return split_authors(names, line.start + start) if is_author_list(names) else ()


def _lists_people(line: Line) -> bool:
    """Tell whether a line surely lists authors, while a short title may look like one name."""
    return lists_people(line.text) or bool(_BY.match(line.text) and _people(line)) or len(read_affiliated(line)) > 1


def _draft(title: Line | None, people: Sequence[Line], body: Sequence[Line]) -> Draft:
    label = _LABEL.match(body[0].text)
    return Draft(
        kind=RecordKind.PAPER,
        span=cover([*([title] if title else []), *people, *body]),
        title=title.span if title else None,
        authors=tuple(a for line in people for a in _people(line)),
        abstract=Span(body[0].start + (label.end() if label else 0), body[-1].end),
    )


def _extended(draft: Draft, body: Sequence[Line]) -> Draft:
    """Add a paragraph to the abstract of the entry above it."""
    end = body[-1].end
    start = draft.abstract.start if draft.abstract else body[0].start
    return replace(draft, span=Span(draft.span.start, end), abstract=Span(start, end))


def _bare(lines: Sequence[Line]) -> list[Draft]:
    """Without any prose, a line above a line of authors is a title."""
    drafts = []
    for title, people in pairwise(lines):
        if _lists_people(people) > _lists_people(title) or (_people(people) and not _people(title)):
            drafts.append(Draft(RecordKind.PAPER, cover([title, people]), title=title.span, authors=_people(people)))
    return drafts
