"""Run the server: listen, give slow and greedy connections up, and stop in time."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import uvicorn

from confgraph.errors import OutputError
from confgraph.graph.store import open_store
from confgraph.serve.app import Server
from confgraph.serve.limits import Limits

_CONNECTIONS: Final = 500
"""So many connections are open at most; further ones are told to come back."""
_HEAD: Final = 65_536
"""The most bytes of a request's line and headers."""


class _Gathering:
    """A transport that sends what is written at once, such as a head and a body, in one piece."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._pieces: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Take a piece, which is sent as soon as the loop runs again."""
        if not self._pieces:
            asyncio.get_running_loop().call_soon(self._send)
        self._pieces.append(data)

    def close(self) -> None:
        """Send what is left and close."""
        self._send()
        self._transport.close()

    def _send(self) -> None:
        if self._pieces:
            pieces, self._pieces = b"".join(self._pieces), []
            self._transport.write(pieces)


class _Guard(asyncio.Protocol):
    """What closes connections that do not send a request's head in time or in short; it stands before uvicorn's protocol."""

    patience: float
    cycle: Any
    transport: asyncio.Transport
    _size = 0
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wait for the first head."""
        super().connection_made(_Gathering(transport))  # type: ignore[arg-type]
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Look whether a head is whole now."""
        before = self.cycle
        super().data_received(data)
        if self.cycle is not before or self._is_answering():
            self._size = 0
            self._stop_waiting()
            return
        self._size += len(data)
        if self._size > _HEAD:
            self.transport.close()
        elif self._deadline is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _wait(self) -> None:
        self._deadline = asyncio.get_running_loop().call_later(self.patience, self._give_up)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _give_up(self) -> None:
        self._deadline = None
        if not self._is_answering():
            self.transport.close()


class _Running(uvicorn.Server):
    """A server that says where it listens, and ends its workers' requests when its grace is over."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[str], None]) -> None:
        super().__init__(config)
        self._ready = ready

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop on SIGINT and SIGTERM, and end as after any work that is done."""
        if not self.config.loaded:
            self.config.load()
        before = {}
        try:
            for number in (signal.SIGINT, signal.SIGTERM):
                before[number] = signal.signal(number, self.handle_exit)
        except ValueError:  # not the main thread: its owner stops the server
            before = {}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then tell the address, with the port that the system chose where none was asked for."""
        await super().startup(sockets)
        if self.started:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            self._ready(f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/")


def configure(server: Server, limits: Limits, host: str = "127.0.0.1", port: int = 0) -> uvicorn.Config:
    """Make the configuration with which uvicorn runs a server."""
    config = uvicorn.Config(
        server.app, interface="asgi3", host=host, port=port, log_level="critical", access_log=False, server_header=False, ws="none",
        proxy_headers="FORWARDED_ALLOW_IPS" in os.environ, limit_concurrency=_CONNECTIONS, h11_max_incomplete_event_size=_HEAD,
    )  # fmt: skip
    set_grace(config, limits)
    config.load()
    config.http_protocol_class = type("Guarded", (_Guard, config.http_protocol_class), {"patience": limits.patience})
    return config


def set_grace(config: uvicorn.Config, limits: Limits) -> None:
    """Let a server finish its answers for as long as the limits say when it is told to stop."""
    config.timeout_graceful_shutdown = limits.grace  # type: ignore[assignment]  # it waits so long, and takes any number


def run_server(
    out: Path,
    host: str = "127.0.0.1",
    port: int = 8000,
    *,
    limits: Limits = Limits(),  # noqa: B008  (frozen)
    token: str = "",
    ready: Callable[[str], None] = lambda _: None,
) -> None:
    """Serve a folder that `confgraph build` wrote, until the process is told to stop; `ready` is told the address.

    Args:
        out: the folder; a new build in its place is served from then on.
        host: the address to listen on.
        port: the port; 0 lets the system choose.
        limits: what clients get at most.
        token: allows updates to those who send it; without it nobody may change anything.
        ready: told the address as soon as the server listens.

    Raises:
        OutputError: the folder holds no graph, or the address cannot be listened at.
    """
    if not token:
        open_store(out)  # so that what is wrong is said before anything starts
    server = Server(out, limits, token)
    try:
        listen(configure(server, limits, host or "127.0.0.1", port), ready)
    except OutputError:
        if server.trouble is None:
            raise
    if server.trouble is not None:  # it did not come to listen
        raise server.trouble


def listen(config: uvicorn.Config, ready: Callable[[str], None]) -> None:
    """Run an application until the process is told to stop; `ready` is told the address as soon as it listens.

    Raises:
        OutputError: the address cannot be listened at.
    """
    try:
        _Running(config, ready).run()
    except SystemExit as error:  # uvicorn exits where it cannot listen
        what = "cannot listen there: the port is taken, or the address is not of this machine"
        raise OutputError(f"{config.host}:{config.port}", what, "choose another with --port or --host") from error
