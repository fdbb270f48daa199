"""Gather the records of each paper, so that what several pages say of one paper is said once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from confgraph.graph.parts import Part, iter_parts, unite
from confgraph.graph.terms import Names
from confgraph.records import Entity, MemberKey, Reading, Record
from confgraph.resolve import keys
from confgraph.text import plain

_NAME_WORDS: Final = 12
"""The words of an abstract that stand for a title."""


@dataclass(frozen=True, slots=True)
class Work:
    """A paper, tutorial or talk with its records, by file name and position.

    `name` is what people call it: the title, else the first words of the abstract, else the authors. `positions` gives the
    place of each person among the authors, from 1, in the leading list: the longest of those without "et al.", else the longest. Who
    stands only in another list has none, so that no place is taken twice. `parts` gives for each part that a record states the one
    that stands for it.
    """

    entity: Entity
    records: tuple[Record, ...]
    name: str
    positions: Mapping[MemberKey, int]
    parts: Mapping[Part, Part]

    @property
    def is_titled(self) -> bool:
        """Tell whether a page prints its title."""
        return any(record.title for record in self.records)

    @property
    def label(self) -> str:
        """Give the name, and before one that is no title the kind of work."""
        return self.name if self.is_titled else f"{self.records[0].kind.capitalize()}: {self.name}"

    @property
    def origin_of_title(self) -> Record | None:
        """Give the record that first prints the title, where another record of the paper has none."""
        titled = [record for record in self.records if record.title]
        return titled[0] if titled and len(titled) < len(self.records) else None


def gather(readings: Sequence[Reading], names: Names) -> dict[MemberKey, Work]:
    """Group the records of all pages by the key of the entity that they describe; sorted, for any order of pages."""
    records: dict[MemberKey, list[tuple[Record, str]]] = {}
    entities: dict[MemberKey, Entity] = {}
    for reading in readings:
        for record in reading.records:
            occasion = keys.occasion_of(reading, record)
            entity = names.entity(keys.paper_key(record, occasion))
            entities[entity.key] = entity
            records.setdefault(entity.key, []).append((record, occasion))
    return {key: _work(entities[key], records[key], names) for key in sorted(records)}


def _work(entity: Entity, members: list[tuple[Record, str]], names: Names) -> Work:
    members.sort(key=lambda m: (m[0].doc, m[0].page, m[0].ordinal))
    record, occasion = min(members, key=lambda m: (not m[0].authors, any(a.others for a in m[0].authors), -len(m[0].authors)))
    positions: dict[MemberKey, int] = {}
    for position, person in enumerate(iter_people(record, occasion, names), start=1):
        positions.setdefault(person.key, position)
    parts = unite((part for each in members for part in iter_parts(*each)), names)
    records = tuple(record for record, _ in members)
    return Work(entity, records, _name(entity, records), positions, parts)


def _name(entity: Entity, records: Sequence[Record]) -> str:
    if any(record.title for record in records):
        return plain(entity.label)
    first = records[0]
    known = plain(first.abstract) if first.abstract else ", ".join(plain(author.name) for author in first.authors)
    words = (known or entity.label).split()
    return " ".join(words[:_NAME_WORDS]) + ("…" if len(words) > _NAME_WORDS else "")


def iter_people(record: Record, occasion: str, names: Names) -> Iterator[Entity]:
    """Yield the person that each author of a record is, in printed order."""
    for author in record.authors:
        yield names.entity(keys.person_key(author, record, occasion))
