"""The tools of the Model Context Protocol server: each asks a worker process, which has limits of time and memory.

Source: Model Context Protocol, specification (tools); the official Python SDK.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, Any, Final

import uvicorn
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import Field

from confgraph import __version__
from confgraph.errors import ConfgraphError
from confgraph.graph.store import open_store
from confgraph.serve.limits import Limits
from confgraph.serve.server import listen, set_grace
from confgraph.serve.workers import Pool

_READS: Final = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
_OK: Final = 200
_INSTRUCTIONS: Final = (
    "A knowledge graph of conference papers, people, institutions, methods, datasets, tasks and metrics, read from pages. "
    "Search for names to get IRIs, describe an IRI for its facts, or ask SPARQL. Every fact comes with its evidence: the exact "
    "words of a page, with their offsets in code points and how sure the reading is. Quote them when you state a fact."
)

Limit = Annotated[int, Field(ge=1, le=200, description="The most results to give.")]
Iri = Annotated[str, Field(description="An IRI of the graph, or short: method/x or method:x.")]
Text = Annotated[str, Field(description="Words of a name; beginnings and small misspellings are found too.")]
KindName = Annotated[str | None, Field(description="Only things of this kind, such as papers, people, methods, datasets.")]
Property = Annotated[str, Field(description="An IRI or a prefixed name, such as cg:introduces.")]
Value = Annotated[str, Field(description="The IRI of the object, or the text of a literal.")]
Sparql = Annotated[str, Field(description="A SPARQL 1.1 query; the prefixes that `schema` lists are known.")]
QuestionName = Annotated[str, Field(description="A name that `list_questions` gives.")]
Parameters = Annotated[dict[str, str] | None, Field(description="Values of its parameters, instead of the defaults.")]


class _Tools:
    """What agents can call; the first line of each is what they are told of it."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def search(self, text: Text, kind: KindName = None, limit: Limit = 10) -> dict[str, Any]:
        """Find papers, people, institutions, methods, datasets, tasks and more by their names."""
        return await self._call("search", text=text, kind=kind, limit=limit)

    async def describe(self, iri: Iri, limit: Limit = 50) -> dict[str, Any]:
        """Give all facts about one thing, in both directions, each with the words of the pages that state it."""
        return await self._call("describe", iri=iri, limit=limit)

    async def evidence(self, subject: Iri, property: Property, value: Value) -> dict[str, Any]:
        """Give the words that state one fact: page, offsets, exact quote with context, confidence."""
        return await self._call("evidence", subject=subject, property=property, value=value)

    async def query(self, sparql: Sparql, limit: Limit = 50) -> dict[str, Any]:
        """Answer a read-only SPARQL query as a table, within a limit of time."""
        return await self._call("query", sparql=sparql, limit=limit)

    async def schema(self) -> dict[str, Any]:
        """List the prefixes, classes and properties of the graph, with counts and meanings."""
        return await self._call("schema")

    async def list_questions(self) -> dict[str, Any]:
        """List example questions with their SPARQL, to ask as they are or to learn from."""
        return await self._call("list_questions")

    async def ask_question(self, name: QuestionName, parameters: Parameters = None, limit: Limit = 50) -> dict[str, Any]:
        """Answer one of the example questions."""
        return await self._call("ask_question", name=name, parameters=parameters or {}, limit=limit)

    async def _call(self, tool: str, **arguments: Any) -> dict[str, Any]:
        try:
            head = {"task": "tool", "tool": tool, "arguments": arguments, "accept": "application/json", "gzip": False}
            reply = await self._pool.call(head, client="agent")
            body = reply.body + b"".join([piece async for piece in reply.rest()])
        except ConfgraphError as error:
            raise ToolError(str(error)) from error
        if reply.status != _OK:
            raise ToolError(body.decode())
        answer: dict[str, Any] = json.loads(body)
        return answer


def create_server(out: Path, limits: Limits | None = None) -> MCPServer[None]:
    """Make the server of a folder that `confgraph build` wrote; its worker processes live as long as it runs."""
    pool = Pool(out, limits or Limits())

    @asynccontextmanager
    async def lifespan(_: MCPServer[None]) -> AsyncIterator[None]:
        await pool.start()
        try:
            yield None
        finally:
            await pool.close()

    server: MCPServer[None] = MCPServer(
        "confgraph", instructions=_INSTRUCTIONS, version=__version__, lifespan=lifespan, log_level="WARNING"
    )
    tools = _Tools(pool)
    for tool in (tools.search, tools.describe, tools.evidence, tools.query, tools.schema, tools.list_questions, tools.ask_question):
        server.add_tool(tool, annotations=_READS)
    return server


def run(out: Path, host: str | None, port: int, timeout: float, ready: Callable[[str], None] = lambda _: None) -> None:
    """Serve a folder until the client leaves: over standard input and output, or over HTTP at `/mcp` where a host is given.

    `ready` is told the address as soon as HTTP is listened to; port 0 lets the system choose.

    Raises:
        OutputError: the folder holds no graph, or the address cannot be listened at.
    """
    open_store(out)
    limits = Limits(timeout=timeout)
    server = create_server(out, limits)
    if host is None:
        server.run("stdio")
        return
    config = uvicorn.Config(server.streamable_http_app(host=host), host=host, port=port, log_level="critical", access_log=False)
    set_grace(config, limits)
    listen(config, lambda address: ready(f"{address}mcp"))
