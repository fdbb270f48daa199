"""Hold one triple of the knowledge together with the words of a page that state it."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from confgraph import vocab
from confgraph.graph.terms import node, text
from confgraph.records import Record, Span


@dataclass(frozen=True, slots=True)
class Fact:
    """A triple, and what states it.

    `spans` are the places of the page that state it; `()` where it holds for the page as a whole, such as
    what only its sidecar says; None where it follows from other facts (types, labels, structure) and needs
    no evidence. `body` is what the places speak of: the object where that is a node, else the subject. `sure` is how sure it is
    that they do, where that is not the triple's `confidence`: a relation can be doubtful between things that are not.
    """

    subject: NamedNode
    predicate: NamedNode
    object: NamedNode | Literal
    spans: tuple[Span, ...] | None = None
    confidence: float = 1.0
    about: NamedNode | None = None
    sure: float | None = None

    @property
    def body(self) -> NamedNode:
        """Give what the places speak of."""
        return self.about or (self.object if isinstance(self.object, NamedNode) else self.subject)

    @property
    def reading(self) -> float:
        """Give how sure it is that the places speak of the body."""
        return self.confidence if self.sure is None else self.sure


def derived(subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Fact:
    """Make a fact that follows from others."""
    return Fact(subject, node(predicate), value)


def is_a(subject: NamedNode, kind: str) -> Fact:
    """Make the fact that a thing belongs to a class."""
    return Fact(subject, node(vocab.RDF_TYPE), node(kind))


def label(subject: NamedNode, value: str) -> Fact:
    """Make the fact of a thing's label; of several, the graph keeps the smallest."""
    return Fact(subject, node(vocab.RDFS_LABEL), text(value))


def place(record: Record, field: str) -> tuple[Span, ...]:
    """Give the place of a field of a record, or that of the whole record where the page has none for the field."""
    span = record.spans.get(field) or record.spans.get("record")
    return (span,) if span else ()
