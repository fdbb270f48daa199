"""Put the names of people into the order in which they are said."""

from __future__ import annotations

import re
from typing import Final

_SUFFIX: Final = re.compile(r"(?:jr|sr|ph\.?\s?d|m\.?d|esq)\.?|i{2,3}|iv", re.IGNORECASE)
_CLOSING: Final = re.compile(r"(?P<given>.+)\s(?P<suffix>(?:Jr|Sr)\.?|I{2,3}|IV)")
_NUMBERED: Final = re.compile(r"(?P<name>.+?)\s+(?P<number>0\d{3})")
"""How DBLP tells people of one name apart: `Ada Example 0001`."""


def said(name: str) -> str:
    """Give a name, `Last, First` or as it is said, in the order in which it is said.

    >>> said("Example, Ada"), said("Ada Example"), said("van der Berg, Jr., Jan"), said("Berg, Jan, Jr."), said("Jan Berg, Jr.")
    ('Ada Example', 'Ada Example', 'Jan van der Berg Jr.', 'Jan Berg Jr.', 'Jan Berg Jr.')
    >>> said("Berg, Jan Jr.")
    'Jan Berg Jr.'
    """
    parts = [part for piece in name.split(",") if (part := piece.strip())]
    if len(parts) == 2 and (closing := _CLOSING.fullmatch(parts[1])):
        parts = [parts[0], closing["given"], closing["suffix"]]
    suffixes = [part for part in parts[1:] if is_suffix(part)]
    rest = [part for i, part in enumerate(parts) if not i or not is_suffix(part)]
    return " ".join((*rest[1:], *rest[:1], *suffixes))


def is_suffix(text: str) -> bool:
    """Tell whether a text is what follows a name after a comma and belongs to it.

    >>> is_suffix("Jr."), is_suffix("III"), is_suffix("Ada")
    (True, True, False)
    """
    return bool(_SUFFIX.fullmatch(text.strip()))


def full(given: str, family: str, suffix: str = "") -> str:
    """Put the parts of a name together.

    >>> full("Ada", "Example"), full("", "Plato")
    ('Ada Example', 'Plato')
    """
    return " ".join(part for piece in (given, family, suffix) if (part := " ".join(piece.split())))


def without_number(name: str) -> tuple[str, str]:
    """Split the number off that tells people of one name apart.

    >>> without_number("Ada Example 0001"), without_number("Ada Example")
    (('Ada Example', '0001'), ('Ada Example', ''))
    """
    m = _NUMBERED.fullmatch(name.strip())
    return (m["name"], m["number"]) if m else (name.strip(), "")
