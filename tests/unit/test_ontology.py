"""The ontology is complete, invents nothing of others, keeps to OWL 2 RL and contradicts neither the graph nor what it reuses."""

import io
import re
from collections import defaultdict
from collections.abc import Callable
from itertools import chain

import owlrl
import pytest
import rdflib
from pyoxigraph import Quad
from rdflib import OWL, RDF, RDFS, SKOS, XSD, BNode, Literal, URIRef
from rdflib.namespace import DC, DCAT, DCTERMS, FOAF, ORG, PROV, SDO, VANN, VOID, DefinedNamespace
from rdflib.term import Node

from confgraph import resources, vocab
from confgraph.export import rdf

SCHEMA = rdflib.Namespace(vocab.SCHEMA)
OURS = URIRef(vocab.ONTOLOGY)
KINDS = {
    "class": OWL.Class,
    "object property": OWL.ObjectProperty,
    "data property": OWL.DatatypeProperty,
    "annotation property": OWL.AnnotationProperty,
}
PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty)
PUBLISHED: dict[str, type[DefinedNamespace]] = {
    "dc": DC, "dcat": DCAT, "dcterms": DCTERMS, "foaf": FOAF, "org": ORG, "owl": OWL, "prov": PROV, "rdf": RDF, "rdfs": RDFS,
    "schema": SDO, "skos": SKOS, "vann": VANN, "void": VOID, "xsd": XSD,
}  # fmt: skip
"""The terms of the published vocabularies, as rdflib generates them from the published files."""


def text(name: str) -> str:
    return (resources.folder("ontology") / name).read_text(encoding="utf-8")


def rows(name: str) -> list[list[str]]:
    return [["" if cell == "-" else cell for cell in row] for row in resources.split_rows(text(name))]


def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(data=text("confgraph.ttl"))


NAMESPACES = {prefix: namespace for prefix, namespace, *_ in rows("vocabularies.tsv")}
LISTED = {row[0]: row[1:] for row in rows("foreign-terms.tsv")}


def iri(curie: str) -> URIRef:
    prefix, _, local = curie.partition(":")
    return URIRef(NAMESPACES[prefix] + local)


def our_terms(graph: rdflib.Graph) -> list[URIRef]:
    return sorted(s for s in graph.subjects(RDFS.isDefinedBy, OURS) if isinstance(s, URIRef))


def foreign_terms(graph: rdflib.Graph) -> set[str]:
    """Every IRI of a graph that is neither ours nor that of a document: what defines a term, a licence, a version."""
    documents = (
        set(graph.objects(None, RDFS.isDefinedBy)) | set(graph.objects(None, DCTERMS.license)) | set(graph.objects(None, OWL.versionIRI))
    )
    return {str(term) for triple in graph for term in triple if isinstance(term, URIRef) and term not in documents and vocab.CG not in term}


def foreign_constants() -> set[str]:
    """The terms of others that vocab.py names."""
    values = {value for name, value in vars(vocab).items() if name.partition("_")[0].lower() in vocab.PREFIXES and "_" in name}
    return {value for value in values if isinstance(value, str) and not value.startswith((vocab.CG, vocab.ONTOLOGY))}


# The list of foreign terms


def test_the_list_holds_the_foreign_terms_of_code_and_ontology_and_no_others() -> None:
    listed = {str(iri(curie)) for curie in LISTED}
    used = foreign_constants() | foreign_terms(ontology())
    assert used - listed == set(), (
        "look up where each is defined, then list it in ontology/foreign-terms.tsv and declare it in confgraph.ttl"
    )
    assert listed - used == set(), "nothing uses these any more"
    assert len(listed) > 130


@pytest.mark.parametrize("invented", ["https://schema.org/worksFeatured", "https://example.org/vocabulary#about"])
def test_a_term_that_nobody_listed_is_noticed(invented: str) -> None:
    graph = ontology()
    graph.add((URIRef(vocab.CG_USES_METHOD), RDFS.seeAlso, URIRef(invented)))
    assert foreign_terms(graph) - {str(iri(curie)) for curie in LISTED} == {invented}


