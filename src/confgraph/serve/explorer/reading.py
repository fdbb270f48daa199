"""Read from the store what a page shows: names, facts, links, and the words of the source pages that state them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QuerySolution, QuerySolutions, Store, Triple, Variable

from confgraph import vocab
from confgraph.serve.explorer.kinds import Kind, kind_of
from confgraph.serve.explorer.markup import address

MOST: Final = 10_000
"""The links of a thing that are read; of more, some are not shown."""

_Node = NamedNode | BlankNode | DefaultGraph | Triple
_RESOLVER: Final = re.compile(r"(?:https?://)?(?:(?:dx\.)?doi\.org/|arxiv\.org/(?:abs|pdf)/)|doi:|arxiv:", re.IGNORECASE)
"""What stands before the identifier in an address of a paper."""

_KNOWLEDGE: Final = DefaultGraph()
_LABELS: Final = tuple(map(NamedNode, (vocab.RDFS_LABEL, vocab.SCHEMA_NAME, vocab.DCTERMS_TITLE)))

_CLAIMS: Final = """
SELECT ?subject ?predicate ?object ?page ?claim {
  GRAPH ?page { ?claim rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object }
} LIMIT 200"""


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """Words of a source page, with those before and after: `[start, end)` in code points of the page, of which `page` is the IRI."""

    page: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Claim:
    """That a page states something: the page, how sure it is, and where it says so (nowhere where its sidecar alone does)."""

    page: str
    confidence: float
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link from or to a thing: its property, the thing at the other end, and whether it comes from there."""

    prop: str
    other: str
    inward: bool


@dataclass(frozen=True, slots=True)
class Author:
    """An author of a work: the person, the place among the authors (0 where none is said), affiliations as printed and as things."""

    person: str
    position: int
    printed: tuple[str, ...]
    places: tuple[str, ...]
    authorship: str


