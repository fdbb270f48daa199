"""Check that the files of a build's folder agree: quotes with pages, counts with the graph, Turtle and store with N-Quads."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from confgraph import vocab
from confgraph.errors import ConfgraphError
from confgraph.export import rdf
from confgraph.graph import files, store
from confgraph.graph.evidence import CONTEXT
from confgraph.graph.findings import Finding, Severity
from confgraph.outputs import MANIFEST

GRAPH: Final = "graph.nq"
"""The file with the whole graph."""
_QUOTES: Final = f"""
SELECT ?page ?place ?start ?end ?exact ?prefix ?suffix {{
  GRAPH ?graph {{
    ?place <{vocab.OA_HAS_SOURCE}> ?source ; <{vocab.OA_HAS_SELECTOR}> ?selector .
    ?selector <{vocab.OA_START}> ?start ; <{vocab.OA_END}> ?end ;
      <{vocab.OA_EXACT}> ?exact ; <{vocab.OA_PREFIX}> ?prefix ; <{vocab.OA_SUFFIX}> ?suffix
    FILTER(isNumeric(?start) && isNumeric(?end))
  }}
  ?source <{vocab.SCHEMA_SHA256}> ?page
}}"""
_PAGES: Final = f"SELECT DISTINCT ?page {{ ?source <{vocab.SCHEMA_SHA256}> ?page }} ORDER BY ?page"
_AGAIN: Final = "build the graph again, and report it if that does not help"


def check(out: Path, graph: files.Store) -> list[Finding]:
    """Compare the files of a folder with its graph, which `graph.nq` holds; sorted."""
    texts = {name: text for name in _column(graph, _PAGES) if (text := _text(out, name)) is not None}
    return sorted((*_iter_pages(out, graph, texts), *_iter_quotes(graph, texts), *_iter_counts(out, graph), *_iter_copies(out, graph)))


def count_knowledge(graph: files.Store) -> int:
    """Count the triples of the default graph."""
    return int(_column(graph, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0])


def _finding(where: str, name: str, value: str, message: str) -> Finding:
    return Finding(where, "", name, value, Severity.VIOLATION, message)


def _column(graph: files.Store, query: str) -> list[str]:
    return [row[0] for row in store.run(graph, query).rows()]


def _text(out: Path, page: str) -> str | None:
    """Give the text of a page as it was read; None where there is none."""
    try:
        return (out / "pages" / f"{page}.txt").read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _iter_pages(out: Path, graph: files.Store, texts: Mapping[str, str]) -> Iterator[Finding]:
    """Yield pages without a text, texts that are not those that were read, and texts of no page."""
    known = _column(graph, _PAGES)
    for page in known:
        where = f"pages/{page}.txt"
        if page not in texts:
            yield _finding(where, "PageText", "", f"The text of every page stands in pages/: it is missing or no UTF-8, {_AGAIN}.")
        elif hashlib.sha256(texts[page].encode("utf-8")).hexdigest() != page:
            yield _finding(where, "PageHash", "", f"A page's text has the sha256 that names it: it was changed, {_AGAIN}.")
    for path in sorted((out / "pages").glob("*")):
        if path.stem not in known:
            yield _finding(f"pages/{path.name}", "PageText", "", "Each text in pages/ is that of a page of the graph: move the file away.")


def _iter_quotes(graph: files.Store, texts: Mapping[str, str]) -> Iterator[Finding]:
    """Yield the places whose quote is not what the page prints there."""
    for page, place, first, last, exact, prefix, suffix in store.run(graph, _QUOTES).rows():
        if (text := texts.get(page)) is None:
            continue
        start, end = int(first), int(last)
        if text[start:end] != exact:
            message = f"A quote is what the page prints from its start to its end, here {text[start:end]!r}: {_AGAIN}."
            yield _finding(f"<{place}>", "Quote", exact, message)
        if (text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]) != (prefix, suffix):
            yield _finding(f"<{place}>", "QuoteContext", exact, f"Prefix and suffix are what stands around the quote: {_AGAIN}.")


def _iter_counts(out: Path, graph: files.Store) -> Iterator[Finding]:
    """Yield the counts of the manifest that are not those of the files."""
    try:
        counts: Mapping[str, Any] = json.loads((out / MANIFEST).read_text(encoding="utf-8"))["counts"]
    except (OSError, ValueError, KeyError, TypeError):
        yield _finding(MANIFEST, "Manifest", "", f"The manifest tells what the build made: it is missing or damaged, {_AGAIN}.")
        return
    triples = count_knowledge(graph)
    found = {"triples": triples, "evidence": len(graph) - triples}
    found |= {name: _lines(out / f"{name}.jsonl") for name in ("records", "judgements", "rejects")}
    for name, number in found.items():
        if counts.get(name) != number:
            message = f"The manifest counts what the files hold, here {number:,}: {_AGAIN}."
            yield _finding(MANIFEST, "Count", f"{name}: {counts.get(name)}", message)


def _lines(path: Path) -> int:
    try:
        with path.open("rb") as stream:
            return sum(1 for _ in stream)
    except OSError:
        return 0


def _iter_copies(out: Path, graph: files.Store) -> Iterator[Finding]:
    """Yield the files that hold another graph than `graph.nq`: the Turtle its knowledge, the store all of it."""
    try:
        if set(files.read_file(out / "graph.ttl")) != set(filter(rdf.in_default_graph, store.iter_all(graph))):
            yield _finding("graph.ttl", "Copy", "", f"graph.ttl holds the knowledge of graph.nq: one of the two was changed, {_AGAIN}.")
        if len(store.open_store(out)) != len(graph):
            yield _finding("store", "Copy", "", f"store/ holds the graph of graph.nq: one of the two was changed, {_AGAIN}.")
    except ConfgraphError as error:
        yield _finding(error.where, "Copy", "", f"Every file of a build can be read: it {error.what}, {_AGAIN}.")
