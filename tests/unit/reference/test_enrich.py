"""What catalogues say of the records of pages: which rows enter, as what, and what the user is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from confgraph.errors import SourceError
from confgraph.ingest import ingest
from confgraph.records import Decision, EntityKind, Page, Reading, RecordKind
from confgraph.reference.enrich import References, enrich
from confgraph.resolve import resolve

MakeCatalogue = Callable[..., Path]
MakePage = Callable[..., Page]
Papers = dict[str, dict[str, Any]]


@pytest.fixture(autouse=True)
def own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep indexes out of the user's cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def listing(make_page: MakePage, papers: Papers) -> Reading:
    """Give the reading of a listing of two papers without titles."""
    rows = [papers["gauges"], papers["hives"]]
    oral = "Oral\n{}\n\n[ Hall 2 ]\n\nAbstract\n\n{}\n"
    return ingest(make_page("Orals\n" + "\n".join(oral.format(" · ".join(r["authors"]), r["abstract"]) for r in rows), name="orals.txt"))


def asked(reading: Reading, *paths: Path) -> References:
    return enrich([reading], paths, lambda *_: None)


def test_only_the_rows_that_match_enter_and_say_what_the_record_does_not(
    listing: Reading, catalogue: MakeCatalogue, papers: Papers
) -> None:
    [said] = asked(listing, catalogue(papers["towns"], papers["gauges"])).each
    assert (said.rows, len(said.links)) == (42, 1)
    assert said.page is not None
    [record] = ingest(said.page).records
    assert record.title == papers["gauges"]["title"]
    assert record.abstract is None
    assert (record.year, record.ids["doi"]) == (2031, "10.1234/gauges")
    assert record.authors[0].ids == {"orcid": "0000-0002-1825-0097", "openreview": "~Ada_Moor1", "dblp": "12/34"}
    assert [author.affiliations for author in record.authors] == [("University of Example",), ("Institute of Rivers",)]


def test_the_title_of_a_row_becomes_that_of_the_record_by_a_judgement(listing: Reading, catalogue: MakeCatalogue, papers: Papers) -> None:
    references = asked(listing, catalogue(papers["towns"], papers["gauges"]))
    readings = [ingest(page) for page in references.pages]
    resolution = resolve([listing, *readings], matches=references.matches(readings))

    labels = {e.label: len(e.members) for e in resolution.entities if e.kind is EntityKind.PAPER}
    assert labels == {papers["gauges"]["title"]: 2, "Bees return to a hive by the sun, by landmarks…": 1}
    [judged] = [j for j in resolution.judgements if j.by == "catalogue"]
    assert (judged.decision, judged.score) == (Decision.SAME, 1.0)
    assert [r.feature for r in judged.reasons] == ["same abstract", "same authors", "runner-up"]
    people = [e for e in resolution.entities if e.kind is EntityKind.PERSON and e.label == "Ada Moor"]
    assert len(people) == 1


def test_a_row_joins_no_record_but_the_one_that_matches(catalogue: MakeCatalogue, papers: Papers, make_page: MakePage) -> None:
    """A twin makes the second record ambiguous; that a row enters for the first must not decide for the second."""
    twin = papers["hives"] | {"title": "What the Sky Says to Old and Young Bees"}
    page = ingest(
        make_page(f"Orals\nOral\nCy Ode · Di Pell\n\n[ Hall 2 ]\n\nAbstract\n\n{papers['hives']['abstract']}\n", name="orals.txt")
    )
    named = f"Spotlights\nSpotlight\n{twin['title']}\nCy Ode · Di Pell\n\n[ Hall 2 ]\n\nAbstract\n\nBees and the sky.\n"
    titled = ingest(make_page(named, name="titled.txt"))
    titled = replace(titled, records=tuple(replace(r, title=twin["title"], abstract=None) for r in titled.records[:1]))
    references = enrich([page, titled], [catalogue(papers["hives"], twin)], lambda *_: None)
    readings = [ingest(page) for page in references.pages]
    assert [r.title for reading in readings for r in reading.records] == [twin["title"]]
    resolution = resolve([page, titled, *readings], matches=references.matches(readings))
    assert sorted(e.label for e in resolution.entities if e.kind is EntityKind.PAPER) == [
        "Bees return to a hive by the sun, by landmarks…",
        twin["title"],
    ]


def test_a_catalogue_without_a_match_gives_no_page(listing: Reading, catalogue: MakeCatalogue, papers: Papers) -> None:
    references = asked(listing, catalogue(papers["towns"]))
    assert references.pages == ()
    assert references.hashes == ()
    assert [one.to_row()["matched"] for one in references.each] == [0]


def test_several_catalogues_say_what_each_knows(listing: Reading, catalogue: MakeCatalogue, papers: Papers) -> None:
    paths = [catalogue(papers["hives"], name="b.jsonl"), catalogue(papers["gauges"], name="a.jsonl")]
    references = asked(listing, *paths, paths[0])
    assert [(one.name, len(one.links)) for one in references.each] == [("a.jsonl", 1), ("b.jsonl", 1)]
    assert len(references.matches([ingest(page) for page in references.pages])) == 2


def test_people_of_two_rows_are_told_apart_by_venue(listing: Reading, catalogue: MakeCatalogue, papers: Papers) -> None:
    """One page of rows from many conferences must not make one person of all who share a name."""
    others = papers["hives"] | {"authors": ["Ada Moor", "Di Pell"]}
    records = tuple(replace(r, authors=(replace(r.authors[0], name="Ada Moor"), *r.authors[1:])) for r in listing.records)
    references = asked(replace(listing, records=records), catalogue(papers["gauges"], others))
    readings = [ingest(page) for page in references.pages]
    resolution = resolve(readings)
    assert sum(e.label == "Ada Moor" for e in resolution.entities) == 2


def test_a_tutorial_is_no_paper_of_a_catalogue(listing: Reading, catalogue: MakeCatalogue, papers: Papers) -> None:
    tutorials = replace(listing, records=tuple(replace(r, kind=RecordKind.TUTORIAL) for r in listing.records))
    assert asked(tutorials, catalogue(papers["gauges"])).pages == ()


def test_two_sources_of_one_name_are_refused(listing: Reading, catalogue: MakeCatalogue) -> None:
    with pytest.raises(SourceError, match="name of a page"):
        asked(listing, catalogue(name="orals.txt"))


def test_rows_that_cannot_be_read_become_rejects(listing: Reading, catalogue: MakeCatalogue, papers: Papers) -> None:
    path = catalogue(papers["gauges"])
    with path.open("a", encoding="utf-8") as stream:
        stream.write('{"title": \n' * 30)
    rejects = asked(listing, path).rejects
    assert rejects[0].doc == "papers.jsonl"
    assert rejects[0].reason.startswith("line 42: is not JSON")
    assert rejects[-1].reason == "10 more rows could not be read"
    assert len(rejects) == 21


def test_the_manifest_tells_the_file_and_what_it_knew(listing: Reading, catalogue: MakeCatalogue, papers: Papers) -> None:
    path = catalogue(papers["gauges"])
    [row] = (one.to_row() for one in asked(listing, path).each)
    assert json.loads(json.dumps(row)) == {"name": "papers.jsonl", "sha256": row["sha256"], "rows": 41, "matched": 1}
    assert len(row["sha256"]) == 64
