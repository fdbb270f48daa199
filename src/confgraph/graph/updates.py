"""Change a store: SPARQL updates, and whole graphs. Each change is made as a whole or not at all.

Source: SPARQL 1.1 Update; SPARQL 1.1 Protocol, section 2.2; SPARQL 1.1 Graph Store HTTP Protocol, section 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store, Triple

from confgraph import vocab
from confgraph.errors import OutputError, QueryError, UsageError
from confgraph.graph.guard import check_update, iter_places
from confgraph.graph.store import FOLDER, graph_name, holds_graph, mapped

_READ: Final = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}


def open_writable(out: Path) -> Store:
    """Open the store of a folder that `confgraph build` wrote, to change it.

    Raises:
        OutputError: there is none, it cannot be written, or another process has it open to change it.
    """
    path = out / FOLDER
    if not (path / "CURRENT").is_file():
        raise OutputError(str(out), "holds no graph", "give a folder that `confgraph build` wrote")
    try:
        return Store(str(path))
    except (OSError, RuntimeError) as error:
        raise OutputError(str(path), f"the store cannot be opened to change it ({error})", "is another server running on it?") from error


def run_update(store: Store, update: str, *, using: Sequence[str] = (), using_named: Sequence[str] = (), base: str | None = None) -> None:
    """Run a SPARQL 1.1 update; it need not declare the prefixes of `vocab`.

    Args:
        store: the store to change.
        update: the update; LOAD and SERVICE are refused.
        using: graphs whose union is the default graph of every WHERE.
        using_named: graphs that `GRAPH` reaches in every WHERE; where either is given, both are.
        base: the IRI that relative ones are resolved against.

    Raises:
        QueryError: the update is wrong or refused; it says at which line and column.
    """
    check_update(update, holds_graph(store), vocab.PREFIXES, base or "")
    if using or using_named:
        update = use_graphs(update, using, using_named)
    with mapped():
        store.update(update, prefixes=vocab.PREFIXES, base_iri=base)


def use_graphs(update: str, using: Sequence[str], using_named: Sequence[str]) -> str:
    """Write into each WHERE of an update which graphs it looks at.

    >>> use_graphs("DELETE WHERE { ?s ?p 1 }", ["http://example.org/g"], [])
    'DELETE { ?s ?p 1 } USING <http://example.org/g>  WHERE { ?s ?p 1 }'

    Raises:
        QueryError: the update says so itself, or a graph's name is no IRI.
    """
    clause = "".join(f"USING {graph_name(name)} " for name in using) + "".join(f"USING NAMED {graph_name(name)} " for name in using_named)
    pieces: list[str] = []
    depth, done, before = 0, 0, ""
    shortened: int | None = None
    for text, start, end in iter_places(update):
        depth += {"{": 1, "}": -1}.get(text, 0)
        if depth == 0 and text in ("USING", "WITH"):
            raise QueryError("update", f"{text} stands in the update, and the request names graphs too", "name them in one place")
        if depth == 0 and text == "WHERE" and before == "DELETE":
            shortened = end
            pieces.append(update[done:start])
            done = end
        elif depth == 0 and text == "WHERE":
            pieces += (update[done:start], clause)
            done = start
        elif depth == 0 and text == "}" and shortened is not None:
            pattern = update[shortened:end].strip()
            pieces.append(f"{pattern} {clause} WHERE {pattern}")
            done, shortened = end, None
        before = text
    return "".join((*pieces, update[done:]))


def read_triples(data: bytes, media: str, base: str) -> list[Triple]:
    """Read triples from Turtle, N-Triples, RDF/XML or JSON-LD; nothing that they name is fetched.

    Raises:
        UsageError: this media type is none of them.
        QueryError: the data are wrong; it says at which line and column where that is known.
    """
    if media not in _READ:
        raise UsageError("data", f"{media or 'data of no type'} cannot be read", f"send one of: {', '.join(_READ)}")
    try:
        parsed = pyoxigraph.parse(data, format=_READ[media], base_iri=base or None, without_named_graphs=True, rename_blank_nodes=True)
        return [quad.triple for quad in parsed]
    except (SyntaxError, ValueError) as error:
        raise QueryError("data", str(error), f"send {media} in UTF-8") from error


def graph_triples(store: Store, name: str | None) -> Iterator[Triple] | None:
    """Give the triples of a graph, of the default graph where it has no name; None where there is no such graph."""
    if name is None:
        return (quad.triple for quad in store.quads_for_pattern(None, None, None, DefaultGraph()))
    if not holds_graph(store)(name):
        return None
    return (quad.triple for quad in store.quads_for_pattern(None, None, None, NamedNode(name)))


def write_graph(store: Store, name: str | None, triples: Iterable[Triple], *, replace: bool) -> bool:
    """Put triples into a graph, in the place of all that it held or besides; tell whether the graph is new.

    Raises:
        QueryError: the graph's name is no IRI, or the store cannot be written.
    """
    graph = None if name is None else graph_name(name)
    new = name is not None and not holds_graph(store)(name)
    data = "\n".join(f"{triple} ." for triple in triples)
    which = "DEFAULT" if graph is None else f"GRAPH {graph}"
    steps = [f"CLEAR SILENT {which}"] if replace else []
    steps += [f"CREATE SILENT {which}"] if graph is not None else []
    steps += [f"INSERT DATA {{ {data} }}" if graph is None else f"INSERT DATA {{ {which} {{ {data} }} }}"] if data else []
    with mapped():
        store.update(" ;\n".join(steps))
    return new


def drop_graph(store: Store, name: str | None) -> bool:
    """Delete a graph, or all of the default graph; tell whether there was one."""
    if name is None:
        store.clear_graph(DefaultGraph())
        return True
    if not holds_graph(store)(name):
        return False
    store.remove_graph(NamedNode(name))
    return True


def copy_store(store: Store, out: Path) -> None:
    """Make a folder with the store as it is now, which shares the disk's space with it and no longer changes.

    Raises:
        OutputError: it cannot be written.
    """
    try:
        out.mkdir(parents=True)
        store.flush()
        store.backup(str(out / FOLDER))
    except (OSError, RuntimeError) as error:
        raise OutputError(str(out), f"cannot be written ({error})", "make space and permissions for it") from error
