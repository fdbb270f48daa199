"""Read an HTML page as a tree of what a reader sees.

lxml's parser tells tags and text apart; the tree is made here, from its events: scripts, hidden elements and widgets are left out,
formulas become TeX, and what stands on one line of a block is put together. No text is ever executed or fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from lxml import etree

from confgraph.errors import SourceError
from confgraph.ingest.forms.html.words import is_folded_abstract, is_hidden

LINE: Final = "#line"
"""The tag of a node for what stands on one line of a block."""
TEXT: Final = "#text"
_DEEPEST: Final = 2_000
"""In elements. Browsers stop at 512. Source: kMaximumHTMLParserDOMTreeDepth of Blink."""
_MOST_ELEMENTS: Final = 500_000
"""A page of several thousand papers has a fifth of that."""
_FONTS: Final = re.compile(r"</?(?:basefont|blink|font|marquee|nobr)\b[^<>]*>", re.IGNORECASE)
"""What old pages leave unclosed in every item of a list, so that each item would stand in the one before; it says nothing."""
_FORMATTING: Final = re.compile(r"</?(?:b|big|center|em|i|s|small|span|strike|strong|tt|u)\b[^<>]*>", re.IGNORECASE)
"""What some pages leave unclosed by the thousand."""
_UNSEEN: Final = frozenset(
    """
    applet area audio base canvas datalist embed frame frameset iframe input link map meta meter noframes noscript object optgroup option
    param progress script select source style svg template textarea title track video
    """.split()
)
_INLINE: Final = frozenset(
    """
    a abbr acronym b bdi bdo big button cite code data del dfn em font i img ins kbd label mark nobr q rp rt ruby s samp small span strike
    strong sub sup time tt u var wbr
    """.split()
)
_BOXES: Final = frozenset({"a", "button", "label", "span", "time"})
"""Elements that pages set apart by their style alone."""
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SUPERSCRIPTS: Final = str.maketrans("0123456789abcdefgh", "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰ")
_MARKS: Final = re.compile(r"[\s\d,*†‡§¶∗]+|[a-h](?:\s*,\s*(?:[a-h]|\d+|[*†‡§¶∗]))*")
_NO_ATTRIBUTES: Final[Mapping[str, str]] = {}
_MATH_SCRIPT: Final = re.compile(r"math/tex\b")
_RENDERED_MATH: Final = re.compile(r"(?:^|\s)(?:katex-html|MathJax(?:_\w+)?|MJX\w*|mjx-chtml)(?:\s|$)")


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
        """Yield the parent, its parent, and so on."""
        node = self.parent
        while node is not None:
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

    def inside(self, node: Node) -> Sequence[Node]:
        """Give a node and all that stands in it, in document order."""
        return self.nodes[node.order : node.last]


def parse(text: str, where: str) -> Tree:
    """Parse a page; linear in its length.

    Raises:
        SourceError: the page nests too deep or has too many elements.
    """
    text = _FONTS.sub("", text).replace("\x00", "")  # a lone NUL would end the page for the parser
    for formatted in (True, False):
        builder = _Builder()
        data = (text if formatted else _FORMATTING.sub("", text)).encode("utf-8", "replace")
        parser = etree.HTMLParser(target=builder, encoding="utf-8", huge_tree=True, no_network=True)
        try:
            parser.feed(data)
            parser.close()
        except _TooDeepError:
            continue
        except _TooManyError as error:
            raise SourceError(where, f"the page has more than {_MOST_ELEMENTS:,} elements", "split it") from error
        except etree.XMLSyntaxError as error:
            raise SourceError(where, f"cannot be read as HTML ({error.msg})", "save the page again, or as plain text") from error
        return _finished(builder)
    raise SourceError(where, f"elements nest more than {_DEEPEST:,} deep", "save the page as plain text")


class _TooDeepError(Exception):
    """The page nests deeper than any that a browser shows."""


class _TooManyError(Exception):
    """The page has more elements than are taken."""


class _Builder:
    """Take the parser's events: keep what is seen, and what the head says."""

    def __init__(self) -> None:
        self.tree = Tree()
        self.root = Node("#page", _NO_ATTRIBUTES, None)
        self._open = self.root
        self._depth = 0
        self._count = 0
        self._skipped = 0
        """How many elements are open below, and with, the one that is left out; 0 where nothing is."""
        self._heard: list[str] | None = None
        """The text of the element that is left out but listened to."""
        self._heard_as = ""
        self._pending: list[str] = []
        """Text that is read and yet to be put into a node."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Open an element."""
        self._depth += 1
        self._count += 1
        if self._depth > _DEEPEST:
            raise _TooDeepError
        if self._count > _MOST_ELEMENTS:
            raise _TooManyError
        if self._skipped:
            self._skipped += 1
            if self._heard_as == "math":
                self._hear_annotation(tag, attributes)
            return
        self._note(tag, attributes)
        if self._heard_as or tag in _UNSEEN or tag == "math" or self._is_unseen(tag, attributes):
            self._skipped = 1
            return
        self._flush()
        node = Node(tag, dict(attributes) if attributes else _NO_ATTRIBUTES, self._open)
        self._open.children.append(node)
        self._open = node

    def end(self, tag: str) -> None:
        """Close the element that was opened last."""
        self._depth -= 1
        if self._skipped:
            self._skipped -= 1
            if not self._skipped:
                self._tell()
            elif self._heard_as == "math" and tag == "annotation" and self._heard is not None:
                self._heard.append("\x00")
            return
        self._flush()
        node, parent = self._open, self._open.parent
        if parent is None:
            return
        self._open = parent
        if not node.children and tag not in {"br", "hr", "td", "th"}:  # an empty cell has its column all the same
            parent.children.pop()

    def data(self, data: str) -> None:
        """Take a stretch of text."""
        if self._heard is not None:
            self._heard.append(data)
        elif not self._skipped:
            self._pending.append(data)

    def close(self) -> Tree:
        """Give the tree, whose nodes are yet to be put in order."""
        self._flush()
        return self.tree

    def _flush(self) -> None:
        """Put the text that was read into a node of its own."""
        if not self._pending:
            return
        data = "".join(self._pending)
        self._pending.clear()
        node = Node(TEXT, _NO_ATTRIBUTES, self._open)
        node.content = data if data.strip() else " "
        self._open.children.append(node)

    def _note(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Note what an element says that is not seen."""
        if tag == "meta":
            name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or ""
            if name and attributes.get("content"):
                self.tree.metas.append((name, attributes["content"]))
        elif tag == "link":
            self.tree.links.append((attributes.get("rel", ""), attributes.get("href", "")))
        elif tag == "base":
            self.tree.base = self.tree.base or attributes.get("href", "").strip()
        elif tag == "title" and not self.tree.title:
            self._hear("title")
        elif tag == "math":
            self._hear("math")
            if alternative := attributes.get("alttext"):
                self._heard = ["\x01", alternative, "\x00"]
        elif tag == "script":
            kind = attributes.get("type", "").strip().lower()
            if kind == "application/ld+json":
                self._hear("data")
            elif _MATH_SCRIPT.match(kind):
                self._hear("tex")

    def _hear(self, what: str) -> None:
        self._heard, self._heard_as = [], what

    def _hear_annotation(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Mark where TeX starts among the text of a formula."""
        if tag == "annotation" and "tex" in attributes.get("encoding", "").lower() and self._heard is not None:
            self._heard.append("\x01")

    def _tell(self) -> None:
        """Use what was heard in the element that is left out."""
        heard, what = "".join(self._heard or ()), self._heard_as
        self._heard, self._heard_as = None, ""
        if what == "title":
            self.tree.title = " ".join(heard.split())
        elif what == "data":
            self.tree.data.append(heard)
        elif what == "tex":
            self._add_formula(heard)
        elif what == "math":
            _, _, tex = heard.partition("\x01")
            if tex:
                self._add_formula(tex.partition("\x00")[0])
            else:
                self._pending.append(" ".join(heard.replace("\x00", "").split()))

    def _add_formula(self, tex: str) -> None:
        if formula := " ".join(tex.split()):
            self._pending.append(f"${formula.strip('$')}$")

    def _is_unseen(self, tag: str, attributes: Mapping[str, str]) -> bool:
        """Tell whether an element is hidden, or a widget: a button counts where it opens something, as accordions do."""
        if not attributes and tag != "button":
            return False
        if _RENDERED_MATH.search(attributes.get("class", "")):
            return True
        if is_hidden(attributes):
            return not is_folded_abstract(attributes)
        return tag == "button" and self._open.tag not in _HEADINGS and "accordion" not in attributes.get("class", "")


def _finished(builder: _Builder) -> Tree:
    """Put what stands on one line together, number the nodes and write out their text."""
    tree, root = builder.tree, builder.root
    raw = _in_order(root)
    blocks = _find_blocks(raw)
    for node in raw:
        if id(node) in blocks:
            node.children = _lines_of(node, blocks)
    _number(tree, root)
    return tree


def _in_order(root: Node) -> list[Node]:
    found, waiting = [], [root]
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting.extend(reversed(node.children))
    return found


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
            line = Node(LINE, _NO_ATTRIBUTES, block)
            found.append(line)
        child.parent = line
        line.children.append(child)
    return found


def _number(tree: Tree, root: Node) -> None:
    """Number the nodes in document order and write their text in pieces: a line end before each line, inside as the page has it."""
    waiting: list[tuple[Node, bool, bool]] = [(root, True, False)]
    while waiting:
        node, opening, apart = waiting.pop()
        if not opening:
            node.last, node.end = len(tree.nodes), len(tree.pieces)
            continue
        if node.tag == LINE:
            tree.pieces.append("\n")
        elif apart:
            tree.pieces.append(" ")
        node.order, node.start = len(tree.nodes), len(tree.pieces)
        tree.nodes.append(node)
        if node.tag == TEXT:
            tree.pieces.append(_written(node))
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
