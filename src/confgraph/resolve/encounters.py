"""Judge which people of different papers are one, by name and by what ties them; and by ids that pages print.

Whether a name is common is looked up in a table, and words weigh alike, so that a page changes nothing about people
whose names it does not hold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from confgraph.records import Decision, EntityKind, Judgement, MemberKey, Reason
from confgraph.resolve import score
from confgraph.resolve.authorships import Signature, Work, series
from confgraph.resolve.evidence import COLUMNS, NAME_COLUMNS, Weights
from confgraph.resolve.given_names import block_of
from confgraph.resolve.judge import OPEN_FROM
from confgraph.resolve.keys import judgement_id
from confgraph.resolve.linking import Scored, supported
from confgraph.resolve.members import Appearance, Entry
from confgraph.resolve.names import bare
from confgraph.resolve.namesakes import common_names
from confgraph.resolve.score import Features
from confgraph.text import words

_SHORTEST_TOPIC: Final = 5
"""Letters of the shortest word that says something about a topic."""
_PLACES: Final = frozenset(
    "academy and center centre china college computer computing de department dept division engineering faculty for france germany"
    " group inc informatics information institut institute intelligence international italy japan key kingdom korea lab laboratory labs"
    " ltd national of research school science sciences state states systems tech technologies technology the united univ universita"
    " universitat universite university usa".split()
)
"""Words of affiliations that name no place of their own."""


def judge_encounters(
    people: Sequence[Appearance], listed: Sequence[Entry], paper_of: Sequence[MemberKey], features: Features
) -> list[Judgement]:
    """Judge the authors of all entries across papers; `paper_of` holds the key of the paper entity of each entry.

    A name alone joins nobody. A pair that nearly suffices is left open.
    """
    by_key: defaultdict[MemberKey, list[Appearance]] = defaultdict(list)
    for person in people:
        if person.position:
            by_key[person.key].append(person)
    numbers = {paper: i for i, paper in enumerate(sorted(set(paper_of)))}
    keys, signatures = [], []
    for key in sorted(by_key):
        if block := block_of(by_key[key][0].parsed):
            keys.append(key)
            signatures.append(_signature(by_key[key], block, [numbers[paper_of[p.entry]] for p in by_key[key]]))
    works = _works(people, listed)
    scored = supported(works, signatures, _weights(), features.weights, OPEN_FROM)
    return [*_by_id(by_key, features), *(_judgement(pair, keys, signatures, works, by_key, features) for pair in scored)]


def ids_of(people: Sequence[Appearance]) -> frozenset[tuple[str, str]]:
    """Give the ids of one key; a scheme in which it has several is left out, for then the key holds several people."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for person in people:
        for scheme, value in person.ids:
            found[scheme].add(value)
    return frozenset((scheme, min(values)) for scheme, values in found.items() if len(values) == 1)


def _signature(people: Sequence[Appearance], block: tuple[str, str], papers: Sequence[int]) -> Signature:
    places = tuple((p.entry, p.position - 1) for p in people)
    return Signature(people[0].parsed, block, places, tuple(sorted(set(papers))), ids_of(people))


def _works(people: Sequence[Appearance], listed: Sequence[Entry]) -> list[Work]:
    """Make the work of each entry, in order."""
    authors: defaultdict[int, list[Appearance]] = defaultdict(list)
    for person in people:
        if person.position:
            authors[person.entry].append(person)
    return [_work(entry, authors[i]) for i, entry in enumerate(listed)]


def _work(entry: Entry, authors: Sequence[Appearance]) -> Work:
    record = entry.record
    topic = [record.title or "", *record.keywords, *(c.name for c in (*record.methods, *record.datasets, *record.tasks))]
    return Work(
        authors=tuple(a.parsed for a in authors),
        affiliations=tuple(
            tuple(dict.fromkeys(bare(word) for place in author.affiliations for word in words(place))) for author in record.authors
        ),
        words=tuple(dict.fromkeys(word for text in topic for word in words(text))),
        venue=series(entry.occasion),
        year=entry.year or 0,
    )


def _weights() -> Weights:
    return Weights(
        common_names(),
        topic=lambda word: float(len(word) >= _SHORTEST_TOPIC),
        place=lambda word: float(len(word) > 1 and word not in _PLACES),
    )


def _by_id(by_key: Mapping[MemberKey, Sequence[Appearance]], features: Features) -> Iterator[Judgement]:
    """Judge the keys with one id to be one, each with the next."""
    holders: defaultdict[tuple[str, str], list[MemberKey]] = defaultdict(list)
    for key in sorted(by_key):
        for identifier in ids_of(by_key[key]):
            holders[identifier].append(key)
    for identifier in sorted(holders):
        for left, right in pairwise(holders[identifier]):
            yield _judged(left, right, Decision.SAME, [features.reason("same id", 1.0, ": ".join(identifier))], "id")


def _judgement(
    pair: Scored,
    keys: Sequence[MemberKey],
    signatures: Sequence[Signature],
    works: Sequence[Work],
    by_key: Mapping[MemberKey, Sequence[Appearance]],
    features: Features,
) -> Judgement:
    left, right = keys[pair.left], keys[pair.right]
    names = f"{by_key[left][0].name!r}, {by_key[right][0].name!r}"
    shared = ", ".join(sorted(_co_authors(signatures[pair.left], works) & _co_authors(signatures[pair.right], works)))
    reasons = []
    for i, (feature, value) in enumerate(zip(COLUMNS, pair.values, strict=True)):
        if round(value, 2):
            note = names if i < len(NAME_COLUMNS) else shared if feature == "shared co-authors" else ""
            reasons.append(features.reason(feature, value, note))
    return _judged(left, right, Decision.SAME if pair.same else Decision.OPEN, reasons, "evidence")


def _co_authors(signature: Signature, works: Sequence[Work]) -> set[str]:
    authors = {author for w, p in signature.places for i, author in enumerate(works[w].authors) if i != p}
    return {
        f"{block[1].upper()}. {author.surname.title()}" for author in authors if (block := block_of(author)) and block != signature.block
    }


def _judged(left: MemberKey, right: MemberKey, decision: Decision, reasons: Sequence[Reason], by: str) -> Judgement:
    left, right = min(left, right), max(left, right)
    return Judgement(judgement_id(left, right), EntityKind.PERSON, left, right, decision, score.total(reasons), tuple(reasons), by)
