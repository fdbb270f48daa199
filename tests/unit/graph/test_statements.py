"""What the graph says of two pages: one prints a paper without its title, the other with it."""

from dataclasses import replace

import pytest
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Store

from confgraph import iris, vocab
from confgraph.errors import ConfigError
from confgraph.graph.concepts import RELATIONS
from confgraph.graph.provenance import Run
from confgraph.graph.statements import GraphOptions, iter_quads
from confgraph.records import Author, Concept, Entity, EntityKind, Reading, RelationType, Resolution
from confgraph.resolve import keys, resolve

PREFIXES = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in vocab.PREFIXES.items())


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
    assert select(store, f"SELECT ?p ?o {{ <{replaced}> ?p ?o }}") == {(vocab.DCTERMS_IS_REPLACED_BY, kept)}


def instances(quads: list[Quad]) -> set[str]:
    """The things that the knowledge speaks of."""
    return {q.subject.value for q in quads if isinstance(q.graph_name, DefaultGraph)}


def test_every_name_of_a_build_of_fewer_pages_leads_on(first_page_quads: list[Quad], small_quads: list[Quad], store: Store) -> None:
    assert instances(first_page_quads) <= instances(small_quads)
    moved = {old.rpartition("/")[0].rpartition("/")[2] for (old,) in select(store, "SELECT ?old { ?old dcterms:isReplacedBy ?new }")}
    assert moved == {"paper", "authorship"}  # the talk and the result of one page keep the names it gives them


def test_a_replaced_name_says_nothing_but_what_replaced_it(store: Store) -> None:
    assert not ask(store, "?old dcterms:isReplacedBy ?new . ?old ?p ?o FILTER(?p != dcterms:isReplacedBy)")
    assert not ask(store, "?old dcterms:isReplacedBy ?new . ?s ?p ?old")
    assert not ask(store, "?old dcterms:isReplacedBy ?new FILTER NOT EXISTS { ?new a ?class }")
    assert not ask(store, "?old dcterms:isReplacedBy ?one, ?two FILTER(?one != ?two)")


def test_a_further_page_leaves_the_evidence_of_the_others_as_it_was(small_quads: list[Quad], three_pages_quads: list[Quad]) -> None:
    def evidence(quads: list[Quad]) -> dict[str, set[Quad]]:
        graphs: dict[str, set[Quad]] = {}
        for quad in quads:
            if isinstance(quad.graph_name, NamedNode):
                graphs.setdefault(quad.graph_name.value, set()).add(quad)
        return graphs

    before, after = evidence(small_quads), evidence(three_pages_quads)
    assert len(after) == len(before) + 1 == 3
    assert {name: after[name] for name in before} == before


def test_a_claim_names_the_reading_of_its_page(store: Store) -> None:
    rows = select(
        store,
        """SELECT ?file ?label ?program { GRAPH ?page { ?c a rdf:Statement ; prov:wasGeneratedBy ?reading }
             ?reading a prov:Activity ; rdfs:label ?label ; prov:used/schema:name ?file ; prov:wasAssociatedWith/rdfs:label ?program .
             ?graph a void:Dataset ; prov:wasGeneratedBy/prov:wasInformedBy ?reading }""",
    )
    program, model = "confgraph 1.2", "extractor confgraph, model 0a1b2c3d4e5f"
    assert rows == {(file, f"Reading of {file} by {program}", agent) for file in ("orals.txt", "notes.txt") for agent in (program, model)}


def test_an_author_of_two_pages_has_one_authorship_and_position(store: Store) -> None:
    rows = select(store, f"SELECT ?name ?n {{ {PAPER} ; soa:hasAuthorship [ soa:hasAuthor/foaf:name ?name ; soa:position ?n ] }}")
    assert rows == {("Ada Example", "1"), ("Bob Sample", "2"), ("Cem Third", "3")}


