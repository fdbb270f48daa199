"""The roles of a listing's pieces, learnt on the page."""

from __future__ import annotations

from confgraph.ingest import roles
from confgraph.ingest.lines import split_lines
from confgraph.ingest.pieces import FEATURES, split_pieces
from confgraph.ingest.role_tables import ROLES, follows, looks


def decoded(text: str) -> list[str]:
    return [ROLES[role] for role in roles.decode(split_pieces(text, split_lines(text)))]


def test_tables_know_every_feature_value_and_role() -> None:
    assert {feature: tuple(values) for feature, values in looks().items()} == FEATURES
    assert all(len(weights) == len(ROLES) and min(weights) > 0 for values in looks().values() for weights in values.values())
    assert tuple(follows()) == ROLES
    assert all(abs(sum(near.values()) + sum(apart.values()) - 1) < 1e-9 for near, apart in follows().values())


def test_a_line_that_could_be_either_follows_the_pages_order() -> None:
    entry = "{title}\n{name}\nWe show that this is so for every card that we tried.\n\n"
    titles = ["Weaving with Cards", "Looms and Their Numbers", "Alonzo Church"]
    names = ["Ada Lovelace", "Grace Hopper", "Kurt Gödel"]
    text = "".join(entry.format(title=title, name=name) for title, name in zip(titles, names, strict=True))
    assert decoded(text) == ["title", "people", "body"] * 3


def test_wrapped_lines_go_on_the_line_above() -> None:
    entry = (
        "{n}. A Rather Long Title About Cards and Looms and Also\n   About Engines\nAda Lovelace, Alan Turing\n"
        "We show that one more card makes the engine weave one\nmore row of numbers, and that this holds for all of\n"
        "them in each of the trials.\n\n"
    )
    text = "".join(entry.format(n=n) for n in range(1, 6))
    assert decoded(text) == ["title", "title+", "people", "body", "body+", "body+"] * 5


def test_nothing_has_no_roles() -> None:
    assert roles.decode([]) == []


def test_a_title_that_looks_like_an_institution_is_one_where_the_order_of_the_page_says_so() -> None:
    names = ["Ada Lovelace, Alan Turing", "Grace Hopper", "Kurt Gödel, Alonzo Church", "Jean Bartik"] * 2
    places = ["University of London", "Yale", "Princeton University; Institute for Looms", "Moore School"] * 2
    titles = ["Cards That Weave", "A Compiler for Dreams", "Halting All Tasks", "Numbers of the Moore Laboratory"] * 2
    entry = "P{n}: By {names}\n{place}\n{title}\nWe show that this is so for every card that we tried.\n\n"
    rows = enumerate(zip(names, places, titles, strict=True), 1)
    text = "".join(entry.format(n=n, names=who, place=place, title=title) for n, (who, place, title) in rows)
    assert decoded(text) == ["people", "place", "title", "body"] * 8
