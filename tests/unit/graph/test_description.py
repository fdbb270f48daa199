"""The graph says what it is: counts that are true of it, what it is made of and by, and nothing that nobody said."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from confgraph import vocab
from confgraph.errors import ConfigError
from confgraph.graph import store as stores
from confgraph.graph.network import to_network
from confgraph.graph.provenance import Run
from confgraph.graph.statements import GraphOptions, iter_quads
from confgraph.records import Reading, Resolution

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def ask(quads: list[Quad], query: str) -> list[tuple[str, ...]]:
    store = Store()
    store.extend(quads)
    return list(stores.run(store, query).rows())


def knowledge(quads: list[Quad]) -> list[Quad]:
    return [quad for quad in quads if isinstance(quad.graph_name, DefaultGraph)]


def test_the_counts_are_those_of_the_knowledge_itself(small_quads: list[Quad]) -> None:
    held = knowledge(small_quads)
    typed = {q.subject for q in held if q.predicate.value == vocab.RDF_TYPE}
    classes = {q.object for q in held if q.predicate.value == vocab.RDF_TYPE}
    (row,) = ask(
        small_quads,
        """SELECT ?triples ?entities ?subjects ?classes ?properties { ?g a void:Dataset ; void:triples ?triples ; void:entities ?entities ;
             void:distinctSubjects ?subjects ; void:classes ?classes ; void:properties ?properties }""",
    )
    assert tuple(map(int, row)) == (len(held), len(typed), len({q.subject for q in held}), len(classes), len({q.predicate for q in held}))


def test_there_is_a_part_for_each_class_and_property(small_quads: list[Quad]) -> None:
    held = knowledge(small_quads)
    classes = Counter(q.object.value for q in held if q.predicate.value == vocab.RDF_TYPE)
    properties = Counter(q.predicate.value for q in held)
    by_class = ask(small_quads, "SELECT ?c ?n { ?g void:classPartition [ void:class ?c ; void:entities ?n ] }")
    by_property = ask(small_quads, "SELECT ?p ?n { ?g void:propertyPartition [ void:property ?p ; void:triples ?n ] }")
    assert {c: int(n) for c, n in by_class} == classes
    assert {p: int(n) for p, n in by_property} == properties
    assert len(by_class) + len(by_property) == len(classes) + len(properties) > 60


def test_vocabularies_are_those_of_the_terms_in_use(small_quads: list[Quad]) -> None:
    terms = {q.predicate.value for q in knowledge(small_quads)}
    terms |= {q.object.value for q in knowledge(small_quads) if q.predicate.value == vocab.RDF_TYPE}
    listed = {space for (space,) in ask(small_quads, "SELECT ?v { ?g void:vocabulary ?v }")}
    assert listed <= set(vocab.PREFIXES.values())
    assert all(any(term.startswith(space) for space in listed) for term in terms)
    assert all(any(term.startswith(space) for term in terms) for space in listed)


def test_examples_are_the_instances_of_which_most_is_said(small_quads: list[Quad]) -> None:
    examples = ask(small_quads, "SELECT ?class ?label { ?g void:exampleResource ?x . ?x a ?class ; rdfs:label ?label }")
    assert (vocab.SCHEMA_SCHOLARLY_ARTICLE, "TinyNet: Small Networks for Parsing") in examples
    assert (vocab.CG_METHOD, "TinyNet") in examples
    assert {label for kind, label in examples if kind == vocab.FOAF_PERSON} == {"Ada Example"}  # of equals the first IRI


def test_the_description_names_sources_run_and_configuration(small_quads: list[Quad]) -> None:
    assert ask(
        small_quads,
        """SELECT ?title ?space ?version ?options { ?g a void:Dataset, dcat:Dataset ; dcterms:title ?title ; dcterms:description ?about ;
             void:uriSpace ?space ; owl:versionInfo ?version ; prov:wasGeneratedBy ?run . ?run cg:configuration ?options }""",
    ) == [("Knowledge graph of 2 conference pages", "https://w3id.org/confgraph/id/", "1.2", '{"graph": {"licence": null}}')]
    sources = ask(small_quads, "SELECT ?file { ?g a void:Dataset ; dcterms:source/schema:name ?file } ORDER BY ?file")
    assert sources == [("notes.txt",), ("orals.txt",)]


def test_a_licence_stands_there_only_where_the_options_name_one(
    small_readings: list[Reading], small_resolution: Resolution, small_quads: list[Quad]
) -> None:
    query = "SELECT ?licence { ?g dcterms:license ?licence }"
    assert ask(small_quads, query) == []
    licensed = list(iter_quads(small_readings, small_resolution, GraphOptions(licence=LICENCE)))
    assert [q.object for q in licensed if q.predicate.value == vocab.DCTERMS_LICENSE] == [NamedNode(LICENCE)]


@pytest.mark.parametrize("licence", ["", "CC-BY", "https://example.org/a licence", "<https://example.org/>"])
def test_what_is_no_iri_is_no_licence(licence: str) -> None:
    with pytest.raises(ConfigError, match="give its IRI"):
        GraphOptions(licence=licence)


def test_there_is_a_time_only_where_one_is_given(small_readings: list[Reading], small_resolution: Resolution, run: Run) -> None:
    def times(by: Run) -> set[tuple[str, str]]:
        quads = knowledge(list(iter_quads(small_readings, small_resolution, by=by)))
        stamp = NamedNode(vocab.XSD_DATE_TIME)
        found = (q for q in quads if isinstance(q.object, Literal) and q.object.datatype == stamp)
        return {(q.predicate.value, q.object.value) for q in found if q.predicate.value != vocab.CONF_START_DATE}

    assert times(run) == set()
    then = "2031-01-02T03:04:05Z"
    stamped = times(replace(run, created="2031-01-02T03:04:05+00:00"))
    assert stamped == {(p, then) for p in (vocab.PROV_ENDED_AT_TIME, vocab.DCTERMS_CREATED, vocab.DCTERMS_MODIFIED)}


def test_a_further_page_changes_the_description_but_none_of_its_names(small_quads: list[Quad], three_pages_quads: list[Quad]) -> None:
    def described(quads: list[Quad]) -> dict[str, set[str]]:
        about: dict[str, set[str]] = {}
        for q in knowledge(quads):
            about.setdefault(q.subject.value, set()).add(str(q))
        return about

    before, after = described(small_quads), described(three_pages_quads)
    changed = {name for name in before if before[name] != after.get(name)}
    assert {name.split("/")[-2] for name in changed} == {"graph", "run", "partition"}


def test_the_description_is_no_part_of_the_drawn_graph(small_quads: list[Quad]) -> None:
    names = set(to_network(small_quads))
    assert names
    assert [name for name in names if re.search("/(graph|run|partition|agent|reading|page)/", name)] == []
    facts = {fact for _, node in to_network(small_quads).nodes(data=True) for fact in node["facts"]}
    assert not any(label.startswith(("class", "propert", "triples", "entities", "configuration")) for label, _ in facts)


@pytest.mark.parametrize("pages", [0, 1])
def test_a_graph_of_few_pages_describes_itself_too(pages: int, small_readings: list[Reading], small_resolution: Resolution) -> None:
    readings = small_readings[:pages]
    resolution = small_resolution if readings else Resolution((), (), {})
    quads = list(iter_quads(readings, resolution))
    ((triples, title),) = ask(quads, "SELECT ?n ?title { ?g void:triples ?n ; dcterms:title ?title }")
    assert int(triples) == len(knowledge(quads))
    assert title == f"Knowledge graph of {pages} conference page{'' if pages == 1 else 's'}"
