"""Headings of sessions, days and breaks."""

from __future__ import annotations

import pytest

from confgraph.ingest.headings import is_break, is_day, is_session
from confgraph.ingest.labels import read_by, read_label
from confgraph.ingest.lines import Line
from confgraph.ingest.notes import is_note, read_ids, read_links, read_room


@pytest.mark.parametrize(
    "text",
    ["Session 3: Learning Theory", "Oral Session 2A", "Track A — Graphs", "Sitzung 4: Sehen", "## Poster Session", "Séance 2 : Vision"],
)
def test_sessions(text: str) -> None:
    assert is_session(text)


@pytest.mark.parametrize(
    "text", ["Sessions of Engines", "Tracking Cards", "Representing Part-Whole Relationships", "Blocks World Revisited", ""]
)
def test_titles_are_no_sessions(text: str) -> None:
    assert not is_session(text)


@pytest.mark.parametrize(
    "text", ["Tuesday", "Tuesday, 12 December", "Day 2", "Mittwoch", "12 December 2031", "December 12", "2031-12-05", "Jeudi 5 mai"]
)
def test_days(text: str) -> None:
    assert is_day(text)


@pytest.mark.parametrize("text", ["Daylight in Halls", "Friday Problems of Looms", "May Looms Weave", "12 Cards"])
def test_titles_are_no_days(text: str) -> None:
    assert not is_day(text)


def test_breaks_are_short() -> None:
    assert all(map(is_break, ("Coffee break", "Lunch", "Mittagspause"[:6], "Registration and Welcome")))
    assert not is_break("Opening the Black Box of Deep Looms")


def test_labels_in_other_languages() -> None:
    kinds = {
        text: label.kind for text in ("Autoren: X", "Auteurs : X", "Titel: X", "Schlagwörter: X", "Cards: X") if (label := read_label(text))
    }
    assert list(kinds.values()) == ["people", "people", "title", "note", None]
    assert read_by("von Ada Lovelace") == 4
    assert read_by("Vonnegut and Lovelace") == 0


@pytest.mark.parametrize("text", ["Room for Cards", "Paper Cards", "Coding with Looms", "Ada Lovelace"])
def test_titles_and_names_are_no_notes(text: str) -> None:
    assert not is_note(text)


def test_rooms_links_and_ids_stand_where_they_say() -> None:
    text = "Room: Hall 3"
    room = read_room(Line(0, len(text), text, 0))
    assert room is not None
    assert text[room.start : room.end] == "Hall 3"
    text = "see (https://example.org/a), doi:10.1000/xyz.1 and arXiv:2101.00001v2."
    line = Line(0, len(text), text, 0)
    assert [text[at.start : at.end] for at in read_links(line)] == ["https://example.org/a"]
    assert [(scheme, text[at.start : at.end]) for scheme, at in read_ids(line)] == [("doi", "10.1000/xyz.1"), ("arxiv", "2101.00001v2")]
