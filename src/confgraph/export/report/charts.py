"""Draw bars and curves as inline SVG; colours come from the page's style, and what is drawn is said in words too."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Final

from confgraph.export.markup import Markup, counted, number, percent

_SIDE: Final = 240
_ENOUGH: Final = 10
"""Answers that a bin needs for its share to be drawn."""


def stacked(sizes: Mapping[str, int]) -> Markup:
    """Draw a bar of parts by their sizes, and list the parts with their shares; parts of size 0 are left out."""
    total = sum(sizes.values())
    bars, keys, at = [], [], 0.0
    for i, (name, size) in enumerate(sizes.items()):
        if size:
            width = 1000 * size / total
            bars.append(f'<rect class="s{i}" x="{at:.1f}" width="{width:.1f}" height="12"/>')
            keys.append(f'<li><i class="s{i}"></i>{html.escape(name)} <b>{html.escape(percent(size, total))}</b></li>')
            at += width
    drawn = f'<svg class="stack" viewBox="0 0 1000 12" preserveAspectRatio="none" aria-hidden="true">{"".join(bars)}</svg>'
    return Markup(f'{drawn}<ul class="key">{"".join(keys)}</ul>')


def histogram(counts: Sequence[int], low: float, step: float, *, doubtful: float, large: bool = False) -> Markup:
    """Draw how many stand in each bin of width `step` from `low` on; bins below `doubtful` are marked.

    A large one has its number above each bar and the bounds of each bin below it.
    """
    wide, high, top = (56, 96, 16) if large else (16, 30, 2)
    most, ground, width = max(*counts, 1), top + high, wide * len(counts)
    bars, said = [], []
    for i, count in enumerate(counts):
        if count:
            tall = max(high * count / most, 1)
            mark = ' class="doubtful"' if low + (i + 0.5) * step < doubtful else ""
            bars.append(f'<rect{mark} x="{i * wide + 1}" y="{ground - tall:.1f}" width="{wide - 2}" height="{tall:.1f}"/>')
            bars.append(f'<text x="{(i + 0.5) * wide:g}" y="{ground - tall - 4:.1f}">{number(count)}</text>' if large else "")
            said.append(f"{low + i * step:.2f} to {low + (i + 1) * step:.2f}: {number(count)}")
    ends = {0: ' class="first"', len(counts): ' class="last"'}
    ticks = [
        f'<text{ends.get(i, "")} x="{i * wide}" y="{ground + 12}">{low + i * step:.{2 if large else 1}f}</text>'
        for i in range(0, len(counts) + 1, 1 if large else max(len(counts) // 2, 1))
    ]
    size = f'viewBox="0 0 {width} {ground + 15}" width="{width}" height="{ground + 15}"'
    ground_line = f'<path d="M0 {ground}H{width}"/>'
    return Markup(
        f'<svg class="bars" {size} role="img" aria-label="{", ".join(said) or "none"}">{"".join(bars)}{ground_line}{"".join(ticks)}</svg>'
    )


def bar(value: int, most: int) -> Markup:
    """Write a number with its length drawn beside it."""
    drawn = f'<rect width="{100 * value / max(most, 1):.1f}" height="10"/>'
    svg = f'<svg class="bars" viewBox="0 0 100 10" width="100" height="10" aria-hidden="true">{drawn}</svg>'
    return Markup(f'<b class="length">{number(value)}</b>{svg}')


def reliability(curves: Mapping[str, Sequence[tuple[int, float, float]]]) -> Markup:
    """Draw the share that is right over the confidence, a curve for each part of a model; the area of a dot is the number of answers.

    A curve is made of triples of the number of answers in a bin, their mean confidence and the share of them that is right.
    """
    drawn, keys = [], []
    for i, (name, bins) in enumerate(curves.items()):
        total = sum(count for count, _, _ in bins)
        held = [(sure * _SIDE, (1 - right) * _SIDE, count) for count, sure, right in bins if count >= _ENOUGH]
        drawn.append(f'<polyline class="c{i}" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y, _ in held)}"/>')
        drawn += [f'<circle class="c{i}" cx="{x:.1f}" cy="{y:.1f}" r="{2 + 8 * (n / total) ** 0.5:.1f}"/>' for x, y, n in held]
        keys.append(f'<li><i class="c{i}"></i>{html.escape(name)}</li>')
    for value in (0, 0.5, 1):
        drawn.append(f'<text x="{value * _SIDE:g}" y="{_SIDE + 16}">{value:g}</text>')
        drawn.append(f'<text class="last" x="-8" y="{(1 - value) * _SIDE + 4:g}">{value:g}</text>')
    drawn.append(f'<text x="{_SIDE // 2}" y="{_SIDE + 34}">confidence</text>')
    drawn.append(f'<text x="{-_SIDE // 2}" y="-28" transform="rotate(-90)">share that is right</text>')
    size = f'viewBox="-40 -16 {_SIDE + 60} {_SIDE + 56}" width="{_SIDE + 60}" height="{_SIDE + 56}"'
    said = "; ".join(
        f"{name}: " + ", ".join(f"{right:.2f} at {sure:.2f}" for n, sure, right in bins if n >= _ENOUGH) for name, bins in curves.items()
    )
    note = f"On the dashed line, confidences are the shares of right answers; bins of fewer than {counted(_ENOUGH, 'answer')} are left out."
    return Markup(
        f'<figure><svg class="curves" {size} role="img" aria-label="{html.escape(said)}"><path d="M0 0V{_SIDE}H{_SIDE}"/>'
        f'<path class="even" d="M0 {_SIDE}L{_SIDE} 0"/>{"".join(drawn)}</svg><ul class="key">{"".join(keys)}</ul>'
        f"<figcaption>{html.escape(note)}</figcaption></figure>"
    )
