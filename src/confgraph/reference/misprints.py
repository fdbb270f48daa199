"""Find the words that a misprint may stand for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rapidfuzz.distance import OSA

_RARER: Final = 20
"""How many times as many names must hold a word as hold what is taken for a misprint of it."""
_LONG: Final = 9
"""Letters from which two of a word may be wrong."""


def similar(word: str, known: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    """Give the words that differ from `word` in a letter, two neighbours swapped, or in a long word two of these, the most frequent first.

    `known` are words with the number of names that hold them.

    >>> similar("univeristy", [("university", 900), ("universal", 40), ("univeristy", 1)])
    ('university',)
    """
    known = list(known)
    own = max((names for found, names in known if found == word), default=0)
    most = 2 if len(word) >= _LONG else 1
    near = []
    for found, names in known:
        distance = OSA.distance(word, found, score_cutoff=most)
        if 0 < distance <= most and names > _RARER * own:
            near.append((distance, -names, found))
    return tuple(found for _, _, found in sorted(near))
