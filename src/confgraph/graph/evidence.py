"""Turn the facts that one page states into claims and the mentions they rest on, in the page's own graph.

A mention is a Web Annotation with one selector that is both position and quote (W3C, Web Annotation Data
Model, sections 4.2.4 and 4.2.5). A claim is one `rdf:Statement` per triple and page, derived from mentions. There is one
mention for a place and what it speaks of, and one target and selector for a place, shared by all that rest on them.

Nothing is said twice: what a page is stands in the knowledge alone, and mentions and claims have no labels, since all that
one could say is their quote and predicate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, Triple

from confgraph import vocab
from confgraph.graph import terms
from confgraph.graph.facts import Fact
from confgraph.graph.own import OwnNames, iter_alternatives
from confgraph.graph.terms import Names, node, property_label
from confgraph.records import Page, Span

CONTEXT: Final = 32
"""The characters of the page that a quote keeps before and after it."""

_Statement = tuple[NamedNode, str, NamedNode | Literal]
_Mention = tuple[NamedNode, Span]
"""What a mention speaks of, and where."""


@dataclass(slots=True)
class _Claim:
    """A triple with the mentions that state it."""

    triple: Triple
    confidence: float
    mentions: set[_Mention]


def page_node(page: Page, names: Names) -> NamedNode:
    """Give the node of a page, which is also the name of the graph of its evidence."""
    return names.page(page.name, page.id)


def iter_evidence(page: Page, facts: Iterable[Fact], activity: NamedNode, names: Names, own: OwnNames) -> Iterator[Quad]:
    """Yield the graph of a page: the mentions and the claims that its facts make; each quad once.

    Facts without evidence of their own (`spans` is None) make no claim. A claim's confidence is the highest
    of its facts, a mention's the highest of those that it states. `activity` is what read the page: as nothing here names
    another page, the graph changes only with its page, the versions, and what resolution makes of its entities. Mentions and
    claims are named by what the page itself calls things (`own`), so that they keep their IRIs whatever is merged elsewhere; where
    that joins two of them, the one is replaced by the other.
    """
    claims: dict[Triple, _Claim] = {}
    mentions: dict[_Mention, float] = {}
    for fact in facts:
        if fact.spans is None:
            continue
        triple = Triple(fact.subject, fact.predicate, fact.object)
        claim = claims.setdefault(triple, _Claim(triple, 0.0, set()))
        claim.confidence = max(claim.confidence, fact.confidence)
        for span in fact.spans:
            mention = (fact.body, span)
            claim.mentions.add(mention)
            mentions[mention] = max(mentions.get(mention, 0.0), fact.reading)
    evidence = _Evidence(page, page_node(page, names), activity, names, own)
    for subject, predicate, value in evidence.iter_statements(mentions, claims.values()):
        yield Quad(subject, node(predicate), value, evidence.source)


@dataclass(frozen=True, slots=True)
class _Evidence:
    """Describe the mentions and claims of one page."""

    page: Page
    source: NamedNode
    activity: NamedNode
    names: Names
    own: OwnNames

    def iter_statements(self, mentions: Mapping[_Mention, float], claims: Iterable[_Claim]) -> Iterator[_Statement]:
        for span in dict.fromkeys(span for _, span in mentions):
            yield from self._target(span)
        for mention, confidence in mentions.items():
            yield from self._mention(mention, confidence)
        for claim in claims:
            yield from self._claim(claim)

    def _target(self, span: Span) -> Iterator[_Statement]:
        """Yield a stretch of the page and the selector that finds it, by position and by quote.

        The quote is the page's own, to the letter; a page read from a file holds nothing that some format could not.
        """
        text, target, selector = self.page.text, self._place_node("target", span), self._place_node("selector", span)
        yield target, vocab.OA_HAS_SOURCE, self.source
        yield target, vocab.OA_HAS_SELECTOR, selector
        yield selector, vocab.RDF_TYPE, node(vocab.OA_TEXT_POSITION_SELECTOR)
        yield selector, vocab.RDF_TYPE, node(vocab.OA_TEXT_QUOTE_SELECTOR)
        yield selector, vocab.OA_START, Literal(span.start)
        yield selector, vocab.OA_END, Literal(span.end)
        yield selector, vocab.OA_EXACT, Literal(text[span.start : span.end])
        yield selector, vocab.OA_PREFIX, Literal(text[max(0, span.start - CONTEXT) : span.start])
        yield selector, vocab.OA_SUFFIX, Literal(text[span.end : span.end + CONTEXT])

    def _mention(self, mention: _Mention, confidence: float) -> Iterator[_Statement]:
        body, span = mention
        here, *older = self._mention_nodes(mention)
        for node_before in older:
            yield node_before, vocab.DCTERMS_IS_REPLACED_BY, here
        yield here, vocab.RDF_TYPE, node(vocab.OA_ANNOTATION)
        yield here, vocab.OA_HAS_BODY, body
        yield here, vocab.OA_HAS_TARGET, self._place_node("target", span)
        yield here, vocab.CG_CONFIDENCE, terms.decimal(confidence)
        yield here, vocab.PROV_WAS_QUOTED_FROM, self.source

    def _claim(self, claim: _Claim) -> Iterator[_Statement]:
        """Yield a claim; one without a mention, such as what only a sidecar says, is derived from the page as a whole."""
        subject, predicate, value = claim.triple
        said = property_label(predicate.value)
        stated = value.value if isinstance(value, NamedNode) else str(value)
        here, *older = (
            self.names.thing("claim", said, self.page.id, self.page.name, one, predicate.value, other)
            for one, other in iter_alternatives(self.own, subject.value, stated)
        )
        for node_before in older:
            yield node_before, vocab.DCTERMS_IS_REPLACED_BY, here
        yield here, vocab.RDF_TYPE, node(vocab.RDF_STATEMENT)
        yield here, vocab.RDF_SUBJECT, subject
        yield here, vocab.RDF_PREDICATE, predicate
        yield here, vocab.RDF_OBJECT, value
        yield here, vocab.CG_CONFIDENCE, terms.decimal(claim.confidence)
        yield here, vocab.PROV_WAS_GENERATED_BY, self.activity
        for ground in sorted(claim.mentions, key=lambda mention: (mention[1], mention[0].value)):
            yield here, vocab.PROV_WAS_DERIVED_FROM, self._mention_nodes(ground)[0]
        if not claim.mentions:
            yield here, vocab.PROV_WAS_DERIVED_FROM, self.source

    def _place_node(self, kind: str, span: Span) -> NamedNode:
        return self.names.thing(kind, f"{span.start}-{span.end}", self.page.id, self.page.name)

    def _mention_nodes(self, mention: _Mention) -> list[NamedNode]:
        """Give the node of a mention, and those that it replaces."""
        body, span = mention
        bodies = iter_alternatives(self.own, body.value)
        return [self.names.thing("mention", f"{span.start}-{span.end}", self.page.id, self.page.name, name) for (name,) in bodies]
