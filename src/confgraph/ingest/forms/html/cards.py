"""Learn the repeating entries of a page: which elements hold titles, and where the entry of each begins and ends.

What may be a title is every group of elements of one kind. A group is tried by cutting the page at its members: the better the cuts
hold one list of people or an abstract each, the more likely its members are titles. The idea, that records of a page are told by
their alignment, is that of Liu, Grossman and Zhai: Mining Data Records in Web Pages (KDD 2003).
"""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from confgraph.ingest.forms.html.outline import CLOCK, Evidence, Outline, is_abstract, within
from confgraph.ingest.forms.html.tree import LINE, TEXT, Node
from confgraph.ingest.forms.html.words import Role
from confgraph.ingest.lines import count_words

_MOST_TRIED: Final = 40
"""How many groups are tried, the likeliest first."""
_MOST_PATTERNS: Final = 6
_SHORTEST: Final = 3
_LONGEST: Final = 1_000
"""In characters, with the white space of the page."""
_TITLE_WORDS: Final = 45
_SAMPLE: Final = 60
"""How many members of a group say what it reads like."""
_NO_TITLE: Final = frozenset(Role) - {Role.TITLE, Role.SESSION, Role.ABSTRACT, Role.LINKS, Role.VENUE, Role.KIND, Role.OTHER}
_DIGITS: Final = re.compile(r"\d+")
_LEAST_DISTINCT: Final = 0.6
_LEAST_EVIDENCE: Final = 0.5
_PROSE_WORTH: Final = 0.6
_CLOCK_WORTH: Final = 0.2
"""What an abstract and a time speak for an entry, where a list of people speaks 1."""
HEADINGS: Final = {f"h{n}": n for n in range(1, 7)}
_BOLD: Final = frozenset({"b", "strong", "dt", "summary", "th"})
_PART_SHARE: Final = 0.3
"""What follows at least this share of the entries is a part of them."""
_LEAD: Final = "#lead"
_LEAD_WORTH: Final = 0.7
"""How much a group that only the order of lines makes is worth beside one that tags make."""
_FEW_SIBLINGS: Final = 8
"""Among so many siblings at most, the place of each says what it is."""
_MOST_SHARE: Final = 0.8
_ALIKE: Final = 0.3
_OWN_HEADING_SHARE: Final = 0.9


@dataclass(frozen=True, slots=True)
class Entry:
    """The place of an entry: its title, and the nodes that are it, from `first` up to `last`."""

    title: Node
    first: int
    last: int


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
    groups = _rank(outline, _iter_groups(outline))
    found: list[list[Entry]] = []
    taken: list[tuple[int, int]] = []
    first: _Pattern | None = None
    told: set[str] = set()
    while len(found) < _MOST_PATTERNS:
        patterns = [p for group, prior in groups if (p := _try(outline, _outside(group, taken), prior, taken))]
        fitting = [p for p in patterns if first is None or p.named >= min(first.named, 0.5) or _repeats(outline, p, told)]
        best = max(fitting, key=lambda p: p.score, default=None)
        if best is None:
            break
        first = first or best
        found.append(_sharpen(outline, best, patterns))
        told |= {outline.tree.text(entry.title) for entry in found[-1]}
        taken = sorted([*taken, *((e.first, e.last) for e in best.entries)])
    return found


def _iter_groups(outline: Outline) -> Iterator[tuple[list[Node], float]]:
    """Group the nodes that may be titles by their key and those above it, near and far; each group with what its kind is worth."""
    groups: dict[tuple[str, ...], list[Node]] = {}
    for node in outline.content:
        if node.tag == "#page" or not _SHORTEST <= outline.length(node) <= _LONGEST:
            continue
        if outline.roles.get(node.order) in _NO_TITLE or outline.labels.get(node.order) in _NO_TITLE:
            continue
        if node.tag == TEXT and node.parent and len(node.parent.children) == 1:
            continue
        path = _path(outline, node)
        for depth in range(1 if node.get("class") else 2, len(path) + 1):
            groups.setdefault(path[:depth], []).append(node)
        if (place := _place(outline, node)) is not None:
            groups.setdefault((f"{path[0]}:{place}", *path[1:3]), []).append(node)
    for node in _iter_leads(outline):
        groups.setdefault((_LEAD, *_path(outline, node)[1:3]), []).append(node)
    seen = set()
    for path, members in groups.items():
        places = tuple((node.start, node.end) for node in members)
        if len(members) > 1 and places not in seen:
            seen.add(places)
            yield members, _LEAD_WORTH if path[0] == _LEAD else 1.0


