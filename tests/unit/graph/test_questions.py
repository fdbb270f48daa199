from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, Store
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import traverse
from rdflib.plugins.sparql.parserutils import CompValue

from confgraph import vocab
from confgraph.errors import UsageError
from confgraph.graph import questions, store
from confgraph.graph.interop import load

NAMES = tuple(questions.catalogue())
SMALL = {
    "below": "0.9",
    "concept": "TinyNet",
    "dataset": "ToyBank",
    "method": "TinyNet",
    "person": "Ada",
    "task": "parsing",
    "thing": "ToyBank",
    "title": "TinyNet",
    "topic": "parsing",
}
"""Values that the two small pages answer to."""
SLOW = {"conflicts"}
"""What rdflib, which joins from the bottom up, takes minutes for even on the small pages."""
GUIDE = Path(__file__).parents[3] / "docs" / "questions.md"


def test_there_are_questions_for_all_who_ask() -> None:
    assert len(NAMES) >= 40
    assert {readers: len(asked) >= 8 for readers, asked in questions.by_readers().items()} == dict.fromkeys(questions.READERS, True)
    assert sum(map(len, questions.by_readers().values())) == len(NAMES), "nobody else asks"


@pytest.mark.parametrize("name", NAMES)
def test_a_question_says_itself_in_english_and_is_sparql(name: str) -> None:
    asked = questions.catalogue()[name]
    assert asked.title.endswith("?")
    assert asked.row.startswith("A row is ")
    assert re.findall(r"\?(\w+)", asked.parameters) == list(dict.fromkeys(re.findall(r"\?(\w+)", asked.parameters)))
    assert set(re.findall(r"\?(\w+)", asked.parameters)) == set(asked.defaults)
    assert asked.defaults or asked.parameters == "none."
    assert max(map(len, asked.text.splitlines())) <= 140
    assert store.run(Store(), asked.text).header


@pytest.mark.parametrize("name", NAMES)
def test_it_declares_the_prefixes_that_it_uses_and_no_others(name: str) -> None:
    text = questions.catalogue()[name].text
    declared = re.findall(r"^PREFIX (\w+): <(.+)>$", text, re.MULTILINE)
    assert declared == sorted(declared)
    assert all(vocab.PREFIXES[prefix] == space for prefix, space in declared)
    body = re.sub(r'"[^"\n]*"|^(?:#|PREFIX).*$', "", text, flags=re.MULTILINE)
    assert set(re.findall(r"(?<![\w?])(\w+):(?=[A-Za-z])", body)) == {prefix for prefix, _ in declared}


@pytest.mark.parametrize("name", NAMES)
def test_it_names_the_order_of_its_rows_and_joins_no_patterns_that_share_nothing(name: str) -> None:
    text = questions.catalogue()[name].text
    assert re.search(r"^ORDER BY ", text, re.MULTILINE)
    patterns: list[list[set[rdflib.Variable]]] = []

    def gather(part: object) -> None:
        if isinstance(part, CompValue) and part.name == "BGP":
            patterns.append([{term for term in triple if isinstance(term, rdflib.Variable)} for triple in part.triples])

    traverse(prepareQuery(text).algebra, visitPost=gather)
    assert patterns
    for triples in patterns:
        assert len(_joined(triples)) <= 1, triples


def _joined(triples: list[set[rdflib.Variable]]) -> list[set[rdflib.Variable]]:
    """Unite the sets that share a variable."""
    groups: list[set[rdflib.Variable]] = []
    for triple in triples:
        near = [group for group in groups if group & triple]
        groups = [*(group for group in groups if not group & triple), triple.union(*near)]
    return groups


@pytest.mark.filterwarnings(r"ignore:Dataset\.\w+ is deprecated")  # rdflib warns of its own use
def test_rdflib_gives_the_same_answers(small_out: Path) -> None:
    kept, loaded = store.open_store(small_out), load(small_out)
    answered = 0
    for name in sorted(set(NAMES) - SLOW):
        defaults = questions.catalogue()[name].defaults
        text = questions.question(name, {parameter: SMALL.get(parameter, value) for parameter, value in defaults.items()})
        ours = [tuple(map(_plain, row)) for row in store.run(kept, text).rows()]
        theirs = [tuple(map(_plain, row)) for row in loaded.query(text)]
        assert ours == theirs, name
        answered += bool(ours)
    assert answered >= 35


def _plain(value: object) -> str:
    """Give a cell as text, an unbound one as none, and a number without what its datatype adds."""
    text = "" if value is None else str(value)
    try:
        return f"{Decimal(text).normalize():f}"
    except InvalidOperation:
        return text


def test_a_parameter_replaces_the_default() -> None:
    text = questions.question("evaluated-on", {"dataset": "CIFAR-10"})
    assert '"CIFAR-10"' in text
    assert "ImageNet" not in text.partition("SELECT")[2]


def test_a_parameter_cannot_end_the_string_it_stands_in() -> None:
    trick = '" } ?s ?p ?o . VALUES ?x { "\\'
    kept = Store()
    kept.add(Quad(NamedNode("https://example.org/a"), NamedNode(vocab.RDFS_LABEL), Literal("a")))
    assert list(store.run(kept, questions.question("evaluated-on", {"dataset": trick})).rows()) == []


@pytest.mark.parametrize(
    ("name", "values", "hint"),
    [
        ("evaluted-on", {}, "did you mean evaluated-on"),
        ("meaning-of-life", {}, "list them first: confgraph query OUT --list"),
        ("coauthors", {"topic": "x"}, "known: name"),
    ],
)
def test_an_unknown_name_is_told_with_what_is_known(name: str, values: dict[str, str], hint: str) -> None:
    with pytest.raises(UsageError) as refused:
        questions.question(name, values)
    assert refused.value.hint.startswith(hint)


def test_the_guide_lists_every_question() -> None:
    written = GUIDE.read_text(encoding="utf-8")
    assert written.endswith("\n" + questions.guide()), "put what `questions.guide()` gives below the introduction of docs/questions.md"
