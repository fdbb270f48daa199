"""Judge which concepts are one: by spelling, by acronym, and by what records introduce."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from confgraph.records import EntityKind, Judgement, MemberKey, Reason
from confgraph.resolve.judge import decide, keep_apart
from confgraph.resolve.keys import identity_of
from confgraph.resolve.members import Profile
from confgraph.resolve.score import Features
from confgraph.resolve.spelling import abbreviates, is_distinctive, spelling
from confgraph.text import fold

FEATURES: Final = Features(
    {
        "same spelling": 1.0,
        "acronym": 0.6,
        "letters": 0.4,
        "introduced as": 0.7,
        "same print": 0.3,
        "different long forms": -1.0,
        "introduced as different kinds": -1.0,
    }
)

_CERTAIN_SHARE: Final = 0.9
"""Share of the records that a long form needs where an acronym has several."""
_ENOUGH_RECORDS: Final = 3
_SHORT_ACRONYM: Final = 2
"""Acronyms of at most two letters and digits stand for many things, so that one record is no evidence."""

_ARTEFACTS: Final = (EntityKind.METHOD, EntityKind.DATASET, EntityKind.SOFTWARE)
_CONCEPTS: Final = (*_ARTEFACTS, EntityKind.TASK, EntityKind.METRIC, EntityKind.ORGANIZATION)


@dataclass(frozen=True, slots=True)
class LongForm:
    """A spelling that an acronym stands for: its profiles of all kinds, most records first, and the number of records that say so."""

    spelling: str
    profiles: tuple[Profile, ...]
    support: int


@dataclass(frozen=True, slots=True)
class ConceptBlocks:
    """The blocks of concepts.

    `spelling_of` holds the spelling of each key; `spellings`, per kind and spelling, the profiles that share it, most
    records first; `long_forms`, per spelling of an acronym, what it stands for in any kind, best supported first.
    """

    spelling_of: Mapping[MemberKey, str]
    spellings: Mapping[tuple[EntityKind, str], tuple[Profile, ...]]
    long_forms: Mapping[str, tuple[LongForm, ...]]


def judge_concepts(profiles: Sequence[Profile]) -> list[Judgement]:
    """Judge concepts by spelling, by acronym, and by what records introduce."""
    concepts = [p for p in profiles if p.member.kind in _CONCEPTS]
    blocks = concept_blocks(concepts)
    judged = [*_iter_spellings(blocks), *_iter_acronyms(blocks), *_iter_introduced(concepts)]
    by_key = {p.member.key: p for p in concepts}
    acronyms_of = _acronym_spellings(blocks)

    def contradictions(a: MemberKey, b: MemberKey, group: Sequence[MemberKey]) -> Sequence[Reason]:
        acronyms = {short for key in group for short in acronyms_of.get(key, ())}
        return concept_contradictions(by_key[a], by_key[b], blocks.spelling_of, acronyms)

    return keep_apart(filter(None, judged), contradictions)


def _acronym_spellings(blocks: ConceptBlocks) -> Mapping[MemberKey, list[str]]:
    spellings: defaultdict[MemberKey, list[str]] = defaultdict(list)
    for short, forms in blocks.long_forms.items():
        for form in forms:
            for profile in form.profiles:
                spellings[profile.member.key].append(short)
    return spellings


def _iter_spellings(blocks: ConceptBlocks) -> Iterator[Judgement | None]:
    """Link all profiles of a spelling to its most frequent one."""
    for (kind, _), (first, *others) in blocks.spellings.items():
        for other in others:
            reasons = spelling_reasons(first.member.name, other.member.name)
            yield decide(kind, (first.member.key, other.member.key), reasons, "spelling")


def _iter_acronyms(blocks: ConceptBlocks) -> Iterator[Judgement | None]:
    """Link a bare acronym to the long form of its kind where there is no doubt which one it is.

    The long forms of other kinds count as well: they show that an acronym is ambiguous.
    """
    for short, forms in blocks.long_forms.items():
        evidence = sum(form.support for form in forms)
        if not _is_certain(short, forms, evidence):
            continue
        for kind in _CONCEPTS:
            long_form = next((p.member for p in forms[0].profiles if p.member.kind is kind), None)
            if long_form and (kind, short) in blocks.spellings:
                bare = blocks.spellings[kind, short][0].member
                reasons = acronym_reasons(bare.name, long_form.name, forms[0].support, evidence)
                yield decide(kind, (long_form.key, bare.key), reasons, "acronym")


def _is_certain(short: str, forms: Sequence[LongForm], evidence: int) -> bool:
    letters = sum(c.isalnum() for c in short.partition("|")[0])
    if len(forms) == 1 and letters > _SHORT_ACRONYM:
        return True
    return forms[0].support >= _ENOUGH_RECORDS and forms[0].support >= _CERTAIN_SHARE * evidence


def _iter_introduced(concepts: Sequence[Profile]) -> Iterator[Judgement | None]:
    """Link what records introduce as one kind to what others mention as another kind under the same distinctive name."""
    named: defaultdict[str, list[Profile]] = defaultdict(list)
    for profile in concepts:
        if profile.member.kind in _ARTEFACTS:
            for name, _ in profile.names:
                if is_distinctive(name):
                    named[name].append(profile)
    for group in named.values():
        things = [p for p in group if p.introduced]
        if len({p.member.kind for p in things}) == 1:
            thing = things[0]
            for other in group:
                if other.member.kind != thing.member.kind:
                    reasons = introduced_reasons(thing, other)
                    yield decide(thing.member.kind, (thing.member.key, other.member.key), reasons, "introduced")


def concept_blocks(profiles: Sequence[Profile]) -> ConceptBlocks:
    """Group the profiles of concepts by spelling, and index the long forms of acronyms."""
    spelling_of = {p.member.key: _spelling(p) for p in profiles}
    grouped: defaultdict[tuple[EntityKind, str], list[Profile]] = defaultdict(list)
    alike: defaultdict[str, list[Profile]] = defaultdict(list)
    support: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for profile in profiles:
        kind, own = profile.member.kind, spelling_of[profile.member.key]
        grouped[kind, own].append(profile)
        alike[own].append(profile)
        for acronym, count in profile.acronyms:
            short = spelling([acronym])
            if short != own:
                support[short][own] += count
    spellings = {at: tuple(sorted(group, key=_prominence)) for at, group in sorted(grouped.items())}
    long_forms = {
        short: tuple(LongForm(own, tuple(sorted(alike[own], key=_prominence)), n) for own, n in sorted(counts.items(), key=_by_support))
        for short, counts in sorted(support.items())
    }
    return ConceptBlocks(spelling_of, spellings, long_forms)


def _spelling(profile: Profile) -> str:
    """Reduce the prints of a profile's own name; its records may also print acronyms of it."""
    own = identity_of(profile.member.key)
    return spelling([name for name, _ in profile.names if fold(name) == own] or [own])


