"""Name what belongs to a work: the authorships, talks and results that its records state.

A record names a part by its own keys of the work and of whoever else the part belongs to, so that no other page has a say in
that name. Where records of one work state one part under several names, the smallest stands for all and the others are
replaced by it. A build that holds the record holds its name, as the one or the other, whatever is merged or parted there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from confgraph.graph.terms import Names
from confgraph.records import EntityKind, MemberKey, Record, RecordKind, Result, Talk
from confgraph.resolve import keys
from confgraph.text import fold

_PLACES: Final = ("room", "session", "track")
_TIMES: Final = ("start_time", "end_time")


@dataclass(frozen=True, slots=True)
class Part:
    """What belongs to a work: its `kind`, the record's keys of what it belongs to, None where it names none, and what else tells it apart.

    >>> Part("result", (MemberKey("paper|bees"), MemberKey("metric|accuracy"), None, None), ("79.2", "%")).names
    ('bees', 'accuracy', '', '', '79.2', '%')
    """

    kind: str
    wholes: tuple[MemberKey | None, ...]
    identity: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Give what the IRI of the part is minted from."""
        return *(keys.identity_of(key) if key else "" for key in self.wholes), *self.identity


def is_event(record: Record) -> bool:
    """Tell whether a record describes an event, such as a tutorial, instead of a paper."""
    return record.kind in (RecordKind.TUTORIAL, RecordKind.TALK)


def programme_field(record: Record) -> str | None:
    """Name the first field that places a paper in a programme; a time that stands for its printed talks does not."""
    fields = _PLACES if record.talks else (*_PLACES, *_TIMES)
    return None if is_event(record) else next((field for field in fields if getattr(record, field)), None)


def authorship(paper: MemberKey, person: MemberKey) -> Part:
    """Name that a person is an author of a paper."""
    return Part("authorship", (person, paper))


def programme_talk(paper: MemberKey, occasion: str, event: str | None) -> Part:
    """Name the talk that a paper's place in the programme of an event stands for."""
    return Part("talk", (paper,), (occasion, fold(event or "")))


def printed_talk(paper: MemberKey, occasion: str, talk: Talk) -> Part:
    """Name a presentation that a record prints."""
    return Part("talk", (paper,), (occasion, fold(talk.label), talk.start_time or ""))


def iter_results(paper: MemberKey, record: Record) -> Iterator[tuple[Result, Part]]:
    """Yield the numbers that a record reports, named by metric, dataset and method as it lists them, else by their names alone."""
    listed: dict[tuple[EntityKind, str], MemberKey] = {}
    for field, i, key in keys.iter_concepts(record) if record.results else ():
        item = getattr(record, field)[i]
        for name in (item.name, *item.aliases):
            listed.setdefault((keys.kind_of(key), fold(name)), key)

    def of(kind: EntityKind, name: str | None) -> MemberKey | None:
        return (listed.get((kind, fold(name))) or keys.concept_key(kind, name)) if name else None

    for result in record.results:
        metric, dataset = of(EntityKind.METRIC, result.metric), of(EntityKind.DATASET, result.dataset)
        wholes = (paper, metric, dataset, of(EntityKind.METHOD, result.method))
        yield result, Part("result", wholes, (result.value, result.unit or ""))


def iter_parts(record: Record, occasion: str) -> Iterator[Part]:
    """Yield every part of its work that a record states; `occasion` is that within which its names hold."""
    paper = keys.paper_key(record, occasion)
    for author in record.authors:
        yield authorship(paper, keys.person_key(author, record, occasion))
    for talk in record.talks:
        yield printed_talk(paper, occasion, talk)
    if programme_field(record):
        yield programme_talk(paper, occasion, record.event)
    for _, part in iter_results(paper, record):
        yield part


def unite(stated: Iterable[Part], names: Names) -> Mapping[Part, Part]:
    """Give for each part the one that stands for it: of those that belong to the same entities, the one with the smallest keys."""
    alike: dict[tuple[str, tuple[MemberKey | None, ...], tuple[str, ...]], set[Part]] = {}
    for part in stated:
        entities = tuple(names.entity(key).key if key else None for key in part.wholes)
        alike.setdefault((part.kind, entities, part.identity), set()).add(part)
    smallest = ((min(group, key=lambda part: [key or "" for key in part.wholes]), group) for group in alike.values())
    return {part: first for first, group in smallest for part in group}
