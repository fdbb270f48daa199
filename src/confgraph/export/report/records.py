"""Say which records lack something or carry a flag, and which concepts rest on one unsure mention."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from confgraph.export import context
from confgraph.export.markup import (
    Column,
    Doubt,
    Markup,
    Section,
    counted,
    joined,
    number,
    paragraph,
    quotation,
    rest,
    small,
    table,
    text,
    words,
)
from confgraph.export.report.extraction import EVEN
from confgraph.export.report.pages import page_link
from confgraph.records import Concept, Entity, Introduced, MemberKey, Page, Reading, Record, Resolution, Span
from confgraph.resolve.keys import iter_concepts, occasion_of, paper_key

_ROWS: Final = 20
_PAGES: Final = 5
_LABEL: Final = 120
_FIELDS: Final = ("title", "authors", "abstract")


def records_section(readings: Sequence[Reading], resolution: Resolution) -> Section:
    """Say which fields records lack, which records are unlike their page, and what flags they carry."""
    records = [(reading, record) for reading in readings for record in reading.records]
    odd = [(reading, record, lacks) for reading in readings for record, lacks in _iter_odd(reading)]
    flagged = [(reading, record) for reading, record in records if record.flags]
    untitled, anonymous = (sum(not getattr(record, field) for _, record in records) for field in ("title", "authors"))
    gained = _gained(readings, resolution)
    about = f"Of {counted(untitled, 'record')} without a title, {gained:,} {'has' if gained == 1 else 'have'} one from another page."
    doubts = (
        Doubt(untitled - gained, f"{counted(untitled - gained, 'record')} without a title, here or on another page"),
        Doubt(anonymous, f"{counted(anonymous, 'record')} without authors"),
        Doubt(len(odd), f"{counted(len(odd), 'record')} lack{'s' if len(odd) == 1 else ''} what most records of the page have"),
        Doubt(len(flagged), f"{counted(len(flagged), 'record')} with a flag, such as an abstract that the page cuts"),
    )
    return Section("records", "Records", (*_lacking(readings), paragraph(words(about)), *_unlike(odd), *_flags(flagged)), doubts)


def _lacking(readings: Sequence[Reading]) -> list[Markup]:
    """Count for each page the records without a field; of many pages, those where most lack one."""
    lacks = {
        reading.page.name: [sum(not getattr(record, field) for record in reading.records) for field in _FIELDS] for reading in readings
    }
    shown = heapq.nsmallest(_ROWS, readings, key=lambda reading: (-max(lacks[reading.page.name]), reading.page.name))
    rows = [[page_link(reading.page), *map(number, (len(reading.records), *lacks[reading.page.name]))] for reading in shown]
    columns = [Column("Page"), Column("Records", number=True), *(Column(f"No {field}", number=True) for field in _FIELDS)]
    return [table("What records lack", columns, rows), rest(len(readings) - len(rows), "page", "fewer records of each lack something")]


def _iter_odd(reading: Reading) -> Iterator[tuple[Record, str]]:
    """Yield the records that lack a field that more than half of the page's records have."""
    usual = [field for field in _FIELDS if 2 * sum(bool(getattr(r, field)) for r in reading.records) > len(reading.records)]
    for record in reading.records:
        if lacks := [field for field in usual if not getattr(record, field)]:
            yield record, ", ".join(lacks)


def _gained(readings: Sequence[Reading], resolution: Resolution) -> int:
    """Count the records without a title whose paper another record titles."""
    listed = [
        (record, resolution.by_member[paper_key(record, occasion_of(reading, record))].key)
        for reading in readings
        for record in reading.records
    ]
    titled = {paper for record, paper in listed if record.title}
    return sum(paper in titled for record, paper in listed if not record.title)


def _unlike(odd: Sequence[tuple[Reading, Record, str]]) -> list[Markup]:
    if not odd:
        return [paragraph(words("No record lacks a field that most records of its page have."))]
    rows = [[page_link(reading.page), number(r.ordinal), words(lacks), _opening(reading.page, r)] for reading, r, lacks in odd[:_ROWS]]
    columns = [Column("Page"), Column("Record", number=True), Column("Lacks"), Column("Begins", widest=True)]
    return [table("Records unlike the others of their page", columns, rows), rest(len(odd) - len(rows), "record", "see records.jsonl")]


