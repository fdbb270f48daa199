"""What the graph says of two pages: one prints a paper without its title, the other with it."""

from dataclasses import replace

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Quad, Store

from confgraph import iris, vocab
from confgraph.graph.concepts import RELATIONS
from confgraph.graph.statements import GraphOptions, iter_quads
from confgraph.records import Entity, EntityKind, Reading, RelationType, Resolution
from confgraph.resolve import keys

PREFIXES = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in vocab.PREFIXES.items())

NAMES = {
    vocab.RDF_TYPE, vocab.RDFS_LABEL, vocab.SKOS_PREF_LABEL, vocab.SKOS_ALT_LABEL, vocab.FOAF_NAME, vocab.SCHEMA_NAME,
    vocab.SCHEMA_ALTERNATE_NAME, vocab.DCTERMS_IS_REPLACED_BY,
}  # fmt: skip
"""Types and names follow from resolution; no single page states them."""


@pytest.fixture(scope="module")
def store(small_quads: list[Quad]) -> Store:
    made = Store()
    made.extend(small_quads)
    return made


def ask(store: Store, pattern: str) -> bool:
    return bool(store.query(f"{PREFIXES}ASK {{ {pattern} }}"))


def select(store: Store, query: str) -> set[tuple[str, ...]]:
    return {tuple("" if term is None else term.value for term in row) for row in store.query(PREFIXES + query)}


PAPER = '?paper a schema:ScholarlyArticle ; rdfs:label "TinyNet: Small Networks for Parsing"'


@pytest.mark.parametrize(
    "pattern",
    [
        f'{PAPER} ; a fabio:ConferencePaper ; dcterms:title "TinyNet: Small Networks for Parsing"',
        f'{PAPER} ; dcterms:abstract "We present TinyNet, a network for parsing." ; cg:flag "abstract cut" ; cg:furtherAuthors true',
        f"{PAPER} ; fabio:hasPublicationYear '2031'^^xsd:gYear",
        f"{PAPER} ; soa:hasAuthorship ?a ; dcterms:creator ?p . ?a soa:hasAuthor ?p ; soa:position 3 . ?p foaf:name 'Cem Third'",
        f"{PAPER} ; soa:hasAuthorship [ soa:position 1 ; soa:rawAffiliation 'Example University' ]",
        f"{PAPER} ; bibo:presentedAt ?c . ?c a conf:Conference ; rdfs:label 'ExampleConf 2031' ",
        "?c a conf:Conference ; rdfs:label 'ExampleConf 2031' ; conf:startDate '2031-05-02T00:00:00'^^xsd:dateTime",
        "?c a conf:Conference ; conf:hasSeries ?s . ?s a conf:ConferenceSeries ; rdfs:label 'ExampleConf'",
        f"{PAPER} ; cg:introduces ?m . ?m a cg:Method, skos:Concept ; skos:prefLabel 'TinyNet' ; cg:subClassOf ?n ; skos:broader ?n",
        f"{PAPER} ; cg:comparesTo ?m . ?m rdfs:label 'BigNet' . ?t rdfs:label 'TinyNet' ; cg:compareWith ?m",
        f"{PAPER} ; cg:usesDataset ?d ; cg:evaluatesOn ?d . ?d a schema:Dataset ; schema:name 'ToyBank'",
        f"{PAPER} ; cg:addressesTask ?t . ?t a cg:Task ; rdfs:label 'parsing'",
        f"{PAPER} ; cg:reportsResult ?r . ?r a mls:ModelEvaluation ; mls:hasValue 79.2 ; cg:unit '%' ; cg:printedValue '79.2'",
        "?r a mls:ModelEvaluation ; mls:specifiedBy [ rdfs:label 'accuracy' ] ; cg:ofMethod [ rdfs:label 'TinyNet' ]",
        "?r a mls:ModelEvaluation ; cg:onDataset [ rdfs:label 'ToyBank' ] ; rdfs:label 'accuracy 79.2 % on ToyBank'",
        f"{PAPER} ; cg:hasResource ?r . ?r a schema:SoftwareSourceCode ; schema:codeRepository 'https://example.org/tinynet'^^xsd:anyURI",
        f"{PAPER} ; cg:workOf [ a org:Organization ; skos:prefLabel 'Example Lab' ]",
        f"?t a conf:Talk ; schema:workFeatured ?paper ; schema:location [ a schema:MeetingRoom ; rdfs:label 'Room B2, level 1' ] . {PAPER}",
        "?t a conf:Talk ; cg:printedStart '1:12:23' ; cg:presentationForm 'talk' ; schema:performer [ foaf:name 'Ada Example' ]",
        "?t a conf:Talk ; cg:printedStart '1:12:23' ; conf:isSubEventOf [ a schema:Event ; rdfs:label 'The Example Hour' ]",
        "?t a conf:Tutorial ; rdfs:label 'Hands-on parsing' ; schema:location [ rdfs:label 'Hall A' ] ; schema:performer [ a foaf:Person ]",
        f"{PAPER} ; cg:recoveredTitle 'TinyNet: Small Networks for Parsing' ; cg:titleRecoveredFrom [ schema:name 'notes.txt' ]",
        "?g a owl:Ontology, void:Dataset, dcat:Dataset ; owl:versionInfo '1.2' ; owl:imports <https://w3id.org/confgraph/ontology>",
    ],
)
def test_the_knowledge_says(store: Store, pattern: str) -> None:
    assert ask(store, pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "?t a conf:Tutorial, schema:ScholarlyArticle",
        f"{PAPER} ; cg:usesMethod [ rdfs:label 'TinyNet' ]",
        "?t cg:printedStart '1:12:23' ; conf:startDate ?d",
        "?paper cg:recoveredTitle ?title ; a conf:Tutorial",
    ],
)
def test_the_knowledge_does_not_say(store: Store, pattern: str) -> None:
    assert not ask(store, pattern)


