"""The names of authorships, talks and results: each record's own, and one of them for all."""

from __future__ import annotations

import pytest

from confgraph import iris
from confgraph.graph.parts import Part, authorship, iter_parts, iter_results, programme_talk, unite
from confgraph.graph.terms import Names
from confgraph.records import (
    ArtefactKind,
    Author,
    Concept,
    Entity,
    EntityKind,
    Introduced,
    MemberKey,
    PageId,
    Record,
    RecordId,
    RecordKind,
    Resolution,
    Result,
    Talk,
)
from confgraph.resolve import keys

OCCASION = "exampleconf 2031"
TITLE = "Small Networks Parse as Well as Large Ones"
ABSTRACT = "We present a small network for parsing and compare it with larger ones on three treebanks."


def record(**fields: object) -> Record:
    values: dict[str, object] = {"id": RecordId("r"), "doc": "a.txt", "ordinal": 1, "page": PageId("0"), "kind": RecordKind.PAPER}
    return Record(**values | {"title": TITLE} | fields)  # type: ignore[arg-type]


PAPER = keys.paper_key(record(), OCCASION)


def names(*groups: tuple[MemberKey, ...]) -> Names:
    """Give the names under which each group is one entity, and every other key one of its own."""
    entities = [Entity(min(group), keys.kind_of(min(group)), "", (), tuple(sorted(group))) for group in groups]
    return Names(iris.DEFAULT_BASE, Resolution(tuple(entities), (), {key: entity for entity in entities for key in entity.members}))


def named(stated: Record) -> list[Part]:
    """Give the names of the results of a record."""
    return [part for _, part in iter_results(PAPER, stated)]


def result(metric: str = "accuracy", dataset: str | None = None, method: str | None = None) -> Result:
    return Result(metric, "79.2", 0, 4, "%", dataset, method)


def test_of_names_for_one_part_the_smallest_stands_for_all() -> None:
    stated = (record(authors=(Author("Ada Example"),)), record(title=None, abstract=ABSTRACT, authors=(Author("A. Example"),)))
    parts = [part for each in stated for part in iter_parts(each, OCCASION)]
    people, papers = zip(*(part.wholes for part in parts), strict=True)
    united = unite(parts, names(people, papers))
    assert united == dict.fromkeys(parts, united[parts[0]])
    assert set(united.values()) < set(parts)


def test_what_other_pages_part_again_keeps_its_names() -> None:
    """While LoRA stands for one thing, two numbers are one result; the name of neither is lost when it stands for two."""
    parts = named(record(results=tuple(result(method=method) for method in ("LoRA", "Low-Rank Adaptation"))))
    once = unite(parts, names(tuple(keys.concept_key(EntityKind.METHOD, name) for name in ("LoRA", "Low-Rank Adaptation"))))
    assert len(set(once.values())) == 1
    assert unite(parts, names()) == {part: part for part in parts}
    assert set(once) == set(parts)


def test_a_number_of_a_dataset_is_none_of_a_method_of_that_name() -> None:
    parts = named(record(results=(result(dataset="ToyBank"), result(method="ToyBank"))))
    assert len({part.names for part in parts}) == 2


def test_a_result_names_what_the_record_lists_as_its_kind() -> None:
    """The record spells the acronym out, once for a task and once for a dataset."""
    listed = record(
        tasks=(Concept("Tree Bank Building", ("TB",)),),
        datasets=(Concept("Toy Bank", ("TB",)),),
        introduces=(Introduced("Net", ArtefactKind.SOFTWARE),),
        results=(result("F1", "TB", "Net"),),
    )
    ((_, metric, dataset, method),) = (part.wholes for part in named(listed))
    assert dataset == keys.concept_key(EntityKind.DATASET, "Toy Bank")
    assert (metric, method) == (keys.concept_key(EntityKind.METRIC, "F1"), keys.concept_key(EntityKind.METHOD, "Net"))


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ({}, 0),
        ({"room": "Hall A"}, 1),
        ({"start_time": "09:30"}, 1),
        ({"start_time": "0:12:23", "talks": (Talk("Nets", "talk", 0, 4, "0:12:23"),)}, 1),
        ({"room": "Hall A", "talks": (Talk("Nets", "talk", 0, 4),)}, 2),
        ({"room": "Hall A", "kind": RecordKind.TUTORIAL}, 0),
    ],
)
def test_a_paper_has_a_talk_where_a_programme_places_it(fields: dict[str, object], count: int) -> None:
    parts = list(iter_parts(record(**fields), OCCASION))
    assert [part.kind for part in parts] == ["talk"] * count
    assert len(set(parts)) == count
    if "room" in fields and count:
        assert programme_talk(PAPER, OCCASION, None) in parts


def test_every_part_is_yielded_by_its_own_name() -> None:
    whole = record(authors=(Author("Ada Example"),), results=(result(),), room="Hall A")
    assert list(iter_parts(whole, OCCASION)) == [
        authorship(PAPER, keys.person_key(Author("Ada Example"), whole, OCCASION)),
        programme_talk(PAPER, OCCASION, None),
        *named(whole),
    ]


def test_what_is_not_named_leaves_its_place_empty() -> None:
    assert Part("result", (MemberKey("paper|nets"), None, MemberKey("dataset|toybank"))).names == ("nets", "", "toybank")