def test_listed_terms_stand_in_the_published_vocabularies() -> None:
    checked = [curie for curie in LISTED if curie.partition(":")[0] in PUBLISHED]
    assert len(checked) > 90
    missing = {curie for curie in checked if iri(curie) not in PUBLISHED[curie.partition(":")[0]]}
    assert missing == set()


def test_the_vocabularies_are_those_of_the_code_and_of_the_header() -> None:
    both = {**vocab.PREFIXES, "dc": str(DC), "vann": str(VANN)}
    assert both == {**NAMESPACES, "cg": vocab.CG}
    header = dict(re.findall(r"^@prefix (\w+): <(.*)> \.$", text("confgraph.ttl"), re.MULTILINE))
    assert header.items() <= {**NAMESPACES, "cg": vocab.CG}.items()
    for table in ("vocabularies.tsv", "foreign-terms.tsv"):
        names = [row[0].split(":") for row in rows(table)]
        assert names == sorted(names), f"{table} is not sorted"


def test_terms_of_others_are_declared_as_listed_and_nothing_else_is_said_of_them() -> None:
    graph = ontology()
    defining = {prefix: URIRef(document) for prefix, _, document, *_ in rows("vocabularies.tsv")}
    declared = {s for s in graph.subjects(RDF.type) if s not in {*our_terms(graph), OURS}}
    assert declared == {iri(curie) for curie, (kind, *_) in LISTED.items() if kind != "built-in"}
    for curie, (kind, *_) in LISTED.items():
        said = set(graph.predicate_objects(iri(curie)))
        assert said == (
            {(RDF.type, KINDS[kind]), (RDFS.isDefinedBy, defining[curie.partition(":")[0]])} if kind != "built-in" else set()
        ), curie


# Our own terms


def test_every_term_of_ours_is_explained() -> None:
    graph = ontology()
    for term in our_terms(graph):
        assert {OWL.Class, *PROPERTIES} & set(graph.objects(term, RDF.type)), term
        for naming in (RDFS.label, RDFS.comment):
            assert [said.language for said in graph.objects(term, naming) if isinstance(said, Literal)] == ["en"], (term, naming)
        assert any(graph.objects(term, SKOS.example)), f"{term} has no example"
    labels = [str(label) for term in our_terms(graph) for label in graph.objects(term, RDFS.label)]
    assert len(set(labels)) == len(labels)


def test_every_property_of_ours_says_what_it_joins_in_one_way() -> None:
    graph = ontology()
    properties = [term for term in our_terms(graph) if set(PROPERTIES) & set(graph.objects(term, RDF.type))]
    assert len(properties) > 30
    for term in properties:
        for strict, loose in ((RDFS.domain, SCHEMA.domainIncludes), (RDFS.range, SCHEMA.rangeIncludes)):
            assert bool(graph.value(term, strict)) != bool(graph.value(term, loose)), (term, strict)
            assert len(list(graph.objects(term, strict))) <= 1, f"several of {strict} mean all of them at once"


@pytest.mark.parametrize(
    ("lower", "upper"),
    [
        *((local, vocab.SCHEMA_MENTIONS) for local in ("introduces", "usesMethod", "usesDataset", "usesSoftware", "evaluatesOn")),
        *((local, vocab.SCHEMA_MENTIONS) for local in ("addressesTask", "reportsMetric", "comparesTo", "namesInstitution")),
        *((local, vocab.CG_RELATED_TO) for local in ("usedFor", "partOf", "subClassOf", "subTaskOf", "synonymOf")),
        *((local, vocab.CG_RELATED_TO) for local in ("compareWith", "trainedWith", "evaluatedWith", "benchmarkFor")),
        ("recoveredTitle", vocab.DCTERMS_TITLE),
    ],
)
def test_our_properties_stand_below_what_the_design_names(lower: str, upper: str) -> None:
    assert URIRef(upper) in ontology().transitive_objects(URIRef(vocab.CG + lower), RDFS.subPropertyOf)


