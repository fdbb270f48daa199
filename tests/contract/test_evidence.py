"""The evidence of real pages: exact quotes, no statement without one, and no more evidence than it takes."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat, Store

from confgraph import vocab
from confgraph.graph import store as stores
from confgraph.graph.questions import question
from confgraph.text import fold

MOST = 8
"""How many triples of evidence a triple of the knowledge may cost."""


@pytest.fixture(scope="module")
def store(built_pages: Path) -> Store:
    return stores.open_store(built_pages)


def rows(store: Store, query: str) -> list[tuple[str, ...]]:
    return list(stores.run(store, query).rows())


def test_every_mention_quotes_its_page_exactly(store: Store, built_pages: Path) -> None:
    quotes = rows(
        store,
        """SELECT ?sha ?start ?end ?before ?exact ?after ?from { ?page schema:sha256 ?sha . GRAPH ?page {
             ?mention a oa:Annotation ; oa:hasBody ?body ; prov:wasQuotedFrom ?from ; oa:hasTarget ?target ; cg:confidence ?sure .
             ?target oa:hasSource ?page ; oa:hasSelector ?place .
             ?place a oa:TextPositionSelector, oa:TextQuoteSelector ; oa:start ?start ; oa:end ?end ;
               oa:exact ?exact ; oa:prefix ?before ; oa:suffix ?after } FILTER(?from = ?page) }""",
    )
    texts = {path.stem: path.read_bytes().decode("utf-8") for path in (built_pages / "pages").iterdir()}
    assert {sha for sha, *_ in quotes} == set(texts)
    for sha, start, end, before, exact, after, _ in quotes:
        text, a, b = texts[sha], int(start), int(end)
        assert text[a:b] == exact
        assert (text[max(0, a - 32) : a], text[b : b + 32]) == (before, after)
    ((mentions,),) = rows(store, "SELECT (COUNT(*) AS ?n) { GRAPH ?page { ?mention a oa:Annotation } }")
    assert len(quotes) == int(mentions) > 4000


def test_no_statement_is_without_evidence(store: Store) -> None:
    assert rows(store, question("claims-without-evidence", {})) == []


def test_every_claim_says_how_sure_it_is_and_which_versions_made_it(store: Store, built_pages: Path) -> None:
    ((claims,),) = rows(store, "SELECT (COUNT(*) AS ?n) { GRAPH ?page { ?claim a rdf:Statement } }")
    versions = rows(
        store,
        """SELECT ?version (COUNT(DISTINCT ?claim) AS ?n) { GRAPH ?page { ?claim cg:confidence ?sure ; prov:wasGeneratedBy ?reading }
             FILTER(0 <= ?sure && ?sure <= 1)
             ?reading prov:used ?page ; prov:wasAssociatedWith/schema:softwareVersion ?version } GROUP BY ?version""",
    )
    manifest = json.loads((built_pages / "manifest.json").read_text(encoding="utf-8"))
    wanted = {manifest["versions"]["confgraph"], f"model {manifest['extractor']['model']}"}
    assert dict(versions) == dict.fromkeys(wanted, claims)


def test_evidence_is_not_more_than_it_takes(store: Store, built_pages: Path) -> None:
    counts = json.loads((built_pages / "manifest.json").read_text(encoding="utf-8"))["counts"]
    ((parts,),) = rows(store, "SELECT (COUNT(*) AS ?n) { ?graph void:classPartition|void:propertyPartition ?part }")
    assert counts["evidence"] <= MOST * (counts["triples"] - 3 * int(parts)), "the graph's own description is not what evidence is for"
    ((kept,),) = rows(store, "SELECT (COUNT(*) AS ?n) { GRAPH ?page { ?s ?p ?o } }")
    assert int(kept) == counts["evidence"]


def test_one_mention_for_one_thing_at_one_place(store: Store) -> None:
    twice = """SELECT ?page ?body ?target { GRAPH ?page { ?mention oa:hasBody ?body ; oa:hasTarget ?target } }
               GROUP BY ?page ?body ?target HAVING (COUNT(?mention) > 1)"""
    assert rows(store, twice) == []
    places = """SELECT ?page ?start ?end { GRAPH ?page { ?place oa:start ?start ; oa:end ?end } }
                GROUP BY ?page ?start ?end HAVING (COUNT(?place) > 1)"""
    assert rows(store, places) == []


def test_what_is_quoted_for_a_concept_names_it(store: Store) -> None:
    """Names and quotes differ in number, case and hyphens, and by what a sentence leaves out; most of them not even in that."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    for thing, name in rows(store, "SELECT ?x ?name { ?x rdfs:label|skos:altLabel|schema:alternateName ?name }"):
        names[thing].add(fold(name))
    said = " ".join(f"<{p}>" for p in (vocab.CG_USES_METHOD, vocab.CG_USES_DATASET, vocab.CG_ADDRESSES_TASK, vocab.CG_INTRODUCES))
    quoted = rows(
        store,
        f"""SELECT ?thing ?quote {{ VALUES ?said {{ {said} }} GRAPH ?page {{ ?claim rdf:predicate ?said ; rdf:object ?thing ;
              prov:wasDerivedFrom/oa:hasTarget/oa:hasSelector/oa:exact ?quote }} }}""",
    )
    alike = sum(any(name.rstrip("s") in fold(quote) or fold(quote).rstrip("s") in name for name in names[thing]) for thing, quote in quoted)
    assert len(quoted) > 1000
    assert alike >= 0.97 * len(quoted)


def test_a_relation_quotes_both_its_ends(store: Store) -> None:
    """But for a version of a dataset, which rests on its own name alone."""
    ends = rows(
        store,
        """SELECT ?claim (COUNT(DISTINCT ?body) AS ?n) { GRAPH ?page { ?claim rdf:predicate ?said ; rdf:subject ?one ; rdf:object ?other ;
             prov:wasDerivedFrom/oa:hasBody ?body } VALUES ?said { cg:usedFor cg:partOf cg:subClassOf cg:compareWith cg:evaluatedWith }
             FILTER(?body IN (?one, ?other))
             FILTER NOT EXISTS { ?one a schema:Dataset . ?other a schema:Dataset FILTER(?said = cg:subClassOf) } } GROUP BY ?claim""",
    )
    assert len(ends) > 300
    assert {n for _, n in ends} == {"2"}


def test_the_description_counts_what_the_turtle_holds(store: Store, built_pages: Path) -> None:
    ((triples,),) = rows(store, "SELECT ?n { ?g a void:Dataset ; void:triples ?n }")
    turtle = sum(1 for _ in pyoxigraph.parse(path=built_pages / "graph.ttl", format=RdfFormat.TURTLE))
    assert int(triples) == turtle == json.loads((built_pages / "manifest.json").read_text(encoding="utf-8"))["counts"]["triples"]
