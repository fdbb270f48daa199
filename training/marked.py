"""Train a reader of relations that sees where the entities are: a marker piece of the entity's type opens each, another closes it.

It reads a sentence only after its entities are known, which costs a second pass: a teacher of the head that is shipped, no part of it.
"""

from __future__ import annotations

import argparse
import copy
import pickle
import random
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import encoder as enc
import numpy as np
import torch
from batching import batch_of, batches
from finetune import taught
from reader import RELATIONS, Reader
from scoring import label, pair_labels, relations_scored
from torch import nn

from confgraph.evaluate import scier
from confgraph.evaluate.scier import Sentence
from confgraph.extract.wordpiece import WordPiece
from data import SCIER, Example, example, names_by_type, renamed

OPEN = 1
"""The piece that opens an entity of the first type, one of the vocabulary's unused ones; the next closes it, and so on by type."""
MASK = 103
KEPT = OPEN + 2 * len(SCIER)
"""Pieces below are markers and are never hidden."""
LONGEST = 150


def mark(e: Example) -> Example:
    """Put the marker pieces around the entities, which then reach from the one to the other; the teacher's labels of words are dropped."""
    opened = {start: (number, kind) for number, (start, _, kind) in enumerate(e.entities)}
    closed = {end - 1: kind for _, end, kind in e.entities}
    ids, shapes, first = [], [], []
    spans: list[tuple[int, int, int]] = [(0, 0, 0)] * len(e.entities)
    number = begun = 0

    def add(piece: int) -> None:
        first.append(len(ids))
        ids.append(piece)
        shapes.append(0)

    for word, (low, high) in enumerate(pairwise([*e.first, len(e.ids)])):
        if word in opened:
            number, kind = opened[word]
            begun = len(first)
            add(OPEN + 2 * kind)
        first.append(len(ids))
        ids += e.ids[low:high]
        shapes += e.shapes[low:high]
        if word in closed:
            add(OPEN + 2 * closed[word] + 1)
            spans[number] = (begun, len(first), closed[word])
    return replace(e, ids=ids, shapes=shapes, first=first, labels=[0] * len(first), entities=spans, soft=None)


def hidden(e: Example, share: float, draw: random.Random) -> Example:
    """Mask a share of the pieces, up to twice as many as `share` says."""
    share *= 2 * draw.random()
    return replace(e, ids=[MASK if i >= KEPT and draw.random() < share else i for i in e.ids])


def begin(reader: Reader) -> None:
    """Start the marker pieces from words that say the type, and brackets."""
    table = reader.encoder.embeddings.word_embeddings.weight.data
    place = {piece: i for i, piece in enumerate(enc.vocabulary())}
    for kind, word in enumerate(("method", "data", "task")):
        for side, bracket in enumerate("[]"):
            table[OPEN + 2 * kind + side] = (table[place[word]] + table[place[bracket]]) / 2


def relate(reader: Reader, marked: Sequence[Example], wordpiece: WordPiece) -> list[np.ndarray]:
    """Give the probabilities of the relations between each example's entities, as `Example.pairs` has them."""
    said = label(reader, marked, wordpiece, 0)
    return pair_labels(reader, marked, [said[id(e)] for e in marked])


class Lessons:
    """SciER's training sentences, and those that a teacher labelled; each epoch draws them anew."""

    def __init__(self, given: argparse.Namespace, wordpiece: WordPiece) -> None:
        self._given, self._wordpiece = given, wordpiece
        self._draw = random.Random(given.seed)
        path = given.shared / "scier/train.jsonl"
        both = zip(scier.read(path), scier.read(path, tokenised=True), strict=True)
        self._train = [pair for pair in both if len(pair[0].entities) > 1]
        self._names = names_by_type(raw for raw, _ in self._train)
        rows = [taught(row) for row in pickle.loads(given.soft.read_bytes())] if given.soft else []
        self._told = [mark(e) for e in rows if len(e.entities) > 1 and len(e.ids) < LONGEST]

    def groups(self) -> list[list[list[Example]]]:
        """Draw the batches of an epoch."""
        given, draw = self._given, self._draw
        chosen = [spaced if draw.random() < given.raw else renamed(raw, self._names, given.rename, draw) for raw, spaced in self._train]
        marked = [*(mark(example(s, 0, self._wordpiece, RELATIONS)) for s in chosen), *self._told]
        return list(batches([[hidden(e, given.hide, draw)] for e in marked], given.tokens, draw))


def train(reader: Reader, lessons: Lessons, given: argparse.Namespace, dev: Sequence[Sentence]) -> Reader:
    """Train, and give the running mean of the weights, which is scored after each epoch."""
    wordpiece = enc.wordpiece()
    tests = [mark(example(s, 0, wordpiece, RELATIONS)) for s in dev]
    mean = copy.deepcopy(reader)
    heads = [p for n, p in reader.named_parameters() if not n.startswith("encoder.")]
    layers = enc.rates(reader.encoder, given.rate, 0.9)
    optimiser = torch.optim.AdamW([*layers, {"params": heads, "lr": given.head, "weight_decay": 0.01}], fused=True)
    full = [g["lr"] for g in optimiser.param_groups]
    begun = time.monotonic()
    steps = 0
    for epoch in range(given.epochs):
        groups = lessons.groups()
        for step, group in enumerate(groups):
            enc.pace(optimiser, full, (epoch + step / len(groups)) / given.epochs)
            batch = batch_of(group, wordpiece)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                states = reader.encode(batch.ids, batch.shapes, batch.mask)
            loss = nn.functional.cross_entropy(reader.relate(states, batch.spans, batch.pairs), batch.types)
            enc.learn(loss, reader, optimiser)
            steps += 1
            enc.follow(mean, reader, min(given.memory, (1 + steps) / (10 + steps)))
        figure = relations_scored(tests, relate(mean, tests, wordpiece))
        print(f"epoch {epoch + 1} relations {figure:.4f} seconds {time.monotonic() - begun:.0f}", flush=True)
    return mean


def main() -> None:
    """Train, measure on dev, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, help="the folder with scier/")
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True, help="an encoder that pretrain.py wrote")
    parser.add_argument("--start", type=Path, help="a marked reader to go on from")
    parser.add_argument("--soft", type=Path, help="labels of a teacher, by teach.py")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--head", type=float, default=1e-3, help="the rate of the relation head")
    parser.add_argument("--tokens", type=int, default=1200)
    parser.add_argument("--rename", type=float, default=0.4, help="share of the entities that get another name of their type")
    parser.add_argument("--hide", type=float, default=0.1, help="share of the pieces that are masked")
    parser.add_argument("--raw", type=float, default=0.1, help="share of sentences kept tokenised")
    parser.add_argument("--memory", type=float, default=0.997, help="what the running mean keeps at each step")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    reader = Reader(enc.load(given.encoder))
    if given.start:
        reader.load_state_dict(torch.load(given.start, weights_only=True)["weights"])
    else:
        begin(reader)
    mean = train(reader.train(), Lessons(given, enc.wordpiece()), given, scier.read(given.shared / "scier/dev.jsonl"))
    given.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"layers": mean.encoder.config.num_hidden_layers, "weights": mean.state_dict()}, given.out)


if __name__ == "__main__":
    main()
