"""Turtle that reads well, and that every parser reads back as what was written."""

import io
import shutil
import subprocess

import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple
from rdflib.compare import isomorphic

from confgraph import vocab
from confgraph.export import rdf
from confgraph.export.turtle import iter_trig, iter_turtle

BASE = "https://example.org/id/"

# All that an IRI may hold: RFC 3987, without what Turtle has to escape
_IRI_CHARS = st.characters(codec="utf-8", categories=("L", "N")) | st.sampled_from("-._~:/?#[]@!$&'()*+,;=%")


def _make_iri(local: str) -> NamedNode | None:
    try:
        return NamedNode(f"{BASE}{local}")
    except ValueError:
        return None


iris = st.text(_IRI_CHARS, max_size=12).map(_make_iri).filter(bool) | st.sampled_from(
    [
        NamedNode(term)
        for term in (vocab.RDF_TYPE, vocab.RDFS_LABEL, vocab.CG_INTRODUCES, vocab.SCHEMA, vocab.CG + "a.b.", BASE + "paper/x-1")
    ]
)
datatypes = st.sampled_from([vocab.XSD_INTEGER, vocab.XSD_DECIMAL, vocab.XSD_BOOLEAN, vocab.XSD_DATE_TIME, BASE + "type/own"])
numbers = st.from_regex(r"[+-]?[0-9]{0,3}\.?[0-9]{0,3}([eE][0-9])?|true|false|1|0", fullmatch=True)
literals = (
    st.text(st.characters(codec="utf-8")).map(Literal)
    | st.builds(lambda value, language: Literal(value, language=language), st.text(), st.sampled_from(["en", "de-at"]))
    | st.builds(lambda value, datatype: Literal(value, datatype=NamedNode(datatype)), st.text(max_size=5) | numbers, datatypes)
)
triples = st.builds(Triple, iris, iris, iris | literals)


def turtle(some: list[Triple]) -> str:
    return "".join(iter_turtle(some))


@settings(deadline=None)
@given(st.lists(triples, max_size=8))
def test_turtle_reads_back_as_written(some: list[Triple]) -> None:
    read = pyoxigraph.parse(turtle(some), format=RdfFormat.TURTLE)
    assert {quad.triple for quad in read} == set(some)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.builds(Triple, iris, iris, iris | st.text(st.characters(codec="utf-8")).map(Literal)), max_size=5))
def test_rdflib_reads_what_pyoxigraph_does(some: list[Triple]) -> None:
    lines = pyoxigraph.serialize(some, format=RdfFormat.N_TRIPLES)
    assert lines is not None
    assert isomorphic(rdflib.Graph().parse(data=turtle(some), format="turtle"), rdflib.Graph().parse(data=lines, format="nt"))


@settings(deadline=None)
@given(st.lists(triples, max_size=8))
def test_order_and_repetition_change_nothing(some: list[Triple]) -> None:
    assert turtle([*some[::-1], *some]) == turtle(some)


@settings(deadline=None)
@given(st.lists(st.builds(Quad, iris, iris, iris | literals, iris), max_size=6))
def test_trig_reads_back_as_written(quads: list[Quad]) -> None:
    assert set(pyoxigraph.parse("".join(iter_trig(quads)), format=RdfFormat.TRIG)) == set(quads)


def test_a_block_reads_well() -> None:
    paper, person = NamedNode(f"{BASE}paper/on-x-0a"), NamedNode(f"{BASE}person/ann-1b")
    some = [
        Triple(paper, NamedNode(vocab.DCTERMS_CREATOR), person),
        Triple(paper, NamedNode(vocab.CG_CONFIDENCE), Literal("0.50", datatype=NamedNode(vocab.XSD_DECIMAL))),
        Triple(paper, NamedNode(vocab.SOA_POSITION), Literal(1)),
        Triple(paper, NamedNode(vocab.RDFS_LABEL), Literal('On "X"\n')),
        Triple(paper, NamedNode(vocab.RDF_TYPE), NamedNode(vocab.SCHEMA_SCHOLARLY_ARTICLE)),
        Triple(paper, NamedNode(vocab.RDF_TYPE), NamedNode(vocab.FABIO_CONFERENCE_PAPER)),
    ]
    assert turtle(some) == (
        "@prefix cg: <https://w3id.org/confgraph/ontology#> .\n"
        "@prefix dcterms: <http://purl.org/dc/terms/> .\n"
        "@prefix fabio: <http://purl.org/spar/fabio/> .\n"
        "@prefix paper: <https://example.org/id/paper/> .\n"
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "@prefix schema: <https://schema.org/> .\n"
        "@prefix soa: <https://semopenalex.org/ontology/> .\n"
        "\npaper:on-x-0a\n"
        "    a fabio:ConferencePaper, schema:ScholarlyArticle ;\n"
        '    rdfs:label "On \\"X\\"\\n" ;\n'
        "    cg:confidence 0.50 ;\n"
        "    dcterms:creator <https://example.org/id/person/ann-1b> ;\n"
        "    soa:position 1 .\n"
    )


def test_numbers_that_would_change_keep_their_quotes() -> None:
    one = NamedNode(f"{BASE}a")

    def written(value: str, datatype: str) -> str:
        return turtle([Triple(one, one, Literal(value, datatype=NamedNode(datatype)))]).rpartition("id:a ")[2]

    assert written("5.", vocab.XSD_DECIMAL) == '"5."^^xsd:decimal .\n'
    assert written("5", vocab.XSD_DECIMAL) == '"5"^^xsd:decimal .\n'
    assert written("1", vocab.XSD_BOOLEAN) == '"1"^^xsd:boolean .\n'
    assert written("-5", vocab.XSD_INTEGER) == "-5 .\n"


def test_two_name_spaces_with_one_name_get_two_prefixes() -> None:
    rooms = [NamedNode(f"https://example.org/{base}/org/x") for base in "ab"]
    some = [Triple(room, NamedNode(vocab.ORG + "unitOf"), rooms[0]) for room in rooms]
    text = turtle(some)
    assert "@prefix org: <http://www.w3.org/ns/org#>" in text
    assert "@prefix org2: <https://example.org/a/org/>" in text
    assert "@prefix org3: <https://example.org/b/org/>" in text


def test_the_header_of_the_ontology_comes_first(small_quads: list[Quad]) -> None:
    stream = io.BytesIO()
    rdf.write(stream, small_quads, "turtle")
    first = stream.getvalue().decode().split("\n\n")[1]
    assert "owl:Ontology" in first
    assert 'owl:versionInfo "1.2"' in first


@pytest.mark.skipif(not shutil.which("rapper"), reason="raptor2-utils is not installed")
@pytest.mark.parametrize(("name", "syntax"), [("turtle", "turtle"), ("ntriples", "ntriples"), ("rdfxml", "rdfxml"), ("trig", "trig")])
def test_raptor_reads_the_graph(small_quads: list[Quad], name: str, syntax: str) -> None:
    """Raptor is strict and shares no code with what else reads Turtle here."""
    stream = io.BytesIO()
    rdf.write(stream, small_quads, name)
    command = ["rapper", "-q", "-i", syntax, "-o", "ntriples", "-", "https://example.org/"]
    done = subprocess.run(command, input=stream.getvalue(), capture_output=True, check=True)
    assert done.stderr == b""
    wanted = {quad.triple for quad in small_quads if name == "trig" or rdf.in_default_graph(quad)}
    assert {quad.triple for quad in pyoxigraph.parse(done.stdout, format=RdfFormat.N_TRIPLES)} == wanted
