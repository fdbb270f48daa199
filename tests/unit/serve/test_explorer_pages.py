"""The pages of the explorer over a small graph: what they hold, where they lead, and that no text becomes an element."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
from collections.abc import Callable, Iterable
from html.parser import HTMLParser
from urllib.parse import quote, unquote, urlsplit

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from confgraph import iris, vocab
from confgraph.graph.questions import catalogue
from confgraph.serve.explorer import ROUTES, Index, Reply, asset, read_index, render
from confgraph.serve.explorer.kinds import BY_SLUG
from confgraph.serve.explorer.reply import Asked

SCRIPT = "<script>window.hacked = 1</script>"
ARABIC = "شبكة عصبية للترجمة"
LONG = "Supercalifragilistic" * 50
EMOJI = "🦜 Parrots & “quotes” <b>bold</b>"
TURNED = "good\u202egpj.exe"
HOSTILE = {"script": SCRIPT, "arabic": ARABIC, "long": LONG, "emoji": EMOJI, "turned": TURNED}
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "circle", "line"}


def node(local: str) -> NamedNode:
    return NamedNode(iris.DEFAULT_BASE + local)


def hostile_quads() -> Iterable[Quad]:
    """Give papers whose names try to be more than names, and one method that they all use."""
    method = node("method/common-000000000001")
    yield Quad(method, NamedNode(vocab.RDF_TYPE), NamedNode(vocab.CG_METHOD))
    yield Quad(method, NamedNode(vocab.RDFS_LABEL), Literal(SCRIPT))
    for i, (name, label) in enumerate(HOSTILE.items()):
        paper = node(f"paper/{name}-00000000000{i}")
        yield Quad(paper, NamedNode(vocab.RDF_TYPE), NamedNode(vocab.SCHEMA_SCHOLARLY_ARTICLE))
        yield Quad(paper, NamedNode(vocab.RDFS_LABEL), Literal(label))
        yield Quad(paper, NamedNode(vocab.DCTERMS_ABSTRACT), Literal(label * 3))
        yield Quad(paper, NamedNode(vocab.CG_USES_METHOD), method)
        yield Quad(paper, NamedNode(vocab.SCHEMA_URL), Literal("javascript:alert(1)"))


class Page(HTMLParser):
    """Read a page: its elements with their attributes, its text, and what is wrong with it."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.wrong: list[str] = []
        self.feed(body)
        self.wrong += self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def links(self) -> list[str]:
        return [str(a["href"]) for a in self.all("a")]


Get = Callable[..., Reply]


def getter(quads: Iterable[Quad]) -> Get:
    store = Store()
    store.extend(quads)
    index = read_index(store)

    def get(address: str, accept: str = "text/html") -> Reply:
        asked = Asked.of(address)
        return render(store, index, unquote(asked.path), asked.parameters, accept)

    return get


@pytest.fixture(scope="session")
def small_site(small_quads: list[Quad]) -> tuple[Store, Index]:
    store = Store()
    store.extend(small_quads)
    return store, read_index(store)


@pytest.fixture(scope="module")
def get(small_quads: list[Quad]) -> Get:
    return getter(small_quads)


@pytest.fixture(scope="module")
def get_hostile() -> Get:
    return getter(hostile_quads())


@pytest.fixture(scope="module")
def named(small_quads: list[Quad]) -> Callable[[str, str], str]:
    """Give the local IRI of the thing of a kind with a label."""

    def find(kind: str, label: str) -> str:
        found = {
            q.subject.value
            for q in small_quads
            if q.predicate.value == vocab.RDFS_LABEL and q.object.value == label and f"/{kind}/" in q.subject.value
        }
        (iri,) = found
        return iri.removeprefix(iris.DEFAULT_BASE)

    return find


def page(reply: Reply) -> Page:
    assert reply.header("content-type") == "text/html; charset=utf-8"
    return Page(reply.body.decode())


def addresses(named: Callable[[str, str], str]) -> list[str]:
    paper = named("paper", "TinyNet: Small Networks for Parsing")
    return [
        "/", "/search", "/search?q=tinynet", "/search?q=zzz", "/browse", *(f"/browse/{slug}" for slug in BY_SLUG if slug != "papers"),
        "/browse/methods?q=net", "/browse/methods?sort=name", "/papers", "/papers?method=TinyNet&dataset=ToyBank", "/papers?method=zzz",
        "/papers?page=9", "/editor", "/editor?question=coauthors&run=1", "/editor?query=nonsense&run=1", "/questions", "/nothing",
        f"/id/{paper}", f"/id/{named('method', 'TinyNet')}", f"/id/{named('person', 'Ada Example')}", f"/id/{named('page', 'orals.txt')}",
        f"/id/{named('method', 'TinyNet')}?links=mentions", f"/entity?iri={quote(vocab.CG_METHOD)}",
    ]  # fmt: skip


