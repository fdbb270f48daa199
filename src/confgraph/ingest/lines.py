"""Look at a page as lines and paragraphs that know where they stand."""

from __future__ import annotations

import re
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
_MENU: Final = re.compile(
    r"^(?:about|back|check out|click|close|contact|cookies?|download|find us|follow|get|go to|hear|help|home|join|jump|listen|load|log ?in|"
    r"login|menu|more|next|open|prev(?:ious)?|print|privacy|read more|register|related|search|see also|see all|share|show|sign|skip|"
    r"subscribe|support us|terms|toggle|top|view|visit|watch)\b",
    re.IGNORECASE,
)
_MENU_WORDS: Final = 14


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
