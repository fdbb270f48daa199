"""Check a store against the shapes with SPARQL: one query over all values of a shape, where a SHACL engine visits each node."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import QuerySolution, QuerySolutions, Store

from confgraph import vocab
from confgraph.graph import shapes
from confgraph.graph.findings import Finding
from confgraph.graph.shapes import Shape, Subclasses, Term

_SUBCLASSES: Final = f"SELECT ?sub ?super {{ ?sub <{vocab.RDFS}subClassOf>+ ?super FILTER(isIRI(?sub) && isIRI(?super)) }}"


def check(store: Store) -> list[Finding]:
    """Check the union of a store's graphs against the shapes that come with confgraph; give each finding once, sorted."""
    return sorted({finding for shape in shapes.own(_subclasses(store)) for finding in _iter_findings(store, shape)})


def select(store: Store, query: str, *, union: bool = True) -> Iterator[QuerySolution]:
    """Yield the rows of a SELECT over the default graph, or over the union of all graphs, where a triple may come several times."""
    rows = store.query(query, use_default_graph_as_union=union)
    if isinstance(rows, QuerySolutions):
        yield from rows


def _subclasses(store: Store) -> Subclasses:
    """Give what stands below each class in the data: shapes hold for the instances of subclasses too (SHACL, section 1.1)."""
    below: dict[str, set[str]] = {}
    for row in select(store, _SUBCLASSES):
        name = row["super"].value
        below.setdefault(name, {name}).add(row["sub"].value)
    return {name: frozenset(names) for name, names in below.items()}


def _iter_findings(store: Store, shape: Shape) -> Iterator[Finding]:
    """Yield what a shape finds, in no order and some of it twice."""
    for part in (_iter_broken, _iter_miscounted, _iter_missing, _iter_unequal, _iter_not_allowed):
        for focus, path, component, value in part(store, shape):
            yield Finding(str(focus), path, component, "" if value is None else str(value), shape.severity, shape.message)


_Broken = Iterator[tuple[Term, str, str, Term | None]]
"""Focus nodes with path, component and value."""


def _step(shape: Shape) -> str:
    return f"?this {shape.path} ?value" if shape.path else "BIND(?this AS ?value)"


def _iter_broken(store: Store, shape: Shape) -> _Broken:
    """Yield the values that break a condition; one that cannot be computed is broken."""
    if not shape.conditions:
        return
    truths = [f"COALESCE({condition.holds}, false)" for condition in shape.conditions]
    columns = " ".join(f"({truth} AS ?holds{i})" for i, truth in enumerate(truths))
    for row in select(store, f"SELECT ?this ?value {columns} {{ {shape.target} {_step(shape)} FILTER(!({' && '.join(truths)})) }}"):
        for i, condition in enumerate(shape.conditions):
            if row[f"holds{i}"].value != "true":
                yield row["this"], shape.path, condition.component, row["value"]


def _iter_miscounted(store: Store, shape: Shape) -> _Broken:
    """Yield the nodes with too few or too many values."""
    count = "COUNT(DISTINCT ?value)"
    limits = [f"{count} < {shape.minimum}"] if shape.minimum else []
    if shape.maximum is not None:
        limits.append(f"{count} > {shape.maximum}")
    if limits:
        counted = f"SELECT ?this ({count} AS ?count) {{ {shape.target} OPTIONAL {{ {_step(shape)} }} }} GROUP BY ?this"
        for row in select(store, f"{counted} HAVING ({' || '.join(limits)})"):
            yield row["this"], shape.path, "MinCount" if int(row["count"].value) < shape.minimum else "MaxCount", None


def _iter_missing(store: Store, shape: Shape) -> _Broken:
    """Yield the nodes without a value that each must have."""
    for term in shape.required:
        for row in select(store, f"SELECT ?this {{ {shape.target} MINUS {{ ?this {shape.path} {term} }} }}"):
            yield row["this"], shape.path, "HasValue", None


def _iter_unequal(store: Store, shape: Shape) -> _Broken:
    """Yield the values of the other property that the path lacks; those that only the path has break a condition."""
    for other in shape.equals:
        missing = f"SELECT ?this ?value {{ {shape.target} ?this {other} ?value MINUS {{ {shape.target} {_step(shape)} }} }}"
        for row in select(store, missing):
            yield row["this"], shape.path, "Equals", row["value"]


def _iter_not_allowed(store: Store, shape: Shape) -> _Broken:
    """Yield the triples that a closed shape does not allow, by their predicate."""
    if shape.allowed is not None:
        other = f"?this ?predicate ?value FILTER(?predicate NOT IN ({', '.join(shape.allowed)}))"
        for row in select(store, f"SELECT ?this ?predicate ?value {{ {shape.target} {other} }}"):
            yield row["this"], str(row["predicate"]), "Closed", row["value"]