def test_every_page_is_well_made(get: Get, named: Callable[[str, str], str]) -> None:
    asked = addresses(named)
    assert len(asked) == 40
    for address in asked:
        shown = page(get(address))
        assert shown.wrong == [], address
        assert len(shown.all("h1")) == len(shown.all("main")) == 1, address
        levels = [int(name[1]) for name, _ in shown.elements if name in ("h1", "h2", "h3", "h4")]
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), (address, levels)
        ids = [a["id"] for _, a in shown.elements if "id" in a]
        assert len(ids) == len(set(ids)), address
        labelled = {a["for"] for a in shown.all("label")}
        fields = [*shown.all("input"), *shown.all("textarea"), *shown.all("select")]
        assert all(a["id"] in labelled for a in fields), address


def test_nothing_is_inline_and_the_policy_allows_none(get: Get, named: Callable[[str, str], str]) -> None:
    for address in addresses(named):
        reply = get(address)
        policy = dict(part.strip().split(" ", 1) for part in reply.header("content-security-policy").split(";"))
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == policy["connect-src"] == "'self'"
        assert "unsafe" not in str(policy)
        shown = page(reply)
        assert shown.all("style") == [], address
        assert all(a.get("src", "").startswith("/assets/") for a in shown.all("script")), address
        assert not [a for _, a in shown.elements if "style" in a or any(name.startswith("on") for name in a)], address
        loaded = [str(a["href"]) for a in shown.all("link") if a["rel"] in ("stylesheet", "icon")]
        assert all(asset(urlsplit(href).path) for href in loaded), address


def test_every_link_leads_somewhere(get: Get, named: Callable[[str, str], str]) -> None:
    inside = {href for address in addresses(named) for href in page(get(address)).links if href.startswith("/")}
    assert len(inside) > 100
    missing = [href for href in sorted(inside) if get(href.partition("#")[0]).status >= 400]
    assert missing == []


def test_the_first_page_counts_what_the_graph_holds(get: Get) -> None:
    shown = page(get("/"))
    for said in ("1Paper", "2Source pages", "1Tutorial", "TinyNet", "ExampleConf 2031", "orals.txt", "Questions to ask"):
        assert said in shown.text, said
    assert {"/papers", "/browse/methods", "/editor", "/questions"} <= set(shown.links)


def test_an_empty_graph_says_so() -> None:
    get = getter([])
    assert "holds nothing yet" in page(get("/")).text
    assert "holds no papers" in page(get("/papers")).text
    assert "holds no methods" in page(get("/browse/methods")).text


def test_a_paper_shows_facts_links_and_the_words_of_the_pages(get: Get, named: Callable[[str, str], str]) -> None:
    paper = named("paper", "TinyNet: Small Networks for Parsing")
    reply = get(f"/id/{paper}")
    shown = page(reply)
    assert shown.text.index("Ada Example") < shown.text.index("Bob Sample") < shown.text.index("Cem Third")
    for said in ("We present TinyNet, a network for parsing.", "Example University", "2031", "Uses method", "BigNet", "accuracy 79.2 %"):
        assert said in shown.text, said
    assert "<mark>TinyNet</mark>" in reply.body.decode()
    assert "orals.txt" in shown.text
    assert "characters" in shown.text
    assert f"/id/{named('method', 'TinyNet')}" in shown.links


def test_a_quote_stands_between_the_words_around_it(get: Get, named: Callable[[str, str], str]) -> None:
    body = get(f"/id/{named('dataset', 'ToyBank')}").body.decode()
    assert "accuracy on <mark>ToyBank</mark>. Code: https://" in body
    start = "Programme of ExampleConf 2031\n\nAda Example · Bob Sample et al.\nRoom B2, level 1\n"
    assert len(start) < int(body.partition("characters ")[2].partition(" ")[0].replace(",", ""))


def test_links_are_shown_from_both_ends(get: Get, named: Callable[[str, str], str]) -> None:
    paper, method = named("paper", "TinyNet: Small Networks for Parsing"), named("method", "TinyNet")
    assert f"/id/{method}" in page(get(f"/id/{paper}")).links
    back = page(get(f"/id/{method}"))
    assert f"/id/{paper}" in back.links
    assert "Introduced by" in back.text
    assert "A kind of" in back.text
    assert "Compared with" in back.text


