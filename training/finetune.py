"""Train the reader on SciER, with SciERC as a second label set, sentences without entities, relations, and a teacher's labels."""

from __future__ import annotations

import argparse
import json
import pickle
import random
import time
import zlib
from collections.abc import Sequence
from pathlib import Path

import encoder as enc
import torch
from batching import Batch, batch_of, batches
from reader import RELATIONS, Reader
from scoring import measure
from torch import nn

from confgraph.evaluate import scier
from confgraph.evaluate.scier import Sentence
from confgraph.extract.wordpiece import WordPiece
from data import Example, example, names_by_type, packed, read_scierc, renamed

HERE = Path(__file__).parent


def loss_of(reader: Reader, batch: Batch, weights: tuple[float, float, float]) -> torch.Tensor:
    """Give the loss of a batch: the labels of each head, then relations; gold labels are certain, a teacher's are not."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden = reader.encode(batch.ids, batch.shapes, batch.mask)
    dropped = reader.drop(hidden)
    loss = hidden.sum() * 0
    for head, (place, labels) in enumerate(zip(batch.words, batch.labels, strict=True)):
        if len(place):
            loss = loss + weights[head] * nn.functional.cross_entropy(reader.tags[head](dropped[place[:, 0], place[:, 1]]), labels)
    if len(batch.pairs):
        loss = loss + weights[2] * nn.functional.cross_entropy(reader.relate(hidden, batch.spans, batch.pairs), batch.types)
    return loss


class Lessons:
    """The training sentences, and those held out; each epoch draws its windows anew."""

    def __init__(self, given: argparse.Namespace, wordpiece: WordPiece) -> None:
        self._given, self._wordpiece = given, wordpiece
        self._draw = random.Random(given.seed)
        path = given.shared / "scier/train.jsonl"
        both = list(zip(scier.read(path), scier.read(path, tokenised=True), strict=True))
        self._train = [pair for pair in both if not in_fold(pair[0].doc, given.fold)]
        self.held_out = self.examples([raw for raw, _ in both if in_fold(raw.doc, given.fold)])
        self._names = names_by_type(raw for raw, _ in self._train)
        self._metrics = [example(s, 1, wordpiece) for s in read_scierc(given.shared / "scierc/train.txt")]
        nothing = [Sentence("none", t, (), ()) for t in (HERE / "negatives.txt").read_text("utf-8").splitlines() if t.strip()]
        self._empty = [[example(s, head, wordpiece)] for s in nothing for head in (0, 1)]
        told = pickle.loads(given.soft.read_bytes()) if given.soft else []
        self._told = list(packed([taught(row) for row in told], given.room))

    def examples(self, sentences: Sequence[Sentence]) -> list[Example]:
        """Cut sentences of SciER."""
        return [example(s, 0, self._wordpiece, RELATIONS) for s in sentences]

    def windows(self) -> list[list[Example]]:
        """Draw the windows of an epoch."""
        given, draw = self._given, self._draw
        chosen = [spaced if draw.random() < given.raw else renamed(raw, self._names, given.rename, draw) for raw, spaced in self._train]
        found: list[list[Example]] = []
        for group in (self.examples(chosen), self._metrics):
            for window in packed(group, int(given.room * draw.uniform(0.5, 1))):
                found += [[e] for e in window] if draw.random() < given.alone else [window]
        for window in draw.sample(self._told, int(given.part * len(self._told))):
            found += [[e] for e in window] if draw.random() < given.alone / 2 else [window]
        return found + self._empty

    def groups(self) -> list[list[list[Example]]]:
        """Draw an epoch's windows, in batches."""
        return list(batches(self.windows(), self._given.tokens, self._draw))


def taught(row: tuple) -> Example:
    """Make an example of a row that teach.py wrote."""
    doc, ids, shapes, first, entities, soft, pairs = row
    return Example(0, doc, ids, shapes, first, [], entities, [], soft, pairs)


