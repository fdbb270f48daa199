from collections.abc import Callable

import pytest

from confgraph.records import Concept, Record


def names(concepts: tuple[Concept, ...]) -> list[str]:
    return [c.name for c in concepts]


def test_acronym_plural_and_case_are_one_concept(read: Callable[..., Record]) -> None:
    record = read("Large Language Models (LLMs) talk. An LLM reads. A large-language model writes.")
    (concept,) = [c for c in record.methods if "large language model" in c.name]
    assert concept.aliases == ("LLM",)
    assert len(concept.mentions) == 4


def test_the_text_overrides_the_gazetteer(read: Callable[..., Record]) -> None:
    record = read("We use stochastic antler counting (SAC) on deer. SAC counts well.")
    assert not any("actor-critic" in c.name for c in record.methods)


@pytest.mark.parametrize(
    ("text", "datasets"),
    [
        ("We evaluate on CIFAR10 and MS-COCO.", ["CIFAR-10", "COCO"]),
        ("Results on the PondSet-7 dataset are good.", ["PondSet-7"]),
        ("We evaluate on FrogQA, ToadQA and NewtBank-2.", ["FrogQA", "ToadQA", "NewtBank-2"]),
        ("It was tested on datasets such as FrogQA and ToadQA.", ["FrogQA", "ToadQA"]),
        ("It wins on the Heron benchmark by far.", ["Heron benchmark"]),
        ("We evaluate it on our own data.", []),
        ("It runs on A100 GPUs and scores well.", []),
        ("Results are shown on Table II.", []),
        ("We train on a curated 1M dataset.", []),
        ("It is an ML-ready dataset of ponds.", []),
        ("We test on English and Korean benchmarks.", []),
        ("We test on an English-French dataset.", []),
        ("It scores well on BLEU, SIMIL and FROG.", []),
        ("We take ponds from deep RL benchmarks.", []),
        ("On ImageNet, M2 outperforms it.", ["ImageNet"]),
        ("It uses the Antarctic Penguin Survey (APS) for tests.", ["Antarctic Penguin Survey"]),
    ],
)
def test_datasets(read: Callable[..., Record], text: str, datasets: list[str]) -> None:
    assert names(read(text).datasets) == datasets


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("A tide-aware depth autoregression network draws.", "tide-aware depth autoregression network"),
        ("Our novel and efficient marsh distillation wins.", "marsh distillation"),
        ("We train Llama-2-7B for it.", "Llama-2-7B"),
        ("We compare with OtterFormer here.", "OtterFormer"),
    ],
)
def test_methods(read: Callable[..., Record], text: str, method: str) -> None:
    assert method in names(read(text).methods)


def test_a_known_concept_is_found_in_its_modified_form(read: Callable[..., Record]) -> None:
    (method,) = read("A tide-aware diffusion model draws.").methods
    assert method.name == "diffusion model"


@pytest.mark.parametrize(
    "text",
    [
        "The lemma is due to a trick of McDuck here.",
        "It is used by Al-KharX et al. in ponds.",
        "A 7-DoF arm and an 8-DOF hand move.",
        "It beats the SoTA by far.",
        "Note that PONDperforms better.",
        "The result holds for (sim7B) and ell_2-norm algorithm runs.",
        r"It holds for \sim7B there.",
        "We explain post hoc machine learning.",
        "We look at serving machine learning models.",
    ],
)
def test_people_quantities_and_remains_of_latex_are_no_methods(read: Callable[..., Record], text: str) -> None:
    assert read(text).methods == ()


@pytest.mark.parametrize("text", ["Our new model works well.", "The proposed method is better.", "This algorithm and these networks help."])
def test_praise_and_bare_heads_are_no_method(read: Callable[..., Record], text: str) -> None:
    assert read(text).methods == ()


def test_a_word_within_another_is_not_found(read: Callable[..., Record]) -> None:
    record = read("The Adamantine wall and the Leaning tower stand; data.LIME is a path.")
    assert record.methods == ()


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("We do semantic segmentation of streets.", "semantic segmentation"),
        ("It helps question-answering systems.", "question answering"),
        ("A dataset for otter whistle detection.", "otter whistle detection"),
    ],
)
def test_tasks(read: Callable[..., Record], text: str, task: str) -> None:
    assert task in names(read(text).tasks)


@pytest.mark.parametrize(
    "text",
    [
        "It gives a clear understanding and a solid understanding.",
        "We compare RoBERTa predictions.",
        "We look at distilling reasoning and maximizing alignment.",
        "It brings ell_2-norm estimation.",
    ],
)
def test_acts_and_results_are_no_tasks(read: Callable[..., Record], text: str) -> None:
    assert read(text).tasks == ()


def test_a_title_clause_is_no_task(read: Callable[..., Record]) -> None:
    assert read("Frogs sing.", title="Loud Frog Chorus Elicits Reasoning in Ponds").tasks == ()


def test_a_name_is_of_one_field_in_a_record(read: Callable[..., Record]) -> None:
    record = read("We release FrogFix, a dataset of frogs. FrogFix wins. We use FrogFix and train.")
    assert (names(record.datasets), names(record.methods)) == (["FrogFix"], [])
    cued = read("Here ToadFix is shown. We evaluate on the ToadFix dataset.")
    assert (names(cued.datasets), names(cued.methods)) == (["ToadFix"], [])
    assert len(cued.datasets[0].mentions) == 2


def test_a_long_form_with_capitals_inside_is_the_method_itself(read: Callable[..., Record]) -> None:
    record = read("SHAP (SHapley Additive exPlanations) helps here.")
    assert (names(record.methods), record.tasks) == (["SHAP"], ())
    assert len(record.methods[0].mentions) == 2


@pytest.mark.parametrize(
    "text",
    ["We study covariate shift and distribution shift.", "We study program synthesis and code generation."],
)
def test_related_tasks_are_two(read: Callable[..., Record], text: str) -> None:
    assert len(read(text).tasks) == 2


def test_metrics(read: Callable[..., Record]) -> None:
    assert names(read("We report accuracy, the F1-score, and BLEU.").metrics) == ["accuracy", "F1", "BLEU"]


@pytest.mark.parametrize(
    ("text", "institutions"),
    [
        ("We probe OpenAI's CLIP.", ["OpenAI"]),
        ("Researchers at the University of Otago and Kettle Labs agree.", ["University of Otago", "Kettle Labs"]),
        ("We use Cohere-xlarge.", []),
        ("It appeared at NeurIPS.", []),
    ],
)
def test_institutions(read: Callable[..., Record], text: str, institutions: list[str]) -> None:
    assert names(read(text).institutions) == institutions


def test_names_inside_urls_are_no_mentions(read: Callable[..., Record]) -> None:
    record = read("Code: https://github.com/openai/CLIP/BERT and https://a.org/ImageNet.")
    assert (record.methods, record.datasets, record.institutions) == ((), (), ())


def test_more_evidence_is_more_confidence(read: Callable[..., Record]) -> None:
    one = read("We like CalmNet here.").methods[0].confidence
    both = read("We introduce CalmNet here.").methods[0].confidence
    assert 0 < one < both < 1


def test_a_noun_that_says_what_a_name_is_makes_no_second_method(read: Callable[..., Record]) -> None:
    assert names(read("We compare BERT models with an RLHF method and OpenAI's GPT models.").methods) == [
        "BERT",
        "reinforcement learning from human feedback",
        "GPT",
    ]
