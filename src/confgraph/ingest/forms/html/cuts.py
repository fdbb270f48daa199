"""Cut a page at the titles of its entries: which elements belong to which title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from confgraph.ingest.forms.html.outline import Outline
from confgraph.ingest.forms.html.tree import HEADINGS, LINE, ROOT, Node

_PART_SHARE: Final = 0.3
"""What follows at least this share of the entries is a part of them."""
_OWN_HEADING_SHARE: Final = 0.9
"""A heading as high as that of the entries is a part of them if it follows this share of them."""
_MOST_AFTER: Final = 30
_MOST_AHEAD: Final = 10
"""How many siblings behind the last entry and before the first are looked at."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The place of an entry: its title, and the nodes that are it, from `first` up to `last`."""

    title: Node
    first: int
    last: int


def cut_page(outline: Outline, titles: Sequence[Node]) -> list[Entry]:
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
            if ancestor.order <= low or ancestor.last > high or ancestor.tag in {"body", "html", ROOT, "main"}:
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
    stop = index[boxes[n + 1].order] if follows else min(len(siblings), start + _MOST_AFTER)
    return [s for s in siblings[start:stop] if s.end > s.start]


def _ahead(boxes: Sequence[Node], n: int, index: dict[int, int]) -> list[Node]:
    """Give the siblings before a box, back to the box before, the nearest first."""
    box = boxes[n]
    if box.parent is None:
        return []
    stop = index[box.order]
    follows = n > 0 and boxes[n - 1].parent is box.parent
    start = index[boxes[n - 1].order] + 1 if follows else max(0, stop - _MOST_AHEAD)
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
