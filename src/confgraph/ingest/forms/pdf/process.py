"""Ask PDFium what stands in a file, in a process that has limits of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from confgraph.errors import SourceError

_PROGRAM: Final = Path(__file__).with_name("glyphs.py")
_MEMORY: Final = 1 << 30
"""How many bytes the process may take; a paper takes a tenth of it."""
_SECONDS: Final = 20
"""How long it may compute; a paper takes less than one."""
_HEAD_PAGES: Final = 2
_HEAD_CHARACTERS: Final = 20_000
"""How many characters of these pages are looked at; a full one in two columns has 7,000."""
_TEXT_PAGES: Final = 1_000
_TEXT_CHARACTERS: Final = 5_000_000
"""How many characters all pages may give together; what follows is not read."""
_HARMED: Final = "fetch it again, or open it in a reader of PDF and save its text"


class Glyph(NamedTuple):
    """A character as drawn: its edges and its baseline, from the page's lower left corner, and its size, in points.

    `angle` is that of its writing in degrees, `font` tells its font from others, and `readable` is false where the font does not
    say which character it is.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    angle: float
    font: str
    readable: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as drawn: its measures in points, its characters in the order of drawing, and how many images it holds."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    images: int


@dataclass(frozen=True, slots=True)
class Head:
    """The first pages of a file, the number of all, and the title that the file states of itself."""

    sheets: tuple[Sheet, ...]
    count: int
    title: str


def read_head(data: bytes, where: str) -> Head:
    """Read the characters of the first two pages.

    Raises:
        SourceError: the file is encrypted or damaged, has no page, or takes too much time or memory.
    """
    answer = _ask("head", data, where, _HEAD_PAGES, _HEAD_CHARACTERS)
    sheets = (Sheet(p["width"], p["height"], tuple(Glyph(*g) for g in p["glyphs"]), p["images"]) for p in answer["pages"])
    return Head(tuple(sheets), answer["count"], answer["title"])


def read_text(data: bytes, where: str) -> list[str]:
    """Read the text of all pages, as they follow.

    Raises:
        SourceError: as for `read_head`.
    """
    answer = _ask("text", data, where, _TEXT_PAGES, _TEXT_CHARACTERS)
    return [str(page).replace("\r\n", "\n").replace("\r", "\n") for page in answer["pages"]]


def _ask(mode: str, data: bytes, where: str, pages: int, characters: int) -> Any:
    """Run the program and read its answer."""
    command = [sys.executable, "-P", str(_PROGRAM), mode, *map(str, (_MEMORY, _SECONDS, pages, characters))]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        # The program is our own, and the file goes to its standard input.
        done = subprocess.run(command, input=data, capture_output=True, timeout=2 * _SECONDS, check=False, env=environment)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise SourceError(where, f"the PDF takes more than {2 * _SECONDS} seconds to read", _HARMED) from error
    except OSError as error:
        raise SourceError(where, f"no process could be started to read the PDF ({error.strerror})", "free some memory") from error
    if done.returncode:
        raise SourceError(where, "the PDF is damaged, or takes too much time or memory to read", _HARMED)
    answer = json.loads(done.stdout)
    if answer.get("error") == "encrypted":
        raise SourceError(where, "the PDF is encrypted and needs a password", "remove the password, or give its text")
    if answer.get("error"):
        raise SourceError(where, "cannot be read as PDF: the file is damaged or cut", _HARMED)
    if not answer["count"]:
        raise SourceError(where, "the PDF has no page", _HARMED)
    return answer
