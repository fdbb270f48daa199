"""Titles that records without one take from others: which they take, and when none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from confgraph.records import Author, Decision, Entity, EntityKind, Judgement, Reading, Reason
from confgraph.resolve import resolve
from confgraph.resolve.keys import paper_key
from confgraph.resolve.outlines import title_similarity
from confgraph.resolve.recovery import Candidate, choose
from confgraph.resolve.shingles import title_marks

MakeReading = Callable[..., Reading]
MakeAuthors = Callable[..., tuple[Author, ...]]

TITLE = "Hourly Gauges Warn of Floods Two Days Earlier"
OTHER = "What Four Hundred Rivers Say at Night"


def _papers(readings: list[Reading]) -> dict[str, int]:
    return {e.label: len(e.members) for e in resolve(readings).entities if e.kind is EntityKind.PAPER}


def _candidate(title: str, value: float) -> Candidate:
    return Candidate(title, (Reason("same abstract", value, 0.75), Reason("same authors", 1.0, 0.25)))


def test_the_best_candidate_is_chosen_and_the_runner_up_named() -> None:
    choice = choose([_candidate("on bees", 0.8), _candidate("on rivers", 1.0)])
    assert choice is not None
    assert choice.chosen == 1
    assert choice.reasons[-1] == Reason("runner-up", 0.85, 0.0, "'on bees', 0.15 behind")


def test_two_titles_that_come_near_give_none() -> None:
    assert choose([_candidate("on bees", 1.0), _candidate("on rivers", 0.995)]) is None


def test_one_title_listed_twice_is_no_runner_up() -> None:
    title = "hourly gauges warn of floods two days earlier"
    choice = choose([_candidate("on bees", 0.5), _candidate(title, 1.0), _candidate(f"{title}s", 1.0)])
    assert choice is not None
    assert choice.chosen == 1
    assert "on bees" in choice.reasons[-1].note


def test_too_little_gives_none() -> None:
    assert choose([]) is None
    assert choose([_candidate("on bees", 0.5)]) is None


def test_an_untitled_record_abstains_where_two_pages_give_its_abstract_other_titles(
    reading: MakeReading, authors: MakeAuthors, rivers: str
) -> None:
    people = authors("Ada Moor", "Bo Lind")
    untitled = reading("a.txt", {"abstract": rivers, "authors": people})
    one = reading("b.txt", {"title": TITLE, "abstract": rivers, "authors": people})
    two = reading("c.txt", {"title": OTHER, "abstract": rivers, "authors": people})
    assert _papers([untitled, one]) == {TITLE: 2}
    opening = " ".join(rivers.split()[:10]) + "…"
    assert _papers([untitled, one, two]) == {opening: 1, TITLE: 1, OTHER: 1}
    assert _papers([two, untitled, one]) == {opening: 1, TITLE: 1, OTHER: 1}
    key = paper_key(untitled.records[0], "a.txt")
    left = [j.decision for j in resolve([untitled, one, two]).judgements if j.kind is EntityKind.PAPER and key in (j.left, j.right)]
    assert left == [Decision.OPEN, Decision.OPEN]  # for a person to decide


def test_the_year_decides_between_two_titles(reading: MakeReading, authors: MakeAuthors, rivers: str) -> None:
    people = authors("Ada Moor", "Bo Lind")
    rows: list[dict[str, Any]] = [{"title": TITLE, "year": 2031}, {"title": OTHER, "year": 2033}, {"year": 2033}]
    readings = [reading(f"{i}.txt", {"abstract": rivers, "authors": people} | row) for i, row in enumerate(rows)]
    assert _papers(readings) == {TITLE: 1, OTHER: 2}


def test_records_without_title_share_one_that_either_finds(reading: MakeReading, authors: MakeAuthors, rivers: str) -> None:
    people = authors("Ada Moor", "Bo Lind")
    cut = " ".join(rivers.split()[:50]) + " …"
    readings = [
        reading("a.txt", {"abstract": cut, "authors": people}),
        reading("b.txt", {"abstract": rivers, "authors": people}),
        reading("c.txt", {"title": TITLE, "abstract": "Summary. " + rivers, "authors": people}),
    ]
    assert _papers(readings) == {TITLE: 3}


def _schedule_and_listing(reading: MakeReading, titles: list[str], abstracts: list[str], people: tuple[Author, ...]) -> list[Reading]:
    """Make a page of titles without abstracts and one of abstracts without titles, all of the same people."""
    return [
        reading("schedule.txt", *({"title": title, "authors": people} for title in titles)),
        reading("listing.txt", *({"abstract": abstract, "authors": people} for abstract in abstracts)),
    ]


def test_a_title_without_abstract_meets_an_abstract_without_title_by_the_list_of_authors(
    reading: MakeReading, authors: MakeAuthors, rivers: str
) -> None:
    people = authors("Ada Moor", "Bo Lind", "Cy Ode")
    readings = _schedule_and_listing(reading, [TITLE], [rivers], people)
    assert _papers(readings) == _papers(readings[::-1]) == {TITLE: 2}
    [judged] = [j for j in resolve(readings).judgements if j.kind is EntityKind.PAPER]
    assert judged.by == "authors"


@pytest.mark.parametrize(
    ("title", "names", "others"),
    [
        pytest.param("Mountain Meadows and Their Butterflies", ("Ada Moor", "Bo Lind", "Cy Ode"), False, id="a title of other words"),
        pytest.param(TITLE, ("Ada Moor",), False, id="one author"),
        pytest.param(TITLE, ("Ada Moor", "Bo Lind", "Cy Ode"), True, id="a list that et al. cuts"),
        pytest.param("Night Gauges of Autumn Rivers", ("Ada Moor", "Bo Lind"), False, id="two authors and half the words"),
    ],
)
def test_a_list_of_authors_alone_gives_no_title(
    title: str, names: tuple[str, ...], others: bool, reading: MakeReading, authors: MakeAuthors, rivers: str
) -> None:
    people = authors(*names, others=others)
    assert len(_papers(_schedule_and_listing(reading, [title], [rivers], people))) == 2


def test_of_two_titles_by_one_list_of_authors_the_words_decide_or_none(reading: MakeReading, authors: MakeAuthors, rivers: str) -> None:
    people = authors("Ada Moor", "Bo Lind", "Cy Ode")
    other = "Mountain Meadows and Their Butterflies"
    assert _papers(_schedule_and_listing(reading, [TITLE, other], [rivers], people)) == {TITLE: 2, other: 1}
    near = "Floods and Hourly Gauges: Earlier by Days"
    assert set(_papers(_schedule_and_listing(reading, [TITLE, near], [rivers], people)).values()) == {1}


def test_of_two_abstracts_by_one_list_of_authors_one_takes_the_title(
    reading: MakeReading, authors: MakeAuthors, rivers: str, bees: str
) -> None:
    people = authors("Ada Moor", "Bo Lind", "Cy Ode")
    found = _papers(_schedule_and_listing(reading, [TITLE], [bees, rivers], people))
    assert found[TITLE] == 2
    assert sorted(found.values()) == [1, 2]


@pytest.mark.parametrize(
    "edited",
    [
        "Hourly Gauges Warn of Floods Two Days Earlier!",
        "Hourly Gauges Warn of Flood Two Days Earlier",
        "Hourly-Gauges warn of Floods 2 Days earlier",
    ],
)
def test_small_edits_of_a_title_are_one_paper_where_the_authors_agree(edited: str, reading: MakeReading, authors: MakeAuthors) -> None:
    people = authors("Ada Moor", "Bo Lind")
    same = edited != "Hourly-Gauges warn of Floods 2 Days earlier"  # another number may be another paper
    readings = [reading("a.txt", {"title": TITLE, "authors": people}), reading("b.txt", {"title": edited, "authors": people})]
    assert len(_papers(readings)) == (1 if same else 2)
    readings = [reading("a.txt", {"title": TITLE, "authors": people}), reading("b.txt", {"title": edited, "authors": authors("Cy Ode")})]
    assert len(_papers(readings)) == (1 if edited.endswith("!") else 2)


def test_alike_titles_over_other_abstracts_stay_two_papers(reading: MakeReading, authors: MakeAuthors, rivers: str, bees: str) -> None:
    people = authors("Ada Moor", "Bo Lind")
    one = reading("a.txt", {"title": "Learning Gates for the Warning of Floods", "abstract": rivers, "authors": people})
    two = reading("b.txt", {"title": "Learning Rates for the Warning of Floods", "abstract": bees, "authors": people})
    resolution = resolve([one, two])
    assert len([e for e in resolution.entities if e.kind is EntityKind.PAPER]) == 2
    [judged] = [j for j in resolution.judgements if j.kind is EntityKind.PAPER]
    assert "different abstracts" in [reason.feature for reason in judged.reasons]


def test_two_papers_that_open_alike_have_two_keys(reading: MakeReading, authors: MakeAuthors, rivers: str) -> None:
    words = rivers.split()
    sequel = " ".join([*words[:40], "Here we ask the same of ice."])
    people = authors("Ada Moor")
    records = reading("a.txt", {"abstract": rivers, "authors": people}, {"abstract": sequel, "authors": people}).records
    assert paper_key(records[0], "x") != paper_key(records[1], "x")
    brief = [{"abstract": "Abstract unavailable", "authors": authors(name)} for name in ("Ada Moor", "Bo Lind")]
    assert len({paper_key(record, "x") for record in reading("b.txt", *brief).records}) == 2
    again = reading("c.txt", {"abstract": rivers.replace(". ", ".\n"), "authors": people}).records[0]
    assert paper_key(again, "x") == paper_key(records[0], "x")


def test_titles_of_no_words_block_nothing(reading: MakeReading) -> None:
    readings: list[Reading] = [reading(f"{i}.txt", {"title": "…"}) for i in range(3)]
    entities: list[Entity] = [e for e in resolve(readings).entities if e.kind is EntityKind.PAPER]
    judged: list[Judgement] = list(resolve(readings).judgements)
    assert len(entities) == 3
    assert judged == []


def test_a_title_of_megabytes_costs_no_square() -> None:
    title = "valley " * 300_000
    assert len(title_marks(title)) == 1, "without each of its words it would be 600 GB"
    assert (title_similarity(title, title), title_similarity(title, f"{title} flood")) == (1.0, 0.0)
