"""Keep the organisations of a ROR dump in a file that opens at once and is read only where it is asked.

The file is made from the dump once and kept; see `confgraph.reference.cache`.
"""

from __future__ import annotations

import errno
import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Final

from confgraph.reference import ror
from confgraph.reference.cache import kept
from confgraph.reference.misprints import similar
from confgraph.resolve.affiliations import key, key_words, plain_words
from confgraph.resolve.organizations import NameKind, Naming, Organization

VERSION: Final = 1
"""The version of the form of the file, and of the keys in it; a file of another version is not used."""

_FILE: Final = "organizations.sqlite"
_SHORTEST_WORD: Final = 5
"""Letters of a word that may be misprinted; shorter ones are too near to others."""
_REMEMBERED: Final = 1 << 18
"""Keys of which the answer is kept in memory."""
_PREFIX: Final = "https://ror.org/"
_SCHEMA: Final = """
    CREATE TABLE organization (ror TEXT PRIMARY KEY, name TEXT NOT NULL, relations INTEGER NOT NULL, countries TEXT NOT NULL,
        cities TEXT NOT NULL, kinds TEXT NOT NULL, parents TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE name (key TEXT, ror TEXT, kind TEXT, words TEXT, PRIMARY KEY (key, ror, kind, words)) WITHOUT ROWID;
    CREATE TABLE domain (domain TEXT, ror TEXT, PRIMARY KEY (domain, ror)) WITHOUT ROWID;
    CREATE TABLE word (word TEXT PRIMARY KEY, names INTEGER NOT NULL) WITHOUT ROWID;
"""
_NAMED: Final = "SELECT key, ror, kind, words FROM name WHERE key IN (SELECT value FROM json_each(?)) ORDER BY key, ror, kind, words"
_ORGANIZATION: Final = "SELECT name, relations, countries, cities, kinds, parents FROM organization WHERE ror = ?"


class RorIndex:
    """Answers what the linker asks of ROR, from the file; see `confgraph.resolve.organizations.OrganizationIndex`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take a connection to a file that `opened` made."""
        self._db = connection
        self._named: dict[str, tuple[Naming, ...]] = {}
        self._organizations: dict[str, Organization] = {}
        self._similar = lru_cache(maxsize=1 << 14)(self._find_similar)

    def named(self, keys: Collection[str]) -> dict[str, tuple[Naming, ...]]:
        """Give the organisations that each key names, sorted by id; keys that name none are left out."""
        if len(self._named) > _REMEMBERED:
            self._named.clear()
        missing = [key for key in keys if key not in self._named]
        if missing:
            self._named |= dict.fromkeys(missing, ())
            for name, group in groupby(self._db.execute(_NAMED, (json.dumps(missing),)), key=lambda row: row[0]):
                self._named[name] = tuple(Naming(_PREFIX + ror, NameKind(kind), words) for _, ror, kind, words in group)
        return {key: found for key in keys if (found := self._named[key])}

    def organization(self, identifier: str) -> Organization:
        """Give the organisation of an id that this index has."""
        if identifier not in self._organizations:
            row = self._db.execute(_ORGANIZATION, (identifier.removeprefix(_PREFIX),)).fetchone()
            name, relations, *lists = row
            countries, cities, kinds, parents = (tuple(text.split("\t")) if text else () for text in lists)
            parents = tuple(_PREFIX + parent for parent in parents)
            self._organizations[identifier] = Organization(identifier, name, identifier, countries, cities, kinds, parents, relations)
        return self._organizations[identifier]

    def has(self, identifier: str) -> bool:
        """Tell whether the dump holds the organisation of an id."""
        found = self._db.execute("SELECT 1 FROM organization WHERE ror = ?", (identifier.removeprefix(_PREFIX),)).fetchone()
        return found is not None

    def at_domain(self, domain: str) -> tuple[str, ...]:
        """Give the ids of the organisations whose web domain this is, sorted."""
        return tuple(_PREFIX + ror for (ror,) in self._db.execute("SELECT ror FROM domain WHERE domain = ? ORDER BY ror", (domain,)))

    def similar_words(self, word: str) -> tuple[str, ...]:
        """Give the words of names that `word` may be a misprint of, the most frequent first."""
        return self._similar(word)

    def _find_similar(self, word: str) -> tuple[str, ...]:
        return similar(word, self._db.execute("SELECT word, names FROM word WHERE word GLOB ?", (f"{word[:2]}*",)))


@contextmanager
def opened(path: Path, cache: Path | None = None, remark: Callable[[str], None] | None = None) -> Iterator[RorIndex]:
    """Open the index of a dump, which is made first where there is none.

    Args:
        path: the dump: JSON, plain or packed.
        cache: the folder for indexes; by default that of the user. Where it cannot be written, the index is made in a temporary
            folder and lost at the end.
        remark: told what the user should know of the index: why it does not stay for the next time.

    Raises:
        SourceError: the file cannot be read or is no dump of ROR.
        OutputError: the index cannot be written anywhere.
    """
    with kept(path, "ror", lambda folder: _make(path, folder / _FILE), _is_whole, cache) as index, closing(_connected(index.folder)) as db:
        if remark and index.note:
            remark(f"{path.name}: {index.note}")
        yield RorIndex(db)


def _connected(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{(folder / _FILE).absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def _is_whole(folder: Path) -> bool:
    """Tell whether a folder holds an index of this version: one that was not damaged since, for it is whole when it gets its name."""
    try:
        with closing(_connected(folder)) as db:
            return bool(db.execute("PRAGMA user_version").fetchone()[0] == VERSION)
    except sqlite3.Error:
        return False


def _make(path: Path, file: Path) -> None:
    """Write the index of a dump to a new file."""
    try:
        with closing(sqlite3.connect(file)) as db:
            db.executescript(_SCHEMA)
            words: Counter[str] = Counter()
            for row in ror.iter_rows(path):
                _add(db, row, words)
            db.executemany("INSERT INTO word VALUES (?, ?)", sorted(words.items()))
            db.execute(f"PRAGMA user_version = {VERSION}")
            db.commit()
    except sqlite3.Error as error:
        raise OSError(errno.EIO, str(error)) from error


def _add(db: sqlite3.Connection, row: ror.Row, words: Counter[str]) -> None:
    """Write an organisation, and count the names that each of its words stands in."""
    identifier = row.id.removeprefix(_PREFIX)
    cities = "\t".join(dict.fromkeys(filter(None, map(key, row.cities))))
    parents = "\t".join(parent.removeprefix(_PREFIX) for parent in row.parents)
    fields = (identifier, row.name, row.relations, "\t".join(row.countries), cities, "\t".join(row.kinds), parents)
    db.execute("INSERT OR REPLACE INTO organization VALUES (?, ?, ?, ?, ?, ?, ?)", fields)
    names = []
    for name, kind in row.names:
        own = key_words(name)
        if own:
            names.append(("".join(own), identifier, kind, " ".join(plain_words(name))))
        if kind is not NameKind.ACRONYM:
            words.update(word for word in own if len(word) >= _SHORTEST_WORD)
    db.executemany("INSERT OR IGNORE INTO name VALUES (?, ?, ?, ?)", names)
    db.executemany("INSERT OR IGNORE INTO domain VALUES (?, ?)", [(domain, identifier) for domain in row.domains])
