"""Find the abstract on a page that is about one article."""

from __future__ import annotations

from typing import Final

from confgraph.ingest.abstracts import LABEL
from confgraph.ingest.forms.html.outline import Outline, is_abstract
from confgraph.ingest.forms.html.tree import HEADINGS, LINE, Node
from confgraph.ingest.forms.html.words import Role
from confgraph.ingest.lines import count_words

_MOST_WORDS: Final = 1_200


def find_abstract(outline: Outline) -> str:
    """Give the abstract that a page shows, without its label; empty where it shows none.

    It is what an element is named for, else the prose below a heading that says so.
    """
    for node in outline.content:
        if outline.roles.get(node.order) is Role.ABSTRACT:
            text = _unlabelled(outline.tree.text(node))
            if is_abstract(text) and count_words(text) <= _MOST_WORDS:
                return text
    lines = [node for node in outline.content if node.tag == LINE]
    for n, line in enumerate(lines):
        text = outline.tree.text(line)
        if (label := LABEL.match(text)) and (label.end() < len(text) or _is_apart(line)):
            found = [text[label.end() :]] if label.end() < len(text) else []
            return " ".join([*found, *_prose_after(outline, lines[n + 1 :])])
    return ""


def _is_apart(line: Node) -> bool:
    return any(a.tag in HEADINGS or a.tag in {"b", "strong", "dt", "summary", "p", "div", "span", "legend"} for a in line.ancestors())


def _prose_after(outline: Outline, lines: list[Node]) -> list[str]:
    """Give the paragraphs up to the next heading or what is no prose."""
    found: list[str] = []
    for line in lines:
        text = outline.tree.text(line)
        if not is_abstract(text) or any(a.tag in HEADINGS for a in line.ancestors()):
            break
        found.append(text)
    return found


def _unlabelled(text: str) -> str:
    label = LABEL.match(text)
    if label:
        return text[label.end() :]
    head, _, rest = text.partition(" ")
    return rest if head.casefold() in {"abstract", "summary"} and rest[:1].isupper() else text
