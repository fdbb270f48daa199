"""Continue the base's pretraining on abstracts: masked words, in windows of one text after another."""

from __future__ import annotations

import argparse
import gzip
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

import encoder as enc
import numpy as np
import torch
from torch import nn
from transformers import BertModel

WINDOW = 128
ROBOTICS = frozenset({"icra", "iros"})
"""Venues of which a twentieth is read: they are two fifths of the abstracts."""


class Words(nn.Module):
    """The masked-word head: a layer, then the encoder's own embeddings."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        width = encoder.config.hidden_size
        self.layer = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.LayerNorm(width))
        self.bias = nn.Parameter(torch.zeros(encoder.config.vocab_size))

    def forward(self, hidden: torch.Tensor, embeddings: torch.Tensor) -> torch.Tensor:
        """Give logits over the vocabulary for hidden states (masked words, width)."""
        return nn.functional.linear(self.layer(hidden), embeddings, self.bias)


def windows(papers: Path, seed: int) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Yield ids, shapes and word numbers of windows of texts, in a shuffled order of papers."""
    wordpiece = enc.wordpiece()
    draw = random.Random(seed)
    with gzip.open(papers, "rt", encoding="utf-8") as stream:
        rows = [r for r in map(json.loads, stream) if r.get("abstract") and (r["venue"] not in ROBOTICS or draw.random() < 0.05)]
    draw.shuffle(rows)
    ids: list[int] = []
    shapes: list[int] = []
    words: list[int] = []
    room = WINDOW - 2
    for row in rows:
        pieces = wordpiece.cut(f"{row['title']}. {row['abstract']}")
        number = np.zeros(len(pieces.ids), dtype=int)
        number[pieces.first] = 1
        ids += [*pieces.ids, wordpiece.end]
        shapes += [*pieces.shapes, 0]
        words += [*(np.cumsum(number) + (words[-1] + 1 if words else 0)).tolist(), -1]
        words[-1] = words[-2]  # the end mark goes with the last word; it is never masked
        while len(ids) >= room:
            yield (
                np.array([wordpiece.start, *ids[:room], wordpiece.end]),
                np.array([0, *shapes[:room], 0]),
                np.array([-1, *words[:room], -1]),
            )
            del ids[:room], shapes[:room], words[:room]


def masked(
    ids: np.ndarray, words: np.ndarray, share: float, draw: np.random.Generator, marks: tuple[int, ...], size: int
) -> tuple[np.ndarray, np.ndarray]:
    """Mask whole words: of a share of them, 8 in 10 become the mask, 1 in 10 another piece, 1 in 10 stay; give input and targets."""
    mask = marks[0]
    names = np.unique(words[words >= 0])
    chosen = names[draw.random(len(names)) < share]
    at = np.isin(words, chosen) & ~np.isin(ids, marks)
    target = np.where(at, ids, -100)
    lot = draw.random(len(ids))
    given = np.where(at & (lot < 0.8), mask, ids)
    return np.where(at & (lot >= 0.9), draw.integers(1000, size, len(ids)), given), target


def main() -> None:
    """Train and write the encoder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("papers", type=Path)
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=1800, help="the steps over which the rate falls to nothing")
    parser.add_argument("--stop", type=int, help="stop after this many of them")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=4e-4)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    draw = np.random.default_rng(given.seed)
    encoder = enc.base().train()
    head = Words(encoder)
    groups = [*enc.rates(encoder, given.rate, 0.95), {"params": list(head.parameters()), "lr": 2 * given.rate, "weight_decay": 0.0}]
    optimiser = torch.optim.AdamW(groups, fused=True, betas=(0.9, 0.98))
    warm = given.steps // 20
    plan = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: min((s + 1) / warm, max(0.0, (given.steps - s) / (given.steps - warm))))
    wordpiece = enc.wordpiece()
    marks = (wordpiece.mask, wordpiece.start, wordpiece.end, wordpiece.pad)
    size = encoder.config.vocab_size
    stream = windows(given.papers, given.seed)
    begun = time.monotonic()
    mean = 0.0
    for step in range(given.stop or given.steps):
        batch = [w for _, w in zip(range(given.batch), stream, strict=False)]
        if not batch:
            print("no text is left", flush=True)
            break
        pairs = [masked(ids, words, 0.2, draw, marks, size) for ids, _, words in batch]
        ids = torch.from_numpy(np.stack([p[0] for p in pairs]))
        target = torch.from_numpy(np.stack([p[1] for p in pairs]))
        shapes = torch.from_numpy(np.stack([b[1] for b in batch]))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = encoder(input_ids=ids, token_type_ids=shapes).last_hidden_state
            at = target != -100
            logits = head(hidden[at], encoder.embeddings.word_embeddings.weight)
        loss = nn.functional.cross_entropy(logits.float(), target[at])
        loss.backward()
        nn.utils.clip_grad_norm_([*encoder.parameters(), *head.parameters()], 1.0)
        optimiser.step()
        plan.step()
        optimiser.zero_grad(set_to_none=True)
        mean = loss.item() if step == 0 else 0.98 * mean + 0.02 * loss.item()
        if step % 50 == 0:
            print(f"step {step} loss {mean:.3f} seconds {time.monotonic() - begun:.0f}", flush=True)
    enc.save(encoder, given.out)


if __name__ == "__main__":
    main()
