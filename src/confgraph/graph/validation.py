"""Validate a graph: the shapes, by the engine that suits its size, and the rules that shapes cannot say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from pyoxigraph import Quad, Store

from confgraph.errors import OutputError
from confgraph.graph import checks, rules, shapes
from confgraph.graph.findings import Finding, Severity

SMALL: Final = 5_000
"""The number of quads up to which pySHACL takes about a second at most: 0.3 to start, and 0.1 for every 1,000."""

_TOLD: Final = 3
"""The violations that an error names."""


class Engine(StrEnum):
    """What checks the shapes: pySHACL node by node, or SPARQL over all at once. Both find the same."""

    PYSHACL = "pyshacl"
    SPARQL = "sparql"


@dataclass(frozen=True, slots=True)
class Report:
    """What a validation found, sorted, and which engine found it."""

    engine: Engine
    findings: tuple[Finding, ...]

    @property
    def violations(self) -> tuple[Finding, ...]:
        """Give the findings that are errors."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.VIOLATION)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Give the findings that are worth a look."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.WARNING)


def validate(graph: Store | Iterable[Quad], engine: Engine | None = None) -> Report:
    """Check the union of the graphs against shapes and rules; without an engine, the size of the whole chooses.

    A store in memory, into which quads are put, answers several times faster than one on disk.
    """
    if isinstance(graph, Store):
        store = graph
    else:
        store = Store()
        store.extend(graph)
    chosen = engine or (Engine.PYSHACL if len(store) <= SMALL else Engine.SPARQL)
    found = _by_pyshacl(store) if chosen is Engine.PYSHACL else None
    if found is None:
        chosen, found = Engine.SPARQL, checks.check(store)
    return Report(chosen, tuple(sorted({*found, *rules.check(store)})))


def _by_pyshacl(store: Store) -> list[Finding] | None:
    """Check the shapes with pySHACL; None where it gives up, as before dates that are none, of which SPARQL says what is wrong."""
    from confgraph.graph import shacl

    try:
        return shacl.check(store)
    except shacl.GaveUpError:
        return None


def check_built(quads: Iterable[Quad], out: Path) -> None:
    """Check the graph of a build before it is put to `out`: extraction may err in what it finds, but the form of the graph is ours to keep.

    Raises:
        OutputError: the graph violates shapes or rules.
    """
    if broken := validate(quads).violations:
        first = "; ".join(f"{finding.where} {finding.what}" for finding in broken[:_TOLD])
        further = f"; and {len(broken) - _TOLD:,} more" if len(broken) > _TOLD else ""
        what = f"is not written, since its graph violates its shapes: {first}{further}"
        hint = "this is a defect of confgraph, or of the extractor where you named another, and not of the pages: report it with this line"
        raise OutputError(str(out), what, hint)


def iter_unchecked(store: Store) -> Iterator[Finding]:
    """Yield a warning for each class of instances that no shape looks at, and for each node that has no class and no shape."""
    targets = " UNION ".join(f"{{ {target} }}" for target in dict.fromkeys(shape.target for shape in shapes.own({})))
    # a target binds ?class and ?any, of which this knows nothing
    classes = f"SELECT ?kind (COUNT(DISTINCT ?this) AS ?count) {{ ?this a ?kind MINUS {{ {targets} }} }} GROUP BY ?kind"
    untyped = f"SELECT DISTINCT ?this {{ ?this ?predicate ?value MINUS {{ ?this a ?kind }} MINUS {{ {targets} }} }}"
    for row in checks.select(store, classes):
        message = "No shape looks at instances of this class: correct its name if it is meant to be one of this vocabulary."
        yield Finding(str(row["kind"]), "", "UnknownClass", f"{row['count'].value} instances", Severity.WARNING, message)
    for row in checks.select(store, untyped):
        message = "What has no class is looked at by no shape: add its class if it is meant to be of this vocabulary."
        yield Finding(str(row["this"]), "", "UntypedNode", "", Severity.WARNING, message)
