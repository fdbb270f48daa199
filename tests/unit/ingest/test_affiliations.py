"""Where people work: in brackets, after commas, and behind marks."""

from __future__ import annotations

import pytest

from confgraph.ingest.affiliations import (
    is_institution,
    names_institution,
    opens_with_key,
    read_affiliated,
    read_commas,
    read_keys,
    resolve,
)
from confgraph.ingest.lines import Line, split_lines
from confgraph.ingest.people import split_listed


def line(text: str) -> Line:
    return split_lines(text)[0]


@pytest.mark.parametrize(
    "text",
    [
        "University of London",
        "ETH Zürich",
        "Université de Paris",
        "DeepMind",
        "EPFL",
        "MIT CSAIL",
        "Ltd. Analytical Engines Inc.",
        "北京大学",
    ],
)
def test_institutions_are_told_by_their_words(text: str) -> None:
    assert is_institution(text)


@pytest.mark.parametrize("text", ["Ada Lovelace", "Jean DUPONT", "YU HUANG", "Weaving with Cards", ""])
def test_names_and_titles_are_no_institutions(text: str) -> None:
    assert not is_institution(text)


def test_a_title_may_hold_words_of_institutions() -> None:
    assert not names_institution("Foundation Models for Research on National Systems")
    assert names_institution("Institute for Looms, Paris")


def test_nicknames_are_parts_of_names() -> None:
    (one, other) = read_affiliated(line("Nanyun (Violet) Peng (UCLA), Ada Lovelace (University of London)"))
    assert (one.name, one.affiliations) == ("Nanyun (Violet) Peng", ("UCLA",))
    assert (other.name, other.affiliations) == ("Ada Lovelace", ("University of London",))


def test_roles_in_brackets_are_no_institutions() -> None:
    authors = read_affiliated(line("Ada Lovelace (speaker), Alan Turing (Manchester), Grace Hopper (Yale)"))
    assert [(a.name, a.affiliations) for a in authors] == [
        ("Ada Lovelace", ()),
        ("Alan Turing", ("Manchester",)),
        ("Grace Hopper", ("Yale",)),
    ]


COMMAS = {
    "Ada Lovelace, University of London; Alan Turing, University of Manchester": [
        ("Ada Lovelace", "University of London"),
        ("Alan Turing", "University of Manchester"),
    ],
    "Ada Lovelace, Dept. of Looms, ETH, Zurich; Cher, MIT": [("Ada Lovelace", "Dept. of Looms, ETH, Zurich"), ("Cher", "MIT")],
    "Ada Lovelace, School of Looms; Institute of Cards, Paris; Alan Turing, MIT": [
        ("Ada Lovelace", "School of Looms; Institute of Cards, Paris"),
        ("Alan Turing", "MIT"),
    ],
}


@pytest.mark.parametrize("text", COMMAS)
def test_commas_part_name_and_institution(text: str) -> None:
    authors = read_commas(line(text))
    assert [(a.name, a.affiliations) for a in authors] == [(name, (place,)) for name, place in COMMAS[text]]
    assert all(text[a.start : a.end] == a.name for a in authors)


def test_all_lists_with_commas_are_collected() -> None:
    assert len(COMMAS) == 3


KEYS = {
    "¹ ETH Zurich\n² MIT": {"1": "ETH Zurich", "2": "MIT"},
    "¹ETH Zurich ²MIT": {"1": "ETH Zurich", "2": "MIT"},
    "1 ETH Zurich, 2 MIT": {"1": "ETH Zurich", "2": "MIT"},
    "1. ETH Zurich\n2. MIT": {"1": "ETH Zurich", "2": "MIT"},
    "[1] ETH Zurich\n[12] MIT": {"1": "ETH Zurich", "12": "MIT"},
    "(a) ETH Zurich\nb MIT": {"a": "ETH Zurich", "b": "MIT"},
    "† ETH Zurich\n‡ MIT": {"†": "ETH Zurich", "‡": "MIT"},
    "¹ ETH Zurich\n* Equal contribution\n† Corresponding author": {"1": "ETH Zurich"},
    "¹ Loom Society, 12 Weaver Street, London, ² ETH Zurich": {"1": "Loom Society, 12 Weaver Street, London", "2": "ETH Zurich"},
    "¹ Joint Centre for Looms\n² Joint first authors": {"1": "Joint Centre for Looms"},
    "a simple study of looms\n3 looms are enough": {},
}


@pytest.mark.parametrize("text", KEYS)
def test_marks_lead_to_institutions(text: str) -> None:
    assert {mark: text[place.start : place.end] for mark, place in read_keys(split_lines(text)).items()} == KEYS[text]


def test_all_lists_of_marks_are_collected() -> None:
    assert len(KEYS) == 11


def test_people_get_the_institutions_of_their_marks_in_order() -> None:
    text = "Ada Lovelace²,¹*, Alan Turing¹², Grace Hopper¹¹, Cher"
    keys = "\n".join(f"{n} Place {n}" for n in range(1, 12))
    page = f"{text}\n{keys}"
    lines = split_lines(page)
    authors = resolve(page, split_listed(lines[0].text, lines[0].start), read_keys(lines[1:]))
    assert [(a.name, a.affiliations) for a in authors] == [
        ("Ada Lovelace", ("Place 2", "Place 1")),
        ("Alan Turing", ("Place 1", "Place 2")),
        ("Grace Hopper", ("Place 11",)),
        ("Cher", ()),
    ]


@pytest.mark.parametrize("text", ["ETH Zurich", "3D looms", "a simple loom", "2 looms", ""])
def test_other_lines_open_with_no_mark(text: str) -> None:
    assert opens_with_key(text) is None


def test_brackets_may_be_of_full_width() -> None:
    authors = read_affiliated(line("李明（北京大学）、王芳（Loom Institute（London))"))
    assert [(a.name, a.affiliations) for a in authors] == [("李明", ("北京大学",)), ("王芳", ("Loom Institute（London)",))]


def test_surnames_may_stand_before_names_and_institutions() -> None:
    authors = read_affiliated(line("Lovelace, Ada (University of London)*; de Vries, Jan (TU Delft (NL))"))
    assert [(a.name, a.affiliations) for a in authors] == [
        ("Ada Lovelace", ("University of London",)),
        ("Jan de Vries", ("TU Delft (NL)",)),
    ]


def test_what_becomes_of_a_paper_is_no_institution() -> None:
    assert read_affiliated(line("Ada Lovelace and Alan Turing (to appear at CraftConf)")) == ()
    assert [a.name for a, _ in split_listed("Ada Lovelace and Alan Turing (to appear at CraftConf)", 0)] == ["Ada Lovelace", "Alan Turing"]
