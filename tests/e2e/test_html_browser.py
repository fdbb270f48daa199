"""The HTML graph in a real Chromium that can reach no network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from confgraph import vocab
from confgraph.export.html import HtmlOptions, render
from confgraph.graph.network import Quote

HOSTILE = '<img src=x onerror="window.hacked=1">'
PAPERS, METHODS, PEOPLE, SHOWN = 60, 12, 90, 80


def the_network() -> nx.MultiDiGraph[str]:
    """Build 60 papers of three authors and two methods each; paper 0 has a hostile title, method 0 an accent and a quote."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    said = Quote("orals.txt", 0, 8, "We improve ", "Tülu Net", " a lot.", 0.8, "ab12")

    def add(iri: str, label: str, kind: str, **more: Any) -> None:
        network.add_node(iri, **{"label": label, "kind": kind, "aliases": (), "facts": (), "quotes": ()} | more)

    def link(subject: str, prop: str, target: str, **more: Any) -> None:
        network.add_edge(subject, target, key=prop, iri=prop, property="linked", quotes=(), **more)

    add("urn:m0", "Tülu Net", "Method", aliases=("TN",), quotes=(said,), facts=(("result", "accuracy 79.2 %"),))
    for i in range(1, METHODS):
        add(f"urn:m{i}", f"Method number {i}", "Method")
    for i in range(PEOPLE):
        add(f"urn:a{i}", f"Person number {i}", "Person")
    for i in range(PAPERS):
        add(f"urn:p{i}", HOSTILE if i == 0 else f"Paper number {i}", "Paper", facts=(("year", "2023"),))
        for j in {i % METHODS, 0}:
            link(f"urn:p{i}", vocab.CG_USES_METHOD, f"urn:m{j}")
        for j in range(3):
            link(f"urn:p{i}", vocab.DCTERMS_CREATOR, f"urn:a{(3 * i + j * j) % PEOPLE}", position=j + 1)
    return network


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("html") / "graph.html"
    path.write_text(render(the_network(), HtmlOptions(title=HOSTILE, shown=SHOWN)), encoding="utf-8")
    return path


@pytest.fixture
def page(driver: webdriver.Chrome, file: Path) -> Iterator[webdriver.Chrome]:
    """Open the page afresh; whatever a test does, nothing may be fetched, logged or run from a title."""
    driver.get(file.as_uri())
    yield driver
    assert driver.get_log("browser") == []  # type: ignore[no-untyped-call]
    assert driver.execute_script("return performance.getEntriesByType('resource').length") == 0
    assert driver.execute_script("return window.hacked") is None


def drawn(page: webdriver.Chrome) -> int:
    return int(page.execute_script("return confgraph.view.length"))


def text(page: webdriver.Chrome, selector: str) -> str:
    return page.find_element(By.CSS_SELECTOR, selector).text


def number_of(page: webdriver.Chrome, label: str) -> int:
    """Give the number that the page knows an entity by."""
    script = "return JSON.parse(document.getElementById('data').textContent).nodes.findIndex(n => n[0] === arguments[0])"
    return int(page.execute_script(script, label))


def search(page: webdriver.Chrome, *keys: str) -> None:
    field = page.find_element(By.ID, "search")
    field.click()
    field.send_keys(*keys)


def test_the_most_important_are_drawn(page: webdriver.Chrome) -> None:
    assert drawn(page) == SHOWN
    assert text(page, "#count") == f"{SHOWN} of {PAPERS + METHODS + PEOPLE} entities"
    script = """
        const canvas = document.querySelector('canvas');
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        const colors = new Set();
        for (let i = 0; i < data.length; i += 4) colors.add(`${data[i]},${data[i + 1]},${data[i + 2]}`);
        return ['68,119,170', '34,136,51', '221,170,51'].map(color => colors.has(color));
    """
    assert page.execute_script(script) == [True, True, True], "papers are blue, methods green, people amber"


def test_nodes_stand_where_they_were_placed(page: webdriver.Chrome) -> None:
    script = """
        const given = JSON.parse(document.getElementById('data').textContent).view.nodes;
        const now = confgraph.network.getPositions();
        return given.every(n => now[n.id].x === n.x && now[n.id].y === n.y);
    """
    assert page.execute_script(script) is True


def test_search_finds_without_accents_and_selects(page: webdriver.Chrome) -> None:
    search(page, "tulu")
    assert text(page, "#hits [aria-selected=true]").startswith("Tülu Net")
    search(page, Keys.ENTER)
    assert text(page, "#panel h2") == "Tülu Net"
    assert page.execute_script("return confgraph.network.getSelectedNodes()") == [number_of(page, "Tülu Net")]


def test_search_reaches_by_arrows_what_is_not_drawn(page: webdriver.Chrome) -> None:
    shown = page.execute_script("return confgraph.nodes.getIds()")
    labels = [f"Person number {i}" for i in range(PEOPLE)]
    absent = next(label for label in labels if number_of(page, label) not in shown)
    search(page, "zzz-not-there")
    assert text(page, "#hits") == "Nothing found"
    search(page, Keys.ESCAPE, absent.lower())
    hits = [hit.text.partition("\n")[0] for hit in page.find_elements(By.CSS_SELECTOR, "#hits [role=option]")]
    search(page, Keys.ARROW_DOWN, Keys.ARROW_UP, Keys.ENTER)
    assert text(page, "#panel h2") == hits[0] == absent
    assert drawn(page) == SHOWN + 1


def test_search_finds_aliases(page: webdriver.Chrome) -> None:
    search(page, "tn", Keys.ENTER)
    assert text(page, "#panel .aliases") == "also TN"


