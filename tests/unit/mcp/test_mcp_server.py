"""What an agent gets over the Model Context Protocol, with the SDK's own client."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from confgraph.errors import OutputError
from confgraph.mcp.server import create_server, run
from confgraph.records import Reading
from confgraph.serve.limits import Limits

Calls = Callable[[Client], Awaitable[Any]]
CG = "https://w3id.org/confgraph/ontology#"


def asked(out: Path, calls: Calls, **limits: Any) -> Any:
    async def ask() -> Any:
        async with Client(create_server(out, Limits(**limits))) as client:
            return await calls(client)

    return asyncio.run(ask())


async def call(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    assert isinstance(result.structured_content, dict)
    return result.structured_content


def test_every_tool_is_told_of_with_its_arguments(small_out: Path) -> None:
    async def listed(client: Client) -> Any:
        return (await client.list_tools()).tools

    tools = asked(small_out, listed)
    assert {t.name for t in tools} == {"search", "describe", "evidence", "query", "schema", "list_questions", "ask_question"}
    assert all(t.description and t.annotations.read_only_hint for t in tools)
    assert all(field.get("description") for t in tools for field in t.input_schema["properties"].values())


def test_from_a_name_to_the_words_of_the_page(small_out: Path, small_readings: list[Reading]) -> None:
    async def calls(client: Client) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
        found = await call(client, "search", text="toybnk", kind="datasets")
        described = await call(client, "describe", iri=found["hits"][0]["iri"])
        link = next(row for row in described["links_here"] if row["property"] == "cg:evaluatesOn")
        quoted = await call(client, "evidence", subject=link["subject"], property="cg:evaluatesOn", value=described["iri"])
        return found, described, quoted

    found, described, quoted = asked(small_out, calls)
    assert [hit["label"] for hit in found["hits"]] == ["ToyBank"]
    assert described["kind"] == "datasets"
    assert quoted["evidence"], "the fact has words"
    texts = {reading.page.name: reading.page.text for reading in small_readings}
    for row in quoted["evidence"]:
        text = texts[row["page"]]
        assert text[row["start"] : row["end"]] == row["exact"]
        assert text[: row["start"]].endswith(row["prefix"])
        assert 0 < row["confidence"] <= 1


def test_a_query_is_cut_at_its_limit_and_says_so(small_out: Path) -> None:
    async def calls(client: Client) -> tuple[dict[str, Any], dict[str, Any]]:
        sparql = "SELECT ?type { ?s a ?type } ORDER BY ?type"
        return await call(client, "query", sparql=sparql, limit=2), await call(client, "query", sparql=f"{sparql} LIMIT 2", limit=2)

    cut, whole = asked(small_out, calls)
    assert (cut["columns"], len(cut["rows"]), cut["more"]) == (["type"], 2, True)
    assert whole == {**cut, "more": False}


@pytest.mark.parametrize(
    ("tool", "arguments", "says"),
    [
        ("query", {"sparql": "SELECT"}, "line 1"),
        ("query", {"sparql": "DELETE WHERE { ?s ?p ?o }"}, "query"),
        ("query", {"sparql": "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"}, "another endpoint"),
        ("describe", {"iri": "https://example.org/unheard-of"}, "search for a name first"),
        ("search", {"text": "toybank", "kind": "gadgets"}, "choose one of"),
        ("ask_question", {"name": "meaning-of-life"}, "no question named"),
    ],
)
def test_what_cannot_be_answered_is_an_error_that_says_what_to_do(small_out: Path, tool: str, arguments: dict[str, Any], says: str) -> None:
    async def calls(client: Client) -> Any:
        return await client.call_tool(tool, arguments)

    result = asked(small_out, calls)
    assert result.is_error
    assert says in result.content[0].text


def test_a_runaway_query_is_ended_and_the_next_one_answered(small_out: Path) -> None:
    async def calls(client: Client) -> tuple[Any, Any]:
        endless = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(6)) + " }"
        ended = await client.call_tool("query", {"sparql": endless})
        for _ in range(20):  # on a busy machine a new process may take longer to start than a call may wait
            answered = await client.call_tool("query", {"sparql": "ASK { ?s ?p ?o }"})
            if not answered.is_error:
                break
        return ended, answered.structured_content

    ended, answered = asked(small_out, calls, timeout=1.0)
    assert ended.is_error
    assert "longer than 1 seconds" in ended.content[0].text
    assert answered["rows"] == [["true"]]


def test_schema_and_questions_teach_how_to_ask(small_out: Path) -> None:
    async def calls(client: Client) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
        schema, questions = await call(client, "schema"), await call(client, "list_questions")
        answer = await call(client, "ask_question", name="evaluated-on", parameters={"dataset": "ToyBank"})
        return schema, questions, answer

    schema, questions, answer = asked(small_out, calls)
    evaluates = next(row for row in schema["terms"] if row["term"] == "cg:evaluatesOn")
    assert evaluates["is"] == "property"
    assert evaluates["count"] >= 1
    assert evaluates["comment"]
    assert schema["prefixes"]["cg"] == CG
    assert "evaluated-on" in {question["name"] for question in questions["questions"]}
    assert answer["rows"]
    assert '"ToyBank"' in answer["sparql"]


def test_the_command_serves_over_standard_input_and_output(small_out: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = StdioServerParameters(command=sys.executable, args=["-m", "confgraph", "mcp", str(small_out)], env=environment)

    async def ask() -> dict[str, Any]:
        async with Client(stdio_client(command)) as client:
            return await call(client, "search", text="ToyBank")

    assert asyncio.run(ask())["total"] >= 1


def test_the_command_tells_its_address_and_serves_there_over_http(small_out: Path) -> None:
    command = [sys.executable, "-m", "confgraph", "mcp", str(small_out), "--http", "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}

    async def ask(address: str) -> dict[str, Any]:
        async with Client(address) as client:
            return await call(client, "search", text="ToyBank")

    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr
            told = re.search(r"http://127\.0\.0\.1:\d+/mcp", server.stderr.readline())
            assert told
            assert asyncio.run(ask(told[0]))["total"] >= 1
        finally:
            server.terminate()
    assert server.returncode == 0


def test_no_graph_is_told_before_anything_is_served(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="holds no graph"):
        run(tmp_path, None, 0, 30.0)


def test_a_port_in_use_is_told_with_what_to_do(small_out: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OutputError, match=f"127.0.0.1:{port}: cannot listen there: .* choose another with --port"):
            run(small_out, "127.0.0.1", port, 30.0)