def _opening(page: Page, record: Record) -> Markup:
    """Show how a record begins: its title, else the first words of its place on the page."""
    place = record.spans.get("record", Span(0, 0))
    return text(record.title or page.text[place.start : place.end] or record.abstract or "", _LABEL)


def _flags(flagged: Sequence[tuple[Reading, Record]]) -> list[Markup]:
    """List the records of each flag, by page and number."""
    if not flagged:
        return [paragraph(words("No record carries a flag."))]
    by_flag: defaultdict[str, list[tuple[Reading, Record]]] = defaultdict(list)
    for reading, record in flagged:
        for flag in record.flags:
            by_flag[flag].append((reading, record))
    common = heapq.nsmallest(_ROWS, by_flag.items(), key=lambda item: (-len(item[1]), item[0]))
    rows = [[text(flag), number(len(held)), _places(held)] for flag, held in common]
    columns = [Column("Flag"), Column("Records", number=True), Column("Which, by their number on the page", widest=True)]
    return [table("Flags", columns, rows)]


def _places(held: Sequence[tuple[Reading, Record]]) -> Markup:
    """Name records by page and number, the pages that have most of them first."""
    pages = {reading.page.name: reading.page for reading, _ in held}
    ordinals: defaultdict[str, list[str]] = defaultdict(list)
    for reading, record in held:
        ordinals[reading.page.name].append(str(record.ordinal))
    ranked = sorted(ordinals, key=lambda name: (-len(ordinals[name]), name))
    lines = []
    for name in ranked[:_PAGES]:
        more = f" and {len(ordinals[name]) - _ROWS:,} more" if len(ordinals[name]) > _ROWS else ""
        lines.append(paragraph(page_link(pages[name]), words(f": {', '.join(ordinals[name][:_ROWS])}{more}")))
    if len(ranked) > _PAGES:
        lines.append(paragraph(words(f"and on {counted(len(ranked) - _PAGES, 'more page')}")))
    return joined(lines)


@dataclass(frozen=True, slots=True)
class _Held:
    """A concept as one record of a page holds it."""

    entity: Entity
    item: Concept | Introduced
    page: Page


def mentions_section(readings: Sequence[Reading], resolution: Resolution) -> Section:
    """List the concepts that rest on one mention of low confidence."""
    weak, concepts = _weak(readings, resolution)
    count, verb = len(weak), "rests" if len(weak) == 1 else "rest"
    claim = f"on one mention with a confidence below {EVEN}"
    about = f"Of {counted(concepts, 'concept')}, {count:,} {verb} {claim}: more likely wrong than right."
    parts = [paragraph(words(about))]
    if weak:
        shown = heapq.nsmallest(_ROWS, weak, key=lambda held: (held.item.confidence, held.entity.key))
        rows = [[text(h.entity.label, _LABEL), words(h.entity.kind), words(f"{h.item.confidence:.2f}"), _where(h)] for h in shown]
        columns = [Column("Concept"), Column("Kind"), Column("Confidence", number=True), Column("Where", widest=True)]
        parts.append(table("Concepts that rest on one unsure mention", columns, rows))
        parts.append(rest(count - len(shown), "concept", "confidences are in records.jsonl"))
    doubt = Doubt(count, f"{counted(count, 'concept')} {verb} {claim}")
    return Section("weak", "Weakest concepts", tuple(parts), (doubt,))


def _weak(readings: Sequence[Reading], resolution: Resolution) -> tuple[list[_Held], int]:
    """Find the concepts with one mention on all pages that is more likely wrong than right; give also how many concepts there are."""
    places: defaultdict[MemberKey, set[tuple[str, Span]]] = defaultdict(set)
    surest: dict[MemberKey, _Held] = {}
    for reading in readings:
        for record in reading.records:
            for field, index, key in iter_concepts(record):
                held = _Held(resolution.by_member[key], getattr(record, field)[index], reading.page)
                places[held.entity.key].update((reading.page.name, span) for span in held.item.mentions)
                known = surest.setdefault(held.entity.key, held)
                if held.item.confidence > known.item.confidence:
                    surest[held.entity.key] = held
    return [held for key, held in surest.items() if held.item.confidence < EVEN and len(places[key]) == 1], len(surest)


def _where(held: _Held) -> Markup:
    """Quote the mention in its sentence."""
    page, span = held.page, held.item.mentions[0]
    before, after = context.around(page.text, span.start, span.end)
    quote = quotation(before, page.text[span.start : span.end], after)
    return joined((quote, small(page_link(page), words(f" at {span.start:,}"))))