def test_a_click_shows_facts_links_and_source(page: webdriver.Chrome) -> None:
    where = page.execute_script(
        "const [id] = arguments; return confgraph.network.canvasToDOM(confgraph.network.getPosition(id))", number_of(page, "Tülu Net")
    )
    canvas = page.find_element(By.TAG_NAME, "canvas")
    x, y = where["x"] - canvas.size["width"] / 2, where["y"] - canvas.size["height"] / 2
    ActionChains(page).move_to_element_with_offset(canvas, round(x), round(y)).click().perform()
    assert text(page, "#panel h2") == "Tülu Net"
    assert text(page, "#panel .top").startswith("Method")
    assert text(page, "#panel dl") == "Result\naccuracy 79.2 %"
    assert text(page, "#panel blockquote") == "…We improve Tülu Net a lot.…\norals.txt · confidence 0.80"
    assert text(page, "#panel mark") == "Tülu Net"
    assert f"Used by · {PAPERS}" in text(page, "#panel")
    page.find_element(By.CSS_SELECTOR, "#panel .links button").click()
    assert text(page, "#panel .top").startswith("Paper")
    page.find_element(By.TAG_NAME, "body").send_keys(Keys.ESCAPE)
    assert not page.find_element(By.ID, "panel").is_displayed()


def test_authors_stand_in_their_order(page: webdriver.Chrome) -> None:
    page.execute_script("confgraph.select(arguments[0])", number_of(page, "Paper number 7"))
    names = [link.text for link in page.find_elements(By.CSS_SELECTOR, "#panel .links button") if "Person" in link.text]
    assert names == ["Person number 21", "Person number 22", "Person number 25"]


def test_a_filter_hides_and_shows_a_kind(page: webdriver.Chrome) -> None:
    papers = page.find_element(By.CSS_SELECTOR, "[data-kind=Paper]")
    count = int(papers.find_element(By.TAG_NAME, "small").text.partition(" /")[0])
    assert count > 0
    papers.send_keys(Keys.ENTER)
    assert papers.get_attribute("aria-pressed") == "false"
    assert drawn(page) == SHOWN - count
    papers.send_keys(Keys.ENTER)
    assert drawn(page) == SHOWN


def test_more_of_a_kind_appears(page: webdriver.Chrome) -> None:
    page.find_element(By.CSS_SELECTOR, "[aria-label='Show more people']").click()
    assert drawn(page) == SHOWN + 25


def test_expand_adds_the_neighbours_near_their_node(page: webdriver.Chrome) -> None:
    absent = page.execute_script("""
        const page = JSON.parse(document.getElementById('data').textContent);
        const drawn = new Set(confgraph.nodes.getIds());
        const absent = (id) => new Set(page.edges.filter(e => e[0] === id).map(e => e[1]).filter(o => !drawn.has(o))).size;
        const id = [...drawn].find(id => absent(id) > 0);
        confgraph.select(id);
        return absent(id);
    """)
    page.find_element(By.CSS_SELECTOR, ".expand").click()
    assert drawn(page) == SHOWN + absent
    assert page.find_elements(By.CSS_SELECTOR, ".expand") == []
    distances = page.execute_script("""
        const places = confgraph.network.getPositions(), all = Object.values(places);
        return all.flatMap((a, i) => all.slice(i + 1).map(b => Math.hypot(a.x - b.x, a.y - b.y)));
    """)
    assert min(distances) >= 30


def test_reset_returns_to_the_beginning(page: webdriver.Chrome) -> None:
    before = page.execute_script("return confgraph.network.getPositions()")
    page.find_element(By.CSS_SELECTOR, "[aria-label='Show more people']").click()
    page.find_element(By.CSS_SELECTOR, "[data-kind=Method]").click()
    page.execute_script("confgraph.select(0)")
    page.find_element(By.ID, "reset").click()
    assert drawn(page) == SHOWN
    assert page.execute_script("return confgraph.network.getPositions()") == before
    assert not page.find_element(By.ID, "panel").is_displayed()


def test_a_hostile_title_is_shown_as_text(page: webdriver.Chrome) -> None:
    assert page.title == text(page, "h1") == HOSTILE
    search(page, "onerror", Keys.ENTER)
    assert text(page, "#panel h2") == HOSTILE
    assert page.find_elements(By.TAG_NAME, "img") == []


def test_an_empty_graph_opens(page: webdriver.Chrome, tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_text(render(nx.MultiDiGraph()), encoding="utf-8")
    page.get((tmp_path / "empty.html").as_uri())
    assert text(page, "#count") == "0 of 0 entities"


def test_fit_brings_every_node_into_the_window(page: webdriver.Chrome) -> None:
    page.execute_script("confgraph.select(0); confgraph.network.moveTo({ scale: 4 })")
    page.find_element(By.ID, "fit").click()
    script = """
        const { clientWidth, clientHeight } = document.getElementById('canvas');
        const right = clientWidth - document.getElementById('panel').offsetWidth;
        const places = confgraph.view.get().map(node => confgraph.network.canvasToDOM({ x: node.x, y: node.y }));
        return places.every(({ x, y }) => x > 0 && y > 0 && x < right && y < clientHeight);
    """
    assert page.execute_script(script) is True


def test_all_of_it_fits_a_phone(page: webdriver.Chrome) -> None:
    metrics = {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        page.refresh()
        page.execute_script("confgraph.select(0)")
        assert page.execute_script("return document.documentElement.scrollWidth") == 360
        for selector in ("#search", "#reset", ".report", "#panel .close", "#legend summary"):
            box = page.find_element(By.CSS_SELECTOR, selector).rect
            assert box["x"] >= 0, selector
            assert box["x"] + box["width"] <= 360, selector
            assert box["y"] + box["height"] <= 740, selector
    finally:
        page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
