"""Read tables: CSV with any of the usual separators, and TSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final

from confgraph.errors import SourceError
from confgraph.ingest.decode import decode
from confgraph.ingest.forms.columns import Columns, Reader, names_papers, reader
from confgraph.ingest.forms.fields_text import Entry, Unread, render

NAME: Final = "CSV"
SUFFIXES: Final = frozenset({".csv", ".tsv", ".tab"})

_SEPARATORS: Final = (",", ";", "\t", "|")
_EXCEL: Final = "sep="
_LONGEST_HEADER: Final = 4_000


def fits(head: bytes) -> bool:
    """Tell whether the first line of a file names the columns of a list of papers."""
    first, _, rest = head.removeprefix(b"\xef\xbb\xbf").partition(b"\n")
    if first.lower().startswith(_EXCEL.encode()):
        first, _, rest = rest.partition(b"\n")
    if not rest or len(first) > _LONGEST_HEADER:
        return False
    line = first.decode("utf-8", "replace").strip()
    return not line.startswith("|") and any(names_papers(_cells(line, separator)) for separator in _SEPARATORS if separator in line)


def read(data: bytes, where: str) -> str:
    """Read a table as fields, by what its columns are called.

    Raises:
        SourceError: the file is no text or no table, or its columns are not those of papers.
    """
    return read_columns(data, where, Columns())


def read_columns(data: bytes, where: str, columns: Columns) -> str:
    """Read a table as fields, by the columns that the user names, and what the others are called.

    Raises:
        SourceError: as for `read`; or the user names a field or column that there is not.
    """
    text, _ = decode(data, where)
    separator, text = _separator(text)
    lines = list(_iter_lines(text, separator, where))
    if not lines:
        raise SourceError(where, "the table has no line", "give a table whose first line names its columns")
    (_, header), *rest = lines
    names = [name.strip().strip("\ufeff") for name in header]
    rows = [dict(reversed(list(zip(names, cells, strict=False)))) for _, cells in rest]
    by = reader(names, columns, rows, where)
    found = [_entry(by, row, number, cells, len(names)) for row, (number, cells) in zip(rows, rest, strict=True)]
    if not found:
        raise SourceError(where, "the table has a header and no row", "give a table with one row a paper")
    return render("TSV" if separator == "\t" else NAME, found)


def _entry(by: Reader, row: dict[str, str], number: int, cells: list[str], columns: int) -> Entry | Unread:
    if any(cell.strip() for cell in cells[columns:]):
        return Unread(f"line {number}", f"{len(cells)} cells under {columns} columns; is a quote missing?")
    entry = by.entry(row)
    return entry if entry.says_enough else Unread(f"line {number}", "neither title nor abstract")


def _separator(text: str) -> tuple[str, str]:
    """Give what stands between the cells, and the table: what its first line says as Excel does, else what tells most columns apart."""
    first, _, rest = text.lstrip("\ufeff").partition("\n")
    if first.lower().startswith(_EXCEL) and len(first.strip()) == len(_EXCEL) + 1:
        return first.strip()[-1], rest
    cells = {separator: _cells(first[:_LONGEST_HEADER], separator) for separator in _SEPARATORS}
    best = max(_SEPARATORS, key=lambda s: (names_papers(cells[s]), len(cells[s])))
    return best, text.lstrip("\ufeff")


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []


def _iter_lines(text: str, separator: str, where: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold anything, each with the line, from 1, at which it ends."""
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for cells in lines:
            if any(cell.strip() for cell in cells):
                yield lines.line_num, cells
    except csv.Error as error:
        what = f"the table cannot be read near line {lines.line_num}: {error}"
        raise SourceError(where, what, "look for a quote that is not closed") from error
