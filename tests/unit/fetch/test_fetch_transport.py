"""One request to a server that misbehaves: each fault gets its own words, in bounded time and memory."""

from __future__ import annotations

import gzip
import socket
import ssl
import struct
import time
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from confgraph.errors import SourceError
from confgraph.fetch.address import parse
from confgraph.fetch.transport import Bounds, Outside, Reply, TransientError, request

if TYPE_CHECKING:
    from conftest import Web, World

QUICK = Bounds(connect=2, read=0.2, total=0.5, size=100_000)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"


def ask(url: str, world: World, bounds: Bounds = QUICK, **headers: str) -> Reply:
    return request(parse(url), headers, bounds, world.outside)


def refused(url: str, world: World, what: str, *, passes: bool = False) -> SourceError:
    with pytest.raises(SourceError, match=what) as caught:
        ask(url, world)
    assert caught.value.where == url
    assert caught.value.hint
    assert isinstance(caught.value, TransientError) == passes, "says whether it is worth another try"
    return caught.value


def test_an_answer_is_read(web: Web, world: World) -> None:
    url = web.serve("/a?b=c", web.page(b"A page.", "ETag: x", "X-A: 1", "X-A: 2"))
    reply = ask(url, world, **{"If-None-Match": "y"})
    assert (reply.status, reply.says, reply.body) == (200, "200 OK", b"A page.")
    assert (reply.headers["etag"], reply.headers["x-a"]) == ("x", "1, 2")
    (asked,) = web.asked
    assert asked.headers["host"] == f"pages.test:{web.port}"
    assert asked.headers["if-none-match"] == "y"
    assert "cookie" not in asked.headers
    assert "authorization" not in asked.headers


def test_chunks_and_gzip_are_undone(web: Web, world: World) -> None:
    packed = gzip.compress(b"A page " * 1000) + gzip.compress(b"in two parts.") + b"\x00\x00"
    pieces = b"".join(b"%x\r\n%b\r\n" % (len(packed[i : i + 7]), packed[i : i + 7]) for i in range(0, len(packed), 7))
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
    assert ask(web.serve("/", head + pieces + b"0\r\n\r\n"), world).body == b"A page " * 1000 + b"in two parts."


@pytest.mark.parametrize("size", [65_535, 65_536, 65_537, 99_999])
def test_what_unpacks_to_whole_steps_is_complete(size: int, web: Web, world: World) -> None:
    url = web.serve("/", web.page(gzip.compress(b"a" * size), "Content-Encoding: gzip"))
    assert len(ask(url, world).body) == size


def test_a_body_without_length_ends_with_the_connection(web: Web, world: World) -> None:
    assert ask(web.serve("/", HEAD + b"\r\nA page."), world).body == b"A page."


# What takes too long


def test_a_server_that_sends_nothing(web: Web, world: World) -> None:
    world.real_time = True
    refused(web.serve("/", lambda _: web.over.wait(5) and None), world, r"sent nothing for 0\.2 s", passes=True)


def drip(data: bytes, pause: float) -> object:
    def send(wire: socket.socket) -> None:
        for byte in data:
            wire.sendall(bytes([byte]))
            time.sleep(pause)

    return send


def test_a_head_that_drips(web: Web, world: World) -> None:
    world.real_time = True
    url = web.serve("/", drip(HEAD + b"X: " + b"a" * 100, 0.02))
    began = time.monotonic()
    refused(url, world, r"took more than 0\.5 s")
    assert time.monotonic() - began < 5


def test_a_body_that_drips(web: Web, world: World) -> None:
    world.real_time = True
    refused(web.serve("/", drip(HEAD + b"\r\n" + b"a" * 100, 0.02)), world, r"took more than 0\.5 s")


def test_chunks_that_drip(web: Web, world: World) -> None:
    world.real_time = True
    url = web.serve("/", drip(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1;" + b"x" * 99, 0.02))
    refused(url, world, r"took more than 0\.5 s")


def test_interim_answers_without_end(web: Web, world: World) -> None:
    def send(wire: socket.socket) -> None:
        while True:
            wire.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000)

    refused(web.serve("/", send), world, "head of the answer has more than")


# What is too large


def endless(head: bytes, piece: bytes) -> object:
    def send(wire: socket.socket) -> None:
        wire.sendall(head)
        while True:
            wire.sendall(piece)

    return send


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (HEAD + b"\r\n", b"a" * 1000),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"3e8\r\n" + b"a" * 1000 + b"\r\n"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"X-Trailer: " + b"a" * 1000 + b"\r\n"),
        (HEAD + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"")),
    ],
)
def test_a_body_without_end(head: bytes, piece: bytes, web: Web, world: World) -> None:
    refused(web.serve("/", endless(head, piece)), world, "the page has more than 100,000 bytes")


