"""The W3C's tests of the SPARQL Protocol, the Graph Store Protocol and Service Description, as their manifests say them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.compare import isomorphic

from confgraph.graph.store import write_store

CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
TOKEN = "a token of the tests"  # noqa: S105
FORMATS = {
    "tabular": ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"),
    "boolean": ("application/sparql-results+json", "application/sparql-results+xml"),
    "RDF": ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"),
}


@dataclass
class Case:
    """One test: its requests in order, and the graphs that it starts from."""

    name: str
    manifest: rdflib.Graph
    node: rdflib.term.Node

    def requests(self) -> Iterator[rdflib.term.Node]:
        action = self.manifest.value(self.node, MF.action)
        yield from Collection(self.manifest, self.manifest.value(action, HT.requests))

    def text(self, node: rdflib.term.Node | None, predicate: rdflib.URIRef) -> str | None:
        value = self.manifest.value(node, predicate)
        return None if value is None else str(value)

    def headers(self, node: rdflib.term.Node) -> dict[str, str]:
        listed = self.manifest.value(node, HT.headers)
        rows = Collection(self.manifest, listed) if listed else []
        return {str(self.text(row, HT.fieldName)): str(self.text(row, HT.fieldValue)) for row in rows}

    def body(self, node: rdflib.term.Node) -> bytes | None:
        content = self.manifest.value(node, HT.body)
        if content is None:
            return None
        return str(self.text(content, CNT.chars)).encode(str(self.text(content, CNT.characterEncoding)))


@cache
def cases(path: Path) -> list[Case]:
    manifest = rdflib.Graph().parse(path)
    listed = manifest.value(predicate=rdflib.RDF.type, object=MF.Manifest)
    entries = Collection(manifest, manifest.value(listed, MF.entries))
    return [Case(str(entry).rpartition("#")[2], manifest, entry) for entry in entries]


@pytest.fixture(scope="module")
def endpoint(serving: Callable[..., AbstractContextManager[str]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """An endpoint over an empty store, whose client may change it."""
    out = tmp_path_factory.mktemp("w3c") / "out"
    out.mkdir()
    write_store(out / "store", ())
    with serving(out, token=TOKEN) as url, httpx.Client(base_url=url, timeout=60) as client:
        client.headers["authorization"] = f"Bearer {TOKEN}"
        yield client


def prepare(endpoint: httpx.Client, case: Case, folder: Path) -> None:
    """Empty the store, and put in what the test starts from."""
    empty = endpoint.post("/sparql", data={"update": "DROP ALL"})
    assert empty.status_code == 204, empty.text
    for data in case.manifest.objects(case.node, UT.graphData):
        name = str(case.manifest.value(data, rdflib.RDFS.label))
        source = folder / str(case.manifest.value(data, UT.graph)).rpartition("/")[2]
        put = endpoint.put(
            "/graph-store", params={"graph": name}, content=source.read_bytes(), headers={"content-type": "application/n-triples"}
        )
        assert put.status_code == 201


def wanted(case: Case, reply: rdflib.term.Node) -> set[str]:
    """The statuses that a test takes, such as `200` or `2xx`."""
    named = {"OK": "200", "Created": "201", "NoContent": "204", "NotFound": "404"}
    told = (str(status).rpartition("#")[2] for status in case.manifest.objects(reply, MF.expectedStatus))
    return {named.get(status, status.removeprefix("StatusCode")) for status in told}


def check(case: Case, reply: rdflib.term.Node, answer: httpx.Response) -> None:
    statuses = wanted(case, reply)
    code = str(answer.status_code)
    assert statuses, "the manifest says what it expects"
    assert {code, f"{code[0]}xx"} & statuses, (case.name, answer.status_code, answer.text)
    media = answer.headers.get("content-type", "").partition(";")[0]
    if kind := case.text(reply, MF.expectedFormat):
        assert media in FORMATS[kind]
    if (truth := case.manifest.value(reply, MF.expectedBoolean)) is not None:
        assert answer.json()["boolean"] is truth.toPython()
    for name, value in case.headers(reply).items():
        assert answer.headers[name] == value
    if (body := case.body(reply)) is not None:
        base = str(answer.request.url)
        expected = rdflib.Graph().parse(data=body, format="turtle", publicID=base)
        assert isomorphic(rdflib.Graph().parse(data=answer.content, format="turtle", publicID=base), expected)


def run(case: Case, endpoint: httpx.Client, move: Callable[[str], str]) -> None:
    location = ""
    for request in case.requests():
        path = move(str(case.text(request, HT.absolutePath)).replace("$LOCATION$", quote(location, safe="")))
        body = case.body(request)
        headers = case.headers(request)
        answer = endpoint.request(str(case.text(request, HT.methodName)), path, content=body, headers=headers)
        reply = case.manifest.value(request, HT.resp)
        assert reply is not None
        check(case, reply, answer)
        if case.text(reply, MF.expectedLocation):
            location = answer.headers["location"]


def move_graphs(path: str) -> str:
    return path.replace("/gsp", "/graph-store", 1)


@pytest.mark.parametrize("number", range(34))
def test_protocol(number: int, shared: Path, endpoint: httpx.Client) -> None:
    folder = shared / "w3c" / "protocol"
    known = cases(folder / "manifest.ttl")
    assert len(known) == 34
    prepare(endpoint, known[number], folder)
    run(known[number], endpoint, lambda path: path)


@pytest.mark.parametrize("number", range(13))
def test_graph_store_protocol(number: int, shared: Path, endpoint: httpx.Client) -> None:
    folder = shared / "w3c" / "graph-store-protocol"
    known = [case for name in ("manifest-direct.ttl", "manifest-indirect.ttl") for case in cases(folder / name)]
    assert len(known) == 13
    prepare(endpoint, known[number], folder)
    run(known[number], endpoint, move_graphs)


def returns_rdf(description: httpx.Response, graph: rdflib.Graph, url: str) -> None:
    assert description.headers["content-type"].partition(";")[0] in FORMATS["RDF"]
    assert len(graph) > 0, url


def has_endpoint_triple(_: httpx.Response, graph: rdflib.Graph, url: str) -> None:
    assert list(graph.subjects(SD.endpoint, rdflib.URIRef(url)))


def conforms_to_schema(_: httpx.Response, graph: rdflib.Graph, url: str) -> None:
    """The description uses the vocabulary's classes and properties as their domains and ranges say."""
    ranges: dict[Any, Any] = {SD.defaultDataset: SD.Dataset, SD.defaultGraph: SD.Graph, SD.namedGraph: SD.NamedGraph}
    domains: dict[Any, Any] = {
        SD.endpoint: SD.Service, SD.supportedLanguage: SD.Service, SD.resultFormat: SD.Service, SD.defaultDataset: SD.Service,
        SD.defaultGraph: SD.Dataset, SD.namedGraph: SD.Dataset, SD.name: SD.NamedGraph,
    }  # fmt: skip
    for subject, predicate, value in graph:
        if predicate != rdflib.RDF.type:
            assert (subject, rdflib.RDF.type, domains[predicate]) in graph, url
        if predicate in ranges:
            assert (value, rdflib.RDF.type, ranges[predicate]) in graph
    assert (None, SD.supportedLanguage, SD.SPARQL11Query) in graph
    assert (None, SD.supportedLanguage, SD.SPARQL11Update) in graph
    assert list(graph.objects(None, SD.name)) == [rdflib.URIRef("http://example.org/one")]


CHECKS = {"has-endpoint-triple": has_endpoint_triple, "returns-rdf": returns_rdf, "conforms-to-schema": conforms_to_schema}


@pytest.mark.parametrize("number", range(3))
def test_service_description(number: int, shared: Path, endpoint: httpx.Client) -> None:
    known = cases(shared / "w3c" / "service-description" / "manifest.ttl")
    assert sorted(case.name for case in known) == sorted(CHECKS)
    prepare(endpoint, known[number], shared)
    endpoint.put("/graph-store?graph=http://example.org/one", content=b"", headers={"content-type": "text/turtle"})
    description = endpoint.get("/sparql")
    assert description.status_code == 200
    url = str(description.request.url)
    CHECKS[known[number].name](description, rdflib.Graph().parse(data=description.content, format="turtle"), url)
