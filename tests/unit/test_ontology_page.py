"""The page of the ontology is what its generator makes now; every link in it leads somewhere, and its example and picture are true."""

import hashlib
import re
import subprocess
import sys
from collections import Counter
from html import unescape
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest
import rdflib
from pyoxigraph import Quad, QuerySolutions, RdfFormat, Store
from rdflib import RDF

from confgraph import resources, vocab

DOCS = Path(__file__).resolve().parents[2] / "docs"
CHARACTER = 7.2
"""The width of a character of the diagrams in their widest usual font (DejaVu Sans), in units of the drawing."""


class Reader(HTMLParser):
    """Collect the elements of the page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def of(self, tag: str) -> list[dict[str, str]]:
        return [held for name, held in self.elements if name == tag]


def sides(rectangle: Element) -> tuple[float, float, float, float]:
    """Left, top, right and bottom."""
    x, y, width, height = (float(rectangle.attrib[name]) for name in ("x", "y", "width", "height"))
    return x, y, x + width, y + height


def area(label: Element) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a line of text, by the number of its characters."""
    width, x, y = CHARACTER * len("".join(label.itertext())), float(label.attrib["x"]), float(label.attrib["y"])
    left = x - {"start": 0, "middle": width / 2, "end": width}[label.attrib["text-anchor"]]
    return left, y - 11, left + width, y + 3


