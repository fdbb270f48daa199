"""Print what stands on the pages of a PDF, as JSON: a program of its own, so that no file can harm or exhaust the process that asks.

`python glyphs.py head|text LIMITS < file.pdf`; it imports nothing of confgraph, and `process.py` runs it.
"""

from __future__ import annotations

import ctypes
import json
import math
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pypdfium2.raw as pdfium

_NO_PASSWORD = 4
_SECURITY = 5
_SPACE = 32
_GENERATED_HYPHEN = 2
"""What PDFium gives for a hyphen at the end of a line."""


def main() -> None:
    """Read the PDF on standard input and print what was asked for."""
    mode, memory, seconds, pages, characters = sys.argv[1], *map(int, sys.argv[2:6])
    _limit(memory, seconds)
    data = sys.stdin.buffer.read()
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        answer: dict[str, Any] = {"error": "encrypted" if pdfium.FPDF_GetLastError() in (_NO_PASSWORD, _SECURITY) else "damaged"}
    else:
        count = pdfium.FPDF_GetPageCount(document)
        read = _glyphs if mode == "head" else _text
        found: list[Any] = []
        for number in range(min(count, pages)):
            page, seen = read(document, number, characters)
            found.append(page)
            characters -= seen
        answer = {"count": count, "title": _title(document), "pages": found}
    json.dump(answer, sys.stdout)


def _limit(memory: int, seconds: int) -> None:
    """Let the system end this process where it takes too much; where the system cannot, the asker's clock remains."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for limit, value in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)):
        with suppress(ValueError, OSError):  # some systems know a limit and do not let it be set
            resource.setrlimit(limit, (value, value))


def _title(document: Any) -> str:
    """Give the title that the file states of itself."""
    buffer = ctypes.create_string_buffer(2_000)
    size = pdfium.FPDF_GetMetaText(document, b"Title", buffer, len(buffer))
    return buffer.raw[: max(0, size - 2)].decode("utf-16-le", "replace") if size <= len(buffer) else ""


def _glyphs(document: Any, number: int, characters: int) -> tuple[dict[str, Any], int]:
    """List the visible characters of a page in the order in which they are drawn, with place and size in points, and count them."""
    page = pdfium.FPDF_LoadPage(document, number)
    if not page:
        return {"width": 0, "height": 0, "glyphs": [], "images": 0}, 0
    text = pdfium.FPDFText_LoadPage(page)
    count = min(pdfium.FPDFText_CountChars(text), characters) if text else 0
    found = {
        "width": pdfium.FPDF_GetPageWidthF(page),
        "height": pdfium.FPDF_GetPageHeightF(page),
        "glyphs": list(_iter_glyphs(text, count)),
        "images": _images(page),
    }
    return found, count


def _images(page: Any) -> int:
    objects = (pdfium.FPDFPage_GetObject(page, i) for i in range(min(pdfium.FPDFPage_CountObjects(page), 1_000)))
    return sum(pdfium.FPDFPageObj_GetType(thing) == pdfium.FPDF_PAGEOBJ_IMAGE for thing in objects)


def _iter_glyphs(text: Any, count: int) -> Iterator[list[Any]]:
    """Yield `[character, left, right, baseline, size, angle in degrees, font, readable]`."""
    matrix, box = pdfium.FS_MATRIX(), pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    name = ctypes.create_string_buffer(100)
    last: list[Any] = []
    nameless: dict[int, int] = {}
    for at in range(count):
        code = pdfium.FPDFText_GetUnicode(text, at)
        if pdfium.FPDFText_IsGenerated(text, at) == 1 and code != _GENERATED_HYPHEN:
            if last and code == _SPACE:  # seen by PDFium between two words: it stands right after the one before
                yield [" ", last[1] + 0.01, last[1] + 0.01, *last[3:7], True]
            continue
        if not (
            pdfium.FPDFText_GetMatrix(text, at, matrix)
            and pdfium.FPDFText_GetCharOrigin(text, at, x, y)
            and pdfium.FPDFText_GetLooseCharBox(text, at, box)
        ):
            continue
        size = pdfium.FPDFText_GetFontSize(text, at) * math.hypot(matrix.c, matrix.d)
        angle = math.degrees(math.atan2(matrix.b, matrix.a))
        readable = pdfium.FPDFText_HasUnicodeMapError(text, at) != 1
        char = "-" if code == _GENERATED_HYPHEN else chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        place = (box.left, box.right, y.value, size, angle)
        if all(map(math.isfinite, place)):
            last = [char, *(round(value, 2) for value in place), _font(text, at, name, nameless), readable]
            yield last


def _font(text: Any, at: int, name: Any, nameless: dict[int, int]) -> str:
    """Tell a character's font from others: by its name, and where it has none by a number, held by its place in memory."""
    flags = ctypes.c_int()
    size = pdfium.FPDFText_GetFontInfo(text, at, name, len(name), ctypes.byref(flags))
    if 1 < size <= len(name):
        return str(name.raw[: size - 1].decode("utf-8", "replace"))
    drawn = pdfium.FPDFText_GetTextObject(text, at)
    font = pdfium.FPDFTextObj_GetFont(drawn) if drawn else None
    return f"#{nameless.setdefault(ctypes.addressof(font.contents), len(nameless))}" if font else ""


def _text(document: Any, number: int, characters: int) -> tuple[str, int]:
    """Give the text of a page line by line, as PDFium orders it, and its length."""
    page = pdfium.FPDF_LoadPage(document, number)
    text = pdfium.FPDFText_LoadPage(page) if page else None
    if not text:
        return "", 0
    count = min(pdfium.FPDFText_CountChars(text), characters)
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text, 0, count, buffer)
    found = bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
    pdfium.FPDFText_ClosePage(text)
    pdfium.FPDF_ClosePage(page)
    return found, count


if __name__ == "__main__":
    main()
