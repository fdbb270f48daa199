"""`confgraph fetch` as a process, against a server on this machine: what it prints, writes, refuses and leaves."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

PAGE = b"Orals\nOral\nAda Lovelace \xc2\xb7 Alan Turing\n\n[ Hall A ]\n\nAbstract\n\nWe present an engine that computes.\n"
Run = Callable[..., "subprocess.CompletedProcess[str]"]


class Handler(BaseHTTPRequestHandler):
    """Answers /orals with a page and validators, /endless without end, and all else with 404."""

    def do_GET(self) -> None:
        if self.headers.get("If-None-Match") == '"1"':
            self.send_response(304)
            self.end_headers()
        elif self.path == "/endless":
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b"more\n")
                    time.sleep(0.02)
            except OSError:  # the client has gone
                return
        elif self.path == "/orals":
            self.send_response(200)
            for header in (("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(PAGE))), ("ETag", '"1"')):
                self.send_header(*header)
            self.end_headers()
            self.wfile.write(PAGE)
        elif self.path == "/red":
            self.wfile.write(b"HTTP/1.0 404 \x1b[31mRed\r\n\r\n")
        else:
            self.send_error(404)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def fetch(run: Run, out: Path, *args: str) -> subprocess.CompletedProcess[str]:
    return run("fetch", *args, "-o", out, "--allow-private", "--delay", "0")


def test_pages_are_fetched_built_and_fetched_again(site: str, run: Run, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    done = fetch(run, pages, f"{site}/orals")
    assert done.returncode == 0, done.stderr
    (page,) = pages.glob("*.txt")
    assert page.read_bytes() == PAGE
    assert page.name in done.stdout
    assert "new" in done.stdout

    built = run("build", pages, "-o", tmp_path / "out")
    assert built.returncode == 0, built.stderr
    (read,) = json.loads((tmp_path / "out" / "manifest.json").read_bytes())["inputs"]
    assert (read["name"], read["sidecar"]["url"]) == (page.name, f"{site}/orals")

    before = {path: path.read_bytes() for path in pages.rglob("*") if path.is_file()}
    again = fetch(run, pages, f"{site}/orals")
    assert again.returncode == 0
    assert "unchanged" in again.stdout
    assert {path: path.read_bytes() for path in pages.rglob("*") if path.is_file()} == before


def test_what_fails_gets_one_line_each_and_the_rest_is_fetched(site: str, run: Run, tmp_path: Path) -> None:
    done = fetch(run, tmp_path / "pages", f"{site}/nothing", f"{site}/orals", f"{site}/red", "file:///etc/passwd")
    assert done.returncode == 1
    assert len(list((tmp_path / "pages").glob("*.txt"))) == 1
    failures = [line for line in done.stderr.splitlines() if "not fetched" in line]
    assert failures == [
        f"confgraph: not fetched: {site}/nothing: the answer is 404 Not Found; check the address",
        f"confgraph: not fetched: {site}/red: the answer is 404  [31mRed; check the address",
        "confgraph: not fetched: file:///etc/passwd: has the scheme 'file'; only http:// and https:// addresses are fetched",
    ]
    assert "Traceback" not in done.stderr


def test_this_machine_is_not_fetched_from_unless_allowed(site: str, run: Run, tmp_path: Path) -> None:
    done = run("fetch", f"{site}/orals", "-o", tmp_path / "pages")
    assert done.returncode == 1
    assert "127.0.0.1 is a loopback address" in done.stderr
    assert "--allow-private" in done.stderr
    assert not (tmp_path / "pages").exists()


def test_offline_takes_what_was_fetched(site: str, run: Run, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    assert fetch(run, pages, f"{site}/orals").returncode == 0
    (page,) = pages.glob("*.txt")
    page.unlink()
    done = run("fetch", f"{site}/orals", "-o", pages, "--offline", "-q")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert page.read_bytes() == PAGE


@pytest.mark.parametrize("args", [[], ["http://example.org/"], ["http://example.org/", "-o", "pages", "--refresh", "--offline"]])
def test_wrong_usage_is_told(args: list[str], run: Run, tmp_path: Path) -> None:
    done = run("fetch", *args, cwd=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_fetch_that_is_stopped_leaves_whole_pages_only(ending: signal.Signals, site: str, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    command = [sys.executable, "-m", "confgraph", "fetch", f"{site}/orals", f"{site}/endless", "-o", str(pages)]
    process = subprocess.Popen([*command, "--allow-private", "--delay", "0"], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    while process.poll() is None and not (pages / "confgraph.toml").exists():
        time.sleep(0.05)
    time.sleep(0.3)  # so that the endless page is being read
    assert process.poll() is None, "it was still running"
    process.send_signal(ending)
    _, said = process.communicate(timeout=60)
    assert process.returncode in (130, 143)
    assert "Traceback" not in said
    assert [path.read_bytes() for path in pages.glob("*.txt")] == [PAGE]
    assert sorted(path.suffix for path in (pages / ".fetched").iterdir()) == [".body", ".json"]
