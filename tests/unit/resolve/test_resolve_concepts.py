"""Concepts: spelling, acronyms and what records introduce."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from confgraph.records import (
    ArtefactKind,
    Concept,
    Decision,
    EntityKind,
    Introduced,
    Named,
    PageFacts,
    Reading,
    Relation,
    RelationType,
    Resolution,
)
from confgraph.resolve import resolve
from confgraph.resolve.keys import concept_key

MakeReading = Callable[..., Reading]


def _labels(resolution: Resolution, kind: EntityKind = EntityKind.METHOD) -> list[str]:
    return sorted(e.label for e in resolution.entities if e.kind is kind)


def _pages(reading: MakeReading, *rows: dict[str, Any]) -> list[Reading]:
    return [reading(f"{i}.txt", {"title": f"An unrelated title of paper {i}"} | row) for i, row in enumerate(rows)]


def _methods(*concepts: tuple[str, ...]) -> dict[str, Any]:
    return {"methods": tuple(Concept(name, aliases=tuple(aliases)) for name, *aliases in concepts)}


def test_prints_of_one_dataset_are_one_entity(reading: MakeReading) -> None:
    rows = [{"datasets": (Concept(name),)} for name in ("CIFAR10", "CIFAR-10", "CIFAR 10", "CIFAR-10")]
    resolution = resolve(_pages(reading, *rows))
    [entity] = [e for e in resolution.entities if e.kind is EntityKind.DATASET]
    assert (entity.label, entity.aliases) == ("CIFAR-10", ("CIFAR 10", "CIFAR10"))
    assert {(j.by, j.score) for j in resolution.judgements} == {("spelling", 1.0)}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("GPT-3", "GPT-3.5"),
        ("GPT-4", "GPT-4o"),
        ("CIFAR-10", "CIFAR-100"),
        ("Llama-2-7B", "Llama-2"),
        ("Llama-2-7B", "Llama-27B"),
        ("C", "C++"),
        ("C++", "C#"),
        ("A*", "A"),
        ("GPS", "GP"),
        ("A-C", "AC"),
    ],
)
def test_versions_sizes_and_signs_are_different_things(reading: MakeReading, left: str, right: str) -> None:
    assert len(_labels(resolve(_pages(reading, _methods((left,)), _methods((right,)))))) == 2


def test_a_bare_acronym_joins_its_long_form(reading: MakeReading) -> None:
    pages = _pages(reading, _methods(("Low-Rank Adaptation", "LoRA")), _methods(("LoRA",)))
    resolution = resolve(pages)
    assert _labels(resolution) == ["Low-Rank Adaptation"]
    [judged] = resolution.judgements
    assert judged.by == "acronym"
    assert "1 of 1 records" in judged.reasons[0].note
    assert resolution.by_member[concept_key(EntityKind.METHOD, "LoRA")].aliases == ("LoRA",)


def test_an_ambiguous_acronym_stays_alone_but_in_its_own_record(reading: MakeReading) -> None:
    pages = _pages(
        reading,
        _methods(("Gated Attention Network", "GAN")),
        _methods(("Generative Adversarial Network", "GAN")),
        _methods(("GAN",)),
        _methods(("Graph Alignment Network", "GAN"), ("GAN",)),
    )
    resolution = resolve(pages)
    assert _labels(resolution) == ["GAN", "Gated Attention Network", "Generative Adversarial Network", "Graph Alignment Network"]
    assert resolution.judgements == ()


def test_the_dominating_long_form_takes_the_bare_acronym(reading: MakeReading) -> None:
    common = [_methods(("Generative Adversarial Networks" if i % 2 else "generative adversarial network", "GAN")) for i in range(10)]
    rare = _methods(("Gated Attention Network", "GAN"))
    resolution = resolve(_pages(reading, *common, rare, _methods(("GANs",))))
    taken = resolution.by_member[concept_key(EntityKind.METHOD, "GANs")]
    assert taken.label == "Generative Adversarial Networks"
    assert _labels(resolution) == ["Gated Attention Network", "Generative Adversarial Networks"]


def test_a_meaning_in_another_kind_makes_an_acronym_ambiguous(reading: MakeReading) -> None:
    task = {"tasks": (Concept("Gesture Annotation", ("GAN",)),)}
    resolution = resolve(_pages(reading, _methods(("Gated Attention Network", "GAN")), task, _methods(("GAN",))))
    assert _labels(resolution) == ["GAN", "Gated Attention Network"]


def test_an_acronym_of_two_letters_needs_three_records(reading: MakeReading) -> None:
    spelt_out = _methods(("Conformal Prediction", "CP"))
    assert len(_labels(resolve(_pages(reading, spelt_out, _methods(("CP",)))))) == 2
    assert _labels(resolve(_pages(reading, spelt_out, spelt_out, spelt_out, _methods(("CP",))))) == ["Conformal Prediction"]


def test_an_alias_that_does_not_abbreviate_is_not_trusted(reading: MakeReading) -> None:
    resolution = resolve(_pages(reading, _methods(("Recurrent Forecaster", "Flood")), _methods(("Flood",))))
    assert _labels(resolution) == ["Flood", "Recurrent Forecaster"]


def test_long_forms_do_not_meet_through_their_acronym(reading: MakeReading) -> None:
    pages = _pages(
        reading,
        *[_methods(("Generative Adversarial Network", "GAN"))] * 3,
        _methods(("Generative Adversarial Net", "GAN")),
        _methods(("GAN",)),
    )
    assert "Generative Adversarial Net" in _labels(resolve(pages))


def test_a_thing_has_the_kind_as_which_it_is_introduced(reading: MakeReading) -> None:
    introduces = {"introduces": (Introduced("FloodBench", ArtefactKind.BENCHMARK),)}
    resolution = resolve(_pages(reading, introduces, _methods(("FloodBench",))))
    [entity] = [e for e in resolution.entities if e.label == "FloodBench"]
    assert entity.kind is EntityKind.DATASET
    assert len(entity.members) == 2
    [judged] = resolution.judgements
    assert (judged.by, judged.kind) == ("introduced", EntityKind.DATASET)
    assert any(reason.note.startswith("1 record introduces ") for reason in judged.reasons)


@pytest.mark.parametrize("name", ["benchmark", "GRIT", "Framework"])
def test_common_words_and_short_acronyms_do_not_cross_kinds(reading: MakeReading, name: str) -> None:
    introduces = {"introduces": (Introduced(name, ArtefactKind.DATASET),)}
    assert len([e for e in resolve(_pages(reading, introduces, _methods((name,)))).entities if e.label == name]) == 2


def test_a_name_introduced_as_two_kinds_is_two_things(reading: MakeReading) -> None:
    kinds = (ArtefactKind.DATASET, ArtefactKind.SOFTWARE)
    rows = [{"introduces": (Introduced("FloodBench", kind),)} for kind in kinds]
    resolution = resolve(_pages(reading, *rows, _methods(("FloodBench",))))
    assert sorted(e.kind for e in resolution.entities if e.label == "FloodBench") == ["dataset", "method", "software"]


def test_kinds_do_not_mix(reading: MakeReading) -> None:
    resolution = resolve(_pages(reading, _methods(("Flood Forecasting",)), {"tasks": (Concept("flood forecasting"),)}))
    assert _labels(resolution) == ["Flood Forecasting"]
    assert _labels(resolution, EntityKind.TASK) == ["flood forecasting"]


def test_organisations_of_a_page_are_entities(reading: MakeReading) -> None:
    page = reading("a.txt", facts=PageFacts(organizations=(Named("River Lab & Friends"),)))
    other = reading("b.txt", {"title": "An unrelated title of a paper", "institutions": (Concept("The River Lab and Friends"),)})
    resolution = resolve([page, other])
    assert len(_labels(resolution, EntityKind.ORGANIZATION)) == 1
    assert [j.decision for j in resolution.judgements] == [Decision.SAME]


def test_generic_heads_and_word_order_are_one_form(reading: MakeReading) -> None:
    pages = _pages(reading, _methods(("PPO",)), _methods(("PPO algorithm",)), _methods(("PPO method",)))
    resolution = resolve(pages)
    assert _labels(resolution) == ["PPO"]
    assert {j.by for j in resolution.judgements} == {"form"}
    rows = [{"tasks": (Concept(name),)} for name in ("flood detection", "detection of floods", "detecting floods")]
    assert len(_labels(resolve(_pages(reading, *rows)), EntityKind.TASK)) == 1


def _in_context(name: str, *others: str) -> dict[str, Any]:
    return _methods((name,)) | {"tasks": tuple(map(Concept, others))}


def test_the_context_chooses_among_long_forms(reading: MakeReading) -> None:
    floods, bees = ("flood warning", "gauge reading"), ("swarm counting", "hive weighing")
    pages = _pages(
        reading,
        _methods(("Constraint Programming", "CP")) | _tasks(*floods),
        _methods(("Conformal Prediction", "CP")) | _tasks(*bees),
        _in_context("CP", *bees),
    )
    resolution = resolve(pages)
    assert resolution.by_member[concept_key(EntityKind.METHOD, "CP")].label == "Conformal Prediction"
    [judged] = resolution.judgements
    assert judged.by == "context"
    assert "1 of 1 records" in judged.reasons[0].note


def _tasks(*names: str) -> dict[str, Any]:
    return {"tasks": tuple(map(Concept, names))}


def test_records_that_disagree_on_an_acronym_leave_it_alone(reading: MakeReading) -> None:
    floods, bees = ("flood warning", "gauge reading"), ("swarm counting", "hive weighing")
    pages = _pages(
        reading,
        _methods(("Constraint Programming", "CP")) | _tasks(*floods),
        _methods(("Conformal Prediction", "CP")) | _tasks(*bees),
        _in_context("CP", *bees),
        _in_context("CP", *floods),
    )
    assert _labels(resolve(pages)) == ["CP", "Conformal Prediction", "Constraint Programming"]


def test_initials_are_enough_in_one_record_or_from_four_letters(reading: MakeReading) -> None:
    together = _methods(("HMM",), ("hidden Markov model",))
    assert _labels(resolve(_pages(reading, together))) in (["HMM"], ["hidden Markov model"])
    assert len(_labels(resolve(_pages(reading, _methods(("HMM",)), _methods(("hidden Markov model",)))))) == 2
    assert len(_labels(resolve(_pages(reading, _methods(("RLHF",)), _methods(("reinforcement learning from human feedback",)))))) == 1


def test_initials_in_another_context_are_left_open(reading: MakeReading) -> None:
    floods, bees = ("flood warning", "gauge reading", "rain"), ("swarm counting", "hive weighing", "scent")
    pages = _pages(reading, _in_context("RLHF", *floods), _in_context("reinforcement learning from human feedback", *bees))
    resolution = resolve(pages)
    assert len(_labels(resolution)) == 2
    assert [j.decision for j in resolution.judgements] == [Decision.OPEN]


def test_a_name_that_two_papers_introduce_is_two_things(reading: MakeReading) -> None:
    spelt_out = {"introduces": (Introduced("Coupled Hive Observation", ArtefactKind.METHOD, ("CHObs",)),)}
    bare = {"introduces": (Introduced("CHObs", ArtefactKind.METHOD),)}
    resolution = resolve(_pages(reading, spelt_out, bare))
    assert len(_labels(resolution)) == 2
    assert [j.decision for j in resolution.judgements] == [Decision.DIFFERENT]


def test_a_stated_synonym_spells_an_acronym_out(reading: MakeReading) -> None:
    stated = Relation("GRN", 0, RelationType.SYNONYM_OF, "gated river network", 4, 0.9, 0, 30)
    record = _methods(("GRN",), ("gated river network",)) | {"relations": (stated,)}
    [judged] = resolve(_pages(reading, record)).judgements
    assert (judged.by, judged.decision) == ("acronym", Decision.SAME)


def test_a_stated_synonym_with_other_letters_merges_nothing(reading: MakeReading) -> None:
    stated = Relation("FloodNet", 0, RelationType.SYNONYM_OF, "river model", 4, 0.9, 0, 30)
    assert resolve(_pages(reading, _methods(("FloodNet",), ("river model",)) | {"relations": (stated,)})).judgements == ()


def test_a_shorter_name_is_no_acronym_of_a_longer_one(reading: MakeReading) -> None:
    pages = _pages(reading, _methods(("deep river network", "river network")), _methods(("river network",)))
    assert _labels(resolve(pages)) == ["deep river network", "river network"]


def test_a_label_is_without_ligatures_where_a_page_prints_it_so(reading: MakeReading) -> None:
    pages = [reading(f"{i}", {"title": f"Title {i}", "tasks": (Concept(name),)}) for i, name in enumerate(["classi\ufb01cation"] * 2)]
    pages.append(reading("2", {"title": "Title 2", "tasks": (Concept("classification"),)}))
    (task,) = (entity for entity in resolve(pages).entities if entity.kind is EntityKind.TASK)
    assert task.label == "classification"
