"""Make the member keys: the normalised identity that each occurrence has before anything is merged.

Two occurrences with one key are one thing by definition; every further merge is a judgement. The graph
looks entities up by the same functions.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from confgraph.records import (
    ArtefactKind,
    Author,
    EntityKind,
    Introduced,
    MemberKey,
    PageFacts,
    Reading,
    Record,
)
from confgraph.text import fold, words

_SHORT_TITLE: Final = 4
"""Titles of fewer words (`Opening remarks`) recur, so their key also names the occasion."""

_PARTIAL: Final = "¶ "
"""Opens the key of what a page names only in part: a paper without a title, a person by surname. It sorts after Latin
letters, so that the full name gives the IRI of what they are merged into."""

CATALOGUE: Final = "catalogue"
"""The form of a page that holds the rows of a catalogue that records match."""

_OPENING: Final = 24
"""Words of an abstract that open its key; an abstract of no more is short."""

_KIND_OF_ARTEFACT: Final = {
    ArtefactKind.METHOD: EntityKind.METHOD,
    ArtefactKind.DATASET: EntityKind.DATASET,
    ArtefactKind.BENCHMARK: EntityKind.DATASET,
    ArtefactKind.SOFTWARE: EntityKind.SOFTWARE,
}

CONCEPT_FIELDS: Final = {
    "methods": EntityKind.METHOD,
    "datasets": EntityKind.DATASET,
    "tasks": EntityKind.TASK,
    "metrics": EntityKind.METRIC,
    "institutions": EntityKind.ORGANIZATION,
}
"""The fields of a record that hold concepts, in the order in which they are read."""


def scope(reading: Reading) -> str:
    """Name the occasion within which one name is one person: the sidecar's conference, else the page's, else its event, else the page."""
    facts: PageFacts = reading.facts
    if facts.conference:
        return fold(facts.conference.label)
    return fold(facts.event.name if facts.event else reading.page.name)


def occasion_of(reading: Reading, record: Record) -> str:
    """Name the occasion of one record: that of its page, but for a row of a catalogue, whose own venue and year say it."""
    own = " ".join(str(part) for part in (record.venue, record.year) if part)
    return fold(own) if own and reading.page.form == CATALOGUE else scope(reading)


def paper_key(record: Record, occasion: str) -> MemberKey:
    """Make the key of the paper (or tutorial, or talk) that a record describes, in the occasion that `scope` names.

    It is the title's words; where there are none, the first words of the abstract, with a digest of all of them, for two papers of one
    group may open alike, or the authors where it is short; else the authors.
    """
    title = words(record.title or "")
    if title:
        identity = " ".join(title) if len(title) >= _SHORT_TITLE else f"{' '.join(title)}|{occasion}"
    elif record.abstract:
        opening, digest = _opening(record.abstract)
        identity = f"{_PARTIAL}{opening}|{digest or _names(record)}"
    else:
        identity = f"{_PARTIAL}by {_names(record)}|{occasion}|{record.id}"
    return _key(EntityKind.PAPER, identity)


@lru_cache(maxsize=1024)
def _opening(abstract: str) -> tuple[str, str]:
    """Give the first words of an abstract, and a digest of the words of a longer one; kept, since every author of a record asks again."""
    said = words(abstract)
    digest = hashlib.sha256(" ".join(said).encode("utf-8")).hexdigest()[:8] if len(said) > _OPENING else ""
    return " ".join(said[:_OPENING]), digest


def _names(record: Record) -> str:
    return " ".join(fold(author.name) for author in record.authors)


def person_key(author: Author, record: Record, occasion: str) -> MemberKey:
    """Make the key of a person: the name within the occasion, or within the record where only a surname before "et al." stands."""
    name = fold(re.sub(r"[.,]", " ", author.name))
    if author.others and " " not in name:
        return _key(EntityKind.PERSON, f"{_PARTIAL}{name}|{identity_of(paper_key(record, occasion))}")
    return _key(EntityKind.PERSON, f"{name}|{occasion}")


def concept_key(kind: EntityKind, name: str) -> MemberKey:
    """Make the key of a method, dataset, software, task, metric or organisation from its name alone.

    >>> concept_key(EntityKind.DATASET, "CIFAR10") == concept_key(EntityKind.DATASET, "CIFAR-10")
    False
    >>> concept_key(EntityKind.METHOD, "Chain-of-Thought")
    'method|chain-of-thought'
    """
    return _key(kind, fold(name))


def artefact_kind(introduced: Introduced) -> EntityKind:
    """Give the kind of entity that an introduced thing is; a benchmark is a dataset."""
    return _KIND_OF_ARTEFACT[introduced.kind]


def iter_concepts(record: Record) -> Iterator[tuple[str, int, MemberKey]]:
    """Yield the field, the index in it and the key of every concept that a record introduces or mentions.

    An acronym that the record itself spells out has the key of its long form, so that `CP` is not one thing
    in all records. A method or dataset that the record introduces under the same name is the thing
    introduced, so that a software named among the methods is one entity.
    """
    long_forms = _long_forms(record)
    introduced: dict[str, MemberKey] = {}
    for i, item in enumerate(record.introduces):
        kind = artefact_kind(item)
        long_form = long_forms.get((kind, fold(item.name)), item.name)
        key = concept_key(kind, long_form)
        yield "introduces", i, key
        introduced |= dict.fromkeys(map(fold, (item.name, long_form, *item.aliases)), key)
    for field, kind in CONCEPT_FIELDS.items():
        for i, concept in enumerate(getattr(record, field)):
            long_form = long_forms.get((kind, fold(concept.name)), concept.name)
            own = introduced.get(fold(concept.name)) if field in ("methods", "datasets") else None
            yield field, i, own or concept_key(kind, long_form)


def _long_forms(record: Record) -> dict[tuple[EntityKind, str], str]:
    """Map the folded acronyms of a record to the one name that it gives each, within a kind; an acronym of two names is left out."""
    named = [(artefact_kind(item), item.name, item.aliases) for item in record.introduces]
    named += [(kind, c.name, c.aliases) for field, kind in CONCEPT_FIELDS.items() for c in getattr(record, field)]
    meanings: dict[tuple[EntityKind, str], dict[str, str]] = {}
    for kind, name, aliases in named:
        for alias in aliases:
            if fold(alias) != fold(name):
                meanings.setdefault((kind, fold(alias)), {}).setdefault(fold(name), name)
    return {acronym: next(iter(names.values())) for acronym, names in meanings.items() if len(names) == 1}


def kind_of(key: MemberKey) -> EntityKind:
    """Give the kind that a key names.

    >>> kind_of(concept_key(EntityKind.TASK, "Parsing"))
    <EntityKind.TASK: 'task'>
    """
    return EntityKind(key.partition("|")[0])


def identity_of(key: MemberKey) -> str:
    """Give the part of a key after its kind; IRIs are minted from the two."""
    return key.partition("|")[2]


def printed(key: MemberKey) -> str:
    """Give the name, folded, that pages print of a member; of what they name only in part, that part.

    >>> printed(MemberKey("person|ada moor|riverconf 2031")), printed(MemberKey("method|lora"))
    ('ada moor', 'lora')
    """
    return identity_of(key).removeprefix(_PARTIAL).partition("|")[0]


def judgement_id(left: MemberKey, right: MemberKey) -> str:
    """Identify the judgement of a pair, in either order, by 16 hexadecimal digits."""
    pair = "\x1f".join(sorted((left, right)))
    return hashlib.sha256(pair.encode("utf-8")).hexdigest()[:16]


def _key(kind: EntityKind, identity: str) -> MemberKey:
    return MemberKey(f"{kind}|{identity}")
