"""Take the records that another program wrote to a `records.jsonl` in place of what confgraph would extract."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from confgraph import jsonl
from confgraph.errors import RecordError, SourceError
from confgraph.extract.check import checked
from confgraph.extract.registered import Extract
from confgraph.records import Page, PageId, Record, from_row

SCHEME: Final = "records:"


class RecordsExtractor:
    """The extract stage that gives, for each page, the records of a file; a page without any is read by our own."""

    def __init__(self, used: Mapping[str, str], records: Mapping[PageId, Sequence[Record]], own: Extract | None) -> None:
        """Hold the records by page, and the extractor for the other pages, None where there are none."""
        self.used = used
        self._records = records
        self._own = own

    def __call__(self, page: Page, records: Sequence[Record]) -> tuple[Record, ...]:
        """Give the records that the file holds for the page, by their position.

        Of rows for one text under several names those under the page's own name count, and where none has it, all.
        """
        rows = self._records.get(page.id)
        if rows is None:
            return tuple(records) if self._own is None else self._own(page, records)
        named = [row for row in rows if row.doc == page.name] or rows
        return tuple(replace(row, doc=page.name) for row in sorted(named, key=lambda r: (r.ordinal, r.id)))


def load(name: str, folder: Path, pages: Iterable[Page], own: Callable[[], Extract]) -> RecordsExtractor:
    """Read the file of `records:FILE`, which counts from `folder`, and check each row against its page.

    Raises:
        SourceError: the file cannot be read or is not JSON Lines.
        RecordError: a row is no record, belongs to none of the pages, holds a place outside its page, or has the id of another.
    """
    path = folder / name.removeprefix(SCHEME)
    known = {page.id: page for page in pages}
    records: dict[PageId, list[Record]] = {}
    lines: dict[tuple[str, str], int] = {}
    for number, row in jsonl.read(path):
        where = f"{path}, line {number}"
        record = from_row(row, where)
        page = known.get(record.page)
        if page is None:
            hint = "build with the page that the row was made from, as pages/ of its build holds it, or remove the row"
            raise RecordError(where, f"belongs to the page {record.page[:12]!r}…, which is none of those read", hint)
        first = lines.setdefault((record.doc, record.id), number)
        if first != number:
            raise RecordError(where, f"has the id of line {first}", "give each record an id of its own")
        checked(record, page, where)
        records.setdefault(record.page, []).append(record)
    if not records:
        raise SourceError(str(path), "holds no record", "write one row a record")
    used = {"name": name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    rest = own() if known.keys() - records.keys() else None
    return RecordsExtractor(used if rest is None else {**rest.used, **used}, records, rest)
