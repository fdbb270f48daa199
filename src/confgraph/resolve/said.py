"""Read what records say of two concepts: that one is a kind of the other, or that the two names are synonyms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from confgraph.records import EntityKind, MemberKey, Record, RecordId, RelationType
from confgraph.resolve.keys import iter_concepts, kind_of
from confgraph.resolve.members import Entry
from confgraph.text import fold

_READ: Final = (RelationType.SUBCLASS_OF, RelationType.SYNONYM_OF)


@dataclass(frozen=True, slots=True, order=True)
class Said:
    """A relation that a record states between two keys; `left_name` and `right_name` are the names that it relates."""

    type: RelationType
    left: MemberKey
    right: MemberKey
    record: RecordId
    confidence: float
    left_name: str
    right_name: str


def said(listed: Iterable[Entry]) -> tuple[Said, ...]:
    """List what the records say, sorted; relations of names that a record does not list, and of one key with itself, are left out."""
    found = set()
    for entry in listed:
        relations = [relation for relation in entry.record.relations if relation.type in _READ]
        if not relations:
            continue
        keys = _keys_of_names(entry.record)
        for relation in relations:
            left, right = keys.get(fold(relation.subject)), keys.get(fold(relation.object))
            if left and right and left != right:
                names = relation.subject, relation.object
                found.add(Said(relation.type, left, right, entry.record.id, relation.confidence, *names))
    return tuple(sorted(found))


def _keys_of_names(record: Record) -> dict[str, MemberKey]:
    """Map the folded names of a record's concepts to their keys, the first where several have one name."""
    keys: dict[str, MemberKey] = {}
    for field, index, key in iter_concepts(record):
        if kind_of(key) is not EntityKind.ORGANIZATION:
            item = getattr(record, field)[index]
            for name in (item.name, *item.aliases):
                keys.setdefault(fold(name), key)
    return keys
