"""Read of which kind an introduced thing is: off its name, and off the nouns beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from confgraph.extract.lexicon import METHOD_HEADS
from confgraph.extract.shapes import singular
from confgraph.extract.tokens import Word
from confgraph.records import ArtefactKind

STOPS: Final = frozenset(
    """
    that which to for by where with using of in on from whose as via when while based through against into toward towards under
    """.split()
)
HEADS: Final = {
    ArtefactKind.DATASET: frozenset("dataset corpus collection database treebank".split()),
    ArtefactKind.BENCHMARK: frozenset("benchmark testbed suite leaderboard challenge environment".split()),
    ArtefactKind.SOFTWARE: frozenset(
        "library toolkit package software codebase platform simulator toolbox playground api language".split()
    ),
}
VAGUE: Final = frozenset(
    """
    framework approach method system analysis study result theory bound guarantee evidence experiment contribution
    """.split()
)


def kind_of(words: Sequence[Word], start: int, i: int, named: tuple[int, int]) -> ArtefactKind:
    """Read the kind off the name, off the nouns before it, else off its apposition."""
    text = " ".join(w.text for w in words if named[0] <= w.start < named[1])
    lowered = text.lower()
    if "bench" in lowered:
        return ArtefactKind.BENCHMARK
    if lowered.endswith(("dataset", "corpus")):
        return ArtefactKind.DATASET
    after = after_name(words, i, named)
    for nouns in (_phrase(words, start, i), _phrase(words, after, after + 1), _apposition(words, after)):
        for noun in reversed(nouns):
            for kind, heads in HEADS.items():
                if noun in heads:
                    return kind
            if noun in METHOD_HEADS or noun in VAGUE:
                return ArtefactKind.METHOD
    return ArtefactKind.METHOD


def _phrase(words: Sequence[Word], start: int, end: int) -> list[str]:
    """Give the nouns of `words[start:end]` up to the first preposition."""
    nouns: list[str] = []
    for word in words[start:end]:
        if word.lower in STOPS:
            break
        nouns.append(singular(word.lower))
    return nouns


def _apposition(words: Sequence[Word], i: int) -> list[str]:
    """Give the nouns of `, a ... HEAD` after a name."""
    if i + 1 < len(words) and words[i].text in (",", ":", "—", "–", "-") and words[i + 1].lower in ("a", "an", "the", "our"):
        end = next((k for k in range(i + 2, len(words)) if words[k].lower in STOPS or not words[k].is_word), len(words))
        return _phrase(words, i + 2, min(end, i + 12))
    return []


def after_name(words: Sequence[Word], i: int, named: tuple[int, int]) -> int:
    """Give the index of the first word after a name that begins at or after word `i`, and after the brackets that follow it."""
    after = next((k for k in range(i, len(words)) if words[k].start >= named[1]), len(words))
    if after < len(words) and words[after].text == "(":
        after = next((k + 1 for k in range(after, min(after + 12, len(words))) if words[k].text == ")"), after)
    return after
