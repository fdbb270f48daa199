from collections.abc import Callable

import pytest

from confgraph.records import Record

FOUND = [
    ("We use a vision transformer for object detection.", ("vision transformer", "Used-For", "object detection")),
    ("We introduce CalmNet. CalmNet outperforms RoBERTa.", ("CalmNet", "Compare-With", "RoBERTa")),
    ("We introduce CalmNet. Our method outperforms RoBERTa.", ("CalmNet", "Compare-With", "RoBERTa")),
    ("We introduce CalmNet. We evaluate CalmNet on MNIST.", ("CalmNet", "Evaluated-With", "MNIST")),
    ("RoBERTa reaches good accuracy on MNIST.", ("RoBERTa", "Evaluated-With", "MNIST")),
    ("A ResNet-50 trained on ImageNet is frozen.", ("ResNet-50", "Trained-With", "ImageNet")),
    ("We release PondSet, a dataset for image captioning.", ("PondSet", "Benchmark-For", "image captioning")),
    ("They do semantic segmentation with random forests.", ("random forest", "Used-For", "semantic segmentation")),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_relations_with_a_cue(read: Callable[..., Record], text: str, expected: tuple[str, ...]) -> None:
    assert [(r.subject, r.type, r.object) for r in read(text).relations] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "RoBERTa and MNIST are well known.",
        "This tutorial asks how far results carry over to RoBERTa on MNIST.",
        "Random forests are old. Object detection is new.",
    ],
)
def test_no_cue_no_relation(read: Callable[..., Record], text: str) -> None:
    assert read(text).relations == ()


def test_an_implied_subject_is_believed_less(read: Callable[..., Record]) -> None:
    stated = read("We introduce CalmNet. CalmNet outperforms RoBERTa.").relations[0]
    implied = read("We introduce CalmNet. Our method outperforms RoBERTa.").relations[0]
    assert implied.confidence < stated.confidence
    assert implied.subject_start < implied.start <= implied.object_start
