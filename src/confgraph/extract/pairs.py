"""Find relations between the mentions of a text: one encoding of the text, then a small network over pairs of spans.

The network is additive: what depends on one span alone is computed once per span, and a pair costs a sum and a product of
vectors. A text's pairs are scored by themselves, so that no other text changes a figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf

from confgraph import resources
from confgraph.extract.decode import Floats
from confgraph.extract.reader import FOLDER, Encoded, Ints, about

_EDGES: Final = np.array([0, 2, 4, 8, 16])
"""Upper bounds of the buckets of distance, in pieces; as in training."""


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
        with (resources.folder(FOLDER) / "pairs.npz").open("rb") as stream, np.load(stream) as held:
            weights = {name: held[name].astype(np.float32) for name in held.files}
        self._span, self._span_bias, self._kind = weights["span"], weights["span_bias"], weights["kind"]
        self._between, self._distance = weights["between"], weights["distance"]
        self._pair, self._pair_bias = weights["pair"], weights["pair_bias"]

    def relate(self, encoded: Encoded, spans: Sequence[tuple[int, int, int]]) -> list[Pair]:
        """Find the relations between spans of one sentence each, given as (first word, last word, kind) in order of place."""
        if len(spans) < 2:
            return []
        low, high, kind = (np.array(column) for column in zip(*spans, strict=True))
        sentence = encoded.sentence[low]
        one, other = np.nonzero((sentence[:, None] == sentence[None, :]) & ~np.eye(len(spans), dtype=bool))
        if not len(one):
            return []
        start, end = encoded.first[low], encoded.last[high]
        sums = np.concatenate([np.zeros((1, encoded.hidden.shape[1]), np.float32), np.cumsum(encoded.hidden, axis=0)])
        mean = (sums[end + 1] - sums[start]) / (end + 1 - start)[:, None]
        vectors = (
            np.concatenate([encoded.hidden[start], encoded.hidden[end], mean], axis=1) @ self._span + self._span_bias + self._kind[kind]
        )
        subject, target, left, right = np.split(vectors, 4, axis=1)
        from_, to = np.minimum(end[one], end[other]) + 1, np.maximum(start[one], start[other])
        to = np.maximum(from_, to)
        between = ((sums[to] - sums[from_]) / np.maximum(to - from_, 1)[:, None]) @ self._between
        total = subject[one] + target[other] + between + self._distance[_bucket(start, end, one, other)]
        features = np.concatenate([_gelu(total), np.tanh(left[one]) * np.tanh(right[other])], axis=1)
        scores = (features @ self._pair + self._pair_bias) / self.temperature
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        scores /= scores.sum(axis=1, keepdims=True)
        best = scores.argmax(axis=1)
        return [Pair(int(one[k]), int(best[k]) - 1, int(other[k]), float(scores[k, best[k]])) for k in np.flatnonzero(best).tolist()]


def _bucket(start: Ints, end: Ints, one: NDArray[np.intp], other: NDArray[np.intp]) -> NDArray[np.intp]:
    forward = start[other] > start[one]
    gap = np.where(forward, start[other] - end[one], start[one] - end[other]) - 1
    found: NDArray[np.intp] = np.searchsorted(_EDGES, np.maximum(gap, 0), side="left") + np.where(forward, len(_EDGES) + 1, 0)
    return found


def _gelu(values: Floats) -> Floats:
    result: Floats = values * np.float32(0.5) * (1 + erf(values * np.float32(0.5**0.5)))
    return result
