"""Decode BIO labels: the best sequence that is well formed, and the probability of each span in it.

Viterbi and forward-backward over a chain with the constraints of BIO, `I-X` follows `B-X` or `I-X` (Rabiner, 1989), and one cost for
each step between outside, begin and inside, whatever the type: a mention seldom begins where another ends. All sentences of a batch
advance together; the loops run over positions, not over sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_NEVER: Final = np.float32(-1e4)
_LEAST: Final = np.float32(-60)
"""The least log probability of a label of a word, so that no weight of a whole word underflows."""
_FREE: Final = np.zeros((3, 3), np.float32)


class Found(NamedTuple):
    """A span of words `[start, end)` of sentence `row`, the index of its type, and its probability."""

    row: int
    start: int
    end: int
    kind: int
    probability: float


def decode(scores: Floats, lengths: Sequence[int], steps: Floats = _FREE) -> list[Found]:
    """Find the spans of the best label sequence of each sentence.

    Of all steps between labels only those to an inside label are bound: it follows its own begin or inside. So a step costs no more
    than the labels, and needs no table of all pairs of them.

    Args:
        scores: log probabilities of shape (sentences, words, 2 * kinds + 1), labels in the order `O, B-0, I-0, ...`.
        lengths: the number of words of each sentence; what stands behind is ignored.
        steps: what is added to the log probability of a sequence for each step from outside, begin, inside to outside, begin, inside,
            of shape (3, 3); before and behind a sentence is outside, and from outside to outside it is 0.

    Returns:
        The spans in order of sentence and place.
    """
    sizes = np.asarray(lengths)
    inside = np.arange(scores.shape[1])[None, :] < sizes[:, None]
    held = np.full((len(sizes), scores.shape[1] + 1, scores.shape[2]), _NEVER, np.float32)
    held[:, :, 0] = 0  # behind the end there is only O, at no cost, and at least one: so every sentence is summed up in the same way
    held[:, :-1][inside] = np.maximum(scores[inside], _LEAST)
    held[:, 0, 2::2] = _NEVER
    held[:, 0, 1::2] += steps[0, 1]
    return _spans(held, _viterbi(held, steps), steps)


def _viterbi(scores: Floats, steps: Floats) -> NDArray[np.intp]:
    """Give the best label of each word."""
    rows, words, size = scores.shape
    begin, inner = np.arange(1, size, 2), np.arange(2, size, 2)
    out, opens = _by_label(steps, size)
    index = np.arange(rows)
    state = scores[:, 0].copy()
    came = np.zeros((words, rows, size), np.intp)
    for t in range(1, words):
        ends, starts = state + out, state + opens
        closed, opened = ends.argmax(axis=1), starts.argmax(axis=1)
        first, more = state[:, begin] + steps[1, 2], state[:, inner] + steps[2, 2]
        came[t] = opened[:, None]
        came[t][:, 0] = closed
        came[t][:, inner] = np.where(first >= more, begin, inner)
        reach = np.repeat(starts[index, opened][:, None], size, axis=1)
        reach[:, 0] = ends[index, closed]
        reach[:, inner] = np.maximum(first, more)
        state = reach + scores[:, t]
    best = np.zeros((rows, words), np.intp)
    best[:, -1] = state.argmax(axis=1)
    for t in range(words - 1, 0, -1):
        best[:, t - 1] = came[t, index, best[:, t]]
    return best


def _by_label(steps: Floats, size: int) -> tuple[Floats, Floats]:
    """Give what a step costs from each label, to outside and to a begin."""
    kinds = np.array([0, *([1, 2] * (size // 2))])
    return steps[kinds, 0], steps[kinds, 1]


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
    probability = _posterior(scores.astype(np.float64), rows, starts, ends, kinds, steps)
    columns = (rows, starts, ends, kinds, probability)
    return [Found(*found) for found in zip(*(column.tolist() for column in columns), strict=True)]


def _posterior(
    scores: NDArray[np.float64],
    rows: NDArray[np.intp],
    starts: NDArray[np.intp],
    ends: NDArray[np.intp],
    kinds: NDArray[np.intp],
    steps: Floats,
) -> Floats:
    """Give the probability that exactly the words `[start, end)` are a span of that kind: forward, inside, backward over all.

    Forward and backward weights are held as shares, with the logarithms of their scales apart (Rabiner, 1989, section V.A).
    """
    weights = np.exp(scores)
    sentences, words, size = weights.shape
    costs = steps.astype(np.float64)
    times = np.exp(costs)
    out, opens = (np.exp(x.astype(np.float64)) for x in _by_label(steps, size))
    share = weights[:, 0] / weights[:, 0].sum(axis=1, keepdims=True)
    scale = np.log(weights[:, 0].sum(axis=1))  # the log weight of all up to a word
    opened = np.empty((sentences, words))  # the log weight of all before a word, and the step to a begin there
    opened[:, 0] = 0
    for t in range(1, words):
        to_begin = share @ opens
        opened[:, t] = np.log(to_begin) + scale
        share, last = weights[:, t].copy(), share
        share[:, 0] *= last @ out
        share[:, 1::2] *= to_begin[:, None]
        share[:, 2::2] *= last[:, 1::2] * times[1, 2] + last[:, 2::2] * times[2, 2]
        total = share.sum(axis=1)
        share /= total[:, None]
        scale = scale + np.log(total)
    rest = np.empty((2, sentences, words))  # the log weight of all from a word on, that goes not on with a span: after a begin, an inside
    behind = np.ones_like(share)
    grown = np.zeros(sentences)
    for t in range(words - 1, -1, -1):
        step = weights[:, t] * behind
        outside, begins = step[:, 0], step[:, 1::2].sum(axis=1)
        free = [outside * times[c, 0] + begins * times[c, 1] for c in range(3)]
        rest[:, :, t] = np.log(free[1:]) + grown
        behind = np.empty_like(step)
        behind[:, 0] = free[0]
        for c in (1, 2):
            behind[:, c::2] = free[c][:, None] + step[:, 2::2] * times[c, 2]
        top = behind.max(axis=1)
        behind /= top[:, None]
        grown += np.log(top)
    running = np.concatenate([np.zeros_like(scores[:, :1]), np.cumsum(scores, axis=1)], axis=1)
    begin, inner = 2 * kinds + 1, 2 * kinds + 2
    more = ends - starts - 1
    body = scores[rows, starts, begin] + running[rows, ends, inner] - running[rows, starts + 1, inner]
    body += np.where(more > 0, costs[1, 2] + (more - 1) * costs[2, 2], 0)
    log = opened[rows, starts] + body + rest[np.minimum(more, 1), rows, ends] - scale[rows]  # there is always a word behind the end
    found: Floats = np.exp(np.minimum(log, 0)).astype(np.float32)
    return found
