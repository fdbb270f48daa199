"""Answer SPARQL 1.1 queries over HTTP at `/sparql`, read-only, and show people a form at `/`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import uvicorn
from pyoxigraph import Store
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as HttpRequest
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from confgraph.errors import OutputError, QueryError
from confgraph.graph import questions
from confgraph.graph.store import Answer, open_store, run
from confgraph.serve.page import render_page
from confgraph.serve.protocol import GRAPH_TYPES, ROW_TYPES, TRUTH_TYPES, Request, RequestError, negotiate, read_request

LONGEST_BODY: Final = 1_000_000
"""The bytes of a request's body that are read; a query is shorter."""


def create_app(store: Store) -> Starlette:
    """Make the application that answers queries from an open store."""
    page = render_page({title: questions.question(name, {}) for name, title in questions.titles().items()})

    async def show_page(_: HttpRequest) -> Response:
        return HTMLResponse(page)

    async def answer_query(http: HttpRequest) -> Response:
        try:
            request = read_request(http.method, http.url.query, http.headers.get("content-type", ""), await _read_body(http))
        except RequestError as error:
            return PlainTextResponse(f"{error.what}\n", error.status)
        return await run_in_threadpool(_respond, store, request, http.headers.get("accept", ""))

    return Starlette(routes=[Route("/", show_page), Route("/sparql", answer_query, methods=["GET", "POST"])])


async def _read_body(http: HttpRequest) -> bytes:
    """Read the body, refusing one that no query needs."""
    body = b""
    async for chunk in http.stream():
        body += chunk
        if len(body) > LONGEST_BODY:
            raise RequestError(413, f"a request may have {LONGEST_BODY:,} bytes")
    return body


def _respond(store: Store, request: Request, accept: str) -> Response:
    """Ask the store and write the answer in the format that the client likes best.

    Nothing that holds the answer leaves this function, no exception either: the library's results must be
    dropped by the thread that made them.
    """
    try:
        answer = run(store, request.query, default_graphs=request.default_graphs, named_graphs=request.named_graphs)
        types = _types(answer)
        media = negotiate(accept, list(types))
        if media is None:
            return PlainTextResponse(f"this answer can be had as {', '.join(types)}\n", 406)
        return Response(answer.serialize(types[media]), media_type=media, headers={"vary": "accept"})
    except QueryError as error:
        return PlainTextResponse(f"{error}\n", 400)


def _types(answer: Answer) -> dict[str, str]:
    if answer.is_graph:
        return GRAPH_TYPES
    return TRUTH_TYPES if answer.is_truth else ROW_TYPES


def run_server(out: Path, host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve a folder that `confgraph build` wrote, until interrupted.

    Raises:
        OutputError: the folder holds no graph, or the address is taken.
    """
    app = create_app(open_store(out))
    try:
        uvicorn.run(app, host=host, port=port, log_level="warning")
    except SystemExit as error:  # uvicorn has said why and exits where it cannot listen
        raise OutputError(f"{host}:{port}", "cannot listen there", "choose another port with --port") from error
