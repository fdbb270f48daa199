"""The kind and encoding of a page: taken from the server where it knows, from address and content where it does not."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from confgraph.errors import SourceError
from confgraph.fetch.media import choose_suffix, page_bytes

KNOWN = frozenset({"", ".txt", ".md", ".html", ".bib", ".json", ".pdf"})
URL = "https://example.org/a"
CHOSEN = {
    ("text/html; charset=utf-8", "", b"<p>"): ".html",
    ("TEXT/HTML", ".bib", b"<p>"): ".html",
    ("application/pdf", "", b"%PDF-"): ".pdf",
    ("text/plain", "", b"a"): ".txt",
    ("text/plain", ".md", b"a"): ".md",
    ("text/plain", ".bib", b"@book{}"): ".bib",
    ("text/plain", ".php", b"a"): ".txt",
    ("application/octet-stream", ".bib", b"@book{}"): ".bib",
    ("", ".json", b"{}"): ".json",
    ("", "", b"<!-- saved -->\n<!DOCTYPE html><p>"): ".html",
    ("", "", "naïve".encode()): ".txt",
    ("", "", b"<!-- a -->" * 200 + b"<p>"): ".txt",  # takes no longer for its comments
    ("text/plain", "", "naïve".encode("utf-16")): ".txt",
}
REFUSED = {
    ("image/png", "", b"\x89PNG"): "is image/png",
    ("image/png", ".html", b"\x89PNG"): "is image/png",
    ("application/zip", ".zip", b"PK"): "is application/zip",
    ("application/octet-stream", "", b"a"): "is application/octet-stream",
    ("text/csv", "", b"a,b"): "is text/csv",  # no form of KNOWN reads it
    ("text/plain", "", b"\x89PNG\x00"): "is not text",
    ("", "", b"\x89PNG\xff"): "is not text",
}


@pytest.mark.parametrize("case", CHOSEN)
def test_the_suffix_is_chosen(case: tuple[str, str, bytes]) -> None:
    assert choose_suffix(*case, KNOWN, URL) == CHOSEN[case]


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_read_as_a_page_is_refused(case: tuple[str, str, bytes]) -> None:
    with pytest.raises(SourceError, match=REFUSED[case]) as caught:
        choose_suffix(*case, KNOWN, URL)
    assert ".bib, .html" in caught.value.hint, "says what is read"


def test_there_are_cases() -> None:
    assert (len(CHOSEN), len(REFUSED)) == (13, 7)


def test_an_encoding_that_only_the_header_names_is_not_lost() -> None:
    russian = "Доклады конференции"
    assert page_bytes(russian.encode("koi8-r"), "text/plain; charset=koi8-r").decode() == russian
    assert page_bytes(russian.encode("cp1251"), 'text/html; charset="windows-1251"').decode() == russian


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("naïve".encode(), "text/plain; charset=iso-8859-1"),  # the header is wrong
        ("naïve".encode("cp1252"), "text/plain; charset=utf-8"),
        ("naïve".encode("cp1252"), "text/plain; charset=klingon"),
        ("naïve".encode("cp1252"), "text/plain; charset=unicode_escape"),  # no encoding of the web
        ("naïve".encode("cp1252"), "text/plain"),
        (b'<meta charset="koi8-r">\xc4', "text/html; charset=koi8-r"),  # names it itself
        (codecs.BOM_UTF16_LE + "ä".encode("utf-16-le"), "text/plain; charset=windows-1252"),
    ],
)
def test_all_else_stays_as_it_was_sent(body: bytes, content_type: str) -> None:
    assert page_bytes(body, content_type) == body


@given(st.binary(max_size=60), st.text(st.characters(max_codepoint=255), max_size=60))
@example(b"\x80", "\x00")
def test_any_header_is_read(body: bytes, content_type: str) -> None:
    page_bytes(body, content_type)
    page_bytes(body, f"text/plain; charset={content_type}")
    try:
        assert choose_suffix(content_type, "", body, KNOWN, URL) in KNOWN
    except SourceError as error:
        assert error.hint  # noqa: PT017
