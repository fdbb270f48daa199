"""Look at a page as lines and paragraphs that know where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from confgraph.records import Span

_SENTENCE_END: Final = re.compile(r"[.!?…。！？｡؟۔।][\"'”’)\]」』）]*$")
_UNSPACED: Final = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
"""Thai, Lao, Burmese, Khmer, Japanese and Chinese: scripts that put no space between words."""
_VISIBLE: Final = re.compile(r"[^\s\u200b-\u200f\u2060\ufeff\u00ad]")
_PROSE_WORDS: Final = 9
_SURE_PROSE: Final = 40
"""From more words on, a text is prose though no full stop closes it."""
_LONG_ENTRY: Final = 3
"""How many times as many lines as others an entry may have."""
_FRAME: Final = 8
"""Lines of a page's head, or foot, that say nothing of its layout."""
_SHORTEST_WRAPPED: Final = 45
_SURE_PARAGRAPH: Final = 200
"""A line of more characters is a whole paragraph."""
_MENU: Final = re.compile(
    r"^(?:about|back|check out|click|close|contact|cookies?|download|find us|follow|get|go to|hear|help|home|join|jump|listen|load|log ?in|"
    r"login|menu|more|next|open|prev(?:ious)?|print|privacy|read more|register|related|search|see also|see all|share|show|sign|skip|"
    r"subscribe|support us|terms|toggle|top|view|visit|watch)\b",
    re.IGNORECASE,
)
_MENU_WORDS: Final = 14
_MARKED: Final = re.compile(
    r"[-*+•‣▪>#_“„«\"|]|\[[^\]]*\]\(|(?:title|titel|titre|author\(s\)|authors?|autor\w*|speakers?|presenters?|auteurs?)\s*:|(?:by|von|par)[\s:]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A non-blank stretch of a page without the white space around it: `page[start:end] == text`."""

    start: int
    end: int
    text: str
    index: int
    """The number of the line among all lines of the page, from 0: blank lines show as gaps."""

    @property
    def span(self) -> Span:
        """The line's place on the page."""
        return Span(self.start, self.end)


def split_lines(text: str) -> list[Line]:
    """Give the non-blank lines of a page.

    >>> [(line.start, line.text, line.index) for line in split_lines("a\\n\\n  b c \\n")]
    [(0, 'a', 0), (5, 'b c', 2)]
    """
    lines = []
    at = 0
    for index, raw in enumerate(text.split("\n")):
        bare = raw.strip()
        if _VISIBLE.search(bare):
            start = at + len(raw) - len(raw.lstrip())
            lines.append(Line(start, start + len(bare), bare, index))
        at += len(raw) + 1
    return lines


def from_place(line: Line, at: int) -> Line:
    """Give what follows the first `at` characters of a line."""
    return Line(line.start + at, line.end, line.text[at:], line.index)


def upto_place(line: Line, at: int) -> Line:
    """Give the first `at` characters of a line."""
    return Line(line.start, line.start + at, line.text[:at], line.index)


def split_paragraphs(lines: list[Line]) -> list[list[Line]]:
    """Group lines into paragraphs: runs without a blank line between."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and groups[-1][-1].index + 1 == line.index:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def cover(lines: list[Line]) -> Span:
    """Give the place from the first to the last of some lines.

    >>> cover(split_lines("ab\\ncd"))
    Span(start=0, end=5)
    """
    return Span(lines[0].start, lines[-1].end)


def ends_sentence(text: str) -> bool:
    """Tell whether a text ends as a sentence does.

    >>> ends_sentence("It works (well)."), ends_sentence("Related work")
    (True, False)
    """
    return bool(_SENTENCE_END.search(text))


def count_words(text: str) -> int:
    """Count the words of a text, two characters to a word where the script puts no space between words.

    >>> count_words("We weave numbers."), count_words("機械は織る")
    (3, 2)
    """
    spaced, unspaced = _UNSPACED.subn(" ", text)
    return sum(any(c.isalnum() for c in word) for word in spaced.split()) + unspaced // 2 if unspaced else len(text.split())


def is_prose(text: str) -> bool:
    """Tell whether a text is made of sentences rather than being a heading, a name or a menu entry.

    >>> is_prose("We show that a simple rule is enough for all of them."), is_prose("Accepted papers")
    (True, False)
    """
    words = count_words(text)
    return words >= _PROSE_WORDS and (ends_sentence(text) or words > _SURE_PROSE)


def is_menu(text: str) -> bool:
    """Tell whether a text asks the reader to go somewhere, as menus and closing lines do.

    >>> is_menu("Skip to main content"), is_menu("Listen to all episodes at https://example.org."), is_menu("Showing bounds")
    (True, True, False)
    """
    return len(text.split()) <= _MENU_WORDS and bool(_MENU.match(text))


def is_marked(text: str) -> bool:
    """Tell whether a bullet, emphasis, a quote or a label opens a text, which plain titles and names lack.

    >>> is_marked("**Cards**"), is_marked("Authors: Ada Lovelace"), is_marked("Cards That Weave")
    (True, True, False)
    """
    return bool(_MARKED.match(text))


def opens(lines: Sequence[Line], i: int) -> bool:
    """Tell whether a line can open an entry: nothing runs into it from the line above."""
    return i == 0 or lines[i].index > lines[i - 1].index + 1 or ends_sentence(lines[i - 1].text) or len(lines[i - 1].text) > _SURE_PARAGRAPH


def climb(lines: Sequence[Line], i: int, most: int = 3) -> int:
    """Give the first line of the wrapped text that ends at a line, at most some lines up."""
    first = i
    while first > max(0, i - most) and not opens(lines, first) and len(lines[first - 1].text) >= _SHORTEST_WRAPPED:
        first -= 1
    return first if opens(lines, first) else i


def covered(lines: Sequence[Line], spans: Sequence[Span]) -> float:
    """Say which share of the page lies in some places, which are sorted and disjoint: by lines or by characters, whichever is less.

    Of lines, prose counts only where it opens a place: abstracts say nothing of a layout; and a few lines above the first place and
    below the last are the page's head and foot. What makes a place far longer than the others is taken for something else that it
    has swallowed.
    """
    counts, lengths = [0] * len(spans), [0] * len(spans)
    outside = []
    at = 0
    for line in lines:
        while at < len(spans) and spans[at].end <= line.start:
            at += 1
        if at == len(spans) or spans[at].start > line.start:
            outside.append(line)
            continue
        counts[at] += spans[at].start == line.start or not is_prose(line.text)
        lengths[at] += len(line.text)
    lost = _without_frame(outside, spans)
    return min(
        _share(counts, sum(not is_prose(line.text) for line in lost), _LONG_ENTRY),
        _share(lengths, sum(len(line.text) for line in lost), _LONG_ENTRY * _SURE_PARAGRAPH),
    )


def _without_frame(lines: Sequence[Line], spans: Sequence[Span]) -> list[Line]:
    """Leave out the last lines before all places and the first ones behind them, which are the page's head and foot."""
    if not spans:
        return list(lines)
    above = [line for line in lines if line.end <= spans[0].start]
    below = [line for line in lines if line.start >= spans[-1].end]
    between = [line for line in lines if spans[0].start < line.end and line.start < spans[-1].end]
    return [*above[:-_FRAME], *between, *below[_FRAME:]]


def _share(inside: Sequence[int], outside: int, spare: int) -> float:
    """Give the share that is inside, without what exceeds several times the median and something to spare."""
    if not inside:
        return 0.0
    most = _LONG_ENTRY * sorted(inside)[(len(inside) - 1) // 2] + spare
    return sum(min(count, most) for count in inside) / max(outside + sum(inside), 1)
