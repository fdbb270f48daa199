"""Keep the graph in an embedded Oxigraph store, and answer SPARQL queries from it, read-only.

The default graph of a query is the knowledge; evidence is reached with `GRAPH`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from itertools import chain, islice, takewhile
from pathlib import Path
from typing import IO, Final

import pyoxigraph
from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
)

from confgraph import iris, vocab
from confgraph.errors import OutputError, QueryError, UsageError
from confgraph.graph.guard import check_read_only

FOLDER: Final = "store"
"""The folder of the store in what `confgraph build` writes."""

_ROWS: Final = {
    "json": QueryResultsFormat.JSON,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "xml": QueryResultsFormat.XML,
}
_GRAPHS: Final = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD, "rdfxml": RdfFormat.RDF_XML}
_SORTED: Final = 10_000
"""The most triples of an answer that are sorted; more are written as they come."""

_CHARACTERS: Final = re.compile(r"\[(?:'[^']*'|[^\]'])*\](?:, )?")
_POSITION: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


def write_store(path: Path, quads: Iterable[Quad]) -> None:
    """Write a new store into the folder `path`.

    Raises:
        OutputError: the folder cannot be written.
    """
    try:
        store = Store(str(path))
        store.bulk_extend(quads)
        store.optimize()
        store.flush()
    except (OSError, RuntimeError) as error:
        raise OutputError(str(path), f"the store cannot be written ({error})", "choose a folder that you may write to") from error


def open_store(out: Path) -> Store:
    """Open the store of a folder that `confgraph build` wrote, read-only.

    Raises:
        OutputError: there is none, or it is damaged.
    """
    path = out / FOLDER
    if not (path / "CURRENT").is_file():
        raise OutputError(str(out), "holds no graph", "give a folder that `confgraph build` wrote")
    try:
        return Store.read_only(str(path))
    except (OSError, RuntimeError) as error:
        raise OutputError(str(path), f"the store cannot be opened ({error})", "build it again") from error


class Answer:
    """The answer to a query: rows for SELECT, one truth for ASK, triples for CONSTRUCT and DESCRIBE.

    It reads from the store as it goes, so it can be read once.
    """

    def __init__(self, results: QuerySolutions | QueryBoolean | QueryTriples) -> None:
        self._results = results

    @property
    def is_graph(self) -> bool:
        """Tell whether the answer is triples."""
        return isinstance(self._results, QueryTriples)

    @property
    def is_truth(self) -> bool:
        """Tell whether the answer is true or false."""
        return isinstance(self._results, QueryBoolean)

    @property
    def header(self) -> tuple[str, ...]:
        """Name the columns of the rows: the variables in the query's order."""
        if isinstance(self._results, QuerySolutions):
            return tuple(variable.value for variable in self._results.variables)
        return ("subject", "predicate", "object") if self.is_graph else ("answer",)

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Yield rows of plain text: IRIs and lexical forms, empty where a variable has no value.

        Raises:
            QueryError: the query fails while it runs.
        """
        if isinstance(self._results, QueryBoolean):
            yield ("true" if self._results else "false",)
            return
        with mapped():
            for row in self._results:
                yield tuple("" if term is None else getattr(term, "value", str(term)) for term in row)

    def serialize(self, format_name: str) -> bytes:
        """Write the answer: `json`, `csv`, `tsv` or `xml` for rows; `ttl`, `nt`, `jsonld` or `rdfxml` for triples.

        Raises:
            UsageError: the answer cannot be written in this format.
            QueryError: the query fails while it runs.
        """
        output = BytesIO()
        self.write(output, format_name)
        return output.getvalue()

    def write(self, output: IO[bytes], format_name: str, *, most: int | None = None) -> None:
        """Write the answer piece by piece, as `serialize` does; of triples at most `most`.

        Raises:
            UsageError: the answer cannot be written in this format.
            QueryError: the query fails while it runs, or there are more triples.
        """
        known: Sequence[str] = (*_GRAPHS,) if self.is_graph else ("json", "xml") if isinstance(self._results, QueryBoolean) else (*_ROWS,)
        if format_name not in known:
            raise UsageError("query", f"this answer cannot be written as {format_name!r}", f"choose one of: {', '.join(known)}")
        with mapped():
            if isinstance(self._results, QueryTriples):
                write_triples(_bounded(self._results, most), output, format_name)
            else:
                self._results.serialize(output, format=_ROWS[format_name])


def _bounded(triples: Iterable[Triple], most: int | None) -> Iterator[Triple]:
    for number, triple in enumerate(triples, 1):
        if most is not None and number > most:
            raise QueryError("query", f"the answer has more than {most:,} triples", "ask with LIMIT and OFFSET")
        yield triple


def write_triples(triples: Iterable[Triple], output: IO[bytes], format_name: str) -> None:
    """Write triples as `ttl`, `nt`, `jsonld` or `rdfxml`: few sorted and with the prefixes that they use, many as they come."""
    coming = iter(triples)
    first = list(islice(coming, _SORTED))
    more = next(coming, None)
    if more is not None:
        pyoxigraph.serialize(chain(first, (more,), coming), output, format=_GRAPHS[format_name], prefixes=_prefixes(format_name))
        return
    ordered = sorted(set(first), key=str)
    used = {prefix: space for prefix, space in vocab.PREFIXES.items() if any(f"<{space}" in str(triple) for triple in ordered)}
    text = pyoxigraph.serialize(ordered, format=_GRAPHS[format_name], prefixes=_prefixes(format_name, used)) or b""
    if format_name == "ttl":  # the library lists prefixes in an order that changes from run to run
        lines = text.splitlines(keepends=True)
        head = sum(1 for _ in takewhile(lambda line: line.startswith(b"@prefix "), lines))
        text = b"".join((*sorted(lines[:head]), *lines[head:]))
    output.write(text)


def _prefixes(format_name: str, prefixes: Mapping[str, str] = vocab.PREFIXES) -> dict[str, str] | None:
    return dict(prefixes) if format_name in ("ttl", "rdfxml") else None


def run(
    store: Store, query: str, *, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = (), base: str | None = None
) -> Answer:
    """Answer a SPARQL 1.1 query; it need not declare the prefixes of `vocab`.

    Args:
        store: the store to ask.
        query: the query; updates and SERVICE are refused, and FROM of a graph that is not here.
        default_graphs: graphs whose union is the default graph instead of the knowledge.
        named_graphs: graphs that `GRAPH` reaches instead of all; where either is given, both are. One that is not here is empty.
        base: the IRI that relative ones are resolved against.

    Raises:
        QueryError: the query is wrong or refused; it says at which line and column.
    """
    check_read_only(query, holds_graph(store), vocab.PREFIXES, base or "")
    if not (default_graphs or named_graphs):
        with mapped():
            return Answer(store.query(query, prefixes=vocab.PREFIXES, base_iri=base))
    defaults: list[NamedNode | BlankNode | DefaultGraph] = [graph_name(name) for name in dict.fromkeys(default_graphs)]
    named: list[NamedNode | BlankNode] = [graph_name(name) for name in named_graphs]
    with mapped():
        return Answer(store.query(query, prefixes=vocab.PREFIXES, base_iri=base, default_graph=defaults, named_graphs=named))


def holds_graph(store: Store) -> Callable[[str], bool]:
    """Make the test whether a name is that of a graph of the store."""

    def test(name: str) -> bool:
        try:
            return store.contains_named_graph(NamedNode(name))
        except ValueError:
            return False

    return test


def graph_name(name: str) -> NamedNode:
    """Make the name of a graph.

    Raises:
        QueryError: it is no absolute IRI.
    """
    try:
        return NamedNode(name)
    except ValueError as error:
        raise QueryError("query", f"{name!r} is no absolute IRI", "name a graph by its IRI") from error


@contextmanager
def mapped() -> Iterator[None]:
    """Turn what the library raises for a query, an update or a text of RDF into `QueryError`."""
    try:
        yield
    except SyntaxError as error:
        message = _POSITION.fullmatch(str(error))
        where = f"query, line {message[1]}, column {message[2]}" if message else "query"
        raise QueryError(where, _reason(message[3] if message else str(error)), "see https://www.w3.org/TR/sparql11-query/") from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError("query", str(error), "make the query simpler") from error


def _reason(message: str) -> str:
    """Say in one line what the parser says, without the classes of characters that it expects.

    >>> _reason("expected one of HAVING, ['0'..='9']"), _reason("expected [_]"), _reason("expected one of Prefix not found, [':']")
    ('expected one of HAVING', 'it cannot be read from here on', 'this prefix is not declared')
    """
    if "Prefix not found" in message:
        return "this prefix is not declared"
    words = " ".join(_CHARACTERS.sub("", message).split()).strip(", ")
    return "it cannot be read from here on" if words in ("expected", "expected one of") else words


def iter_all(store: Store) -> Iterator[Quad]:
    """Yield every quad of a store, in the store's order."""
    yield from store.quads_for_pattern(None, None, None, None)


