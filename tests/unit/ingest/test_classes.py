"""Every character of a page has one class."""

from __future__ import annotations

from itertools import pairwise

import pytest

from confgraph.ingest.classes import classify, disjoint, gaps, shares
from confgraph.ingest.lines import split_lines
from confgraph.records import Segment, Span, TextClass

PAGE = """\
Engines Weekly
Subscribe
FIRST RECORD
Like and subscribe
We met all of these people in one small room.
SECOND RECORD
Like and subscribe
THIRD RECORD
Lone words
FOURTH RECORD
Engines Ltd
"""
RECORDS = [Span(PAGE.index(f"{n} RECORD"), PAGE.index(f"{n} RECORD") + len(n) + 7) for n in ("FIRST", "SECOND", "THIRD", "FOURTH")]


def class_of(text: str, segments: tuple[Segment, ...], page: str = PAGE) -> TextClass:
    at = page.index(text)
    return next(s.text_class for s in segments if s.start <= at < s.end)


@pytest.fixture(scope="module")
def segments() -> tuple[Segment, ...]:
    return classify(len(PAGE), split_lines(PAGE), [(span, TextClass.FIELD) for span in RECORDS])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Engines Weekly", TextClass.HEADER),
        ("Subscribe\n", TextClass.NAVIGATION),
        ("FIRST RECORD", TextClass.FIELD),
        ("Like and subscribe\nWe", TextClass.NAVIGATION),
        ("We met all", TextClass.COMMENTARY),
        ("Like and subscribe\nTHIRD", TextClass.NAVIGATION),
        ("Lone words", TextClass.UNCLASSED),
        ("Engines Ltd", TextClass.FOOTER),
    ],
)
def test_position_and_repetition_give_the_class(segments: tuple[Segment, ...], text: str, expected: TextClass) -> None:
    assert class_of(text, segments) is expected


def assert_partition(segments: tuple[Segment, ...], length: int) -> None:
    assert "".join("x" * (s.end - s.start) for s in segments) == "x" * length
    assert [s.start for s in segments] == [0, *(s.end for s in segments[:-1])]
    assert all(s.start < s.end for s in segments)


def test_segments_partition_the_page(segments: tuple[Segment, ...]) -> None:
    assert_partition(segments, len(PAGE))
    assert all(a.text_class is not b.text_class for a, b in pairwise(segments))


def test_no_record_leaves_all_unclassed() -> None:
    assert classify(9, split_lines("one\n two\n"), []) == (Segment(0, 9, TextClass.UNCLASSED),)


def test_an_empty_page_has_no_segment() -> None:
    assert classify(0, [], []) == ()


def test_a_page_of_marks_is_one_segment() -> None:
    assert classify(5, split_lines("- - -"), []) == (Segment(0, 5, TextClass.UNCLASSED),)


def test_a_page_may_be_one_record() -> None:
    assert classify(4, split_lines(" ab "), [(Span(1, 3), TextClass.FIELD)]) == (Segment(0, 4, TextClass.FIELD),)


def test_overlapping_places_are_clipped() -> None:
    placed = [
        (Span(0, 10), TextClass.FIELD),
        (Span(2, 4), TextClass.FACT),
        (Span(8, 12), TextClass.COMMENTARY),
        (Span(0, 3), TextClass.FACT),
    ]
    assert disjoint(placed) == [(Span(0, 10), TextClass.FIELD), (Span(10, 12), TextClass.COMMENTARY)]
    assert_partition(classify(20, split_lines("abcdefghijklmnopqrst"), placed), 20)


def test_gaps_are_the_bare_text_between_places() -> None:
    text = "ab [x] - [y] cd\n...\nef"
    assert [(g.text, text[g.start : g.end]) for g in gaps(split_lines(text), [Span(3, 6), Span(9, 12)])] == [
        ("ab", "ab"),
        ("cd", "cd"),
        ("ef", "ef"),
    ]


def test_a_place_may_cover_several_lines() -> None:
    assert [g.text for g in gaps(split_lines("one two\nthree\nfour five"), [Span(4, 18)])] == ["one", "five"]


def test_shares_add_up() -> None:
    parts = shares([Segment(0, 1, TextClass.HEADER), Segment(1, 4, TextClass.FIELD)])
    assert (parts["header"], parts["record field"], sum(parts.values())) == (0.25, 0.75, 1.0)
    assert list(parts) == [str(c) for c in TextClass]


def test_shares_of_nothing_are_zero() -> None:
    assert set(shares([]).values()) == {0.0}
