"""The SPARQL Protocol over HTTP, as its clients see it."""

import asyncio
import json
import pickle
import re
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from pyoxigraph import Store
from starlette.applications import Starlette

from confgraph.errors import OutputError
from confgraph.graph.questions import Question, catalogue
from confgraph.graph.store import open_store
from confgraph.serve import create_app, run_server
from confgraph.serve.app import LONGEST_BODY
from confgraph.serve.page import render_page
from confgraph.serve.protocol import RequestError

NAMES = "PREFIX foaf: <http://xmlns.com/foaf/0.1/> SELECT ?name { ?p foaf:name ?name } ORDER BY ?name"
GRAPH = "CONSTRUCT { ?s a ?c } { ?s a ?c }"


@pytest.fixture(scope="module")
def store(small_out: Path) -> Store:
    return open_store(small_out)


class Client:
    """An HTTP client that speaks to the application in this process."""

    def __init__(self, app: Starlette) -> None:
        self._transport = httpx.ASGITransport(app)

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        async def send() -> httpx.Response:
            async with httpx.AsyncClient(transport=self._transport, base_url="http://localhost") as client:
                return await client.request(method, path, **options)

        return asyncio.run(send())

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.request("GET", path, **options)

    def post(self, path: str, **options: Any) -> httpx.Response:
        return self.request("POST", path, **options)


@pytest.fixture(scope="module")
def client(store: Store) -> Client:
    return Client(create_app(store))


def names(body: str) -> list[str]:
    return [row["name"]["value"] for row in json.loads(body)["results"]["bindings"]]


def test_get_and_both_posts_give_one_answer(client: Client) -> None:
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
        ("DESCRIBE ?p { ?p a <http://xmlns.com/foaf/0.1/Person> }", "*/*", "text/turtle; charset=utf-8", "@prefix"),
    ],
)
def test_the_client_chooses_the_format(client: Client, query: str, accept: str, content_type: str, start: str) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == content_type
    assert answer.text.startswith(start)


@pytest.mark.parametrize(
    ("query", "accept"), [(NAMES, "text/turtle"), (GRAPH, "text/csv"), ("ASK {}", "text/csv"), (NAMES, "text/csv;q=0")]
)
def test_a_format_that_there_is_not_is_406(client: Client, query: str, accept: str) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"accept": accept})
    assert answer.status_code == 406
    assert "can be had as" in answer.text


def test_the_data_set_can_be_chosen(client: Client) -> None:
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
    unknown = client.get("/sparql", params={"query": query, "default-graph-uri": "https://example.org/none"})
    assert (unknown.status_code, "there is no graph" in unknown.text) == (400, True)


@pytest.mark.parametrize(
    ("params", "status", "message"),
    [
        ({}, 400, "exactly one query, not 0"),
        ({"query": [NAMES, NAMES]}, 400, "exactly one query, not 2"),
        ({"query": "SELECT"}, 400, "line 1, column"),
        ({"query": "DROP ALL"}, 400, "read-only"),
        ({"query": "SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }"}, 400, "another endpoint"),
    ],
)
def test_a_wrong_request_says_why(client: Client, params: dict[str, str | list[str]], status: int, message: str) -> None:
    answer = client.get("/sparql", params=params)
    assert answer.status_code == status
    assert message in answer.text


def test_updates_are_not_spoken(client: Client) -> None:
    update = "CLEAR ALL"
    assert client.post("/sparql", content=update, headers={"content-type": "application/sparql-update"}).status_code == 415
    assert client.post("/sparql", data={"update": update}).status_code == 400
    assert client.request("PUT", "/sparql", content=update).status_code == 405
    assert names(client.get("/sparql", params={"query": NAMES}).text)


def test_bytes_that_are_not_text_are_refused(client: Client) -> None:
    for kind in ("application/sparql-query", "application/x-www-form-urlencoded"):
        answer = client.post("/sparql", content=b"query=\xff\xfe", headers={"content-type": kind})
        assert (answer.status_code, "UTF-8" in answer.text) == (400, True)
    assert client.get("/sparql?query=%FF").status_code == 400


def test_a_body_that_is_too_long_is_refused(client: Client) -> None:
    answer = client.post("/sparql", content=b" " * (LONGEST_BODY + 1), headers={"content-type": "application/sparql-query"})
    assert answer.status_code == 413


def test_the_page_has_a_form(client: Client) -> None:
    answer = client.get("/")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert '<form action="/sparql"' in answer.text


def test_the_page_offers_each_question_ready_to_run(client: Client) -> None:
    page = client.get("/").text
    offered = {
        name: unescape(text) for name, text in re.findall(r'<details id="([\w-]+)">.*?<textarea[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    }
    assert offered == {name: asked.text for name, asked in catalogue().items()}
    for name, text in offered.items():
        assert unescape(page).count(f"{catalogue()[name].title} <code>{name}</code>") == 1
        answer = client.get("/sparql", params={"query": text}, headers={"accept": "text/csv"})
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/csv; charset=utf-8"), name


def test_the_page_escapes_the_questions() -> None:
    asked = Question("q", "<script>alert(1)</script>?", "A row is <b>.", "?x", "all", {}, "ASK { ?s ?p '$query' } # </textarea><script>")
    page = render_page({"<i>all</i>": [asked]})
    assert "<script" not in page
    assert "<i>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;?" in page
    assert "$query" in page


@pytest.fixture
def server(store: Store) -> Iterator[str]:
    """The address of a server on loopback, in a thread of its own."""
    listener = socket.create_server(("127.0.0.1", 0))
    running = uvicorn.Server(uvicorn.Config(create_app(store), log_level="warning", lifespan="off"))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]})
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    running.should_exit = True
    thread.join()


def test_many_clients_at_once_get_the_answer_and_one_that_leaves_early_harms_none(server: str) -> None:
    query = httpx.QueryParams({"query": "SELECT * { GRAPH ?page { ?s ?p ?o } }"})
    with httpx.Client(base_url=server, timeout=60) as client:
        whole = client.get("/sparql", params=query).text

        def ask(number: int) -> bool:
            if number % 5 == 0:
                with socket.create_connection((client.base_url.host, client.base_url.port or 0)) as leaving:
                    leaving.sendall(f"GET /sparql?{query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
                return True
            return client.get("/sparql", params=query).text == whole

        with ThreadPoolExecutor(20) as threads:
            assert all(threads.map(ask, range(200)))
        assert len(json.loads(whole)["results"]["bindings"]) > 100


def test_head_tells_what_get_would_send_without_sending_it(server: str) -> None:
    asked = {"query": NAMES}
    head, get = httpx.head(f"{server}/sparql", params=asked), httpx.get(f"{server}/sparql", params=asked)
    assert (head.status_code, head.content) == (200, b"")
    assert {name: head.headers[name] for name in ("content-type", "content-length", "vary")} == {
        name: get.headers[name] for name in ("content-type", "content-length", "vary")
    }


def test_pages_of_other_sites_may_not_read_answers(server: str) -> None:
    """The graph may hold what is private; a browser reads it for another site only if it is told that it may."""
    answer = httpx.get(f"{server}/sparql", params={"query": NAMES}, headers={"origin": "https://example.org"})
    assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_a_taken_port_is_an_error(small_out: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OutputError, match="cannot listen there"):
            run_server(small_out, "127.0.0.1", taken.getsockname()[1])


def test_request_errors_travel_between_processes() -> None:
    error = pickle.loads(pickle.dumps(RequestError(406, "no")))  # noqa: S301
    assert (error.status, error.what) == (406, "no")
