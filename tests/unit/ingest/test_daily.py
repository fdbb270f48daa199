"""Pages of titles and abstracts in turn."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from confgraph.ingest import ingest
from confgraph.records import Page, Reading, TextClass

Make = Callable[..., Page]

LONG = (
    "We show that one more card makes the engine weave one more row of numbers, and that this holds "
    "for every card and every engine that we could lay our hands on in the long years of this study."
)
SHORT = "We sort cards. It takes a while."
TITLES = ['Weaving with T\\"ulu', "URLBERT:A Card for Every Address", "Do Engines Dream?", "Sorting 20\\% of All Cards"]
DAILY = "\n\n".join(
    [
        "new",
        "Get cards in your email inbox!",
        "Subscribe",
        "Daily Cards",
        "by the weavers",
        TITLES[0],
        LONG,
        TITLES[1],
        LONG,
        TITLES[2],
        SHORT,
        TITLES[3],
        LONG,
    ]
)


@pytest.fixture(scope="module")
def daily(make_page: Make) -> Reading:
    return ingest(make_page(DAILY))


def test_titles_and_abstracts_take_turns(daily: Reading) -> None:
    assert daily.layout == "daily"
    assert [(r.title, r.abstract) for r in daily.records] == [(TITLES[0], LONG), (TITLES[1], LONG), (TITLES[2], SHORT), (TITLES[3], LONG)]
    assert not any(r.authors or r.flags for r in daily.records)


def test_header_gives_no_record(daily: Reading) -> None:
    end = DAILY.index(TITLES[0])
    assert {s.text_class for s in daily.segments if s.start < end} == {TextClass.HEADER, TextClass.NAVIGATION}
    assert daily.segments[-1].text_class is TextClass.FIELD


def test_spans_are_the_printed_texts(daily: Reading) -> None:
    for record in daily.records:
        title, abstract, whole = (record.spans[k] for k in ("title", "abstract", "record"))
        assert DAILY[title.start : title.end] == record.title
        assert DAILY[abstract.start : abstract.end] == record.abstract
        assert (whole.start, whole.end) == (title.start, abstract.end)


def test_abstracts_may_be_wrapped_or_have_paragraphs(make_page: Make) -> None:
    wrapped = LONG.replace("numbers, ", "numbers,\n")
    page = DAILY.replace(f"{TITLES[1]}\n\n{LONG}", f"{TITLES[1]}\n\n{wrapped}\n\n{LONG}")
    assert [r.abstract for r in ingest(make_page(page)).records] == [LONG, f"{LONG} {LONG}", SHORT, LONG]


def test_two_records_with_the_same_words_keep_apart(make_page: Make) -> None:
    page = "\n\n".join([TITLES[0], LONG] * 3)
    records = ingest(make_page(page)).records
    assert len({r.id for r in records}) == 3
    assert [r.ordinal for r in records] == [1, 2, 3]


def test_ids_do_not_depend_on_the_rest_of_the_page(make_page: Make) -> None:
    before = {r.title: r.id for r in ingest(make_page(DAILY)).records}
    after = {r.title: r.id for r in ingest(make_page(DAILY.replace("Daily Cards", "Weekly Cards").replace(SHORT, "We sort."))).records}
    assert [before[t] == after[t] for t in TITLES] == [True, True, False, True]


def test_two_lines_of_a_foot_are_no_entry(make_page: Make) -> None:
    page = DAILY + "\n\nWeaving Days 2031 Notes\n\nNotes of an episode."
    assert [r.title for r in ingest(make_page(page)).records] == TITLES
    last = DAILY + f"\n\nLooms for All of Us\n\n{SHORT} {SHORT}"
    assert len(ingest(make_page(last)).records) == len(TITLES) + 1


def test_what_says_that_an_abstract_is_missing_stands_for_it(make_page: Make) -> None:
    page = DAILY.replace(SHORT, "No abstract available.").replace(f"{TITLES[1]}\n\n{LONG}", f"{TITLES[1]}\n\nAbstract Unavailable")
    records = ingest(make_page(page)).records
    assert [r.title for r in records] == TITLES
    assert [r.abstract for r in records] == [LONG, "Abstract Unavailable", "No abstract available.", LONG]
