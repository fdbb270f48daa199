"""People: one person under several prints, and several people under one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from confgraph.records import Author, Conference, Decision, EntityKind, Reading, Resolution, Talk
from confgraph.resolve import resolve
from confgraph.resolve.keys import person_key, scope

MakeReading = Callable[..., Reading]
MakeAuthors = Callable[..., tuple[Author, ...]]

TITLE = "Hourly Gauges Warn of Floods Two Days Earlier"


def _people(resolution: Resolution) -> list[str]:
    return sorted(e.label for e in resolution.entities if e.kind is EntityKind.PERSON)


def _how(resolution: Resolution) -> list[str]:
    return sorted({j.by for j in resolution.judgements if j.kind is EntityKind.PERSON and j.decision is Decision.SAME})


def _talk(speakers: tuple[Author, ...]) -> Talk:
    return Talk("Floods", "talk", 0, 1, speakers=speakers)


def test_one_name_in_one_occasion_is_one_person(reading: MakeReading, authors: MakeAuthors) -> None:
    conference = Conference("RiverConf", 2031)
    rows = [{"title": t, "authors": authors("Ada Moor")} for t in (TITLE, "Rain at Night in Narrow Valleys")]
    resolution = resolve([reading(f"{i}.txt", row, conference=conference) for i, row in enumerate(rows)])
    assert _people(resolution) == ["Ada Moor"]
    assert resolution.judgements == ()


def test_one_name_in_two_occasions_without_a_common_paper_is_two_people(reading: MakeReading, authors: MakeAuthors) -> None:
    resolution = resolve(
        [
            reading("a.txt", {"title": TITLE, "authors": authors("Ada Moor")}),
            reading("b.txt", {"title": "Rain at Night in Narrow Valleys", "authors": authors("Ada Moor")}),
        ]
    )
    assert _people(resolution) == ["Ada Moor", "Ada Moor"]


def test_the_speaker_completes_an_author_before_et_al(reading: MakeReading, authors: MakeAuthors) -> None:
    row = {"title": TITLE, "authors": authors("Moor", others=True), "talks": (_talk(authors("Ada Moor")),)}
    resolution = resolve([reading("a.txt", row)])
    assert _people(resolution) == ["Ada Moor"]
    assert _how(resolution) == ["speaker"]
    [person] = [e for e in resolution.entities if e.kind is EntityKind.PERSON]
    assert person.aliases == ("Moor",)


def test_two_speakers_of_the_surname_complete_nobody(reading: MakeReading, authors: MakeAuthors) -> None:
    row = {"title": TITLE, "authors": authors("Moor", others=True), "talks": (_talk(authors("Ada Moor", "Ben Moor")),)}
    assert _people(resolve([reading("a.txt", row)])) == ["Ada Moor", "Ben Moor", "Moor"]


@pytest.mark.parametrize("printed", ["Ada Moor", "A. Y. Moor", "Ada Y Moor"])
def test_a_speaker_under_a_shorter_name_is_the_author(reading: MakeReading, authors: MakeAuthors, printed: str) -> None:
    row = {"title": TITLE, "authors": authors("Ada Yrsa Moor", "Bo Lind"), "talks": (_talk(authors(printed)),)}
    resolution = resolve([reading("a.txt", row)])
    assert _people(resolution) == ["Ada Yrsa Moor", "Bo Lind"]


@pytest.mark.parametrize("printed", ["Ida Moor", "Ada Lindmoor", "A. Z. Moor"])
def test_a_speaker_under_another_name_is_not_the_author(reading: MakeReading, authors: MakeAuthors, printed: str) -> None:
    row = {"title": TITLE, "authors": authors("Ada Yrsa Moor"), "talks": (_talk(authors(printed)),)}
    assert len(_people(resolve([reading("a.txt", row)]))) == 2


def test_a_speaker_who_could_be_two_authors_is_neither(reading: MakeReading, authors: MakeAuthors) -> None:
    row = {"title": TITLE, "authors": authors("Ada Moor", "Alma Moor"), "talks": (_talk(authors("A. Moor")),)}
    assert _people(resolve([reading("a.txt", row)])) == ["A. Moor", "Ada Moor", "Alma Moor"]


def test_authors_at_one_position_of_one_paper_are_one_person(reading: MakeReading, authors: MakeAuthors) -> None:
    long_list = reading("a.txt", {"title": TITLE, "authors": authors("Ada Moor", "Bo Åke Lind")})
    short_list = reading("b.txt", {"title": TITLE, "authors": authors("A. Moor", "B. A. Lind")})
    resolution = resolve([long_list, short_list])
    assert _people(resolution) == ["Ada Moor", "Bo Åke Lind"]
    assert _how(resolution) == ["position"]


def test_a_name_before_et_al_is_the_first_author_of_the_merged_paper(reading: MakeReading, authors: MakeAuthors, rivers: str) -> None:
    listing = reading("a.txt", {"abstract": rivers, "authors": authors("Ada Moor", "Bo Lind")})
    notes = reading("b.txt", {"title": TITLE, "abstract": rivers, "authors": authors("Moor", others=True)})
    resolution = resolve([listing, notes])
    assert _people(resolution) == ["Ada Moor", "Bo Lind"]
    key = person_key(notes.records[0].authors[0], notes.records[0], scope(notes))
    assert resolution.by_member[key].label == "Ada Moor"


def test_other_given_names_at_one_position_are_two_people(reading: MakeReading, authors: MakeAuthors) -> None:
    pages = [reading(f"{name}.txt", {"title": TITLE, "authors": authors(name, "Bo Lind")}) for name in ("Wei Moor", "Wen Moor")]
    assert _people(resolve(pages)) == ["Bo Lind", "Wei Moor", "Wen Moor"]


def test_one_name_on_both_pages_of_a_paper_is_one_person_at_any_position(reading: MakeReading, authors: MakeAuthors) -> None:
    pages = [
        reading("a.txt", {"title": TITLE, "authors": authors("Ada Moor", "Bo Lind")}),
        reading("b.txt", {"title": TITLE, "authors": authors("Bo Lind")}),
    ]
    resolution = resolve(pages)
    assert _people(resolution) == ["Ada Moor", "Bo Lind"]
    assert _how(resolution) == ["name"]


def test_two_authors_of_one_list_are_never_one_person(reading: MakeReading, authors: MakeAuthors) -> None:
    pages = [
        reading("a.txt", {"title": TITLE, "authors": authors("Ada Moor", "A. Moor")}),
        reading("b.txt", {"title": TITLE, "authors": authors("A. Moor", "Ada Moor")}),
    ]
    resolution = resolve(pages)
    for page in pages:
        record = page.records[0]
        keys = [person_key(author, record, scope(page)) for author in record.authors]
        assert resolution.by_member[keys[0]] != resolution.by_member[keys[1]]
    assert "contradiction" in {j.by for j in resolution.judgements}
