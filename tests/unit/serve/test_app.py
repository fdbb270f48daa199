"""The endpoint answers by the SPARQL Protocol, reads only, and says why it refuses."""

from __future__ import annotations

import asyncio
import json
import pickle
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest
from pyoxigraph import DefaultGraph, Quad

from confgraph.errors import OutputError
from confgraph.graph.questions import catalogue
from confgraph.graph.store import write_store
from confgraph.serve.app import Server
from confgraph.serve.limits import Limits
from confgraph.serve.protocol import RequestError
from confgraph.serve.server import run_server
from confgraph.serve.turns import BusyError

Serving = Callable[..., AbstractContextManager[str]]
NAMES = "PREFIX foaf: <http://xmlns.com/foaf/0.1/> SELECT ?name { ?p foaf:name ?name } ORDER BY ?name"
GRAPH = "CONSTRUCT { ?s a ?c } { ?s a ?c }"
EVERYTHING = "SELECT * { GRAPH ?page { ?s ?p ?o } }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def address(small_out: Path, serving: Serving) -> Iterator[str]:
    with serving(small_out) as url:
        yield url


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=60) as client:
        yield client


def names(body: str) -> list[str]:
    return [row["name"]["value"] for row in json.loads(body)["results"]["bindings"]]


def test_get_and_both_posts_give_one_answer(client: httpx.Client) -> None:
    answers = [
        client.get("/sparql", params={"query": NAMES}),
        client.post("/sparql", data={"query": NAMES}),
        client.post("/sparql", content=NAMES, headers={"content-type": "application/sparql-query; charset=utf-8"}),
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/sparql-results+json"
        assert names(answer.text) == ["Ada Example", "Bob Sample", "Cem Third"]


@pytest.mark.parametrize(
    ("query", "accept", "content_type", "start"),
    [
        (NAMES, "application/sparql-results+xml", "application/sparql-results+xml", "<?xml"),
        (NAMES, "text/csv", "text/csv; charset=utf-8", "name\r\nAda Example"),
        (NAMES, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8", '?name\n"Ada Example"'),
        (NAMES, "text/html, */*;q=0.1", "application/sparql-results+json", '{"head"'),
        ("ASK {}", "application/sparql-results+json", "application/sparql-results+json", '{"head":{},"boolean":true}'),
        (GRAPH, "text/turtle", "text/turtle; charset=utf-8", "@prefix"),
        (GRAPH, "application/n-triples, text/turtle;q=0.5", "application/n-triples", "<https://w3id.org"),
        (GRAPH, "application/ld+json", "application/ld+json", "["),
        (GRAPH, "application/rdf+xml, text/turtle;q=0.9", "application/rdf+xml", "<?xml"),
        ("DESCRIBE ?p { ?p a <http://xmlns.com/foaf/0.1/Person> }", "*/*", "text/turtle; charset=utf-8", "@prefix"),
    ],
)
def test_the_client_chooses_the_format(client: httpx.Client, query: str, accept: str, content_type: str, start: str) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == content_type
    assert answer.text.startswith(start)


@pytest.mark.parametrize(
    ("query", "accept"), [(NAMES, "text/turtle"), (GRAPH, "text/csv"), ("ASK {}", "text/csv"), (NAMES, "text/csv;q=0")]
)
def test_a_format_that_there_is_not_is_406(client: httpx.Client, query: str, accept: str) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"accept": accept})
    assert answer.status_code == 406
    assert "can be had as" in answer.text


def test_the_data_set_can_be_chosen(client: httpx.Client) -> None:
    query = "SELECT (COUNT(*) AS ?name) { ?s ?p ?o }"
    page = names(client.get("/sparql", params={"query": "SELECT ?name { ?name a <https://schema.org/WebPage> } ORDER BY ?name"}).text)[0]
    whole = names(client.get("/sparql", params={"query": query}).text)
    url = {"query": query, "default-graph-uri": page}
    evidence = names(client.get("/sparql", params=url).text)
    assert evidence != whole
    assert evidence == names(client.post("/sparql", data=url).text)
    direct = client.post("/sparql", params={"default-graph-uri": page}, content=query, headers={"content-type": "application/sparql-query"})
    assert evidence == names(direct.text)
    named = {"query": "SELECT DISTINCT ?name { GRAPH ?name { ?s ?p ?o } }", "named-graph-uri": page}
    assert names(client.get("/sparql", params=named).text) == [page]
    empty = client.get("/sparql", params={"query": query, "default-graph-uri": "https://example.org/none"})
    assert names(empty.text) == ["0"], "a graph that is not here is empty, and nobody fetches it"
    wrong = client.get("/sparql", params={"query": query, "default-graph-uri": "none"})
    assert (wrong.status_code, "no absolute IRI" in wrong.text) == (400, True)


