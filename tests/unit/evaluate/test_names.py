"""Records are compared by the names of what they hold."""

from __future__ import annotations

from typing import Any

import pytest

from confgraph.evaluate.figures import Counts
from confgraph.evaluate.names import compared, folded
from confgraph.records import (
    ArtefactKind,
    Author,
    Concept,
    Introduced,
    PageId,
    Record,
    RecordId,
    RecordKind,
    Relation,
    RelationType,
    Resource,
    ResourceKind,
)

GOLD: dict[str, Any] = {"doc": "a.txt", "ordinal": 1}


def record(**fields: Any) -> Record:
    return Record(RecordId("r"), "a.txt", 1, PageId("0" * 64), RecordKind.PAPER, **fields)


def methods(*names: str) -> tuple[Concept, ...]:
    return tuple(Concept(name) for name in names)


def related(subject: str, kind: RelationType, other: str) -> Relation:
    return Relation(subject, 0, kind, other, 1, 1.0, 0, 2)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the Transformers", "transformer"),
        ("Chain-of-Thought", "chain of thought"),
        (r"\emph{GraphCast}", "graphcast"),
        ("Heun’s method", "Heuns method"),
        ("ﬁne-tuning", "fine–tuning"),
        ("Task~Arithmetic", "task arithmetic."),
    ],
)
def test_names_that_people_read_as_one(one: str, other: str) -> None:
    assert folded(one) == folded(other) != ""


@pytest.mark.parametrize(("one", "other"), [("C++", "C"), ("C#", "C"), ("loss", "los"), ("GPT-3.5", "GPT-35"), ("gas", "ga")])
def test_names_that_differ(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def field(gold: list[Any], found: tuple[Concept, ...], **extras: Any) -> tuple[Counts, Counts]:
    counts = compared({**GOLD, "methods": gold, "extras": extras}, record(methods=found))
    return counts["fields, exact", "methods"], counts["fields, relaxed", "methods"]


def test_an_alias_is_as_good_as_the_name() -> None:
    found = (Concept("ToT", ("Tree of Thoughts",)),)
    assert field(["Tree of Thoughts"], found)[0] == Counts(1, 1, 1)
    assert field(["Tree of Thoughts prompting"], methods("ToT"), aliases={"Tree of Thoughts prompting": ["ToT"]})[0] == Counts(1, 1, 1)


def test_a_name_that_holds_the_other_with_its_head_is_relaxed() -> None:
    assert field(["graph neural networks"], methods("neural networks")) == (Counts(0, 1, 1), Counts(1, 1, 1))
    assert field(["graph neural networks"], methods("graph neural"))[1].found == 0, "another head"
    assert field(["very deep graph neural networks"], methods("networks"))[1].found == 0, "less than half the words"


def test_each_item_is_paired_once_and_equal_ones_first() -> None:
    found = methods("deep networks", "networks")
    assert field(["networks", "deep networks"], found) == (Counts(2, 2, 2), Counts(2, 2, 2))
    assert field(["deep networks"], found)[1] == Counts(1, 1, 2)


def test_lenient_items_are_neither_missed_nor_wrong() -> None:
    assert field(["A1", "B1"], methods("A1"), lenient=["B1"])[0] == Counts(1, 1, 1)
    assert field(["A1", "B1"], methods("A1", "B1"), lenient=["B1"])[0] == Counts(1, 1, 1)
    assert field(["A1", "B1"], methods("A1", "C1"), unnamed_introduces=["B1"])[0] == Counts(1, 1, 2)


def test_a_missing_record_misses_all() -> None:
    counts = compared({**GOLD, "title": "T", "methods": ["A1", "B1"], "relations": [["A1", "USED_FOR", "B1"]]}, None)
    assert counts["fields, exact", "methods"] == Counts(0, 2, 0)
    assert counts["shares", "records"] == counts["shares", "titles"] == counts["shares", "relations"] == Counts(0, 1, None)


def test_introductions_and_addresses_are_fields_too() -> None:
    gold = {**GOLD, "introduces": [{"name": "Quokka", "kind": "Method", "aliases": ["Q1"]}], "resources": ["https://a.org/x"]}
    has = record(introduces=(Introduced("Q1", ArtefactKind.METHOD),), resources=(Resource("https://a.org/x", ResourceKind.SITE, 0, 1),))
    counts = compared(gold, has)
    assert counts["fields, exact", "introduces"] == counts["fields, exact", "resources"] == Counts(1, 1, 1)


def share(name: str, gold: dict[str, Any], **fields: Any) -> tuple[int, int]:
    return compared({**GOLD, **gold}, record(**fields))["shares", name][:2]


def test_titles_rooms_and_authors_are_right_or_wrong() -> None:
    assert share("titles", {"title": "A thing"}, title="A Thing (Oral)") == (1, 1)
    assert share("titles", {"title": "A thing"}, title="Another") == (0, 1)
    assert share("titles", {"title": None}, title="A thing") == (0, 0), "nothing to compare with"
    assert share("rooms", {"session": "Hall A"}, session="hall a") == share("rooms", {"session": "Hall A"}, room="Hall A") == (1, 1)
    people = {"authors": ["Ada One", "Cy Two et al."]}
    assert share("author lists", people, authors=(Author("Ada One"), Author("Cy Two", others=True))) == (1, 1)
    assert share("author lists", people, authors=(Author("Cy Two"), Author("Ada One"))) == (0, 1), "the order counts"


def test_relations_are_looked_for_under_all_names() -> None:
    gold = {
        "introduces": [{"name": "Quokka", "aliases": ["Q1"]}],
        "relations": [["Quokka", "EVALUATED_ON", "WombatBank"], ["Quokka", "COMPARED_WITH", "Emu"], ["WombatBank", "USED_FOR", "reading"]],
        "extras": {"aliases": {"WombatBank": ["WB"]}},
    }
    found = (
        related("Q1", RelationType.EVALUATED_WITH, "WB"),
        related("Emu", RelationType.COMPARE_WITH, "Quokka"),
        related("WB", RelationType.BENCHMARK_FOR, "close reading"),
        related("Q1", RelationType.USED_FOR, "anything"),
    )
    assert share("relations", gold, relations=found) == (3, 3)
    assert share("relations", gold, relations=(related("WB", RelationType.EVALUATED_WITH, "Q1"),)) == (0, 3)
