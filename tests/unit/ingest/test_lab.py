"""News pages of labs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from confgraph.ingest import ingest
from confgraph.records import Page, Reading, RecordKind, Sidecar, TextClass

Make = Callable[..., Page]

LAB = """\
05.12.2024
4 papers at NeurIPS 2024
38th Conference on Neural Information Processing Systems (NeurIPS 2024). Vancouver, Canada, 10.12.2024–15.12.2024
It is a joy to say that researchers of the Analytical Weaving Laboratory (AWL) have 4 papers at NeurIPS 2024:
Cards That Weave.
NeurIPS 2024 - 38th Conference on Neural Information Processing Systems. Vancouver, Canada, Dec 10-15, 2024. To be published. arXiv GitHub
Abstract
We show that cards can weave numbers.
AWL Authors
Do Compilers Dream?.
ENG @NeurIPS 2024 - Workshop Engines and Proc. of Cards at the 38th Conference. Vancouver, Canada. URL
Abstract
Compilers turn words into numbers. We ask why.
AWL Authors
Ada Lovelace*
* Former member
Targeted Estimates.
Workshop at NeurIPS 2024 - 38th Conference on Neural Information Processing Systems. Vancouver, Canada, Dec 10-15, 2024
Abstract
We estimate.
AWL Authors
Alan Turing
Engines & Artificial Minds
Halting.
NeurIPS 2024 - 38th Conference on Neural Information Processing Systems. Vancouver, Canada, Dec 10-15, 2024. arXiv
Abstract
It halts.
AWL Authors
Grace Hopper
Compiler Engineering
05.12.2024
Related
01.11.2024
Older news of the lab
"""


@pytest.fixture(scope="module")
def lab(make_page: Make) -> Reading:
    return ingest(make_page(LAB))


def test_papers_are_read(lab: Reading) -> None:
    assert lab.layout == "lab"
    assert [r.title for r in lab.records] == ["Cards That Weave", "Do Compilers Dream?", "Targeted Estimates", "Halting"]
    assert [r.kind is RecordKind.WORKSHOP_PAPER for r in lab.records] == [False, True, True, False]
    assert [r.abstract for r in lab.records] == [
        "We show that cards can weave numbers.",
        "Compilers turn words into numbers. We ask why.",
        "We estimate.",
        "It halts.",
    ]


def test_venue_leaves_out_place_dates_and_remarks(lab: Reading) -> None:
    assert [r.venue for r in lab.records] == [
        "NeurIPS 2024 - 38th Conference on Neural Information Processing Systems",
        "ENG @NeurIPS 2024 - Workshop Engines and Proc. of Cards at the 38th Conference",
        "Workshop at NeurIPS 2024 - 38th Conference on Neural Information Processing Systems",
        "NeurIPS 2024 - 38th Conference on Neural Information Processing Systems",
    ]


def test_authors_groups_and_notes_are_told_apart(lab: Reading) -> None:
    assert [[a.name for a in r.authors] for r in lab.records] == [[], ["Ada Lovelace"], ["Alan Turing"], ["Grace Hopper"]]
    assert [[i.name for i in r.institutions] for r in lab.records] == [[], [], ["Engines & Artificial Minds"], ["Compiler Engineering"]]


def test_the_lab_is_a_fact_of_the_page(lab: Reading) -> None:
    (organization,) = lab.facts.organizations
    assert (organization.name, organization.aliases) == ("Analytical Weaving Laboratory", ("AWL",))
    assert len(organization.mentions) == 1 + LAB.count("AWL Authors")
    assert LAB[organization.mentions[0].start : organization.mentions[0].end] == "Analytical Weaving Laboratory (AWL)"


def test_the_conference_is_a_fact_of_the_page(lab: Reading) -> None:
    conference = lab.facts.conference
    assert conference is not None
    assert (conference.label, conference.place) == ("NeurIPS 2024", "Vancouver, Canada")
    assert (conference.start_date, conference.end_date) == ("2024-12-10", "2024-12-15")
    assert {(r.event, r.year) for r in lab.records} == {("NeurIPS 2024", 2024)}


def test_header_and_footer_give_no_record(lab: Reading) -> None:
    segments = [(LAB[s.start : s.end], s.text_class) for s in lab.segments]
    assert segments[0] == ("05.12.2024\n4 papers at ", TextClass.HEADER)
    assert [text_class for _, text_class in segments[-3:]] == [TextClass.FOOTER, TextClass.NAVIGATION, TextClass.FOOTER]
    assert all(text_class is not TextClass.UNCLASSED for _, text_class in segments)
    assert lab.records[-1].spans["record"].end == LAB.index("\n05.12.2024\nRelated")


@pytest.mark.parametrize("label", ["Group Authors", "Our authors:", "CARD Authors"])
def test_another_lab_has_other_labels(make_page: Make, label: str) -> None:
    page = LAB.replace("AWL Authors", label).replace("(AWL)", "").replace("05.12.2024", "December 5, 2024")
    reading = ingest(make_page(page))
    assert [r.title for r in reading.records] == ["Cards That Weave", "Do Compilers Dream?", "Targeted Estimates", "Halting"]
    assert [len(r.authors) for r in reading.records] == [0, 1, 1, 1]
    assert [o.name for o in reading.facts.organizations] == (["CARD"] if label.startswith("CARD") else [])


def test_a_title_keeps_its_stop_where_the_layout_adds_none(make_page: Make) -> None:
    page = (
        LAB.replace("Weave.\n", "Weave\n").replace("Estimates.\n", "Estimates\n").replace("Halting.\n", "Halting etc.\n").replace("?.", "?")
    )
    assert [r.title for r in ingest(make_page(page)).records] == [
        "Cards That Weave",
        "Do Compilers Dream?",
        "Targeted Estimates",
        "Halting etc.",
    ]


def test_layout_named_for_a_page_without_labels_finds_nothing(make_page: Make) -> None:
    reading = ingest(make_page("One line\nand another", sidecar=Sidecar(layout="lab")))
    assert (reading.layout, reading.records, len(reading.rejects)) == ("lab", (), 1)


def test_names_without_capitals_are_members_of_the_lab(make_page: Make) -> None:
    page = LAB.replace("Ada Lovelace*", "Ada Lovelace\nalonzo church").replace("Grace Hopper", "grace hopper")
    records = ingest(make_page(page)).records
    assert [[a.name for a in r.authors] for r in records] == [[], ["Ada Lovelace", "alonzo church"], ["Alan Turing"], ["grace hopper"]]
    assert [[i.name for i in r.institutions] for r in records] == [[], [], ["Engines & Artificial Minds"], ["Compiler Engineering"]]
