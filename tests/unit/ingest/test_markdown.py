"""Lists and tables in Markdown."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from confgraph.ingest import ingest
from confgraph.records import Page

Make = Callable[..., Page]

PAPERS = [
    ("Cards That Weave", ["Ada Lovelace", "Alan Turing"]),
    ("A* Search in the Deep", ["Grace Hopper"]),
    ("Do Compilers Dream?", ["Kurt Gödel", "Alonzo Church", "J. R. Tolkien"]),
    ("Looms: A Survey of the Old and the New", ["Joseph Jacquard", "Ada Lovelace"]),
]
STYLES = [
    "{n}. **{title}**. *{people}*. [[paper](https://example.org/{n})]",
    "- **{title}** — {people} ([pdf](https://example.org/{n}.pdf), [code](https://example.org/{n}))",
    "* [{title}](https://example.org/{n}) by {people}",
    "- [**{title}**](https://example.org/{n}), {people}. *ICML 2019*.",
    "- {people}: **{title}**",
    "1. **[{title}](https://example.org/{n})** <br> {people}",
    "| {title} | {people} | [pdf](https://example.org/{n}) |",
]


@pytest.mark.parametrize("style", STYLES)
def test_emphasis_and_links_part_title_and_people(make_page: Make, style: str) -> None:
    rows = [style.format(n=n, title=title, people=", ".join(people)) for n, (title, people) in enumerate(PAPERS, 1)]
    head = "| Title | Authors | Link |\n|---|---|---|\n" if style.startswith("|") else ""
    text = (
        "# ICML 2019 workshop\n\nWelcome to the workshop.\n\n## Accepted papers\n\n"
        + head
        + "\n".join(rows)
        + "\n\n## Contact\n\n[Home](https://example.org)\n"
    )
    reading = ingest(make_page(text))
    assert reading.layout == "markdown"
    assert [(r.title, [a.name for a in r.authors]) for r in reading.records] == PAPERS
    assert {r.session for r in reading.records} == {"Accepted papers"}
    assert all(text[r.spans["title"].start : r.spans["title"].end] == r.title for r in reading.records)


def test_addresses_are_resources(make_page: Make) -> None:
    rows = [f"- **{title}** — {', '.join(people)} ([pdf](https://example.org/{n}.pdf))" for n, (title, people) in enumerate(PAPERS)]
    records = ingest(make_page("\n".join(rows))).records
    assert [[r.url for r in record.resources] for record in records] == [[f"https://example.org/{n}.pdf"] for n in range(len(PAPERS))]


def test_institutions_in_brackets_are_kept(make_page: Make) -> None:
    rows = [f"- **{title}**. *{', '.join(f'{name} (University of {name[0]})' for name in people)}*" for title, people in PAPERS]
    records = ingest(make_page("\n".join(rows))).records
    assert [[(a.name, a.affiliations) for a in r.authors] for r in records] == [
        [(name, (f"University of {name[0]}",)) for name in people] for _, people in PAPERS
    ]


def test_prose_below_an_item_is_its_abstract(make_page: Make) -> None:
    text = "\n".join(
        f"- **{title}** — {', '.join(people)}\n\n  We show that this is so for every card that we tried.\n" for title, people in PAPERS
    )
    reading = ingest(make_page(text))
    assert [r.abstract for r in reading.records] == ["We show that this is so for every card that we tried."] * 4


def test_a_list_without_people_is_of_another_layout(make_page: Make) -> None:
    text = "\n".join(f"- **{word}** and some more" for word in ("Home", "News", "Contact", "About"))
    assert ingest(make_page(text)).layout != "markdown"


def test_a_short_list_of_single_authors(make_page: Make) -> None:
    items = "1. **Cards That Weave by Night**. *Ada Lovelace*.\n2. **Looms for All of Us**. *Alan Turing*.\n"
    text = f"# Weaving 2031 workshop\n\n## Accepted papers\n\n{items}"
    reading = ingest(make_page(text))
    assert [(r.title, [a.name for a in r.authors]) for r in reading.records] == [
        ("Cards That Weave by Night", ["Ada Lovelace"]),
        ("Looms for All of Us", ["Alan Turing"]),
    ]


def test_a_list_of_staff_is_no_list_of_papers(make_page: Make) -> None:
    text = "# People\n\n- **Ada Lovelace**, Professor\n- **Alan Turing**, Head of Group\n- **Grace Hopper**, Alumna\n"
    assert ingest(make_page(text)).layout != "markdown"


def test_a_star_of_a_name_stays(make_page: Make) -> None:
    text = (
        "## Accepted papers\n\n1. **Weaving With A***. *Ada Lovelace, Alan Turing*.\n2. **_Looms for All_**. *Grace Hopper, Jean Bartik*.\n"
    )
    assert [r.title for r in ingest(make_page(text)).records] == ["Weaving With A*", "Looms for All"]


def test_a_list_may_be_of_one_paper(make_page: Make) -> None:
    text = "# Workshop\n\n## Accepted papers\n\n1. **Cards That Weave by Night**. *Ada Lovelace, Alan Turing*. [[paper](https://example.org/1)]\n"
    (record,) = ingest(make_page(text)).records
    assert (record.title, [a.name for a in record.authors]) == ("Cards That Weave by Night", ["Ada Lovelace", "Alan Turing"])
