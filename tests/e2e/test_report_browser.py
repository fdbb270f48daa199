"""The report of a build in a real Chromium that can reach no network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By

from confgraph.export.report import Findings, render
from confgraph.records import Reject, Resolution

HOSTILE = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script> \u202e' + "unbroken" * 60


@pytest.fixture
def page(driver: webdriver.Chrome, built: Path) -> Iterator[webdriver.Chrome]:
    """Open the report of the sample pages afresh; whatever a test does, nothing may be fetched, logged or run."""
    driver.get((built / "report.html").as_uri())
    yield driver
    assert driver.get_log("browser") == []  # type: ignore[no-untyped-call]
    assert driver.execute_script("return performance.getEntriesByType('resource').length") == 0
    assert driver.execute_script("return window.hacked") is None


def resize(page: webdriver.Chrome, width: int) -> None:
    page.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600}
    )


def too_wide(page: webdriver.Chrome) -> list[str]:
    """Name the elements that reach beyond the window; table heads are hidden on a phone, a long title is clipped."""
    script = """
        const out = (e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('thead, h1 *');
        return [...document.querySelectorAll('body *')].filter(out).map((e) => `${e.tagName} ${e.textContent.slice(0, 40)}`);
    """
    return list(page.execute_script(script))


@pytest.mark.parametrize("width", [1280, 1010, 800, 390, 320])
def test_it_fits_windows_and_phones(page: webdriver.Chrome, tmp_path: Path, width: int) -> None:
    hostile = tmp_path / "report.html"
    hostile.write_text(render(hostile_findings(), HOSTILE), encoding="utf-8")
    try:
        resize(page, width)
        for _ in ("the sample pages", "hostile names"):
            assert page.execute_script("return document.documentElement.scrollWidth <= document.documentElement.clientWidth")
            assert too_wide(page) == []
            page.get(hostile.as_uri())
        assert page.find_elements(By.TAG_NAME, "img") == []
        assert "<img src=x" in page.find_element(By.ID, "rejects").text
    finally:
        page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def hostile_findings() -> Findings:
    """Find nothing but a reject and three entities of hostile names."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for i in range(3):
        network.add_node(f"urn:{i}", label=HOSTILE, kind="Method")
    network.add_edge("urn:0", "urn:1", key="x")
    manifest = {
        "versions": {"confgraph": "1"},
        "extractor": {"name": HOSTILE},
        "configuration": {"html": {"title": HOSTILE}},
        "inputs": [{"name": HOSTILE, "encoding": "utf-8", "sha256": "ab" * 32}],
        "counts": {"records": 0, "entities": {}, "triples": 0, "evidence": 0},
    }
    return Findings(manifest, (), Resolution((), (), {}), (Reject(HOSTILE, 1_000_000, HOSTILE),), network)


def test_it_follows_the_colours_of_the_system(page: webdriver.Chrome) -> None:
    grounds = {}
    for scheme in ("light", "dark"):
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
        script = "return [document.documentElement, document.querySelector('h2')].map((e) => getComputedStyle(e))"
        grounds[scheme] = page.execute_script(f"{script}.map((s, i) => i ? s.color : s.backgroundColor)")
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    assert grounds == {"light": ["rgb(251, 251, 249)", "rgb(29, 33, 38)"], "dark": ["rgb(20, 23, 27)", "rgb(230, 232, 234)"]}


def test_a_doubt_leads_to_its_section(page: webdriver.Chrome) -> None:
    page.find_element(By.PARTIAL_LINK_TEXT, "without authors").click()
    top = page.execute_script("return document.querySelector('#records h2').getBoundingClientRect().top")
    header = page.execute_script("return document.querySelector('header').getBoundingClientRect().bottom")
    assert header <= top < 200, "the heading stands below the header that stays"


def test_graph_report_and_pages_lead_to_each_other(page: webdriver.Chrome, built: Path) -> None:
    page.find_element(By.LINK_TEXT, "recap.txt").click()
    shown = page.find_element(By.TAG_NAME, "body").text
    assert " ".join(shown.split()) == " ".join(Path(page.current_url.removeprefix("file://")).read_text(encoding="utf-8").split())
    page.get((built / "report.html").as_uri())
    page.find_element(By.LINK_TEXT, "Open the graph").click()
    assert page.current_url == (built / "graph.html").as_uri()
    page.find_element(By.LINK_TEXT, "Report").click()
    assert page.current_url == (built / "report.html").as_uri()


def test_bars_and_charts_are_drawn(page: webdriver.Chrome) -> None:
    script = """
        const seen = (e) => { const { width, height } = e.getBoundingClientRect(); return width > 0 && height > 0; };
        const fills = (e) => new Set([...e.querySelectorAll('rect')].filter(seen).map((r) => getComputedStyle(r).fill)).size;
        return [...document.querySelectorAll('.stack')].map(fills);
    """
    bars = page.execute_script(script)
    assert len(bars) == 6
    assert all(colours >= 3 for colours in bars), "each part of a page's text has a colour of its own"
    assert page.execute_script("return [...document.querySelectorAll('.curves circle')].every((c) => c.getBoundingClientRect().width > 3)")
