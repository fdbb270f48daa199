"""Learn what each step between outside, begin and inside costs: a conditional random field over the scores of an exported model.

Nine numbers for all types of a label set, learned on its training sentences with the model as it is (Lafferty et al., 2001); from outside
to outside is 0, and outside to inside is never asked.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path

import encoder as enc
import numpy as np
import torch

from confgraph.evaluate import scier
from confgraph.extract.reader import Reader
from data import example, read_scierc


def forbidden(size: int) -> torch.Tensor:
    """Tell the steps between labels that are not well formed: to an inside from anything but its begin and itself."""
    bad = torch.zeros(size, size, dtype=torch.bool)
    for inside in range(2, size, 2):
        bad[:, inside] = True
        bad[inside - 1 : inside + 1, inside] = False
    return bad


def loss(steps: torch.Tensor, scores: torch.Tensor, labels: torch.Tensor, sizes: torch.Tensor) -> torch.Tensor:
    """Give the mean negative log likelihood of labels (sentences, words), given scores (sentences, words, labels)."""
    kinds = torch.tensor([0, *([1, 2] * (scores.shape[2] // 2))])
    between = steps[kinds][:, kinds].masked_fill(forbidden(len(kinds)), -1e4)
    state = between[0] + scores[:, 0]
    gold = between[0][labels[:, 0]] + scores[:, 0].gather(1, labels[:, :1])[:, 0]
    for t in range(1, scores.shape[1]):
        there = t < sizes
        following = torch.logsumexp(state[:, :, None] + between[None], 1) + scores[:, t]
        state = torch.where(there[:, None], following, state)
        step = between[labels[:, t - 1], labels[:, t]] + scores[:, t].gather(1, labels[:, t : t + 1])[:, 0]
        gold = gold + torch.where(there, step, torch.zeros(()))
    last = labels.gather(1, (sizes - 1)[:, None])[:, 0]
    return (torch.logsumexp(state + between[:, 0], 1) - gold - between[last, 0]).mean()


def learned(rows: Sequence[tuple[np.ndarray, list[int]]], given: argparse.Namespace) -> np.ndarray:
    """Learn the steps (3, 3) from sentences: scores of their words, and labels."""
    steps = torch.zeros(3, 3, requires_grad=True)
    optimiser = torch.optim.Adam([steps], lr=given.rate)
    draw = random.Random(given.seed)
    for epoch in range(given.epochs):
        order = sorted(range(len(rows)), key=lambda i: len(rows[i][1]) + draw.random() * 3)
        groups = [order[k : k + 64] for k in range(0, len(order), 64)]
        draw.shuffle(groups)
        total = 0.0
        for group in groups:
            sizes = torch.tensor([len(rows[i][1]) for i in group])
            scores = torch.zeros(len(group), int(sizes.max()), rows[0][0].shape[1])
            labels = torch.zeros(len(group), int(sizes.max()), dtype=torch.long)
            for row, i in enumerate(group):
                scores[row, : sizes[row]] = torch.from_numpy(rows[i][0])
                labels[row, : sizes[row]] = torch.tensor(rows[i][1])
            value = loss(steps, scores, labels, sizes)
            optimiser.zero_grad()
            value.backward()
            optimiser.step()
            total += value.item()
        print(f"epoch {epoch + 1} loss {total / len(groups):.4f}", flush=True)
    found: np.ndarray = (steps - steps[0, 0]).detach().numpy()  # the same taken from every step changes the share of no sequence
    found[0, 2] = 0
    return found


def main() -> None:
    """Read the training sentences with the model, learn, write into its `reader.json`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, help="the folder with scier/ and scierc/")
    parser.add_argument("model", type=Path, help="the folder of the exported model")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=5e-3)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    reader, wordpiece = Reader(2), enc.wordpiece()
    about = json.loads((given.model / "reader.json").read_text("utf-8"))
    gold = (scier.read(given.shared / "scier/train.jsonl"), read_scierc(given.shared / "scierc/train.txt"))
    for number, (head, sentences) in enumerate(zip(reader.heads, gold, strict=True)):
        texts = [s.text for s in sentences]
        encoded = reader.run(reader.cut(texts, [[(0, len(t))] for t in texts]), len(texts))
        labels = [example(s, number, wordpiece).labels for s in sentences]
        rows = [(e.scores[:, head.start : head.end], y) for e, y in zip(encoded, labels, strict=True) if len(y) == len(e.scores) and y]
        steps = [[round(float(x), 3) for x in row] for row in learned(rows, given)]
        print(steps)
        about["heads"][number]["steps"] = steps
    (given.model / "reader.json").write_text(json.dumps(about, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
