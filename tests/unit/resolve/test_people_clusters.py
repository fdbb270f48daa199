"""Constrained clustering: what is joined, what cannot be, and that order does not matter."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from confgraph.resolve.agglomerate import iter_merges

Pairs = dict[tuple[int, int], float]


def _clusters(size: int, pairs: Pairs) -> set[frozenset[int]]:
    """Cluster members of scored pairs; a pair that is not there is forbidden."""
    left, right = (np.array([pair[i] for pair in pairs], dtype=np.int64) for i in (0, 1))
    groups = {i: {i} for i in range(size)}
    for _, _, i in iter_merges(size, left, right, np.array(list(pairs.values()))):
        one, two = groups[left[i]], groups[right[i]]
        assert one is not two, "a merge joins two groups"
        one |= two
        groups |= dict.fromkeys(two, one)
    return {frozenset(group) for group in groups.values()}


def test_what_is_close_becomes_one() -> None:
    assert _clusters(3, {(0, 1): 1.0, (0, 2): -1.0, (1, 2): -1.0}) == {frozenset({0, 1}), frozenset({2})}


def test_a_forbidden_pair_is_never_in_one_group() -> None:
    assert _clusters(3, {(0, 1): 2.0, (1, 2): 1.0}) == {frozenset({0, 1}), frozenset({2})}


def test_a_chain_of_weak_ties_against_much_else_does_not_hold() -> None:
    assert _clusters(3, {(0, 1): 2.0, (1, 2): 0.5, (0, 2): -9.0}) == {frozenset({0, 1}), frozenset({2})}


def test_a_strong_tie_outweighs_a_weak_contradiction() -> None:
    assert _clusters(3, {(0, 1): 3.0, (1, 2): 3.0, (0, 2): -1.0}) == {frozenset({0, 1, 2})}


@st.composite
def _scored(draw: st.DrawFn) -> tuple[int, Pairs]:
    size = draw(st.integers(2, 9))
    every = [(a, b) for a in range(size) for b in range(a + 1, size)]
    chosen = draw(st.lists(st.sampled_from(every), unique=True, min_size=1))
    return size, {pair: draw(st.integers(-40, 40)) / 10 for pair in chosen}


@settings(deadline=None)
@given(case=_scored(), data=st.data())
def test_the_order_of_pairs_does_not_matter_and_nothing_forbidden_is_joined(case: tuple[int, Pairs], data: st.DataObject) -> None:
    size, pairs = case
    found = _clusters(size, pairs)
    assert found == _clusters(size, dict(data.draw(st.permutations(list(pairs.items())))))
    assert all((a, b) in pairs for group in found for a in group for b in group if a < b)
