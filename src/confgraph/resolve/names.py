"""Compare printed names of people: surnames with their particles, and given names that may be short or missing."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from confgraph.text import fold

_PARTICLES: Final = frozenset(
    (
        "af",
        "al",
        "da",
        "das",
        "de",
        "degli",
        "del",
        "della",
        "den",
        "der",
        "di",
        "dos",
        "du",
        "el",
        "ibn",
        "la",
        "ter",
        "van",
        "ver",
        "von",
        "zu",
        "zum",
        "zur",
    )
)
"""Words that open a surname in Dutch, German, the Romance languages, Arabic and Hebrew."""
_SUFFIXES: Final = frozenset(("jr", "sr", "ii", "iii", "iv", "phd"))
_SHORTEST_NICKNAME: Final = 3

_EQUAL: Final = 1.0
_SHORTENED: Final = 0.8
_DIFFERENT: Final = 0.0


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name without accents and case: `given` holds the given names in order, empty where only a surname stands."""

    given: tuple[str, ...]
    surname: str


def parse(name: str) -> PersonName:
    """Split a name as printed into given names and surname; particles belong to the surname.

    >>> parse("Mark J. van der Laan")
    PersonName(given=('mark', 'j'), surname='van der laan')
    >>> parse("Szepesvári")
    PersonName(given=(), surname='szepesvari')
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", fold(name)) if not unicodedata.combining(c))
    tokens = re.sub(r"[.,]", " ", bare).split()
    while len(tokens) > 1 and tokens[-1] in _SUFFIXES:
        tokens.pop()
    cut = max(0, len(tokens) - 1)
    while cut > 0 and tokens[cut - 1] in _PARTICLES:
        cut -= 1
    if cut == 0 and len(tokens) == len(("given", "surname")):  # `Di He` is a whole name
        cut = 1
    return PersonName(tuple(tokens[:cut]), " ".join(tokens[cut:]))


def given_agreement(left: PersonName, right: PersonName) -> float | None:
    """Compare the given names of two names: 1 equal, 0.8 one shortens the other, 0 they differ, None where one has none.

    A given name shortens to an initial or to its first three or more letters; middle names may be missing.

    >>> given_agreement(parse("Samir Gadre"), parse("Samir Yitzhak Gadre"))
    0.8
    >>> given_agreement(parse("John A. Smith"), parse("John B. Smith"))
    0.0
    """
    if not left.given or not right.given:
        return None
    if left.given == right.given:
        return _EQUAL
    pairs = list(zip_longest(left.given, right.given, fillvalue=""))
    return _SHORTENED if all(_shortens(a, b) or _shortens(b, a) for a, b in pairs) else _DIFFERENT


def _shortens(short: str, full: str) -> bool:
    return full.startswith(short) and (len(short) <= 1 or len(short) >= _SHORTEST_NICKNAME or short == full)
