"""Link the authors of papers to people: papers in, the person of each authorship out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from confgraph import iris
from confgraph.link.rows import Row, once
from confgraph.resolve.authorships import Signature, Work, series
from confgraph.resolve.given_names import block_of
from confgraph.resolve.linking import estimate, groups, merges
from confgraph.resolve.names import PersonName, bare, parse
from confgraph.resolve.people import FEATURES
from confgraph.text import fold

_WORD: Final = re.compile(r"[a-z]{3,}")
_NOBODY: Final = re.compile(r"(?i)\s*(anonymous|unknown|et\.? al)\b")
"""What stands for no person, and so is never the same one."""
_GARBLED: Final = re.compile(r"[ÃÄÅ][^\sA-Za-z]")


@dataclass(frozen=True, slots=True)
class Authorship:
    """An author of the row with this id, at a position from 1, and the id of the person."""

    id: str | int | None
    position: int
    name: str
    person: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows as resolution sees them: works and signatures, both in the order of their keys.

    `keys` holds the key of each authorship of each row, and `linked` the keys of the signatures.
    """

    works: tuple[Work, ...]
    signatures: tuple[Signature, ...]
    keys: tuple[tuple[str, ...], ...]
    linked: tuple[str, ...]


def link_people(rows: Sequence[Row]) -> Iterator[Authorship]:
    """Tell which authors are one person, and yield the authorships in the order of rows and positions.

    The order of the rows does not matter to who is who. An author list that stands twice in a row is one list. A
    person's id derives from the smallest key of its authorships: the name, the paper and the position.
    """
    listed = listing(rows)
    joined = merges(listed.works, listed.signatures, estimate(listed.works), FEATURES.weights)
    heads = groups(len(listed.signatures), joined)
    head_of = {key: listed.linked[head] for key, head in zip(listed.linked, heads, strict=True)}
    for row, keys in zip(rows, listed.keys, strict=True):
        for i, name in enumerate(row.authors):
            key = keys[i % len(keys)]
            yield Authorship(row.id, i + 1, name, _person_id(head_of.get(key, key)))


def listing(rows: Sequence[Row]) -> Listing:
    """Make the works and signatures of rows; rows that agree in venue, year, id and title are one paper."""
    papers = [_whole("|".join((row.venue, str(row.year), str(row.id), fold(row.title)))) for row in rows]
    keys = tuple(
        tuple(f"{_whole(fold(name))}|{paper}|{i + 1}" for i, name in enumerate(row.authors[: once(row.authors)]))
        for row, paper in zip(rows, papers, strict=True)
    )
    order = sorted(range(len(rows)), key=lambda r: (papers[r], keys[r], rows[r].affiliations, rows[r].keywords, rows[r].abstract))
    names = {name: _name(name) for row in rows for name in row.authors}
    shared: dict[str, str] = {}
    works = tuple(_work(rows[r], names, shared) for r in order)
    places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for w, r in enumerate(order):
        for i, key in enumerate(keys[r]):
            places[key].append((w, i))
    linked, signatures = [], []
    for key in sorted(places):
        w, i = places[key][0]
        name = works[w].authors[i]
        if block := block_of(name):
            linked.append(key)
            signatures.append(Signature(name, block, tuple(places[key]), tuple(w for w, _ in places[key])))
    return Listing(works, tuple(signatures), keys, tuple(linked))


def _whole(text: str) -> str:
    """Put a question mark for half of a surrogate pair, which a digest cannot take."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _name(printed: str) -> PersonName:
    """Parse a name; a single word is a whole name, and nobody has none."""
    if _NOBODY.match(printed):
        return PersonName((), "")
    name = parse(_mended(printed))
    return name if name.given else PersonName((name.surname,) if name.surname else (), name.surname)


def _work(row: Row, names: dict[str, PersonName], shared: dict[str, str]) -> Work:
    """Make the work of a row; words of the title and keywords count twice. `shared` keeps one copy of each word."""
    count = once(row.authors)
    headline = dict.fromkeys(_WORD.findall(" ".join((row.title, *row.keywords)).lower()))
    body = headline | dict.fromkeys(_WORD.findall(row.abstract.lower()))
    return Work(
        authors=tuple(names[name] for name in row.authors[:count]),
        affiliations=tuple(_place_words(places) for places in row.affiliations[:count]),
        words=tuple(shared.setdefault(word, word) for word in (*headline, *body)),
        venue=series(row.venue),
        year=row.year,
    )


def _place_words(places: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for place in places for word in _WORD.findall(bare(_mended(place)))))


def _mended(text: str) -> str:
    """Undo UTF-8 that was read as Windows-1252, where that is what stands there.

    >>> _mended("NiederÃ¶sterreich")
    'Niederösterreich'
    """
    if not _GARBLED.search(text):
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def _person_id(key: str) -> str:
    """Make the id of a person of its smallest key.

    >>> _person_id("ada moor|riverconf|2031|7|floods|1")
    'ada-moor-fbdc08afb028'
    """
    return f"{iris.slug(key.partition('|')[0])}-{iris.digest('person', key)}"
