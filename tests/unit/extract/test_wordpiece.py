"""Words, pieces and shapes of raw text."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from confgraph.extract.wordpiece import SHAPES, WordPiece, shape_of

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "graph", "##s", "e", "naive", "-", "1", "##0", "(", "a", "##b", "图", "cafe"]


@pytest.fixture
def wordpiece() -> WordPiece:
    return WordPiece(VOCABULARY)


def pieces(wordpiece: WordPiece, text: str) -> list[str]:
    return [VOCABULARY[i] for i in wordpiece.cut(text).ids]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Graphs", ["graph", "##s"]),
        ("naïve-10", ["naive", "-", "1", "##0"]),
        ("cafe\u0301", ["cafe"]),
        ("café", ["cafe"]),
        ("unheard of", ["[UNK]", "[UNK]"]),
        ("图图", ["图", "图"]),
        ("ab" * 80, ["[UNK]"]),
        ("", []),
        (" \n\u00a0", []),
        ("\u0301", []),
    ],
)
def test_cuts_as_bert_does(wordpiece: WordPiece, text: str, expected: list[str]) -> None:
    assert pieces(wordpiece, text) == expected


def test_a_word_without_white_space_before_it_has_another_shape(wordpiece: WordPiece) -> None:
    found = wordpiece.cut("graph-graph graph")
    assert [shape >= SHAPES // 2 for shape in found.shapes] == [False, True, True, False]
    assert found.shapes[0] == shape_of("graph")


@given(st.text())
def test_places_are_exact_and_in_order(text: str) -> None:
    found = WordPiece(VOCABULARY).cut(text)
    places = list(zip(found.starts, found.ends, strict=True))
    assert all(start < end and not text[start:end].isspace() for start, end in places)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(places))
    assert len(found.ids) == len(found.shapes)
    assert found.first == sorted(set(found.first))
    covered = {i for start, end in places for i in range(start, end)}
    assert all(i in covered for i, c in enumerate(text) if c.isascii() and c.isalnum())
