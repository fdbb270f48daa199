"""Say which function answers which path."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import unquote, urlsplit

from pyoxigraph import Store

from confgraph.export.markup import Markup, text
from confgraph.serve.explorer import editor, lists, papers, reply
from confgraph.serve.explorer.assets import FOLDER, asset, link
from confgraph.serve.explorer.describe import TYPES, describe
from confgraph.serve.explorer.entity import entity
from confgraph.serve.explorer.frame import frame, heading
from confgraph.serve.explorer.index import Index
from confgraph.serve.explorer.kinds import BY_SLUG
from confgraph.serve.explorer.markup import address, tag
from confgraph.serve.explorer.reading import Graph
from confgraph.serve.explorer.reply import Asked, Reply
from confgraph.serve.protocol import negotiate

_PAGE: Final = "text/html"
_Answer = Callable[[Graph, Index, Asked], Reply]

_FIXED: Final[Mapping[str, _Answer]] = {
    "/": lambda graph, index, _: lists.home(graph, index),
    "/search": lists.search,
    "/papers": papers.papers,
    "/browse": lambda _, index, __: lists.kinds(index),
    "/browse/papers": lambda _, __, ___: reply.redirect("/papers", 301),
    "/editor": lambda graph, _, asked: editor.editor(graph, asked),
    "/editor/terms": lambda graph, _, __: editor.terms(graph),
    "/favicon.ico": lambda _, __, ___: reply.redirect(link("icon.svg")),
    "/questions": lambda _, __, ___: editor.all_questions(),
}
_BROWSE: Final = "/browse/"
ROUTES: Final = (*_FIXED, "/browse/{kind}", "/id/{kind}/{local}", "/entity", "/assets/{name}")
"""The paths that `render` knows; further ones are those of the IRIs of the graph's things on their own host."""


def render(store: Store, index: Index, path: str, parameters: tuple[tuple[str, str], ...] = (), accept: str = "") -> Reply:
    """Answer a GET of a path, percent-decoded, with parameters in their order and the value of the header `Accept`.

    What is not there is answered with 404 and a page that helps on.
    """
    graph = Graph(store, index.base)
    asked = Asked(path, parameters, negotiate(accept, (_PAGE, "application/json")) or _PAGE)
    if path in _FIXED:
        return _FIXED[path](graph, index, asked)
    if path.startswith(FOLDER):
        return asset(path) or _missing(graph, index, asked)
    if kind := BY_SLUG.get(path.removeprefix(_BROWSE)) if path.startswith(_BROWSE) else None:
        return lists.of_kind(graph, index, kind, asked)
    if iri := _named(graph, asked):
        return _thing(graph, iri, Asked(path, parameters, _media(accept, asked.first("format"))))
    return _missing(graph, index, asked)


def _media(accept: str, format_name: str) -> str:
    """Choose the media type of a thing's description: what the address asks for goes before what the client accepts."""
    named = {name: media for media, name in TYPES.items()}
    return named.get(format_name) or negotiate(accept, (_PAGE, *TYPES)) or _PAGE


def _named(graph: Graph, asked: Asked) -> str:
    """Give the IRI that a path names, if the graph knows it: by parameter, below `/id/`, or as on the host of the graph's base."""
    if asked.path == "/entity":
        candidates = [asked.first("iri")]
    else:
        start = urlsplit(graph.base).path
        candidates = [graph.base + asked.path.removeprefix(p) for p in ("/id/", start) if len(p) > 1 and asked.path.startswith(p)]
    return next((iri for iri in candidates if iri and graph.knows(iri)), "")


def _thing(graph: Graph, iri: str, asked: Asked) -> Reply:
    now = graph.replaced(iri)
    if now:
        return reply.redirect(graph.address(now, {"format": asked.first("format")}), 301)
    return entity(graph, iri, asked) if asked.accept == _PAGE else describe(graph, iri, asked.accept)


def _missing(graph: Graph, index: Index, asked: Asked) -> Reply:
    """Say that nothing is here, and show what has nearly the name that the address has."""
    wanted = asked.first("iri") or unquote(asked.path)
    words = wanted.rstrip("/").rpartition("/")[2].rpartition("#")[2]
    name = " ".join(word for word in words.replace("-", " ").split() if not _is_digest(word))
    hits = next((found for n in range(4, 0, -1) if (found := index.search(" ".join(name.split()[:n]), (), 0, 8).hits)), ())
    near = tag("ul", *(tag("li", lists.thing_link(graph, hit)) for hit in hits), class_="things wide")
    helped = [tag("h2", Markup("Named nearly so")), near] if hits else []
    ways = tag(
        "p", tag("a", Markup("Search"), href=address("/search", {"q": name})), Markup(" · "), tag("a", Markup("Browse"), href="/browse"),
        Markup(" · "), tag("a", Markup("What the graph holds"), href="/"),
    )  # fmt: skip
    said = tag("p", Markup("This graph knows nothing by the address "), tag("code", text(wanted, 300)), Markup("."))
    shown = frame("Nothing here", heading("Nothing here"), said, *helped, ways, asked=name[:200])
    return reply.page(shown, 404)


def _is_digest(word: str) -> bool:
    return len(word) == 12 and all(c in "0123456789abcdef" for c in word)
