"""The endpoint as a process: it says where it listens, answers, and stops at once even under a long query."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture
def server(built: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "confgraph", "serve", str(built), "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr
        line = process.stderr.readline()
        assert "http://127.0.0.1:" in line, line
        yield process, line.split("endpoint at ")[1].split("sparql")[0]
    finally:
        process.kill()
        process.communicate()


def ask(url: str, query: str) -> dict:
    request = Request(f"{url}sparql?{urlencode({'query': query})}", headers={"accept": "application/sparql-results+json"})
    with urlopen(request, timeout=30) as answer:
        return json.loads(answer.read())


def test_get_and_post_give_the_same_answer(server: tuple[subprocess.Popen[str], str]) -> None:
    _, url = server
    query = "SELECT (COUNT(?p) AS ?n) { ?p a schema:ScholarlyArticle }"
    got = ask(url, query)
    assert int(got["results"]["bindings"][0]["n"]["value"]) > 30
    form = Request(f"{url}sparql", data=urlencode({"query": query}).encode(), headers={"accept": "application/sparql-results+json"})
    direct = Request(
        f"{url}sparql",
        data=query.encode(),
        headers={"accept": "application/sparql-results+json", "content-type": "application/sparql-query"},
    )
    for request in (form, direct):
        with urlopen(request, timeout=30) as answer:
            assert json.loads(answer.read()) == got


def test_updates_are_refused_and_change_nothing(server: tuple[subprocess.Popen[str], str]) -> None:
    _, url = server
    update = Request(f"{url}sparql", data=b"DELETE WHERE { ?s ?p ?o }", headers={"content-type": "application/sparql-update"})
    with pytest.raises(HTTPError) as caught:
        urlopen(update, timeout=30)
    with caught.value as answer:
        assert 400 <= answer.code < 500
    assert ask(url, "ASK { ?s ?p ?o }")["boolean"] is True


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_at_once_while_a_query_runs(ending: signal.Signals, server: tuple[subprocess.Popen[str], str]) -> None:
    process, url = server
    host, port = url.removeprefix("http://").rstrip("/").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as client:
        client.sendall(f"GET /sparql?{urlencode({'query': ENDLESS})} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        assert ask(url, "ASK {}")["boolean"] is True, "others are answered meanwhile"
        process.send_signal(ending)
        assert process.wait(10) == 0
        assert b"200 OK" not in client.recv(100), "the long query was never answered"


def processes(pid: int) -> set[int]:
    """The processes that a process has started and that have not ended."""
    found = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = status.read_text().rpartition(")")[2].split()[:2]
        except OSError:  # it has just ended
            continue
        if int(parent) == pid and state != "Z":
            found.add(int(status.parent.name))
    return found


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes by /proc")
def test_a_killed_server_leaves_no_process_and_the_next_one_removes_its_folders(built: Path, tmp_path: Path) -> None:
    shutil.copytree(built, tmp_path / "out")
    environment = {**os.environ, "TMPDIR": str(tmp_path / "tmp"), "CONFGRAPH_TOKEN": "0123456789abcdef"}
    (tmp_path / "tmp").mkdir()
    command = [sys.executable, "-m", "confgraph", "serve", str(tmp_path / "out"), "--port", "0", "--updates"]

    def left() -> list[Path]:
        return [*(tmp_path / "tmp").glob("confgraph-serve-*"), *tmp_path.glob(".out-serve-*")]

    for _ in range(2):
        with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
            assert process.stderr
            url = process.stderr.readline().split("endpoint at ")[1].split("sparql")[0]
            host, port = url.removeprefix("http://").rstrip("/").split(":")
            with socket.create_connection((host, int(port)), timeout=30) as client:
                client.sendall(f"GET /sparql?{urlencode({'query': ENDLESS})} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
                assert ask(url, "ASK {}")["boolean"] is True
                assert len(left()) == 2, "those of this server alone"
                started = processes(process.pid)
                assert len(started) >= 2
                process.kill()
        for _ in range(300):
            if not (running := [pid for pid in started if is_running(pid)]):
                break
            time.sleep(0.1)
        assert not running


def test_updates_need_a_token_that_is_long_enough(run: Callable[..., Any], built: Path, tmp_path: Path) -> None:
    for token in ("", "short", "a token with a line\nend", "ein Schlüssel aus Umlauten"):
        (tmp_path / "token").write_text(token, encoding="utf-8")
        done = run("serve", built, "--updates", "--token-file", tmp_path / "token")
        assert (done.returncode, "holds no token" in done.stderr) == (2, True)
    assert run("serve", built, "--updates", CONFGRAPH_TOKEN="").returncode == 2
    assert run("serve", built, "--token-file", tmp_path / "token").returncode == 2


def test_who_has_the_token_changes_the_store_and_nothing_else(run: Callable[..., Any], built: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(built, out)
    (tmp_path / "token").write_text("0123456789abcdef\n", encoding="utf-8")
    command = ["serve", str(out), "--port", "0", "--updates", "--token-file", str(tmp_path / "token"), "--workers", "2"]
    with subprocess.Popen([sys.executable, "-m", "confgraph", *command], stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        url = process.stderr.readline().split("endpoint at ")[1].split("sparql")[0]
        body = urlencode({"update": "INSERT DATA { <https://example.org/s> <https://example.org/p> 1 }"}).encode()
        with urlopen(Request(f"{url}sparql", data=body, headers={"authorization": "Bearer 0123456789abcdef"}), timeout=60) as answer:
            assert answer.status == 204
        assert ask(url, "ASK { <https://example.org/s> ?p 1 }")["boolean"] is True
        second = run(*command)
        assert (second.returncode, "is another server running on it?" in second.stderr) == (1, True)
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "token"]
    assert (out / "graph.ttl").read_bytes() == (built / "graph.ttl").read_bytes()
