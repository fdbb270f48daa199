"""Turn the facts that one page states into claims and the mentions they rest on, in the page's own graph.

A mention is a Web Annotation with one selector that is both position and quote (W3C, Web Annotation Data
Model, sections 4.2.4 and 4.2.5). A claim is one `rdf:Statement` per triple and page, derived from mentions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, Triple

from confgraph import vocab
from confgraph.graph import terms
from confgraph.graph.facts import Fact
from confgraph.graph.terms import Names, node
from confgraph.records import Page, Span

CONTEXT: Final = 32
"""The characters of the page that a quote keeps before and after it."""

_LABEL_LENGTH: Final = 60

_Term = NamedNode | Literal


@dataclass(slots=True)
class _Claim:
    """A triple with the mentions that state it."""

    triple: Triple
    confidence: float
    mentions: set[tuple[NamedNode, Span]]


def page_node(page: Page, names: Names) -> NamedNode:
    """Give the node of a page, which is also the name of the graph of its evidence."""
    return names.thing("page", page.name, page.id)


def iter_evidence(page: Page, facts: Iterable[Fact], run: NamedNode, names: Names) -> Iterator[Quad]:
    """Yield the graph of a page: the page, the mentions and the claims that its facts make; each quad once.

    Facts without evidence of their own (`spans` is None) make no claim. A claim's confidence is the highest
    of its facts, a mention's the highest of those that it states.
    """
    source = page_node(page, names)
    claims: dict[Triple, _Claim] = {}
    mentions: dict[tuple[NamedNode, Span], float] = {}
    for fact in facts:
        if fact.spans is None:
            continue
        triple = Triple(fact.subject, fact.predicate, fact.object)
        claim = claims.setdefault(triple, _Claim(triple, 0.0, set()))
        claim.confidence = max(claim.confidence, fact.confidence)
        for span in fact.spans:
            mention = (fact.body, span)
            claim.mentions.add(mention)
            mentions[mention] = max(mentions.get(mention, 0.0), fact.confidence)
    for subject, predicate, value in _triples(page, source, claims.values(), mentions, run, names):
        yield Quad(subject, node(predicate), value, source)


def _triples(
    page: Page,
    source: NamedNode,
    claims: Iterable[_Claim],
    mentions: dict[tuple[NamedNode, Span], float],
    run: NamedNode,
    names: Names,
) -> Iterator[tuple[NamedNode, str, _Term]]:
    yield from describe_page(page, source)
    for span in dict.fromkeys(span for _, span in mentions):
        yield from _target(page, source, span, names)
    nodes = {}
    for (body, span), confidence in mentions.items():
        nodes[body, span] = mention = _mention_node(page, body, span, names)
        yield from _mention(page, source, mention, body, span, names)
        yield mention, vocab.CG_CONFIDENCE, terms.decimal(confidence)
    for claim in claims:
        grounds = [nodes[mention] for mention in sorted(claim.mentions, key=lambda m: (m[1], m[0].value))]
        yield from _claim(page, claim, grounds or [source], run, names)


def describe_page(page: Page, source: NamedNode) -> Iterator[tuple[NamedNode, str, _Term]]:
    """Yield what a page is: its file name, its address where a sidecar gives one, the sha256 of its text."""
    yield source, vocab.RDF_TYPE, node(vocab.SCHEMA_WEB_PAGE)
    yield source, vocab.RDF_TYPE, node(vocab.PROV_ENTITY)
    yield source, vocab.RDFS_LABEL, terms.text(page.name)
    yield source, vocab.SCHEMA_NAME, terms.text(page.name)
    yield source, vocab.SCHEMA_SHA256, Literal(page.id)
    if page.sidecar.url:
        yield source, vocab.SCHEMA_URL, terms.uri(page.sidecar.url)


def _short(page: Page, span: Span, length: int) -> str:
    """Quote a span on one line, cut where it is longer."""
    quote = " ".join(page.text[span.start : min(span.end, span.start + length)].split())
    return f"{quote}…" if span.end - span.start > length else quote


def _place_node(kind: str, page: Page, span: Span, names: Names) -> NamedNode:
    return names.thing(kind, f"{span.start}-{span.end}", page.id, page.name)


def _target(page: Page, source: NamedNode, span: Span, names: Names) -> Iterator[tuple[NamedNode, str, _Term]]:
    """Yield a stretch of the page and the selector that finds it, by position and by quote."""
    target, selector = _place_node("target", page, span, names), _place_node("selector", page, span, names)
    where = f"{page.name}, characters {span.start} to {span.end}"
    yield target, vocab.RDF_TYPE, node(vocab.OA_SPECIFIC_RESOURCE)
    yield target, vocab.RDFS_LABEL, terms.text(where)
    yield target, vocab.OA_HAS_SOURCE, source
    yield target, vocab.OA_HAS_SELECTOR, selector
    yield selector, vocab.RDF_TYPE, node(vocab.OA_TEXT_POSITION_SELECTOR)
    yield selector, vocab.RDF_TYPE, node(vocab.OA_TEXT_QUOTE_SELECTOR)
    yield selector, vocab.RDFS_LABEL, terms.text(f"Selector of {where}")
    yield selector, vocab.OA_START, Literal(span.start)
    yield selector, vocab.OA_END, Literal(span.end)
    yield selector, vocab.OA_EXACT, terms.text(page.text[span.start : span.end])
    yield selector, vocab.OA_PREFIX, terms.text(page.text[max(0, span.start - CONTEXT) : span.start])
    yield selector, vocab.OA_SUFFIX, terms.text(page.text[span.end : span.end + CONTEXT])


def _mention_node(page: Page, body: NamedNode, span: Span, names: Names) -> NamedNode:
    return names.thing("mention", f"{span.start}-{span.end}", page.id, page.name, body.value)


def _mention(
    page: Page, source: NamedNode, mention: NamedNode, body: NamedNode, span: Span, names: Names
) -> Iterator[tuple[NamedNode, str, _Term]]:
    yield mention, vocab.RDF_TYPE, node(vocab.OA_ANNOTATION)
    yield mention, vocab.RDFS_LABEL, terms.text(f"“{_short(page, span, _LABEL_LENGTH)}” in {page.name}")
    yield mention, vocab.OA_HAS_BODY, body
    yield mention, vocab.OA_HAS_TARGET, _place_node("target", page, span, names)
    yield mention, vocab.PROV_WAS_QUOTED_FROM, source


def _claim(page: Page, claim: _Claim, grounds: list[NamedNode], run: NamedNode, names: Names) -> Iterator[tuple[NamedNode, str, _Term]]:
    subject, predicate, value = claim.triple
    local = predicate.value.rpartition("#")[2].rpartition("/")[2]
    here = names.thing("claim", local, page.id, page.name, subject.value, predicate.value, str(value))
    yield here, vocab.RDF_TYPE, node(vocab.RDF_STATEMENT)
    yield here, vocab.RDFS_LABEL, terms.text(f"Claim of {local} in {page.name}")
    yield here, vocab.RDF_SUBJECT, subject
    yield here, vocab.RDF_PREDICATE, predicate
    yield here, vocab.RDF_OBJECT, value
    yield here, vocab.CG_CONFIDENCE, terms.decimal(claim.confidence)
    yield here, vocab.PROV_WAS_GENERATED_BY, run
    for ground in grounds:
        yield here, vocab.PROV_WAS_DERIVED_FROM, ground
