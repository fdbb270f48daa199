from collections.abc import Callable

import pytest

FOUND = [
    ("We use low-rank adaptation (LoRA) here.", "LoRA", "low-rank adaptation"),
    ("Large language models (LLMs) talk.", "LLMs", "Large language models"),
    ("We build ReProver (Retrieval-Augmented Prover) now.", "ReProver", "Retrieval-Augmented Prover"),
    ("We show LLaVA: Large Language and Vision Assistant, a model.", "LLaVA", "Large Language and Vision Assistant"),
    ("For text-to-image (T2I) models it holds.", "T2I", "text-to-image"),
    ("Tree of Thoughts (ToT) is used.", "ToT", "Tree of Thoughts"),
    (
        "We try bidirectional encoder representations from transformers (BERT).",
        "BERT",
        "bidirectional encoder representations from transformers",
    ),
    ("Here the Robust Orthogonal Weight Averaging (ROWA) algorithm runs.", "ROWA", "Robust Orthogonal Weight Averaging"),
    ("We use Direct Preference Optimization, or DPO, again.", "DPO", "Direct Preference Optimization"),
    ("A convolutional neural network (CNN; see above) works.", "CNN", "convolutional neural network"),
    ("The Quiet River Stations dataset, namely QRS, is new.", "QRS", "Quiet River Stations"),
]


@pytest.mark.parametrize(("text", "short", "long"), FOUND)
def test_long_form_is_found(pairs: Callable[[str], dict[str, str]], text: str, short: str, long: str) -> None:
    assert pairs(text) == {short: long}


@pytest.mark.parametrize(
    "text",
    [
        "The result (Smith 2020) is old.",
        "It works (see Table 2).",
        "All models (GPT-4) talk.",
        "We met in Paris (ICML) then.",
        "The method (a) and the data (b) differ.",
        "A river. Online networks grow (RON).",
    ],
)
def test_brackets_that_define_nothing(pairs: Callable[[str], dict[str, str]], text: str) -> None:
    assert pairs(text) == {}


def test_the_first_definition_counts(pairs: Callable[[str], dict[str, str]]) -> None:
    assert pairs("A random forest (RF) grows. A red fox (RF) runs.") == {"RF": "random forest"}
