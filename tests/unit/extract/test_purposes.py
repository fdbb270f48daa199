from __future__ import annotations

import pytest
from spacy.vocab import Vocab

from confgraph.extract.purposes import iter_purposes
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
