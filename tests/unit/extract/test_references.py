"""What words stand for: only what a text itself introduces, and only where one thing alone can be meant."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, Span, SpanGroup

from confgraph.extract import introduces
from confgraph.extract.references import iter_by_sentence, iter_references, own_mentions

NAMES = {
    "frog hopping": "METHOD",
    "Frog hopping": "METHOD",
    "FrogNet": "METHOD",
    "Frog Network": "METHOD",
    "FN": "METHOD",
    "ToadNet": "METHOD",
    "PondBench": "DATASET",
    "BERT": "METHOD",
}


def read(text: str, *own: str) -> tuple[Doc, list[Span]]:
    """Read a text in which the names above are mentions, and `own` are what it introduces."""
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "confgraph.tokens.v1"}}})
    for name in ("confgraph_urls_v1", "confgraph_sentences_v1", "confgraph_acronyms_v1"):
        nlp.add_pipe(name)
    doc = nlp(text)
    places = [(text.find(name, at), name) for name in NAMES for at in range(len(text)) if text.startswith(name, at)]
    mentions = [doc.char_span(at, at + len(name), NAMES[name]) for at, name in sorted(places)]
    firsts = [next(s for s in mentions if s.text == name) for name in own]
    doc.spans[introduces.GROUP] = SpanGroup(doc, name=introduces.GROUP, spans=firsts)
    return doc, mentions


def stands(text: str, *own: str) -> list[tuple[str, str, int]]:
    doc, mentions = read(text, *own)
    return [(r.span.text, r.mention.text, r.mention.start_char) for r in iter_references(doc, own_mentions(doc, mentions))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We present FrogNet. Our method beats BERT.", "Our method"),
        ("We present FrogNet. This new approach beats BERT.", "This new approach"),
        ("We present FrogNet. The proposed model beats BERT.", "The proposed model"),
        ("We present FrogNet. On ponds it beats BERT.", "it"),
        ("We present FrogNet. There we beat BERT.", "we"),
    ],
)
def test_words_stand_for_the_one_thing_introduced(text: str, words: str) -> None:
    assert stands(text, "FrogNet") == [(words, "FrogNet", text.index("FrogNet"))]


def test_the_last_mention_is_meant() -> None:
    text = "We present FrogNet. FrogNet is small. Our method beats BERT."
    assert stands(text, "FrogNet") == [("Our method", "FrogNet", text.rindex("FrogNet"))]


def test_the_noun_chooses_between_a_method_and_a_dataset_and_a_pronoun_does_not() -> None:
    opening = "We present FrogNet and PondBench."
    assert [found[:2] for found in stands(f"{opening} Our benchmark is large.", "FrogNet", "PondBench")] == [("Our benchmark", "PondBench")]
    assert [found[:2] for found in stands(f"{opening} Our model is large.", "FrogNet", "PondBench")] == [("Our model", "FrogNet")]
    assert stands(f"{opening} It is large.", "FrogNet", "PondBench") == []


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("We present FrogNet and ToadNet. Our method wins.", ("FrogNet", "ToadNet")),
        ("They use FrogNet. Our method wins.", ()),
        ("Our method wins. It is FrogNet.", ("FrogNet",)),
        ("We present FrogNet. Our FrogNet wins as it is small.", ("FrogNet",)),
        ("We present FrogNet. The method of others wins.", ("FrogNet",)),
        ("We present FrogNet. This old and very slow method wins.", ("FrogNet",)),
    ],
    ids=["two methods", "nothing introduced", "before its name", "named in the sentence", "another's", "far from its noun"],
)
def test_nothing_is_guessed(text: str, own: tuple[str, ...]) -> None:
    assert stands(text, *own) == []


def test_a_name_and_its_acronym_are_one_thing() -> None:
    doc, mentions = read("We present Frog Network (FN). FN beats BERT.", "Frog Network")
    for mention in mentions[:3]:
        mention.kb_id_ = "Frog Network"
    assert [s.text for s in own_mentions(doc, mentions)["METHOD"]] == ["Frog Network", "FN", "FN"]


def test_of_two_introduced_methods_the_text_is_about_the_one_that_it_names_more() -> None:
    assert own_mentions(*read("We present FrogNet and ToadNet.", "FrogNet", "ToadNet")) == {}
    doc, mentions = read("We present FrogNet and ToadNet. ToadNet wins.", "FrogNet", "ToadNet")
    assert [s.text for s in own_mentions(doc, mentions)["METHOD"]] == ["ToadNet", "ToadNet"]


@pytest.mark.parametrize(
    "text",
    [
        "Ponds\nWe propose a simple frog hopping. It wins.",
        "Frog hopping for ponds\nHere we propose a new method.",
        "Frog hopping: how to leap\nHere we propose a new method.",
        "Leaping via frog hopping\nHere we propose a new method.",
    ],
    ids=["the object of its claim", "before a preposition", "before a colon", "the means that closes the title"],
)
def test_a_method_in_common_words_is_what_the_text_is_about(text: str) -> None:
    assert {s.text.lower() for s in own_mentions(*read(text))["METHOD"]} == {"frog hopping"}


@pytest.mark.parametrize(
    "text",
    [
        "Frog hopping for ponds\nFrog hopping was studied.",
        "Frog hopping helps ponds\nWe propose a theory.",
        "Ponds with frog hopping in them\nWe propose a theory.",
        "Ponds\nWe propose a theory of frog hopping.",
    ],
    ids=["proposes nothing", "what the title speaks of", "in the middle of the title", "behind a preposition"],
)
def test_a_method_that_a_text_only_speaks_of_is_not_what_it_is_about(text: str) -> None:
    assert own_mentions(*read(text)) == {}


def test_a_known_method_is_not_what_a_text_proposes() -> None:
    doc, mentions = read("Ponds\nWe propose a frog hopping.")
    mentions[0].id_ = "0.97 gazetteer"
    assert own_mentions(doc, mentions) == {}


def test_each_mention_stands_with_its_sentence() -> None:
    doc, mentions = read("FrogNet and BERT. Nothing here. PondBench.")
    assert [[s.text for s in inside] for _, inside in iter_by_sentence(doc, mentions)] == [["FrogNet", "BERT"], [], ["PondBench"]]