@pytest.mark.parametrize("term", [vocab.CG_METHOD, vocab.CG_METRIC, vocab.CG_TASK])
def test_our_classes_stand_below_concept(term: str) -> None:
    assert SKOS.Concept in ontology().objects(URIRef(term), RDFS.subClassOf)


def test_the_ontology_says_what_it_is() -> None:
    graph = ontology()
    assert str(graph.value(OURS, OWL.versionIRI)) == vocab.VERSION_IRI
    assert str(graph.value(OURS, OWL.versionInfo)) == vocab.VERSION
    assert str(graph.value(OURS, VANN.preferredNamespaceUri)) == vocab.CG
    for said in (RDFS.label, DC.title, DC.creator, DCTERMS.description, DCTERMS.license, DCTERMS.created, SKOS.changeNote):
        assert graph.value(OURS, said), said


def test_the_changelog_opens_with_this_version_and_its_date() -> None:
    newest = re.search(r"^## (\S+) \((\S+)\)$", text("CHANGELOG.md"), re.MULTILINE)
    assert newest
    assert newest.groups() == (vocab.VERSION, str(ontology().value(OURS, DCTERMS.modified))[:10])


# The profile

DATATYPES = {XSD.string, XSD.boolean, XSD.decimal, XSD.integer, XSD.nonNegativeInteger, XSD.anyURI, XSD.dateTime, RDFS.Literal}
"""Those of OWL 2 RL that a range here may name. Source: OWL 2 Profiles, section 4.2."""

BUILT_IN_ANNOTATIONS = {
    RDFS.label,
    RDFS.comment,
    RDFS.seeAlso,
    RDFS.isDefinedBy,
    OWL.versionInfo,
    OWL.deprecated,
    OWL.versionIRI,
    OWL.priorVersion,
}
DECLARED = {OWL.Ontology, *KINDS.values()}
RESERVED = (vocab.RDF, vocab.RDFS, vocab.OWL, vocab.XSD)


def beyond_rl(graph: rdflib.Graph) -> list[str]:
    """Tell what goes beyond a fragment of OWL 2 RL: named classes and properties with their order, domains, ranges and disjointness.

    Source: OWL 2 Profiles, section 4.2; for the typing of properties OWL 2 Structural Specification, section 5.8.1.
    """
    kinds: defaultdict[Node, set[Node]] = defaultdict(set)
    for term, kind in graph.subject_objects(RDF.type):
        kinds[term].add(kind)

    def classes(s: Node, o: Node) -> bool:
        return OWL.Class in kinds[s] & kinds[o]

    def properties(s: Node, o: Node) -> bool:
        return any(kind in kinds[s] & kinds[o] for kind in PROPERTIES)

    allowed: dict[Node, Callable[[Node, Node], bool]] = {
        RDF.type: lambda s, o: (
            not str(s).startswith(RESERVED) and (o in DECLARED or (o == OWL.SymmetricProperty and OWL.ObjectProperty in kinds[s]))
        ),
        RDFS.subClassOf: classes,
        OWL.equivalentClass: classes,
        OWL.disjointWith: classes,
        RDFS.subPropertyOf: properties,
        OWL.equivalentProperty: properties,
        RDFS.domain: lambda s, o: bool(kinds[s].intersection(PROPERTIES)) and OWL.Class in kinds[o],
        RDFS.range: lambda s, o: (
            OWL.Class in kinds[o] if OWL.ObjectProperty in kinds[s] else OWL.DatatypeProperty in kinds[s] and o in DATATYPES
        ),
    }
    wrong = [f"{term} is of several kinds" for term, own in sorted(kinds.items()) if len(own - {OWL.SymmetricProperty}) > 1]
    for s, p, o in sorted(graph):
        annotation = p in BUILT_IN_ANNOTATIONS or OWL.AnnotationProperty in kinds[p]
        expression = isinstance(s, BNode) or isinstance(o, BNode)  # of a class, or a list: some are allowed, none is needed here
        if expression or not (allowed[p](s, o) if p in allowed else annotation):
            wrong.append(f"{s} {p} {o}")
    return wrong


