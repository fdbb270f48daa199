"""Answer SPARQL 1.1 queries over HTTP at `/sparql`, read-only, and show people a form at `/`."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
    page = render_page(questions.by_readers())

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


class _Server(uvicorn.Server):
    """A server that leaves signals to its caller, and says where it listens."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[str], None]) -> None:
        super().__init__(config)
        self._ready = ready

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Install no handlers."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then tell the address, with the port that the system chose where none was asked for."""
        await super().startup(sockets)
        if self.started:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            self._ready(f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/")


def run_server(out: Path, host: str = "127.0.0.1", port: int = 8000, *, ready: Callable[[str], None] = lambda _: None) -> None:
    """Serve a folder that `confgraph build` wrote, until the process is ended; `ready` is told the address.

    Raises:
        OutputError: the folder holds no graph, or the address cannot be listened at.
    """
    config = uvicorn.Config(create_app(open_store(out)), host=host or "127.0.0.1", port=port, log_level="critical")
    try:
        _Server(config, ready).run()
    except SystemExit as error:  # uvicorn exits where it cannot listen
        what = "cannot listen there: the port is taken, or the address is not of this machine"
        raise OutputError(f"{host}:{port}", what, "choose another with --port or --host") from error
