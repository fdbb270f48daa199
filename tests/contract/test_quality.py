"""What the bundled model finds, on sentences and records annotated by people, does not fall below what users may count on.

The floors are loose: they tell a broken pipeline, or a model that was exported wrongly, from another set of weights.
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from confgraph.evaluate import evaluate

SENTENCES = 200
ENTITIES, RELATIONS = 0.75, 0.40
FIELDS = {"methods": 0.62, "datasets": 0.6, "tasks": 0.45, "metrics": 0.5, "introduces": 0.65}
RELATED = 0.25


def test_entities_and_relations_of_plain_sentences(shared: Path, tmp_path: Path) -> None:
    gold = tmp_path / "sentences.jsonl"
    with (shared / "scier" / "dev.jsonl").open(encoding="utf-8") as lines:
        gold.write_text("".join(islice(lines, SENTENCES)), encoding="utf-8")
    tables = evaluate([gold]).tables
    entities, relations = tables["entities, exact"]["micro"], tables["relations, exact"]["micro"]
    assert entities.gold > SENTENCES
    assert (entities.f1.value or 0) >= ENTITIES
    assert (relations.f1.value or 0) >= RELATIONS


def test_fields_of_records(shared: Path, built_pages: Path) -> None:
    gold = sorted((shared / "gold").glob("*.jsonl"))
    assert len(gold) == 5
    tables = evaluate(gold, against=built_pages).tables
    fields = tables["fields, relaxed"]
    low = {field: fields[field].f1.value for field, floor in FIELDS.items() if (fields[field].f1.value or 0) < floor}
    assert low == {}
    assert (tables["shares"]["relations"].recall.value or 0) >= RELATED
