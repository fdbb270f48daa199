"""Real pages read exactly, and pages rendered from real papers read nearly so.

The pages and their gold records are development data that the project does not carry; see the `shared` fixture.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from confgraph.ingest import ingest
from confgraph.ingest.decode import decode
from confgraph.records import Page, PageId, Reading, Record, RecordKind, TextClass
from confgraph.text import plain

ORALS, TUTORIALS, RECAP = "neurips-2023-orals.txt", "neurips-2024-tutorials.txt", "neurips-2023-recap.txt"
LAB, DAILY = "mcml-neurips-2024.txt", "daily-papers.txt"
PAGES = [ORALS, TUTORIALS, RECAP, LAB, DAILY]

# page: layout, records, titles, rooms, authorships, talks, abstracts, kinds
EXPECTED: dict[str, tuple[str, int, int, int, int, int, int, set[RecordKind]]] = {
    ORALS: ("orals", 77, 0, 77, 469, 0, 77, {RecordKind.PAPER}),
    TUTORIALS: ("tutorials", 14, 0, 14, 0, 0, 14, {RecordKind.TUTORIAL}),
    RECAP: ("recap", 12, 12, 0, 17, 16, 12, {RecordKind.PAPER}),
    LAB: ("lab", 26, 26, 0, 2, 0, 26, {RecordKind.PAPER, RecordKind.WORKSHOP_PAPER}),
    DAILY: ("daily", 134, 134, 0, 0, 0, 134, {RecordKind.PAPER}),
}


def read(path: Path) -> Reading:
    text, encoding = decode(path.read_bytes(), path.name)
    return ingest(Page(path.name, text, PageId(hashlib.sha256(text.encode("utf-8")).hexdigest()), encoding))


def rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def readings(shared: Path) -> dict[str, Reading]:
    return {name: read(shared / "corpus" / name) for name in PAGES}


def test_every_page_of_the_corpus_is_expected(shared: Path) -> None:
    assert sorted(path.name for path in (shared / "corpus").iterdir()) == sorted(PAGES)
    assert sorted(EXPECTED) == sorted(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_page_gives_exactly_its_records(readings: dict[str, Reading], name: str) -> None:
    reading = readings[name]
    records = reading.records
    assert (
        reading.layout,
        len(records),
        sum(r.title is not None for r in records),
        sum(r.room is not None for r in records),
        sum(len(r.authors) for r in records),
        sum(len(r.talks) for r in records),
        sum(r.abstract is not None for r in records),
        {r.kind for r in records},
    ) == EXPECTED[name]
    assert reading.rejects == ()


@pytest.mark.parametrize("name", PAGES)
def test_every_character_is_classed_once(readings: dict[str, Reading], name: str) -> None:
    reading = readings[name]
    ends = [s.end for s in reading.segments]
    assert [s.start for s in reading.segments] == [0, *ends[:-1]]
    assert ends[-1] == len(reading.page.text)
    assert TextClass.UNCLASSED not in {s.text_class for s in reading.segments}


@pytest.mark.parametrize("name", PAGES)
def test_fields_are_the_text_at_their_spans(readings: dict[str, Reading], name: str) -> None:
    page = readings[name].page.text
    for record in readings[name].records:
        whole = record.spans["record"]
        assert all(whole.start <= span.start < span.end <= whole.end for span in record.spans.values())
        assert all(plain(page[a.start : a.end]) == a.name for a in record.authors)
        for field in ("title", "room"):
            if field in record.spans:
                assert page[record.spans[field].start : record.spans[field].end] == getattr(record, field)


def test_marked_abstracts_are_flagged(readings: dict[str, Reading]) -> None:
    cut = {name: sum("abstract cut" in r.flags for r in readings[name].records) for name in (ORALS, TUTORIALS)}
    assert cut == {ORALS: 23, TUTORIALS: 7}
    third = [r.ordinal for r in readings[RECAP].records if "summary by a third person" in r.flags]
    assert third == [2, 5]


def test_time_stamps_stand_with_their_papers(readings: dict[str, Reading]) -> None:
    talks = [[talk.kind for talk in r.talks] for r in readings[RECAP].records]
    assert all(kinds[:1] == ["talk"] and set(kinds[1:]) <= {"poster"} for kinds in talks)
    assert [r.start_time for r in readings[RECAP].records] == [r.talks[0].start_time for r in readings[RECAP].records]
    assert {r.event for r in readings[RECAP].records} == {"NeurIPS 2023 Recap — Best Papers"}


def test_the_lab_and_its_people_are_told_apart(readings: dict[str, Reading]) -> None:
    records = readings[LAB].records
    assert [(r.ordinal, [a.name for a in r.authors]) for r in records if r.authors] == [(2, ["Yuesong Shen"]), (24, ["David Winkel"])]
    assert [(r.ordinal, [i.name for i in r.institutions]) for r in records if r.institutions] == [
        (2, ["Computer Vision & Artificial Intelligence"])
    ]
    assert [r.ordinal for r in records if r.kind is RecordKind.WORKSHOP_PAPER] == [2, 8, 11, 26]
    assert [o.name for o in readings[LAB].facts.organizations] == ["MCML"]


def test_conferences_are_page_facts(readings: dict[str, Reading]) -> None:
    lab, recap = readings[LAB].facts.conference, readings[RECAP].facts.conference
    assert lab is not None
    assert recap is not None
    assert (lab.label, lab.place, lab.start_date, lab.end_date) == ("NeurIPS 2024", "Vancouver, Canada", "2024-12-10", "2024-12-15")
    assert (recap.label, recap.place, recap.start_date, recap.end_date) == ("NeurIPS 2023", "New Orleans", "2023-12-10", "2023-12-16")


def test_gold_records_are_read_exactly(shared: Path, readings: dict[str, Reading]) -> None:
    gold = [row for path in sorted((shared / "gold").glob("*.jsonl")) for row in rows(path)]
    compared = {"titles": 0, "rooms": 0, "author lists": 0}
    for row in gold:
        record: Record = readings[row["doc"]].records[row["ordinal"] - 1]
        where = f"{row['doc']}, record {row['ordinal']}"
        assert record.title == row.get("title"), where
        assert record.room == row["session"], where
        assert [(a.name, a.others) for a in record.authors] == [_author(name) for name in row["authors"]], where
        compared["titles"] += record.title is not None
        compared["rooms"] += record.room is not None
        compared["author lists"] += bool(record.authors)
    assert len(gold) == 59
    assert compared == {"titles": 35, "rooms": 24, "author lists": 25}


def _author(printed: str) -> tuple[str, bool]:
    name = re.sub(r"\s+et al\.?$", "", printed)
    return name, name != printed


# Rendered pages: the layouts that ingest reads, over two venues of different habits.
LAYOUTS = ["orals", "orals-titled", "lab", "daily", "recap", "programme"]
VENUES = [("icml", 2019), ("nips", 2018)]
RENDERED = [(layout, venue, year) for layout in LAYOUTS for venue, year in VENUES]
LIMIT = 100
ENOUGH = 0.99


@pytest.fixture(scope="module")
def rendered(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Render the papers of the venues in each layout; the big file of papers is read once."""
    folder = tmp_path_factory.mktemp("rendered")
    papers = folder / "papers.jsonl"
    keys = [f'"venue": "{venue}", "year": {year}' for venue, year in VENUES]
    with gzip.open(shared / "papers" / "papers.jsonl.gz", "rt", encoding="utf-8") as lines, papers.open("w", encoding="utf-8") as out:
        out.writelines(line for line in lines if any(key in line for key in keys))
    for layout, venue, year in RENDERED:
        options = ["--venue", venue, "--year", str(year), "--limit", str(LIMIT), "--out", str(folder)]
        subprocess.run(
            [sys.executable, str(shared / "papers" / "render.py"), layout, str(papers), *options], check=True, capture_output=True
        )
    return folder


def test_all_rendered_pages_are_collected() -> None:
    assert len(RENDERED) == 12


@pytest.mark.parametrize(("layout", "venue", "year"), RENDERED)
def test_rendered_page_is_read(rendered: Path, layout: str, venue: str, year: int) -> None:
    truth = rows(rendered / f"{layout}-{venue}-{year}.truth.jsonl")
    reading = read(rendered / f"{layout}-{venue}-{year}.txt")
    assert reading.layout == layout.removesuffix("-titled")
    assert len(truth) == len(reading.records) == LIMIT
    pairs = list(zip(truth, reading.records, strict=True))
    titles = sum(record.title == row["title"] for row, record in pairs)
    lists = sum([a.name for a in record.authors] == [plain(_author(name)[0]) for name in row["authors"]] for row, record in pairs)
    assert titles >= ENOUGH * LIMIT
    assert lists >= ENOUGH * LIMIT
