"""What contradicts keeps members apart that judgements link, without comparing all of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from confgraph.records import Decision, EntityKind, Judgement, MemberKey, Reason
from confgraph.resolve.judge import Contradictions, keep_apart
from confgraph.resolve.keys import judgement_id

Seen = dict[MemberKey, tuple[str, frozenset[int]]]
"""What is known of each key: its look, and the pages where it stands."""


def linked(seen: Seen) -> list[Judgement]:
    """Link all keys in a chain."""
    reasons = (Reason("same title", 1.0, 0.7),)
    return [Judgement(judgement_id(a, b), EntityKind.PAPER, a, b, Decision.SAME, 0.7, reasons, "title") for a, b in pairwise(sorted(seen))]


def against(seen: Seen, a: MemberKey, b: MemberKey) -> list[Reason]:
    """Hold one page against two papers, and looks of other letters, but for case."""
    (look, pages), (other, others) = seen[a], seen[b]
    found = [Reason("different titles", 1.0, -0.6)] if look.casefold() != other.casefold() else []
    return [*found, Reason("same page", 1.0, -1.0)] if pages & others else found


def apart(seen: Seen, compared: list[tuple[MemberKey, MemberKey]]) -> set[tuple[MemberKey, MemberKey]]:
    """Give the pairs that are kept apart; what is compared is added to `compared`."""

    def compare(a: MemberKey, b: MemberKey) -> Sequence[Reason]:
        compared.append((a, b))
        return against(seen, a, b)

    judged = keep_apart(linked(seen), Contradictions(lambda _: compare, lambda key: seen[key][0], lambda key: seen[key][1]))
    return {(j.left, j.right) for j in judged if j.decision is Decision.DIFFERENT}


@given(st.lists(st.tuples(st.sampled_from("aAbB"), st.frozensets(st.integers(0, 6), max_size=2)), max_size=14))
def test_the_pairs_are_those_that_comparing_all_would_find(listed: list[tuple[str, frozenset[int]]]) -> None:
    seen: Seen = {MemberKey(f"paper|{i:02d}"): known for i, known in enumerate(listed)}
    assert apart(seen, []) == {pair for pair in combinations(sorted(seen), 2) if against(seen, *pair)}


def test_copies_on_pages_of_their_own_are_not_compared_with_each_other() -> None:
    seen: Seen = {MemberKey(f"paper|{i:04d}"): ("aA"[i % 2], frozenset((i,))) for i in range(2000)}
    compared: list[tuple[MemberKey, MemberKey]] = []
    assert apart(seen, compared) == set()
    assert len(compared) < 10
