"""Find the pages that the user points at, and read them from disk."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from confgraph import config as configuration
from confgraph import decisions
from confgraph.config import Config, Limits
from confgraph.errors import SourceError
from confgraph.ingest import forms
from confgraph.outputs import MANIFEST
from confgraph.records import Page, PageId, Reject, Sidecar

_BESIDE: Final = frozenset((configuration.FILE_NAME, decisions.FILE_NAME))
"""What stands beside pages and is none."""
_GIVE: Final = "give text (.txt, .md) or a form that is known: docs/sources.md lists them"


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: `name` tells it from all others, `named` where the user gave it and not only its folder."""

    path: Path
    name: str
    named: bool


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages that could be read, sorted by name, the hash of each file's bytes, and what could not be used."""

    pages: tuple[Page, ...]
    hashes: tuple[str, ...]
    rejects: tuple[Reject, ...]


def find_sources(paths: Iterable[Path]) -> list[Source]:
    """List the files that some paths name: a file itself, a folder all files below it, sorted by name.

    Hidden files, sidecars, links to folders and folders that confgraph wrote are left out. In a folder the name
    is the path below it, with `/` between.

    Raises:
        SourceError: a path does not exist, a folder cannot be read or holds no file, or two files have one name.
    """
    found: dict[Path, Source] = {}
    for path in sorted(set(paths)):
        if not path.exists():
            raise SourceError(str(path), "no such file or folder", "check the path")
        if path.is_dir():
            below = [Source(p, p.relative_to(path).as_posix(), named=False) for p in _iter_files(path)]
            if not below:
                raise SourceError(str(path), "the folder holds no page", "put pages (.txt, .md, .html, .bib, ...) into it")
            for source in below:
                found.setdefault(source.path.resolve(), source)
        elif path.is_file():
            found[path.resolve()] = Source(path, path.name, named=True)
        else:
            raise SourceError(str(path), "is neither a file nor a folder", "save the page as a file")
    sources = sorted(found.values(), key=lambda s: s.name)
    for one, other in pairwise(sources):
        if one.name == other.name:
            raise SourceError(str(one.path), f"has the same name as {other.path}", "rename one: pages are told apart by name")
    return sources


def without(sources: Iterable[Source], catalogues: Iterable[Path]) -> list[Source]:
    """Leave out the catalogues that stand among the pages of a folder, which are not read as pages."""
    listed = {path.resolve() for path in catalogues}
    return [source for source in sources if source.named or source.path.resolve() not in listed]


def config_files(sources: Iterable[Source]) -> list[Path]:
    """Give the sidecars that stand beside the sources."""
    return _beside(sources, configuration.FILE_NAME)


def decision_files(sources: Iterable[Source]) -> list[Path]:
    """Give the files of decisions that stand beside the sources."""
    return _beside(sources, decisions.FILE_NAME)


def _beside(sources: Iterable[Source], name: str) -> list[Path]:
    folders = {source.path.parent for source in sources}
    return sorted(folder / name for folder in folders if (folder / name).is_file())


def read_pages(sources: Sequence[Source], config: Config) -> Pages:
    """Read the sources; what cannot be read is an error where the user named the file, else a reject.

    Raises:
        SourceError: a named file cannot be read, or nothing at all can.
    """
    pages, hashes, rejects = [], [], []
    for source in sources:
        sidecar = config.pages.get((source.path.parent, source.path.name), Sidecar())
        try:
            data = _read(source, config.limits)
            columns = forms.Columns(sidecar.columns, sidecar.author_separator)
            content = forms.read(data, str(source.path), source.path.suffix, columns, sidecar.url or "")
            _check_lines(content.text, source, config.limits)
        except SourceError as error:
            if source.named:
                raise
            rejects.append(Reject(source.name, None, error.what))
            continue
        identity = PageId(hashlib.sha256(content.text.encode("utf-8")).hexdigest())
        pages.append(Page(source.name, content.text, identity, content.encoding, sidecar, content.form))
        hashes.append(hashlib.sha256(data).hexdigest())
    if not pages:
        first = rejects[0] if rejects else Reject("", None, "no page was given")
        raise SourceError(first.doc, first.reason, f"none of the files could be read as a page; {_GIVE}")
    return Pages(tuple(pages), tuple(hashes), tuple(rejects))


def _iter_files(folder: Path) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise SourceError(str(folder), f"cannot be read ({error.strerror})", "check its permissions") from error
    for entry in entries:
        if entry.name.startswith(".") or entry.name in _BESIDE:
            continue
        if entry.is_dir():
            if not entry.is_symlink() and not (entry / MANIFEST).is_file():
                yield from _iter_files(entry)
        elif entry.is_file():
            yield entry


def _read(source: Source, limits: Limits) -> bytes:
    where = str(source.path)
    if not source.named and source.path.suffix.casefold() not in forms.suffixes():
        raise SourceError(where, f"files of type {source.path.suffix} are not read as pages", _GIVE)
    try:
        size = source.path.stat().st_size
        if size > limits.page_bytes:
            what = f"the file has {size:,} bytes; the limit is {limits.page_bytes:,}"
            raise SourceError(where, what, "split it, or raise limits.page_bytes in confgraph.toml")
        return source.path.read_bytes()
    except OSError as error:
        raise SourceError(where, f"cannot be read ({error.strerror})", "check its permissions") from error


def _check_lines(text: str, source: Source, limits: Limits) -> None:
    longest = max(map(len, text.split("\n")))
    if longest > limits.line_characters:
        what = f"a line has {longest:,} characters; the limit is {limits.line_characters:,}"
        raise SourceError(str(source.path), what, "break the line, or raise limits.line_characters in confgraph.toml")
