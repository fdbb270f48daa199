"""Choose the suffix of a page's file from what the server says of it, and keep what a file cannot say: its encoding."""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection
from email.message import Message
from typing import Final

from confgraph.errors import SourceError

_SUFFIXES: Final = {
    "application/atom+xml": ".xml",
    "application/bibtex": ".bib",
    "application/json": ".json",
    "application/jsonl": ".jsonl",
    "application/jsonlines": ".jsonl",
    "application/ld+json": ".json",
    "application/nbib": ".nbib",
    "application/pdf": ".pdf",
    "application/x-bibtex": ".bib",
    "application/x-endnote-refer": ".enw",
    "application/x-ndjson": ".jsonl",
    "application/x-research-info-systems": ".ris",
    "application/xhtml+xml": ".html",
    "application/xml": ".xml",
    "text/csv": ".csv",
    "text/html": ".html",
    "text/markdown": ".md",
    "text/plain": ".txt",
    "text/tab-separated-values": ".tsv",
    "text/x-bibtex": ".bib",
    "text/x-markdown": ".md",
    "text/xml": ".xml",
}
_VAGUE: Final = frozenset({"", "text/plain", "application/octet-stream", "binary/octet-stream"})
"""The types that servers give what they do not know: the address may say more."""
_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HTML: Final = re.compile(rb"\s*(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_NAMES_ENCODING: Final = re.compile(rb"(?:charset|encoding)\s*=", re.IGNORECASE)
_OLD_ENCODINGS: Final = re.compile(
    r"cp125\d|cp866|cp874|cp932|cp949|big5(?:hkscs)?|euc_(?:jp|kr)|gb(?:2312|k|18030)|iso2022_jp|iso8859-\d+|koi8-[ru]|mac-(?:roman|cyrillic)"
    r"|shift_jis"
)
"""The encodings of the web besides UTF-8 and UTF-16, as Python names them (it knows others, slow ones too). Source: Encoding standard."""
_HEAD: Final = 2_048
"""The bytes in which a page names its own encoding. Source: the HTML standard asks for the first 1024."""


def choose_suffix(content_type: str, path_suffix: str, body: bytes, known: Collection[str], where: str) -> str:
    """Choose the suffix of the file for a page.

    Args:
        content_type: the header as sent; empty where there is none.
        path_suffix: the suffix of the address's path, which decides where the type says little.
        body: the page; decides where nothing else does.
        known: the suffixes of the files that are read as pages.
        where: the address, for errors.

    Raises:
        SourceError: it is no kind of page that is read.

    >>> choose_suffix("text/plain; charset=utf-8", ".bib", b"@book{...", {".txt", ".bib"}, "https://example.org/a.bib")
    '.bib'
    """
    kind = _parsed(content_type).get_content_type() if content_type.strip() else ""
    if kind in _VAGUE and path_suffix in known and path_suffix:
        return path_suffix
    suffix = _SUFFIXES.get(kind, "") if kind else _guess(body)
    if suffix == ".txt" and b"\x00" in body and not body.startswith(_UTF16):
        suffix = ""
    if suffix in known and suffix:
        return suffix
    what = f"is {kind[:100]}, which is not read as a page" if kind not in ("", "text/plain") else "is not text, as its content shows"
    raise SourceError(where, what, f"give the address of a page that is one of: {', '.join(sorted(filter(None, known)))}")


def page_bytes(body: bytes, content_type: str) -> bytes:
    """Give the bytes for the page's file: the body as sent, but in UTF-8 where only the header names its encoding.

    A body that is UTF-8 already, names its own encoding, or is not in the one that the header names, stays as it is.

    >>> page_bytes("naïve".encode("cp1252"), "text/plain; charset=windows-1252").decode()
    'naïve'
    """
    charset = _parsed(content_type).get_content_charset() or ""
    if _is_utf8(body) or _NAMES_ENCODING.search(body[:_HEAD]) or body.startswith(_UTF16):
        return body
    try:
        encoding = codecs.lookup(charset).name
        return body.decode(encoding).encode("utf-8") if _OLD_ENCODINGS.fullmatch(encoding) else body
    except (LookupError, ValueError):  # it is none, or not the right one
        return body


def _parsed(content_type: str) -> Message:
    message = Message()
    message["content-type"] = content_type
    return message


def _guess(body: bytes) -> str:
    if _HTML.match(body[:_HEAD]):
        return ".html"
    return ".txt" if _is_utf8(body) else ""


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