def test_a_merged_name_leads_to_the_thing_that_it_became_part_of(get: Get, small_quads: list[Quad]) -> None:
    (old, new) = next((q.subject.value, q.object.value) for q in small_quads if q.predicate.value == vocab.DCTERMS_IS_REPLACED_BY)
    local, target = (iri.removeprefix(iris.DEFAULT_BASE) for iri in (old, new))
    reply = get(f"/id/{local}")
    assert (reply.status, reply.header("location")) == (301, f"/id/{target}")
    assert get(f"/id/{local}?format=ttl").header("location") == f"/id/{target}?format=ttl"
    assert local in page(get(f"/id/{target}")).text


def test_a_chain_of_merges_ends_and_a_circle_does_not_hang() -> None:
    replaced = NamedNode(vocab.DCTERMS_IS_REPLACED_BY)
    names = [node(f"paper/{name}-00000000000a") for name in "abcxy"]
    a, b, c, x, y = names
    get = getter([Quad(a, replaced, b), Quad(b, replaced, c), Quad(x, replaced, y), Quad(y, replaced, x)])
    assert get("/id/paper/a-00000000000a").header("location") == "/id/paper/c-00000000000a"
    assert get("/id/paper/x-00000000000a").status == 200


@pytest.mark.parametrize(
    ("accept", "media", "format_name"),
    [
        ("text/turtle", "text/turtle; charset=utf-8", RdfFormat.TURTLE),
        ("application/ld+json;q=0.9, text/html;q=0.2", "application/ld+json", RdfFormat.JSON_LD),
        ("application/n-triples", "application/n-triples", RdfFormat.N_TRIPLES),
        ("application/rdf+xml", "application/rdf+xml", RdfFormat.RDF_XML),
    ],
)
def test_a_thing_can_be_had_as_data(
    get: Get, named: Callable[[str, str], str], small_quads: list[Quad], accept: str, media: str, format_name: RdfFormat
) -> None:
    local = named("paper", "TinyNet: Small Networks for Parsing")
    reply = get(f"/id/{local}", accept)
    assert (reply.status, reply.header("content-type"), reply.header("vary")) == (200, media, "accept")
    told = {quad.triple for quad in pyoxigraph.parse(reply.body, format=format_name)}
    known = {q.triple for q in small_quads if q.graph_name == pyoxigraph.DefaultGraph()}
    about = {t for t in known if node(local) in (t.subject, t.object)}
    assert about
    assert about <= told <= known
    positions = {t.object.value for t in told if t.predicate.value == vocab.SOA_POSITION}
    assert positions == {"1", "2", "3"}, "what joins a paper to its authors is told with it"


def test_the_address_decides_before_the_client(get: Get, named: Callable[[str, str], str]) -> None:
    local = named("method", "TinyNet")
    assert get(f"/id/{local}?format=jsonld", "text/html").header("content-type") == "application/ld+json"
    assert get(f"/id/{local}", "text/html,application/xhtml+xml,*/*;q=0.8").header("content-type").startswith("text/html")
    assert get(f"/id/{local}", "*/*").header("content-type").startswith("text/html")
    asked = page(get(f"/id/{local}"))
    alternates = {a["type"]: str(a["href"]) for a in asked.all("link") if a["rel"] == "alternate"}
    assert {media: get(href).header("content-type").partition(";")[0] for media, href in alternates.items()} == {m: m for m in alternates}
    assert len(alternates) == 4


def test_a_thing_is_found_by_every_form_of_its_address(get: Get, named: Callable[[str, str], str]) -> None:
    local = named("method", "TinyNet")
    body = get(f"/id/{local}").body
    assert get(f"/confgraph/id/{local}").body == body, "the path of the IRI itself"
    assert get(f"/entity?iri={quote(iris.DEFAULT_BASE + local)}").body == body


def test_things_under_another_base_are_found() -> None:
    thing = NamedNode("http://kg.example.org/things/method/net-00000000000a")
    get = getter(
        [
            Quad(thing, NamedNode(vocab.RDF_TYPE), NamedNode(vocab.CG_METHOD)),
            Quad(thing, NamedNode(vocab.RDFS_LABEL), Literal("Net")),
            Quad(node("graph/x-00000000000a"), NamedNode(vocab.VOID_URI_SPACE), Literal("http://kg.example.org/things/")),
        ]
    )
    assert "/id/method/net-00000000000a" in page(get("/browse/methods")).links
    for address in ("/id/method/net-00000000000a", "/things/method/net-00000000000a", f"/entity?iri={quote(thing.value)}"):
        assert "Net" in page(get(address)).text, address


