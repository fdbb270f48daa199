"""Part what a layout puts around the words of an entry from them: times, numbers, bullets, emphasis, quotes, closing stops."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from confgraph.ingest.lines import Line
from confgraph.ingest.sketch import Draft
from confgraph.records import Span

_CLOCK: Final = (
    r"\d{1,2}(?:[:.]\d\d|\s?(?-i:h)(?:\s?\d\d)?(?![^\W\d_.])|(?=\s?[ap]\.?m\b))(?![:.]?\d)(?:\s?[ap]\.?m\b\.?)?(?:\s?(?:Uhr|hrs?))?"
)
TIME: Final = re.compile(
    rf"^[\[(|*_]*\s*(?P<start>{_CLOCK})(?:\s*(?:-|–|—|~|to|bis|à|a|/)\s*(?P<end>{_CLOCK}))?(?:\s?(?:Uhr|hrs?|(?-i:[A-Z]{{2,4}}T)\b))?\s*[\])*_]*\s*[:|–—-]?\s*",
    re.IGNORECASE,
)
"""A time, or a range of times, that opens a line."""
NUMBER: Final = re.compile(
    r"""^(?:(?P<dot>\d{1,4}[.)])(?=\s)|(?P<square>\[[\w.-]{1,8}\])(?!\()|(?P<round>\(\d{1,4}\))|(?P<hash>\#\d{1,5}[:.]?)(?=\s)
      |(?P<code>(?:(?:paper|poster|id|no\.?|nr\.?|talk|oral)\s*(?:id\s*)?)?\#?[A-Z]{0,3}-?\d{1,5}[A-Za-z]?\s?[:.)|])(?=\s)|(?P<tab>\d{1,4})(?=\t|\s\s))\s*""",
    re.IGNORECASE | re.VERBOSE,
)
"""A number or code that opens an entry, by style."""
_BULLET: Final = re.compile(r"^[-*+•‣▪◦–—►»]\s+(?=\S)")
_HEADING: Final = re.compile(r"^#{1,6}\s+(?=\S)")
PAIRS: Final = (
    ("bold", "**", "**"), ("bold", "__", "__"), ("italic", "*", "*"), ("italic", "_", "_"),
    ("quoted", '"', '"'), ("quoted", "“", "”"), ("quoted", "„", "“"), ("quoted", "«", "»"),
)  # fmt: skip
"""How a text is set off, and by what."""
_MOST: Final = 0.9
_ASKS: Final = ("?", "!", "？", "！")


class Bare(NamedTuple):
    """A line without its marks; `number` is the style of its number (`bullet` and `time` among them), `print` how it is set off."""

    line: Line
    number: str | None
    print: str | None


def strip(line: Line) -> Bare:
    """Cut time, number, bullet and emphasis from a line.

    >>> bare = strip(Line(0, 17, "12. **Of Looms**.", 0))
    >>> bare.line.text, bare.line.start, bare.number, bare.print
    ('Of Looms', 6, 'dot', 'bold')
    """
    text = line.text
    start, end = 0, len(text)
    number = printed = None
    if heading := _HEADING.match(text):
        start, printed = heading.end(), "heading"
    for style, pattern in (("time", TIME), (None, NUMBER), ("bullet", _BULLET)):
        m = pattern.match(text[start:])
        if m and start + m.end() < end:
            start, number = start + m.end(), style or m.lastgroup
            break
    for name, opening, closing in PAIRS:
        inner = text[start:end].rstrip(".,")
        within = inner[len(opening) : -len(closing)]
        if within and inner.startswith(opening) and inner.endswith(closing) and closing not in within:
            start, end = start + len(opening), start + len(inner) - len(closing)
            printed = printed or name
    return Bare(Line(line.start + start, line.start + end, text[start:end], line.index), number, printed)


def unquoted(text: str, span: Span) -> Span:
    """Cut quotes or emphasis around a place of a page, which may close on another line than they open."""
    words = text[span.start : span.end]
    for _, opening, closing in PAIRS:
        if words.startswith(opening) and words.endswith(closing) and len(words) > len(opening + closing):
            return Span(span.start + len(opening), span.end - len(closing))
    return span


def without_stops(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """Where a full stop closes nearly every title, it is the layout's and no part of them."""
    titles = [draft.title for draft in drafts if draft.title]
    stopped = sum(text[title.end - 1] == "." for title in titles)
    asking = sum(text[title.end - 1] in _ASKS for title in titles)
    if stopped < 2 or stopped + asking < _MOST * len(titles):
        return list(drafts)
    return [
        replace(draft, title=Span(draft.title.start, draft.title.end - 1)) if draft.title and text[draft.title.end - 1] == "." else draft
        for draft in drafts
    ]
