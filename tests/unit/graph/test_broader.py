"""What is broader stands in the graph with the words that tell it, and what would close a circle does not."""

from __future__ import annotations

import hashlib

from pyoxigraph import Store

from confgraph.graph.checks import select
from confgraph.graph.statements import iter_quads
from confgraph.records import Concept, Page, PageId, Reading, Record, RecordId, RecordKind, Relation, RelationType, Span
from confgraph.resolve import resolve

TEXT = (
    "We train a graph neural network and a neural network on FloodSet-2K and on FloodSet. RiverNet is a DeltaNet, and DeltaNet a RiverNet."
)
PREFIXES = """
PREFIX cg: <https://w3id.org/confgraph/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""


def _concept(name: str) -> Concept:
    start = TEXT.index(f" {name}") + 1
    return Concept(name, mentions=(Span(start, start + len(name)),))


def _store() -> Store:
    page = PageId(hashlib.sha256(TEXT.encode()).hexdigest())
    names = ("RiverNet", "DeltaNet")
    stated = tuple(
        Relation(a, TEXT.index(a), RelationType.SUBCLASS_OF, b, TEXT.index(b), sure, 85, len(TEXT))
        for (a, b), sure in ((names, 0.9), (names[::-1], 0.8))
    )
    record = Record(
        RecordId("1"),
        "a.txt",
        1,
        page,
        RecordKind.PAPER,
        title="Floods and Deltas of Rivers",
        methods=tuple(map(_concept, ("graph neural network", "neural network", *names))),
        datasets=tuple(map(_concept, ("FloodSet-2K", "FloodSet"))),
        relations=stated,
    )
    reading = Reading(Page("a.txt", TEXT, page), "generic", (record,), ())
    store = Store()
    store.extend(iter_quads([reading], resolve([reading])))
    return store


def _pairs(store: Store, predicate: str) -> list[tuple[str, str]]:
    query = f"{PREFIXES} SELECT ?a ?b {{ ?x {predicate} ?y . ?x rdfs:label ?a . ?y rdfs:label ?b }} ORDER BY ?a ?b"
    rows = select(store, query, union=False)
    return [(row["a"].value, row["b"].value) for row in rows]


def test_broader_concepts_and_wider_datasets_are_stated() -> None:
    store = _store()
    assert _pairs(store, "skos:broader") == [("RiverNet", "DeltaNet"), ("graph neural network", "neural network")]
    assert ("FloodSet-2K", "FloodSet") in _pairs(store, "cg:subClassOf")


def test_a_circle_of_stated_kinds_is_no_circle_of_broader_concepts() -> None:
    store = _store()
    assert {("RiverNet", "DeltaNet"), ("DeltaNet", "RiverNet")} <= set(_pairs(store, "cg:subClassOf"))
    assert list(select(store, f"{PREFIXES} SELECT ?x {{ ?x skos:broader+ ?x }}")) == []


def test_what_tells_it_is_the_mention_of_the_narrower_one() -> None:
    query = """SELECT DISTINCT ?exact ?confidence { GRAPH ?page {
          ?claim rdf:predicate skos:broader ; rdf:subject ?x ; cg:confidence ?confidence ; prov:wasDerivedFrom ?mention .
          ?mention oa:hasBody ?x ; oa:hasTarget/oa:hasSelector/oa:exact ?exact }
          ?x rdfs:label "graph neural network" }"""
    rows = select(_store(), PREFIXES + query, union=False)
    assert [(row["exact"].value, row["confidence"].value) for row in rows] == [("graph neural network", "0.9")]
