"""Cut one line into the title and the people that it holds: `Title | People`, `People. Title.`, `Title (People)`.

How a page divides its lines is learnt from the lines themselves: the way that finds people in most of them counts
for all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from confgraph.ingest.affiliations import is_institution, names_institution, read_affiliated, read_commas
from confgraph.ingest.lines import Line
from confgraph.ingest.names import is_name
from confgraph.ingest.people import lists_people, split_authors
from confgraph.records import Author, Span

_LONGEST: Final = 700
"""In characters; what is longer is an abstract."""
_FEWEST: Final = 1.5
_SHARE: Final = 0.1
_LONE: Final = 0.25
"""What one name counts for beside a list, which is surely people."""
_NAMED: Final = 0.5


class Cut(NamedTuple):
    """The places of a title and of its people in one line; what else it holds stands in `rest`."""

    title: Span
    people: Span
    rest: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """A way to divide lines: at each `divider`, with the people in the cell at index `at`; `whole` joins the cells of the title."""

    divider: re.Pattern[str]
    at: int
    whole: bool = True


_BAR: Final = re.compile(r"\s*\|\s*|\s*\t\s*")
_DASH: Final = re.compile(r"\s+(?:—|–|--|-|//?|::|~|»|►)\s+")
_BRACKET: Final = re.compile(r"\s*[(（](?=[^()]*(?:\([^()]*\)[^()]*)*[)）][.,]?$)|[)）][.,]?$")
_STOP: Final = re.compile(
    r"(?<![\s.(][^\W\d_a-z])(?<!^[^\W\d_a-z])(?<!\bJr)(?<!\bDr)(?<!\bvs)(?<!\bSt)(?<!-[A-Z])\.[\"”’]?(?:\s+|$)|[?!](?P<keep>)\s+"
)
_COLON: Final = re.compile(r"\s*[:：]\s+")
_BY: Final = re.compile(r"[,.]?\s+(?:[Bb]y|[Vv]on|[Pp]ar|[Pp]or|with|mit|avec)\s+")
_QUOTE: Final = re.compile(r"[,.]?\s*[\"“”„«»][,.]?\s*")
WAYS: Final = (
    *(Way(_BAR, at, whole=False) for at in (0, 1, 2, 3)),
    *(Way(_QUOTE, at, whole=False) for at in (-1, 0, 2)),
    Way(_BRACKET, 1),
    *(Way(divider, at) for divider in (_DASH, _BY) for at in (-1, 0)),
    *(Way(_STOP, at, whole=at != 0) for at in (-1, -2, 0, 1)),
    *(Way(_COLON, at) for at in (0, -1)),
)
"""All ways that are tried, the surer first."""


def learn(lines: Sequence[Line]) -> Way | None:
    """Find the way in which lines hold titles and people, or None where too few do."""
    short = [line for line in lines if len(line.text) <= _LONGEST]
    found = [(sum(_evidence(way, line) for line in short), -i) for i, way in enumerate(WAYS)]
    most, i = max(found)
    return WAYS[-i] if most >= max(_FEWEST, _SHARE * len(short)) else None


def cut(way: Way, line: Line) -> Cut | None:
    """Divide a line in a way that is known to be the page's; None where no people stand in its cell."""
    parts = _divide(way, line)
    if parts is None:
        return None
    names = [a.name for a in read_people(line, parts.people)]
    good = sum(is_name(name) for name in names)
    return parts if names and good >= _NAMED * len(names) else None


def read_people(line: Line, place: Span) -> tuple[Author, ...]:
    """Read the people at a place of a line, with their institutions where these stand in brackets or after commas."""
    text = line.text[place.start - line.start : place.end - line.start]
    part = Line(place.start, place.end, text, line.index)
    if affiliated := read_affiliated(part):
        return affiliated
    if names_places(text):
        return read_commas(part)
    return split_authors(text, place.start)


def names_places(text: str) -> bool:
    """Tell whether a list gives an institution after each name: `Name, Institution; Name, Institution`.

    >>> names_places("Ada Lovelace, ETH Zurich; Alan Turing, MIT"), names_places("Ada Lovelace, Alan Turing")
    (True, False)
    """
    pieces = text.split(";")
    placed = 0
    for piece in pieces:
        name, comma, place = piece.partition(",")
        placed += bool(comma) and is_name(name) and is_institution(place) and not _opens_with_name(place)
    return 2 * placed > len(pieces)


def _opens_with_name(place: str) -> bool:
    first = place.split(",", 1)[0]
    return is_name(first) and not is_institution(first)


def _evidence(way: Way, line: Line) -> float:
    """Say how sure it is that a line is divided in a way: 1 where it lists people, less for one name."""
    parts = _divide(way, line)
    if parts is None:
        return 0.0
    people = line.text[parts.people.start - line.start : parts.people.end - line.start]
    title = line.text[parts.title.start - line.start : parts.title.end - line.start]
    if len(title.split()) < 2 or lists_people(title) or (is_name(people) and names_institution(title)):
        return 0.0
    if lists_people(people) or names_places(people) or read_affiliated(Line(0, len(people), people, 0)):
        return 1.0
    return _LONE * (is_name(people) and not is_name(title))


def _divide(way: Way, line: Line) -> Cut | None:
    cells = _cells(way.divider, line)
    if len(cells) < 2 or not -len(cells) <= way.at < len(cells):
        return None
    people = cells[way.at]
    index = way.at % len(cells)
    before, after = cells[:index], cells[index + 1 :]
    if way.whole:
        if way.at < 0 or not after:
            return Cut(Span(before[0].start, before[-1].end), people, tuple(after)) if before else None
        if before:
            return Cut(Span(before[0].start, before[-1].end), people, tuple(after))
        return Cut(Span(after[0].start, after[-1].end), people)
    others = [*before, *after]
    title = after[0] if way.divider is _STOP else max(others, key=lambda cell: cell.end - cell.start)
    return Cut(title, people, tuple(cell for cell in others if cell is not title))


def _cells(divider: re.Pattern[str], line: Line) -> list[Span]:
    """Cut a line at its dividers into places without the white space around them; empty ones are left out."""
    ends = [
        (m.end("keep"), m.end()) if "keep" in divider.groupindex and m["keep"] is not None else m.span()
        for m in divider.finditer(line.text)
    ]
    bounds = [(0, 0), *ends, (len(line.text), len(line.text))]
    cells = []
    for (_, start), (end, _) in pairwise(bounds):
        raw = line.text[start:end]
        if bare := raw.strip():
            left = line.start + start + len(raw) - len(raw.lstrip())
            cells.append(Span(left, left + len(bare)))
    return cells
