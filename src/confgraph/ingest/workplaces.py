"""Read where people work in words: `Name of Institution and Name from Institution`, `researchers at X and Y`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from confgraph.ingest.affiliations import is_institution, names_institution
from confgraph.ingest.lines import Line
from confgraph.ingest.names import is_name
from confgraph.ingest.people import read_author
from confgraph.records import Author, Span

_AT: Final = re.compile(r"\s+(?:of|from|at|von|de|del)\s+|\s+[-–—]\s+")
_NEXT: Final = re.compile(r"[,;]\s*(?:and\s+|und\s+)?|\s+(?:and|und|&)\s+")
_WHO: Final = re.compile(
    r"""(?:^|[,;]?\s+)\(?(?:all\s+)?(?:(?:the|a|an)\s+)?(?:(?:joint|international|research)\s+)*
      (?:researchers?|scientists?|engineers?|students?|professors?|members?|teams?|groups?|colleagues)
      (?:\s+of\s+(?:researchers|scientists|engineers|students))?\s+(?:at|from)\s+(?:the\s+)?""",
    re.IGNORECASE | re.VERBOSE,
)
"""What leads from people to where they work."""
_AND: Final = re.compile(r"\s+(?:and|und|&)\s+(?:the\s+)?|[,;]\s*(?:and\s+)?(?:the\s+)?")
_LONGEST: Final = 500
"""In characters; more is prose of another kind."""


def read_placed(line: Line) -> tuple[Author, ...]:
    """Read `Name of Institution, Name from Institution and Name - Institution`; empty where the line is anything else.

    >>> line = Line(0, 49, "Ada Lovelace of ETH Zurich and Alan Turing of MIT", 0)
    >>> [(a.name, a.affiliations) for a in read_placed(line)]
    [('Ada Lovelace', ('ETH Zurich',)), ('Alan Turing', ('MIT',))]
    """
    text = line.text
    if len(text) > _LONGEST or not _AT.search(text):
        return ()
    authors: list[Author] = []
    places: list[Span] = []
    at = 0
    for end, following in [*((m.start(), m.end()) for m in _NEXT.finditer(text)), (len(text), len(text))]:
        lead = _AT.search(text, at, end)
        if lead and is_name(text[at : lead.start()]) and not is_institution(text[at : lead.start()]):
            if author := read_author(text, Span(at, lead.start()), line.start):
                authors.append(author)
                places.append(Span(lead.end(), end))
        elif places:  # what opens with no name goes on the institution before it
            places[-1] = Span(places[-1].start, end)
        else:
            return ()
        at = following
    names = [text[place.start : place.end].rstrip() for place in places]
    if not all(map(is_institution, names)):
        return ()
    return tuple(replace(author, affiliations=(name,)) for author, name in zip(authors, names, strict=True))


def read_researchers(line: Line) -> tuple[int, tuple[Span, ...]] | None:
    """Read `People, researchers at X and Y`: where the people end, and the places of the institutions; None where it is anything else.

    >>> line = Line(0, 54, "researchers at ETH Zurich and the University of London", 0)
    >>> read_researchers(line)
    (0, (Span(start=15, end=25), Span(start=34, end=54)))
    """
    who = _WHO.search(line.text) if len(line.text) <= _LONGEST else None
    if who is None:
        return None
    end = len(line.text.rstrip(" .)"))
    places = [Span(who.end(), end)]
    for m in _AND.finditer(line.text, who.end(), end):
        if is_institution(line.text[places[-1].start : m.start()]) and names_institution(line.text[m.end() : end]):
            places[-1:] = [Span(places[-1].start, m.start()), Span(m.end(), end)]
    if not all(is_institution(line.text[place.start : place.end]) for place in places):
        return None
    return who.start(), tuple(Span(line.start + place.start, line.start + place.end) for place in places)
