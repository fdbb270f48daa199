"""Attacks on the endpoint, each tried: the attacker is refused or ended, and other clients are answered all the while."""

from __future__ import annotations

import dataclasses
import shutil
import socket
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from confgraph.graph.store import write_store
from confgraph.serve.limits import Limits

LIMITS = Limits(timeout=1.5, workers=4, memory=96, waiting=8, rows=200_000, answer=20_000_000, body=50_000, patience=1.0, grace=0.2)
TOKEN = "0123456789abcdef"  # noqa: S105
NODE = "http://example.org/node/"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph in which every node of a ring leads to the next and to a few more."""
    folder = tmp_path_factory.mktemp("attacked") / "out"
    folder.mkdir()
    following = NamedNode("http://example.org/next")
    ring = (Quad(NamedNode(f"{NODE}{i}"), following, NamedNode(f"{NODE}{(i * k + 1) % 3000}")) for i in range(3000) for k in (1, 2, 3))
    names = (Quad(NamedNode(f"{NODE}{i}"), NamedNode("http://example.org/name"), Literal("a" * 60)) for i in range(3000))
    write_store(folder / "store", (*ring, *names))
    return folder


@pytest.fixture(scope="module")
def url(out: Path, serving: Callable[..., AbstractContextManager[str]]) -> Iterator[str]:
    with serving(out, LIMITS) as address:
        yield address


@pytest.fixture(scope="module")
def other(url: str) -> Iterator[httpx.Client]:
    """Another client, at another address of loopback where the system has one, who keeps asking."""
    address = "127.0.0.2" if sys.platform == "linux" else "127.0.0.1"
    with httpx.Client(base_url=url, timeout=20, transport=httpx.HTTPTransport(local_address=address)) as client:
        yield client


def ask(url: str, query: str, **options: object) -> httpx.Response:
    return httpx.post(f"{url}/sparql", data={"query": query}, timeout=30, **options)  # type: ignore[arg-type]


def is_answered(other: httpx.Client) -> bool:
    return bool(other.get("/sparql", params={"query": f"ASK {{ <{NODE}1> ?p ?o }}"}).json()["boolean"])


RUNAWAYS = {
    "product": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STRLEN(CONCAT(STR(?a), STR(?d), STR(?g))) = 0) }",
    "aggregate": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "path": "SELECT (COUNT(*) AS ?n) { ?a (<http://example.org/next>|^<http://example.org/next>)* ?b . ?b <http://example.org/next>* ?c }",
    "regex": 'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(REGEX(CONCAT(STR(?c), STR(?f)), "^(a{0,50}){0,50}(a|aa|aaa)*b$")) }',
    "strings": 'SELECT (SUM(STRLEN(REPLACE(CONCAT(STR(?a), STR(?d), STR(?g)), "(.*)(.*)(.*)", "$3$2$1"))) AS ?n) '
    "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
}


@pytest.mark.parametrize("name", RUNAWAYS)
def test_a_runaway_query_is_ended_while_others_are_answered(name: str, url: str, other: httpx.Client) -> None:
    with ThreadPoolExecutor(2) as attackers:
        attacks = [attackers.submit(ask, url, RUNAWAYS[name]) for _ in range(2)]
        asked = 0
        while not all(attack.done() for attack in attacks):
            assert is_answered(other)
            asked += 1
        answers = [attack.result() for attack in attacks]
    assert asked >= 1
    for answer in answers:
        assert (answer.status_code, answer.text) == (504, "query: it took longer than 1.5 seconds; ask for less\n"), name
    assert is_answered(other)


def test_a_query_that_takes_all_memory_is_ended(url: str, other: httpx.Client) -> None:
    greedy = "SELECT (GROUP_CONCAT(CONCAT(STR(?c), STR(?f))) AS ?x) { ?a ?b ?c . ?d ?e ?f }"
    answer = ask(url, greedy)
    assert (answer.status_code, "memory" in answer.text) in ((500, True), (504, False))
    assert is_answered(other)


def test_a_query_that_is_nested_deeply_harms_no_other(out: Path, serving: Callable[..., AbstractContextManager[str]]) -> None:
    depth = 100_000
    nested = (f"ASK {{ FILTER({'(' * depth}1{')' * depth}) }}", f"ASK {{ FILTER({'!' * depth}true) }}", f"ASK {'{' * depth}{'}' * depth}")
    with serving(out, dataclasses.replace(LIMITS, body=1_000_000, timeout=10)) as url:
        for query in nested:
            assert ask(url, query).status_code in (200, 400, 500, 504)
            assert ask(url, "ASK {}").json()["boolean"] is True


def test_an_answer_that_is_too_long_breaks_off(url: str, other: httpx.Client) -> None:
    with pytest.raises(httpx.RemoteProtocolError, match="incomplete"):
        ask(url, "SELECT * { ?a ?b ?c . ?d ?e ?f }", headers={"accept-encoding": "identity"})
    refused = ask(url, "CONSTRUCT { ?a ?e ?f } { ?a ?b ?c . ?d ?e ?f } LIMIT 1", headers={"accept": "text/turtle"})
    assert refused.status_code == 200
    assert is_answered(other)


def test_more_requests_than_there_are_places_for_are_told_to_come_back(url: str, other: httpx.Client) -> None:
    with ThreadPoolExecutor(40) as crowd:
        asked = [crowd.submit(ask, url, RUNAWAYS["aggregate"]) for _ in range(40)]
        while not all(one.done() for one in asked):
            assert is_answered(other)
        answers = [one.result() for one in asked]
    statuses = {answer.status_code for answer in answers}
    assert statuses <= {429, 503, 504}
    refused = [answer for answer in answers if answer.status_code in (429, 503)]
    assert len(refused) > 20
    assert all(answer.headers["retry-after"] == "1" for answer in refused)
    assert is_answered(other)


SERVICES = [
    "SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ sErViCe SILENT <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICESILENT<{0}>{{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE#\n<{0}>#\n{{ ?s ?p ?o }} }}",
    "SELECT * {{ \\u0053ERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ BIND(<{0}> AS ?u) SERVICE ?u {{ ?s ?p ?o }} }}",
    "SELECT * {{ ?a ?b 1SERVICE<{0}>{{ ?s ?p ?o }} }}",
    "PREFIX : <{0}> SELECT * {{ SERVICE:{{ ?s ?p ?o }} }}",
    "PREFIX x: <{0}> SELECT * {{ ?a ?b 1SERVICEx:{{ ?s ?p ?o }} }}",
    "SELECT * {{ ?a ?b ?c FILTER(?c<2#>'''\n) SERVICE <{0}> {{ ?s ?p ?o }} #'''\n}}",
    "SELECT * {{ VALUES ?x {{ '''a' }} SERVICE <{0}> {{ ?s ?p ?o }} }} #\\x'''",
    "SELECT * {{ {{ SELECT * {{ OPTIONAL {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }} }} }}",
]


def test_no_disguise_of_service_reaches_the_network(url: str, other: httpx.Client) -> None:
    assert len(SERVICES) >= 10
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.3)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        for disguise in SERVICES:
            answer = ask(url, disguise.format(address))
            assert (answer.status_code, "SERVICE would ask another endpoint" in answer.text) == (400, True), disguise
        with pytest.raises(TimeoutError):
            listener.accept()
    assert is_answered(other)


def test_no_graph_is_fetched(url: str, other: httpx.Client) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.3)
        remote = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        for name in ("file:///etc/passwd", remote):
            for clause in ("FROM", "FROM NAMED"):
                answer = ask(url, f"SELECT * {clause} <{name}> {{ ?s ?p ?o }}")
                assert (answer.status_code, "there is no graph" in answer.text) == (400, True)
            for parameter in ("default-graph-uri", "named-graph-uri"):
                answer = httpx.get(
                    f"{url}/sparql", params={"query": "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }", parameter: name}
                )
                assert (answer.status_code, answer.json()["results"]["bindings"]) == (200, [])
            assert httpx.get(f"{url}/graph-store", params={"graph": name}).status_code == 404
        with pytest.raises(TimeoutError):
            listener.accept()
    assert is_answered(other)


def connect(url: str) -> socket.socket:
    host, _, port = url.removeprefix("http://").partition(":")
    return socket.create_connection((host, int(port)), timeout=10)


def receive(connection: socket.socket) -> bytes:
    """Read until the server closes."""
    pieces = []
    try:
        while piece := connection.recv(65_536):
            pieces.append(piece)
    except ConnectionError:
        pass
    return b"".join(pieces)


def test_a_body_that_is_too_long_is_not_read(url: str, other: httpx.Client) -> None:
    head = "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    with connect(url) as connection:
        connection.sendall(f"{head}Content-Length: 99999999999\r\n\r\n".encode())
        assert b"413" in receive(connection)[:20], "refused before it is sent"
    with connect(url) as connection:
        connection.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
        chunk = b"2710\r\n" + b" " * 10_000 + b"\r\n"
        try:
            for _ in range(50):
                connection.sendall(chunk)
        except ConnectionError:
            pass
        assert receive(connection)[:12] in (b"", b"HTTP/1.1 413")
    assert is_answered(other)


def test_a_body_that_comes_slowly_is_given_up(url: str, other: httpx.Client) -> None:
    with connect(url) as connection:
        connection.sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 100\r\n\r\nASK")
        start = time.monotonic()
        assert b"408" in receive(connection)[:20]
        assert time.monotonic() - start < 6
    assert is_answered(other)


def test_a_head_that_comes_slowly_is_given_up(url: str, other: httpx.Client) -> None:
    with connect(url) as idle, connect(url) as slow:
        slow.sendall(b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\nX-")
        assert receive(idle) == b""
        assert receive(slow) == b""
    with connect(url) as second:
        second.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b"200" in second.recv(20)
        second.sendall(b"GET /health HTTP/1.1\r\nX-")
        receive(second)
    assert is_answered(other)


def test_a_flood_of_headers_is_refused(url: str, other: httpx.Client) -> None:
    for flood in (b"X-Flood: 1\r\n" * 100_000, b"X-Long: " + b"a" * 1_000_000 + b"\r\n"):
        with connect(url) as connection:
            try:
                connection.sendall(b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\n" + flood)
            except ConnectionError:
                continue
            assert receive(connection)[:12] in (b"", b"HTTP/1.1 400", b"HTTP/1.1 431")
    assert is_answered(other)


def test_a_request_that_is_no_http_is_refused(url: str, other: httpx.Client) -> None:
    for wrong in (b"\x16\x03\x01\x02\x00\x01\x00", b"GET\r\n\r\n", b"POST /sparql HTTP/1.1\r\nContent-Length: x\r\n\r\n"):
        with connect(url) as connection:
            connection.sendall(wrong)
            assert receive(connection)[:12] in (b"", b"HTTP/1.1 400")
    with connect(url) as connection:
        smuggled = b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n"
        connection.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled
        )
        connection.settimeout(3)
        try:
            received = receive(connection)
        except TimeoutError:
            received = b""
        assert received.count(b"HTTP/1.1 200") <= 1
    assert is_answered(other)


def test_wrong_encodings_are_refused(url: str, other: httpx.Client) -> None:
    form, direct = "application/x-www-form-urlencoded", "application/sparql-query"
    cases = [
        (form, b"query=\xff\xfe"),
        (form, b"query=%FF%FE"),
        (direct, "ASK {}".encode("utf-16")),
        (direct, b"ASK { \xed\xa0\x80 }"),
        (f"{direct}; charset=utf-7", b"ASK {}"),
        (f"{direct}; charset=x-nothing", b"ASK {}"),
        (direct, b"ASK {}\x00"),
        ("multipart/form-data; boundary=x", b"--x--"),
        ("", b"ASK {}"),
    ]
    for kind, body in cases:
        answer = httpx.post(f"{url}/sparql", content=body, headers={"content-type": kind})
        assert answer.status_code in (400, 415), (kind, body)
    pressed = httpx.post(f"{url}/sparql", content=b"\x1f\x8b\x08", headers={"content-type": direct, "content-encoding": "gzip"})
    assert pressed.status_code == 400
    assert httpx.get(f"{url}/sparql?query=%C0%AF").status_code == 400
    assert is_answered(other)


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../app.py", "/assets/%2e%2e/app.py", "/assets/..%2fapp.py", "/assets/....//app.py", "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd", "/assets//etc/passwd", "/assets/%00", "/graph-store/../../etc/passwd", "/assets/..\\app.py",
    ],
)  # fmt: skip
def test_no_path_leads_out_of_the_package(path: str, url: str, other: httpx.Client) -> None:
    with connect(url) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        answer = receive(connection)
    assert answer.split(b" ")[1] in (b"400", b"404"), answer[:200]
    assert b"root:" not in answer
    assert b"import" not in answer
    assert is_answered(other)


def test_no_header_can_be_written_into_an_answer(url: str) -> None:
    for name in ("http://example.org/\r\nset-cookie: x=1", "http://example.org/%0d%0aset-cookie:%20x=1"):
        answer = httpx.get(f"{url}/graph-store?graph={quote(name)}")
        assert "set-cookie" not in answer.headers
    with connect(url) as connection:
        connection.sendall(b"GET /sparql HTTP/1.1\r\nHost: evil.example/><x\r\nConnection: close\r\n\r\n")
        assert b"evil" not in receive(connection)


def test_nothing_is_changed_without_the_token(out: Path, url: str, serving: Callable[..., AbstractContextManager[str]]) -> None:
    changes = [
        ("POST", "/sparql", b"update=DROP+ALL", "application/x-www-form-urlencoded"),
        ("POST", "/sparql", b"DROP ALL", "application/sparql-update"),
        ("POST", "/sparql?update=DROP+ALL", b"", "application/x-www-form-urlencoded"),
        ("PUT", "/graph-store?default", b"", "text/turtle"),
        ("POST", "/graph-store?default", b"<a> <b> 1 .", "text/turtle"),
        ("DELETE", "/graph-store?default", b"", ""),
    ]
    for method, path, body, kind in changes:
        assert httpx.request(method, url + path, content=body, headers={"content-type": kind}).status_code == 403
    assert ask(url, "DROP ALL").status_code == 400
    with serving(out, LIMITS, TOKEN) as updatable:
        for method, path, body, kind in changes:
            for token in ("", "Bearer", "Bearer x", f"Bearer {TOKEN}x", f"Basic {TOKEN}", f"Bearer {TOKEN[:-1]}"):
                answer = httpx.request(method, updatable + path, content=body, headers={"content-type": kind, "authorization": token})
                assert answer.status_code == 401, (method, path, token)
        assert ask(updatable, "ASK { ?s ?p ?o }").json()["boolean"] is True
        fetch = httpx.post(
            f"{updatable}/sparql", data={"update": "LOAD <file:///etc/passwd>"}, headers={"authorization": f"Bearer {TOKEN}"}
        )
        assert (fetch.status_code, "LOAD would fetch" in fetch.text) == (400, True)


def test_an_update_that_takes_all_memory_is_ended_and_changes_nothing(
    out: Path, tmp_path: Path, serving: Callable[..., AbstractContextManager[str]]
) -> None:
    shutil.copytree(out, tmp_path / "out")
    greedy = "INSERT { ?a <http://example.org/all> ?x } WHERE { SELECT (GROUP_CONCAT(CONCAT(STR(?c), STR(?f))) AS ?x) (SAMPLE(?s) AS ?a) "
    changes = [f"{greedy} {{ ?s ?b ?c . ?d ?e ?f }} }}", "INSERT { ?a ?e ?f . ?d ?b ?c } WHERE { ?a ?b ?c . ?d ?e ?f }"]
    patient = dataclasses.replace(LIMITS, timeout=60)
    with serving(tmp_path / "out", patient, TOKEN) as url, httpx.Client(timeout=60, headers={"authorization": f"Bearer {TOKEN}"}) as client:
        count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
        before = ask(url, count).text
        for change in changes:
            answer = client.post(f"{url}/sparql", data={"update": change})
            assert (answer.status_code, "memory" in answer.text) == (500, True)
            assert ask(url, count).text == before
        assert client.post(f"{url}/sparql", data={"update": "INSERT DATA { <s> <p> 1 }"}).status_code == 204
        assert ask(url, count).text != before


def test_it_stops_within_two_seconds_under_load(out: Path, serving: Callable[..., AbstractContextManager[str]]) -> None:
    with ThreadPoolExecutor(8) as crowd:
        with serving(out, LIMITS) as address:
            asked = [crowd.submit(ask, address, RUNAWAYS["aggregate"]) for _ in range(8)]
            time.sleep(0.5)
            start = time.monotonic()
        took = time.monotonic() - start
        for attack in asked:
            assert isinstance(attack.exception(), httpx.HTTPError) or attack.result().status_code >= 400
    assert took < 2 * 2, "in time, were the machine half as fast; bench/serve.py measures the time itself"
