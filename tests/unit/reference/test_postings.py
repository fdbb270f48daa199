"""Postings on disk say what a dictionary in memory would, however many there are."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from confgraph.reference import postings
from confgraph.reference.postings import Postings, Writer

HASHES = st.lists(st.sampled_from([0, 1, 4, 2**26, 2**31, 2**32 - 1]), unique=True)


@settings(max_examples=40, deadline=None)
@given(rows=st.lists(HASHES, max_size=30), asked=HASHES)
def test_counts_are_those_of_a_dictionary(rows: list[list[int]], asked: list[int], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("postings") / "rows.bin"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "_HELD", 3)
        with Writer(path) as writer:
            for number, hashes in enumerate(rows):
                writer.add(number, hashes)
    expected = Counter({number: len(set(hashes) & set(asked)) for number, hashes in enumerate(rows)})
    found = Postings(path).count(asked, longest=30)
    assert dict(found) == dict(+expected)
    assert found == sorted(found, key=lambda item: (-item[1], item[0]))


def test_a_hash_of_too_many_rows_is_passed_over(tmp_path: Path) -> None:
    with Writer(tmp_path / "rows.bin") as writer:
        for number in range(10):
            writer.add(number, [7, 8] if number == 3 else [7])
    assert Postings(tmp_path / "rows.bin").count([7, 8], longest=9) == [(3, 1)]


def test_the_parts_are_gone_when_all_is_written_or_it_fails(tmp_path: Path) -> None:
    with Writer(tmp_path / "rows.bin") as writer:
        writer.add(0, range(0, 2**32, 2**24))
    assert [p.name for p in tmp_path.iterdir()] == ["rows.bin"]
    with pytest.raises(IndexError), Writer(tmp_path / "more.bin") as writer:
        writer.add(0, [1, 2**40])
    assert [p.name for p in tmp_path.iterdir()] == ["rows.bin"]
