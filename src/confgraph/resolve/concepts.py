"""Judge which concepts are one: by their names, by acronym, and by what records introduce."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from confgraph.records import EntityKind, Judgement, MemberKey, Reason
from confgraph.resolve.acronyms import Context, context, initials, is_acronym, is_certain, letters_of
from confgraph.resolve.concept_blocks import ARTEFACTS, CONCEPTS, ConceptBlocks, prominence
from confgraph.resolve.forms import Form
from confgraph.resolve.judge import Compare, Contradictions, decide, keep_apart
from confgraph.resolve.members import Profile
from confgraph.resolve.score import Features
from confgraph.resolve.spelling import abbreviates, is_distinctive, spelling

FEATURES: Final = Features(
    {
        "same spelling": 1.0,
        "same form": 0.9,
        "acronym": 0.6,
        "letters": 0.4,
        "context": 0.5,
        "initials": 0.5,
        "four letters": 0.2,
        "one record": 0.3,
        "introduced as": 0.7,
        "same print": 0.3,
        "different long forms": -1.0,
        "introduced as different kinds": -1.0,
        "introduced twice": -1.0,
    }
)

_WORD: Final = re.compile(r"[^\W\d_][a-z]{2}")
"""What stands in a long form, and in few acronyms."""
_LONG_ACRONYM: Final = 4
"""Letters from which initials alone are evidence, and from which one record that spells an acronym out is enough whatever the context."""
_SHORT_ACRONYM: Final = 2
_ESTABLISHED: Final = 3
"""Records that give an acronym one long form, from which that others introduce it too does not speak against it."""


def judge_concepts(blocks: ConceptBlocks) -> list[Judgement]:
    """Judge concepts by name, by acronym, and by what records introduce."""
    beside = context((p, blocks.form_of[p.member.key].form) for p in blocks.profiles)
    judged = [
        *_iter_forms(blocks),
        *_iter_acronyms(blocks, beside),
        *_iter_initials(blocks, beside),
        *_iter_introduced(blocks.profiles),
    ]
    found = [judgement for judgement in judged if judgement]
    by_key = {p.member.key: p for p in blocks.profiles}
    acronyms_of = _acronyms(blocks, found)

    def within(group: Sequence[MemberKey]) -> Compare:
        acronyms = {short for key in group for short in acronyms_of.get(key, ())}
        return lambda a, b: concept_contradictions(by_key[a], by_key[b], blocks.form_of, acronyms)

    def look(key: MemberKey) -> tuple[str, bool, EntityKind]:
        return blocks.form_of[key].form, by_key[key].introduced > 0, by_key[key].member.kind

    return keep_apart(found, Contradictions(within, look))


def _acronyms(blocks: ConceptBlocks, judged: Iterable[Judgement]) -> Mapping[MemberKey, list[str]]:
    """Give the forms of the acronyms of each key: those that records print beside it, and those whose letters are its initials."""
    acronyms: defaultdict[MemberKey, list[str]] = defaultdict(list)
    for short, forms in blocks.long_forms.items():
        for form in forms:
            for profile in form.profiles:
                acronyms[profile.member.key].append(short)
    for judgement in judged:
        if judgement.by == "initials":
            short, _ = sorted((blocks.form_of[key].form for key in (judgement.left, judgement.right)), key=len)
            acronyms[judgement.left].append(short)
    return acronyms


def _iter_forms(blocks: ConceptBlocks) -> Iterator[Judgement | None]:
    """Link all profiles of a form to its most frequent one."""
    for (kind, _), (first, *others) in blocks.forms.items():
        for other in others:
            pair = first.member.key, other.member.key
            one, two = (blocks.form_of[key] for key in pair)
            if one.spelling == two.spelling:
                yield decide(kind, pair, spelling_reasons(first.member.name, other.member.name), "spelling")
            else:
                why = "; ".join(dict.fromkeys(filter(None, (one.why, two.why))))
                yield decide(kind, pair, [FEATURES.reason("same form", 1.0, why)], "form")


def _iter_acronyms(blocks: ConceptBlocks, beside: Context) -> Iterator[Judgement | None]:
    """Link a bare acronym to the long form of its kind where there is no doubt which one it is, or the context tells.

    The long forms of other kinds count as well: they show that an acronym is ambiguous.
    """
    for short, forms in blocks.long_forms.items():
        evidence = sum(form.support for form in forms)
        sure = forms[0] if is_certain(short, [form.support for form in forms]) else None
        for kind, bare in _iter_bare(blocks, short):
            acronym, chosen, reasons = blocks.printed[bare.member.key], sure, []
            if sure is None:
                records = bare.member.records
                if (found := beside.chosen(records, forms, {short, *(form.form for form in forms)})) is None:
                    continue
                chosen, votes = found
                note = f"{votes} of {len(records)} records that print {acronym!r} name what those that spell it out name"
                reasons = [FEATURES.reason("context", votes / len(records), note)]
            profiles = [p for p in chosen.profiles if p.member.kind is kind] if chosen else []
            if chosen and profiles:
                fitting = [p for p in profiles if abbreviates(acronym, blocks.printed[p.member.key])]
                long_form = (fitting or profiles)[0]
                reasons += acronym_reasons(acronym, blocks.printed[long_form.member.key], chosen.support, evidence)
                if chosen.support < _ESTABLISHED:
                    reasons += _introduced_twice(bare, long_form)
                if chosen.support == 1 and _is_short(short) and beside.disagrees(bare, long_form, {short, chosen.form}):
                    reasons = [reason for reason in reasons if reason.feature != "letters"]  # they fit so many names
                yield decide(kind, (long_form.member.key, bare.member.key), reasons, "context" if sure is None else "acronym")


def _iter_bare(blocks: ConceptBlocks, short: str) -> Iterator[tuple[EntityKind, Profile]]:
    """Yield, by kind, the most frequent profile that is called by the acronym alone."""
    for kind in CONCEPTS:
        bare = next((p for p in blocks.forms.get((kind, short), ()) if blocks.form_of[p.member.key].spelling == short), None)
        if bare:
            yield kind, bare


def _is_short(spelled: str) -> bool:
    return sum(map(str.isalnum, spelled.partition("|")[0])) < _LONG_ACRONYM


def _introduced_twice(bare: Profile, long_form: Profile) -> list[Reason]:
    """Say where records introduce an acronym that they do not spell out, and others its long form: papers like to reuse a good name."""
    if bare.introduced and long_form.introduced and not set(bare.member.records) & set(long_form.member.records):
        return [FEATURES.reason("introduced twice", 1.0, f"records introduce {bare.member.name!r}, others {long_form.member.name!r}")]
    return []


def _iter_initials(blocks: ConceptBlocks, beside: Context) -> Iterator[Judgement | None]:
    """Link a bare acronym that no record spells out to the one name that has its initials.

    A name of which records print another acronym counts, but is not linked.
    """
    named: defaultdict[str, dict[str, list[Profile]]] = defaultdict(dict)
    for profile in blocks.profiles:
        name, form = blocks.printed[profile.member.key], blocks.form_of[profile.member.key]
        if profile.member.kind is not EntityKind.ORGANIZATION and not form.why and _WORD.search(name):
            for letters in initials(name):
                named[letters].setdefault(form.form, []).append(profile)
    for (kind, short), (bare, *_) in blocks.forms.items():
        name = blocks.printed[bare.member.key]
        if kind is EntityKind.ORGANIZATION or short in blocks.long_forms or not is_acronym(name):
            continue
        letters = letters_of(name)
        found = named.get(letters, {})
        if len(letters) > _SHORT_ACRONYM and len(found) == 1:
            [profiles] = found.values()
            long_forms = [p for p in profiles if p.member.kind is kind and not p.acronyms]
            if long_forms:
                first = min(long_forms, key=prominence)
                reasons = [*initials_reasons(bare, first, blocks.printed), *_introduced_twice(bare, first)]
                if len(letters) >= _LONG_ACRONYM and not beside.disagrees(bare, first, {short, *found}):
                    reasons.append(FEATURES.reason("four letters", 1.0))
                yield decide(kind, (bare.member.key, first.member.key), reasons, "initials")


def _iter_introduced(concepts: Sequence[Profile]) -> Iterator[Judgement | None]:
    """Link what records introduce as one kind to what others mention as another kind under the same distinctive name."""
    named: defaultdict[str, list[Profile]] = defaultdict(list)
    for profile in concepts:
        if profile.member.kind in ARTEFACTS:
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


def spelling_reasons(left: str, right: str) -> list[Reason]:
    """Compare two names that `spelling` makes equal."""
    strict = [spelling([name], plural=False, american=False) for name in (left, right)]
    if strict[0] == strict[1]:
        return [FEATURES.reason("same spelling", 1.0, f"{left!r} and {right!r} differ in hyphens, spaces, case or marks only")]
    return [FEATURES.reason("same spelling", 0.95, f"{left!r} and {right!r} differ in plural or British spelling")]


def introduced_reasons(thing: Profile, mention: Profile) -> list[Reason]:
    """Compare two concepts of one name but different kinds, of which records introduce the first and only mention the second."""
    records = "1 record introduces" if thing.introduced == 1 else f"{thing.introduced} records introduce"
    found = [FEATURES.reason("introduced as", 1.0, f"{records} {thing.member.name!r} as {thing.member.kind}")]
    shared = {name for name, _ in thing.names} & {name for name, _ in mention.names}
    return [*found, FEATURES.reason("same print", 1.0)] if any(map(is_distinctive, shared)) else found


def acronym_reasons(acronym: str, long_form: str, support: int, evidence: int) -> list[Reason]:
    """Compare an acronym with a long form that `support` of the `evidence` records that spell it out give for it."""
    found = [
        FEATURES.reason("acronym", support / evidence, f"{support} of {evidence} records that spell out {acronym!r} give {long_form!r}")
    ]
    return [*found, FEATURES.reason("letters", 1.0)] if abbreviates(acronym, long_form) else found


def initials_reasons(bare: Profile, long_form: Profile, printed: Mapping[MemberKey, str]) -> list[Reason]:
    """Compare an acronym that no record spells out with the one name that has its initials."""
    acronym, name = printed[bare.member.key], printed[long_form.member.key]
    found = [FEATURES.reason("initials", 1.0, f"no other name has the initials {acronym!r}")]
    if both := set(bare.member.records) & set(long_form.member.records):
        records = "1 record prints" if len(both) == 1 else f"{len(both)} records print"
        found.append(FEATURES.reason("one record", 1.0, f"{records} {acronym!r} and {name!r}"))
    return found


def concept_contradictions(left: Profile, right: Profile, form_of: Mapping[MemberKey, Form], acronyms: Collection[str]) -> list[Reason]:
    """Give what speaks against two concepts that other names link: they are two long forms, or introduced as different kinds.

    `acronyms` holds the forms of all acronyms of the concepts so linked.
    """
    forms = {form_of[p.member.key].form for p in (left, right)}
    if len(forms) > 1 and not forms & set(acronyms):
        return [FEATURES.reason("different long forms", 1.0, f"{left.member.name!r}, {right.member.name!r}")]
    if left.introduced and right.introduced and left.member.kind != right.member.kind:
        return [FEATURES.reason("introduced as different kinds", 1.0, f"{left.member.kind}, {right.member.kind}")]
    return []
