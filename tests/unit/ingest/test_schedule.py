"""Schedules: times, titles, speakers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from confgraph.ingest import ingest
from confgraph.ingest.marks import TIME
from confgraph.records import Page, Reading, RecordKind, TextClass

Make = Callable[..., Page]

SCHEDULE = """\
ICML 2019 Programme

Tuesday, 12 December
08:30 - 09:00  Registration
09:00 - 09:15  Cards That Weave
    Ada Lovelace, University of London; Alan Turing, University of Manchester, UK
09:15 - 09:30  Dreams of Compilers
    Grace Hopper, Yale
09:30 - 10:00  Coffee break

Session 2: Long Tasks
10:00 - 10:15  Halting
    Kurt Gödel, Institute for Advanced Study; Cher, Princeton
Room: Hall 3
10:15 - 11:00  Keynote: Looms
    Joseph Jacquard, Lyon University

Next day
09:00 - 09:15  Deep Sorting
    Tony Hoare, University of Oxford
"""


@pytest.fixture(scope="module")
def schedule(make_page: Make) -> Reading:
    return ingest(make_page(SCHEDULE))


def test_talks_are_read(schedule: Reading) -> None:
    assert schedule.layout == "schedule"
    assert [(r.title, r.start_time, r.end_time) for r in schedule.records] == [
        ("Cards That Weave", "09:00", "09:15"),
        ("Dreams of Compilers", "09:15", "09:30"),
        ("Halting", "10:00", "10:15"),
        ("Keynote: Looms", "10:15", "11:00"),
        ("Deep Sorting", "09:00", "09:15"),
    ]
    assert [r.kind for r in schedule.records][2:4] == [RecordKind.PAPER, RecordKind.TALK]
    assert [r.room for r in schedule.records] == [None, None, "Hall 3", None, None]


def test_speakers_have_institutions(schedule: Reading) -> None:
    assert [[(a.name, a.affiliations) for a in r.authors] for r in schedule.records[:3]] == [
        [("Ada Lovelace", ("University of London",)), ("Alan Turing", ("University of Manchester, UK",))],
        [("Grace Hopper", ("Yale",))],
        [("Kurt Gödel", ("Institute for Advanced Study",)), ("Cher", ("Princeton",))],
    ]


def test_sessions_hold_until_the_next_day(schedule: Reading) -> None:
    assert [r.session for r in schedule.records] == [None, None, "Session 2: Long Tasks", "Session 2: Long Tasks", None]


def test_breaks_and_days_are_facts_and_no_records(schedule: Reading) -> None:
    for words in ("Registration", "Coffee break", "Next day", "Session 2"):
        at = SCHEDULE.index(words)
        assert next(s.text_class for s in schedule.segments if s.start <= at < s.end) is TextClass.FACT


@pytest.mark.parametrize(
    "style",
    ["{t} {title} ({people})", "{t} | {title} | {people}", "{t} {people}: {title}", "[{t}] {title} — {people}", "{t}\n{title}\n{people}"],
)
def test_speakers_may_stand_beside_the_title(make_page: Make, style: str) -> None:
    entries = [
        ("9:00", "Cards That Weave", "Ada Lovelace, Alan Turing"),
        ("9:30am", "Dreams of All Compilers", "Grace Hopper and Jean Bartik"),
        ("14h15", "Halting All Long Tasks", "Kurt Gödel"),
        ("15.30 Uhr", "Sorting in the Deep", "Tony Hoare, Edsger Dijkstra"),
    ]
    text = "\n".join(style.format(t=time, title=title, people=people) for time, title, people in entries)
    reading = ingest(make_page(f"Programm\n\n{text}\n"))
    assert [(r.start_time, r.title, len(r.authors)) for r in reading.records] == [
        (time, title, 1 + people.count(",") + people.count(" and ")) for time, title, people in entries
    ]


@pytest.mark.parametrize("text", ["9:00 Cards", "09:00–09:15 Cards", "[10:30] Cards", "9h30 Cards", "2pm Cards", "9.30 Uhr: Cards"])
def test_times_open_lines(text: str) -> None:
    m = TIME.match(text)
    assert m is not None
    assert text[m.end() :] == "Cards"


@pytest.mark.parametrize("text", ["01.07.1990", "12 Huge Cards", "0:01:19 Cards", "3.14 is pi"[:0], "Cards at 9:00", "5 H. Lovelace"])
def test_other_numbers_are_no_times(text: str) -> None:
    assert TIME.match(text) is None


def test_brackets_in_an_institution_make_it_no_person(make_page: Make) -> None:
    slots = [
        ("09:00", "Cards That Weave", "Ada Lovelace, University of London; Alan Turing, Hut 8 Institute"),
        (
            "09:20",
            "Looms for All",
            "Grace Hopper, IWL Looms (Institute of Weaving Looms); Jean Bartik, IWL Looms (Institute of Weaving Looms)",
        ),
        ("09:40", "Do Compilers Dream?", "Kurt Gödel, University of Vienna"),
    ]
    text = "Programme\n\n" + "".join(f"{time}  {title}\n    {people}\n" for time, title, people in slots)
    record = ingest(make_page(text)).records[1]
    place = "IWL Looms (Institute of Weaving Looms)"
    assert [(a.name, a.affiliations) for a in record.authors] == [("Grace Hopper", (place,)), ("Jean Bartik", (place,))]