def test_the_ontology_keeps_to_owl_2_rl() -> None:
    assert beyond_rl(ontology()) == []


@pytest.mark.parametrize(
    "axiom",
    [
        "cg:usesMethod a owl:DatatypeProperty .",
        "cg:usesMethod rdfs:range xsd:string .",
        "cg:unit rdfs:range cg:Method .",
        "cg:unit rdfs:range xsd:gYear .",
        "cg:unit rdfs:subPropertyOf cg:usesMethod .",
        "cg:usesMethod rdfs:domain [ owl:unionOf ( cg:Method cg:Task ) ] .",
        "cg:Method rdfs:subClassOf schema:Thing .",
        "cg:usesMethod a owl:ReflexiveProperty .",
        "cg:Method owl:disjointUnionOf ( cg:Task cg:Metric ) .",
        "cg:unit a owl:SymmetricProperty .",
        "rdf:Statement a owl:Class .",
        "cg:Method schema:about cg:Task .",
    ],
)
def test_what_goes_beyond_owl_2_rl_is_noticed(axiom: str) -> None:
    prefixes = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in {**NAMESPACES, "cg": vocab.CG}.items())
    assert beyond_rl(ontology().parse(data=prefixes + axiom)) != []


# Consistency

AXIOMS = """
# Axioms of the reused ontologies that foreign-terms.tsv has no column for.
# FaBiO 2.1, and FRBR in OWL 2 DL (2011-06-29), which it imports:
fabio:ProceedingsPaper rdfs:subClassOf fabio:Expression .
fabio:Expression rdfs:subClassOf frbr:Expression . fabio:Work rdfs:subClassOf frbr:Work .
frbr:Expression owl:disjointWith frbr:Item, frbr:Manifestation, frbr:Work .
# BIBO 1.3, FOAF 0.99, ORG:
bibo:Document owl:equivalentClass foaf:Document . foaf:Document owl:disjointWith foaf:Organization, foaf:Project .
org:Organization owl:equivalentClass foaf:Organization .
# PROV-O, SKOS:
prov:Agent owl:disjointWith prov:InstantaneousEvent .
skos:broaderTransitive rdfs:subPropertyOf skos:semanticRelation ; owl:propertyDisjointWith skos:related .
skos:semanticRelation rdfs:domain skos:Concept ; rdfs:range skos:Concept .
# The Conference Ontology:
conf:isSubEventOf owl:inverseOf conf:hasSubEvent . conf:hasSubEvent rdfs:domain conf:OrganisedEvent ; rdfs:range conf:OrganisedEvent .
conf:Conference rdfs:subClassOf [ a owl:Restriction ; owl:onProperty conf:hasSeries ; owl:allValuesFrom conf:ConferenceSeries ] .
# ML-Schema: what its namespace serves names no disjoint classes, later versions in its repository do (ML-Schema/core, issue 24). Here all
# siblings are taken as disjoint, the most that any version can say.
mls:InformationEntity owl:disjointWith mls:Process, mls:Quality . mls:Process owl:disjointWith mls:Quality .
[] a owl:AllDisjointClasses ; owl:members ( mls:Algorithm mls:Data mls:EvaluationMeasure mls:EvaluationProcedure mls:EvaluationSpecification
    mls:HyperParameter mls:HyperParameterSetting mls:Implementation mls:Model mls:ModelEvaluation mls:Software mls:Task ) .
"""
SEMOPENALEX = "soa:Work owl:equivalentClass fabio:Work ."
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")


