"""Train the relation head that is shipped: over the states of a finished encoder, on the labels of marked readers and the gold ones.

The encoder is not trained, so what it says of words stays to the bit. Sentences and their entities are those of teach.py; the labels of
their relations are the mean of what the marked readers and the reader's own head say. The head is the mean of several seeds' weights.
"""

from __future__ import annotations

import argparse
import copy
import pickle
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import encoder as enc
import marked
import numpy as np
import torch
from batching import certain, ordered, pairs_of
from export import load
from finetune import taught
from reader import RELATIONS, Reader
from scoring import label, relations_scored
from torch import nn

from confgraph.evaluate import scier
from data import Example, example

MOST, LONGEST = 12, 110
"""The most entities, and the most pieces, of a sentence that is learned from."""


@dataclass
class Item:
    """A sentence as the head sees it: states of its pieces, spans (first piece, last piece, kind), probabilities of its ordered pairs.

    `weight` is its weight in the loss.
    """

    hidden: np.ndarray
    spans: list[tuple[int, int, int]]
    types: np.ndarray
    weight: float = 1.0


@dataclass
class Group:
    """Sentences as tensors; the places of `spans` and `pairs` as `Reader.relate` takes them."""

    hidden: torch.Tensor
    spans: torch.Tensor
    pairs: torch.Tensor
    types: torch.Tensor
    weights: torch.Tensor


def items(reader: Reader, examples: Sequence[Example], types: Sequence[np.ndarray]) -> list[Item]:
    """Encode sentences, each by itself."""
    said = label(reader, examples, enc.wordpiece(), 0)
    found = []
    for e, of_pairs in zip(examples, types, strict=True):
        places = list(pairwise([*e.first, len(e.ids)]))
        spans = [(places[start][0], places[end - 1][1] - 1, kind) for start, end, kind in e.entities]
        found.append(Item(said[id(e)].hidden, spans, of_pairs))
    return found


def group_of(rows: Sequence[Item]) -> Group:
    """Lay sentences out as one padded batch."""
    sizes = [len(i.hidden) for i in rows]
    states = np.zeros((len(rows), max(sizes) + 1, rows[0].hidden.shape[1]), np.float32)
    spans: list[tuple[int, int, int, int]] = []
    pairs: list[tuple[int, int]] = []
    for row, item in enumerate(rows):
        states[row, : sizes[row]] = item.hidden
        pairs += [(len(spans) + i, len(spans) + j) for i, j in ordered(len(item.spans))]
        spans += [(row, *span) for span in item.spans]
    types = torch.from_numpy(np.concatenate([i.types for i in rows]).astype(np.float32))
    weights = torch.tensor([i.weight for i in rows]).repeat_interleave(torch.tensor([len(i.types) for i in rows]))
    return Group(torch.from_numpy(states), torch.tensor(spans), torch.tensor(pairs), types, weights)


