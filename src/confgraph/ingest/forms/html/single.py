"""Find the entry of a page that shows only one, where nothing repeats that could be learned from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from confgraph.ingest.forms.html.candidates import titleness
from confgraph.ingest.forms.html.cuts import Entry
from confgraph.ingest.forms.html.outline import Outline, within
from confgraph.ingest.forms.html.tree import HEADINGS, ROOT, Node
from confgraph.ingest.forms.html.words import Role
from confgraph.ingest.lines import count_words

_MOST_TRIED: Final = 200
_PAGE: Final = re.compile(
    r"\b(?:19|20|21)\d\d\b|\b(?:accepted|papers?|proceedings|program(?:me)?|schedule|agenda|publications?|speakers?|abstracts?|home|news|session)\b",
    re.IGNORECASE,
)
"""What headings of pages say."""
_PAGE_WORDS: Final = 6
_HELD: Final = frozenset({"body", "html", ROOT, "main"})


def find_single(outline: Outline) -> Entry | None:
    """Find one entry: a heading, or an element named as a title, with people and an abstract below it; the best of several."""
    titles = [*_iter_titles(outline)][:_MOST_TRIED]
    best: tuple[float, Entry] | None = None
    for n, title in enumerate(titles):
        stop = next((other.order for other in titles[n + 1 :] if other.order >= title.last), len(outline.tree.nodes))
        entry = _place(outline, title, stop)
        worth = _worth(outline, entry)
        if worth and (best is None or worth > best[0]):
            best = worth, entry
    return best[1] if best else None


def _iter_titles(outline: Outline) -> Iterator[Node]:
    """Yield what is marked as a title and not as that of the page."""
    for node in outline.content:
        named = Role.TITLE in {outline.roles.get(node.order), outline.labels.get(node.order)}
        if not (named or node.tag in HEADINGS):
            continue
        text = outline.tree.text(node)
        if outline.names_in(text) < 1 and not (_PAGE.search(text) and count_words(text) <= _PAGE_WORDS):
            yield node


def _place(outline: Outline, title: Node, stop: int) -> Entry:
    """Give a title all that follows it up to the next, inside the highest element that holds no other."""
    box = title
    for ancestor in title.ancestors():
        if ancestor.tag in _HELD or ancestor.last > stop:
            break
        box = ancestor
    last = box.last
    if box.parent is not None:
        for sibling in box.parent.children:
            if sibling.order >= last and sibling.last <= stop and not _in_chrome(outline, sibling):
                last = sibling.last
            elif sibling.order >= last:
                break
    return Entry(title, box.order, last)


def _in_chrome(outline: Outline, node: Node) -> bool:
    return any(first <= node.order < last for first, last in outline.chrome)


def _worth(outline: Outline, entry: Entry) -> float:
    """Say how much an entry holds: a list of people and an abstract, or, in elements named so, either."""
    like = titleness(outline, [entry.title])
    title = entry.title
    people = sum(p.strength for p in within(outline.people, entry.first, entry.last) if p.order >= title.last or title.order >= p.last)
    prose = bool(within(outline.prose, entry.title.last, entry.last))
    enough = people >= 1 or (people and prose)
    return like * (min(people, 1.0) + 0.6 * prose) if enough else 0.0
