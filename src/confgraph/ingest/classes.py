"""Give every character of a page one class, by where it stands and whether it recurs."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

from confgraph.ingest.lines import Line, is_menu, is_prose
from confgraph.records import Segment, Span, TextClass

Label = TypeVar("Label")


def classify(length: int, lines: Sequence[Line], placed: Iterable[tuple[Span, TextClass]]) -> tuple[Segment, ...]:
    """Partition a page of `length` characters into segments.

    `placed` are the places whose class is known (records, facts, what the layout's reader marked);
    where two overlap, the one that starts first wins, then the longer. Other lines are classed by
    position: before the first record header, after the last footer; prose outside records is
    commentary, and what reads like a menu, or recurs between records, is navigation. White
    space and bare punctuation go with what stands before them.
    """
    known = disjoint(placed)
    fields = [span for span, text_class in known if text_class is TextClass.FIELD]
    first = fields[0].start if fields else length
    last = fields[-1].end if fields else -1
    counts = Counter(line.text for line in lines)
    others = [(gap.span, _by_position(gap, first, last, recurs=counts[gap.text] > 1)) for gap in gaps(lines, [span for span, _ in known])]
    return _partition(length, sorted([*known, *others]))


def disjoint(placed: Iterable[tuple[Span, Label]]) -> list[tuple[Span, Label]]:
    """Sort places and clip what overlaps: the place that starts first wins, then the longer.

    >>> disjoint([(Span(2, 6), TextClass.FACT), (Span(0, 4), TextClass.FIELD)])[1][0]
    Span(start=4, end=6)
    """
    out: list[tuple[Span, Label]] = []
    for span, label in sorted(placed, key=lambda p: (p[0].start, -p[0].end)):
        start = max(span.start, out[-1][0].end) if out else span.start
        if start < span.end:
            out.append((Span(start, span.end), label))
    return out


def gaps(lines: Sequence[Line], covered: Sequence[Span]) -> list[Line]:
    """Give the parts of lines that no place of `covered` (sorted, disjoint) covers, as lines of their own.

    >>> from confgraph.ingest.lines import split_lines
    >>> [(g.start, g.text) for g in gaps(split_lines("see [x] and y"), [Span(4, 7)])]
    [(0, 'see'), (8, 'and y')]
    """
    found = []
    ends = [span.end for span in covered]
    for line in lines:
        at = line.start
        for i in range(bisect.bisect_right(ends, line.start), len(covered)):
            span = covered[i]
            if span.start >= line.end:
                break
            found.append(_part(line, at, span.start))
            at = span.end
        found.append(_part(line, at, line.end))
    return [part for part in found if any(c.isalnum() for c in part.text)]


def _part(line: Line, start: int, end: int) -> Line:
    raw = line.text[max(start - line.start, 0) : max(end - line.start, 0)]
    left = start + len(raw) - len(raw.lstrip())
    bare = raw.strip()
    return Line(left, left + len(bare), bare, line.index)


def shares(segments: Iterable[Segment]) -> dict[str, float]:
    """Give the share of each class among the characters, in [0, 1], rounded to four decimals; classes in a fixed order.

    >>> shares([Segment(0, 3, TextClass.FIELD), Segment(3, 4, TextClass.HEADER)])["record field"]
    0.75
    """
    counts: Counter[TextClass] = Counter()
    for segment in segments:
        counts[segment.text_class] += segment.end - segment.start
    total = sum(counts.values())
    return {str(c): round(counts[c] / total, 4) if total else 0.0 for c in TextClass}


def _by_position(gap: Line, first: int, last: int, *, recurs: bool) -> TextClass:
    if first > last:  # no record: nothing to stand before or after
        return TextClass.UNCLASSED
    if is_menu(gap.text):
        return TextClass.NAVIGATION
    if is_prose(gap.text):
        return TextClass.COMMENTARY
    if gap.start < first:
        return TextClass.HEADER
    if gap.start >= last:
        return TextClass.FOOTER
    return TextClass.NAVIGATION if recurs else TextClass.UNCLASSED


def _partition(length: int, pieces: Sequence[tuple[Span, TextClass]]) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    for i, (_, text_class) in enumerate(pieces):
        start = pieces[i][0].start if i else 0
        end = pieces[i + 1][0].start if i + 1 < len(pieces) else length
        if segments and segments[-1].text_class is text_class:
            segments[-1] = Segment(segments[-1].start, end, text_class)
        elif end > start:
            segments.append(Segment(start, end, text_class))
    if not segments and length:
        segments.append(Segment(0, length, TextClass.UNCLASSED))
    return tuple(segments)