_CLASSES: Final = f"SELECT ?key (COUNT(?s) AS ?n) {{ ?s <{vocab.RDF_TYPE}> ?key }} GROUP BY ?key"
_PROPERTIES: Final = "SELECT ?key (COUNT(*) AS ?n) { ?s ?key ?o } GROUP BY ?key"
_PAGES: Final = f"""
SELECT (SAMPLE(?name) AS ?key) (COUNT(?claim) AS ?n) {{
  GRAPH ?page {{ ?claim a <{vocab.RDF_STATEMENT}> }} ?page <{vocab.RDFS_LABEL}> ?name
}} GROUP BY ?page"""
_EVIDENCE: Final = f"""
SELECT ("statements with evidence" AS ?key) (COUNT(*) AS ?n) {{ SELECT DISTINCT ?s ?p ?o {{
  GRAPH ?page {{ ?c <{vocab.RDF_SUBJECT}> ?s ; <{vocab.RDF_PREDICATE}> ?p ; <{vocab.RDF_OBJECT}> ?o }} ?s ?p ?o
}} }}"""
_MENTIONS: Final = f"""
SELECT ("mentions" AS ?key) (COUNT(*) AS ?n) {{ GRAPH ?page {{ ?mention a <{vocab.OA_ANNOTATION}> }} }}"""


