"""Compare confgraph's entities with spaCy's CNN tagger, trained on the same sentences: F1 on SciER dev, and speed on one core.

    python bench/cnn.py ../shared/scier --epochs 12

Both read the same raw sentences, one after the other, in one run; each figure of speed is the best of five, in turns.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.training import Example
from thinc.api import fix_random_seed

from confgraph.evaluate import scier
from confgraph.evaluate.scier import Sentence
from confgraph.extract.reader import Reader

_BATCH = 64


def train(sentences: Sequence[Sentence], epochs: int) -> Language:
    """Train spaCy's default CNN entity recogniser."""
    fix_random_seed(0)
    draw = random.Random(0)
    nlp = spacy.blank("en")
    ner = nlp.add_pipe("ner")
    examples = []
    for s in sentences:
        doc = nlp.make_doc(s.text)
        spans = [doc.char_span(start, end, label, alignment_mode="expand") for start, end, label in s.entities]
        doc_gold = doc.copy()
        doc_gold.set_ents(spacy.util.filter_spans([x for x in spans if x]))
        examples.append(Example(doc, doc_gold))
    for label in ("Method", "Dataset", "Task"):
        ner.add_label(label)  # type: ignore[attr-defined]
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(epochs):
        draw.shuffle(examples)
        for k in range(0, len(examples), _BATCH):
            nlp.update(examples[k : k + _BATCH], sgd=optimizer, drop=0.2)
    return nlp


def f1(found: Sequence[set[tuple[int, int, str]]], gold: Sequence[Sentence]) -> float:
    """Give the exact micro F1."""
    right = sum(len(f & set(s.entities)) for f, s in zip(found, gold, strict=True))
    return 2 * right / (sum(map(len, found)) + sum(len(s.entities) for s in gold))


def main() -> None:
    """Train, score, time, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scier", type=Path)
    parser.add_argument("--epochs", type=int, default=12)
    given = parser.parse_args()
    dev = scier.read(given.scier / "dev.jsonl")
    texts = [s.text for s in dev]
    nlp = train(scier.read(given.scier / "train.jsonl"), given.epochs)
    reader = Reader(1)

    def cnn() -> list[set[tuple[int, int, str]]]:
        return [{(e.start_char, e.end_char, e.label_) for e in doc.ents} for doc in nlp.pipe(texts, batch_size=64)]

    def ours() -> list[set[tuple[int, int, str]]]:
        encoded = reader.run(reader.cut(texts, [[(0, len(t))] for t in texts]), len(texts))
        return [{(t.start, t.end, t.kind) for t in tags if t.kind != "Metric"} for tags in reader.tag(encoded)]

    for name, tokenised in (("raw", False), ("tokenised", True)):
        dev = scier.read(given.scier / "dev.jsonl", tokenised=tokenised)
        texts = [s.text for s in dev]
        print(f"{name} text: F1 of the CNN {f1(cnn(), dev):.3f}, of confgraph {f1(ours(), dev):.3f}")
    best = {run.__name__: min(_timed(run) for _ in range(5)) for run in (cnn, ours)}
    rates = {name: len(texts) / seconds for name, seconds in best.items()}
    print(f"sentences a second: CNN {rates['cnn']:.0f}, confgraph {rates['ours']:.0f}, ratio {rates['ours'] / rates['cnn']:.2f}")


def _timed(run: Callable[[], object]) -> float:
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
