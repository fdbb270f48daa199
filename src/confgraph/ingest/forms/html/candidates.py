"""Group the elements of a page that may be titles: those of one kind, which read like titles and not like any other field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from confgraph.ingest.forms.html.outline import Outline, is_abstract
from confgraph.ingest.forms.html.times import CLOCK, split_clock
from confgraph.ingest.forms.html.tree import HEADINGS, LINE, ROOT, TEXT, Node
from confgraph.ingest.forms.html.words import Role
from confgraph.ingest.lines import count_words

_MOST: Final = 40
"""How many groups are given, the likeliest first."""
_SHORTEST: Final = 3
_LONGEST: Final = 1_000
"""In characters, with the white space of the page."""
_TITLE_WORDS: Final = 45
_FEWEST_WORDS: Final = 3
"""With fewer words after it a time is no title."""
_SAMPLE: Final = 60
"""How many members of a group say what it reads like."""
_NO_TITLE: Final = frozenset(Role) - {Role.TITLE, Role.SESSION, Role.ABSTRACT, Role.LINKS, Role.VENUE, Role.KIND, Role.OTHER}
"""Roles whose names no page gives to what holds a title too."""
_DIGITS: Final = re.compile(r"\d+")
_LEAST_DISTINCT: Final = 0.6
_LEAST_WORDED: Final = 0.9
_MOST_PROSE: Final = 0.3
_MOST_LISTS: Final = 0.4
_MOST_NAMES: Final = 0.7
"""Of a group of titles, what share says something of its own, holds letters, reads like prose, like a list of people, like a name."""
_BOLD: Final = frozenset({"b", "strong", "dt", "summary", "th"})
_LEAD: Final = "#lead"
_LEAD_WORTH: Final = 0.7
"""How much a group that only the order of lines makes is worth beside one that tags make."""
_FEW_SIBLINGS: Final = 8
"""Among so many siblings at most, the place of each says what it is."""
_DEPTH: Final = 4
"""How many elements, from the title upwards, tell groups apart."""
_PLACE: Final = re.compile(
    r"\b(?:Universit|Institut|Laborator|College|School of|Department|Google|Microsoft|Meta|Inc\b|GmbH)", re.IGNORECASE
)


class Group(NamedTuple):
    """Elements that may be titles, in document order, how much they look it, and whether most of them could be names of people too."""

    members: list[Node]
    worth: float
    names: bool = False


def find_groups(outline: Outline) -> list[Group]:
    """Give the groups that read like titles, the likeliest first."""
    ranked = [
        Group(members, worth, _are_names(outline, members))
        for members, kind in _iter_groups(outline)
        if (worth := kind * titleness(outline, members)) > 0
    ]
    ranked.sort(key=lambda g: (-g.worth * len(g.members), g.members[0].order, -g.members[0].last))
    return ranked[:_MOST]


def _iter_groups(outline: Outline) -> Iterator[tuple[list[Node], float]]:
    """Group the nodes that may be titles by their key and those above it, near and far; each group with what its kind is worth."""
    groups: dict[tuple[str, ...], list[Node]] = {}
    for node in outline.content:
        if node.tag == ROOT or not _SHORTEST <= outline.length(node) <= _LONGEST:
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
        if len(path) == _DEPTH or ancestor.tag == "body":
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


def titleness(outline: Outline, group: Sequence[Node]) -> float:
    """Say how much a group looks like titles, 0 where it cannot be."""
    sample = _sample(group)
    if any(a.holds(b) for a, b in pairwise(sample)):
        return 0.0
    texts = [outline.tree.text(node) for node in sample]
    titled = Role.TITLE in {outline.roles.get(sample[0].order), outline.labels.get(sample[0].order)}
    tags = {
        sample[0].tag,
        *(n.tag for n in outline.tree.inside(sample[0], 4)),
        *(a.tag for a, _ in zip(sample[0].ancestors(), "ab", strict=False)),
    }
    headed = any(tag in HEADINGS for tag in tags)
    names = [outline.names_in(text) for text in texts]
    # A title may read like one name; where neither tag nor class says so, that most do is too much.
    people = sum(n == 1 for n in names) > _MOST_LISTS * len(names) or (not (titled or headed) and _are_names(outline, group))
    if people or not _are_distinct_lines(texts, numbered=titled or headed) or (not titled and _is_other_field(texts)):
        return 0.0
    middle = sorted(map(count_words, texts))[len(texts) // 2]
    worth = 1.0 + 1.0 * titled + 0.6 * headed + 0.3 * bool(tags & _BOLD) + 0.3 * ("a" in tags)
    return worth + 0.4 * (3 <= middle <= 25) - 0.5 * sum(n > 0 for n in names) / len(names)


def _sample(group: Sequence[Node]) -> Sequence[Node]:
    return group[:: max(1, len(group) // _SAMPLE)]


def _are_names(outline: Outline, group: Sequence[Node]) -> bool:
    """Tell whether most members of a group could be names of people."""
    sample = _sample(group)
    return sum(outline.names_in(outline.tree.text(node)) > 0 for node in sample) > _MOST_NAMES * len(sample)


def _are_distinct_lines(texts: Sequence[str], *, numbered: bool) -> bool:
    """Tell whether texts are as long as titles are, and say different things; numbers alone make a difference only if `numbered`."""
    sizes = sorted(map(count_words, texts))
    if not 1 <= sizes[len(sizes) // 2] <= _TITLE_WORDS or sum(map(is_abstract, texts)) > _MOST_PROSE * len(texts):
        return False
    distinct = {text if numbered else _DIGITS.sub("#", text) for text in texts}
    return len(distinct) >= _LEAST_DISTINCT * len(texts) and sum(any(map(str.isalpha, t)) for t in texts) >= _LEAST_WORDED * len(texts)


def _is_other_field(texts: Sequence[str]) -> bool:
    """Tell whether texts are those of another field: institutions, times, lists of key words."""
    kinds = (
        sum(bool(_PLACE.search(t)) and count_words(t) < 10 for t in texts),
        sum(bool(CLOCK.match(t)) and count_words(split_clock(t)[1]) < _FEWEST_WORDS for t in texts),
        sum(t.startswith(("[", "(", "http", "@")) for t in texts),
    )
    return any(2 * kind > len(texts) for kind in kinds)
