"""Cluster by constrained agglomeration: join the two closest groups until none are close enough.

Two groups are as close as `NEAREST` times their closest pair plus the rest times the mean of all their pairs, so that one
strong tie counts for much and a chain of weak ones for little. A pair without a score can never be in one group, nor can
groups that hold such a pair: `J. Smith` cannot bring `John Smith` and `Jane Smith` together.

Source: average linkage inside blocks of author names as in Louppe et al., Ethnicity Sensitive Author Disambiguation (2016).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

NEAREST: Final = 0.75
"""The share of the closest pair in how close two groups are."""


def iter_merges(size: int, left: Ints, right: Ints, scores: Floats) -> Iterator[tuple[int, int, int]]:
    """Yield the merges among members `0..size-1` as (kept, dropped, pair): two group numbers and the index of their closest pair.

    `left < right` are the members of each scored pair, every pair at most once; groups merge while closer than 0. Since a
    group is never closer than its closest pair, only members that pairs above 0 link are looked at together.
    """
    above = np.flatnonzero(scores > 0)
    links = sparse.csr_matrix((np.ones(len(above)), (left[above], right[above])), shape=(size, size))
    _, part = csgraph.connected_components(links, directed=False)
    inner = np.flatnonzero((part[left] == part[right]) & (np.bincount(part, minlength=1)[part[left]] > 1))
    order = inner[np.lexsort((right[inner], left[inner], part[left[inner]]))]
    cuts = np.flatnonzero(np.diff(part[left[order]])) + 1
    for pairs in np.split(order, cuts):
        if len(pairs):
            yield from _iter_merges_of(pairs, left[pairs], right[pairs], scores[pairs])


def _iter_merges_of(pairs: Ints, left: Ints, right: Ints, scores: Floats) -> Iterator[tuple[int, int, int]]:
    """Cluster one part, whose pairs are given."""
    members = np.unique(np.concatenate([left, right]))
    if len(pairs) == len(members) * (len(members) - 1) // 2 and scores.min() > 0:  # all will be one group, by whatever path
        first = np.flatnonzero(left == members[0])
        yield from zip(left[first].tolist(), right[first].tolist(), pairs[first].tolist(), strict=True)
        return
    at, to = np.searchsorted(members, left), np.searchsorted(members, right)
    yield from ((int(members[a]), int(members[b]), int(pairs[i])) for a, b, i in _Groups(len(members), at, to, scores).iter_merges())


class _Groups:
    """The groups of one part: sums, maxima and closest pairs between all of them, as square matrices."""

    def __init__(self, size: int, left: Ints, right: Ints, scores: Floats) -> None:
        self.mean = np.full((size, size), -np.inf)
        self.nearest = np.full((size, size), -np.inf)
        self.pair = np.full((size, size), -1, dtype=np.int64)
        for at, to in ((left, right), (right, left)):
            self.mean[at, to] = self.nearest[at, to] = scores
            self.pair[at, to] = np.arange(len(scores))
        self.close = self.nearest.copy()
        self.count = np.ones(size)
        self.best: Ints = self.close.argmax(axis=1)
        self.value: Floats = self.close[np.arange(size), self.best]

    def iter_merges(self) -> Iterator[tuple[int, int, int]]:
        """Join the closest two groups, the first of equals, while they are closer than 0."""
        while True:
            one = int(self.value.argmax())
            if not self.value[one] > 0:
                return
            two = int(self.best[one])
            keep, drop = min(one, two), max(one, two)
            yield keep, drop, int(self.pair[keep, drop])
            self._join(keep, drop)

    def _join(self, keep: int, drop: int) -> None:
        mine, other = self.count[keep], self.count[drop]
        mean = (self.mean[keep] * mine + self.mean[drop] * other) / (mine + other)
        forbidden = np.isneginf(mean)
        farther = self.nearest[drop] > self.nearest[keep]
        nearest = np.where(farther, self.nearest[drop], self.nearest[keep])
        pair = np.where(farther, self.pair[drop], self.pair[keep])
        nearest[forbidden] = -np.inf
        forbidden[keep] = forbidden[drop] = True
        close = np.full(len(mean), -np.inf)
        close[~forbidden] = NEAREST * nearest[~forbidden] + (1 - NEAREST) * mean[~forbidden]
        self.count[keep] += other
        for matrix, row in ((self.mean, mean), (self.nearest, nearest), (self.pair, pair), (self.close, close)):
            _put(matrix, keep, row)
        for matrix in (self.mean, self.nearest, self.close):
            _put(matrix, drop, -np.inf)
        self._choose(keep, drop, close)

    def _choose(self, keep: int, drop: int, close: Floats) -> None:
        """Find each group's closest one again where the merge may have changed it; of equals the first."""
        self.value[drop] = -np.inf
        stale = np.flatnonzero((self.best == keep) | (self.best == drop))
        nearer = np.flatnonzero((close > self.value) | ((close == self.value) & (keep < self.best)))
        self.best[nearer], self.value[nearer] = keep, close[nearer]
        for row in {*stale.tolist(), keep} - {drop}:
            self.best[row] = self.close[row].argmax()
            self.value[row] = self.close[row, self.best[row]]


def _put(matrix: NDArray[Any], at: int, values: Any) -> None:
    """Set a row and the column that mirrors it."""
    matrix[at] = values
    matrix[:, at] = values
