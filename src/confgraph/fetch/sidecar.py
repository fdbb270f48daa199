"""Add the tables of fetched pages to `confgraph.toml`, and leave every byte that stands there as it is."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from confgraph import jsonl
from confgraph.errors import ConfigError


class SidecarFile:
    """The sidecar of a folder of pages. Tables are only ever added, at its end: what its owner wrote stays, comments too."""

    def __init__(self, path: Path) -> None:
        """Read the file, which need not be there.

        Raises:
            ConfigError: it cannot be read, is not TOML, or writes its pages in a way that no table can be added to.
        """
        self._path = path
        try:
            self._text = path.read_bytes().decode("utf-8") if path.exists() else ""
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(str(path), f"cannot be read ({error})", "make it a readable UTF-8 file") from error
        self._pages = self._parse(self._text)
        self._parse(self._with("any page", "https://example.org/"))

    def add(self, page: str, url: str) -> None:
        """Add the table of a page, with its address; one that is there stays as it is.

        Raises:
            OutputError: the file cannot be written.
        """
        if page in self._pages:
            return
        text = self._with(page, url)
        self._pages = self._parse(text)
        with jsonl.written(self._path) as stream:
            stream.write(text.encode("utf-8"))
        self._text = text

    def _with(self, page: str, url: str) -> str:
        """Give the text with a further table; neither the names of pages nor addresses hold what TOML escapes."""
        end = "\r\n" if "\r\n" in self._text else "\n"
        before = self._text and self._text.rstrip("\r\n") + end + end
        return f'{before}[pages."{page}"]{end}url = "{url}"{end}'

    def _parse(self, text: str) -> dict[str, Any]:
        try:
            pages = tomllib.loads(text).get("pages", {})
        except tomllib.TOMLDecodeError as error:
            if text is self._text:
                raise ConfigError(str(self._path), f"is not TOML: {error}", "correct that line") from error
            pages = None
        if not isinstance(pages, dict):
            hint = 'write each page as a table of its own, such as [pages."orals.txt"]'
            raise ConfigError(str(self._path), "holds pages in a form that no page can be added to", hint)
        return pages
