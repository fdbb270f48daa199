"""Give each piece of a listing its role by a hidden Markov model whose tables are learnt again on the page itself.

The tables that it starts from say how listings are written in general. After each decoding they are counted anew on the
page, with the general ones as pseudo-counts: so the order of the page's own fields, its marks and its labels
decide where a line alone could be either.

Source: L. R. Rabiner, A tutorial on hidden Markov models, Proceedings of the IEEE 77(2), 1989; segmental
k-means re-estimation after Juang and Rabiner, 1990.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from confgraph.ingest.pieces import FEATURES, Piece
from confgraph.ingest.role_tables import ROLES, follows, looks

OTHER, SESSION, NOTE, TITLE, MORE_TITLE, PEOPLE, MORE_PEOPLE, PLACE, LABEL, BODY, MORE_BODY = range(11)
_EMISSION_WEIGHT: Final = 12.0
_NEXT_WEIGHT: Final = 6.0
"""How many observations the general tables count for."""
_TRUST: Final = 0.6
"""The exponent of a feature's probability: features say partly the same."""
_ROUNDS: Final = 2
"""How often a page is decoded; further rounds change nothing."""
_SAMPLE: Final = 6000
"""How many pieces the tables are learnt from; all are decoded."""
_FLOOR: Final = 1e-5

_Emissions = list[list[list[float]]]  # feature, value, role: logarithms
_Moves = list[list[list[float]]]  # blank line or not, role, next role: logarithms


def decode(pieces: Sequence[Piece]) -> list[int]:
    """Give the role of each piece; linear in their number."""
    emissions, moves = _learn(Counter(), Counter())
    sample = pieces[:_SAMPLE]
    for _ in range(_ROUNDS - 1):
        roles = _viterbi(sample, emissions, moves)
        emissions, moves = _relearn(sample, roles)
    return _viterbi(pieces, emissions, moves)


def _relearn(pieces: Sequence[Piece], roles: Sequence[int]) -> tuple[_Emissions, _Moves]:
    """Count the tables on the page."""
    seen = Counter((feature, value, role) for piece, role in zip(pieces, roles, strict=True) for feature, value in enumerate(piece.signs))
    followed = Counter((piece.gap, *pair) for piece, pair in zip(pieces[1:], pairwise(roles), strict=True))
    return _learn(seen, followed)


def _learn(seen: Counter[tuple[int, int, int]], followed: Counter[tuple[bool, int, int]]) -> tuple[_Emissions, _Moves]:
    """Make the tables of logarithms from what was counted and the general tables."""
    emissions = [_columns(feature, looks()[name], seen) for feature, name in enumerate(FEATURES)]
    moves: _Moves = [[[-math.inf] * len(ROLES) for _ in ROLES] for _ in range(2)]
    for before, tables in follows().items():
        role = ROLES.index(before)
        total = _NEXT_WEIGHT + sum(n for (_, first, _), n in followed.items() if first == role)
        for gap, shares in enumerate(tables):
            for name, share in shares.items():
                after = ROLES.index(name)
                moves[gap][role][after] = math.log((followed[bool(gap), role, after] + _NEXT_WEIGHT * share) / total)
    return emissions, moves


def _columns(feature: int, values: Mapping[str, Sequence[float]], seen: Counter[tuple[int, int, int]]) -> list[list[float]]:
    """Give the logarithms of one feature: a row for each of its values, a column for each role."""
    rows: list[list[float]] = [[] for _ in values]
    for role in range(len(ROLES)):
        weights = [row[role] for row in values.values()]
        counts = [seen[feature, value, role] for value in range(len(weights))]
        total = sum(counts) + _EMISSION_WEIGHT
        for row, count, weight in zip(rows, counts, weights, strict=True):
            row.append(_TRUST * math.log(max((count + _EMISSION_WEIGHT * weight / sum(weights)) / total, _FLOOR)))
    return rows


def _viterbi(pieces: Sequence[Piece], emissions: _Emissions, moves: _Moves) -> list[int]:
    """Find the likeliest roles by dynamic programming; ties go to the role that comes first."""
    if not pieces:
        return []
    roles = range(len(ROLES))
    arcs = [
        [[(before, moves[gap][before][after]) for before in roles if moves[gap][before][after] > -math.inf] for after in roles]
        for gap in range(2)
    ]
    seen: dict[tuple[int, ...], list[float]] = {}
    best: list[float] = [moves[1][OTHER][role] for role in roles]
    back: list[list[int]] = []
    for n, piece in enumerate(pieces):
        local = seen.get(piece.signs)
        if local is None:
            local = [sum(emissions[feature][value][role] for feature, value in enumerate(piece.signs)) for role in roles]
            seen[piece.signs] = local
        if n == 0:
            best = [best[role] + local[role] for role in roles]
            continue
        pointers = []
        scores = []
        for after in roles:
            score, before = -math.inf, 0
            for role, move in arcs[piece.gap][after]:
                if best[role] + move > score:
                    score, before = best[role] + move, role
            scores.append(score + local[after])
            pointers.append(before)
        best = scores
        back.append(pointers)
    role = max(roles, key=lambda r: best[r])
    path = [role]
    for pointers in reversed(back):
        role = pointers[role]
        path.append(role)
    return path[::-1]
