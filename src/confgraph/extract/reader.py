"""Run the trained model: text in, label scores and hidden states of its words out.

A sentence is read by itself. It is padded to a length that depends on it alone and runs with others of that length, on scales
fixed in the model, so that what shares a batch changes nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, NamedTuple

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from confgraph import resources
from confgraph.extract.decode import Floats, Found, decode
from confgraph.extract.wordpiece import Pieces, WordPiece

Ints = NDArray[np.int32]

FOLDER: Final = "data/model"
_CARD: Final = "README.md"
"""The model card, which says what the model is and is no part of it."""
_LONGEST: Final = 254
"""The most pieces that are read at once: a longer sentence is read in parts, cut between words."""
_STEP: Final = 8
"""Sentences are padded to a multiple of this many pieces."""
_TOKENS: Final = 2048
"""The most pieces of a run, padding included."""
_SENTENCES: Final = 256
"""How many sentences are decoded together."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text as the model reads it.

    Of each word: its place in the text, its first and last row in `hidden` (rows, width), the number of its sentence, and its
    scores before normalisation (words, labels of all heads).
    """

    starts: Ints
    ends: Ints
    first: Ints
    last: Ints
    sentence: Ints
    scores: Floats
    hidden: Floats


class Head(NamedTuple):
    """A label set of the model: its types, which of them are told, the columns of its scores, the temperature that calibrates them.

    `steps` are what a step between outside, begin and inside adds to the scores, as `decode` has them.
    """

    kinds: tuple[str, ...]
    kept: frozenset[str]
    start: int
    end: int
    temperature: np.float32
    steps: Floats


class Tagged(NamedTuple):
    """A mention found in a text: its characters `[start, end)`, its type, the probability that exactly this is one."""

    start: int
    end: int
    kind: str
    probability: float


class Part(NamedTuple):
    """A sentence of a text, or a part of a long one: their numbers, where the sentence starts, and the pieces."""

    text: int
    sentence: int
    shift: int
    pieces: Pieces


class _Read(NamedTuple):
    """A part and what the model made of its pieces: hidden states and scores."""

    part: Part
    hidden: Floats
    scores: Floats


class Reader:
    """The model of the package, loaded once; `threads` are those of one run."""

    def __init__(self, threads: int = 1) -> None:
        folder = resources.folder(FOLDER)
        self._session = session("reader.onnx", threads)
        self._wordpiece = WordPiece((folder / "vocabulary.txt").read_text("utf-8").rstrip("\n").split("\n"))
        self.heads = tuple(_iter_heads(about()["heads"]))

    def cut(self, texts: Sequence[str], sentences: Sequence[Sequence[tuple[int, int]]]) -> list[Part]:
        """Cut the sentences of texts, given as the characters `[start, end)` of each, into pieces; no part of a sentence is left out."""
        return [
            part
            for number, (text, places) in enumerate(zip(texts, sentences, strict=True))
            for index, (start, end) in enumerate(places)
            for part in self._parts(number, index, start, text[start:end])
        ]

    def _parts(self, number: int, index: int, start: int, text: str) -> Iterator[Part]:
        pieces = self._wordpiece.cut(text)
        while len(pieces.ids) > _LONGEST:
            word = int(np.searchsorted(pieces.first, _LONGEST, side="right")) - 1
            yield Part(number, index, start, _sliced(pieces, 0, word))
            pieces = _sliced(pieces, word, len(pieces.first))
        if pieces.ids:
            yield Part(number, index, start, pieces)

    def run(self, parts: Sequence[Part], texts: int) -> list[Encoded]:
        """Encode the parts of `texts` texts, in the order of `cut`; give one `Encoded` per text."""
        by_length: dict[int, list[int]] = {}
        for i, part in enumerate(parts):
            by_length.setdefault(-(-(len(part.pieces.ids) + 2) // _STEP) * _STEP, []).append(i)
        read: list[_Read] = [None] * len(parts)  # type: ignore[list-item]  # each is set below
        for length, members in sorted(by_length.items()):
            rows = max(1, _TOKENS // length)
            for k in range(0, len(members), rows):
                group = members[k : k + rows]
                hidden, scores = self._session.run(None, self._fed([parts[i].pieces for i in group], length))
                for row, i in enumerate(group):
                    size = len(parts[i].pieces.ids) + 1
                    read[i] = _Read(parts[i], hidden[row, 1:size], scores[row, 1:size])
        found: list[list[_Read]] = [[] for _ in range(texts)]
        for one in read:
            found[one.part.text].append(one)
        return [_joined(of_text, self.heads[-1].end) for of_text in found]

    def _fed(self, rows: Sequence[Pieces], length: int) -> dict[str, Ints]:
        ids = np.full((len(rows), length), self._wordpiece.pad, np.int32)
        shapes = np.zeros((len(rows), length), np.int32)
        sizes = np.array([len(pieces.ids) + 2 for pieces in rows], np.int32)
        for row, pieces in enumerate(rows):
            ids[row, : sizes[row]] = [self._wordpiece.start, *pieces.ids, self._wordpiece.end]
            shapes[row, 1 : sizes[row] - 1] = pieces.shapes
        return {"ids": ids, "shapes": shapes, "sizes": sizes}

    def tag(self, encoded: Sequence[Encoded]) -> list[list[Tagged]]:
        """Find the mentions of texts, each in order of place; heads may overlap each other."""
        found: list[list[Tagged]] = [[] for _ in encoded]
        lines = [(t, a, b) for t, e in enumerate(encoded) for a, b in _runs(e.sentence)]
        lines.sort(key=lambda line: (line[2] - line[1], line))
        for k in range(0, len(lines), _SENTENCES):
            group = lines[k : k + _SENTENCES]
            sizes = [b - a for _, a, b in group]
            scores = np.zeros((len(group), sizes[-1], self.heads[-1].end), np.float32)
            for row, (t, a, b) in enumerate(group):
                scores[row, : b - a] = encoded[t].scores[a:b]
            for head in self.heads:
                for f in decode(_log_softmax(scores[:, :, head.start : head.end] / head.temperature), sizes, head.steps / head.temperature):
                    if head.kinds[f.kind] in head.kept:
                        t, a, _ = group[f.row]
                        found[t].append(_tagged(encoded[t], head, f, a))
        return [sorted(tags) for tags in found]


def version() -> str:
    """Name the model by what its files hold, in 12 hexadecimal digits: another model has another."""
    files = {file.name: file for file in resources.folder(FOLDER).iterdir() if file.name != _CARD}
    hashes = (hashlib.sha256(files[name].read_bytes()).hexdigest() for name in sorted(files))
    return hashlib.sha256("".join(hashes).encode("ascii")).hexdigest()[:12]


def session(name: str, threads: int) -> onnxruntime.InferenceSession:
    """Load a graph of the model; `threads` are those of one run."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession((resources.folder(FOLDER) / name).read_bytes(), options, providers=["CPUExecutionProvider"])


