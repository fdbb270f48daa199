"""Judge pairs. A judgement is the datum from which entities follow, with the reasons that led to it.

All kinds go one way: `decide` makes the judgement of a pair from its reasons, `keep_apart` adds the
judgements that forbid what chains of pairs would merge. A decision of a person would be one more
`Judgement` for its pair, in place of the one made here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import Final

from confgraph.records import Decision, EntityKind, Judgement, MemberKey, Reason
from confgraph.resolve import score
from confgraph.resolve.cluster import components
from confgraph.resolve.keys import judgement_id, kind_of

SAME_FROM: Final = 0.7
"""Score from which two members are one entity; a false merge is worse than a duplicate."""

Contradictions = Callable[[MemberKey, MemberKey, Sequence[MemberKey]], Sequence[Reason]]
"""Gives what speaks against two keys of a group that judgements link, which comes third."""


def decide(kind: EntityKind, pair: tuple[MemberKey, MemberKey], reasons: Sequence[Reason], by: str) -> Judgement | None:
    """Judge a pair: same where the score suffices, different where only contradictions keep it from that, else nothing."""
    value = score.total(reasons)
    if score.total([r for r in reasons if r.weight > 0]) < SAME_FROM:
        return None
    return _judgement(kind, pair, Decision.SAME if value >= SAME_FROM else Decision.DIFFERENT, reasons, by)


def _judgement(kind: EntityKind, pair: tuple[MemberKey, MemberKey], decision: Decision, reasons: Sequence[Reason], by: str) -> Judgement:
    left, right = sorted(pair)
    return Judgement(judgement_id(left, right), kind, left, right, decision, score.total(reasons), tuple(reasons), by)


def one_per_pair(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Keep the best judgement of each pair, sorted by pair: a different one before a same one, then the higher score."""
    best: dict[str, Judgement] = {}
    for judged in sorted(judgements, key=_rank):
        best.setdefault(judged.id, judged)
    return sorted(best.values(), key=lambda j: (j.left, j.right))


def _rank(judged: Judgement) -> tuple[bool, float, str, list[tuple[str, float, str]]]:
    return judged.decision is Decision.SAME, -judged.score, judged.by, [(r.feature, r.value, r.note) for r in judged.reasons]


def keep_apart(judgements: Iterable[Judgement], contradictions: Contradictions) -> list[Judgement]:
    """Add a judgement for each contradiction between two members that same-judgements link, directly or not."""
    judged = one_per_pair(judgements)
    apart = [
        _judgement(kind_of(a), (a, b), Decision.DIFFERENT, reasons, "contradiction")
        for group in components(judged)
        for a, b in combinations(group, 2)
        if (reasons := contradictions(a, b, group))
    ]
    return one_per_pair([*judged, *apart])
