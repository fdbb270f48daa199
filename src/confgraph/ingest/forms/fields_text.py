"""Write what a structured file says as text that a person can read, and that the layout `fields` reads back.

One block per record, one line per field; the layout is told by the first line:

    Fields of BibTeX

    kind: paper
    title: Counting Sheep Well
    author: Ada Example
      affiliation: University of Example
      orcid: 0000-0002-1825-0097
    year: 2031

A value never holds a line end, so that none can pass for another line or key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from confgraph.records import RecordKind

HEADER: Final = "Fields of "
"""Opens the first line, before the name of the form."""
LIST_SEPARATOR: Final = "; "
"""Stands between keywords."""

_NO_TEXT: Final = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
"""Control characters but those that are white space."""
_NO_CHARACTER: Final = re.compile("[\ud800-\udfff\ufffe\uffff]")
"""Halves of surrogate pairs, and what no XML file can hold."""
_VISIBLE: Final = re.compile(r"[^\s\u200b-\u200f\u2060\ufeff\u00ad]")
_NO_SCHEME: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Person:
    """An author: the full name as people say it, raw affiliations in order, ids as (scheme, value); an ORCID has the scheme `orcid`."""

    name: str
    affiliations: tuple[str, ...] = ()
    ids: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of a structured file, as strings; empty strings and tuples are what the file does not say.

    `others` says that the list of authors goes on, `groups` are collective authors, `ids` are (scheme, value) such as
    `("doi", "10.1/x")`, `comments` what no other field holds.
    """

    kind: RecordKind = RecordKind.PAPER
    title: str = ""
    authors: tuple[Person, ...] = ()
    others: bool = False
    groups: tuple[str, ...] = ()
    abstract: str = ""
    venue: str = ""
    year: str = ""
    date: str = ""
    room: str = ""
    session: str = ""
    track: str = ""
    start: str = ""
    end: str = ""
    keywords: tuple[str, ...] = ()
    ids: tuple[tuple[str, str], ...] = ()
    urls: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()

    @property
    def says_enough(self) -> bool:
        """Tell whether the entry can be a record: it has a title or an abstract."""
        return bool(clean(self.title) or clean(self.abstract))


@dataclass(frozen=True, slots=True)
class Unread:
    """A piece of a file that gives no record: where it stands (`line 7`, `entry ada31`), and why."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file says of all its records.

    The conference is named shortly (`ExampleConf 2031`), `name` is its full name; dates are ISO 8601; `event` is the page's own occasion.
    """

    conference: str = ""
    name: str = ""
    year: str = ""
    place: str = ""
    start_date: str = ""
    end_date: str = ""
    event: str = ""


def clean(value: str) -> str:
    """Make a value one line of text: white space collapsed, control characters dropped; empty where nothing of it can be seen.

    >>> clean("Counting\\n  Sheep\\x00 Well"), clean("\\u200b")
    ('Counting Sheep Well', '')
    """
    text = " ".join(_NO_CHARACTER.sub("\ufffd", _NO_TEXT.sub("", value)).split())
    return text if _VISIBLE.search(text) else ""


def render(form_name: str, entries: Iterable[Entry | Unread], facts: Facts | None = None) -> str:
    """Write entries as the text of a page, in their order.

    An entry with neither title nor abstract is written as one that could not be read.

    >>> print(render("BibTeX", [Entry(title="On Sheep", authors=(Person("Ada Example"),), year="2031")]), end="")
    Fields of BibTeX
    <BLANKLINE>
    kind: paper
    title: On Sheep
    author: Ada Example
    year: 2031
    """
    blocks = [[f"{HEADER}{clean(form_name) or 'a file'}"]]
    if facts is not None and (block := list(_iter_facts(facts))):
        blocks.append(block)
    for number, entry in enumerate(entries, 1):
        if isinstance(entry, Entry):
            blocks.append(list(_iter_entry(entry)) if entry.says_enough else [_unread(_nameless(entry, number))])
        else:
            blocks.append([_unread(entry)])
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _iter_facts(facts: Facts) -> Iterator[str]:
    yield from _line("conference", facts.conference)
    yield from _line("full name", facts.name)
    yield from _line("event", facts.event)
    yield from _line("year", facts.year)
    yield from _line("place", facts.place)
    yield from _line("start date", facts.start_date)
    yield from _line("end date", facts.end_date)


def _iter_entry(entry: Entry) -> Iterator[str]:
    yield f"kind: {entry.kind}"
    yield from _line("title", entry.title)
    for person in entry.authors:
        yield from _iter_person(person)
    if entry.others:
        yield "et al.: yes"
    yield from _lines("group", entry.groups)
    yield from _line("abstract", entry.abstract)
    for key in ("venue", "year", "date", "room", "session", "track", "start", "end"):
        yield from _line(key, getattr(entry, key))
    yield from _line("keywords", LIST_SEPARATOR.join(k for keyword in entry.keywords if (k := clean(keyword.replace(";", ",")))))
    yield from _iter_ids(entry.ids, ("doi", "arxiv"))
    yield from _lines("url", entry.urls)
    yield from _lines("comment", entry.comments)


def _iter_person(person: Person) -> Iterator[str]:
    if named := list(_line("author", person.name)):
        yield from named
        yield from (f"  {line}" for line in _lines("affiliation", person.affiliations))
        yield from (f"  {line}" for line in _iter_ids(person.ids, ("orcid",)))


def _iter_ids(ids: Sequence[tuple[str, str]], own: Sequence[str]) -> Iterator[str]:
    """Yield the identifiers: those with a key of their own first, the others after their scheme."""
    for key in own:
        yield from _lines(key, [value for scheme, value in ids if scheme == key])
    for scheme, value in ids:
        name = _NO_SCHEME.sub("-", scheme.casefold()).strip("-")
        if name and scheme not in own and (text := clean(value)):
            yield f"id: {name}:{text}"


def _lines(key: str, values: Iterable[str]) -> Iterator[str]:
    """Yield one line for each value, each value once."""
    for value in dict.fromkeys(map(clean, values)):
        if value:
            yield f"{key}: {value}"


def _line(key: str, value: str) -> Iterator[str]:
    if text := clean(value):
        yield f"{key}: {text}"


def _nameless(entry: Entry, number: int) -> Unread:
    named = (*(f"{scheme}:{text}" for scheme, value in entry.ids if (text := clean(value))), *(clean(p.name) for p in entry.authors))
    known = next(filter(None, named), "")
    return Unread(f"entry {number}" + (f" ({known})" if known else ""), "neither title nor abstract")


def _unread(unread: Unread) -> str:
    return f"unread: {clean(f'{unread.place}: {unread.reason}')}"
