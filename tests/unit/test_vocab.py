"""The terms in code and those in the ontology are the same; the ontology is one."""

import re
from pathlib import Path

import rdflib
from rdflib import OWL, RDF, RDFS, SKOS
from rdflib.namespace import DCTERMS

from confgraph import resources, vocab
from confgraph.graph import statements


def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(data=(resources.folder("ontology") / "confgraph.ttl").read_text(encoding="utf-8"))


def terms(prefix: str) -> dict[str, str]:
    """The constants of one namespace, by name, without the namespace itself."""
    return {name: value for name, value in vars(vocab).items() if name.startswith(f"{prefix}_") and isinstance(value, str)}


def test_our_terms_are_those_of_the_ontology() -> None:
    defined = {str(s) for s in ontology().subjects(RDFS.isDefinedBy, rdflib.URIRef(vocab.ONTOLOGY))}
    assert defined == set(terms("CG").values())
    assert len(defined) > 30


def test_every_term_has_type_label_and_comment() -> None:
    graph = ontology()
    for term in map(rdflib.URIRef, terms("CG").values()):
        assert {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty} & set(graph.objects(term, RDF.type)), term
        assert len(list(graph.objects(term, RDFS.label))) == 1, term
        assert len(list(graph.objects(term, RDFS.comment))) == 1, term


def test_constants_are_named_by_prefix_and_local_name() -> None:
    named = 0
    for prefix, namespace in vocab.PREFIXES.items():
        for name, value in terms(prefix.upper()).items():
            local = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", value.removeprefix(namespace)).upper()
            assert value.startswith(namespace), name
            assert name in (f"{prefix.upper()}_{local}", "FABIO_HAS_ARXIV_ID"), name
            named += 1
    assert named > 100


def test_the_ontology_says_its_version_and_licence() -> None:
    graph, itself = ontology(), rdflib.URIRef(vocab.ONTOLOGY)
    assert str(graph.value(itself, OWL.versionIRI)) == vocab.VERSION_IRI
    assert str(graph.value(itself, OWL.versionInfo)) == vocab.VERSION
    assert graph.value(itself, DCTERMS.license)


def test_our_properties_stand_below_what_the_design_names() -> None:
    graph = ontology()
    about = {"introduces", "usesMethod", "usesDataset", "evaluatesOn", "addressesTask", "reportsMetric", "comparesTo"}
    for local in about:
        above = set(graph.transitive_objects(rdflib.URIRef(vocab.CG + local), RDFS.subPropertyOf))
        assert rdflib.URIRef(vocab.SCHEMA_MENTIONS) in above, local


def test_every_term_says_what_it_joins_and_gives_an_example_where_one_helps() -> None:
    graph = ontology()
    schema = rdflib.Namespace(vocab.SCHEMA)
    properties = [p for kind in (OWL.ObjectProperty, OWL.DatatypeProperty) for p in graph.subjects(RDF.type, kind) if vocab.CG in str(p)]
    assert len(properties) > 30
    for term in properties:
        assert graph.value(term, RDFS.domain) or graph.value(term, schema.domainIncludes), term
        assert graph.value(term, RDFS.range) or graph.value(term, schema.rangeIncludes), term
    without = {term for term in terms("CG").values() if not graph.value(rdflib.URIRef(term), SKOS.example)}
    assert without == {vocab.CG_RELATED_TO, vocab.CG_TITLE_RECOVERED_FROM}


def test_no_term_of_ours_is_without_use() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in Path(statements.__file__).parent.glob("*.py"))
    unused = {name for name in terms("CG") if not re.search(rf"\bvocab\.{name}\b", code)}
    assert unused == {"CG_RELATED_TO"}, "what stands above the relation types is inferred, not stated"
