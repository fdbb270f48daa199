"""Show notes in one paragraph of inline bullets."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from confgraph.ingest import ingest
from confgraph.records import Page, Reading, TextClass

Make = Callable[..., Page]

RECAP = (
    "NeurIPS 2023 Recap — Old Engines\n\nEngine Room: a podcast\n\nCatégories:\n\n"
    "NeurIPS 2023 ran from Dec 10–16 in New Orleans. We were there and talked to everyone who would talk.Enjoy the notes! "
    "They are long, for there was much to say of cards and looms, and more of engines that nobody had seen at work before. "
    "Timestamps* [0:01:19]\u00a0Cards (Ada Lovelace)* [0:15:28] Dreams (Alan Turing)* [0:28:48] HALT (Kurt Gödel)"
    "* [0:41:36] HALT Poster Session (Alonzo Church)Papers covered"
    "* Cards That Weave (CTW) Ada Lovelace · Charles Babbage · Luigi F. Menabrea. We show that cards can weave numbers. "
    "The cards are at https://example.org/cards.* * They are free (for now).* They last.The cards won a prize"
    "* Do Compilers Dream? (Turing et al.)* They ask what a compiler dreams of, and it does not say (yet)."
    "* Some reflections on sleep* 2 minute video of a dream"
    "* HALT: Halting All Long Tasks (Gödel et al)* We halt.* All of it."
    "* Weaving at Scale (Grace Hopper, Jean Bartik, and Kay Antonelli). We weave more. We weave it faster."
    "See also our other notes"
)


@pytest.fixture(scope="module")
def recap(make_page: Make) -> Reading:
    return ingest(make_page(RECAP))


def test_papers_are_read(recap: Reading) -> None:
    assert recap.layout == "recap"
    assert [r.title for r in recap.records] == [
        "Cards That Weave (CTW)",
        "Do Compilers Dream?",
        "HALT: Halting All Long Tasks",
        "Weaving at Scale",
    ]
    assert [[(a.name, a.others) for a in r.authors] for r in recap.records] == [
        [("Ada Lovelace", False), ("Charles Babbage", False), ("Luigi F. Menabrea", False)],
        [("Turing", True)],
        [("Gödel", True)],
        [("Grace Hopper", False), ("Jean Bartik", False), ("Kay Antonelli", False)],
    ]


def test_abstracts_join_their_bullets(recap: Reading) -> None:
    assert [r.abstract for r in recap.records] == [
        "We show that cards can weave numbers. The cards are at https://example.org/cards. They are free (for now). They last.",
        "They ask what a compiler dreams of, and it does not say (yet).",
        "We halt. All of it.",
        "We weave more. We weave it faster.",
    ]
    assert recap.records[1].flags == ("summary by a third person",)


def test_talks_belong_to_their_papers(recap: Reading) -> None:
    assert [[(t.start_time, t.kind) for t in r.talks] for r in recap.records] == [
        [("0:01:19", "talk")],
        [("0:15:28", "talk")],
        [("0:28:48", "talk"), ("0:41:36", "poster")],
        [],
    ]
    assert [r.start_time for r in recap.records] == ["0:01:19", "0:15:28", "0:28:48", None]


def test_the_episode_is_the_event_and_the_conference_a_fact(recap: Reading) -> None:
    assert {r.event for r in recap.records} == {"NeurIPS 2023 Recap — Old Engines"}
    conference = recap.facts.conference
    assert conference is not None
    assert (conference.label, conference.place, conference.start_date) == ("NeurIPS 2023", "New Orleans", "2023-12-10")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Engine Room", TextClass.HEADER),
        ("We were there", TextClass.COMMENTARY),
        ("[0:01:19]", TextClass.FACT),
        ("Cards That", TextClass.FIELD),
        ("The cards won", TextClass.COMMENTARY),
        ("Some reflections", TextClass.COMMENTARY),
        ("See also", TextClass.NAVIGATION),
    ],
)
def test_other_text_has_its_class(recap: Reading, text: str, expected: TextClass) -> None:
    at = RECAP.index(text)
    assert next(s.text_class for s in recap.segments if s.start <= at < s.end) is expected
    assert TextClass.UNCLASSED not in {s.text_class for s in recap.segments}


def test_another_show_has_line_breaks_and_other_bullets(make_page: Make) -> None:
    notes = (
        "Compiler Talk 7\n\nShow notes\n\nChapters\n"
        "• 00:10 Cards (Ada Lovelace)\n• 07:30 Dreams\n\nPapers\n"
        "• Cards That Weave (Lovelace et al.)\n• We show that cards can weave numbers for all.\n"
        "• Do Compilers Dream? (Alan Turing, Grace Hopper)\n• We ask what a compiler dreams of at night.\n"
    )
    reading = ingest(make_page(notes.replace("\n• ", "* ")))
    assert [r.title for r in reading.records] == ["Cards That Weave", "Do Compilers Dream?"]
    assert [[t.start_time for t in r.talks] for r in reading.records] == [["00:10"], ["07:30"]]


def test_lists_may_keep_their_line_breaks(make_page: Make) -> None:
    notes = (
        "Compiler Talk 7\n\nPapers\n"
        "* Cards That Weave (Lovelace et al.)\n* We show that cards can weave numbers for all.\n"
        "* Do Compilers Dream? (Alan Turing, Grace Hopper)\n* We ask what a compiler dreams of at night.\n"
    )
    reading = ingest(make_page(notes))
    assert [(r.title, len(r.authors), r.abstract) for r in reading.records] == [
        ("Cards That Weave", 1, "We show that cards can weave numbers for all."),
        ("Do Compilers Dream?", 2, "We ask what a compiler dreams of at night."),
    ]


def test_a_stamp_between_title_and_summary_is_no_summary(make_page: Make) -> None:
    notes = (
        "Show\n\nPapers* Cards That Weave (Ada Lovelace)* [0:01] Cards* We show that cards can weave."
        "* Do Compilers Dream? (Alan Turing)* [0:09] Dreams* We ask why."
    )
    reading = ingest(make_page(notes))
    assert [r.abstract for r in reading.records] == ["We show that cards can weave.", "We ask why."]
    assert [[t.label for t in r.talks] for r in reading.records] == [["Cards"], ["Dreams"]]


def notes_with(item: str) -> str:
    return f"Show\n\nPapers* Cards That Weave (Ada Lovelace)* We weave.* {item}* Do Compilers Dream? (Alan Turing)* We ask why."


@pytest.mark.parametrize(
    ("item", "authors"),
    [
        ("Halting All Tasks (gödel et al.)* It halts.", ["gödel"]),
        ("Halting All Tasks (Kurt Gödel · alonzo church)* It halts.", ["Kurt Gödel", "alonzo church"]),
        ("Halting All Tasks (kurt · church7 · kg@example.org)* It halts.", ["kurt", "church", "kg@example.org"]),
        ("Halting All Tasks Kurt Gödel · alonzo church · Grace Hopper. It halts.", ["Kurt Gödel", "alonzo church", "Grace Hopper"]),
    ],
)
def test_odd_names_lose_no_paper(make_page: Make, item: str, authors: list[str]) -> None:
    record = ingest(make_page(notes_with(item))).records[1]
    assert (record.title, [a.name for a in record.authors], record.abstract) == ("Halting All Tasks", authors, "It halts.")


@pytest.mark.parametrize(
    ("item", "abstract"),
    [
        ("Halting All Tasks (Gödel et al.)* In the age of steam, engines that", "In the age of steam, engines that"),
        ("Halting All Tasks (Gödel et al.)* In short", "In short"),
        ("Halting All Tasks (Gödel et al.)* Watch the video", None),
    ],
)
def test_what_follows_a_title_is_the_abstract_though_unfinished(make_page: Make, item: str, abstract: str | None) -> None:
    assert ingest(make_page(notes_with(item))).records[1].abstract == abstract


def test_one_item_with_a_time_is_no_stamp(make_page: Make) -> None:
    reading = ingest(make_page(notes_with("Halting All Tasks (Kurt Gödel)* We halt.* 12:30 Lunch for everyone who halts")))
    assert [r.talks for r in reading.records] == [(), (), ()]
    assert TextClass.FACT not in {s.text_class for s in reading.segments}


def test_closing_words_glued_to_a_quote_are_no_abstract(make_page: Make) -> None:
    page = notes_with('Halting All Tasks (Kurt Gödel). We halt. We stop at "stop."Next week we go on')
    assert ingest(make_page(page)).records[1].abstract == 'We halt. We stop at "stop."'


def test_authors_may_be_unnamed(make_page: Make) -> None:
    text = (
        "Notes* Cards That Weave (Ada Lovelace, Alan Turing). * We show that cards can weave numbers."
        "* An engine for all looms (Anonymous). * We build one engine that drives them."
        "* Do Compilers Dream? (Grace Hopper, Jean Bartik). * We ask what they dream of."
    )
    records = ingest(make_page(text)).records
    assert [r.title for r in records] == ["Cards That Weave", "An engine for all looms", "Do Compilers Dream?"]
    assert records[0].abstract == "We show that cards can weave numbers."


def test_what_is_glued_to_capitals_is_no_part_of_the_last_abstract(make_page: Make) -> None:
    text = (
        "Notes* Cards That Weave (Ada Lovelace, Alan Turing). * We show that cards can weave numbers."
        "* Do Compilers Dream? (Grace Hopper, Jean Bartik). * We ask at https://example.org/ask/CARDS.See also our other notes"
    )
    assert [r.abstract for r in ingest(make_page(text)).records][1:] == ["We ask at https://example.org/ask/CARDS."]


def test_a_star_of_a_name_is_no_bullet(make_page: Make) -> None:
    text = (
        "Notes* Cards That Weave (Ada Lovelace, Alan Turing). * We show that cards can weave numbers."
        "* Weaving With A* (Bartik et al.). * We find the shortest thread by D* search, and not by A*"
        "* Do Compilers Dream? (Grace Hopper, Jean Bartik). * We ask what they dream of at https://example.org/dreams/.See also our notes"
    )
    records = ingest(make_page(text)).records
    assert [r.title for r in records] == ["Cards That Weave", "Weaving With A*", "Do Compilers Dream?"]
    assert records[1].abstract == "We find the shortest thread by D* search, and not by A*"
    assert records[2].abstract == "We ask what they dream of at https://example.org/dreams/."


def test_notes_may_be_of_one_paper(make_page: Callable[..., Page]) -> None:
    text = "Recap\n\nPapers covered* Cards That Weave (Ada Lovelace · Alan Turing). * We show that cards can weave numbers by night.\n"
    (record,) = ingest(make_page(text)).records
    assert (record.title, len(record.authors)) == ("Cards That Weave", 2)
    assert record.abstract == "We show that cards can weave numbers by night."


def test_rules_between_bullets_are_no_abstract(make_page: Callable[..., Page]) -> None:
    text = "\n".join(f"• {title} (Ada Lovelace, Alan Turing)\n\n* * *\n" for title in ("Cards That Weave", "Looms of Old", "Halting"))
    assert [record.abstract for record in ingest(make_page(text)).records] == [None] * 3
