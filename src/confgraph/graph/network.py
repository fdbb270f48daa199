"""Turn the quads of a graph into a networkx graph of entities, for drawing and for graph algorithms.

The helper nodes of RDF are folded away: an authorship becomes the link from paper to person, an evaluation a
fact of all it names, and annotations and statements become the quotes of the nodes and links they are about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import networkx as nx
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from confgraph import vocab
from confgraph.graph.terms import property_label

_KINDS: Final[Mapping[str, str]] = {
    vocab.SCHEMA_SCHOLARLY_ARTICLE: "Paper",
    vocab.CONF_TUTORIAL: "Tutorial",
    vocab.CONF_TALK: "Talk",
    vocab.CONF_WORKSHOP: "Workshop",
    vocab.CONF_SESSION: "Session",
    vocab.CONF_TRACK: "Track",
    vocab.CONF_CONFERENCE: "Conference",
    vocab.CONF_CONFERENCE_SERIES: "Series",
    vocab.SCHEMA_EVENT: "Event",
    vocab.SCHEMA_MEETING_ROOM: "Room",
    vocab.FOAF_PERSON: "Person",
    vocab.ORG_ORGANIZATION: "Organization",
    vocab.SCHEMA_DATASET: "Dataset",
    vocab.SCHEMA_SOFTWARE_SOURCE_CODE: "Software",
    vocab.CG_METHOD: "Method",
    vocab.CG_TASK: "Task",
    vocab.CG_METRIC: "Metric",
    vocab.SCHEMA_DATA_DOWNLOAD: "Resource",
    vocab.SCHEMA_WEB_SITE: "Resource",
    vocab.SCHEMA_CREATIVE_WORK: "Resource",
}
"""The kind of a node by its class; of several classes, the one that stands first here decides."""

_NO_NODES: Final = frozenset({
    vocab.SOA_AUTHORSHIP, vocab.MLS_MODEL_EVALUATION,  # folded into links and facts
    vocab.PROV_ACTIVITY, vocab.PROV_ENTITY, vocab.PROV_SOFTWARE_AGENT, vocab.SCHEMA_WEB_PAGE,  # where it comes from
    vocab.VOID_DATASET, vocab.DCAT_DATASET, vocab.OWL_ONTOLOGY,  # the graph itself
})  # fmt: skip
_NAMES: Final = frozenset({vocab.RDFS_LABEL, vocab.SKOS_PREF_LABEL, vocab.FOAF_NAME, vocab.SCHEMA_NAME, vocab.DCTERMS_TITLE})
_ALIASES: Final = frozenset({vocab.SKOS_ALT_LABEL, vocab.SCHEMA_ALTERNATE_NAME})
_FOLDED: Final = frozenset({vocab.RDF_TYPE, vocab.SOA_HAS_AUTHORSHIP, vocab.CG_REPORTS_RESULT, vocab.DCTERMS_IS_REPLACED_BY})
_GENERAL: Final = frozenset({vocab.SKOS_BROADER, vocab.SCHEMA_MENTIONS})
"""Links that say no more where a more special one joins the same two."""

_Terms = list[str]
_Description = dict[str, _Terms]
"""The lexical forms of a subject's objects by property."""


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """The words of a page that say something: `exact`, with the words before and after, and the page's name.

    `start` and `end` are code points of the page with that sha256; `confidence` is in [0, 1].
    """

    page: str
    start: int
    end: int
    prefix: str
    exact: str
    suffix: str
    confidence: float = 1.0
    sha256: str = ""


def to_network(quads: Iterable[Quad]) -> nx.MultiDiGraph[str]:
    """Make the network of all entities in the quads of `graph.nq`, in any order; the same quads give the same network.

    Nodes are IRIs with `label`, `kind` (`Paper`, `Person`, ...), `aliases`, `facts` (pairs of a property's label
    and a literal) and `quotes` (of `Quote`, one per place), all tuples sorted. Edges have their property's IRI as key and as `iri`,
    its label as `property`, and `quotes`; the one to a paper's creator also `position` (from 1) and `affiliation`.
    `flatten` makes all values plain for GraphML and GEXF.
    """
    reader = _Reader(quads)
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for iri in sorted(reader.kinds):
        network.add_node(iri, **reader.node(iri))
    for subject, prop, target, more in sorted(reader.iter_links(), key=lambda link: link[:3]):
        quotes = reader.quotes_of_link.get((subject, prop, target), ())
        network.add_edge(subject, target, key=prop, iri=prop, property=property_label(prop), quotes=_distinct(quotes), **more)
    for subject, target, prop in list(network.edges(keys=True)):
        if prop in _GENERAL and network.number_of_edges(subject, target) > 1:
            network.remove_edge(subject, target, key=prop)
    return network


