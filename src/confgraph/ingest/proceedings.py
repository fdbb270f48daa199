"""Read proceedings that mark names with numbers or signs which lead to a list of institutions below.

A Title
Ada Lovelace¹, Alan Turing¹,²
¹ University of London
² University of Manchester
Abstract
We show ...
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from confgraph.ingest import abstracts
from confgraph.ingest.affiliations import opens_with_key, read_keys, resolve
from confgraph.ingest.headings import is_session
from confgraph.ingest.lines import Line, climb, cover, covered, is_marked, opens
from confgraph.ingest.marks import starts, strip, without_stops
from confgraph.ingest.notes import above_notes
from confgraph.ingest.people import Listed, split_listed
from confgraph.ingest.sketch import Draft, Sketch
from confgraph.records import RecordKind, Span

_OPEN_END: Final = re.compile(r"(?:[,;·&]|\band)$")
_LONGEST_LIST: Final = 8000
"""In characters; more is an abstract."""
_MOST_LINES: Final = 20
"""Of one list of names."""
_MAIL: Final = re.compile(r"^\S*\{?[\w.+,\s-]+\}?@[\w.-]+(?:[,;\s]+\S+@\S+)*$")


@dataclass(frozen=True, slots=True)
class _Entry:
    """The lines of one paper, as indices: `title` to `last`, `authors` up to `keys`, the institutions up to `rest`."""

    title: int
    last: int
    authors: int
    keys: int
    rest: int


def score(lines: Sequence[Line]) -> float:
    """Say which share of the lines that are no prose belongs to plain titles, marked names and institutions, and abstracts, in [0, 1]."""
    entries = _entries(lines)
    if len(entries) < 2:
        return 0.0
    plain = sum(opens(lines, entry.title) and _is_plain(lines, entry) for entry in entries)
    return plain / len(entries) * covered(lines, [draft.span for draft in _drafts("", lines, entries)])


def read(text: str, lines: Sequence[Line]) -> Sketch:
    """Find the papers of proceedings, with the institutions of their authors."""
    return Sketch(tuple(without_stops(text, _drafts(text, lines, _entries(lines)))))


def _is_plain(lines: Sequence[Line], entry: _Entry) -> bool:
    """Tell whether a bare title stands right above bare names."""
    heads = [lines[entry.title], lines[entry.authors]]
    bare = all((found := strip(line)).print is None and found.number != "bullet" and not is_marked(found.line.text) for line in heads)
    return bare and not is_session(heads[0].text) and lines[entry.authors].index == lines[entry.authors - 1].index + 1


def _drafts(text: str, lines: Sequence[Line], entries: Sequence[_Entry]) -> list[Draft]:
    ends = [*(entry.title for entry in entries[1:]), len(lines)]
    titles = starts([lines[entry.title] for entry in entries])
    return [_draft(text, lines, entry, start, end) for entry, start, end in zip(entries, titles, ends, strict=False)]


def _entries(lines: Sequence[Line]) -> list[_Entry]:
    entries: list[_Entry] = []
    i = 1
    while i < len(lines):
        first = _names_above(lines, i)
        if first is None:
            i += 1
            continue
        end = i + 1
        while end < len(lines) and lines[end].index == lines[end - 1].index + 1 and _is_key(lines[end]):
            end += 1
        if first > 0:
            last = above_notes(lines, first)
            entries.append(_Entry(climb(lines, last), last, first, i, end))
        i = end + 1
    return entries


def _names_above(lines: Sequence[Line], i: int) -> int | None:
    """Give the first of the lines of marked names right above a line that opens with one of their marks; None where it does not."""
    mark = opens_with_key(lines[i].text)
    if mark is None or len(lines[i - 1].text) > _LONGEST_LIST:
        return None
    marks = {m for listed in _people(lines[i - 1]) for m in listed.marks}
    first = i - 1
    while (
        marks
        and first > max(1, i - _MOST_LINES)
        and lines[first - 1].index + 1 == lines[first].index
        and _OPEN_END.search(lines[first - 1].text)
    ):
        first -= 1
        marks |= {m for listed in _people(lines[first]) for m in listed.marks}
    return first if mark in marks or (len(mark) == 1 and any(mark in m for m in marks)) else None


def _is_key(line: Line) -> bool:
    return bool(opens_with_key(line.text) or _MAIL.match(line.text))


def _people(line: Line) -> tuple[Listed, ...]:
    return split_listed(line.text, line.start)


def _draft(text: str, lines: Sequence[Line], entry: _Entry, start: int, end: int) -> Draft:
    title = lines[entry.title]
    people = [listed for line in lines[entry.authors : entry.keys] for listed in _people(line)]
    body = abstracts.take(lines, entry.rest, end)
    return Draft(
        kind=RecordKind.PAPER,
        span=cover([title, lines[entry.rest - 1], *body]),
        title=Span(start, lines[entry.last].end),
        authors=resolve(text, people, read_keys(lines[entry.keys : entry.rest])),
        abstract=abstracts.place(body),
    )
