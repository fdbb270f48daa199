"""Views of page text: clean to read, and every character leads back to its place."""

from __future__ import annotations

import pytest

from confgraph.records import Span
from confgraph.text import fold, joined, plain, view, words

CLEANED = {
    "font command": (r"a \emph{fast} rule", "a fast rule"),
    "nested font commands": (r"\textbf{\emph{both}}", "both"),
    "font switch": (r"{\em Slow} and {\bf loud}", "Slow and loud"),
    "braces inside a font command": (r"{\bf a {b} c}", "a {b} c"),
    "coloured text": (r"\textcolor{red}{hot}", "hot"),
    "per cent": (r"20\% less", "20% less"),
    "other escapes": (r"\_ \& \# \$ \{ \}", "_ & # $ { }"),
    "umlaut": (r"T\"ulu", "Tülu"),
    "braced accent": (r"Erd\H{o}s", "Erdős"),
    "accent in outer braces": (r"Fr{\'e}chet", "Fréchet"),
    "accent on a dotless i": (r"na{\"\i}ve", "naïve"),
    "letters without a base": (r"\O{}rsted, Stra\ss e, \L ukasz", "Ørsted, Straße, Łukasz"),
    "tie": ("Figure~3", "Figure 3"),
    "tilde that is no tie": ("~50 tasks", "~50 tasks"),
    "quotes": ("``so'' they say", '"so" they say'),
    "undefined macro": (r"\name and \datanet{} win", r"\name and \datanet{} win"),
    "command that begins like a letter": (r"\log n and \LaTeX", r"\log n and \LaTeX"),
    "math": (r"of $a_{b} * \emph{c}$ steps", r"of $a_{b} * \emph{c}$ steps"),
    "two prices": ("$5 and\n$6", "$5 and $6"),
    "unmatched braces": ("}{", "}{"),
    "wrapped word": ("a develop-\nment of it", "a development of it"),
    "wrapped word with spaces": ("a develop- \n  ment of it", "a development of it"),
    "wrapped compound": ("state-of-\nthe-art", "state-of-the-art"),
    "shared ending": ("warp-\nand weft-based", "warp- and weft-based"),
    "hyphen before a capital": ("the Kullback-\nLeibler rule", "the Kullback- Leibler rule"),
    "line end": ("one\ntwo\n\n three", "one two three"),
    "bullet": ("We win. * We lose.", "We win. We lose."),
    "glued bullet": ("We win.* We lose.", "We win. We lose."),
    "empty bullet": ("We win. * * We lose.", "We win. We lose."),
    "round bullets": ("first • second ‣ third", "first second third"),
    "star that is no bullet": ("the a* search and C*-algebras", "the a* search and C*-algebras"),
    "url": ("see https://a.org/x*y_z~q * now", "see https://a.org/x*y_z~q now"),
    "bullet glued to a url": ("at https://a.org/x.* * Next", "at https://a.org/x. Next"),
    "no-break space": ("at\u00a01:02", "at 1:02"),
    "hidden characters": ("soft\u00adly zero\u200bwidth\ufeff", "softly zerowidth"),
    "white space only": (" \n\t ", ""),
    "nothing": ("", ""),
}


@pytest.mark.parametrize("case", CLEANED)
def test_view_reads_as_people_do(case: str) -> None:
    printed, clean = CLEANED[case]
    assert view(printed, 0, len(printed)).text == clean


@pytest.mark.parametrize("case", CLEANED)
def test_every_clean_character_has_a_place_in_order(case: str) -> None:
    page = "before " + CLEANED[case][0] + " after"
    start, end = 7, len(page) - 6
    v = view(page, start, end)
    assert len(v.text) == len(v.starts) == len(v.ends)
    assert all(start <= s < e <= end for s, e in zip(v.starts, v.ends, strict=True))
    assert list(v.starts) == sorted(v.starts)
    assert list(v.ends) == sorted(v.ends)


@pytest.mark.parametrize("case", CLEANED)
def test_unchanged_letters_stand_at_their_own_place(case: str) -> None:
    page = CLEANED[case][0]
    v = view(page, 0, len(page))
    single = [(c, page[s:e]) for c, s, e in zip(v.text, v.starts, v.ends, strict=True) if e - s == 1 and not c.isspace()]
    assert all(clean == printed for clean, printed in single)


def test_all_cases_are_collected() -> None:
    assert len(CLEANED) == 37


@pytest.mark.parametrize(
    ("page", "found", "printed"),
    [
        ("We over-\nview it", "overview", "over-\nview"),
        (r"the T\"ulu model", "Tülu", r"T\"ulu"),
        (r"about 20\% less", "20%", r"20\%"),
        ("one\u00a0 \n two", "one two", "one\u00a0 \n two"),
        (r"a {\em Slow} one", "Slow", "Slow"),
        ("end.* Next one", "end. Next", "end.* Next"),
    ],
)
def test_span_of_clean_words_is_the_printed_text(page: str, found: str, printed: str) -> None:
    v = view(page, 0, len(page))
    at = v.text.index(found)
    span = v.span(at, at + len(found))
    assert page[span.start : span.end] == printed


def test_view_of_a_part_counts_from_the_page() -> None:
    v = view("skip this. Read that", 11, 20)
    assert (v.text, v.span(0, 4)) == ("Read that", Span(11, 15))


def test_joined_keeps_the_printed_words() -> None:
    assert joined("a \\emph{de-\nvice},\n 20\\% of $x$.* B") == "a \\emph{device}, 20\\% of $x$. B"


def test_plain_composes_letters() -> None:
    assert plain("Jose\u0301") == plain(r"Jos\'e") == "José"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Low‑Rank", "low-rank"), ("Heun’s", "Heun's"), ("ﬁne", "fine"), ("STRASSE", "straße"), ("a–b", "a-b"), ("“x”", '"x"')],
)
def test_fold_makes_spellings_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_fold_keeps_accents_apart() -> None:
    assert fold("Ré") != fold("Re")


def test_words_keep_what_tells_languages_apart() -> None:
    assert [words(t) for t in ("C", "C++", "C#")] == [["c"], ["c++"], ["c#"]]
    assert words("x+y") == ["x", "y"]
    assert words("...") == []
