"""Read programmes that print the institution with each name: a title line, `Name (Institution), ...`, an abstract.

    A Title
    Ada Lovelace (University of London), Alan Turing (University of Manchester)
    Abstract: We show ...

A time or a number may stand before the title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from confgraph.ingest import abstracts
from confgraph.ingest.affiliations import read_affiliated
from confgraph.ingest.labels import read_by, read_label
from confgraph.ingest.lines import Line, climb, cover, covered, from_place, is_marked, is_prose, opens
from confgraph.ingest.marks import TIME, Bare, starts, strip, without_stops
from confgraph.ingest.notes import above_notes, is_note
from confgraph.ingest.sketch import Draft, Sketch
from confgraph.records import Author, RecordKind, Span

_OPEN_END: Final = re.compile(r"(?:[,;·&]|\band)$")
_LONGEST_TITLE: Final = 40
"""In words."""


@dataclass(frozen=True, slots=True)
class _Entry:
    title: tuple[Line, ...]
    authors: tuple[Author, ...]
    last: Line
    """The last line of the authors."""
    abstract: tuple[Line, ...]
    opens: bool
    """Whether nothing runs into the title from above."""


def score(lines: Sequence[Line]) -> float:
    """Say which share of the lines that are no prose belongs to plain titles, people with institutions and abstracts, in [0, 1]."""
    entries = _entries(lines)
    if len(entries) < 2:
        return 0.0
    plain = sum(entry.opens and _is_plain(strip(entry.title[0])) for entry in entries)
    return plain / len(entries) * covered(lines, [draft.span for draft in _drafts(entries)])


def _is_plain(title: Bare) -> bool:
    """Tell whether a title is not set off, and no label says that it is a field of another sort."""
    label = read_label(title.line.text)
    of_another_sort = is_note(title.line.text) or (label is not None and label.kind is not None)
    return title.print is None and not is_marked(title.line.text) and not of_another_sort


def read(text: str, lines: Sequence[Line]) -> Sketch:
    """Find the papers of a programme."""
    return Sketch(tuple(without_stops(text, _drafts(_entries(lines)))))


def _entries(lines: Sequence[Line]) -> list[_Entry]:
    blocks = [block for block in _author_blocks(lines) if block[0] and not _is_body(lines[block[0] - 1])]
    titles = [above_notes(lines, first) for first, _, _ in blocks]
    heads = [climb(lines, title) for title in titles]
    ends = [*heads[1:], len(lines)]
    return [
        _Entry(tuple(lines[head : title + 1]), authors, lines[last], abstracts.take(lines, last + 1, end), opens(lines, head))
        for (_, last, authors), title, head, end in zip(blocks, titles, heads, ends, strict=False)
    ]


def _author_blocks(lines: Sequence[Line]) -> list[tuple[int, int, tuple[Author, ...]]]:
    """Find the first and last line of each list of authors, and the authors.

    A list goes on below a line that ends in a separator. A line that reads as one name with a bracket and
    stands right above a list is its title, such as `Low-Rank Adaptation (LoRA)`.
    """
    blocks: list[tuple[int, int, tuple[Author, ...]]] = []
    for i, line in enumerate(lines):
        authors = read_affiliated(from_place(line, read_by(line.text)))
        if not authors:
            continue
        if blocks and blocks[-1][1] == i - 1:
            first, last, above = blocks[-1]
            if _OPEN_END.search(lines[last].text):
                blocks[-1] = (first, i, above + authors)
                continue
            if first == last and len(above) == 1:
                blocks.pop()
        blocks.append((i, i, authors))
    return blocks


def _is_body(line: Line) -> bool:
    """Tell whether a line is an abstract, which no list of authors follows."""
    return is_prose(line.text) and not TIME.match(line.text) and len(line.text.split()) > _LONGEST_TITLE


def _drafts(entries: Sequence[_Entry]) -> list[Draft]:
    titles = starts([entry.title[0] for entry in entries])
    return [_draft(entry, title) for entry, title in zip(entries, titles, strict=True)]


def _draft(entry: _Entry, title: int) -> Draft:
    first = entry.title[0]
    time = TIME.match(first.text)
    lines = [first, entry.last, *entry.abstract]
    return Draft(
        kind=RecordKind.PAPER,
        span=cover(lines),
        title=Span(title, entry.title[-1].end),
        authors=entry.authors,
        start_time=_group(first, time, "start"),
        end_time=_group(first, time, "end"),
        abstract=abstracts.place(entry.abstract),
    )


def _group(line: Line, m: re.Match[str] | None, name: str) -> Span | None:
    return Span(line.start + m.start(name), line.start + m.end(name)) if m and m[name] else None
