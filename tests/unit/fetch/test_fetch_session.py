"""Manners: robots.txt, pauses, retries, redirects. Time passes only where the session sleeps."""

from __future__ import annotations

import email.utils
import socket
from typing import TYPE_CHECKING

import pytest

from confgraph import __version__
from confgraph.errors import SourceError
from confgraph.fetch import robots
from confgraph.fetch.address import parse
from confgraph.fetch.cache import Entry
from confgraph.fetch.session import Manners, Session
from confgraph.fetch.transport import Bounds, Reply

if TYPE_CHECKING:
    from conftest import Web, World


def session(world: World, delay: float = 1.0) -> Session:
    return Session(Manners(delay, Bounds(read=0.2, total=0.5, size=100_000)), world.outside)


def get(url: str, world: World, known: Entry | None = None) -> Reply:
    return session(world).get(parse(url), known)[1]


def refused(url: str, world: World, what: str) -> SourceError:
    with pytest.raises(SourceError, match=what) as caught:
        get(url, world)
    assert caught.value.where == url
    assert caught.value.hint
    return caught.value


# robots.txt


def test_robots_is_asked_first_and_once(web: Web, world: World) -> None:
    one, two = web.serve("/a", web.page()), web.serve("/b", web.page())
    polite = session(world)
    for url in (one, two):
        assert polite.get(parse(url), None)[1].status == 200
    assert web.paths() == ["/robots.txt", "/a", "/b"]
    assert {asked.headers["user-agent"] for asked in web.asked} == {f"confgraph/{__version__}"}


def test_what_robots_forbids_is_not_asked_for(web: Web, world: World) -> None:
    web.serve("/robots.txt", web.page(b"User-agent: *\nDisallow: /private\nAllow: /private/orals$\n"))
    for path in ("/public", "/private/orals"):
        assert get(web.serve(path, web.page()), world).status == 200
    refused(web.serve("/private/posters", web.page()), world, "its robots.txt does not allow it")
    assert "/private/posters" not in web.paths()


def test_the_group_that_names_confgraph_counts_before_the_others(web: Web, world: World) -> None:
    web.serve("/robots.txt", web.page(b"User-agent: *\nDisallow:\n\nUser-agent: ConfGraph\nDisallow: /\n"))
    refused(web.serve("/a", web.page()), world, "its robots.txt does not allow it")
    web.serve("/robots.txt", web.page(b"User-agent: *\nDisallow: /\n\nUser-agent: confgraph\nAllow: /\n"))
    assert get(web.url("/a"), world).status == 200


@pytest.mark.parametrize("status", ["401 Unauthorized", "403 Forbidden", "404 Not Found", "410 Gone", "204 No Content"])
def test_without_robots_all_is_allowed(status: str, web: Web, world: World) -> None:
    web.serve("/robots.txt", web.answer(status))
    assert get(web.serve("/a", web.page()), world).status == 200


def no_answer(_: socket.socket) -> None:
    """Close the connection without a word."""


