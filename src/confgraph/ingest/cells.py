"""Cut one line into the title and the people that it holds: `Title | People`, `People. Title.`, `Title (People)`.

How a page divides its lines is learnt from the lines themselves: the way that finds people in most of them counts
for all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Final, NamedTuple

from confgraph.ingest.affiliations import is_institution, names_institution, read_affiliated, read_commas
from confgraph.ingest.labels import read_by, read_label
from confgraph.ingest.lines import Line, upto_place
from confgraph.ingest.names import PARTICLES, is_name
from confgraph.ingest.people import is_author_list, lists_people, split_authors
from confgraph.records import Author, Span

_LONGEST: Final = 700
"""In characters; what is longer is an abstract."""
_LONGEST_LINKS: Final = 300
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
_FULL_NAME: Final = rf"[^\W\d_a-z][\w.'’-]{{0,30}}(?:\s(?:{'|'.join(sorted(PARTICLES))})){{0,2}}(?:\s[^\W\d_a-z][\w.'’-]{{0,30}}){{1,3}}"
_LIST: Final = re.compile(rf",\s+(?={_FULL_NAME}(?:(?:,\s+|,?\s+(?:and|und|&)\s+){_FULL_NAME}){{0,60}}(?:\s\([^()]{{1,60}}\))?\.?$)")
"""The comma before full names up to the line's end; the first divides."""
_LINKS: Final = re.compile(r"(?:\s+(?:https?://\S+|\[[^\[\]]{1,20}\]))+$")
WAYS: Final = (
    *(Way(_BAR, at, whole=False) for at in (0, 1, 2, 3)),
    *(Way(_QUOTE, at, whole=False) for at in (-1, 0, 2)),
    Way(_BRACKET, 1),
    *(Way(divider, at) for divider in (_DASH, _BY) for at in (-1, 0)),
    Way(_DASH, 1),
    *(Way(_STOP, at, whole=at != 0) for at in (-1, -2, 0, 1)),
    *(Way(_COLON, at) for at in (0, -1)),
    Way(_LIST, -1),
)
"""All ways that are tried, the surer first."""


def learn(lines: Sequence[Line]) -> Way | None:
    """Find the way in which lines hold titles and people, or None where too few do."""
    short = [line for line in lines if len(line.text) <= _LONGEST]
    most, i = max((_worth(way, short), -i) for i, way in enumerate(WAYS))
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


def _worth(way: Way, lines: Sequence[Line]) -> float:
    """Add up how sure it is that lines are divided in a way; a colon also parts a title from its subtitle, so a list must be among them."""
    found = [_evidence(way, line) for line in lines]
    return sum(found) if way.divider is not _COLON or 1.0 in found else 0.0


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
    links = _LINKS.search(line.text, max(0, len(line.text) - _LONGEST_LINKS))
    cells = _cells(way.divider, upto_place(line, links.start()) if links else line)
    if len(cells) < 2 or not -len(cells) <= way.at < len(cells) or _is_one_field(way.divider, line, cells[0]):
        return None
    people = _unbracketed(line, cells[way.at])
    index = way.at % len(cells)
    before, after = cells[:index], cells[index + 1 :]
    if way.whole:
        if way.at < 0 or not after:
            return Cut(Span(before[0].start, before[-1].end), people, tuple(after)) if before else None
        if before:
            return Cut(Span(before[0].start, before[-1].end), people, tuple(after))
        return Cut(Span(after[0].start, after[-1].end), people)
    others = [*before, *after]
    if way.divider is _STOP:
        title = after[0]
    elif way.divider is _QUOTE:  # what is quoted stands beside the people
        title = before[-1] if before else after[0]
    else:
        title = max(others, key=lambda cell: cell.end - cell.start)
    return Cut(title, people, tuple(cell for cell in others if cell is not title))


def _is_one_field(divider: re.Pattern[str], line: Line, first: Span) -> bool:
    """Tell whether what looks divided is one field: a known label before a colon, or a list of people as a whole."""
    if divider not in (_COLON, _LIST):
        return False
    label = read_label(line.text)
    return (label is not None and label.kind is not None) or (divider is _LIST and _names_anybody(line, first))


def _names_anybody(line: Line, cell: Span) -> bool:
    """Tell whether what stands before a list of people may be one of them."""
    text = line.text[cell.start - line.start : cell.end - line.start]
    return "(" in text or is_author_list(text[read_by(text) :])


def _unbracketed(line: Line, cell: Span) -> Span:
    """Cut the brackets around a cell."""
    text = line.text[cell.start - line.start : cell.end - line.start]
    bracketed = text.startswith("(") and text.endswith(")") and text.count("(") == 1
    return Span(cell.start + 1, cell.end - 1) if bracketed and len(text) > 2 else cell


def _cells(divider: re.Pattern[str], line: Line) -> list[Span]:
    """Cut a line at its dividers into places without the white space around them; empty ones are left out."""
    ends = [
        (m.end("keep"), m.end()) if "keep" in divider.groupindex and m["keep"] is not None else m.span()
        for m in islice(divider.finditer(line.text), 1 if divider is _LIST else None)
    ]
    bounds = [(0, 0), *ends, (len(line.text), len(line.text))]
    cells = []
    for (_, start), (end, _) in pairwise(bounds):
        raw = line.text[start:end]
        if bare := raw.strip():
            left = line.start + start + len(raw) - len(raw.lstrip())
            cells.append(Span(left, left + len(bare)))
    return cells
