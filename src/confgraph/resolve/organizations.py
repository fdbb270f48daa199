"""Say what the linker needs to know of organisations, and from what it learns it: an index that is handed to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class NameKind(StrEnum):
    """How a name stands for an organisation: in full, as another name for it, by letters, or as that of a laboratory or brand of it."""

    NAME = "name"
    ALIAS = "alias"
    ACRONYM = "acronym"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Organization:
    """An organisation of a register.

    Attributes:
        id: tells it from all others: the IRI in ROR, else its name and country.
        name: for people.
        ror: its IRI in ROR, where it is known.
        countries: ISO 3166-1 codes of its places, the first that of its seat.
        cities: the keys of their names.
        kinds: what ROR says it is (`education`, `company`), sorted.
        parents: the ids of the organisations that it belongs to, sorted.
        relations: the number of organisations that it is related to, which grows with its size.
        known: whether it is one of the few hundred well known ones.
    """

    id: str
    name: str
    ror: str | None = None
    countries: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    relations: int = 0
    known: bool = False


@dataclass(frozen=True, slots=True)
class Naming:
    """That a name stands for an organisation; `words` are those of the name, without accents, in small letters."""

    id: str
    kind: NameKind
    words: str


class OrganizationIndex(Protocol):
    """What looks organisations up by the keys of `affiliations.key`; the same questions get the same answers in the same order."""

    def named(self, keys: Collection[str]) -> Mapping[str, Sequence[Naming]]:
        """Give the organisations that each key names; keys that name none are left out."""

    def organization(self, identifier: str) -> Organization:
        """Give the organisation of an id that this index gave."""

    def has(self, identifier: str) -> bool:
        """Tell whether an organisation is one of the index."""

    def at_domain(self, domain: str) -> Sequence[str]:
        """Give the ids of the organisations whose web domain this is."""

    def countries(self, key: str) -> Sequence[str]:
        """Give the codes of the countries that a key names, by their own names or those of their states and provinces."""

    def similar_words(self, word: str) -> Sequence[str]:
        """Give the words of names, as in keys, that `word` may be a misprint of, the likeliest first."""
