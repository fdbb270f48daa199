"""Judge the scored pairs: a judgement is the datum from which entities follow, with the reasons that led to it.

All kinds go one way: `decide` makes the judgement of a pair from its reasons, `keep_apart` adds the
judgements that forbid what chains of pairs would merge. A decision of a person would be one more
`Judgement` for its pair, in place of the one made here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from confgraph.records import Decision, EntityKind, Judgement, MemberKey, Reason
from confgraph.resolve import score
from confgraph.resolve.block import (
    ConceptBlocks,
    LongForm,
    abstracts,
    block_pairs,
    concept_blocks,
    paper_pairs,
    people_blocks,
    shingles,
)
from confgraph.resolve.cluster import components
from confgraph.resolve.keys import judgement_id, kind_of
from confgraph.resolve.members import Appearance, Paper, Profile
from confgraph.resolve.names import given_agreement
from confgraph.resolve.spelling import is_distinctive

SAME_FROM: Final = 0.7
"""Score from which two members are one entity; a false merge is worse than a duplicate."""

_CERTAIN_SHARE: Final = 0.9
"""Share of the records that a long form needs where an acronym has several."""
_ENOUGH_RECORDS: Final = 3
_SHORT_ACRONYM: Final = 2
"""Acronyms of at most two letters and digits stand for many things, so that one record is no evidence."""

_ARTEFACTS: Final = (EntityKind.METHOD, EntityKind.DATASET, EntityKind.SOFTWARE)
_CONCEPTS: Final = (*_ARTEFACTS, EntityKind.TASK, EntityKind.METRIC, EntityKind.ORGANIZATION)

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


def judge_papers(papers: Sequence[Paper]) -> list[Judgement]:
    """Judge the papers whose abstracts share runs of words."""
    pairs = paper_pairs(papers)
    texts = sorted({text for pair in pairs for paper in pair for text in abstracts(paper)})
    runs = {text: shingles(text) for text in texts}
    judged = [decide(EntityKind.PAPER, (a.key, b.key), score.paper_reasons(a, b, runs), "abstract") for a, b in pairs]
    by_key = {paper.key: paper for paper in papers}

    def contradictions(a: MemberKey, b: MemberKey, _: Sequence[MemberKey]) -> Sequence[Reason]:
        return score.paper_contradictions(by_key[a], by_key[b])

    return keep_apart(filter(None, judged), contradictions)


def judge_people(people: Sequence[Appearance], paper_of: Sequence[MemberKey]) -> list[Judgement]:
    """Judge the people of one surname in one paper; `paper_of` holds the key of the paper entity of each entry."""
    blocks = people_blocks(people, lambda person: paper_of[person.entry])
    judged = [
        decide(EntityKind.PERSON, (a.key, b.key), score.person_reasons(a, b, tie), by)
        for block in blocks
        for a, b, tie, by in _iter_ties(block)
    ]
    by_key: defaultdict[MemberKey, list[Appearance]] = defaultdict(list)
    for person in people:
        by_key[person.key].append(person)

    def contradictions(a: MemberKey, b: MemberKey, _: Sequence[MemberKey]) -> Sequence[Reason]:
        return score.person_contradictions(by_key[a], by_key[b])

    return keep_apart(filter(None, judged), contradictions)


def _iter_ties(block: Sequence[Appearance]) -> Iterator[tuple[Appearance, Appearance, str, str]]:
    """Yield the pairs of a block with the feature that ties them and its short name."""
    for a, b in block_pairs(block):
        if a.key == b.key:
            continue
        if a.position and b.position:
            if a.entry != b.entry and a.position == b.position:
                yield a, b, "same position", "position"
            elif a.entry != b.entry and _same_full_name(a, b):
                yield a, b, "same paper", "name"
        elif a.position or b.position:
            author, speaker = (a, b) if a.position else (b, a)
            if _only_one(block, author, speaker):
                yield a, b, "speaker and author", "speaker"
        elif _same_full_name(a, b):
            yield a, b, "same paper", "name"


def _same_full_name(a: Appearance, b: Appearance) -> bool:
    return bool(a.parsed.given) and a.parsed == b.parsed


def _only_one(block: Sequence[Appearance], author: Appearance, speaker: Appearance) -> bool:
    """Say whether the author is the only one of the list that the speaker can be, and the speaker the only one that fits the author."""
    authors = {p.key for p in block if p.position and p.entry == author.entry and _compatible(p, speaker)}
    speakers = {p.key for p in block if not p.position and p.entry == speaker.entry and _compatible(p, author)}
    return authors == {author.key} and speakers == {speaker.key}


def _compatible(a: Appearance, b: Appearance) -> bool:
    """Say whether two people of one surname may be one: given names agree, or one stands before "et al." without any."""
    agreement = given_agreement(a.parsed, b.parsed)
    return a.others or b.others if agreement is None else agreement > 0


def judge_concepts(profiles: Sequence[Profile]) -> list[Judgement]:
    """Judge concepts by spelling, by acronym, and by what records introduce."""
    concepts = [p for p in profiles if p.member.kind in _CONCEPTS]
    blocks = concept_blocks(concepts)
    judged = [*_iter_spellings(blocks), *_iter_acronyms(blocks), *_iter_introduced(concepts)]
    by_key = {p.member.key: p for p in concepts}
    acronyms_of = _acronym_spellings(blocks)

    def contradictions(a: MemberKey, b: MemberKey, group: Sequence[MemberKey]) -> Sequence[Reason]:
        acronyms = {short for key in group for short in acronyms_of.get(key, ())}
        return score.concept_contradictions(by_key[a], by_key[b], blocks.spelling_of, acronyms)

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
            reasons = score.spelling_reasons(first.member.name, other.member.name)
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
                reasons = score.acronym_reasons(bare.name, long_form.name, forms[0].support, evidence)
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
                    reasons = score.introduced_reasons(thing, other)
                    yield decide(thing.member.kind, (thing.member.key, other.member.key), reasons, "introduced")
