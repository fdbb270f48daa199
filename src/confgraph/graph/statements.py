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
from confgraph.graph.events import iter_conference, iter_presentations
from confgraph.graph.evidence import describe_page, iter_evidence, page_node
from confgraph.graph.facts import Fact, derived, is_a, label
from confgraph.graph.papers import Entry, iter_page_organizations, iter_paper, iter_recovered_title
from confgraph.graph.terms import Names, node
from confgraph.graph.works import Work, gather
from confgraph.records import MemberKey, Page, Reading, Resolution
from confgraph.resolve import keys

_BASE: Final = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+[/#]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class GraphOptions:
    """Under which `base` the graph mints its IRIs: an absolute IRI that ends with `/` or `#`.

    Raises:
        ConfigError: `base` is no such IRI.
    """

    base: str = iris.DEFAULT_BASE

    def __post_init__(self) -> None:
        """Check the base, under which thousands of IRIs would be wrong."""
        if not _BASE.fullmatch(self.base):
            raise ConfigError("graph.base", f"{self.base!r} is no base for IRIs", "give an absolute IRI that ends with / or #")


@dataclass(frozen=True, slots=True)
class Run:
    """Which version of confgraph makes the graph, and when, in ISO 8601, where a build must carry a time (SOURCE_DATE_EPOCH)."""

    version: str = ""
    created: str | None = None


def iter_quads(
    readings: Sequence[Reading], resolution: Resolution, options: GraphOptions = GraphOptions(), by: Run = Run()
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
    knowledge.add(_iter_header(pages, by, names))
    for entity in resolution.entities:
        knowledge.add(iter_entity(entity, names))
    for reading in pages:
        facts = [*_iter_page(reading, works, names), *recovered.get(page_node(reading.page, names), ())]
        knowledge.add(facts)
        yield from iter_evidence(reading.page, facts, _activity(reading.page, by, names), names)
    yield from knowledge.iter_quads()


class _Knowledge:
    """The triples of the default graph, each once and with one label per subject."""

    def __init__(self) -> None:
        self._triples: dict[tuple[NamedNode, NamedNode, NamedNode | Literal], None] = {}
        self._labels: dict[NamedNode, str] = {}

    def add(self, facts: Iterable[Fact]) -> None:
        naming = node(vocab.RDFS_LABEL)
        for fact in facts:
            if fact.predicate == naming and isinstance(fact.object, Literal):
                known = self._labels.get(fact.subject)
                self._labels[fact.subject] = fact.object.value if known is None else min(known, fact.object.value)
            else:
                self._triples[fact.subject, fact.predicate, fact.object] = None

    def iter_quads(self) -> Iterator[Quad]:
        for subject, predicate, value in self._triples:
            yield Quad(subject, predicate, value)
        for subject, text in self._labels.items():
            yield Quad(subject, node(vocab.RDFS_LABEL), terms.text(text))


def _iter_page(reading: Reading, works: dict[MemberKey, Work], names: Names) -> Iterator[Fact]:
    """Yield what a page and its records state."""
    yield from iter_conference(reading, names)
    occasion = keys.scope(reading)
    for record in reading.records:
        entity = names.entity(keys.paper_key(record, occasion))
        entry = Entry(record, reading, works[entity.key], names.of(entity))
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


def _activity(page: Page, by: Run, names: Names) -> NamedNode:
    """Give the node of the reading of one page by one version; other pages have no part in it."""
    return names.thing("reading", page.name, by.version, page.id)


def _iter_header(pages: Sequence[Reading], by: Run, names: Names) -> Iterator[Fact]:
    """Yield what the graph says of itself: its ontology, version and sources, and the run that made it."""
    identity = (by.version, iris.digest(*(reading.page.id for reading in pages)))
    graph, run, agent = names.thing("graph", *identity), names.thing("run", *identity), names.thing("agent", "confgraph", by.version)
    program = f"confgraph {by.version}".strip()
    of_pages = f"{len(pages)} conference page{'' if len(pages) == 1 else 's'}"
    for kind in (vocab.VOID_DATASET, vocab.DCAT_DATASET, vocab.OWL_ONTOLOGY):
        yield is_a(graph, kind)
    yield label(graph, f"Knowledge graph of {of_pages}")
    yield derived(graph, vocab.OWL_IMPORTS, node(vocab.ONTOLOGY))
    yield derived(graph, vocab.OWL_VERSION_INFO, terms.text(by.version or vocab.VERSION))
    yield derived(graph, vocab.PROV_WAS_GENERATED_BY, run)
    yield is_a(run, vocab.PROV_ACTIVITY)
    yield label(run, f"Run of {program} over {of_pages}")
    yield derived(run, vocab.PROV_WAS_ASSOCIATED_WITH, agent)
    if by.created and (moment := terms.date_time(by.created)) is not None:
        yield derived(run, vocab.PROV_ENDED_AT_TIME, moment)
    yield is_a(agent, vocab.PROV_SOFTWARE_AGENT)
    yield label(agent, program)
    if by.version:
        yield derived(agent, vocab.SCHEMA_SOFTWARE_VERSION, terms.text(by.version))
    for reading in pages:
        yield derived(graph, vocab.DCTERMS_SOURCE, page_node(reading.page, names))
        activity = _activity(reading.page, by, names)
        yield derived(run, vocab.PROV_WAS_INFORMED_BY, activity)
        yield from _iter_source(reading.page, activity, agent, program, names)


def _iter_source(page: Page, activity: NamedNode, agent: NamedNode, program: str, names: Names) -> Iterator[Fact]:
    """Yield what a page is, and the activity that read it."""
    source = page_node(page, names)
    for subject, predicate, value in describe_page(page, source):
        yield derived(subject, predicate, value)
    yield is_a(activity, vocab.PROV_ACTIVITY)
    yield label(activity, f"Reading of {page.name} by {program}")
    yield derived(activity, vocab.PROV_USED, source)
    yield derived(activity, vocab.PROV_WAS_ASSOCIATED_WITH, agent)
