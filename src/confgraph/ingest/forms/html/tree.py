"""A page as a reader sees it: elements, lines of blocks, stretches of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

LINE: Final = "#line"
"""The tag of a node for what stands on one line of a block."""
TEXT: Final = "#text"
ROOT: Final = "#page"
HEADINGS: Final = {f"h{n}": n for n in range(1, 7)}
"""The tags of headings, with their levels."""
NO_ATTRIBUTES: Final[Mapping[str, str]] = {}
_FARTHEST: Final = 60
"""How many ancestors of a node say anything of it; a bound, so that deep pages take linear time too."""


class Node:
    """An element, a line of a block, or a stretch of text.

    Attributes:
        tag: in lower case; `#line` and `#text` for what is no element.
        attributes: those of the element.
        parent: None for the root.
        children: in order.
        content: the text of a text node, as the page has it.
        order: the number of the node in document order; its subtree is `order` up to `last`, exclusive.
        start: where its text starts among the tree's pieces, up to `end`.
    """

    __slots__ = ("attributes", "children", "content", "end", "last", "order", "parent", "start", "tag")

    def __init__(self, tag: str, attributes: Mapping[str, str], parent: Node | None) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.children: list[Node] = []
        self.content = ""
        self.order = self.last = 0
        self.start = self.end = 0

    def get(self, name: str) -> str:
        """Give the value of an attribute, empty where it has none."""
        return self.attributes.get(name, "")

    def ancestors(self) -> Iterator[Node]:
        """Yield the parent, its parent, and so on, as far up as can matter."""
        node = self.parent
        for _ in range(_FARTHEST):
            if node is None:
                return
            yield node
            node = node.parent

    def holds(self, other: Node) -> bool:
        """Tell whether a node of the same tree is this one or stands in it."""
        return self.order <= other.order < self.last


class Tree:
    """A page as it is seen: `nodes` in document order, and what its head says.

    `metas` are the names and contents of its meta elements in order, `links` the `rel` and `href` of link elements, `data` the texts
    of its JSON-LD scripts, `base` the href of its base element.
    """

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.pieces: list[str] = []
        self.title = ""
        self.base = ""
        self.metas: list[tuple[str, str]] = []
        self.links: list[tuple[str, str]] = []
        self.data: list[str] = []

    @property
    def root(self) -> Node:
        """The node that holds all others."""
        return self.nodes[0]

    def text(self, node: Node) -> str:
        """Give the text of a node with white space collapsed."""
        return " ".join("".join(self.pieces[node.start : node.end]).split())

    def inside(self, node: Node, most: int | None = None) -> Sequence[Node]:
        """Give a node and all that stands in it, or the first `most` of them, in document order."""
        return self.nodes[node.order : node.last if most is None else min(node.last, node.order + most)]
