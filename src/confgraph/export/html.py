"""Write the interactive graph: one HTML page that opens from disk and asks no network for anything.

pyvis makes the drawing that the page opens on and carries the library that draws it, vis-network. The page
around it is ours, since the one of pyvis loads Bootstrap from a network and leaves texts unescaped. A
content security policy lets only the page's own scripts and styles run, by their hashes.
"""

from __future__ import annotations

import html
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from string import Template
from typing import Any, Final

import networkx as nx
from pyvis.network import Network

from confgraph.export import context, frame, layout
from confgraph.graph.network import Quote
from confgraph.graph.wording import PHRASES

_LIBRARY: Final = "templates/lib/vis-9.1.2/vis-network.min.js"
_SCRIPTS: Final = ("drawing", "labels", "panel", "search", "page")
"""The parts of our script in their order; together they are one function."""

_QUOTES_PER_NODE: Final = 5
_QUOTES_PER_LINK: Final = 2
_LONGEST_QUOTE: Final = 600
_LONG_FACT: Final = 200
_SMALLEST: Final = 5
_LARGEST: Final = 24


@dataclass(frozen=True, slots=True)
class HtmlOptions:
    """How the page looks: its `title`, how many entities it opens on, and how many it holds at most."""

    title: str = "Conference graph"
    language: str = "en"
    shown: int = 300
    held: int = 25_000


@dataclass(frozen=True, slots=True)
class KindStyle:
    """How a kind of entity is drawn, and what its importance is multiplied by."""

    plural: str
    color: str
    shape: str
    weight: float


_BLUE, _AMBER, _GREEN, _RED, _PURPLE, _CYAN, _GREY = "#4477aa", "#ddaa33", "#228833", "#ee6677", "#aa3377", "#66ccee", "#8d9399"

STYLES: Final[Mapping[str, KindStyle]] = {
    "Paper": KindStyle("Papers", _BLUE, "dot", 0.25),
    "Tutorial": KindStyle("Tutorials", _BLUE, "square", 0.3),
    "Talk": KindStyle("Talks", _BLUE, "triangle", 0.05),
    "Person": KindStyle("People", _AMBER, "dot", 1.6),
    "Organization": KindStyle("Organizations", _AMBER, "square", 1.0),
    "Method": KindStyle("Methods", _GREEN, "diamond", 1.0),
    "Software": KindStyle("Software", _GREEN, "square", 1.0),
    "Dataset": KindStyle("Datasets", _RED, "hexagon", 1.0),
    "Task": KindStyle("Tasks", _PURPLE, "triangle", 1.0),
    "Metric": KindStyle("Metrics", _PURPLE, "triangleDown", 0.6),
    "Conference": KindStyle("Conferences", _CYAN, "star", 1.0),
    "Series": KindStyle("Series", _CYAN, "hexagon", 0.5),
    "Event": KindStyle("Events", _CYAN, "dot", 0.5),
    "Workshop": KindStyle("Workshops", _CYAN, "diamond", 0.6),
    "Session": KindStyle("Sessions", _CYAN, "square", 0.2),
    "Track": KindStyle("Tracks", _CYAN, "triangle", 0.2),
    "Room": KindStyle("Rooms", _GREY, "triangleDown", 0.3),
    "Resource": KindStyle("Resources", _GREY, "square", 0.3),
}
"""The kinds in the order of the legend. The colour, from Tol's bright scheme, tells the family (works, people, methods, data,
tasks, events, places) also to the colour-blind; the shape tells the kind within it. Source: Paul Tol, Colour Schemes (2021)."""

_OTHER: Final = KindStyle("Others", _GREY, "dot", 0.3)


def render(network: nx.MultiDiGraph[str], options: HtmlOptions = HtmlOptions(), texts: Mapping[str, str] | None = None) -> str:
    """Make the page of a network as `confgraph.graph.network.to_network` builds it; the same network gives the same bytes.

    It opens on the `options.shown` most important entities and holds the `options.held` most important; the
    importance is PageRank times the weight of the kind (`STYLES`), and what was left out is said on the page.
    With the `texts` of the pages by their sha256, quotes stand in their whole sentence.
    """
    ranked = layout.importance(network, {kind: style.weight for kind, style in STYLES.items()})
    held = list(ranked)[: options.held]
    part = network.subgraph(held)
    content = _Content(part, held, ranked, Counter(kind for _, kind in network.nodes(data="kind")), texts or {})
    chosen = layout.opening(nx.Graph(part), held, options.shown)
    data = content.rows() | {"total": len(network), "view": _drawing(content, chosen)}
    return _page(options, data)


