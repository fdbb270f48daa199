"""Given names: which prints can be one person's, and which cannot."""

from __future__ import annotations

import pytest

from confgraph.resolve.given_names import Fit, block_of, fit
from confgraph.resolve.names import PersonName, parse

ONE_NAME = [
    ("Jun-Yan Lo", "Junyan Lo"),
    ("Jun-Yan Lo", "Jun Yan Lo"),
    ("JUN-YAN LO", "Jun-yan Lo"),
    ("Lo, Jun-Yan", "Jun-Yan Lo"),
    ("LOU Jun-Yan", "Jun-Yan Lou"),
    ("Nguyễn Văn Anh", "Nguyen Van Anh"),
    ("Jürgen Müller", "Juergen Mueller"),
    ("Søren Sørensen", "Soren Soerensen"),
    ("Łukasz Weiß", "Lukasz Weiss"),
    ("Jason O’Moor", "Jason O'Moor"),
    ("Ada Moor¹", "Ada Moor"),
    ("Ada Moor (莫)", "Ada Moor"),
    ("Ada Moor, Jr.", "Ada Moor"),
    ("H. Jin Moor", "H. Jin. Moor"),
]


@pytest.mark.parametrize(("left", "right"), ONE_NAME)
def test_one_name_in_two_prints(left: str, right: str) -> None:
    one, two = parse(left), parse(right)
    assert block_of(one) == block_of(two)
    assert fit(one, two) is Fit.FULL


@pytest.mark.parametrize(
    ("left", "right", "how"),
    [
        ("Ada Yrsa Moor", "Ada Moor", Fit.MIDDLE_MISSING),
        ("Ada Yrsa Moor", "Ada Y. Moor", Fit.FULL),
        ("Bob Moor", "Robert Moor", Fit.NICKNAME),
        ("Chris Moor", "Christopher T. Moor", Fit.NICKNAME),
        ("A. Y. Moor", "Ada Yrsa Moor", Fit.INITIALS),
        ("DY Moor", "Dana Yrsa Moor", Fit.INITIALS),
        ("J.-P. Moor", "Jean-Paul Moor", Fit.INITIALS),
        ("J-P. Moor", "Jean-Paul Moor", Fit.INITIALS),
        ("Y.F. Moor", "Youfu Moor", Fit.INITIALS),
        ("A. Moor", "Ada Moor", Fit.INITIAL),
        ("Ph. Moor", "Philippe Moor", Fit.INITIAL),
        ("A.Y. Moor", "A. Y. Moor", Fit.ONLY_INITIALS),
        ("A. Moor", "A. Y. Moor", Fit.ONLY_INITIAL),
        ("Ada Moor", "Ida Moor", Fit.NONE),
        ("Jun Moor", "Jun-Yan Moor", Fit.NONE),
        ("Wei Moor", "Weiming Moor", Fit.NONE),
        ("Ada Y. Moor", "Ada Z. Moor", Fit.NONE),
        ("A. Z. Moor", "Ada Yrsa Moor", Fit.NONE),
        ("Bob Moor", "Ben Moor", Fit.NONE),
        ("Moor", "Ada Moor", Fit.NONE),
    ],
)
def test_how_given_names_fit(left: str, right: str, how: Fit) -> None:
    assert fit(parse(left), parse(right)) is how
    assert fit(parse(right), parse(left)) is how


@pytest.mark.parametrize(
    ("printed", "given", "surname"),
    [
        ("JQ Moor", ("j", "q"), "moor"),
        ("YU HUANG", ("yu",), "huang"),
        ("van der Moor, Ada", ("ada",), "van der moor"),
        ("Xue Yue", ("xue",), "yue"),
        ("Zoe Poe", ("zoe",), "poe"),
    ],
)
def test_parts_of_printed_names(printed: str, given: tuple[str, ...], surname: str) -> None:
    assert parse(printed) == PersonName(given, surname)
