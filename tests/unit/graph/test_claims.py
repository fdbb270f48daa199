"""Every statement that a page makes has its claim: which properties that concerns, and what a claim says of its making."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from confgraph import vocab
from confgraph.graph import statements
from confgraph.graph import store as stores
from confgraph.graph.provenance import Run
from confgraph.graph.questions import question
from confgraph.graph.statements import iter_quads
from confgraph.records import (
    Author,
    Concept,
    Conference,
    Page,
    PageFacts,
    PageId,
    Reading,
    Record,
    RecordId,
    RecordKind,
    Relation,
    RelationType,
    Resolution,
    Span,
)
from confgraph.reference import gazetteer
from confgraph.resolve import resolve

CLAIMED = {
    # a work and what it is about
    vocab.CG_ADDRESSES_TASK, vocab.CG_COMPARES_TO, vocab.CG_EVALUATES_ON, vocab.CG_INTRODUCES, vocab.CG_NAMES_INSTITUTION,
    vocab.CG_REPORTS_METRIC, vocab.CG_USES_DATASET, vocab.CG_USES_METHOD, vocab.CG_USES_SOFTWARE,
    # a work and what belongs to it
    vocab.BIBO_DOI, vocab.CG_FLAG, vocab.CG_FURTHER_AUTHORS, vocab.CG_HAS_RESOURCE, vocab.CG_PRINTED_VENUE, vocab.CG_RECOVERED_TITLE,
    vocab.CG_TITLE_RECOVERED_FROM, vocab.CG_WORK_OF, vocab.DCTERMS_ABSTRACT, vocab.DCTERMS_IDENTIFIER,
    vocab.FABIO_HAS_ARXIV_ID, vocab.FABIO_HAS_PUBLICATION_YEAR, vocab.SCHEMA_CODE_REPOSITORY, vocab.SCHEMA_CONTENT_URL,
    vocab.SCHEMA_KEYWORDS,
    # authorship
    vocab.DCTERMS_CREATOR, vocab.SOA_HAS_AUTHOR, vocab.SOA_HAS_AUTHORSHIP, vocab.SOA_HAS_ORGANIZATION, vocab.SOA_POSITION,
    vocab.SOA_RAW_AFFILIATION,
    # results
    vocab.CG_OF_METHOD, vocab.CG_ON_DATASET, vocab.CG_PRINTED_VALUE, vocab.CG_REPORTS_RESULT, vocab.CG_UNIT, vocab.MLS_HAS_VALUE,
    vocab.MLS_SPECIFIED_BY,
    # relations between concepts
    vocab.CG_BENCHMARK_FOR, vocab.CG_COMPARE_WITH, vocab.CG_EVALUATED_WITH, vocab.CG_PART_OF, vocab.CG_SUB_CLASS_OF, vocab.CG_SUB_TASK_OF,
    vocab.CG_SYNONYM_OF, vocab.CG_TRAINED_WITH, vocab.CG_USED_FOR, vocab.SKOS_BROADER,
    # where and when
    vocab.BIBO_PRESENTED_AT, vocab.CG_PRESENTATION_FORM, vocab.CG_PRINTED_END, vocab.CG_PRINTED_START, vocab.CONF_END_DATE,
    vocab.CONF_HAS_SERIES, vocab.CONF_IS_SUB_EVENT_OF, vocab.CONF_START_DATE, vocab.DCTERMS_DATE, vocab.SCHEMA_ABOUT,
    vocab.SCHEMA_LOCATION, vocab.SCHEMA_PERFORMER, vocab.SCHEMA_WORK_FEATURED,
}  # fmt: skip
"""What pages state."""

UNCLAIMED = {
    # classes and names follow from resolution, and so does what a node of an earlier build has become
    vocab.RDF_TYPE, vocab.RDFS_LABEL, vocab.FOAF_NAME, vocab.SKOS_PREF_LABEL, vocab.SKOS_ALT_LABEL, vocab.SCHEMA_ALTERNATE_NAME,
    vocab.DCTERMS_IS_REPLACED_BY,
    # what a register says of an organisation
    vocab.CG_COUNTRY, vocab.ORG_SUB_ORGANIZATION_OF, vocab.OWL_SAME_AS, vocab.SKOS_CLOSE_MATCH,
    # parts of the graph's description, which have no class
    vocab.VOID_CLASS, vocab.VOID_PROPERTY,
}  # fmt: skip

OF_THE_GRAPH = {
    vocab.CG_CONFIGURATION, vocab.DCTERMS_CREATED, vocab.DCTERMS_DESCRIPTION, vocab.DCTERMS_LICENSE, vocab.DCTERMS_MODIFIED,
    vocab.DCTERMS_SOURCE, vocab.OWL_IMPORTS, vocab.OWL_VERSION_INFO, vocab.PROV_ENDED_AT_TIME, vocab.PROV_USED,
    vocab.PROV_WAS_ASSOCIATED_WITH, vocab.PROV_WAS_INFORMED_BY, vocab.SCHEMA_SHA256, vocab.SCHEMA_SOFTWARE_VERSION,
    vocab.VOID_CLASSES, vocab.VOID_CLASS_PARTITION, vocab.VOID_DISTINCT_SUBJECTS, vocab.VOID_ENTITIES, vocab.VOID_EXAMPLE_RESOURCE,
    vocab.VOID_PROPERTIES, vocab.VOID_PROPERTY_PARTITION, vocab.VOID_TRIPLES, vocab.VOID_URI_SPACE, vocab.VOID_VOCABULARY,
}  # fmt: skip
"""What the graph says of itself, its pages and its makers."""

EVIDENCE = {
    vocab.CG_CONFIDENCE, vocab.OA_END, vocab.OA_EXACT, vocab.OA_HAS_BODY, vocab.OA_HAS_SELECTOR, vocab.OA_HAS_SOURCE,
    vocab.OA_HAS_TARGET, vocab.OA_PREFIX, vocab.OA_START, vocab.OA_SUFFIX, vocab.PROV_WAS_DERIVED_FROM, vocab.PROV_WAS_GENERATED_BY,
    vocab.PROV_WAS_QUOTED_FROM, vocab.RDF_OBJECT, vocab.RDF_PREDICATE, vocab.RDF_SUBJECT,
}  # fmt: skip

BOTH = {vocab.DCTERMS_TITLE, vocab.SCHEMA_NAME, vocab.SCHEMA_URL}
"""Claimed of works, conferences and resources; what the graph says of itself, of pages, and how datasets and software are called is not."""

INFERRED = {vocab.SCHEMA_MENTIONS, vocab.CG_RELATED_TO}

PAGE_ONLY = "it stands in the sidecar alone"
Triple = tuple[str, str, str]


def knowledge(quads: Iterable[Quad]) -> set[Triple]:
    return {(q.subject.value, q.predicate.value, str(q.object)) for q in quads if isinstance(q.graph_name, DefaultGraph)}


def claimed(quads: Iterable[Quad]) -> set[Triple]:
    parts: dict[str, dict[str, str]] = {}
    for quad in quads:
        if quad.predicate.value in (vocab.RDF_SUBJECT, vocab.RDF_PREDICATE, vocab.RDF_OBJECT):
            value = str(quad.object) if quad.predicate.value == vocab.RDF_OBJECT else quad.object.value
            parts.setdefault(quad.subject.value, {})[quad.predicate.value] = value
    return {(p[vocab.RDF_SUBJECT], p[vocab.RDF_PREDICATE], p[vocab.RDF_OBJECT]) for p in parts.values()}


def missing(quads: Iterable[Quad]) -> list[tuple[str, str, str]]:
    """What the question finds: what is missing, of which property, with which value."""
    store = Store()
    store.extend(quads)
    return [(row[0], row[2], row[3]) for row in stores.run(store, question("claims-without-evidence", {})).rows()]


def without(quads: Iterable[Quad], subject: str, predicate: str = "") -> list[Quad]:
    return [q for q in quads if not (q.subject.value == subject and predicate in ("", q.predicate.value))]


def claim_of(quads: Iterable[Quad], predicate: str) -> str:
    return next(q.subject.value for q in quads if q.predicate.value == vocab.RDF_PREDICATE and q.object.value == predicate)


def _kind(instance: str) -> str:
    return instance.split("/")[-2]


def test_every_property_of_the_graph_is_known_to_be_claimed_or_not() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in Path(statements.__file__).parent.glob("*.py"))
    terms = {str(getattr(vocab, name)) for name in set(re.findall(r"\bvocab\.([A-Z]+_[A-Z0-9_]+)\b", code)) if not name.startswith("XSD_")}
    properties = {term for term in terms if re.split("[/#]", term)[-1][:1].islower()}
    groups = (CLAIMED, UNCLAIMED, OF_THE_GRAPH, EVIDENCE, BOTH, INFERRED)
    assert properties <= set().union(*groups)
    assert sum(map(len, groups)) == len(set().union(*groups)), "each stands in one list"


def test_all_that_pages_state_has_a_claim_and_nothing_else_has(small_quads: list[Quad]) -> None:
    claims = claimed(small_quads)
    assert {triple for triple in knowledge(small_quads) if triple[1] in CLAIMED} <= claims
    either = {triple for triple in knowledge(small_quads) if triple[1] in BOTH}
    assert {(_kind(s), p) for s, p, _ in either & claims} == {("paper", vocab.DCTERMS_TITLE)}
    assert {(_kind(s), p) for s, p, _ in either - claims} == {
        ("graph", vocab.DCTERMS_TITLE), ("page", vocab.SCHEMA_NAME), ("page", vocab.SCHEMA_URL), ("dataset", vocab.SCHEMA_NAME),
    }  # fmt: skip
    assert {triple[1] for triple in claims} <= CLAIMED | BOTH
    assert claims <= knowledge(small_quads)
    assert len(claims) > 60


def test_the_question_finds_no_statement_without_evidence(small_quads: list[Quad], three_pages_quads: list[Quad]) -> None:
    assert missing(small_quads) == []
    assert missing(three_pages_quads) == []


def test_the_question_leaves_out_what_needs_no_claim_and_no_more() -> None:
    (listed,) = re.findall(r"\?predicate NOT IN \(([^)]+)\)", question("claims-without-evidence", {}))
    names = {f"{prefix}:": namespace for prefix, namespace in vocab.PREFIXES.items()}
    assert {re.sub(r"^\w+:", lambda m: names[m.group()], name) for name in re.split(r",\s*", listed.strip())} == UNCLAIMED


@pytest.mark.parametrize("predicate", [vocab.CG_INTRODUCES, vocab.CG_REPORTS_RESULT, vocab.SCHEMA_LOCATION, vocab.CG_COMPARE_WITH])
def test_the_question_finds_a_lost_claim(small_quads: list[Quad], predicate: str) -> None:
    found = missing(without(small_quads, claim_of(small_quads, predicate)))
    assert [(what, said) for what, said, _ in found] == [("claim", predicate)]


@pytest.mark.parametrize("predicate", [vocab.CG_INTRODUCES, vocab.SCHEMA_WORK_FEATURED])
def test_the_question_finds_a_claim_that_rests_on_nothing(small_quads: list[Quad], predicate: str) -> None:
    found = missing(without(small_quads, claim_of(small_quads, predicate), vocab.PROV_WAS_DERIVED_FROM))
    assert [(what, said) for what, said, _ in found] == [("quote", predicate)]


def test_the_question_finds_a_claim_whose_mention_quotes_nothing(small_quads: list[Quad]) -> None:
    assert {what for what, *_ in missing(q for q in small_quads if q.predicate.value != vocab.OA_EXACT)} == {"quote"}


def test_the_question_finds_a_conference_whose_name_no_page_gives(small_quads: list[Quad]) -> None:
    conference = next(q.subject for q in small_quads if q.object == NamedNode(vocab.CONF_CONFERENCE))
    name = Quad(conference, NamedNode(vocab.SCHEMA_NAME), Literal("Conference on Examples"))
    assert missing([*small_quads, name]) == [("claim", vocab.SCHEMA_NAME, "Conference on Examples")]


def rows(quads: Iterable[Quad], query: str) -> set[tuple[str, ...]]:
    store = Store()
    store.extend(quads)
    return set(stores.run(store, query).rows())


def test_a_claim_leads_to_the_versions_that_made_it(small_quads: list[Quad]) -> None:
    made = """SELECT DISTINCT ?program ?version {
      GRAPH ?page { ?claim a rdf:Statement ; cg:confidence ?sure ; prov:wasGeneratedBy ?reading }
      ?reading a prov:Activity ; prov:used ?page ; prov:wasAssociatedWith ?agent .
      ?agent a prov:SoftwareAgent ; rdfs:label ?program ; schema:softwareVersion ?version }"""
    assert rows(small_quads, made) == {
        ("confgraph 1.2", "1.2"),
        ("extractor confgraph, model 0a1b2c3d4e5f", "model 0a1b2c3d4e5f"),
    }
    every = "SELECT ?claim { GRAPH ?page { ?claim a rdf:Statement } }"
    whole = "SELECT ?claim { GRAPH ?page { ?claim cg:confidence ?sure ; prov:wasGeneratedBy ?made } ?made prov:used ?page }"
    assert rows(small_quads, every) == rows(small_quads, whole)


def test_another_model_reads_in_another_activity(
    small_readings: list[Reading], small_resolution: Resolution, small_quads: list[Quad], run: Run
) -> None:
    def activities(quads: Iterable[Quad]) -> set[str]:
        return {q.object.value for q in quads if q.predicate.value == vocab.PROV_WAS_GENERATED_BY}

    other = replace(run, extractor={"name": "confgraph", "model": "ffffffffffff"})
    assert not activities(small_quads) & activities(iter_quads(small_readings, small_resolution, by=other))


def test_a_mention_of_one_thing_at_one_place_is_shared_by_its_claims(small_quads: list[Quad]) -> None:
    shared = """SELECT ?quote (COUNT(DISTINCT ?mention) AS ?mentions) (COUNT(DISTINCT ?place) AS ?places) {
      GRAPH ?page { ?claim rdf:predicate ?said ; prov:wasDerivedFrom ?mention . ?mention oa:hasBody ?person ; oa:hasTarget ?place .
        ?place oa:hasSelector/oa:exact ?quote }
      VALUES ?said { dcterms:creator soa:hasAuthorship soa:hasAuthor soa:position } ?person foaf:name "Bob Sample" } GROUP BY ?quote"""
    assert rows(small_quads, shared) == {("Bob Sample", "2", "2")}, "one on each page"
    places = "SELECT ?page ?start ?end (COUNT(?at) AS ?n) { GRAPH ?page { ?at oa:start ?start ; oa:end ?end } } GROUP BY ?page ?start ?end"
    assert {n for *_, n in rows(small_quads, places)} == {"1"}


def quotes(quads: Iterable[Quad], predicate: str) -> set[tuple[str, ...]]:
    return rows(
        quads,
        f"""SELECT ?value ?quote {{ GRAPH ?page {{ ?claim rdf:predicate <{predicate}> ; rdf:object ?value .
          OPTIONAL {{ ?claim prov:wasDerivedFrom/oa:hasTarget/oa:hasSelector/oa:exact ?quote }} }} }}""",
    )


def test_dates_name_and_place_of_a_conference_quote_their_own_words(small_readings: list[Reading], small_resolution: Resolution) -> None:
    orals = small_readings[0]
    at = {"start_date": Span(13, 30), "place": Span(0, 9)}
    conference = Conference("ExampleConf", 2031, "Conference on Examples", "Bern", "2031-05-02", span=Span(13, 29), spans=at)
    quads = list(iter_quads([replace(orals, facts=PageFacts(conference))], small_resolution))
    text = orals.page.text
    assert quotes(quads, vocab.CONF_START_DATE) == {("2031-05-02T00:00:00", text[13:30])}
    assert ("Bern", text[0:9]) in quotes(quads, vocab.SCHEMA_LOCATION)
    assert quotes(quads, vocab.SCHEMA_NAME) == {("Conference on Examples", "")}, PAGE_ONLY
    assert missing(quads) == []


def test_an_affiliation_is_quoted_where_it_stands_else_the_name_beside_it(
    small_readings: list[Reading], small_resolution: Resolution
) -> None:
    orals = small_readings[0]
    record = orals.records[0]
    first = replace(record.authors[0], affiliations=("Room B2", "Nowhere College"))
    changed = replace(orals, records=(replace(record, authors=(first, *record.authors[1:])),))
    quads = list(iter_quads([changed], small_resolution))
    assert quotes(quads, vocab.SOA_RAW_AFFILIATION) == {("Room B2", "Room B2"), ("Nowhere College", "Ada Example")}


def test_a_relation_is_as_sure_as_it_is_read_and_its_ends_as_they_are(small_readings: list[Reading], small_resolution: Resolution) -> None:
    orals = small_readings[0]
    quads = list(iter_quads([orals], small_resolution))
    sure = rows(quads, "SELECT ?sure { GRAPH ?page { ?claim rdf:predicate cg:compareWith ; cg:confidence ?sure } }")
    assert sure == {("0.8",)}
    mention = "SELECT ?sure { GRAPH ?page { ?m a oa:Annotation ; oa:hasBody ?net ; cg:confidence ?sure } ?net rdfs:label 'BigNet' }"
    assert rows(quads, mention) == {("0.9",)}


def test_of_two_mentions_that_start_together_a_relation_quotes_the_one_it_names(
    small_readings: list[Reading], small_resolution: Resolution
) -> None:
    orals = small_readings[0]
    text, record = orals.page.text, orals.records[0]
    long, at = text.index("neural network"), text.index("BigNet")
    word = Concept("neural", (), 0.7, (Span(long, long + 6),))
    relation = Relation("BigNet", at, RelationType.PART_OF, "neural network", long, 0.6, at, at + 6)
    changed = replace(record, methods=(word, *record.methods), relations=(relation,))
    quads = list(iter_quads([replace(orals, records=(changed,))], small_resolution))
    assert {quote for _, quote in quotes(quads, vocab.CG_PART_OF)} == {"neural network", "BigNet"}


def test_a_relation_whose_end_stands_nowhere_quotes_its_sentence(small_readings: list[Reading], small_resolution: Resolution) -> None:
    """Another extractor may place an end where it lists no mention."""
    orals = small_readings[0]
    record = orals.records[0]
    relation = replace(record.relations[1], object_start=0)
    sentence = orals.page.text[relation.start : relation.end]
    quads = list(iter_quads([replace(orals, records=(replace(record, relations=(relation,)),))], small_resolution))
    assert {quote for _, quote in quotes(quads, vocab.CG_COMPARE_WITH)} == {"TinyNet", sentence}


def test_a_part_of_a_name_that_an_acronym_stands_for_is_no_synonym_of_it(
    small_readings: list[Reading], small_resolution: Resolution
) -> None:
    orals = small_readings[0]
    record = orals.records[0]
    long, other = "a kind of neural network", "BigNet"
    kind = Concept(long, (), 0.9, (Span(at := orals.page.text.index(long), at + len(long)),))
    net = record.methods[1]
    assert net.name == "neural network"

    def said(subject: str, start: int, to: Concept) -> set[tuple[str, str]]:
        relation = Relation(subject, start, RelationType.SYNONYM_OF, to.name, to.mentions[0].start, 0.9, start, start + 40)
        changed = replace(record, methods=(*record.methods, kind), relations=(relation,))
        return quotes(list(iter_quads([replace(orals, records=(changed,))], small_resolution)), vocab.CG_SYNONYM_OF)

    assert said(long, at, net) == set()
    assert {quote for _, quote in said(other, orals.page.text.index(other), net)} == {other, net.name}


def test_an_affiliation_that_a_mark_leads_to_is_quoted_behind_the_names_but_not_from_the_abstract() -> None:
    text = "Ada Example¹, Bob Sample²\n¹ Example University\n² Moss Lab\nMoss grows. Fern House is where we work.\n"
    names, abstract = Span(0, text.index("\n²")), Span(text.index("Moss grows"), len(text) - 1)
    places = {"record": Span(0, len(text)), "authors": names, "abstract": abstract}
    people = tuple(
        Author(name, (affiliation,), start=text.index(name), end=text.index(name) + len(name))
        for name, affiliation in (("Ada Example", "Fern House"), ("Bob Sample", "Moss Lab"))
    )
    page = Page("moss.txt", text, PageId(hashlib.sha256(text.encode()).hexdigest()))
    record = Record(RecordId("1"), page.name, 1, page.id, RecordKind.PAPER, title="Moss", authors=people, spans=places)
    reading = Reading(page, "generic", (record,), ())
    said = quotes(list(iter_quads([reading], resolve([reading]))), vocab.SOA_RAW_AFFILIATION)
    assert said == {("Moss Lab", "Moss Lab"), ("Fern House", "Ada Example")}


def find(text: str, words: str) -> Span:
    """Give the place of some words in a text."""
    return Span(text.index(words), text.index(words) + len(words))


def working_page(name: str, affiliation: str) -> Reading:
    """Make a page of one paper whose author works somewhere, which the page also lists as an institution."""
    text = f"Paper of {name}\nAda Example, {affiliation}\n"
    place = find(text, affiliation)
    ada = Author("Ada Example", (affiliation,), start=text.index("Ada"), end=text.index(","))
    page = Page(name, text, PageId(hashlib.sha256(text.encode()).hexdigest()))
    record = Record(
        RecordId(name),
        name,
        1,
        page.id,
        RecordKind.PAPER,
        title=f"Paper of {name}",
        authors=(ada,),
        institutions=(Concept(affiliation, mentions=(place,)),),
        spans={"record": Span(0, len(text))},
    )
    return Reading(page, "generic", (record,), ())


def test_a_page_keeps_its_evidence_where_another_page_names_its_organisation_otherwise() -> None:
    index = gazetteer.load()
    pages = [working_page("a.txt", "Dept. of Moss, University of Texas at Austin"), working_page("b.txt", "University of Texas at Austin")]
    alone, both = (list(iter_quads(some, resolve(some, organizations=index))) for some in (pages[:1], pages))
    assert {quad.subject for quad in alone} <= {quad.subject for quad in both}
    moved = "SELECT ?old { ?old dcterms:isReplacedBy ?now . ?now a org:Organization }"
    assert len(rows(both, moved)) == 1, "the organisation is known by another key"


def test_a_page_keeps_the_name_that_is_an_affiliation_of_another_page() -> None:
    index, name = gazetteer.load(), "Dept. of Moss, University of Texas at Austin"
    prose, affiliated = working_page("a.txt", name), working_page("b.txt", name)
    prose = replace(prose, records=(replace(prose.records[0], authors=()),))
    alone, both = (list(iter_quads(some, resolve(some, organizations=index))) for some in ([prose], [prose, affiliated]))
    assert {quad.subject for quad in alone} <= {quad.subject for quad in both}
    assert (name,) in rows(both, "SELECT ?label { ?work cg:namesInstitution ?o . ?o rdfs:label ?label }")


def test_a_paper_names_the_organisations_of_an_affiliation_and_not_the_affiliation() -> None:
    raw = "Media Lab, ETH Zurich, Switzerland + Moss & Fern Ltd"
    page = working_page("moss.txt", raw)
    quads = list(iter_quads([page], resolve([page], organizations=gazetteer.load())))
    labels = "SELECT ?label { ?o a org:Organization ; rdfs:label ?label }"
    assert rows(quads, labels) == {("ETH Zurich",), ("Moss & Fern Ltd",)}
    for predicate in (vocab.CG_NAMES_INSTITUTION, vocab.SOA_HAS_ORGANIZATION):
        assert {quote for _, quote in quotes(quads, predicate)} == {raw}
        assert rows(quads, f"SELECT ?label {{ ?s <{predicate}> ?o . ?o rdfs:label ?label }}") == {("ETH Zurich",), ("Moss & Fern Ltd",)}
    assert missing(quads) == []
