"""Read the listings of virtual conference sites: a repeated marker line, authors, a room, an abstract.

    Oral
    Ada Lovelace · Alan Turing
    [ Hall A ]
    Abstract
    We show ...

The title may stand above the authors, or nowhere; tutorials may have a room alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from confgraph.ingest.lines import Line, cover, covered, ends_sentence, is_marked, is_menu, opens
from confgraph.ingest.marks import strip
from confgraph.ingest.people import is_author_list, lists_people, split_authors
from confgraph.ingest.sketch import Draft, Sketch
from confgraph.records import RecordKind, Span

_ABSTRACT: Final = re.compile(r"^(?:abstract|summary)\s*:?$", re.IGNORECASE)
_ROOM: Final = re.compile(r"^\[\s*(?P<room>[^\]]*[^\]\s])\s*\]$")
_MARKER: Final = re.compile(r"^(?:oral|poster|spotlight|tutorial|talk|invited talk|keynote|paper)$", re.IGNORECASE)
"""Marks an entry even where it stands alone; other words must recur."""
_NUMBERED: Final = re.compile(
    r"^(?P<marker>(?:[^\W\d_]+ ){0,2}(?:oral|poster|spotlight|tutorial|talk|keynote|paper)(?: (?:presentation|session|talk))?)"
    r"(?:\s*[-–:#]\s*|\s+)(?:#|no\.?|nr\.?)?\s*(?:[A-Z]{0,2}-?\d[\d.]*-?[A-Z]?|[A-Z])$",
    re.IGNORECASE,
)
"""A marker before the number or code of its entry, such as `Poster #12` or `Oral 3B`."""
_MARKER_WORDS: Final = 4
_HEAD_LINES: Final = 8
"""How many lines may stand between a marker and its `Abstract`."""
_KINDS: Final = {"tutorial": RecordKind.TUTORIAL, "talk": RecordKind.TALK, "keynote": RecordKind.TALK}
_LONG_LINE: Final = 200


@dataclass(frozen=True, slots=True)
class _Block:
    """The lines of one entry: its marker, what stands before `Abstract`, and the abstract's lines."""

    marker: Line
    head: tuple[Line, ...]
    body: tuple[Line, ...]


def score_orals(lines: Sequence[Line]) -> float:
    """Say how much of the page's `Abstract` lines belongs to marked entries of papers, in [0, 1]."""
    return _score(lines, tutorials=False)


def score_tutorials(lines: Sequence[Line]) -> float:
    """Say how much of the page's `Abstract` lines belongs to marked tutorials, in [0, 1]."""
    return _score(lines, tutorials=True)


def read(text: str, lines: Sequence[Line]) -> Sketch:
    """Find the entries of a listing."""
    del text  # all that counts here stands in whole lines
    blocks = _blocks(lines)
    kinds: dict[str, list[_Block]] = defaultdict(list)
    for block in blocks:
        kinds[_unnumbered(block.marker.text)].append(block)
    # Entries of one marker look alike; those of another may differ.
    titled = {kind for kind, alike in kinds.items() if _has_titles(alike)}
    lone = {kind for kind, alike in kinds.items() if _lone_lines_name_people(alike)}
    kind_of = [_unnumbered(block.marker.text) for block in blocks]
    return Sketch(tuple(_draft(block, titled=kind in titled, lone_names=kind in lone) for block, kind in zip(blocks, kind_of, strict=True)))


def _score(lines: Sequence[Line], *, tutorials: bool) -> float:
    blocks = _blocks(lines)
    labels = sum(bool(_ABSTRACT.match(line.text)) for line in lines)
    of_tutorials = sum(_kind(block.marker) is RecordKind.TUTORIAL for block in blocks)
    if not blocks or (2 * of_tutorials > len(blocks)) is not tutorials:
        return 0.0
    spans = [cover([block.marker, *block.head, *block.body]) for block in blocks]
    return min(1.0, sum(map(_is_clean, blocks)) / labels) * covered(lines, spans)


def _is_clean(block: _Block) -> bool:
    """Tell whether a room or people stand between marker and label, and what could be a title or people of the next entry not below."""
    known = any(_ROOM.match(line.text) or "·" in line.text or is_author_list(line.text) for line in block.head)
    bare = not any(is_marked(line.text) for line in (block.marker, *block.head))
    others = (line for line in block.body if len(line.text) < _LONG_LINE)
    return known and bare and not any(lists_people(line.text) or (found := strip(line)).number or found.print for line in others)


