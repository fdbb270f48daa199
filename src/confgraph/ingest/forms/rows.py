"""Read values of JSON objects whose shape is not certain: what is of another type than asked for is not there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def text_in(row: Mapping[str, Any], *path: str) -> str:
    """Give the text at the end of a path of keys; of a list, the first; a number as text; empty where there is none.

    >>> text_in({"a": {"b": ["x", "y"]}}, "a", "b"), text_in({"a": 3}, "a"), text_in({"a": None}, "a", "b")
    ('x', '3', '')
    """
    found = texts_in(row, *path)
    return found[0] if found else ""


def texts_in(row: Mapping[str, Any], *path: str) -> list[str]:
    """Give the texts at the end of a path of keys: those of a list, or the one.

    >>> texts_in({"a": ["x", None, 2]}, "a"), texts_in({"a": "x"}, "a")
    (['x', '2'], ['x'])
    """
    value: Any = row
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    values = value if isinstance(value, list) else [value]
    return [text for item in values if (text := _text(item))]


def objects_in(row: Mapping[str, Any], *path: str) -> list[Mapping[str, Any]]:
    """Give the objects of the list, or the one object, at the end of a path of keys.

    >>> objects_in({"a": [{"b": 1}, 2]}, "a"), objects_in({"a": {"b": 1}}, "a")
    ([{'b': 1}], [{'b': 1}])
    """
    value: Any = row
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    values = value if isinstance(value, list) else [value]
    return [item for item in values if isinstance(item, Mapping)]


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
