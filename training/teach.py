"""Let trained readers label the words and relations of abstracts, for a student to learn from: the mean of their probabilities."""

from __future__ import annotations

import argparse
import gzip
import json
import pickle
import random
import time
from dataclasses import replace
from pathlib import Path

import encoder as enc
import numpy as np
import spacy
import torch
from batching import CUT
from export import load
from pretrain import ROBOTICS
from scoring import label, pair_labels, spans_of

from confgraph.evaluate.scier import Sentence
from confgraph.extract import sentences as _sentences  # noqa: F401  (registers its factory)
from confgraph.extract import tokens as _tokens  # noqa: F401
from confgraph.extract import urls as _urls  # noqa: F401
from data import Example, example


def abstracts(papers: Path, count: int, seed: int) -> list[str]:
    """Draw titles and abstracts, one in ten of them of robotics."""
    draw = random.Random(seed)
    with gzip.open(papers, "rt", encoding="utf-8") as stream:
        rows = [r for r in map(json.loads, stream) if r.get("abstract")]
    robotics = [r for r in rows if r["venue"] in ROBOTICS]
    others = [r for r in rows if r["venue"] not in ROBOTICS]
    drawn = draw.sample(robotics, count // 10) + draw.sample(others, count - count // 10)
    return [f"{r['title']}\n{r['abstract']}" for r in drawn]


def _mean(said: list[list[np.ndarray]]) -> list[np.ndarray]:
    """Average what several readers say of each example."""
    return [sum(values) / len(values) for values in zip(*said, strict=True)]


def main() -> None:
    """Label and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("papers", type=Path)
    parser.add_argument("readers", type=Path, nargs="+")
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=9000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    wordpiece = enc.wordpiece()
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "confgraph.tokens.v1"}}})
    nlp.add_pipe("confgraph_urls_v1")
    nlp.add_pipe("confgraph_sentences_v1")
    begun = time.monotonic()
    examples: list[Example] = []
    for number, doc in enumerate(nlp.pipe(abstracts(given.papers, given.count, given.seed))):
        for sentence in doc.sents:
            e = example(Sentence(f"abstract-{number}", sentence.text, (), ()), 0, wordpiece)
            if e.first and len(e.ids) <= 200:
                examples.append(e)
    print(f"{len(examples)} sentences, seconds {time.monotonic() - begun:.0f}", flush=True)
    readers = [load(path) for path in given.readers]
    said = []
    for reader in readers:
        found = label(reader, examples, wordpiece, 0)
        said.append([found[id(e)] for e in examples])
        print(f"words: seconds {time.monotonic() - begun:.0f}", flush=True)
    soft = _mean([[np.exp(s.words) for s in by_one] for by_one in said])
    spans: list[list[tuple[int, int, int]]] = [[] for _ in examples]
    for f in spans_of([np.log(np.maximum(s[:, :CUT], 1e-7)) for s in soft]):
        spans[f.row].append((f.start, f.end, f.kind))
    examples = [replace(e, entities=own) for e, own in zip(examples, spans, strict=True)]
    pairs = _mean([pair_labels(reader, examples, by_one) for reader, by_one in zip(readers, said, strict=True)])
    print(f"pairs: seconds {time.monotonic() - begun:.0f}", flush=True)
    rows = [
        (e.doc, e.ids, e.shapes, e.first, e.entities, s.astype(np.float16), p.astype(np.float16))
        for e, s, p in zip(examples, soft, pairs, strict=True)
    ]
    given.out.write_bytes(pickle.dumps(rows))


if __name__ == "__main__":
    main()
