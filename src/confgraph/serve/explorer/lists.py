"""Write the lists: the first page, the kinds, the things of a kind, what a search found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from confgraph.export.markup import Markup, counted, joined, number, text
from confgraph.graph import questions
from confgraph.serve.explorer import reply
from confgraph.serve.explorer.facets import BY_KIND
from confgraph.serve.explorer.frame import badge, frame, heading, kinds_nav, list_path
from confgraph.serve.explorer.index import Hit, Index, kinds_named
from confgraph.serve.explorer.kinds import BY_SLUG, KINDS, Kind
from confgraph.serve.explorer.markup import NOTHING, address, escape, pager, tag
from confgraph.serve.explorer.reading import Graph
from confgraph.serve.explorer.reply import Asked, Reply

SIZE: Final = 50
"""The rows of a page of a list."""
COMPLETIONS: Final = 10
_LABEL: Final = 240
_FEW: Final = 8
_ABOUT: Final = Markup(
    "A knowledge graph of conference pages: papers, who wrote them, and the methods, datasets, tasks and results they name. "
    "Each statement leads to the words of the page that states it."
)
_EMPTY: Final = Markup("This graph holds nothing yet. Build one with <code>confgraph build</code>.")
_SHOWN_FIRST: Final = ("methods", "datasets", "tasks", "people", "institutions")


def home(graph: Graph, index: Index) -> Reply:
    """Show what the graph holds, and ways into it."""
    counts = {kind.slug: index.count(kind) for kind in KINDS}
    parts = [
        heading("What do these pages say?"),
        tag("p", _ABOUT, class_="lead"),
        kinds_nav(counts) if len(index) else tag("p", _EMPTY, class_="empty"),
        _most_linked(graph, index),
        tag("div", _events(graph, index), _sources(graph, index), class_="halves"),
        _ways(),
    ]
    return reply.page(frame("Explore the graph", *parts))


def _events(graph: Graph, index: Index) -> Markup:
    rows = [hit for slug in ("conferences", "workshops", "events") for hit in index.of_kind(BY_SLUG[slug], 0, _FEW)]
    if not rows:
        return NOTHING
    items = [tag("li", thing_link(graph, hit), tag("small", papers_of(graph, hit))) for hit in rows[: 2 * _FEW]]
    return tag("section", tag("h2", Markup("Conferences and events")), tag("ul", *items, class_="things"))


def _most_linked(graph: Graph, index: Index) -> Markup:
    columns = []
    for kind in kinds_named(_SHOWN_FIRST):
        hits = index.of_kind(kind, 0, _FEW)
        if hits:
            items = [
                tag("li", thing_link(graph, hit, kind_too=False), tag("small", number(hit.links), title="links lead here")) for hit in hits
            ]
            more = tag("p", tag("a", Markup(f"All {kind.plural.lower()}"), href=list_path(kind)), class_="more")
            columns.append(tag("section", tag("h3", Markup(kind.plural)), tag("ol", *items, class_="things"), more))
    if not columns:
        return NOTHING
    return tag("section", tag("h2", Markup("Most linked")), tag("div", *columns, class_="columns"))


def _sources(graph: Graph, index: Index) -> Markup:
    hits = index.by_name(BY_SLUG["sources"], 0, _FEW)
    if not hits:
        return NOTHING
    total = index.count(BY_SLUG["sources"])
    every = tag("p", tag("a", Markup(f"All {total:,} source pages"), href="/browse/sources"), class_="more")
    more = every if total > len(hits) else NOTHING
    items = [tag("li", thing_link(graph, hit, kind_too=False)) for hit in hits]
    return tag("section", tag("h2", Markup("Source pages")), tag("ul", *items, class_="things"), more)


def _ways() -> Markup:
    titles = [question for asked in questions.by_readers().values() for question in asked]
    items = [tag("li", tag("a", escape(q.title), href=address("/editor", {"question": q.name}))) for q in titles[:6]]
    ways = [tag("a", Markup(f"All {len(titles)} questions"), href="/questions"), tag("a", Markup("write your own"), href="/editor")]
    more = tag("p", joined(ways, " · "), class_="more")
    return tag("section", tag("h2", Markup("Questions to ask")), tag("ul", *items, class_="plain"), more)


def thing_link(graph: Graph, hit: Hit, *, kind_too: bool = True) -> Markup:
    """Write the link to the page of a thing."""
    return joined([badge(hit.kind) if kind_too else NOTHING, tag("a", text(hit.label, _LABEL), href=graph.address(hit.iri))])


def kinds(index: Index) -> Reply:
    """Show the kinds of things that have a list."""
    counts = {kind.slug: index.count(kind) for kind in KINDS}
    ways = kinds_named(("conferences", "sessions", "methods", "datasets", "tasks", "institutions", "people"))
    items = [tag("li", tag("a", Markup(f"Papers by {k.name.lower()}"), href=list_path(k))) for k in ways if counts[k.slug]]
    two = tag("li", tag("a", Markup("Papers that use a method on a dataset"), href="/papers#narrow"))
    parts = [heading("Browse"), kinds_nav(counts), tag("h2", Markup("Papers")), tag("ul", *items, two, class_="plain")]
    return reply.page(frame("Browse", *parts, here="/browse"))


def of_kind(graph: Graph, index: Index, kind: Kind, asked: Asked) -> Reply:
    """List the things of a kind: the most linked first, or by name; with `q`, those of that name."""
    by_name, words = asked.first("sort") == "name", asked.first("q")
    start = (asked.page - 1) * SIZE
    if words:
        found = index.search(words, [kind], start, SIZE)
        hits, total = list(found.hits), found.total
    else:
        hits, total = (index.by_name if by_name else index.of_kind)(kind, start, SIZE), index.count(kind)
    path, given = f"/browse/{kind.slug}", {"q": words, "sort": "name" if by_name else ""}
    order = joined([
        tag("a", Markup("most linked first"), href=address(path, {"q": words}), **_current(not by_name)),
        tag("a", Markup("by name"), href=address(path, {"q": words, "sort": "name"}), **_current(by_name)),
    ])  # fmt: skip
    bar = tag("div", _filter(path, kind, words), NOTHING if words else tag("nav", order, class_="tabs", aria_label="Order"), class_="bar")
    rows = tag("ul", *(_row(graph, hit) for hit in hits), class_="things wide") if hits else _empty(words, kind)
    count = tag("p", counted(total, kind.name.lower(), kind.plural.lower()), class_="count")
    parts = [heading(kind.plural), bar, count, rows, pager(path, given, asked.page, SIZE, total)]
    return reply.page(frame(kind.plural, *parts, here="/browse"))


def _current(yes: bool) -> dict[str, str]:
    return {"aria_current": "true"} if yes else {}


def _filter(path: str, kind: Kind, words: str) -> Markup:
    return Markup(
        f'<form action="{escape(path)}" class="filter"><label for="filter">Only names with</label>'
        f'<input id="filter" name="q" type="search" value="{escape(words)}" data-complete="{kind.slug}" autocomplete="off">'
        "<button>Show</button></form>"
    )


def _row(graph: Graph, hit: Hit) -> Markup:
    papers = papers_of(graph, hit)
    links = counted(hit.links, "link") if hit.links else NOTHING
    return tag("li", thing_link(graph, hit, kind_too=False), tag("small", papers, Markup(" · ") if papers and links else NOTHING, links))


def papers_of(graph: Graph, hit: Hit) -> Markup:
    """Write the link to the papers that belong to a thing; nothing where papers are not asked for by its kind."""
    facet = BY_KIND.get(hit.kind.slug)
    if facet is None:
        return NOTHING
    where = address("/papers", {facet.name: graph.local(hit.iri)})
    return tag("a", Markup("papers"), href=where, aria_label=f"Papers: {hit.label[:100]}")


def _empty(words: str, kind: Kind | None = None) -> Markup:
    if not words:
        return tag("p", Markup(f"This graph holds no {kind.plural.lower()}." if kind else "Type a name."), class_="empty")
    tips = "Try fewer or shorter words: the beginning of a word is enough, and case and accents do not matter."
    return tag("p", Markup("Nothing is named "), tag("b", text(words, 100)), Markup(f". {tips}"), class_="empty")


def search(graph: Graph, index: Index, asked: Asked) -> Reply:
    """Show what a search found, or lead to the one thing that an identifier names; as JSON, the best few, for completion."""
    words, slugs = asked.first("q")[:200], asked.first("kind")
    kinds_asked = kinds_named(slugs.split(","))
    if asked.accept == "application/json":
        return _completions(graph, index.search(words, kinds_asked, 0, COMPLETIONS).hits)
    if thing := graph.identified(words):
        return reply.redirect(graph.address(thing))
    found = index.search(words, kinds_asked, (asked.page - 1) * SIZE, SIZE)
    rows = tag("ul", *(_found(graph, hit) for hit in found.hits), class_="things wide") if found.hits else _empty(words)
    near = found.hits and all(hit.nearly for hit in found.hits)
    nearly = tag("p", Markup("These names are spelt nearly so."), class_="note") if near else NOTHING
    given = {"q": words, "kind": slugs}
    parts = [
        heading(f"Search: {words}" if words else "Search"),
        _tabs(words, slugs, found.kinds) if found.kinds else NOTHING,
        tag("p", counted(found.total, "name is", "names are"), Markup(" found"), class_="count") if found.hits else NOTHING,
        nearly,
        rows,
        pager("/search", given, asked.page, SIZE, found.total),
    ]
    return reply.page(frame(f"Search: {words}" if words else "Search", *parts, asked=words))


def _tabs(words: str, slugs: str, given: Mapping[str, int]) -> Markup:
    whole = tag("a", Markup("All "), tag("b", number(sum(given.values()))), href=_search(words), **_current(not slugs))
    tabs = [
        tag("a", Markup(f"{k.plural} "), tag("b", number(given[k.slug])), href=_search(words, k.slug), **_current(slugs == k.slug))
        for k in KINDS
        if k.slug in given
    ]
    return tag("nav", whole, *tabs, class_="tabs", aria_label="Kinds")


def _search(words: str, slug: str = "") -> str:
    return address("/search", {"q": words, "kind": slug})


def _found(graph: Graph, hit: Hit) -> Markup:
    links = tag("small", counted(hit.links, "link")) if hit.links else NOTHING
    return tag("li", thing_link(graph, hit), links)


def _completions(graph: Graph, hits: Iterable[Hit]) -> Reply:
    def row(hit: Hit) -> dict[str, str]:
        place = graph.address(hit.iri)
        return {"iri": hit.iri, "label": hit.label, "kind": hit.kind.name, "family": hit.kind.family, "address": place}

    return reply.as_json([row(hit) for hit in hits])
