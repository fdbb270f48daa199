"""Judge which people are one: those of one surname in one paper, and those whom names, co-authors, affiliations and ids tie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Final, NamedTuple

from confgraph.records import EntityKind, Judgement, MemberKey, Reason
from confgraph.resolve.authorships import conflicting
from confgraph.resolve.block import block_pairs
from confgraph.resolve.encounters import ids_of, judge_encounters
from confgraph.resolve.given_names import Fit, fit
from confgraph.resolve.judge import Contradictions, decide, keep_apart
from confgraph.resolve.members import Appearance, Entry
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
        "same id": 1.0,
        "different ids": -1.0,
        # From here on for people of different papers, in the order of `evidence.COLUMNS`: fitted by `bench/people.py --fit`.
        "same full name": 0.996,
        "middle name missing": 0.975,
        "short form of the given name": 0.976,
        "initials of the given names": 1.017,
        "initial of the given name": 1.099,
        "same initials": 1.059,
        "same initial": 1.126,
        "common name": -0.798,
        "many names fit the initial": -1.417,
        "many names fit the initials": -0.719,
        "shared co-authors": 0.022,
        "same affiliation": 0.044,
        "other affiliation": -0.079,
        "same topic": 0.025,
        "years apart": -0.133,
        "one venue series": 0.035,
        "same name in one catalogue": 0.832,
        "other name in one catalogue": -0.369,
        "shared co-authors of a common name": 0.472,
        "same affiliation of a common name": 0.596,
        "same topic of a common name": 0.081,
    }
)

_SPELT_OTHERWISE: Final = 0.8
"""Agreement of `Jun-Yan` and `Junyan`, and of `Bob` and `Robert`."""

_TIES: Final = {
    "same position": "both stand at this place of one paper's authors",
    "speaker and author": "the one speaks about the paper that the other wrote",
    "same paper": "both stand with one paper",
}


def judge_people(people: Sequence[Appearance], paper_of: Sequence[MemberKey], listed: Sequence[Entry]) -> list[Judgement]:
    """Judge the people of one surname in one paper, and authors across papers.

    `paper_of` holds the key of the paper entity of each entry of `listed`.
    """
    blocks = people_blocks(people, lambda person: paper_of[person.entry])
    judged = [
        judgement
        for block in blocks
        for a, b, tie, by in _iter_ties(block)
        if (judgement := decide(EntityKind.PERSON, (a.key, b.key), person_reasons(a, b, tie), by))
    ]
    judged += judge_encounters(people, listed, paper_of, FEATURES)
    by_key: defaultdict[MemberKey, list[Appearance]] = defaultdict(list)
    for person in people:
        by_key[person.key].append(person)

    known = {key: _known(by_key[key]) for judgement in judged for key in (judgement.left, judgement.right)}

    def compare(a: MemberKey, b: MemberKey) -> Sequence[Reason]:
        return _person_contradictions(known[a], known[b])

    def look(key: MemberKey) -> Hashable:
        return known[key].parsed, known[key].ids

    return keep_apart(judged, Contradictions(lambda _: compare, look, lambda key: known[key].lists))


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
    agreement = _agreement(a.parsed, b.parsed)
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
    given = _agreement(left.parsed, right.parsed)
    if given:
        found.append(FEATURES.reason("given names", given))
    return [*found, *_given_contradictions(left.parsed, right.parsed)]


class _Known(NamedTuple):
    """What is known of one key: its name, as printed and parsed, the entries of which it is an author, and its ids."""

    name: str
    parsed: PersonName
    lists: frozenset[int]
    ids: frozenset[tuple[str, str]]


def _known(people: Sequence[Appearance]) -> _Known:
    return _Known(people[0].name, people[0].parsed, frozenset(p.entry for p in people if p.position), ids_of(people))


def _person_contradictions(left: _Known, right: _Known) -> list[Reason]:
    """Give what speaks against two people: one author list, other ids, or other given names."""
    if left.lists & right.lists:
        return [FEATURES.reason("one author list", 1.0, f"{left.name!r} and {right.name!r} are both authors of one paper")]
    if left.ids and right.ids:
        if left.ids & right.ids:
            return []
        if schemes := conflicting(left.ids, right.ids):
            return [FEATURES.reason("different ids", 1.0, ", ".join(schemes))]
    return _given_contradictions(left.parsed, right.parsed)


def _agreement(left: PersonName, right: PersonName) -> float | None:
    """Compare given names as `given_agreement` does, and let spellings and nicknames agree too."""
    agreement = given_agreement(left, right)
    return _SPELT_OTHERWISE if agreement == 0 and fit(left, right) is not Fit.NONE else agreement


def _given_contradictions(left: PersonName, right: PersonName) -> list[Reason]:
    if left == right or _agreement(left, right) != 0:
        return []
    return [FEATURES.reason("different given names", 1.0, " / ".join(" ".join(name.given) for name in (left, right)))]
