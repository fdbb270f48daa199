"""Every format holds the same graph, and one graph has one text in each."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat

from confgraph.errors import OutputError, UsageError
from confgraph.export import rdf

READERS = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
}


def written(quads: list[Quad], name: str) -> bytes:
    stream = io.BytesIO()
    rdf.write(stream, quads, name)
    return stream.getvalue()


def test_the_readers_cover_the_formats() -> None:
    assert set(READERS) == set(rdf.FORMATS)


@pytest.mark.parametrize("name", list(READERS))
def test_a_format_holds_the_whole_graph(small_quads: list[Quad], name: str) -> None:
    wanted = {quad for quad in small_quads if rdf.FORMATS[name].evidence or rdf.in_default_graph(quad)}
    assert set(pyoxigraph.parse(written(small_quads, name), format=READERS[name])) == wanted


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's JSON-LD parser warns of its own use
@pytest.mark.parametrize(("name", "parser"), [("turtle", "turtle"), ("jsonld", "json-ld"), ("rdfxml", "xml")])
def test_rdflib_reads_the_same_graph(small_quads: list[Quad], name: str, parser: str) -> None:
    plain = rdflib.Graph().parse(data=written(small_quads, "ntriples"), format="nt")
    assert set(rdflib.Graph().parse(data=written(small_quads, name), format=parser)) == set(plain)


@pytest.mark.parametrize("name", list(READERS))
def test_the_order_of_quads_changes_no_byte(small_quads: list[Quad], name: str) -> None:
    assert written([*small_quads[::-1], *small_quads[:9]], name) == written(small_quads, name)


def test_another_process_writes_the_same_bytes(small_quads: list[Quad]) -> None:
    """Hash seeds and the library's own hash tables differ between processes."""
    code = (
        "import hashlib, io, sys, pyoxigraph\nfrom confgraph.export import rdf\n"
        "quads = list(pyoxigraph.parse(sys.stdin.buffer.read(), format=pyoxigraph.RdfFormat.N_QUADS))\n"
        "for name in rdf.FORMATS:\n    stream = io.BytesIO(); rdf.write(stream, quads, name)\n"
        "    print(name, hashlib.sha256(stream.getvalue()).hexdigest())\n"
    )
    source = written(small_quads, "nquads")
    runs = {subprocess.run([sys.executable, "-c", code], input=source, capture_output=True, check=True).stdout for _ in range(2)}
    assert len(runs) == 1
    assert len(runs.pop().splitlines()) == len(READERS)


def test_nquads_are_sorted_lines(small_quads: list[Quad]) -> None:
    lines = written(small_quads, "nquads").splitlines()
    assert lines == sorted(lines)


@pytest.mark.parametrize("name", list(READERS))
def test_text_of_all_kinds_survives(name: str) -> None:
    thing = NamedNode("https://example.org/a/b")
    texts = ["<img src=x>&amp;", "a\tb\nc", '"""', "\\", "naïve 深層 \U0001f600", "\u2028", " ", "]]>"]
    quads = [Quad(thing, NamedNode("https://example.org/says"), Literal(text)) for text in texts]
    read = {quad.object.value for quad in pyoxigraph.parse(written(quads, name), format=READERS[name])}
    assert read == set(texts)


def test_an_empty_graph_can_be_written() -> None:
    assert written([], "turtle") == b""
    assert json.loads(written([], "jsonld")) == []


def test_an_unknown_format_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="choose one of: turtle"):
        rdf.write_file(tmp_path / "graph.n3", [], "n3")
    assert not (tmp_path / "graph.n3").exists()


def test_a_file_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        rdf.write_file(tmp_path / "none" / "graph.ttl", [], "turtle")
