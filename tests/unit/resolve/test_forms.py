"""What shorter names say the same as a printed one, and how sure that is."""

from __future__ import annotations

import pytest

from confgraph.records import EntityKind
from confgraph.resolve.forms import Form, Names, iter_reductions, slips
from confgraph.resolve.spelling import spelling

METHOD, DATASET, TASK, METRIC = EntityKind.METHOD, EntityKind.DATASET, EntityKind.TASK, EntityKind.METRIC


@pytest.mark.parametrize(
    ("kind", "name", "shorter", "certain"),
    [
        (METHOD, "the FlowNet2 network", "FlowNet2", True),
        (METHOD, "PPO algorithm", "PPO", False),
        (METHOD, "EM algorithm", "EM", False),
        (METHOD, "beam search algorithms", "beam search", False),
        (DATASET, "RiverQA benchmark", "RiverQA", True),
        (DATASET, "Meuse Gauges corpus", "Meuse Gauges", False),
        (TASK, "flood forecasting task", "flood forecasting", False),
        (TASK, "tasks of flood forecasting", "flood forecasting", False),
        (TASK, "detecting floods", "flood detection", False),
        (TASK, "detection of the floods", "flood detection", False),
        (METRIC, "F1-score", "F1", True),
    ],
)
def test_a_name_reduces_to_what_says_the_same(kind: EntityKind, name: str, shorter: str, certain: bool) -> None:
    first = next(iter_reductions(kind, name))
    assert (first.name, first.certain) == (shorter, certain)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (METHOD, "genetic algorithm"),
        (METHOD, "Bayesian model"),
        (METHOD, "diffusion model"),
        (METHOD, "RL model"),
        (METHOD, "SLAM system"),
        (METHOD, "bag of words"),
        (METHOD, "graph-based method"),
        (TASK, "detection of floods in valleys"),
        (METRIC, "complexity measure"),
        (EntityKind.ORGANIZATION, "River Framework"),
    ],
)
def test_what_a_head_makes_another_thing_stays_whole(kind: EntityKind, name: str) -> None:
    assert not [r for r in iter_reductions(kind, name) if " " not in r.name or r.name.endswith("detection")]


def _form(name: str, *known: str, meanings: dict[str, str] | None = None, frequent: str = "") -> Form:
    records = {(METHOD, spelling([other])): 1 for other in (name, *known)}
    return Names(records, meanings or {}, slips([(METHOD, frequent)] if frequent else [])).form(METHOD, name, spelling([name]))


def test_an_uncertain_reduction_needs_the_remainder_to_be_named() -> None:
    assert _form("PPO algorithm").form == spelling(["PPO algorithm"])
    found = _form("PPO algorithm", "PPO")
    assert found.form == spelling(["PPO"])
    assert "'algorithm'" in found.why


def test_an_acronym_within_a_name_is_written_out_where_that_is_named() -> None:
    meanings = {spelling(["RL"]): "reinforcement learning"}
    assert _form("deep RL", meanings=meanings).why == ""
    assert _form("deep RL", "deep reinforcement learning", meanings=meanings).form == spelling(["deep reinforcement learning"])


def test_a_slip_in_a_long_word_of_a_frequent_name_is_mended() -> None:
    assert _form("reinforcment learning", frequent="reinforcement learning").form == spelling(["reinforcement learning"])
    assert _form("form filing", frequent="form filling").why == ""


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Schrödinger bridge", "Schrodinger bridge"),
        (r"$\beta$-VAE", "β-VAE"),
        ("β-VAE", "beta-VAE"),
        ("TD(λ)", r"TD($\lambda$)"),
        ("E$^2$-LLM", "E2-LLM"),
        ("YOLO v5", "YOLOv5"),
        ("VQA v2", "VQA 2"),
        ("image colourisation", "image colorization"),
        ("optical fibre", "optical fiber"),
    ],
)
def test_marks_and_accents_are_spelling(left: str, right: str) -> None:
    assert spelling([left]) == spelling([right])
