"""Show notes in one paragraph of inline bullets."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from confgraph.ingest import ingest
from confgraph.records import Page, Reading, TextClass

Make = Callable[..., Page]

RECAP = (
    "NeurIPS 2023 Recap — Old Engines\n\nEngine Room: a podcast\n\nCatégories:\n\n"
    "NeurIPS 2023 took place from Dec 10–16 in New Orleans. We were there and talked to everyone who would talk.Enjoy the notes! "
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
