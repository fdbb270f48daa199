from collections.abc import Callable, Sequence

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import SpanGroup

from confgraph.extract import concepts, tagger
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
        ("We train ResNet-50 on the ImageNet dataset.", ["ImageNet"]),
        ("We release PondData, a dataset of ponds.", ["PondData"]),
        ("We evaluate it on our own data.", []),
        ("It runs on A100 GPUs and scores well.", []),
        ("Results are shown on Table II.", []),
    ],
)
def test_datasets(read: Callable[..., Record], text: str, datasets: list[str]) -> None:
    assert names(read(text).datasets) == datasets


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("A ResNet-50 trained on ImageNet is frozen.", "ResNet-50"),
        ("We fine-tune BERT on SQuAD for question answering.", "BERT"),
        ("We train Llama-2-7B for it.", "Llama-2-7B"),
        ("We introduce WaveMixer, a network for object detection.", "WaveMixer"),
        ("We train a convolutional neural network on MNIST for image classification.", "convolutional neural network"),
    ],
)
def test_methods(read: Callable[..., Record], text: str, method: str) -> None:
    assert method in names(read(text).methods)


@pytest.mark.parametrize(
    "text",
    [
        "The lemma is due to a trick of McDuck here.",
        "It is used by Al-KharX et al. in ponds.",
        "A 7-DoF arm and an 8-DOF hand move.",
        "It beats the SoTA by far.",
        "The result holds for (sim7B) and ell_2-norm algorithm runs.",
        r"It holds for \sim7B there.",
    ],
)
def test_people_quantities_and_remains_of_latex_are_no_methods(read: Callable[..., Record], text: str) -> None:
    assert read(text).methods == ()


@pytest.mark.parametrize("text", ["Our new model works well.", "The proposed method is better.", "This algorithm and these networks help."])
def test_praise_and_bare_heads_are_no_method(read: Callable[..., Record], text: str) -> None:
    assert read(text).methods == ()


def test_a_word_within_another_is_not_found(read: Callable[..., Record]) -> None:
    record = read("The Adamantine wall and the Leaning tower stand.")
    assert record.methods == ()


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("We do semantic segmentation of streets.", "semantic segmentation"),
        ("BERT is used for machine translation.", "machine translation"),
        ("We use ResNet-50 for image classification and object detection.", "object detection"),
        ("We present a method for sorting noisy pond recordings.", "sorting noisy pond recordings"),
    ],
)
def test_tasks(read: Callable[..., Record], text: str, task: str) -> None:
    assert task in names(read(text).tasks)


def test_a_title_clause_is_no_task(read: Callable[..., Record]) -> None:
    assert read("Frogs sing.", title="Loud Frog Chorus Elicits Reasoning in Ponds").tasks == ()


def test_a_name_is_of_one_field_in_a_record(read: Callable[..., Record]) -> None:
    record = read("We release FrogFix, a dataset of frogs. FrogFix wins. We use FrogFix and train.")
    assert (names(record.datasets), names(record.methods)) == (["FrogFix"], [])


def test_a_long_form_with_capitals_inside_is_the_method_itself(read: Callable[..., Record]) -> None:
    record = read("SHAP (SHapley Additive exPlanations) helps here.")
    assert (names(record.methods), record.tasks) == (["SHAP"], ())
    assert len(record.methods[0].mentions) == 2


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


def test_a_lone_mention_of_which_the_model_is_unsure_is_annotated_and_not_in_the_record() -> None:
    for label, floor in concepts.FLOOR.items():
        below, above = f"{floor - 0.05:.2f}", f"{floor + 0.01:.2f}"
        assert not concepts.is_kept(label, [below, below])
        assert concepts.is_kept(label, [below, above]), "one sure mention carries the others"
        assert concepts.is_kept(label, [f"{below} gazetteer"]), "a rule that agrees carries an unsure model"
        assert concepts.is_kept(label, ["gazetteer"])
    assert concepts.is_kept("INSTITUTION", ["institution"])


def test_a_relation_carries_a_method_or_task_of_which_the_model_is_half_sure() -> None:
    for label, least in concepts.RELATED.items():
        assert concepts.is_kept(label, [f"{least:.2f}"], related=True)
        assert not concepts.is_kept(label, [f"{least:.2f}"])
        assert not concepts.is_kept(label, [f"{least - 0.01:.2f}"], related=True)
    assert not concepts.is_kept("DATASET", ["0.79"], related=True)


