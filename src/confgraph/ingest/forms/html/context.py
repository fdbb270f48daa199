"""Find what stands above the entries of a page and holds for those below it: sessions, years, days, rooms."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from confgraph.ingest.forms.html.cuts import Entry
from confgraph.ingest.forms.html.outline import Outline
from confgraph.ingest.forms.html.times import YEAR, split_clock, split_day
from confgraph.ingest.forms.html.tree import HEADINGS, LINE, Node
from confgraph.ingest.forms.html.words import Role, labelled_role
from confgraph.ingest.lines import count_words

_LOWEST: Final = 7
"""The level of headings that are none by their tag."""
_MOST_WORDS: Final = 25
_DAY_WORDS: Final = 8
_SESSION: Final = re.compile(r"\b(?:sessions?|tracks?|day \d)\b", re.IGNORECASE)
_NO_HEADING: Final = frozenset({"table", "tbody", "thead", "dl", "ul", "ol", "section", "article", "main", "body"})


@dataclass(frozen=True, slots=True)
class Context:
    """What holds for an entry though it stands above it."""

    session: str = ""
    year: str = ""
    date: str = ""
    room: str = ""


def find_contexts(outline: Outline, entries: Sequence[Entry]) -> list[Context]:
    """Give the context of each entry; `entries` are in document order.

    A heading that divides no entries from others is the page's own and no session, unless it says that it is one.
    """
    taken = [(entry.first, entry.last) for entry in entries]
    found: list[Context] = []
    open_headings: dict[int, str] = {}
    room = ""
    asked = False
    """Whether the line above is nothing but a label for a room."""
    for node, level in _iter_outside(outline, taken):
        while len(found) < len(taken) and taken[len(found)][0] <= node.order:
            found.append(_context(open_headings, room))
        text = outline.tree.text(node)
        label = labelled_role(text)
        if level:
            text = _heading_text(outline, node)
            open_headings = {n: t for n, t in open_headings.items() if n < level} | {level: text}
            room = ""
        elif label and label[1] == len(text):
            asked = label[0] is Role.ROOM
            continue
        elif label and label[0] is Role.ROOM:
            room = text[label[1] :]
        elif (asked or outline.roles.get(node.order) is Role.ROOM) and count_words(text) <= _MOST_WORDS:
            room = text
        asked = False
    found += [_context(open_headings, room)] * (len(taken) - len(found))
    dividing = len({context.session for context in found}) > 1
    return [context if dividing or _SESSION.search(context.session) else replace(context, session="") for context in found]


def _context(headings: dict[int, str], room: str) -> Context:
    texts = [headings[level] for level in sorted(headings, reverse=True) if level > 1]
    year = next((text for text in texts if YEAR.fullmatch(text)), "")
    texts = [text for text in texts if not YEAR.fullmatch(text)]
    parted = [(day, name) if count_words(day) <= _DAY_WORDS else ("", text) for text in texts for day, name in [split_day(text)]]
    return Context(next((name for _, name in parted if name), ""), year, next((day for day, _ in parted if day), ""), room)


def _iter_outside(outline: Outline, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[Node, int]]:
    """Yield the headings outside entries with their level, and other lines and named elements with level 0."""
    starts = [first for first, _ in taken]
    past = 0
    for node in outline.content:
        if node.order < past:
            continue
        before = bisect.bisect_right(starts, node.order) - 1
        if before >= 0 and node.order < taken[before][1]:
            past = taken[before][1]
            continue
        after = bisect.bisect_left(starts, node.order)
        if after < len(starts) and starts[after] < node.last:
            continue  # it holds entries
        level = _level(outline, node)
        if level:
            past = node.last
            yield node, level
        elif node.tag == LINE or node.order in outline.roles:
            yield node, 0


def _heading_text(outline: Outline, node: Node) -> str:
    """Give the text of a heading without the time before it."""
    inner = [n for n in outline.tree.inside(node)[1:] if outline.roles.get(n.order) in {Role.SESSION, Role.TITLE}]
    return split_clock(outline.tree.text(inner[0] if inner else node))[1]


def _level(outline: Outline, node: Node) -> int:
    """Say at what level a node is a heading, 0 where it is none."""
    if node.tag in HEADINGS:
        return HEADINGS[node.tag]
    named = outline.roles.get(node.order) in {Role.SESSION, Role.TITLE} and node.tag not in _NO_HEADING
    row = node.tag == "tr" and node.order not in outline.cells.heading and sum(c.end > c.start for c in node.children) == 1
    if not (named or row or node.tag in {"caption", "legend"}):
        return 0
    return _LOWEST if count_words(outline.tree.text(node)) <= _MOST_WORDS else 0
