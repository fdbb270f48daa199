"""Score pairs: for each kind a table of named, weighted features, and the functions that read their values.

A feature's value is in [0, 1]. A positive weight speaks for one entity and a negative one against it; the score
is the sum of value times weight, held within [0, 1].
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import product
from typing import Final

from rapidfuzz.fuzz import ratio

from confgraph.records import MemberKey, Reason
from confgraph.resolve.block import abstracts
from confgraph.resolve.members import Appearance, Paper, Profile
from confgraph.resolve.names import PersonName, given_agreement, parse
from confgraph.resolve.spelling import abbreviates, is_distinctive, spelling

Shingles = Mapping[str, frozenset[int]]
"""The hashed shingles of each abstract."""

WEIGHTS: Final[Mapping[str, float]] = {
    # papers
    "same abstract": 0.75,
    "same title": 0.3,
    "same authors": 0.25,
    "same year": 0.05,
    "different titles": -0.6,
    "different authors": -0.5,
    "different years": -0.15,
    "same page": -1.0,
    # people
    "same surname": 0.4,
    "given names": 0.2,
    "same position": 0.4,
    "speaker and author": 0.35,
    "same paper": 0.3,
    "different given names": -1.0,
    "one author list": -1.0,
    # concepts
    "same spelling": 1.0,
    "acronym": 0.6,
    "letters": 0.4,
    "introduced as": 0.7,
    "same print": 0.3,
    "different long forms": -1.0,
    "introduced as different kinds": -1.0,
}

_NEARLY_EQUAL: Final = (0.8, 0.95)
"""A containment of 0.8 counts 0.95, since a changed word breaks five shingles; values are linear below and above."""
_FULL_EVIDENCE: Final = 20
"""Shared shingles that a short abstract needs to count in full."""
_SAME_TITLE: Final = 0.95
"""Similarity from which two titles are one with small edits; series of papers change one word of long titles."""
_MOST_SHARED: Final = 0.5
"""Share of authors below which two lists speak against one paper."""
_TITLES_DIFFER: Final = 0.85


def total(reasons: Sequence[Reason]) -> float:
    """Sum up reasons to a score in [0, 1] with two decimals."""
    return round(min(1.0, max(0.0, sum(r.value * r.weight for r in reasons))), 2)


def reason(feature: str, value: float, note: str = "") -> Reason:
    """Make the reason of a feature with its weight; the value is rounded to two decimals."""
    return Reason(feature, round(value, 2), WEIGHTS[feature], note)


def paper_reasons(left: Paper, right: Paper, runs: Shingles) -> list[Reason]:
    """Compare two papers by abstract, title, authors, year and page; features that cannot be read are left out."""
    found = [*_abstract_reasons(left, right, runs), *_title_reasons(left, right)]
    overlap = _author_overlap(left, right)
    if overlap is not None and overlap >= _MOST_SHARED:
        found.append(reason("same authors", overlap, f"{overlap:.0%} of the shorter list's surnames"))
    elif overlap is not None:
        found.append(reason("different authors", 1 - overlap, f"{overlap:.0%} of the shorter list's surnames"))
    years = [{e.year for e in paper.entries if e.year} for paper in (left, right)]
    if all(years):
        found.append(reason("same year" if years[0] & years[1] else "different years", 1.0))
    agree = _title_similarity(left, right) >= _SAME_TITLE and (overlap or 0) >= _MOST_SHARED
    if left.pages & right.pages and not agree:
        found.append(reason("same page", 1.0, "a page lists different papers"))
    return found


def paper_contradictions(left: Paper, right: Paper) -> list[Reason]:
    """Give what speaks against two papers that other papers link."""
    return [r for r in paper_reasons(left, right, {}) if r.value * r.weight <= -_MOST_SHARED]


def _title_similarity(left: Paper, right: Paper) -> float:
    """Compare titles from 0 to 1; a missing title is like none, and numbers must be equal."""
    if not (left.title and right.title):
        return 0.0
    numbers = [[w for w in paper.title.split() if any(c.isdigit() for c in w)] for paper in (left, right)]
    return ratio(left.title, right.title) / 100 if numbers[0] == numbers[1] else 0.0


def _title_reasons(left: Paper, right: Paper) -> list[Reason]:
    if not (left.title and right.title):
        return []
    alike = _title_similarity(left, right)
    if alike >= _SAME_TITLE:
        return [reason("same title", alike)]
    return [reason("different titles", 1.0, f"{left.title!r}, {right.title!r}")] if alike < _TITLES_DIFFER else []


def _abstract_reasons(left: Paper, right: Paper, runs: Shingles) -> list[Reason]:
    """Give the best containment of one abstract in another; few shared shingles count less."""
    best = (0.0, 0, 0)
    for a, b in product(abstracts(left), abstracts(right)):
        one, two = runs.get(a, frozenset()), runs.get(b, frozenset())
        shorter, shared = min(len(one), len(two)), len(one & two)
        if shorter:
            value = _closeness(shared / shorter) * min(1.0, shared / _FULL_EVIDENCE)
            best = max(best, (value, shared, shorter))
    value, shared, shorter = best
    return [reason("same abstract", value, f"{shared} of the shorter abstract's {shorter} runs of five words")] if shared else []


def _closeness(containment: float) -> float:
    """Turn a containment into the value of its feature; the order is kept, so that the closer of two abstracts wins."""
    bend, value = _NEARLY_EQUAL
    if containment < bend:
        return containment / bend * value
    return value + (containment - bend) / (1 - bend) * (1 - value)


def _author_overlap(left: Paper, right: Paper) -> float | None:
    """Give the best share of the shorter author list's surnames in the longer, or None where a list is missing.

    `X et al.` agrees with a list that opens with X.
    """
    shares = []
    for (one, cut), (two, cut_too) in product(_author_lists(left), _author_lists(right)):
        shorter, longer = sorted((set(one), set(two)), key=len)
        shares.append(float(one[0] == two[0]) if cut or cut_too else len(shorter & longer) / len(shorter))
    return max(shares, default=None)


def _author_lists(paper: Paper) -> list[tuple[tuple[str, ...], bool]]:
    """List the different author lists of a paper's records: surnames in order, and whether "et al." cuts them."""
    lists = {
        (tuple(parse(a.name).surname for a in e.record.authors), any(a.others for a in e.record.authors))
        for e in paper.entries
        if e.record.authors
    }
    return sorted(lists)


