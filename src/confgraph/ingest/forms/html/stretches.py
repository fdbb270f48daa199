"""Cut an entry into stretches of its page that belong together: lines, and what names, labels and lists of people tell apart on them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import Final, NamedTuple

from confgraph.ingest.forms.html.cuts import Entry
from confgraph.ingest.forms.html.outline import Outline, is_abstract
from confgraph.ingest.forms.html.people import names_places
from confgraph.ingest.forms.html.tree import LINE, TEXT, Node
from confgraph.ingest.forms.html.words import Role, is_widget, labelled_role

KIND: Final = re.compile(
    r"^\W*(?:(?:in-person|virtual|invited|contributed|spotlight|short|long|regular|full|accept)\W+)*(?:oral|poster|spotlight|tutorial|keynote|talk|"
    r"workshop|demo|demonstration|panel|paper|highlight)s?(?:\W+(?:presentation|paper|session|talk|poster|oral|demo))*\W*$",
    re.IGNORECASE,
)
"""What a page calls the sort of an entry."""
_MOST_CUT: Final = 12
"""How many pieces may follow people on their line, or stand before them."""
_MOST_INNER: Final = 300
"""How many nodes of an element on a line are asked for names; a bound, so that deep nesting takes linear time."""


class _Stage(Enum):
    """How far some nodes are cut."""

    BLOCK = auto()
    LINE = auto()
    DONE = auto()


class _Work(NamedTuple):
    """Nodes that follow one another, and the role that the element around them has."""

    nodes: Sequence[Node]
    role: Role | None
    stage: _Stage


class Stretch(NamedTuple):
    """Nodes that belong together, with the role that the name of an element gives them."""

    nodes: Sequence[Node]
    role: Role | None


def iter_stretches(outline: Outline, entry: Entry) -> Iterator[Stretch]:
    """Yield the stretches of an entry in document order; its title is one of its own."""
    waiting: list[_Work] = []
    at = entry.first
    while at < entry.last:
        waiting.append(_Work([outline.tree.nodes[at]], None, _Stage.BLOCK))
        at = outline.tree.nodes[at].last
    waiting.reverse()
    while waiting:
        work = waiting.pop()
        if work.stage is _Stage.DONE:
            yield Stretch(work.nodes, work.role)
        elif work.stage is _Stage.LINE:
            waiting.extend(reversed([_opened(outline, entry, piece, work.role) for piece in _cut_line(outline, work.nodes, entry)]))
        else:
            waiting.extend(reversed(_cut_block(outline, entry, work.nodes[0], work.role)))


def _cut_block(outline: Outline, entry: Entry, block: Node, around: Role | None) -> list[_Work]:
    role = _role(outline, entry, block, around)
    if block is entry.title:
        return [_Work([block], Role.TITLE, _Stage.DONE)]
    if block.tag == LINE:
        return [_Work(block.children, role, _Stage.LINE)]
    if not any(child.tag == LINE or child.children for child in block.children):
        return [_Work([block], role, _Stage.DONE)] if block.end > block.start else []
    return [_Work([child], role, _Stage.BLOCK) for child in block.children if child.end > child.start]


def _role(outline: Outline, entry: Entry, node: Node, around: Role | None) -> Role | None:
    """Give the role of a node: its own, unless it holds the title too; among people only affiliations stand out."""
    own = outline.roles.get(node.order)
    if own is None or (node is not entry.title and node.holds(entry.title)) or (around is Role.AUTHORS and own is not Role.AFFILIATION):
        return around
    return own


def _opened(outline: Outline, entry: Entry, piece: Sequence[Node], around: Role | None) -> _Work:
    """Open a lone element that holds the title, or parts with names of their own."""
    node = piece[0]
    if len(piece) > 1 or node is entry.title:
        return _Work(piece, around, _Stage.DONE)
    role = _role(outline, entry, node, around)
    inner = any(n is entry.title or _role(outline, entry, n, role) is not role for n in outline.tree.inside(node, _MOST_INNER)[1:])
    return _Work(node.children, role, _Stage.LINE) if inner else _Work(piece, role, _Stage.DONE)


def _cut_line(outline: Outline, nodes: Sequence[Node], entry: Entry) -> list[Sequence[Node]]:
    """Cut a line at the title, at elements whose names say what they hold, at buttons and labels; the rest is cut where people end."""
    stretches: list[list[Node]] = [[]]
    for node in nodes:
        text = outline.tree.text(node)
        named = any(n.order in outline.roles for n in outline.tree.inside(node, _MOST_INNER))
        if node.holds(entry.title) or entry.title.holds(node) or named:
            stretches += [[node], []]
        elif node.tag != TEXT and labelled_role(text):
            stretches += [[node]]
        elif node.tag != TEXT and (is_widget(text) or KIND.match(text)):
            stretches += [[node], []]
        else:
            stretches[-1].append(node)
    cut: list[Sequence[Node]] = []
    for stretch in stretches:
        if len(stretch) > 1 and not labelled_role(outline.tree.text(stretch[0])):
            cut += _cut_people(outline, stretch)
        elif stretch:
            cut.append(stretch)
    return cut


def _cut_people(outline: Outline, nodes: Sequence[Node]) -> list[Sequence[Node]]:
    """Take the people at either end of some nodes apart from the rest, whose nodes stand alone; prose stays whole."""
    text = outline.listed(nodes)
    seen = [node for node in nodes if node.tag != TEXT or outline.tree.text(node)]
    if len(seen) == 2 and seen[0].tag == TEXT and seen[1].tag != "sup" and 0 < outline.names_in(outline.tree.text(seen[0])) < 1:
        return [[seen[0]], [seen[1]]]  # what stands behind a name in an element of its own may be where it works
    beside = any(_is_place(outline, node) for node in nodes)
    if (outline.names_in(text) and not beside) or is_abstract(text) or names_places(text, marked=True):
        return [nodes]
    for size in range(len(nodes) - 1, max(0, len(nodes) - _MOST_CUT), -1):
        if outline.names_in(outline.listed(nodes[:size])):
            return [nodes[:size], *([node] for node in nodes[size:])]
        if outline.names_in(outline.listed(nodes[-size:])):
            return [*([node] for node in nodes[:-size]), nodes[-size:]]
    return [[node] for node in nodes] if any(outline.names_in(outline.tree.text(node)) for node in nodes) else [nodes]


def _is_place(outline: Outline, node: Node) -> bool:
    """Tell whether an element holds nothing but an institution."""
    text = outline.tree.text(node)
    return node.tag not in {TEXT, "sup"} and " " in text and not outline.names_in(text) and names_places(text)
