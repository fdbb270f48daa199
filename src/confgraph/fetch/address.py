"""Read the addresses of pages: what is asked of whom, and the name that a page's file gets."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote, urljoin

from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from confgraph.errors import SourceError

_PORTS: Final = {"http": 80, "https": 443}
_BLANK: Final = re.compile(r"[\x00-\x20\x7f]")
_SHOWN: Final = 300
"""The characters of an address that cannot be read that a message shows."""
_LONGEST_STEM: Final = 80
"""The characters of a file's name before its hash; file systems take 255 bytes."""


@dataclass(frozen=True, slots=True)
class Address:
    """An http or https address in its normal form, without fragment; `host` is in ASCII, an IPv6 literal without brackets."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Give host and port as the Host header has them: the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """Give the whole address."""
        return f"{self.scheme}://{self.authority}{self.target}"

    @property
    def suffix(self) -> str:
        """Give the suffix of the path, in lower case with its dot; empty where there is none."""
        return PurePosixPath(self.target.partition("?")[0]).suffix.lower()

    @property
    def stem(self) -> str:
        """Give the name of the page's file without its suffix: safe on every system, and no other address has it.

        >>> parse("https://example.org/2031/Oral%20Talks.html?page=2").stem
        'example.org-2031-oral-talks-c38596bb'
        """
        path = re.sub(r"\.\w{1,5}$", "", unquote(self.target.partition("?")[0]).lower())
        readable = re.sub(r"[^a-z0-9.]+", "-", self.host) + re.sub(r"[^a-z0-9]+", "-", path)
        return f"{readable[:_LONGEST_STEM].strip('-.')}-{self.key[:8]}"

    @property
    def key(self) -> str:
        """Give the sha256 of the address in hexadecimal digits."""
        return hashlib.sha256(self.url.encode("ascii")).hexdigest()


def parse(text: str) -> Address:
    """Read an address as people and Location headers write it.

    Raises:
        SourceError: it is no address, has another scheme than http and https, or holds a name or password.

    >>> parse("HTTP://Exämple.org:80/a/../ü#top").url
    'http://xn--exmple-cua.org/%C3%BC'
    """
    where = re.sub(r"//[^/?#\\]*@", "//...@", text)[:_SHOWN]  # what must not be printed, and what need not
    try:
        parsed = parse_url(text)
    except LocationParseError as error:
        raise SourceError(where, "is no address of the web", "write an address such as https://example.org/orals") from error
    if parsed.scheme not in _PORTS:
        what = f"has the scheme {parsed.scheme!r}" if parsed.scheme else "has no scheme"
        raise SourceError(where, what, "only http:// and https:// addresses are fetched")
    if not parsed.host or _BLANK.search(text) or "%" in parsed.host:
        raise SourceError(where, "is no address of the web", "write an address such as https://example.org/orals")
    if parsed.auth is not None:
        raise SourceError(where, "holds a name or password", "fetch it by hand: credentials are never sent")
    target = (parsed.path or "/") + ("" if parsed.query is None else f"?{parsed.query}")
    return Address(parsed.scheme, parsed.host.strip("[]"), parsed.port or _PORTS[parsed.scheme], target)


def follow(base: Address, location: str) -> Address:
    """Read the Location header of an answer from `base`; bytes beyond ASCII are UTF-8, as browsers take them.

    Raises:
        SourceError: as `parse` does.

    >>> follow(parse("https://example.org/a/b"), "../c?d").url
    'https://example.org/c?d'
    """
    text = location.encode("latin-1", errors="replace").decode("utf-8", errors="replace")
    try:
        joined = urljoin(base.url, text)
    except ValueError as error:  # brackets that hold no IPv6 address
        raise SourceError(text[:_SHOWN], "is no address of the web", "ask those who keep the page") from error
    return parse(joined)
