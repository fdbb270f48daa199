"""`confgraph link people`: rows of papers in, the person of each author out."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from confgraph.cli import app
from confgraph.errors import SourceError
from confgraph.link.people import link_people, listing
from confgraph.link.rows import iter_papers, read_row

FILLERS = [
    f"{given} {surname}"
    for given in ("Wei", "Ada", "Bo", "Cleo", "Dov", "Eva", "Finn", "Gert", "Hans", "Ilse", "Jo", "Kurt")
    for surname in ("Wang", "Moor", "Lind", "Ode", "Park", "Quist", "Rask", "Stone", "Tran", "Ueda", "Vik", "Yew")
]


def _row(number: int, *authors: str, **more: Any) -> dict[str, Any]:
    return {"id": f"p{number}", "title": f"Paper number {number}", "authors": list(authors), "venue": "RiverConf", "year": 2031} | more


def _population() -> list[dict[str, Any]]:
    """Give papers that make `Wei Wang` a common name, and `Dietlinde Foxglove` a rare one by being there."""
    return [_row(1000 + i, name, "Zed Filler" + "abcdefghijkl"[i % 12]) for i, name in enumerate(FILLERS)]


def _people(rows: list[dict[str, Any]]) -> dict[tuple[str, int], str]:
    """Give the person of each (id, position)."""
    return {(str(a.id), a.position): a.person for a in link_people([read_row(row, "test") for row in rows])}


def test_a_rare_name_is_one_person() -> None:
    people = _people([*_population(), _row(1, "Dietlinde Foxglove", "Bo Ode"), _row(2, "Dietlinde Foxglove", "Cleo Vik")])
    assert people["p1", 1] == people["p2", 1]


def test_initials_join_the_only_full_name_that_fits() -> None:
    people = _people([*_population(), _row(1, "Dietlinde Foxglove", "Bo Ode"), _row(2, "D. Foxglove", "Bo Ode")])
    assert people["p1", 1] == people["p2", 1]


def test_a_common_name_is_told_apart_by_co_authors_and_affiliations() -> None:
    rows = [
        _row(1, "Wei Wang", "Orla Birch", "Pia Cedar", title="Bees weigh landmarks", affiliations=["Hive Institute"] * 3),
        _row(2, "Wei Wang", "Orla Birch", "Pia Cedar", title="Bees in summer", affiliations=["Hive Institute"] * 3),
        _row(3, "Wei Wang", "Quentin Dell", "Rosa Elm", title="Floods in valleys", affiliations=["River Agency"] * 3),
    ]
    people = _people([*_population(), *rows])
    assert people["p1", 1] == people["p2", 1]
    assert people["p1", 1] != people["p3", 1]


def test_an_initial_does_not_bring_two_full_names_together() -> None:
    rows = [_row(i, name, "Orla Birch", "Pia Cedar") for i, name in enumerate(("John Aspen", "J. Aspen", "Jane Aspen"))]
    people = _people([*_population(), *rows])
    assert people["p0", 1] != people["p2", 1]


def test_two_authors_of_one_paper_are_two_people() -> None:
    people = _people([*_population(), _row(1, "Dietlinde Foxglove", "D. Foxglove", "Dietlinde Foxglove")])
    assert len({people["p1", position] for position in (1, 2, 3)}) == 3


def test_a_list_of_authors_that_stands_twice_is_one_list() -> None:
    people = _people([_row(1, "Ada Moor", "Bo Lind", "Ada Moor", "Bo Lind", affiliations=["Hive Institute", "River Agency"])])
    assert people["p1", 1] == people["p1", 3] != people["p1", 2] == people["p1", 4]


def test_anonymous_is_nobody_twice() -> None:
    people = _people([_row(1, "Anonymous"), _row(2, "Anonymous")])
    assert people["p1", 1] != people["p2", 1]


def test_half_a_surrogate_pair_and_a_list_of_thousands_are_read() -> None:
    crowd = [f"{a}{b}a {c}oor" for a in "BCDFGKLMNR" for b in "aeiouyrlhw" for c in "BCDFGHJKLMNPRSTVWXZBCDFGHJKLMN"]
    people = _people([_row(1, "Zo\ud83d Rask", *crowd, title="half \ud83d"), _row(2, *crowd)])
    assert len(people) == 6001


def test_author_ids_are_not_looked_at() -> None:
    rows = [*_population(), _row(1, "Dietlinde Foxglove"), _row(2, "Dietlinde Foxglove")]
    with_ids = [row | {"author_ids": [f"/{i}-{p}" for p, _ in enumerate(row["authors"])]} for i, row in enumerate(rows)]
    assert _people(rows) == _people(with_ids)


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_the_order_of_rows_does_not_matter(data: st.DataObject) -> None:
    names = st.sampled_from(["Wei Wang", "W. Wang", "Wei-Ming Wang", "Weiming Wang", "Ada Moor", "A. Moor", "Bo Lind", "Zoë Rask"])
    lists = data.draw(st.lists(st.lists(names, min_size=1, max_size=4), min_size=2, max_size=8))
    rows = [_row(i, *authors, year=2020 + i) for i, authors in enumerate(lists)]
    assert _people(data.draw(st.permutations(rows))) == _people(rows)


@pytest.mark.parametrize("packed", [True, False])
def test_the_verb_writes_a_line_per_author_in_order(tmp_path: Path, packed: bool) -> None:
    rows = [_row(2, "Zoë Rask", "Bo Lind"), _row(1, "Zoë Rask") | {"id": None}]
    text = "".join(json.dumps(row) + "\n" for row in rows).encode()
    file = tmp_path / "papers"
    file.write_bytes(gzip.compress(text) if packed else text)
    done = CliRunner().invoke(app, ["link", "people", str(file)])
    assert done.exit_code == 0
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(line["id"], line["position"], line["name"]) for line in lines] == [
        ("p2", 1, "Zoë Rask"),
        ("p2", 2, "Bo Lind"),
        (None, 1, "Zoë Rask"),
    ]
    assert all(set(line) == {"id", "position", "name", "person"} and isinstance(line["person"], str) for line in lines)
    streamed = CliRunner().invoke(app, ["link", "people", "-"], input=text)
    assert streamed.stdout == done.stdout


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("[]", "no object"),
        ('{"title": "Floods"}', "no list of authors"),
        ('{"authors": "Ada Moor"}', "no list of authors"),
        ('{"authors": [7]}', "neither a name"),
        ('{"authors": [], "year": "soon"}', "year"),
        ('{"authors": [], "year": 99999999999999999999}', "year"),
        ('{"authors": [], "title": 7}', "title"),
        ('{"authors": ["Ada"', "JSON"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, what: str) -> None:
    file = tmp_path / "papers.jsonl"
    file.write_text('{"authors": ["Ada Moor"]}\n\n' + line + "\n", encoding="utf-8")
    with pytest.raises(SourceError, match=rf"line 3: .*{what}"):
        list(iter_papers(file))


def test_a_broken_gzip_file_is_told(tmp_path: Path) -> None:
    file = tmp_path / "papers.jsonl.gz"
    file.write_bytes(gzip.compress(b'{"authors": ["Ada Moor"]}\n' * 999)[:40])
    with pytest.raises(SourceError, match="gzip"):
        list(iter_papers(file))


def test_listings_of_one_paper_stand_in_an_order_of_their_own() -> None:
    rows = [read_row(_row(1, "Ada Moor", affiliations=[place], abstract=place), "test") for place in ("Hive Institute", "River Agency", "")]
    assert listing(rows).works == listing(rows[::-1]).works
