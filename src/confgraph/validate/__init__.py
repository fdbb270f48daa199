"""Validate the folder of a build, or anyone's file of this vocabulary.

Violations are of the shapes, of the rules that shapes cannot say, and in a folder of the agreement of its files. Where pages
disagree, nothing is wrong with the graph: these conflicts are told like warnings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from confgraph.errors import UsageError
from confgraph.graph import files, store, validation
from confgraph.graph.conflicts import Conflict, iter_conflicts
from confgraph.graph.findings import Finding, Severity
from confgraph.graph.validation import Engine
from confgraph.validate import folder

_SHOWN: Final = 40
"""The findings of one sort that a table shows."""
_IN_MEMORY: Final = 2_000_000_000
"""The bytes of N-Quads up to which a graph is loaded to be checked; a larger one is checked where it is, on disk, which takes longer."""

Table = tuple[tuple[str, ...], list[tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Validation:
    """What was found at a path, sorted: `violations` make it invalid, `warnings` are worth a look, in `conflicts` pages disagree."""

    path: str
    engine: Engine
    violations: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    conflicts: tuple[Conflict, ...]
    counts: Mapping[str, int]

    @property
    def conforms(self) -> bool:
        """Tell whether there is no violation."""
        return not self.violations

    def iter_tables(self) -> Iterator[Table]:
        """Yield the header and the rows of each table, for people; long lists are cut, and say so."""
        for sort, found in ((Severity.VIOLATION, self.violations), (Severity.WARNING, self.warnings)):
            if found:
                yield (sort, "what is wrong", "what to do"), _cut([(f.where, f.what, f.message) for f in found])
        if self.conflicts:
            yield ("conflict",), _cut([(str(conflict),) for conflict in self.conflicts])
        yield ("counted", "number"), [(name, f"{number:,}") for name, number in self.counts.items()]

    def to_row(self) -> dict[str, Any]:
        """Give the whole as JSON values."""
        return {"conforms": self.conforms, **asdict(self)}


def validate(path: Path, engine: str | None = None) -> Validation:
    """Validate the graph of a folder or file; without an engine, the graph's size chooses the one that checks the shapes.

    Raises:
        UsageError: the path is neither a build's folder nor a file of a known format, or there is no such engine.
        SourceError: the file cannot be read; where it is not in its format, the error says at which line.
    """
    chosen = _engine(engine)
    if path.is_dir():
        graph = _graph_of(path)
        found = folder.check(path, graph)
    elif path.exists():
        graph, found = files.read_file(path), []
    else:
        raise UsageError(str(path), "there is no such file or folder", "give a folder that `confgraph build` wrote, or a file of RDF")
    report = validation.validate(graph, chosen)
    violations = tuple(sorted((*report.violations, *found)))
    warnings = tuple(sorted((*report.warnings, *validation.iter_unchecked(graph))))
    conflicts = tuple(iter_conflicts(graph))
    triples = folder.count_knowledge(graph)
    counts = {"triples": triples, "evidence triples": len(graph) - triples}
    counts |= {"violations": len(violations), "warnings": len(warnings), "conflicts": len(conflicts)}
    return Validation(str(path), report.engine, violations, warnings, conflicts, counts)


def _engine(name: str | None) -> Engine | None:
    try:
        return Engine(name) if name else None
    except ValueError as error:
        raise UsageError("validate", f"there is no engine {name!r}", f"choose one of: {', '.join(Engine)}") from error


def _graph_of(out: Path) -> files.Store:
    """Open the graph of a folder: that of `graph.nq`, or the store where it is too large to be loaded."""
    path = out / folder.GRAPH
    if not path.is_file():
        raise UsageError(str(out), f"holds no {folder.GRAPH}", "give a folder that `confgraph build` wrote, or a file of RDF")
    return store.open_store(out) if path.stat().st_size > _IN_MEMORY else files.read_file(path)


def _cut(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Cut a long table, and say so."""
    further = len(rows) - _SHOWN
    return [*rows[:_SHOWN], (f"and {further:,} more, which --format json gives", *[""] * (len(rows[0]) - 1))] if further > 0 else rows