def _iter_leads(outline: Outline) -> Iterator[Node]:
    """Yield the lines right above lines of people: the titles of pages that tell nothing apart but by the order of lines."""
    people = {place.order: place.strength for place in outline.people}
    lines = [node for node in outline.content if node.tag == LINE]
    prose = [is_abstract(outline.tree.text(line)) for line in lines]
    for n, (line, below) in enumerate(pairwise(lines)):
        own, next_own = people.get(line.order, 0.0), people.get(below.order, 0.0)
        # A title may read like a name; then the abstract after the next line tells which of both is one.
        if own < 1 and not prose[n] and (next_own > own or (next_own and n + 2 < len(lines) and prose[n + 2])):
            yield line


def _path(outline: Outline, node: Node) -> tuple[str, ...]:
    path = [_own_key(outline, node)]
    for ancestor in node.ancestors():
        if len(path) == 4 or ancestor.tag == "body":
            break
        path.append(_own_key(outline, ancestor))
    return tuple(path)


def _own_key(outline: Outline, node: Node) -> str:
    """Give a node's key; a line and a stretch of text are told by their place among their siblings."""
    if node.tag not in {LINE, TEXT} or node.parent is None:
        return outline.keys[node.order]
    siblings = node.parent.children
    if node.tag == LINE:
        label = f"={outline.labels[node.order]}" if node.order in outline.labels else ""
        return f"{LINE}{siblings.index(node)}{label}" if len(siblings) <= _FEW_SIBLINGS else LINE + label
    before = [child.tag for child in siblings[:_FEW_SIBLINGS] if child.order < node.order and child.tag != TEXT]
    return f"{TEXT}/{before[-1] if before else ''}"


def _place(outline: Outline, node: Node) -> int | None:
    """Give the place of an element among few siblings of its kind; None where it has none, or many."""
    if node.parent is None or node.tag in {LINE, TEXT} or len(node.parent.children) > _FEW_SIBLINGS:
        return None
    like = [child.order for child in node.parent.children if outline.keys[child.order] == outline.keys[node.order]]
    return like.index(node.order) if len(like) > 1 else None


def _rank(outline: Outline, groups: Iterable[tuple[list[Node], float]]) -> list[tuple[list[Node], float]]:
    """Keep the groups that read like titles, the likeliest first, each with how much it looks like titles."""
    ranked = [(group, prior) for group, worth in groups if (prior := worth * _titleness(outline, group)) > 0]
    ranked.sort(key=lambda g: (-g[1] * len(g[0]), g[0][0].order, -g[0][0].last))
    return ranked[:_MOST_TRIED]


