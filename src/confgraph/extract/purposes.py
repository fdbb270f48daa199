"""Find tasks that are told by words around them.

A verb tells one: `a method for auditing models`, `the problem of learning from noisy labels`. A list of examples tells several:
`on tasks such as parsing, tagging and summarization`, `on three tasks that need search: sorting, packing and the Knight's Tour`. A title
tells one: `A Framework for Base Model Evaluation`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from confgraph.extract.lexicon import EVALUATIVE, FUNCTION, METHOD_HEADS, TASK_HEADS, VERBS
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
_LISTED: Final = frozenset("tasks problems".split())
_OPENERS: Final = (("such", "as"), ("including",), ("like",), ("namely",), ("e.g",), (":",), ("(",), ("-",), ("—",), ("–",))
"""What opens a list of examples; a second opener may follow the first, as in `(e.g.,`."""
_CLAUSE: Final = 12
"""How many words may describe the tasks before the colon that opens their list."""
_ITEM: Final = 6
"""The most words of a task in a list."""
_ACTS: Final = ("tion", "sion", "ment", "ing")
"""How the nouns of actions end."""
_USING: Final = frozenset(("using",))
_WITHIN: Final = frozenset({"of", "to"})


def iter_purposes(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield the tokens `[start, end)` of the gerund and its object that tell what a method, or a problem, is for."""
    for i in range(len(words) - 3):
        sort, link, gerund = words[i : i + 3]
        if singular(sort.lower) in _SORTS and link.lower in _LINKS and _is_gerund(gerund):
            end = _end(words, i + 3)
            if end > i + 3:
                yield gerund.start, words[end - 1].end


def iter_listed(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield the tokens `[start, end)` of each of the tasks that a sentence lists: two or more, the last after `and` or `or`."""
    for i, word in enumerate(words):
        if word.lower in _LISTED:
            start = _opened(words, i + 1)
            items = _items(words, start) if start > i + 1 else []
            if len(items) > 1:
                yield from ((words[a].start, words[b - 1].end) for a, b in items)


def iter_titled(title: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield the tokens `[start, end)` of what a title says it is for, where that is an action in two words or more."""
    for i, word in enumerate(title):
        if word.lower == "for" and i:
            start = end = i + 1
            while start < len(title) and title[start].lower in EVALUATIVE:
                start += 1
            while end < len(title) and title[end].is_word and title[end].lower not in FUNCTION | _USING:
                end += 1
            whole = end == len(title) or title[end].lower != "of"
            if whole and 1 < end - start <= _ITEM and _is_action(title[end - 1].lower):
                yield title[start].start, title[end - 1].end


def _is_action(lower: str) -> bool:
    head = lower.rpartition("-")[2]
    return head not in METHOD_HEADS and (head in TASK_HEADS or head.endswith(_ACTS))


def _opened(words: Sequence[Word], i: int) -> int:
    """Give where the list starts whose opening words stand at word `i`, or whose colon comes a few words later; `i` where none do."""
    for j in range(i, min(i + _CLAUSE, len(words))):
        if words[j].text == ":":
            return j + 1
        if not words[j].is_word:
            break
    while True:
        size = next((len(o) for o in _OPENERS if tuple(w.lower for w in words[i : i + len(o)]) == o), 0)
        if not size:
            return i
        i += size
        while i < len(words) and words[i].text in (",", "."):
            i += 1


def _items(words: Sequence[Word], i: int) -> list[tuple[int, int]]:
    """Read `a, b, and c` from word `i`; nothing where a part is no name of a task, or where no `and` or `or` closes the list."""
    items: list[tuple[int, int]] = []
    last = False
    while i < len(words):
        start = i + (words[i].lower in ("a", "an", "the"))
        end = start
        while end < min(start + _ITEM, len(words)) and _is_inside(words, start, end):
            end += 1
        if end == start or words[end - 1].lower in _WITHIN:
            return []
        items.append((start, end))
        if last:
            return items
        i = end
        comma = i < len(words) and words[i].text == ","
        i += comma
        last = i < len(words) and words[i].lower in ("and", "or")
        if not (comma or last):
            return []
        i += last
    return []


def _is_inside(words: Sequence[Word], start: int, i: int) -> bool:
    word = words[i]
    if not word.is_word:
        return False
    return (i > start and word.lower in _WITHIN) or word.lower not in VERBS | FUNCTION


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
