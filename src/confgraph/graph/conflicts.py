"""List where pages disagree: what two of them state of one thing, though one alone can be right.

The graph keeps every value with the page that states it. What counts as a disagreement is said by the question `conflicts`
(`ontology/queries/conflicts.rq`); here its rows become values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from pyoxigraph import Quad, Store

from confgraph.graph.questions import question
from confgraph.graph.store import run
from confgraph.graph.terms import property_label


@dataclass(frozen=True, slots=True)
class Statement:
    """One page's value: as text, with the page's file name and IRI, and the code point where it says so.

    `start` is None where only the page's sidecar states the value.
    """

    value: str
    file: str
    page: str
    start: int | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """What pages state of one `subject` (an IRI, with its label) with one property, sorted by value and file."""

    subject: str
    label: str
    predicate: str
    statements: tuple[Statement, ...]

    def __str__(self) -> str:
        """Say it in a line: `Rooms for All: location is “Hall A” (orals.txt at 91) or “Hall B” (notes.txt)`."""
        said = []
        for value, stating in groupby(self.statements, key=lambda statement: statement.value):
            places = (s.file if s.start is None else f"{s.file} at {s.start}" for s in stating)
            said.append(f"“{value}” ({', '.join(places)})")
        return f"{self.label}: {property_label(self.predicate)} is {' or '.join(said)}"


def iter_conflicts(graph: Store | Iterable[Quad]) -> Iterator[Conflict]:
    """Yield the conflicts of a store, or of the quads of `graph.nq`, sorted by label and property; without evidence there are none."""
    if not isinstance(graph, Store):
        store = Store()
        store.bulk_extend(graph)
        graph = store
    answer = run(graph, question("conflicts", {}))
    rows = [dict(zip(answer.header, row, strict=True)) for row in answer.rows()]
    rows.sort(key=lambda row: (row["label"], row["subject"], row["predicate"]))  # stable: values and files stay in the query's order
    for (label, subject, predicate), group in groupby(rows, key=lambda row: (row["label"], row["subject"], row["predicate"])):
        stated = (Statement(row["value"], row["file"], row["page"], int(row["start"]) if row["start"] else None) for row in group)
        yield Conflict(subject, label, predicate, tuple(stated))
