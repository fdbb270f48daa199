"""The HTML graph as a file: what it holds, that it asks no network, and that no text of a page becomes markup."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from typing import Any

import networkx as nx
import pytest

from confgraph import vocab
from confgraph.export.html import STYLES, HtmlOptions, render
from confgraph.graph.network import Quote

HOSTILE = [
    '<img src=x onerror="window.hacked=1">',
    "</script><script>window.hacked=1</script>",
    "<!-- <script>",
    "]]> & &lt; ' \" `${window.hacked=1}`",
    "two\u2028lines\u2029and \x00 a NUL",
]


def a_network(*papers: str, methods: int = 3) -> nx.MultiDiGraph[str]:
    """Build a network in which every paper uses every method and has one quote."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for j in range(methods):
        network.add_node(f"urn:m{j}", label=f"Method {j}", kind="Method", aliases=(f"M{j}",), facts=(), quotes=())
    for i, label in enumerate(papers):
        quote = Quote("page.txt", 10, 10 + len(label), "before ", label, " after", 0.75, "ab12")
        network.add_node(f"urn:p{i}", label=label, kind="Paper", aliases=(label,), facts=(("note", label),), quotes=(quote,))
        for j in range(methods):
            network.add_edge(
                f"urn:p{i}", f"urn:m{j}", key=vocab.CG_USES_METHOD, iri=vocab.CG_USES_METHOD, property="uses method", quotes=(quote,)
            )
    return network