class Graph:
    """Read an open store; `base` is what the IRIs of its things begin with."""

    def __init__(self, store: Store, base: str) -> None:
        self.store = store
        self.base = base

    def address(self, iri: str, parameters: Mapping[str, str] | None = None) -> str:
        """Give the address of the page of a thing on this server."""
        local = iri.removeprefix(self.base)
        if local not in ("", iri) and not set(local) & set("?#%\\") and ".." not in local:
            return address(f"/id/{local}", parameters)
        return address("/entity", {"iri": iri, **(parameters or {})})

    def iri(self, text: str) -> str:
        """Give the IRI of what a parameter names: an IRI, or what follows the base in one; nothing where it is neither."""
        for name in (text, f"{self.base}{text}"):
            if ":" in name and self.knows(name):
                return name
        return ""

    def identified(self, text: str) -> str:
        """Give the thing with an IRI, a DOI or an arXiv number, bare or as its address; nothing where there is none."""
        if " " in text:
            return ""
        bare = _RESOLVER.sub("", text)
        for prop in (vocab.BIBO_DOI, vocab.FABIO_HAS_ARXIV_ID, vocab.DCTERMS_IDENTIFIER):
            for value in dict.fromkeys((bare, bare.lower())):
                quads = self.store.quads_for_pattern(None, NamedNode(prop), Literal(value), _KNOWLEDGE)
                if found := min(map(_subject, quads), default=""):
                    return found
        return self.iri(text) if ":" in text else ""

    def local(self, iri: str) -> str:
        """Shorten an IRI for a parameter: what follows the base.

        >>> Graph(Store(), "urn:id:").local("urn:id:task/parsing-1")
        'task/parsing-1'
        """
        return iri.removeprefix(self.base)

    def knows(self, iri: str) -> bool:
        """Tell whether any quad is about a thing, or leads to it, or it is a graph."""
        thing = _node(iri)
        return thing is not None and (
            any(True for _ in self.store.quads_for_pattern(thing, None, None, None))
            or any(True for _ in self.store.quads_for_pattern(None, None, thing, None))
            or any(True for _ in self.store.quads_for_pattern(None, thing, None, None))
        )

    def values(self, iri: str, prop: str, graph: NamedNode | DefaultGraph | None = _KNOWLEDGE) -> list[str]:
        """List the objects of a property, sorted."""
        thing = _node(iri)
        quads = self.store.quads_for_pattern(thing, NamedNode(prop), None, graph) if thing else ()
        return sorted({_value(quad) for quad in quads})

    def subjects(self, prop: str, iri: str, graph: NamedNode | DefaultGraph | None = _KNOWLEDGE) -> list[str]:
        """List at most `MOST` subjects of which a thing is an object, sorted."""
        thing = _node(iri)
        quads = self.store.quads_for_pattern(None, NamedNode(prop), thing, graph) if thing else ()
        return sorted({_subject(quad) for quad in islice(quads, MOST)})

    def label(self, iri: str) -> str:
        """Give the name of a thing for people, or its IRI."""
        thing = _node(iri)
        for prop in _LABELS if thing else ():
            for graph in (_KNOWLEDGE, None):
                names = [_value(quad) for quad in self.store.quads_for_pattern(thing, prop, None, graph)]
                if names:
                    return min(names)
        return iri

    def kind(self, iri: str) -> Kind:
        """Give the kind of a thing."""
        return kind_of(self.values(iri, vocab.RDF_TYPE, None))

    def sorted(self, iris: Iterable[str]) -> list[str]:
        """Sort things by their names."""
        return sorted(iris, key=lambda iri: (self.label(iri).casefold(), iri))

    def replaced(self, iri: str) -> str:
        """Give the thing that a merged one became part of, at the end of the chain; nothing where it stands for itself."""
        seen = [iri]
        while found := self.values(seen[-1], vocab.DCTERMS_IS_REPLACED_BY):
            if found[0] in seen:
                return ""
            seen.append(found[0])
        return seen[-1] if len(seen) > 1 else ""

    def facts(self, iri: str) -> dict[str, list[str]]:
        """Give the literals that the knowledge, or else the evidence, states of a thing, by property."""
        return self._about(iri, literals=True)

    def outward(self, iri: str) -> dict[str, list[str]]:
        """Give the IRIs to which a thing leads, by property, without its classes."""
        links = self._about(iri, literals=False)
        links.pop(vocab.RDF_TYPE, None)
        return links

    def _about(self, iri: str, *, literals: bool) -> dict[str, list[str]]:
        thing = _node(iri)
        found: defaultdict[str, set[str]] = defaultdict(set)
        for graph in (_KNOWLEDGE, None):
            for quad in islice(self.store.quads_for_pattern(thing, None, None, graph), MOST) if thing and not found else ():
                if isinstance(quad.object, Literal) == literals:
                    found[quad.predicate.value].add(_value(quad))
        return {prop: sorted(found[prop]) for prop in sorted(found)}

    def inward(self, iri: str) -> dict[str, list[str]]:
        """Give the things that lead to a thing, by property: at most `MOST` in all."""
        thing = _node(iri)
        found: defaultdict[str, set[str]] = defaultdict(set)
        for quad in islice(self.store.quads_for_pattern(None, None, thing, _KNOWLEDGE), MOST) if thing else ():
            found[quad.predicate.value].add(_subject(quad))
        return {prop: sorted(found[prop]) for prop in sorted(found)}

    def authors(self, work: str) -> list[Author]:
        """List the authors of a work in their order."""
        found = []
        for authorship in self.values(work, vocab.SOA_HAS_AUTHORSHIP):
            position = min(map(_whole, self.values(authorship, vocab.SOA_POSITION)), default=0)
            printed = tuple(self.values(authorship, vocab.SOA_RAW_AFFILIATION))
            places = tuple(self.values(authorship, vocab.SOA_HAS_ORGANIZATION))
            found += [Author(p, position, printed, places, authorship) for p in self.values(authorship, vocab.SOA_HAS_AUTHOR)]
        listed = {author.person for author in found}
        rest = [Author(p, 0, (), (), "") for p in self.values(work, vocab.DCTERMS_CREATOR) if p not in listed]
        return sorted(found, key=lambda author: (author.position, author.person)) + rest

    def claims(self, subject: str, prop: str, value: str) -> list[Claim]:
        """List the claims of a statement, by page; `value` is an IRI that the graph knows or the text of a literal."""
        thing, link = _node(subject), _node(prop)
        if thing is None or link is None:
            return []
        found: list[Claim] = []
        for term in sorted({q.object for q in self.store.quads_for_pattern(thing, link, None, None) if _value(q) == value}, key=str):
            for row in self.rows(_CLAIMS, {"subject": thing, "predicate": link, "object": term}):
                page, about = row["page"], self._described(row["claim"], row["page"])
                quotes = {self.quote(NamedNode(mention), page) for mention in about.get(vocab.PROV_WAS_DERIVED_FROM, ())}
                found.append(Claim(page.value, _confidence(about), tuple(sorted(quote for quote in quotes if quote))))
        return sorted(found, key=lambda claim: (claim.page, -claim.confidence))

    def rows(self, query: str, given: Mapping[str, NamedNode | BlankNode | Literal | Triple]) -> Iterator[QuerySolution]:
        """Yield the rows of a SELECT query some of whose variables are given; those must be selected."""
        terms = {Variable(name): term for name, term in given.items()}
        answer = self.store.query(query, prefixes=vocab.PREFIXES, substitutions=terms)
        if isinstance(answer, QuerySolutions):
            yield from answer

    def mentions(self, iri: str) -> list[Quote]:
        """List where the pages name a thing, by page and place, at most `MOST`; of several with one place, the surest."""
        thing = _node(iri)
        best: dict[tuple[str, int, int], Quote] = {}
        for quad in islice(self.store.quads_for_pattern(None, NamedNode(vocab.OA_HAS_BODY), thing, None), MOST) if thing else ():
            quote = self.quote(quad.subject, quad.graph_name)
            if quote:
                place = (quote.page, quote.start, quote.end)
                best[place] = max(best.get(place, quote), quote, key=lambda q: q.confidence)
        return sorted(best.values())

    def quote(self, mention: _Node, graph: _Node) -> Quote | None:
        """Read the words that a mention in a graph points at; None where it is no mention."""
        about = self._described(mention, graph)
        for target in about.get(vocab.OA_HAS_TARGET, ()):
            place = self._described(NamedNode(target), graph)
            for selector in place.get(vocab.OA_HAS_SELECTOR, ()):
                words = self._described(NamedNode(selector), graph)
                exact, prefix, suffix = (_only(words, prop) for prop in (vocab.OA_EXACT, vocab.OA_PREFIX, vocab.OA_SUFFIX))
                start, end = (_whole(_only(words, prop)) for prop in (vocab.OA_START, vocab.OA_END))
                return Quote(_only(place, vocab.OA_HAS_SOURCE), start, end, exact, prefix, suffix, _confidence(about))
        return None

    def _described(self, thing: _Node, graph: _Node) -> dict[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        if not isinstance(thing, NamedNode) or isinstance(graph, Triple):
            return found
        for quad in self.store.quads_for_pattern(thing, None, None, graph):
            found[quad.predicate.value].append(_value(quad))
        return found

    def iter_triples(self, iri: str) -> Iterator[Quad]:
        """Yield the quads of the knowledge about a thing and those that lead to it, at most `MOST` of each."""
        thing = _node(iri)
        if thing:
            yield from islice(self.store.quads_for_pattern(thing, None, None, _KNOWLEDGE), MOST)
            yield from islice(self.store.quads_for_pattern(None, None, thing, _KNOWLEDGE), MOST)


def _node(iri: str) -> NamedNode | None:
    try:
        return NamedNode(iri)
    except ValueError:
        return None


def _value(quad: Quad) -> str:
    return quad.object.value if isinstance(quad.object, NamedNode | Literal) else str(quad.object)


def _subject(quad: Quad) -> str:
    return quad.subject.value if isinstance(quad.subject, NamedNode) else str(quad.subject)


def _whole(value: str) -> int:
    return int(value) if value.isdecimal() else 0


def _only(about: Mapping[str, Sequence[str]], prop: str) -> str:
    return min(about.get(prop, ()), default="")


def _confidence(about: Mapping[str, Sequence[str]]) -> float:
    try:
        return float(_only(about, vocab.CG_CONFIDENCE) or 1)
    except ValueError:
        return 1.0
