"""Derive entities from judgements: union-find over the same-judgements, held back by the different-judgements."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from confgraph.records import Decision, Entity, EntityKind, Judgement, MemberKey
from confgraph.resolve.members import Profile
from confgraph.resolve.names import parse
from confgraph.text import fold

_LIGATURE: Final = re.compile("[\ufb00-\ufb06]")
"""Letters that a file prints as one sign, and people do not search for."""
DECIDED: Final = "decision"
"""Who decided, where a person did."""

Clusters = Mapping[MemberKey, tuple[MemberKey, ...]]
"""The sorted keys of each cluster of two or more, by each of its keys."""


def components(judgements: Iterable[Judgement]) -> list[tuple[MemberKey, ...]]:
    """Give the sorted groups of keys that same-judgements link, directly or not."""
    same = [j for j in judgements if j.decision is Decision.SAME]
    return sorted(set(clusters(same).values()))


def clusters(judgements: Sequence[Judgement]) -> Clusters:
    """Merge the pairs judged same, what people decided first, then best reasons first, unless that joins a pair judged different.

    Pairs with equal reasons are taken in the order of their keys, so that the result does not depend on the order of the judgements.
    """
    enemies: defaultdict[MemberKey, set[MemberKey]] = defaultdict(set)
    for judged in judgements:
        if judged.decision is Decision.DIFFERENT:
            enemies[judged.left].add(judged.right)
            enemies[judged.right].add(judged.left)
    groups: dict[MemberKey, set[MemberKey]] = {}
    for judged in sorted(judgements, key=lambda j: (j.by != DECIDED, -_support(j), j.left, j.right)):
        if judged.decision is not Decision.SAME:
            continue
        one, two = (groups.setdefault(key, {key}) for key in (judged.left, judged.right))
        small, large = sorted((one, two), key=len)
        if one is two or any(not large.isdisjoint(enemies.get(key, ())) for key in small):
            continue
        large |= small
        groups |= dict.fromkeys(small, large)
    merged = {id(group): tuple(sorted(group)) for group in {id(group): group for group in groups.values()}.values()}
    return {key: merged[id(group)] for key, group in groups.items() if len(group) > 1}


def _support(judged: Judgement) -> float:
    """Sum up the reasons; unlike the score, the sum tells apart pairs that are both beyond doubt."""
    return sum(reason.value * reason.weight for reason in judged.reasons)


def entities(profiles: Mapping[MemberKey, Profile], clustered: Clusters) -> tuple[Entity, ...]:
    """Make one entity of each cluster and of each key without one, sorted by key."""
    groups = sorted({clustered.get(key, (key,)) for key in profiles})
    return tuple(_entity([profiles[key] for key in group]) for group in groups)


def _entity(group: Sequence[Profile]) -> Entity:
    keys = tuple(p.member.key for p in group)
    kind = _kind(group)
    names: Counter[str] = Counter()
    acronyms: Counter[str] = Counter()
    for profile in group:
        names.update(dict(profile.names))
        acronyms.update(dict(profile.acronyms))
    label = _label(kind, names, {fold(a) for a in acronyms})
    aliases = sorted({*names, *acronyms} - {label})
    return Entity(keys[0], kind, label, tuple(aliases), keys)


def _kind(group: Sequence[Profile]) -> EntityKind:
    """Give the kind as which a thing is introduced, else the kind of its smallest key."""
    introduced = [p.member.kind for p in group if p.introduced]
    return introduced[0] if introduced else group[0].member.kind


def _label(kind: EntityKind, names: Counter[str], acronyms: Collection[str]) -> str:
    """Choose the name for people: the fullest of a person, the most frequent of another thing, a long form before an acronym."""
    if len(names) == 1:
        return next(iter(names))
    if kind is EntityKind.PERSON:
        return min(names, key=_shortness)
    return min(names, key=lambda name: (fold(name) in acronyms, name.endswith("…"), bool(_LIGATURE.search(name)), -names[name], name))


def _shortness(name: str) -> tuple[int, int, bool, int, str]:
    """Order prints of a person's name: more given names, then longer ones, not in capitals, with accents."""
    given = parse(name).given
    return -len(given), -len("".join(given)), name.isupper(), -sum(not c.isascii() for c in name), name
