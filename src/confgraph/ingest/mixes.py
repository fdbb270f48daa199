"""Read pages on which one layout follows another: cut them where the entries of another layout begin, and read each part by its own."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from confgraph.ingest.layout import Layout
from confgraph.ingest.lines import Line
from confgraph.ingest.marks import strip
from confgraph.ingest.people import lists_people
from confgraph.ingest.sketch import Draft, Sketch

_SURE: Final = 0.9
"""A page that fits one layout so well is of that one alone."""
_BETTER: Final = 0.03
_NOT_WORSE: Final = -0.03
"""How much better than one layout must several fit, on average over the lines; where all fit well, they need not."""
_FEWEST: Final = 3
"""Entries that follow each other in one layout."""
_FEW: Final = 6
"""So few lines outside the entries are no part of another layout."""
_FEW_SHARE: Final = 0.02
_MOST_LOOKED_AT: Final = 500
_LITTLE: Final = 1500
"""As few characters."""
_FAR: Final = 4
"""How many times the usual distance parts two runs of entries, and the usual length is too long."""
_FITS: Final = 0.65
_SMALL: Final = 6
"""A piece of fewer lines that fits no layout is no part of its own."""
_ABSTRACT_LENGTH: Final = 250
"""In characters; less may be a remark."""
_MOST_CUTS: Final = 40

_Part = tuple[Layout, float, Sequence[Line]]


def choose(text: str, lines: Sequence[Line], layouts: Sequence[Layout]) -> Layout:
    """Choose the layout that fits best, the first of equals, or a mix where parts of the page fit several much better."""
    layouts = [_once(layout) for layout in layouts]
    score, best = _best(lines, layouts)
    if score >= _SURE and _is_whole(lines, best.read(text, lines).drafts):
        return best
    parts = _parts(text, lines, layouts)
    fit = sum(part_score * len(part) for _, part_score, part in parts) / max(len(lines), 1)
    sure = score >= _FITS and all(part_score >= _FITS for _, part_score, _ in parts)
    return _mixed(parts) if len(parts) > 1 and fit >= score + (_NOT_WORSE if sure else _BETTER) else best


def _once(layout: Layout) -> Layout:
    """Make a layout that scores and reads each run of a page's lines once: what is read to choose is mostly asked for again."""
    scores: dict[tuple[int, int], float] = {}
    sketches: dict[tuple[int, int], Sketch] = {}

    def score(lines: Sequence[Line]) -> float:
        key = _run(lines)
        if key not in scores:
            scores[key] = layout.score(lines)
        return scores[key]

    def read(text: str, lines: Sequence[Line]) -> Sketch:
        key = _run(lines)
        if key not in sketches:
            sketches[key] = layout.read(text, lines)
        return sketches[key]

    return Layout(layout.name, score, read)


def _run(lines: Sequence[Line]) -> tuple[int, int]:
    """Identify a run of lines within its page."""
    return (lines[0].start, lines[-1].end) if lines else (0, 0)


def _is_whole(lines: Sequence[Line], drafts: Sequence[Draft]) -> bool:
    """Tell whether hardly anything stands outside the entries, and no entry is far longer than others: by lines and by characters."""
    at = 0
    counts, lengths = [0] * len(drafts), [0] * len(drafts)
    outside: list[Line] = []
    for line in lines:
        while at < len(drafts) and drafts[at].span.end <= line.start:
            at += 1
        if at < len(drafts) and drafts[at].span.start < line.end:
            counts[at] += 1
            lengths[at] += len(line.text)
        else:
            outside.append(line)
    few = _FEW + _FEW_SHARE * len(lines)
    if sum(strip(line).number is not None or lists_people(line.text) for line in outside[:_MOST_LOOKED_AT]) >= few / 2:
        return False
    first = drafts[0].span.start if drafts else 0
    lost = sum(line.start >= first for line in outside) + max(sum(line.start < first for line in outside) - _FEW, 0)
    little = max(_LITTLE, _FEW_SHARE * sum(lengths))
    return lost + _excess(counts) < few and sum(len(line.text) for line in outside) + _excess(lengths) < little


