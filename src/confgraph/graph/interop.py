"""Give the graph to the users of rdflib and networkx; the only module that imports rdflib."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Final, cast

import networkx
import pyoxigraph
import rdflib
from pyoxigraph import Quad, RdfFormat
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.term import Node

from confgraph import vocab
from confgraph.errors import OutputError
from confgraph.graph.network import to_network

FILE: Final = "graph.nq"
"""The file with the whole graph in what `confgraph build` writes."""


class Loaded(rdflib.Dataset):
    """An `rdflib.Dataset` of a graph: the default graph is the knowledge, each named graph the evidence of one page."""

    def __init__(self, quads: tuple[Quad, ...] = ()) -> None:
        super().__init__()
        for prefix, namespace in vocab.PREFIXES.items():
            self.bind(prefix, namespace, replace=True)
        self._quads = quads
        graphs: dict[str, rdflib.Graph] = {}
        terms: dict[pyoxigraph.NamedNode, rdflib.URIRef] = {}
        store = self.store
        for quad in quads:
            name = str(quad.graph_name)
            if name not in graphs:
                graphs[name] = self.graph(_graph_name(quad))
            triple = _term(quad.subject, terms), _term(quad.predicate, terms), _term(quad.object, terms)
            store.add(triple, graphs[name])

    @cached_property
    def network(self) -> networkx.MultiDiGraph[str]:
        """The entities and their links as a networkx graph; made at first use from what was loaded."""
        return to_network(self._quads)


def load(out: Path) -> Loaded:
    """Load the graph of a folder that `confgraph build` wrote.

    Raises:
        OutputError: there is none, or it is damaged.
    """
    path = out / FILE
    if not path.is_file():
        raise OutputError(str(out), "holds no graph", "give a folder that `confgraph build` wrote")
    try:
        return Loaded(tuple(pyoxigraph.parse(path=str(path), format=RdfFormat.N_QUADS)))
    except (OSError, SyntaxError, ValueError) as error:
        raise OutputError(str(path), f"cannot be read ({error})", "build it again") from error


def to_graph(quads: Iterable[Quad]) -> rdflib.Graph:
    """Give the union of the graphs of some quads as one of rdflib; blank nodes keep their names."""
    graph = rdflib.Graph()
    terms: dict[pyoxigraph.NamedNode, rdflib.URIRef] = {}
    for quad in quads:
        graph.store.add((_term(quad.subject, terms), _term(quad.predicate, terms), _term(quad.object, terms)), graph)
    return graph


def _graph_name(quad: Quad) -> rdflib.URIRef:
    if isinstance(quad.graph_name, pyoxigraph.DefaultGraph):
        return DATASET_DEFAULT_GRAPH_ID
    return rdflib.URIRef(cast("pyoxigraph.NamedNode", quad.graph_name).value)


def _term(term: object, known: dict[pyoxigraph.NamedNode, rdflib.URIRef]) -> Node:
    """Turn a term of pyoxigraph, already valid, into one of rdflib without checking it again."""
    match term:
        case pyoxigraph.NamedNode():
            if term not in known:
                known[term] = rdflib.URIRef(term.value)
            return known[term]
        case pyoxigraph.BlankNode():
            return rdflib.BNode(term.value)
        case pyoxigraph.Literal() if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        case pyoxigraph.Literal() if term.datatype.value == vocab.XSD_STRING:
            return rdflib.Literal(term.value)
        case pyoxigraph.Literal():
            return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)
        case _:
            raise OutputError(FILE, f"{term} is no term of RDF 1.1", "build it again")