@pytest.mark.parametrize(
    "address",
    ["/nothing", "/id/method/tinynet-ffffffffffff", "/entity?iri=not%20an%20iri", "/entity", "/id/", "/assets/none.js", "/browse/none"],
)
def test_what_is_not_there_is_404_and_helps_on(get: Get, address: str) -> None:
    reply = get(address)
    shown = page(reply)
    assert reply.status == 404
    assert {"/browse", "/"} <= set(shown.links)
    if "tinynet" in address:
        assert "Named nearly so" in shown.text
        assert any("/method/tinynet" in href for href in shown.links)


def test_assets_are_those_of_the_folder_only() -> None:
    reply = asset("/assets/explorer.css")
    assert reply is not None
    assert reply.header("etag")
    assert reply.header("x-content-type-options") == "nosniff"
    for path in (
        "/assets/",
        "/assets/../explorer/index.py",
        "/assets/..%2fapp.py",
        "/assets//etc/passwd",
        "/assets/none.css",
        "/explorer.css",
    ):
        assert asset(path) is None, path


def read(name: str) -> bytes:
    found = asset(f"/assets/{name}")
    assert found is not None
    return found.body


def test_the_files_of_others_are_those_that_are_recorded() -> None:
    notes, licences = read("README.md").decode(), read("yasgui.LICENSES.txt").decode()
    for name in ("yasgui.min.js", "yasgui.min.css"):
        assert hashlib.sha256(read(name)).hexdigest() in notes, name
        assert len(read(name)) < 1_000_000
    for part in ("@zazuko/yasgui", "codemirror", "jquery", "datatables.net", "dompurify", "n3"):
        assert f"\n{part}" in licences, part


def test_the_editor_allows_one_style_of_yasgui_by_its_hash(get: Get) -> None:
    made = read("yasgui.min.js").decode().partition(".createStyle(a,`")[2].partition("`")[0]
    assert ".grip-resizable" in made
    digest = base64.b64encode(hashlib.sha256(made.encode()).digest()).decode()
    assert f"style-src 'self' 'sha256-{digest}'" in get("/editor").header("content-security-policy")
    assert "sha256" not in get("/").header("content-security-policy")


def test_papers_are_narrowed_by_two_values(get: Get, named: Callable[[str, str], str]) -> None:
    by_name = page(get("/papers?method=bignet&dataset=toybank"))
    by_iri = page(get(f"/papers?method={named('method', 'BigNet')}&dataset={named('dataset', 'ToyBank')}"))
    assert by_name.text == by_iri.text
    assert "TinyNet: Small Networks for Parsing" in by_name.text
    assert "uses method BigNet · evaluates on ToyBank" in by_name.text


@pytest.mark.parametrize(
    ("facet", "value", "works"),
    [
        ("conference", "ExampleConf 2031", {"TinyNet: Small Networks for Parsing", "Hands-on parsing"}),
        ("method", "neural network", {"TinyNet: Small Networks for Parsing"}),
        ("dataset", "ToyBank", {"TinyNet: Small Networks for Parsing"}),
        ("task", "parsing", {"TinyNet: Small Networks for Parsing"}),
        ("person", "Ada Example", {"TinyNet: Small Networks for Parsing"}),
    ],
)
def test_papers_of(get: Get, facet: str, value: str, works: set[str]) -> None:
    shown = get(f"/papers?{facet}={quote(value)}").body.decode()
    listed = {work for work in ("TinyNet: Small Networks for Parsing", "Hands-on parsing") if f'class="name"><bdi>{work}' in shown}
    assert listed == works


def things(class_: str, kind: str, *labels: str) -> Iterable[Quad]:
    """Give things of a class with labels; their numbers are their places."""
    for i, label in enumerate(labels):
        thing = node(f"{kind}/thing-{i:012x}")
        yield Quad(thing, NamedNode(vocab.RDF_TYPE), NamedNode(class_))
        yield Quad(thing, NamedNode(vocab.RDFS_LABEL), Literal(label))


