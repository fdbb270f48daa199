"""Listings of virtual conference sites: orals and tutorials."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from confgraph.ingest import ingest
from confgraph.records import Page, Reading, RecordKind, TextClass

Make = Callable[..., Page]

ORALS = """\
Skip to the menu Skip to the programme



Orals
Oral
Ada Lovelace · Alan Turing

[ Hall A, B3 (level 2) ]

Abstract

We show that cards can weave numbers.Our engine needs 20\\% fewer of them, at https://example.org/engine.

Oral
Grace Hopper
[ Room R06-R09 ]
Abstract
Compilers turn $words$ into numbers.
Oral
Mark van der Laan · YU HUANG · Shahul ES

[ Hall A, B3 (level 2) ]

Abstract

An \\emph{estimate} of what a longer text would have said about all of …

Oral
Ada Lovelace · Grace Hopper

[ Hall C ]

Abstract

They prove that
the engine does halt, on every
in- put of the deve-
lopers.
"""


@pytest.fixture(scope="module")
def orals(make_page: Make) -> Reading:
    return ingest(make_page(ORALS))


def test_orals_are_read(orals: Reading) -> None:
    assert orals.layout == "orals"
    assert [[a.name for a in r.authors] for r in orals.records] == [
        ["Ada Lovelace", "Alan Turing"],
        ["Grace Hopper"],
        ["Mark van der Laan", "YU HUANG", "Shahul ES"],
        ["Ada Lovelace", "Grace Hopper"],
    ]
    assert [r.room for r in orals.records] == ["Hall A, B3 (level 2)", "Room R06-R09", "Hall A, B3 (level 2)", "Hall C"]
    assert {(r.kind, r.title, r.track) for r in orals.records} == {(RecordKind.PAPER, None, "Oral")}
    assert [r.ordinal for r in orals.records] == [1, 2, 3, 4]


def test_abstracts_keep_the_printed_words(orals: Reading) -> None:
    assert [r.abstract for r in orals.records] == [
        "We show that cards can weave numbers.Our engine needs 20\\% fewer of them, at https://example.org/engine.",
        "Compilers turn $words$ into numbers.",
        "An \\emph{estimate} of what a longer text would have said about all of …",
        "They prove that the engine does halt, on every in- put of the developers.",
    ]


def test_flags_tell_what_an_abstract_lacks(orals: Reading) -> None:
    assert [r.flags for r in orals.records] == [(), (), ("abstract cut",), ("summary by a third person",)]


def test_spans_cover_the_fields(orals: Reading) -> None:
    first = orals.records[0]
    printed = {name: ORALS[s.start : s.end] for name, s in first.spans.items()}
    assert printed["room"] == "Hall A, B3 (level 2)"
    assert printed["authors"] == "Ada Lovelace · Alan Turing"
    assert printed["track"] == "Oral"
    assert printed["record"].startswith("Oral\nAda")
    assert printed["record"].endswith("example.org/engine.")


def test_chrome_and_heading_are_no_record(orals: Reading) -> None:
    classes = [s.text_class for s in orals.segments]
    assert classes == [TextClass.NAVIGATION, TextClass.HEADER, TextClass.FIELD]


@pytest.mark.parametrize(
    ("marker", "label"), [("Spotlight", "Abstract"), ("Poster Presentation", "Abstract:"), ("Contributed Talk", "Summary")]
)
def test_another_host_has_other_words(make_page: Make, marker: str, label: str) -> None:
    page = ORALS.replace("Skip to the menu Skip to the programme", "Menu\nLog in").replace("Orals\n", "Accepted\n")
    page = page.replace("Oral\n", f"{marker}\n").replace("Abstract\n", f"{label}\n") + "\n\nSupport us\nEngines Society Ltd\n"
    reading = ingest(make_page(page))
    assert [len(r.authors) for r in reading.records] == [2, 1, 3, 2]
    assert [r.track for r in reading.records] == [marker] * 4
    assert reading.records[-1].abstract is not None
    assert reading.records[-1].abstract.endswith("the developers.")
    assert {s.text_class for s in reading.segments} == {TextClass.NAVIGATION, TextClass.HEADER, TextClass.FIELD, TextClass.FOOTER}


def test_titles_above_the_authors_are_titles(make_page: Make) -> None:
    titles = iter(["On Engines", "A Compiler, and Its Words", "Targeted Estimates?", "Halting"])
    page = "".join(f"Oral\n{next(titles)}\n" if line == "Oral\n" else line for line in ORALS.splitlines(keepends=True))
    reading = ingest(make_page(page))
    assert [r.title for r in reading.records] == ["On Engines", "A Compiler, and Its Words", "Targeted Estimates?", "Halting"]
    assert [len(r.authors) for r in reading.records] == [2, 1, 3, 2]


TUTORIALS = """\
Tutorials
Tutorial
[ West Hall C, B3 ]
Abstract
In this tutorial we explain how engines weave.
Every step is shown on cards that the partici-
pants punch, one by one, with state-of-
the-art tools.
Tutorial
[ West Hall C, B3 ]
Abstract
Compilers for all.
It is free …
Tutorial
[ East Room 9 ]
Abstract
Numbers can be estimated, we say, and estimates can be numbered.

