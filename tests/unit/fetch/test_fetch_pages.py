"""Fetching into a folder: what is written, what stays, and what one bad address does to the others (nothing)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from confgraph.config import FILE_NAME, load_config
from confgraph.errors import ConfgraphError, ConfigError, OutputError
from confgraph.fetch import Fetched, Options, fetch
from confgraph.fetch.cache import FOLDER
from confgraph.outputs import MANIFEST
from confgraph.sources import config_files, find_sources, read_pages

if TYPE_CHECKING:
    from conftest import Web, World

TEXT = b"Orals\n\nAda Lovelace\nAbstract\n\nWe present an engine.\n"
Fetch = Callable[..., Fetched]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "made" / "pages"


@pytest.fixture
def run(out: Path, world: World) -> Fetch:
    """Fetch into `out` in this world; keyword arguments are options."""

    def run_fetch(*urls: str, into: Path = out, **options: object) -> Fetched:
        return fetch(urls, into, replace(Options(), **options), outside=world.outside)

    return run_fetch


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()}


def test_a_page_is_written_with_its_table_and_kept_in_the_cache(web: Web, run: Fetch, out: Path) -> None:
    url = web.serve("/2031/orals", web.page(TEXT, 'ETag: "1"', "Set-Cookie: secret=1"))
    (outcome,) = run(url + "#top").pages
    assert (outcome.url, outcome.state, outcome.size) == (url, "new", len(TEXT))
    assert outcome.page.read_bytes() == TEXT
    assert outcome.page.name.startswith("pages.test-2031-orals-")
    assert load_config([out / FILE_NAME]).pages[out, outcome.page.name].url == url
    (entry,) = (out / FOLDER).glob("*.json")
    row = json.loads(entry.read_bytes())
    assert {key: row[key] for key in ("url", "final", "fetched", "page", "sha256")} == {
        "url": url,
        "final": url,
        "fetched": "2030-03-17T17:46:40+00:00",
        "page": outcome.page.name,
        "sha256": hashlib.sha256(TEXT).hexdigest(),
    }
    assert row["headers"] == {"content-length": str(len(TEXT)), "content-type": "text/plain", "etag": '"1"'}
    assert entry.with_suffix(".body").read_bytes() == TEXT


def test_what_is_fetched_is_what_a_build_reads(web: Web, run: Fetch, out: Path) -> None:
    run(web.serve("/a", web.page()), web.serve("/b", web.page(b"Another page.")))
    sources = find_sources([out])
    pages = read_pages(sources, load_config(config_files(sources))).pages
    assert {page.sidecar.url for page in pages} == {web.url("/a"), web.url("/b")}, "the cache is no page"


def test_a_second_run_changes_no_byte(web: Web, run: Fetch, out: Path, world: World) -> None:
    url = web.serve("/a", web.page(TEXT, 'ETag: "1"'), web.answer("304 Not Modified", b"", 'ETag: "1"', "Date: now"))
    run(url)
    before = snapshot(out)
    world.at += 3600
    (outcome,) = run(url).pages
    assert outcome.state == "unchanged"
    assert web.asked[-1].headers["if-none-match"] == '"1"'
    assert snapshot(out) == before


def test_a_page_without_validators_is_asked_for_again_and_stays(web: Web, run: Fetch, out: Path) -> None:
    url = web.serve("/a", web.page())
    (first,) = run(url).pages
    before = {path: path.stat().st_mtime_ns for path in (first.page, out / FILE_NAME)}
    (outcome,) = run(url).pages
    assert outcome.state == "unchanged"
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_a_changed_page_replaces_its_file_and_keeps_its_table(web: Web, run: Fetch, out: Path) -> None:
    url = web.serve("/a", web.page(TEXT, 'ETag: "1"'), web.page(b"A new page.", 'ETag: "2"'))
    (first,) = run(url).pages
    sidecar = (out / FILE_NAME).read_text() + 'conference = "NeurIPS" # mine\n'
    (out / FILE_NAME).write_text(sidecar)
    (second,) = run(url).pages
    assert (second.state, second.page) == ("changed", first.page)
    assert second.page.read_bytes() == b"A new page."
    assert (out / FILE_NAME).read_text() == sidecar
    (entry,) = (out / FOLDER).glob("*.json")
    assert json.loads(entry.read_bytes())["headers"]["etag"] == '"2"'


def test_refresh_asks_for_the_whole_page(web: Web, run: Fetch) -> None:
    url = web.serve("/a", web.page(TEXT, 'ETag: "1"', "Last-Modified: yesterday"))
    run(url)
    assert run(url, refresh=True).pages[0].state == "unchanged"
    assert not {"if-none-match", "if-modified-since"} & set(web.asked[-1].headers)


def test_offline_nobody_is_asked(web: Web, run: Fetch, out: Path) -> None:
    url = web.serve("/a", web.page())
    (first,) = run(url).pages
    asked = len(web.asked)
    first.page.unlink()
    (out / FILE_NAME).unlink()
    fetched = run(url, web.url("/b"), offline=True)
    assert [page.state for page in fetched.pages] == ["restored"]
    assert first.page.read_bytes() == TEXT
    assert load_config([out / FILE_NAME]).pages[out, first.page.name].url == url
    (failure,) = fetched.failures
    assert (failure.where, failure.what) == (web.url("/b"), "is not in the cache")
    assert len(web.asked) == asked


def test_a_page_that_was_deleted_comes_back_though_it_has_not_changed(web: Web, run: Fetch) -> None:
    url = web.serve("/a", web.page(TEXT, 'ETag: "1"'), web.answer("304 Not Modified"))
    (first,) = run(url).pages
    first.page.unlink()
    assert run(url).pages[0].state == "restored"
    assert first.page.read_bytes() == TEXT


def test_a_page_that_somebody_edited_is_never_replaced(web: Web, run: Fetch) -> None:
    url = web.serve("/a", web.page(TEXT, 'ETag: "1"'), web.answer("304 Not Modified"), web.page(b"A new page."))
    (first,) = run(url).pages
    first.page.write_bytes(b"My version.")
    assert run(url).pages[0].state == "unchanged"
    for options in ({}, {"refresh": True}):
        (failure,) = run(url, **options).failures
        assert "is not what was fetched last" in failure.what
        assert first.page.read_bytes() == b"My version."


def test_a_file_that_was_not_fetched_is_never_replaced(web: Web, run: Fetch, out: Path, tmp_path: Path) -> None:
    url = web.serve("/a", web.page())
    name = run(url, into=tmp_path / "other").pages[0].page.name
    out.mkdir(parents=True)
    (out / name).write_bytes(b"Mine.")
    assert "is not what was fetched last" in run(url).failures[0].what
    assert [path.name for path in out.iterdir()] == [name]


def test_a_page_of_another_kind_is_told(web: Web, run: Fetch, out: Path) -> None:
    url = web.serve("/a", web.page(), web.page(b"# A page", kind="text/markdown"))
    (first,) = run(url).pages
    before = snapshot(out)
    (failure,) = run(url).failures
    assert failure.what == f"was {first.page.name} and is text/markdown now"
    assert snapshot(out) == before


BAD: dict[str, tuple[bytes, str]] = {
    "missing": (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "the answer is 404 Not Found"),
    "forbidden": (b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", "the answer is 403 Forbidden"),
    "broken": (b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n", "the answer is 500 Oops"),
    "unasked": (b"HTTP/1.1 304 Not Modified\r\n\r\n", "the answer is 304 Not Modified"),
    "partial": (b"HTTP/1.1 206 Partial Content\r\nContent-Length: 1\r\n\r\na", "the answer is 206 Partial Content"),
    "empty": (b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n\r\n", "the page is empty"),
    "image": (b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 4\r\n\r\n\x89PNG", "is image/png"),
    "cut": (b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\nA", "the answer is incomplete"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_page_that_fails_leaves_nothing_behind(name: str, web: Web, run: Fetch, out: Path) -> None:
    data, says = BAD[name]
    url = web.serve("/a", data)
    (failure,) = run(url).failures
    assert failure.where == url
    assert says in failure.what
    assert failure.hint
    assert not out.exists()


def test_one_that_fails_does_not_stop_the_others(web: Web, run: Fetch, out: Path) -> None:
    assert len(BAD) == 8
    bad = [web.serve(f"/{name}", data) for name, (data, _) in BAD.items()]
    good = [web.serve("/a", web.page()), web.serve("/b", web.page(b"Another page."))]
    fetched = run("ftp://example.org/", *bad[:4], good[0], *bad[4:], good[1])
    assert [page.url for page in fetched.pages] == good
    assert [failure.where for failure in fetched.failures] == ["ftp://example.org/", *bad]
    assert len(list(out.glob("*.txt"))) == 2
    assert not [path for path in out.rglob(".*") if path.name != FOLDER]


def test_an_address_that_is_given_twice_is_fetched_once(web: Web, run: Fetch) -> None:
    url = web.serve("/a", web.page())
    fetched = run(url, url.replace("http", "HTTP"), url + "#b", web.url("/x"), web.url("/x"))
    assert (len(fetched.pages), len(fetched.failures)) == (1, 1)
    assert web.paths() == ["/robots.txt", "/a", "/x"]


@pytest.mark.parametrize("damage", ["body", "json", "both"])
def test_a_broken_cache_is_filled_again(damage: str, web: Web, run: Fetch, out: Path) -> None:
    url = web.serve("/a", web.page(TEXT, 'ETag: "1"'))
    run(url)
    before = {name: data for name, (data, _) in snapshot(out).items()}
    for path in (out / FOLDER).iterdir():
        if damage in ("both", path.suffix[1:]):
            path.write_bytes(b"{}")
    assert run(url).pages[0].state == "unchanged"
    assert "if-none-match" not in web.asked[-1].headers
    assert {name: data for name, (data, _) in snapshot(out).items()} == before


@pytest.mark.parametrize("page", ["../../evil.txt", "/etc/evil.txt", "other.txt", ""])
def test_a_cache_that_names_another_file_is_not_believed(page: str, web: Web, run: Fetch, out: Path, tmp_path: Path) -> None:
    url = web.serve("/a", web.page())
    run(url)
    (entry,) = (out / FOLDER).glob("*.json")
    entry.write_text(json.dumps(json.loads(entry.read_bytes()) | {"page": page}))
    assert run(url, offline=True).failures[0].what == "is not in the cache"
    assert not list(tmp_path.rglob("*evil*"))


def test_the_address_that_was_given_is_the_one_of_the_page(web: Web, run: Fetch, out: Path) -> None:
    web.serve("/new", web.page())
    url = web.serve("/old", b"HTTP/1.1 302 Found\r\nLocation: /new\r\nContent-Length: 0\r\n\r\n")
    (outcome,) = run(url).pages
    assert load_config([out / FILE_NAME]).pages[out, outcome.page.name].url == url
    (entry,) = (out / FOLDER).glob("*.json")
    assert json.loads(entry.read_bytes())["final"] == web.url("/new")


def test_an_encoding_that_only_the_header_names_reaches_the_file(web: Web, run: Fetch) -> None:
    url = web.serve("/a", web.page("Доклады".encode("koi8-r"), kind="text/plain; charset=KOI8-R"))
    (outcome,) = run(url).pages
    assert outcome.page.read_text(encoding="utf-8") == "Доклады"
    assert run(url).pages[0].state == "unchanged"


def test_private_addresses_are_fetched_only_when_allowed(web: Web, run: Fetch, world: World) -> None:
    world.hosts["inside.test"] = ["127.0.0.1"]
    web.serve("/a", web.page())
    url = f"http://[::ffff:127.0.0.1]:{web.port}/a"
    assert "is a loopback address" in run(url).failures[0].what
    assert web.asked == []
    assert run(url, allow_private=True).pages[0].state == "new"


@pytest.mark.parametrize("limit", ["size", "time"])
def test_limits_are_those_that_were_asked_for(limit: str, web: Web, run: Fetch, world: World) -> None:
    world.real_time = limit == "time"
    url = web.serve("/a", web.page(b"a" * 1001) if limit == "size" else lambda _: web.over.wait(5) and None)
    (failure,) = run(url, max_bytes=1000, timeout=0.3).failures
    assert failure.what == ("the page has more than 1,000 bytes" if limit == "size" else "took more than 0.3 s")


def test_folders_that_cannot_take_pages_are_refused_at_once(web: Web, run: Fetch, tmp_path: Path) -> None:
    url = web.serve("/a", web.page())
    (tmp_path / "file").write_text("mine")
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / MANIFEST).write_text("{}")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / FILE_NAME).write_text("[pages\n")
    wanted = {"file": OutputError, "file/below": OutputError, "build": OutputError, "broken": ConfigError}
    for name, error in wanted.items():
        with pytest.raises(error) as caught:
            run(url, into=tmp_path / name)
        assert isinstance(caught.value, ConfgraphError)
        assert caught.value.hint
    assert web.asked == []


def test_an_interruption_leaves_nothing_behind(web: Web, run: Fetch, out: Path, world: World) -> None:
    def stop(_: float) -> None:
        raise KeyboardInterrupt

    url = web.serve("/a", web.page())
    world.sleep = stop  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        run(url, web.serve("/b", web.page()))
    assert len(list(out.glob("*.txt"))) == 1
    assert len(load_config([out / FILE_NAME]).pages) == 1, "the first page is whole, of the second there is nothing"


def test_progress_is_told(web: Web, out: Path, world: World) -> None:
    told: list[tuple[str, int, int]] = []
    fetch([web.url("/a"), "nothing"], out, outside=world.outside, progress=lambda *step: told.append(step))
    assert told == [("fetch", 0, 2), ("fetch", 1, 2), ("fetch", 2, 2)]
