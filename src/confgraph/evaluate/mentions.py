"""Compare the mentions and relations found in texts with those of a gold set."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple, TypeVar

from confgraph.evaluate.figures import Counts
from confgraph.evaluate.gold import GoldText
from confgraph.extract import Annotation

MICRO: Final = "micro"
"""The name of the figures over all labels or types together."""


T = TypeVar("T")


class Marked(NamedTuple):
    """An entity at `[start, end)` of its text."""

    start: int
    end: int
    label: str


class Linked(NamedTuple):
    """A relation between two entities."""

    subject: Marked
    type: str
    object: Marked


def entities_of(text: GoldText) -> list[Marked]:
    """Give the entities of a gold text."""
    return [Marked(*entity) for entity in text.entities]


def relations_of(text: GoldText) -> list[Linked]:
    """Give the relations of a gold text."""
    marked = entities_of(text)
    return [Linked(marked[subject], kind, marked[other]) for subject, kind, other in text.relations]


def found_in(annotation: Annotation) -> tuple[list[Marked], list[Linked]]:
    """Give the entities and relations of an annotation in the form of the gold set."""
    by_name = {(m.start, m.text): Marked(m.start, m.end, m.label) for m in annotation.entities}
    linked = [Linked(by_name[r.subject_start, r.subject], r.type, by_name[r.object_start, r.object]) for r in annotation.relations]
    return [Marked(m.start, m.end, m.label) for m in annotation.entities], linked


def same(one: Marked, other: Marked) -> bool:
    """Tell whether two entities have one span and one label."""
    return one == other


def overlaps(one: Marked, other: Marked) -> bool:
    """Tell whether two entities of one label share a character."""
    return one.label == other.label and one.start < other.end and other.start < one.end


def count_entities(
    gold: Sequence[Marked], found: Sequence[Marked], labels: Sequence[str], agree: Callable[[Marked, Marked], bool]
) -> dict[str, Counts]:
    """Count entities by label, for `labels` alone, and over all of these."""
    return _with_micro(
        {label: _count([g for g in gold if g.label == label], [f for f in found if f.label == label], agree) for label in labels}
    )


def count_relations(
    gold: Sequence[Linked], found: Sequence[Linked], types: Sequence[str], agree: Callable[[Marked, Marked], bool]
) -> dict[str, Counts]:
    """Count relations by type, for `types` alone, and over all of these; subject must agree with subject and object with object."""

    def both(one: Linked, other: Linked) -> bool:
        return agree(one.subject, other.subject) and agree(one.object, other.object)

    return _with_micro({kind: _count([g for g in gold if g.type == kind], [f for f in found if f.type == kind], both) for kind in types})


def _count(gold: Sequence[T], found: Sequence[T], agree: Callable[[T, T], bool]) -> Counts:
    """Count what two lists have in common: equal items are paired first, then in order what agrees; each item once."""
    left, right = list(gold), list(found)
    for alike in (operator.eq, agree):
        for item in list(left):
            match = next((other for other in right if alike(item, other)), None)
            if match is not None:
                left.remove(item)
                right.remove(match)
    return Counts(len(gold) - len(left), len(gold), len(found))


def _with_micro(counts: dict[str, Counts]) -> dict[str, Counts]:
    total = Counts(*(sum(numbers) for numbers in zip(*counts.values(), strict=True))) if counts else Counts(0, 0, 0)
    return {**counts, MICRO: total}
