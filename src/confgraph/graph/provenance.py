"""State where the graph comes from: the pages, what read each of them, the run that made the whole, the software."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from confgraph import vocab
from confgraph.graph import terms
from confgraph.graph.evidence import page_node
from confgraph.graph.facts import Fact, derived, is_a, label
from confgraph.graph.terms import Names, node
from confgraph.records import Page, Reading


@dataclass(frozen=True, slots=True)
class Run:
    """What makes a graph.

    `version` is that of confgraph; `extractor` says what found the concepts: its `name`, the version of its `model`, and
    whatever else tells it from others. `configuration` is the options of the build that bear on the graph, as JSON.
    `created` is a time in ISO 8601, where a build must carry one (SOURCE_DATE_EPOCH).
    """

    version: str = ""
    created: str | None = None
    extractor: Mapping[str, str] = field(default_factory=dict)
    configuration: str = ""

    @property
    def program(self) -> str:
        """Give the name and version of the program.

        >>> Run("1.2").program
        'confgraph 1.2'
        """
        return f"confgraph {self.version}".strip()

    @property
    def reader(self) -> str:
        """Name what found the concepts, with what tells it from others; empty where that is not known.

        >>> Run(extractor={"name": "spacy:zoo", "pipeline": "en_zoo 1.0"}).reader
        'extractor spacy:zoo, pipeline en_zoo 1.0'
        """
        known = dict(self.extractor)
        name = known.pop("name", "")
        return ", ".join((f"extractor {name}", *(f"{key} {value}" for key, value in sorted(known.items())))) if name else ""


def activity(page: Page, by: Run, names: Names) -> NamedNode:
    """Give the node of the reading of one page by one version; other pages have no part in it."""
    return names.thing("reading", page.name, by.version, by.reader, page.id)


def iter_provenance(pages: Sequence[Reading], by: Run, names: Names) -> Iterator[Fact]:
    """Yield the run, the software, and each page with the activity that read it.

    No IRI here depends on which pages are read together.
    """
    run = run_node(by, names)
    agents = dict(_iter_agents(by, names))
    yield is_a(run, vocab.PROV_ACTIVITY)
    yield label(run, f"Run of {by.program}")
    if by.configuration:
        yield derived(run, vocab.CG_CONFIGURATION, terms.text(by.configuration))
    if (moment := time(by)) is not None:
        yield derived(run, vocab.PROV_ENDED_AT_TIME, moment)
    for agent, (name, version) in agents.items():
        yield is_a(agent, vocab.PROV_SOFTWARE_AGENT)
        yield label(agent, name)
        if version:
            yield derived(agent, vocab.SCHEMA_SOFTWARE_VERSION, terms.text(version))
    for reading in pages:
        here = activity(reading.page, by, names)
        yield from _iter_source(reading.page, names)
        yield is_a(here, vocab.PROV_ACTIVITY)
        yield label(here, f"Reading of {reading.page.name} by {by.program}")
        yield derived(here, vocab.PROV_USED, page_node(reading.page, names))
        yield derived(run, vocab.PROV_WAS_INFORMED_BY, here)
        yield from (derived(here, vocab.PROV_WAS_ASSOCIATED_WITH, agent) for agent in agents)
    yield from (derived(run, vocab.PROV_WAS_ASSOCIATED_WITH, agent) for agent in agents)


def run_node(by: Run, names: Names) -> NamedNode:
    """Give the node of the making of a graph by one version."""
    return names.thing("run", by.program, by.reader)


def time(by: Run) -> Literal | None:
    """Give the time of a run, where it has one."""
    return terms.date_time(by.created) if by.created else None


def _iter_agents(by: Run, names: Names) -> Iterator[tuple[NamedNode, tuple[str, str]]]:
    """Yield the node of each piece of software with its name for people and its version."""
    yield names.thing("agent", "confgraph", by.version), (by.program, by.version)
    if by.reader:
        yield names.thing("agent", by.reader), (by.reader, by.reader.partition(", ")[2])


def _iter_source(page: Page, names: Names) -> Iterator[Fact]:
    """Yield what a page is: its file name, its address where a sidecar gives one, the sha256 of its text."""
    source = page_node(page, names)
    yield is_a(source, vocab.SCHEMA_WEB_PAGE)
    yield is_a(source, vocab.PROV_ENTITY)
    yield label(source, page.name)
    for predicate, value in ((vocab.SCHEMA_NAME, terms.text(page.name)), (vocab.SCHEMA_SHA256, Literal(page.id))):
        yield Fact(source, node(predicate), value)
    if page.sidecar.url:
        yield derived(source, vocab.SCHEMA_URL, terms.uri(page.sidecar.url))
