"""Let people decide: what they say of a pair takes the place of what is judged by features."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from confgraph.errors import ConfigError
from confgraph.records import Decision, EntityKind, Judgement, MemberKey, Reason
from confgraph.resolve.cluster import DECIDED, components
from confgraph.resolve.keys import judgement_id, kind_of

_CONCEPTS: Final = frozenset((EntityKind.METHOD, EntityKind.DATASET, EntityKind.SOFTWARE, EntityKind.TASK, EntityKind.METRIC))
"""Kinds that people may join: what one page calls a method, another calls a software."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person decided of two members, the same or different; `where` names the line that says so."""

    left: MemberKey
    right: MemberKey
    decision: Decision
    where: str
    by: str = ""
    note: str = ""


def check(rulings: Sequence[Ruling]) -> None:
    """Refuse rulings that cannot all hold.

    Raises:
        ConfigError: two rulings contradict each other, if only by way of others; it names the lines of all of them.
    """
    joined: defaultdict[MemberKey, dict[MemberKey, Ruling]] = defaultdict(dict)
    for ruling in rulings:
        if not _may_be_one(ruling):
            what = f"joins a {kind_of(ruling.left)} and a {kind_of(ruling.right)}"
            raise ConfigError(ruling.where, what, "join things of one kind")
        if ruling.decision is Decision.SAME:
            joined[ruling.left].setdefault(ruling.right, ruling)
            joined[ruling.right].setdefault(ruling.left, ruling)
    for ruling in rulings:
        if ruling.decision is Decision.DIFFERENT and (chain := _chain(joined, ruling.left, ruling.right)):
            lines = f"{' and '.join(other.where for other in chain)} {'say' if chain[1:] else 'says'}"
            what = f"says that {ruling.left!r} and {ruling.right!r} are different, but {lines} that they are one"
            raise ConfigError(ruling.where, what, "remove one of these lines")


def _may_be_one(ruling: Ruling) -> bool:
    kinds = {kind_of(ruling.left), kind_of(ruling.right)}
    return ruling.decision is not Decision.SAME or len(kinds) == 1 or kinds <= _CONCEPTS


def _chain(joined: Mapping[MemberKey, Mapping[MemberKey, Ruling]], start: MemberKey, end: MemberKey) -> list[Ruling]:
    """Give the shortest chain of rulings that make two keys one, empty where there is none."""
    reached: dict[MemberKey, list[Ruling]] = {start: []}
    waiting = deque([start])
    while waiting and end not in reached:
        here = waiting.popleft()
        for there, ruling in joined.get(here, {}).items():
            if there not in reached:
                reached[there] = [*reached[here], ruling]
                waiting.append(there)
    return reached.get(end, [])


def overrule(judged: Sequence[Judgement], rulings: Iterable[Ruling], is_known: Callable[[MemberKey], bool]) -> list[Judgement]:
    """Put rulings, of those whose keys are both known, in the place of judgements, sorted by pair.

    What features hold against two members that rulings join, directly or not, is dropped as well.
    """
    decided = [_judgement(ruling) for ruling in rulings if is_known(ruling.left) and is_known(ruling.right)]
    pairs = {judgement.id for judgement in decided}
    group_of = {key: group for group in components(decided) for key in group}

    def stands(judgement: Judgement) -> bool:
        group = group_of.get(judgement.left)
        overruled = judgement.decision is not Decision.SAME and group is not None and group_of.get(judgement.right) is group
        return judgement.id not in pairs and not overruled

    one_each = {judgement.id: judgement for judgement in sorted(decided, key=lambda j: [r.note for r in j.reasons])}
    return sorted([*filter(stands, judged), *one_each.values()], key=lambda j: (j.left, j.right))


def _judgement(ruling: Ruling) -> Judgement:
    left, right = sorted((ruling.left, ruling.right))
    same = ruling.decision is Decision.SAME
    note = ": ".join(filter(None, (ruling.by, ruling.note)))
    reasons = (Reason("decided by a person", 1.0, 1.0 if same else -1.0, note),)
    return Judgement(judgement_id(left, right), kind_of(left), left, right, ruling.decision, float(same), reasons, DECIDED)