def test_an_unclear_value_is_asked_back() -> None:
    get = getter(things(vocab.CG_METHOD, "method", "Deep Net", "Wide Net", "Twice", "twice"))
    shown = page(get("/papers?method=net"))
    assert "No method is called just net" in shown.text
    assert {f"/papers?method=method%2Fthing-{i:012x}" for i in (0, 1)} <= set(shown.links)
    assert "Other things are called twice too" in page(get("/papers?method=twice")).text
    assert "No method is called qqq or nearly so" in page(get("/papers?method=qqq")).text
    assert "Method Deep Net" in page(get("/papers?method=deep")).text, "what one thing alone is called need not be typed out"


def test_values_that_share_no_paper_are_said_to() -> None:
    get = getter([*many(), *things(vocab.SCHEMA_DATASET, "dataset", "Lonely")])
    shown = page(get("/papers?method=Common&dataset=Lonely"))
    assert "No paper belongs to all of these" in shown.text
    assert "/papers?method=method%2Fcommon-000000000001" in shown.links, "either can be taken away"


def many() -> Iterable[Quad]:
    method = node("method/common-000000000001")
    yield Quad(method, NamedNode(vocab.RDF_TYPE), NamedNode(vocab.CG_METHOD))
    yield Quad(method, NamedNode(vocab.RDFS_LABEL), Literal("Common"))
    for i in range(120):
        paper = node(f"paper/number-{i:012x}")
        yield Quad(paper, NamedNode(vocab.RDF_TYPE), NamedNode(vocab.SCHEMA_SCHOLARLY_ARTICLE))
        yield Quad(paper, NamedNode(vocab.RDFS_LABEL), Literal(f"Number {i:03}"))
        yield Quad(paper, NamedNode(vocab.CG_USES_METHOD), method)


@pytest.mark.parametrize(
    "address", ["/papers?", "/search?q=number&", "/id/method/common-000000000001?links=to.cg:usesMethod&", "/papers?method=Common&"]
)
def test_pages_of_a_list_hold_every_row_once(address: str) -> None:
    get = getter(many())
    seen: list[str] = []
    where = address
    for _ in range(20):
        shown = page(get(where))
        seen += [link for link in shown.links if link.startswith("/id/paper/number-")]
        following = [str(a["href"]) for a in shown.all("a") if a.get("rel") == "next"]
        if not following:
            break
        where = following[0]
    assert len(seen) == len(set(seen)) == 120
    assert seen == sorted(seen)


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999", "1e3", "٣"])
def test_any_page_number_is_answered(number: str) -> None:
    get = getter(many())
    assert get(f"/papers?page={quote(number)}").status == 200
    assert get(f"/id/method/common-000000000001?links=mentions&page={quote(number)}").status == 200


def test_names_are_never_elements(get_hostile: Get) -> None:
    papers = [f"/id/paper/{name}-00000000000{i}" for i, name in enumerate(HOSTILE)]
    script, query = quote(SCRIPT), quote("SELECT ?label { ?x rdfs:label ?label }")
    asked = [
        "/", "/papers", "/browse/methods", "/search?q=window", f"/search?q={script}", "/id/method/common-000000000001",
        f"/papers?method={script}", f"/browse/methods?q={script}", f"/editor?query={quote('</textarea>' + SCRIPT)}",
        f"/editor?run=1&query={query}", f"/entity?iri={script}", f"/{script}",
    ]  # fmt: skip
    for address in (*papers, *asked):
        reply = get_hostile(address)
        shown = page(reply)
        assert shown.wrong == [], address
        assert all("src" in a for a in shown.all("script")), address
        assert shown.all("b") == [a for a in shown.all("b") if not a], address
        assert not [href for href in shown.links if href.startswith("javascript:")], address
        assert "\u202e" not in reply.body.decode(), address
    for name, address in zip(HOSTILE, papers, strict=True):
        if name not in ("long", "turned"):
            assert HOSTILE[name] in page(get_hostile(address)).text


def test_a_description_of_hostile_names_can_be_read_back(get_hostile: Get) -> None:
    told = pyoxigraph.parse(get_hostile("/id/method/common-000000000001", "text/turtle").body, format=RdfFormat.TURTLE)
    assert {quad.object.value for quad in told if quad.predicate.value == vocab.RDFS_LABEL} == {SCRIPT, *HOSTILE.values()}


def test_the_editor_answers_without_a_script(get: Get) -> None:
    query = quote("SELECT ?name { ?p a foaf:Person ; rdfs:label ?name } ORDER BY ?name")
    shown = page(get(f"/editor?query={query}&run=table"))
    assert "3 rows" in shown.text
    assert shown.text.partition("name")[2].index("Ada Example") > 0
    assert "Ada Example" not in page(get(f"/editor?query={query}")).text, "a link shows the query but asks nothing"


