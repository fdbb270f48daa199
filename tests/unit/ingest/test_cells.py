"""Titles and people in one line."""

from __future__ import annotations

import pytest

from confgraph.ingest.cells import cut, learn, names_places, read_people
from confgraph.ingest.lines import split_lines

PAPERS = [
    ("Cards That Weave", ["Ada Lovelace", "Alan Turing"]),
    ("Do Compilers Dream of Types", ["Grace Hopper"]),
    ("HALT: Halting All Long Tasks", ["Kurt Gödel", "Alonzo Church", "J. R. Tolkien"]),
]
STYLES = [
    "{title} | {people}",
    "{people} | {title} | Room 3",
    "{title}\t{people}",
    "{title} — {people}",
    "{people} - {title}",
    "{title} ({people})",
    "“{title}”, {people}",
    '{people}, "{title}"',
    "{title} by {people}",
    "{title}. {people}.",
    "{title}. {people}. ICML 2019.",
    "{people}. {title}. In ICML 2019.",
    "{people}: {title}",
    "{title} — {people} — oral",
    "new: “{title}” ({people}) https://example.org/1",
]


@pytest.mark.parametrize("style", STYLES)
def test_the_way_of_the_page_is_learnt(style: str) -> None:
    text = "\n".join(style.format(title=title, people=", ".join(people)) for title, people in PAPERS)
    lines = split_lines(text)
    way = learn(lines)
    assert way is not None
    cuts = [cut(way, line) for line in lines]
    assert [
        (text[c.title.start : c.title.end], [a.name for a in read_people(line, c.people)]) for line, c in zip(lines, cuts, strict=True) if c
    ] == PAPERS


@pytest.mark.parametrize(
    "text",
    [
        "Authors: Ada Lovelace, Alan Turing\n" * 3,
        "We show this. It holds. They agree.\n" * 5,
        "Ada Lovelace, Alan Turing, Kay Cole\n" * 3,
        "by Ada Lovelace, Alan Turing\n" * 3,
        "Cards That Weave\n" * 3,
        "",
    ],
)
def test_other_lines_are_cut_in_no_way(text: str) -> None:
    assert learn(split_lines(text)) is None


@pytest.mark.parametrize("text", ["Ada Lovelace, ETH Zurich; Alan Turing, MIT", "Ada Lovelace, University of London"])
def test_institutions_after_names(text: str) -> None:
    assert names_places(text)


@pytest.mark.parametrize(
    "text", ["Ada Lovelace, Alan Turing", "Jean DUPONT, Marie CURIE", "Sorbonne Université, Paris, France", "Ada Lovelace; Alan Turing"]
)
def test_lists_without_institutions(text: str) -> None:
    assert not names_places(text)


def test_people_may_follow_a_title_after_a_comma() -> None:
    text = (
        "Cards That Weave by Night, Ada Lovelace, Alan Turing (presented by Tom)\nLooms, Threads and Their Cost, Jean Bartik and Kay Cole\n"
    )
    lines = split_lines(text)
    way = learn(lines)
    assert way is not None
    cuts = [cut(way, line) for line in lines]
    assert [text[c.title.start : c.title.end] for c in cuts if c] == ["Cards That Weave by Night", "Looms, Threads and Their Cost"]
