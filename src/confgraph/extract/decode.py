"""Decode BIO labels: the best sequence that is well formed, and the probability of each span in it.

Viterbi and forward-backward over a chain whose only transitions are the constraints of BIO: `I-X` follows `B-X` or `I-X`
(Rabiner, 1989). All sentences of a batch advance together; the loops run over positions, not over sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_NEVER: Final = np.float32(-1e4)


class Found(NamedTuple):
    """A span of words `[start, end)` of sentence `row`, the index of its type, and its probability."""

    row: int
    start: int
    end: int
    kind: int
    probability: float


def transitions(kinds: int) -> Floats:
    """Give the log weights of the steps between the labels `O, B-0, I-0, B-1, I-1, ...`: 0 where allowed, very low elsewhere."""
    size = 2 * kinds + 1
    steps = np.zeros((size, size), np.float32)
    for inside in range(2, size, 2):
        steps[:, inside] = _NEVER
        steps[[inside - 1, inside], inside] = 0
    return steps


def decode(scores: Floats, lengths: Sequence[int]) -> list[Found]:
    """Find the spans of the best label sequence of each sentence.

    Args:
        scores: log probabilities of shape (sentences, words, 2 * kinds + 1), labels in the order `O, B-0, I-0, ...`.
        lengths: the number of words of each sentence; what stands behind is ignored.

    Returns:
        The spans in order of sentence and place.
    """
    size = scores.shape[2]
    steps = transitions(size // 2)
    sizes = np.asarray(lengths)
    inside = np.arange(scores.shape[1])[None, :] < sizes[:, None]
    held = np.full((len(sizes), scores.shape[1] + 1, size), _NEVER, np.float32)
    held[:, :, 0] = 0  # behind the end there is only O, at no cost, and at least one: so every sentence is summed up in the same way
    held[:, :-1][inside] = scores[inside]
    best = _viterbi(held, steps)
    return _spans(held, best, steps)


def _viterbi(scores: Floats, steps: Floats) -> NDArray[np.intp]:
    rows, words, size = scores.shape
    state = scores[:, 0].copy()
    state[:, 2::2] = _NEVER
    came = np.zeros((words, rows, size), np.intp)
    for t in range(1, words):
        reach = state[:, :, None] + steps[None]
        came[t] = reach.argmax(axis=1)
        state = reach.max(axis=1) + scores[:, t]
    best = np.zeros((rows, words), np.intp)
    best[:, -1] = state.argmax(axis=1)
    index = np.arange(rows)
    for t in range(words - 1, 0, -1):
        best[:, t - 1] = came[t, index, best[:, t]]
    return best


def _spans(scores: Floats, best: NDArray[np.intp], steps: Floats) -> list[Found]:
    opened = best % 2 == 1
    rows, starts = np.nonzero(opened)
    if not len(rows):
        return []
    words = best.shape[1]
    goes_on = (best > 0) & ~opened
    stop = np.where(goes_on, words, np.arange(words)[None, :])
    after = np.concatenate([stop[:, 1:], np.full((len(best), 1), words)], axis=1)
    ends = np.minimum.accumulate(after[:, ::-1], axis=1)[:, ::-1][rows, starts]
    kinds = (best[rows, starts] - 1) // 2
    probability = _posterior(scores, steps, rows, starts, ends, kinds)
    columns = (rows, starts, ends, kinds, probability)
    return [Found(*found) for found in zip(*(column.tolist() for column in columns), strict=True)]


def _posterior(
    scores: Floats, steps: Floats, rows: NDArray[np.intp], starts: NDArray[np.intp], ends: NDArray[np.intp], kinds: NDArray[np.intp]
) -> Floats:
    """Give the probability that exactly the words `[start, end)` are a span of that kind: forward, inside, backward over all."""
    words = scores.shape[1]
    forward = np.empty_like(scores)
    backward = np.zeros_like(scores)
    forward[:, 0] = scores[:, 0]
    forward[:, 0, 2::2] = _NEVER
    for t in range(1, words):
        forward[:, t] = _log_sum(forward[:, t - 1, :, None] + steps[None], 1) + scores[:, t]
    for t in range(words - 2, -1, -1):
        backward[:, t] = _log_sum(steps[None] + (backward[:, t + 1] + scores[:, t + 1])[:, None, :], 2)
    total = forward[rows, -1, 0]
    opens, inner = 2 * kinds + 1, 2 * kinds + 2
    before = np.where(starts > 0, _log_sum(forward[rows, starts - 1], 1), 0)
    running = np.concatenate([np.zeros_like(scores[:, :1]), np.cumsum(scores, axis=1, dtype=np.float32)], axis=1)
    body = scores[rows, starts, opens] + running[rows, ends, inner] - running[rows, starts + 1, inner]
    tail = backward[rows, ends] + scores[rows, ends]  # there is always a word behind the end
    tail[np.arange(len(rows)), inner] = _NEVER
    tail[:, 2::2] = _NEVER  # no other inside label can follow either
    found: Floats = np.exp(np.minimum(before + body + _log_sum(tail, 1) - total, 0)).astype(np.float32)
    return found


def _log_sum(values: Floats, axis: int) -> Floats:
    top = values.max(axis=axis, keepdims=True)
    total: Floats = np.log(np.exp(values - top).sum(axis=axis)) + top.squeeze(axis)
    return total
