"""Importance, the choice of what a drawing opens on, and places."""

from __future__ import annotations

import itertools
import math

import networkx as nx
import pytest

from confgraph.export.layout import importance, opening, place


def test_importance_weighs_kinds() -> None:
    graph: nx.Graph[str] = nx.Graph([("p", "m"), ("p", "n")])
    nx.set_node_attributes(graph, {"p": "Paper", "m": "Method", "n": "Method"}, "kind")
    assert list(importance(graph, {})) == ["p", "m", "n"]
    assert list(importance(graph, {"Paper": 0.1})) == ["m", "n", "p"]


def test_opening_takes_loose_nodes_only_when_no_others_are_left() -> None:
    graph: nx.Graph[str] = nx.Graph([("a", "b")])
    graph.add_nodes_from(["x", "y"])
    assert opening(graph, ["x", "a", "y", "b"], 2) == ["a", "b"]
    assert opening(graph, ["x", "a", "y", "b"], 3) == ["x", "a", "b"]
    assert opening(graph, ["x", "a", "y", "b"], 10) == ["x", "a", "y", "b"]


def test_a_link_to_itself_connects_nothing() -> None:
    graph: nx.Graph[str] = nx.Graph([("a", "a"), ("b", "c")])
    assert opening(graph, ["a", "b", "c"], 2) == ["b", "c"]


@pytest.mark.parametrize(
    "graph",
    [
        nx.relabel_nodes(nx.star_graph(80), str),
        nx.relabel_nodes(nx.disjoint_union_all([nx.cycle_graph(4)] * 12), str),
        nx.relabel_nodes(nx.empty_graph(9), str),
        nx.relabel_nodes(nx.connected_caveman_graph(6, 12), str),
    ],
    ids=["star", "parts", "loose", "communities"],
)
def test_no_two_nodes_overlap(graph: nx.Graph[str]) -> None:
    places = place(graph)
    assert places.keys() == set(graph)
    assert min(math.dist(a, b) for a, b in itertools.combinations(places.values(), 2)) >= 30


def test_communities_stand_together() -> None:
    graph = nx.relabel_nodes(nx.connected_caveman_graph(4, 10), str)
    places = place(graph)
    inside = [math.dist(places[a], places[b]) for a, b in itertools.combinations(places, 2) if int(a) // 10 == int(b) // 10]
    between = [math.dist(places[a], places[b]) for a, b in itertools.combinations(places, 2) if int(a) // 10 != int(b) // 10]
    assert sum(inside) / len(inside) < 0.5 * sum(between) / len(between)


def test_nothing_has_no_places() -> None:
    assert place(nx.Graph()) == {}
    assert importance(nx.Graph(), {}) == {}
    assert list(place(nx.Graph([("a", "a")]))) == ["a"]
