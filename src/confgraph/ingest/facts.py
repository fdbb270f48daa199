"""Find which conference a page is about, and when and where it was, in the text around its records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

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
_IN_PLACE: Final = re.compile(rf"\s*,?\s+(?:in|at)\s+(?P<place>{_PLACE}(?:, {_PLACE})*)")
_PLACE_BEFORE: Final = re.compile(rf"(?P<place>{_PLACE}(?:, {_PLACE})*),?\s*$")
_FULL_NAME: Final = re.compile(
    r"(?:(?:the\s+)?\d+(?:st|nd|rd|th)\s+|the\s+)?(?:[A-Z][\w-]+ ){0,6}"
    r"(?:Conference|Symposium|Meeting|Congress) (?:on|of|for) [^().]{3,120}?(?=\s*[(.]|$)"
)
_UNLISTED: Final = re.compile(r"(?<![\w-])(?P<name>[A-Z][A-Za-z]*[A-Z][A-Za-z]*(?:-[A-Z]{2,})?)\s+(?P<year>(?:19|20)\d\d)(?!\d)")
"""A conference that no gazetteer lists: an acronym before a year, which only counts in a short line."""
_HEADING_WORDS: Final = 12
_TOLD: Final = ("year", "name", "place", "start_date", "end_date")
"""What a sidecar may say of a conference besides its series."""

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
                found = Conference(series, year, span=span, spans={"year": span})
            if (found.series, found.year) == (series, year):
                found = _complete(found, line, m)
    return found


def united(stated: Conference | None, found: Conference | None) -> Conference | None:
    """Let what a page states of its conference stand over what is found in its text; a series found in the stated name is that series."""
    if stated is None or found is None:
        return stated or found
    named = bool(stated.span and found.span and stated.span.start <= found.span.start and found.span.end <= stated.span.end)
    if not named:
        return stated
    told = {field: value for field in _TOLD if (value := getattr(stated, field))}
    return replace(found, **told, span=stated.span, spans={**found.spans, **stated.spans})


def read_dates(text: str, year: int | None = None) -> tuple[str, str]:
    """Read the first range of dates of a text as ISO dates; both empty where there is none.

    >>> read_dates("May 22–27, 2022"), read_dates("no date")
    (('2022-05-22', '2022-05-27'), ('', ''))
    """
    stated = {found.field: found.value for found in _when_and_where(Line(0, len(text), text, 0), 0, year)}
    return stated.get("start_date", ""), stated.get("end_date", "")


def complete(conference: Conference | None, sidecar: Sidecar) -> Conference | None:
    """Let the sidecar's facts stand over what the page says."""
    if sidecar.conference is None:
        return conference
    known = conference if conference and fold(conference.series) == fold(sidecar.conference) else Conference(sidecar.conference)
    told: dict[str, Any] = {field: value for field in _TOLD if (value := getattr(sidecar, field))}
    kept = {field: span for field, span in known.spans.items() if told.get(field) in (None, getattr(known, field))}
    return replace(known, series=sidecar.conference, **told, spans=kept)


class _Stated(NamedTuple):
    """What a page states of a conference, and where."""

    field: str
    value: str
    span: Span


def _complete(conference: Conference, line: Line, m: re.Match[str]) -> Conference:
    """Add the full name, dates and place that stand beside a naming of the conference."""
    told = (*_full_name(line, m), *_when_and_where(line, m.end(), conference.year))
    new = [stated for stated in told if getattr(conference, stated.field) is None]
    values: dict[str, Any] = {stated.field: stated.value for stated in new}
    return replace(conference, **values, spans={**conference.spans, **{stated.field: stated.span for stated in new}})


def _full_name(line: Line, m: re.Match[str]) -> Iterator[_Stated]:
    """Yield the full name just before or after a naming."""
    at = max(0, m.start() - _NEAR)
    before = line.text[at : m.start()].rstrip(" (")
    full = next((f for f in _FULL_NAME.finditer(before) if f.end() >= len(before) - 1), None)
    if full is None:
        at, after = m.end(), line.text[m.end() : m.end() + _NEAR]
        full = _FULL_NAME.match(after, len(after) - len(after.lstrip(" -–:")))
    if full:
        yield _Stated("name", joined(full.group()), _span(line, at, full))


def _when_and_where(line: Line, at: int, year: int | None) -> Iterator[_Stated]:
    """Yield the first range of dates after a position of the line, as ISO dates, and the place just before or after it."""
    text = line.text[at : at + _NEAR]
    for pattern in _DATES:
        if m := pattern.search(text):
            groups = m.groupdict()
            month2 = _month(groups.get("m2") or groups["m1"])
            month1 = _month(groups.get("m1") or groups["m2"])
            number = int(groups.get("y2") or year or 0)
            if not number or not 1 <= month1 <= 12 or not 1 <= month2 <= 12:
                continue
            yield _Stated("start_date", f"{number}-{month1:02}-{int(m['d1']):02}", _span(line, at, m))
            yield _Stated("end_date", f"{number}-{month2:02}-{int(m['d2']):02}", _span(line, at, m))
            after = _IN_PLACE.match(text, m.end())
            if place := after or _PLACE_BEFORE.search(text[: m.start()].rstrip(" ,").removesuffix(" from")):
                yield _Stated("place", place["place"], _span(line, at, place, "place"))
            return


def _span(line: Line, at: int, m: re.Match[str], group: str | int = 0) -> Span:
    """Give the place on the page of what matched in the text that starts at a position of the line."""
    return Span(line.start + at + m.start(group), line.start + at + m.end(group))


def _month(text: str) -> int:
    return int(text) if text.isdigit() else _MONTHS.index(text[:3].casefold()) + 1
