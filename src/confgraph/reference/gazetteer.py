"""Read the organisations and countries that come with confgraph, and join them with a register that the user gives."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import chain
from typing import Final, Protocol

from confgraph import resources
from confgraph.reference.misprints import similar
from confgraph.resolve.affiliations import key, key_words, plain_words
from confgraph.resolve.organizations import NameKind, Naming, Organization

_PREFIX: Final = "https://ror.org/"
_PART: Final = ">"
"""Stands before the name of a laboratory or brand, which names the organisation in affiliations and is no other name of it."""
_SHORTEST_WORD: Final = 5
_LONGEST_ACRONYM: Final = 6


class Register(Protocol):
    """What a register adds to the organisations that come with confgraph."""

    def named(self, keys: Collection[str]) -> dict[str, tuple[Naming, ...]]:
        """Give the organisations that each key names."""

    def organization(self, identifier: str) -> Organization:
        """Give the organisation of an id that this register has."""

    def has(self, identifier: str) -> bool:
        """Tell whether an organisation is one of the register."""

    def at_domain(self, domain: str) -> tuple[str, ...]:
        """Give the ids of the organisations whose web domain this is."""

    def similar_words(self, word: str) -> tuple[str, ...]:
        """Give the words of names that `word` may be a misprint of."""


class Gazetteer:
    """The organisations of a table `name, further names, kind, country, domains, ROR id`, and the countries of another.

    >>> known = Gazetteer([["ETH Zurich", "ETHZ", "education", "CH", "ethz.ch", "05a28rw58"]], [["CH", "Switzerland"]])
    >>> [naming.id for naming in known.named(["ethzurich"])["ethzurich"]], known.countries("switzerland")
    (['https://ror.org/05a28rw58'], ('CH',))
    """

    def __init__(self, organizations: Iterable[Sequence[str]], countries: Iterable[Sequence[str]]) -> None:
        """Take the cells of the rows of both tables."""
        self._organizations: dict[str, Organization] = {}
        self._names: defaultdict[str, list[Naming]] = defaultdict(list)
        self._domains: defaultdict[str, list[str]] = defaultdict(list)
        self._countries: defaultdict[str, list[str]] = defaultdict(list)
        self._words: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for row in organizations:
            self._add(*(*row, "", "", "", "", "")[:6])
        for code, *cells in countries:
            for name in chain.from_iterable(cell.split("|") for cell in cells):
                self._countries[key(name)].append(code)

    def _add(self, name: str, others: str, kind: str, country: str, domains: str, ror: str) -> None:
        iri = _PREFIX + ror if ror else None
        own = iri or f"{name}, {country}"
        self._organizations[own] = Organization(own, name, iri, (country,), kinds=(kind,), known=True)
        for cell in (name, *filter(None, others.split("|"))):
            form = cell.removeprefix(_PART)
            sort = NameKind.PART if cell != form else NameKind.NAME if form == name else _sort(form)
            self._names[key(form)].append(Naming(own, sort, " ".join(plain_words(form))))
            for word in key_words(form):
                if len(word) >= _SHORTEST_WORD and sort is not NameKind.ACRONYM:
                    self._words[word[:2]][word] += 1
        for domain in filter(None, domains.split("|")):
            self._domains[domain].append(own)

    def named(self, keys: Collection[str]) -> dict[str, tuple[Naming, ...]]:
        """Give the organisations that each key names; keys that name none are left out."""
        return {key: tuple(self._names[key]) for key in keys if key in self._names}

    def organization(self, identifier: str) -> Organization:
        """Give the organisation of an id that this index gave."""
        return self._organizations[identifier]

    def has(self, identifier: str) -> bool:
        """Tell whether an organisation is one of these."""
        return identifier in self._organizations

    def at_domain(self, domain: str) -> tuple[str, ...]:
        """Give the ids of the organisations whose web domain this is."""
        return tuple(self._domains.get(domain, ()))

    def countries(self, key: str) -> tuple[str, ...]:
        """Give the codes of the countries that a key names, by their own names or those of their states and provinces."""
        return tuple(self._countries.get(key, ()))

    def similar_words(self, word: str) -> tuple[str, ...]:
        """Give the words of names that `word` may be a misprint of, the most frequent first."""
        return similar(word, self._words.get(word[:2], Counter()).items())


def _sort(form: str) -> NameKind:
    return NameKind.ACRONYM if " " not in form and len(form) <= _LONGEST_ACRONYM and form.isupper() else NameKind.ALIAS


class Joined:
    """The organisations that come with confgraph together with those of a register, one for each ROR id."""

    def __init__(self, known: Gazetteer, register: Register) -> None:
        """Take both; where they know one organisation, the register describes it and the names of both count."""
        self._known = known
        self._register = register
        self._organizations: dict[str, Organization] = {}

    def named(self, keys: Collection[str]) -> dict[str, tuple[Naming, ...]]:
        """Give the organisations that each key names; keys that name none are left out."""
        found = self._register.named(keys)
        for name, namings in self._known.named(keys).items():
            found[name] = (*namings, *found.get(name, ()))
        return found

    def organization(self, identifier: str) -> Organization:
        """Give the organisation of an id that this index gave."""
        if identifier not in self._organizations:
            self._organizations[identifier] = self._described(identifier)
        return self._organizations[identifier]

    def _described(self, identifier: str) -> Organization:
        if not self._known.has(identifier):
            return self._register.organization(identifier)
        own = self._known.organization(identifier)
        return replace(self._register.organization(identifier), name=own.name, known=True) if self._register.has(identifier) else own

    def has(self, identifier: str) -> bool:
        """Tell whether an organisation is one of either."""
        return self._known.has(identifier) or self._register.has(identifier)

    def at_domain(self, domain: str) -> tuple[str, ...]:
        """Give the ids of the organisations whose web domain this is."""
        return tuple(dict.fromkeys((*self._known.at_domain(domain), *self._register.at_domain(domain))))

    def countries(self, key: str) -> tuple[str, ...]:
        """Give the codes of the countries that a key names."""
        return self._known.countries(key)

    def similar_words(self, word: str) -> tuple[str, ...]:
        """Give the words of names that `word` may be a misprint of, the likeliest first."""
        return self._register.similar_words(word)


def load() -> Gazetteer:
    """Read the tables that come with confgraph."""
    tables = {stem: resources.split_rows(text) for stem, text in resources.iter_files("data/gazetteers", ".tsv")}
    return Gazetteer(tables.get("organizations", []), tables.get("countries", []))
