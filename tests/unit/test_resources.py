"""The files that come with confgraph are found in a checkout."""

from __future__ import annotations

import pytest

from confgraph.resources import folder, iter_files


def test_gazetteers_are_read_in_order_of_name() -> None:
    stems = [stem for stem, _ in iter_files("data/gazetteers", ".tsv")]
    assert stems == sorted(stems)
    assert "conferences" in stems
    assert not any(stem.endswith(".tsv") for stem in stems)


def test_other_suffixes_are_left_out() -> None:
    assert list(iter_files("data/gazetteers", ".nothing")) == []


@pytest.mark.parametrize("name", ["ontology", "ontology/queries", "data/gazetteers"])
def test_documented_folders_exist(name: str) -> None:
    assert folder(name).is_dir()
