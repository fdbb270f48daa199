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
_LEAST: Final = np.float32(-60)
"""The least log probability of a label of a word, so that no weight of a whole word underflows."""


class Found(NamedTuple):
    """A span of words `[start, end)` of sentence `row`, the index of its type, and its probability."""

    row: int
    start: int
    end: int
    kind: int
    probability: float


def decode(scores: Floats, lengths: Sequence[int]) -> list[Found]:
    """Find the spans of the best label sequence of each sentence.

    Of all steps between labels only those to an inside label are bound: it follows its own begin or inside. So a step costs no more
    than the labels, and needs no table of transitions.

    Args:
        scores: log probabilities of shape (sentences, words, 2 * kinds + 1), labels in the order `O, B-0, I-0, ...`.
        lengths: the number of words of each sentence; what stands behind is ignored.

    Returns:
        The spans in order of sentence and place.
    """
    sizes = np.asarray(lengths)
    inside = np.arange(scores.shape[1])[None, :] < sizes[:, None]
    held = np.full((len(sizes), scores.shape[1] + 1, scores.shape[2]), _NEVER, np.float32)
    held[:, :, 0] = 0  # behind the end there is only O, at no cost, and at least one: so every sentence is summed up in the same way
    held[:, :-1][inside] = np.maximum(scores[inside], _LEAST)
    held[:, 0, 2::2] = _NEVER
    return _spans(held, _viterbi(held))


def _viterbi(scores: Floats) -> NDArray[np.intp]:
    """Give the best label of each word."""
    rows, words, size = scores.shape
    begin, inner = np.arange(1, size, 2), np.arange(2, size, 2)
    index = np.arange(rows)
    state = scores[:, 0].copy()
    came = np.zeros((words, rows, size), np.intp)
    for t in range(1, words):
        top = state.argmax(axis=1)
        came[t] = top[:, None]
        came[t][:, inner] = np.where(state[:, begin] >= state[:, inner], begin, inner)
        reach = np.repeat(state[index, top][:, None], size, axis=1)
        reach[:, inner] = np.maximum(state[:, begin], state[:, inner])
        state = reach + scores[:, t]
    best = np.zeros((rows, words), np.intp)
    best[:, -1] = state.argmax(axis=1)
    for t in range(words - 1, 0, -1):
        best[:, t - 1] = came[t, index, best[:, t]]
    return best


def _spans(scores: Floats, best: NDArray[np.intp]) -> list[Found]:
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
    probability = _posterior(scores.astype(np.float64), rows, starts, ends, kinds)
    columns = (rows, starts, ends, kinds, probability)
    return [Found(*found) for found in zip(*(column.tolist() for column in columns), strict=True)]


def _posterior(
    scores: NDArray[np.float64], rows: NDArray[np.intp], starts: NDArray[np.intp], ends: NDArray[np.intp], kinds: NDArray[np.intp]
) -> Floats:
    """Give the probability that exactly the words `[start, end)` are a span of that kind: forward, inside, backward over all.

    Forward and backward weights are held as shares, with the logarithms of their scales apart (Rabiner, 1989, section V.A).
    """
    weights = np.exp(scores)
    sentences, words, _ = weights.shape
    share = weights[:, 0] / weights[:, 0].sum(axis=1, keepdims=True)
    scale = np.empty((sentences, words))
    scale[:, 0] = np.log(weights[:, 0].sum(axis=1))
    for t in range(1, words):
        share, last = weights[:, t].copy(), share
        share[:, 2::2] *= last[:, 1::2] + last[:, 2::2]
        total = share.sum(axis=1)
        share /= total[:, None]
        scale[:, t] = np.log(total)
    reached = np.concatenate([np.zeros((sentences, 1)), np.cumsum(scale, axis=1)], axis=1)  # the log weight of all before a word
    rest = np.empty((sentences, words))  # the log weight of all from a word on, where no span goes on into it
    behind = np.ones_like(share)
    grown = np.zeros(sentences)
    for t in range(words - 1, -1, -1):
        step = weights[:, t] * behind
        free = step[:, 0] + step[:, 1::2].sum(axis=1)
        rest[:, t] = np.log(free) + grown
        behind = np.repeat(free[:, None], share.shape[1], axis=1)
        behind[:, 1:] += np.repeat(step[:, 2::2], 2, axis=1)
        top = behind.max(axis=1)
        behind /= top[:, None]
        grown += np.log(top)
    running = np.concatenate([np.zeros_like(scores[:, :1]), np.cumsum(scores, axis=1)], axis=1)
    opens, inner = 2 * kinds + 1, 2 * kinds + 2
    body = scores[rows, starts, opens] + running[rows, ends, inner] - running[rows, starts + 1, inner]
    log = reached[rows, starts] + body + rest[rows, ends] - reached[rows, -1]  # there is always a word behind the end
    found: Floats = np.exp(np.minimum(log, 0)).astype(np.float32)
    return found