def test_a_length_beyond_the_limit_is_not_read_at_all(web: Web, world: World) -> None:
    refused(web.serve("/", HEAD + b"Content-Length: 100001\r\n\r\n"), world, "the page has more than 100,000 bytes")


def test_a_gzip_bomb(web: Web, world: World) -> None:
    bomb = gzip.compress(b"\x00" * 50_000_000)
    assert len(bomb) < 100_000
    url = web.serve("/", web.page(bomb, "Content-Encoding: gzip"))
    tracemalloc.start()
    refused(url, world, "the page has more than 100,000 bytes")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000, "it is never unpacked as a whole"


@pytest.mark.parametrize(
    "line", [b"X: " + b"a" * 1_000_000 + b"\r\n", b"X: a\r\n" * 1000, (b"X: " + b"a" * 60_000 + b"\r\n") * 90, b"X" * 70_000]
)
def test_a_huge_head(line: bytes, web: Web, world: World) -> None:
    url = web.serve("/", b"HTTP/1.1 200 OK\r\n" + line + b"\r\nA page.")
    refused(url, world, "head of the answer has more than|more than 100 headers|more than 65536 bytes")


# What is not what it says


@pytest.mark.parametrize(
    "data",
    [
        HEAD + b"Content-Length: 100\r\n\r\nA page.",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nA page.",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\nA page.\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1" + b"0" * 99_000,
        HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"A page." * 100)[:-9],
    ],
)
def test_an_answer_that_is_broken_off(data: bytes, web: Web, world: World) -> None:
    refused(web.serve("/", data), world, "the answer is incomplete", passes=True)


def test_a_length_that_is_too_small_cuts_what_follows(web: Web, world: World) -> None:
    assert ask(web.serve("/", HEAD + b"Content-Length: 7\r\n\r\nA page. And more."), world).body == b"A page."


def test_a_connection_that_is_closed_or_reset(web: Web, world: World) -> None:
    def reset(wire: socket.socket) -> None:
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    refused(web.serve("/closed", lambda _: None), world, "closed the connection", passes=True)
    refused(web.serve("/reset", reset), world, "closed the connection", passes=True)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"SSH-2.0-OpenSSH_9.2\r\n", "answers what is not HTTP"),
        (b"\x16\x03\x01\x02\x00\r\n", "answers what is not HTTP"),
        (b"HTTP/1.1 two OK\r\n\r\n", "answers what is not HTTP"),
        (HEAD + b"Content-Length: 7, 8\r\n\r\nA page.", "answers what is not HTTP"),
        (HEAD + b"Content-Encoding: br\r\n\r\nA page.", "is packed as 'br'"),
        (HEAD + b"Content-Encoding: gzip, gzip\r\n\r\nA page.", "is packed as 'gzip, gzip'"),
        (HEAD + b"Content-Encoding: gzip\r\n\r\nA page.", "says that it is gzip, but is not"),
    ],
)
def test_an_answer_that_cannot_be_read(data: bytes, what: str, web: Web, world: World) -> None:
    refused(web.serve("/", data), world, what)