def about() -> dict[str, Any]:
    """Read what the model says of itself: its heads, its relation types, the temperatures."""
    found: dict[str, Any] = json.loads((resources.folder(FOLDER) / "reader.json").read_text("utf-8"))
    return found


def _iter_heads(heads: Iterable[Mapping[str, Any]]) -> Iterator[Head]:
    start = 0
    for head in heads:
        end = start + 2 * len(head["types"]) + 1
        steps = np.array(head["steps"], np.float32)
        yield Head(tuple(head["types"]), frozenset(head["keep"]), start, end, np.float32(head["temperature"]), steps)
        start = end


def _sliced(pieces: Pieces, begin: int, end: int) -> Pieces:
    """Give the pieces of the words `[begin, end)`."""
    low = pieces.first[begin]
    high = pieces.first[end] if end < len(pieces.first) else len(pieces.ids)
    first = [f - low for f in pieces.first[begin:end]]
    return Pieces(pieces.ids[low:high], pieces.shapes[low:high], first, pieces.starts[begin:end], pieces.ends[begin:end])


def _joined(read: Sequence[_Read], labels: int) -> Encoded:
    """Join the parts of a text into one."""
    if not read:
        nothing = np.zeros(0, np.int32)
        return Encoded(nothing, nothing, nothing, nothing, nothing, np.zeros((0, labels), np.float32), np.zeros((0, 1), np.float32))
    starts: list[int] = []
    ends: list[int] = []
    first: list[int] = []
    last: list[int] = []
    sentence: list[int] = []
    base = 0
    for part, hidden, _ in read:
        pieces = part.pieces
        starts += [s + part.shift for s in pieces.starts]
        ends += [e + part.shift for e in pieces.ends]
        first += [f + base for f in pieces.first]
        last += [f + base - 1 for f in pieces.first[1:]]
        base += len(hidden)
        last.append(base - 1)
        sentence += [part.sentence] * len(pieces.first)
    scores = np.concatenate([r.scores[r.part.pieces.first] for r in read])
    places = (np.array(starts, np.int32), np.array(ends, np.int32), np.array(first, np.int32), np.array(last, np.int32))
    return Encoded(*places, np.array(sentence, np.int32), scores, np.concatenate([r.hidden for r in read]))


def _runs(numbers: Ints) -> list[tuple[int, int]]:
    """Give the half-open ranges over which the numbers are equal."""
    if not len(numbers):
        return []
    cuts = [0, *(np.flatnonzero(np.diff(numbers)) + 1).tolist(), len(numbers)]
    return list(pairwise(cuts))


def _tagged(encoded: Encoded, head: Head, found: Found, shift: int) -> Tagged:
    start, end = int(encoded.starts[shift + found.start]), int(encoded.ends[shift + found.end - 1])
    return Tagged(start, end, head.kinds[found.kind], found.probability)


def _log_softmax(scores: Floats) -> Floats:
    shifted = scores - scores.max(axis=-1, keepdims=True)
    total: Floats = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return total
