"""Texts of no known layout."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from confgraph.ingest import ingest
from confgraph.records import Page, Sidecar, TextClass

Make = Callable[..., Page]

PROSE = "We show that one more card makes the engine weave one more row of numbers, and that this holds for every card we tried."


@pytest.mark.parametrize(
    "text",
    [
        f"Cards That Weave\nAda Lovelace, Alan Turing\n\n{PROSE}\n",
        f"Cards That Weave\n\nAda Lovelace and Alan Turing\n\nAbstract\n\n{PROSE}\n",
        f"Cards That Weave\nAda Lovelace, Alan Turing\n{PROSE}\n",
        f"Some page\n\nCards That Weave\nAda Lovelace (ETH), Alan Turing (MIT)\n\nAbstract.\n{PROSE}\n",
    ],
)
def test_title_authors_and_abstract_are_found(make_page: Make, text: str) -> None:
    reading = ingest(make_page(text))
    (record,) = reading.records
    assert reading.layout == "generic"
    assert (record.title, [a.name for a in record.authors], record.abstract) == ("Cards That Weave", ["Ada Lovelace", "Alan Turing"], PROSE)


def test_entries_follow_each_other(make_page: Make) -> None:
    text = f"Cards\nAda Lovelace, Alan Turing\n\n{PROSE}\n\nDreams\nGrace Hopper, Jean Bartik\n\n{PROSE}\n{PROSE}\n"
    records = ingest(make_page(text)).records
    assert [(r.title, len(r.authors)) for r in records] == [("Cards", 2), ("Dreams", 2)]
    assert records[1].abstract == f"{PROSE} {PROSE}"


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_long_titles_and_abstracts_keep_their_authors_apart(make_page: Make, between: str) -> None:
    title = "Weaving Numbers with Cards and Engines in the Age of Steam"
    text = f"{title}{between}Ada Lovelace, Alan Turing\n\n{PROSE} {PROSE}\n\n" * 3
    records = ingest(make_page(text)).records
    assert [(r.title, len(r.authors), r.abstract) for r in records] == [(title, 2, f"{PROSE} {PROSE}")] * 3


def test_authors_may_stand_on_lines_of_their_own(make_page: Make) -> None:
    (record,) = ingest(make_page(f"The way in which cards weave\nAda Lovelace\nAlan Turing\n\n{PROSE}\n")).records
    assert (record.title, [a.name for a in record.authors]) == ("The way in which cards weave", ["Ada Lovelace", "Alan Turing"])


def test_entries_need_no_blank_line_between(make_page: Make) -> None:
    text = "".join(
        f"{title}\n{names}\n{PROSE}\n" for title, names in [("Of Cards", "Ada Lovelace, Alan Turing"), ("Of Types", "Grace Hopper")]
    )
    records = ingest(make_page(f"Accepted papers\n\n{text}")).records
    assert [(r.title, [a.name for a in r.authors], r.abstract) for r in records] == [
        ("Of Cards", ["Ada Lovelace", "Alan Turing"], PROSE),
        ("Of Types", ["Grace Hopper"], PROSE),
    ]


@pytest.mark.parametrize(("by", "label"), [("Authors: ", "Abstract: "), ("by ", "Summary. "), ("Speaker: ", "ABSTRACT — ")])
def test_labels_are_no_part_of_names_and_abstracts(make_page: Make, by: str, label: str) -> None:
    text = "".join(f"{title}\n{by}Ada Lovelace\n{label}We weave.\n\n" for title in ("Of Cards and Looms", "What a Type Is"))
    records = ingest(make_page(text)).records
    assert [r.title for r in records] == ["Of Cards and Looms", "What a Type Is"]
    assert all([a.name for a in r.authors] == ["Ada Lovelace"] and r.abstract == "We weave." for r in records)


def test_free_text_is_read_as_one_abstract(make_page: Make) -> None:
    (record,) = ingest(make_page(f"{PROSE}\n\n{PROSE}\n")).records
    assert (record.title, record.authors, record.abstract) == (None, (), f"{PROSE} {PROSE}")


def test_titles_above_authors_need_no_abstract(make_page: Make) -> None:
    records = ingest(make_page("Cards That Weave\nAda Lovelace, Alan Turing\n\nDo Compilers Dream?\nGrace Hopper, Jean Bartik\n")).records
    assert [(r.title, len(r.authors), r.abstract) for r in records] == [("Cards That Weave", 2, None), ("Do Compilers Dream?", 2, None)]


@pytest.mark.parametrize("text", ["word", "A list\n\nof\n\nfew words\n", "- - -\n***\n", "2023\n12\n"])
def test_a_text_without_records_is_a_reject(make_page: Make, text: str) -> None:
    reading = ingest(make_page(text))
    (reject,) = reading.rejects
    assert (reading.records, reject.doc, reject.offset) == ((), "page.txt", None)
    assert "no record" in reject.reason
    assert [(s.start, s.end, s.text_class) for s in reading.segments] == [(0, len(text), TextClass.UNCLASSED)]


def test_the_layout_can_be_asked_for(make_page: Make) -> None:
    text = "".join(f"Oral\nAda Lovelace · Alan Turing\n[ Hall {n} ]\nAbstract\n{PROSE}\n" for n in range(3))
    assert ingest(make_page(text)).layout == "orals"
    assert ingest(make_page(text, sidecar=Sidecar(layout="generic"))).layout == "generic"