def axioms(*more: str) -> rdflib.Graph:
    """The published axioms: the columns of foreign-terms.tsv but for the cells that are none (its fourth line), and those above."""
    graph = rdflib.Graph()
    for curie, (kind, domain, range_, below, disjoint, _) in LISTED.items():
        if curie.startswith("schema:") or curie == "dcterms:creator" or kind in {"built-in", "annotation property"}:
            continue
        above = RDFS.subClassOf if kind == "class" else RDFS.subPropertyOf
        for predicate, cell in ((RDFS.domain, domain), (RDFS.range, range_), (above, below), (OWL.disjointWith, disjoint)):
            for value in cell.split():
                if "/" not in value:
                    graph.add((iri(curie), predicate, iri(value)))
    prefixes = {**NAMESPACES, "cg": vocab.CG, "frbr": "http://purl.org/vocab/frbr/core#"}
    return graph.parse(data="".join([*(f"@prefix {p}: <{n}> .\n" for p, n in prefixes.items()), AXIOMS, *more]))


def contradictions(*graphs: rdflib.Graph) -> list[str]:
    """What OWL 2 RL finds wrong with graphs taken together: owlrl states each contradiction as an error."""
    union = rdflib.Graph()
    for triple in chain.from_iterable(graphs):
        union.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, rdfs_closure=True).expand(union)
    return [str(error) for error in union.objects(None, ERROR)] + [f"{s} is in owl:Nothing" for s in union.subjects(RDF.type, OWL.Nothing)]


@pytest.fixture(scope="module")
def data(small_quads: list[Quad]) -> rdflib.Graph:
    """The knowledge and the evidence of two pages as one graph."""
    stream = io.BytesIO()
    rdf.write(stream, [Quad(quad.subject, quad.predicate, quad.object) for quad in small_quads], "turtle")
    return rdflib.Graph().parse(data=stream.getvalue(), format="turtle")


def test_ontology_graph_and_evidence_contradict_nothing_that_is_reused(data: rdflib.Graph) -> None:
    for kind in (vocab.FABIO_CONFERENCE_PAPER, vocab.MLS_MODEL_EVALUATION, vocab.OA_ANNOTATION, vocab.CONF_TALK, vocab.ORG_ORGANIZATION):
        assert any(data.subjects(RDF.type, URIRef(kind))), f"the test graph holds no {kind}"
    assert contradictions(ontology(), data, axioms()) == []


@pytest.mark.parametrize(
    ("kind", "other"),
    [
        (vocab.FOAF_PERSON, vocab.CG_METRIC),  # by our own axioms
        (vocab.CG_TASK, vocab.CG_METHOD),
        (vocab.MLS_MODEL_EVALUATION, vocab.MLS_EVALUATION_MEASURE),  # by those of ML-Schema
        (vocab.CG_METRIC, vocab.MLS + "Task"),
        (vocab.FOAF_PERSON, vocab.ORG_ORGANIZATION),  # by those of ORG and FOAF together
        (vocab.SCHEMA_WEB_PAGE, vocab.PROV_ACTIVITY),
    ],
)
def test_a_contradiction_would_be_found(kind: str, other: str) -> None:
    one = rdflib.Graph()
    for of in (kind, other, *([vocab.PROV_ENTITY] if kind == vocab.SCHEMA_WEB_PAGE else [])):
        one.add((URIRef("https://example.org/thing"), RDF.type, URIRef(of)))
    assert contradictions(ontology(), one, axioms()) != []


def test_semopenalex_cannot_be_imported_beside_fabio(data: rdflib.Graph) -> None:
    """SemOpenAlex makes a work, and FaBiO an expression, of what FRBR says is not both; the note in foreign-terms.tsv warns of it."""
    paper = next(data.subjects(RDF.type, URIRef(vocab.FABIO_CONFERENCE_PAPER)))
    one = rdflib.Graph()
    for triple in chain(data.triples((paper, RDF.type, None)), data.triples((paper, URIRef(vocab.SOA_HAS_AUTHORSHIP), None))):
        one.add(triple)
    assert contradictions(one, axioms()) == []
    assert contradictions(one, axioms(SEMOPENALEX)) != []
    assert "contradiction" in LISTED["soa:hasAuthorship"][-1]
