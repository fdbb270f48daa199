"""The reader in torch: the encoder, one tagging head per label set, and a relation head over pairs of spans."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import nn
from transformers import BertModel

from data import HEADS, SCIER

RELATIONS = (
    "Used-For", "Part-Of", "SubClass-Of", "SubTask-Of", "Synonym-Of", "Compare-With", "Trained-With", "Evaluated-With", "Benchmark-For",
)  # fmt: skip
WIDTH = 256
"""The width of the relation head."""
DISTANCES = 12
"""Buckets of the signed number of words between two spans."""


class Reader(nn.Module):
    """Encoder and heads. Spans are given as (row, first piece, last piece, kind)."""

    def __init__(self, encoder: BertModel, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size
        self.drop = nn.Dropout(dropout)
        self.tags = nn.ModuleList(nn.Linear(width, 2 * len(kinds) + 1) for kinds in HEADS)
        self.span = nn.Linear(3 * width, 4 * WIDTH)
        self.kind = nn.Embedding(len(SCIER), 4 * WIDTH)
        self.between = nn.Linear(width, WIDTH, bias=False)
        self.distance = nn.Embedding(DISTANCES, WIDTH)
        self.pair = nn.Linear(2 * WIDTH, len(RELATIONS) + 1)
        nn.init.normal_(self.kind.weight, std=0.02)
        nn.init.normal_(self.distance.weight, std=0.02)

    def encode(self, ids: torch.Tensor, shapes: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Give hidden states (rows, pieces, width)."""
        hidden: torch.Tensor = self.encoder(input_ids=ids, token_type_ids=shapes, attention_mask=mask).last_hidden_state
        return hidden.float()

    def relate(self, hidden: torch.Tensor, spans: torch.Tensor, pairs: torch.Tensor) -> torch.Tensor:
        """Give logits (pairs, types + 1) for pairs of indices into spans; type 0 is none.

        The head is additive, so that all of a span's work is done once: gelu(subject + object + between + distance), and a product.
        """
        row, start, end, kind = spans.unbind(1)
        sums = torch.cumsum(hidden, 1)
        sums = torch.cat([torch.zeros_like(sums[:, :1]), sums], 1)
        mean = (sums[row, end + 1] - sums[row, start]) / (end + 1 - start).unsqueeze(1)
        vectors = self.span(self.drop(torch.cat([hidden[row, start], hidden[row, end], mean], 1))) + self.kind(kind)
        subject, other, left, right = vectors.split(WIDTH, 1)
        i, j = pairs.unbind(1)
        low = torch.minimum(end[i], end[j]) + 1
        high = torch.maximum(start[i], start[j])
        high = torch.maximum(high, low)
        gap = (sums[row[i], high] - sums[row[i], low]) / (high - low).clamp(min=1).unsqueeze(1)
        add = subject[i] + other[j] + self.between(gap) + self.distance(bucket(start[i], end[i], start[j], end[j]))
        return self.pair(self.drop(torch.cat([nn.functional.gelu(add), torch.tanh(left[i]) * torch.tanh(right[j])], 1)))


def bucket(start: torch.Tensor, end: torch.Tensor, start2: torch.Tensor, end2: torch.Tensor) -> torch.Tensor:
    """Give the bucket of the distance between two spans, in pieces: six before and six after."""
    forward = start2 > start
    gap = torch.where(forward, start2 - end, start - end2) - 1
    edges = torch.tensor([0, 2, 4, 8, 16])
    return torch.bucketize(gap.clamp(min=0), edges, right=False) + torch.where(forward, DISTANCES // 2, 0)


def padded(rows: Sequence[Sequence[int]], value: int, multiple: int = 8) -> torch.Tensor:
    """Stack rows of numbers, padded to one length."""
    size = -(-max(map(len, rows)) // multiple) * multiple
    return torch.tensor([[*row, *([value] * (size - len(row)))] for row in rows])
