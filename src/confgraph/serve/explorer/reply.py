"""Make replies: a status, headers and a body."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl

_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'{styles}; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What a page may load and run: files of this server only. Source: Content Security Policy Level 3."""

_LONGEST: Final = 100_000
"""The characters of a parameter that are read: a query is long, all else is short."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back to a client; names of headers are in lower case."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """Give the value of a header, or nothing.

        >>> redirect("/papers").header("location")
        '/papers'
        """
        return dict(self.headers).get(name, "")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a client asks for: the path, the parameters in their order, and what it accepts."""

    path: str
    parameters: tuple[tuple[str, str], ...] = ()
    accept: str = "text/html"

    @classmethod
    def of(cls, address: str, accept: str = "text/html") -> Asked:
        """Read an address.

        >>> Asked.of("/search?q=a+b").first("q")
        'a b'
        """
        path, _, query = address.partition("?")
        return cls(path, tuple(parse_qsl(query, keep_blank_values=True)), accept)

    def first(self, name: str) -> str:
        """Give the first value of a parameter without the white space around it, or nothing."""
        return next((value[:_LONGEST].strip() for key, value in self.parameters if key == name), "")

    @property
    def page(self) -> int:
        """The number of the page of a list, from 1; 1 where it is none.

        >>> Asked.of("/methods?page=3").page, Asked.of("/methods?page=-1").page, Asked.of("/methods?page=x").page
        (3, 1, 1)
        """
        number = self.first("page")
        return int(number) if number.isdecimal() and len(number) < 8 and int(number) > 0 else 1


def page(html: str, status: int = 200, styles: Sequence[str] = ()) -> Reply:
    """Make the reply that shows a page; `styles` are the hashes of style elements that its scripts make."""
    security = (
        ("content-security-policy", _POLICY.format(styles="".join(f" '{style}'" for style in styles))),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("vary", "accept"),
    )
    return Reply(status, (("content-type", "text/html; charset=utf-8"), *security), html.encode("utf-8", "replace"))


def data(body: bytes, media: str, headers: Sequence[tuple[str, str]] = ()) -> Reply:
    """Make the reply that holds data."""
    return Reply(200, (("content-type", media), ("x-content-type-options", "nosniff"), ("vary", "accept"), *headers), body)


def as_json(value: Mapping[str, Any] | Sequence[Any]) -> Reply:
    """Make the reply that holds JSON."""
    return data(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"), "application/json")


def redirect(address: str, status: int = 302) -> Reply:
    """Make the reply that leads on; the address is of this server and in ASCII."""
    return Reply(status, (("location", address), ("content-type", "text/plain; charset=utf-8"), ("vary", "accept")), b"")
