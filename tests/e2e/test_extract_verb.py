"""`confgraph extract` and `confgraph evaluate` through the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROWS: list[dict[str, Any]] = [
    {"id": "one", "text": "😀 FrogNet outperforms BERT\non MNIST."},
    {"id": [2, None], "text": ""},
    {"id": 3.5, "text": "half \ud83d of a pair, then ImageNet", "more": True},
]


def lines(rows: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def assert_rows(printed: str) -> None:
    out = [json.loads(line) for line in printed.split("\n")[:-1]]
    assert [row["id"] for row in out] == [row["id"] for row in ROWS]
    for given, row in zip(ROWS, out, strict=True):
        assert list(row) == ["id", "entities", "relations"]
        for entity in row["entities"]:
            assert list(entity) == ["start", "end", "label", "text", "confidence"]
            assert given["text"][entity["start"] : entity["end"]] == entity["text"]
        for relation in row["relations"]:
            assert list(relation) == ["subject", "subject_start", "type", "object", "object_start", "confidence"]
    assert {"BERT", "MNIST"} <= {e["text"] for e in out[0]["entities"]}
    assert out[1] == {"id": [2, None], "entities": [], "relations": []}
    assert "ImageNet" in {e["text"] for e in out[2]["entities"]}


def test_lines_of_text_give_lines_in_order(run: Callable[..., Any], tmp_path: Path) -> None:
    piped = run("extract", "-", stdin="\ufeff" + lines(ROWS).replace("\n", "\r\n"))
    assert piped.returncode == 0, piped.stderr
    assert_rows(piped.stdout)
    (tmp_path / "in.jsonl").write_text(lines(ROWS), encoding="utf-8")
    filed = run("extract", tmp_path / "in.jsonl", "-o", tmp_path / "out.jsonl")
    assert filed.returncode == 0, filed.stderr
    assert filed.stdout == ""
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == piped.stdout


def test_no_lines_give_none(run: Callable[..., Any]) -> None:
    done = run("extract", "-", stdin="")
    assert (done.returncode, done.stdout) == (0, "")


def test_a_wrong_line_leaves_the_old_result(run: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(lines(ROWS * 100) + '{"id": 4}\n', encoding="utf-8")
    (tmp_path / "out.jsonl").write_text("old", encoding="utf-8")
    done = run("extract", tmp_path / "in.jsonl", "-o", tmp_path / "out.jsonl")
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "in.jsonl, line 301: lacks 'text'; write" in done.stderr
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_the_input_is_not_written_over(run: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text(lines(ROWS), encoding="utf-8")
    done = run("extract", file, "-o", file)
    assert done.returncode == 1
    assert "would be lost" in done.stderr
    assert file.read_text(encoding="utf-8") == lines(ROWS)


def test_lines_come_out_while_others_go_in() -> None:
    command = [sys.executable, "-m", "confgraph", "extract", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(lines([{"id": i, "text": "They test it on ImageNet."} for i in range(1000)]).encode())
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == 0, "before the input ends"
        process.stdin.close()
        rest = process.stdout.read()
    assert process.returncode == 0
    assert [json.loads(line)["id"] for line in rest.splitlines()] == list(range(1, 1000))


GOLD = {
    "id": 1,
    "doc_id": "d",
    "text": "FrogNet outperforms BERT.",
    "entities": [{"start": 0, "end": 7, "label": "Method"}, {"start": 20, "end": 24, "label": "Method"}],
    "relations": [{"subject_start": 0, "type": "Compare-With", "object_start": 20}],
}


def test_the_extractor_is_scored_on_a_gold_set_of_ones_own(run: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text(lines([GOLD]), encoding="utf-8")
    done = run("evaluate", tmp_path / "gold.jsonl", "-o", tmp_path / "scores.json")
    assert done.returncode == 0, done.stderr
    assert "Method" in done.stdout
    assert "Intervals: 95 %, over 1 documents" in done.stdout
    scores = json.loads((tmp_path / "scores.json").read_text(encoding="utf-8"))
    assert scores["on"] == "scier"
    assert [(t, table["micro"]["gold"]) for t, table in scores["tables"].items()] == [
        ("entities, exact", 2), ("entities, overlapping", 2), ("relations, exact", 1), ("relations, overlapping", 1)
    ]  # fmt: skip


def test_what_extract_writes_is_a_gold_set_once_it_has_the_text(run: Callable[..., Any], tmp_path: Path) -> None:
    rows = [{"id": 1, "text": "FrogNet outperforms BERT on MNIST. FrogNet is small."}]
    out = json.loads(run("extract", "-", stdin=lines(rows)).stdout)
    (tmp_path / "gold.jsonl").write_text(lines([{**out, "text": rows[0]["text"]}]), encoding="utf-8")
    done = run("evaluate", tmp_path / "gold.jsonl", "-o", tmp_path / "scores.json", "-q")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    tables = json.loads((tmp_path / "scores.json").read_text(encoding="utf-8"))["tables"]
    assert {table["micro"]["f1"]["value"] for table in tables.values()} == {1.0}


def test_a_build_is_scored_on_records(run: Callable[..., Any], built: Path, tmp_path: Path) -> None:
    gold = {"doc": "recap.txt", "ordinal": 1, "methods": ["a method that nobody names"]}
    (tmp_path / "gold.jsonl").write_text(lines([gold]), encoding="utf-8")
    done = run("evaluate", tmp_path / "gold.jsonl", "--against", built)
    assert done.returncode == 0, done.stderr
    assert "0.000 [0.000, 0.000]" in done.stdout
    assert "Intervals: 95 %, over 1 records" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["none.jsonl"], 2, "none.jsonl: there is no such file"),
        (["empty.jsonl"], 1, "is empty"),
        (["strange.jsonl"], 1, "line 1: is in no format of gold sets"),
        (["gold.jsonl", "--on", "records"], 2, "--on scier"),
        (["gold.jsonl", "--on", "pages"], 2, "choose one of"),
        (["gold.jsonl", "-c", "confgraph.toml"], 1, "whole pages"),
        ([], 2, "GOLD"),
    ],
)
def test_wrong_gold_gets_one_clear_line(run: Callable[..., Any], tmp_path: Path, arguments: list[str], code: int, says: str) -> None:
    (tmp_path / "empty.jsonl").touch()
    (tmp_path / "strange.jsonl").write_text('{"a": 1}\n', encoding="utf-8")
    (tmp_path / "gold.jsonl").write_text(lines([GOLD]), encoding="utf-8")
    (tmp_path / "confgraph.toml").write_text('[extract]\nextractor = "records:r.jsonl"\n', encoding="utf-8")
    done = run("evaluate", *arguments, cwd=tmp_path)
    assert done.returncode == code
    assert says in done.stderr
    assert "Traceback" not in done.stderr
