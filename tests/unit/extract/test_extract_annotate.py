"""Plain text gets every mention and relation, at exact places of the text as given."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from confgraph.errors import ConfigError, SourceError
from confgraph.extract import LABELS, Annotation, Annotator, ExtractOptions, annotate
from confgraph.extract.annotate import annotate_rows
from confgraph.records import RelationType

PIECES = (
    *r"""We introduce|FrogNet|(FN)|train|on CIFAR-10|it beats BERT|on MNIST|for object detection|\emph{accuracy}|of 85.1\%|T\"ulu
    |OpenAI's CLIP|https://a.org/x_(y).|University of Otago|dubbed|$x^2$|{\em FrogNet}|and|.|, |-|}""".replace("\n    ", "").split("|"),
    "\r\n", "\n\n", "\n \t\n", "\r\n\r\n", "obj-\nect", "😀", "e\u0301", "\u200b", "\u00a0", "\ufeff", "\x00", "\ud83d", "한국어", "👩‍🔬",
)  # fmt: skip


def assert_exact(text: str, found: Annotation) -> None:
    assert list(found.entities) == sorted(set(found.entities))
    for mention in found.entities:
        assert text[mention.start : mention.end] == mention.text
        assert mention.text.strip()
        assert mention.label in LABELS
        assert 0 <= mention.confidence <= 1
    places = {(m.start, m.text) for m in found.entities}
    for relation in found.relations:
        assert (relation.subject_start, relation.subject) in places
        assert (relation.object_start, relation.object) in places
        assert relation.type in set(RelationType)
        assert 0 <= relation.confidence <= 1


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator()


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join), max_size=3))
def test_every_place_is_exact(annotator: Annotator, texts: list[str]) -> None:
    for text, found in zip(texts, annotator(texts), strict=True):
        assert_exact(text, found)


@settings(deadline=None)
@given(st.text(st.characters(codec=None), max_size=200))
def test_any_text_can_be_annotated(annotator: Annotator, text: str) -> None:
    (found,) = annotator([text])
    assert_exact(text, found)


def test_every_mention_counts_and_relations_join_two_of_them(pipeline_at: Callable[..., str], tmp_path: Path) -> None:
    options = ExtractOptions(extractor=pipeline_at(("Method", "FrogNet"), ("Method", "BERT"), ("Dataset", "MNIST")))
    text = "😀 We train FrogNet on MNIST.\r\nFrogNet outperforms\r\nBERT.\r\n\r\nBERT again."
    (found,) = annotate([text], options, tmp_path)
    assert_exact(text, found)
    assert [m.text for m in found.entities] == ["FrogNet", "MNIST", "FrogNet", "BERT", "BERT"]
    compared = {r.subject_start for r in found.relations if r.type is RelationType.COMPARE_WITH}
    compared |= {r.object_start for r in found.relations if r.type is RelationType.COMPARE_WITH}
    assert compared == {text.rindex("FrogNet"), text.index("BERT")}


def test_remains_of_layout_are_read_through_and_stay_in_the_words(pipeline_at: Callable[..., str], tmp_path: Path) -> None:
    options = ExtractOptions(extractor=pipeline_at(("Task", "object detection"), ("Method", "tide networks")))
    text = 'They use it for object detec-\ntion, see \\emph{tide} networks and T\\"ulu.'
    (found,) = annotate([text], options, tmp_path)
    assert [(m.label, m.text) for m in found.entities] == [("Task", "object detec-\ntion"), ("Method", "\\emph{tide} networks")]


def test_a_blank_line_ends_a_sentence_and_a_line_end_does_not(pipeline_at: Callable[..., str], tmp_path: Path) -> None:
    options = ExtractOptions(extractor=pipeline_at(("Method", "FrogNet"), ("Method", "BERT")))
    texts = ["FrogNet outperforms\r\n \r\nBERT here.", "FrogNet outperforms\r\nBERT here."]
    apart, together = annotate(texts, options, tmp_path)
    assert not apart.relations
    assert together.relations


@pytest.mark.parametrize("text", ["", " ", "\n", "\r\n\r\n", "\ufeff", "\n" * 50_000, "\n " * 50_000])
def test_a_text_without_words_gives_nothing(annotator: Annotator, text: str) -> None:
    assert list(annotator([text])) == [Annotation()]


def test_a_very_long_text_is_read_to_its_end(pipeline_at: Callable[..., str], tmp_path: Path) -> None:
    options = ExtractOptions(extractor=pipeline_at(("Dataset", "ImageNet")))
    text = "We study nothing here, at length. " * 3000 + "It was tested on ImageNet."
    (found,) = annotate([text], options, tmp_path)
    assert [m.start for m in found.entities] == [text.index("ImageNet")]


