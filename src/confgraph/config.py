"""Read `confgraph.toml` into one frozen `Config`; an unknown key is an error.

The file stands beside the pages. Its `[pages."NAME"]` tables say what a page's text does not; its other
tables are the options of the stages:

    [graph]
    base = "https://example.org/id/"

    [pages."orals.txt"]
    conference = "NeurIPS"
    year = 2023
"""

from __future__ import annotations

import dataclasses
import datetime
import re
import tomllib
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from confgraph.errors import ConfigError
from confgraph.export.html import HtmlOptions
from confgraph.extract import ExtractOptions
from confgraph.graph.statements import GraphOptions
from confgraph.records import TYPE_NAMES, Sidecar

FILE_NAME: Final = "confgraph.toml"
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_YEARS: Final = range(1900, 2200)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much input is taken before a clear error, instead of an endless run."""

    page_bytes: int = 64_000_000
    line_characters: int = 1_000_000
    rejects: int = 1_000


@dataclass(frozen=True, slots=True)
class Config:
    """The options of every stage; `pages` are the sidecars by the folder and name of the page.

    `folder` is that of the file that names the extractor: a path in that name counts from there. `catalogues` are files of papers
    that records are matched with.
    """

    limits: Limits = Limits()
    extract: ExtractOptions = ExtractOptions()
    graph: GraphOptions = GraphOptions()
    html: HtmlOptions = HtmlOptions()
    pages: Mapping[tuple[Path, str], Sidecar] = field(default_factory=dict)
    folder: Path = Path()
    catalogues: tuple[Path, ...] = ()
    ror: Path | None = None


_SECTIONS: Final = {"limits": Limits, "extract": ExtractOptions, "graph": GraphOptions, "html": HtmlOptions}


def load_config(files: typing.Iterable[Path]) -> Config:
    """Read and unite configuration files, in any order.

    Raises:
        ConfigError: a file is not TOML, holds an unknown key, a value of the wrong type or a table for a
            page that does not stand beside it, or two files set one option to two values.
    """
    pages: dict[tuple[Path, str], Sidecar] = {}
    catalogues: list[Path] = []
    dumps: dict[Path, Path] = {}
    options: dict[str, dict[str, tuple[Any, Path]]] = {name: {} for name in _SECTIONS}
    for file in sorted(set(files)):
        tables = _parse(file)
        _reject_unknown(tables, (*_SECTIONS, "pages", "resolve"), str(file), "table")
        sources = _table(tables.get("resolve", {}), str(file), "resolve")
        catalogues += _catalogues(sources, file)
        dumps |= dict.fromkeys(_dumps(sources, file), file)
        for name, table in _table(tables.get("pages", {}), str(file), "pages").items():
            place = f"[pages.{name!r}]"
            if not (file.parent / name).is_file():
                raise ConfigError(str(file), f"{place}: no such file in the folder", "correct the name, or remove the table")
            pages[file.parent, name] = _sidecar(_table(table, str(file), place), str(file), place)
        for section in _SECTIONS:
            for key, value in _table(tables.get(section, {}), str(file), section).items():
                before, owner = options[section].setdefault(key, (value, file))
                if before != value:
                    raise ConfigError(str(file), f"{section}.{key} is {value!r}, but {owner} says {before!r}", "set it in one place")
    stages = {name: _options(cls, options[name], name) for name, cls in _SECTIONS.items()}
    _, named_in = options["extract"].get("extractor", (None, Path()))
    if len({dump.resolve() for dump in dumps}) > 1:
        one, two = sorted(dumps.items())[:2]
        raise ConfigError(str(two[1]), f"[resolve] ror is {two[0]}, but {one[1]} says {one[0]}", "set it in one place")
    ror = min(dumps, default=None)
    return Config(**stages, pages=pages, folder=named_in.parent, catalogues=tuple(dict.fromkeys(catalogues)), ror=ror)


def _parse(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(str(file), f"cannot be read ({error.strerror})", "check the path and its permissions") from error
    except UnicodeDecodeError as error:
        raise ConfigError(str(file), f"is not UTF-8 (byte {error.start + 1})", "save the file as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(str(file), f"is not TOML: {error}", "correct that line") from error


def _catalogues(table: Mapping[str, Any], file: Path) -> list[Path]:
    """Give the catalogues that a file names; their paths count from its folder."""
    _reject_unknown(table, ("catalogues", "ror"), str(file), "[resolve] key")
    named = table.get("catalogues", [])
    if not isinstance(named, list) or not all(isinstance(name, str) for name in named):
        raise ConfigError(str(file), f"[resolve] catalogues is {named!r}", 'give a list of files: catalogues = ["papers.jsonl"]')
    for name in named:
        if not (file.parent / name).is_file():
            raise ConfigError(str(file), f"[resolve] catalogues: there is no file {name!r}", "correct the path; it counts from this file")
    return [file.parent / name for name in named]


def _dumps(table: Mapping[str, Any], file: Path) -> list[Path]:
    """Give the dump of ROR that a file names, if it names one; its path counts from its folder."""
    if "ror" not in table:
        return []
    named = table["ror"]
    if not isinstance(named, str) or not (file.parent / named).is_file():
        raise ConfigError(str(file), f"[resolve] ror: there is no file {named!r}", "correct the path; it counts from this file")
    return [file.parent / named]


def _table(value: Any, where: str, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ConfigError(where, f"{name} is no table", f"write [{name}] on a line of its own")
    return value


def _options(cls: Any, values: Mapping[str, tuple[Any, Path]], section: str) -> Any:
    where = str(next(iter(values.values()))[1]) if values else ""
    return _make(cls, {key: value for key, (value, _) in values.items()}, where, f"[{section}]")


def _sidecar(table: dict[str, Any], where: str, place: str) -> Sidecar:
    for key in ("start_date", "end_date"):
        value = table.get(key)
        if isinstance(value, datetime.date):
            table[key] = value.isoformat()[:10]
        elif isinstance(value, str):
            try:
                table[key] = datetime.date.fromisoformat(value).isoformat()
            except ValueError as error:
                raise ConfigError(where, f"{place} {key} is {value!r}", "write a date such as 2023-12-10") from error
    sidecar: Sidecar = _make(Sidecar, table, where, place)
    if sidecar.start_date and sidecar.end_date and sidecar.end_date < sidecar.start_date:
        raise ConfigError(where, f"{place} end_date {sidecar.end_date} is before start_date {sidecar.start_date}", "correct one of them")
    if sidecar.url and not _ADDRESS.fullmatch(sidecar.url):
        raise ConfigError(where, f"{place} url is {sidecar.url!r}", "write an address such as https://example.org/orals")
    if sidecar.year is not None and sidecar.year not in _YEARS:
        raise ConfigError(where, f"{place} year is {sidecar.year}", "write a year such as 2023")
    return sidecar


def _make(cls: Any, values: Mapping[str, Any], where: str, place: str) -> Any:
    hints = typing.get_type_hints(cls)
    _reject_unknown(values, tuple(f.name for f in dataclasses.fields(cls)), where, f"{place} key")
    for key, value in values.items():
        if typing.get_origin(hints[key]) is Mapping:
            _check_texts(_table(value, where, f"{place} {key}"), where, f"{place} {key}")
            continue
        wanted = tuple(t for t in (typing.get_args(hints[key]) or (hints[key],)) if t is not types.NoneType)
        if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
            raise ConfigError(where, f"{place} {key} is {value!r}", f"give {' or '.join(TYPE_NAMES[t] for t in wanted)}")
    return cls(**values)


def _check_texts(table: Mapping[str, Any], where: str, place: str) -> None:
    for key, value in table.items():
        if not isinstance(value, str):
            raise ConfigError(where, f"{place} {key} is {value!r}", f"give {TYPE_NAMES[str]}")


def _reject_unknown(values: Mapping[str, Any], known: tuple[str, ...], where: str, what: str) -> None:
    if unknown := sorted(set(values) - set(known)):
        raise ConfigError(where, f"unknown {what} {unknown[0]!r}", f"known: {', '.join(known)}")
