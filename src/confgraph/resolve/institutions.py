"""Link raw affiliations to the organisations that they name.

    affiliation --split--> parts --look up--> candidates --score--> reasons --choose--> organisations

Every run of words of a part that an index knows as a name is a candidate for each organisation of that name. Candidates are scored
by the table `FEATURES`; of those that overlap, the longest good one stays. What is named is linked, not what it belongs to; the
departments of an organisation stand before it and are none themselves.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from confgraph.records import Reason
from confgraph.resolve.affiliations import Part, Word, parts, plain_words
from confgraph.resolve.institution_choice import Candidate, choose
from confgraph.resolve.institution_words import ANDS, AT, GENERAL, HOSPITALS, LAST_UNITS, QUALIFIERS, UNITS
from confgraph.resolve.organizations import NameKind, Naming, Organization, OrganizationIndex
from confgraph.resolve.score import Features, total

FEATURES: Final = Features(
    {
        "name": 0.7,
        "acronym": 0.45,
        "web domain": 0.85,
        "whole segment": 0.1,
        "same country": 0.15,
        "same city": 0.15,
        "parent named": 0.25,
        "well known": 0.32,
        "large": 0.1,
        "misprint": -0.02,
        "other country": -0.5,
        "several of this name": -0.3,
        "general words": -0.35,
        "part of a longer name": -0.6,
        "one word among others": -0.35,
        "unit of another": -0.35,
        "two of the register": -1.0,
    }
)
_EXACTNESS: Final = {NameKind.NAME: (1.0, 0.96), NameKind.ALIAS: (0.98, 0.95), NameKind.PART: (0.94, 0.93), NameKind.ACRONYM: (0.0, 0.0)}
"""How near words are to a name of each kind: as printed, and where they agree in another language, an abbreviation or a small word."""
_LONGEST: Final = 10
"""Words of a name, at most."""
_LONGEST_COUNTRY: Final = 3
_PLACE_WORDS: Final = 2
_LARGE: Final = 8.0
"""Binary logarithm of the number of relations that makes an organisation large."""
_SHORTEST_MISPRINT: Final = 5

_ABROAD: Final = 0.4
"""How much another country says of a company, which has offices in many."""
_KIN: Final = {
    "CN": frozenset({"HK", "MO", "TW"}),
    "US": frozenset({"PR"}),
    "FR": frozenset({"RE", "GP", "MQ", "NC", "PF"}),
    "GB": frozenset({"IM", "GI"}),
}
"""What is printed for a country may lie elsewhere."""


def link(raw: str, index: OrganizationIndex) -> list[Candidate]:
    """Link the organisations that a raw affiliation names, each once, in the order in which it names them.

    The score of each is the confidence in [0.77, 1] that it is named; the reasons say why.
    """
    linked: dict[str, Candidate] = {}
    for part in parts(raw):
        for candidate in _link_part(part, index):
            linked.setdefault(candidate.organization.id, candidate)
    return list(linked.values())


def _link_part(part: Part, index: OrganizationIndex) -> list[Candidate]:
    chosen = choose(Matcher(part, index).candidates(), part.words)
    if not chosen and (mended := _mended(part, index)):
        chosen = choose(Matcher(mended, index, misprint=True).candidates(), mended.words)
    return chosen or [found for domain in part.domains if (found := _at_domain(domain, len(part.words), index))]


def _at_domain(domain: str, end: int, index: OrganizationIndex) -> Candidate | None:
    """Find the organisation of an e-mail address: that of the longest domain, and of several the largest."""
    labels = domain.split(".")
    for i in range(len(labels) - 1):
        host = ".".join(labels[i:])
        if found := [index.organization(identifier) for identifier in index.at_domain(host)]:
            best = min(found, key=lambda o: (not o.known, -o.relations, o.id))
            reasons = (FEATURES.reason("web domain", 1.0, host),)
            return Candidate(end, end, host, best, NameKind.ALIAS, reasons, total(reasons))
    return None


def _mended(part: Part, index: OrganizationIndex) -> Part | None:
    """Replace the words that are one letter away from those of names."""
    words = list(part.words)
    for i, word in enumerate(words):
        if len(word.form) >= _SHORTEST_MISPRINT and (similar := index.similar_words(word.form)):
            words[i] = replace(word, form=similar[0])
    return Part(tuple(words), part.domains) if tuple(words) != part.words else None


class Matcher:
    """The names and countries that an index knows among the words of a part."""

    def __init__(self, part: Part, index: OrganizationIndex, *, misprint: bool = False) -> None:
        """Look up every run of words."""
        self.words = part.words
        self.index = index
        self.misprint = misprint
        self.keys = dict(self._iter_keys())
        campuses = list(self._iter_campuses())
        known = index.named(dict.fromkeys([*self.keys.values(), *(key for _, key in campuses)]))
        self.names = {span: known[key] for span, key in self.keys.items() if key in known}
        for span, key in campuses:
            self.names[span] = (*self.names.get(span, ()), *known.get(key, ()))
        self.names = {span: namings for span, namings in self.names.items() if namings}
        self.countries = dict(self._iter_countries())
        self.places: dict[str, list[tuple[int, int]]] = {}
        for span, namings in self.names.items():
            for naming in namings:
                if naming.kind is not NameKind.ACRONYM:
                    self.places.setdefault(naming.id, []).append(span)

    def _iter_keys(self) -> Iterator[tuple[tuple[int, int], str]]:
        """Yield every run of words that may be a name, with its key; acronyms in brackets are runs of their own."""
        content = [i for i, word in enumerate(self.words) if not word.small and not word.aside]
        for a, first in enumerate(content):
            key = ""
            for last in content[a : a + _LONGEST]:
                key += self.words[last].form
                if self._is_run(first, last):
                    yield (first, last + 1), key
        for i, word in enumerate(self.words):
            if word.aside:
                yield (i, i + 1), word.form

    def _iter_campuses(self) -> Iterator[tuple[tuple[int, int], str]]:
        """Yield a segment of a university with the key that a place further on makes of it: `University of ..., 12 Some Street, Town`."""
        segments: dict[int, list[int]] = {}
        for i, word in enumerate(self.words):
            if not word.small and not word.aside and not word.form.isdigit():
                segments.setdefault(word.segment, []).append(i)
        listed = list(segments.values())
        for at, first in enumerate(listed):
            if any(self.words[i].form in ("university", "indianinstitutetechnology") for i in first):
                for other in listed[at + 2 :]:
                    if len(other) <= _PLACE_WORDS:
                        yield (first[0], first[-1] + 1), "".join(self.words[i].form for i in (*first, *other))

    def _is_run(self, first: int, last: int) -> bool:
        """Tell whether words may be one name: where a comma is among them, the words before it must not be the rest of another name."""
        words = self.words
        if words[first].segment == words[last].segment or first == 0:
            return True
        before = words[first - 1]
        if before.form in AT or before.segment != words[first].segment:
            return True
        rest = before.small or before.form in GENERAL or words[first].form != "university"
        return rest and sum(w.segment == words[first].segment and not w.small for w in words[first : last + 1]) > 1

    def _iter_countries(self) -> Iterator[tuple[tuple[int, int], frozenset[str]]]:
        """Yield the countries that stand for themselves: no part of a name of several words."""
        longer = [span for span in self.names if span[1] - span[0] > 1]
        for span, key in self.keys.items():
            if span[1] - span[0] > _LONGEST_COUNTRY or (len(key) == 2 and not self.words[span[0]].printed.isupper()):
                continue
            if (codes := self.index.countries(key)) and not any(a <= span[0] and span[1] <= b and (a, b) != span for a, b in longer):
                yield span, frozenset(codes)

    def candidates(self) -> list[Candidate]:
        """Score the organisations of all names, best first within each run of words."""
        found = [self._candidate(span, naming) for span in self.names for naming in self._best(span)]
        return [candidate for candidate in found if candidate]

    def _best(self, span: tuple[int, int]) -> list[Naming]:
        """Keep one naming of each organisation: as a part of it, else that which is nearest to the words."""
        best: dict[str, Naming] = {}
        for naming in sorted(self.names[span], key=lambda n: (n.kind is not NameKind.PART, -self._exactness(span, n), n.words)):
            best.setdefault(naming.id, naming)
        return [best[identifier] for identifier in sorted(best)]

    def _candidate(self, span: tuple[int, int], naming: Naming) -> Candidate | None:
        start, end = span
        printed = [word.printed for word in self.words[start:end]]
        organization = self.index.organization(naming.id)
        if naming.kind is NameKind.ACRONYM and not _is_acronym(printed[0], organization):
            return None
        if (len(printed) == 1 and printed[0].islower()) or any(a <= start and end <= b for a, b in self.countries):
            return None
        if end - start == 1 and not self._is_known_acronym(span) and self._is_doubtful(span, naming, organization):
            return None
        reasons = [*self._name(span, naming), *self._place(span, organization), *self._relations(span, organization), *self._context(span)]
        if rivals := self._rivals(span, naming):
            reasons.append(FEATURES.reason("several of this name", 1 - 1 / (1 + rivals), f"{1 + rivals} organisations"))
        return Candidate(start, end, " ".join(printed), organization, naming.kind, tuple(reasons), total(reasons))

    def _is_named_too(self, identifier: str, span: tuple[int, int]) -> bool:
        """Tell whether words other than just those of a run name an organisation: a branch may have its parent's name."""
        return any(place != span for place in self.places.get(identifier, ()))

    def _rivals(self, span: tuple[int, int], naming: Naming) -> int:
        """Count the other organisations that the words name as well, without those that belong to it; an acronym is one of all."""
        if self.index.organization(naming.id).known:
            return len({n.id for n in self.names[span] if self.index.organization(n.id).known} - {naming.id})
        own = self._exactness(span, naming)
        others = {n.id for n in self.names[span] if n.kind is not NameKind.ACRONYM and self._exactness(span, n) >= own}
        if naming.kind is NameKind.ACRONYM:
            others = {n.id for n in self.names[span]}
        return len({other for other in others - {naming.id} if naming.id not in self.index.organization(other).parents})

    def _exactness(self, span: tuple[int, int], naming: Naming) -> float:
        """Say how near the words are to a name."""
        printed = plain_words(" ".join(word.printed for word in self.words[span[0] : span[1]] if not word.aside))
        exact = " ".join(printed) == naming.words
        return _EXACTNESS[naming.kind][0 if exact else 1]

    def _is_doubtful(self, span: tuple[int, int], naming: Naming, organization: Organization) -> bool:
        """Tell whether one word beside others is more likely a city than a university, or a word than a company without `Corporation`."""
        if naming.kind is NameKind.ACRONYM or all(span[0] <= i < span[1] or self._is_place(i) for i in range(len(self.words))):
            return False
        shortened = " " in naming.words and not organization.known
        return shortened or self.keys[span] in organization.cities or "education" in organization.kinds

    def _name(self, span: tuple[int, int], naming: Naming) -> Iterator[Reason]:
        words = self.words[span[0] : span[1]]
        printed = " ".join(word.printed for word in words)
        if naming.kind is NameKind.ACRONYM:
            yield FEATURES.reason("acronym", 1.0, printed)
        else:
            yield FEATURES.reason("name", self._exactness(span, naming), printed)
        if self.misprint:
            yield FEATURES.reason("misprint", 1.0)
        if all(word.form in GENERAL or word.small for word in words):
            fewer = len(words) > 2 and any(word.form == "university" for word in words)
            yield FEATURES.reason("general words", 0.3 if fewer else 1.0)

    def _place(self, span: tuple[int, int], organization: Organization) -> Iterator[Reason]:
        codes = {code for at, codes in self.countries.items() if at[1] <= span[0] or at[0] >= span[1] for code in codes}
        near = codes.union(*(_KIN.get(code, frozenset()) for code in codes))
        if near and organization.countries:
            if not near.isdisjoint(organization.countries):
                yield FEATURES.reason("same country", 1.0, organization.countries[0])
            else:
                yield FEATURES.reason("other country", _ABROAD if "company" in organization.kinds else 1.0, organization.countries[0])
        outside = (key for at, key in self.keys.items() if at[1] <= span[0] or at[0] >= span[1])
        if organization.cities and (found := next((key for key in outside if key in organization.cities), None)):
            yield FEATURES.reason("same city", 1.0, found)

    def _relations(self, span: tuple[int, int], organization: Organization) -> Iterator[Reason]:
        if any(self._is_named_too(parent, span) for parent in organization.parents):
            yield FEATURES.reason("parent named", 1.0)
        if organization.known:
            yield FEATURES.reason("well known", 1.0)
        if organization.relations:
            yield FEATURES.reason("large", min(1.0, math.log2(1 + organization.relations) / _LARGE), f"{organization.relations} relations")

    def _context(self, span: tuple[int, int]) -> Iterator[Reason]:
        start, end = span
        first, last = self.words[start], self.words[end - 1]
        before = [w for w in self.words[:start] if w.segment == first.segment]
        after = [w for w in self.words[end:] if w.segment == last.segment]
        closed = next((i for i, word in enumerate(after) if word.form in ANDS), len(after))
        opened = max((i + 1 for i, word in enumerate(before) if word.form in ANDS), default=0)
        whole = all(word.small for word in before[opened:]) and all(self._is_place(i) for i in range(end, end + closed))
        if whole:
            yield FEATURES.reason("whole segment", 1.0)
        if neighbour := self._longer(span, before, after):
            yield FEATURES.reason("part of a longer name", 1.0, neighbour)
        elif (
            not whole
            and not self._is_known_acronym(span)
            and not self._is_office(span, before, after)
            and sum(not word.small for word in self.words[start:end]) == 1
        ):
            yield FEATURES.reason("one word among others", 1.0)
        if (first.form in UNITS or last.form in LAST_UNITS) and self._followed(end):
            yield FEATURES.reason("unit of another", 1.0)

    def _is_known_acronym(self, span: tuple[int, int]) -> bool:
        """Tell whether a well-known organisation goes by these capitals."""
        printed = self.words[span[0]].printed
        known = (n for n in self.names[span] if self.index.organization(n.id).known)
        return len(printed) > 2 and printed.isupper() and any(known)

    def _is_office(self, span: tuple[int, int], before: Sequence[Word], after: Sequence[Word]) -> bool:
        """Tell whether a well-known name opens a segment, with the name of a place after it: `Google London`."""
        known = any(n.kind is not NameKind.ACRONYM and self.index.organization(n.id).known for n in self.names[span])
        return known and not before and len(after) <= _PLACE_WORDS and all(w.form not in GENERAL and w.printed[0].isupper() for w in after)

    def _longer(self, span: tuple[int, int], before: Sequence[Word], after: Sequence[Word]) -> str:
        """Give the neighbour of a name that makes it a piece of another name, or nothing."""
        start = span[0]
        if before and before[-1].form in QUALIFIERS:
            return before[-1].printed
        following = self.words[start + 1] if span[1] > start + 1 else None
        opens = self.words[start].form == "university" and following is not None and (not following.small or following.form in ANDS)
        if opens and start and self.words[start - 1].form == "technology":
            return self.words[start - 1].printed
        if opens and before and not before[-1].small:
            return before[-1].printed
        several = span[1] > start + 1
        if after and several and after[0].joined and not after[0].printed.isupper():
            return after[0].printed
        if after and (after[0].form in HOSPITALS or after[0].printed.casefold() in ("of", "for")):
            return after[0].printed
        return ""

    def _followed(self, end: int) -> bool:
        """Tell whether a name of several words, no country, stands after a place."""
        return any(
            a >= end and b - a > 1 and (a, b) not in self.countries and any(n.kind is not NameKind.ACRONYM for n in namings)
            for (a, b), namings in self.names.items()
        )

    def _is_place(self, at: int) -> bool:
        word = self.words[at]
        return word.small or word.form.isdigit() or any(a <= at < b for a, b in self.countries)


def _is_acronym(printed: str, organization: Organization) -> bool:
    """Tell whether a word is printed as an acronym; those of two letters stand for too much."""
    return sum(c.isupper() for c in printed) > (1 if organization.known else 2)
