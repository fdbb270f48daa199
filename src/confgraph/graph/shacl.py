"""Check quads against the shapes with pySHACL; the only module that imports it."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

import pyoxigraph
import pyshacl
from pyoxigraph import NamedNode, Quad, RdfFormat, Store
from pyshacl.errors import ReportableRuntimeError

from confgraph import vocab
from confgraph.graph import interop, shapes
from confgraph.graph.findings import Finding, Severity
from confgraph.graph.shapes import SH, Term

_TYPE: Final = NamedNode(vocab.RDF_TYPE)
_RESULT: Final = NamedNode(SH + "ValidationResult")


class GaveUpError(Exception):
    """pySHACL cannot compare what it should: an ill-typed literal, or a blank node."""


def check(quads: Iterable[Quad]) -> list[Finding]:
    """Check the union of the quads' graphs against the shapes that come with confgraph; give each finding once, sorted.

    Raises:
        GaveUpError: pySHACL cannot check this graph.
    """
    with _quiet():
        data, schema = interop.to_graph(quads), interop.to_graph(shapes.source())
        try:
            _, report, _ = pyshacl.validate(data, shacl_graph=schema, inplace=True)
        except (ReportableRuntimeError, TypeError) as error:
            raise GaveUpError(str(error)) from error
    if isinstance(report, ReportableRuntimeError):  # it gives some of its errors back instead of raising them
        raise GaveUpError(str(report))
    results = Store()
    results.extend(pyoxigraph.parse(report.serialize(format="nt"), format=RdfFormat.N_TRIPLES))
    return sorted({_finding(results, quad.subject) for quad in results.quads_for_pattern(None, _TYPE, _RESULT, None)})


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep rdflib from telling of each ill-typed literal, with a traceback: the findings do."""
    log = logging.getLogger("rdflib.term")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.setLevel(level)


def _finding(results: Store, result: Term) -> Finding:
    def one(term: str) -> Term | None:
        return next(iter(shapes.values(results, result, term)), None)

    path, value, message, component = one("resultPath"), one("value"), one("resultMessage"), one("sourceConstraintComponent")
    return Finding(
        str(one("focusNode")),
        "" if path is None else shapes.path_of(results, path),
        component.value.removeprefix(SH).removesuffix("ConstraintComponent") if isinstance(component, NamedNode) else "",
        "" if value is None else str(value),
        Severity.WARNING if one("resultSeverity") == NamedNode(SH + "Warning") else Severity.VIOLATION,
        message.value if isinstance(message, pyoxigraph.Literal) else "",
    )
