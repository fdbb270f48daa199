"""Turn readings and their resolution into the quads of the graph; pure, and the same for any order of pages.

The default graph holds the knowledge. Each page has a named graph, named by the page, with the evidence for
what it states.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from confgraph import iris, vocab
from confgraph.errors import ConfigError
from confgraph.graph import terms
from confgraph.graph.concepts import iter_concepts, iter_entity
from confgraph.graph.description import Triple, iter_description, iter_header
from confgraph.graph.events import iter_conference, iter_presentations
from confgraph.graph.evidence import iter_evidence, page_node
from confgraph.graph.facts import Fact
from confgraph.graph.own import own_names
from confgraph.graph.papers import Entry, iter_page_organizations, iter_paper, iter_recovered_title
from confgraph.graph.provenance import Run, activity, iter_provenance
from confgraph.graph.terms import Names, node
from confgraph.graph.works import Work, gather
from confgraph.records import MemberKey, Reading, Resolution
from confgraph.resolve import keys

_IRI: Final = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", re.IGNORECASE)
_UNKNOWN: Final = Run()
_BASE: Final = re.compile(rf"{_IRI.pattern}[/#]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class GraphOptions:
    """Under which `base` the graph mints its IRIs, an absolute IRI that ends with `/` or `#`, and the IRI of its `licence`, if it has one.

    Raises:
        ConfigError: `base` or `licence` is no such IRI.
    """

    base: str = iris.DEFAULT_BASE
    licence: str | None = None

    def __post_init__(self) -> None:
        """Check the base, under which thousands of IRIs would be wrong, and the licence."""
        if not _BASE.fullmatch(self.base):
            raise ConfigError("graph.base", f"{self.base!r} is no base for IRIs", "give an absolute IRI that ends with / or #")
        if self.licence is not None and not _IRI.fullmatch(self.licence):
            hint = "give its IRI, such as https://creativecommons.org/licenses/by/4.0/"
            raise ConfigError("graph.licence", f"{self.licence!r} names no licence", hint)


def iter_quads(
    readings: Sequence[Reading], resolution: Resolution, options: GraphOptions = GraphOptions(), by: Run = _UNKNOWN
) -> Iterator[Quad]:
    """Yield the quads of the whole graph, each once: page by page the evidence, then the knowledge.

    The set of quads depends on neither the order of the readings nor that of the resolution. Memory grows
    with the knowledge, not with the evidence.
    """
    names = Names(options.base, resolution)
    pages = sorted(readings, key=lambda r: (r.page.name, r.page.id))
    works = gather(pages, names)
    recovered = _recovered_titles(works, names)
    knowledge = _Knowledge()
    knowledge.add(iter_header(pages, options.licence, by, names))
    knowledge.add(iter_provenance(pages, by, names))
    for entity in resolution.entities:
        knowledge.add(iter_entity(entity, names))
    for reading in pages:
        facts = [*_iter_page(reading, works, names), *recovered.get(page_node(reading.page, names), ())]
        knowledge.add(facts)
        yield from iter_evidence(reading.page, facts, activity(reading.page, by, names), names, own_names(reading, works, names))
    knowledge.add(iter_description(knowledge.iter_triples(), names))
    for subject, predicate, value in knowledge.iter_triples():
        yield Quad(subject, predicate, value)


class _Knowledge:
    """The triples of the default graph, each once and with one label per subject."""

    def __init__(self) -> None:
        self._triples: dict[Triple, None] = {}
        self._labels: dict[NamedNode, str] = {}

    def add(self, facts: Iterable[Fact]) -> None:
        naming = node(vocab.RDFS_LABEL)
        for fact in facts:
            if fact.predicate == naming and isinstance(fact.object, Literal):
                known = self._labels.get(fact.subject)
                self._labels[fact.subject] = fact.object.value if known is None else min(known, fact.object.value)
            else:
                self._triples[fact.subject, fact.predicate, fact.object] = None

    def iter_triples(self) -> Iterator[Triple]:
        yield from self._triples
        for subject, text in self._labels.items():
            yield subject, node(vocab.RDFS_LABEL), terms.text(text)


def _iter_page(reading: Reading, works: dict[MemberKey, Work], names: Names) -> Iterator[Fact]:
    """Yield what a page and its records state."""
    yield from iter_conference(reading, names)
    for record in reading.records:
        key = keys.paper_key(record, keys.occasion_of(reading, record))
        entity = names.entity(key)
        entry = Entry(record, reading, key, works[entity.key], names.of(entity))
        yield from iter_paper(entry, names)
        yield from iter_page_organizations(entry, names)
        yield from iter_presentations(entry, names)
        yield from iter_concepts(entry, names)


def _recovered_titles(works: dict[MemberKey, Work], names: Names) -> dict[NamedNode, list[Fact]]:
    """Give, by the page that prints it, each title that another page's record lacks."""
    facts: dict[NamedNode, list[Fact]] = {}
    for work in works.values():
        if record := work.origin_of_title:
            origin = names.page(record.doc, record.page)
            facts.setdefault(origin, []).extend(iter_recovered_title(record, names.of(work.entity), origin))
    return facts
