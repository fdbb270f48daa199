"""Find the sentence around a quote, so that a reader sees what the page says there."""

from __future__ import annotations

import re
from typing import Final

_REACH: Final = 260
"""The most characters of context on either side; a sentence of a paper's abstract seldom has more than twice that."""

_BREAK: Final = re.compile(
    r"""(?:(?<=[.!?…])|(?<=[.!?]["”')\]]))\s+(?=["“'(\[]?[A-Z])   # an end, a space, a capital
      | (?<=[a-z)][.!?])(?=[A-Z][a-z])                           # two sentences glued together
      | \s*\n\s*\n\s*                                            # a blank line
      | \s*[*•‣▪]\s+                                             # a bullet, which may be glued to what it follows
    """,
    re.VERBOSE,
)


def around(text: str, start: int, end: int) -> tuple[str, str]:
    r"""Give what stands before and after `text[start:end]` in its sentence, with single spaces.

    Each side has at most 260 characters; `…` marks a side that was cut.

    >>> page = "It is slow. We train the\n new BERT on GLUE. It wins."
    >>> around(page, 30, 34)
    ('We train the new ', ' on GLUE.')
    """
    return _tail(text[max(0, start - _REACH - 1) : start], text[start : start + 2]), _head(text[end : end + _REACH + 1])


def _tail(before: str, quote: str) -> str:
    """Keep the part after the last end of a sentence; the quote's first characters tell whether one begins there."""
    ends = [m.end() for m in _BREAK.finditer(before + quote) if m.end() <= len(before)]
    if ends:
        return _spaced(before[ends[-1] :].lstrip())
    return _spaced("…" + before.partition(" ")[2]) if len(before) > _REACH else _spaced(before.lstrip())


def _head(after: str) -> str:
    """Keep the part up to the first end of a sentence."""
    found = _BREAK.search(after)
    if found:
        return _spaced(after[: found.start()].rstrip())
    return _spaced(after.rpartition(" ")[0] + "…") if len(after) > _REACH else _spaced(after.rstrip())


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text)
