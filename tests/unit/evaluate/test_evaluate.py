"""An evaluation says what was scored, over what, and how well."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from confgraph.errors import ConfgraphError, SourceError, UsageError
from confgraph.evaluate import evaluate
from confgraph.extract import Annotation, Mention, RelationMention
from confgraph.records import Concept, PageId, Record, RecordId, RecordKind, RelationType, to_row

TEXT = "FrogNet outperforms BERT on MNIST."


def text(*marks: tuple[str, str], doc: str | None = None, **more: Any) -> dict[str, Any]:
    entities = [{"start": TEXT.index(w), "end": TEXT.index(w) + len(w), "label": label} for w, label in marks]
    return {"id": 1, "text": TEXT, "entities": entities, **({"doc_id": doc} if doc else {}), **more}


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every text hold the same two methods, a data set, and two relations."""
    marks = [(label, word, TEXT.index(word)) for label, word in (("Method", "FrogNet"), ("Method", "BERT"), ("Dataset", "MNIST"))]
    entities = tuple(Mention(at, at + len(word), label, word, 0.5) for label, word, at in marks)
    (_, one, here), (_, two, there), (_, three, last) = marks
    relations = (
        RelationMention(one, here, RelationType.COMPARE_WITH, two, there, 0.5),
        RelationMention(one, here, RelationType.COMPARE_WITH, three, last, 0.5),
    )
    monkeypatch.setattr("confgraph.evaluate.annotate", lambda texts, *_: (Annotation(entities, relations) for _ in texts))


def write(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    return path


@pytest.mark.usefixtures("found")
def test_texts_are_scored_by_label_and_type_of_the_gold_set(tmp_path: Path) -> None:
    relations = [{"subject_start": 0, "type": "Compare-With", "object_start": TEXT.index("BERT")}]
    gold = write(tmp_path / "g.jsonl", text(("FrogNet", "Method"), ("BERT on", "Method"), doc="a", relations=relations), text(doc="a"))
    report = evaluate([gold])
    assert (report.on, report.units, report.resampled) == ("scier", 1, "documents")
    assert list(report.tables) == ["entities, exact", "entities, overlapping", "relations, exact", "relations, overlapping"]
    exact, overlapping = (report.tables[f"entities, {how}"]["Method"] for how in ("exact", "overlapping"))
    assert (exact.found, exact.gold, exact.predicted) == (1, 2, 4), "of the second text all is wrong"
    assert overlapping.found == 2
    assert list(report.tables["entities, exact"]) == ["Method", "micro"], "the data set found is no label of this gold set"
    strict, relaxed = (report.tables[f"relations, {how}"]["micro"] for how in ("exact", "overlapping"))
    assert (strict.found, strict.gold, strict.predicted, relaxed.found) == (0, 1, 2, 1), "a data set is no end that this gold set knows"


@pytest.mark.usefixtures("found")
def test_lines_are_drawn_where_no_documents_are_named(tmp_path: Path) -> None:
    report = evaluate([write(tmp_path / "g.jsonl", text(("FrogNet", "Method"), doc="a"), text(), text(doc="a"))])
    assert (report.units, report.resampled) == (3, "lines")


def test_files_are_taken_together_and_the_work_is_told(tmp_path: Path) -> None:
    scier = {"doc_id": "d", "sentence": "We use BERT .", "ner": [["BERT", "Method"]], "rel": []}
    files = [write(tmp_path / "one.jsonl", text(("FrogNet", "Method"))), write(tmp_path / "two.jsonl", scier)]
    told: list[tuple[str, int, int]] = []
    report = evaluate(files, tell=lambda *step: told.append(step))
    assert report.tables["entities, exact"]["Method"].gold == 2
    assert told[-1] == ("extract", 2, 2)


def test_records_are_scored_against_a_build(tmp_path: Path) -> None:
    gold = write(tmp_path / "g.jsonl", {"doc": "a.txt", "ordinal": 1, "methods": ["Quokka"]}, {"doc": "b.txt", "ordinal": 1})
    made = Record(RecordId("r"), "a.txt", 1, PageId("0" * 64), RecordKind.PAPER, methods=(Concept("quokka"), Concept("Emu")))
    write(tmp_path / "records.jsonl", to_row(made))
    for against in (tmp_path, tmp_path / "records.jsonl"):
        report = evaluate([gold], against=against)
        assert (report.on, report.units, report.resampled) == ("records", 2, "records")
        assert list(report.tables) == ["shares", "fields, exact", "fields, relaxed"]
        score = report.tables["fields, exact"]["methods"]
        assert (score.precision.value, score.recall.value) == (0.5, 1)
        assert report.tables["shares"]["records"].recall.value == 0.5


@pytest.mark.usefixtures("found")
def test_a_report_is_plain_json_and_a_table_of_strings(tmp_path: Path) -> None:
    report = evaluate([write(tmp_path / "g.jsonl", text(("FrogNet", "Method"), ("MNIST", "Task")))])
    row = report.to_row()
    assert json.loads(json.dumps(row, allow_nan=False)) == row
    assert row["tables"]["entities, exact"]["Task"]["precision"] == {"value": None, "low": None, "high": None}
    (header, rows), *_ = report.iter_tables()
    assert header == ("entities, exact", "precision", "recall", "F1", "found", "gold", "predicted")
    assert rows[0] == ("Method", "0.500 [0.500, 0.500]", "1.000 [1.000, 1.000]", "0.667 [0.667, 0.667]", "1", "1", "2")
    assert rows[1][1] == "-"


def test_wrong_usage_is_told(tmp_path: Path) -> None:
    texts, records = write(tmp_path / "t.jsonl", text(("BERT", "Method"))), write(tmp_path / "r.jsonl", {"doc": "a", "ordinal": 1})
    cases: list[tuple[dict[str, Any], type[ConfgraphError], str]] = [
        ({"gold": [texts], "on": "pages"}, UsageError, "choose one of: records, scier"),
        ({"gold": [texts], "on": "records"}, UsageError, "--on scier"),
        ({"gold": [texts, records]}, UsageError, "on its own"),
        ({"gold": [records]}, UsageError, "--against is missing"),
        ({"gold": [texts], "against": tmp_path}, UsageError, "--against says nothing"),
        ({"gold": [records], "against": tmp_path / "none"}, SourceError, "cannot be read"),
        ({"gold": [tmp_path / "none.jsonl"]}, SourceError, "cannot be read"),
        ({"gold": [write(tmp_path / "e.jsonl", text())]}, SourceError, "marks no entity"),
    ]
    for arguments, kind, says in cases:
        with pytest.raises(kind, match=says):
            evaluate(**arguments)