def _excess(sizes: Sequence[int]) -> int:
    """Count what exceeds several times the usual size."""
    usual = sorted(sizes)[len(sizes) // 2] if sizes else 0
    return sum(max(size - _FAR * usual, 0) for size in sizes)


def _best(lines: Sequence[Line], layouts: Sequence[Layout]) -> tuple[float, Layout]:
    best, highest = layouts[0], -1.0
    for layout in layouts:
        fit = layout.score(lines)
        if fit > highest:
            best, highest = layout, fit
        if fit >= 1.0:  # none can fit better, and scoring a long page by all of them takes long
            break
    return highest, best


def _parts(text: str, lines: Sequence[Line], layouts: Sequence[Layout]) -> list[_Part]:
    """Cut a page where runs of entries begin or end in any layout, and join neighbours that turn out to be of one."""
    starts = [line.start for line in lines]
    found = {layout.name: layout.read(text, lines).drafts for layout in layouts}
    cuts = sorted({cut for drafts in found.values() for cut in _cuts(drafts, starts)} - {0, len(lines)})
    if not cuts or len(cuts) > _MOST_CUTS:
        return []
    pieces = [(*_best(lines[start:end], layouts), start, end) for start, end in pairwise([0, *cuts, len(lines)])]
    # What fits nothing and is short is the foot of the part above or the head of the one below.
    large = [i for i, (score, best, start, end) in enumerate(pieces) if score >= _FITS or _is_listing(text, best, lines[start:end])]
    parts: list[tuple[Layout, int, int]] = []
    for n, i in enumerate(large):
        layout, start = pieces[i][1], 0 if n == 0 else pieces[i][2]
        end = pieces[large[n + 1]][2] if n + 1 < len(large) else len(lines)
        if parts and parts[-1][0] is layout:
            parts[-1] = (layout, parts[-1][1], end)
        elif parts:
            inner = _inner(found[layout.name], starts)
            between = [piece[2] for piece in pieces[large[n - 1] + 1 : i + 1]]
            edges = [edge for edge in between if edge not in inner] or between
            above, first, _ = parts[-1]
            cut = max(edges, key=lambda edge: _fit(above, lines[first:edge]) + _fit(layout, lines[edge:end]))
            parts[-1] = (above, first, cut)
            parts.append((layout, cut, end))
        else:
            parts.append((layout, start, end))
    return [(layout, layout.score(lines[start:end]), lines[start:end]) for layout, start, end in parts]


def _inner(drafts: Sequence[Draft], starts: Sequence[int]) -> frozenset[int]:
    """Give the lines at which no part of a layout can begin: those within one of its entries."""
    bounds = [(bisect.bisect_right(starts, draft.span.start), bisect.bisect_left(starts, draft.span.end)) for draft in drafts]
    return frozenset(line for first, end in bounds for line in range(first, end))


def _is_listing(text: str, layout: Layout, lines: Sequence[Line]) -> bool:
    """Tell whether lines that fit no layout well are entries all the same: several name people or have an abstract."""
    if len(lines) < _SMALL:
        return False
    drafts = layout.read(text, lines[:_MOST_LOOKED_AT]).drafts
    return sum(bool(draft.authors) or _length(draft) >= _ABSTRACT_LENGTH for draft in drafts) >= _FEWEST


def _length(draft: Draft) -> int:
    return draft.abstract.end - draft.abstract.start if draft.abstract else 0


def _fit(layout: Layout, lines: Sequence[Line]) -> float:
    return layout.score(lines) * len(lines)


def _cuts(drafts: Sequence[Draft], starts: Sequence[int]) -> list[int]:
    """Give the lines at which runs of entries begin, and where they end."""
    places = [bisect.bisect_right(starts, draft.span.start) - 1 for draft in drafts]
    steps = [b - a for a, b in pairwise(places)]
    if len(drafts) < _FEWEST:
        return []
    usual = max(sorted(steps)[len(steps) // 2], 1)
    bounds = [0, *(i + 1 for i, step in enumerate(steps) if step > _FAR * usual), len(places)]
    cuts = []
    for first, last in pairwise(bounds):
        if last - first >= _FEWEST:
            cuts += [places[first], bisect.bisect_left(starts, drafts[last - 1].span.end)]
    return cuts


def _mixed(parts: Sequence[_Part]) -> Layout:
    """Make one layout of the parts of a page."""

    def score(lines: Sequence[Line]) -> float:
        return max(layout.score(lines) for layout, _, _ in parts)

    def read(text: str, lines: Sequence[Line]) -> Sketch:
        del lines  # the parts hold them
        sketches = [layout.read(text, part) for layout, _, part in parts]
        return Sketch(
            drafts=tuple(draft for sketch in sketches for draft in sketch.drafts),
            marks=tuple(mark for sketch in sketches for mark in sketch.marks),
            event=next((sketch.event for sketch in sketches if sketch.event), None),
            organizations=tuple({named.name: named for sketch in sketches for named in sketch.organizations}.values()),
            conference=next((sketch.conference for sketch in sketches if sketch.conference), None),
            rejects=tuple(reject for sketch in sketches for reject in sketch.rejects),
        )

    return Layout("+".join(dict.fromkeys(layout.name for layout, _, _ in parts)), score, read)
