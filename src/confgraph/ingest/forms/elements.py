"""Read elements of XML by their local names."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any, Final, TypeAlias

from lxml import etree

Element: TypeAlias = Any
"""An element of lxml, which brings no types."""

_ENTITY: Final = re.compile(r"&\w+;")


def name_of(element: Element) -> str:
    """Give the name of an element without its namespace; empty for what is none, such as an entity."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """Yield the children that have one of some local names, in order; none of no element."""
    for below in () if element is None else element:
        if name_of(below) in names:
            yield below


def child(element: Element | None, *path: str) -> Element | None:
    """Give the first element at the end of a path of local names."""
    for name in path:
        element = next(children(element, name), None)
    return element


def text_of(element: Element | None) -> str:
    """Give the text of an element and all below it on one line; an entity of HTML is its character, another stays as written.

    >>> text_of(etree.fromstring("<t>Counting <i>Sheep</i>\\n Well</t>"))
    'Counting Sheep Well'
    """
    if element is None:
        return ""
    pieces = (str(piece) for piece in element.itertext())
    return " ".join("".join(html.unescape(piece) if _ENTITY.fullmatch(piece) else piece for piece in pieces).split())


def text_at(element: Element | None, *path: str) -> str:
    """Give the text of the first element at the end of a path of local names; empty where there is none."""
    return text_of(child(element, *path))


def attribute(element: Element | None, name: str) -> str:
    """Give an attribute by its name, whatever its namespace; empty where there is none."""
    if element is None:
        return ""
    return next((str(value) for key, value in element.attrib.items() if etree.QName(str(key)).localname == name), "")
