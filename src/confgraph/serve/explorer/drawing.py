"""Draw what is around a thing: an SVG whose nodes are links, so that it works without a script."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from confgraph.export.markup import Markup, joined, plain
from confgraph.serve.explorer.kinds import Kind, phrase
from confgraph.serve.explorer.markup import NOTHING, escape, tag
from confgraph.serve.explorer.reading import Graph, Link

MOST: Final = 20
"""The neighbours that are drawn."""

_WIDTH: Final = 760
_STEP: Final = 30
_REACH: Final = 168
_LONG, _SHORT = 25, 13
"""The letters of a name where there is room, and on a phone."""


@dataclass(frozen=True, slots=True)
class _Node:
    """A neighbour: its IRI, name, kind, how it is linked, and where it is drawn; on the left its name stands before it."""

    iri: str
    label: str
    kind: Kind
    said: str
    x: float
    y: float
    left: bool


def neighbourhood(graph: Graph, iri: str, links: Mapping[tuple[str, bool], Sequence[str]]) -> Markup:
    """Draw a thing among those that its links, by property and direction, lead to or come from; nothing where there are none."""
    chosen = _choose(links)
    if not chosen:
        return NOTHING
    nodes, height = _place(graph, chosen)
    middle = (_WIDTH / 2, height / 2)
    by_iri = {node.iri: i for i, node in enumerate(nodes)}
    chords = [_chord((i, j), (nodes[i], nodes[j]), middle, prop) for i, j, prop in _between(graph, by_iri)]
    spokes = [_spoke(i, node, middle) for i, node in enumerate(nodes)]
    drawn = [_drawn(graph, i, node) for i, node in enumerate(nodes)]
    centre = f'<g class="centre k-{graph.kind(iri).family}"><circle cx="{middle[0]:g}" cy="{middle[1]:g}" r="11"/></g>'
    name = plain(f"What is linked to {graph.label(iri)}", 120)
    svg = Markup(
        f'<svg class="around" viewBox="0 0 {_WIDTH} {height}" role="group" aria-label="{name}">'
        f"{joined([*chords, *spokes])}{centre}{joined(drawn)}</svg>"
    )
    total = len({other for others in links.values() for other in others})
    caption = f"{len(nodes)} of {total:,} neighbours; every node is a link." if total > len(nodes) else "Every node is a link."
    return tag("figure", svg, tag("figcaption", Markup(caption)), class_="neighbourhood")


def _choose(links: Mapping[tuple[str, bool], Sequence[str]]) -> dict[str, Link]:
    """Choose neighbours, each property in turn, so that all are represented; those of one property stay together."""
    turns = zip_longest(*([Link(prop, other, inward) for other in others[:MOST]] for (prop, inward), others in links.items()))
    chosen: dict[str, Link] = {}
    for turn in turns:
        for link in turn:
            if link is not None and len(chosen) < MOST:
                chosen.setdefault(link.other, link)
    order = list(links)
    return dict(sorted(chosen.items(), key=lambda item: order.index((item[1].prop, item[1].inward))))


def _place(graph: Graph, chosen: Mapping[str, Link]) -> tuple[list[_Node], int]:
    """Place nodes on the left and right arcs of an ellipse, in even steps from top to bottom, so that no two names overlap."""
    right = math.ceil(len(chosen) / 2)
    height = max(right * _STEP + 20, 130)
    nodes = []
    for i, (iri, link) in enumerate(chosen.items()):
        left = i >= right
        place, of = (len(chosen) - 1 - i, len(chosen) - right) if left else (i, right)
        y = height / 2 + (place - (of - 1) / 2) * _STEP
        slope = (y - height / 2) / (height / 2 + _STEP)
        x = _REACH * math.sqrt(1 - slope * slope)
        said = phrase(link.prop, inward=link.inward)
        nodes.append(_Node(iri, graph.label(iri), graph.kind(iri), said, _WIDTH / 2 + (-x if left else x), y, left))
    return nodes, height


def _between(graph: Graph, drawn: Mapping[str, int]) -> list[tuple[int, int, str]]:
    """List the links among the nodes that are drawn, one per pair."""
    found: dict[tuple[int, int], str] = {}
    for iri, i in drawn.items():
        for prop, others in graph.outward(iri).items():
            for other in others:
                if other in drawn and drawn[other] != i:
                    pair = (min(i, drawn[other]), max(i, drawn[other]))
                    found.setdefault(pair, prop)
    return [(i, j, prop) for (i, j), prop in sorted(found.items())]


def _chord(pair: tuple[int, int], ends: tuple[_Node, _Node], middle: tuple[float, float], prop: str) -> Markup:
    a, b = ends
    x, y = (a.x + b.x + 2 * middle[0]) / 4, (a.y + b.y + 2 * middle[1]) / 4
    title = f"{plain(a.label, 60)}, {plain(b.label, 60)}: {plain(phrase(prop).lower())}"
    curve = f"M{a.x:.0f} {a.y:.0f}Q{x:.0f} {y:.0f} {b.x:.0f} {b.y:.0f}"
    return Markup(f'<path class="chord" data-of="{pair[0]} {pair[1]}" d="{curve}"><title>{title}</title></path>')


def _spoke(i: int, node: _Node, middle: tuple[float, float]) -> Markup:
    return Markup(f'<line class="spoke" data-of="{i}" x1="{middle[0]:g}" y1="{middle[1]:g}" x2="{node.x:.0f}" y2="{node.y:.0f}"/>')


def _drawn(graph: Graph, i: int, node: _Node) -> Markup:
    x, end = (node.x - 12, "end") if node.left else (node.x + 12, "start")
    names = "".join(
        f'<text class="{size}" x="{x:.0f}" y="{node.y:.0f}" text-anchor="{end}" dy=".35em">{plain(node.label, most)}</text>'
        for size, most in (("long", _LONG), ("short", _SHORT))
    )
    title = f"{plain(node.said)}: {plain(node.label, 200)} ({plain(node.kind.name)})"
    return Markup(
        f'<a href="{escape(graph.address(node.iri))}" class="k-{node.kind.family}" data-node="{i}" aria-label="{title}">'
        f'<title>{title}</title><circle cx="{node.x:.0f}" cy="{node.y:.0f}" r="7"/>{names}</a>'
    )
