from collections.abc import Callable

import pytest

from confgraph.records import Record

FOUND = [
    ("It has 85.1% accuracy on ImageNet.", ("accuracy", "85.1", "%", "ImageNet")),
    ("It reaches a BLEU of 28.4 on it.", ("BLEU", "28.4", None, None)),
    ("It reduces latency by 25.48% there.", ("latency", "25.48", "%", None)),
    (r"The accuracy rises by 4\% overall.", ("accuracy", "4", "%", None)),
    ("It gets 79.2% zero-shot accuracy on CIFAR-10.", ("zero-shot accuracy", "79.2", "%", "CIFAR-10")),
    ("It improves accuracy by 3.7 percentage points on COCO.", ("accuracy", "3.7", "percentage points", "COCO")),
    ("It runs with 3.3x fewer parameters now.", ("parameters", "3.3", "x", None)),
    ("It is 12× faster than before.", ("faster", "12", "×", None)),
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
    ],
)
def test_numbers_that_measure_nothing(read: Callable[..., Record], text: str) -> None:
    assert read(text).results == ()


def test_two_values_and_what_they_belong_to(read: Callable[..., Record]) -> None:
    record = read("We introduce CalmNet. CalmNet reaches 91.5% accuracy on MNIST and 83% accuracy on SVHN.")
    assert [(r.value, r.dataset, r.method) for r in record.results] == [("91.5", "MNIST", "CalmNet"), ("83", "SVHN", "CalmNet")]


def test_span_covers_value_and_unit(read: Callable[..., Record]) -> None:
    abstract = r"It gets 4\% accuracy."
    (result,) = read(abstract).results
    page = f"Header\n\n\n{abstract}\nFooter"
    assert page[result.start : result.end] == r"4\%"
