"""Judge pairs. A judgement is the datum from which entities follow, with the reasons that led to it.

All kinds go one way: `decide` makes the judgement of a pair from its reasons, `keep_apart` adds the
judgements that forbid what chains of pairs would merge. What people decide takes the place of what is judged
here (`confgraph.resolve.rulings`).
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
OPEN_FROM: Final = 0.5
"""Score from which two members are alike enough to ask a person."""

Contradictions = Callable[[MemberKey, MemberKey, Sequence[MemberKey]], Sequence[Reason]]
"""Gives what speaks against two keys of a group that judgements link, which comes third."""


def decide(kind: EntityKind, pair: tuple[MemberKey, MemberKey], reasons: Sequence[Reason], by: str) -> Judgement | None:
    """Judge a pair: same where the score suffices, different where only contradictions keep it from that, open where it nearly does.

    None where the two are not alike.
    """
    value = score.total(reasons)
    if value >= SAME_FROM:
        return _judgement(kind, pair, Decision.SAME, reasons, by)
    if score.total([r for r in reasons if r.weight > 0]) >= SAME_FROM:
        return _judgement(kind, pair, Decision.DIFFERENT, reasons, by)
    return _judgement(kind, pair, Decision.OPEN, reasons, by) if value >= OPEN_FROM else None


def _judgement(kind: EntityKind, pair: tuple[MemberKey, MemberKey], decision: Decision, reasons: Sequence[Reason], by: str) -> Judgement:
    left, right = sorted(pair)
    return Judgement(judgement_id(left, right), kind, left, right, decision, score.total(reasons), tuple(reasons), by)


def one_per_pair(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Keep the best judgement of each pair, sorted by pair: a different one before a same one before an open one, then the higher score."""
    best: dict[str, Judgement] = {}
    for judged in sorted(judgements, key=_rank):
        best.setdefault(judged.id, judged)
    return sorted(best.values(), key=lambda j: (j.left, j.right))


_RANKS: Final = {Decision.DIFFERENT: 0, Decision.SAME: 1, Decision.OPEN: 2}


def _rank(judged: Judgement) -> tuple[int, float, str, list[tuple[str, float, str]]]:
    return _RANKS[judged.decision], -judged.score, judged.by, [(r.feature, r.value, r.note) for r in judged.reasons]


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
