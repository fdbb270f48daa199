"""People of different papers and conferences: what makes them one, and what keeps them apart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from confgraph.records import Author, Conference, Decision, EntityKind, Judgement, Reading, Resolution
from confgraph.resolve import resolve

MakeReading = Callable[..., Reading]

HIVE, AGENCY = ("Hive Institute, Bredal",), ("River Agency, Tarnholm",)


def _author(name: str, affiliations: tuple[str, ...] = (), **ids: str) -> Author:
    return Author(name, affiliations, ids=ids)


def _pages(reading: MakeReading, *lists: tuple[Author, ...]) -> list[Reading]:
    """Give a page a conference, each with one paper of its own."""
    titles = ("Bees weigh landmarks", "Bees in a clear sky", "Hourly gauges warn of floods", "Rain at night in valleys")
    return [
        reading(f"{i}.txt", {"title": f"{titles[i]} and what follows", "authors": a}, conference=Conference(f"Conf{i}", 2030 + i))
        for i, a in enumerate(lists)
    ]


def _people(resolution: Resolution, surname: str) -> list[int]:
    """Give how many members each person of a surname has."""
    return sorted(len(e.members) for e in resolution.entities if e.kind is EntityKind.PERSON and e.label.endswith(surname))


def _judged(resolution: Resolution, by: str) -> list[Judgement]:
    return [j for j in resolution.judgements if j.kind is EntityKind.PERSON and j.by == by]


def test_a_rare_name_with_a_shared_co_author_is_one_person_with_reasons(reading: MakeReading) -> None:
    one, two = (_author("Dietlinde Foxglove"), _author("Ragna Tulk")), (_author("D. Foxglove"), _author("Ragna Tulk"))
    resolution = resolve(_pages(reading, one, two))
    assert _people(resolution, "Foxglove") == [2]
    [judged] = [j for j in _judged(resolution, "evidence") if "foxglove" in j.left]
    assert judged.decision is Decision.SAME
    notes = {r.feature: r.note for r in judged.reasons}
    assert "Ragna" not in notes["initial of the given name"]
    assert notes["shared co-authors"] == "R. Tulk"


def test_a_rare_name_with_one_affiliation_is_one_person(reading: MakeReading) -> None:
    resolution = resolve(_pages(reading, (_author("Dietlinde Foxglove", HIVE),), (_author("Dietlinde Foxglove", HIVE),)))
    assert _people(resolution, "Foxglove") == [2]


def test_a_name_alone_joins_nobody(reading: MakeReading) -> None:
    one, two = (_author("Dietlinde Foxglove"), _author("Ragna Tulk")), (_author("Dietlinde Foxglove"), _author("Odo Bram"))
    assert _people(resolve(_pages(reading, one, two)), "Foxglove") == [1, 1]


def test_a_common_name_needs_more_than_one_common_co_author(reading: MakeReading) -> None:
    wang = _author("Wei Wang")
    weak = resolve(_pages(reading, (wang, _author("Jun Li")), (wang, _author("Jun Li"))))
    assert _people(weak, "Wang") == [1, 1]
    team = (_author("Wei Wang", HIVE), _author("Ragna Tulk", HIVE), _author("Odo Bram", HIVE))
    assert _people(resolve(_pages(reading, team, team)), "Wang") == [2]


def test_an_initial_does_not_bring_two_full_names_together(reading: MakeReading) -> None:
    mates = (_author("Ragna Tulk", HIVE), _author("Odo Bram", HIVE))
    lists = [(_author(name, HIVE), *mates) for name in ("John Foxglove", "J. Foxglove", "Jane Foxglove")]
    resolution = resolve(_pages(reading, *lists))
    people = [e for e in resolution.entities if e.kind is EntityKind.PERSON and e.label.endswith("Foxglove")]
    assert not [p for p in people if {"John Foxglove", "Jane Foxglove"} <= {p.label, *p.aliases}]


def test_spellings_of_one_given_name_are_one_person(reading: MakeReading) -> None:
    lists = [(_author(name, HIVE), _author("Ragna Tulk")) for name in ("Jun-Yan Foxglove", "Junyan Foxglove", "Jun Yan Foxglove")]
    assert _people(resolve(_pages(reading, *lists)), "Foxglove") == [3]


def test_one_id_is_one_person_whatever_else(reading: MakeReading) -> None:
    orcid = "0000-0002-1825-0097"
    resolution = resolve(_pages(reading, (_author("Wei Wang", HIVE, orcid=orcid),), (_author("W. Wang", AGENCY, orcid=orcid),)))
    assert _people(resolution, "Wang") == [2]
    assert [r.feature for j in _judged(resolution, "id") for r in j.reasons] == ["same id"]


def test_two_ids_of_one_scheme_are_two_people(reading: MakeReading) -> None:
    mates = (_author("Ragna Tulk", HIVE), _author("Odo Bram", HIVE))
    lists = [(_author("Dietlinde Foxglove", HIVE, dblp=pid), *mates) for pid in ("11/1", "11/2")]
    unidentified = (_author("Dietlinde Foxglove", HIVE), *mates)
    assert _people(resolve(_pages(reading, *lists)), "Foxglove") == [1, 1]
    assert max(_people(resolve(_pages(reading, *lists, unidentified)), "Foxglove")) == 2


def test_the_year_of_a_series_and_common_words_of_places_are_no_tie(reading: MakeReading) -> None:
    one = (_author("Dietlinde Foxglove", ("Department of Computer Science, University of Bredal",)),)
    two = (_author("Dietlinde Foxglove", ("Department of Computer Science, University of Tarnholm",)),)
    assert _people(resolve(_pages(reading, one, two)), "Foxglove") == [1, 1]


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_the_order_of_pages_does_not_matter(reading: MakeReading, data: st.DataObject) -> None:
    names = st.sampled_from(["Wei Wang", "W. Wang", "Wei-Ming Wang", "Dietlinde Foxglove", "D. Foxglove", "Ragna Tulk", "Odo Bram"])
    lists = data.draw(st.lists(st.lists(names, min_size=1, max_size=4, unique=True), min_size=2, max_size=4))
    pages = _pages(reading, *(tuple(_author(name, HIVE) for name in listed) for listed in lists))
    assert resolve(data.draw(st.permutations(pages))) == resolve(pages)


def test_a_page_of_other_people_changes_no_judgement(reading: MakeReading) -> None:
    one, two = (_author("Dietlinde Foxglove"), _author("Ragna Tulk")), (_author("D. Foxglove"), _author("Ragna Tulk"))
    pages = _pages(reading, one, two, (_author("Ada Moor", HIVE), _author("Bo Lind", HIVE)))
    rows: list[dict[str, Any]] = [{"title": f"Another paper of the day {i}", "authors": (_author(f"Ada Moor{i}x"),)} for i in range(5)]
    before, after = resolve(pages), resolve([*pages, reading("more.txt", *rows, conference=Conference("Other", 2040))])
    assert set(before.judgements) == set(after.judgements)


@pytest.mark.parametrize("others", [True, False])
def test_a_surname_alone_is_compared_with_nobody_across_papers(reading: MakeReading, others: bool) -> None:
    lists = [(Author("Foxglove", HIVE, others=others),), (_author("Dietlinde Foxglove", HIVE),)]
    assert _people(resolve(_pages(reading, *lists)), "Foxglove") == [1, 1]
