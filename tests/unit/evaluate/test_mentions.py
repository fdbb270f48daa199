"""Mentions and relations are compared by place and label, one to one."""

from __future__ import annotations

from confgraph.evaluate.figures import Counts
from confgraph.evaluate.gold import GoldText
from confgraph.evaluate.mentions import Linked, Marked, count_entities, count_relations, found_in, overlaps, relations_of, same
from confgraph.extract import Annotation, Mention, RelationMention
from confgraph.records import RelationType

GOLD = [Marked(0, 10, "Method"), Marked(20, 30, "Method"), Marked(40, 50, "Task")]


def test_an_exact_entity_has_its_span_and_its_label() -> None:
    found = [Marked(0, 10, "Method"), Marked(20, 29, "Method"), Marked(40, 50, "Dataset")]
    assert count_entities(GOLD, found, ["Method", "Task"], same) == {
        "Method": Counts(1, 2, 2),
        "Task": Counts(0, 1, 0),
        "micro": Counts(1, 3, 2),
    }, "a label that the gold set does not know is not scored"


def test_an_overlapping_entity_has_its_label_and_a_character_in_common() -> None:
    found = [Marked(9, 12, "Method"), Marked(30, 35, "Method"), Marked(40, 41, "Method")]
    assert count_entities(GOLD, found, ["Method", "Task"], overlaps)["micro"] == Counts(1, 3, 3), "30 is behind the end of [20, 30)"


def test_one_long_guess_does_not_find_two_entities() -> None:
    assert count_entities(GOLD, [Marked(0, 50, "Method")], ["Method"], overlaps)["Method"] == Counts(1, 2, 1)


def test_an_equal_partner_goes_before_one_that_only_overlaps() -> None:
    gold, found = [Marked(0, 10, "Task"), Marked(5, 10, "Task")], [Marked(5, 10, "Task"), Marked(8, 9, "Task")]
    assert count_entities(gold, found, ["Task"], overlaps)["Task"] == Counts(2, 2, 2)


def test_a_relation_needs_both_ends_in_order_and_its_type() -> None:
    one, two, three = GOLD
    gold = [Linked(one, "Used-For", three)]
    tries = {
        "right": (Linked(one, "Used-For", three), 1, 1),
        "other way round": (Linked(three, "Used-For", one), 0, 0),
        "other type": (Linked(one, "Part-Of", three), 0, 0),
        "other end": (Linked(two, "Used-For", three), 0, 0),
        "wider end": (Linked(Marked(0, 12, "Method"), "Used-For", three), 0, 1),
        "other label": (Linked(one, "Used-For", three._replace(label="Method")), 0, 0),
    }
    for name, (found, exact, relaxed) in tries.items():
        assert count_relations(gold, [found], ["Used-For"], same)["micro"].found == exact, name
        assert count_relations(gold, [found], ["Used-For"], overlaps)["micro"].found == relaxed, name


def test_a_relation_said_twice_is_found_once() -> None:
    link = Linked(GOLD[0], "Used-For", GOLD[2])
    assert count_relations([link], [link, link], ["Used-For"], same)["Used-For"] == Counts(1, 1, 2)


def test_annotations_and_gold_texts_have_one_form() -> None:
    text = "ABC for XYZ"
    annotation = Annotation(
        (Mention(0, 3, "Method", "ABC", 0.5), Mention(8, 11, "Task", "XYZ", 0.5)),
        (RelationMention("ABC", 0, RelationType.USED_FOR, "XYZ", 8, 0.5),),
    )
    gold = GoldText("", text, ((0, 3, "Method"), (8, 11, "Task")), ((0, "Used-For", 1),))
    entities, relations = found_in(annotation)
    assert entities == [Marked(*e) for e in gold.entities]
    assert relations == relations_of(gold)
