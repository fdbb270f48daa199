"""Cut the pieces of a listing into entries where the order of their roles, which the page repeats, starts again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from confgraph.ingest import roles
from confgraph.ingest.lines import count_words
from confgraph.ingest.pieces import FEATURES, Piece
from confgraph.records import Span

_PARTS: Final = {
    roles.SESSION: "session",
    roles.NOTE: "notes",
    roles.TITLE: "title",
    roles.MORE_TITLE: "title",
    roles.PEOPLE: "people",
    roles.MORE_PEOPLE: "people",
    roles.PLACE: "places",
    roles.LABEL: "labels",
    roles.BODY: "body",
    roles.MORE_BODY: "body",
}
"""The part of an entry that a role is of; all else is of none."""
_OPENERS: Final = ("title", "people", "body")
_NUMBER: Final = list(FEATURES).index("number")
_LABEL: Final = list(FEATURES).index("label")
_ABSTRACT: Final = FEATURES["label"].index("abstract")
_APART: Final = 0.3
"""What blank lines and numbers before an opening count for, beside entries that are alike."""
_FEWEST: Final = 4
_MOST: Final = 0.7
"""Of four entries or more, a part that so many have is one that all should have."""
_ABSTRACT_WORDS: Final = 20


@dataclass(slots=True)
class Entry:
    """The pieces of one entry by part, in page order; `session` is the heading above it."""

    session: Span | None = None
    title: list[Piece] = field(default_factory=list)
    people: list[Piece] = field(default_factory=list)
    places: list[Piece] = field(default_factory=list)
    body: list[Piece] = field(default_factory=list)
    notes: list[Piece] = field(default_factory=list)
    labels: list[Piece] = field(default_factory=list)

    @property
    def is_numbered(self) -> bool:
        """Tell whether a number or bullet opens the title."""
        return bool(self.title) and self.title[0].signs[_NUMBER] > 0

    @property
    def is_labelled(self) -> bool:
        """Tell whether a label opens the abstract."""
        return bool(self.labels) or (bool(self.body) and self.body[0].signs[_LABEL] == _ABSTRACT)

    def pieces(self) -> list[Piece]:
        """Give all pieces in page order."""
        parts = (self.title, self.people, self.places, self.body, self.notes, self.labels)
        return sorted((piece for part in parts for piece in part), key=lambda piece: piece.body.start)


_Run = tuple[str, list[Piece]]


def cut_entries(pieces: Sequence[Piece], found: Sequence[int]) -> list[Entry]:
    """Give the entries of a page whose pieces have the roles `found`, without remarks and what belongs to the page's frame."""
    runs = _runs(pieces, found)
    return _without_remarks([entry for entry in _divide(runs, _opener(runs)) if _is_record(entry)])


def _runs(pieces: Sequence[Piece], found: Sequence[int]) -> list[_Run]:
    """Group pieces of one part that follow each other; a blank line or a new title starts a run of its own."""
    runs: list[_Run] = []
    stacked = sum(a == b == roles.TITLE and not piece.gap for a, b, piece in zip(found, found[1:], pieces[1:], strict=False))
    lists_titles = 3 * stacked > found.count(roles.TITLE)
    for piece, role in zip(pieces, found, strict=True):
        part = _PARTS.get(role, "other")
        fresh = part in ("session", "other") or (role == roles.TITLE and (lists_titles or piece.gap or piece.signs[_NUMBER] > 0))
        if runs and runs[-1][0] == part and not fresh:
            runs[-1][1].append(piece)
        else:
            runs.append((part, [piece]))
    return runs


def _opener(runs: Sequence[_Run]) -> str:
    """Find the part that opens entries: cut there, the entries are most alike, and blank lines or numbers stand before it."""
    runs = _blocks(runs)
    common = Counter(part for part, _ in runs)
    most = max((common[part] for part in _OPENERS), default=0)
    parts = [part for part in _OPENERS if 2 * common[part] > most]

    def worth(opener: str) -> float:
        opened = [n for n, (part, _) in enumerate(runs) if part == opener]
        apart = sum(_stands_apart(runs, n) for n in opened) / max(len(opened), 1)
        return _count_alike(runs, opener, parts) / max(most, 1) + _APART * apart

    return max(parts, key=worth, default="title")