def test_no_place_among_the_authors_is_taken_twice(small_readings: list[Reading]) -> None:
    """Where two pages print one paper with two people whom nothing makes one, the longer list decides."""
    orals, notes = small_readings
    start = orals.page.text.index("Bob")
    stranger = Author("Zoe Nobody", start=start, end=start + 10)
    changed = replace(orals, records=(replace(orals.records[0], authors=(stranger, *orals.records[0].authors)),))
    pages = [changed, notes]
    papers = tuple(sorted(keys.paper_key(r.records[0], keys.scope(r)) for r in pages))
    paper = Entity(papers[0], EntityKind.PAPER, "TinyNet: Small Networks for Parsing", (), papers)
    made = Store()
    made.extend(iter_quads(pages, Resolution((paper,), (), dict.fromkeys(papers, paper)), GraphOptions()))
    rows = select(made, f"SELECT ?label ?n {{ {PAPER} ; soa:hasAuthorship ?a . ?a rdfs:label ?label OPTIONAL {{ ?a soa:position ?n }} }}")
    places = {label.partition("|")[0]: n for label, n in rows}
    assert places == {"ada example": "1", "bob sample": "2", "cem third": "3", "zoe nobody": ""}


def test_an_affiliation_by_its_acronym_is_the_organisation_that_the_record_spells_out(small_readings: list[Reading]) -> None:
    orals = small_readings[0]
    author = replace(orals.records[0].authors[0], affiliations=("EIP",))
    named = (Concept("Example Institute of Parsing", ("EIP",)), Concept("EIP"))
    reading = replace(orals, records=(replace(orals.records[0], authors=(author,), institutions=named),))
    quads = iter_quads([reading], resolve([reading]))
    store = Store()
    store.extend(quads)
    found = select(store, "SELECT ?name { [] soa:rawAffiliation 'EIP' ; soa:hasOrganization [ a org:Organization ; rdfs:label ?name ] }")
    assert found == {("Example Institute of Parsing",)}


def test_a_person_is_the_same_as_whom_a_sound_orcid_names(small_readings: list[Reading]) -> None:
    orals = small_readings[0]
    first, second, *_ = orals.records[0].authors
    authors = (replace(first, ids={"orcid": "0000-0002-1825-0097"}), replace(second, ids={"orcid": "0000-0002-1825-0098"}))
    reading = replace(orals, records=(replace(orals.records[0], authors=authors),))
    store = Store()
    store.extend(iter_quads([reading], resolve([reading])))
    assert select(store, "SELECT ?name ?orcid { [] owl:sameAs ?orcid ; foaf:name ?name }") == {
        (first.name, "https://orcid.org/0000-0002-1825-0097")
    }
    quoted = (
        "SELECT ?words { GRAPH ?page { [] rdf:predicate owl:sameAs ; prov:wasDerivedFrom/oa:hasTarget/oa:hasSelector/oa:exact ?words } }"
    )
    assert select(store, quoted) == {(first.name,)}


def test_every_instance_has_one_label_and_no_blank_nodes(small_quads: list[Quad]) -> None:
    labels: dict[object, int] = {}
    typed = set()
    for quad in small_quads:
        assert not isinstance(quad.subject, BlankNode)
        assert not isinstance(quad.object, BlankNode)
        if not isinstance(quad.graph_name, DefaultGraph):
            assert quad.predicate.value != vocab.RDFS_LABEL, "evidence says all it knows by its quotes and triples"
        elif quad.predicate.value == vocab.RDF_TYPE:
            typed.add(quad.subject)
        elif quad.predicate.value == vocab.RDFS_LABEL:
            labels[quad.subject] = labels.get(quad.subject, 0) + 1
    assert typed == set(labels)
    assert set(labels.values()) == {1}


