"""Lay training examples out as padded batches."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from reader import RELATIONS, padded

from confgraph.extract.wordpiece import WordPiece
from data import HEADS, Example

CUT = 2 * len(HEADS[0]) + 1
"""Where the columns of the second head begin."""
LABELS = sum(2 * len(kinds) + 1 for kinds in HEADS)


@dataclass
class Batch:
    """Windows as tensors; words are places (row, first piece) of one head each."""

    ids: torch.Tensor
    shapes: torch.Tensor
    mask: torch.Tensor
    words: list[torch.Tensor]
    spans: torch.Tensor
    pairs: torch.Tensor
    types: torch.Tensor
    labels: list[torch.Tensor]


def ordered(count: int) -> list[tuple[int, int]]:
    """Give the ordered pairs of different entities."""
    return [(i, j) for i in range(count) for j in range(count) if i != j]


def pairs_of(e: Example) -> int:
    """Count the ordered pairs of an example's entities."""
    return len(e.entities) * (len(e.entities) - 1)


def certain(e: Example) -> np.ndarray:
    """Give the gold relations of each ordered pair as probabilities."""
    known = {(s, o): t + 1 for s, t, o in e.relations}
    index = np.array([known.get(pair, 0) for pair in ordered(len(e.entities))], dtype=int)
    return np.eye(len(RELATIONS) + 1, dtype=np.float32)[index]


def batch_of(windows: Sequence[list[Example]], wordpiece: WordPiece) -> Batch:
    """Lay windows out as one padded batch."""
    ids, shapes = [], []
    words: list[list[tuple[int, int]]] = [[] for _ in HEADS]
    labels: list[list[np.ndarray]] = [[] for _ in HEADS]
    spans: list[tuple[int, int, int, int]] = []
    pairs: list[tuple[int, int]] = []
    types: list[np.ndarray] = []
    for row, window in enumerate(windows):
        line = [wordpiece.start]
        forms = [0]
        for e in window:
            at = len(line)
            heads = range(len(HEADS)) if e.soft is not None else (e.head,)
            for head in heads:
                words[head] += [(row, at + f) for f in e.first]
            if e.soft is not None:
                labels[0].append(e.soft[:, :CUT].astype(np.float32))
                labels[1].append(e.soft[:, CUT:].astype(np.float32))
            else:
                labels[e.head].append(np.eye(2 * len(HEADS[e.head]) + 1, dtype=np.float32)[e.labels])
            if e.head == 0:
                last = [*e.first[1:], len(e.ids)]
                base = len(spans)
                spans += [(row, at + e.first[s], at + last[t - 1] - 1, kind) for s, t, kind in e.entities]
                pairs += [(base + i, base + j) for i, j in ordered(len(e.entities))]
                types.append(certain(e) if e.pairs is None else e.pairs.astype(np.float32))
            line += e.ids
            forms += e.shapes
        ids.append([*line, wordpiece.end])
        shapes.append([*forms, 0])
    return Batch(
        padded(ids, wordpiece.pad),
        padded(shapes, 0),
        padded([[1] * len(r) for r in ids], 0),
        [torch.tensor(w).view(-1, 2) for w in words],
        torch.tensor(spans).view(-1, 4),
        torch.tensor(pairs).view(-1, 2),
        torch.from_numpy(np.concatenate(types)) if types else torch.zeros(0, len(RELATIONS) + 1),
        [torch.from_numpy(np.concatenate(x)) if x else torch.zeros(0) for x in labels],
    )


def batches(windows: list[list[Example]], tokens: int, draw: random.Random | None) -> Iterator[list[list[Example]]]:
    """Group windows of like length to at most `tokens` pieces, padding included; shuffle the groups where a draw is given."""
    size = lambda w: sum(len(e.ids) for e in w) + 2  # noqa: E731
    order = sorted(windows, key=lambda w: size(w) // 8 + (draw.random() * 2 if draw else 0))
    groups: list[list[list[Example]]] = []
    for w in order:
        if groups and (len(groups[-1]) + 1) * max(size(w), *map(size, groups[-1])) <= tokens:
            groups[-1].append(w)
        else:
            groups.append([w])
    if draw:
        draw.shuffle(groups)
    yield from groups
