"""Read the rows of a catalogue one at a time, from JSON Lines, a value of JSON, or either packed with gzip."""

from __future__ import annotations

import codecs
import gzip
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from confgraph.errors import SourceError
from confgraph.ingest.forms import json_file
from confgraph.ingest.forms.fields_text import Entry, Unread
from confgraph.resolve.names import parse
from confgraph.resolve.outlines import Outline
from confgraph.resolve.shingles import text_of
from confgraph.text import words

_GZIP: Final = b"\x1f\x8b"
_SAMPLE: Final = 1_000
"""So many rows say how all are read."""
GIVE: Final = "give JSON Lines, or JSON as OpenAlex, OpenReview, DBLP or Crossref gives it; either may be packed with gzip"


def is_plain(path: Path) -> bool:
    """Tell whether a file is JSON Lines that is not packed, whose rows can be read again where they stand."""
    with path.open("rb") as stream:
        return not stream.read(2).startswith(_GZIP) and _is_lines(stream)


def iter_lines(path: Path) -> Iterator[bytes]:
    """Yield the lines of JSON Lines, or the rows of one value of JSON as lines; JSON Lines is not read whole into memory.

    Raises:
        SourceError: the file cannot be read or unpacked, or is no JSON with a list of papers.
    """
    with _opened(path) as stream:
        if _is_lines(stream):
            yield from stream
            return
        data = stream.read()
        if not data.strip():
            raise SourceError(str(path), "the catalogue holds no rows", GIVE)
        for row in json_file.whole_rows(data, str(path)):
            yield json.dumps(row).encode() + b"\n"


def reader(lines: Iterator[bytes], where: str) -> json_file.RowReader:
    """Find out from the first lines how rows are read.

    Raises:
        SourceError: the lines are no JSON, or hold no papers.
    """
    sample = [parsed(line) for line in islice(lines, _SAMPLE) if line.strip()]
    rows = [row for row in sample if not isinstance(row, ValueError)]
    if not sample:
        raise SourceError(where, "the catalogue holds no rows", GIVE)
    if 2 * len(rows) < len(sample):
        raise SourceError(where, f"most of its first {len(sample)} lines are not JSON", GIVE)
    return json_file.row_reader(rows, where)


def parsed(line: bytes) -> Any:
    """Give the value of a line, or the error that says why it has none."""
    try:
        return json.loads(line.removeprefix(codecs.BOM_UTF8))
    except ValueError as error:
        return error
    except RecursionError:
        return ValueError("is nested too deeply")


def entry_of(line: bytes, place: str, by: json_file.RowReader) -> Entry | Unread | None:
    """Read a line as an entry; None for what is no paper, such as the review of one."""
    value = parsed(line)
    if isinstance(value, ValueError):
        return Unread(place, f"is not JSON: {str(value)[:120]}")
    return by.entry(place, value)


def outline_of(entry: Entry) -> Outline:
    """Gather what a row says."""
    people = tuple(parse(person.name).surname for person in entry.authors)
    return Outline(
        " ".join(words(entry.title)),
        (text_of(entry.abstract),) if entry.abstract else (),
        ((people, entry.others),) if people else (),
        frozenset({int(entry.year)} if entry.year.isdecimal() else ()),
    )


def _is_lines(stream: BinaryIO) -> bool:
    """Tell whether a stream is JSON Lines: its first line is a whole object, and another starts below it."""
    stream.seek(0)
    first, second = (next((line for line in stream if line.strip()), b"") for _ in range(2))
    stream.seek(0)
    return second.lstrip().startswith(b"{") and isinstance(parsed(first), dict)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file, unpacked where it is packed with gzip."""
    try:
        with path.open("rb") as stream:
            packed = stream.read(2) == _GZIP
        with gzip.open(path) if packed else path.open("rb") as stream:
            yield cast("BinaryIO", stream)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise SourceError(str(path), f"cannot be unpacked ({error})", "fetch the file again") from error
    except OSError as error:
        raise SourceError(str(path), f"cannot be read ({error.strerror or error})", "check the path and its permissions") from error
