"""Choose among the candidates of a part those that it names: what nests and what adds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from confgraph.records import Reason
from confgraph.resolve.affiliations import Word, key_words
from confgraph.resolve.institution_words import ANDS, OWN, UNITS
from confgraph.resolve.organizations import NameKind, Organization

LINKED_FROM: Final = 0.77
"""Score from which a name is linked; a wrong organisation is worse than none."""
_ADDED_FROM: Final = 0.95
"""Score from which a name is linked besides a better one: an `and` stands in names of departments too."""
_MARGIN: Final = 0.02
"""By how much an organisation must be better than its namesakes."""
_TEACHING: Final = 0.3
"""What is added for a university where only commas join it with others: they are laboratories and institutes that it runs with them."""
_TEACHING_LETTERS: Final = 0.1
_MANY: Final = 40
"""Relations of an organisation that runs laboratories all over a country, at least."""
_TAUGHT: Final = frozenset({"education", "company", "healthcare"})
"""Kinds of organisations that run none."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """That the words `[start, end)` of a part, `printed`, may name an organisation; `score` is the sum of the reasons, in [0, 1]."""

    start: int
    end: int
    printed: str
    organization: Organization
    kind: NameKind
    reasons: tuple[Reason, ...]
    score: float


def choose(candidates: Sequence[Candidate], words: Sequence[Word]) -> list[Candidate]:
    """Choose the candidates to link, in the order of the words.

    Of candidates that overlap, the longest good one stays. Then commas nest and `and` adds: of what only commas join, one is the place of
    work and the others are its departments or what it belongs to.
    """
    good = _apart(candidates)
    wholes = {candidate.organization.id: candidate for candidate in good}
    units = {c.organization.id for c in good if any(_is_unit(c, wholes[parent]) for parent in c.organization.parents if parent in wholes)}
    chosen: list[Candidate] = []
    for candidate in sorted(good, key=lambda c: (c.start - c.end, -_support(c), c.start)):
        if candidate.organization.id not in units and all(candidate.end <= c.start or candidate.start >= c.end for c in chosen):
            chosen.append(candidate)
    parents = {parent for candidate in chosen for parent in candidate.organization.parents}
    if not all(map(_is_umbrella, chosen)):
        parents |= {candidate.organization.id for candidate in chosen if _is_umbrella(candidate)}
    chains: list[list[Candidate]] = []
    for candidate in sorted((c for c in chosen if c.organization.id not in parents), key=lambda c: c.start):
        if chains and not _adds(words, chains[-1][-1], candidate):
            chains[-1].append(candidate)
        else:
            chains.append([candidate])
    named = [max(chain, key=lambda c: (_rank(c), -c.start)) for chain in chains]
    surest = max((candidate.score for candidate in named), default=0.0)
    return [candidate for candidate in named if candidate.score >= min(surest, _ADDED_FROM)]


def _rank(candidate: Candidate) -> float:
    """Rank what only commas join: universities first, those named in full before those named by letters."""
    teaches = "education" in candidate.organization.kinds
    return _support(candidate) + teaches * (_TEACHING_LETTERS if candidate.kind is NameKind.ACRONYM else _TEACHING)


def _adds(words: Sequence[Word], left: Candidate, right: Candidate) -> bool:
    """Tell whether two names that follow each other are of two places of work: a company is no department, and `and` adds.

    The `and` stands beside one of the names, or opens a segment; elsewhere it belongs to a department's name.
    """
    if _is_firm(left) != _is_firm(right):
        return True
    return any(
        words[i].form in ANDS
        and (i == left.end or words[i].segment != words[i - 1].segment or all(word.small for word in words[i + 1 : right.start]))
        for i in range(left.end, right.start)
    )


def _stands(candidate: Candidate) -> bool:
    """Tell whether a name stands for itself: the letters of an umbrella within a segment say whose the laboratory is."""
    whole = any(reason.feature == "whole segment" for reason in candidate.reasons)
    return whole or candidate.kind is not NameKind.ACRONYM or not _is_umbrella(candidate)


def _is_umbrella(candidate: Candidate) -> bool:
    """Tell whether an organisation runs laboratories with universities all over a country, as CNRS does: beside others it is a parent."""
    return candidate.organization.relations >= _MANY and _TAUGHT.isdisjoint(candidate.organization.kinds)


def _is_firm(candidate: Candidate) -> bool:
    """Tell whether a well-known company is all that a segment names."""
    organization = candidate.organization
    return organization.known and "company" in organization.kinds and any(r.feature == "whole segment" for r in candidate.reasons)


def _apart(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Keep the best candidate of each run of words where it is good and no namesake is about as good."""
    spans: dict[tuple[int, int], list[Candidate]] = {}
    for candidate in sorted(filter(_stands, candidates), key=lambda c: (-_support(c), c.organization.id)):
        spans.setdefault((candidate.start, candidate.end), []).append(candidate)
    return [
        group[0]
        for group in spans.values()
        if group[0].score >= LINKED_FROM and (len(group) == 1 or _support(group[0]) - _support(group[1]) >= _MARGIN)
    ]


def _is_unit(child: Candidate, parent: Candidate) -> bool:
    """Tell whether an organisation is a department or laboratory of a university that is named with it, and none of its own."""
    if "education" not in parent.organization.kinds or "company" in child.organization.kinds:
        return False
    words = set(key_words(child.organization.name))
    return "education" not in child.organization.kinds or (not words.isdisjoint(UNITS) and words.isdisjoint(OWN))


def _support(candidate: Candidate) -> float:
    return sum(reason.value * reason.weight for reason in candidate.reasons)
