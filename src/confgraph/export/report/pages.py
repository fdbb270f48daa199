"""Say what was read of each page and what was not: text by part, what stands in no field, what was set aside, rejects."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Sequence
from typing import Final

from confgraph.export.markup import (
    Column,
    Doubt,
    Markup,
    Section,
    counted,
    heading,
    link,
    number,
    paragraph,
    percent,
    quotation,
    rest,
    table,
    text,
    words,
)
from confgraph.export.report.charts import stacked
from confgraph.export.report.coverage import OF_RECORDS, Coverage, Part, Stretch
from confgraph.records import Page, Reading, Reject

_PAGES: Final = 100
_STRETCHES: Final = 20
_ASIDE: Final = 10
_LONGEST: Final = 300
"""The characters of a stretch that are shown."""
_REACH: Final = 70
"""The characters of the page that are shown on either side of a stretch."""


def page_link(page: Page) -> Markup:
    """Write a page's name as a link to its text."""
    return link(f"pages/{page.id}.txt", text(page.name, 80))


def pages_section(coverages: Sequence[Coverage]) -> Section:
    """List the pages with what each gave; of many, those with most unclassed text or no record."""
    shown = sorted(coverages, key=_by_doubt)[:_PAGES]
    numbers = ("Records", "Authors", "Concepts", "Relations", "Characters")
    columns = [Column("Page"), Column("Layout"), *(Column(title, number=True) for title in numbers)]
    bars = {i: stacked(coverage.sizes()) for i, coverage in enumerate(shown)}
    empty = sum(not coverage.reading.records for coverage in coverages)
    thin = sum(2 * sum(map(coverage.sizes().__getitem__, OF_RECORDS)) < len(coverage.reading.page.text) for coverage in coverages)
    about = (
        "A page’s name leads to its text as read, to which all offsets refer. The bar divides its characters: "
        "the fields of its records, what stands between them (markers, punctuation, white space), and what is no record’s."
    )
    parts = (
        paragraph(words(about)),
        table("What each page gave", columns, [_page_row(coverage.reading) for coverage in shown], bars),
        rest(len(coverages) - len(shown), "page", "all are in manifest.json"),
    )
    doubts = (
        Doubt(empty, f"{counted(empty, 'page')} gave no record"),
        Doubt(thin, f"{counted(thin, 'page')} with less than half of the text in fields of records"),
    )
    return Section("pages", "Pages", parts, doubts)


def _by_doubt(coverage: Coverage) -> tuple[int, bool, str]:
    return -coverage.sizes()[Part.UNCLASSED], bool(coverage.reading.records), coverage.reading.page.name


def _page_row(reading: Reading) -> list[Markup]:
    records, page = reading.records, reading.page
    forced = " (set by its sidecar)" if page.sidecar.layout else ""
    concepts = sum(len(c) for r in records for c in (r.introduces, r.methods, r.datasets, r.tasks, r.metrics, r.institutions))
    counts = (len(records), sum(len(r.authors) for r in records), concepts, sum(len(r.relations) for r in records), len(page.text))
    return [page_link(page), words(reading.layout + forced), *map(number, counts)]


def unread_section(coverages: Sequence[Coverage]) -> Section:
    """Quote what no class fits, list what stands in records but in no field, and the longest of what was set aside."""
    size = sum(coverage.sizes()[Part.UNCLASSED] for coverage in coverages)
    times, first = _between_fields(coverages)
    once = sum(count == 1 for count in times.values())
    doubts = (
        Doubt(size, f"{counted(size, 'character')} of text fit{'s' if size == 1 else ''} no class"),
        Doubt(once, f"{counted(once, 'wording')} stand{'s' if once == 1 else ''} once in a record, in no field"),
    )
    return Section("unread", "Unread text", (*_unclassed(coverages, size), *_loose(times, first), *_set_aside(coverages)), doubts)


