"""Find organisations in prose by the words that build their names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from confgraph.extract.tokens import Word

_BEFORE_OF: Final = frozenset("University Institute College School Academy Ministry".split())
_LAST: Final = frozenset(
    "University Institute Polytechnic Laboratory Laboratories Labs Hospital Foundation Inc Corporation Academy College".split()
)
_FACULTIES: Final = frozenset("Technology Engineering Science Sciences Medicine Mathematics Economics Humanities Informatics Arts".split())
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
    """Tell whether the word at `j` goes on the name begun at `i`: capitalised, `of` and `for` between capitals, `and` before a faculty."""
    word = words[j]
    if word.is_word and word.text[0].isupper():
        return True
    if j == i or j + 1 >= len(words) or not words[j - 1].text[0].isupper():
        return False
    after = words[j + 1].text
    return (word.text in ("of", "for") and after[0].isupper()) or (word.text == "and" and after in _FACULTIES)
