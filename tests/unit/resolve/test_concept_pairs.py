"""The quality set: labelled pairs of names, half of them hard negatives; bench/concepts.py reads, resolves and scores them."""

from __future__ import annotations

import runpy
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def bench() -> dict[str, Any]:
    """Give the functions of the benchmark."""
    return runpy.run_path(str(HERE.parents[2] / "bench" / "concepts.py"))


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("concept_pairs.tsv", {"same": 107, "broader": 48, "different": 170}),
        ("concept_pairs_fresh.tsv", {"same": 31, "broader": 24, "different": 45}),
    ],
)
def test_pairs_are_resolved_with_precision_and_recall(bench: dict[str, Any], name: str, counts: dict[str, int]) -> None:
    pairs = bench["read_pairs"](HERE / name)
    assert Counter(pair.relation for pair in pairs) == counts
    found = bench["scores"]((pair, bench["verdict"](pair)) for pair in pairs)
    assert found["precision"] >= 0.97
    assert found["recall"] >= 0.85
    assert found["same precision"] >= 0.97
    assert found["same recall"] >= 0.85