Successful Page Load
"""


def test_tutorials_are_read(make_page: Make) -> None:
    reading = ingest(make_page(TUTORIALS))
    assert reading.layout == "tutorials"
    assert [(r.kind, r.room, r.authors) for r in reading.records] == [
        (RecordKind.TUTORIAL, "West Hall C, B3", ()),
        (RecordKind.TUTORIAL, "West Hall C, B3", ()),
        (RecordKind.TUTORIAL, "East Room 9", ()),
    ]
    assert reading.records[0].abstract == (
        "In this tutorial we explain how engines weave. "
        "Every step is shown on cards that the participants punch, one by one, with state-of-the-art tools."
    )
    assert reading.records[1].flags == ("abstract cut",)
    assert reading.records[2].abstract == "Numbers can be estimated, we say, and estimates can be numbered."
    assert [s.text_class for s in reading.segments] == [TextClass.HEADER, TextClass.FIELD, TextClass.FOOTER]


def test_an_author_who_recurs_alone_is_no_marker(make_page: Make) -> None:
    entries = [
        ("Ada Lovelace", "We sort engines by weight."),
        ("Grace Hopper · Alan Turing", "We compile."),
        ("Ada Lovelace", "We sort again."),
    ]
    text = "Orals\n" + "\n".join(f"Oral\n{people}\n\n[ Hall A ]\n\nAbstract\n\n{abstract}\n" for people, abstract in entries)
    reading = ingest(make_page(text))
    assert [[a.name for a in record.authors] for record in reading.records] == [
        ["Ada Lovelace"],
        ["Grace Hopper", "Alan Turing"],
        ["Ada Lovelace"],
    ]
    assert [record.abstract for record in reading.records] == [abstract for _, abstract in entries]


@pytest.mark.parametrize(
    ("marker", "numbers"), [("Poster", ["#12", "#3", "104"]), ("Oral", ["3B", "4A", "C"]), ("Contributed Talk", ["1", "2", "3"])]
)
def test_markers_may_have_numbers(make_page: Make, marker: str, numbers: list[str]) -> None:
    page = "".join(f"{marker} {n}\nAda Lovelace · Alan Turing\n[ Hall A ]\nAbstract\nWe weave cards.\n" for n in numbers)
    records = ingest(make_page(f"All of them\n{page}")).records
    assert [(r.track, r.room, len(r.authors), r.abstract) for r in records] == [(marker, "Hall A", 2, "We weave cards.")] * 3


@pytest.mark.parametrize("marker", ["Tutorial", "Talk"])
def test_a_short_line_that_names_nobody_is_the_title(make_page: Make, marker: str) -> None:
    titles = ["Weaving with Cards", "Looms", "How to halt"]
    page = "".join(f"{marker}\n{title}\n[ Hall A ]\nAbstract\nWe explain it all.\n" for title in titles)
    assert [(r.title, r.authors) for r in ingest(make_page(page)).records] == [(title, ()) for title in titles]


def test_an_odd_lone_name_among_authors_is_an_author(make_page: Make) -> None:
    page = "".join(f"Oral\n{name}\n[ Hall A ]\nAbstract\nWe weave cards.\n" for name in ("Ada Lovelace", "Alan Turing", "Cher"))
    assert [[a.name for a in r.authors] for r in ingest(make_page(page)).records] == [["Ada Lovelace"], ["Alan Turing"], ["Cher"]]


def test_an_abstract_that_recurs_is_no_marker(make_page: Make) -> None:
    titles = ["Cards That Weave", "Do Compilers Dream?", "Looms for All", "Halting All Long Tasks"]
    bodies = ["Abstract Unavailable", "Abstract Unavailable", "We show that one more card makes the engine weave.", "Abstract Unavailable"]
    entries = zip(titles, bodies, strict=True)
    text = "Orals\n" + "".join(f"Oral\n{t}\nAda Lovelace · Alan Turing\n\n[ Hall A ]\n\nAbstract\n\n{body}\n\n" for t, body in entries)
    assert [(r.title, r.abstract) for r in ingest(make_page(text)).records] == list(zip(titles, bodies, strict=True))