@pytest.mark.parametrize(
    ("predicate", "quotes"),
    [
        ("cg:onDataset", {"79.2 %", "ToyBank"}),
        ("cg:evaluatesOn", {"79.2 %", "ToyBank"}),
        ("mls:specifiedBy", {"79.2 %", "accuracy"}),
        ("cg:ofMethod", {"79.2 %", "TinyNet"}),
        ("cg:printedValue", {"79.2 %"}),
        ("cg:workOf", {"Example Lab"}),
        ("cg:compareWith", {"TinyNet", "BigNet"}),
        ("cg:comparesTo", {"TinyNet", "BigNet"}),
        ("skos:broader", {"TinyNet", "neural network"}),
        ("schema:workFeatured", {"Room B2, level 1", "[1:12:23] TinyNet with Ada Example"}),
        ("dcterms:date", {"ExampleConf 2031"}),
    ],
)
def test_a_claim_quotes_the_words_that_say_it(store: Store, predicate: str, quotes: set[str]) -> None:
    claim = f"?c rdf:predicate {predicate} ; prov:wasDerivedFrom/oa:hasTarget/oa:hasSelector/oa:exact ?quote"
    assert {quote for (quote,) in select(store, f"SELECT ?quote {{ GRAPH ?page {{ {claim} }} }}")} == quotes


def test_a_number_is_no_mention_of_what_it_measures(store: Store) -> None:
    mention = "?m oa:hasBody ?body ; oa:hasTarget/oa:hasSelector/oa:exact '79.2 %'"
    assert select(store, f"SELECT DISTINCT ?class {{ GRAPH ?page {{ {mention} }} ?body a ?class }}") == {(vocab.MLS_MODEL_EVALUATION,)}


def test_evidence_of_a_page_stands_in_its_own_graph(store: Store) -> None:
    rows = select(store, "SELECT DISTINCT ?page ?file { GRAPH ?page { ?c a rdf:Statement } ?page schema:name ?file }")
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
    small_readings: list[Reading], small_resolution: Resolution, small_quads: list[Quad], run: Run
) -> None:
    backwards = Resolution(small_resolution.entities[::-1], (), small_resolution.by_member)
    assert set(iter_quads(small_readings[::-1], backwards, GraphOptions(), run)) == set(small_quads)


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


def test_every_relation_type_has_a_property() -> None:
    assert set(RELATIONS) == set(RelationType)
    assert len(set(RELATIONS.values())) == len(RelationType)


def test_a_thing_is_typed_by_what_resolution_makes_of_it_not_by_its_key(
    small_readings: list[Reading], small_resolution: Resolution
) -> None:
    key = keys.concept_key(EntityKind.METHOD, "BigNet")
    software = replace(small_resolution.by_member[key], kind=EntityKind.SOFTWARE)
    others = tuple(entity for entity in small_resolution.entities if entity.key != key)
    resolution = Resolution((*others, software), (), {**small_resolution.by_member, key: software})
    made = Store()
    made.extend(iter_quads(small_readings, resolution, GraphOptions()))
    rows = select(made, "SELECT ?class { ?x rdfs:label 'BigNet' ; a ?class }")
    assert rows == {(vocab.SCHEMA_SOFTWARE_SOURCE_CODE,)}
    assert ask(made, f"{PAPER} ; cg:usesSoftware ?x ; cg:comparesTo ?x . ?x schema:name 'BigNet'")
    assert not ask(made, "?x rdfs:label 'BigNet' ; skos:prefLabel ?name")


def test_one_text_under_two_file_names_is_two_pages(small_readings: list[Reading], small_resolution: Resolution) -> None:
    """Each has its own graph, and a recovered title is stated by the page that it came from alone."""
    orals, notes = small_readings
    copy = replace(notes, page=replace(notes.page, name="copy.txt"), records=tuple(replace(r, doc="copy.txt") for r in notes.records))
    made = Store()
    made.extend(iter_quads([orals, notes, copy], small_resolution, GraphOptions()))
    assert len(list(made.named_graphs())) == 3
    stated = select(
        made, "SELECT ?file { GRAPH ?page { ?c rdf:predicate cg:titleRecoveredFrom ; rdf:object ?page } ?page schema:name ?file }"
    )
    assert stated == {("copy.txt",)}
    assert len(select(made, "SELECT ?c { GRAPH ?page { ?c rdf:predicate cg:titleRecoveredFrom } }")) == 1


@pytest.mark.parametrize("base", ["", "no iri", "foo", "https://example.org/kg", "https://example.org/<>/", "/id/"])
def test_what_is_no_base_is_refused(base: str) -> None:
    with pytest.raises(ConfigError, match="ends with / or #"):
        GraphOptions(base)
