"""Put the characters of a page together: stretches of a line, with what is raised in them and what is larger."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from confgraph.ingest.forms.pdf.process import Glyph, Sheet

_SMALLEST: Final = 3.0
"""In points: nobody reads smaller letters."""
_TILT: Final = 5.0
"""In degrees: what is written at a larger angle is a stamp on the page's edge or a watermark."""
_SPACE: Final = 0.15
"""The least gap between words, in sizes of the letters; fonts have a space of a fifth at least."""
_BREAK: Final = 0.95
"""The least gap between two stretches of a line: columns stand further apart, and words nearer."""
_SAME_LINE: Final = 0.12
"""How far the baselines of one line may differ, in sizes."""
_RAISED: Final = 0.12
"""How far above the line a mark stands at least, in sizes of the line's letters."""
_REACH: Final = 0.7
"""How far above the line its raised marks stand at most."""
_SMALLER: Final = 0.9
"""Raised marks are at least so much smaller than the line; a full-sized letter above it is another line."""
_SMALL_CAPITAL: Final = (0.65, 0.9)
"""How large small capitals are beside large ones."""
_BUCKET: Final = 4.0
_ACCENTS: Final = {
    "¨": "\u0308", "´": "\u0301", "`": "\u0300", "ˆ": "\u0302", "˜": "\u0303", "¯": "\u0304", "˘": "\u0306", "˙": "\u0307",
    "˚": "\u030a", "˝": "\u030b", "ˇ": "\u030c", "¸": "\u0327", "˛": "\u0328",
}  # fmt: skip
"""Accents that old fonts draw over a letter as characters of their own."""
_DOTLESS: Final = {"ı": "i", "ȷ": "j"}
"""The letters that they draw them over."""
_NAMELESS: Final = "†"
_LIGATURES: Final = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\u00ad": "-", "\u00a0": " "}
_SPACED: Final = re.compile(r"\b(?:[A-Za-z] ){3,}[A-Za-z]\b")


class Run(NamedTuple):
    """Text of one size on one height; `raised` where it stands above the line as a mark."""

    text: str
    size: float
    raised: bool
    glyphs: tuple[Glyph, ...]


@dataclass(frozen=True)
class Segment:
    """A stretch of a line without a wide gap: its runs, edges, baseline, and the size of most of its letters."""

    runs: tuple[Run, ...]
    left: float
    right: float
    baseline: float
    size: float

    @cached_property
    def text(self) -> str:
        """Give the whole text."""
        return _tidy("".join(run.text for run in self.runs))

    @cached_property
    def plain(self) -> str:
        """Give the text without what is raised."""
        return _tidy("".join(run.text for run in self.runs if not run.raised))

    @cached_property
    def largest(self) -> float:
        """Give the size of the largest letters; a single one, such as an initial over several lines, does not count."""
        sizes = sorted((g.size for run in self.runs for g in run.glyphs if not g.text.isspace()), reverse=True)
        return sizes[1] if len(sizes) > 1 else sizes[0]

    @cached_property
    def font(self) -> str:
        """Give the name of the font of most of its letters."""
        fonts = Counter(g.font for run in self.runs if not run.raised for g in run.glyphs if g.text.isalpha())
        return max(fonts, key=lambda font: (fonts[font], font), default="")

    @property
    def center(self) -> float:
        """Give the middle between the edges."""
        return (self.left + self.right) / 2


def turned_text(sheet: Sheet) -> str:
    """Give what is written upwards or aslant: stamps on the page's edge, watermarks."""
    return _tidy("".join(g.text for g in sheet.glyphs if abs(g.angle) > _TILT))


def split_segments(sheet: Sheet) -> list[Segment]:
    """Give the stretches of the lines of a page, from its top, those of one line from the left."""
    # Where a letter follows under its accent, PDFium sees a gap that nobody sees on the page.
    drawn = (g for before, g in zip((None, *sheet.glyphs), sheet.glyphs, strict=False) if not (before and _is_gap_below(before, g)))
    upright = [
        g
        for g in drawn
        if abs(g.angle) <= _TILT and g.size >= _SMALLEST and 0 <= g.baseline <= sheet.height and g.left >= -1 and g.right <= sheet.width + 1
    ]
    segments = [segment for row in _rows(upright) for segment in _split_row(row)]
    return sorted(segments, key=lambda s: (-round(s.baseline, 1), s.left))


