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
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from confgraph.ingest.pieces import FEATURES, Piece
from confgraph.ingest.role_tables import ROLES, follows, looks

OTHER, SESSION, NOTE, TITLE, MORE_TITLE, PEOPLE, MORE_PEOPLE, PLACE, LABEL, BODY, MORE_BODY = range(11)
_EMISSION_WEIGHT: Final = 12.0
_SURE_WEIGHT: Final = 48.0
_NEXT_WEIGHT: Final = 6.0
"""How many observations the general tables count for."""
_SURE: Final = frozenset({"people", "place", "label"})
"""Features by which roles are told everywhere: a page teaches little else of them."""
_TRUST: Final = 0.6
"""The exponent of a feature's probability: features say partly the same."""
_ROUNDS: Final = 3
"""How often a page is decoded from each start."""
_TRIAL: Final = 500
"""How many pieces the starts are tried on."""
_ORDERS: Final = (
    (TITLE, PEOPLE, BODY),
    (PEOPLE, TITLE, BODY),
    (PEOPLE, PLACE, TITLE, BODY),
    (TITLE, BODY, PEOPLE),
    (NOTE, TITLE, PEOPLE, BODY),
)
"""The usual orders of the fields of an entry."""
_MARGIN: Final = 3.0
"""By how much, in logarithms, what comes of an order must be likelier than what comes of none: a short page says little of its own."""
_IMAGINED: Final = 20
"""How many entries of an order a start counts for."""
_NUMBER: Final = list(FEATURES).index("number")
_SAMPLE: Final = 6000
"""How many pieces the tables are learnt from; all are decoded."""
_FLOOR: Final = 1e-5

_Seen = Counter[tuple[int, int, int]]  # feature, value, role
_Followed = Counter[tuple[bool, int, int]]  # blank line or not, role, next role
_Emissions = list[list[list[float]]]  # feature, value, role: logarithms
_Moves = list[list[list[float]]]  # blank line or not, role, next role: logarithms


def decode(pieces: Sequence[Piece]) -> list[int]:
    """Give the role of each piece; linear in their number.

    As learning on the page only sharpens what it starts with, it starts once from the general tables and once from each of the
    usual orders of fields, on the page's beginning; the tables by which that is likeliest go on.
    """
    few = pieces[:_TRIAL]
    general, *others = [_settle(few, *_learn(*start)) for start in _starts()]
    best = max(others, key=lambda roles: _likelihood(few, roles))
    surer = _likelihood(few, best) > _likelihood(few, general) + _MARGIN
    tables = _relearn(few, best if surer else general)
    if len(pieces) > len(few):
        sample = pieces[:_SAMPLE]
        tables = _relearn(sample, _viterbi(sample, *tables))
    return _viterbi(pieces, *tables)


def _starts() -> Iterator[tuple[_Seen, _Followed]]:
    """Yield what learning starts from, as what would have been counted on a page: nothing, then entries of each of the usual orders."""
    yield Counter(), Counter()
    for order in _ORDERS:
        yield (
            Counter({(_NUMBER, value, order[0]): _IMAGINED for value in (1, 2)}),
            Counter({(gap, *pair): _IMAGINED for pair in pairwise((*order, order[0])) for gap in (False, True)}),
        )


def _settle(pieces: Sequence[Piece], emissions: _Emissions, moves: _Moves) -> list[int]:
    """Decode and learn again until nothing changes, some rounds at most."""
    roles = _viterbi(pieces, emissions, moves)
    for _ in range(_ROUNDS - 1):
        again = _viterbi(pieces, *_relearn(pieces, roles))
        if again == roles:
            break
        roles = again
    return roles


def _likelihood(pieces: Sequence[Piece], roles: Sequence[int]) -> float:
    """Give the logarithm of the likelihood of pieces with their roles under all tables, weighted by how likely these are in general.

    Source: the marginal likelihood of a Dirichlet-multinomial; Heckerman, Geiger and Chickering, Machine Learning 20, 1995.
    """
    seen, followed = _count(pieces, roles)
    total = 0.0
    for feature, name in enumerate(FEATURES):
        rows = list(looks()[name].values())
        for role in range(len(ROLES)):
            weight = _weight(name) / sum(row[role] for row in rows)
            total += _TRUST * _evidence([(seen[feature, value, role], weight * row[role]) for value, row in enumerate(rows)])
    for before, tables in follows().items():
        role = ROLES.index(before)
        shares = [(gap, ROLES.index(after), share) for gap, table in enumerate(tables) for after, share in table.items()]
        total += _evidence([(followed[bool(gap), role, after], _NEXT_WEIGHT * share) for gap, after, share in shares])
    return total


def _evidence(counts: Sequence[tuple[int, float]]) -> float:
    """Give the logarithm of the likelihood of counts under a Dirichlet distribution with the pseudo-counts beside them."""
    total = sum(prior for _, prior in counts)
    inner = sum(math.lgamma(prior + count) - math.lgamma(prior) for count, prior in counts if count)
    return inner + math.lgamma(total) - math.lgamma(total + sum(count for count, _ in counts))


def _count(pieces: Sequence[Piece], roles: Sequence[int]) -> tuple[_Seen, _Followed]:
    """Count how often each value of a feature goes with each role, and which role follows which."""
    seen: _Seen = Counter()
    for (signs, role), n in Counter(zip((piece.signs for piece in pieces), roles, strict=True)).items():
        for feature, value in enumerate(signs):
            seen[feature, value, role] += n
    return seen, Counter((piece.gap, *pair) for piece, pair in zip(pieces[1:], pairwise(roles), strict=True))


def _relearn(pieces: Sequence[Piece], roles: Sequence[int]) -> tuple[_Emissions, _Moves]:
    """Count the tables on the page."""
    return _learn(*_count(pieces, roles))


def _learn(seen: _Seen, followed: _Followed) -> tuple[_Emissions, _Moves]:
    """Make the tables of logarithms from what was counted and the general tables."""
    emissions = [_columns(feature, looks()[name], _weight(name), seen) for feature, name in enumerate(FEATURES)]
    moves: _Moves = [[[-math.inf] * len(ROLES) for _ in ROLES] for _ in range(2)]
    for before, tables in follows().items():
        role = ROLES.index(before)
        total = _NEXT_WEIGHT + sum(n for (_, first, _), n in followed.items() if first == role)
        for gap, shares in enumerate(tables):
            for name, share in shares.items():
                after = ROLES.index(name)
                moves[gap][role][after] = math.log((followed[bool(gap), role, after] + _NEXT_WEIGHT * share) / total)
    return emissions, moves


def _weight(feature: str) -> float:
    return _SURE_WEIGHT if feature in _SURE else _EMISSION_WEIGHT


def _columns(feature: int, values: Mapping[str, Sequence[float]], pseudo: float, seen: _Seen) -> list[list[float]]:
    """Give the logarithms of one feature: a row for each of its values, a column for each role."""
    rows: list[list[float]] = [[] for _ in values]
    for role in range(len(ROLES)):
        weights = [row[role] for row in values.values()]
        counts = [seen[feature, value, role] for value in range(len(weights))]
        total = sum(counts) + pseudo
        for row, count, weight in zip(rows, counts, weights, strict=True):
            row.append(_TRUST * math.log(max((count + pseudo * weight / sum(weights)) / total, _FLOOR)))
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
