"""Read and write JSON Lines: one JSON value a line, in UTF-8; a mistake is told with the number of its line."""

from __future__ import annotations

import codecs
import json
import math
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from confgraph.errors import OutputError, SourceError


def iter_rows(lines: Iterable[bytes], where: str) -> Iterator[tuple[int, Any]]:
    r"""Yield the number, from 1, and the value of each line; blank lines and a byte order mark are passed over.

    Only `\n` ends a line (U+2028 may stand inside a string); one line is held at a time.

    Raises:
        SourceError: a line is not UTF-8, or not JSON as RFC 8259 has it, which knows neither NaN nor Infinity.

    >>> list(iter_rows([b'{"id": 1}\r\n', b"\n", b"[]"], "texts.jsonl"))
    [(1, {'id': 1}), (3, [])]
    """
    for number, raw in enumerate(lines, 1):
        line = raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw
        if line.strip():
            yield number, _parsed(line, f"{where}, line {number}")


def read(path: Path) -> Iterator[tuple[int, Any]]:
    """Yield the rows of a file, as `iter_rows` does.

    Raises:
        SourceError: the file cannot be read, or a line is not JSON.
    """
    try:
        with path.open("rb") as stream:
            yield from iter_rows(stream, str(path))
    except OSError as error:
        raise SourceError(str(path), f"cannot be read ({error.strerror})", "check the path and its permissions") from error


def line_of(row: Any) -> bytes:
    r"""Write a value as one line; a string with half a surrogate pair, which UTF-8 has no form for, is written in escapes.

    >>> line_of({"text": "naïve"}).decode("utf-8"), line_of("\ud83d")
    ('{"text": "naïve"}\n', b'"\\ud83d"\n')
    """
    try:
        return f"{json.dumps(row, ensure_ascii=False)}\n".encode()
    except UnicodeEncodeError:
        return f"{json.dumps(row)}\n".encode()


@contextmanager
def written(path: Path) -> Iterator[BinaryIO]:
    """Give a stream whose bytes take the place of a file when the block ends without an error; a device or pipe is written as it comes.

    Raises:
        OutputError: the file cannot be written.
    """
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as stream:
                yield stream
            return
        place = path.resolve()  # a link stays one
        draft = place.with_name(f".{place.name}-{os.getpid()}")
        try:
            with draft.open("xb") as stream:
                yield stream
            draft.replace(place)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(str(path), f"cannot be written ({error.strerror})", "choose another file, in a folder that is there") from error


def _parsed(line: bytes, where: str) -> Any:
    try:
        return json.loads(line.decode("utf-8"), parse_constant=_refused, parse_float=_finite)
    except UnicodeDecodeError as error:
        raise SourceError(where, f"is not UTF-8 (byte {error.start + 1})", "save the file as UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise SourceError(where, f"is not JSON ({error})", "write one JSON object a line") from error


def _refused(constant: str) -> Any:
    raise ValueError(f"{constant} is no value of JSON")


def _finite(printed: str) -> float:
    value = float(printed)
    if not math.isfinite(value):
        raise ValueError(f"{printed} is too large a number")
    return value