def flatten(network: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """Copy a network with plain values only, as GraphML and GEXF want them.

    Aliases are joined by ` | `, facts become lines `property: value`, quotes lines `page [start:end] words`.
    """
    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for iri, node in network.nodes(data=True):
        facts = "\n".join(f"{name}: {value}" for name, value in node["facts"])
        plain.add_node(iri, **node | {"aliases": " | ".join(node["aliases"]), "facts": facts, "quotes": _lines(node["quotes"])})
    for subject, target, key, edge in network.edges(keys=True, data=True):
        plain.add_edge(subject, target, key=key, **edge | {"quotes": _lines(edge["quotes"])})
    return plain


def _distinct(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """Sort quotes by page and place; of several with one place, keep the surest."""
    best = {(quote.page, quote.sha256, quote.start, quote.end): quote for quote in sorted(quotes, key=lambda quote: quote.confidence)}
    return tuple(sorted(best.values()))


def _lines(quotes: Iterable[Quote]) -> str:
    return "\n".join(f"{quote.page} [{quote.start}:{quote.end}] {quote.exact}" for quote in quotes)


class _Reader:
    """Hold the quads by subject, and read nodes, links and quotes from them."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.knowledge: defaultdict[str, _Description] = defaultdict(lambda: defaultdict(list))
        self.evidence: defaultdict[str, _Description] = defaultdict(lambda: defaultdict(list))
        self.literals: set[tuple[str, str, str]] = set()
        for quad in quads:
            self._take(quad)
        self.kinds = {iri: kind for iri, about in self.knowledge.items() if (kind := _kind(about.get(vocab.RDF_TYPE, [])))}
        self.quotes_of_node: defaultdict[str, list[Quote]] = defaultdict(list)
        self.quotes_of_link: defaultdict[tuple[str, str, str], list[Quote]] = defaultdict(list)
        self.results: defaultdict[str, set[str]] = defaultdict(set)
        self._read_mentions()
        self._read_claims()
        self._read_results()

    def _take(self, quad: Quad) -> None:
        if not isinstance(quad.subject, NamedNode) or not isinstance(quad.object, NamedNode | Literal):
            return  # the graph has no blank nodes and no quoted triples
        subject, prop, value = quad.subject.value, quad.predicate.value, quad.object.value
        known = isinstance(quad.graph_name, DefaultGraph)
        (self.knowledge if known else self.evidence)[subject][prop].append(value)
        if known and isinstance(quad.object, Literal):
            self.literals.add((subject, prop, value))

    def node(self, iri: str) -> dict[str, object]:
        """Give the attributes of a node."""
        about = self.knowledge[iri]
        label = self._label(iri)
        aliases = {alias for prop in _ALIASES for alias in about.get(prop, ())} - {label}
        facts = {("result", result) for result in self.results[iri]}
        for prop, values in about.items():
            if prop not in _FOLDED and prop not in _ALIASES:
                facts |= {(property_label(prop), shown) for value in values if (shown := self._fact(iri, prop, value, label)) is not None}
        quotes = _distinct(self.quotes_of_node[iri])
        return {"label": label, "kind": self.kinds[iri], "aliases": tuple(sorted(aliases)), "facts": tuple(sorted(facts)), "quotes": quotes}

    def _fact(self, iri: str, prop: str, value: str, label: str) -> str | None:
        """Give the text of a value that is no link to another node, or None where the label says it already."""
        if (iri, prop, value) in self.literals:
            return None if prop in _NAMES and value == label else value
        return None if value in self.kinds else self._label(value)

    def _label(self, iri: str) -> str:
        """Give the name for people of anything that either part describes, or its IRI."""
        for part in (self.knowledge, self.evidence):
            for prop in (vocab.RDFS_LABEL, vocab.SCHEMA_NAME):
                if iri in part and part[iri].get(prop):
                    return min(part[iri][prop])
        return iri

    def iter_links(self) -> Iterator[tuple[str, str, str, dict[str, str | int]]]:
        """Yield subject, property, object and further attributes of every link between two nodes, each once."""
        authorships = dict(self._iter_authorships())
        for subject in self.kinds:
            for prop, values in self.knowledge[subject].items():
                for value in set(values):
                    link = (subject, prop, value)
                    if value in self.kinds and prop not in _FOLDED and link not in self.literals and link not in authorships:
                        yield *link, {}
        for link, more in authorships.items():
            yield *link, more

    def _iter_authorships(self) -> Iterator[tuple[tuple[str, str, str], dict[str, str | int]]]:
        """Yield the links that authorships stand for: paper to person, and person to organisation."""
        for paper in sorted(self.kinds):
            for node in sorted(self.knowledge[paper].get(vocab.SOA_HAS_AUTHORSHIP, ())):
                about = self.knowledge[node]
                for person in sorted(set(about.get(vocab.SOA_HAS_AUTHOR, ())) & self.kinds.keys()):
                    more: dict[str, str | int] = {"affiliation": "; ".join(sorted(about.get(vocab.SOA_RAW_AFFILIATION, ())))}
                    if about.get(vocab.SOA_POSITION):
                        more["position"] = min(map(int, about[vocab.SOA_POSITION]))
                    yield (paper, vocab.DCTERMS_CREATOR, person), more
                    for place in sorted(set(about.get(vocab.SOA_HAS_ORGANIZATION, ())) & self.kinds.keys()):
                        yield (person, vocab.SOA_HAS_ORGANIZATION, place), {}

    def _read_mentions(self) -> None:
        self.mentions = {iri: quote for iri, about in self.evidence.items() if (quote := self._quote(about)) is not None}
        for iri, quote in self.mentions.items():
            for body in self.evidence[iri].get(vocab.OA_HAS_BODY, ()):
                self.quotes_of_node[body].append(quote)

    def _quote(self, about: _Description) -> Quote | None:
        """Read the quote of an annotation; None for anything else."""
        for target in about.get(vocab.OA_HAS_TARGET, ()):
            for selector in self.evidence[target].get(vocab.OA_HAS_SELECTOR, ()) if target in self.evidence else ():
                words = self.evidence.get(selector, {})
                page = _first(self.evidence[target], vocab.OA_HAS_SOURCE)
                return Quote(
                    page=self._label(page),
                    start=int(_first(words, vocab.OA_START, "0")),
                    end=int(_first(words, vocab.OA_END, "0")),
                    prefix=_first(words, vocab.OA_PREFIX),
                    exact=_first(words, vocab.OA_EXACT),
                    suffix=_first(words, vocab.OA_SUFFIX),
                    confidence=float(_first(about, vocab.CG_CONFIDENCE, "1")),
                    sha256=_first(self.knowledge.get(page, {}), vocab.SCHEMA_SHA256),
                )
        return None

    def _read_claims(self) -> None:
        """Give the quotes of each statement to its link, or to its subject where it is about a literal."""
        authors = self._links_of_authorships()
        for about in self.evidence.values():
            if vocab.RDF_STATEMENT not in about.get(vocab.RDF_TYPE, ()):
                continue
            quotes = [self.mentions[m] for m in about.get(vocab.PROV_WAS_DERIVED_FROM, ()) if m in self.mentions]
            claim = (_first(about, vocab.RDF_SUBJECT), _first(about, vocab.RDF_PREDICATE), _first(about, vocab.RDF_OBJECT))
            link = authors.get(claim[0]) or authors.get(claim[2])
            if link:
                self.quotes_of_link[link].extend(quotes)
            elif claim in self.literals:
                self.quotes_of_node[claim[0]].extend(quotes)
            else:
                self.quotes_of_link[claim].extend(quotes)

    def _links_of_authorships(self) -> dict[str, tuple[str, str, str]]:
        """Map each authorship to the link from paper to person that it stands for."""
        return {
            node: (paper, vocab.DCTERMS_CREATOR, person)
            for paper in self.kinds
            for node in self.knowledge[paper].get(vocab.SOA_HAS_AUTHORSHIP, ())
            for person in self.knowledge.get(node, {}).get(vocab.SOA_HAS_AUTHOR, ())
        }

    def _read_results(self) -> None:
        """Word each evaluation as a fact, such as `accuracy 79.2 % on ImageNet (ViT-L)`, of everything it names."""
        for paper in self.kinds:
            for iri in self.knowledge[paper].get(vocab.CG_REPORTS_RESULT, ()):
                about = self.knowledge.get(iri, {})
                metrics, datasets, methods = (about.get(p, []) for p in (vocab.MLS_SPECIFIED_BY, vocab.CG_ON_DATASET, vocab.CG_OF_METHOD))
                value = _first(about, vocab.CG_PRINTED_VALUE) or _first(about, vocab.MLS_HAS_VALUE)
                words = [*map(self._label, sorted(metrics)), value, *about.get(vocab.CG_UNIT, ())]
                words += [f"on {self._label(dataset)}" for dataset in sorted(datasets)]
                words += [f"({self._label(method)})" for method in sorted(methods)]
                for named in (paper, *metrics, *datasets, *methods):
                    self.results[named].add(" ".join(filter(None, words)))


def _kind(types: _Terms) -> str | None:
    """Give the kind of a node with these classes, or None if it is folded away or has none."""
    if not types or not _NO_NODES.isdisjoint(types):
        return None
    known = [kind for iri, kind in _KINDS.items() if iri in types]
    return known[0] if known else property_label(min(types)).capitalize()


def _first(about: Mapping[str, _Terms], prop: str, default: str = "") -> str:
    return min(about.get(prop, ()), default=default)
