"""Make training data: sentences as raw text, their words labelled, packed into windows of neighbours."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np

from confgraph.evaluate import scier
from confgraph.evaluate.scier import Sentence
from confgraph.extract.wordpiece import WordPiece

SCIER = ("Method", "Dataset", "Task")
SCIERC = ("Metric", "Task", "Method", "Material", "OtherScientificTerm", "Generic")
HEADS = (SCIER, SCIERC)
"""The label sets, one head each: what one calls a Task the other does not."""


@dataclass(frozen=True)
class Example:
    """A sentence cut into words: pieces, shapes, each word's first piece, its label; entities over words, relations over entities.

    A teacher's labels are probabilities: `soft` (words, labels of all heads), `pairs` (ordered pairs of entities, relation types + 1).
    """

    head: int
    doc: str
    ids: list[int]
    shapes: list[int]
    first: list[int]
    labels: list[int]
    entities: list[tuple[int, int, int]]
    relations: list[tuple[int, int, int]]
    soft: np.ndarray | None = field(default=None, compare=False)
    pairs: np.ndarray | None = field(default=None, compare=False)


def example(sentence: Sentence, head: int, wordpiece: WordPiece, types: Sequence[str] = ()) -> Example:
    """Label the words of a sentence; a word that an entity touches belongs to it, the earlier entity first.

    Relations are `(subject, index in types, object)` over the kept entities.
    """
    pieces = wordpiece.cut(sentence.text)
    labels = [0] * len(pieces.first)
    kept: dict[int, int] = {}
    entities = []
    for number, (start, end, label) in enumerate(sentence.entities):
        touched = [i for i, (s, e) in enumerate(zip(pieces.starts, pieces.ends, strict=True)) if s < end and e > start]
        if not touched or any(labels[i] for i in touched):
            continue
        kind = HEADS[head].index(label)
        labels[touched[0]] = 2 * kind + 1
        labels[touched[0] + 1 : touched[-1] + 1] = [2 * kind + 2] * (touched[-1] - touched[0])
        kept[number] = len(entities)
        entities.append((touched[0], touched[-1] + 1, kind))
    relations = [(kept[s], types.index(t), kept[o]) for s, t, o in sentence.relations if s in kept and o in kept] if types else []
    return Example(head, sentence.doc, pieces.ids, pieces.shapes, pieces.first, labels, entities, relations)


def read_scierc(path: Path) -> list[Sentence]:
    """Read SciERC as distributed in columns (token, tag, chunk, label), one blank line between sentences, `-DOCSTART-` between texts."""
    sentences: list[Sentence] = []
    doc = 0
    words: list[str] = []
    tags: list[str] = []
    for line in [*path.read_text("utf-8").splitlines(), ""]:
        cells = line.split()
        if cells and cells[0] == "-DOCSTART-":
            doc += 1
        elif cells:
            words.append({"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "``": '"', "''": '"'}.get(cells[0], cells[0]))
            tags.append(cells[-1])
        elif words:
            sentences.append(_columns(f"scierc-{doc}", words, tags))
            words, tags = [], []
    return sentences


def _columns(doc: str, words: list[str], tags: list[str]) -> Sentence:
    starts = np.concatenate([[0], np.cumsum([len(w) + 1 for w in words])])
    spans: list[tuple[int, int]] = []
    labels: list[str] = []
    for i, tag in enumerate(tags):
        if tag == "O":
            continue
        goes_on = i > 0 and tags[i - 1] != "O" and tags[i - 1][2:] == tag[2:] and tag[0] != "B"
        if goes_on:
            spans[-1] = (spans[-1][0], int(starts[i + 1]) - 1)
        else:
            spans.append((int(starts[i]), int(starts[i + 1]) - 1))
            labels.append(tag[2:])
    text, spans = scier.detokenised(" ".join(words), spans)
    return Sentence(doc, text, tuple((s, e, label) for (s, e), label in zip(spans, labels, strict=True)), ())


def names_by_type(sentences: Iterable[Sentence]) -> dict[str, list[str]]:
    """Give the names of the entities of sentences by their type, each once, in order of the alphabet."""
    names: dict[str, set[str]] = defaultdict(set)
    for sentence in sentences:
        for start, end, kind in sentence.entities:
            names[kind].add(sentence.text[start:end])
    return {kind: sorted(texts) for kind, texts in names.items()}


def renamed(sentence: Sentence, names: dict[str, list[str]], share: float, draw: random.Random) -> Sentence:
    """Put other names of the same type in the place of a share of the entities."""
    text = sentence.text
    entities = []
    shift = 0
    for start, end, label in sentence.entities:
        s, e = start + shift, end + shift
        if draw.random() < share:
            name = draw.choice(names[label])
            text = text[:s] + name + text[e:]
            shift += len(name) - (e - s)
            e = s + len(name)
        entities.append((s, e, label))
    ordered = all(a[1] <= b[0] for a, b in pairwise(entities))
    return Sentence(sentence.doc, text, tuple(entities), sentence.relations) if ordered else sentence


def packed(examples: Iterable[Example], room: int) -> Iterator[list[Example]]:
    """Pack examples of one document that follow each other into windows of at most `room` pieces (one alone may be longer)."""
    window: list[Example] = []
    used = 0
    for e in examples:
        if window and (used + len(e.ids) > room or e.doc != window[-1].doc or e.head != window[-1].head):
            yield window
            window, used = [], 0
        window.append(e)
        used += len(e.ids)
    if window:
        yield window
