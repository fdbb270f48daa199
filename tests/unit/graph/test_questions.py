from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from confgraph import vocab
from confgraph.errors import UsageError
from confgraph.graph import questions, store


def test_every_question_says_itself_in_english_and_is_sparql() -> None:
    titles = questions.titles()
    assert len(titles) >= 5
    for name, title in titles.items():
        assert title.endswith("?")
        assert store.run(Store(), questions.question(name, {})).header


def test_a_parameter_replaces_the_default() -> None:
    text = questions.question("evaluated-on", {"dataset": "CIFAR-10"})
    assert '"CIFAR-10"' in text
    assert "ImageNet" not in text.partition("SELECT")[2]


def test_a_parameter_cannot_end_the_string_it_stands_in() -> None:
    trick = '" } ?s ?p ?o . VALUES ?x { "\\'
    kept = Store()
    kept.add(Quad(NamedNode("https://example.org/a"), NamedNode(vocab.RDFS_LABEL), Literal("a")))
    assert list(store.run(kept, questions.question("evaluated-on", {"dataset": trick})).rows()) == []


@pytest.mark.parametrize(("name", "values"), [("who", {}), ("coauthors", {"topic": "x"})])
def test_unknown_names_list_the_known_ones(name: str, values: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="known: "):
        questions.question(name, values)
