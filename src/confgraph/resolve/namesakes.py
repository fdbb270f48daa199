"""Estimate how many people share a name, from how many people there are of each surname and of each given name.

Surname and given name are taken as independent: of all full names, `surnames[s] * given[g] / total` are expected to be
this one, and of their holders a share to have a middle name that is printed. It is well below one for `Dieter Fox` and
above it for `Wei Wang`, where one printed name is many people.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Protocol

from confgraph import resources
from confgraph.resolve.given_names import block_of, first_name, has_initial_only
from confgraph.resolve.names import PersonName

_UNLISTED: Final = 5
"""How many people a table is taken to know of a name that it does not list."""
_FURTHER: Final = 0.1
_FURTHER_INITIAL: Final = 0.3
"""Which share of the people of a name also have a certain second given name, or its initial; rough."""
_INITIALS: Final = 8
"""Over how many initials the people of a surname are taken to spread, where only the surname is counted."""


class Namesakes(Protocol):
    """What is known of the names of a population."""

    def holders(self, name: PersonName) -> float:
        """Estimate how many people have this full name."""

    def sharers(self, block: tuple[str, str]) -> float:
        """Estimate how many given names the people of a surname and first initial have."""

    def rarity(self, block: tuple[str, str]) -> float:
        """Tell how much it says that two papers share a co-author of this surname and initial, in nats; 0 or more."""


def _share(name: PersonName) -> float:
    """Give the share of the people of a first name and surname who have the further given names as well."""
    return math.prod(_FURTHER if len(given) > 1 else _FURTHER_INITIAL for given in name.given[1:])


@dataclass(frozen=True, slots=True)
class CountedNames:
    """The names of some papers: people per surname and per given name, given names per block, papers per block."""

    surnames: Mapping[str, int]
    given: Mapping[str, int]
    blocks: Mapping[tuple[str, str], int]
    papers: Mapping[tuple[str, str], int]
    names: int
    total: int

    def holders(self, name: PersonName) -> float:
        """Estimate how many people have this full name."""
        block = block_of(name)
        surname = self.surnames.get(block[0], 1) if block else 1
        return surname * self.given.get(first_name(name), 1) / max(self.names, 1) * _share(name)

    def sharers(self, block: tuple[str, str]) -> float:
        """Count the given names of a block."""
        return self.blocks.get(block, 0)

    def rarity(self, block: tuple[str, str]) -> float:
        """Give the logarithm of papers in all to papers with such an author (inverse document frequency)."""
        return math.log(max(self.total, 1) / max(self.papers.get(block, 1), 1))


def count_names(author_lists: Iterable[Iterable[PersonName]]) -> CountedNames:
    """Count the names of papers, each given by its authors; only full given names say how common a name is."""
    full: set[tuple[str, str]] = set()
    papers: Counter[tuple[str, str]] = Counter()
    total = 0
    for authors in author_lists:
        total += 1
        blocks = set()
        for name in authors:
            if block := block_of(name):
                blocks.add(block)
                if not has_initial_only(name):
                    full.add((block[0], first_name(name)))
        papers.update(blocks)
    surnames, given = Counter(s for s, _ in full), Counter(g for _, g in full)
    return CountedNames(surnames, given, Counter((s, g[0]) for s, g in full), papers, len(full), total)


@dataclass(frozen=True, slots=True)
class ListedNames:
    """The common names of a large population; names that are not listed are taken as rare."""

    surnames: Mapping[str, int]
    given: Mapping[str, int]
    names: int

    def holders(self, name: PersonName) -> float:
        """Estimate how many people have this full name."""
        block = block_of(name)
        surname = self.surnames.get(block[0], _UNLISTED) if block else _UNLISTED
        return surname * self.given.get(first_name(name), _UNLISTED) / self.names * _share(name)

    def sharers(self, block: tuple[str, str]) -> float:
        """Estimate the given names of a block from those of its surname."""
        return self.surnames.get(block[0], _UNLISTED) / _INITIALS

    def rarity(self, block: tuple[str, str]) -> float:
        """Give the logarithm of names in all to names of the block."""
        return math.log(self.names / max(self.sharers(block), 1.0))


@lru_cache(maxsize=1)
def common_names() -> ListedNames:
    """Read the table of common names: `surname` or `given`, the name, and how many of `names` full names have it."""
    tables: dict[str, dict[str, int]] = {"surname": {}, "given": {}, "names": {}}
    text = (resources.folder("data/gazetteers") / "common_names.tsv").read_text(encoding="utf-8")
    for part, name, count in resources.split_rows(text):
        tables[part][name] = int(count)
    return ListedNames(tables["surname"], tables["given"], tables["names"]["all"])