@pytest.mark.parametrize(
    ("params", "status", "message"),
    [
        ({"default-graph-uri": "https://example.org/"}, 400, "exactly one query or update, not 0"),
        ({"query": [NAMES, NAMES]}, 400, "exactly one query or update, not 2"),
        ({"query": "SELECT"}, 400, "line 1, column"),
        ({"query": "DROP ALL"}, 400, "read-only"),
        ({"query": "SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }"}, 400, "another endpoint"),
    ],
)
def test_a_wrong_request_says_why(client: httpx.Client, params: dict[str, str | list[str]], status: int, message: str) -> None:
    answer = client.get("/sparql", params=params)
    assert answer.status_code == status
    assert message in answer.text


def test_updates_need_a_server_that_allows_them(client: httpx.Client) -> None:
    update = "CLEAR ALL"
    assert client.post("/sparql", content=update, headers={"content-type": "application/sparql-update"}).status_code == 403
    assert client.post("/sparql", data={"update": update}).status_code == 403
    assert client.put("/graph-store?default", content=b"", headers={"content-type": "text/turtle"}).status_code == 403
    assert client.delete("/graph-store?default").status_code == 403
    assert client.get("/sparql", params={"update": update}).status_code == 400
    assert client.put("/sparql", content=update).status_code == 405
    assert names(client.get("/sparql", params={"query": NAMES}).text)


def test_bytes_that_are_not_text_are_refused(client: httpx.Client) -> None:
    for kind in ("application/sparql-query", "application/x-www-form-urlencoded"):
        answer = client.post("/sparql", content=b"query=\xff\xfe", headers={"content-type": kind})
        assert (answer.status_code, "UTF-8" in answer.text) == (400, True)
    assert client.get("/sparql?query=%FF").status_code == 400
    latin = client.post("/sparql", content=b"ASK {}", headers={"content-type": "application/sparql-query; charset=latin-1"})
    assert latin.status_code == 415


def test_a_body_that_is_too_long_is_refused(client: httpx.Client) -> None:
    answer = client.post("/sparql", content=b" " * (Limits().body + 1), headers={"content-type": "application/sparql-query"})
    assert answer.status_code == 413


def test_the_questions_that_come_with_confgraph_can_be_asked(client: httpx.Client) -> None:
    for name, asked in catalogue().items():
        answer = client.get("/sparql", params={"query": asked.text}, headers={"accept": "text/csv"})
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/csv; charset=utf-8"), name


