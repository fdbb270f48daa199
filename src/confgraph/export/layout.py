"""Choose the nodes that a drawing of the graph opens on, and place them.

Everything here is deterministic: nodes are numbered in the order of their IRIs before networkx sees them, so
that neither hashes nor the order of the input reach a result, and every random start has a fixed seed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import networkx as nx
import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
"""Places on the plane, one row (x, y) per node."""

_SEED: Final = 7
_ROUNDS: Final = 250
_ASPECT: Final = 1.5
_ROOM_PER_NODE: Final = 4200.0
"""Square pixels per node: 300 nodes fill a window of 1400 by 900 at zoom 1 with space for labels."""
_LEAST_GAP: Final = 36.0
_LEAF: Final = 1 / 3


def importance(graph: nx.Graph[str], weights: Mapping[str, float]) -> dict[str, float]:
    """Rank nodes by PageRank (undirected) times the weight of their `kind`; a kind that is not listed weighs 1.

    PageRank alone would open on papers only, since everything hangs on them. A node with one neighbour counts
    a third, since it joins nothing. The result is in the order of descending importance, ties by IRI.

    >>> g = nx.star_graph(["hub", "a", "b"])
    >>> list(importance(g, {}))
    ['hub', 'a', 'b']

    Source: Page, Brin, Motwani and Winograd, The PageRank Citation Ranking (1999); damping 0.85 as there.
    """
    names = sorted(graph)
    if not names:
        return {}
    numbered = _numbered(graph, names)
    ranks = nx.pagerank(numbered)
    scores = {}
    for i, name in enumerate(names):
        weight = weights.get(graph.nodes[name].get("kind", ""), 1.0)
        scores[name] = ranks[i] * weight * (1.0 if numbered.degree(i) > 1 else _LEAF)
    return dict(sorted(scores.items(), key=lambda item: (-round(item[1], 12), item[0])))


def opening(graph: nx.Graph[str], ranked: Sequence[str], limit: int) -> list[str]:
    """Choose at most `limit` nodes, most important first, and no loose ones while connected ones are left.

    A node without a drawn neighbour tells little, so it waits until one of its neighbours has its turn too.

    >>> g = nx.Graph([("a", "b"), ("c", "d")])
    >>> opening(g, ["a", "c", "b", "d"], 3)
    ['a', 'c', 'b']
    >>> opening(g, ["a", "c", "b", "d"], 2)
    ['a', 'b']
    """
    rank = {name: i for i, name in enumerate(ranked)}
    chosen: set[str] = set()
    for name in ranked:
        earlier = sorted((other for other in graph[name] if rank[other] < rank[name]), key=rank.__getitem__)
        waiting = [other for other in earlier if other not in chosen]
        free = limit - len(chosen)
        if earlier and free >= (2 if len(waiting) == len(earlier) else 1):
            chosen.update(waiting[: free - 1])
            chosen.add(name)
    filled = chosen.union([name for name in ranked if name not in chosen][: limit - len(chosen)])
    return [name for name in ranked if name in filled]


def place(graph: nx.Graph[str]) -> dict[str, tuple[int, int]]:
    """Place nodes in pixels at zoom 1 (y downwards): communities stand together, dense ones are spread, none overlap.

    ForceAtlas2 in its LinLog form parts the communities; half of the way towards equal ranks on either axis
    then gives crowded parts more of the window than empty ones, and nodes that still touch are pushed apart.
    Quadratic in the number of nodes: meant for a thousand or fewer.

    Source: Jacomy, Venturini, Heymann and Bastian, ForceAtlas2 (PLoS ONE 9(6), 2014).
    """
    names = sorted(graph)
    if not names:
        return {}
    numbered = _numbered(graph, names)
    with np.errstate(divide="ignore", invalid="ignore"):  # networkx divides by the distance of a node to itself
        drawn = nx.forceatlas2_layout(numbered, max_iter=_ROUNDS, linlog=True, seed=_SEED)
    points = np.nan_to_num(np.array([drawn[i] for i in range(len(names))], dtype=float).reshape(-1, 2))
    height = np.sqrt(_ROOM_PER_NODE * len(names) / _ASPECT)
    points = _push_apart(_equalise(points) * (height * _ASPECT, height), _LEAST_GAP)
    return {name: (round(float(x)), round(float(y))) for name, (x, y) in zip(names, points, strict=True)}


def _equalise(points: Points) -> Points:
    """Bring points into the unit square around the origin, on either axis half by value and half by rank."""
    steps = max(len(points) - 1, 1)
    spread = np.maximum(points.max(axis=0) - points.min(axis=0), 1e-9)
    by_value: Points = (points - points.min(axis=0)) / spread
    by_rank = points.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable") / steps
    middle: Points = (by_value + by_rank) / 2 - 0.5
    return middle


def _push_apart(points: Points, gap: float) -> Points:
    """Move points until no two are nearer than `gap`, or 200 rounds have passed."""
    for _ in range(200):
        between = points[:, None, :] - points[None, :, :]
        apart = np.hypot(between[..., 0], between[..., 1])
        np.fill_diagonal(apart, np.inf)
        if apart.min() >= gap:
            break
        step = np.maximum(gap * 1.02 - apart, 0) / np.maximum(apart, 1e-6) / 2
        points = points + (between * np.minimum(step, gap)[..., None]).sum(axis=1) * 0.8
    return points


def _numbered(graph: nx.Graph[str], names: Sequence[str]) -> nx.Graph[int]:
    """Copy a graph as simple and undirected, with its nodes and edges as numbers in a fixed order."""
    number = {name: i for i, name in enumerate(names)}
    pairs = {(min(i, j), max(i, j)) for i, j in ((number[s], number[o]) for s, o in graph.edges()) if i != j}
    copy: nx.Graph[int] = nx.Graph()
    copy.add_nodes_from(range(len(names)))
    copy.add_edges_from(sorted(pairs))
    return copy
