"""Lines of affiliations become lines of organisations."""

from __future__ import annotations

import pytest

from confgraph.errors import SourceError
from confgraph.link.institutions import iter_links
from confgraph.reference import gazetteer


def test_each_line_has_its_row_blank_ones_too() -> None:
    lines = [b"ETH Z\xc3\xbcrich\r\n", b"\n", b"nobody's business\n", b"ETH Z\xc3\xbcrich+MIT"]
    rows = list(iter_links(lines, gazetteer.load()))
    assert [row["raw"] for row in rows] == ["ETH Zürich", "", "nobody's business", "ETH Zürich+MIT"]
    zurich = {"name": "ETH Zurich", "ror": "https://ror.org/05a28rw58", "country": "CH"}
    (found,) = rows[0]["organizations"]
    assert zurich.items() <= found.items()
    assert 0.8 <= found["confidence"] <= 1
    assert set(found) == {"name", "ror", "country", "confidence"}
    assert rows[1]["organizations"] == rows[2]["organizations"] == []
    assert [one["name"] for one in rows[3]["organizations"]] == ["ETH Zurich", "Massachusetts Institute of Technology"]


def test_a_line_that_is_no_text_is_told() -> None:
    with pytest.raises(SourceError, match="standard input, line 2: is not UTF-8"):
        list(iter_links([b"MIT\n", b"\xff\n"], gazetteer.load()))


def test_an_endless_line_is_cut() -> None:
    (row,) = iter_links([b"MIT, " + b"a, " * 100_000], gazetteer.load())
    assert [one["name"] for one in row["organizations"]] == ["Massachusetts Institute of Technology"]
