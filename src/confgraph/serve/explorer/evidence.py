"""Write what the pages say: quotes, marked in their context, with page, place and confidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from confgraph.export.markup import Markup, counted, joined, quotation, text
from confgraph.serve.explorer.markup import NOTHING, tag
from confgraph.serve.explorer.reading import Claim, Graph, Quote

_MOST: Final = 6
"""The quotes of one statement that are shown."""
_LONGEST: Final = 1200
"""The characters of a quote that are shown: an abstract is whole."""


def quoted(graph: Graph, quote: Quote) -> Markup:
    """Write a quote with where it stands."""
    place = tag("span", Markup(f"characters {quote.start:,} to {quote.end:,}"))
    where = [_page(graph, quote.page), place, tag("span", Markup(f"confidence {quote.confidence:.2f}"))]
    said = quotation(quote.prefix, quote.exact, quote.suffix, _LONGEST)
    marked = tag("blockquote", Markup("…") if quote.start else NOTHING, said, Markup("…"), dir="auto")
    return tag("figure", marked, tag("figcaption", joined(where, " · ")), class_="quote")


def _page(graph: Graph, page: str) -> Markup:
    return tag("a", text(graph.label(page), 80), href=graph.address(page))


def evidence(graph: Graph, claims: Sequence[Claim]) -> Markup:
    """Write the claims of one statement, folded away; nothing where there are none."""
    if not claims:
        return NOTHING
    quotes = sorted({quote for claim in claims for quote in claim.quotes})
    sidecars = sorted({claim.page for claim in claims if not claim.quotes})
    parts = [quoted(graph, quote) for quote in quotes[:_MOST]]
    if len(quotes) > _MOST:
        parts.append(tag("p", Markup(f"and {counted(len(quotes) - _MOST, 'more quote')}"), class_="more"))
    beside = [tag("p", Markup("Stated with "), _page(graph, page), Markup(", not in its words."), class_="more") for page in sidecars]
    parts += beside
    said = counted(len(quotes), "quote") if quotes else counted(len(sidecars), "source")
    sure = max(claim.confidence for claim in claims)
    summary = tag("summary", said, tag("span", Markup(f"{sure:.2f}"), class_="sure", title="confidence"))
    return tag("details", summary, *parts, class_="why")
