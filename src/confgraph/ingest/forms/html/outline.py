"""Look at a page for what repeats: a key for every element, what its names say, what its text reads like."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

from confgraph.ingest.forms.html.people import count_names
from confgraph.ingest.forms.html.tables import Cells, read_cells
from confgraph.ingest.forms.html.times import CLOCK
from confgraph.ingest.forms.html.tree import LINE, TEXT, Node, Tree
from confgraph.ingest.forms.html.words import Role, is_chrome, label_role, labelled_role, named_role
from confgraph.ingest.lines import count_words, ends_sentence
from confgraph.ingest.names import is_name

_CLOCK_WORDS: Final = 15
_DIGITS: Final = re.compile(r"\d+")
_STATES: Final = frozenset(
    "odd even active first last show open opened closed collapsed collapse in visible selected current row-odd row-even "
    "alt expanded".split()
)
_ABSTRACT_WORDS: Final = 20
_SURE_WORDS: Final = 40
_LIST_WORDS: Final = 1_000
_LONGEST_LIST: Final = 12_000
_SHORT_LIST: Final = 600
"""In characters; longer texts are looked at for commas or a bracket behind a name before they are tried as lists of people."""
_ONE_NAME: Final = 0.4
"""How surely what reads as one name is one: a title may read so too."""
_MOST_CHROME: Final = 0.5
"""What holds more of a page's text than this is no chrome, whatever it is called."""
_NAMING: Final = ("data-testid", "data-cvent-id", "data-field", "data-column", "data-th", "data-label", "data-title", "itemprop")
"""The attributes, beside `id` and `class`, in which pages name an element, the most telling last."""
_INSIDE: Final = frozenset({"article", "section", "li", "td", "main", "dd", "details"})
"""Where a header or footer is that of a part of the page."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place that reads like people or an abstract: the nodes from `order` up to `last`; `strength` in (0, 1]."""

    order: int
    last: int
    strength: float


class Outline:
    """A page's tree with what its elements are called and what they read like."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.cells: Cells = read_cells(tree)
        self.keys = [_key(node, self.cells) for node in tree.nodes]
        self._names: dict[str, int] = {}
        self._lengths = [0, *accumulate(map(len, tree.pieces))]
        self.chrome = self._find_chrome()
        """Places that are chrome: sorted, disjoint pairs of orders."""

    @cached_property
    def content(self) -> list[Node]:
        """The nodes that are no chrome, in document order."""
        found: list[Node] = []
        at = 0
        for first, last in self.chrome:
            found += self.tree.nodes[at:first]
            at = last
        return [node for node in found + self.tree.nodes[at:] if node.end > node.start]

    @cached_property
    def roles(self) -> dict[int, Role]:
        """What the names of elements, or the heads of columns, say that they hold, by their order."""
        found = {}
        for node in self.content:
            if node.attributes or "-" in node.tag:
                role = named_role([node.tag if "-" in node.tag else "", *names_of(node)])
                if role:
                    found[node.order] = role
            if role := self.cells.heads.get(node.order):
                found[_titled(node).order if role is Role.TITLE else node.order] = role
        return found

    @cached_property
    def labels(self) -> dict[int, Role]:
        """What labels say that lines hold, by the order of the line: those at its start, or that are the line before."""
        found = {}
        above: Role | None = None
        for node in self.content:
            if node.tag != LINE:
                continue
            text = self.tree.text(node)
            own = labelled_role(text)
            if above or (own and own[1] < len(text)):
                found[node.order] = above or own[0]  # type: ignore[index]
            above = label_role(text)
        return found

    @cached_property
    def people(self) -> list[Evidence]:
        """The places that read like people, in document order."""
        return [*self._iter_people()]

    @cached_property
    def prose(self) -> list[Evidence]:
        """The lines that read like a part of an abstract."""
        return [Evidence(node.order, node.last, 1.0) for node in self.content if node.tag == LINE and is_abstract(self.tree.text(node))]

    @cached_property
    def clocks(self) -> list[Evidence]:
        """The short lines that hold a time of day."""
        lines = [node for node in self.content if node.tag == LINE]
        texts = ((node, self.tree.text(node)) for node in lines)
        return [
            Evidence(node.order, node.last, 1.0) for node, text in texts if CLOCK.search(text[:200]) and count_words(text) <= _CLOCK_WORDS
        ]

    def _find_chrome(self) -> list[tuple[int, int]]:
        """Find the parts of the site, as pairs of orders."""
        most = _MOST_CHROME * max(1, self._lengths[-1])
        found: list[tuple[int, int]] = []
        for node in self.tree.nodes:
            if (found and node.order < found[-1][1]) or node.tag in {LINE, TEXT, "html", "body", "main"}:
                continue
            if (node.tag == "header" or is_chrome(node.tag, node.attributes)) and self.length(node) <= most and not _is_of_part(node):
                alone = node.parent is not None and node.parent.tag == LINE and self.tree.text(node) == self.tree.text(node.parent)
                found.append((node.order - alone, node.last))
        return found

    def _iter_people(self) -> Iterator[Evidence]:
        for node in self.content:
            role = self.roles.get(node.order)
            if role is Role.AUTHORS:
                text = self.tree.text(node)
                if any(map(str.isalpha, text)) and count_words(text) <= _LIST_WORDS:
                    yield Evidence(node.order, node.last, 1.0)
            elif node.tag == LINE:
                yield from self._people_of(node)

    def _people_of(self, line: Node) -> Iterator[Evidence]:
        """Read a line, and each stretch of it, as people."""
        if strength := self.names_in(self.listed(line.children)):
            yield Evidence(line.order, line.last, strength)
        # A title and the names after it may read like one list, so the parts of a line are asked too.
        if 1 < len(line.children) <= _LIST_WORDS:
            for part in line.children:
                if strength := self.names_in(self.tree.text(part)):
                    yield Evidence(part.order, part.last, strength)

    def listed(self, nodes: Sequence[Node]) -> str:
        """Give the text of nodes that follow one another; boxes of one kind with names are listed with dots between."""
        text = " ".join("".join(self.tree.pieces[nodes[0].start : nodes[-1].end]).split())
        boxes = [node for node in nodes if node.tag != TEXT]
        if len(boxes) < 2 or len(boxes) > _LIST_WORDS or len({self.keys[box.order] for box in boxes}) > 1:
            return text
        if any(node.tag == TEXT and self.tree.text(node) for node in nodes):
            return text
        names = " · ".join(self.tree.text(box) for box in boxes)
        return names if self.names_in(names) == 1 else text

    def length(self, node: Node) -> int:
        """Give the number of characters of a node's text, white space and all."""
        return self._lengths[node.end] - self._lengths[node.start]

    def names_in(self, text: str) -> float:
        """Say how surely a text lists people: 1 for a list, 0.4 for what may be one name, else 0."""
        if not text or len(text) > _LONGEST_LIST or (len(text) > _SHORT_LIST and not _is_long_list(text)):
            return 0.0
        if text not in self._names:
            self._names[text] = count_names(text)
        return (0.0, _ONE_NAME)[self._names[text]] if self._names[text] < 2 else 1.0


