"""Resolve the links of a page against the address that it was found at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urldefrag, urljoin, urlsplit

_SAVED_FROM: Final = re.compile(r"<!--\s*saved from url=\(\d{1,6}\)\s*(\S{1,2000}?)\s*-->")
"""What browsers write at the top of a page that they save."""
_SAVED_FILES: Final = re.compile(r"(?:^|/)[^/]*_files/")
"""The folder of a saved page's own files, which only existed on that machine."""
_HEAD: Final = 4096


@dataclass(frozen=True, slots=True)
class Addresses:
    """How the links of a page are resolved: against `base`, the page's own address; without one, relative links lead nowhere."""

    base: str = ""

    def resolve(self, href: str) -> str:
        """Give the address that a link leads to, empty where that is no web page or a part of this one.

        >>> alone = Addresses()
        >>> Addresses("https://example.org/2031/").resolve("paper.pdf"), alone.resolve("paper.pdf"), alone.resolve("mailto:a@b.org")
        ('https://example.org/2031/paper.pdf', '', '')
        """
        href = "".join(href.split())
        if not href or href.startswith("#") or _SAVED_FILES.search(href):
            return ""
        try:
            url, _ = urldefrag(urljoin(self.base, href))
            parts = urlsplit(url)
        except ValueError:  # such as `https://[`
            return ""
        if parts.scheme not in {"http", "https"} or not parts.hostname or url == urldefrag(self.base)[0]:
            return ""
        return url


def find_addresses(text: str, base: str, own: str) -> Addresses:
    """Find what the links of a page are relative to: its base element, itself relative to the page's own address.

    `own` is the address that the page, or the user, states; else it is that from which a browser saved it.
    """
    saved = _SAVED_FROM.search(text, 0, _HEAD)
    if not own and saved:
        own = saved[1]
    try:
        return Addresses(urljoin(own, base) if base else own)
    except ValueError:
        return Addresses(own)
