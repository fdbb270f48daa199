"""The endpoint as a process: it says where it listens, answers, and stops at once even under a long query."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
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
