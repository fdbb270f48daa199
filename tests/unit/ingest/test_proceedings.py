"""Proceedings that mark names with numbers of institutions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from confgraph.ingest import ingest
from confgraph.records import Page, Reading

Make = Callable[..., Page]

PROCEEDINGS = """\
Proceedings of ICML 2019

Cards That Weave
Ada Lovelace¹*, Alan Turing¹,²
¹ University of London
² University of Manchester (UK)
* Equal contribution
Abstract
We show that cards can weave numbers.

2. A Very Long Title on Compilers and on the Dreams That Are
Dreamt by Them
Grace Hopper¹, Jean Bartik²,
Kay Antonelli²
¹ Yale, ² University of Pennsylvania
{grace, jean}@example.org
Abstract: We ask what a compiler
dreams of.

Halting
Kurt Gödel¹
¹ Institute for Advanced Study

Engines Society
"""


@pytest.fixture(scope="module")
def proceedings(make_page: Make) -> Reading:
    return ingest(make_page(PROCEEDINGS))


def test_papers_are_read(proceedings: Reading) -> None:
    assert proceedings.layout == "proceedings"
    assert [r.title for r in proceedings.records] == [
        "Cards That Weave",
        "A Very Long Title on Compilers and on the Dreams That Are Dreamt by Them",
        "Halting",
    ]
    assert [r.abstract for r in proceedings.records] == ["We show that cards can weave numbers.", "We ask what a compiler dreams of.", None]
    assert {r.year for r in proceedings.records} == {2019}


def test_marks_lead_to_the_institutions(proceedings: Reading) -> None:
    assert [[(a.name, a.affiliations) for a in r.authors] for r in proceedings.records] == [
        [("Ada Lovelace", ("University of London",)), ("Alan Turing", ("University of London", "University of Manchester (UK)"))],
        [("Grace Hopper", ("Yale",)), ("Jean Bartik", ("University of Pennsylvania",)), ("Kay Antonelli", ("University of Pennsylvania",))],
        [("Kurt Gödel", ("Institute for Advanced Study",))],
    ]
    assert all(PROCEEDINGS[a.start : a.end] == a.name for r in proceedings.records for a in r.authors)


def test_institutions_stand_where_they_say(proceedings: Reading) -> None:
    for record in proceedings.records:
        for institution in record.institutions:
            assert {PROCEEDINGS[m.start : m.end] for m in institution.mentions} == {institution.name}
            assert len(set(institution.mentions)) == len(institution.mentions)


def test_a_title_with_an_exponent_is_no_list_of_people(make_page: Make) -> None:
    page = PROCEEDINGS.replace("Halting\n", "Halting in L²\n")
    assert ingest(make_page(page)).records[2].title == "Halting in L²"


def test_an_acronym_with_a_number_is_no_number_of_the_entry(make_page: Make) -> None:
    titles = ["HX3: Weaving With Three Hooks", "Cards That Weave", "Looms for All", "Do Compilers Dream?"]
    entries = [f"{title}\nAda Lovelace¹, Alan Turing²\n¹ University of London\n² Hut 8\nAbstract\nWe show it.\n" for title in titles]
    assert [r.title for r in ingest(make_page("\n".join(entries))).records] == titles


def test_a_note_below_the_title_is_no_part_of_it(make_page: Make) -> None:
    titles = ["Cards That Weave by Night and by Day in Winter", "Looms for All of Us Who Have Never Seen a Loom", "Do Compilers Dream?"]
    entries = [f"{title}\nPDF\nAda Lovelace¹, Alan Turing²\n¹ University of London\n² Hut 8\nAbstract\nWe show it.\n" for title in titles]
    assert [r.title for r in ingest(make_page("\n".join(entries))).records] == titles
