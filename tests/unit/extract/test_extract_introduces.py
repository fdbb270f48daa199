from collections.abc import Callable

import pytest

from confgraph.records import Record

FOUND = [
    ("We introduce VibeFlow, a system for sorting songs.", "VibeFlow", "Method"),
    ("In this paper, we present a new benchmark, RiverBench, for floods.", "RiverBench", "Benchmark"),
    ("This paper proposes Quiet Gradient Descent (QGD) to save power.", "Quiet Gradient Descent", "Method"),
    ("We release PondData, a dataset of ponds.", "PondData", "Dataset"),
    ("We develop a Python library called SeaKit that draws maps.", "SeaKit", "Software"),
    ("This work removes the barrier by introducing OpenPond: a toolkit for ponds.", "OpenPond", "Software"),
    ("We study a simple method, dubbed CalmNet, for noise.", "CalmNet", "Method"),
    ("WaveMix is proposed to mix waves.", "WaveMix", "Method"),
    ("We present a fast and simple KD method, called PondDistill.", "PondDistill", "Method"),
    ("We propose a pipeline that we call From Rain to River (FRR) for floods.", "From Rain to River", "Method"),
    ("We introduce Wrong Turn despite Good Maps (WTGM), an approach for roads.", "Wrong Turn despite Good Maps", "Method"),
    ("We build HarpAgent, which collects tools from sources, including GitHub, and Web API.", "HarpAgent", "Method"),
    (
        "We introduce a tool named MARSDA: Model Analysis of Rivers and Salt with Data Assimilation.",
        "Model Analysis of Rivers and Salt with Data Assimilation",
        "Method",
    ),
]


@pytest.mark.parametrize(("text", "name", "kind"), FOUND)
def test_named_introductions(read: Callable[..., Record], text: str, name: str, kind: str) -> None:
    assert [(i.name, i.kind) for i in read(text).introduces] == [(name, kind)]


def test_acronym_is_the_alias(read: Callable[..., Record]) -> None:
    (item,) = read("We propose Quiet Gradient Descent (QGD). QGD is fast.").introduces
    assert (item.name, item.aliases) == ("Quiet Gradient Descent", ("QGD",))


@pytest.mark.parametrize(
    "text",
    [
        "We study how GPT-4 counts. We find that it fails on long numbers.",
        "We analyze scaling and present evidence that BERT is robust.",
        "Existing work introduced BERT and GPT-2 for this task.",
        "We introduce a GPT-4 judge into the loop.",
        "Here we ask which design spaces there are beyond MLPs.",
    ],
)
def test_analyses_introduce_nothing_named(read: Callable[..., Record], text: str) -> None:
    assert [i for i in read(text).introduces if i.confidence > 0.5] == []


@pytest.mark.parametrize(
    "text",
    [
        "We present convolutional neural networks (CNNs) for cats.",
        "We present an answer to the question of FOCS 2007, to wit no.",
        "We propose Network, a thing.",
        "We present a 3-DOF arm.",
        "We propose Zeroth-order, a thing.",
        "We present knowledge distillation for cats.",
        "We propose a way to stretch it, called E 2 -LLM.",
        "We collect Konkani and Nepali, word by word.",
    ],
)
def test_common_nouns_venues_and_bare_heads_are_not_introduced(read: Callable[..., Record], text: str) -> None:
    assert read(text).introduces == ()


def test_a_head_noun_that_became_a_name_is_introduced(read: Callable[..., Record]) -> None:
    assert [i.name for i in read("We propose a network, the Transformer, for text.").introduces] == ["Transformer"]


def test_title_with_subtitle_counts_where_the_abstract_proposes(read: Callable[..., Record]) -> None:
    proposes = read("We propose a way to sort fish by tone.", title="FishTone: Sorting Fish by Tone")
    assert [i.name for i in proposes.introduces] == ["FishTone"]
    acts = read("FishTone sorts fish by tone. Divers like it.", title="FishTone: Sorting Fish by Tone")
    assert [i.name for i in acts.introduces] == ["FishTone"]
    asks = read("The paper asks whether fish have tone.", title="FishTone: Sorting Fish by Tone")
    assert asks.introduces == ()


def test_measures_are_no_artefacts(read: Callable[..., Record]) -> None:
    assert read("We introduce the Quiet Inception Distance (QID) for sound.").introduces == ()


def test_two_names_joined(read: Callable[..., Record]) -> None:
    record = read("We introduce CalmNet, a network for noise, and PondBench, a benchmark of ponds.")
    assert [(i.name, i.kind) for i in record.introduces] == [("CalmNet", "Method"), ("PondBench", "Benchmark")]


def test_introduced_things_stand_in_their_field(read: Callable[..., Record]) -> None:
    record = read("We introduce CalmNet, a network, and release PondData, a dataset of ponds. CalmNet wins on PondData.")
    assert "CalmNet" in [c.name for c in record.methods]
    assert "PondData" in [c.name for c in record.datasets]
    assert {len(c.mentions) for c in (*record.methods, *record.datasets) if c.name in ("CalmNet", "PondData")} == {2}
