"""Read RIS, the tagged format of reference managers and publishers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from confgraph.errors import SourceError
from confgraph.ingest.decode import decode
from confgraph.ingest.forms import ids
from confgraph.ingest.forms.fields_text import Entry, Person, Unread, render
from confgraph.ingest.forms.names import said
from confgraph.ingest.forms.venues import kind_of_venue

NAME: Final = "RIS"
SUFFIXES: Final = frozenset({".ris"})

_START: Final = re.compile(rb"\A(?:\xef\xbb\xbf)?\s{0,4000}TY  ?-[ \t]*[A-Z]{2,8}\s")
_LINE: Final = re.compile(r"(?P<tag>[A-Z][A-Z0-9])  ?-(?: (?P<value>.*)|$)")
_AUTHORS: Final = ("AU", "A1")
_TITLES: Final = ("TI", "T1")
_VENUES: Final = ("T2", "BT", "C3", "JO", "JF", "JA", "J2")
_ABSTRACTS: Final = ("AB", "N2")
_YEARS: Final = ("PY", "Y1", "DA")
_LINKS: Final = ("UR", "L1", "L2", "LK")

_Tags = Mapping[str, list[str]]


def fits(head: bytes) -> bool:
    """Tell whether a file starts with the type of a reference."""
    return bool(_START.match(head))


def read(data: bytes, where: str) -> str:
    """Read a RIS file as fields; a line without a tag goes on with the one above it.

    Raises:
        SourceError: the file is no text, or holds no reference.
    """
    text, _ = decode(data, where)
    found = list(_iter_entries(text))
    if not found:
        raise SourceError(where, "no RIS reference was found", "give a file whose references start with a line such as `TY  - CONF`")
    return render(NAME, found)


def _iter_entries(text: str) -> Iterator[Entry | Unread]:
    for line, tags in _iter_references(text):
        entry = _entry(tags)
        yield entry if entry.says_enough else Unread(f"line {line}", "neither title nor abstract")


def _iter_references(text: str) -> Iterator[tuple[int, _Tags]]:
    """Yield the line, from 1, at which each reference starts, and its values by tag."""
    tags: dict[str, list[list[str]]] = {}
    last: list[str] = []
    start = 0
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip(" \t\ufeff")
        m = _LINE.match(line)
        if not m:
            if line:
                last.append(line)
        elif m["tag"] in ("TY", "ER"):
            if start:
                yield start, _joined(tags)
            tags, last, start = {}, [], number if m["tag"] == "TY" else 0
        else:
            last = [m["value"] or ""]
            tags.setdefault(m["tag"], []).append(last)
    if start:
        yield start, _joined(tags)


def _joined(tags: Mapping[str, list[list[str]]]) -> _Tags:
    """Put continued lines together; keywords may stand one to a line."""
    values = {tag: [("\n" if tag == "KW" else " ").join(lines).strip() for lines in many] for tag, many in tags.items()}
    return {tag: [value for value in many if value] for tag, many in values.items()}


def _entry(tags: _Tags) -> Entry:
    def first(*names: str) -> str:
        return next((value for name in names for value in tags.get(name, ())), "")

    venue = first(*_VENUES)
    urls = tuple(url for name in _LINKS for value in tags.get(name, ()) for url in value.split() if url.startswith(("http://", "https://")))
    return Entry(
        kind=kind_of_venue(venue),
        title=first(*_TITLES),
        authors=_authors(tags),
        abstract=first(*_ABSTRACTS),
        venue=venue,
        year=first(*_YEARS),
        date=first("DA"),
        keywords=tuple(keyword for value in tags.get("KW", ()) for keyword in re.split(r"[;\n]", value)),
        ids=ids.united([("doi", ids.doi(first("DO", "M3")))], ids.of_addresses(urls)),
        urls=urls,
        comments=tuple(tags.get("N1", ())[:1]),
    )


def _authors(tags: _Tags) -> tuple[Person, ...]:
    """Read the authors; addresses (`AD`) belong to them where there is one for each, or one author."""
    names = [said(value) for name in _AUTHORS for value in tags.get(name, ())]
    addresses = tags.get("AD", [])
    if len(addresses) != len(names):
        return tuple(Person(name) for name in names)
    return tuple(Person(name, (address,)) for name, address in zip(names, addresses, strict=True))
