"""Write the graph in the formats of RDF: sorted, so that one graph has one text in each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

import pyoxigraph
from pyoxigraph import DefaultGraph, Quad, RdfFormat

from confgraph import vocab
from confgraph.errors import OutputError, UsageError
from confgraph.export.turtle import iter_trig, iter_turtle


@dataclass(frozen=True, slots=True)
class _Format:
    """A way to write sorted quads; with `evidence` it holds the named graphs too."""

    write: Callable[[BinaryIO, Sequence[Quad]], None]
    evidence: bool


def _write_turtle(stream: BinaryIO, quads: Sequence[Quad]) -> None:
    stream.writelines(piece.encode("utf-8") for piece in iter_turtle(quad.triple for quad in quads))


def _write_trig(stream: BinaryIO, quads: Sequence[Quad]) -> None:
    stream.writelines(piece.encode("utf-8") for piece in iter_trig(quads))


def _write_ntriples(stream: BinaryIO, quads: Sequence[Quad]) -> None:
    pyoxigraph.serialize((quad.triple for quad in quads), stream, RdfFormat.N_TRIPLES)


def _write_nquads(stream: BinaryIO, quads: Sequence[Quad]) -> None:
    pyoxigraph.serialize(quads, stream, RdfFormat.N_QUADS)


def _write_jsonld(stream: BinaryIO, quads: Sequence[Quad]) -> None:
    pyoxigraph.serialize((quad.triple for quad in quads), stream, RdfFormat.JSON_LD)


def _write_rdfxml(stream: BinaryIO, quads: Sequence[Quad]) -> None:
    """Write RDF/XML; pyoxigraph lists the name spaces of the root in an order that changes from run to run."""
    text = pyoxigraph.serialize((quad.triple for quad in quads), format=RdfFormat.RDF_XML, prefixes=vocab.PREFIXES) or b""
    head, root, rest = text.partition(b"<rdf:RDF ")
    spaces, end, body = rest.partition(b">")
    stream.writelines((head, root, b" ".join(sorted(spaces.split())), end, body))


FORMATS: Final = {
    "turtle": _Format(_write_turtle, evidence=False),
    "ntriples": _Format(_write_ntriples, evidence=False),
    "jsonld": _Format(_write_jsonld, evidence=False),
    "rdfxml": _Format(_write_rdfxml, evidence=False),
    "trig": _Format(_write_trig, evidence=True),
    "nquads": _Format(_write_nquads, evidence=True),
}
"""The formats by name: the first four hold the knowledge, the others the evidence too."""


def in_default_graph(quad: Quad) -> bool:
    """Tell whether a quad is knowledge, not evidence."""
    return isinstance(quad.graph_name, DefaultGraph)


def write(stream: BinaryIO, quads: Iterable[Quad], format_name: str) -> None:
    """Write quads in one of the `FORMATS`: the same bytes for any order; duplicates are written once.

    Raises:
        UsageError: there is no such format.
    """
    chosen = FORMATS.get(format_name)
    if chosen is None:
        raise UsageError("export", f"there is no format {format_name!r}", f"choose one of: {', '.join(FORMATS)}")
    wanted = {quad for quad in quads if chosen.evidence or in_default_graph(quad)}
    chosen.write(stream, sorted(wanted, key=str))


def write_file(path: Path, quads: Iterable[Quad], format_name: str) -> None:
    """Write quads to a file, as `write` does.

    Raises:
        UsageError: there is no such format.
        OutputError: the file cannot be written.
    """
    if format_name not in FORMATS:
        raise UsageError("export", f"there is no format {format_name!r}", f"choose one of: {', '.join(FORMATS)}")
    try:
        with path.open("wb") as stream:
            write(stream, quads, format_name)
    except OSError as error:
        raise OutputError(str(path), f"cannot be written ({error.strerror})", "choose another file, in a folder that is there") from error
