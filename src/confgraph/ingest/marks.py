"""Part what a layout puts around the words of an entry from them: times, numbers, bullets, emphasis, quotes, closing stops."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from confgraph.ingest.headings import DATE, WEEKDAY
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
_DATED: Final = re.compile(rf"(?:(?:{WEEKDAY})\b\.?,?\s+)?{DATE}(?:\s*[:|–—]\s|\s+-\s|(?=\t|\s\s))\s*", re.IGNORECASE | re.VERBOSE)
"""A day that opens an entry."""
_BULLET: Final = re.compile(r"^[-*+•‣▪◦–—►»]\s+(?=\S)")
_HEADING: Final = re.compile(r"^#{1,6}\s+(?=\S)")
PAIRS: Final = (
    ("bold", "**", "**"), ("bold", "__", "__"), ("italic", "*", "*"), ("italic", "_", "_"),
    ("quoted", '"', '"'), ("quoted", "“", "”"), ("quoted", "„", "“"), ("quoted", "«", "»"),
)  # fmt: skip
"""How a text is set off, and by what."""
_MOST: Final = 0.9
_RECURS: Final = 0.01
"""The share of lines from which on numbers of a series are the layout's; fewer are names (`HX3: ...`)."""
_ASKS: Final = ("?", "!", "？", "！")


class Bare(NamedTuple):
    """A line without its marks; `number` is the style of its number (`bullet` and `time` among them), `print` how it is set off."""

    line: Line
    number: str | None
    print: str | None


def strip(line: Line, *, numbered: bool = True) -> Bare:
    """Cut time, number, bullet and emphasis from a line; without `numbered` it opens with no number.

    >>> bare = strip(Line(0, 17, "12. **Of Looms**.", 0))
    >>> bare.line.text, bare.line.start, bare.number, bare.print
    ('Of Looms', 6, 'dot', 'bold')
    """
    text = line.text
    start, end = 0, len(text)
    number = printed = None
    if heading := _HEADING.match(text):
        start, printed = heading.end(), "heading"
    for style, pattern in (("time", TIME), ("date", _DATED), (None, NUMBER), ("bullet", _BULLET)):
        m = pattern.match(text[start:]) if numbered or style == "bullet" else None
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


def starts(lines: Sequence[Line]) -> list[int]:
    """Give where the words of lines that stand at like places begin: a code such as `P12:` is a number where its series recurs.

    >>> starts([Line(0, 8, "HX3: Ab", 0), Line(9, 13, "Of C", 1), Line(14, 18, "On D", 2)])
    [0, 9, 14]
    """
    bare = [strip(line) for line in lines]
    known = recurring_series(lines, bare)
    return [
        (found if found.number != "code" or name in known else strip(line, numbered=False)).line.start
        for line, found, name in zip(lines, bare, series(lines, bare), strict=True)
    ]


def recurring_series(lines: Sequence[Line], bare: Sequence[Bare]) -> frozenset[str]:
    """Give the series of numbers of which a list has several."""
    fewest = max(2, _RECURS * len(lines))
    return frozenset(name for name, n in Counter(series(lines, bare)).items() if n >= fewest)


def series(lines: Sequence[Line], bare: Sequence[Bare]) -> list[str]:
    """Name what the number of each line is one of: a style, for codes with the letters before the digits; empty without number.

    >>> lines = [Line(0, 9, "P12: Looms", 0), Line(10, 20, "3. Of Cards", 1)]
    >>> series(lines, [strip(line) for line in lines])
    ['code p', 'dot']
    """
    return [
        f"code {_letters(line.text)}" if found.number == "code" else found.number or "" for line, found in zip(lines, bare, strict=True)
    ]


def _letters(text: str) -> str:
    """Give what stands before the first digit of a text."""
    return re.split(r"\d", text, maxsplit=1)[0].casefold()


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
