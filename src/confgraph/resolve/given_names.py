"""Compare the given names of two people of one surname: equal, short for one another, or of two people.

`Jun-Yan`, `Junyan` and `Jun Yan` are one given name, `J.-Y.` and `J. Y.` its initials; `Bob` is `Robert`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from functools import lru_cache
from typing import Final

from confgraph import resources
from confgraph.resolve.names import PersonName

_VOWELS: Final = frozenset("aeiou")


class Fit(IntEnum):
    """How two given names go together; `FULL` to `NICKNAME` share a full given name, the rest at most initials."""

    NONE = 0
    FULL = 1
    MIDDLE_MISSING = 2
    NICKNAME = 3
    INITIALS = 4
    INITIAL = 5
    ONLY_INITIALS = 6
    ONLY_INITIAL = 7

    @property
    def shares_a_name(self) -> bool:
        """Whether both print one full given name."""
        return Fit.FULL <= self <= Fit.NICKNAME


def block_of(name: PersonName) -> tuple[str, str] | None:
    """Give the block of a name: the last word of the surname, and the first initial; None without given names.

    >>> from confgraph.resolve.names import parse
    >>> block_of(parse("Mark van der Laan"))
    ('laan', 'm')
    """
    if not name.given or not name.surname:
        return None
    return name.surname.split()[-1].replace("-", ""), name.given[0][0]


def first_name(name: PersonName) -> str:
    """Give the first full given name, its parts joined, or the first initial where there are only initials.

    >>> from confgraph.resolve.names import parse
    >>> first_name(parse("H. Jin Kim")), first_name(parse("Jun-Yan Zhu")), first_name(parse("J.-P. Merlet"))
    ('jin', 'junyan', 'j')
    """
    full = next((g for g in name.given if len(g.split("-")[0]) > 1), name.given[0][:1])
    return full.replace("-", "")


def has_initial_only(name: PersonName) -> bool:
    """Say whether the first given name is only an initial."""
    return len(name.given[0].split("-")[0]) == 1


def fit(left: PersonName, right: PersonName) -> Fit:
    """Say how the given names of two names of one surname go together, in either order.

    >>> from confgraph.resolve.names import parse
    >>> [fit(parse("Jun-Yan Zhu"), parse(name)).name for name in ("Junyan Zhu", "J. Y. Zhu", "J. Zhu", "Jun Zhu")]
    ['FULL', 'INITIALS', 'INITIAL', 'NONE']
    >>> fit(parse("Bob Moor"), parse("Robert T. Moor")).name
    'NICKNAME'
    """
    if not left.given or not right.given:
        return Fit.NONE
    if has_initial_only(left) or has_initial_only(right):
        return _fit_initials(_parts(left.given), _parts(right.given))
    if "".join(left.given).replace("-", "") == "".join(right.given).replace("-", ""):
        return Fit.FULL
    first, second = (name.given[0].replace("-", "") for name in (left, right))
    missing = _missing(_parts(left.given[1:]), _parts(right.given[1:]))
    if missing is None or (first != second and second not in nicknames().get(first, ())):
        return Fit.NONE
    if first != second:
        return Fit.NICKNAME
    return Fit.MIDDLE_MISSING if missing else Fit.FULL


def _fit_initials(one: list[str], two: list[str]) -> Fit:
    """Compare names of which at least one opens with an initial."""
    if one[0][0] != two[0][0]:
        return Fit.NONE
    missing = _missing(one[1:], two[1:])
    if missing is None:
        return Fit.NONE
    if one == two and any(len(part) > 1 for part in one):  # `H. Jin Kim` twice
        return Fit.FULL
    agree = len(one) > 1 and len(two) > 1 and not missing
    if len(one[0]) == len(two[0]) == 1:
        return Fit.ONLY_INITIALS if agree else Fit.ONLY_INITIAL
    short, full = sorted((one, two), key=lambda parts: len(parts[0]))
    agree = agree or (len(short) == 2 and len(full) == 1 and _has_syllable(full[0], short[1][0]))
    return Fit.INITIALS if agree else Fit.INITIAL


def _has_syllable(name: str, letter: str) -> bool:
    """Say whether a later syllable of a romanised name opens with a letter, as the second of `Youfu` does with `f`."""
    return any(c == letter and letter not in _VOWELS and name[i + 1 : i + 2] > "" for i, c in enumerate(name) if i > 1)


def _parts(given: tuple[str, ...]) -> list[str]:
    return [part for name in given for part in name.split("-") if part]


def _missing(one: list[str], two: list[str]) -> int | None:
    """Count the middle names that only the longer list has; None where one of the shorter has no place in it, in order."""
    short, long = sorted((one, two), key=len)
    rest = iter(long)
    if all(any(a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for b in rest) for a in short):
        return len(long) - len(short)
    return None


@lru_cache(maxsize=1)
def nicknames() -> Mapping[str, frozenset[str]]:
    """Read the table of short and other forms of given names, both ways: `bob` is of `robert`, `robert` of `bob`."""
    found: dict[str, set[str]] = {}
    text = (resources.folder("data/gazetteers") / "nicknames.tsv").read_text(encoding="utf-8")
    for name, forms in resources.split_rows(text):
        for form in forms.split("|"):
            found.setdefault(name, set()).add(form)
            found.setdefault(form, set()).add(name)
    return {name: frozenset(forms) for name, forms in found.items()}
