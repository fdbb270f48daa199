"""Describe a thing as data: Turtle, N-Triples, RDF/XML or JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from confgraph import vocab
from confgraph.export.turtle import iter_turtle
from confgraph.serve.explorer import reply
from confgraph.serve.explorer.reading import Graph
from confgraph.serve.explorer.reply import Reply

TYPES: Final[Mapping[str, str]] = {
    "text/turtle": "ttl",
    "application/ld+json": "jsonld",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdf",
}
"""The media types with the names of the formats in addresses, the preferred first."""

NAMES: Final[Mapping[str, str]] = {"ttl": "Turtle", "jsonld": "JSON-LD", "nt": "N-Triples", "rdf": "RDF/XML"}
_JOINTS: Final = ("authorship", "result")
"""Nodes that only join others: what they say is told with the thing."""


def describe(graph: Graph, iri: str, media: str) -> Reply:
    """Describe a thing: what is stated of it and what leads to it, with the labels of the things named, without evidence."""
    triples = _triples(graph, iri)
    write = {"ttl": _turtle, "jsonld": _json_ld, "nt": _n_triples, "rdf": _rdf_xml}[TYPES[media]]
    media = f"{media}; charset=utf-8" if media == "text/turtle" else media
    return reply.data(write(triples), media, (("content-location", graph.address(iri, {"format": TYPES[media.partition(";")[0]]})),))


def _triples(graph: Graph, iri: str) -> list[Triple]:
    """List the triples of a description, sorted."""
    found = {quad.triple for quad in graph.iter_triples(iri)}
    for joint in _named(found) - {iri}:
        if graph.local(joint).partition("/")[0] in _JOINTS:
            found |= {quad.triple for quad in graph.iter_triples(joint) if quad.subject == NamedNode(joint)}
    label = NamedNode(vocab.RDFS_LABEL)
    for other in _named(found) - {iri}:
        found |= {Triple(NamedNode(other), label, Literal(name)) for name in graph.values(other, vocab.RDFS_LABEL)}
    return sorted(found, key=str)


def _named(triples: Iterable[Triple]) -> set[str]:
    return {node.value for triple in triples for node in (triple.subject, triple.object) if isinstance(node, NamedNode)}


def _turtle(triples: Iterable[Triple]) -> bytes:
    return "".join(iter_turtle(triples)).encode()


def _n_triples(triples: Iterable[Triple]) -> bytes:
    return pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES) or b""


def _rdf_xml(triples: Iterable[Triple]) -> bytes:
    return pyoxigraph.serialize(triples, format=RdfFormat.RDF_XML, prefixes=dict(vocab.PREFIXES)) or b""


def _json_ld(triples: Iterable[Triple]) -> bytes:
    """Write JSON-LD with a context of prefixes: one object per subject, names short.

    Source: JSON-LD 1.1, section 4.1.5 (compact IRIs).
    """
    used: set[str] = set()
    subjects: dict[str, dict[str, Any]] = {}
    for triple in triples:
        about = subjects.setdefault(str(getattr(triple.subject, "value", triple.subject)), {})
        prop = triple.predicate.value
        if prop == vocab.RDF_TYPE and isinstance(triple.object, NamedNode):
            about.setdefault("@type", []).append(_short(triple.object.value, used))
        else:
            about.setdefault(_short(prop, used), []).append(_json_value(triple.object, used))
    nodes = [{"@id": iri} | {key: _single(values) for key, values in about.items()} for iri, about in subjects.items()]
    context = {prefix: vocab.PREFIXES[prefix] for prefix in sorted(used)}
    return (json.dumps({"@context": context, "@graph": nodes}, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _json_value(term: object, used: set[str]) -> Any:
    if isinstance(term, Literal):
        if term.language:
            return {"@value": term.value, "@language": term.language}
        if term.datatype.value == vocab.XSD_STRING:
            return term.value
        return {"@value": term.value, "@type": _short(term.datatype.value, used)}
    return {"@id": getattr(term, "value", str(term))}


def _short(iri: str, used: set[str]) -> str:
    for prefix, space in vocab.PREFIXES.items():
        if iri.startswith(space) and not iri.removeprefix(space).startswith("//"):
            used.add(prefix)
            return f"{prefix}:{iri.removeprefix(space)}"
    return iri


def _single(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values
