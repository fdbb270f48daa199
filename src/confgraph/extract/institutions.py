"""Find organisations in prose by the words that build their names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from confgraph.extract.tokens import Word

_BEFORE_OF: Final = frozenset("University Institute College School Academy Ministry".split())
_LAST: Final = frozenset(
    "University Institute Polytechnic Laboratory Laboratories Labs Hospital Foundation Inc Corporation Academy College".split()
)
_NOT_FIRST: Final = frozenset("The A An This Our In At From By And Of For".split())


def iter_places(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield the token ranges of `University of X`, `X University`, `X Labs`."""
    i = 0
    while i < len(words):
        j = i
        while j < len(words) and _part(words, i, j):
            j += 1
        while j > i and not words[j - 1].text[0].isupper():
            j -= 1
        k = i
        while k < j and words[k].text in _NOT_FIRST:
            k += 1
        names = [w.text for w in words[k:j]]
        opened = len(names) > 2 and names[0] in _BEFORE_OF and names[1] == "of"
        if opened or (len(names) > 1 and names[-1] in _LAST):
            yield words[k].start, words[j - 1].end
        i = max(j, i + 1)


def _part(words: Sequence[Word], i: int, j: int) -> bool:
    """Tell whether the word at `j` goes on the name begun at `i`: capitalised, or `of` and `for` between capitals."""
    word = words[j]
    if word.is_word and word.text[0].isupper():
        return True
    return (
        j > i
        and word.text in ("of", "for", "and")
        and words[j - 1].text[0].isupper()
        and j + 1 < len(words)
        and words[j + 1].text[0].isupper()
    )
