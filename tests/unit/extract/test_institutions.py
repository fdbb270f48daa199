"""Institutions in prose: a score on sentences with marked institutions, and the behaviours that it hides."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from confgraph.extract import gazetteer
from confgraph.extract.institution_names import iter_parts, iter_runs
from confgraph.extract.institutions import InstitutionFinder

SENTENCES = Path(__file__).parents[2] / "data" / "institutions.txt"
BAR = 0.8

GAZETTEER = """
Kettle Corporation\tKettle
University of Otago
Zeta?
Zürich Works
Moss?\tMoss Laboratories
ETA?
Vale University, Leaf\tVale
"""
METHODS = "Frogformer\nFROG-2\n"
VENUES = "PondConf\tConference on Ponds\n"


@pytest.fixture(scope="module")
def finder() -> InstitutionFinder:
    return InstitutionFinder({"institutions": GAZETTEER, "methods": METHODS, "conferences": VENUES})


@pytest.fixture(scope="module")
def shipped() -> InstitutionFinder:
    return InstitutionFinder(gazetteer.files())


def names(finder: InstitutionFinder, text: str) -> list[str]:
    return [text[i.start : i.end] for i in finder.find(text)]


def read_sentence(line: str) -> tuple[str, set[tuple[int, int]]]:
    """Split a line of the marked sentences into its text and the places between [[ and ]]."""
    text, places = "", set()
    for piece in re.split(r"(\[\[.*?\]\])", line):
        plain = piece.removeprefix("[[").removesuffix("]]")
        if plain != piece:
            places.add((len(text), len(text) + len(plain)))
        text += plain
    return text, places


def f1(finder: InstitutionFinder, rows: list[tuple[str, set[tuple[int, int]]]]) -> float:
    found = [{(i.start, i.end) for i in finder.find(text)} for text, _ in rows]
    right = sum(len(f & gold) for f, (_, gold) in zip(found, rows, strict=True))
    return 2 * right / (sum(map(len, found)) + sum(len(gold) for _, gold in rows))


def test_marked_sentences_reach_the_bar(shipped: InstitutionFinder) -> None:
    lines = [line for line in SENTENCES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    rows = [read_sentence(line) for line in lines]
    assert (len(rows), sum(not gold for _, gold in rows)) == (300, 150)
    assert f1(shipped, rows) >= BAR
    assert f1(shipped, rows[2::3]) >= BAR  # held out


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Researchers at the University of Otago and Kettle agree.", ["University of Otago", "Kettle"]),
        ("We probe Kettle's Frogs and Kettle’s ponds.", ["Kettle", "Kettle"]),
        ("She is with the Institute for Pond Science and Engineering.", ["Institute for Pond Science and Engineering"]),
        ("Work of the Institute of Mud of the University of Otago.", ["Institute of Mud", "University of Otago"]),
        ("The Freie Universität Moosbach meets the Université de Mare-Vert.", ["Freie Universität Moosbach", "Université de Mare-Vert"]),
        ("Courses at the Università di Stagno e Palude are free.", ["Università di Stagno e Palude"]),
        ("Ann was at TU Moosbach and UC San Mateo.", ["TU Moosbach", "UC San Mateo"]),
        ("The Kettle Vision Lab is small.", ["Kettle Vision Lab"]),
        ("Members of the Slow Learning Group swim.", ["Slow Learning Group"]),
        ("The Slow Learning Group at the University of Otago swims.", ["Slow Learning Group", "University of Otago"]),
        ("Her start-up, Pondly, sells nets.", ["Pondly"]),
        ("An engineer at Pondly told us so.", ["Pondly"]),
        ("It runs at Vale University, Leaf.", ["Vale University, Leaf"]),
        ("By Ann Lee (Zeta) and Bo Ek (Kettle).", ["Zeta", "Kettle"]),
    ],
)
def test_names_are_found_in_full(finder: InstitutionFinder, text: str, found: list[str]) -> None:
    assert names(finder, text) == found


@pytest.mark.parametrize(
    "text",
    [
        "We use Kettle-xlarge and frog_Kettle and x/Kettle.",
        "Results on Kettle Cars and the Kettle reviews.",
        "Results on the Kettle, Pond and Moss datasets.",
        "Data sets such as Pond, Kettle and Moss are small.",
        "The Kettle license allows it.",
        "It appeared at PondConf.",
        "Volunteers at several universities and one institute in Japan.",
        "Students from Norway and researchers from Lisbon took part.",
        "Our University and The Institute are words.",
        "We compute the Center of Mass of the robot.",
        "We introduce Mud Hospital.",
        "Mud Hospital: A Simulation",
        "Zeta functions differ from Moss.",
        "The code is available at Zeta.",
        "Rethinking Large Model Training at Scale",
    ],
)
def test_parts_of_other_names_are_no_institutions(finder: InstitutionFinder, text: str) -> None:
    assert names(finder, text) == []


@pytest.mark.parametrize("text", ["a team from Zeta", "Zeta has released it", "built by Zeta", "Zeta's ponds", "Kettle and Zeta agree"])
def test_an_ambiguous_name_counts_where_the_text_says_so(finder: InstitutionFinder, text: str) -> None:
    assert "Zeta" in names(finder, text)


def test_a_maker_stands_before_its_model_but_not_before_its_goods(finder: InstitutionFinder) -> None:
    assert names(finder, "We compare Kettle Frogformer and Kettle FROG-7b-chat.") == ["Kettle", "Kettle"]
    assert names(finder, "We buy Kettle Filters.") == []
    assert names(finder, "We train University of Otago Frogformer.") == []


def test_a_short_form_means_its_institution_in_the_whole_text(finder: InstitutionFinder) -> None:
    text = "BLI is wet. The Bog Lake Institute (BLI) agrees: BLI it is, but not BLI Net or BLI-7."
    long = "Bog Lake Institute"
    assert [(text[i.start : i.end], i.name) for i in finder.find(text)] == [("BLI", long), (long, ""), ("BLI", long), ("BLI", long)]
    assert [i.start for i in finder.find(text)] == [m.start() for m in re.finditer("BLI|Bog", text)][:4]
    known = "We visit the University of Otago (UofO)."
    assert [(i.name, i.known) for i in finder.find(known)] == [("University of Otago", True)] * 2


def test_a_known_short_form_can_stand_for_something_else(finder: InstitutionFinder) -> None:
    assert names(finder, "We propose Early Token Averaging (ETA), made by hand; by ETA's rule it is fast.") == []
    assert names(finder, "A team at ETA is fast.") == ["ETA"]


def test_known_names_come_with_the_gazetteers_name(finder: InstitutionFinder) -> None:
    (found,) = finder.find("The lab is run by Moss Laboratories.")
    assert (found.name, found.known) == ("Moss", True)


def test_a_line_end_ends_a_name(finder: InstitutionFinder) -> None:
    assert names(finder, "Notes of the University of Otago\nInstitute rules") == ["University of Otago"]


@given(st.text(max_size=300))
def test_places_lie_in_the_text_in_order_and_apart(shipped: InstitutionFinder, text: str) -> None:
    found = shipped.find(text)
    assert all(0 <= i.start < i.end <= len(text) for i in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_every_shipped_form_can_be_found(shipped: InstitutionFinder) -> None:
    lost = []
    for name, aliases in gazetteer.parse("institutions", gazetteer.files()["institutions"]):
        for form in (name, *aliases):
            text = f"engineers at {form.removesuffix('?')}'s desk"
            if form.removesuffix("?") not in names(shipped, text):
                lost.append(form)
    assert lost == []


def test_parts_are_words_without_what_closes_them() -> None:
    text = "The King’s College, A*STAR's desk and St. Otago in the U.S. Navy"
    parts = [p for start, end in iter_runs(text) for p in iter_parts(text, start, end)]
    assert [p.bare for p in parts if p.is_capital] == ["The", "King", "College", "A*STAR", "St", "Otago", "U.S.", "Navy"]
    assert [p.bare for p in parts if p.is_possessive] == ["King", "A*STAR"]
    assert all(text[p.start : p.end] == p.bare for p in parts)