def _by_support(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


def _prominence(profile: Profile) -> tuple[int, MemberKey]:
    """Order profiles: those of most records first, then by key."""
    return -len(profile.member.records), profile.member.key


def spelling_reasons(left: str, right: str) -> list[Reason]:
    """Compare two names that `spelling` makes equal."""
    strict = [spelling([name], plural=False, american=False) for name in (left, right)]
    if strict[0] == strict[1]:
        return [FEATURES.reason("same spelling", 1.0, f"{left!r} and {right!r} differ in hyphens, spaces or case only")]
    return [FEATURES.reason("same spelling", 0.95, f"{left!r} and {right!r} differ in plural or British spelling")]


def introduced_reasons(thing: Profile, mention: Profile) -> list[Reason]:
    """Compare two concepts of one name but different kinds, of which records introduce the first and only mention the second."""
    found = [FEATURES.reason("introduced as", 1.0, f"{thing.introduced} records introduce {thing.member.name!r} as {thing.member.kind}")]
    shared = {name for name, _ in thing.names} & {name for name, _ in mention.names}
    return [*found, FEATURES.reason("same print", 1.0)] if any(map(is_distinctive, shared)) else found


def acronym_reasons(acronym: str, long_form: str, support: int, evidence: int) -> list[Reason]:
    """Compare an acronym with a long form that `support` of the `evidence` records that spell it out give for it."""
    found = [
        FEATURES.reason("acronym", support / evidence, f"{support} of {evidence} records that spell out {acronym!r} give {long_form!r}")
    ]
    return [*found, FEATURES.reason("letters", 1.0)] if abbreviates(acronym, long_form) else found


def concept_contradictions(left: Profile, right: Profile, spelling_of: Mapping[MemberKey, str], acronyms: Collection[str]) -> list[Reason]:
    """Give what speaks against two concepts that other names link: they are two long forms, or introduced as different kinds.

    `acronyms` holds the spellings of all acronyms of the concepts so linked.
    """
    keys = left.member.key, right.member.key
    spellings = {spelling_of[key] for key in keys}
    if len(spellings) > 1 and not spellings & set(acronyms):
        return [FEATURES.reason("different long forms", 1.0, f"{left.member.name!r}, {right.member.name!r}")]
    if left.introduced and right.introduced and left.member.kind != right.member.kind:
        return [FEATURES.reason("introduced as different kinds", 1.0, f"{left.member.kind}, {right.member.kind}")]
    return []
