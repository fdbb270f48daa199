"""The graph and the ontology together, reasoned over by OWL 2 RL, contradict nothing."""

import io

import owlrl
import pytest
import rdflib
from pyoxigraph import Quad
from rdflib import OWL, RDF, RDFS, SKOS

from confgraph import resources, vocab
from confgraph.export import rdf

ERROR = rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")


def reason(graph: rdflib.Graph) -> rdflib.Graph:
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, rdfs_closure=True).expand(graph)
    return graph


def contradictions(graph: rdflib.Graph) -> list[str]:
    """What OWL RL finds wrong: owlrl states each contradiction as an error."""
    errors = [str(o) for o in graph.objects(None, ERROR)]
    return [*errors, *map(str, graph.subjects(RDF.type, OWL.Nothing))]


@pytest.fixture(scope="module")
def united(small_quads: list[Quad]) -> rdflib.Graph:
    stream = io.BytesIO()
    rdf.write(stream, small_quads, "turtle")
    graph = rdflib.Graph().parse(data=stream.getvalue(), format="turtle")
    return graph.parse(data=(resources.folder("ontology") / "confgraph.ttl").read_text(encoding="utf-8"), format="turtle")


def test_nothing_is_contradicted(united: rdflib.Graph) -> None:
    graph = reason(rdflib.Graph() + united)
    assert contradictions(graph) == []
    concept = next(graph.subjects(RDFS.label, rdflib.Literal("ToyBank")))
    paper = next(graph.subjects(rdflib.URIRef(vocab.CG_EVALUATES_ON), concept))
    assert (paper, rdflib.URIRef(vocab.SCHEMA_MENTIONS), concept) in graph
    metric = next(graph.subjects(RDFS.label, rdflib.Literal("accuracy")))
    assert {SKOS.Concept, rdflib.URIRef(vocab.MLS_EVALUATION_MEASURE)} <= set(graph.objects(metric, RDF.type))


def test_a_contradiction_would_be_found(united: rdflib.Graph) -> None:
    graph = rdflib.Graph() + united
    person = next(graph.subjects(RDF.type, rdflib.URIRef(vocab.FOAF_PERSON)))
    graph.add((person, RDF.type, rdflib.URIRef(vocab.CG_METRIC)))
    assert contradictions(reason(graph)) != []
