from collections.abc import Callable

import pytest

from confgraph.records import Record

FOUND = [
    ("It has 85.1% accuracy on ImageNet.", ("accuracy", "85.1", "%", "ImageNet")),
    ("It reaches a BLEU of 28.4 on it.", ("BLEU", "28.4", None, None)),
    ("It reduces latency by 25.48% there.", ("latency", "25.48", "% less", None)),
    (r"The accuracy rises by 4\% overall.", ("accuracy", "4", "% more", None)),
    ("It gets 79.2% zero-shot accuracy on CIFAR-10.", ("zero-shot accuracy", "79.2", "%", "CIFAR-10")),
    ("It improves accuracy by 3.7 percentage points on COCO.", ("accuracy", "3.7", "percentage points", None)),
    ("It needs 3.3x less training time on COCO.", ("training time", "3.3", "×", None)),
    ("It cuts latency by a factor of 12 on COCO.", ("latency", "12", "×", None)),
    (r"It has 9.1$\times$ higher throughput there.", ("throughput", "9.1", "×", None)),
    ("It outperforms GPT-4 by 12% in accuracy on COCO.", ("accuracy", "12", "% better", None)),
    ("It brings a 2.4% improvement in accuracy on COCO.", ("accuracy", "2.4", "% better", None)),
    ("It wins by 147% relative in accuracy on COCO.", ("accuracy", "147", "% relative", None)),
    ("We see 3.1% absolute gains in accuracy on COCO.", ("accuracy", "3.1", "percentage points", None)),
    ("We see an accuracy drop of 8% on COCO.", ("accuracy", "8", "% less", None)),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_reported_numbers(read: Callable[..., Record], text: str, expected: tuple[str | None, ...]) -> None:
    assert [(r.metric, r.value, r.unit, r.dataset) for r in read(text).results] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The accuracy of models since 2019 grew.",
        "We train on 1.2 million images with accuracy in mind.",
        "A network of 12 layers has good accuracy.",
        "Top-1 accuracy is high for GPT-4 and ResNet-50.",
        "We use 8 GPUs for 24 hours.",
        "About 30% of people like cats.",
        "The accuracy on COCO is within 1% of the best.",
        "The accuracy stays within about 2 percentage points.",
        "It is 16% faster than before.",
        "We report BLEU@4 on COCO.",
        "It needs 27% fewer parameters and finds 3.3x more unique items.",
        "It raises the rate to 88% there.",
        "It wins by 16% on COCO while lowering training time.",
    ],
)
def test_numbers_that_measure_nothing(read: Callable[..., Record], text: str) -> None:
    assert read(text).results == ()


def test_two_values_and_what_they_belong_to(read: Callable[..., Record]) -> None:
    record = read("We introduce CalmNet. CalmNet reaches 91.5% accuracy on MNIST and 83% accuracy on SVHN.")
    assert [(r.value, r.dataset, r.method) for r in record.results] == [("91.5", "MNIST", "CalmNet"), ("83", "SVHN", "CalmNet")]


def test_a_score_is_of_what_the_text_introduces_before_what_else_it_names(read: Callable[..., Record]) -> None:
    record = read("We introduce CalmNet. Unlike BERT, CalmNet reaches 91.5% accuracy on MNIST.")
    assert [(r.value, r.method) for r in record.results] == [("91.5", "CalmNet")]


def test_a_relative_score_is_no_change(read: Callable[..., Record]) -> None:
    assert [(r.value, r.unit) for r in read("It reaches a relative accuracy of 85.1% on COCO.").results] == [("85.1", "%")]


def test_span_covers_value_and_unit(read: Callable[..., Record]) -> None:
    abstract = r"It gets 4\% accuracy."
    (result,) = read(abstract).results
    page = f"Header\n\n\n{abstract}\nFooter"
    assert page[result.start : result.end] == r"4\%"


def test_both_ends_of_a_change_are_scores(read: Callable[..., Record]) -> None:
    results = read("The accuracy improves from 67% to 73% on COCO.").results
    assert [(r.value, r.unit, r.dataset) for r in results] == [("67", "%", "COCO"), ("73", "%", "COCO")]
