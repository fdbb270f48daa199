"""Read lists whose items hold title and authors on one line with nothing but punctuation between.

How a list divides them is learned from its items: `Title - People`, `People: Title` and the like; the manner in which most of them fall
into a list of people and something else is that of all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from confgraph.ingest.forms.html.outline import Outline
from confgraph.ingest.forms.html.people import tidy
from confgraph.ingest.forms.html.tree import LINE, TEXT, Node
from confgraph.ingest.forms.html.words import is_widget
from confgraph.ingest.lines import count_words

_FEWEST: Final = 3
_MOST_GROUPS: Final = 30
"""How many kinds of lines are tried, the most frequent first."""
_SAMPLE: Final = 40
"""How many items of a list say how it divides them."""
_MOST_PLACES: Final = 12
"""How many places of an item are tried for each manner."""
_SHARE: Final = 0.6
_TITLE_WORDS: Final = 45
_LONGEST: Final = 3_000
_NUMBER: Final = re.compile(r"^(?:\[?#?\d{1,4}[\].):]|#\d{1,5})\s+(?=\S)")
_DIVIDERS: Final = (
    re.compile(r"\s+[–—-]{1,2}\s+"), re.compile(r"[.,]?[\"”»]\s*[.,:;–—-]?\s*|\s+[\"“«]"), re.compile(r"\s+by\s+(?=[A-Z])"),
    re.compile(r"\s*\|\s*"),
    re.compile(r":\s+"), re.compile(r"(?<!\b[A-Z])[.?!]\s+"), re.compile(r"\s+\((?=[^()]+\)\W*$)"), re.compile(r";\s+"),
    re.compile(r",\s+"),
)  # fmt: skip
"""What may stand between title and people, the least ambiguous first."""
_PLACE: Final = re.compile(
    r"[.,;]\s+(?:In:?\s|Proc\b|Proceedings\b|arXiv\b|pp?\.\s|pages?\s|[A-Z][A-Za-z]*[A-Z][A-Za-z]*\s?(?:['’]\d\d|(?:19|20|21)\d\d)).*$",
    re.DOTALL,
)
"""Where a paper appeared, behind its title."""


class _Manner(NamedTuple):
    """How items are divided: at what, and whether the people stand first."""

    divider: re.Pattern[str]
    people_first: bool


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list on one line: the line, its title and people as printed."""

    line: Node
    title: str
    people: str


def find_items(outline: Outline) -> list[Item]:
    """Find the lists of a page whose items are one line each, and divide their items; in document order."""
    groups: dict[tuple[str, ...], list[Node]] = {}
    for node in outline.content:
        if node.tag == LINE and node.parent is not None:
            groups.setdefault(
                (outline.keys[node.parent.order], *(outline.keys[a.order] for a in list(node.parent.ancestors())[:1])), []
            ).append(node)
    largest = sorted((lines for lines in groups.values() if len(lines) >= _FEWEST), key=lambda lines: (-len(lines), lines[0].order))
    found = [item for lines in largest[:_MOST_GROUPS] for item in _divided(outline, lines)]
    return sorted(found, key=lambda item: item.line.order)


def _divided(outline: Outline, lines: Sequence[Node]) -> list[Item]:
    texts = [_text(outline, line) for line in lines]
    sample = texts[:: max(1, len(texts) // _SAMPLE)]
    worth = {manner: sum(_worth(outline, text, manner) for text in sample) for manner in _iter_manners()}
    best = max(worth, key=lambda manner: worth[manner])
    if worth[best] < _SHARE * len(sample):
        return []
    pairs = ((line, _divide(outline, text, best)) for line, text in zip(lines, texts, strict=True))
    return [Item(line, *pair) for line, pair in pairs if pair]


def _iter_manners() -> Iterator[_Manner]:
    for divider in _DIVIDERS:
        yield _Manner(divider, people_first=False)
        yield _Manner(divider, people_first=True)


def _text(outline: Outline, line: Node) -> str:
    """Give the text of a line without what only leads on."""
    kept = [node for node in line.children if node.tag == TEXT or not is_widget(outline.tree.text(node))]
    text = " ".join("".join("".join(outline.tree.pieces[node.start : node.end]) for node in kept).split())
    return _NUMBER.sub("", re.sub(r"[\s\[\](|]+$", "", text), count=1)[:_LONGEST]


def _worth(outline: Outline, text: str, manner: _Manner) -> float:
    """Say how surely a manner divides an item; a list of nothing but people is not divided."""
    pair = _divide(outline, text, manner)
    if pair is None or (outline.names_in(text) and outline.names_in(pair[0])):
        return 0.0
    return outline.names_in(pair[1])


def _divide(outline: Outline, text: str, manner: _Manner) -> tuple[str, str] | None:
    """Divide an item into title and people where the people are most; None where no place does."""
    places = list(manner.divider.finditer(text))
    places = places[:_MOST_PLACES] if manner.people_first else places[-_MOST_PLACES:]
    best: tuple[str, str] | None = None
    most = 0.0
    for place in places:
        left, right = text[: place.start()] + text[place.start()].strip(' -–—,:;.(|"“”«»'), text[place.end() :]
        people, title = (left, right) if manner.people_first else (right, left)
        people, title = tidy(people).strip("()"), _PLACE.sub("", title).strip(' "“”«»').rstrip(".,;:")
        strength = outline.names_in(people)
        if 2 <= count_words(title) <= _TITLE_WORDS and strength > most and outline.names_in(title) < 1:
            best, most = (title, people), strength
    return best