def _markers(lines: Sequence[Line]) -> frozenset[str]:
    """Find the lines that recur, but for a number, and lead to `Abstract` each time: the markers of entries.

    A line that mostly stands below a more frequent marker, or right below a line that it could go on from, is no marker but
    what stands in an entry: an author, a title or a link that recurs.
    """
    leads: Counter[str] = Counter()
    apart: Counter[str] = Counter()
    above: dict[str, list[set[str]]] = defaultdict(list)
    for i, line in enumerate(lines):
        if _ABSTRACT.match(line.text):
            first = max((j for j in range(max(0, i - _HEAD_LINES), i) if _ABSTRACT.match(lines[j].text)), default=i - _HEAD_LINES - 1)
            places = [j for j in range(max(0, first + 2), i) if _can_mark(lines[j].text)]
            head = [_unnumbered(lines[j].text) for j in places]
            leads.update(set(head))
            apart.update({_unnumbered(lines[j].text) for j in places if opens(lines, j)})
            for j, text in enumerate(head):
                above[text].append(set(head[:j]))
    counts = Counter(_unnumbered(line.text) for line in lines)
    found: set[str] = set()
    for text, n in sorted(leads.items(), key=lambda item: (-item[1], item[0])):
        recurs = ((n >= 2 and 2 * apart[text] >= n) or _MARKER.match(text)) and counts[text] <= 1.2 * n + 1
        if recurs and 2 * sum(not found.isdisjoint(earlier) for earlier in above[text]) < n:
            found.add(text)
    return frozenset(found)


def _unnumbered(text: str) -> str:
    """Cut the number or code that follows a marker.

    >>> _unnumbered("Poster #12"), _unnumbered("Oral 3B"), _unnumbered("Hall 3")
    ('Poster', 'Oral', 'Hall 3')
    """
    numbered = _NUMBERED.match(text)
    return numbered["marker"] if numbered else text


def _can_mark(text: str) -> bool:
    label = text.casefold().endswith("authors")
    return (
        len(text.split()) <= _MARKER_WORDS
        and text[0].isalnum()
        and "·" not in text
        and ":" not in text
        and not label
        and not ends_sentence(text)
    )


def _blocks(lines: Sequence[Line]) -> list[_Block]:
    markers = _markers(lines)
    starts = []
    for i, line in enumerate(lines):
        if _unnumbered(line.text) in markers and (label := _label_after(lines, i, markers)) is not None:
            starts.append((i, label))
    blocks = []
    for n, (i, label) in enumerate(starts):
        end = starts[n + 1][0] if n + 1 < len(starts) else len(lines)
        body = list(lines[label + 1 : end])
        if n + 1 == len(starts) or _unnumbered(lines[starts[n + 1][0]].text) != _unnumbered(lines[i].text):
            body = _without_footer(body)
        blocks.append(_Block(lines[i], tuple(lines[i + 1 : label]), tuple(body)))
    return blocks


def _label_after(lines: Sequence[Line], i: int, markers: frozenset[str]) -> int | None:
    for j in range(i + 1, min(i + 1 + _HEAD_LINES, len(lines))):
        if _ABSTRACT.match(lines[j].text):
            return j
        if _unnumbered(lines[j].text) in markers and _unnumbered(lines[j].text) == _unnumbered(lines[i].text):
            return None
    return None


def _without_footer(body: list[Line]) -> list[Line]:
    """Cut the short lines after the last abstract: they follow a finished sentence or a whole paragraph in one line."""
    end = len(body)
    for i in range(len(body) - 1, 0, -1):
        before = body[i - 1]
        apart = ends_sentence(before.text) or len(before.text) > _LONG_LINE or body[i].index > before.index + 1
        short = len(body[i].text.split()) <= _HEAD_LINES or is_menu(body[i].text)
        if short and not ends_sentence(body[i].text) and apart:
            end = i
    return body[:end]


def _has_titles(blocks: Sequence[_Block]) -> bool:
    """A page has titles where most entries show two lines beside the room."""
    heads = [_besides_room(block) for block in blocks]
    return 2 * sum(len(head) >= 2 for head in heads) > len(heads)


def _lone_lines_name_people(blocks: Sequence[_Block]) -> bool:
    """Tell whether the one line beside the room is mostly that of the authors: as many lines can name people as cannot."""
    lone = [head[0].text for block in blocks if len(head := _besides_room(block)) == 1]
    return 2 * sum("·" in text or is_author_list(text) for text in lone) >= len(lone)


def _besides_room(block: _Block) -> list[Line]:
    return [line for line in block.head if not _ROOM.match(line.text)]


def _draft(block: _Block, *, titled: bool, lone_names: bool) -> Draft:
    room = next((line for line in block.head if _ROOM.match(line.text)), None)
    others = [line for line in block.head if line is not room]
    title = others[0] if others and (titled or not _names_people(others[0].text, short=lone_names)) else None
    people = [line for line in others if line is not title]
    return Draft(
        kind=_kind(block.marker),
        span=cover([block.marker, *block.head, *block.body]),
        title=title.span if title else None,
        authors=tuple(a for line in people for a in split_authors(line.text, line.start)),
        room=_inside(room) if room else None,
        track=Span(block.marker.start, block.marker.start + len(_unnumbered(block.marker.text))),
        abstract=cover(list(block.body)) if block.body else None,
    )


def _names_people(text: str, *, short: bool) -> bool:
    """Where most lone lines are the authors', a short one is too, though the name be unusual; only a sentence-like line is not."""
    return "·" in text or is_author_list(text) or (short and len(text.split()) <= _MARKER_WORDS)


def _inside(room: Line) -> Span:
    m = _ROOM.match(room.text)
    return Span(room.start + m.start("room"), room.start + m.end("room")) if m else room.span


def _kind(marker: Line) -> RecordKind:
    word = _unnumbered(marker.text).casefold().rstrip("s").split()[-1]
    return _KINDS.get(word, RecordKind.PAPER)
