"""The choice of a layout, and what all layouts share."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

import pytest

from confgraph.errors import ConfigError
from confgraph.ingest import LAYOUTS, choose, ingest
from confgraph.ingest.lines import split_lines
from confgraph.records import Page, Sidecar

Make = Callable[..., Page]

NAMES = [layout.name for layout in LAYOUTS]


def test_all_layouts_are_collected() -> None:
    assert NAMES == [
        "fields", "orals", "tutorials", "markdown", "recap", "lab", "proceedings", "programme", "schedule", "daily", "generic",
    ]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_the_sidecar_names_the_layout(make_page: Make, name: str) -> None:
    text = "A few words\nthat fit no layout\n"
    reading = ingest(make_page(text, sidecar=Sidecar(layout=name)))
    assert reading.layout == name
    assert "".join(text[s.start : s.end] for s in reading.segments) == text


@pytest.mark.parametrize("name", NAMES)
def test_scores_are_shares(name: str) -> None:
    layout = next(layout for layout in LAYOUTS if layout.name == name)
    assert layout.score([]) == 0.0
    assert 0.0 <= layout.score(split_lines("Abstract\nAbstract\nX Authors\n* a (B C)\n")) <= 1.0


def test_an_unknown_layout_is_an_error_that_lists_the_known(make_page: Make) -> None:
    page = make_page("words", sidecar=Sidecar(layout="ballads"))
    with pytest.raises(ConfigError, match="'ballads' does not exist") as caught:
        choose(page, split_lines(page.text))
    assert all(name in caught.value.hint for name in NAMES)


def test_the_file_name_does_not_choose_the_layout(make_page: Make) -> None:
    assert ingest(make_page("word", name="neurips-2023-orals.txt")).layout == "generic"


def test_the_sidecar_gives_what_the_page_does_not_say(make_page: Make) -> None:
    text = "Cards\nAda Lovelace, Alan Turing\n"
    (record,) = ingest(make_page(text, sidecar=Sidecar(conference="NeurIPS", year=2023))).records
    assert (record.event, record.year) == ("NeurIPS 2023", 2023)


def test_a_record_knows_its_page(make_page: Make) -> None:
    text = "Cards\nAda Lovelace, Alan Turing\n"
    page = make_page(text, name="a.txt")
    (record,) = ingest(page).records
    assert (record.doc, record.page, record.ordinal) == ("a.txt", hashlib.sha256(text.encode()).hexdigest(), 1)
    assert ingest(replace(page, name="b.txt")).records[0].id != record.id