class Document(HTMLParser):
    """Collect the elements of a page with their attributes, and the text of scripts, styles and the title."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("script", "style", "title"):
            self.texts.append((tag, ""))

            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        self.inside &= tag not in ("script", "style", "title")

    def handle_data(self, data: str) -> None:
        if self.inside:
            tag, text = self.texts[-1]
            self.texts[-1] = (tag, text + data)

    def all(self, tag: str) -> list[str]:
        return [text for name, text in self.texts if name == tag]

    @property
    def data(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.all("script")[0])
        return found


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_data_and_never_markup(text: str) -> None:
    plain = Document(render(a_network("harmless"), HtmlOptions(title="harmless")))
    page = Document(render(a_network(text), HtmlOptions(title=text)))
    assert [tag for tag, _ in page.tags] == [tag for tag, _ in plain.tags]
    assert not set("<>&\u2028\u2029") & set(page.all("script")[0])
    assert page.data["nodes"][[node[0] for node in page.data["nodes"]].index(text)][4] == [text]


@pytest.mark.parametrize("text", HOSTILE[:4])
def test_the_title_is_shown_as_it_is(text: str) -> None:
    assert Document(render(a_network("a"), HtmlOptions(title=text))).all("title")[0].strip() == text


def test_opening_the_page_asks_no_network() -> None:
    page = render(a_network("See https://example.org/x.png"))
    document = Document(page)
    for tag, attributes in document.tags:
        loads = {"src", "href", "srcset", "data", "action", "background", "poster"} & attributes.keys()
        assert not loads or (tag, attributes["href"]) == ("a", "report.html")
    assert not re.search(r"url\(|@import", "".join(document.all("style")))
    assert "sourceMappingURL" not in page
    assert not {"link", "iframe", "object", "embed", "base", "img"} & {tag for tag, _ in document.tags}


def test_the_policy_allows_only_the_scripts_and_styles_of_the_page() -> None:
    document = Document(render(a_network("a")))
    policy = next(str(a["content"]) for tag, a in document.tags if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy")
    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    assert directives["default-src"] == "'none'"

    def source(text: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    assert directives["script-src"].split() == [source(text) for text in document.all("script")[1:]]
    assert directives["style-src"].split() == [source(text) for text in document.all("style")]


def test_the_page_names_its_language_and_title() -> None:
    document = Document(render(a_network("a"), HtmlOptions(title="NeurIPS 2023", language="de")))
    assert ("html", {"lang": "de"}) in document.tags
    assert document.all("title") == ["NeurIPS 2023"]


def test_the_order_of_nodes_and_edges_does_not_matter() -> None:
    network = a_network(*(f"Paper {i}" for i in range(12)))
    turned: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(network.nodes(data=True))))
    turned.add_edges_from(reversed(list(network.edges(keys=True, data=True))))
    assert render(network) == render(turned)


def test_it_opens_on_the_most_important_and_holds_the_rest() -> None:
    data = Document(render(a_network(*(f"Paper {i}" for i in range(30)), methods=2), HtmlOptions(shown=10, held=20))).data
    assert data["total"] == 32
    assert len(data["nodes"]) == 20
    assert len(data["view"]["nodes"]) == 10
    assert {node[0] for node in data["nodes"][:2]} == {"Method 0", "Method 1"}
    assert {node["label"] for node in data["view"]["nodes"]} >= {"Method 0", "Method 1"}
    assert {kind["name"]: kind["total"] for kind in data["kinds"]} == {"Paper": 30, "Method": 2}
    assert all(max(edge[:2]) < 20 for edge in data["edges"])


def test_the_places_are_computed_and_no_two_nodes_share_one() -> None:
    view = Document(render(a_network(*(f"Paper {i}" for i in range(60))))).data["view"]
    assert view["options"]["physics"]["enabled"] is False
    places = {(node["x"], node["y"]) for node in view["nodes"]}
    assert len(places) == 63


def test_parallel_links_are_drawn_once_and_listed_each() -> None:
    network = a_network("a", methods=1)
    network.add_edge("urn:p0", "urn:m0", key=vocab.CG_INTRODUCES, iri=vocab.CG_INTRODUCES, property="introduces", quotes=())
    data = Document(render(network)).data
    assert len(data["view"]["edges"]) == 1
    assert sorted(data["links"][edge[2]][0] for edge in data["edges"]) == ["Introduces", "Uses method"]


def test_quotes_are_kept_once_and_stand_in_their_sentence() -> None:
    text = "It failed. We call the\nmethod Adam, for short. It won."
    at = text.index("Adam")
    quote = Quote("page.txt", at, at + 4, "method ", "Adam", ", for", 0.5, "ab12")
    network = a_network("a", methods=1)
    network.nodes["urn:m0"]["quotes"] = network.nodes["urn:p0"]["quotes"] = (quote,)
    in_sentence = [0, "We call the method ", "Adam", ", for short.", 0.5]
    assert in_sentence in Document(render(network, texts={"ab12": text})).data["quotes"]
    data = Document(render(network)).data
    assert data["quotes"].count([0, "…method ", "Adam", ", for…", 0.5]) == 1


def test_quotes_come_from_many_pages_and_never_twice_from_one_sentence() -> None:
    network = a_network("a", methods=1)
    text = "Adam beats Adam. " * 2 + "Here Adam wins."
    places = [i for i in range(len(text)) if text.startswith("Adam", i)]
    quotes = [Quote("a.txt", i, i + 4, "", "Adam", "", 1.0, "aa") for i in places] + [Quote("b.txt", 0, 4, "", "Adam", "", 1.0, "bb")]
    network.nodes["urn:m0"]["quotes"] = tuple(quotes)
    data = Document(render(network, texts={"aa": text, "bb": "Adam is old."})).data
    method = next(node for node in data["nodes"] if node[0] == "Method 0")
    shown = [(data["pages"][page], before + exact + after) for page, before, exact, after, _ in (data["quotes"][i] for i in method[6])]
    assert shown == [("a.txt", "Adam beats Adam."), ("b.txt", "Adam is old."), ("a.txt", "Here Adam wins.")]
    assert method[7] == len(quotes)


def test_a_kind_without_a_style_of_its_own_is_drawn_too() -> None:
    network = a_network("a", methods=1)
    network.nodes["urn:m0"]["kind"] = "Poster Board"
    kinds = Document(render(network)).data["kinds"]
    assert [kind["name"] for kind in kinds] == ["Paper", "Poster Board"]


def test_an_empty_network_makes_a_page() -> None:
    data = Document(render(nx.MultiDiGraph())).data
    assert (data["total"], data["nodes"], data["view"]["nodes"]) == (0, [], [])


def test_no_two_kinds_look_the_same() -> None:
    looks = [(style.color, style.shape) for style in STYLES.values()]
    assert len(looks) == len(set(looks)) == 18
