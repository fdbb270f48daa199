"""What holds of ingest for any text at all."""

from __future__ import annotations

import hashlib
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from confgraph.ingest import LAYOUTS, ingest
from confgraph.ingest.people import split_authors
from confgraph.records import Page, PageId, Reading, Sidecar, from_row, to_row
from confgraph.text import fold, joined, plain, view

checked = settings(derandomize=True, max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# Pieces of all layouts and of their quirks: random mixes of them reach states that no real page does.
PIECES = [
    "Oral", "Tutorial", "Abstract", "Abstract:", "[ Hall A ]", "Ada Lovelace · Alan Turing", "Ada Lovelace, Alan Turing et al.",
    "A Title of Cards.", "NeurIPS 2024 - Workshop. Vancouver, Canada, Dec 10-15, 2024. arXiv", "ENG Authors", "* Former member",
    "05.12.2024", "Ada Lovelace (ETH)", "We show that one more card makes the engine weave one more row, and that this holds for all.",
    "* [0:01:02] Cards (Ada Lovelace)", "* Cards That Weave (Lovelace et al.)", "* ", "*", " ", "\n", "\n\n", "\n", "(", ")", "[", "]",
    "{", "}", "$", "\\", '\\"', "\\emph{", "~", "``", "-\n", "http://a.org/x", ".", "…", "\u00a0", "\u200b", "\ufeff", "\u00ad", "é",
    "e\u0301", "李 明", "word " * 12, "09:00 - 09:20 ", "Skip to content",
]  # fmt: skip
mixes = st.lists(st.sampled_from(PIECES), max_size=40)
texts = st.one_of(st.text(max_size=400), mixes.map("".join), mixes.map("\n".join))


def read(text: str, layout: str | None = None) -> Reading:
    return ingest(Page("page.txt", text, PageId(hashlib.sha256(text.encode("utf-8")).hexdigest()), sidecar=Sidecar(layout=layout)))


def assert_sound(reading: Reading) -> None:
    """Check what must hold of any reading of any page."""
    text = reading.page.text
    ends = [s.end for s in reading.segments]
    assert [s.start for s in reading.segments] == [0, *ends[:-1]][: len(ends)]
    assert (ends[-1] if ends else 0) == len(text)
    assert all(s.start < s.end for s in reading.segments)
    assert len({r.id for r in reading.records}) == len(reading.records)
    assert bool(reading.rejects) is not bool(reading.records)
    for record in reading.records:
        whole = record.spans["record"]
        inner = [span for name, span in record.spans.items() if name != "session"]  # its heading may stand above several records
        assert all(0 <= whole.start <= s.start < s.end <= whole.end <= len(text) for s in inner)
        assert 0 <= record.spans.get("session", whole).start < record.spans.get("session", whole).end <= whole.end
        assert all(getattr(record, name) for name in record.spans.keys() - {"record"})
        assert all(plain(text[a.start : a.end]) == a.name for a in record.authors)
        assert all(0 <= m.start < m.end <= len(text) for c in record.institutions for m in c.mentions)
        assert all(0 <= t.start < t.end <= len(text) for t in record.talks)
        assert from_row(to_row(record), "row") == record


@checked
@given(texts)
def test_any_text_is_read(text: str) -> None:
    assert_sound(read(text))


@pytest.mark.parametrize("layout", [layout.name for layout in LAYOUTS])
@settings(checked, max_examples=60)
@given(text=texts)
def test_any_layout_can_be_asked_for(layout: str, text: str) -> None:
    reading = read(text, layout)
    assert reading.layout == layout
    assert_sound(reading)


@checked
@given(texts, st.integers(0, 50), st.integers(0, 50), st.booleans())
def test_views_lead_back_to_the_page(text: str, before: int, after: int, latex: bool) -> None:
    start, end = min(before, len(text)), max(min(before, len(text)), len(text) - after)
    v = view(text, start, end, latex=latex)
    assert len(v.text) == len(v.starts) == len(v.ends)
    assert all(start <= s < e <= end for s, e in zip(v.starts, v.ends, strict=True))
    assert list(v.starts) == sorted(v.starts)
    assert list(v.ends) == sorted(v.ends)


@checked
@given(texts)
def test_folding_twice_changes_nothing_in_plain_words(text: str) -> None:
    bare = "".join(c for c in text if c.isalnum() or c == " ")
    assert fold(fold(bare)) == fold(bare)
    assert joined(joined(bare)) == joined(bare)


@checked
@given(texts)
def test_names_of_a_list_stand_in_order(text: str) -> None:
    authors = split_authors(text, 7)
    places = [(a.start - 7, a.end - 7) for a in authors]
    assert all(plain(text[s:e]) == a.name and any(c.isalpha() for c in a.name) for a, (s, e) in zip(authors, places, strict=True))
    assert all(0 <= s < e <= len(text) for s, e in places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))


# Texts that make a careless pattern or loop take time that grows with the square of their length.
REPEATED = [
    "(", "*", " * ", "{", "$", '\\"', "a, b and ", "\n", " ", "\u00a0", ",", ", ", "-\n", "\\emph{", "[", "A · ", "Oral\n", "Abstract\n",
    "Oral\nAbstract\n", "* A (Bb Cc) ", "* A (Bb Cc)* [0:01] X (Y)", "Aa Bb (Cc), ", "NeurIPS 2023 ", "et al ", "X Authors\n", "a\n\n",
    "https://a.b/", "12", "<>" * 3,
]  # fmt: skip


@pytest.mark.parametrize("piece", REPEATED)
def test_repetition_is_read_to_its_end(piece: str) -> None:
    assert_sound(read(piece * (30_000 // len(piece))))


def test_one_long_line_is_read() -> None:
    assert_sound(read("word " * 40_000))


def test_all_repetitions_are_collected() -> None:
    assert len(REPEATED) == 29
