"""Make one request: to an address that was checked, within limits of time and size.

The name is resolved once, every address that it has is checked, and the connection goes to the address and not to the name, so that
an answer of the name server that changes in between leads nowhere else. TLS still proves the name.
"""

from __future__ import annotations

import io
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from http.client import HTTPException
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final, cast

from urllib3 import HTTPHeaderDict
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, ProtocolError
from urllib3.response import HTTPResponse

from confgraph.errors import SourceError
from confgraph.fetch import networks
from confgraph.fetch.address import Address

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer as Buffer

_OK: Final = 200
_HEAD: Final = 262_144
"""The bytes that the head of an answer may have; servers allow themselves far fewer."""
_STEP: Final = 65_536
_SHOWN: Final = 100
"""The characters of a server's own words that a message shows."""


class TransientError(SourceError):
    """A request failed in a way that may pass: the same request can succeed later."""


class HostError(SourceError):
    """A host is not known, or may not be connected to: no page of it can be fetched."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one request may take: seconds to connect, between two reads, and in all; bytes of the body, packed and unpacked."""

    connect: float = 10.0
    read: float = 15.0
    total: float = 60.0
    size: int = 64_000_000


def _resolve(host: str, port: int) -> Sequence[str]:
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


@cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()


@dataclass(frozen=True, slots=True)
class Outside:
    """What lies outside the process: names, addresses, trust and time. Tests give their own.

    `resolve` gives the addresses of a host, `refusal` says of an address why it may not be connected to, `now` counts seconds
    since 1970 and `clock` those since any moment.
    """

    resolve: Callable[[str, int], Sequence[str]] = _resolve
    refusal: Callable[[networks.IP], str | None] = networks.refusal
    trust: Callable[[], ssl.SSLContext] = _trust
    now: Callable[[], float] = time.time
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer; the body is unpacked, and empty for every status but 200. The names of headers have no case."""

    status: int
    reason: str
    headers: HTTPHeaderDict = field(default_factory=HTTPHeaderDict)
    body: bytes = b""

    @property
    def says(self) -> str:
        """Give status and reason for people."""
        return f"{self.status} {self.reason[:_SHOWN]}".strip()


def request(address: Address, headers: Mapping[str, str], bounds: Bounds, outside: Outside) -> Reply:
    """Ask for an address.

    Raises:
        HostError: the host is not known, or one of its addresses may not be connected to.
        SourceError: the answer is no HTTP, takes too long, is too large, or packed in an unknown way.
        TransientError: there is no answer, or none in time, or it ends too early.
    """
    url = address.url
    until = outside.clock() + bounds.total
    try:
        with closing(_connect(address, bounds, until, outside)) as connection, closing(connection.sock) as opened:
            guard = _Guard(opened, url, bounds, until, outside.clock)
            connection.sock = cast("socket.socket", guard)
            return _exchange(connection, guard, address, headers)
    except ProtocolError as error:
        raise TransientError(url, "the answer is incomplete", "try again later") from error
    except ConnectionError as error:  # before HTTPException, since a server that closes without a word raises both
        raise TransientError(url, "closed the connection", "try again later") from error
    except (HTTPException, HTTPError) as error:
        raise SourceError(url, f"answers what is not HTTP ({str(error)[:_SHOWN]})", "check the address") from error
    except OSError as error:
        raise TransientError(url, f"the connection broke ({error.strerror or error})", "try again later") from error


def _exchange(connection: HTTPConnection, guard: _Guard, address: Address, headers: Mapping[str, str]) -> Reply:
    asked = {"Host": address.authority, "Accept-Encoding": "gzip", "Connection": "close", **headers}
    connection.request("GET", address.target, headers=asked, preload_content=False, decode_content=False)
    answer = connection.getresponse()
    with closing(answer):
        guard.allow_body()
        body = _read_body(answer, address.url, guard.bounds.size) if answer.status == _OK else b""
    return Reply(answer.status, answer.reason or "", answer.headers, body)


def _connect(address: Address, bounds: Bounds, until: float, outside: Outside) -> HTTPConnection:
    """Connect to the first address of the host that answers."""
    why: Exception | None = None
    for place in _places(address, outside):
        seconds = min(bounds.connect, until - outside.clock())
        if seconds <= 0:
            break
        connection = _connection(address, place, seconds, outside)
        try:
            connection.connect()
        except ssl.SSLCertVerificationError as error:
            connection.close()
            what = f"its certificate does not hold ({error.verify_message.rstrip('.')})"
            raise SourceError(address.url, what, "check the address, and the clock and certificates of this machine") from error
        except (OSError, HTTPError) as error:
            connection.close()
            why = error
        else:
            return connection
    raise TransientError(address.url, f"cannot be connected to ({_reason(why)})", "check the address, or try again later") from why


def _connection(address: Address, place: str, seconds: float, outside: Outside) -> HTTPConnection:
    if address.scheme == "http":
        return HTTPConnection(place, address.port, timeout=seconds)
    return HTTPSConnection(place, address.port, timeout=seconds, server_hostname=address.host, ssl_context=outside.trust())


def _places(address: Address, outside: Outside) -> Sequence[str]:
    """Resolve the host and check every address that it has: one that is closed closes the host."""
    try:
        places = outside.resolve(address.host, address.port)
    except socket.gaierror as error:
        kind = TransientError if error.errno == socket.EAI_AGAIN else HostError
        raise kind(address.url, f"the host {address.host} is not known", "check the address and the connection") from error
    except UnicodeError as error:
        raise HostError(address.url, f"the host {address.host} cannot be looked up", "check the address") from error
    for place in places:
        if kind_of := outside.refusal(ip_address(place)):
            what = f"{address.host} is {kind_of} address" + (f" ({place})" if place != address.host else "")
            raise HostError(address.url, what, "pass --allow-private if it is yours to read")
    return places


def _reason(error: Exception | None) -> str:
    """Find what the system said below the library's own words."""
    below: BaseException | None = error
    while below is not None:
        if isinstance(below, OSError) and (below.strerror or isinstance(below, TimeoutError)):
            return below.strerror or "no answer in time"
        below = below.__cause__ or below.__context__
    return str(error) if error else "no time is left"