@pytest.mark.parametrize(
    ("answer", "asked"),
    [
        (b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n", 4),
        (b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n", 4),
        (b"HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n", 4),
        (no_answer, 4),
        (b"HTTP/1.1 501 Not Implemented\r\nContent-Length: 0\r\n\r\n", 1),
        (b"HTTP/1.1 302 Found\r\nLocation: /robots.txt\r\nContent-Length: 0\r\n\r\n", 6),
        (b"HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/robots.txt\r\nContent-Length: 0\r\n\r\n", 1),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 512001\r\n\r\n", 1),
    ],
)
def test_robots_that_cannot_be_read_allows_nothing(answer: object, asked: int, web: Web, world: World) -> None:
    web.serve("/robots.txt", answer)
    web.serve("/a", web.page())
    polite = session(world)
    for _ in range(2):
        with pytest.raises(SourceError, match=r"its robots\.txt cannot be read"):
            polite.get(parse(web.url("/a")), None)
    assert web.paths() == ["/robots.txt"] * asked, "the failure is remembered"


def test_a_host_that_cannot_be_asked_is_told_as_such(world: World) -> None:
    refused("http://nowhere.test/a", world, "http://nowhere.test/a: the host nowhere.test is not known")
    refused("http://10.0.0.1/a", world, "http://10.0.0.1/a: 10.0.0.1 is a private address; pass --allow-private")


def test_robots_that_comes_late_counts(web: Web, world: World) -> None:
    web.serve("/robots.txt", web.answer("500 Oops"), no_answer, web.answer("301 Moved", b"", "Location: /rules"))
    web.serve("/rules", web.page(b"User-agent: *\nDisallow: /a\n"))
    refused(web.serve("/a", web.page()), world, "its robots.txt does not allow it")
    assert get(web.serve("/b", web.page()), world).status == 200


def test_robots_that_would_fill_the_memory_is_refused(web: Web, world: World) -> None:
    for agents, rules in ((2_000, 2_000), (6_000, 1)):
        data = b"".join(b"User-agent: %d\n" % i for i in range(agents)) + b"Disallow: /\n" * rules
        with pytest.raises(SourceError, match="is too long to be read"):
            robots.read(data, "robots.txt")
    web.serve("/robots.txt", web.page(data))
    refused(web.serve("/a", web.page()), world, r"its robots.txt cannot be read: is too long to be read")


def test_patterns_made_to_take_long_do_not() -> None:
    rules = robots.read(b"User-agent: *\nDisallow: /" + b"*a" * 5_000 + b"b$\n", "robots.txt")
    assert rules.allows(parse("https://example.org/" + "a" * 20_000))


@pytest.mark.parametrize(
    "data", [b"", b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /x\r\n", b"\xff\xfe\x00", b"<html>none</html>", b"Disallow: /\n"]
)
def test_robots_of_any_bytes_are_read(data: bytes) -> None:
    rules = robots.read(data, "robots.txt")
    assert rules.allows(parse("https://example.org/a"))
    assert rules.allows(parse("https://example.org/x")) == (b"/x" not in data)


# Pauses


def test_a_host_is_asked_once_a_second(web: Web, world: World) -> None:
    polite = session(world, delay=1.5)
    for path in ("/a", "/b", "/c"):
        polite.get(parse(web.serve(path, web.page())), None)
    assert world.slept == [1.5, 1.5]


def test_hosts_do_not_wait_for_each_other(web: Web, world: World) -> None:
    polite = session(world)
    web.serve("/a", web.page())
    for host in ("pages.test", "other.test", "pages.test"):
        polite.get(parse(web.url("/a", host)), None)
    assert world.slept == [1.0]


@pytest.mark.parametrize(
    ("rule", "pause"),
    [
        ("Crawl-delay: 7", 7.0),
        ("Request-rate: 2/1m", 30.0),
        ("Crawl-delay: 0.1", 1.0),
        ("Crawl-delay: x", 1.0),
        ("Request-rate: 1/0s", 1.0),
    ],
)
def test_the_pause_that_robots_asks_for_is_made(rule: str, pause: float, web: Web, world: World) -> None:
    web.serve("/robots.txt", web.page(f"User-agent: *\n{rule}\n".encode()))
    polite = session(world)
    for path in ("/a", "/b"):
        polite.get(parse(web.serve(path, web.page())), None)
    assert world.slept == [pause], "the first page comes at once"


@pytest.mark.parametrize("rule", ["Crawl-delay: 86400", "Crawl-delay: 1e300", "Request-rate: 1/1d", "Request-rate: 1/1" + "0" * 4000])
def test_a_pause_that_is_too_long_is_said(rule: str, web: Web, world: World) -> None:
    web.serve("/robots.txt", web.page(f"User-agent: *\n{rule}\n".encode()))
    polite = session(world)
    assert polite.get(parse(web.serve("/a", web.page())), None)[1].status == 200
    with pytest.raises(SourceError, match=r"asks to wait (86,400|1,000,000,000) s"):
        polite.get(parse(web.serve("/b", web.page())), None)
    assert world.slept == []


# Retries


@pytest.mark.parametrize("bad", ["408 Timeout", "425 Too Early", "429 Too Many", "500 Oops", "502 Bad", "503 Busy", "504 Late"])
def test_a_fault_that_passes_is_waited_for(bad: str, web: Web, world: World) -> None:
    url = web.serve("/a", web.answer(bad), web.answer(bad), web.page())
    assert get(url, world).status == 200
    assert world.slept == [1.0, 2.0]


def test_connections_that_break_are_tried_again(web: Web, world: World) -> None:
    broken = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nA page."
    assert get(web.serve("/a", no_answer, broken, broken, web.page()), world).status == 200
    assert world.slept == [1.0, 2.0, 4.0]


def test_at_some_point_it_is_enough(web: Web, world: World) -> None:
    assert get(web.serve("/a", web.answer("500 Oops")), world).says == "500 Oops"
    refused(web.serve("/b", no_answer), world, "closed the connection")
    assert (web.paths().count("/a"), web.paths().count("/b")) == (4, 4)


@pytest.mark.parametrize("status", ["400 Bad", "401 Who", "403 No", "404 Not Found", "410 Gone", "451 Law", "501 Never"])
def test_a_fault_that_stays_is_not_tried_again(status: str, web: Web, world: World) -> None:
    assert get(web.serve("/a", web.answer(status)), world).says == status
    assert world.slept == []


def test_retry_after_is_honoured_as_number_and_date(web: Web, world: World) -> None:
    date = email.utils.formatdate(world.at + 90, usegmt=True)
    for i, said in enumerate(("17", date, "soon", "-5", "Thu, 01 Jan 1970 00:00:00 GMT")):
        assert get(web.serve(f"/{i}", web.answer("429 Too Many", b"", f"Retry-After: {said}"), web.page()), world).status == 200
    assert world.slept == [17.0, 90.0 - 17.0, 1.0, 1.0, 1.0]


@pytest.mark.parametrize("said", ["3600", "9" * 30, "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_retry_after_that_is_too_long_is_said(said: str, web: Web, world: World) -> None:
    refused(web.serve("/a", web.answer("503 Busy", b"", f"Retry-After: {said}")), world, "the host asks to wait [0-9,]+ s")
    assert world.slept == []


# Redirects


def redirect(location: str, status: str = "302 Found") -> bytes:
    return f"HTTP/1.1 {status}\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode("latin-1")


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
def test_redirects_are_followed(status: str, web: Web, world: World) -> None:
    web.serve("/new", web.page())
    final, reply = session(world).get(parse(web.serve("/old", redirect("new#top", status))), None)
    assert (final.url, reply.status) == (web.url("/new"), 200)


def test_five_redirects_are_enough(web: Web, world: World) -> None:
    for i in range(10):
        web.serve(f"/{i}", redirect(f"/{i + 1}"))
    web.serve("/10", web.page())
    assert get(web.url("/5"), world).status == 200
    refused(web.url("/4"), world, "leads on more than 5 times")


@pytest.mark.parametrize("location", ["/a", "/b", ""])
def test_circles_are_noticed(location: str, web: Web, world: World) -> None:
    web.serve("/b", redirect("/a"))
    refused(web.serve("/a", redirect(location)), world, "leads in a circle")
    assert len(web.asked) < 5


@pytest.mark.parametrize(
    ("location", "what"),
    [
        ("file:///etc/passwd", "leads to file:///etc/passwd: has the scheme 'file'"),
        ("ftp://example.org/a", "has the scheme 'ftp'"),
        ("http://user:secret@example.org/", "holds a name or password"),
        ("http://10.0.0.1/", "leads to http://10.0.0.1/: 10.0.0.1 is a private address"),
        ("http://127.0.0.2/", "is a loopback address"),
        ("http://[::ffff:7f00:2]/", "is a loopback address"),
        ("http://169.254.169.254/latest/meta-data/", "is a link-local address"),
        ("//inside.test/", "inside.test is a private address"),
        ("http://nowhere.test/", "the host nowhere.test is not known"),
    ],
)
def test_redirects_are_checked_like_the_first_address(location: str, what: str, web: Web, world: World) -> None:
    world.hosts["inside.test"] = ["192.168.1.1"]
    error = refused(web.serve("/a", redirect(location)), world, what)
    assert "secret" not in str(error)
    assert web.paths() == ["/robots.txt", "/a"]


def test_redirects_to_another_host_heed_its_robots(web: Web, world: World) -> None:
    web.serve("/robots.txt", web.answer("404 None"), web.page(b"User-agent: *\nDisallow: /b\n"))
    web.serve("/b", web.page())
    refused(
        web.serve("/a", redirect(web.url("/b", "other.test"))), world, r"leads to http://other.test:\d+/b: its robots.txt does not allow it"
    )
    assert web.paths() == ["/robots.txt", "/a", "/robots.txt"]


def test_a_redirect_to_the_same_name_is_checked_anew(web: Web, world: World) -> None:
    """The name server says a public address for the first two requests, and that of the machine's own network from then on."""

    def turn(wire: socket.socket) -> None:
        world.hosts["pages.test"] = ["192.168.1.1"]
        wire.sendall(redirect("/b"))

    web.serve("/b", web.page())
    refused(web.serve("/a", turn), world, "pages.test is a private address")
    assert web.paths() == ["/robots.txt", "/a"]


# Conditional requests


def test_conditions_go_only_to_the_address_that_answered(web: Web, world: World) -> None:
    web.serve("/new", web.answer("304 Not Modified"))
    known = Entry(
        web.serve("/old", redirect("/new")), web.url("/new"), "", "a.txt", {"etag": 'W/"1"', "last-modified": "yesterday"}, b"A page."
    )
    assert get(known.url, world, known).status == 304
    _, old, new = web.asked
    assert "if-none-match" not in old.headers
    assert (new.headers["if-none-match"], new.headers["if-modified-since"]) == ('W/"1"', "yesterday")
