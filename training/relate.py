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
from pathlib import Path

import encoder as enc
import marked
import numpy as np
import torch
from batching import batches, certain
from export import load
from finetune import taught
from reader import RELATIONS, Reader
from scoring import Said, label, laid_out, pair_labels, relations_scored
from torch import nn

from confgraph.evaluate import scier
from data import Example, example

MOST, LONGEST = 12, 110
"""The most entities, and the most pieces, of a sentence that is learned from."""


@dataclass
class Lesson:
    """A sentence, what the reader says of it, the probabilities of its ordered pairs of entities, and its weight in the loss."""

    example: Example
    said: Said
    types: np.ndarray
    weight: float


def read(reader: Reader, examples: Sequence[Example]) -> list[Said]:
    """Read sentences, each by itself."""
    said = label(reader, examples, enc.wordpiece(), 0)
    return [said[id(e)] for e in examples]


def labelled(reader: Reader, given: argparse.Namespace) -> list[Lesson]:
    """Read the sentences that teach.py labelled, and let the marked readers and the reader's own head label their relations."""
    wordpiece = enc.wordpiece()
    rows = [taught(row) for row in pickle.loads(given.soft.read_bytes())]
    rows = [replace(e, soft=None, labels=[0] * len(e.first)) for e in rows if 1 < len(e.entities) <= MOST and len(e.ids) <= LONGEST]
    random.Random(0).shuffle(rows)
    rows = rows[: given.count]
    said = read(reader, rows)
    total = pair_labels(reader, rows, said)
    examples = [marked.mark(e) for e in rows]
    for path in given.teachers:
        total = [a + b for a, b in zip(total, marked.relate(load(path), examples, wordpiece), strict=True)]
    voices = 1 + len(given.teachers)
    return [Lesson(e, s, t / voices, 1.0) for e, s, t in zip(rows, said, total, strict=True)]


def train(
    reader: Reader, lessons: Sequence[Lesson], dev: tuple[Sequence[Example], Sequence[Said]], given: argparse.Namespace, seed: int
) -> Reader:
    """Train the head, and give the reader with the running mean of its weights, which is scored after each epoch."""
    torch.manual_seed(seed)
    draw = random.Random(seed)
    by_id = {id(lesson.example): lesson for lesson in lessons}
    reader = copy.deepcopy(reader).train()
    mean = copy.deepcopy(reader)
    head = [p for name, p in reader.named_parameters() if not name.startswith(("encoder.", "tags."))]
    optimiser = torch.optim.AdamW(head, lr=given.rate, weight_decay=0.01, fused=True)
    begun = time.monotonic()
    steps = 0
    for epoch in range(given.epochs):
        groups = list(batches([[lesson.example] for lesson in lessons], given.tokens, draw))
        for step, group in enumerate(groups):
            enc.pace(optimiser, [given.rate], (epoch + step / len(groups)) / given.epochs)
            rows = [by_id[id(e)] for (e,) in group]
            types = torch.from_numpy(np.concatenate([row.types for row in rows]).astype(np.float32))
            weights = torch.from_numpy(np.repeat(np.array([row.weight for row in rows], np.float32), [len(row.types) for row in rows]))
            scores = reader.relate(*laid_out([row.example for row in rows], [row.said for row in rows]))
            enc.learn((nn.functional.cross_entropy(scores, types, reduction="none") * weights).mean(), reader, optimiser)
            steps += 1
            enc.follow(mean, reader, min(given.memory, (1 + steps) / (10 + steps)))
        figure = relations_scored(dev[0], pair_labels(mean, *dev))
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
    lessons = labelled(reader, given)
    lessons += [Lesson(e, s, certain(e), given.gold) for e, s in zip(several, read(reader, several), strict=True)]
    tests = (dev, read(reader, dev))
    weights = [train(reader, lessons, tests, given, seed).state_dict() for seed in given.seeds]
    mean = {name: torch.stack([w[name] for w in weights]).mean(0) for name in weights[0]}
    reader.load_state_dict(mean)
    print(f"mean of the seeds: relations {relations_scored(dev, pair_labels(reader, *tests)):.4f}")
    torch.save({"layers": reader.encoder.config.num_hidden_layers, "weights": mean}, given.out)


if __name__ == "__main__":
    main()
