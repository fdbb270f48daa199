"""Tell which signatures are one person: pairs, features, weights, clusters.

A pair's score is the sum of the features' values times their weights, as of all kinds; the weights are a logistic
regression, shifted and scaled so that a score of `SAME_FROM` is where one person is a little likelier than two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from confgraph.resolve.agglomerate import iter_merges
from confgraph.resolve.authorships import Floats, Pairs, Signature, Work, pair_up
from confgraph.resolve.crowds import divide
from confgraph.resolve.evidence import COLUMNS, Weights, inverse_frequency, measure
from confgraph.resolve.judge import SAME_FROM
from confgraph.resolve.namesakes import CountedNames, count_names

TIES: Final = ("shared co-authors", "same affiliation")
"""The features that tie two people who have a name in common; to work on one topic in one venue series is not enough."""
_TIE: Final = 0.3
"""Value from which one of them is a tie."""
_COMMONEST_TOPIC: Final = 0.1
_COMMONEST_PLACE: Final = 0.08
"""Shares of the works, and of the affiliations, beyond which a word says nothing."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Two signatures, by index, the values of the features in the order of `COLUMNS`, and whether they are one person."""

    left: int
    right: int
    values: tuple[float, ...]
    same: bool = True


def estimate(works: Sequence[Work]) -> Weights:
    """Estimate from the works themselves how common each name and each word is."""
    names: CountedNames = count_names(work.authors for work in works)
    topic = inverse_frequency((set(work.words) for work in works), _COMMONEST_TOPIC, least=2)
    place = inverse_frequency((set(words) for work in works for words in work.affiliations if words), _COMMONEST_PLACE)
    return Weights(names, topic.__getitem__, place.__getitem__)


def merges(works: Sequence[Work], signatures: Sequence[Signature], weights: Weights, table: Mapping[str, float]) -> list[Scored]:
    """Give pairs that join the signatures of each person; `table` holds the weight of each column.

    The signatures must come in an order of their own (such as that of their keys), which settles what is equally close.
    """
    pairs, values = _measured(works, signatures, weights)
    scores = _scores(values, table)
    return [_scored(pairs, values, i) for i in _merging(len(signatures), pairs, scores)]


def supported(
    works: Sequence[Work], signatures: Sequence[Signature], weights: Weights, table: Mapping[str, float], least: float
) -> list[Scored]:
    """Give merges as `merges` does, but join nobody by name alone; and the best pair from the score `least` of any two people.

    A pair without a common co-author or affiliation cannot speak for a merge, only against it.
    """
    pairs, values = _measured(works, signatures, weights)
    ties = [COLUMNS.index(name) for name in TIES]
    tied = values[:, ties].max(axis=1, initial=0.0) >= _TIE
    scores = np.where(tied, _scores(values, table), np.minimum(_scores(values, table), 0.0))
    joined = [_scored(pairs, values, i) for i in _merging(len(signatures), pairs, scores)]
    heads = np.array(groups(len(signatures), joined), dtype=np.int64)
    between: dict[tuple[int, int], int] = {}
    for i in np.flatnonzero(tied & (scores >= least - SAME_FROM)):
        ends = sorted((int(heads[pairs.left[i]]), int(heads[pairs.right[i]])))
        best = between.setdefault((ends[0], ends[1]), int(i))
        if scores[i] > scores[best]:
            between[ends[0], ends[1]] = int(i)
    return [*joined, *(replace(_scored(pairs, values, i), same=False) for (a, b), i in sorted(between.items()) if a != b)]


def _measured(works: Sequence[Work], signatures: Sequence[Signature], weights: Weights) -> tuple[Pairs, NDArray[np.float32]]:
    divided = divide(signatures, works)
    pairs = pair_up(divided, weights.namesakes)
    return pairs, measure(pairs, works, divided, weights)


def _scores(values: NDArray[np.float32], table: Mapping[str, float]) -> Floats:
    """Give how far each pair's score is above `SAME_FROM`; rounded, so that sums in another order are equal."""
    return np.asarray(np.round(values.astype(np.float64) @ np.array([table[name] for name in COLUMNS]) - SAME_FROM, 6))


def _merging(size: int, pairs: Pairs, scores: Floats) -> list[int]:
    return [i for _, _, i in iter_merges(size, pairs.left, pairs.right, scores)]


def _scored(pairs: Pairs, values: NDArray[np.float32], i: int) -> Scored:
    return Scored(int(pairs.left[i]), int(pairs.right[i]), tuple(values[i].tolist()))


def groups(size: int, joined: Sequence[Scored]) -> list[int]:
    """Give for each signature the smallest index of its person's signatures."""
    heads = list(range(size))

    def head(i: int) -> int:
        while heads[i] != i:
            heads[i] = heads[heads[i]]
            i = heads[i]
        return i

    for merge in joined:
        one, two = sorted((head(merge.left), head(merge.right)))
        heads[two] = one
    return [head(i) for i in range(size)]
