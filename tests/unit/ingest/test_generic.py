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


@pytest.mark.parametrize("between", ["\n\n", "\n"])
@pytest.mark.parametrize(
    ("title", "abstract"),
    [
        ("A Study of Looms", "We propose Foo, a loom. It weaves."),
        ("Do Compilers Dream?", "We ask why. They do not say."),
        ("機械の夢", "この論文では機械が見る夢について調べます。夢は短いです。"),
        ("关于织机的研究", "我们提出了一种新的织机，它可以织出所有的数字。"),
    ],
)
def test_a_few_words_below_a_title_are_an_abstract(make_page: Make, title: str, abstract: str, between: str) -> None:
    reading = ingest(make_page(f"{title}{between}{abstract}\n"))
    assert [(r.title, r.authors, r.abstract) for r in reading.records] == [(title, (), abstract)]
    assert reading.layout == "generic"


def test_many_short_entries_are_read_apart(make_page: Make) -> None:
    titles = ["Of Cards", "What a Type Is", "Halting all long tasks", "Do Compilers Dream?"]
    records = ingest(make_page("\n\n".join(f"{title}\n\nWe ask one question. The answer is short." for title in titles))).records
    assert [(r.title, r.abstract) for r in records] == [(title, "We ask one question. The answer is short.") for title in titles]


def test_a_wrapped_abstract_has_no_title_in_it(make_page: Make) -> None:
    text = "We show that one more card makes the engine weave one\nmore row of numbers, and this holds for every card\nAda tried so far."
    (record,) = ingest(make_page(text)).records
    assert (record.title, record.abstract) == (None, text.replace("\n", " "))


def test_text_without_structure_is_one_record(make_page: Make) -> None:
    assert [(r.title, r.abstract) for r in ingest(make_page("some words that no full stop ends")).records] == [
        (None, "some words that no full stop ends")
    ]
    assert [(r.title, r.abstract) for r in ingest(make_page("The Way of the Cards\n")).records] == [("The Way of the Cards", None)]


@pytest.mark.parametrize("text", ["😀 😀\n\n🎉🎉🎉🎉\n", "12 34 56 78\n9 10 11\n", "Home\nAbout us\nLog in\n"])
def test_a_page_without_words_of_its_own_has_no_record(make_page: Make, text: str) -> None:
    assert ingest(make_page(text)).records == ()


@pytest.mark.parametrize("above", ["", "Home\n\n", "2024\n\n", "Welcome to our small page.\n\n"])
def test_a_lone_line_that_could_be_a_name_is_the_title(make_page: Make, above: str) -> None:
    (record,) = ingest(make_page(f"{above}Sparse Sorting\n\n{PROSE}\n")).records
    assert (record.title, record.authors) == ("Sparse Sorting", ())


def test_below_a_title_such_a_line_is_the_author(make_page: Make) -> None:
    (record,) = ingest(make_page(f"Sorting Cards\nSparse Sorting\n\n{PROSE}\n")).records
    assert (record.title, [a.name for a in record.authors]) == ("Sorting Cards", ["Sparse Sorting"])


def test_a_remark_below_a_heading_hides_no_list(make_page: Make) -> None:
    papers = "Cards That Weave\nAda Lovelace, Alan Turing\n\nOf Types\nGrace Hopper, Jean Bartik\n"
    text = f"Accepted Papers\n\nThese papers were accepted.\n\n{papers}"
    assert [r.title for r in ingest(make_page(text)).records] == ["Cards That Weave", "Of Types"]


def test_entries_without_abstracts_stand_beside_those_with_one(make_page: Make) -> None:
    people = "Ada Lovelace, Alan Turing"
    text = "".join(f"{title}\n{people}\n\n" for title in ("Cards That Weave", "Of Types", "Halting All Tasks")) + PROSE
    assert [(r.title, len(r.authors), r.abstract) for r in ingest(make_page(text)).records] == [
        ("Cards That Weave", 2, None),
        ("Of Types", 2, None),
        ("Halting All Tasks", 2, PROSE),
    ]


def test_a_lone_name_is_turned_where_the_others_are(make_page: Make) -> None:
    people = ["Lovelace, Ada; Turing, Alan M.", "Hopper, Grace; Bartik, Jean", "Kızıltepe, Eren C.", "Jacquard, Joseph; Hoare, Tony"]
    titles = ["Cards That Weave by Night", "Looms for All of Us", "Do Compilers Dream?", "Halting All Long Tasks"]
    text = "\n".join(f"{title}\n{who}\n{PROSE}\n" for title, who in zip(titles, people, strict=True))
    assert [a.name for a in ingest(make_page(text)).records[2].authors] == ["Eren C. Kızıltepe"]


def test_what_stands_below_names_is_a_place_where_it_mostly_is(make_page: Make) -> None:
    places = ["University of London; Hut 8 Institute", "Yale University", "LQ Chicago; LC San Pedro", "Institute for Advanced Looms"]
    titles = ["Cards That Weave by Night", "Looms for All of Us", "Do Compilers Dream?", "Halting All Long Tasks"]
    text = "\n".join(f"“{t}”\nAuthors: Ada Lovelace, Alan Turing\n{p}\nSummary: {PROSE}\n" for t, p in zip(titles, places, strict=True))
    records = ingest(make_page(text)).records
    assert [[a.name for a in r.authors] for r in records] == [["Ada Lovelace", "Alan Turing"]] * 4
    assert [i.name for i in records[2].institutions] == ["LQ Chicago; LC San Pedro"]


def test_an_introduction_without_the_label_of_the_others_is_no_record(make_page: Make) -> None:
    titles = ["Cards That Weave by Night", "Looms for All of Us", "Do Compilers Dream?", "Halting All Long Tasks"]
    intro = "All of these papers will be shown in the old mill. We thank the weavers for their work!"
    text = f"Papers of the Year\n\n{intro}\n\n" + "\n---\n\n".join(f"{t.upper()}\nABSTRACT\n{PROSE}\n" for t in titles)
    assert [r.title for r in ingest(make_page(text)).records] == [t.upper() for t in titles]


def test_an_acronym_with_a_number_is_no_number_of_the_entry(make_page: Make) -> None:
    titles = [*(f"Cards That Weave in {n} Ways" for n in range(8)), "HX3: Weaving With Three Hooks", "QR2: Looms for All of Us"]
    text = "\n".join(f"{t}\nAda Lovelace, Alan Turing\n{PROSE}\n" for t in titles)
    assert [r.title for r in ingest(make_page(text)).records] == titles


def test_a_label_that_recurs_is_one_on_every_line(make_page: Make) -> None:
    people = [
        "Ada Lovelace, University of London; Alan Turing, Hut 8 Institute",
        "Grace Hopper, Yale University",
        "Jean Bartik, Moor; Kay Cole, Moor Looms",
    ]
    titles = ["Cards That Weave by Night", "Looms for All of Us", "Do Compilers Dream?"]
    entries = zip([people[0], people[1], people[0], people[2]], [*titles, "Halting All Long Tasks"], strict=True)
    text = "".join(f"{n}. By {who}\n\n**{title}**\n\nAbstract: {PROSE}\n\n---\n\n" for n, (who, title) in enumerate(entries, 1))
    assert [a.name for a in ingest(make_page(text)).records[-1].authors] == ["Jean Bartik", "Kay Cole"]
