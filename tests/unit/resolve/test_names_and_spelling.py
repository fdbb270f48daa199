"""Names of people and spellings of concepts, pair by pair."""

from __future__ import annotations

import pytest

from confgraph.resolve.names import PersonName, given_agreement, parse
from confgraph.resolve.spelling import abbreviates, is_distinctive, spelling

SAME = [
    ("chain-of-thought", "Chain of Thought"),
    ("t-SNE", "tSNE"),
    ("pre-training", "pretraining"),
    ("LLMs", "LLM"),
    ("Diffusion Models", "diffusion model"),
    ("ontologies", "ontology"),
    ("losses", "loss"),
    ("Neighbour Search", "neighbor search"),
    ("analysing behaviour", "analyzing behavior"),
    ("modelling", "modeling"),
    ("image labelling", "image labeling"),
    ("catalogue search", "catalog search"),
    ("Computer Vision & AI", "Computer Vision and AI"),
    ("S4", "S-4"),
]
DIFFERENT = [
    ("Adam", "Adams"),
    ("form filling", "form filing"),
    ("F1", "F2"),
    ("Stable Diffusion 2", "Stable Diffusion 2.1"),
    ("naïve Bayes", "Bayes"),
    ("ImageNet", "ImageNet-C"),
    ("AdaBoost", "XGBoost"),
    ("GPS", "GP"),
    ("on-policy", "off-policy"),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_only_spelling_differs(left: str, right: str) -> None:
    assert spelling([left]) == spelling([right])


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_more_than_spelling_differs(left: str, right: str) -> None:
    assert spelling([left]) != spelling([right])


@pytest.mark.parametrize(
    ("name", "given", "surname"),
    [
        ("YU HUANG", ("yu",), "huang"),
        ("Nicola Di Mauro", ("nicola",), "di mauro"),
        ("Di He", ("di",), "he"),
        ("van der Laan", (), "van der laan"),
        ("Christopher Ré", ("christopher",), "re"),
        ("Jane Dwivedi-Yu", ("jane",), "dwivedi-yu"),
        ("Sam Stone Jr.", ("sam",), "stone"),
        ("", (), ""),
    ],
)
def test_parse_splits_given_names_and_surname(name: str, given: tuple[str, ...], surname: str) -> None:
    assert parse(name) == PersonName(given, surname)


@pytest.mark.parametrize(
    ("left", "right", "agreement"),
    [
        ("Tim Moor", "Timothy Moor", 0.8),
        ("T. Moor", "Timothy Moor", 0.8),
        ("Timothy J. Moor", "Timothy Moor", 0.8),
        ("Timothy J. Moor", "Timothy K. Moor", 0.0),
        ("Yu Moor", "Yuxin Moor", 0.0),
        ("Wei Moor", "Wen Moor", 0.0),
        ("Moor", "Tim Moor", None),
    ],
)
def test_given_names_agree_where_one_shortens_the_other(left: str, right: str, agreement: float | None) -> None:
    assert given_agreement(parse(left), parse(right)) == agreement
    assert given_agreement(parse(right), parse(left)) == agreement


@pytest.mark.parametrize(
    ("acronym", "long_form", "fits"),
    [
        ("RLHF", "reinforcement learning from human feedback", True),
        ("ViT", "Vision Transformer", True),
        ("CNNs", "convolutional neural network", True),
        ("T2I", "Text-to-Image", True),
        ("SGD", "Direct Preference Optimization", False),
        ("NN", "convolutional network", False),
        ("42", "forty-two", False),
    ],
)
def test_abbreviates_wants_the_letters_in_order(acronym: str, long_form: str, fits: bool) -> None:
    assert abbreviates(acronym, long_form) is fits


def test_distinctive_names_mix_case_or_hold_a_digit() -> None:
    assert [is_distinctive(n) for n in ("DataComp-1B", "LeanDojo", "ImageNet", "transformer", "BERT", "Benchmark")] == [True] * 3 + [
        False
    ] * 3
