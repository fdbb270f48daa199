"""Find tasks that are told by a verb: `a method for auditing models`, `the problem of learning from noisy labels`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from confgraph.extract.lexicon import FUNCTION, VERBS
from confgraph.extract.shapes import singular
from confgraph.extract.tokens import Word

_SORTS: Final = frozenset(
    """
    method approach framework scheme algorithm model technique tool methodology procedure problem task goal challenge strategy system
    protocol recipe objective benchmark dataset
    """.split()
)
_LINKS: Final = frozenset({"for", "of"})
_NO_TASK: Final = frozenset(
    """
    being having including during following existing underlying according something nothing anything using training pretraining learning
    achieving improving reducing increasing making getting doing going ensuring enabling obtaining understanding
    """.split()
)
"""Gerunds that tell no task, or only with more than their object; `learning` and its kin are names of their own."""
_INNER: Final = frozenset({"of", "the", "a", "from"})
_LONGEST: Final = 8


def iter_purposes(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield the tokens `[start, end)` of the gerund and its object that tell what a method, or a problem, is for."""
    for i in range(len(words) - 3):
        sort, link, gerund = words[i : i + 3]
        if singular(sort.lower) in _SORTS and link.lower in _LINKS and _is_gerund(gerund):
            end = _end(words, i + 3)
            if end > i + 3:
                yield gerund.start, words[end - 1].end


def _is_gerund(word: Word) -> bool:
    return word.lower.endswith("ing") and len(word.lower) > 5 and word.is_word and word.lower not in _NO_TASK


def _end(words: Sequence[Word], i: int) -> int:
    """Give where the object ends that begins at word `i`: before a mark, a verb or a word of function, but for `of` and articles."""
    end = i
    for j in range(i, min(i + _LONGEST, len(words))):
        word = words[j]
        if not word.is_word or (word.lower in VERBS | FUNCTION and word.lower not in _INNER):
            break
        if word.lower not in _INNER:
            end = j + 1
    return end
