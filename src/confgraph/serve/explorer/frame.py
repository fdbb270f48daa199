"""Put a page around what it shows: head, search box, navigation."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from confgraph.export.markup import Markup, joined, number, plain, text
from confgraph.serve.explorer import assets
from confgraph.serve.explorer.kinds import KINDS, Kind
from confgraph.serve.explorer.markup import NOTHING, tag

_PLACES: Final = (("/papers", "Papers"), ("/browse", "Browse"), ("/editor", "SPARQL"), ("/questions", "Questions"))


def frame(
    title: str,
    *parts: Markup,
    here: str = "",
    asked: str = "",
    scripts: Sequence[str] = (),
    styles: Sequence[str] = (),
    alternates: Sequence[tuple[str, str]] = (),
) -> str:
    """Write a whole page.

    Args:
        title: what the page is about, a text of any origin.
        parts: what stands in it; the first of them has the `h1`.
        here: the path of the place in the navigation that the page belongs to.
        asked: what stands in the search box.
        scripts: further scripts by file name, which run in this order.
        styles: further styles by file name.
        alternates: media types and addresses of the same as data.
    """
    head = [f'<link rel="stylesheet" href="{escape(assets.link(name))}">' for name in ("explorer.css", *styles)]
    head += [f'<script defer src="{escape(assets.link(name))}"></script>' for name in ("explorer.js", *scripts)]
    head += [f'<link rel="alternate" type="{escape(media)}" href="{escape(address)}">' for media, address in alternates]
    links = joined(tag("a", Markup(name), href=path, **({"aria_current": "page"} if path == here else {})) for path, name in _PLACES)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{plain(title, 200)} · confgraph</title>
<link rel="icon" href="{escape(assets.link("icon.svg"))}" type="image/svg+xml">
{"".join(head)}
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header>
<a class="brand" href="/"><span aria-hidden="true"></span>confgraph</a>
{search_form(asked)}
<nav aria-label="Main">{links}</nav>
</header>
<main id="main" tabindex="-1">
{"".join(parts)}
</main>
<footer><p>Programs ask this graph at <code>/sparql</code> by the SPARQL 1.1 Protocol.</p></footer>
</body>
</html>
"""


def search_form(asked: str = "") -> Markup:
    """Write the search box of the head."""
    return Markup(
        '<form class="search" role="search" action="/search"><label class="away" for="search">Search names</label>'
        f'<input id="search" name="q" type="search" value="{escape(asked)}" placeholder="Search papers, people, methods…" '
        'autocomplete="off" spellcheck="false" enterkeyhint="search" maxlength="200"><button>Search</button></form>'
    )


def badge(kind: Kind) -> Markup:
    """Write the name of a kind in its colour."""
    return tag("span", Markup(kind.name), class_=f"kind k-{kind.family}")


def heading(title: str, *, kind: Kind | None = None, beside: Markup = NOTHING) -> Markup:
    """Write the heading of a page, a text of any origin, with the kind of what it shows."""
    return tag("div", badge(kind) if kind else NOTHING, tag("h1", text(title)), beside, class_="title")


def kinds_nav(counts: dict[str, int]) -> Markup:
    """Write links to the lists of all kinds of which there are any, with their numbers by slug."""
    shown = [(kind, counts[kind.slug]) for kind in KINDS if counts.get(kind.slug)]
    links = ((kind, tag("a", tag("b", number(n)), Markup(kind.plural if n != 1 else kind.name), href=list_path(kind))) for kind, n in shown)
    return tag("ul", *(tag("li", link, class_=f"k-{kind.family}") for kind, link in links), class_="counts")


def list_path(kind: Kind) -> str:
    """Give the path of the list of a kind."""
    return "/papers" if kind.slug == "papers" else f"/browse/{kind.slug}"