def _unclassed(coverages: Sequence[Coverage], size: int) -> list[Markup]:
    found = [(coverage.reading.page, s) for coverage in coverages for s in coverage.stretches if s.part is Part.UNCLASSED]
    total = sum(len(coverage.reading.page.text) for coverage in coverages)
    about = f"{counted(size, 'character')} of {total:,} ({percent(size, total)}) in {counted(len(found), 'stretch', 'stretches')}."
    parts = [heading("In no class"), paragraph(words(about))]
    if found:
        rows = [[page_link(page), number(s.start), _in_context(page, s)] for page, s in found[:_STRETCHES]]
        columns = [Column("Page"), Column("Offset", number=True), Column("Text", widest=True)]
        parts.append(table("Stretches that no class fits", columns, rows))
        parts.append(rest(len(found) - len(rows), "stretch", "all are in manifest.json, under unclassed", "stretches"))
    return parts


def _in_context(page: Page, stretch: Stretch) -> Markup:
    before, after = page.text[max(0, stretch.start - _REACH) : stretch.start], page.text[stretch.end : stretch.end + _REACH]
    return quotation(before, page.text[stretch.start : stretch.end], after, _LONGEST)


_First = dict[str, tuple[Page, Stretch]]


def _between_fields(coverages: Sequence[Coverage]) -> tuple[Counter[str], _First]:
    """Count the words that stand in records but in no field, and tell where each wording stands first."""
    times: Counter[str] = Counter()
    first: _First = {}
    for coverage in coverages:
        for stretch in coverage.stretches:
            if stretch.part is Part.BETWEEN and (said := coverage.said(stretch)):
                times[said] += 1
                first.setdefault(said, (coverage.reading.page, stretch))
    return times, first


def _loose(times: Counter[str], first: _First) -> list[Markup]:
    """List the words between fields by how much text they are."""
    parts = [heading("In a record, but in no field")]
    if not times:
        return [*parts, paragraph(words("No word."))]
    about = "Markers of the layout are expected here (a heading such as “Abstract” before each abstract); a name or a date is not."
    shown = heapq.nsmallest(_STRETCHES, times, key=lambda said: (-len(said) * times[said], said))
    rows = [[text(said, _LONGEST), number(times[said]), page_link(first[said][0]), number(first[said][1].start)] for said in shown]
    columns = [Column("Words", widest=True), Column("Times", number=True), Column("First on"), Column("Offset", number=True)]
    return [
        *parts,
        paragraph(words(about)),
        table("Words between fields, by how much text they are", columns, rows),
        rest(len(times) - len(rows), "wording", "they are shorter or rarer"),
    ]


def _set_aside(coverages: Sequence[Coverage]) -> list[Markup]:
    """Quote the longest stretches that are no record's."""
    aside = [(c, s) for c in coverages for s in c.stretches if s.part in (Part.COMMENTARY, Part.CHROME) and c.said(s)]
    if not aside:
        return []
    longest = heapq.nsmallest(_ASIDE, aside, key=lambda item: (item[1].start - item[1].end, item[0].reading.page.name, item[1].start))
    rows = []
    for coverage, s in longest:
        page = coverage.reading.page
        rows.append(
            [page_link(page), number(s.start), words(s.text_class), number(s.end - s.start), text(page.text[s.start : s.end], _LONGEST)]
        )
    columns = [Column("Page"), Column("Offset", number=True), Column("Read as"), Column("Characters", number=True)]
    return [
        heading("Set aside"),
        paragraph(words("Text around and between records that was read as no record’s. See whether a record is among the longest:")),
        table("Longest stretches set aside", [*columns, Column("Text", widest=True)], rows),
        rest(len(aside) - len(rows), "shorter stretch", "the bars above count them", "shorter stretches"),
    ]


def rejects_section(rejects: Sequence[Reject], readings: Sequence[Reading]) -> Section:
    """List the pieces of input that could not be used."""
    pages = {reading.page.name: reading.page for reading in readings}
    rows = [
        [
            page_link(pages[r.doc]) if r.doc in pages else text(r.doc, 80),
            words("all") if r.offset is None else number(r.offset),
            text(r.reason),
        ]
        for r in rejects[:_STRETCHES]
    ]
    columns = [Column("Page"), Column("Offset", number=True), Column("Reason", widest=True)]
    listed = table("Input that could not be used", columns, rows) if rows else paragraph(words("Every piece of input could be used."))
    more = rest(len(rejects) - len(rows), "reject", "all are in rejects.jsonl")
    doubt = Doubt(len(rejects), f"{counted(len(rejects), 'piece')} of input could not be used")
    return Section("rejects", "Rejects", (listed, more), (doubt,))
