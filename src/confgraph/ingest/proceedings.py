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
from confgraph.ingest.lines import Line, cover, is_prose
from confgraph.ingest.people import Listed, split_listed
from confgraph.ingest.sketch import Draft, Sketch
from confgraph.records import RecordKind, Span

_OPEN_END: Final = re.compile(r"(?:[,;·&]|\band)$")
_NUMBER: Final = re.compile(r"^(?:\[\w+\]|#?\d{1,4}[.):])\s+(?=\S)")
_LONGEST_LIST: Final = 8000
"""In characters; more is an abstract."""
_MAIL: Final = re.compile(r"^\S*\{?[\w.+,\s-]+\}?@[\w.-]+(?:[,;\s]+\S+@\S+)*$")


@dataclass(frozen=True, slots=True)
class _Entry:
    """The lines of one paper, as indices: `authors` up to `keys`, the institutions up to `rest`; the title stands above the authors."""

    authors: int
    keys: int
    rest: int


def score(lines: Sequence[Line]) -> float:
    """Say which share of the lines that are no prose belongs to titles, marked names and marked institutions, in [0, 1]."""
    entries = _entries(lines)
    short = sum(not is_prose(line.text) and not abstracts.is_label(line) for line in lines)
    return min(1.0, sum(entry.rest - entry.authors + 1 for entry in entries) / short) if len(entries) > 1 else 0.0


def read(text: str, lines: Sequence[Line]) -> Sketch:
    """Find the papers of proceedings, with the institutions of their authors."""
    entries = _entries(lines)
    ends = [entry.authors - 1 for entry in entries[1:]] + [len(lines)] if entries else []
    return Sketch(tuple(_draft(text, lines, entry, end) for entry, end in zip(entries, ends, strict=True)))


def _entries(lines: Sequence[Line]) -> list[_Entry]:
    entries: list[_Entry] = []
    i = 1
    while i < len(lines):
        if not _leads_to(lines[i - 1], lines[i]):
            i += 1
            continue
        first = i - 1
        while first > 1 and lines[first - 1].index + 1 == lines[first].index and _goes_on(lines[first - 1]):
            first -= 1
        end = i + 1
        while end < len(lines) and lines[end].index == lines[end - 1].index + 1 and (opens_with_key(lines[end].text) or _MAIL.match(lines[end].text)):
            end += 1
        if first > 0:
            entries.append(_Entry(first, i, end))
        i = end + 1
    return entries


def _leads_to(names: Line, key: Line) -> bool:
    """Tell whether a mark at the names of one line opens the next line, which is no sentence."""
    mark = opens_with_key(key.text)
    if mark is None or len(names.text) > _LONGEST_LIST:
        return False
    return any(mark in listed.marks or (len(mark) == 1 and any(mark in m for m in listed.marks)) for listed in _people(names))


def _goes_on(line: Line) -> bool:
    """Tell whether a list of marked names goes on below a line."""
    return bool(_OPEN_END.search(line.text)) and any(listed.marks for listed in _people(line))


def _people(line: Line) -> tuple[Listed, ...]:
    return split_listed(line.text, line.start)


def _draft(text: str, lines: Sequence[Line], entry: _Entry, end: int) -> Draft:
    title = lines[entry.authors - 1]
    people = [listed for line in lines[entry.authors : entry.keys] for listed in _people(line)]
    body = abstracts.take(lines, entry.rest, end)
    number = _NUMBER.match(title.text)
    return Draft(
        kind=RecordKind.PAPER,
        span=cover([title, lines[entry.rest - 1], *body]),
        title=Span(title.start + (number.end() if number else 0), title.end),
        authors=resolve(text, people, read_keys(lines[entry.keys : entry.rest])),
        abstract=abstracts.place(body),
    )