MIXED = [
    "We train FrogNet on MNIST. It outperforms BERT.",
    "",
    "We fine-tune BERT on SQuAD for question answering 😀 and report e\u0301 accuracy of 85.1\\%.",
    "The talk is in Hall C.",
    "A ResNet-50 trained on ImageNet, for image classification, " * 60,
    "On \\emph{CIFAR-10} and $x^2$, naïve ViT-B/16 beats\r\nResNet-50. 図 also.",
]


def test_a_text_alone_in_any_batch_and_reversed_is_annotated_alike(annotator: Annotator) -> None:
    whole = list(annotator(MIXED))
    assert [len(found.entities) > 0 for found in whole] == [True, False, True, False, True, True]
    assert [next(annotator([text])) for text in MIXED] == whole
    assert list(annotate(MIXED[::-1], ExtractOptions(batch_size=4)))[::-1] == whole


@pytest.mark.parametrize(
    "text",
    [
        "😀 We train BERT on SQuAD 👩\u200d🔬 for machine translation.",
        "E\u0301t nai\u0308ve: we train BERT on SQuAD for machine translation.",
        "It costs 4\\% of $x^2$: we train \\emph{BERT} on {\\em SQuAD} for machine translation.",
        "We train\u00a0BERT on\r\nSQuAD for machine\ntranslation.",
    ],
    ids=["emoji", "combining characters", "LaTeX", "blanks"],
)
def test_what_stands_around_a_name_hides_none(annotator: Annotator, text: str) -> None:
    (found,) = annotator([text])
    assert_exact(text, found)
    labels = {m.label for m in found.entities if any(name in m.text for name in ("BERT", "SQuAD", "translation"))}
    assert labels == {"Method", "Dataset", "Task"}


def test_the_last_sentence_of_a_hundred_thousand_characters_is_read(annotator: Annotator) -> None:
    text = "We study nothing here, at length. " * 3000 + "A ResNet-50 trained on ImageNet is frozen."
    (found,) = annotator([text])
    assert_exact(text, found)
    assert {(m.text, m.start) for m in found.entities} >= {(name, text.index(name)) for name in ("ResNet-50", "ImageNet")}
    assert found.relations


def test_a_sentence_of_thousands_of_words_is_read_to_its_end(annotator: Annotator) -> None:
    text = "It sings, " * 2000 + "and a ResNet-50 trained on ImageNet is frozen."
    (found,) = annotator([text])
    assert_exact(text, found)
    assert {"ResNet-50", "ImageNet"} <= {m.text for m in found.entities}


def test_no_network_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        message = "a socket was opened"
        raise AssertionError(message)

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    (found,) = Annotator()(["A ResNet-50 trained on ImageNet is frozen."])
    assert [m.text for m in found.entities] == ["ResNet-50", "ImageNet"]


def test_one_batch_is_read_at_a_time() -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield "We test on MNIST."

    assert len(list(islice(annotate(endless(), ExtractOptions(batch_size=4)), 6))) == 6
    assert taken == 8


def test_an_extractor_of_pages_is_refused() -> None:
    with pytest.raises(ConfigError, match="whole pages"):
        list(annotate(["text"], ExtractOptions(extractor="records:r.jsonl")))


IDS = [None, True, 7, -1.5, "a", ["x", {"y": [None]}], {"k": 1}, 12345678901234567890, "\ud83d"]


def test_rows_keep_their_ids_and_order() -> None:
    rows = [(i, {"id": value, "text": "On MNIST.", "more": 1}) for i, value in enumerate(IDS, 1)]
    out = list(annotate_rows(rows, "f.jsonl", ExtractOptions(batch_size=2)))
    assert [row["id"] for row in out] == IDS
    assert {tuple(row) for row in out} == {("id", "entities", "relations")}


def test_rows_have_the_documented_keys() -> None:
    (row,) = annotate_rows([(1, {"id": 1, "text": "FrogNet outperforms BERT."})], "f.jsonl")
    assert {tuple(e) for e in row["entities"]} == {("start", "end", "label", "text", "confidence")}
    assert {tuple(r) for r in row["relations"]} == {("subject", "subject_start", "type", "object", "object_start", "confidence")}
    assert json.loads(json.dumps(row)) == row, "plain values of JSON"


@pytest.mark.parametrize(
    ("row", "says"),
    [([], "no object"), ("text", "no object"), ({"text": "a"}, "'id'"), ({"id": 1}, "'text'"), ({"id": 1, "text": None}, "no string")],
)
def test_a_wrong_row_is_told_by_its_number(row: object, says: str) -> None:
    with pytest.raises(SourceError, match=says) as caught:
        list(annotate_rows([(4, row)], "f.jsonl"))
    assert caught.value.where == "f.jsonl, line 4"