def _is_long_list(text: str) -> bool:
    """Tell whether a long text can be a list of people: it is divided every few words, or opens with a name and a bracket."""
    divided = sum(text.count(c) for c in ",;·|")
    return 4 * divided >= len(text.split()) or is_name(text[:100].partition("(")[0])


def names_of(node: Node) -> list[str]:
    """Give the names that the page gives an element, the most telling last."""
    return [node.get("id"), *reversed(node.get("class").split()), *filter(None, map(node.get, _NAMING))]


def _titled(cell: Node) -> Node:
    """Give what a cell below the head `Title` names so: its first line, where it has several."""
    return next((child for child in cell.children if child.tag == LINE), cell)


def is_abstract(text: str) -> bool:
    """Tell whether a text reads like an abstract or a paragraph of one.

    >>> is_abstract("Accepted papers"), is_abstract("We show that " + "words " * 20 + "end.")
    (False, True)
    """
    words = count_words(text)
    return words >= _SURE_WORDS or (words >= _ABSTRACT_WORDS and ends_sentence(text))


def within(places: Sequence[Evidence], first: int, last: int) -> Sequence[Evidence]:
    """Give the places that start among the nodes `first` up to `last`."""
    left = bisect.bisect_left(places, first, key=lambda p: p.order)
    right = bisect.bisect_left(places, last, lo=left, key=lambda p: p.order)
    return places[left:right]


def _key(node: Node, cells: Cells) -> str:
    """Name what an element shares with its like: tag, classes without states and numbers, column or place among lines."""
    if node.tag == LINE and node.parent:
        return LINE
    tag = f"td[{cells.columns.get(node.order, 0)}]" if node.tag in {"td", "th"} else node.tag
    if not node.attributes:
        return tag
    names = {_DIGITS.sub("#", name) for name in node.get("class").split() if name not in _STATES}
    if not names and (identity := node.get("id")) and _DIGITS.search(identity):
        names = {"id=" + _DIGITS.sub("#", identity)}
    if prop := node.get("itemprop"):
        names.add(f"@{prop}")
    return ".".join([tag, *sorted(names)])


def _is_of_part(node: Node) -> bool:
    """Tell whether a header or footer is that of a part of the page."""
    return node.tag in {"header", "footer"} and any(a.tag in _INSIDE for a in node.ancestors())
