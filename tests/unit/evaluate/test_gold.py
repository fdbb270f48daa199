"""Gold sets are told apart by their first line, and their mistakes by the line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from confgraph.errors import SourceError
from confgraph.evaluate.gold import GoldText, kind_of, read_records, read_texts

SCIER = {"doc_id": "d1", "sentence": "We use CNNs .", "ner": [["CNNs", "Method"]], "rel": []}
OWN = {"id": 1, "text": "We use CNNs.", "entities": [{"start": 7, "end": 11, "label": "method"}]}
RECORD = {"doc": "a.txt", "ordinal": 1}


def write(folder: Path, *rows: object) -> Path:
    (folder / "gold.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    return folder / "gold.jsonl"


@pytest.mark.parametrize(("row", "kind"), [(SCIER, "scier"), (OWN, "scier"), (RECORD, "records")])
def test_the_kind_is_read_off_the_first_line(row: object, kind: str, tmp_path: Path) -> None:
    assert kind_of(write(tmp_path, row, {"anything": 1})) == kind


@pytest.mark.parametrize("row", [{"id": 1}, [], 3, {"doc": "a.txt"}])
def test_what_is_no_gold_set_is_told(row: object, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no format of gold sets"):
        kind_of(write(tmp_path, row))


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is empty"):
        kind_of(write(tmp_path))


def test_texts_of_both_formats_are_read_alike(tmp_path: Path) -> None:
    wanted = ((7, 11, "Method"),)
    assert read_texts(write(tmp_path, SCIER)) == [GoldText("d1", "We use CNNs.", wanted, ())]
    assert read_texts(write(tmp_path, OWN)) == [GoldText("", "We use CNNs.", wanted, ())], "labels match in any case"
    assert read_texts(write(tmp_path, {**OWN, "doc_id": 7}))[0].doc == "7"


def test_relations_name_their_entities_by_where_they_start(tmp_path: Path) -> None:
    entities = [{"start": s, "end": e, "label": "Task"} for s, e in ((0, 2), (0, 6), (7, 11))]
    relations = [
        {"subject_start": 7, "type": "Part-Of", "object_start": 0},
        {"subject": "We use", "subject_start": 0, "type": "Part-Of", "object_start": 7},
    ]
    (text,) = read_texts(write(tmp_path, {**OWN, "entities": entities, "relations": relations}))
    assert text.relations == ((2, "Part-Of", 0), (1, "Part-Of", 2)), "of several that start there, the words choose"


WRONG_TEXTS: dict[str, tuple[dict[str, Any], str]] = {
    "no entities": ({"text": "a"}, "lacks 'entities'"),
    "text is no string": ({"text": 3, "entities": []}, "text is 3"),
    "entities are no list": ({"text": "a", "entities": {}}, "entities is"),
    "entity is no object": ({"text": "a", "entities": [[0, 1, "Task"]]}, "where an object belongs"),
    "entity outside": ({"text": "a", "entities": [{"start": 0, "end": 2, "label": "Task"}]}, "outside its text of 1 characters"),
    "entity without words": ({"text": "a", "entities": [{"start": 1, "end": 1, "label": "Task"}]}, "outside"),
    "start is no integer": ({"text": "a", "entities": [{"start": "0", "end": 1, "label": "Task"}]}, "start is '0'"),
    "start is true": ({"text": "a", "entities": [{"start": False, "end": 1, "label": "Task"}]}, "start is False"),
    "relations are no list": ({"text": "a", "entities": [], "relations": 1}, "relations is no list"),
    "relation to nothing": (
        {
            "text": "a b",
            "entities": [{"start": 0, "end": 1, "label": "Task"}],
            "relations": [{"subject_start": 0, "type": "Part-Of", "object_start": 2}],
        },
        "object is no entity: 2",
    ),
}


@pytest.mark.parametrize("case", WRONG_TEXTS)
def test_a_wrong_text_is_told_by_its_line(case: str, tmp_path: Path) -> None:
    row, says = WRONG_TEXTS[case]
    with pytest.raises(SourceError, match=says) as caught:
        read_texts(write(tmp_path, OWN, row))
    assert caught.value.where.endswith("line 2")
    assert caught.value.hint


WRONG_RECORDS: dict[str, dict[str, Any]] = {
    "no ordinal": {"doc": "a.txt"},
    "ordinal is no integer": {**RECORD, "ordinal": "1"},
    "field is no list": {**RECORD, "methods": "BERT"},
    "item is a number": {**RECORD, "methods": [3]},
    "item without a name": {**RECORD, "introduces": [{"kind": "Method"}]},
    "aliases are no strings": {**RECORD, "introduces": [{"name": "Q", "aliases": [1]}]},
    "relation of two": {**RECORD, "relations": [["a", "USED_FOR"]]},
    "extras are no object": {**RECORD, "extras": ["BERT"]},
    "alias is no list": {**RECORD, "extras": {"aliases": {"BERT": "B"}}},
    "lenient is no list": {**RECORD, "extras": {"lenient": {"BERT": 1}}},
}


@pytest.mark.parametrize("case", WRONG_RECORDS)
def test_a_wrong_record_is_told_by_its_line(case: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        read_records(write(tmp_path, RECORD, WRONG_RECORDS[case]))
    assert caught.value.where.endswith("line 2")
    assert caught.value.hint


def test_all_mistakes_are_collected() -> None:
    assert (len(WRONG_TEXTS), len(WRONG_RECORDS)) == (10, 10)
