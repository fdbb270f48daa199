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
from confgraph.ingest.lines import Line, cover, is_prose
from confgraph.ingest.sketch import Draft, Sketch
from confgraph.records import Author, RecordKind, Span

_TIME: Final = re.compile(r"^(?P<start>\d{1,2}:\d\d)(?:\s*(?:-|–|—|to)\s*(?P<end>\d{1,2}:\d\d))?\s*[:|]?\s+(?=\S)")
_NUMBER: Final = re.compile(r"^(?:\[\w+\]|#?\d{1,4}[.):])\s+")
_OPEN_END: Final = re.compile(r"(?:[,;·&]|\band)$")
_LONGEST_TITLE: Final = 40
"""In words."""


@dataclass(frozen=True, slots=True)
class _Entry:
    title: Line
    authors: tuple[Author, ...]
    last: Line
    """The last line of the authors."""
    abstract: tuple[Line, ...]


def score(lines: Sequence[Line]) -> float:
    """Say which share of the non-prose lines belongs to titles and lists of authors with institutions, in [0, 1]."""
    entries = _entries(lines)
    short = sum(not is_prose(line.text) for line in lines)
    return min(1.0, 2 * len(entries) / short) if len(entries) >= 2 else 0.0


def read(text: str, lines: Sequence[Line]) -> Sketch:
    """Find the papers of a programme."""
    del text  # all that counts here stands in whole lines
    return Sketch(tuple(_draft(entry) for entry in _entries(lines)))


def _entries(lines: Sequence[Line]) -> list[_Entry]:
    blocks = [block for block in _author_blocks(lines) if block[0] and not _is_body(lines[block[0] - 1])]
    entries = []
    for n, (first, last, authors) in enumerate(blocks):
        end = blocks[n + 1][0] - 1 if n + 1 < len(blocks) else len(lines)
        entries.append(_Entry(lines[first - 1], authors, lines[last], abstracts.take(lines, last + 1, end)))
    return entries


def _author_blocks(lines: Sequence[Line]) -> list[tuple[int, int, tuple[Author, ...]]]:
    """Find the first and last line of each list of authors, and the authors.

    A list goes on below a line that ends in a separator. A line that reads as one name with a bracket and
    stands right above a list is its title, such as `Low-Rank Adaptation (LoRA)`.
    """
    blocks: list[tuple[int, int, tuple[Author, ...]]] = []
    for i, line in enumerate(lines):
        authors = read_affiliated(line)
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
    return is_prose(line.text) and not _TIME.match(line.text) and len(line.text.split()) > _LONGEST_TITLE


def _draft(entry: _Entry) -> Draft:
    title = entry.title.span
    time = _TIME.match(entry.title.text)
    number = _NUMBER.match(entry.title.text)
    if skip := time or number:
        title = Span(title.start + skip.end(), title.end)
    lines = [entry.title, entry.last, *entry.abstract]
    return Draft(
        kind=RecordKind.PAPER,
        span=cover(lines),
        title=title,
        authors=entry.authors,
        start_time=_group(entry.title, time, "start"),
        end_time=_group(entry.title, time, "end"),
        abstract=abstracts.place(entry.abstract),
    )


def _group(line: Line, m: re.Match[str] | None, name: str) -> Span | None:
    return Span(line.start + m.start(name), line.start + m.end(name)) if m and m[name] else None
