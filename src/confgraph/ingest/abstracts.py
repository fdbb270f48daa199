"""Find the abstract of an entry below what names it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from confgraph.ingest.lines import Line, cover, is_prose
from confgraph.records import Span

LABEL: Final = re.compile(
    r"^[#*_>\s]*(?:abstract|summary|extended abstract|zusammenfassung|kurzfassung|résumé|resumen|resumo|sommario|riassunto|аннотация|摘要"
    r"|要旨|概要|초록|ملخص)[*_\s]*(?:[:.：]?[*_\s]*$|[:.：–—-][*_]*\s*(?=\S))",
    re.IGNORECASE,
)
"""A label alone on its line, or before the abstract that starts there."""

MISSING: Final = re.compile(r"(?:no abstract|abstract (?:is )?(?:un|not (?:yet )?)available)\b.{0,20}$", re.IGNORECASE)
"""What stands in place of an abstract."""


def is_label(line: Line) -> bool:
    """Tell whether a line is nothing but the label of an abstract."""
    label = LABEL.match(line.text)
    return label is not None and label.end() == len(line.text)


def take(lines: Sequence[Line], start: int, end: int) -> tuple[Line, ...]:
    """Take the lines after a label, else the prose, up to what is no part of a paragraph."""
    if start >= end:
        return ()
    body = list(lines[start:end])
    if not (LABEL.match(body[0].text) or is_prose(body[0].text)):
        return ()
    first = 2 if is_label(body[0]) else 1
    stop = next((i for i in range(first, len(body)) if body[i].index > body[i - 1].index + 1 and not is_prose(body[i].text)), len(body))
    return tuple(body[:stop])


def place(lines: Sequence[Line]) -> Span | None:
    """Give the place of an abstract without its label."""
    if not lines:
        return None
    label = LABEL.match(lines[0].text)
    start = lines[0].start + (label.end() if label else 0)
    if start == lines[0].end:
        return cover(list(lines[1:])) if len(lines) > 1 else None
    return Span(start, lines[-1].end)
