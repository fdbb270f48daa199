"""Find which lines of a page go on the line above: where a page, or its lines of one kind, are wrapped at some width."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, zip_longest
from typing import Final

from confgraph.ingest.labels import read_label
from confgraph.ingest.lines import Line, is_prose
from confgraph.ingest.marks import PAIRS, Bare

_DANGLING: Final = re.compile(
    r"\s(?:a|an|the|of|for|from|in|on|to|with|without|via|by|and|or|between|using|its|der|die|das|des|und|für|von|mit|de|du|et|pour)$"
)
"""Words that end no title and no line of people; in a line of capitals they may be capitals too."""
_WRAP_RANGE: Final = range(45, 131)
_FEWEST_BREAKS: Final = 6
_SHARE_OF_BREAKS: Final = 0.5
_SHARE_OF_KIND: Final = 0.1
_FEWEST_WRAPS: Final = 3


def page_width(lines: Sequence[Line]) -> int | None:
    """Find the width at which the page's lines are wrapped, in characters, or None where they are not.

    A line break tells a range of widths: the line fits, and with the next line's first word it would not. The width is
    in most of these ranges.
    """
    steps: Counter[int] = Counter()
    breaks = 0
    for above, line in pairwise(lines):
        if line.index == above.index + 1 and (ends := _fitting(above, line)):
            steps[ends[0]] += 1
            steps[ends[1]] -= 1
            breaks += 1
    best, most, height = None, 0, 0
    for width in sorted(steps):
        height += steps[width]
        if height > most:
            best, most = width, height
    return best if most >= max(_FEWEST_BREAKS, _SHARE_OF_BREAKS * breaks) else None


def kinds_widths(bodies: Sequence[Bare]) -> dict[tuple[bool, str | None], int]:
    """Find the width of wrapped lines of one kind where the page as a whole has none: only titles are long enough to be wrapped.

    No line of the kind is longer, and several break where the next word would have been. Lines with commas tell nothing, for
    lists of people hold them.
    """
    found: dict[tuple[bool, str | None], list[tuple[int, int]]] = {}
    for bare, below in zip_longest(bodies, bodies[1:]):
        if "," in bare.line.text or ";" in bare.line.text or read_label(bare.line.text) or is_prose(bare.line.text):
            continue
        wraps = below is not None and below.line.index == bare.line.index + 1
        found.setdefault(kind(bare), []).append((len(bare.line.text), _room(bare.line, below.line) if wraps else 0))
    widths = {}
    for marks, ends in found.items():
        width = max(length for length, _ in ends)
        wrapped = sum(room > width for _, room in ends)
        if width in _WRAP_RANGE and wrapped >= max(_FEWEST_WRAPS, _SHARE_OF_KIND * len(ends)):
            widths[marks] = width
    return widths


def kind(bare: Bare) -> tuple[bool, str | None]:
    """Tell lines apart by their marks."""
    return bare.number is not None, bare.print


def goes_on(above: Line, body: Line, line: Line, width: int | None) -> bool:
    """Tell whether a line goes on the one above: it did not fit there, that ends in mid-phrase, or what that opens closes here.

    `body` is the line above without its marks: a number may stand outside the width.
    """
    if (width is not None and len(body.text) <= width < _room(above, line)) or _dangles(body.text):
        return True
    return print_across(body, [line]) is not None


def _dangles(text: str) -> bool:
    return bool(_DANGLING.search(text.lower() if text.isupper() else text))


def print_across(body: Line, below: Sequence[Line]) -> tuple[str, int] | None:
    """Say how a text is set off that opens on one line and closes on the next, and where its words begin; None where it does not."""
    if not below or below[0].index != body.index + 1:
        return None
    text = body.text
    return next(((name, len(a)) for name, a, b in PAIRS if text.startswith(a) and b not in text[len(a) :] and b in below[0].text), None)


def _fitting(above: Line, line: Line) -> tuple[int, int] | None:
    """Give the range `[fewest, most)` of widths at which the break between two lines is a wrap."""
    fewest = len(above.text)
    if not _WRAP_RANGE.start <= fewest < _WRAP_RANGE.stop:
        return None
    return fewest, _room(above, line)


def _room(above: Line, line: Line) -> int:
    """Give the width that the first word of a line would have needed on the line above."""
    return len(above.text) + 1 + len(line.text.split(maxsplit=1)[0])
