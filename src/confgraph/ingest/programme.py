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

from confgraph.ingest.lines import Line, cover, is_prose
from confgraph.ingest.people import is_name, mostly, read_author
from confgraph.ingest.sketch import Draft, Sketch
from confgraph.records import Author, RecordKind, Span

_LABEL: Final = re.compile(r"^abstract\s*[:.]?\s*", re.IGNORECASE)
_TIME: Final = re.compile(r"^(?P<start>\d{1,2}:\d\d)(?:\s*(?:-|–|—|to)\s*(?P<end>\d{1,2}:\d\d))?\s*[:|]?\s+(?=\S)")
_NUMBER: Final = re.compile(r"^(?:\[\w+\]|#?\d{1,4}[.):])\s+")
_OPEN_END: Final = re.compile(r"(?:[,;·&]|\band)$")
_LONGEST_TITLE: Final = 40
"""In words."""
_LONGEST_NAME: Final = 60
"""In characters: what is longer before a bracket is a part of a sentence."""
_BETWEEN: Final = re.compile(r"\s*(?:[,;·&]|and\b)*\s*")


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


def read_affiliated(line: Line) -> tuple[Author, ...]:
    """Read `Name (Institution), Name (Institution)`; empty where the line is anything else.

    Brackets inside an institution's name are kept; an author without brackets between others has
    no institution.

    >>> from confgraph.ingest.lines import split_lines
    >>> [(a.name, a.affiliations) for a in read_affiliated(split_lines("Ada Lovelace (ETH), Alan Turing (MIT (CSAIL))")[0])]
    [('Ada Lovelace', ('ETH',)), ('Alan Turing', ('MIT (CSAIL)',))]
    """
    authors: list[Author] = []
    at, affiliated = 0, 0
    while at < len(line.text):
        if between := _BETWEEN.match(line.text, at):
            at = between.end()
        opening = line.text.find("(", at)
        closing = _closing(line.text, opening) if opening >= 0 else None
        if closing is None:
            break
        names = _names(line, at, opening)
        if not names or len(names[-1].name) > _LONGEST_NAME:
            return ()
        last = names[-1]
        place = line.text[opening + 1 : closing].strip()
        names[-1] = Author(last.name, (place,) if place else (), start=last.start, end=last.end)
        authors += names
        affiliated += 1
        at = closing + 1
    authors += _names(line, at, len(line.text))
    named = any(is_name(a.name) for a in authors) and mostly(is_name(a.name) or " " not in a.name for a in authors)
    return tuple(authors) if named and affiliated and 2 * affiliated >= len(authors) else ()


def _names(line: Line, start: int, end: int) -> list[Author]:
    """Read the names between two places: the last belongs to the bracket that follows, earlier ones have none."""
    names = []
    at = start
    for piece in re.split(r"([,;]|\band\b)", line.text[start:end]):
        author = read_author(line.text, Span(at, at + len(piece)), line.start)
        if author and piece != "and":
            names.append(author)
        at += len(piece)
    return names


def _closing(text: str, opening: int) -> int | None:
    depth = 0
    for i in range(opening, len(text)):
        depth += (text[i] == "(") - (text[i] == ")")
        if depth == 0:
            return i
    return None


def _entries(lines: Sequence[Line]) -> list[_Entry]:
    blocks = [block for block in _author_blocks(lines) if block[0] and not _is_body(lines[block[0] - 1])]
    entries = []
    for n, (first, last, authors) in enumerate(blocks):
        end = blocks[n + 1][0] - 1 if n + 1 < len(blocks) else len(lines)
        entries.append(_Entry(lines[first - 1], authors, lines[last], _abstract(lines, last + 1, end)))
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


def _abstract(lines: Sequence[Line], start: int, end: int) -> tuple[Line, ...]:
    """Take the lines after `Abstract`, else the prose, up to what is no part of a paragraph."""
    if start >= end:
        return ()
    body = list(lines[start:end])
    if not (_LABEL.match(body[0].text) or is_prose(body[0].text)):
        return ()
    stop = next((i for i in range(1, len(body)) if body[i].index > body[i - 1].index + 1 and not is_prose(body[i].text)), len(body))
    return tuple(body[:stop])


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
        abstract=_body(entry.abstract),
    )


def _group(line: Line, m: re.Match[str] | None, name: str) -> Span | None:
    return Span(line.start + m.start(name), line.start + m.end(name)) if m and m[name] else None


def _body(lines: tuple[Line, ...]) -> Span | None:
    """The abstract's place without its label."""
    if not lines:
        return None
    label = _LABEL.match(lines[0].text)
    start = lines[0].start + (label.end() if label else 0)
    if start == lines[0].end:
        return cover(list(lines[1:])) if len(lines) > 1 else None
    return Span(start, lines[-1].end)
