"""Programmes with the institution beside each name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from confgraph.ingest import ingest
from confgraph.ingest.lines import split_lines
from confgraph.ingest.programme import read_affiliated
from confgraph.records import Page, Reading, TextClass

Make = Callable[..., Page]

PROGRAMME = """\
ICML 2019 - Accepted Papers

09:00 - 09:20  Cards That Weave
Ada Lovelace (University of London), Alan Turing (University of Manchester (UK)) and Grace Hopper (Yale)
Abstract: We show that cards can weave numbers.

2. Do Compilers Dream?
Grace Hopper (Yale), Jean Bartik, Kay Antonelli (University of Pennsylvania)
Abstract: We ask what a compiler
dreams of.

Halting
Kurt Gödel (Institute for Advanced Study, Princeton); Alonzo Church ()

Engines Society
"""


@pytest.fixture(scope="module")
def programme(make_page: Make) -> Reading:
    return ingest(make_page(PROGRAMME))


def test_papers_are_read(programme: Reading) -> None:
    assert programme.layout == "programme"
    assert [(r.title, r.start_time, r.end_time) for r in programme.records] == [
        ("Cards That Weave", "09:00", "09:20"),
        ("Do Compilers Dream?", None, None),
        ("Halting", None, None),
    ]
    assert [r.abstract for r in programme.records] == ["We show that cards can weave numbers.", "We ask what a compiler dreams of.", None]
    assert {r.year for r in programme.records} == {2019}


def test_institutions_stand_with_their_names(programme: Reading) -> None:
    assert [[(a.name, a.affiliations) for a in r.authors] for r in programme.records] == [
        [("Ada Lovelace", ("University of London",)), ("Alan Turing", ("University of Manchester (UK)",)), ("Grace Hopper", ("Yale",))],
        [("Grace Hopper", ("Yale",)), ("Jean Bartik", ()), ("Kay Antonelli", ("University of Pennsylvania",))],
        [("Kurt Gödel", ("Institute for Advanced Study, Princeton",)), ("Alonzo Church", ())],
    ]
    assert all(PROGRAMME[a.start : a.end] == a.name for r in programme.records for a in r.authors)


def test_an_acronym_with_a_number_is_no_number_of_the_entry(make_page: Make) -> None:
    titles = ["HX3: Weaving With Three Hooks", "Cards That Weave", "Looms for All", "Do Compilers Dream?"]
    entries = [f"{title}\nAda Lovelace (University of London), Alan Turing (Hut 8)\nAbstract: We show it.\n" for title in titles]
    assert [r.title for r in ingest(make_page("\n".join(entries))).records] == titles
    numbered = "\n".join(f"P{n}: {entry}" for n, entry in enumerate(entries, 1))
    assert [r.title for r in ingest(make_page(numbered)).records] == titles


def test_a_note_below_the_title_is_no_part_of_it(make_page: Make) -> None:
    titles = ["Cards That Weave by Night and by Day in Winter", "Looms for All of Us Who Have Never Seen a Loom", "Do Compilers Dream?"]
    entries = [f"{title}\nPDF\nAda Lovelace (University of London), Alan Turing (Hut 8)\nAbstract: We show it.\n" for title in titles]
    assert [r.title for r in ingest(make_page("\n".join(entries))).records] == titles


def test_people_may_follow_a_label(make_page: Make) -> None:
    titles = ["Cards That Weave", "Looms for All", "Do Compilers Dream?"]
    text = "".join(
        f"{n}. {t}\n   by A. Lovelace (Hut 8 Institute, London), Alan Turing (Yale)\nAbstract\nWe show it.\n"
        for n, t in enumerate(titles, 1)
    )
    records = ingest(make_page(text)).records
    assert [(r.title, [a.name for a in r.authors]) for r in records] == [(title, ["A. Lovelace", "Alan Turing"]) for title in titles]


def test_a_name_of_common_words_is_one_where_an_institution_follows(make_page: Make) -> None:
    titles = ["Cards That Weave", "Looms for All", "Do Compilers Dream?"]
    text = "".join(f"{t}\nAda Lovelace (Yale), In Do Over (Hut 8 Institute), Alan Turing (MIT)\nAbstract: We show it.\n\n" for t in titles)
    assert [[a.name for a in r.authors] for r in ingest(make_page(text)).records] == [["Ada Lovelace", "In Do Over", "Alan Turing"]] * 3


def test_closing_line_is_a_footer(programme: Reading) -> None:
    assert programme.segments[-1].text_class is TextClass.FOOTER


def test_institutions_are_named_once_with_every_place(make_page: Make) -> None:
    text = (
        "Sorting Engines\nAda Lovelace (Analytical Society), Alan Turing (Bletchley (Hut 8)), Grace Hopper (Analytical Society)\n"
        "Abstract: We sort engines by weight and say why that is of use to the people who carry them up the stairs.\n\n"
        "Compiling Looms\nJoan Clarke (Hut 8)\nAbstract: We compile patterns for looms and the cloth is as even as that of a weaver.\n"
    )
    page = make_page(text)
    record, other = ingest(page).records
    assert [i.name for i in record.institutions] == ["Analytical Society", "Bletchley (Hut 8)"]
    assert [page.text[m.start : m.end] for m in record.institutions[0].mentions] == ["Analytical Society"] * 2
    assert record.institutions[0].mentions[1].start > text.index("Grace Hopper")
    assert [i.name for i in other.institutions] == ["Hut 8"]


@pytest.mark.parametrize(
    "text",
    [
        "We compare speed (fast), memory (small) and more",
        "Ada Lovelace, Alan Turing",
        "Cards (CTW)",
        "(ETH)",
        "Ada Lovelace (ETH",
        "",
        "Results (see below), all of them are new",
    ],
)
def test_other_lines_are_no_affiliated_authors(text: str) -> None:
    lines = split_lines(text)
    assert not lines or read_affiliated(lines[0]) == ()


def test_a_title_with_an_acronym_is_no_author(make_page: Make) -> None:
    page = PROGRAMME.replace("Halting\n", "Deep Halting Networks (DHN)\n")
    assert [r.title for r in ingest(make_page(page)).records] == ["Cards That Weave", "Do Compilers Dream?", "Deep Halting Networks (DHN)"]


def test_a_list_of_authors_may_be_wrapped(make_page: Make) -> None:
    page = PROGRAMME.replace("(Yale), Jean Bartik", "(Yale),\nJean Bartik")
    reading = ingest(make_page(page))
    assert [len(r.authors) for r in reading.records] == [3, 3, 2]
    assert reading.records[1].abstract == "We ask what a compiler dreams of."