class _Content:
    """Number the kinds, phrases, pages and quotes of a network, and list its nodes and edges by these numbers."""

    def __init__(
        self,
        network: nx.MultiDiGraph[str],
        held: Sequence[str],
        ranked: Mapping[str, float],
        counts: Mapping[str, int],
        texts: Mapping[str, str],
    ) -> None:
        self.network = network
        self.texts = texts
        self.number = {name: i for i, name in enumerate(held)}
        order = list(STYLES)
        self.kinds = sorted(counts, key=lambda kind: (order.index(kind) if kind in STYLES else len(order), kind))
        self.counts = counts
        self.phrases: dict[tuple[str, str], int] = {}
        self.pages: dict[str, int] = {}
        self.quotes: dict[tuple[Any, ...], int] = {}
        top = max(ranked.values(), default=1.0)
        self.sizes = {name: round(_SMALLEST + (_LARGEST - _SMALLEST) * (ranked[name] / top) ** 0.5, 1) for name in held}

    def rows(self) -> dict[str, Any]:
        """List everything that the page holds, nodes by descending importance."""
        nodes = [self._node(name) for name in self.number]
        edges = [self._edge(*edge) for edge in sorted(self.network.edges(keys=True))]
        return {
            "kinds": [self._kind(kind) for kind in self.kinds],
            "links": list(self.phrases),
            "pages": list(self.pages),
            "quotes": list(self.quotes),
            "nodes": nodes,
            "edges": edges,
        }

    def _kind(self, kind: str) -> dict[str, Any]:
        style = STYLES.get(kind, _OTHER)
        plural = style.plural if kind in STYLES else kind
        return {"name": kind, "plural": plural, "color": style.color, "shape": style.shape, "total": self.counts[kind]}

    def _node(self, name: str) -> list[Any]:
        node = self.network.nodes[name]
        short = [quote for quote in node["quotes"] if len(quote.exact) <= _LONGEST_QUOTE]  # a whole abstract is a fact already
        quotes = self._quotes(short or node["quotes"][:1], _QUOTES_PER_NODE)
        facts = [(fact.removeprefix("has ").capitalize(), value) for fact, value in node["facts"]]
        facts.sort(key=lambda fact: (len(fact[1]) > _LONG_FACT, fact))
        kind = self.kinds.index(node["kind"])
        return [node["label"], kind, self.sizes[name], name, node["aliases"], facts, quotes, len(short)]

    def _edge(self, subject: str, target: str, key: str) -> list[Any]:
        edge = self.network.edges[subject, target, key]
        phrase = self.phrases.setdefault(PHRASES.get(key, (edge["property"], f"{edge['property']}: from")), len(self.phrases))
        quotes = self._quotes(edge["quotes"], _QUOTES_PER_LINK)
        return [self.number[subject], self.number[target], phrase, edge.get("position", 0), edge.get("affiliation", ""), quotes]

    def _quotes(self, quotes: Sequence[Quote], most: int) -> list[int]:
        """Number some quotes of a node or an edge: from as many pages as there are, and no sentence twice."""
        numbers: list[int] = []
        sentences: set[str] = set()
        for quote in _by_turns(quotes):
            words = self._words(quote)
            if "".join(words) in sentences or len(numbers) == most:
                continue
            sentences.add("".join(words))
            page = self.pages.setdefault(quote.page, len(self.pages))
            numbers.append(self.quotes.setdefault((page, *words, quote.confidence), len(self.quotes)))
        return numbers

    def _words(self, quote: Quote) -> tuple[str, str, str]:
        """Give what stands before, in and after a quote."""
        if len(quote.exact) > _LONGEST_QUOTE:
            return "", quote.exact[:_LONGEST_QUOTE].rpartition(" ")[0], " …"
        if quote.sha256 in self.texts:
            before, after = context.around(self.texts[quote.sha256], quote.start, quote.end)
            return before, quote.exact, after
        return f"…{quote.prefix}", quote.exact, f"{quote.suffix}…"


def _by_turns(quotes: Sequence[Quote]) -> list[Quote]:
    """Order quotes so that each page has its first before any has its second."""
    turn: Counter[str] = Counter()
    turns = []
    for quote in quotes:
        turn[quote.page] += 1
        turns.append((turn[quote.page], quote))
    return [quote for _, quote in sorted(turns)]


def _drawing(content: _Content, chosen: Sequence[str]) -> dict[str, Any]:
    """Draw the nodes that the page opens on with pyvis; node ids are the numbers of the rows."""
    simple = nx.Graph(content.network.subgraph(chosen))
    places = layout.place(simple)
    net = Network(directed=False)
    for name in chosen:
        node, (x, y) = content.network.nodes[name], places[name]
        style = STYLES.get(node["kind"], _OTHER)
        net.add_node(content.number[name], node["label"], shape=style.shape, color=style.color, size=content.sizes[name], x=x, y=y)
    pairs = {(min(s, o), max(s, o)) for s, o in ((content.number[s], content.number[o]) for s, o in simple.edges()) if s != o}
    for source, target in sorted(pairs):
        net.add_edge(source, target)
    net.set_options(json.dumps(_VIEW))
    nodes, edges, _heading, _height, _width, view = net.get_network_data()
    return {"nodes": nodes, "edges": edges, "options": json.loads(view)}


_VIEW: Final[Mapping[str, Any]] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3},
    "edges": {"smooth": False, "width": 1, "hoverWidth": 0, "selectionWidth": 0},
    "interaction": {"hover": True, "hoverConnectedEdges": False, "selectConnectedEdges": False, "tooltipDelay": 100_000_000,
                    "keyboard": {"enabled": True, "bindToWindow": False}},
}  # fmt: skip
"""The options of vis-network: no physics, since the places are computed, and no motion of its own."""


def _page(options: HtmlOptions, data: Mapping[str, Any]) -> str:
    """Put styles, scripts and data into the page's frame, with a policy that names their hashes."""
    style = frame.style("graph")
    script = "\n".join(['"use strict";', "(() => {", *(frame.asset(f"{name}.js") for name in _SCRIPTS), "})();"])
    library = (files("pyvis") / _LIBRARY).read_text(encoding="utf-8").partition("\n//# sourceMappingURL")[0]
    scripts = f"{frame.source(library)} {frame.source(script)}"
    policy = f"default-src 'none'; script-src {scripts}; style-src {frame.source(style)}; base-uri 'none'; form-action 'none'"
    return Template(frame.asset("graph.html")).substitute(
        lang=html.escape(options.language),
        policy=policy,
        title=html.escape(options.title),
        style=style,
        data=_inline_json(data),
        library=library,
        script=script,
    )


def _inline_json(value: Any) -> str:
    r"""Write JSON that can stand inside a script element: no character of it opens or closes markup.

    >>> _inline_json({"t": "</script><!--\u2028"})
    '{"t":"\\u003c/script\\u003e\\u003c!--\\u2028"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text
