"""Fetch pages into a folder: the file of each page, its table in the sidecar, and the cache."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from confgraph import jsonl
from confgraph.config import FILE_NAME, Limits
from confgraph.errors import OutputError, SourceError
from confgraph.fetch import networks
from confgraph.fetch.address import Address, parse
from confgraph.fetch.cache import Cache, Entry
from confgraph.fetch.media import choose_suffix, page_bytes
from confgraph.fetch.session import Manners, Session
from confgraph.fetch.sidecar import SidecarFile
from confgraph.fetch.transport import Bounds, Outside, Reply
from confgraph.ingest import forms
from confgraph.outputs import MANIFEST

State = Literal["new", "changed", "unchanged", "restored"]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Options:
    """How to fetch.

    Attributes:
        delay: seconds between two requests to one host; a robots.txt can ask for more.
        timeout: seconds that one request may take in all.
        max_bytes: bytes of the largest page, packed and unpacked.
        refresh: ask for the whole page even where the cache holds it.
        offline: ask nobody: take what the cache holds.
        allow_private: connect to private, loopback and other addresses that are not public.
    """

    delay: float = 1.0
    timeout: float = 60.0
    max_bytes: int = Limits().page_bytes
    refresh: bool = False
    offline: bool = False
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """A page that stands in the folder now; `state` is `new`, `changed`, `unchanged` or `restored`."""

    url: str
    page: Path
    state: State
    size: int


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of the addresses, each in the order given."""

    pages: tuple[Outcome, ...]
    failures: tuple[SourceError, ...]


def fetch(
    urls: Sequence[str],
    out: Path,
    options: Options = Options(),
    *,
    outside: Outside = Outside(),  # noqa: B008
    progress: Progress | None = None,
) -> Fetched:
    """Fetch pages into the folder `out`, one after the other; one that fails leaves the others as they are.

    Each page is written as a whole or not at all, its table in `confgraph.toml` after it.

    Args:
        urls: http and https addresses; one that is given twice is fetched once.
        out: a folder, made where it is missing; files that stand there and were not fetched are never replaced.
        options: how to fetch.
        outside: the network and the clock.
        progress: told of each page.

    Raises:
        OutputError: `out` is no folder for pages, or cannot be written.
        ConfigError: no table can be added to the `confgraph.toml` that stands there.
    """
    folder = _Folder(out, options, outside)
    pages: dict[str, Outcome] = {}
    failures: dict[str, SourceError] = {}
    for done, url in enumerate(urls):
        if progress:
            progress("fetch", done, len(urls))
        key = url
        try:
            address = parse(url)
            key = address.url
            if key not in pages and key not in failures:
                pages[key] = folder.fetch(address)
        except SourceError as error:
            failures[key] = error
    if progress:
        progress("fetch", len(urls), len(urls))
    return Fetched(tuple(pages.values()), tuple(failures.values()))


class _Folder:
    """A folder of fetched pages."""

    def __init__(self, path: Path, options: Options, outside: Outside) -> None:
        there = next(place for place in (path, *path.parents, Path.cwd()) if place.exists())
        if not there.is_dir():
            raise OutputError(str(there), "exists and is no folder", "choose a folder for the pages")
        if (path / MANIFEST).is_file():
            raise OutputError(str(path), "holds what a build wrote", "choose another folder for the pages")
        self._path, self._options, self._outside = path, options, outside
        if options.allow_private:
            self._outside = replace(outside, refusal=networks.no_refusal)
        bounds = Bounds(total=options.timeout, size=options.max_bytes)
        self._session = Session(Manners(options.delay, bounds), self._outside)
        self._cache = Cache(path)
        self._sidecar = SidecarFile(path / FILE_NAME)

    def fetch(self, address: Address) -> Outcome:
        """Bring one page and its table up to date."""
        known = self._cache.get(address)
        if self._options.offline:
            if known is None:
                raise SourceError(address.url, "is not in the cache", "fetch it once without --offline")
            return self._settle(address, known, known)
        final, reply = self._session.get(address, None if self._options.refresh else known)
        if reply.status == 304 and known:
            return self._settle(address, known, known)
        entry = self._entry(address, final, reply)
        if known and known.page != entry.page:
            what = f"was {known.page} and is {entry.content_type or 'of no type'} now"
            raise SourceError(address.url, what, f"remove that file, its table and its entry in {self._cache.folder} to take the new page")
        return self._settle(address, entry, known)

    def _entry(self, address: Address, final: Address, reply: Reply) -> Entry:
        if reply.status != 200:
            raise SourceError(address.url, f"the answer is {reply.says}", _HINTS.get(reply.status, "check the address"))
        if not reply.body.strip():
            raise SourceError(address.url, "the page is empty", "check the address")
        headers = {name.lower(): value for name, value in reply.headers.items()}
        suffix = choose_suffix(headers.get("content-type", ""), final.suffix, reply.body, forms.suffixes(), address.url)
        time = datetime.datetime.fromtimestamp(self._outside.now(), datetime.UTC).isoformat(timespec="seconds")
        return Entry(address.url, final.url, time, f"{address.stem}{suffix}", headers, reply.body)

    def _settle(self, address: Address, entry: Entry, known: Entry | None) -> Outcome:
        """Write what is not there yet: the page, the cache's entry, the table; in this order, so that a table has its page."""
        path = self._path / entry.page
        wanted = page_bytes(entry.body, entry.content_type)
        try:
            held = path.read_bytes() if path.exists() else None
            state = self._compare(held, wanted, entry, known)
            if state is None:
                raise SourceError(address.url, f"{path} is not what was fetched last", "move it away to fetch the page again")
            self._path.mkdir(parents=True, exist_ok=True)
            if state != "unchanged":
                with jsonl.written(path) as stream:
                    stream.write(wanted)
            if entry is not known:
                self._cache.put(address, entry)
            self._sidecar.add(entry.page, address.url)
        except OSError as error:
            raise OutputError(str(path), f"cannot be written ({error.strerror})", "choose a folder that you may write") from error
        return Outcome(address.url, path, state, len(wanted))

    @staticmethod
    def _compare(held: bytes | None, wanted: bytes, entry: Entry, known: Entry | None) -> State | None:
        """Say what is to become of the file that stands there; None where it is someone else's work, which is never replaced.

        A page that somebody edited stays as it is for as long as the server's page does.
        """
        if held is None:
            return "restored" if known else "new"
        if held == wanted or entry is known:
            return "unchanged"
        return "changed" if known and held == page_bytes(known.body, known.content_type) else None


_HINTS: Final = {
    401: "it asks for a name and password; save it by hand",
    403: "its keeper lets no program read it; save it by hand",
    404: "check the address",
    410: "the page is gone for good",
    429: "try again later, with a larger --delay",
}
