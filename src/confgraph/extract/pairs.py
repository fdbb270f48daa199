"""Find relations between the mentions of a text: one encoding of the text, then a small network over pairs of spans.

The network is additive: what depends on one span alone is computed once per span, and a pair costs a sum and a product of
vectors. A text's pairs are scored by themselves, so that no other text changes a figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from confgraph.extract.decode import Floats
from confgraph.extract.reader import Encoded, Ints, about, session

_EDGES: Final = np.array([0, 2, 4, 8, 16])
"""Upper bounds of the buckets of distance, in pieces; as in training."""
_NEAR: Final = 32
"""How many mentions apart two of one sentence may stand, so that the pairs of a text are linear in its length."""
_PAIRS: Final = 4096
"""How many pairs are scored at once."""


class Pair(NamedTuple):
    """A relation between the mentions `subject` and `object` (indices): the index of its type and its probability."""

    subject: int
    type: int
    object: int
    probability: float


class PairHead:
    """The relation head of the model: its `types` of relation, and the `kinds` of span that it relates."""

    def __init__(self) -> None:
        said = about()
        self.types: tuple[str, ...] = tuple(said["relations"]["types"])
        self.kinds: tuple[str, ...] = tuple(said["heads"][0]["types"])
        self.temperature = np.float32(said["relations"]["temperature"])
        self._session = session("pairs.onnx", threads=1)

    def relate(self, encoded: Encoded, spans: Sequence[tuple[int, int, int]], names: Sequence[str]) -> list[Pair]:
        """Find the relations between spans of one sentence each, given as (first word, last word, kind) in order of place, and their names.

        Of two names that a sentence repeats, a relation is told once, of the places that are nearest to each other, as surely as it can be
        read from any of them: so have people annotated it (915 of 956 times in SciER's training sentences).
        """
        if len(spans) < 2:
            return []
        low, high, kind = (np.array(column, np.int32) for column in zip(*spans, strict=True))
        sentence = encoded.sentence[low]
        left, right = _neighbours(sentence)
        if not len(left):
            return []
        start, end = encoded.first[low], encoded.last[high] + 1
        rows = np.concatenate([encoded.hidden, np.zeros_like(encoded.hidden[:1])])  # a span may end with the text
        vectors = np.concatenate([rows[start], rows[end - 1], _means(rows, start, end)], axis=1)
        from_ = np.minimum(end[left], end[right])
        gaps = _means(rows, from_, np.maximum(from_, np.maximum(start[left], start[right])))
        one, other, of = np.concatenate([left, right]), np.concatenate([right, left]), np.tile(np.arange(len(left)), 2)
        distance = _bucket(start, end, one, other)
        shares: list[Floats] = []
        for k in range(0, len(one), _PAIRS):
            part = slice(k, k + _PAIRS)
            pairs = {"one": one[part], "other": other[part], "gaps": gaps[of[part]], "distance": distance[part]}
            (scores,) = self._session.run(None, {"vectors": vectors, "kind": kind, **pairs})
            shares.append(_shares(scores / self.temperature))
        share = np.concatenate(shares)
        apart = np.maximum(start[one] - end[other], start[other] - end[one])
        nearest, surest = _once(_numbered(sentence, names), one, other, apart, share[:, 0])
        return sorted(_best(share[surest], one[nearest], other[nearest]))


def _neighbours(sentence: Ints) -> tuple[Ints, Ints]:
    """Pair each mention with those that follow it in its sentence, given the sentence of each."""
    left: list[NDArray[np.intp]] = []
    for step in range(1, min(_NEAR, len(sentence) - 1) + 1):
        near = np.flatnonzero(sentence[:-step] == sentence[step:])
        if not len(near):
            break
        left.append(near)
    if not left:
        return np.zeros(0, np.int32), np.zeros(0, np.int32)
    steps = np.repeat(np.arange(1, len(left) + 1), [len(near) for near in left])
    joined = np.concatenate(left)
    return joined.astype(np.int32), (joined + steps).astype(np.int32)


def _means(rows: Floats, start: Ints, end: Ints) -> Floats:
    """Give the mean of the rows `[start, end)` of each pair of bounds, 0 for none; the last row must belong to no range."""
    sums = np.add.reduceat(rows, np.stack([start, end], axis=1).ravel(), axis=0)[::2]
    size = (end - start)[:, None]
    means: Floats = np.where(size > 0, sums / np.maximum(size, 1), 0).astype(np.float32)
    return means


def _bucket(start: Ints, end: Ints, one: Ints, other: Ints) -> Ints:
    forward = start[other] > start[one]
    gap = np.where(forward, start[other] - end[one], start[one] - end[other])
    buckets = np.searchsorted(_EDGES, np.maximum(gap, 0), side="left") + np.where(forward, len(_EDGES) + 1, 0)
    return buckets.astype(np.int32)


def _shares(scores: Floats) -> Floats:
    """Give the probabilities of the types of each pair; column 0 is none."""
    shares: Floats = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    return shares


def _numbered(sentence: Ints, names: Sequence[str]) -> Ints:
    """Give mentions of one name in one sentence the same number."""
    numbers: dict[tuple[int, str], int] = {}
    return np.array([numbers.setdefault(key, len(numbers)) for key in zip(sentence.tolist(), names, strict=True)], np.int32)


def _once(number: Ints, one: Ints, other: Ints, apart: Ints, none: Floats) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Choose among the pairs of the same two numbers, in their order, the nearest, and that of which no relation is least likely."""
    key = number[one].astype(np.int64) * (len(number) + 1) + number[other]
    by_place, by_share = np.lexsort((other, one, apart, key)), np.lexsort((none, key))
    firsts = np.flatnonzero(np.diff(key[by_place], prepend=-1))
    return by_place[firsts], by_share[firsts]


def _best(shares: Floats, one: Ints, other: Ints) -> list[Pair]:
    """Give the pairs of which a relation is likelier than none."""
    best = shares.argmax(axis=1)
    told = np.flatnonzero(best)
    columns = (one[told], best[told] - 1, other[told], shares[told, best[told]])
    return [Pair(*found) for found in zip(*(column.tolist() for column in columns), strict=True)]
