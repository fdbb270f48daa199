"""Judge which people are one: those of one surname in one paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Final

from confgraph.records import EntityKind, Judgement, MemberKey, Reason
from confgraph.resolve.block import block_pairs
from confgraph.resolve.judge import decide, keep_apart
from confgraph.resolve.members import Appearance
from confgraph.resolve.names import PersonName, given_agreement
from confgraph.resolve.score import Features

FEATURES: Final = Features(
    {
        "same surname": 0.4,
        "given names": 0.2,
        "same position": 0.4,
        "speaker and author": 0.35,
        "same paper": 0.3,
        "different given names": -1.0,
        "one author list": -1.0,
    }
)

_TIES: Final = {
    "same position": "both stand at this place of one paper's authors",
    "speaker and author": "the one speaks about the paper that the other wrote",
    "same paper": "both stand with one paper",
}


def judge_people(people: Sequence[Appearance], paper_of: Sequence[MemberKey]) -> list[Judgement]:
    """Judge the people of one surname in one paper; `paper_of` holds the key of the paper entity of each entry."""
    blocks = people_blocks(people, lambda person: paper_of[person.entry])
    judged = [
        decide(EntityKind.PERSON, (a.key, b.key), person_reasons(a, b, tie), by) for block in blocks for a, b, tie, by in _iter_ties(block)
    ]
    by_key: defaultdict[MemberKey, list[Appearance]] = defaultdict(list)
    for person in people:
        by_key[person.key].append(person)

    def contradictions(a: MemberKey, b: MemberKey, _: Sequence[MemberKey]) -> Sequence[Reason]:
        return person_contradictions(by_key[a], by_key[b])

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


def people_blocks(people: Sequence[Appearance], paper_of: Callable[[Appearance], Hashable]) -> list[tuple[Appearance, ...]]:
    """Group the appearances in each paper by surname, in the order of the first appearance; groups of one key are left out."""
    grouped: defaultdict[tuple[Hashable, str], list[Appearance]] = defaultdict(list)
    for person in people:
        grouped[paper_of(person), person.parsed.surname].append(person)
    return [tuple(block) for block in grouped.values() if len({p.key for p in block}) > 1]


def person_reasons(left: Appearance, right: Appearance, tie: str) -> list[Reason]:
    """Compare two people of one paper who share a surname; `tie` is the feature that brings them together."""
    found = [FEATURES.reason("same surname", 1.0, f"{left.name!r}, {right.name!r}"), FEATURES.reason(tie, 1.0, _TIES[tie])]
    given = given_agreement(left.parsed, right.parsed)
    if given:
        found.append(FEATURES.reason("given names", given))
    return [*found, *_given_contradictions(left.parsed, right.parsed)]


def person_contradictions(left: Sequence[Appearance], right: Sequence[Appearance]) -> list[Reason]:
    """Give what speaks against two people, of whom all appearances are given: one author list, or other given names."""
    lists = [{p.entry for p in side if p.position} for side in (left, right)]
    if lists[0] & lists[1]:
        return [FEATURES.reason("one author list", 1.0, f"{left[0].name!r} and {right[0].name!r} are both authors of one paper")]
    return _given_contradictions(left[0].parsed, right[0].parsed)


def _given_contradictions(left: PersonName, right: PersonName) -> list[Reason]:
    if given_agreement(left, right) != 0:
        return []
    return [FEATURES.reason("different given names", 1.0, " / ".join(" ".join(name.given) for name in (left, right)))]
