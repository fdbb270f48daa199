"""Describe an endpoint and the data set that it serves.

Source: SPARQL 1.1 Service Description (W3C, 2013); Describing Linked Datasets with the VoID Vocabulary (W3C, 2011), section 6.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode, Quad, Store, Triple

from confgraph import vocab

_FORMATS: Final = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
                   "Turtle", "N-Triples", "JSON-LD", "RDF_XML")  # fmt: skip
"""What answers can be written in, as W3C names formats."""


def describe_service(store: Store, endpoint: str, *, updates: bool) -> Iterator[Triple]:
    """Yield what an endpoint says of itself: languages, formats, and its data set with the names of its graphs.

    Raises:
        ValueError: the address of the endpoint is no IRI.
    """
    service, data, default = NamedNode(endpoint), NamedNode(f"{endpoint}#dataset"), NamedNode(f"{endpoint}#default-graph")
    yield _is_a(service, vocab.SD + "Service")
    yield Triple(service, _sd("endpoint"), service)
    yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    if updates:
        yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Update"))
    for name in _FORMATS:
        yield Triple(service, _sd("resultFormat"), NamedNode(f"http://www.w3.org/ns/formats/{name}"))
    yield Triple(service, _sd("defaultDataset"), data)
    yield _is_a(data, vocab.SD + "Dataset")
    yield Triple(data, _sd("defaultGraph"), default)
    yield _is_a(default, vocab.SD + "Graph")
    for graph in sorted(store.named_graphs(), key=str):
        if isinstance(graph, NamedNode):
            entry = NamedNode(f"{endpoint}#graph-{graph.value}")
            yield Triple(data, _sd("namedGraph"), entry)
            yield _is_a(entry, vocab.SD + "NamedGraph")
            yield Triple(entry, _sd("name"), graph)


def describe_dataset(store: Store, endpoint: str) -> Iterator[Triple]:
    """Yield what the graph says of itself (title, counts, partitions), and the address to ask it at.

    Raises:
        ValueError: the address of the endpoint is no IRI.
    """
    of_dataset = {vocab.VOID_CLASS_PARTITION, vocab.VOID_PROPERTY_PARTITION}
    for dataset in _subjects(store, vocab.VOID_DATASET):
        yield Triple(dataset, NamedNode(vocab.VOID + "sparqlEndpoint"), NamedNode(endpoint))
        for quad in store.quads_for_pattern(dataset, None, None, None):
            yield quad.triple
            if quad.predicate.value in of_dataset and isinstance(quad.object, NamedNode):
                yield from (part.triple for part in store.quads_for_pattern(quad.object, None, None, None))


def _subjects(store: Store, kind: str) -> list[NamedNode]:
    quads: Iterator[Quad] = store.quads_for_pattern(None, NamedNode(vocab.RDF_TYPE), NamedNode(kind), None)
    return sorted({quad.subject for quad in quads if isinstance(quad.subject, NamedNode)}, key=str)


def _sd(name: str) -> NamedNode:
    return NamedNode(vocab.SD + name)


def _is_a(subject: NamedNode, kind: str) -> Triple:
    return Triple(subject, NamedNode(vocab.RDF_TYPE), NamedNode(kind))
