"""Judge pairs. A judgement is the datum from which entities follow, with the reasons that led to it.

All kinds go one way: `decide` makes the judgement of a pair from its reasons, `keep_apart` adds the
judgements that forbid what chains of pairs would merge. What people decide takes the place of what is judged
here (`confgraph.resolve.rulings`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, product
from typing import Final

from confgraph.records import Decision, EntityKind, Judgement, MemberKey, Reason
from confgraph.resolve import score
from confgraph.resolve.cluster import components
from confgraph.resolve.keys import judgement_id, kind_of

SAME_FROM: Final = 0.7
"""Score from which two members are one entity; a false merge is worse than a duplicate."""
OPEN_FROM: Final = 0.5
"""Score from which two members are alike enough to ask a person."""

Compare = Callable[[MemberKey, MemberKey], Sequence[Reason]]
"""Gives what speaks against two keys that judgements link."""


def _nowhere(_: MemberKey) -> tuple[()]:
    return ()


@dataclass(frozen=True, slots=True)
class Contradictions:
    """What speaks against members that judgements link, and which of them need not be compared one by one.

    Attributes:
        within: makes the comparison for a group of keys that judgements link.
        look: gives all that the comparison sees of a key, but for its places; it treats keys of one look alike.
        places: gives where a key stands; keys of looks that may be one are compared where they share a place.
    """

    within: Callable[[Sequence[MemberKey]], Compare]
    look: Callable[[MemberKey], Hashable]
    places: Callable[[MemberKey], Iterable[Hashable]] = _nowhere


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
    """Add a judgement for each contradiction between two members that same-judgements link, directly or not.

    Time grows with the square of the looks in a group, and with the contradictions found.
    """
    judged = one_per_pair(judgements)
    apart = chain.from_iterable(_iter_apart(group, contradictions) for group in components(judged))
    return one_per_pair([*judged, *apart])


def _iter_apart(group: Sequence[MemberKey], contradictions: Contradictions) -> Iterator[Judgement]:
    compare = contradictions.within(group)
    for pair in _suspects(group, contradictions, compare):
        if reasons := compare(*pair):
            yield _judgement(kind_of(pair[0]), pair, Decision.DIFFERENT, reasons, "contradiction")


def _suspects(group: Sequence[MemberKey], contradictions: Contradictions, compare: Compare) -> list[tuple[MemberKey, MemberKey]]:
    """Give the pairs of a group that stand at one place, or of whose looks some two contradict each other, sorted."""
    looks: defaultdict[Hashable, list[MemberKey]] = defaultdict(list)
    places: defaultdict[Hashable, list[MemberKey]] = defaultdict(list)
    for key in sorted(group):
        looks[contradictions.look(key)].append(key)
        for place in contradictions.places(key):
            places[place].append(key)
    found = {pair for met in places.values() for pair in combinations(met, 2)}
    for alike in looks.values():
        if len(alike) > 1 and compare(alike[0], alike[1]):
            found.update(combinations(alike, 2))
    for one, other in combinations(looks.values(), 2):
        if compare(one[0], other[0]):
            found.update((min(pair), max(pair)) for pair in product(one, other))
    return sorted(found)
