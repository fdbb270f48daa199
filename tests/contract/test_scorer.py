"""Our figures on gold records are those of the scorer that comes with the development data."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from confgraph.evaluate import evaluate


def test_the_two_scorers_agree(shared: Path, built_pages: Path) -> None:
    out = built_pages
    gold = sorted((shared / "gold").glob("*.jsonl"))
    command = [sys.executable, str(shared / "gold" / "score.py"), str(out / "records.jsonl"), *map(str, gold), "--json"]
    theirs = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    tables = evaluate(gold, against=out).tables
    compared = 0
    for field, ways in theirs["fields"].items():
        for way, figures in ways.items():
            ours = tables[f"fields, {way}"][field]
            assert (ours.gold, ours.predicted) == (figures["gold"], figures["predicted"]), (field, way)
            for name, value in (("p", ours.precision.value), ("r", ours.recall.value), ("f1", ours.f1.value)):
                assert value == (None if figures[name] is None else pytest.approx(figures[name])), (field, way, name)
                compared += value is not None
    counts = theirs["counts"]
    for row, given, right in (
        ("records", "records", "records found"),
        ("titles", "titles", "titles right"),
        ("rooms", "sessions", "sessions right"),
        ("author lists", "author lists", "author lists right"),
        ("relations", "relations", "relations found"),
    ):
        assert (tables["shares"][row].gold, tables["shares"][row].found) == (counts[given], counts[right]), row
    assert compared > 30
    assert counts["relations found"] > 0