def _is_gap_below(before: Glyph, glyph: Glyph) -> bool:
    return glyph.text.isspace() and before.text in _ACCENTS


def split_lines(segments: Iterable[Segment]) -> list[list[Segment]]:
    """Group stretches by their height: lines from the top, the stretches of each from the left."""
    lines: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: (-s.baseline, s.left)):
        if lines and lines[-1][0].baseline - segment.baseline <= 0.3 * segment.size:
            lines[-1].append(segment)
        else:
            lines.append([segment])
    return [sorted(line, key=lambda s: s.left) for line in lines]


def body_size(segments: Iterable[Segment]) -> float:
    """Give the size in which most of a page is set."""
    sizes: Counter[float] = Counter()
    for segment in segments:
        sizes[round(segment.size, 1)] += len(segment.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=10.0)


def _pieces(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Cut the glyphs where the size or the height changes."""
    pieces: list[list[Glyph]] = []
    for glyph in glyphs:
        last = pieces[-1][-1] if pieces else None
        if last and abs(last.size - glyph.size) < 0.03 * glyph.size and abs(last.baseline - glyph.baseline) < 0.05 * glyph.size:
            pieces[-1].append(glyph)
        else:
            pieces.append([glyph])
    return [piece for piece in pieces if any(not g.text.isspace() for g in piece)]


class _Row:
    """Pieces on about one height, while they are collected."""

    __slots__ = ("baseline", "glyphs", "left", "right", "size")

    def __init__(self, piece: list[Glyph]) -> None:
        self.baseline = piece[0].baseline
        self.size = piece[0].size
        self.glyphs: list[Glyph] = []
        self.left, self.right = piece[0].left, piece[0].right
        self.add(piece)

    def add(self, piece: list[Glyph]) -> None:
        """Put a piece on this line."""
        self.glyphs += piece
        self.left = min(self.left, *(g.left for g in piece))
        self.right = max(self.right, *(g.right for g in piece))

    def takes(self, piece: list[Glyph]) -> bool:
        """Tell whether a piece that is no larger stands on this line, or is a mark above or below it."""
        height, size = piece[0].baseline - self.baseline, piece[0].size
        if abs(height) <= _SAME_LINE * size:
            return True
        if size >= _SMALLER * self.size and not _are_accents(piece):
            return False
        return -0.3 * self.size <= height <= _REACH * self.size and self._touches(piece)

    def _touches(self, piece: list[Glyph]) -> bool:
        """Tell whether a piece stands beside or over a letter of this line; marks do, other lines may not."""
        reach = 0.6 * self.size
        return self.left - reach <= max(g.right for g in piece) and min(g.left for g in piece) <= self.right + reach


def _are_accents(piece: Sequence[Glyph]) -> bool:
    """Tell whether a piece is nothing but accents, which are drawn higher over capitals than over small letters."""
    return all(g.text in _ACCENTS or g.text.isspace() for g in piece)


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Collect glyphs into lines over the width of the page, the largest first, so that marks and accents find their line."""
    buckets: dict[int, list[_Row]] = defaultdict(list)
    rows = []
    for piece in sorted(_pieces(glyphs), key=lambda p: (_are_accents(p), -p[0].size, -p[0].baseline, p[0].left)):
        at = piece[0].baseline
        below = range(int((at - 40) // _BUCKET), int((at + 20) // _BUCKET) + 1)
        near = [row for bucket in below for row in buckets.get(bucket, ()) if row.takes(piece)]
        if near:
            min(near, key=lambda row: abs(at - row.baseline)).add(piece)
        else:
            row = _Row(piece)
            buckets[int(at // _BUCKET)].append(row)
            rows.append(row)
    return [row.glyphs for row in rows]


def _split_row(glyphs: list[Glyph]) -> list[Segment]:
    """Cut a line at its wide gaps."""
    parts: list[list[Glyph]] = []
    right = 0.0
    for glyph in sorted(glyphs, key=lambda g: (g.left, g.right)):
        if glyph.text.isspace():
            if parts:
                parts[-1].append(glyph)
            continue
        if parts and glyph.left - right <= _BREAK * max(glyph.size, parts[-1][0].size):
            parts[-1].append(glyph)
        else:
            parts.append([glyph])
        right = max(right, glyph.right) if len(parts[-1]) > 1 else glyph.right
    return [_segment(part) for part in parts]


def _segment(glyphs: list[Glyph]) -> Segment:
    """Make a segment of the glyphs of a stretch, in their order from the left."""
    glyphs = _without_small_capitals(glyphs)
    weights: Counter[tuple[float, float]] = Counter()
    for glyph in glyphs:
        if not glyph.text.isspace() and glyph.text not in _ACCENTS:
            weights[round(glyph.size, 1), round(glyph.baseline, 1)] += 1
    # Marks may outnumber the letters of a short name: a line is as large as its largest letters but a few.
    total = sum(weights.values())
    own = [place for place, weight in weights.items() if weight >= 0.15 * total] or list(weights) or [(glyphs[0].size, glyphs[0].baseline)]
    size, baseline = max(own, key=lambda place: (place[0], weights[place]))
    if (common := weights.most_common(1)) and abs(common[0][0][1] - baseline) <= _SAME_LINE * size:
        size, baseline = common[0][0]
    visible = [g for g in glyphs if not g.text.isspace()]
    return Segment(_runs(glyphs, size, baseline), visible[0].left, max(g.right for g in visible), baseline, size)


def _runs(glyphs: Sequence[Glyph], size: float, baseline: float) -> tuple[Run, ...]:
    """Write glyphs as text with spaces, cut where marks begin and end."""
    runs: list[tuple[list[str], bool, list[Glyph]]] = []
    last: Glyph | None = None
    gap = False
    accents = _place_accents(glyphs)
    placed = set(accents.values())
    for glyph in glyphs:
        if glyph.text.isspace():
            gap = True
            continue
        if glyph in placed:
            continue
        raised = glyph.baseline - baseline >= _RAISED * size and glyph.size < _SMALLER * size
        spaced = last is not None and (gap or glyph.left - last.right > _SPACE * min(glyph.size, last.size))
        if not runs or runs[-1][1] != raised:
            runs.append(([], raised, []))
        runs[-1][0].append((" " if spaced else "") + _written(glyph, accents.get(glyph), raised=raised))
        runs[-1][2].append(glyph)
        last, gap = glyph, False
    return tuple(Run("".join(texts), letters[0].size, raised, tuple(letters)) for texts, raised, letters in runs)


def _written(glyph: Glyph, accent: Glyph | None, *, raised: bool) -> str:
    """Write a glyph with the accent over it; a raised sign that its font does not name is a mark all the same."""
    if raised and not glyph.readable and not glyph.text.isalnum():
        return _NAMELESS
    if accent is None:
        return _LIGATURES.get(glyph.text, glyph.text)
    return unicodedata.normalize("NFC", _DOTLESS.get(glyph.text, glyph.text) + _ACCENTS[accent.text])


def _place_accents(glyphs: Sequence[Glyph]) -> dict[Glyph, Glyph]:
    """Give by letter the accent that is drawn over it: that of the nearest middle, beside the accent in the order from the left."""
    visible = [g for g in glyphs if not g.text.isspace()]
    found: dict[Glyph, Glyph] = {}
    for at, glyph in enumerate(visible):
        if glyph.text not in _ACCENTS:
            continue
        middle = (glyph.left + glyph.right) / 2
        near = [g for g in (*visible[max(0, at - 2) : at], *visible[at + 1 : at + 3]) if g.text.isalpha() and g.left <= middle <= g.right]
        if near:
            found[min(near, key=lambda g: abs((g.left + g.right) / 2 - middle))] = glyph
    return found


def _without_small_capitals(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Write small capitals as the small letters that they stand for, where a stretch is set in capitals of two sizes."""
    letters = [g for g in glyphs if g.text.isalpha()]
    if not letters or any(g.text != g.text.upper() for g in letters):
        return list(glyphs)
    largest = max(g.size for g in letters)
    small = {i for i, g in enumerate(glyphs) if g.text.isalpha() and _SMALL_CAPITAL[0] <= g.size / largest <= _SMALL_CAPITAL[1]}
    level = {round(glyphs[i].baseline, 1) for i in small} | {round(g.baseline, 1) for g in letters if g.size == largest}
    if 3 * len(small) < len(letters) or len(level) > 1:
        return list(glyphs)
    return [g._replace(text=g.text.lower()) if i in small else g for i, g in enumerate(glyphs)]


def _tidy(text: str) -> str:
    """Collapse white space, and join words whose letters stand apart (`A B S T R A C T`)."""
    return _SPACED.sub(lambda m: m.group().replace(" ", ""), " ".join(text.split()))
