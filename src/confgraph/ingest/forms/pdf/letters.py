"""Name the letters that a font draws and does not name: those of TeX's own encodings, and the stroke of a Polish l.

TeX's bitmap fonts (Type 3) are often stored without names and without a ToUnicode map: all that is known of a letter is its number in
the encoding that TeX typesets with. Other programs number letters as they come, so a page is believed only where it reads as language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from confgraph.ingest.forms.pdf.process import Glyph, Sheet

_SAME: Final = {code: chr(code) for code in range(33, 127)}
_OT1: Final = {
    **_SAME, 16: "ı", 17: "ȷ", 34: "”", 39: "’", 60: "¡", 62: "¿", 92: "“", 94: "ˆ", 95: "˙", 96: "‘", 123: "–", 124: "—", 125: "˝",
    126: "˜", 127: "¨",
    **dict(enumerate(("ff", "fi", "fl", "ffi", "ffl"), 11)), **dict(enumerate("`´ˇ˘¯˚¸ßæœøÆŒØ", 18)),
}  # fmt: skip
"""Source: Knuth, The TeXbook, appendix F (Computer Modern text fonts)."""
_T1: Final = {
    **_SAME, 39: "’", 96: "‘", 127: "-", 21: "–", 22: "—", 25: "ı", 26: "ȷ", 215: "Œ", 223: "SS", 247: "œ", 255: "ß",
    **dict(enumerate("`´ˆ˜¨˝˚ˇ˘¯˙¸˛‚‹›“”„«»")), **dict(enumerate(("ff", "fi", "fl", "ffi", "ffl"), 27)),
    **dict(enumerate("ĂĄĆČĎĚĘĞĹĽŁŃŇŊŐŔŘŚŠŞŤŢŰŮŸŹŽŻĲİđ§ăąćčďěęğĺľłńňŋőŕřśšşťţűůÿźžżĳ¡¿£", 128)),
    **{code: chr(code) for code in range(192, 255) if code not in (215, 223, 247)},
}  # fmt: skip
"""Source: Ferguson, Report on multilingual activities (TUGboat 11, 1990): the Cork encoding."""
_OWN_OT1, _OWN_T1 = frozenset(range(11, 16)), frozenset(range(27, 32))
"""The ligatures of each, which nearly every page holds."""
_WORD: Final = re.compile(r"[a-z]+")
_COMMON: Final = frozenset("the of and in a to we is for that on with are by as this an be from which".split())
_LEAST_COMMON: Final = 0.1
"""The least share of common words; English has three times as many."""
_IN_WORDS: Final = 0.6
"""Of the letters of a font for text, at least so many stand beside another one; those of formulas mostly stand alone."""
_STROKES: Final = frozenset(" \u0335\u0337")
"""What the stroke over a Polish l is taken for."""
_STROKED: Final = {"l": "ł", "L": "Ł"}


def named(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Name the letters that their fonts do not name, where they make sense as TeX numbers them, and put strokes on the l below them."""
    unnamed = [glyph for sheet in sheets for glyph in sheet.glyphs if not glyph.readable]
    texts = _fonts_of_text(unnamed)
    codes = {ord(glyph.text) for glyph in unnamed if glyph.font in texts}
    table = _T1 if max(codes, default=0) > 127 or (codes & _OWN_T1 and not codes & _OWN_OT1) else _OT1
    told = [
        replace(sheet, glyphs=tuple(_told(glyph, table) if glyph.font in texts else glyph for glyph in sheet.glyphs)) for sheet in sheets
    ]
    believed = told if _reads_as_language(glyph for sheet in told for glyph in sheet.glyphs if glyph.font in texts) else sheets
    return [replace(sheet, glyphs=tuple(_with_strokes(sheet.glyphs))) for sheet in believed]


def _fonts_of_text(unnamed: Sequence[Glyph]) -> frozenset[str]:
    """Give the fonts without a name of their own, as those of Type 3 are, whose letters stand in words."""
    letters: dict[str, list[bool]] = {}
    for before, glyph, after in zip((None, *unnamed), unnamed, (*unnamed[1:], None), strict=False):
        if glyph.font.startswith("#") and glyph.text.isalpha():
            beside = any(g is not None and g.font == glyph.font and g.text.isalpha() and _touch(g, glyph) for g in (before, after))
            letters.setdefault(glyph.font, []).append(beside)
    return frozenset(font for font, beside in letters.items() if sum(beside) >= _IN_WORDS * len(beside))


def _touch(a: Glyph, b: Glyph) -> bool:
    return max(a.left, b.left) - min(a.right, b.right) <= 0.1 * a.size and abs(a.baseline - b.baseline) <= 0.1 * a.size


def _told(glyph: Glyph, table: dict[int, str]) -> Glyph:
    if glyph.readable:
        return glyph
    text = table.get(ord(glyph.text))
    return glyph if text is None else glyph._replace(text=text, readable=True)


def _reads_as_language(glyphs: Iterable[Glyph]) -> bool:
    words = _WORD.findall("".join(glyph.text for glyph in glyphs).lower())
    return sum(word in _COMMON for word in words) >= _LEAST_COMMON * max(1, len(words))


def _with_strokes(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Write an l with the stroke that is drawn over it before it, which PDFium takes for a space that its font does not name."""
    found: list[Glyph] = []
    for glyph in glyphs:
        last = found[-1] if found else None
        if last and glyph.text in _STROKED and last.text in _STROKES and (not last.readable or last.text != " ") and _covers(last, glyph):
            found[-1] = glyph._replace(text=_STROKED[glyph.text])
        else:
            found.append(glyph)
    return found


def _covers(stroke: Glyph, letter: Glyph) -> bool:
    return min(stroke.right, letter.right) - max(stroke.left, letter.left) > 0.5 * (stroke.right - stroke.left)