@pytest.mark.parametrize("query", ["SELECT", "DELETE WHERE { ?s ?p ?o }", "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"])
def test_the_editor_says_what_is_wrong_with_a_query(get: Get, query: str) -> None:
    shown = page(get(f"/editor?run=1&query={quote(query)}"))
    assert [a for a in shown.all("p") if a.get("role") == "alert"]
    assert shown.all("table") == []


def test_every_question_can_be_opened(get: Get) -> None:
    known = catalogue()
    shown = page(get("/questions"))
    assert {f"/editor?question={name}" for name in known} <= set(shown.links)
    for question in known.values():
        assert question.title in shown.text
        assert question.text.strip() in "".join(page(get(f"/editor?question={question.name}")).words)


def test_the_editor_completes_what_the_graph_has(get: Get) -> None:
    reply = get("/editor/terms", "application/json")
    terms = json.loads(reply.body)
    assert reply.header("content-type") == "application/json"
    assert {"iri": vocab.CG_METHOD, "label": "method"} in terms["classes"]
    assert {"iri": vocab.CG_INTRODUCES, "label": "introduces"} in terms["properties"]
    assert vocab.OA_EXACT in {term["iri"] for term in terms["properties"]}, "the evidence is asked for too"
    assert terms["prefixes"]["cg"] == vocab.CG
    few = json.loads(getter(many())("/editor/terms").body)
    assert set(few["prefixes"]) == {"cg", "oa", "prov", "rdf", "rdfs", "schema", "xsd"}, "no term of others is used"


def test_names_complete_as_json(get: Get, named: Callable[[str, str], str]) -> None:
    found = json.loads(get("/search?q=tiny&kind=methods", "application/json").body)
    local = named("method", "TinyNet")
    assert found == [
        {"iri": iris.DEFAULT_BASE + local, "label": "TinyNet", "kind": "Method", "family": "method", "address": f"/id/{local}"}
    ]


@pytest.mark.parametrize(
    "asked",
    [
        "10.1234/Net.5", "https://doi.org/10.1234/net.5", "doi:10.1234/NET.5", "2301.00001", "arXiv:2301.00001",
        "https://arxiv.org/abs/2301.00001", f"{iris.DEFAULT_BASE}paper/net-00000000000a",
    ],
)  # fmt: skip
def test_an_identifier_leads_to_its_thing(asked: str) -> None:
    paper = node("paper/net-00000000000a")
    get = getter(
        [
            Quad(paper, NamedNode(vocab.RDFS_LABEL), Literal("Net")),
            Quad(paper, NamedNode(vocab.BIBO_DOI), Literal("10.1234/net.5")),
            Quad(paper, NamedNode(vocab.FABIO_HAS_ARXIV_ID), Literal("2301.00001")),
        ]
    )
    assert get(f"/search?q={quote(asked, safe='')}").header("location") == "/id/paper/net-00000000000a"
    assert get("/search?q=10.1234/none").status == 200


def test_the_routes_are_told(get: Get) -> None:
    assert {"/", "/search", "/papers", "/entity", "/editor", "/questions"} <= set(ROUTES)
    for route in ROUTES:
        if "{" not in route and route != "/entity":
            assert get(route).status in (200, 301, 302), route


PATHS = ("/", "/search", "/browse", "/browse/methods", "/papers", "/entity", "/editor", "/editor/terms", "/questions", "/id/", "/assets/")
NAMES = ("q", "kind", "page", "sort", "iri", "links", "format", "method", "dataset", "conference", "query", "question", "run")
anything = st.text(max_size=30) | st.sampled_from(
    ["ttl", "mentions", "read", "to.cg:usesMethod", "TinyNet", iris.DEFAULT_BASE, vocab.CG_METHOD, "2"]
)


@given(st.sampled_from(PATHS), anything, st.lists(st.tuples(st.sampled_from(NAMES), anything), max_size=4), st.text(max_size=20))
@settings(deadline=None)
def test_any_request_has_an_answer(
    small_site: tuple[Store, Index], path: str, more: str, parameters: list[tuple[str, str]], accept: str
) -> None:
    where = path + more if path.endswith("/") else path
    reply = render(*small_site, where, tuple(parameters), accept)
    assert reply.status in (200, 301, 302, 404)
    assert all(value.isprintable() and value.isascii() for _, value in reply.headers)
    if reply.header("content-type").startswith("text/html"):
        assert page(reply).wrong == []
