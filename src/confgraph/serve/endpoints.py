"""Answer the paths of the server: each turns a request into a task of a worker, and the worker's reply into an answer."""

from __future__ import annotations

import hashlib
import hmac
import json
import uuid
from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import parse_qsl

from starlette.types import Receive, Scope, Send

from confgraph.serve import explorer, metrics
from confgraph.serve.http import Headers, Http
from confgraph.serve.limits import Limits
from confgraph.serve.process import LostError, TimeLimitError
from confgraph.serve.protocol import GRAPH_TYPES, Request, RequestError, Update, negotiate, read_request
from confgraph.serve.turns import BusyError
from confgraph.serve.workers import Pool
from confgraph.serve.writer import Writer

SPARQL: Final = "/sparql"
GRAPHS: Final = "/graph-store"
_VARY: Final = ((b"vary", b"accept, accept-encoding"), (b"cache-control", b"no-cache"))
_HTML: Final = "text/html"
_READING: Final = ("GET", "HEAD")

Answer = Callable[[Http], Awaitable[None]]


class Endpoints:
    """What the paths of one server answer. `version` names what the store holds now; `token` allows updates."""

    def __init__(self, pool: Pool, limits: Limits, version: Callable[[], str], writer: Writer | None = None, token: bytes = b"") -> None:
        self._pool, self._limits, self._version = pool, limits, version
        self._writer, self._token = writer, token

    async def sparql(self, http: Http) -> None:
        """Answer the SPARQL Protocol."""
        body = b""
        if http.method == "POST":
            update = http.header(b"content-type").startswith("application/sparql-update")
            if update:
                self._authorize(http)
            body = await self._body(http, data=update or self._allows(http))
        request = read_request(http.method, http.query, http.header(b"content-type"), body)
        if isinstance(request, Request):
            await self._ask(http, {
                "task": "query", "query": request.query, "default": request.default_graphs, "named": request.named_graphs,
                "base": f"{http.origin}{SPARQL}",
            })  # fmt: skip
        elif isinstance(request, Update):
            self._authorize(http)
            await self._change(http, {
                "task": "update", "using": request.using, "using_named": request.using_named, "base": f"{http.origin}{SPARQL}",
            }, request.update.encode())  # fmt: skip
        elif negotiate(http.header(b"accept"), (*GRAPH_TYPES, _HTML)) == _HTML:
            await http.send_text(303, "people find a form there", ((b"location", b"/editor"), *_VARY))
        else:
            await self._ask(http, {"task": "service", "endpoint": f"{http.origin}{SPARQL}", "updates": self._writer is not None})

    async def void(self, http: Http) -> None:
        """Answer what the graph says of itself."""
        await self._ask(http, {"task": "void", "endpoint": f"{http.origin}{SPARQL}"})

    async def graph_store(self, http: Http) -> None:
        """Answer the Graph Store Protocol: a graph is named by `?graph=`, by `?default`, or by the address itself."""
        pairs = parse_qsl(http.query, keep_blank_values=True, errors="strict")
        names = [value for key, value in pairs if key == "graph"]
        default = any(key == "default" for key, _ in pairs)
        direct = http.raw_path.rstrip("/") != GRAPHS
        if len(names) + default + direct > 1:
            raise RequestError(400, "name one graph: ?graph=IRI or ?default")
        name = names[0] if names else f"{http.origin}{http.raw_path}" if direct else None
        if not (name or default) and http.method == "POST":
            name = f"{http.origin}{GRAPHS}/{uuid.uuid4()}"
        if not (name or default):
            raise RequestError(400, "name a graph: ?graph=IRI or ?default")
        if http.method in _READING:
            await self._ask(http, {"task": "graph", "graph": name})
            return
        self._authorize(http)
        if http.method == "DELETE":
            await self._change(http, {"task": "drop", "graph": name})
            return
        body = await self._body(http, data=True)
        media = http.header(b"content-type")
        base = name or f"{http.origin}{GRAPHS}"
        await self._change(http, {"task": "write", "graph": name, "media": media, "replace": http.method == "PUT", "base": base}, body)

    async def page(self, http: Http) -> None:
        """Answer a page for people, or an IRI of the graph in the format that the client likes."""
        asset = explorer.asset(http.path)
        if asset is None:
            await self._ask(http, {"task": "page", "path": http.path, "query": http.query})
            return
        headers = [(name.encode(), value.encode()) for name, value in asset.headers]
        tag = asset.header("etag")
        if tag and tag in http.header(b"if-none-match"):
            await http.send(304, b"", headers)
        else:
            await http.send(asset.status, asset.body, headers)

    async def health(self, http: Http) -> None:
        """Answer whether the server can answer."""
        state = {"status": "ok" if self._pool.ready else "no worker", "version": self._version(), **self._pool.load}
        headers = ((b"content-type", b"application/json"), (b"cache-control", b"no-store"))
        await http.send(200 if self._pool.ready else 503, json.dumps(state).encode() + b"\n", headers)

    async def metrics(self, http: Http) -> None:
        """Answer the counts of the server for Prometheus."""
        headers = ((b"content-type", metrics.CONTENT_TYPE.encode()), (b"cache-control", b"no-store"))
        await http.send(200, metrics.render(self._pool, self._version()).encode(), headers)

    async def _body(self, http: Http, *, data: bool) -> bytes:
        limits = self._limits
        return await http.body(limits.data if data else limits.body, max(limits.patience, limits.timeout) if data else limits.patience)

    def _allows(self, http: Http) -> bool:
        """Tell whether a request holds the token, compared in constant time."""
        scheme, _, token = http.header(b"authorization").partition(" ")
        given = token.strip().encode("latin-1")
        return self._writer is not None and scheme.casefold() == "bearer" and hmac.compare_digest(given, self._token)

    def _authorize(self, http: Http) -> None:
        if self._writer is None:
            raise RequestError(403, "the graph is read-only here; start the server with --updates to change it")
        if not self._allows(http):
            raise RequestError(401, "send the header `Authorization: Bearer TOKEN` with the token of this server")

    async def _ask(self, http: Http, head: dict[str, object]) -> None:
        """Have a reader answer, unless the client has the answer already."""
        tag = self._tag(http) if http.method in _READING else ""
        if tag and tag in http.header(b"if-none-match"):
            await http.send(304, b"", ((b"etag", tag.encode()), *_VARY))
            return
        head |= {"accept": http.header(b"accept"), "gzip": http.gzip}
        reply = await self._pool.call(head, client=http.client, leaving=http.leaving)
        headers: Headers = ((b"etag", tag.encode()), *_VARY) if tag and reply.steady else _VARY
        own = {name for name, _ in reply.headers}
        await http.send_reply(reply, [(name, value) for name, value in headers if name.decode() not in own])

    async def _change(self, http: Http, head: dict[str, object], body: bytes = b"") -> None:
        assert self._writer is not None  # noqa: S101  (authorised)
        await http.send_reply(await self._writer.change(head, body))

    def _tag(self, http: Http) -> str:
        """Name an answer by all that it depends on. It is weak, as compression changes its bytes."""
        what = "\n".join((self._version(), http.origin, http.raw_path, http.query, http.header(b"accept")))
        return f'W/"{hashlib.sha256(what.encode("latin-1", "replace")).hexdigest()[:32]}"'