def test_a_client_that_has_the_answer_is_not_sent_it_again(client: httpx.Client) -> None:
    params = {"query": NAMES}
    first = client.get("/sparql", params=params)
    tag = first.headers["etag"]
    again = client.get("/sparql", params=params, headers={"if-none-match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    for other in ({"query": NAMES + " "}, {"query": "ASK {}"}):
        assert client.get("/sparql", params=other, headers={"if-none-match": tag}).status_code == 200
    csv = client.get("/sparql", params=params, headers={"if-none-match": tag, "accept": "text/csv"})
    assert (csv.status_code, csv.headers["etag"] == tag) == (200, False)
    assert "etag" not in client.get("/sparql", params={"query": "SELECT (NOW() AS ?t) {}"}).headers


def test_long_answers_are_compressed_for_those_who_like_that(client: httpx.Client) -> None:
    params = {"query": EVERYTHING}
    plain = client.get("/sparql", params=params, headers={"accept-encoding": "gzip;q=0, identity"})
    pressed = client.get("/sparql", params=params, headers={"accept-encoding": "br, gzip;q=0.5"})
    assert "content-encoding" not in plain.headers
    assert pressed.headers["content-encoding"] == "gzip"
    assert "accept-encoding" in pressed.headers["vary"]
    assert pressed.content == plain.content
    assert "content-encoding" not in client.get("/sparql", params={"query": "ASK {}"}).headers


ROWS = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values")


def test_an_answer_may_have_so_many_rows_and_not_one_more(small_out: Path, serving: Serving) -> None:
    with serving(small_out, Limits(workers=2, rows=3, grace=0.2)) as url:
        for media in ROWS:
            for values, status in (("1", 200), ("1 2 3", 200), ("1 2 3 4", 400)):
                answer = httpx.get(
                    f"{url}/sparql", params={"query": f"SELECT ?n {{ VALUES ?n {{ {values} }} }}"}, headers={"accept": media}
                )
                assert answer.status_code == status, (media, values, answer.text)
        for count, status in ((3, 200), (4, 400)):
            query = (
                f"CONSTRUCT {{ <http://example.org/> <http://example.org/n> ?n }} {{ VALUES ?n {{ {' '.join(map(str, range(count)))} }} }}"
            )
            assert httpx.get(f"{url}/sparql", params={"query": query}).status_code == status


def test_another_version_of_the_package_makes_other_tags(small_out: Path, serving: Serving, monkeypatch: pytest.MonkeyPatch) -> None:
    tags = []
    for version in ("1.0", "1.0", "2.0"):
        monkeypatch.setattr("confgraph.serve.app.__version__", version)
        with serving(small_out) as url, httpx.Client(base_url=url, headers={"host": "example.org"}, timeout=60) as client:
            tags.append([client.get(path).headers["etag"] for path in ("/sparql?query=ASK%7B%7D", "/papers")])
    assert tags[0] == tags[1]
    assert all(before != after for before, after in zip(tags[0], tags[2], strict=True))


def test_many_clients_at_once_get_the_answer_and_one_that_leaves_early_harms_none(client: httpx.Client) -> None:
    query = httpx.QueryParams({"query": EVERYTHING})
    whole = client.get("/sparql", params=query).text

    def ask(number: int) -> bool:
        if number % 5 == 0:
            with socket.create_connection((client.base_url.host, client.base_url.port or 0)) as leaving:
                leaving.sendall(f"GET /sparql?{query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            return True
        answer = client.get("/sparql", params=query)
        assert (answer.status_code, answer.text) == (200, whole)
        return True

    with ThreadPoolExecutor(20) as threads:
        assert all(threads.map(ask, range(200)))
    assert len(json.loads(whole)["results"]["bindings"]) > 100


def test_head_tells_what_get_would_send_without_sending_it(client: httpx.Client) -> None:
    asked = {"query": NAMES}
    head, get = client.head("/sparql", params=asked), client.get("/sparql", params=asked)
    assert (head.status_code, head.content) == (200, b"")
    assert {name: head.headers[name] for name in ("content-type", "content-length", "vary")} == {
        name: get.headers[name] for name in ("content-type", "content-length", "vary")
    }


def test_pages_of_other_sites_may_ask_but_send_no_credentials(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": NAMES}, headers={"origin": "https://example.org"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    asked = {"origin": "https://example.org", "access-control-request-method": "POST", "access-control-request-headers": "content-type"}
    preflight = client.options("/sparql", headers=asked)
    assert preflight.status_code == 204
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert "content-type" in preflight.headers["access-control-allow-headers"]
    assert "authorization" not in preflight.headers["access-control-allow-headers"]
    wrong = client.get("/sparql", params={"query": "SELECT"}, headers={"origin": "https://example.org"})
    assert wrong.headers["access-control-allow-origin"] == "*", "a page may show why its query is wrong"


def test_the_service_and_the_graph_describe_themselves(client: httpx.Client) -> None:
    service = client.get("/sparql", headers={"accept": "application/n-triples"})
    assert f"<{client.base_url}/sparql>".replace("//sparql", "/sparql") in service.text
    assert "SPARQL11Query" in service.text
    assert "SPARQL11Update" not in service.text
    people = client.get("/sparql", headers={"accept": "text/html"})
    assert (people.status_code, people.headers["location"]) == (303, "/editor")
    void = client.get("/.well-known/void", headers={"accept": "text/turtle"})
    assert "void:sparqlEndpoint" in void.text
    assert "void:triples" in void.text


def test_a_graph_is_read_by_its_name(client: httpx.Client) -> None:
    page = names(client.get("/sparql", params={"query": "SELECT ?name { ?name a <https://schema.org/WebPage> } ORDER BY ?name"}).text)[0]
    graph = client.get("/graph-store", params={"graph": page}, headers={"accept": "application/n-triples"})
    count = names(client.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?name) { ?s ?p ?o }", "default-graph-uri": page}).text)
    assert [str(len(graph.text.splitlines()))] == count
    assert client.get("/graph-store?graph=https://example.org/none").status_code == 404
    assert client.get("/graph-store?graph=https://example.org/none&default").status_code == 400
    assert client.get("/graph-store").status_code == 400
    assert client.head("/graph-store?default").status_code == 200


def test_health_and_metrics_tell_how_it_does(client: httpx.Client) -> None:
    client.get("/sparql", params={"query": "ASK {}"})
    health = client.get("/health")
    assert (health.status_code, health.json()["status"]) == (200, "ok")
    lines = client.get("/metrics").text.splitlines()
    counts = {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines if not line.startswith("#")}
    assert counts['confgraph_requests_total{task="query",status="200"}'] >= 1
    assert counts["confgraph_workers"] >= 1
    assert counts['confgraph_worker_resident_bytes{worker="0"}'] > 1e6


TOKEN = "0123456789abcdef"  # noqa: S105


def test_updates_are_seen_at_once_and_only_by_those_with_the_token(small_out: Path, tmp_path: Path, serving: Serving) -> None:
    shutil.copytree(small_out, tmp_path / "out")
    insert = "INSERT DATA { <https://example.org/s> <https://example.org/p> 1 }"
    asked = {"query": "ASK { <https://example.org/s> <https://example.org/p> 1 }"}
    with serving(tmp_path / "out", token=TOKEN) as url, httpx.Client(base_url=url, timeout=60) as client:
        before = client.get("/sparql", params=asked)
        for header in ({}, {"authorization": "Bearer 0123456789abcdeX"}, {"authorization": f"Basic {TOKEN}"}, {"authorization": "Bearer"}):
            refused = client.post("/sparql", data={"update": insert}, headers=header)
            assert (refused.status_code, refused.headers["www-authenticate"]) == (401, 'Bearer realm="confgraph"')
            assert client.delete("/graph-store?default", headers=header).status_code == 401
        done = client.post("/sparql", data={"update": insert}, headers={"authorization": f"Bearer {TOKEN}"})
        assert (done.status_code, done.content) == (204, b"")
        after = client.get("/sparql", params=asked, headers={"if-none-match": before.headers["etag"]})
        assert (before.json()["boolean"], after.json()["boolean"]) == (False, True)
        wrong = client.post("/sparql", data={"update": "INSERT"}, headers={"authorization": f"Bearer {TOKEN}"})
        assert (wrong.status_code, "line 1, column" in wrong.text) == (400, True)
    assert [path.name for path in tmp_path.iterdir()] == ["out"], "no copies are left"
    with serving(tmp_path / "out") as url:
        assert httpx.get(f"{url}/sparql", params=asked).json()["boolean"] is True


def test_a_new_build_is_served_with_no_failed_request(small_quads: list[Quad], tmp_path: Path, serving: Serving) -> None:
    out = tmp_path / "out"
    asked = {"query": "SELECT (COUNT(*) AS ?name) { ?s ?p ?o }"}
    knowledge = [quad for quad in small_quads if quad.graph_name == DefaultGraph()]

    def build(count: int) -> None:
        new = tmp_path / f"new-{count}"
        new.mkdir()
        write_store(new / "store", knowledge[:count])
        (new / "manifest.json").write_text(json.dumps({"count": count}), encoding="utf-8")
        if out.exists():
            out.rename(tmp_path / f"old-{count}")
        new.rename(out)
        shutil.rmtree(tmp_path / f"old-{count}", ignore_errors=True)

    build(1)
    with serving(out) as url, httpx.Client(base_url=url, timeout=60) as client:

        def ask(_: int) -> tuple[str, str]:
            answer = client.get("/sparql", params=asked)
            assert answer.status_code == 200, answer.text
            return names(answer.text)[0], answer.headers["etag"]

        with ThreadPoolExecutor(8) as threads:
            held = {tag for _, tag in threads.map(ask, range(8))}
            for count in (2, 3):
                build(count)
                end = time.monotonic() + 20
                answers = set(threads.map(ask, range(8)))
                while (len(answers) > 1 or held & {tag for _, tag in answers}) and time.monotonic() < end:
                    time.sleep(0.02)
                    answers = set(threads.map(ask, range(8)))
                assert {answer for answer, _ in answers} == {str(count)}
                assert len(held | {tag for _, tag in answers}) == count, "every build has a tag of its own"
                held |= {tag for _, tag in answers}


def test_a_folder_without_a_graph_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="holds no graph"):
        run_server(tmp_path)
    with pytest.raises(OutputError, match="holds no graph"):
        asyncio.run(Server(tmp_path).start())


def test_a_taken_port_is_an_error(small_out: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OutputError, match="cannot listen there"):
            run_server(small_out, "127.0.0.1", taken.getsockname()[1])


def test_errors_travel_between_processes() -> None:
    error = pickle.loads(pickle.dumps(RequestError(406, "no")))  # noqa: S301
    assert (error.status, error.what) == (406, "no")
    busy = pickle.loads(pickle.dumps(BusyError("server", "full")))  # noqa: S301
    assert str(busy) == "server: full"
