"""Find which conference a page is about, and when and where it was, in the text around its records."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from confgraph.ingest.lines import Line
from confgraph.records import Conference, Sidecar, Span
from confgraph.text import fold, joined

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DASH: Final = r"\s*(?:-|–|—|to)\s*"
_DATES: Final = (
    # 10.12.2024–15.12.2024
    re.compile(rf"(?P<d1>\d{{1,2}})\.(?P<m1>\d{{1,2}})\.(?P<y1>\d{{4}}){_DASH}(?P<d2>\d{{1,2}})\.(?P<m2>\d{{1,2}})\.(?P<y2>\d{{4}})"),
    # December 10–16, 2023 and Jun 30 - Jul 5, 2024 and Dec 10–16
    re.compile(rf"(?P<m1>{_MONTH})\s+(?P<d1>\d{{1,2}}){_DASH}(?:(?P<m2>{_MONTH})\s+)?(?P<d2>\d{{1,2}})(?!\d)(?:,?\s+(?P<y2>\d{{4}}))?"),
    # 10-16 December 2023 and 30 June - 5 July 2024
    re.compile(rf"(?P<d1>\d{{1,2}})(?:\s+(?P<m1>{_MONTH}))?{_DASH}(?P<d2>\d{{1,2}})\s+(?P<m2>{_MONTH})(?:,?\s+(?P<y2>\d{{4}}))?"),
)
_PLACE_WORD: Final = r"(?:St\.|Mt\.|Ft\.|(?:[A-Z]\.)+|[^\W\d_a-z][\w’'-]+)"
_PLACE: Final = rf"{_PLACE_WORD}(?: {_PLACE_WORD}){{0,2}}"
_IN_PLACE: Final = re.compile(rf"^\s*,?\s+(?:in|at)\s+(?P<place>{_PLACE}(?:, {_PLACE})*)")
_PLACE_BEFORE: Final = re.compile(rf"(?P<place>{_PLACE}(?:, {_PLACE})*),?\s*$")
_FULL_NAME: Final = re.compile(
    r"(?:(?:the\s+)?\d+(?:st|nd|rd|th)\s+|the\s+)?(?:[A-Z][\w-]+ ){0,6}"
    r"(?:Conference|Symposium|Meeting|Congress) (?:on|of|for) [^().]{3,120}?(?=\s*[(.]|$)"
)
_UNLISTED: Final = re.compile(r"(?<![\w-])(?P<name>[A-Z][A-Za-z]*[A-Z][A-Za-z]*(?:-[A-Z]{2,})?)\s+(?P<year>(?:19|20)\d\d)(?!\d)")
"""A conference that no gazetteer lists: an acronym before a year, which only counts in a short line."""
_HEADING_WORDS: Final = 12
_NEAR: Final = 200
"""How far from a conference's short name its full name, dates and place may stand, in characters."""


@dataclass(frozen=True, slots=True)
class SeriesNames:
    """The conference series that are known: every name in lower case leads to the series' short name."""

    short: Mapping[str, str]
    pattern: re.Pattern[str]


def compile_series(rows: Sequence[Sequence[str]]) -> SeriesNames:
    """Compile the gazetteer of series: rows of short name, full name, and aliases separated by `|`.

    >>> names = compile_series([["NeurIPS", "Conference on Neural Information Processing Systems", "NIPS"]])
    >>> names.pattern.search("at NIPS 2016 we").group("name", "year")
    ('NIPS', '2016')
    """
    short: dict[str, str] = {}
    acronyms = []
    for row in rows:
        aliases = row[2].split("|") if len(row) > 2 and row[2] else []
        for name in (row[0], *row[1:2], *aliases):
            short.setdefault(fold(name), row[0])
        acronyms += [name for name in (row[0], *aliases) if " " not in name]
    listed = "|".join(re.escape(name) for name in sorted(set(acronyms), key=lambda n: (-len(n), n)))
    pattern = rf"(?<![\w-])(?P<name>{listed or '(?!)'})(?:\s*[-’']?\s*|\s+)(?P<year>(?:19|20)\d\d|(?<=[’'])\d\d)(?!\d)"
    return SeriesNames(short, re.compile(pattern))


def find_conference(lines: Sequence[Line], names: SeriesNames) -> Conference | None:
    """Find the conference that the given lines of a page name first, with the dates and place beside any naming of it."""
    found: Conference | None = None
    for line in lines:
        unlisted = _UNLISTED.finditer(line.text) if len(line.text.split()) <= _HEADING_WORDS else ()
        for m in names.pattern.finditer(line.text) if names.pattern.search(line.text) else unlisted:
            series = names.short.get(fold(m["name"]), m["name"])
            year = int(m["year"]) if len(m["year"]) == 4 else 2000 + int(m["year"])
            if found is None:
                span = Span(line.start + m.start(), line.start + m.end())
                found = Conference(series, year, span=span)
            if (found.series, found.year) == (series, year):
                found = _complete(found, line.text, m)
    return found


def complete(conference: Conference | None, sidecar: Sidecar) -> Conference | None:
    """Let the sidecar's facts stand over what the page says."""
    if sidecar.conference is None:
        return conference
    known = conference if conference and fold(conference.series) == fold(sidecar.conference) else Conference(sidecar.conference)
    return replace(
        known,
        series=sidecar.conference,
        year=sidecar.year or known.year,
        name=sidecar.name or known.name,
        place=sidecar.place or known.place,
        start_date=sidecar.start_date or known.start_date,
        end_date=sidecar.end_date or known.end_date,
    )


def _complete(conference: Conference, line: str, m: re.Match[str]) -> Conference:
    """Add the full name, dates and place that stand beside a naming of the conference."""
    before, after = line[max(0, m.start() - _NEAR) : m.start()].rstrip(" ("), line[m.end() : m.end() + _NEAR]
    full = next((f for f in _FULL_NAME.finditer(before) if f.end() >= len(before) - 1), None) or _FULL_NAME.match(after.lstrip(" -–:"))
    start, end, place = _when_and_where(after, conference.year)
    return replace(
        conference,
        name=conference.name or (joined(full.group()) if full else None),
        start_date=conference.start_date or start,
        end_date=conference.end_date or end,
        place=conference.place or place,
    )


def _when_and_where(text: str, year: int | None) -> tuple[str | None, str | None, str | None]:
    """Read the first range of dates of a text, as ISO dates, and the place named just before or after it."""
    for pattern in _DATES:
        if m := pattern.search(text):
            groups = m.groupdict()
            month2 = _month(groups.get("m2") or groups["m1"])
            month1 = _month(groups.get("m1") or groups["m2"])
            number = int(groups.get("y2") or year or 0)
            if not number or not 1 <= month1 <= 12 or not 1 <= month2 <= 12:
                continue
            after = _IN_PLACE.search(text[m.end() :])
            before = _PLACE_BEFORE.search(text[: m.start()].rstrip(" ,").removesuffix(" from"))
            place = after or before
            return f"{number}-{month1:02}-{int(m['d1']):02}", f"{number}-{month2:02}-{int(m['d2']):02}", place["place"] if place else None
    return None, None, None


def _month(text: str) -> int:
    return int(text) if text.isdigit() else _MONTHS.index(text[:3].casefold()) + 1