def test_what_the_record_leaves_out_stays_in_the_text(read: Callable[..., Record], nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "A ResNet-50 trained on ImageNet is frozen."
    sure = read(text)
    monkeypatch.setattr(concepts, "is_kept", lambda label, *_: label != "DATASET")
    unsure = read(text)
    assert (names(sure.datasets), len(sure.relations)) == (["ImageNet"], 1)
    assert (names(unsure.methods), unsure.datasets, unsure.relations) == (["ResNet-50"], (), ()), "no relation to what is left out"
    doc = nlp(text)
    assert ("ImageNet", "DATASET") in [(s.text, s.label_) for s in doc.spans[concepts.GROUP]]


def marked(text: str, *, model: Sequence[tuple[str, str, str]]) -> list[tuple[str, str, str, str]]:
    """Settle a text in which the model claims the given words, labels and probabilities."""
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "confgraph.tokens.v1"}}})
    for name in ("confgraph_urls_v1", "confgraph_sentences_v1", "confgraph_acronyms_v1", "confgraph_introduces_v1"):
        nlp.add_pipe(name)
    doc = nlp(text)
    spans = [doc.char_span(text.index(words), text.index(words) + len(words), label, span_id=sure) for words, label, sure in model]
    doc.spans[tagger.GROUP] = SpanGroup(doc, name=tagger.GROUP, spans=spans)
    concepts.make_concepts(nlp, "concepts", {"methods": "BERT\nMarsh Net\n", "metrics": "BLEU\n", "institutions": ""})(doc)
    return [(s.text, s.label_, s.kb_id_, s.id_) for s in doc.spans[concepts.GROUP]]


def test_a_name_that_the_gazetteer_knows_keeps_its_field_against_the_model() -> None:
    found = marked("They report BLEU and Frog here.", model=[("BLEU", "DATASET", "0.96"), ("Frog", "DATASET", "0.91")])
    assert found == [("BLEU", "METRIC", "BLEU", "0.96 gazetteer"), ("Frog", "DATASET", "", "0.91")]


def test_where_the_model_is_silent_the_gazetteer_speaks_and_elsewhere_it_gives_way() -> None:
    assert marked("They try BERT here.", model=[]) == [("BERT", "METHOD", "BERT", "gazetteer")]
    found = marked("They try a deep Marsh Net here.", model=[("deep Marsh Net", "METHOD", "0.90")])
    assert found == [("deep Marsh Net", "METHOD", "", "0.90")]


def test_a_known_name_wins_over_its_own_first_words() -> None:
    found = marked("They try Marsh Net here.", model=[("Marsh", "METHOD", "0.90")])
    assert found == [("Marsh Net", "METHOD", "Marsh Net", "gazetteer")]
    assert marked("They try Marsh Net here.", model=[("Marsh", "TASK", "0.90")]) == [("Marsh", "TASK", "", "0.90")]


def test_the_model_names_nothing_in_urls_and_no_people_or_quantities() -> None:
    text = "See https://a.org/Frog by McFrog et al. with 7-DoF and Toad; NEWTperforms."
    claims = [(words, "METHOD", "0.99") for words in ("a.org/Frog", "McFrog", "7-DoF", "Toad", "NEWTperforms")]
    assert marked(text, model=claims) == [("Toad", "METHOD", "", "0.99")]


def test_a_task_that_a_verb_tells_may_hold_a_method_and_no_other_task() -> None:
    text = "We study methods for compressing large frog networks here."
    found = marked(text, model=[("frog networks", "METHOD", "0.90"), ("large frog", "TASK", "0.90")])
    assert [(words, label) for words, label, *_ in found] == [("compressing large frog networks", "TASK"), ("frog networks", "METHOD")]


def test_a_noun_that_says_what_a_name_is_makes_no_second_method(read: Callable[..., Record]) -> None:
    assert names(read("We compare BERT models with an RLHF method and OpenAI's GPT models.").methods) == [
        "BERT",
        "reinforcement learning from human feedback",
        "GPT",
    ]


def test_praise_in_small_letters_makes_no_other_concept(read: Callable[..., Record]) -> None:
    record = read("Image captioning is old. We study flexible image captioning.")
    assert [(t.name, len(t.mentions)) for t in record.tasks] == [("image captioning", 2)]
