"""Unpack pages that a browser saved as one file (MHTML).

Source: RFC 2557, MIME Encapsulation of Aggregate Documents; the headers are those that Chrome and Edge write.
"""

from __future__ import annotations

import email
import re
from email.message import Message
from typing import Final, NamedTuple

from confgraph.ingest.decode import decode_as

_START: Final = re.compile(rb"(?:[A-Za-z-]{2,40}:[^\n]*\n(?:[ \t][^\n]*\n)*){1,20}", re.IGNORECASE)
_PACKED: Final = re.compile(rb"^content-type:\s*multipart/related\b", re.IGNORECASE | re.MULTILINE)
_HEAD: Final = 4096
_MOST_PARTS: Final = 10_000


class Saved(NamedTuple):
    """A page that was unpacked: its bytes, and the address that it was saved from, empty where the file does not say."""

    data: bytes
    address: str


def is_packed(head: bytes) -> bool:
    """Tell whether a file starts as MHTML does.

    >>> is_packed(b"From: <Saved by Blink>\\r\\nMIME-Version: 1.0\\r\\nContent-Type: multipart/related;\\r\\n\\tboundary=x\\r\\n")
    True
    """
    start = _START.match(head[:_HEAD])
    return start is not None and _PACKED.search(start.group()) is not None


def unpack(data: bytes) -> Saved | None:
    """Give the page of an MHTML file, which is its first HTML part; None where it has none."""
    message = email.message_from_bytes(data)
    own = str(message.get("Snapshot-Content-Location") or "")
    for _, part in zip(range(_MOST_PARTS), message.walk(), strict=False):
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            return Saved(_bytes_of(part), (own or str(part.get("Content-Location") or "")).strip())
    return None


def _bytes_of(part: Message) -> bytes:
    """Give the bytes of a part in UTF-8 where it names an encoding that holds."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    text = decode_as(data, part.get_content_charset() or "utf-8")
    return data if text is None else text.encode("utf-8")
