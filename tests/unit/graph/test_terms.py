"""Values of Python as terms of RDF, to the letter as the store keeps them."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from confgraph import vocab
from confgraph.graph import terms

THING = NamedNode("https://example.org/")


def kept(value: Literal) -> Literal:
    store = Store()
    store.add(Quad(THING, THING, value))
    (quad,) = store
    assert isinstance(quad.object, Literal)
    return quad.object


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9), max_value=10**9))
def test_decimals_are_exact_and_kept(value: Decimal) -> None:
    made = terms.decimal(value)
    assert Decimal(made.value) == value
    assert "E" not in made.value
    assert kept(made) == made


def test_long_decimals_lose_no_digit() -> None:
    assert terms.decimal(Decimal("12345678901234567890123456789012345.10")).value == "12345678901234567890123456789012345.1"


@given(st.floats(0, 1))
def test_confidences_have_two_places(value: float) -> None:
    assert abs(float(terms.decimal(value).value) - value) <= 0.0051
    assert len(terms.decimal(value).value) <= 4


@given(st.datetimes(), st.sampled_from(["", "+00:00", "+02:00", "-05:30"]))
def test_points_in_time_are_kept(moment: object, zone: str) -> None:
    made = terms.date_time(f"{moment}{zone}")
    assert made is not None
    assert kept(made) == made


def test_what_is_no_point_in_time_is_none() -> None:
    assert [terms.date_time(text) for text in ("1:12:23", "", "noon", "2023", "[12:30]")] == [None] * 5


def test_text_holds_only_what_xml_can() -> None:
    assert terms.text("a\x00b\x08\tc\ufffe\n").value == "a\ufffdb\ufffd\tc\ufffd\n"
    assert terms.uri("https://example.org/\x01").value == "https://example.org/\ufffd"


def test_years_have_four_digits() -> None:
    assert [terms.year(value).value for value in (987, 2031)] == ["0987", "2031"]


def test_property_labels_are_words() -> None:
    assert terms.property_label(vocab.CONF_IS_SUB_EVENT_OF) == "is sub event of"
    assert terms.property_label(vocab.DCTERMS_CREATOR) == "creator"
