"""The decoder against a search over every label sequence."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from confgraph.extract.decode import decode

KINDS = 2
LABELS = 2 * KINDS + 1


def well_formed(labels: Sequence[int]) -> bool:
    return all(label % 2 or label == 0 or (i and labels[i - 1] in (label - 1, label)) for i, label in enumerate(labels))


def spans(labels: Sequence[int]) -> list[tuple[int, int, int]]:
    found, at = [], 0
    while at < len(labels):
        end = at + 1
        if labels[at]:
            while end < len(labels) and labels[end] == labels[at] + 1:
                end += 1
            found.append((at, end, (labels[at] - 1) // 2))
        at = end
    return found


def log_scores(draw: np.random.Generator, words: int) -> NDArray[np.float32]:
    scores = draw.normal(scale=2, size=(words, LABELS))
    return (scores - np.log(np.exp(scores).sum(1, keepdims=True))).astype(np.float32)


def costs(draw: np.random.Generator) -> NDArray[np.float32]:
    steps = draw.normal(size=(3, 3)).astype(np.float32)
    steps[0, 0] = 0
    return steps


def kind_of(label: int) -> int:
    return 0 if label == 0 else 2 - label % 2


def walked(labels: Sequence[int], steps: NDArray[np.float32]) -> float:
    return sum(float(steps[kind_of(a), kind_of(b)]) for a, b in itertools.pairwise((0, *labels, 0)))


@pytest.mark.parametrize("costly", [False, True], ids=["steps are free", "steps cost"])
@pytest.mark.parametrize("seed", range(12))
def test_finds_the_best_well_formed_sequence_and_its_spans_probabilities(seed: int, costly: bool) -> None:
    draw = np.random.default_rng(seed)
    steps = costs(np.random.default_rng(seed + 100)) if costly else np.zeros((3, 3), np.float32)
    sizes = [5, 1, 4]
    rows = [log_scores(draw, size) for size in sizes]
    stack = np.zeros((3, 5, LABELS), np.float32)
    for row, scores in enumerate(rows):
        stack[row, : len(scores)] = scores
    found = decode(stack, sizes, steps)
    expected = []
    for row, scores in enumerate(rows):
        sequences = [s for s in itertools.product(range(LABELS), repeat=len(scores)) if well_formed(s)]
        weights = {s: float(np.exp(sum(scores[i, label] for i, label in enumerate(s)) + walked(s, steps))) for s in sequences}
        total = sum(weights.values())
        best = max(sequences, key=lambda s: weights[s])
        expected += [(row, *span, sum(w for s, w in weights.items() if span in spans(s)) / total) for span in spans(best)]
    assert [f[:4] for f in found] == [e[:4] for e in expected]
    assert [f.probability for f in found] == pytest.approx([e[4] for e in expected], abs=1e-4)


def test_a_sentence_does_not_depend_on_those_beside_it() -> None:
    draw = np.random.default_rng(3)
    scores = log_scores(draw, 6)
    longer = np.zeros((2, 30, LABELS), np.float32)
    longer[0, :6] = scores
    longer[1] = log_scores(draw, 30)
    assert [f for f in decode(longer, [6, 30]) if f.row == 0] == decode(scores[None], [6])


def test_no_bit_of_a_probability_depends_on_the_sentences_beside_it() -> None:
    draw = np.random.default_rng(5)
    labels = 13
    rows = [draw.normal(scale=2, size=(4 + i % 7, labels)).astype(np.float32) for i in range(60)]
    rows = [scores - np.log(np.exp(scores).sum(1, keepdims=True)) for scores in rows]
    stack = np.zeros((len(rows), 40, labels), np.float32)
    for row, scores in enumerate(rows):
        stack[row, : len(scores)] = scores
    steps = costs(draw)
    together = decode(stack, [len(scores) for scores in rows], steps)
    alone = [found._replace(row=row) for row, scores in enumerate(rows) for found in decode(scores[None], [len(scores)], steps)]
    assert len(together) > len(rows)
    assert together == alone


def test_nothing_is_found_in_nothing() -> None:
    assert decode(np.zeros((1, 1, LABELS), np.float32), [0]) == []
