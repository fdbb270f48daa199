"""Read the dump of the Research Organization Registry, organisation by organisation.

Source: ROR schema v2, https://ror.readme.io/docs/schema-v2.
"""

from __future__ import annotations

import codecs
import gzip
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, cast

from confgraph.errors import SourceError
from confgraph.resolve.organizations import NameKind

_CHUNK: Final = 1 << 20
_LARGEST: Final = 8 << 20
"""Characters of one organisation, at most; those of ROR have some hundred thousand."""
_LARGEST_DUMP: Final = 4 << 30
"""Bytes of the unpacked dump, at most; that of 2025 has 300 million."""
_PREFIX: Final = "https://ror.org/"
_SITE: Final = re.compile(r"https?://(?:www\.)?([\w.-]+)/?")
_OTHER: Final = re.compile(r"[^ \t\r\n,]")
"""What is not between two organisations."""
_HINT: Final = "give the dump of ROR in schema v2: JSON, or the .zip that ROR publishes"


@dataclass(frozen=True, slots=True)
class Row:
    """An organisation as ROR describes it.

    `name` is the one to show, `names` are all with their kinds, without the country in brackets that ROR adds; then ISO codes of
    countries and names of cities of its places, what it is, its web domains, and the ids of its parents.
    """

    id: str
    name: str
    names: tuple[tuple[str, NameKind], ...]
    countries: tuple[str, ...]
    cities: tuple[str, ...]
    kinds: tuple[str, ...]
    domains: tuple[str, ...]
    parents: tuple[str, ...]
    relations: int


def iter_rows(path: Path) -> Iterator[Row]:
    """Yield the active organisations of a dump, in its order: a JSON array, plain, packed by gzip, or in the .zip of a release.

    One organisation is held at a time.

    Raises:
        SourceError: the file cannot be read or is no such dump.
    """
    count = 0
    for count, item in enumerate(_iter_items(path), 1):
        row = _row(item, f"{path}, organisation {count}")
        if row:
            yield row
    if not count:
        raise SourceError(str(path), "holds no organisation", _HINT)


def _iter_items(path: Path) -> Iterator[Any]:
    """Yield the values of the array without holding it: a value is decoded as soon as it is whole."""
    where = str(path)
    decoder = json.JSONDecoder()
    text, at, opened = "", 0, False
    for chunk in _iter_text(path):
        text, at = text[at:] + chunk, 0
        if not opened:
            at = _after(text, "[", where)
            opened = True
        while True:
            following = _OTHER.search(text, at)
            at = following.start() if following else len(text)
            if text.startswith("]", at):
                return
            try:
                item, at = decoder.raw_decode(text, at)
            except (ValueError, RecursionError) as error:
                if len(text) - at > _LARGEST:
                    raise SourceError(where, f"is not JSON ({error})", _HINT) from error
                break
            yield item
    raise SourceError(where, "ends within an organisation" if opened else "is empty", "the file is cut: fetch it anew")


def _after(text: str, sign: str, where: str) -> int:
    start = text.lstrip("\ufeff \t\r\n")
    if not start.startswith(sign):
        raise SourceError(where, "is no JSON array of organisations", _HINT)
    return len(text) - len(start) + 1


def _iter_text(path: Path) -> Iterator[str]:
    decode = codecs.getincrementaldecoder("utf-8")()
    read = 0
    try:
        with _opened(path) as stream:
            while data := stream.read(_CHUNK):
                read += len(data)
                if read > _LARGEST_DUMP:
                    raise SourceError(str(path), f"unpacks to more than {_LARGEST_DUMP:,} bytes", _HINT)
                yield decode.decode(data)
        decode.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise SourceError(str(path), "is not UTF-8", _HINT) from error
    except (EOFError, zlib.error, zipfile.BadZipFile, gzip.BadGzipFile, NotImplementedError, RuntimeError) as error:
        raise SourceError(str(path), f"cannot be unpacked ({error})", "the file is damaged: fetch it anew") from error
    except OSError as error:
        raise SourceError(str(path), f"cannot be read ({error.strerror or error})", "check the path and its permissions") from error


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """Open what the first bytes of a file say that it is."""
    with path.open("rb") as raw:
        magic = raw.read(4)
        raw.seek(0)
        if magic.startswith(b"\x1f\x8b"):
            with gzip.open(raw) as stream:
                yield cast("IO[bytes]", stream)
        elif magic.startswith(b"PK"):
            with zipfile.ZipFile(raw) as archive, archive.open(_member(archive, path)) as stream:
                yield stream
        else:
            yield raw


def _member(archive: zipfile.ZipFile, path: Path) -> str:
    """Choose the JSON of a release; of those in two schemas, that of schema v2."""
    names = sorted(name for name in archive.namelist() if name.endswith(".json"))
    newer = [name for name in names if "v2" in name]
    if not names:
        raise SourceError(str(path), "holds no JSON", _HINT)
    return (newer or names)[-1]


def _row(item: Any, where: str) -> Row | None:
    """Read an organisation; None where ROR has withdrawn it."""
    try:
        if item["status"] != "active":
            return None
        names = [(_text(name["value"]), name["types"]) for name in item["names"]]
        shown = next(value for value, types in names if "ror_display" in types)
        places = [place["geonames_details"] for place in item["locations"]]
        relations = item["relationships"]
        return Row(
            id=_identifier(item["id"]),
            name=shown,
            names=tuple((_bare(value, places), _kind(types)) for value, types in names),
            countries=tuple(dict.fromkeys(_text(place["country_code"]) for place in places if place["country_code"])),
            cities=tuple(dict.fromkeys(_text(place["name"]) for place in places if place["name"])),
            kinds=tuple(sorted(map(_text, item["types"]))),
            domains=tuple(sorted({_text(domain).casefold() for domain in item["domains"]} or _hosts(item["links"]))),
            parents=tuple(sorted(_identifier(r["id"]) for r in relations if r["type"] == "parent")),
            relations=len(relations),
        )
    except (KeyError, TypeError, AttributeError, ValueError, StopIteration) as error:
        raise SourceError(where, f"is not as in schema v2 ({type(error).__name__}: {error})", _HINT) from error


def _hosts(links: list[Any]) -> set[str]:
    """Give the host of the website where it is all that stands in the address: a page below it may be of a host of many."""
    found = (_SITE.fullmatch(link["value"]) for link in links if link["type"] == "website")
    return {match[1].casefold() for match in found if match}


def _text(value: Any) -> str:
    """Give a value that is text, and whole: half of a surrogate pair can be written nowhere."""
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no string")
    value.encode("utf-8")
    return value


def _identifier(iri: str) -> str:
    if not _text(iri).startswith(_PREFIX):
        raise ValueError(f"{iri!r} is no ROR id")
    return iri


def _bare(name: str, places: list[Any]) -> str:
    """Take off the country that ROR adds to tell a name from its namesakes: `Google (Canada)`."""
    for place in places:
        name = name.removesuffix(f"({place['country_name']})").rstrip()
    return name


def _kind(types: list[str]) -> NameKind:
    if "ror_display" in types or "label" in types:
        return NameKind.NAME
    return NameKind.ALIAS if "alias" in types else NameKind.ACRONYM
