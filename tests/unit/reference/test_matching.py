"""Which row of a catalogue a record is, and when none is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from confgraph.records import Author, PageId, Record, RecordId, RecordKind
from confgraph.reference.catalogue import opened
from confgraph.reference.matching import match, outline_of_record
from confgraph.resolve import score

MakeCatalogue = Callable[..., Path]
Papers = dict[str, dict[str, Any]]


def matched(path: Path, cache: Path, year: int | None = None, **fields: Any) -> str | None:
    """Give the title of the row that a record matches."""
    names = fields.pop("authors", ("Ada Moor", "Bo Lind"))
    record = Record(RecordId("a"), "a.txt", 1, PageId("0" * 64), RecordKind.PAPER, authors=tuple(map(Author, names)), **fields)
    with opened(path, cache) as catalogue:
        found = match(outline_of_record(record, year), catalogue)
        return catalogue.entry(found.chosen).title if found else None


def test_the_abstract_decides_between_papers_of_one_group(catalogue: MakeCatalogue, cache: Path, papers: Papers) -> None:
    path = catalogue(papers["gauges"], papers["towns"])
    assert matched(path, cache, abstract=papers["gauges"]["abstract"]) == papers["gauges"]["title"]
    assert matched(path, cache, abstract=papers["towns"]["abstract"]) == papers["towns"]["title"]


def test_another_paper_of_the_group_is_no_match(catalogue: MakeCatalogue, cache: Path, papers: Papers) -> None:
    assert matched(catalogue(papers["towns"]), cache, abstract=papers["gauges"]["abstract"]) is None


def test_a_cut_and_changed_abstract_matches(catalogue: MakeCatalogue, cache: Path, papers: Papers) -> None:
    said = papers["gauges"]["abstract"].split()
    changed = ["other" if number % 20 == 7 else word for number, word in enumerate(said)][: int(0.6 * len(said))]
    path = catalogue(papers["gauges"], papers["towns"])
    assert matched(path, cache, abstract=" ".join(changed) + " …") == papers["gauges"]["title"]


def test_the_abstract_of_other_authors_is_no_match(catalogue: MakeCatalogue, cache: Path, papers: Papers) -> None:
    path = catalogue(papers["gauges"])
    assert matched(path, cache, abstract=papers["gauges"]["abstract"], authors=("Cy Ode", "Di Pell")) is None


def test_two_titles_of_one_abstract_give_none(catalogue: MakeCatalogue, cache: Path, papers: Papers) -> None:
    twin = papers["gauges"] | {"title": "What Four Hundred Rivers Say at Night"}
    path = catalogue(papers["gauges"], twin)
    assert matched(path, cache, abstract=papers["gauges"]["abstract"]) is None
    assert matched(path, cache, abstract=papers["gauges"]["abstract"], title=twin["title"]) == twin["title"]


def test_a_paper_listed_twice_matches_the_row_of_its_year(catalogue: MakeCatalogue, cache: Path, papers: Papers) -> None:
    path = catalogue(papers["gauges"], papers["gauges"] | {"year": 2033, "title": papers["gauges"]["title"].upper()})
    assert matched(path, cache, year=2033, abstract=papers["gauges"]["abstract"]) == papers["gauges"]["title"].upper()
    assert matched(path, cache, year=2031, abstract=papers["gauges"]["abstract"]) == papers["gauges"]["title"]


def test_without_an_abstract_title_and_authors_decide(catalogue: MakeCatalogue, cache: Path, papers: Papers) -> None:
    path = catalogue(papers["gauges"])
    title = papers["gauges"]["title"]
    assert matched(path, cache, title=title.replace("Hourly", "Hourly,")) == title
    assert matched(path, cache, title=title.replace("Gauges", "Gauge")) == title
    assert matched(path, cache, title=title, authors=("Cy Ode", "Di Pell")) is None
    assert matched(path, cache, title=title, authors=()) == title
    assert matched(path, cache, title=title.replace("Gauges", "Gauge"), authors=()) is None
    assert matched(path, cache, title="Opening Remarks") is None


def test_a_nickname_added_to_a_title_hides_no_paper(catalogue: MakeCatalogue, cache: Path, papers: Papers) -> None:
    path = catalogue(papers["gauges"])
    title = papers["gauges"]["title"]
    assert matched(path, cache, title=f"{title} (GaugeNet)", abstract=papers["gauges"]["abstract"]) == title
    assert matched(path, cache, title=f"{title} (GaugeNet)", abstract=papers["towns"]["abstract"]) is None


def test_numbers_in_titles_tell_papers_apart(catalogue: MakeCatalogue, cache: Path, papers: Papers) -> None:
    path = catalogue(papers["gauges"] | {"title": "Floods of the Northern Rivers, Part II", "abstract": ""})
    assert matched(path, cache, title="Floods of the Northern Rivers, Part I") is None
    assert matched(path, cache, title="Floods of the Northern Rivers Part II") == "Floods of the Northern Rivers, Part II"


def test_the_reasons_name_the_runner_up_and_how_far_it_is_behind(catalogue: MakeCatalogue, cache: Path, papers: Papers) -> None:
    record = Record(
        RecordId("a"), "a.txt", 1, PageId("0" * 64), RecordKind.PAPER, abstract=papers["gauges"]["abstract"], authors=(Author("Ada Moor"),)
    )
    with opened(catalogue(papers["gauges"], papers["towns"]), cache) as found:
        choice = match(outline_of_record(record, None), found)
    assert choice is not None
    assert score.total(choice.reasons) == 1.0
    [runner_up] = [reason for reason in choice.reasons if reason.feature == "runner-up"]
    assert runner_up.weight == 0
    assert 0 < runner_up.value < 0.7
    assert "warning towns on rivers without gauges" in runner_up.note
    assert "behind" in runner_up.note
