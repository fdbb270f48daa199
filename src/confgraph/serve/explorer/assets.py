"""Serve the files that pages load: styles, scripts, the SPARQL editor; all are in the package."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from confgraph.serve.explorer.reply import Reply

_TYPES: Final = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "md": "text/plain; charset=utf-8",
}
FOLDER: Final = "/assets/"


def asset(path: str) -> Reply | None:
    """Give a file by its path, such as `/assets/explorer.css`; None where there is none.

    >>> asset("/assets/explorer.css").header("content-type")
    'text/css; charset=utf-8'
    >>> asset("/assets/../app.py") is None
    True
    """
    body = _read(path.removeprefix(FOLDER)) if path.startswith(FOLDER) else None
    if body is None:
        return None
    headers = (
        ("content-type", _TYPES[path.rpartition(".")[2]]),
        ("cache-control", "public, max-age=86400"),
        ("etag", f'"{_digest(body)}"'),
        ("x-content-type-options", "nosniff"),
    )
    return Reply(200, headers, body)


def link(name: str) -> str:
    """Give the address of a file; it changes with the file, so that no browser shows an old one."""
    return f"{FOLDER}{name}?v={_digest(_read(name) or b'')}"


@cache
def _names() -> frozenset[str]:
    return frozenset(entry.name for entry in _folder().iterdir() if entry.name.rpartition(".")[2] in _TYPES)


@cache
def _read(name: str) -> bytes | None:
    return (_folder() / name).read_bytes() if name in _names() else None


@cache
def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:12]


def _folder() -> Traversable:
    return files("confgraph.serve") / "assets"