class Path:
    """A path as an ASGI application: which methods it knows, what answers them, and how what goes wrong is told."""

    def __init__(self, answer: Answer, methods: tuple[str, ...], *, open_to_all: bool = True) -> None:
        self._answer, self._methods, self._open = answer, methods, open_to_all
        self._allow = ", ".join((*methods, "OPTIONS")).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        http = Http(scope, receive, send, open_to_all=self._open)
        if http.method == "OPTIONS":
            await http.send(204, b"", self._preflight())
            return
        if http.method not in self._methods:
            await http.send_text(405, f"{http.method} is not known here", ((b"allow", self._allow),), close=True)
            return
        try:
            await self._answer(http)
        except RequestError as error:
            challenge = ((b"www-authenticate", b'Bearer realm="confgraph"'),) if error.status == 401 else ()
            await http.send_text(error.status, error.what, challenge, close=http.method not in _READING)
        except BusyError as error:
            await http.send_text(429 if error.mine else 503, str(error), ((b"retry-after", b"1"),))
        except TimeLimitError as error:
            await http.send_text(504, str(error))
        except LostError as error:
            await http.send_text(500, str(error))
        except UnicodeDecodeError:
            await http.send_text(400, "the request is not in UTF-8")

    def _preflight(self) -> Headers:
        """Say what pages of other sites may do; they may send no credentials."""
        yield b"allow", self._allow
        if self._open:
            yield b"access-control-allow-methods", self._allow
            yield b"access-control-allow-headers", b"accept, content-type, if-none-match"
            yield b"access-control-max-age", b"86400"