def groups(rows: Sequence[Item], tokens: int, draw: random.Random | None) -> list[list[Item]]:
    """Group sentences of like length to about `tokens` pieces; shuffle the groups where a draw is given."""
    order = sorted(rows, key=lambda i: len(i.hidden) // 6 + (draw.random() * 2 if draw else 0))
    found: list[list[Item]] = []
    for item in order:
        if found and (len(found[-1]) + 1) * max(len(found[-1][-1].hidden), len(item.hidden)) <= tokens:
            found[-1].append(item)
        else:
            found.append([item])
    if draw:
        draw.shuffle(found)
    return found


@torch.no_grad()
def probabilities(reader: Reader, rows: Sequence[Item]) -> list[np.ndarray]:
    """Give the probabilities of the relations of sentences, in their order."""
    reader.eval()
    by_id: dict[int, np.ndarray] = {}
    for group in groups([i for i in rows if len(i.spans) > 1], 6000, None):
        g = group_of(group)
        scores = reader.relate(g.hidden, g.spans, g.pairs).softmax(1).numpy()
        cuts = np.cumsum([0, *(len(i.spans) * (len(i.spans) - 1) for i in group)]).tolist()
        by_id |= {id(i): scores[a:b] for i, (a, b) in zip(group, pairwise(cuts), strict=True)}
    reader.train()
    return [by_id.get(id(i), np.zeros((0, len(RELATIONS) + 1), np.float32)) for i in rows]


def labelled(reader: Reader, given: argparse.Namespace) -> list[Item]:
    """Read the sentences that teach.py labelled, and let the marked readers and the reader's own head label their relations."""
    wordpiece = enc.wordpiece()
    rows = [taught(row) for row in pickle.loads(given.soft.read_bytes())]
    rows = [replace(e, soft=None, labels=[0] * len(e.first)) for e in rows if 1 < len(e.entities) <= MOST and len(e.ids) <= LONGEST]
    random.Random(0).shuffle(rows)
    rows = rows[: given.count]
    own = items(reader, rows, [np.zeros((pairs_of(e), len(RELATIONS) + 1), np.float32) for e in rows])
    total = probabilities(reader, own)
    examples = [marked.mark(e) for e in rows]
    for path in given.teachers:
        said = marked.relate(load(path), examples, wordpiece)
        total = [a + b for a, b in zip(total, said, strict=True)]
    return [Item(i.hidden, i.spans, t / (1 + len(given.teachers))) for i, t in zip(own, total, strict=True)]


def train(
    reader: Reader, rows: Sequence[Item], dev: tuple[Sequence[Item], Sequence[Example]], given: argparse.Namespace, seed: int
) -> Reader:
    """Train the head, and give the reader with the running mean of its weights, which is scored after each epoch."""
    torch.manual_seed(seed)
    draw = random.Random(seed)
    reader = copy.deepcopy(reader).train()
    mean = copy.deepcopy(reader)
    head = [p for name, p in reader.named_parameters() if not name.startswith(("encoder.", "tags."))]
    optimiser = torch.optim.AdamW(head, lr=given.rate, weight_decay=0.01, fused=True)
    begun = time.monotonic()
    steps = 0
    for epoch in range(given.epochs):
        batches = groups(rows, given.tokens, draw)
        for step, group in enumerate(batches):
            done = (epoch + step / len(batches)) / given.epochs
            optimiser.param_groups[0]["lr"] = given.rate * (min(done / 0.05, (1 - done) / 0.95) + 1e-3)
            g = group_of(group)
            losses = nn.functional.cross_entropy(reader.relate(g.hidden, g.spans, g.pairs), g.types, reduction="none")
            (losses * g.weights).mean().backward()
            nn.utils.clip_grad_norm_(head, 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            steps += 1
            enc.follow(mean, reader, min(given.memory, (1 + steps) / (10 + steps)))
        figure = relations_scored(dev[1], probabilities(mean, dev[0]))
        print(f"seed {seed} epoch {epoch + 1} relations {figure:.4f} seconds {time.monotonic() - begun:.0f}", flush=True)
    return mean


def main() -> None:
    """Label, train, measure on dev, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, help="the folder with scier/")
    parser.add_argument("readers", type=Path, nargs="+", help="by finetune.py, each gone on from the one before: the encoder is their mean")
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--soft", type=Path, required=True, help="sentences with entities, by teach.py")
    parser.add_argument("--teachers", type=Path, nargs="+", required=True, help="by marked.py")
    parser.add_argument("--count", type=int, default=36_000, help="how many of the sentences that hold two entities or more")
    parser.add_argument("--gold", type=float, default=0.5, help="the weight of SciER's own sentences")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--tokens", type=int, default=2500)
    parser.add_argument("--memory", type=float, default=0.999, help="what the running mean keeps at each step")
    parser.add_argument("--seeds", type=int, nargs="+", default=[2, 3, 4])
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    reader = load(*given.readers)
    wordpiece = enc.wordpiece()
    gold, dev = (
        [example(s, 0, wordpiece, RELATIONS) for s in scier.read(given.shared / f"scier/{name}.jsonl")] for name in ("train", "dev")
    )
    several = [e for e in gold if len(e.entities) > 1]
    rows = labelled(reader, given)
    rows += [replace(i, weight=given.gold) for i in items(reader, several, [certain(e) for e in several])]
    tests = items(reader, dev, [certain(e) for e in dev])
    weights = [train(reader, rows, (tests, dev), given, seed).state_dict() for seed in given.seeds]
    mean = {name: torch.stack([w[name] for w in weights]).mean(0) for name in weights[0]}
    reader.load_state_dict(mean)
    print(f"mean of the seeds: relations {relations_scored(dev, probabilities(reader, tests)):.4f}")
    torch.save({"layers": reader.encoder.config.num_hidden_layers, "weights": mean}, given.out)


if __name__ == "__main__":
    main()