def statistics(store: Store) -> dict[str, dict[str, int]]:
    """Count what a store holds: instances by class, triples by property, claims by page, and the evidence.

    Of the triples of the knowledge, those that a page states have evidence; types, names and what follows
    from others need none. Counts are sorted, largest first, then by name.
    """
    properties = _counts(store, _PROPERTIES)
    evidence = {"triples": sum(properties.values())} | _counts(store, _EVIDENCE) | _counts(store, _MENTIONS)
    return {
        "class": _counts(store, _CLASSES),
        "property": properties,
        "claims by page": _counts(store, _PAGES),
        "evidence": evidence,
    }


def _counts(store: Store, query: str) -> dict[str, int]:
    rows = ((compact(key), int(n)) for key, n in run(store, query).rows())
    return dict(sorted(rows, key=lambda row: (-row[1], row[0])))


def compact(name: str) -> str:
    """Shorten an IRI to its prefixed name, as Turtle shows it; other texts stay.

    >>> compact(vocab.CG_INTRODUCES), compact("ImageNet"), compact("https://example.org/id/task/parsing-0123456789ab")
    ('cg:introduces', 'ImageNet', 'task:parsing-0123456789ab')
    """
    if minted := iris.MINTED.fullmatch(name):
        return f"{minted['kind']}:{minted['local']}"
    for prefix, namespace in vocab.PREFIXES.items():
        if name.startswith(namespace):
            return f"{prefix}:{name.removeprefix(namespace)}"
    return name
