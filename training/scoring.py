"""Let a reader label examples, and score it: entities, relations between gold entities, relations end to end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import torch
from batching import CUT, batch_of, batches, ordered, pairs_of
from reader import RELATIONS, Reader

from confgraph.extract.decode import Found, decode
from confgraph.extract.wordpiece import WordPiece
from data import SCIER, Example, packed


@dataclass
class Said:
    """What a reader says of an example: its words' log probabilities under both heads (words, labels), its hidden states."""

    words: np.ndarray
    hidden: np.ndarray


@torch.no_grad()
def label(reader: Reader, examples: Sequence[Example], wordpiece: WordPiece, room: int, tokens: int = 6000) -> dict[int, Said]:
    """Read examples in windows of at most `room` pieces; give what is said of each by its identity."""
    reader.eval()
    found: dict[int, Said] = {}
    for group in batches(list(packed(examples, room)), tokens, None):
        batch = batch_of(group, wordpiece)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = reader.encode(batch.ids, batch.shapes, batch.mask)
        scores = torch.cat([tags(hidden).log_softmax(2) for tags in reader.tags], 2).numpy()
        states = hidden.half().numpy()
        for row, window in enumerate(group):
            at = 1
            for e in window:
                found[id(e)] = Said(scores[row, [at + f for f in e.first]], states[row, at : at + len(e.ids)].copy())
                at += len(e.ids)
    reader.train()
    return found


def laid_out(examples: Sequence[Example], said: Sequence[Said]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Lay out states of examples that stand by themselves, their spans, and the ordered pairs of these, as `Reader.relate` takes them."""
    hidden = torch.zeros(len(said), max(len(s.hidden) for s in said), said[0].hidden.shape[1])
    spans: list[tuple[int, int, int, int]] = []
    pairs: list[tuple[int, int]] = []
    for row, (e, s) in enumerate(zip(examples, said, strict=True)):
        hidden[row, : len(s.hidden)] = torch.from_numpy(s.hidden).float()
        last = [*e.first[1:], len(e.ids)]
        pairs += [(len(spans) + i, len(spans) + j) for i, j in ordered(len(e.entities))]
        spans += [(row, e.first[start], last[end - 1] - 1, kind) for start, end, kind in e.entities]
    return hidden, torch.tensor(spans).view(-1, 4), torch.tensor(pairs).view(-1, 2)


@torch.no_grad()
def pair_labels(reader: Reader, examples: Sequence[Example], said: Sequence[Said]) -> list[np.ndarray]:
    """Give the probabilities of the relations between each example's entities, as `Example.pairs` has them."""
    reader.eval()
    found = []
    for k in range(0, len(examples), 64):
        group = examples[k : k + 64]
        hidden, spans, pairs = laid_out(group, said[k : k + 64])
        scores = np.zeros((0, len(RELATIONS) + 1), np.float32)
        if len(pairs):
            scores = reader.relate(hidden, spans, pairs).softmax(1).numpy()
        sizes = np.cumsum([0, *map(pairs_of, group)])
        found += [scores[a:b] for a, b in pairwise(sizes.tolist())]
    reader.train()
    return found


def spans_of(scores: Sequence[np.ndarray]) -> list[Found]:
    """Decode sentences, given their words' scores under one head."""
    order = sorted(range(len(scores)), key=lambda i: len(scores[i]))
    found: list[Found] = []
    for k in range(0, len(order), 256):
        rows = order[k : k + 256]
        sizes = [len(scores[i]) for i in rows]
        stack = np.zeros((len(rows), max(1, *sizes), scores[0].shape[1]), np.float32)
        for r, i in enumerate(rows):
            stack[r, : sizes[r]] = scores[i]
        found += [f._replace(row=rows[f.row]) for f in decode(stack, sizes)]
    return found


def f1(right: int, said: int, true: int) -> float:
    return 2 * right / max(1, said + true)


def told(e: Example, probabilities: np.ndarray) -> set[tuple[int, int, int]]:
    """Give the likeliest relations of an example as (subject, type, object), by the probabilities of its ordered pairs."""
    return {(i, int(best) - 1, j) for (i, j), best in zip(ordered(len(e.entities)), probabilities.argmax(1), strict=True) if best}


def relations_scored(examples: Sequence[Example], probabilities: Sequence[np.ndarray]) -> float:
    """Give the F1 of the relations between gold entities."""
    said = [told(e, p) for e, p in zip(examples, probabilities, strict=True)]
    gold = [set(e.relations) for e in examples]
    return f1(sum(len(a & b) for a, b in zip(gold, said, strict=True)), sum(map(len, said)), sum(map(len, gold)))


def relations_of(reader: Reader, examples: Sequence[Example], said: Sequence[Said]) -> list[set[tuple[int, int, int]]]:
    """Give the relations found between each example's entities, as (subject, type, object)."""
    return [told(e, found) for e, found in zip(examples, pair_labels(reader, examples, said), strict=True)]


def measure(reader: Reader, examples: Sequence[Example], wordpiece: WordPiece, room: int) -> dict[str, float]:
    """Score entities (exact), relations with gold entities, and relations end to end."""
    by_id = label(reader, examples, wordpiece, room)
    said = [by_id[id(e)] for e in examples]
    found = spans_of([s.words[:, :CUT] for s in said])
    by_row: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for f in found:
        by_row[f.row].append((f.start, f.end, f.kind))
    true = sum(len(e.entities) for e in examples)
    right = sum(len(set(by_row[i]) & set(e.entities)) for i, e in enumerate(examples))
    figures = {"entities": f1(right, len(found), true)}
    for kind, name in enumerate(SCIER):
        hit = sum(len({s for s in by_row[i] if s[2] == kind} & set(e.entities)) for i, e in enumerate(examples))
        figures[name] = f1(hit, sum(f.kind == kind for f in found), sum(s[2] == kind for e in examples for s in e.entities))
    figures["relations"] = relations_scored(examples, pair_labels(reader, examples, said))
    own = [replace(e, entities=sorted(by_row[i]), relations=[]) for i, e in enumerate(examples)]
    ends = relations_of(reader, own, said)
    hits = 0
    for e, o, rels in zip(examples, own, ends, strict=True):
        names = {(e.entities[s], t, e.entities[x]) for s, t, x in e.relations}
        hits += len(names & {(o.entities[s], t, o.entities[x]) for s, t, x in rels})
    figures["end to end"] = f1(hits, sum(map(len, ends)), sum(len(set(e.relations)) for e in examples))
    return figures
