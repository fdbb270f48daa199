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
class ResolveOptions:
    """What records are resolved with: files of papers, and a dump of the Research Organization Registry; paths count from their file."""

    catalogues: tuple[Path, ...] = ()
    ror: Path | None = None


@dataclass(frozen=True, slots=True)
class Config:
    """The options of every stage; `pages` are the sidecars by the folder and name of the page.

    `folder` is that of the file that names the extractor: a path in that name counts from there.
    """

    limits: Limits = Limits()
    extract: ExtractOptions = ExtractOptions()
    resolve: ResolveOptions = ResolveOptions()
    graph: GraphOptions = GraphOptions()
    html: HtmlOptions = HtmlOptions()
    pages: Mapping[tuple[Path, str], Sidecar] = field(default_factory=dict)
    folder: Path = Path()


_SECTIONS: Final = {"limits": Limits, "extract": ExtractOptions, "resolve": ResolveOptions, "graph": GraphOptions, "html": HtmlOptions}


def load_config(files: typing.Iterable[Path]) -> Config:
    """Read and unite configuration files, in any order; lists are joined.

    Raises:
        ConfigError: a file is not TOML, holds an unknown key, a value of the wrong type or a table for a
            page that does not stand beside it, or two files set one option to two values.
    """
    pages: dict[tuple[Path, str], Sidecar] = {}
    options: dict[str, dict[str, tuple[Any, Path]]] = {name: {} for name in _SECTIONS}
    for file in sorted(set(files)):
        tables = _parse(file)
        _reject_unknown(tables, (*_SECTIONS, "pages"), str(file), "table")
        for name, table in _table(tables.get("pages", {}), str(file), "pages").items():
            pages[file.parent, name] = _sidecar(name, table, file)
        for section, cls in _SECTIONS.items():
            table = _table(tables.get(section, {}), str(file), section)
            for key, value in _checked(cls, table, file, f"[{section}]").items():
                before = options[section].get(key, (value, file))
                options[section][key] = _united(before, (value, file), f"[{section}] {key}")
    stages: dict[str, Any] = {section: _made(cls, options[section], section) for section, cls in _SECTIONS.items()}
    _, named_in = options["extract"].get("extractor", (None, Path()))
    return Config(**stages, pages=pages, folder=named_in.parent)


def _made(cls: Any, options: Mapping[str, tuple[Any, Path]], section: str) -> Any:
    """Make the options of a stage, which may refuse a value; say then which file sets it."""
    try:
        return cls(**{key: value for key, (value, _) in options.items()})
    except ConfigError as error:
        key = error.where.removeprefix(f"{section}.")
        if key not in options:
            raise
        raise ConfigError(str(options[key][1]), f"[{section}] {key}: {error.what}", error.hint) from error


def _united(before: tuple[Any, Path], now: tuple[Any, Path], name: str) -> tuple[Any, Path]:
    """Give the one value of an option that two files set, each value with its file."""
    (one, first), (other, second) = before, now
    if isinstance(one, tuple):
        return tuple(dict.fromkeys((*one, *other))), first
    if one != other and not (isinstance(one, Path) and one.resolve() == other.resolve()):
        raise ConfigError(str(second), f"{name} is {_shown(other)}, but {first} says {_shown(one)}", "set it in one place")
    return before


def _shown(value: Any) -> str:
    return str(value) if isinstance(value, Path) else repr(value)


def _parse(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(str(file), f"cannot be read ({error.strerror})", "check the path and its permissions") from error
    except UnicodeDecodeError as error:
        raise ConfigError(str(file), f"is not UTF-8 (byte {error.start + 1})", "save the file as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(str(file), f"is not TOML: {error}", "correct that line") from error


def _table(value: Any, where: str, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ConfigError(where, f"{name} is no table", f"write [{name}] on a line of its own")
    return value


def _sidecar(name: str, table: Any, file: Path) -> Sidecar:
    where, place = str(file), f"[pages.{name!r}]"
    if not (file.parent / name).is_file():
        raise ConfigError(where, f"{place}: no such file in the folder", "correct the name, or remove the table")
    table = _table(table, where, place)
    for key in ("start_date", "end_date"):
        value = table.get(key)
        if isinstance(value, datetime.date):
            table[key] = value.isoformat()[:10]
        elif isinstance(value, str):
            try:
                table[key] = datetime.date.fromisoformat(value).isoformat()
            except ValueError as error:
                raise ConfigError(where, f"{place} {key} is {value!r}", "write a date such as 2023-12-10") from error
    sidecar = Sidecar(**_checked(Sidecar, table, file, place))
    if sidecar.start_date and sidecar.end_date and sidecar.end_date < sidecar.start_date:
        raise ConfigError(where, f"{place} end_date {sidecar.end_date} is before start_date {sidecar.start_date}", "correct one of them")
    if sidecar.url and not _ADDRESS.fullmatch(sidecar.url):
        raise ConfigError(where, f"{place} url is {sidecar.url!r}", "write an address such as https://example.org/orals")
    if sidecar.year is not None and sidecar.year not in _YEARS:
        raise ConfigError(where, f"{place} year is {sidecar.year}", "write a year such as 2023")
    return sidecar


def _checked(cls: Any, table: Mapping[str, Any], file: Path, place: str) -> dict[str, Any]:
    """Give the values of a table as the fields of a dataclass have them."""
    hints = typing.get_type_hints(cls)
    _reject_unknown(table, tuple(f.name for f in dataclasses.fields(cls)), str(file), f"{place} key")
    return {key: _value(hints[key], value, file, f"{place} {key}") for key, value in table.items()}


def _value(hint: Any, value: Any, file: Path, name: str) -> Any:
    """Give a value as its field has it: a path counts from the folder of the file."""
    if typing.get_origin(hint) is Mapping:
        _check_texts(_table(value, str(file), name), str(file), name)
        return value
    if typing.get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise ConfigError(str(file), f"{name} is {value!r}", 'give a list of files, such as ["papers.jsonl"]')
        return tuple(_path(one, file, name) for one in value)
    wanted = tuple(t for t in (typing.get_args(hint) or (hint,)) if t is not types.NoneType)
    if wanted == (Path,):
        return _path(value, file, name)
    if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
        raise ConfigError(str(file), f"{name} is {value!r}", f"give {' or '.join(TYPE_NAMES[t] for t in wanted)}")
    return value


def _path(value: Any, file: Path, name: str) -> Path:
    if not isinstance(value, str) or not (file.parent / value).is_file():
        raise ConfigError(str(file), f"{name}: there is no file {value!r}", "correct the path; it counts from this file")
    return file.parent / value


def _check_texts(table: Mapping[str, Any], where: str, place: str) -> None:
    for key, value in table.items():
        if not isinstance(value, str):
            raise ConfigError(where, f"{place} {key} is {value!r}", f"give {TYPE_NAMES[str]}")


def _reject_unknown(values: Mapping[str, Any], known: tuple[str, ...], where: str, what: str) -> None:
    if unknown := sorted(set(values) - set(known)):
        raise ConfigError(where, f"unknown {what} {unknown[0]!r}", f"known: {', '.join(known)}")
