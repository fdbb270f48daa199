"""Read an HTML page as a tree of what a reader sees.

lxml's parser tells tags and text apart; the tree is made here, from its events: scripts, hidden elements and widgets are left out, and
formulas become TeX. No script is run, nothing is fetched, and no entity but HTML's own is known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from sys import intern
from typing import Final

from lxml import etree

from confgraph.errors import SourceError
from confgraph.ingest.forms.html.blocks import arrange, iter_below
from confgraph.ingest.forms.html.tree import HEADINGS, NO_ATTRIBUTES, ROOT, TEXT, Node, Tree
from confgraph.ingest.forms.html.words import is_button, is_folded_abstract, is_hidden

_DEEPEST: Final = 2_000
"""In elements. Browsers stop at 512. Source: kMaximumHTMLParserDOMTreeDepth of Blink."""
_MOST_ELEMENTS: Final = 500_000
"""A page of several thousand papers has a fifth of that."""
_FONTS: Final = re.compile(r"</?(?:basefont|blink|font|marquee|nobr)\b[^<>]*>", re.IGNORECASE)
"""What old pages leave unclosed in every item of a list, so that each item would stand in the one before; it says nothing."""
_FORMATTING: Final = re.compile(r"</?(?:b|big|center|em|i|s|small|span|strike|strong|tt|u)\b[^<>]*>", re.IGNORECASE)
"""What some pages leave unclosed by the thousand."""
_WHOLE: Final = frozenset({"html", "body", "main"})
"""Elements that a script shows when the page is ready."""
_UNSEEN: Final = frozenset(
    """
    applet area audio base canvas datalist embed frame frameset iframe input link map meta meter noframes noscript object optgroup option
    param progress script select source style svg template textarea title track video
    """.split()
)
_HEAD: Final = frozenset({"base", "link", "meta"})
_ONES_OWN: Final = frozenset({"id", "href", "title", "datetime", "aria-label"})
"""Attributes whose values hardly recur on a page."""
_BUTTON_NODES: Final = 50
"""A button of so many nodes is no widget; a bound too, so that buttons in buttons take linear time."""
_MATH_SCRIPT: Final = re.compile(r"math/tex\b")
_RENDERED_MATH: Final = re.compile(r"(?:^|\s)(?:katex-html|MathJax(?:_\w+)?|MJX\w*|mjx-chtml)(?:\s|$)")


class _TooDeepError(Exception):
    """The page nests deeper than any that a browser shows."""


class _TooManyError(Exception):
    """The page has more elements than are taken."""


def parse(text: str, where: str) -> Tree:
    """Parse a page; linear in its length.

    Raises:
        SourceError: the page nests too deep or has too many elements.
    """
    text = _FONTS.sub("", text).replace("\x00", "")  # a lone NUL would end the page for the parser
    formatted, veils = True, True
    while True:
        builder = _Builder(veils=veils)
        data = (text if formatted else _FORMATTING.sub("", text)).encode("utf-8", "replace")
        parser = etree.HTMLParser(target=builder, encoding="utf-8", huge_tree=True, no_network=True)
        try:
            parser.feed(data)
            parser.close()
        except _TooDeepError as error:
            if not formatted:
                raise SourceError(where, f"elements nest more than {_DEEPEST:,} deep", "save the page as plain text") from error
            formatted = False
            continue
        except _TooManyError as error:
            raise SourceError(where, f"the page has more than {_MOST_ELEMENTS:,} elements", "split it") from error
        except etree.XMLSyntaxError as error:
            raise SourceError(where, f"cannot be read as HTML ({error.msg})", "save the page again, or as plain text") from error
        if not builder.is_veiled:
            return arrange(builder.root, builder.tree)
        veils = False


def _note_head(tree: Tree, tag: str, attributes: Mapping[str, str]) -> None:
    """Note what an element of the head states of the page."""
    if tag == "meta":
        name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or ""
        if name and attributes.get("content"):
            tree.metas.append((name, attributes["content"]))
    elif tag == "link":
        tree.links.append((attributes.get("rel", ""), attributes.get("href", "")))
    else:
        tree.base = tree.base or attributes.get("href", "").strip()


class _Builder:
    """Take the parser's events: keep what is seen, and what the head says."""

    def __init__(self, *, veils: bool) -> None:
        self.tree = Tree()
        self.root = Node(ROOT, NO_ATTRIBUTES, None)
        self._veils = veils
        self._veil = False
        self._shown = self._veiled = 0
        """How many characters are kept, and how many are left out for `aria-hidden` alone."""
        self._open = self.root
        self._depth = 0
        self._count = 0
        self._skipped = 0
        """How many elements are open below, and with, the one that is left out; 0 where nothing is."""
        self._heard: list[str] | None = None
        """The text of the element that is left out but listened to."""
        self._heard_as = ""
        self._recurring: dict[tuple[tuple[str, str], ...], Mapping[str, str]] = {}
        self._pending: list[str] = []
        """Text that is read and yet to be put into a node."""

    @property
    def is_veiled(self) -> bool:
        """Whether most of the page is hidden from screen readers, as behind a box that is open while the page is saved."""
        return self._veiled > self._shown

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
        node = Node(intern(tag), self._kept(attributes) if attributes else NO_ATTRIBUTES, self._open)
        self._open.children.append(node)
        self._open = node

    def _kept(self, attributes: Mapping[str, str]) -> Mapping[str, str]:
        """Keep attributes: those that recur in the boxes of a list once, or else they would take more memory than the page's text."""
        kept = {intern(name): value for name, value in attributes.items()}
        return kept if kept.keys() & _ONES_OWN else self._recurring.setdefault(tuple(kept.items()), kept)

    def end(self, tag: str) -> None:
        """Close the element that was opened last."""
        self._depth -= 1
        if self._skipped:
            self._skipped -= 1
            if not self._skipped:
                self._veil = False
                self._tell()
            elif self._heard_as == "math" and tag == "annotation" and self._heard is not None:
                self._heard.append("\x00")
            return
        self._flush()
        node, parent = self._open, self._open.parent
        if parent is None:
            return
        self._open = parent
        empty = not node.children and tag not in {"br", "hr", "td", "th"}  # an empty cell has its column all the same
        if empty or (tag == "button" and _is_widget(node, parent)):
            parent.children.pop()

    def data(self, data: str) -> None:
        """Take a stretch of text."""
        if self._heard is not None:
            self._heard.append(data)
        elif not self._skipped:
            self._pending.append(data)
            self._shown += len(data)
        elif self._veil:
            self._veiled += len(data)

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
        node = Node(TEXT, NO_ATTRIBUTES, self._open)
        node.content = data if data.strip() else " "
        self._open.children.append(node)

    def _note(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Note what an element says that is not seen, or that its text is to be listened to."""
        if tag in _HEAD:
            _note_head(self.tree, tag, attributes)
        elif what := self._to_hear(tag, attributes):
            self._heard, self._heard_as = [], what
            if what == "math" and (alternative := attributes.get("alttext")):
                self._heard = ["\x01", alternative, "\x00"]

    def _to_hear(self, tag: str, attributes: Mapping[str, str]) -> str:
        """Say as what the text of an element is heard that is not shown as it stands; empty where it is not."""
        if tag == "title":
            return "" if self.tree.title else tag
        if tag != "script":
            return tag if tag == "math" else ""
        kind = attributes.get("type", "").strip().lower()
        return "data" if kind == "application/ld+json" else "tex" if _MATH_SCRIPT.match(kind) else ""

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
        """Tell whether an element is hidden."""
        if not attributes:
            return False
        if _RENDERED_MATH.search(attributes.get("class", "")):
            return True
        if tag not in _WHOLE and is_hidden(attributes):
            return not is_folded_abstract(attributes)
        if self._veils and attributes.get("aria-hidden") == "true":
            self._veil = True
            return True
        return False


def _is_widget(button: Node, parent: Node) -> bool:
    """Tell whether a button is no more than that: one counts where it opens something, as accordions do, or reads like a title."""
    if parent.tag in HEADINGS or "accordion" in button.get("class"):
        return False
    nodes = list(islice(iter_below(button), _BUTTON_NODES))
    return len(nodes) < _BUTTON_NODES and is_button("".join(node.content for node in nodes).strip())
