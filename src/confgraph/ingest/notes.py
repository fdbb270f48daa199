"""Tell lines that go with an entry and are none of its main fields: rooms, links, numbers, addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from confgraph.ingest.labels import read_label
from confgraph.ingest.lines import Line
from confgraph.records import Span

_FILE: Final = r"(?:pdf|code|paper|poster|slides?|video|bibtex|supp\w*|openreview|arxiv|link|website|project(?:\spage)?|data)"
_NOTE: Final = re.compile(
    rf"""^(?:https?://\S+|www\.\S+|doi:\s?\S+|\S+@\S+|\{{[^{{}}]{{1,200}}\}}\s?@\S+
      |\[[^\]]*\]|(?:\[[^\]]{{1,20}}\](?:\([^)]*\))?[\s|·,]*)+
      |{_FILE}(?:[\s|·,/&]+{_FILE})*|view\s\w+(?:\s\w+){{0,3}}
      |(?:room|hall|ballroom|auditorium|raum|saal|salle)\s[\w.-]{{1,6}}(?:\s?[(,].{{0,40}})?
      |(?:[^\s:]+\s){{1,3}}\s?(?:(?:today|yesterday)\sat\s)?\d{{1,2}}:\d\d\s?[ap]m
      |(?:poster|paper|oral|talk|spotlight|id|session)?\s?(?:id|no\.?|nr\.?)?:?\s?\#?[A-Z]{{0,2}}-?\d{{1,6}}[A-Z]?)$""",
    re.IGNORECASE | re.VERBOSE,
)
_ROOM: Final = re.compile(
    r"""^(?:\[\s*(?P<square>[^\]]*[^\]\s])\s*\]|(?:room|location|venue|raum|ort|salle|lieu|sala)\s*:\s*(?P<named>\S.*)
      |(?P<hall>(?:room|hall|ballroom|auditorium|theat(?:er|re)|salle|raum|hörsaal|saal|aula)\s+[\w./-]+(?:\s\S+){0,3}))$""",
    re.IGNORECASE | re.VERBOSE,
)

_LINK: Final = re.compile(r"https?://[^\s<>()\[\]{}|^`]+[^\s<>()\[\]{}|^`.,;:!?'\"]")
_KEYWORDS: Final = frozenset({"keyword", "keywords", "key words", "schlagwörter", "mots-clés", "tags", "palabras clave", "palavras-chave"})
_ITEM: Final = re.compile(r"[^\s,;·|][^,;·|]*[^\s,;·|.]|[^\s,;·|]")
_IDS: Final = {
    "doi": re.compile(r"(?:doi:\s?|doi\.org/)(?P<id>10\.\d{4,9}/[^\s<>\"]+[^\s<>\".,;)])", re.IGNORECASE),
    "arxiv": re.compile(r"(?:arxiv:\s?|arxiv\.org/(?:abs|pdf)/)(?P<id>\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+/\d{7})", re.IGNORECASE),
}


def is_note(text: str) -> bool:
    """Tell whether a line is nothing but a link, a room, a number, an address, or who said something at what time of a day.

    >>> [is_note(t) for t in ("[PDF] [Code]", "https://example.org/1", "Room 12", "Poster #7", "{ada,alan}@example.org", "Room for Cards")]
    [True, True, True, True, True, False]
    """
    return bool(_NOTE.match(text))


def above_notes(lines: Sequence[Line], i: int) -> int:
    """Give the nearest line above line `i` that is no note; the line right above where there is none."""
    found = i - 1
    while found > 0 and is_note(lines[found].text) and lines[found].index == lines[found - 1].index + 1:
        found -= 1
    return i - 1 if is_note(lines[found].text) else found


def read_room(line: Line) -> Span | None:
    """Give the place of a room's name in a line that holds nothing else, or None."""
    m = _ROOM.match(line.text)
    return Span(line.start + m.start(m.lastgroup), line.start + m.end(m.lastgroup)) if m and m.lastgroup else None


def read_links(line: Line) -> tuple[Span, ...]:
    """Give the places of the addresses in a line, without the marks that close a sentence or bracket."""
    return tuple(Span(line.start + m.start(), line.start + m.end()) for m in _LINK.finditer(line.text))


def read_keywords(line: Line) -> tuple[Span, ...]:
    """Give the places of the keywords in a line that says by its label that it holds them.

    >>> text = "Keywords: cards, looms"
    >>> [text[k.start : k.end] for k in read_keywords(Line(0, len(text), text, 0))]
    ['cards', 'looms']
    """
    label = read_label(line.text)
    if not label or label.name not in _KEYWORDS:
        return ()
    return tuple(Span(line.start + m.start(), line.start + m.end()) for m in _ITEM.finditer(line.text, label.end))


def read_ids(line: Line) -> tuple[tuple[str, Span], ...]:
    """Give the scheme and place of the identifiers in a line.

    >>> read_ids(Line(0, 20, "doi: 10.1000/182abcd", 0))
    (('doi', Span(start=5, end=20)),)
    """
    found = [(scheme, m) for scheme, pattern in _IDS.items() for m in pattern.finditer(line.text)]
    return tuple((scheme, Span(line.start + m.start("id"), line.start + m.end("id"))) for scheme, m in found)