def in_fold(doc: str, fold: tuple[int, int] | None) -> bool:
    """Tell whether a document is held out."""
    return fold is not None and zlib.crc32(doc.encode()) % fold[1] == fold[0]


def started(given: argparse.Namespace) -> Reader:
    """Make the reader to train."""
    encoder = enc.load(given.encoder) if given.encoder else enc.base()
    reader = Reader(enc.shallow(encoder, given.keep) if given.keep else encoder)
    if given.start:
        reader.load_state_dict(torch.load(given.start, weights_only=True)["weights"])
    return reader.train()


def train(reader: Reader, lessons: Lessons, given: argparse.Namespace, tests: dict[str, list[Example]]) -> None:
    """Train with a rate that rises over the first 6 % of the steps and then falls to nothing; measure every second epoch."""
    wordpiece = enc.wordpiece()
    heads = [p for n, p in reader.named_parameters() if not n.startswith("encoder.")]
    layers = enc.rates(reader.encoder, given.rate, given.decay)
    optimiser = torch.optim.AdamW([*layers, {"params": heads, "lr": 1e-3, "weight_decay": 0.01}], fused=True)
    full = [g["lr"] for g in optimiser.param_groups]
    begun = time.monotonic()
    for epoch in range(given.epochs):
        groups = lessons.groups()
        total = 0.0
        for step, group in enumerate(groups):
            enc.pace(optimiser, full, (epoch + step / len(groups)) / given.epochs)
            loss = loss_of(reader, batch_of(group, wordpiece), (1.0, 0.5, given.relations))
            enc.learn(loss, reader, optimiser)
            total += loss.item()
        print(f"epoch {epoch + 1} loss {total / len(groups):.3f} seconds {time.monotonic() - begun:.0f}", flush=True)
        if epoch % 2 == 1 or epoch == given.epochs - 1:
            for name, examples in tests.items():
                for room in (0, given.room):
                    figures = {k: round(v, 4) for k, v in measure(reader, examples, wordpiece, room).items()}
                    print(json.dumps({"epoch": epoch + 1, "on": name, "alone": room == 0} | figures), flush=True)


def main() -> None:
    """Train, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, help="the folder with scier/ and scierc/")
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, help="an encoder that pretrain.py wrote; else the base")
    parser.add_argument("--keep", type=lambda s: tuple(map(int, s.split(","))), help="layers to keep, as 0,1,2,3")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--decay", type=float, default=0.9)
    parser.add_argument("--tokens", type=int, default=1200)
    parser.add_argument("--room", type=int, default=126)
    parser.add_argument("--alone", type=float, default=0.6, help="share of the epochs' sentences that stand alone")
    parser.add_argument("--rename", type=float, default=0.1)
    parser.add_argument("--raw", type=float, default=0.1, help="share of sentences kept tokenised")
    parser.add_argument("--fold", type=lambda s: tuple(map(int, s.split("/"))), help="hold out fold I of N of the training documents: I/N")
    parser.add_argument("--soft", type=Path, help="labels of a teacher, by teach.py")
    parser.add_argument("--part", type=float, default=1.0, help="share of the teacher's windows in each epoch")
    parser.add_argument("--relations", type=float, default=0.5, help="the weight of the relations in the loss; that of SciER's labels is 1")
    parser.add_argument("--start", type=Path, help="a reader to go on from")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    lessons = Lessons(given, enc.wordpiece())
    dev = given.shared / "scier/dev.jsonl"
    tests = {"held out": lessons.held_out}
    if not given.fold:
        tests = {"dev": lessons.examples(scier.read(dev)), "dev tokenised": lessons.examples(scier.read(dev, tokenised=True))}
    reader = started(given)
    train(reader, lessons, given, tests)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"layers": reader.encoder.config.num_hidden_layers, "weights": reader.state_dict()}, given.out)


if __name__ == "__main__":
    main()
