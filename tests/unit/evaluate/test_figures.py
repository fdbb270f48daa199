"""Precision, recall and F1 come with intervals that say how far chance moves them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from confgraph.evaluate.figures import NOTHING, Counts, Estimate, Score, scores


@st.composite
def counts(draw: st.DrawFn) -> Counts:
    gold, predicted = draw(st.integers(0, 9)), draw(st.integers(0, 9))
    return Counts(draw(st.integers(0, min(gold, predicted))), gold, predicted)


def estimates(score: Score) -> tuple[Estimate, Estimate, Estimate]:
    return score.precision, score.recall, score.f1


def test_figures_are_those_of_the_sums() -> None:
    score = scores([{"a": Counts(3, 4, 6)}, {"a": Counts(0, 2, 0)}])["a"]
    assert (score.precision.value, score.recall.value, score.f1.value) == (0.5, 0.5, 0.5)
    assert (score.found, score.gold, score.predicted) == (3, 6, 6)


@given(st.lists(counts(), min_size=1, max_size=8))
def test_intervals_lie_around_their_figures(units: list[Counts]) -> None:
    score = scores([{"a": unit} for unit in units])["a"]
    for estimate in estimates(score):
        if estimate.value is None:
            continue
        assert estimate.low is not None
        assert estimate.high is not None
        assert 0 <= estimate.low <= estimate.high <= 1
        assert 0 <= estimate.value <= 1


def test_units_that_are_alike_leave_nothing_to_chance() -> None:
    score = scores([{"a": Counts(1, 2, 4)}] * 20)["a"]
    assert estimates(score) == (Estimate(0.25, 0.25, 0.25), Estimate(0.5, 0.5, 0.5), Estimate(1 / 3, 1 / 3, 1 / 3))


def test_the_interval_of_a_share_is_that_of_the_normal_approximation() -> None:
    units = [{"a": Counts(int(i % 5 != 0), 1, 1)} for i in range(400)]
    recall = scores(units)["a"].recall
    spread = 1.96 * (0.8 * 0.2 / 400) ** 0.5
    assert recall.value == 0.8
    assert recall.low == pytest.approx(0.8 - spread, abs=0.01)
    assert recall.high == pytest.approx(0.8 + spread, abs=0.01)


def test_few_units_give_wider_intervals_than_many() -> None:
    few, many = ([{"a": Counts(i % 2, 1, 1)} for i in range(size)] for size in (10, 1000))
    widths = [
        score.high - score.low for score in (scores(few)["a"].f1, scores(many)["a"].f1) if score.high is not None and score.low is not None
    ]
    assert widths[0] > 3 * widths[1]


def test_what_is_not_defined_is_none() -> None:
    score = scores([{"found nothing": Counts(0, 2, 0), "nothing to find": Counts(0, 0, 3), "recall alone": Counts(1, 2, None)}])
    assert score["found nothing"].precision == Estimate(None, None, None)
    assert score["found nothing"].f1.value == 0
    assert score["nothing to find"].recall.value is None
    assert score["nothing to find"].f1.value is None
    assert score["nothing to find"].precision.value == 0
    assert score["recall alone"].recall.value == 0.5
    assert (score["recall alone"].precision.value, score["recall alone"].f1.value, score["recall alone"].predicted) == (None, None, None)


def test_the_same_counts_give_the_same_intervals() -> None:
    units = [{"a": Counts(i % 3, 3, 4)} for i in range(30)]
    assert scores(units) == scores(units)


@given(st.lists(counts(), max_size=6))
def test_counts_add_up(units: list[Counts]) -> None:
    total = NOTHING
    for unit in units:
        total = total.plus(unit)
    assert total == tuple(map(sum, zip(*units, strict=True))) if units else total == NOTHING
