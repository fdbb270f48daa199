"""Put the server together: its paths, the processes behind them, and the watch for new builds."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from confgraph import __version__
from confgraph.errors import OutputError
from confgraph.graph.store import FOLDER
from confgraph.serve.endpoints import GRAPHS, SPARQL, Endpoints
from confgraph.serve.endpoints import Path as Answering
from confgraph.serve.limits import Limits
from confgraph.serve.workers import Pool
from confgraph.serve.writer import Writer

_LOOK: Final = 0.5
"""So many seconds are between two looks for a new build."""

Identity = tuple[int, ...]


class Server:
    """The application `app` and the processes behind it, which live from its start to its end.

    Args:
        out: a folder that `confgraph build` wrote; a new build in its place is served from then on.
        limits: what clients get at most.
        token: allows updates to those who send it; without it nobody may change anything.

    `trouble` is why it could not start, where it could not.
    """

    def __init__(self, out: Path, limits: Limits = Limits(), token: str = "") -> None:  # noqa: B008  (frozen)
        self._out = out.resolve()
        self._seen = _identity(self._out)
        self._version = _digest(self._out)
        self._start = secrets.token_hex(8)
        self.trouble: OutputError | None = None
        self.pool = Pool(self._out, limits)
        self._writer = Writer(self._out, self.pool, limits) if token else None
        endpoints = Endpoints(self.pool, limits, self.version, self._writer, token.encode())
        reading, writing = ("GET", "HEAD"), ("GET", "HEAD", "POST", "PUT", "DELETE")
        paths = {
            SPARQL: Answering(endpoints.sparql, ("GET", "HEAD", "POST")),
            f"{SPARQL}/": Answering(endpoints.sparql, ("GET", "HEAD", "POST")),
            GRAPHS: Answering(endpoints.graph_store, writing),
            f"{GRAPHS}/{{name:path}}": Answering(endpoints.graph_store, writing),
            "/.well-known/void": Answering(endpoints.void, reading),
            "/health": Answering(endpoints.health, reading, open_to_all=False),
            "/metrics": Answering(endpoints.metrics, reading, open_to_all=False),
            "/{path:path}": Answering(endpoints.page, reading),
        }
        self._often = {path: paths[path] for path in (SPARQL, "/health", "/metrics")}
        self._routes = Starlette(routes=[Route(path, answer) for path, answer in paths.items()], lifespan=self._lifespan)

    async def app(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as an ASGI application; the paths that programs ask most need no search for their route."""
        answer = self._often.get(scope["path"]) if scope["type"] == "http" else None
        await (answer or self._routes)(scope, receive, send)

    def version(self) -> str:
        """Name what the store holds now: the build, or where updates are allowed the state since the start."""
        return f"{self._start}-{self.pool.generation}" if self._writer else self._version

    async def start(self) -> None:
        """Start the processes.

        Raises:
            OutputError: the folder holds no graph, or it cannot be opened.
        """
        if self._writer is not None:
            await self._writer.start()
            self._seen = _identity(self._out)
        await self.pool.start()

    async def stop(self) -> None:
        """End the processes."""
        await self.pool.close()
        if self._writer is not None:
            await self._writer.close()

    @asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        try:
            try:
                await self.start()
            except OutputError as error:
                self.trouble = error
                raise
            watch = asyncio.get_running_loop().create_task(self._watch())
            try:
                yield
            finally:
                watch.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await watch
        finally:
            await self.stop()

    async def _watch(self) -> None:
        """Look for a new build now and then, and for processes that have ended."""
        while True:
            await asyncio.sleep(_LOOK)
            self.pool.tend()
            found = _identity(self._out)
            if found and found != self._seen:
                self._version = _digest(self._out)
                if self._writer is not None:
                    await self._writer.reopen()
                    found = _identity(self._out)
                else:
                    self.pool.swap(self._out)
                self._seen = found


def _identity(out: Path) -> Identity:
    """Tell builds apart by what the system notes of their files; nothing while there is none."""
    try:
        store, manifest = (out / FOLDER).stat(), out / "manifest.json"
        made = manifest.stat() if manifest.exists() else store
        return (store.st_dev, store.st_ino, made.st_ino, made.st_mtime_ns if manifest.exists() else 0)
    except OSError:  # a build is just being put in place
        return ()


def _digest(out: Path) -> str:
    """Hash what a build says of itself and when it was made, and the version of the package that makes answers of it."""
    with contextlib.suppress(OSError):
        manifest = out / "manifest.json"
        said = manifest.read_bytes() if manifest.exists() else b""
        return hashlib.sha256(said + repr((__version__, _identity(out))).encode()).hexdigest()[:32]
    return ""
