"""What a layout reader finds on a page, and how that becomes records.

A reader only says where things stand: a `Draft` holds places, not strings. Turning places into the
strings of a `Record` happens here once, so that every field of every layout is the text at its span.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from confgraph.links import kind_of
from confgraph.records import (
    Author,
    Concept,
    Conference,
    Named,
    Page,
    PageFacts,
    Record,
    RecordId,
    RecordKind,
    Resource,
    Span,
    Talk,
    TextClass,
)
from confgraph.text import address, fold, joined, visible

_CUT: Final = re.compile(r"(?:…|\.\.\.|\[\.\.\.\])\s*$")
_FIRST_PERSON: Final = re.compile(r"\b(?:we|our|us|i|my)\b", re.IGNORECASE)
_THIRD_PERSON: Final = re.compile(r"\b(?:they|the authors?|authors)\b", re.IGNORECASE)

_REACH: Final = 50_000
"""How far below a name its institution is looked for, in characters; a bound, so that a list of any length takes linear time."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One entry of a page as places: `span` covers all of it; each other place lies in it or is None, but for a session's heading above it.

    `ids` are identifiers after their scheme (`doi`), without it; `year` holds one number of four digits; `links` are addresses.
    """

    kind: RecordKind
    span: Span
    title: Span | None = None
    abstract: Span | None = None
    authors: tuple[Author, ...] = ()
    room: Span | None = None
    session: Span | None = None
    track: Span | None = None
    venue: Span | None = None
    start_time: Span | None = None
    end_time: Span | None = None
    groups: tuple[Span, ...] = ()
    talks: tuple[Talk, ...] = ()
    keywords: tuple[Span, ...] = ()
    ids: tuple[tuple[str, Span], ...] = ()
    year: Span | None = None
    links: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Sketch:
    """All that a layout reader finds: entries in page order, what it knows of other text, page facts.

    `marks` need not cover the page; whatever neither an entry nor a mark covers is classed by position.
    `event` is the page's own occasion; `organizations` are those whose work the page lists; `conference` is what the page states
    of it in a place of its own. `rejects` are what the reader could not use: where it stands, and why. `exact` says that no
    layout broke the values: a bullet in one is its own.
    """

    drafts: tuple[Draft, ...]
    marks: tuple[tuple[Span, TextClass], ...] = ()
    event: Named | None = None
    organizations: tuple[Named, ...] = field(default=())
    conference: Conference | None = None
    rejects: tuple[tuple[Span, str], ...] = ()
    exact: bool = False


_Reader = Callable[[Span], str]
"""Reads the text at a place of the page."""
_TEXT_FIELDS: Final = ("title", "abstract", "room", "session", "track", "venue", "start_time", "end_time")


def assemble(page: Page, sketch: Sketch, facts: PageFacts) -> tuple[Record, ...]:
    """Make the records of a page from the places that its reader found."""

    def read(span: Span) -> str:
        return (visible if sketch.exact else joined)(page.text[span.start : span.end])

    seen: Counter[str] = Counter()
    records = []
    for ordinal, draft in enumerate(sketch.drafts, 1):
        strings = _strings(read, draft)
        content = _digest(page.name, draft.authors, strings)
        ids = _ids(page, draft)
        seen[content] += 1
        records.append(
            Record(
                id=RecordId(content if seen[content] == 1 else f"{content}-{seen[content]}"),
                doc=page.name,
                ordinal=ordinal,
                page=page.id,
                kind=draft.kind,
                title=strings.get("title"),
                abstract=strings.get("abstract"),
                authors=draft.authors,
                room=strings.get("room"),
                session=strings.get("session"),
                track=strings.get("track"),
                venue=strings.get("venue"),
                event=facts.event.name if facts.event else facts.conference.label if facts.conference else None,
                year=_year(read, draft) or (facts.conference.year if facts.conference else None),
                start_time=strings.get("start_time") or _first_time(draft),
                end_time=strings.get("end_time"),
                keywords=tuple(dict.fromkeys(map(read, draft.keywords))),
                ids={scheme: first for scheme, (first, *_) in ids.items()},
                further_ids={scheme: tuple(further) for scheme, (_, *further) in ids.items() if further},
                institutions=_institutions(page, read, draft),
                resources=_resources(page, draft),
                talks=draft.talks,
                flags=_flags(strings.get("abstract", "")),
                spans=_spans(page, draft, strings),
            )
        )
    return tuple(records)


def _institutions(page: Page, read: _Reader, draft: Draft) -> tuple[Concept, ...]:
    """Name the groups of an entry and the affiliations of its authors, each once, with the places where they stand."""
    places: dict[str, dict[Span, None]] = {}
    for group in draft.groups:
        places.setdefault(read(group), {})[group] = None
    for author in draft.authors:
        at = author.end
        for affiliation in author.affiliations:
            start = page.text.find(affiliation, at, min(draft.span.end, at + _REACH))
            if start >= 0:
                at = start + len(affiliation)
                place = Span(start, at)
                places.setdefault(read(place), {})[place] = None
    return tuple(Concept(name, mentions=tuple(spans)) for name, spans in places.items())


def _year(read: _Reader, draft: Draft) -> int | None:
    return int(read(draft.year)) if draft.year else None


def _ids(page: Page, draft: Draft) -> dict[str, list[str]]:
    """Give the identifiers by scheme, each once, in their order."""
    found: dict[str, dict[str, None]] = {}
    for scheme, place in draft.ids:
        found.setdefault(scheme, {})[page.text[place.start : place.end]] = None
    return {scheme: list(values) for scheme, values in found.items()}


def _resources(page: Page, draft: Draft) -> tuple[Resource, ...]:
    """Give the addresses of an entry, each once."""
    found: dict[str, Resource] = {}
    for place in draft.links:
        url = page.text[place.start : place.end]
        found.setdefault(address(url), Resource(url, kind_of(address(url)), place.start, place.end))
    return tuple(found.values())


def _strings(read: _Reader, draft: Draft) -> dict[str, str]:
    """Read the fields that hold any text."""
    fields = ((name, getattr(draft, name)) for name in _TEXT_FIELDS)
    return {name: text for name, place in fields if place and (text := read(place))}


def _spans(page: Page, draft: Draft, fields: Iterable[str]) -> dict[str, Span]:
    spans = {"record": draft.span} | {name: getattr(draft, name) for name in fields}
    if draft.authors:
        spans["authors"] = Span(draft.authors[0].start, _end_of_authors(page, draft))
    if draft.year:
        spans["year"] = draft.year
    for name, places in (("keywords", draft.keywords), ("ids", tuple(place for _, place in draft.ids))):
        if places:
            spans[name] = Span(min(place.start for place in places), max(place.end for place in places))
    return spans


def _end_of_authors(page: Page, draft: Draft) -> int:
    """Give the end of the last author's affiliations where they follow the name, before any abstract, else that of the name."""
    last = draft.authors[-1]
    at = last.end
    limit = draft.abstract.start if draft.abstract and draft.abstract.start >= at else draft.span.end
    for affiliation in last.affiliations:
        start = page.text.find(affiliation, at, limit)
        if start >= 0:
            at = start + len(affiliation)
    return at


def _first_time(draft: Draft) -> str | None:
    """A record without a printed time starts when its first talk does."""
    return draft.talks[0].start_time if draft.talks else None


def _digest(doc: str, authors: Sequence[Author], strings: Mapping[str, str]) -> str:
    """Identify a record by what it says, not by where it stands, in 16 hexadecimal digits."""
    parts = [doc, *(fold(strings.get(name, "")) for name in ("title", "abstract")), *(fold(a.name) for a in authors)]
    parts.append(strings.get("start_time", ""))
    return hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()[:16]


def _flags(abstract: str) -> tuple[str, ...]:
    flags = ["abstract cut"] if _CUT.search(abstract) else []
    if _THIRD_PERSON.search(abstract) and not _FIRST_PERSON.search(abstract):
        flags.append("summary by a third person")
    return tuple(flags)
