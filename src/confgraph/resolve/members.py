"""Gather what all readings say of each member key: the input of blocking, scoring and naming.

An `Entry` is a record with the occasion of its page, a `Paper` is all entries of one paper key, an
`Appearance` is one person of an entry, and a `Profile` (the usual word in entity resolution) holds the
printed names of one key with the number of records that print them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from confgraph.records import Author, Concept, EntityKind, Introduced, Member, MemberKey, PageId, Reading, Record, RecordId
from confgraph.resolve.keys import concept_key, iter_concepts, kind_of, occasion_of, paper_key, person_key
from confgraph.resolve.names import PersonName, parse
from confgraph.text import plain, words

_OPENING: Final = 10
"""Words of an abstract that name a paper without a title."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A record, the key of its paper, the occasion in which names of people are told apart, and its year where one is known."""

    record: Record
    paper: MemberKey
    occasion: str
    year: int | None


@dataclass(frozen=True, slots=True)
class Paper:
    """All entries of one paper key, in the order of pages; `title` is the title's words, joined, or empty."""

    key: MemberKey
    title: str
    entries: tuple[Entry, ...]

    @property
    def pages(self) -> frozenset[PageId]:
        """The pages that list the paper."""
        return frozenset(e.record.page for e in self.entries)


@dataclass(frozen=True, slots=True)
class Appearance:
    """A person of an entry: an author at a 1-based `position`, or a speaker, whose position is 0; `ids` are (scheme, id)."""

    key: MemberKey
    name: str
    parsed: PersonName
    entry: int
    position: int
    others: bool
    ids: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """What all readings say of one key; names and acronyms come most frequent first, with their number of records.

    `introduced` counts the records that introduce the thing.
    """

    member: Member
    names: tuple[tuple[str, int], ...]
    acronyms: tuple[tuple[str, int], ...] = ()
    introduced: int = 0


@dataclass(slots=True)
class _Draft:
    names: Counter[str] = field(default_factory=Counter)
    acronyms: Counter[str] = field(default_factory=Counter)
    records: set[RecordId] = field(default_factory=set)
    introduced: int = 0


def entries(readings: Sequence[Reading]) -> tuple[Entry, ...]:
    """List the records of all readings, ordered by page and position whatever the order of the readings."""
    listed = []
    for reading in sorted(readings, key=lambda r: (r.page.name, r.page.id)):
        conference = reading.facts.conference
        for record in sorted(reading.records, key=lambda r: (r.ordinal, r.id)):
            occasion = occasion_of(reading, record)
            year = record.year or (conference.year if conference else None)
            listed.append(Entry(record, paper_key(record, occasion), occasion, year))
    return tuple(listed)


def papers(listed: Sequence[Entry]) -> tuple[Paper, ...]:
    """Group entries by paper key, sorted by key."""
    grouped: defaultdict[MemberKey, list[Entry]] = defaultdict(list)
    for entry in listed:
        grouped[entry.paper].append(entry)
    return tuple(Paper(k, " ".join(words(group[0].record.title or "")), tuple(group)) for k, group in sorted(grouped.items()))


def appearances(listed: Sequence[Entry]) -> tuple[Appearance, ...]:
    """List the authors and the speakers of all entries; `Appearance.entry` is the index in `listed`."""
    return tuple(found for i, entry in enumerate(listed) for found in _iter_people(entry, i))


def _iter_people(entry: Entry, index: int) -> Iterator[Appearance]:
    def appearance(person: Author, position: int) -> Appearance:
        key = person_key(person, entry.record, entry.occasion)
        name = plain(person.name)
        return Appearance(key, name, parse(name), index, position, person.others, tuple(sorted(person.ids.items())))

    for position, author in enumerate(entry.record.authors, 1):
        yield appearance(author, position)
    for talk in entry.record.talks:
        for speaker in talk.speakers:
            yield appearance(speaker, 0)


def profiles(readings: Sequence[Reading], listed: Sequence[Entry], people: Iterable[Appearance]) -> dict[MemberKey, Profile]:
    """Make the profile of every key that the keys module yields for these readings, sorted by key."""
    drafts: defaultdict[MemberKey, _Draft] = defaultdict(_Draft)
    for entry in listed:
        draft = drafts[entry.paper]
        draft.records.add(entry.record.id)
        draft.names[_paper_name(entry.record)] += 1
        _add_concepts(drafts, entry.record)
    for person in people:
        draft = drafts[person.key]
        draft.records.add(listed[person.entry].record.id)
        draft.names[person.name] += 1
    for reading in readings:
        for organization in reading.facts.organizations:
            drafts[concept_key(EntityKind.ORGANIZATION, organization.name)].names[plain(organization.name)] += 1
    return {key: _profile(key, drafts[key]) for key in sorted(drafts)}


def _add_concepts(drafts: Mapping[MemberKey, _Draft], record: Record) -> None:
    """Count each printed name and acronym once per record."""
    seen: set[tuple[MemberKey, str, bool]] = set()
    introduced: set[MemberKey] = set()
    for name, index, key in iter_concepts(record):
        item: Concept | Introduced = getattr(record, name)[index]
        seen.add((key, plain(item.name), False))
        seen.update((key, plain(alias), True) for alias in item.aliases)
        drafts[key].records.add(record.id)
        if name == "introduces":
            introduced.add(key)
    for key, printed, alias in sorted(seen):
        draft = drafts[key]
        (draft.acronyms if alias else draft.names)[printed] += 1
    for key in introduced:
        drafts[key].introduced += 1


def _profile(key: MemberKey, draft: _Draft) -> Profile:
    names = _ranked(draft.names)
    acronyms = _ranked(draft.acronyms)
    others = sorted({n for n, _ in (*names, *acronyms)} - {names[0][0]})
    member = Member(key, kind_of(key), names[0][0], tuple(others), tuple(sorted(draft.records)))
    return Profile(member, names, acronyms, draft.introduced)


def _ranked(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _paper_name(record: Record) -> str:
    """Name a paper by its title; else by the first words of its abstract, its authors, or its place on the page."""
    if title := plain(record.title or ""):
        return title
    if opening := plain(record.abstract or "").split():
        return " ".join(opening[:_OPENING]) + "…"
    if record.authors:
        last = " et al." if len(record.authors) > 1 or record.authors[0].others else ""
        return f"{record.kind.value.capitalize()} by {plain(record.authors[0].name)}{last}"
    return f"{record.kind.value.capitalize()} {record.ordinal} of {record.doc}"
