"""Put what stands on one line of a page together, and write out its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from confgraph.ingest.forms.html.tree import LINE, NO_ATTRIBUTES, TEXT, Node, Tree

_INLINE: Final = frozenset(
    """
    a abbr acronym b bdi bdo big button cite code data del dfn em font i img ins kbd label mark nobr q rp rt ruby s samp small span strike
    strong sub sup time tt u var wbr
    """.split()
)
_BOXES: Final = frozenset({"a", "button", "label", "span", "time"})
"""Elements that pages set apart by their style alone."""
_SUPERSCRIPTS: Final = str.maketrans("0123456789abcdefgh", "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰ")
_MARKS: Final = re.compile(r"[\s\d,*†‡§¶∗]+|[a-h](?:\s*,\s*(?:[a-h]|\d+|[*†‡§¶∗]))*")


def arrange(root: Node, tree: Tree) -> Tree:
    """Put what stands on one line together, number the nodes and write out their text, in linear time."""
    raw = list(iter_below(root))
    blocks = _find_blocks(raw)
    for node in raw:
        if id(node) in blocks:
            node.children = _lines_of(node, blocks)
    _number(tree, root)
    return tree


def iter_below(root: Node) -> Iterator[Node]:
    """Yield a node and all below it in document order, before they are numbered."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.children))


def _find_blocks(nodes: Sequence[Node]) -> set[int]:
    """Give the ids of the nodes that are no part of a line: blocks, and what holds one."""
    blocks: set[int] = set()
    for node in reversed(nodes):
        if (node.tag != TEXT and node.tag not in _INLINE) or any(id(child) in blocks for child in node.children):
            blocks.add(id(node))
    return blocks


def _lines_of(block: Node, blocks: set[int]) -> list[Node]:
    """Give the children of a block with those that stand on one line under a node of their own; empty lines vanish."""
    found: list[Node] = []
    line: Node | None = None
    for child in block.children:
        if id(child) in blocks:
            line = None
            if child.tag not in {"br", "hr"}:
                found.append(child)
            continue
        if line is None:
            if child.tag == TEXT and child.content.isspace():
                continue
            line = Node(LINE, NO_ATTRIBUTES, block)
            found.append(line)
        child.parent = line
        line.children.append(child)
    return found


def _number(tree: Tree, root: Node) -> None:
    """Number the nodes in document order and write their text in pieces: a line end before each line, inside as the page has it."""
    waiting: list[tuple[Node, bool, bool]] = [(root, True, False)]
    order = written = 0  # the lengths of both lists: one object for all nodes that share a number, of which a page has many
    while waiting:
        node, opening, apart = waiting.pop()
        if not opening:
            node.last, node.end = order, written
            continue
        if node.tag == LINE or apart:
            tree.pieces.append("\n" if node.tag == LINE else " ")
            written += 1
        node.order, node.start = order, written
        tree.nodes.append(node)
        order += 1
        if node.tag == TEXT:
            tree.pieces.append(_written(node))
            written += 1
        waiting.append((node, False, False))
        befores = (None, *node.children[:-1])
        waiting.extend((child, True, _are_boxes(before, child)) for before, child in reversed([*zip(befores, node.children, strict=False)]))


def _are_boxes(before: Node | None, node: Node) -> bool:
    """Tell whether two elements of one kind stand with nothing between, as authors in boxes of their own do."""
    if before is None or before.tag != node.tag or node.tag not in _INLINE:
        return False
    return node.tag in _BOXES or before.get("class") == node.get("class") != ""


def _written(node: Node) -> str:
    """Give the text of a text node; marks that stand high are written as such."""
    text = node.content
    if node.parent and node.parent.tag == "sup" and _MARKS.fullmatch(text.strip()):
        return text.translate(_SUPERSCRIPTS)
    return text
