"""The graph for users of rdflib and networkx."""

from pathlib import Path

import networkx
import pyoxigraph
import pytest
import rdflib
from pyoxigraph import Quad, RdfFormat

import confgraph
from confgraph import vocab
from confgraph.errors import OutputError
from confgraph.export import rdf
from confgraph.graph import interop

pytestmark = pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated")  # rdflib warns of its own use


def test_the_dataset_holds_what_rdflib_itself_reads(small_out: Path) -> None:
    loaded = confgraph.load(small_out)
    assert isinstance(loaded, rdflib.Dataset)
    read = rdflib.Dataset().parse(small_out / "graph.nq", format="nquads")
    assert set(loaded.quads()) == set(read.quads())


def test_the_default_graph_is_the_knowledge(small_out: Path, small_quads: list[Quad]) -> None:
    loaded = interop.load(small_out)
    assert len(loaded.default_graph) == sum(map(rdf.in_default_graph, small_quads))
    (row,) = loaded.query("SELECT ?n { ?p a foaf:Person ; foaf:name ?n . FILTER(STRSTARTS(?n, 'Ada')) }")
    assert str(row[0]) == "Ada Example"
    names = {str(name) for name in loaded.objects(predicate=rdflib.URIRef(vocab.FOAF_NAME))}
    assert names == {"Ada Example", "Bob Sample", "Cem Third"}


def test_each_page_is_a_named_graph(small_out: Path) -> None:
    graphs = [graph for graph in interop.load(small_out).graphs() if str(graph.identifier).startswith("https://w3id.org/")]
    assert len(graphs) == 2
    assert all((None, rdflib.RDF.type, rdflib.RDF.Statement) in graph for graph in graphs)


def test_literals_keep_their_lexical_forms(tmp_path: Path) -> None:
    lines = '<https://example.org/a> <https://example.org/b> "0.50"^^<http://www.w3.org/2001/XMLSchema#decimal> .\n'
    (tmp_path / "graph.nq").write_text(lines + '<https://example.org/a> <https://example.org/b> "x"@en .\n')
    values = {value.n3() for value in interop.load(tmp_path).objects()}
    assert values == {'"0.50"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"x"@en'}


def test_the_network_has_the_entities(small_out: Path) -> None:
    network = interop.load(small_out).network
    assert isinstance(network, networkx.MultiDiGraph)
    labels = {data["label"] for _, data in network.nodes(data=True)}
    assert {"TinyNet", "ToyBank", "Ada Example", "Hands-on parsing"} <= labels


def test_what_holds_no_graph_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="holds no graph"):
        confgraph.load(tmp_path)
    (tmp_path / "graph.nq").write_text("<no quad>")
    with pytest.raises(OutputError, match="cannot be read"):
        confgraph.load(tmp_path)


def test_the_file_is_as_the_graph(small_out: Path, small_quads: list[Quad]) -> None:
    assert set(pyoxigraph.parse(path=str(small_out / "graph.nq"), format=RdfFormat.N_QUADS)) == set(small_quads)
