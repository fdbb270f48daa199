"""Learn the repeating entries of a page: which elements hold titles, and where the entry of each begins and ends.

A group of like elements is tried as titles by cutting the page at its members: the better the cuts hold one list of people or an abstract
each, the more likely they are titles. The idea, that records of a page are told by how they align, is that of Liu, Grossman and Zhai:
Mining Data Records in Web Pages (KDD 2003).
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from confgraph.ingest.forms.html.candidates import Group, find_groups
from confgraph.ingest.forms.html.cuts import Entry, cut_page
from confgraph.ingest.forms.html.outline import Evidence, Outline, within
from confgraph.ingest.forms.html.tree import Node

_MOST_PATTERNS: Final = 6
_LEAST_EVIDENCE: Final = 0.5
_PROSE_WORTH: Final = 0.6
_CLOCK_WORTH: Final = 0.2
"""What an abstract and a time speak for an entry, where a list of people speaks 1."""
_BARE_COST: Final = 0.5
"""What an entry speaks against a group that holds nothing of all this."""
_NAMED_SHARE: Final = 0.5
_MOST_SHARE: Final = 0.8
_ALIKE: Final = 0.3
_DIGITS: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class _Pattern:
    entries: tuple[Entry, ...]
    score: float
    named: float
    """The share of the entries that hold people."""


def find_entries(outline: Outline) -> list[list[Entry]]:
    """Find the entries of a page, one list for each way in which they are written, the most telling first.

    Further lists are taken only where they hold people too, if the first does, or tell more of the same titles.
    """
    groups = find_groups(outline)
    found: list[list[Entry]] = []
    taken: list[tuple[int, int]] = []
    first: _Pattern | None = None
    told: set[str] = set()
    while len(found) < _MOST_PATTERNS:
        patterns = [p for group in groups if (p := _try(outline, group, taken))]
        fitting = [p for p in patterns if first is None or p.named >= min(first.named, _NAMED_SHARE) or _repeats(outline, p, told)]
        best = max(fitting, key=lambda p: p.score, default=None)
        if best is None:
            break
        first = first or best
        found.append(_sharpen(outline, best, patterns))
        told |= {outline.tree.text(entry.title) for entry in found[-1]}
        taken = sorted([*taken, *((e.first, e.last) for e in best.entries)])
    return found


def _outside(group: Sequence[Node], taken: Sequence[tuple[int, int]]) -> list[Node]:
    """Leave out the members that stand in an entry that is taken."""
    if not taken:
        return list(group)
    found, i = [], 0
    for node in group:
        while i < len(taken) and taken[i][1] <= node.order:
            i += 1
        if i == len(taken) or node.order < taken[i][0]:
            found.append(node)
    return found


def _repeats(outline: Outline, pattern: _Pattern, told: set[str]) -> bool:
    """Tell whether most entries have titles that other entries have, as boxes that open with an abstract do."""
    return 2 * sum(outline.tree.text(entry.title) in told for entry in pattern.entries) > len(pattern.entries)


def _try(outline: Outline, group: Group, taken: Sequence[tuple[int, int]]) -> _Pattern | None:
    """Cut the page at a group of titles, and say how well the pieces hold what entries hold; none holds an entry that is taken."""
    titles = _outside(group.members, taken)
    if len(titles) < 2:
        return None
    entries = [entry for entry in cut_page(outline, titles) if _is_free(entry, taken)]
    if len(entries) < 2:
        return None
    total = named = 0.0
    bare = 0
    for entry in entries:
        people = min(1.0, sum(p.strength for p in _beside(outline.people, entry)))
        named += people > 0
        value = people + _PROSE_WORTH * bool(_beside(outline.prose, entry)) + _CLOCK_WORTH * bool(_beside(outline.clocks, entry))
        total += value
        bare += value == 0
    if total - _BARE_COST * bare < _LEAST_EVIDENCE * len(entries) or (group.names and named < _NAMED_SHARE * len(entries)):
        return None
    return _Pattern(tuple(entries), (total - _BARE_COST * bare) * group.worth, named / len(entries))


def _sharpen(outline: Outline, best: _Pattern, patterns: Sequence[_Pattern]) -> list[Entry]:
    """Narrow titles down to a part of them where what is left over says the same in most entries: a kind, a button, pages."""
    inner: dict[int, Node] = {}
    for pattern in patterns:
        held = _held(best.entries, pattern.entries)
        if len(held) < _MOST_SHARE * len(best.entries):
            continue
        left = [_without(outline, entry.title, held[n]) for n, entry in enumerate(best.entries) if n in held]
        if (
            any(left)
            and len(set(left)) <= max(1, _ALIKE * len(left))
            and any(_without(outline, inner.get(n, best.entries[n].title), node) for n, node in held.items())
        ):
            inner = held
    return [replace(entry, title=inner.get(n, entry.title)) for n, entry in enumerate(best.entries)]


def _held(outer: Sequence[Entry], inner: Sequence[Entry]) -> dict[int, Node]:
    """Give the titles that stand inside other titles, by the number of the latter."""
    starts = [entry.title.order for entry in outer]
    found = {}
    for entry in inner:
        n = bisect.bisect_right(starts, entry.title.order) - 1
        if n >= 0 and outer[n].title.order < entry.title.order < outer[n].title.last:
            found[n] = entry.title
    return found


def _without(outline: Outline, outer: Node, inner: Node) -> str:
    """Give the text of a node without that of a node in it, numbers alike."""
    pieces = outline.tree.pieces
    return _DIGITS.sub("#", " ".join("".join([*pieces[outer.start : inner.start], " ", *pieces[inner.end : outer.end]]).split()))


def _is_free(entry: Entry, taken: Sequence[tuple[int, int]]) -> bool:
    after = bisect.bisect_left(taken, (entry.first, 0))
    return (after == len(taken) or taken[after][0] >= entry.last) and (after == 0 or taken[after - 1][1] <= entry.first)


def _beside(places: Sequence[Evidence], entry: Entry) -> list[Evidence]:
    """Give the places in an entry that are apart from its title."""
    title = entry.title
    return [p for p in within(places, entry.first, entry.last) if p.order >= title.last or title.order >= p.last]