def test_the_merged_paper_keeps_its_old_name_leading_on(store: Store, small_readings: list[Reading]) -> None:
    records = [reading.records[0] for reading in small_readings]
    first, second = sorted(keys.paper_key(record, "exampleconf 2031") for record in records)
    kept, replaced = (iris.mint(iris.DEFAULT_BASE, EntityKind.PAPER, keys.identity_of(key)) for key in (first, second))
    assert select(store, "SELECT ?new { ?old dcterms:isReplacedBy ?new }") == {(kept,)}
    assert select(store, f"SELECT ?p ?o {{ <{replaced}> ?p ?o }}") == {(vocab.DCTERMS_IS_REPLACED_BY, kept)}


def test_an_author_of_two_pages_has_one_authorship_and_position(store: Store) -> None:
    rows = select(store, f"SELECT ?name ?n {{ {PAPER} ; soa:hasAuthorship [ soa:hasAuthor/foaf:name ?name ; soa:position ?n ] }}")
    assert rows == {("Ada Example", "1"), ("Bob Sample", "2"), ("Cem Third", "3")}


def test_every_instance_has_one_label_and_no_blank_nodes(small_quads: list[Quad]) -> None:
    labels: dict[tuple[object, object], int] = {}
    typed = set()
    for quad in small_quads:
        assert not isinstance(quad.subject, BlankNode)
        assert not isinstance(quad.object, BlankNode)
        if quad.predicate.value == vocab.RDF_TYPE:
            typed.add((quad.graph_name, quad.subject))
        if quad.predicate.value == vocab.RDFS_LABEL:
            labels[quad.graph_name, quad.subject] = labels.get((quad.graph_name, quad.subject), 0) + 1
    assert typed == set(labels)
    assert set(labels.values()) == {1}


def test_every_statement_has_a_claim_with_a_mention(small_quads: list[Quad], store: Store) -> None:
    """All that pages state is evidenced; the second page's conference stands only in its sidecar."""
    claimed = select(
        store,
        "SELECT ?s ?p ?o { GRAPH ?page { ?c rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; prov:wasDerivedFrom/oa:hasTarget ?t } }",
    )
    header = {
        row[0] for row in select(store, "SELECT ?s { ?s a ?c VALUES ?c { void:Dataset prov:Activity prov:SoftwareAgent prov:Entity } }")
    }
    stated = {
        (q.subject.value, q.predicate.value, q.object.value)
        for q in small_quads
        if isinstance(q.graph_name, DefaultGraph) and q.predicate.value not in NAMES and q.subject.value not in header
    }
    unclaimed = stated - claimed
    assert {(p, o) for _, p, o in unclaimed} <= {(vocab.SCHEMA_ABOUT, o) for _, _, o in unclaimed} | {
        (vocab.CONF_IS_SUB_EVENT_OF, o) for _, _, o in unclaimed if "/conference/" in o
    }
    assert len(stated) - len(unclaimed) > 60
    assert len(unclaimed) == 2  # the episode about the conference, the tutorial at it