class _Guard:
    """A socket, as far as urllib3 uses one, whose every read is bounded in time and whose reads together are bounded in size.

    A limit on single reads alone would let a server that sends a byte every few seconds hold us for ever. Whoever made the
    socket closes it: urllib3 calls `close` as soon as the head has come.
    """

    def __init__(self, opened: socket.socket, url: str, bounds: Bounds, until: float, clock: Callable[[], float]) -> None:
        self.bounds = bounds
        self._socket, self._url, self._until, self._clock = opened, url, until, clock
        self._left = _HEAD
        self._too_large = SourceError(url, f"the head of the answer has more than {_HEAD:,} bytes", "check the address")

    def allow_body(self) -> None:
        """Allow what a body may have, now that the head has come."""
        self._left = self.bounds.size + _HEAD
        self._too_large = _page_too_large(self._url, self.bounds.size)

    def receive(self, buffer: Buffer) -> int:
        """Read into a buffer once; 0 at the end."""
        self._allow_time()
        try:
            count = self._socket.recv_into(buffer)
        except TimeoutError as error:
            self._check_time()
            raise TransientError(self._url, f"sent nothing for {self.bounds.read:g} s", "try again later") from error
        self._left -= count
        if self._left < 0:
            raise self._too_large
        return count

    def sendall(self, data: bytes) -> None:
        self._allow_time()
        self._socket.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        del mode  # only "rb" is asked for
        return io.BufferedReader(_Reads(self), _STEP)

    def settimeout(self, seconds: float | None) -> None:
        """Pass over urllib3's own limit: every read has one."""

    def close(self) -> None:
        """Leave the socket open: the body is still to be read."""

    def _allow_time(self) -> None:
        self._check_time()
        self._socket.settimeout(min(self.bounds.read, self._until - self._clock()))

    def _check_time(self) -> None:
        if self._clock() >= self._until:
            raise SourceError(self._url, f"took more than {self.bounds.total:g} s", "raise --timeout, or try again later")


class _Reads(io.RawIOBase):
    """What a guarded socket receives, as a file."""

    def __init__(self, guard: _Guard) -> None:
        self._guard = guard

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        return self._guard.receive(buffer)


def _page_too_large(url: str, size: int) -> SourceError:
    """Say that a page has more bytes than are taken."""
    return SourceError(url, f"the page has more than {size:,} bytes", "save it by hand, and split it")


def _read_body(answer: HTTPResponse, url: str, size: int) -> bytes:
    """Read and unpack a body; both what is sent and what it unpacks to are bounded."""
    if (answer.length_remaining or 0) > size:
        raise _page_too_large(url, size)
    pieces: Iterable[bytes] = answer.stream(_STEP, decode_content=False)
    coding = answer.headers.get("content-encoding", "").strip().lower()
    if coding in ("gzip", "x-gzip"):
        pieces = _unpack(pieces, url)
    elif coding not in ("", "identity"):
        raise SourceError(url, f"is packed as {coding!r}, which was not asked for", "fetch it by hand")
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > size:
            raise _page_too_large(url, size)
    return bytes(body)


def _unpack(pieces: Iterable[bytes], url: str) -> Iterator[bytes]:
    """Unpack gzip in small steps, one member after the other, so that a bomb is noticed before it fills the memory."""
    unpacking = zlib.decompressobj(wbits=31)
    try:
        for piece in pieces:
            rest = piece
            while rest:
                if unpacking.eof:
                    if not rest.startswith(b"\x1f"):  # padding after the last member (RFC 1952, 2.2 knows none; servers do)
                        return
                    unpacking = zlib.decompressobj(wbits=31)
                yield unpacking.decompress(rest, _STEP)  # what is left inside comes before the trailer is taken
                rest = unpacking.unused_data if unpacking.eof else unpacking.unconsumed_tail
    except zlib.error as error:
        raise SourceError(url, "says that it is gzip, but is not", "fetch it by hand") from error
    if not unpacking.eof:
        raise TransientError(url, "the answer is incomplete", "try again later")
