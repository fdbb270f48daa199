from __future__ import annotations

import pytest
from spacy.vocab import Vocab

from confgraph.extract.purposes import iter_listed, iter_purposes, iter_titled
from confgraph.extract.tokens import FineTokenizer, words_of


def told(text: str) -> list[str]:
    doc = FineTokenizer(Vocab())(text)
    return [doc[start:end].text for start, end in iter_purposes(words_of(doc))]


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("We give a method for auditing river models.", "auditing river models"),
        ("The problem of sorting noisy recordings is old.", "sorting noisy recordings"),
        ("A benchmark for counting the frogs of a pond.", "counting the frogs of a pond"),
        ("New techniques for compressing frog networks that sing.", "compressing frog networks"),
        ("A tool for drawing maps, and more.", "drawing maps"),
    ],
)
def test_the_gerund_and_its_object_are_the_task(text: str, task: str) -> None:
    assert told(text) == [task]


@pytest.mark.parametrize(
    "text",
    [
        "A method for using maps.",
        "The model was built for counting.",
        "A song for sorting frogs.",
        "A method for frogs in ponds.",
        "A method of training river models.",
        "A method for sorting",
        "",
    ],
)
def test_other_uses_of_a_verb_tell_no_task(text: str) -> None:
    assert told(text) == []


def test_an_object_that_runs_on_is_cut() -> None:
    (task,) = told("A method for sorting " + "frog " * 100)
    assert len(task.split()) < 12


def test_each_purpose_of_a_sentence_is_found() -> None:
    assert told("A method for sorting frogs and a tool for drawing maps.") == ["sorting frogs", "drawing maps"]


def listed(text: str) -> list[str]:
    doc = FineTokenizer(Vocab())(text)
    return [doc[start:end].text for start, end in iter_listed(words_of(doc))]


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        (
            "We test on tasks such as frog counting, newt tracking, and sorting of reeds.",
            ["frog counting", "newt tracking", "sorting of reeds"],
        ),
        ("It wins on three tasks: Pond Chess and Reed Puzzles.", ["Pond Chess", "Reed Puzzles"]),
        ("Many downstream tasks (e.g., croaking or text-to-song generation) gain.", ["croaking", "text-to-song generation"]),
        ("We solve problems including the tracking of newts and counting.", ["tracking of newts", "counting"]),
    ],
)
def test_a_list_of_examples_tells_tasks(text: str, tasks: list[str]) -> None:
    assert listed(text) == tasks


@pytest.mark.parametrize(
    "text",
    [
        "We solve tasks with frogs, newts and toads.",
        "These tasks, which we list, are hard and many.",
        "On tasks such as parsing we win.",
        "We list tasks: we count frogs, and they sing.",
        "Tasks like",
        "tasks (",
    ],
)
def test_other_lists_tell_none(text: str) -> None:
    assert listed(text) == []


def titled(text: str) -> list[str]:
    doc = FineTokenizer(Vocab())(text)
    return [doc[start:end].text for start, end in iter_titled(words_of(doc))]


@pytest.mark.parametrize(
    ("title", "task"),
    [
        ("FrogNet for Pond Mapping", "Pond Mapping"),
        ("FrogNet for Flexible Pond Segmentation", "Pond Segmentation"),
        ("A framework for frog population measurement using drones", "frog population measurement"),
        ("FrogNet: Fast Networks for River Detection in the Wild", "River Detection"),
    ],
)
def test_what_a_title_says_it_is_for_is_a_task(title: str, task: str) -> None:
    assert titled(title) == [task]


@pytest.mark.parametrize(
    "title",
    [
        "FrogNet for Ponds",
        "FrogNet for Frogs in Mapping",
        "For Pond Mapping",
        "FrogNet for Mapping",
        "FrogNet for Careful Study of Frogs",
        "",
    ],
    ids=["a thing", "a thing in an action", "no method", "one word", "goes on", "empty"],
)
def test_what_else_a_title_is_for_is_none(title: str) -> None:
    assert titled(title) == []


def test_tasks_that_a_clause_describes_are_listed_after_its_colon() -> None:
    text = "It wins on three tasks that call for search: Game of Frogs, Pond Crosswords, and Leaping."
    assert listed(text) == ["Game of Frogs", "Pond Crosswords", "Leaping"]
    assert listed("The tasks were hard. We did them: frogs, ponds, and lakes.") == []