@pytest.fixture(scope="module")
def page() -> str:
    return (DOCS / "ontology.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def reader(page: str) -> Reader:
    return Reader(page)


@pytest.fixture(scope="module")
def drawings(page: str) -> dict[str, Element]:
    found = [fromstring(svg) for svg in re.findall(r"<svg .*?</svg>", page, re.DOTALL)]  # noqa: S314 - our own file
    return {svg.attrib["aria-labelledby"].removesuffix("-title"): svg for svg in found}


@pytest.fixture(scope="module")
def example() -> Store:
    store = Store()
    store.load((resources.folder("ontology") / "example.trig").read_bytes(), format=RdfFormat.TRIG)
    return store


def test_the_page_is_what_the_generator_makes_now(page: str, tmp_path: Path) -> None:
    made = tmp_path / "ontology.html"
    subprocess.run([sys.executable, DOCS / "ontology.py", made], check=True)
    assert made.read_text(encoding="utf-8") == page, "run make docs"


def test_it_loads_nothing_from_elsewhere(page: str, reader: Reader) -> None:
    assert not {"script", "link", "img", "iframe", "object", "embed"} & {tag for tag, _ in reader.elements}
    assert "@import" not in page
    assert set(re.findall(r"url\(([^)]*)\)", page)) == {"#knowledge-head", "#evidence-head"}


def test_every_link_leads_somewhere(reader: Reader) -> None:
    ids = Counter(held["id"] for _, held in reader.elements if "id" in held)
    assert max(ids.values()) == 1
    links = [held["href"] for held in reader.of("a")]
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    files = [link for link in links if not link.startswith(("#", "http"))]
    assert len(files) >= 3
    assert all((DOCS / file).is_file() for file in files)


def test_every_term_has_an_entry(page: str, reader: Reader) -> None:
    ids = {held.get("id") for _, held in reader.elements}
    ours = {value.removeprefix(vocab.CG) for name, value in vars(vocab).items() if name.startswith("CG_")}
    assert ours <= ids
    foreign = [
        row[0].replace(":", "-") for row in resources.split_rows((resources.folder("ontology") / "foreign-terms.tsv").read_text("utf-8"))
    ]
    assert set(foreign) <= ids
    assert page.count("<article ") == len(ours)


def test_the_page_can_be_used_without_seeing_it(reader: Reader) -> None:
    assert reader.of("html") == [{"lang": "en"}]
    assert len(reader.of("h1")) == 1
    assert all("scope" in held for held in reader.of("th"))
    assert all("aria-labelledby" in held for held in reader.of("svg"))


@pytest.mark.parametrize("name", ["knowledge", "evidence"])
def test_nothing_in_a_diagram_covers_something_else(drawings: dict[str, Element], name: str) -> None:
    drawing = drawings[name]
    boxes = [sides(box) for box in drawing.iter("rect") if box.attrib["class"] != "group"]
    labels = [area(text) for text in drawing.iter("text") if text.attrib.get("class") == "label"]
    assert len(boxes) >= 8
    assert len(labels) >= 8
    _, _, width, height = map(float, drawing.attrib["viewBox"].split())
    assert [box for box in [*boxes, *labels] if min(box) < 0 or box[2] > width or box[3] > height] == []
    covered = [
        (one, other)
        for one, other in combinations([*boxes, *labels], 2)
        if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    ]
    assert covered == []


@pytest.mark.parametrize("name", ["knowledge", "evidence"])
def test_arrows_end_at_boxes(drawings: dict[str, Element], name: str) -> None:
    boxes = [sides(box) for box in drawings[name].iter("rect")]
    ends = [tuple(map(float, line.attrib["points"].split()[-1].split(","))) for line in drawings[name].iter("polyline")]
    assert len(ends) >= 8
    for x, y in ends:
        inside = [box for box in boxes if box[0] <= x <= box[2] and box[1] <= y <= box[3]]
        assert any(x in {box[0], box[2]} or y in {box[1], box[3]} for box in inside), (x, y)


def test_the_words_of_the_example_stand_where_it_says(example: Store) -> None:
    comment = (resources.folder("ontology") / "example.trig").read_text(encoding="utf-8").splitlines()[1]
    text = comment.removeprefix("# ")
    prefixes = {prefix: namespace for prefix, namespace in vocab.PREFIXES.items() if prefix in {"oa", "schema"}}
    query = """SELECT * { ?page schema:sha256 ?sha
        GRAPH ?page { ?words oa:start ?start ; oa:end ?end ; oa:exact ?exact ; oa:prefix ?prefix ; oa:suffix ?suffix } }"""
    solutions = example.query(query, prefixes=prefixes)
    assert isinstance(solutions, QuerySolutions)
    (words,) = solutions
    start, end = int(words["start"].value), int(words["end"].value)
    assert (text[:start], text[start:end], text[end:]) == tuple(words[part].value for part in ("prefix", "exact", "suffix"))
    assert hashlib.sha256(text.encode()).hexdigest() == words["sha"].value


def test_the_query_of_the_page_answers_on_the_example(page: str, example: Store) -> None:
    query = re.search(r'id="query">(.*?)</pre>', page, re.DOTALL)
    assert query
    solutions = example.query(unescape(query[1]), prefixes=vocab.PREFIXES)
    assert isinstance(solutions, QuerySolutions)
    assert [(row["start"].value, row["words"].value) for row in solutions] == [("13", "TinyNet")]


def test_the_example_says_what_a_build_says(example: Store, small_quads: list[Quad]) -> None:
    """Each class of the example has in a built graph every property that the example gives it, in the same kind of graph."""

    def usage(quads: list[Quad]) -> set[tuple[str, str, bool]]:
        classes: dict[str, set[str]] = {}
        for quad in quads:
            if quad.predicate.value == str(RDF.type):
                classes.setdefault(str(quad.subject), set()).add(str(quad.object))
        named = [(quad, str(quad.graph_name) != "DEFAULT") for quad in quads]
        return {
            (kind, quad.predicate.value, evidence) for quad, evidence in named for kind in classes.get(str(quad.subject), {"the place"})
        }

    shown, built = usage(list(example)), usage(small_quads)
    assert len(shown) > 25
    assert shown - built == set()


def test_the_example_uses_known_terms_only(example: Store) -> None:
    known = {value for value in vars(vocab).values() if isinstance(value, str)}
    used = {rdflib.URIRef(quad.predicate.value) for quad in example}
    assert {str(term) for term in used} <= known