def test_quotes_are_the_words_of_the_page(store: Store, small_readings: list[Reading]) -> None:
    rows = select(
        store,
        """SELECT ?file ?start ?end ?before ?exact ?after { GRAPH ?page {
             ?page schema:name ?file .
             ?s a oa:TextPositionSelector, oa:TextQuoteSelector ;
               oa:start ?start ; oa:end ?end ; oa:exact ?exact ; oa:prefix ?before ; oa:suffix ?after } }""",
    )
    texts = {reading.page.name: reading.page.text for reading in small_readings}
    assert {row[0] for row in rows} == set(texts)
    for file, start, end, before, exact, after in rows:
        text, a, b = texts[file], int(start), int(end)
        assert (before, exact, after) == (text[max(0, a - 32) : a], text[a:b], text[b : b + 32])


def test_evidence_of_a_page_stands_in_its_own_graph(store: Store) -> None:
    rows = select(store, "SELECT DISTINCT ?page ?file { GRAPH ?page { ?c a rdf:Statement . ?page schema:name ?file } }")
    assert {file for _, file in rows} == {"orals.txt", "notes.txt"}
    assert not ask(store, "?c a rdf:Statement")
    assert not ask(store, "?m a oa:Annotation")
    shared = select(store, "SELECT ?c { GRAPH ?one { ?c a rdf:Statement } GRAPH ?two { ?c a rdf:Statement } FILTER(?one != ?two) }")
    assert shared == set()


def test_a_claim_made_twice_on_a_page_has_all_its_mentions_and_the_best_confidence(store: Store, small_readings: list[Reading]) -> None:
    rows = select(
        store,
        """SELECT ?sure ?start { GRAPH ?page { ?c rdf:predicate cg:introduces ; cg:confidence ?sure ;
             prov:wasDerivedFrom/oa:hasTarget/oa:hasSelector/oa:start ?start ; prov:wasGeneratedBy ?run } ?run a prov:Activity }""",
    )
    places = [m.start for m in small_readings[0].records[0].introduces[0].mentions]
    assert rows == {("0.95", str(start)) for start in places}


def test_order_of_pages_and_entities_does_not_matter(
    small_readings: list[Reading], small_resolution: Resolution, small_quads: list[Quad]
) -> None:
    backwards = Resolution(small_resolution.entities[::-1], (), small_resolution.by_member)
    assert set(iter_quads(small_readings[::-1], backwards, GraphOptions(version="1.2"))) == set(small_quads)


def test_quads_are_distinct(small_quads: list[Quad]) -> None:
    assert len(small_quads) == len(set(small_quads))


def test_the_base_of_all_instances_can_be_set(small_readings: list[Reading], small_resolution: Resolution) -> None:
    base = "https://example.org/kg/"
    quads = list(iter_quads(small_readings, small_resolution, GraphOptions(base)))
    assert {quad.subject.value.startswith(base) for quad in quads} == {True}


@pytest.mark.parametrize(
    ("change", "label"),
    [
        ({}, "Paper: We present TinyNet, a network for parsing."),
        (
            {"abstract": "one two three four five six seven eight nine ten eleven twelve thirteen"},
            "Paper: one two three four five six seven eight nine ten eleven twelve…",
        ),
        ({"abstract": None}, "Paper: Ada Example, Bob Sample"),
        ({"title": "On {\\em Names}"}, "On Names"),
    ],
)
def test_a_paper_without_title_has_a_readable_label(small_readings: list[Reading], change: dict[str, str | None], label: str) -> None:
    record = replace(small_readings[0].records[0], **change)
    reading = replace(small_readings[0], records=(record,))
    key = keys.paper_key(record, keys.scope(reading))
    paper = Entity(key, EntityKind.PAPER, record.title or "unused", (), (key,))
    quads = iter_quads([reading], Resolution((paper,), (), {key: paper}), GraphOptions())
    node = iris.mint(iris.DEFAULT_BASE, "paper", keys.identity_of(key))
    found = [q.object.value for q in quads if (q.subject.value, q.predicate.value) == (node, vocab.RDFS_LABEL)]
    assert found == [label]


def test_a_run_has_a_time_only_where_one_is_given(small_readings: list[Reading], small_resolution: Resolution) -> None:
    def times(options: GraphOptions) -> list[str]:
        quads = iter_quads(small_readings, small_resolution, options)
        return [quad.object.value for quad in quads if quad.predicate.value == vocab.PROV_ENDED_AT_TIME]

    assert times(GraphOptions()) == []
    assert times(GraphOptions(created="2031-01-02T03:04:05+00:00")) == ["2031-01-02T03:04:05Z"]


def test_every_relation_type_has_a_property() -> None:
    assert set(RELATIONS) == set(RelationType)
    assert len(set(RELATIONS.values())) == len(RelationType)
