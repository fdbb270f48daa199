"""Fit the temperatures of an exported model, so that its probabilities are the shares of right answers; draw the reliability curve.

Temperatures come from one half of the documents and are measured on the other, both ways; what is written is fitted on all of them.
"""

from __future__ import annotations

import argparse
import json
import zlib
from pathlib import Path

import matplotlib as mpl
import numpy as np

from confgraph.evaluate import scier
from confgraph.evaluate.scier import Sentence
from confgraph.extract.pairs import PairHead
from confgraph.extract.reader import Encoded, Reader
from confgraph.extract.shapes import concept_form

mpl.use("Agg")
import matplotlib.pyplot as plt

GRID = np.round(np.geomspace(0.6, 3.0, 25), 2)
BINS = 10


def entity_answers(reader: Reader, encoded: list[Encoded], gold: list[Sentence], temperature: float) -> tuple[np.ndarray, np.ndarray]:
    """Give the probability of each mention found under a temperature, and whether it is right."""
    kinds = set(reader.heads[0].kinds)
    reader.heads = tuple(h._replace(temperature=np.float32(temperature)) if i == 0 else h for i, h in enumerate(reader.heads))
    pairs = [
        (t.probability, (t.start, t.end, t.kind) in set(s.entities))
        for s, tags in zip(gold, reader.tag(encoded), strict=True)
        for t in tags
        if t.kind in kinds
    ]
    return np.array([p for p, _ in pairs]), np.array([r for _, r in pairs], float)


def relation_answers(head: PairHead, encoded: list[Encoded], gold: list[Sentence], temperature: float) -> tuple[np.ndarray, np.ndarray]:
    """Give the probability of each relation found between gold entities, and whether it is right."""
    head.temperature = np.float32(temperature)
    said = []
    for sentence, e in zip(gold, encoded, strict=True):
        low = np.searchsorted(e.ends, [s for s, _, _ in sentence.entities], side="right")
        high = np.searchsorted(e.starts, [end for _, end, _ in sentence.entities], side="left") - 1
        spans = [(int(a), int(b), head.kinds.index(k)) for a, b, (_, _, k) in zip(low, high, sentence.entities, strict=True)]
        names = [concept_form(sentence.text[start:end]) for start, end, _ in sentence.entities]
        true = set(sentence.relations)
        said += [(p.probability, (p.subject, head.types[p.type], p.object) in true) for p in head.relate(e, spans, names)]
    return np.array([p for p, _ in said]), np.array([r for _, r in said], float)


def loss(probability: np.ndarray, right: np.ndarray) -> float:
    """Give the mean log loss."""
    p = np.clip(probability, 1e-4, 1 - 1e-4)
    return float(-(right * np.log(p) + (1 - right) * np.log(1 - p)).mean())


def error(probability: np.ndarray, right: np.ndarray) -> float:
    """Give the expected calibration error over ten bins of equal width (Guo et al., 2017)."""
    index = np.minimum((probability * BINS).astype(int), BINS - 1)
    total = sum(abs(probability[index == b].sum() - right[index == b].sum()) for b in range(BINS))
    return float(total / len(right))


def bins(probability: np.ndarray, right: np.ndarray) -> list[tuple[int, float, float]]:
    """Give the number of answers, their mean probability and the share of them that is right, of each bin that holds any."""
    index = np.minimum((probability * BINS).astype(int), BINS - 1)
    held = [index == b for b in range(BINS) if (index == b).any()]
    return [(int(at.sum()), round(float(probability[at].mean()), 3), round(float(right[at].mean()), 3)) for at in held]


def main() -> None:
    """Fit, report, draw, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dev", type=Path, help="SciER's dev.jsonl")
    parser.add_argument("model", type=Path, help="the folder of the exported model")
    parser.add_argument("--figure", type=Path, required=True)
    given = parser.parse_args()
    reader, head = Reader(2), PairHead()
    sentences = scier.read(given.dev)
    texts = [s.text for s in sentences]
    encoded = reader.run(reader.cut(texts, [[(0, len(t))] for t in texts]), len(texts))
    half = np.array([zlib.crc32(s.doc.encode()) % 2 for s in sentences])
    drawn = {}
    best = {}
    for name, answers in (("entities", lambda *a: entity_answers(reader, *a)), ("relations", lambda *a: relation_answers(head, *a))):
        crossed = []
        for side in (0, 1):
            fit, test = np.flatnonzero(half == side), np.flatnonzero(half != side)
            pick = lambda rows: ([encoded[i] for i in rows], [sentences[i] for i in rows])  # noqa: E731
            chosen = min(GRID, key=lambda t: loss(*answers(*pick(fit), t)))
            crossed.append(answers(*pick(test), chosen))
        probability, right = (np.concatenate(c) for c in zip(*crossed, strict=True))
        plain = error(*answers(encoded, sentences, 1.0))
        gold = sum(len(set(s.entities if name == "entities" else s.relations)) for s in sentences)
        best[name] = float(min(GRID, key=lambda t: loss(*answers(encoded, sentences, t))))
        drawn[name] = (probability, right)
        print(f"{name}: F1 {2 * right.sum() / (len(right) + gold):.4f}")
        print(f"{name}: temperature {best[name]}, expected calibration error {error(probability, right):.3f} (without: {plain:.3f})")
    about = json.loads((given.model / "reader.json").read_text("utf-8"))
    for name, said in (("entities", about["heads"][0]), ("relations", about["relations"])):
        said |= {"temperature": best[name], "calibration": {"error": round(error(*drawn[name]), 3), "bins": bins(*drawn[name])}}
    (given.model / "reader.json").write_text(json.dumps(about, indent=1) + "\n", "utf-8")
    draw(drawn, given.figure)


def draw(curves: dict[str, tuple[np.ndarray, np.ndarray]], path: Path) -> None:
    """Draw the share of right answers over the probability, by bins; the size of a dot is the number of answers."""
    figure, axes = plt.subplots(figsize=(5, 5), dpi=110)
    axes.plot([0, 1], [0, 1], color="0.7", linewidth=1)
    for name, (probability, right) in curves.items():
        counts, x, y = zip(*bins(probability, right), strict=True)
        axes.plot(x, y, label=f"{name} (error {error(probability, right):.3f})")
        axes.scatter(x, y, s=[200 * (count / sum(counts)) ** 0.5 for count in counts])
    axes.set(xlabel="confidence", ylabel="share that is right", xlim=(0, 1), ylim=(0, 1), title="Reliability on SciER dev")
    axes.legend(loc="upper left", frameon=False)
    figure.tight_layout()
    figure.savefig(path)


if __name__ == "__main__":
    main()
