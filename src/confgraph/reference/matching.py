"""Match the records of pages to the rows of a catalogue: by abstract, title, authors and year, with the features of papers."""

from __future__ import annotations

from typing import Protocol

from confgraph.ingest.forms.fields_text import Entry
from confgraph.records import Record
from confgraph.reference.rows import outline_of
from confgraph.resolve.names import parse
from confgraph.resolve.outlines import Outline, paper_reasons
from confgraph.resolve.recovery import Candidate, Choice, choose
from confgraph.resolve.shingles import text_of
from confgraph.text import words


class Index(Protocol):
    """What finds and reads the rows of a catalogue."""

    def near(self, said: Outline) -> list[int]:
        """List the rows that may be a paper."""

    def entry(self, row: int) -> Entry:
        """Read a row."""


def match(said: Outline, catalogue: Index) -> Choice | None:
    """Find the one row of a catalogue that a paper is; None where none suffices or two come near.

    `chosen` is the number of the row.
    """
    rows = catalogue.near(said)
    found = choose([candidate(said, catalogue.entry(row)) for row in rows])
    return found._replace(chosen=rows[found.chosen]) if found else None


def candidate(said: Outline, entry: Entry) -> Candidate:
    """Compare a paper with a row of a catalogue."""
    row = outline_of(entry)
    return Candidate(row.title, tuple(paper_reasons(said, row)))


def outline_of_record(record: Record, year: int | None) -> Outline:
    """Gather what one record says; `year` is that of its page where it has none."""
    people = tuple(parse(author.name).surname for author in record.authors)
    return Outline(
        " ".join(words(record.title or "")),
        (text_of(record.abstract),) if record.abstract else (),
        ((people, any(author.others for author in record.authors)),) if people else (),
        frozenset({year} if year else ()),
    )
