"""Addresses: what is none is refused with the reason, and each has a file name of its own."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from confgraph.config import _ADDRESS
from confgraph.errors import SourceError
from confgraph.fetch.address import follow, parse

REFUSED = {
    "ftp://example.org/a": "has the scheme 'ftp'",
    "file:///etc/passwd": "has the scheme 'file'",
    "javascript:alert(1)": "has the scheme 'javascript'",
    "example.org/a": "has no scheme",
    "/orals": "has no scheme",
    "": "has no scheme",
    "http://": "is no address",
    "http:///a": "is no address",
    "http://a b/": "is no address",
    "http://example.org/a b": "is no address",
    "http://example.org/\r\nHost: evil": "is no address",
    "http://[::1/": "is no address",
    "http://[fe80::1%25eth0]/": "is no address",
    "http://example.org:99999/": "is no address",
    "http://user@example.org/": "holds a name or password",
    "http://user:secret@example.org/": "holds a name or password",
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_address_is_refused_with_the_reason(text: str) -> None:
    with pytest.raises(SourceError, match=re.escape(REFUSED[text])) as caught:
        parse(text)
    assert caught.value.hint
    assert "secret" not in str(caught.value), "passwords are not printed"


def test_addresses_get_their_normal_form() -> None:
    assert len(REFUSED) == 16
    wanted = {
        "HTTPS://Example.ORG": "https://example.org/",
        "https://example.org:443/a#top": "https://example.org/a",
        "http://example.org:8080?q=1": "http://example.org:8080/?q=1",
        "http://example.org/a/./b/../c": "http://example.org/a/c",
        "http://exämple.org/ü?q=é": "http://xn--exmple-cua.org/%C3%BC?q=%C3%A9",
        "http://[2606:4700::1]:81/": "http://[2606:4700::1]:81/",
        "http://h\\@evil.org/": "http://h/%5C@evil.org/",
        'http://example.org/"{}|': "http://example.org/%22%7B%7D%7C",
    }
    assert {text: parse(text).url for text in wanted} == wanted


def test_redirects_are_read_from_where_they_stand() -> None:
    base = parse("https://example.org/2031/orals?page=1")
    assert follow(base, "posters").url == "https://example.org/2031/posters"
    assert follow(base, "//other.org/a").url == "https://other.org/a"
    assert follow(base, "/caf\xc3\xa9").url == "https://example.org/caf%C3%A9", "bytes of UTF-8, read as Latin-1"
    for location in ("file:///etc/passwd", "gopher://example.org/", "http://u:p@example.org/", "http://[1/"):
        with pytest.raises(SourceError):
            follow(base, location)


NAMES = st.text(st.characters(blacklist_categories=("Cs",)), max_size=150)


@given(NAMES, st.sampled_from(["example.org", "EXAMPLE.org", "[2606:4700::1]", "a.b.c-d.example", "9.9.9.9"]))
def test_file_names_are_safe_everywhere(path: str, host: str) -> None:
    try:
        address = parse(f"https://{host}/{path}")
    except SourceError:
        return
    assert re.fullmatch(r"[a-z0-9][a-z0-9.-]{0,90}", address.stem)
    assert ".." not in address.stem
    assert _ADDRESS.fullmatch(address.url), "the sidecar takes the address"
    assert parse(address.url) == address


@given(NAMES, NAMES)
def test_different_pages_have_different_names(one: str, other: str) -> None:
    try:
        first, second = parse(f"https://example.org/{one}"), parse(f"https://example.org/{other}")
    except SourceError:
        return
    assert (first.stem == second.stem) == (first.url == second.url)


@given(st.text(st.characters(max_codepoint=255), max_size=60))
def test_any_location_is_read_or_refused(location: str) -> None:
    try:
        address = follow(parse("https://example.org/a"), location)
    except SourceError as error:
        assert error.hint  # noqa: PT017
    else:
        assert address.scheme in ("http", "https")
        assert address.url.isascii()


def test_an_endless_address_is_not_shown_as_a_whole() -> None:
    with pytest.raises(SourceError) as caught:
        parse("gopher://" + "a" * 100_000)
    assert len(str(caught.value)) < 500


def test_case_tells_pages_apart_on_every_file_system() -> None:
    assert parse("https://example.org/A").stem.lower() != parse("https://example.org/a").stem.lower()
