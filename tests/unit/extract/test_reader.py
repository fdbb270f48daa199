"""The bundled model: what shares a batch changes nothing, nothing is left out, and it finds what it was trained to find."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from confgraph import resources
from confgraph.extract.pairs import PairHead
from confgraph.extract.reader import Reader, Tagged, version

TEXTS = [
    "We introduce PondNet, a graph neural network for traffic forecasting.",
    "On ImageNet and CIFAR-10, PondNet reaches an accuracy of 81.2% and beats ResNet-50 and ViT-B/16, which were trained on JFT-300M.",
    "",
    "Why?",
    "The talk is in Hall C.",
    "Naïve Bayes 🙂 with cafe\u0301 \\emph{tokens} at 4\\% cost; 図 also.",
    "Transformers (Vaswani et al.) are used for machine translation, " * 40,
    "x" * 5_000,
    "We fine-tune BERT on SQuAD for question answering and report F1.",
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def whole(text: str) -> list[tuple[int, int]]:
    return [(0, len(text))] if text else []


def read(reader: Reader, texts: Sequence[str]) -> list[tuple[bytes, bytes, list[Tagged]]]:
    encoded = reader.run(reader.cut(texts, [whole(t) for t in texts]), len(texts))
    return [(e.hidden.tobytes(), e.scores.tobytes(), tags) for e, tags in zip(encoded, reader.tag(encoded), strict=True)]


ELSEWHERE = """
import hashlib, json, sys
from confgraph.extract.reader import Reader
texts = json.load(sys.stdin)
reader = Reader()
encoded = reader.run(reader.cut(texts, [[(0, len(t))] if t else [] for t in texts]), len(texts))
print(json.dumps([hashlib.sha256(e.hidden.tobytes() + e.scores.tobytes()).hexdigest() for e in encoded]))
"""


def read_elsewhere(texts: Sequence[str]) -> list[str]:
    done = subprocess.run([sys.executable, "-c", ELSEWHERE], input=json.dumps(texts), capture_output=True, text=True, check=True)
    found: list[str] = json.loads(done.stdout)
    return found


def test_a_text_alone_in_a_batch_reversed_and_in_other_processes_is_read_to_the_same_bits(reader: Reader) -> None:
    together = read(reader, TEXTS * 5)[: len(TEXTS)]
    assert together == [read(reader, [t])[0] for t in TEXTS]
    assert together == read(reader, TEXTS[::-1])[::-1]
    assert together == read(Reader(threads=2), TEXTS)
    assert read_elsewhere(TEXTS[::-1])[::-1] == [hashlib.sha256(hidden + scores).hexdigest() for hidden, scores, _ in together]


def test_every_word_of_a_long_sentence_is_read(reader: Reader) -> None:
    text = " ".join(f"word{i}" for i in range(2_000))
    (encoded,) = reader.run(reader.cut([text], [whole(text)]), 1)
    assert len(encoded.starts) == 2_000
    assert encoded.ends[-1] == len(text)
    assert encoded.last[-1] + 1 == len(encoded.hidden)
    assert set(encoded.sentence.tolist()) == {0}


def test_words_of_each_sentence_are_numbered(reader: Reader) -> None:
    text = "One method. Two methods."
    (encoded,) = reader.run(reader.cut([text], [[(0, 11), (12, 24)]]), 1)
    words = [text[s:e] for s, e in zip(encoded.starts, encoded.ends, strict=True)]
    assert words == ["One", "method", ".", "Two", "methods", "."]
    assert encoded.sentence.tolist() == [0, 0, 0, 1, 1, 1]


def test_finds_methods_datasets_tasks_and_metrics(reader: Reader) -> None:
    text = "We fine-tune BERT on SQuAD for machine translation and reach an accuracy of 91% and a BLEU score of 28.4."
    (_, _, tags), (_, _, other) = read(reader, [text, "The talk is in Hall C."])
    found = {(text[t.start : t.end], t.kind) for t in tags}
    assert {("BERT", "Method"), ("SQuAD", "Dataset"), ("machine translation", "Task"), ("accuracy", "Metric")} <= found
    assert all(0 < t.probability <= 1 for t in tags)
    assert other == []


def test_relates_the_mentions_of_a_sentence(reader: Reader) -> None:
    text = "We fine-tune BERT on SQuAD. GPT-2 is not used."
    (encoded,) = reader.run(reader.cut([text], [[(0, 27), (28, len(text))]]), 1)
    head = PairHead()
    words = [text[s:e] for s, e in zip(encoded.starts, encoded.ends, strict=True)]
    spans = [
        (words.index("BERT"), words.index("BERT"), head.kinds.index("Method")),
        (words.index("SQuAD"), words.index("SQuAD"), head.kinds.index("Dataset")),
    ]
    last = words.index("GPT")
    found = head.relate(encoded, [*spans, (last, last + 2, head.kinds.index("Method"))], ["bert", "squad", "gpt 2"])
    assert [(p.subject, head.types[p.type], p.object) for p in found] == [(0, "Trained-With", 1)]
    assert head.relate(encoded, spans[:1], ["bert"]) == []
    assert np.isfinite(found[0].probability)


def related(
    reader: Reader, head: PairHead, text: str, sentences: list[tuple[int, int]], names: Sequence[str]
) -> list[tuple[str, str, str, float]]:
    """Relate every place of the names, which are one word each and methods."""
    (encoded,) = reader.run(reader.cut([text], [sentences]), 1)
    words = [text[s:e] for s, e in zip(encoded.starts, encoded.ends, strict=True)]
    places = [i for i, word in enumerate(words) if word in names]
    found = head.relate(encoded, [(i, i, head.kinds.index("Method")) for i in places], [f"{words[i]} {i}" for i in places])
    return [(words[places[p.subject]], head.types[p.type], words[places[p.object]], p.probability) for p in found]


def test_the_relations_of_a_sentence_are_those_that_it_has_alone(reader: Reader) -> None:
    head = PairHead()
    lines = [f"We compare Bert with Resnet in room {i}." for i in range(30)]
    starts = [sum(len(line) + 1 for line in lines[:i]) for i in range(30)]
    places = [(start, start + len(line)) for start, line in zip(starts, lines, strict=True)]
    together = related(reader, head, " ".join(lines), places, ("Bert", "Resnet"))
    alone = [r for line in lines for r in related(reader, head, line, [(0, len(line))], ("Bert", "Resnet"))]
    assert [r[:3] for r in together] == [r[:3] for r in alone]
    assert len(alone) == 30
    assert [r[3] for r in together] == pytest.approx([r[3] for r in alone], abs=1e-4)


def test_a_relation_of_names_that_a_sentence_repeats_is_told_once_where_they_are_nearest(reader: Reader) -> None:
    text = "Bert is fine, and so we compare Bert with Resnet, and Resnet is fine."
    (encoded,) = reader.run(reader.cut([text], [[(0, len(text))]]), 1)
    words = [text[s:e] for s, e in zip(encoded.starts, encoded.ends, strict=True)]
    places = [i for i, word in enumerate(words) if word in ("Bert", "Resnet")]
    head = PairHead()
    method = head.kinds.index("Method")
    found = head.relate(encoded, [(i, i, method) for i in places], [words[i] for i in places])
    assert [(p.subject, head.types[p.type], p.object) for p in found] == [(1, "Compare-With", 2)]


def test_a_sentence_without_end_is_related(reader: Reader) -> None:
    text = "We compare Bert with Resnet and say so; " * 600
    found = related(reader, PairHead(), text, [(0, len(text))], ("Bert", "Resnet"))
    assert {r[1] for r in found} == {"Compare-With"}
    assert len(found) > 100


def test_another_model_has_another_version_and_another_card_has_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = version()
    assert re.fullmatch("[0-9a-f]{12}", own)
    monkeypatch.setattr(resources, "folder", lambda _: tmp_path)
    seen = []
    for name, content in (("reader.onnx", b"one"), ("README.md", b"a card"), ("reader.onnx", b"two"), ("pairs.onnx", b"two")):
        (tmp_path / name).write_bytes(content)
        seen.append(version())
    assert seen[0] == seen[1]
    assert len({own, *seen}) == 4
