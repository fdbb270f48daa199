"""Find the abstract of a paper: after its heading, in its column, over columns and pages, to the first section."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from statistics import median
from typing import Final, NamedTuple

from confgraph.ingest.forms.pdf.typeset import Segment, split_lines
from confgraph.text import joined

_HEADING: Final = re.compile(
    r"(?:abstract|summary|zusammenfassung|kurzfassung|résumé|resumen|resumo|riassunto|аннотация|摘\s?要)(?:\s*[.:—–-]+\s*|\s*$)",
    re.IGNORECASE,
)
_OPENING: Final = re.compile(r"(?:Abstract|ABSTRACT)\s+(?=[A-Z])")
"""The heading in bold, with nothing but the font between it and the text."""
_WORD: Final = len("Abstract")
_TERMS: Final = re.compile(
    r"(?:author\s+)?(?:key\s?-?words?(?:\s+and\s+phrases)?|index\s+terms|additional\s+key\s?words)\b\s*[:.—–-]*\s*", re.IGNORECASE
)
_NO_TERMS: Final = re.compile(
    r"(?:ccs\s+concepts?|categories\s+and\s+subject|general\s+terms|acm\s+reference|pacs\b|jel\b|msc\b|mathematics\s+subject|subject\s+class"
    r"|article\s+history|received\b)",
    re.IGNORECASE,
)
_SECTION: Final = re.compile(
    r"(?:(?:§\s*)?(?:[0O]?1|I)\s*[.:]?\s*)?(?:i\s?ntroduction|einleitung|einführung|introducción|введение)\b", re.IGNORECASE
)
_NUMBERED: Final = re.compile(r"(?:1|I)\s*\.?\s+[A-Z][\w-]+(?:\s+[\w-]+){0,6}$")
_FURNITURE: Final = re.compile(r"[\d\s.|/-]*$|page \d+", re.IGNORECASE)
_LONGEST: Final = 6_000
"""In characters: no abstract is longer."""
_SHORTEST: Final = 40
_SMALLER: Final = 0.88
"""What is so much smaller than the abstract is a footnote."""
_LARGER: Final = 1.06
_TRIES: Final = 5
"""How many headings are tried."""
_WIDE_GAP: Final = 1.9
"""The space before what no longer belongs to the abstract, in distances of its lines."""


@dataclass(frozen=True, slots=True)
class Abstract:
    """The text of an abstract, how sure its end is in [0, 1], where it starts on its page, and the keywords after it."""

    text: str
    confidence: float
    heading: Segment
    keywords: tuple[str, ...]


class _Column(NamedTuple):
    """Lines that are read one after another; a wide gap inside may be the end of the abstract."""

    lines: Sequence[Sequence[Segment]]


def find_abstract(pages: Sequence[Sequence[Segment]]) -> Abstract | None:
    """Find the abstract that starts on the first of some pages; None where no heading says so."""
    first = pages[0] if pages else ()
    top = max((s.baseline for s in first), default=0.0)
    openings = ((s, opening) for s in first if s.baseline < top - s.size and (opening := _opening(s)) is not None)
    for heading, opening in islice(openings, _TRIES):
        text, confidence = _read(opening, list(_columns(heading, pages)))
        if len(text) >= _SHORTEST:
            return Abstract(text, confidence, heading, _keywords(first))
    return None


def _opening(segment: Segment) -> str | None:
    """Give what stands in the line of the heading after it, or None where a segment is no heading."""
    m = _HEADING.match(segment.text) or (_OPENING.match(segment.text) if _changes_font(segment) else None)
    return segment.text[m.end() :] if m else None


def _changes_font(segment: Segment) -> bool:
    """Tell whether the first word of a stretch stands out by its font."""
    fonts = [g.font for run in segment.runs for g in run.glyphs]
    return len(fonts) > _WORD and fonts[_WORD - 1] != fonts[_WORD]


def middle(segments: Sequence[Segment]) -> float | None:
    """Give the middle between the two columns of a page; None where most of its lines cross it."""
    long = [s for s in segments if len(s.text) >= 20]
    if not long:
        return None
    at = (min(s.left for s in long) + max(s.right for s in long)) / 2
    left = sum(s.right <= at + 3 for s in long)
    right = sum(s.left >= at - 3 for s in long)
    return at if min(left, right) >= 3 and left + right >= 0.7 * len(long) else None


def _columns(heading: Segment, pages: Sequence[Sequence[Segment]]) -> Iterator[_Column]:
    """Yield the columns in which the abstract may stand, the first from its heading on."""
    first = pages[0]
    below = [s for s in first if s.baseline < heading.baseline - 0.3 * heading.size]
    beside = [s for s in first if s is not heading and abs(s.baseline - heading.baseline) <= 0.3 * heading.size]
    at = middle(below)
    nearest = sorted(below, key=lambda s: -s.baseline)[:6]
    if at is not None and not any(_crosses(s, at) for s in nearest if _overlap(s, heading) or len(s.text) > 20):
        in_left = heading.center < at
        yield _Column(split_lines(s for s in below if (s.center < at) == in_left))
        if in_left:
            reach = heading.baseline + 1.5 * heading.size
            yield _Column(split_lines(s for s in first if s.center >= at and s.baseline <= reach))
    else:
        # A heading at the left edge of its text has other matter to its left, such as the history of the article.
        over = [s for s in nearest if _overlap(s, heading)]
        edge = heading.left - 5 if over and all(s.left > heading.left - 5 for s in over) and abs(over[0].left - heading.left) < 3 else 0.0
        inline = [[s for s in beside if s.left > heading.right]] if _opening(heading) else []
        yield _Column([*filter(None, inline), *split_lines(s for s in below if s.left >= edge)])
    for page in pages[1:]:
        at = middle(page)
        if at is None:
            yield _Column(split_lines(page))
        else:
            yield _Column(split_lines(s for s in page if s.center < at))


def _overlap(one: Segment, other: Segment) -> bool:
    return one.left < other.right and other.left < one.right


def _crosses(segment: Segment, at: float) -> bool:
    return segment.left < at - 8 and segment.right > at + 8


def _read(opening: str, columns: Sequence[_Column]) -> tuple[str, float]:
    """Read lines up to the end of the abstract, and say how sure the end is."""
    found = [opening] if opening else []
    soft: int | None = None
    for number, column in enumerate(columns):
        if number and soft is not None:
            break
        size = pitch = last = 0.0
        for line in column.lines:
            text = " ".join(s.text for s in line)
            if number and not size and _FURNITURE.match(text):
                continue
            if ends_abstract(text):
                return _joined(found), 0.95
            own = median(s.size for s in line)
            if (size and own < _SMALLER * size) or _FURNITURE.fullmatch(text):
                continue
            if size and (own > _LARGER * size or _NUMBERED.match(text)):
                return _joined(found if soft is None else found[:soft]), 0.8
            gap = last - line[0].baseline if last else 0.0
            if pitch and gap > _WIDE_GAP * pitch and sum(map(len, found)) >= 5 * _SHORTEST and soft is None:
                soft = len(found)
            pitch = min(pitch, gap) if pitch and gap > 0 else gap
            size, last = size or own, line[0].baseline
            found.append(text)
            if sum(map(len, found)) > _LONGEST:
                return _joined(found[: soft or 0]), 0.5
    return _joined(found if soft is None else found[:soft]), 0.7 if soft is not None else 0.5


def ends_abstract(text: str) -> bool:
    """Tell whether a line opens what follows an abstract.

    >>> ends_abstract("1 Introduction"), ends_abstract("Keywords: sheep"), ends_abstract("Introductions matter")
    (True, True, False)
    """
    return bool(_SECTION.match(text) or _TERMS.match(text) or _NO_TERMS.match(text))


def _joined(lines: Sequence[str]) -> str:
    return joined("\n".join(lines))


def _keywords(segments: Sequence[Segment]) -> tuple[str, ...]:
    """Read the keywords of a page: on the line of their heading and those that go on right below."""
    for heading in segments:
        m = _TERMS.match(heading.text)
        if not m or (m.end() == len(m.group().rstrip()) and heading.text[m.end() :] and heading.text[m.end() - 1] not in ":.—–-"):
            continue
        lines = [heading.text[m.end() :]]
        last, size = heading.baseline, heading.size if lines[0] else 0.0
        for segment in sorted(segments, key=lambda s: -s.baseline):
            if segment.baseline > last - 1 or not heading.left - 15 <= segment.left <= heading.left + 40:
                continue
            far = last - segment.baseline > 1.8 * max(size, heading.size)
            if far or ends_abstract(segment.text) or (size and abs(segment.size - size) > 0.06 * size):
                break
            lines.append(segment.text)
            last, size = segment.baseline, segment.size
        return _terms([line for line in lines if line])
    return ()


def _terms(lines: Sequence[str]) -> tuple[str, ...]:
    whole = joined("\n".join(lines)).rstrip(". ")
    separator = next((s for s in (";", "·", "•", ",", "|", " – ", " — ", " - ") if s in whole), None)
    parts = whole.split(separator) if separator else lines
    terms = [term for part in parts if (term := part.strip(" .,;·•"))]
    return tuple(terms) if all(len(term) <= 100 for term in terms) and len(terms) <= 30 else ()
