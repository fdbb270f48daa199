"""Let catalogues say what they know of the records of pages: the rows that match become a page of fields for each catalogue."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from confgraph.errors import SourceError
from confgraph.ingest.forms.fields_text import Entry, render
from confgraph.records import Page, PageId, Reading, Reason, RecordId, RecordKind, Reject, Sidecar
from confgraph.reference.catalogue import Catalogue, opened
from confgraph.reference.matching import match as match_record
from confgraph.reference.matching import outline_of_record
from confgraph.resolve.keys import CATALOGUE
from confgraph.resolve.papers import Match

Tell = Callable[[str, int, int], None]
"""Told the step's name, and how many of how many steps are done."""

_STEP: Final = 100
_PAPERS: Final = frozenset({RecordKind.PAPER, RecordKind.WORKSHOP_PAPER})
"""The kinds of records that a catalogue of papers may list; a keynote is none, though a paper has its title."""


@dataclass(frozen=True, slots=True)
class Link:
    """A record of a page, the position from 1 of its row on the catalogue's page, and what speaks for the two."""

    page: PageId
    record: RecordId
    row: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """What a catalogue says.

    Attributes:
        name: that of the file.
        sha256: that of its bytes.
        rows: how many papers it lists.
        page: the rows that match, as fields; None where none does.
        links: which record matches which row, in the order of the pages and records.
        rejects: the rows that could not be read; past the first, a count.
        note: what the user should know of its index, or empty.
    """

    name: str
    sha256: str
    rows: int
    page: Page | None
    links: tuple[Link, ...] = ()
    rejects: tuple[Reject, ...] = ()
    note: str = ""

    def iter_matches(self, reading: Reading) -> Iterator[Match]:
        """Yield the matches, once the page has been read: its records stand in the order of the rows."""
        by_position = {record.ordinal: record.id for record in reading.records}
        for link in self.links:
            yield Match((link.page, link.record), (reading.page.id, by_position[link.row]), link.reasons)

    def to_row(self) -> dict[str, Any]:
        """Say for the manifest which file was asked, and how many records it knew."""
        return {"name": self.name, "sha256": self.sha256, "rows": self.rows, "matched": len(self.links)}


@dataclass(frozen=True, slots=True)
class References:
    """What all catalogues say, sorted by name."""

    each: tuple[Reference, ...] = ()

    @property
    def pages(self) -> tuple[Page, ...]:
        """Give the page of each catalogue of which a row matches."""
        return tuple(one.page for one in self.each if one.page)

    @property
    def hashes(self) -> tuple[str, ...]:
        """Give the sha256 of the file behind each page."""
        return tuple(one.sha256 for one in self.each if one.page)

    @property
    def rejects(self) -> tuple[Reject, ...]:
        """Give the rows that could not be read."""
        return tuple(reject for one in self.each for reject in one.rejects)

    def matches(self, readings: Sequence[Reading]) -> tuple[Match, ...]:
        """Give the matches, once the pages have been read, in their order."""
        listed = [one for one in self.each if one.page]
        return tuple(match for one, reading in zip(listed, readings, strict=True) for match in one.iter_matches(reading))


def enrich(readings: Sequence[Reading], catalogues: Iterable[Path], tell: Tell) -> References:
    """Match the papers among the records of all readings to the rows of some catalogues.

    Raises:
        SourceError: a catalogue cannot be read, holds no papers, or has the name of a page or of another catalogue.
        OutputError: the index of a catalogue cannot be written anywhere.
    """
    taken = {reading.page.name for reading in readings}
    found = []
    for path in sorted({path.resolve(): path for path in sorted(catalogues)}.values(), key=lambda p: (p.name, str(p))):
        if path.name in taken:
            raise SourceError(str(path), "has the name of a page, or of another catalogue", "rename one: sources are told apart by name")
        taken.add(path.name)
        with opened(path, tell=tell) as catalogue:
            found.append(_reference(readings, catalogue, tell))
    return References(tuple(found))


def _reference(readings: Sequence[Reading], catalogue: Catalogue, tell: Tell) -> Reference:
    chosen: list[tuple[PageId, RecordId, int, tuple[Reason, ...]]] = []
    records = [(reading, record) for reading in readings for record in reading.records if record.kind in _PAPERS]
    for done, (reading, record) in enumerate(records, 1):
        conference = reading.facts.conference
        choice = match_record(outline_of_record(record, conference.year if conference else None), catalogue)
        if choice:
            chosen.append((record.page, record.id, choice.chosen, choice.reasons))
        if done % _STEP == 0 or done == len(records):
            tell(f"match {catalogue.path.name}", done, len(records))
    rows = sorted({row for _, _, row, _ in chosen})
    place = {row: position for position, row in enumerate(rows, 1)}
    links = tuple(Link(page, record, place[row], reasons) for page, record, row, reasons in chosen)
    page = _page(catalogue.path.name, [catalogue.entry(row) for row in rows]) if rows else None
    return Reference(catalogue.path.name, catalogue.sha256, catalogue.rows, page, links, tuple(_rejects(catalogue)), catalogue.note)


def _page(name: str, entries: Iterable[Entry]) -> Page:
    """Write rows as the fields of a page: what the catalogue adds to a record, not what the record says anyway."""
    text = render("a catalogue", (replace(entry, abstract="", keywords=(), urls=(), comments=(), room="", session="") for entry in entries))
    return Page(name, text, PageId(hashlib.sha256(text.encode("utf-8")).hexdigest()), sidecar=Sidecar(layout="fields"), form=CATALOGUE)


def _rejects(catalogue: Catalogue) -> Iterator[Reject]:
    name = catalogue.path.name
    for one in catalogue.first_unread:
        yield Reject(name, None, f"{one.place}: {one.reason}")
    if more := catalogue.unread - len(catalogue.first_unread):
        yield Reject(name, None, f"{more:,} more rows could not be read")
