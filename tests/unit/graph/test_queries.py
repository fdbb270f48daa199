"""The questions that come with confgraph, asked of two small pages."""

from pathlib import Path

import pytest
from pyoxigraph import Store

from confgraph.graph import store as stores
from confgraph.graph.questions import question

TITLE = "TinyNet: Small Networks for Parsing"


@pytest.fixture(scope="module")
def store(small_out: Path) -> Store:
    return stores.open_store(small_out)


def ask(store: Store, name: str, /, **values: str) -> list[dict[str, str]]:
    """Ask a question with other values for its parameters."""
    answer = stores.run(store, question(name, values))
    return [dict(zip(answer.header, row, strict=True)) for row in answer.rows()]


def test_who_works_on(store: Store) -> None:
    rows = ask(store, "who-works-on", topic="PARSING")
    assert [(row["name"], row["works"], row["titles"]) for row in rows] == [
        (n, "1", TITLE) for n in ("Ada Example", "Bob Sample", "Cem Third")
    ]
    assert ask(store, "who-works-on", topic="cooking") == []


def test_evaluated_on(store: Store) -> None:
    (row,) = ask(store, "evaluated-on", dataset="toybank")
    row.pop("work")
    assert row == {"name": "ToyBank", "title": TITLE, "method": "TinyNet", "metric": "accuracy", "value": "79.2", "unit": "%"}
    assert ask(store, "evaluated-on", dataset="toy") == []


def test_rooms_for_topic(store: Store) -> None:
    rows = ask(store, "rooms-for-topic", topic="parsing")
    assert [(row["room"], row["title"], row["event"]) for row in rows] == [
        ("Hall A", "Hands-on parsing", "ExampleConf 2031"),
        ("Room B2, level 1", TITLE, "ExampleConf 2031"),
    ]


def test_coauthors(store: Store) -> None:
    pairs = [("Ada Example", "Bob Sample"), ("Ada Example", "Cem Third"), ("Bob Sample", "Cem Third")]
    assert [(row["first"], row["second"], row["works"], row["titles"]) for row in ask(store, "coauthors", name="")] == [
        (*pair, "1", TITLE) for pair in pairs
    ]
    assert [(row["first"], row["second"]) for row in ask(store, "coauthors", name="third")] == pairs[1:]


def test_introduced_on_page(store: Store) -> None:
    (row,) = ask(store, "introduced-on-page", page="orals")
    row.pop("thing")
    assert row == {"name": "TinyNet", "title": TITLE, "file": "orals.txt", "at": "91", "confidence": "0.95"}
    assert ask(store, "introduced-on-page", page="notes") == []


def test_related_concepts_are_told_in_both_directions(store: Store) -> None:
    told = [(row["relation"], row["other"]) for row in ask(store, "related-concepts", concept="tinynet")]
    assert told == [("is a kind of", "neural network"), ("is compared with", "BigNet")]
    assert [(row["relation"], row["other"]) for row in ask(store, "related-concepts", concept="Neural Network")] == [
        ("has kind", "TinyNet")
    ]


def test_results_on_dataset(store: Store) -> None:
    (row,) = ask(store, "results-on-dataset", dataset="TOYBANK", metric="acc")
    assert (row["metric_name"], row["value"], row["unit"], row["method"], row["title"]) == ("accuracy", "79.2", "%", "TinyNet", TITLE)
    assert ask(store, "results-on-dataset", dataset="toybank", metric="speed") == []


def test_recovered_titles_say_where_they_stand(store: Store) -> None:
    (row,) = ask(store, "recovered-titles")
    assert (row["file"], row["title"], row["printed_on"]) == ("orals.txt", TITLE, "notes.txt")
