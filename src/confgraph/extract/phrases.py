"""Cut a sentence into noun phrases without a tagger: runs of words between those that bound a phrase."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import dropwhile
from typing import Final, NamedTuple

from confgraph.extract.lexicon import (
    ABSTRACT_TASK_HEADS,
    BOUNDARIES,
    DATASET_HEADS,
    FUNCTION,
    GENERIC_MODIFIERS,
    METHOD_HEADS,
    TASK_HEADS,
    WEAK_METHOD_HEADS,
)
from confgraph.extract.shapes import is_formula, is_name, singular
from confgraph.extract.tokens import Word

_LONGEST: Final = 4
_DESCRIBING: Final = ("ing", "ed", "ous", "ful", "able", "ible", "less", "ive", "al", "ic", "ant", "ent", "ish", "ary")
"""How participles and adjectives end."""
_NOUNS: Final = frozenset(
    """
    music traffic topic logic metric fabric clinic signal animal material interval journal terminal portal goal agent event patient student
    content intent accident text gradient plant instant speed seed feed string archive objective table variable library summary boundary
    """.split()
)
"""Nouns that end as adjectives do; those in `ment` all do."""
_PLAIN_ADJECTIVES: Final = frozenset(
    """
    clear deep deeper mild ideal joint fair safe sound stable smooth mature solid valid rapid vivid rigid hybrid sparse dense abstract
    future
    """.split()
)


class Phrase(NamedTuple):
    """The words of a noun phrase, the last of them the head, and the label that the head gives."""

    words: tuple[Word, ...]
    label: str


def iter_runs(words: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    """Yield the maximal runs of words that can stand in one noun phrase."""
    run: list[Word] = []
    heading = is_heading(words)
    for word in words:
        if _continues(word):
            if run and _looks_plural(run[-1], heading=heading):
                yield tuple(run)
                run = []
            run.append(word)
            continue
        if run:
            yield tuple(run)
        run = []
    if run:
        yield tuple(run)


def _continues(word: Word) -> bool:
    """Tell whether a word can stand in a noun phrase: no number, formula, adverb, verb in `ize` or word of the lists that bound one."""
    if not word.is_word or word.text[0].isdigit() or is_formula(word.text):
        return False
    verb = word.lower.endswith("ize") and len(word.text) > len("resize")
    return not verb and word.lower not in BOUNDARIES and not word.lower.endswith("ly")


def iter_phrases(words: Sequence[Word]) -> Iterator[Phrase]:
    """Yield for each run the phrase up to its last method head, and the one up to its last task head."""
    for run in iter_runs(words):
        method = _without_gerund(_phrase(run, METHOD_HEADS))
        if method and _is_method(method):
            yield Phrase(method, "METHOD")
        task = _without_gerund(_phrase(run, TASK_HEADS))
        if task and _is_task(task):
            yield Phrase(task, "TASK")


def is_heading(words: Sequence[Word]) -> bool:
    """Tell whether a sentence is written as titles are, so that a capital says nothing."""
    alphabetic = [w.text for w in words if w.text[0].isalpha() and len(w.text) > 3]
    return 3 * sum(t[0].isupper() for t in alphabetic) > 2 * len(alphabetic)


def _looks_plural(word: Word, *, heading: bool) -> bool:
    """Tell whether a word closes a phrase: nouns that modify stand in the singular, so it is a plural, or a verb (`formulates`)."""
    small = word.text[1:] if heading else word.text
    return len(word.text) > 3 and small.islower() and word.text.isalpha() and singular(word.lower) != word.lower


def _phrase(run: Sequence[Word], heads: frozenset[str]) -> tuple[Word, ...]:
    for i in range(len(run) - 1, 0, -1):
        if head_of(run[i]) in heads:
            modifiers = list(run[max(0, i - _LONGEST) : i])
            while modifiers and modifiers[0].lower in GENERIC_MODIFIERS:
                modifiers = modifiers[1:]
            specific = any(len(m.text) > 1 and m.lower not in GENERIC_MODIFIERS for m in modifiers)
            return (*modifiers, run[i]) if specific else ()
    return ()


def head_of(word: Word) -> str:
    """Give the form by which a word is looked up as a head: folded, singular."""
    return singular(word.lower)


def _is_method(phrase: Sequence[Word]) -> bool:
    """Accept a strong head with any specific modifier, a weak one only with a compound, a name or two of them."""
    head = head_of(phrase[-1])
    modifiers = phrase[:-1]
    if head not in WEAK_METHOD_HEADS:
        return True
    return len(modifiers) > 1 or any("-" in m.text or is_name(m.text) or m.text[0].isupper() for m in modifiers)


def _without_gerund(phrase: tuple[Word, ...]) -> tuple[Word, ...]:
    """Drop the gerunds whose object the rest of a phrase is: before an abstract head or a plural (`serving network models`)."""
    if not phrase or (phrase[-1].lower not in ABSTRACT_TASK_HEADS and head_of(phrase[-1]) == phrase[-1].lower):
        return phrase
    rest = tuple(dropwhile(_is_gerund, phrase[:-1]))
    if not rest:
        return phrase
    return (*rest, phrase[-1]) if any(w.lower not in GENERIC_MODIFIERS for w in rest) else ()


def _is_gerund(word: Word) -> bool:
    return word.lower.endswith("ing") and "-" not in word.text and word.lower not in METHOD_HEADS | TASK_HEADS


def _is_task(phrase: Sequence[Word]) -> bool:
    """Accept a head in the singular (a plural counts results) after a modifier, which must be a noun for an abstract head."""
    head, modifiers = phrase[-1], phrase[:-1]
    if head_of(head) != head.lower or not any(len(m.text) > 2 for m in modifiers) or phrase[0].lower in FUNCTION:
        return False
    return head.lower not in ABSTRACT_TASK_HEADS or any(_is_noun(m) for m in modifiers)


def _is_noun(word: Word) -> bool:
    """Tell whether a modifier can be a noun, by its ending; a compound is judged by its last part."""
    last = word.lower.rpartition("-")[2]
    return len(last) > 1 and (last in _NOUNS or last.endswith("ment") or not (last.endswith(_DESCRIBING) or last in _PLAIN_ADJECTIVES))


def is_dataset_head(word: Word) -> bool:
    """Tell whether a word names a collection of data: `dataset`, `benchmark`, `corpora`."""
    return head_of(word) in DATASET_HEADS
