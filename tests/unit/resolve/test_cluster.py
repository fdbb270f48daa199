"""Clusters follow from judgements alone: transitive, but never across a pair judged different."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from confgraph.records import Decision, EntityKind, Judgement, MemberKey, Reason
from confgraph.resolve.cluster import clusters, components
from confgraph.resolve.keys import judgement_id

KEYS = [MemberKey(f"task|{letter}") for letter in "abcdefg"]
A, B, C, D, *_ = KEYS


def judged(left: MemberKey, right: MemberKey, score: float = 1.0, decision: Decision = Decision.SAME) -> Judgement:
    """Make a judgement with one reason of that weight."""
    left, right = sorted((left, right))
    reasons = (Reason("same spelling", 1.0, score),)
    return Judgement(judgement_id(left, right), EntityKind.TASK, left, right, decision, score, reasons, "spelling")


def test_sameness_is_transitive() -> None:
    assert clusters([judged(A, B), judged(B, C)])[A] == (A, B, C)


def test_a_different_judgement_stops_the_weaker_pair() -> None:
    found = clusters([judged(A, B, 0.8), judged(B, C, 0.9), judged(A, C, 0.0, Decision.DIFFERENT)])
    assert found[B] == (B, C)
    assert A not in found


def test_a_different_judgement_holds_between_whole_clusters() -> None:
    found = clusters([judged(A, B, 0.95), judged(C, D, 0.95), judged(B, C, 0.8), judged(A, D, 0.0, Decision.DIFFERENT)])
    assert found[A] == (A, B)
    assert found[C] == (C, D)


def test_components_see_only_sameness() -> None:
    assert components([judged(A, B), judged(C, D, 0.0, Decision.DIFFERENT)]) == [(A, B)]


pairs = st.lists(
    st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS), st.sampled_from([0.7, 0.8, 1.0]), st.sampled_from(list(Decision))).filter(
        lambda t: t[0] != t[1]
    ),
    max_size=15,
    unique_by=lambda t: frozenset(t[:2]),
)


@given(pairs, st.randoms())
def test_clusters_respect_every_different_judgement_in_any_order(
    rows: list[tuple[MemberKey, MemberKey, float, Decision]], random: Random
) -> None:
    judgements = [judged(*row) for row in rows]
    found = clusters(judgements)
    for judgement in judgements:
        if judgement.decision is Decision.DIFFERENT:
            assert judgement.right not in found.get(judgement.left, ())
    random.shuffle(judgements)
    assert clusters(judgements) == found
