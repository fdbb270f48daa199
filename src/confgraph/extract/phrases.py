"""Cut a sentence into noun phrases without a tagger: runs of words between those that bound a phrase."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from confgraph.extract.lexicon import BOUNDARIES, DATASET_HEADS, FUNCTION, GENERIC_MODIFIERS, METHOD_HEADS, TASK_HEADS, WEAK_METHOD_HEADS
from confgraph.extract.shapes import is_name, singular
from confgraph.extract.tokens import Word

_LONGEST: Final = 4


class Phrase(NamedTuple):
    """The words of a noun phrase, the last of them the head, and the label that the head gives."""

    words: tuple[Word, ...]
    label: str


def iter_runs(words: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    """Yield the maximal runs of words that can stand in one noun phrase."""
    run: list[Word] = []
    for word in words:
        if word.is_word and word.lower not in BOUNDARIES and not word.text[0].isdigit() and not word.lower.endswith("ly"):
            if run and _looks_plural(run[-1]):
                yield tuple(run)
                run = []
            run.append(word)
            continue
        if run:
            yield tuple(run)
        run = []
    if run:
        yield tuple(run)


def iter_phrases(words: Sequence[Word]) -> Iterator[Phrase]:
    """Yield for each run the phrase up to its last method head, and the one up to its last task head."""
    for run in iter_runs(words):
        method = _phrase(run, METHOD_HEADS)
        if method and _is_method(method):
            yield Phrase(method, "METHOD")
        task = _phrase(run, TASK_HEADS)
        if task and _is_task(task):
            yield Phrase(task, "TASK")


def _looks_plural(word: Word) -> bool:
    """Tell whether a word closes a phrase: nouns that modify stand in the singular, so it is a plural, or a verb (`formulates`)."""
    return len(word.text) > 3 and word.text.islower() and word.text.isalpha() and singular(word.text) != word.text


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
    return len(modifiers) >= 2 or any("-" in m.text or is_name(m.text) or m.text[0].isupper() for m in modifiers)


def _is_task(phrase: Sequence[Word]) -> bool:
    return phrase[0].lower not in FUNCTION and any(len(m.text) > 2 for m in phrase[:-1])


def is_dataset_head(word: Word) -> bool:
    """Tell whether a word names a collection of data: `dataset`, `benchmark`, `corpora`."""
    return head_of(word) in DATASET_HEADS