def _titleness(outline: Outline, group: Sequence[Node]) -> float:
    """Say how much a group looks like titles, 0 where it cannot be."""
    step = max(1, len(group) // _SAMPLE)
    sample = group[::step]
    if any(a.holds(b) for a, b in pairwise(sample)):
        return 0.0
    texts = [outline.tree.text(node) for node in sample]
    sizes = sorted(map(count_words, texts))
    middle = sizes[len(sizes) // 2]
    if not 1 <= middle <= _TITLE_WORDS or sum(is_abstract(t) for t in texts) > 0.3 * len(texts):
        return 0.0
    if len({_DIGITS.sub("#", t) for t in texts}) < _LEAST_DISTINCT * len(texts):
        return 0.0
    if sum(any(c.isalpha() for c in t) for t in texts) < 0.9 * len(texts):
        return 0.0
    names = [outline.names_in(t) for t in texts]
    titled = Role.TITLE in {outline.roles.get(sample[0].order), outline.labels.get(sample[0].order)}
    if sum(n == 1 for n in names) > 0.4 * len(names) or sum(n > 0 for n in names) > 0.7 * len(names):
        return 0.0
    if not titled and _is_title_of_nothing(texts):
        return 0.0
    tags = {sample[0].tag, *(n.tag for n in outline.tree.inside(sample[0])[:4]), *(a.tag for a, _ in zip(sample[0].ancestors(), "ab", strict=False))}
    worth = 1.0 + 1.0 * titled + 0.6 * any(t in HEADINGS for t in tags) + 0.3 * bool(tags & _BOLD) + 0.3 * ("a" in tags)
    return worth + 0.4 * (3 <= middle <= 25) - 0.5 * sum(n > 0 for n in names) / len(names)


_PLACE: Final = re.compile(r"\b(?:Universit|Institut|Laborator|College|School of|Department|Google|Microsoft|Meta|Inc\b|GmbH)", re.IGNORECASE)


def _is_title_of_nothing(texts: Sequence[str]) -> bool:
    """Tell whether texts are those of another field: institutions, times, lists of key words."""
    kinds = (
        sum(bool(_PLACE.search(t)) and count_words(t) < 10 for t in texts),
        sum(bool(CLOCK.match(t)) and count_words(t) < 8 for t in texts),
        sum(t.startswith(("[", "(", "http", "@")) for t in texts),
    )
    return any(2 * kind > len(texts) for kind in kinds)


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


def _try(outline: Outline, titles: Sequence[Node], prior: float, taken: Sequence[tuple[int, int]]) -> _Pattern | None:
    """Cut the page at some titles, and say how well the pieces hold what entries hold; none holds an entry that is taken."""
    if len(titles) < 2:
        return None
    entries = [entry for entry in _cut(outline, titles) if _is_free(entry, taken)]
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
    if total - 0.5 * bare < _LEAST_EVIDENCE * len(entries):
        return None
    return _Pattern(tuple(entries), (total - 0.5 * bare) * prior, named / len(entries))


def _sharpen(outline: Outline, best: _Pattern, patterns: Sequence[_Pattern]) -> list[Entry]:
    """Narrow titles down to a part of them where what is left over says the same in most entries: a kind, a button, pages."""
    inner: dict[int, Node] = {}
    for pattern in patterns:
        held = _held(best.entries, pattern.entries)
        if len(held) < _MOST_SHARE * len(best.entries):
            continue
        left = [_without(outline, entry.title, held[n]) for n, entry in enumerate(best.entries) if n in held]
        if any(left) and len(set(left)) <= max(1, _ALIKE * len(left)) and any(_without(outline, inner.get(n, best.entries[n].title), node) for n, node in held.items()):
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


def _cut(outline: Outline, titles: Sequence[Node]) -> list[Entry]:
    """Give each title the box that holds no other title, and the siblings of the box that are parts of the entry."""
    boxes = _boxes(titles)
    index: dict[int, int] = {}
    for box in boxes:
        parent = box.parent
        if parent is not None and parent.children[0].order not in index:
            index |= {child.order: i for i, child in enumerate(parent.children)}
    parts, usual, before = _learn_parts(outline, boxes, index)
    entries = []
    for n, (title, box) in enumerate(zip(titles, boxes, strict=True)):
        after = _after(boxes, n, index)
        follows = n + 1 < len(boxes) and boxes[n + 1].parent is box.parent
        last = box.last
        taken = after if follows else after[:usual]
        for sibling in taken:
            key = _box_key(outline, sibling)
            if key in before and (follows or sibling is not taken[0]):
                break
            if key not in parts:
                if _is_heading(sibling) or not follows:
                    break
                continue
            last = sibling.last
        first = box.order
        for sibling in _ahead(boxes, n, index):
            if _box_key(outline, sibling) not in before:
                break
            first = sibling.order
        entries.append(Entry(title, first, last))
    return entries


def _boxes(titles: Sequence[Node]) -> list[Node]:
    """Give for each title the highest node that holds no other, all at the height at which most stand."""
    paths = []
    for n, title in enumerate(titles):
        low = titles[n - 1].order if n else -1
        high = titles[n + 1].order if n + 1 < len(titles) else 1 << 60
        path = [title]
        for ancestor in title.ancestors():
            if ancestor.order <= low or ancestor.last > high or ancestor.tag in {"body", "html", "#page", "main"}:
                break
            path.append(ancestor)
        paths.append(path)
    heights = Counter(len(path) for path in paths)
    usual = max(heights, key=lambda h: (heights[h], -h))
    return [path[min(len(path), usual) - 1] for path in paths]


def _after(boxes: Sequence[Node], n: int, index: dict[int, int]) -> list[Node]:
    """Give the siblings between a box and the next, or up to the parent's end."""
    box = boxes[n]
    if box.parent is None:
        return []
    start = index[box.order] + 1
    follows = n + 1 < len(boxes) and boxes[n + 1].parent is box.parent
    siblings = box.parent.children
    stop = index[boxes[n + 1].order] if follows else min(len(siblings), start + 30)
    return [s for s in siblings[start:stop] if s.end > s.start]


def _ahead(boxes: Sequence[Node], n: int, index: dict[int, int]) -> list[Node]:
    """Give the siblings before a box, back to the box before, the nearest first."""
    box = boxes[n]
    if box.parent is None:
        return []
    stop = index[box.order]
    follows = n > 0 and boxes[n - 1].parent is box.parent
    start = index[boxes[n - 1].order] + 1 if follows else max(0, stop - 10)
    return [s for s in reversed(box.parent.children[start:stop]) if s.end > s.start]


def _learn_parts(outline: Outline, boxes: Sequence[Node], index: dict[int, int]) -> tuple[set[str], int, set[str]]:
    """Learn which siblings belong to the entry before them, how many there usually are, and which belong to the entry after them."""
    gaps = [_after(boxes, n, index) for n in range(len(boxes) - 1) if boxes[n + 1].parent is boxes[n].parent]
    if not gaps:
        return set(), 0, set()
    counts = Counter(key for gap in gaps for key in {_box_key(outline, s) for s in gap})
    level = HEADINGS.get(boxes[0].tag, 7)
    parts = set()
    for key, count in counts.items():
        heading = HEADINGS.get(key.partition(".")[0].partition(">")[0], 9)
        if count >= (_OWN_HEADING_SHARE if heading <= level else _PART_SHARE) * len(gaps):
            parts.add(key)
    sizes = Counter(len(gap) for gap in gaps)
    usual = max(sizes, key=lambda s: (sizes[s], -s))
    return parts, usual, _learn_before(outline, boxes, index, parts)


def _learn_before(outline: Outline, boxes: Sequence[Node], index: dict[int, int], parts: set[str]) -> set[str]:
    """Find the parts that stand before their title: the first box has one before it, and the last of its parent has none after."""
    firsts = [n for n, box in enumerate(boxes) if n == 0 or boxes[n - 1].parent is not box.parent]
    lasts = [n for n, box in enumerate(boxes) if n + 1 == len(boxes) or boxes[n + 1].parent is not box.parent]
    found: set[str] = set()
    for key in sorted(parts):
        opens = sum(any(_box_key(outline, s) == key for s in _ahead(boxes, n, index)[:3]) for n in firsts)
        closes = sum(any(_box_key(outline, s) == key for s in _after(boxes, n, index)[:5]) for n in lasts)
        if 2 * opens > len(firsts) and 2 * closes < len(lasts):
            found.add(key)
    return found


def _box_key(outline: Outline, node: Node) -> str:
    """Tell siblings apart by their own key and that of their first child, rows by how many cells they have."""
    if node.tag == "tr":
        return f"{outline.keys[node.order]}/{len(node.children)}"
    inner = next((child for child in node.children if child.tag != LINE), None)
    return outline.keys[node.order] + (f">{outline.keys[inner.order]}" if inner and node.tag != LINE else "")


def _is_heading(node: Node) -> bool:
    return node.tag in HEADINGS
