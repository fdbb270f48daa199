"""Rows of `records.jsonl`: a record survives the round trip, anything else is told where it is wrong."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest

from confgraph.errors import RecordError
from confgraph.records import (
    ArtefactKind,
    Author,
    Concept,
    Conference,
    Introduced,
    PageId,
    Record,
    RecordId,
    RecordKind,
    Relation,
    RelationType,
    Resource,
    ResourceKind,
    Result,
    Span,
    Talk,
    from_row,
    to_row,
)

FULL = Record(
    id=RecordId("r1"),
    doc="orals.txt",
    ordinal=3,
    page=PageId("f" * 64),
    kind=RecordKind.WORKSHOP_PAPER,
    title="On Engines",
    abstract="We show it.",
    authors=(Author("Ada Lovelace", ("University of London",), others=True, start=2, end=14),),
    room="Hall A",
    session="Morning",
    track="Oral",
    venue="Engines Workshop",
    event="NeurIPS 2023",
    year=2023,
    start_time="09:00",
    end_time="09:20",
    keywords=("engines",),
    ids={"doi": "10.1/x", "arxiv": "2301.00001"},
    further_ids={"doi": ("10.1/y", "10.1/z")},
    introduces=(Introduced("Engine", ArtefactKind.SOFTWARE, ("E",), 0.9, (Span(1, 7),)),),
    methods=(Concept("Low-Rank Adaptation", ("LoRA",), 0.8, (Span(3, 5),)),),
    datasets=(Concept("CIFAR-10"),),
    tasks=(Concept("sorting"),),
    metrics=(Concept("accuracy"),),
    institutions=(Concept("ETH Zurich"),),
    resources=(Resource("https://a.org", ResourceKind.CODE, 3, 16),),
    results=(Result("accuracy", "95.1", 4, 9, "%", "CIFAR-10", "Engine"),),
    relations=(Relation("Engine", 1, RelationType.USED_FOR, "sorting", 9, 0.7, 0, 20),),
    talks=(Talk("Engines", "talk", 0, 9, "0:01:02", (Author("Ada Lovelace"),)),),
    flags=("abstract cut",),
    spans={"title": Span(0, 10), "record": Span(0, 99)},
)
LEAST: dict[str, Any] = {"id": "r1", "doc": "a.txt", "ordinal": 1, "page": "0", "kind": "paper"}


def test_the_full_record_uses_every_field() -> None:
    empty = from_row(LEAST, "row")
    names = {f.name for f in dataclasses.fields(Record)} - set(LEAST)
    assert all(getattr(FULL, name) != getattr(empty, name) for name in names)


@pytest.mark.parametrize("record", [FULL, from_row(LEAST, "row")], ids=["full", "least"])
def test_record_survives_json(record: Record) -> None:
    assert from_row(json.loads(json.dumps(to_row(record))), "row") == record


def test_row_keys_are_the_documented_ones() -> None:
    row = to_row(FULL)
    assert row["kind"] == "workshop paper"
    (author,) = row["authors"]
    assert author == {"name": "Ada Lovelace", "affiliations": ["University of London"], "others": True, "start": 2, "end": 14, "ids": {}}
    assert row["relations"][0]["type"] == "Used-For"
    assert list(row["spans"]) == ["record", "title"]


def test_null_is_as_good_as_absent() -> None:
    assert from_row(LEAST | {"title": None, "authors": None, "spans": None}, "row") == from_row(LEAST, "row")


def test_a_whole_number_may_be_a_confidence() -> None:
    record = from_row(LEAST | {"methods": [{"name": "Adam", "confidence": 1}]}, "row")
    assert record.methods[0].confidence == 1.0


BAD = {
    "no object": (["a"], "record is list"),
    "lacks a key": ({k: v for k, v in LEAST.items() if k != "doc"}, "record lacks 'doc'"),
    "required key is null": (LEAST | {"id": None}, "record lacks 'id'"),
    "unknown key": (LEAST | {"autors": []}, "unknown key 'autors'"),
    "text for a number": (LEAST | {"ordinal": "1"}, "record.ordinal is str"),
    "true for a number": (LEAST | {"year": True}, "record.year is bool"),
    "number for a text": (LEAST | {"title": 7}, "record.title is int"),
    "unknown kind": (LEAST | {"kind": "novel"}, "record.kind is 'novel'"),
    "list for an enum": (LEAST | {"kind": []}, "record.kind is []"),
    "object for a list": (LEAST | {"authors": {}}, "record.authors is dict"),
    "text for a list": (LEAST | {"keywords": "engines"}, "record.keywords is str"),
    "null in a list": (LEAST | {"keywords": ["a", None]}, "record.keywords[1] is NoneType"),
    "deep unknown key": (
        LEAST | {"authors": [{"name": "Ada"}, {"name": "Alan", "orcid": "0"}]},
        "record.authors[1] has the unknown key 'orcid'",
    ),
    "deep missing key": (LEAST | {"authors": [{}]}, "record.authors[0] lacks 'name'"),
    "bad span": (LEAST | {"spans": {"title": {"start": 0}}}, "record.spans.title lacks 'end'"),
    "bad offset": (
        LEAST | {"methods": [{"name": "A", "mentions": [{"start": 0, "end": 1.5}]}]},
        "record.methods[0].mentions[0].end is float",
    ),
    "list for an object": (LEAST | {"ids": []}, "record.ids is list"),
    "bad identifier": (LEAST | {"ids": {"doi": 10.1}}, "record.ids.doi is float"),
    "text for a confidence": (LEAST | {"methods": [{"name": "A", "confidence": "high"}]}, "record.methods[0].confidence is str"),
    "unknown relation": (
        LEAST
        | {
            "relations": [
                {
                    "subject": "a",
                    "subject_start": 0,
                    "type": "Likes",
                    "object": "b",
                    "object_start": 1,
                    "confidence": 1,
                    "start": 0,
                    "end": 2,
                }
            ]
        },
        "record.relations[0].type is 'Likes'",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_row_is_told_where_it_is_wrong(case: str) -> None:
    row, expected = BAD[case]
    with pytest.raises(RecordError) as caught:
        from_row(row, "records.jsonl, line 3")
    assert str(caught.value).startswith(
        f"records.jsonl, line 3: {expected}" if expected.startswith("record") else "records.jsonl, line 3: "
    )
    assert expected in str(caught.value)
    assert caught.value.hint


def test_all_bad_rows_are_collected() -> None:
    assert len(BAD) == 20


def test_conference_without_year_is_called_by_its_series() -> None:
    assert Conference("NeurIPS").label == "NeurIPS"
