"""Check the records that come from outside confgraph, before anything is built on them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from confgraph.errors import RecordError
from confgraph.records import Author, Concept, Introduced, Page, Record, Relation, Resource, Result, Span, Talk

_HALF_PAIR: Final = re.compile("[\ud800-\udfff]")
_PLACED: Final = (Author, Relation, Resource, Result, Span, Talk)
_NAMED: Final = (Author, Concept, Introduced)
_YEARS: Final = range(1, 10_000)
"""The years that an `xsd:gYear` of four digits can name."""


def checked(record: Record, page: Page, where: str) -> Record:
    """Give a record whose types are right under the page's own name, once its values are known to be right for that page.

    Raises:
        RecordError: a place is not inside the page, a confidence not in [0, 1], a name empty, a number out of range, or a text no
            text; `where` opens the message.
    """
    for path, value in _iter_values(record, "record"):
        if problem := _problem(value, page.text):
            raise RecordError(where, f"{path} {problem[0]}", problem[1])
    if record.ordinal < 1:
        raise RecordError(where, f"record.ordinal is {record.ordinal}", "count from 1")
    if record.year is not None and record.year not in _YEARS:
        raise RecordError(where, f"record.year is {record.year}", "write a year such as 2023")
    return dataclasses.replace(record, doc=page.name)


def _iter_values(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Yield a value and all that it holds, each with the path to it."""
    yield path, value
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _iter_values(getattr(value, field.name), f"{path}.{field.name}")
    elif isinstance(value, Mapping):
        for key in value:
            yield f"{path}.{key}", key
            yield from _iter_values(value[key], f"{path}.{key}")
    elif isinstance(value, tuple):
        for i, item in enumerate(value):
            yield from _iter_values(item, f"{path}[{i}]")


def _problem(value: Any, text: str) -> tuple[str, str] | None:
    """Say what is wrong with a value on a page of that text, and what to do; None where all is well."""
    if isinstance(value, str) and _HALF_PAIR.search(value):
        return "holds half of a surrogate pair", "write the character whole"
    if isinstance(value, float) and not 0 <= value <= 1:
        return f"is {value}", "give a confidence from 0 to 1"
    if isinstance(value, _NAMED) and not value.name.strip():
        return "has an empty name", "leave it out, or name it"
    if isinstance(value, _PLACED) and (wrong := _misplaced(value, text)):
        return f"stands at {value.start} to {value.end}, {wrong}", "give the code points of its words on the page"
    if isinstance(value, Relation) and not (0 <= value.subject_start < len(text) and 0 <= value.object_start < len(text)):
        return "has an end outside the page", "give the code points where its two mentions start"
    return None


def _misplaced(placed: Any, text: str) -> str | None:
    """Say why a place is none on a page of that text; an author whom the page does not print has 0 and 0."""
    if isinstance(placed, Author) and placed.start == placed.end == 0:
        return None
    if not 0 <= placed.start < placed.end <= len(text):
        return f"which is no place on a page of {len(text)} characters"
    return "where the page holds white space only" if text[placed.start : placed.end].isspace() else None