def test_random_answers_never_escape_as_other_errors(web: Web, world: World) -> None:
    seeds = [HEAD + b"Content-Length: 7\r\n\r\nA page.", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\nA page.\r\n0\r\n\r\n"]
    cases = [
        seed[:at] + change + seed[at + 1 :] for seed in seeds for at in range(0, len(seed), 2) for change in (b"", b"\xff", b"\r\n", b"-")
    ]
    outcomes = set()
    for i, case in enumerate(cases):
        try:
            outcomes.add(ask(web.serve(f"/{i}", case), world).status)
        except SourceError as error:
            outcomes.add(type(error).__name__)
    assert {200, "SourceError", "TransientError"} <= outcomes


# Where the connection goes


@pytest.mark.parametrize(
    ("places", "kind"),
    [
        (["10.0.0.1"], "a private"),
        (["127.0.0.2"], "a loopback"),
        (["169.254.169.254"], "a link-local"),
        (["::1"], "a loopback"),
        (["::ffff:127.0.0.2"], "a loopback"),
        (["127.0.0.1", "10.0.0.1"], "a private"),  # one that may be connected to does not open the host
        (["0.0.0.0"], "an unspecified"),  # noqa: S104
    ],
)
def test_hosts_that_are_not_public_are_not_connected_to(places: list[str], kind: str, web: Web, world: World) -> None:
    world.hosts["inside.test"] = places
    error = refused(web.url("/", "inside.test"), world, f"inside.test is {kind} address")
    assert "--allow-private" in error.hint
    assert web.asked == []


@pytest.mark.parametrize("host", ["127.1", "2130706434", "0x7f.0.0.2", "0177.0.0.2", "localhost", "[::1]", "[::ffff:7f00:2]"])
def test_no_spelling_of_an_address_passes(host: str, web: Web, world: World) -> None:
    own = Outside(trust=world.trust)
    with pytest.raises(SourceError, match="a loopback address"):
        request(parse(web.url("/", host)), {}, QUICK, own)
    assert web.asked == []


def test_a_name_that_changes_its_address_leads_nowhere_else(web: Web, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name server says a public address when it is checked, and a private one from then on."""
    system = []
    real = socket.getaddrinfo

    def getaddrinfo(host: str, *args: object, **kwargs: object) -> object:
        system.append(host)
        return real(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    world.hosts["rebind.test"] = ["127.0.0.1"]
    resolve = world.resolve

    def resolve_once(host: str, port: int) -> list[str]:
        found = resolve(host, port)
        world.hosts["rebind.test"] = ["10.0.0.1"]
        return found

    world.resolve = resolve_once  # type: ignore[method-assign]
    web.serve("/", web.page())
    assert ask(web.url("/", "rebind.test"), world).status == 200
    assert world.looked_up == ["rebind.test"]
    assert system == ["127.0.0.1"], "the connection is made to the address, which needs no name server"
    assert web.asked[0].headers["host"] == f"rebind.test:{web.port}"


def test_the_next_address_is_tried_where_one_does_not_answer(web: Web, world: World) -> None:
    world.hosts["pages.test"] = ["127.0.0.9", "127.0.0.1"]
    outside = Outside(world.resolve, lambda _: None, world.trust, world.outside.now, world.outside.clock, world.sleep)
    web.serve("/", web.page())
    assert request(parse(web.url("/")), {}, QUICK, outside).status == 200


def test_a_host_that_is_not_known_or_not_there(world: World) -> None:
    refused("http://nowhere.test/", world, "the host nowhere.test is not known")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    refused(f"http://pages.test:{port}/", world, "cannot be connected to .*Connection refused", passes=True)


def test_a_name_that_no_name_server_takes() -> None:
    with pytest.raises(SourceError, match=r"cannot be looked up|is not known"):
        request(parse(f"http://{'a' * 64}.test/"), {}, QUICK, Outside())


# TLS


def test_tls_proves_the_name_though_the_connection_goes_to_the_address(tls_web: Web, world: World) -> None:
    tls_web.serve("/", tls_web.page(b"A page."))
    assert ask(tls_web.url("/", scheme="https"), world).body == b"A page."
    (asked,) = tls_web.asked
    assert asked.sni == "pages.test"
    assert asked.headers["host"] == f"pages.test:{tls_web.port}"


def test_certificates_that_do_not_hold_are_refused(tls_web: Web, world: World) -> None:
    tls_web.serve("/", tls_web.page())
    refused(tls_web.url("/", "other.test", "https"), world, "its certificate does not hold .*other.test")
    refused(tls_web.url("/", "127.0.0.1", "https"), world, "its certificate does not hold")
    world.trust = ssl.create_default_context
    refused(tls_web.url("/", scheme="https"), world, "its certificate does not hold .*issuer")
    assert tls_web.asked == []


def test_a_server_that_speaks_no_tls(web: Web, world: World) -> None:
    refused(web.url("/", scheme="https"), world, "cannot be connected to", passes=True)


def test_a_tls_server_that_drips_is_bounded_too(tls_web: Web, world: World) -> None:
    world.real_time = True
    tls_web.serve("/", drip(HEAD + b"X: " + b"a" * 100, 0.02))
    refused(tls_web.url("/", scheme="https"), world, r"took more than 0\.5 s")
