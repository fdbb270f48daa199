"""Time stamps, and the papers that they present."""

from __future__ import annotations

import pytest

from confgraph.ingest.people import split_authors
from confgraph.ingest.sketch import Draft
from confgraph.ingest.stamps import assign, read_stamp
from confgraph.records import RecordKind, Span, Talk

TITLES = ["On Analytical Engines", "Direct Sorting Networks", "Weaving with Cards"]
PEOPLE = ["Ada Lovelace", "Alan Turing", "Grace Hopper et al."]
PAGE = "\n".join(TITLES)


def drafts(count: int = 3) -> list[Draft]:
    spans = [Span(PAGE.index(t), PAGE.index(t) + len(t)) for t in TITLES[:count]]
    return [Draft(RecordKind.PAPER, s, title=s, authors=split_authors(p, 0)) for s, p in zip(spans, PEOPLE, strict=False)]


def stamps(*texts: str) -> list[Talk]:
    talks = [read_stamp(text, Span(0, len(text))) for text in texts]
    return [talk for talk in talks if talk]


def labels(found: tuple[Draft, ...]) -> list[list[str]]:
    return [[talk.label for talk in draft.talks] for draft in found]


@pytest.mark.parametrize(
    ("text", "time", "label", "speakers"),
    [
        ("[0:01:19] Engines (Ada Lovelace)", "0:01:19", "Engines", ["Ada Lovelace"]),
        ("[1:25:38]\u00a0Engines (Ada Lovelace, Alan Turing)", "1:25:38", "Engines", ["Ada Lovelace", "Alan Turing"]),
        ("(12:03) Engines", "12:03", "Engines", []),
        ("12:03 - Engines", "12:03", "Engines", []),
        ("1:02:03: Engines of\n old", "1:02:03", "Engines of old", []),
    ],
)
def test_stamp_is_read(text: str, time: str, label: str, speakers: list[str]) -> None:
    talk = read_stamp(text, Span(0, len(text)))
    assert talk is not None
    assert (talk.start_time, talk.label, [s.name for s in talk.speakers]) == (time, label, speakers)
    assert all(text[s.start : s.end] == s.name for s in talk.speakers)


def test_what_is_glued_to_the_bracket_is_no_part_of_it() -> None:
    text = "[0:28:48] Engines (Ada Lovelace)Papers covered"
    talk = read_stamp(text, Span(0, len(text)))
    assert talk is not None
    assert text[talk.start : talk.end] == "[0:28:48] Engines (Ada Lovelace)"


@pytest.mark.parametrize("text", ["Engines", "[Engines]", "12 papers", "1:2 Engines", "0:01:19", "[0:01:19] (Ada Lovelace)", "0:01:19 - 2"])
def test_other_texts_are_no_stamp(text: str) -> None:
    assert read_stamp(text, Span(0, len(text))) is None


def test_speakers_lead_to_their_papers() -> None:
    talks = stamps("[0:01] Opening Words (Lovelace)", "[0:02] More (Alan Turing)", "[0:03] Last (Hopper)")
    assert labels(assign(PAGE, drafts(), talks)) == [["Opening Words"], ["More"], ["Last"]]


def test_a_poster_session_is_a_second_talk_of_its_paper() -> None:
    talks = stamps("[0:01] Engines (A B)", "[0:02] Engines Poster Session (C D)", "[0:03] Sorting (E F)", "[0:04] Cards (G H)")
    found = assign(PAGE, drafts(), talks)
    assert labels(found) == [["Engines", "Engines Poster Session"], ["Sorting"], ["Cards"]]
    assert [t.kind for t in found[0].talks] == ["talk", "poster"]


def test_initials_lead_to_a_title() -> None:
    assert labels(assign(PAGE, drafts(), stamps("[0:01] DSN (Nobody Known)"))) == [[], ["DSN"], []]


def test_as_many_stamps_as_papers_go_by_order() -> None:
    assert labels(assign(PAGE, drafts(), stamps("[0:01] One", "[0:02] Two", "[0:03] Three"))) == [["One"], ["Two"], ["Three"]]


def test_order_alone_proves_nothing_where_numbers_differ() -> None:
    assert labels(assign(PAGE, drafts(), stamps("[0:01] Hello", "[0:02] Goodbye"))) == [[], [], []]


def test_stamps_of_other_subjects_are_left_out() -> None:
    talks = stamps("[0:01] Welcome", "[0:02] Engines", "[0:03] News", "[0:04] Cards")
    assert labels(assign(PAGE, drafts(), talks)) == [["Engines"], [], ["Cards"]]


def test_no_stamps_and_no_papers_are_fine() -> None:
    assert labels(assign(PAGE, drafts(), [])) == [[], [], []]
    assert assign(PAGE, [], stamps("[0:01] Engines")) == ()
    assert assign(PAGE, [], []) == ()
