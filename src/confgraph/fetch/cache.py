"""Keep what was fetched: the body as sent, and beside it the headers, sha256 and time."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from confgraph import jsonl
from confgraph.fetch.address import Address

FOLDER: Final = ".fetched"
"""The folder of the cache, below that of the pages; hidden, so that no build reads it."""
_SECRET: Final = frozenset({"set-cookie"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A page as it was sent.

    Attributes:
        url: the address that was asked for.
        final: the address that answered, after redirects.
        fetched: the time, ISO 8601 in UTC.
        page: the name of the page's file.
        headers: names in lower case, values as sent.
        body: unpacked.
    """

    url: str
    final: str
    fetched: str
    page: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def content_type(self) -> str:
        """Give the header, empty where there is none."""
        return self.headers.get("content-type", "")

    @property
    def conditions(self) -> dict[str, str]:
        """Give the headers that ask for the page only if it has changed."""
        asked = {"If-None-Match": self.headers.get("etag"), "If-Modified-Since": self.headers.get("last-modified")}
        return {name: value for name, value in asked.items() if value and value.isascii() and value.isprintable()}


class Cache:
    """The pages that were fetched into one folder."""

    def __init__(self, pages: Path) -> None:
        """Take the folder of the pages; the cache's own is made with the first entry."""
        self.folder = pages / FOLDER

    def get(self, address: Address) -> Entry | None:
        """Give what is kept of an address; None where there is nothing, or it is broken: then it can be fetched again.

        The name of its file is checked too, since the folder may come from somebody else.
        """
        try:
            row: dict[str, Any] = json.loads((self.folder / f"{address.key}.json").read_bytes())
            body = (self.folder / f"{address.key}.body").read_bytes()
            if hashlib.sha256(body).hexdigest() != row["sha256"] or not re.fullmatch(re.escape(address.stem) + r"\.\w+", row["page"]):
                return None
            headers = {str(name): str(value) for name, value in row["headers"].items()}
            return Entry(row["url"], row["final"], row["fetched"], row["page"], headers, body)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def put(self, address: Address, entry: Entry) -> None:
        """Keep what an address gave, in place of what it gave earlier.

        The body comes first, so that an entry that is broken off is told by its sha256.

        Raises:
            OutputError: it cannot be written.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        row = {
            "url": entry.url,
            "final": entry.final,
            "fetched": entry.fetched,
            "page": entry.page,
            "sha256": hashlib.sha256(entry.body).hexdigest(),
            "headers": {name: value for name, value in sorted(entry.headers.items()) if name not in _SECRET},
        }
        for suffix, data in (("body", entry.body), ("json", json.dumps(row, ensure_ascii=False, indent=1).encode() + b"\n")):
            with jsonl.written(self.folder / f"{address.key}.{suffix}") as stream:
                stream.write(data)
