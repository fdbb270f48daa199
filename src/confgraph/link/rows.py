"""Read rows of papers: JSON Lines, plain or packed with gzip, with the authors as names or as objects."""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from confgraph import jsonl
from confgraph.errors import SourceError

_GZIP: Final = b"\x1f\x8b"
_LAST_YEAR: Final = 9999
_HINT: Final = 'write a paper a line: {"id": ..., "title": ..., "authors": ["Ada Moor", ...]}'


@dataclass(frozen=True, slots=True)
class Row:
    """A paper as its row names it; `affiliations` holds those of each author, and is as long as `authors`."""

    id: str | int | None
    title: str
    abstract: str
    authors: tuple[str, ...]
    affiliations: tuple[tuple[str, ...], ...]
    keywords: tuple[str, ...]
    venue: str
    year: int


def iter_papers(file: Path) -> Iterator[Row]:
    """Yield the rows of a file, which gzip may have packed; `-` is standard input.

    Raises:
        SourceError: the file cannot be read, or a line is no paper; the message names the line.
    """
    where = "standard input" if str(file) == "-" else str(file)
    with _opened(file, where) as stream:
        for number, row in jsonl.iter_rows(stream, where):
            yield read_row(row, f"{where}, line {number}")


@contextmanager
def _opened(file: Path, where: str) -> Iterator[Iterable[bytes]]:
    try:
        if str(file) == "-":
            yield sys.stdin.buffer
            return
        with file.open("rb") as stream:
            packed = stream.read(len(_GZIP)) == _GZIP
            stream.seek(0)
            if packed:
                with gzip.open(stream) as unpacked:
                    yield unpacked
            else:
                yield stream
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise SourceError(where, f"is a broken gzip file ({error})", "fetch or pack it again") from error
    except OSError as error:
        raise SourceError(where, f"cannot be read ({error.strerror})", "check the path and its permissions") from error


def read_row(value: Any, where: str) -> Row:
    """Make a `Row` of a line's value; other keys than those of a row are passed over.

    Raises:
        SourceError: the value is no object with a list of authors, or one of its values has another type.
    """
    if not isinstance(value, dict):
        raise SourceError(where, "is no object", _HINT)
    listed = value.get("authors")
    if not isinstance(listed, list):
        raise SourceError(where, "has no list of authors", _HINT)
    authors = tuple(_author(author, where) for author in listed)
    affiliations = _texts(value, "affiliations", where)
    own = tuple(places for _, places in authors)
    return Row(
        id=_id(value.get("id"), where),
        title=_text(value, "title", where),
        abstract=_text(value, "abstract", where),
        authors=tuple(name for name, _ in authors),
        affiliations=own if any(own) else _aligned(len(authors), affiliations),
        keywords=_texts(value, "keywords", where),
        venue=_text(value, "venue", where),
        year=_year(value.get("year"), where),
    )


def once(authors: tuple[str, ...]) -> int:
    """Give the length of a list of authors without its repetition: some sources print the whole list twice.

    >>> once(("A. Moor", "B. Lind", "A. Moor", "B. Lind")), once(("A. Moor", "A. Moor", "B. Lind"))
    (2, 3)
    """
    half = len(authors) // 2
    return half if half and authors[:half] == authors[half:] else len(authors)


def _aligned(count: int, affiliations: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Give each author the affiliation at the same place; all of them where the numbers do not agree."""
    if affiliations and count % len(affiliations) == 0 and count // len(affiliations) in (1, 2):
        return tuple((affiliations[i % len(affiliations)],) for i in range(count))
    return (affiliations,) * count


def _author(value: Any, where: str) -> tuple[str, tuple[str, ...]]:
    if isinstance(value, str):
        return value, ()
    if isinstance(value, dict) and isinstance(value.get("name"), str):
        return value["name"], _texts(value, "affiliations", where)
    raise SourceError(where, 'has an author who is neither a name nor an object with a "name"', _HINT)


def _id(value: Any, where: str) -> str | int | None:
    if value is None or (isinstance(value, (str, int)) and not isinstance(value, bool)):
        return value
    raise SourceError(where, "has an id that is neither a string nor a number", _HINT)


def _text(row: dict[str, Any], key: str, where: str) -> str:
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        raise SourceError(where, f"has a value of {key!r} that is no string", _HINT)
    return value or ""


def _texts(row: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = row.get(key)
    if isinstance(value, str):
        value = [value]
    if value is not None and not isinstance(value, list):
        raise SourceError(where, f"has a value of {key!r} that is no list", _HINT)
    return tuple(text if isinstance(text, str) else "" for text in value or ())


def _year(value: Any, where: str) -> int:
    if value is None or value == "":
        return 0
    number = int(value) if isinstance(value, float) and value.is_integer() else value
    if isinstance(number, bool) or not str(number).isdecimal() or int(number) > _LAST_YEAR:
        raise SourceError(where, f"has the year {value!r}", "write a year as a number, such as 2024")
    return int(number)