_TIES: Final = {
    "same position": "both stand at this place of one paper's authors",
    "speaker and author": "the one speaks about the paper that the other wrote",
    "same paper": "both stand with one paper",
}


def person_reasons(left: Appearance, right: Appearance, tie: str) -> list[Reason]:
    """Compare two people of one paper who share a surname; `tie` is the feature that brings them together."""
    found = [reason("same surname", 1.0, f"{left.name!r}, {right.name!r}"), reason(tie, 1.0, _TIES[tie])]
    given = given_agreement(left.parsed, right.parsed)
    if given:
        found.append(reason("given names", given))
    return [*found, *_given_contradictions(left.parsed, right.parsed)]


def person_contradictions(left: Sequence[Appearance], right: Sequence[Appearance]) -> list[Reason]:
    """Give what speaks against two people, of whom all appearances are given: one author list, or other given names."""
    lists = [{p.entry for p in side if p.position} for side in (left, right)]
    if lists[0] & lists[1]:
        return [reason("one author list", 1.0, f"{left[0].name!r} and {right[0].name!r} are both authors of one paper")]
    return _given_contradictions(left[0].parsed, right[0].parsed)


def _given_contradictions(left: PersonName, right: PersonName) -> list[Reason]:
    if given_agreement(left, right) != 0:
        return []
    return [reason("different given names", 1.0, " / ".join(" ".join(name.given) for name in (left, right)))]


def spelling_reasons(left: str, right: str) -> list[Reason]:
    """Compare two names that `spelling` makes equal."""
    strict = [spelling([name], plural=False, american=False) for name in (left, right)]
    if strict[0] == strict[1]:
        return [reason("same spelling", 1.0, f"{left!r} and {right!r} differ in hyphens, spaces or case only")]
    return [reason("same spelling", 0.95, f"{left!r} and {right!r} differ in plural or British spelling")]


def introduced_reasons(thing: Profile, mention: Profile) -> list[Reason]:
    """Compare two concepts of one name but different kinds, of which records introduce the first and only mention the second."""
    found = [reason("introduced as", 1.0, f"{thing.introduced} records introduce {thing.member.name!r} as {thing.member.kind}")]
    shared = {name for name, _ in thing.names} & {name for name, _ in mention.names}
    return [*found, reason("same print", 1.0)] if any(map(is_distinctive, shared)) else found


def acronym_reasons(acronym: str, long_form: str, support: int, evidence: int) -> list[Reason]:
    """Compare an acronym with a long form that `support` of the `evidence` records that spell it out give for it."""
    found = [reason("acronym", support / evidence, f"{support} of {evidence} records that spell out {acronym!r} give {long_form!r}")]
    return [*found, reason("letters", 1.0)] if abbreviates(acronym, long_form) else found


def concept_contradictions(left: Profile, right: Profile, spelling_of: Mapping[MemberKey, str], acronyms: Collection[str]) -> list[Reason]:
    """Give what speaks against two concepts that other names link: they are two long forms, or introduced as different kinds.

    `acronyms` holds the spellings of all acronyms of the concepts so linked.
    """
    keys = left.member.key, right.member.key
    spellings = {spelling_of[key] for key in keys}
    if len(spellings) > 1 and not spellings & set(acronyms):
        return [reason("different long forms", 1.0, f"{left.member.name!r}, {right.member.name!r}")]
    if left.introduced and right.introduced and left.member.kind != right.member.kind:
        return [reason("introduced as different kinds", 1.0, f"{left.member.kind}, {right.member.kind}")]
    return []
