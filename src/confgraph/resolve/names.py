"""Parse printed names of people: order, capitals, particles, initials, accents and apostrophes.

How two names compare is in `confgraph.resolve.given_names`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import takewhile, zip_longest
from typing import Final

from confgraph.text import fold

_PARTICLES: Final = frozenset(
    "af al ben bin da das de degli del della den der di dos du el ibn la le ter van ver von zu zum zur".split(),
)
"""Words that open a surname in Dutch, German, the Romance languages, Arabic and Hebrew."""
_SUFFIXES: Final = frozenset(("jr", "sr", "ii", "iii", "iv", "phd"))
_SHORTEST_NICKNAME: Final = 3
_UMLAUTS: Final = re.compile(r"([ou])(?:(?<![xyqjln]u)|(?=er[^aeiou]))e")
"""`oe` and `ue` as they stand for `ö` and `ü`; the `ue` of romanised Chinese, as in `Xuechao`, is left alone."""
_SHORTEST_UMLAUT: Final = 5
"""Letters of the shortest word in which `oe` and `ue` are read as umlauts, so that `Joe` and `Sue` keep theirs."""

_LETTERS: Final = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
"""Letters that Unicode does not decompose into a base and a mark."""
_MARKS: Final = re.compile(r"\([^)]{0,100}\)|[\d*†‡§¶¹²³⁰-⁹]+")
"""What follows a name without being one: a name in another script, a digit or sign that leads to a footnote."""
_DASHES: Final = str.maketrans("‐‑‒–—−", "------")
_APOSTROPHES: Final = re.compile(r"['‘’`´ʼ]")
_DIGRAPHS: Final = re.compile(r"\b([CPST])[hH]\.")
"""Initials of two letters: `Ph.` is Philippe, `Ch.` is Christophe."""
_INITIALS: Final = re.compile(r"[^\W\d_AEIOU]{2,3}")
"""Letters without a vowel, so that `JQ` is two initials and `YU` a name."""

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

    The surname is what stands before a comma, or in capitals before other words, and else the last word.

    >>> parse("Mark J. van der Laan")
    PersonName(given=('mark', 'j'), surname='van der laan')
    >>> parse("Szepesvári")
    PersonName(given=(), surname='szepesvari')
    >>> parse("ZHU Jun-Yan") == parse("Zhu, Jun-Yan") == parse("Jun-Yan Zhu")
    True
    """
    printed = _DIGRAPHS.sub(r"\1.", _MARKS.sub(" ", name.translate(_DASHES)))
    left, comma, right = printed.partition(",")
    if comma and "," not in right and (given := _tokens(right)) and _tokens(left) and not _is_suffix(given[0]):
        return PersonName(_folded(given, printed), " ".join(_folded(_tokens(left), left)))
    tokens = _tokens(printed)
    while len(tokens) > 1 and _is_suffix(tokens[-1]):
        tokens.pop()
    capitals = len(list(takewhile(_is_capitals, tokens)))
    if 0 < capitals < len(tokens) and len(tokens[-1]) > 1 and not tokens[-1].isupper():
        return PersonName(_folded(tokens[capitals:], printed), " ".join(map(bare, tokens[:capitals])))
    cut = max(0, len(tokens) - 1)
    while cut > 0 and bare(tokens[cut - 1]) in _PARTICLES:
        cut -= 1
    if cut == 0 and len(tokens) == len(("given", "surname")):  # `Di He` is a whole name
        cut = 1
    return PersonName(_folded(tokens[:cut], printed), " ".join(map(bare, tokens[cut:])))


def bare(text: str) -> str:
    """Fold a word of a name, take away accents and apostrophes, and write umlauts in one way.

    >>> bare("O’Søren"), bare("Müller") == bare("MUELLER"), bare("Joe")
    ('osoren', True, 'joe')
    """
    if text.isascii():
        word = _APOSTROPHES.sub("", text).casefold()
    else:
        decomposed = unicodedata.normalize("NFKD", fold(text)).translate(_LETTERS)
        word = _APOSTROPHES.sub("", "".join(c for c in decomposed if not unicodedata.combining(c)))
    return _UMLAUTS.sub(r"\1", word) if len(word) >= _SHORTEST_UMLAUT else word


def _tokens(text: str) -> list[str]:
    return [token for part in re.sub(r"[.,]", " ", text).split() if (token := part.strip("-"))]


def _is_suffix(token: str) -> bool:
    return bare(token) in _SUFFIXES


def _is_capitals(token: str) -> bool:
    return token.isupper() and len(token.replace("-", "")) > 2 and not _INITIALS.fullmatch(token)


def _folded(tokens: list[str], printed: str) -> tuple[str, ...]:
    """Fold given names; initials that stand together (`JQ`) come apart unless the whole name is in capitals."""
    cased = not printed.isupper()
    return tuple(
        part for token in tokens for part in (bare(token) if cased and _INITIALS.fullmatch(token) and token.isupper() else (bare(token),))
    )


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
