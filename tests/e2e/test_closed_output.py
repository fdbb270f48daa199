"""What a verb does whose output nobody reads, or that cannot be written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

VERBS = (
    ("extract", "texts.jsonl"),
    ("link", "people", "papers.jsonl"),
    ("query", "OUT", "SELECT * { ?s ?p ?o }"),
    ("query", "OUT", "SELECT * { ?s ?p ?o }", "--format", "csv"),
    ("export", "OUT", "--format", "nquads"),
    ("stats", "OUT", "--json"),
    ("--help",),
)


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_a_reader_that_leaves_ends_it_quietly(verb: tuple[str, ...], built: Path, tmp_path: Path) -> None:
    (tmp_path / "texts.jsonl").write_text('{"id": 1, "text": "FrogNet outperforms BERT."}\n', encoding="utf-8")
    (tmp_path / "papers.jsonl").write_text('{"id": 1, "authors": ["Ada Moor"]}\n', encoding="utf-8")
    command = [sys.executable, "-m", "confgraph", *(str(built) if word == "OUT" else word for word in verb)]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (141, b""), "as shells tell of a process that the signal of a broken pipe ended"


def test_what_is_wrong_is_told_though_nobody_reads_the_rest(tmp_path: Path) -> None:
    (tmp_path / "texts.jsonl").write_text('{"id": 1, "text": "FrogNet outperforms BERT."}\n{"id": 2}\n', encoding="utf-8")
    command = [sys.executable, "-m", "confgraph", "extract", str(tmp_path / "texts.jsonl")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert process.returncode == 1
    assert "line 2: lacks 'text'" in said


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("form", ["table", "csv"])
def test_a_full_disk_is_told_in_one_line(built: Path, form: str) -> None:
    command = [sys.executable, "-m", "confgraph", "query", str(built), "SELECT (1 AS ?n) {}", "--format", form]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, timeout=120, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("confgraph: error: output: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("closed", [0, 1, 2])
def test_a_stream_that_was_never_open_is_no_defect(closed: int, tmp_path: Path) -> None:
    (tmp_path / "texts.jsonl").write_text('{"id": 1, "text": "FrogNet outperforms BERT."}\n', encoding="utf-8")
    command = f'exec "$0" -m confgraph extract {"-" if closed == 0 else "texts.jsonl"} {closed}>&-'
    done = subprocess.run(
        ["/bin/sh", "-c", command, sys.executable], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
