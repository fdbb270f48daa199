"""Index a catalogue of papers on disk, once, so that records find their rows among millions without holding them in memory.

The index of a file is a folder that `confgraph.reference.cache` keeps:

    meta.json      its version, how many rows there are, and the first that could not be read
    starts.bin     where each row starts, in bytes, in the catalogue or in rows.jsonl
    texts.bin      sampled shingles of abstracts with the number of the row
    marks.bin      titles but for one word, and the authors of short abstracts, with the number of the row
    rows.jsonl     the rows, where the catalogue is packed or one value of JSON, so that no row can be read by itself
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from confgraph.errors import SourceError
from confgraph.ingest.forms.fields_text import Entry, Unread
from confgraph.ingest.forms.json_file import RowReader
from confgraph.reference import postings, rows
from confgraph.reference.cache import Kept, kept
from confgraph.resolve.outlines import Outline, marks_of
from confgraph.resolve.shingles import FEWEST_SHARED, sample
from confgraph.text import words

VERSION: Final = 2
"""Of the index; another version is made anew."""
_LONGEST: Final = 2_000
"""Rows of a hash that says anything; boilerplate has more."""
_NEAREST: Final = 8
"""Rows that are looked at for one record, at most, by abstract and by title each."""
_NEAR: Final = 0.25
"""Share of the best row's shingles that another row needs to be looked at."""
_TOLD: Final = 20
"""Rows that could not be read of which the places are kept."""

_STEP: Final = 10_000
_META, _STARTS, _TEXTS, _MARKS, _ROWS = "meta.json", "starts.bin", "texts.bin", "marks.bin", "rows.jsonl"

Tell = Callable[[str, int, int], None]
"""Told the step's name, and how many of how many steps are done."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A catalogue with its index.

    Attributes:
        path: the file.
        sha256: that of its bytes, in hexadecimal.
        rows: how many papers it lists.
        unread: how many rows could not be read.
        first_unread: where they stand, and why they could not be read.
        note: why the index does not stay for the next build, or empty.
    """

    path: Path
    sha256: str
    rows: int
    unread: int
    first_unread: tuple[Unread, ...]
    note: str
    _reader: RowReader = field(repr=False)
    _file: Path = field(repr=False)
    _starts: postings.Numbers = field(repr=False)
    _texts: postings.Postings = field(repr=False)
    _marks: postings.Postings = field(repr=False)

    def near(self, said: Outline) -> list[int]:
        """List the rows that may be a paper, the nearest by abstract first."""
        by_text = self._texts.count(sorted({run for text in said.texts for run in sample(text)}), _LONGEST)
        fewest = max(FEWEST_SHARED, _NEAR * by_text[0][1]) if by_text else 0
        found = [row for row, count in by_text[:_NEAREST] if count >= fewest]
        found += [row for row, _ in self._marks.count(sorted(marks_of(said)), _LONGEST)[:_NEAREST]]
        return list(dict.fromkeys(found))

    def entry(self, row: int) -> Entry:
        """Read a row.

        Raises:
            SourceError: the file has changed since it was indexed.
        """
        with self._file.open("rb") as stream:
            stream.seek(int(self._starts[row]))
            found = rows.entry_of(stream.readline(), "", self._reader)
        if not isinstance(found, Entry):
            raise SourceError(str(self.path), "has changed while it was read", "build again")
        return found


@contextmanager
def opened(path: Path, cache: Path | None = None, tell: Tell | None = None) -> Iterator[Catalogue]:
    """Open a catalogue, and index it where that was not done before.

    Args:
        path: the file.
        cache: the folder for indexes; by default that of the user. Where it cannot be written, the index is lost at the end, and the
            catalogue's `note` says so.
        tell: told of the indexing.

    Raises:
        SourceError: the file cannot be read, or is no catalogue of papers.
        OutputError: the index cannot be written anywhere.
    """
    with kept(path, "catalogue", lambda folder: _make(path, folder, tell), _is_whole, cache) as index:
        yield _open(path, index)


def _is_whole(folder: Path) -> bool:
    """Tell whether a folder holds an index of this version."""
    try:
        return bool(json.loads((folder / _META).read_text(encoding="utf-8"))["version"] == VERSION)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _make(path: Path, folder: Path, tell: Tell | None) -> None:
    """Write the index of a catalogue into a folder."""
    by = rows.reader(rows.iter_lines(path), str(path))
    copied = not rows.is_plain(path)
    starts = array("Q")
    unread: list[Unread] = []
    missed = at = 0
    with (
        postings.Writer(folder / _TEXTS) as texts,
        postings.Writer(folder / _MARKS) as marks,
        (folder / _ROWS).open("wb") as copy,
    ):
        for number, line in enumerate(rows.iter_lines(path), 1):
            entry = rows.entry_of(line, f"line {number}", by) if line.strip() else None
            if isinstance(entry, Entry) and not words(entry.title):
                entry = Unread(f"line {number}", "no title")
            if isinstance(entry, Unread):
                missed += 1
                unread += [entry] if missed <= _TOLD else []
            if isinstance(entry, Entry):
                said = rows.outline_of(entry)
                texts.add(len(starts), [run for text in said.texts for run in sample(text)])
                marks.add(len(starts), marks_of(said))
                starts.append(copy.tell() if copied else at)
                if copied:
                    copy.write(line if line.endswith(b"\n") else line + b"\n")
            at += len(line)
            if tell and number % _STEP == 0:
                tell(f"index {path.name}", number, number + 1)
    if not starts:
        raise SourceError(str(path), "the catalogue holds no paper with a title", rows.GIVE)
    postings.write_numbers(folder / _STARTS, starts)
    told = [[one.place, one.reason] for one in unread]
    meta = {"version": VERSION, "rows": len(starts), "copied": copied, "unread": missed, "first unread": told}
    (folder / _META).write_text(json.dumps(meta), encoding="utf-8")
    if tell:
        tell(f"index {path.name}", 1, 1)


def _open(path: Path, index: Kept) -> Catalogue:
    folder = index.folder
    meta = json.loads((folder / _META).read_text(encoding="utf-8"))
    file = folder / _ROWS if meta["copied"] else path
    return Catalogue(
        path,
        index.sha256,
        meta["rows"],
        meta["unread"],
        tuple(Unread(place, reason) for place, reason in meta["first unread"]),
        index.note,
        rows.reader(rows.iter_lines(file), str(path)),
        file,
        postings.numbers(folder / _STARTS),
        postings.Postings(folder / _TEXTS),
        postings.Postings(folder / _MARKS),
    )
