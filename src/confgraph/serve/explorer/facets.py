"""Find the works that belong to a conference, a session, a method, a dataset and more, and to several of these at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from confgraph import vocab
from confgraph.graph.store import run
from confgraph.serve.explorer.index import kinds_named, read_csv
from confgraph.serve.explorer.kinds import Kind
from confgraph.serve.explorer.reading import Graph

COUNTED: Final = 500
"""The works whose values are counted; of more, the first by name stand for all."""

Path = tuple[str, ...]
"""Properties from a work to a value; one that begins with `^` is followed backwards."""


@dataclass(frozen=True, slots=True)
class Facet:
    """What works can be asked for by: its name, its title, the kinds of its values, and the paths from works to values.

    Where it is an `event`, a value stands for all that is part of it too.
    """

    name: str
    title: str
    slugs: tuple[str, ...]
    paths: tuple[Path, ...]
    event: bool = False

    @property
    def kinds(self) -> list[Kind]:
        """The kinds of its values."""
        return kinds_named(self.slugs)

    @property
    def links(self) -> frozenset[str]:
        """The properties by which a work leads to a value at once."""
        return frozenset(path[0] for path in self.paths if len(path) == 1)


_EVENT: Final[tuple[Path, ...]] = (
    (vocab.BIBO_PRESENTED_AT,),
    (vocab.CONF_IS_SUB_EVENT_OF,),
    (f"^{vocab.SCHEMA_WORK_FEATURED}", vocab.CONF_IS_SUB_EVENT_OF),
)
_AFFILIATION: Final = (vocab.SOA_HAS_AUTHORSHIP, vocab.SOA_HAS_ORGANIZATION)

FACETS: Final = (
    Facet("conference", "Conference", ("conferences", "workshops", "events"), _EVENT, event=True),
    Facet("session", "Session or track", ("sessions", "tracks"), _EVENT, event=True),
    Facet("method", "Method", ("methods", "software"), ((vocab.CG_USES_METHOD,), (vocab.CG_USES_SOFTWARE,), (vocab.CG_INTRODUCES,))),
    Facet("dataset", "Dataset", ("datasets",), ((vocab.CG_USES_DATASET,), (vocab.CG_EVALUATES_ON,), (vocab.CG_INTRODUCES,))),
    Facet("task", "Task", ("tasks",), ((vocab.CG_ADDRESSES_TASK,),)),
    Facet("institution", "Institution", ("institutions",), ((vocab.CG_NAMES_INSTITUTION,), (vocab.CG_WORK_OF,), _AFFILIATION)),
    Facet("person", "Person", ("people",), ((vocab.DCTERMS_CREATOR,), (vocab.SCHEMA_PERFORMER,))),
)
"""In the order in which they are shown."""

BY_KIND: Final[Mapping[str, Facet]] = {slug: facet for facet in FACETS for slug in facet.slugs}

_WORKS: Final = (vocab.SCHEMA_SCHOLARLY_ARTICLE, vocab.CONF_TUTORIAL, vocab.CONF_TALK)
_ALL: Final = f"""
SELECT DISTINCT ?work ?label {{
  VALUES ?class {{ {" ".join(f"<{iri}>" for iri in _WORKS)} }}
  ?work a ?class ; rdfs:label ?label FILTER NOT EXISTS {{ ?work schema:workFeatured ?featured }}
}}"""


def works(graph: Graph, chosen: Mapping[Facet, str]) -> list[tuple[str, str]]:
    """List the works that belong to all chosen values (IRIs), with their labels, sorted by label; a talk on a work is none."""
    if chosen:
        sets = [_works_of(graph, facet, value) for facet, value in chosen.items()]
        found = {work: graph.label(work) for work in set.intersection(*sets) if _is_work(graph, work)}
    else:
        found = {row[0]: row[1] for row in sorted(read_csv(run(graph.store, _ALL).serialize("csv")), reverse=True)}
    return sorted(found.items(), key=lambda row: (row[1].casefold(), row[0]))


def _is_work(graph: Graph, iri: str) -> bool:
    return not set(_WORKS).isdisjoint(graph.values(iri, vocab.RDF_TYPE)) and not graph.values(iri, vocab.SCHEMA_WORK_FEATURED)


def _works_of(graph: Graph, facet: Facet, value: str) -> set[str]:
    """Follow the paths of a facet from a value, and from all that is part of it, back to works."""
    values = _closure(graph, {value}, f"^{vocab.CONF_IS_SUB_EVENT_OF}") if facet.event else {value}
    backward = (tuple(_turned(prop) for prop in reversed(path)) for path in facet.paths)
    return {work for path in backward for work in _follow(graph, values, path)}


def counts(graph: Graph, found: Sequence[str], facet: Facet, most: int) -> list[tuple[str, str, int]]:
    """List the values of a facet that works have most: IRI, label, number of works (of the first `COUNTED`)."""
    number: Counter[str] = Counter()
    for work in found[:COUNTED]:
        values = {value for path in facet.paths for value in _follow(graph, {work}, path)}
        number.update(_closure(graph, values, vocab.CONF_IS_SUB_EVENT_OF) if facet.event else values)
    slugs = set(facet.slugs)
    rows: list[tuple[str, str, int]] = []
    for value, count in sorted(number.items(), key=lambda item: (-item[1], item[0])):
        if len(rows) >= most:
            break
        if graph.kind(value).slug in slugs:
            rows.append((value, graph.label(value), count))
    return rows


def _turned(prop: str) -> str:
    return prop[1:] if prop.startswith("^") else f"^{prop}"


def _step(graph: Graph, iri: str, prop: str) -> list[str]:
    return graph.subjects(prop[1:], iri) if prop.startswith("^") else graph.values(iri, prop)


def _follow(graph: Graph, start: Iterable[str], path: Path) -> set[str]:
    here = set(start)
    for prop in path:
        here = {there for iri in here for there in _step(graph, iri, prop)}
    return here


def _closure(graph: Graph, start: Iterable[str], prop: str) -> set[str]:
    found = set(start)
    new = set(found)
    while new:
        new = {there for iri in new for there in _step(graph, iri, prop)} - found
        found |= new
    return found
