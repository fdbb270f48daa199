"""The explorer in a real Chromium that can reach this machine only: each page, with script and without, by keyboard and on a phone."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

PHONE = {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True}
PLACES = ("/", "/search?q=model", "/browse", "/browse/methods", "/papers", "/editor", "/questions")
KINDS = ("papers", "methods", "people", "datasets", "sources", "conferences", "sessions")


@pytest.fixture(scope="module")
def site(built: Path) -> Iterator[str]:
    """Serve the graph of the sample pages; give the address without the last slash."""
    command = [sys.executable, "-m", "confgraph", "serve", str(built), "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr
        line = process.stderr.readline()
        assert "http://127.0.0.1:" in line, line
        yield line.split("endpoint at ")[1].split("/sparql")[0]
    finally:
        process.terminate()
        process.communicate(timeout=20)


def named(site: str, words: str, kind: str) -> dict[str, str]:
    """Give the first thing of a kind that a search finds."""
    request = Request(f"{site}/search?q={quote(words)}&kind={kind}", headers={"accept": "application/json"})
    with urlopen(request, timeout=30) as answer:
        found: list[dict[str, str]] = json.loads(answer.read())
    return found[0]


@pytest.fixture(scope="module")
def addresses(site: str) -> list[str]:
    """One page of each kind, and the lists."""
    shown = []
    for kind in KINDS:
        with urlopen(Request(f"{site}/browse/{kind}", headers={"accept": "text/html"}), timeout=30) as answer:
            body = answer.read().decode()
        links = [part.partition('"')[0] for part in body.split('href="/id/')[1:]]
        shown += [f"/id/{link}" for link in links[:1]]
    assert len(shown) >= 5
    return [*PLACES, *shown, f"{shown[1]}?links=mentions", "/papers?method=zzz"]


@pytest.fixture
def browser(driver: webdriver.Chrome, site: str) -> Iterator[webdriver.Chrome]:
    """Whatever a test does, nothing may be logged and nothing may be loaded from elsewhere."""
    driver.get_log("browser")  # type: ignore[no-untyped-call]
    yield driver
    loaded = driver.execute_script("return performance.getEntriesByType('resource').map(entry => entry.name)")
    assert [address for address in loaded if not address.startswith((f"{site}/", "data:"))] == []
    assert driver.get_log("browser") == []  # type: ignore[no-untyped-call]
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def wait(browser: webdriver.Chrome, until: Callable[[webdriver.Chrome], Any]) -> Any:
    return WebDriverWait(browser, 15).until(until)


def one(browser: webdriver.Chrome, selector: str) -> Any:
    return browser.find_element(By.CSS_SELECTOR, selector)


def theme(browser: webdriver.Chrome, name: str) -> None:
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": name}]})


CONTRAST = """
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const rgb = (color) => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const linear = (v) => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
    const light = ([r, g, b]) => .2126 * linear(r / 255) + .7152 * linear(g / 255) + .0722 * linear(b / 255);
    const ground = (e) => {
      for (; e; e = e.parentElement) {
        const color = rgb(getComputedStyle(e).backgroundColor);
        if (color[3] === 255) return color;
      }
      return [255, 255, 255];
    };
    const other = 'svg, .CodeMirror, .yasr, option, [aria-disabled]';
    const texts = [...document.querySelectorAll('main *, header *, footer *')].filter(e =>
      [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && e.getClientRects().length && !e.closest(other));
    return texts.map(e => {
      const [a, b] = [light(rgb(getComputedStyle(e).color)), light(ground(e))];
      return [(Math.max(a, b) + .05) / (Math.min(a, b) + .05), `${e.tagName}.${e.className} ${e.textContent.slice(0, 30)}`];
    }).filter(([ratio]) => ratio < 4.5);
"""
"""List texts with less contrast than they need. Source: WCAG 2.2, success criterion 1.4.3."""


def test_every_page_is_whole_in_both_themes_and_on_a_phone(browser: webdriver.Chrome, site: str, addresses: list[str]) -> None:
    grounds: dict[str, set[str]] = {"light": set(), "dark": set()}
    for address in addresses:
        for name, width in (("light", 1280), ("dark", 360)):
            theme(browser, name)
            size = PHONE if width == 360 else {"width": 1280, "height": 800, "deviceScaleFactor": 1, "mobile": False}
            browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
            browser.get(site + address)
            assert browser.execute_script("return document.documentElement.scrollWidth") <= width, (address, width)
            assert browser.execute_script(CONTRAST) == [], (address, name)
            assert one(browser, "h1").is_displayed()
            grounds[name].add(browser.execute_script("return getComputedStyle(document.documentElement).backgroundColor"))
    assert len(grounds["light"]) == len(grounds["dark"]) == 1
    assert grounds["light"] != grounds["dark"]


def test_the_first_keys_lead_past_the_navigation(browser: webdriver.Chrome, site: str) -> None:
    browser.get(f"{site}/browse/methods")
    body = one(browser, "body")
    body.send_keys(Keys.TAB)
    skip = browser.switch_to.active_element
    assert skip.text == "Skip to content"
    assert skip.rect["y"] >= 0
    skip.send_keys(Keys.ENTER)
    browser.switch_to.active_element.send_keys(Keys.TAB)
    focused = browser.switch_to.active_element
    assert browser.execute_script("return document.querySelector('main').contains(arguments[0])", focused)
    assert browser.execute_script("return getComputedStyle(arguments[0]).outlineStyle", focused) == "solid"
    browser.execute_script("document.activeElement.blur()")
    ActionChains(browser).send_keys("/").perform()
    assert browser.switch_to.active_element.get_attribute("id") == "search"


def test_names_complete_and_lead_to_their_pages(browser: webdriver.Chrome, site: str) -> None:
    browser.get(f"{site}/")
    search = one(browser, "#search")
    search.send_keys("languag")
    hits = wait(browser, lambda b: b.find_elements(By.CSS_SELECTOR, "#search-hits li"))
    label = hits[0].find_element(By.TAG_NAME, "bdi").text
    assert search.get_attribute("aria-expanded") == "true"
    search.send_keys(Keys.ARROW_DOWN)
    assert search.get_attribute("aria-activedescendant") == hits[0].get_attribute("id")
    search.send_keys(Keys.ESCAPE)
    assert not one(browser, "#search-hits").is_displayed()
    search.send_keys("e")
    wait(browser, lambda b: b.find_elements(By.CSS_SELECTOR, "#search-hits li"))
    search.send_keys(Keys.ARROW_DOWN, Keys.ENTER)
    wait(browser, lambda b: "/id/" in b.current_url)
    assert one(browser, "h1").text == label


def test_the_drawing_lights_up_and_goes_by_arrows(browser: webdriver.Chrome, site: str) -> None:
    browser.get(site + named(site, "language model", "methods")["address"])
    nodes = browser.find_elements(By.CSS_SELECTOR, "svg.around a")
    assert len(nodes) > 2
    browser.execute_script("arguments[0].focus()", nodes[0])
    assert one(browser, "svg.around").get_attribute("class") == "around lit"
    assert one(browser, ".neighbourhood figcaption").text == nodes[0].get_attribute("aria-label")
    browser.switch_to.active_element.send_keys(Keys.ARROW_DOWN)
    assert browser.switch_to.active_element == nodes[1]
    target = nodes[1].get_attribute("aria-label")
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    wait(browser, lambda b: not b.find_elements(By.CSS_SELECTOR, "svg.around.lit"))
    assert one(browser, "h1").text.split(" ")[0] in str(target)


def test_a_quote_unfolds(browser: webdriver.Chrome, site: str) -> None:
    browser.get(site + named(site, "language model", "methods")["address"])
    why = one(browser, "details.why")
    why.find_element(By.TAG_NAME, "summary").send_keys(Keys.ENTER)
    assert why.find_element(By.TAG_NAME, "mark").is_displayed()
    assert "characters" in why.text


def shown(browser: webdriver.Chrome) -> int:
    """Give the number of papers that the page says it lists."""
    return int(one(browser, ".count").text.split(" ")[0].replace(",", ""))


def test_papers_narrow_by_two_names(browser: webdriver.Chrome, site: str) -> None:
    browser.get(f"{site}/papers")
    field = one(browser, "#by-method")
    field.send_keys("language mod")
    wait(browser, lambda b: b.find_elements(By.CSS_SELECTOR, "#by-method-hits li"))
    field.send_keys(Keys.ARROW_DOWN, Keys.ENTER)
    wait(browser, lambda b: b.find_elements(By.CSS_SELECTOR, ".chips li"))
    before = shown(browser)
    one(browser, "aside section .things a").click()
    wait(browser, lambda b: len(b.find_elements(By.CSS_SELECTOR, ".chips li")) == 2)
    assert 0 < shown(browser) <= before
    assert browser.find_elements(By.CSS_SELECTOR, ".papers li")


def test_all_works_without_script(browser: webdriver.Chrome, site: str) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    browser.get(f"{site}/")
    one(browser, "#search").send_keys("language model", Keys.ENTER)
    wait(browser, lambda b: "/search?q=" in b.current_url)
    one(browser, "main .things a").click()
    wait(browser, lambda b: "/id/" in b.current_url)
    summary = one(browser, "details.why summary")
    summary.click()
    assert one(browser, "details.why mark").is_displayed()
    one(browser, "svg.around a circle").click()
    wait(browser, lambda b: b.find_elements(By.CSS_SELECTOR, "h1"))
    browser.get(f"{site}/editor?question=coauthors")
    one(browser, "#ask button").click()
    wait(browser, lambda b: b.find_elements(By.CSS_SELECTOR, "#answer tbody tr"))
    assert not one(browser, "#yasgui").is_displayed()


def test_the_editor_runs_completes_and_shares(browser: webdriver.Chrome, site: str) -> None:
    browser.get(f"{site}/editor?query={quote('SELECT ?name { ?p a foaf:Person ; rdfs:label ?name } ORDER BY ?name')}")
    wait(browser, lambda b: b.find_elements(By.CSS_SELECTOR, ".yasqe .CodeMirror"))
    assert not one(browser, "#ask").is_displayed()
    one(browser, ".yasqe_queryButton").click()
    rows = wait(browser, lambda b: b.find_elements(By.CSS_SELECTOR, ".yasr table.dataTable tbody tr"))
    assert len(rows) > 10
    assert one(browser, "#tools a").get_attribute("href").startswith(f"{site}/editor?query=SELECT")
    browser.execute_script("""
        const editor = document.querySelector('.yasqe .CodeMirror').CodeMirror;
        editor.setValue('SELECT * { ?paper cg:introduce'); editor.focus(); editor.setCursor({ line: 0, ch: 30 });
    """)
    ActionChains(browser).send_keys("s").perform()
    wait(browser, lambda b: [e.text for e in b.find_elements(By.CSS_SELECTOR, ".CodeMirror-hint")] == ["cg:introduces"])
    ActionChains(browser).send_keys(Keys.ENTER).perform()
    written = browser.execute_script("return document.querySelector('.yasqe .CodeMirror').CodeMirror.getValue()")
    assert written.split("\n") == ["PREFIX cg: <https://w3id.org/confgraph/ontology#>", "SELECT * { ?paper cg:introduces"]


def test_a_long_shared_query_stands_in_the_fragment(browser: webdriver.Chrome, site: str) -> None:
    query = "ASK { ?s ?p ?o } # " + "x" * 6000
    browser.get(f"{site}/editor#query={quote(query)}")
    wait(browser, lambda b: b.find_elements(By.CSS_SELECTOR, ".yasqe .CodeMirror"))
    assert browser.execute_script("return document.querySelector('.yasqe .CodeMirror').CodeMirror.getValue()") == query
    assert one(browser, "#tools a").get_attribute("href").startswith(f"{site}/editor#query=")


def test_an_iri_of_the_results_leads_to_its_page_here(browser: webdriver.Chrome, site: str) -> None:
    method = named(site, "language model", "methods")
    browser.get(f"{site}/editor?query={quote('SELECT ?m { VALUES ?m { <' + method['iri'] + '> } }')}")
    wait(browser, lambda b: b.find_elements(By.CSS_SELECTOR, ".yasqe .CodeMirror"))
    one(browser, ".yasqe_queryButton").click()
    wait(browser, lambda b: b.find_elements(By.CSS_SELECTOR, ".yasr a.iri"))[0].click()
    wait(browser, lambda b: b.current_url.startswith(f"{site}/entity?iri="))
    assert one(browser, "h1").text == method["label"]


def test_a_printed_page_has_no_navigation(browser: webdriver.Chrome, site: str) -> None:
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    browser.get(f"{site}/papers")
    assert not one(browser, "header").is_displayed()
    assert not one(browser, "aside").is_displayed()
    assert one(browser, ".papers li").is_displayed()
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