def _stands_apart(runs: Sequence[_Run], n: int) -> int:
    """Count what sets a run, or the notes right above it, off from what is above: a blank line, a number."""
    first = runs[n][1][0]
    heads = [first, *(runs[n - 1][1][:1] if n and runs[n - 1][0] == "notes" and not first.gap else [])]
    return max(piece.gap + (piece.signs[_NUMBER] > 0) for piece in heads)


def _blocks(runs: Sequence[_Run]) -> list[_Run]:
    """Join the people of a block that places and notes divide to its first run."""
    kept: list[_Run] = []
    main = ""
    for part, pieces in runs:
        if part == main == "people":
            continue
        main = main if part in ("places", "notes") else part
        kept.append((part, pieces))
    return kept


def _count_alike(runs: Sequence[_Run], opener: str, parts: Sequence[str]) -> int:
    """Count the entries that start with the opening part and hold each common part once."""
    chunks: list[list[str]] = [[]]
    for part, _ in runs:
        if part in ("other", "session") or part == opener:
            chunks.append([])
        if part not in ("other", "session"):
            chunks[-1].append(part)
    return sum(chunk[:1] == [opener] and all(chunk.count(part) == 1 for part in parts) for chunk in chunks)


def _divide(runs: Sequence[_Run], opener: str) -> list[Entry]:
    """Cut the runs into entries; notes right above an opening belong to what it opens where a blank line parts them from what is above."""
    entries = [Entry()]
    session: Span | None = None
    for n, (part, pieces) in enumerate(runs):
        entry = entries[-1]
        if part == "session":
            session = pieces[0].body.span
        if part in ("session", "other"):
            if entry.pieces():
                entries.append(Entry())
            continue
        ahead = part == "notes" and n + 1 < len(runs) and _leads(pieces[0], runs[n + 1], opener)
        again = part in ("title", opener) and bool(getattr(entry, part))
        begun = part == opener and any(getattr(entry, other) for other in _OPENERS)
        if (again or begun or ahead) and entry.pieces():
            entry = Entry()
            entries.append(entry)
        entry.session = session
        getattr(entry, part).extend(pieces)
    return entries


def _leads(note: Piece, run: _Run, opener: str) -> bool:
    """Tell whether a note stands apart from what is above it, and right above what opens an entry."""
    part, pieces = run
    return part == opener and not pieces[0].gap and (note.gap or note.signs[_NUMBER] > 0)


def _is_record(entry: Entry) -> bool:
    """A title alone is a record only where a number or bullet lists it."""
    return bool(entry.body or (entry.title and entry.people) or entry.is_numbered)


def _without_remarks(entries: list[Entry]) -> list[Entry]:
    """Where most entries have a part, what lacks it is a remark if it is short, and of the page's frame if it is before or after them."""
    if 2 * sum(bool(entry.people) for entry in entries) > len(entries):
        entries = [entry for entry in entries if entry.people or not entry.body or _words(entry.body) >= _ABSTRACT_WORDS]
    labelled = [i for i, entry in enumerate(entries) if entry.is_labelled]
    if len(entries) >= _FEWEST and len(labelled) >= _MOST * len(entries):
        entries = [entry for i, entry in enumerate(entries) if i >= labelled[0] or entry.people]
    for part in ("people", "title", "is_numbered"):
        having = [i for i, entry in enumerate(entries) if getattr(entry, part)]
        if len(entries) >= _FEWEST and len(having) >= _MOST * len(entries):
            kept = range(having[0], having[-1] + 1)
            entries = [entry for i, entry in enumerate(entries) if i in kept and (getattr(entry, part) or entry.body or entry.people)]
    return entries


def _words(pieces: Sequence[Piece]) -> int:
    return sum(count_words(piece.body.text) for piece in pieces)
