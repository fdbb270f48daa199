from collections.abc import Callable

import pytest

from confgraph.records import Record

FOUND = [
    ("We use ResNet-50 for object detection.", ("ResNet-50", "Used-For", "object detection")),
    ("We introduce CalmNet. CalmNet outperforms RoBERTa.", ("CalmNet", "Compare-With", "RoBERTa")),
    ("We introduce CalmNet. Our method outperforms RoBERTa.", ("CalmNet", "Compare-With", "RoBERTa")),
    ("We introduce CalmNet. We evaluate CalmNet on MNIST.", ("CalmNet", "Evaluated-With", "MNIST")),
    ("RoBERTa reaches good accuracy on MNIST.", ("RoBERTa", "Evaluated-With", "MNIST")),
    ("A ResNet-50 trained on ImageNet is frozen.", ("ResNet-50", "Trained-With", "ImageNet")),
    ("We release PondSet, a dataset for image captioning.", ("PondSet", "Benchmark-For", "image captioning")),
    ("We introduce CalmNet. Our method is evaluated on MNIST.", ("CalmNet", "Evaluated-With", "MNIST")),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_relations_stated_in_plain_sentences(read: Callable[..., Record], text: str, expected: tuple[str, ...]) -> None:
    assert [(r.subject, r.type, r.object) for r in read(text).relations] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "RoBERTa and MNIST are well known.",
        "Random forests are old. Object detection is new.",
    ],
)
def test_names_side_by_side_are_not_related(read: Callable[..., Record], text: str) -> None:
    assert read(text).relations == ()


def test_an_implied_subject_is_believed_less(read: Callable[..., Record]) -> None:
    stated = read("We introduce CalmNet. CalmNet outperforms RoBERTa.").relations[0]
    implied = read("We introduce CalmNet. Our method outperforms RoBERTa.").relations[0]
    assert 0 < implied.confidence < stated.confidence
    assert implied.subject_start < implied.start <= implied.object_start


TITLED = [
    ("CalmNet for Pond Mapping", "We introduce CalmNet.", ("CalmNet", "Used-For", "Pond Mapping")),
    ("CalmNet", "We introduce CalmNet. Experiments on the RoBERTa and BERT models are good.", ("CalmNet", "Evaluated-With", "BERT")),
    ("CalmNet", "We introduce CalmNet. Results are good compared to a variety of RoBERTa models.", ("CalmNet", "Compare-With", "RoBERTa")),
    ("CalmNet", "We introduce CalmNet. Our results are on par with RoBERTa.", ("CalmNet", "Compare-With", "RoBERTa")),
    ("CalmNet", "We introduce CalmNet. Results keep 90% of the performance of RoBERTa.", ("CalmNet", "Evaluated-With", "RoBERTa")),
]


@pytest.mark.parametrize(("title", "text", "expected"), TITLED)
def test_what_a_text_is_about_is_related_to_what_its_title_and_tests_name(
    read: Callable[..., Record], title: str, text: str, expected: tuple[str, ...]
) -> None:
    assert expected in [(r.subject, r.type, r.object) for r in read(text, title).relations]


@pytest.mark.parametrize(
    "text",
    [
        "Most people have evaluated RoBERTa on ponds. We introduce CalmNet.",
        "We introduce CalmNet. Its evaluation is done with care, as RoBERTa is slow.",
        "We introduce CalmNet. CalmNet-2 shows better results than others.",
    ],
    ids=["what others did", "another clause", "its own variant"],
)
def test_what_a_text_only_mentions_is_no_relation_of_what_it_is_about(read: Callable[..., Record], text: str) -> None:
    assert [r for r in read(text).relations if r.subject == "CalmNet"] == []
