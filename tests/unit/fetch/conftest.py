"""A web server on this machine that can misbehave, and a world in which its address is public and time is cheap."""

from __future__ import annotations

import socket
import socketserver
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from http.client import parse_headers
from ipaddress import ip_address

import pytest
import trustme

from confgraph.fetch import networks
from confgraph.fetch.transport import Outside

TEXT = b"Orals\n\nAda Lovelace\nAbstract\n\nWe present an engine.\n"


@dataclass
class Request:
    path: str
    headers: dict[str, str]
    sni: str | None = None


@cache
def authority() -> trustme.CA:
    """Give the certificate authority of this run."""
    return trustme.CA()


def trusting() -> ssl.SSLContext:
    """Make a client's context that trusts that authority and those of the system."""
    context = ssl.create_default_context()
    authority().configure_trust(context)
    return context


Script = Callable[[socket.socket], None]


@dataclass
class Web:
    """The server: `pages` holds what each path answers, in turn, the last one for ever; a path that is not there is 404."""

    port: int
    pages: dict[str, Sequence[bytes | Script]] = field(default_factory=dict)
    asked: list[Request] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    @staticmethod
    def answer(status: str = "200 OK", body: bytes = b"", *headers: str) -> bytes:
        """Write a whole answer with its length."""
        head = "".join(f"{header}\r\n" for header in (*headers, f"Content-Length: {len(body)}"))
        return f"HTTP/1.1 {status}\r\n{head}\r\n".encode("latin-1") + body

    @staticmethod
    def page(body: bytes = TEXT, *headers: str, kind: str = "text/plain") -> bytes:
        return Web.answer("200 OK", body, f"Content-Type: {kind}", *headers)

    def url(self, path: str = "/orals", host: str = "pages.test", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def serve(self, path: str, *answers: bytes | Script) -> str:
        self.pages[path] = answers
        return self.url(path)

    def paths(self) -> list[str]:
        return [request.path for request in self.asked]

    def handle(self, wire: socket.socket, sni: str | None = None) -> None:
        stream = wire.makefile("rb")
        line = stream.readline().decode("latin-1").split()
        if len(line) < 2:
            return
        asked = Request(line[1], {name.lower(): value for name, value in parse_headers(stream).items()}, sni)
        before = self.paths().count(asked.path)
        self.asked.append(asked)
        answers = self.pages.get(asked.path, (self.answer("404 Not Found"),))
        chosen = answers[min(before, len(answers) - 1)]
        if callable(chosen):
            chosen(wire)
        else:
            wire.sendall(chosen)


@pytest.fixture
def web() -> Iterator[Web]:
    yield from _serve(None)


@pytest.fixture
def tls_web() -> Iterator[Web]:
    """The same over TLS, as `pages.test`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority().issue_cert("pages.test").configure_cert(context)
    yield from _serve(context)


def _serve(context: ssl.SSLContext | None) -> Iterator[Web]:
    names: list[str | None] = []
    if context:
        context.sni_callback = lambda _socket, name, _context: names.append(name)

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            try:
                wire = context.wrap_socket(self.request, server_side=True) if context else self.request
                with wire:
                    web.handle(wire, names[-1] if names else None)
            except OSError:  # the client went away, as it should where the server misbehaves
                pass

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = True

    with Server(("127.0.0.1", 0), Handler) as server:
        web = Web(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield web
        web.over.set()
        server.shutdown()
        thread.join()


@dataclass
class World:
    """What the tests have outside: names, a clock that only sleeping moves, and what was slept and looked up."""

    hosts: dict[str, list[str]] = field(default_factory=lambda: {"pages.test": ["127.0.0.1"], "other.test": ["127.0.0.1"]})
    at: float = 1_900_000_000.0
    slept: list[float] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)
    real_time: bool = False
    trust: Callable[[], ssl.SSLContext] = trusting

    def resolve(self, host: str, port: int) -> list[str]:
        del port
        self.looked_up.append(host)
        try:
            return [str(ip_address(host))]
        except ValueError:
            if host in self.hosts:
                return self.hosts[host]
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known") from None

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds

    @property
    def outside(self) -> Outside:
        """The world for `confgraph.fetch`; 127.0.0.1 counts as public, all else as it is."""

        def refusal(address: networks.IP) -> str | None:
            return None if str(address) == "127.0.0.1" else networks.refusal(address)

        clock = time.monotonic if self.real_time else lambda: self.at
        return Outside(self.resolve, refusal, self.trust, lambda: self.at, clock, self.sleep)


@pytest.fixture
def world() -> World:
    return World()
