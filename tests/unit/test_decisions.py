"""The file of decisions: read by line, written at its end, refused with the line where it is wrong."""

import hashlib
import json
from pathlib import Path

import pytest

from confgraph.decisions import append, read_decisions
from confgraph.errors import ConfgraphError
from confgraph.records import Decision, MemberKey
from confgraph.resolve.rulings import Ruling

ROW = {"left": "method|a", "right": "method|b", "decision": "same"}


def test_what_is_written_is_read_again_below_what_stood_there(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    path.write_text(json.dumps(ROW | {"by": "Ada"}), encoding="utf-8")  # a last line without an end, as editors leave it
    append(path, [Ruling(MemberKey("task|größe"), MemberKey("task|c"), Decision.DIFFERENT, "", note="two things")])
    first, second = read_decisions([path, path]).rulings
    assert first == Ruling(MemberKey("method|a"), MemberKey("method|b"), Decision.SAME, f"{path}, line 1", "Ada")
    assert second == Ruling(MemberKey("task|größe"), MemberKey("task|c"), Decision.DIFFERENT, f"{path}, line 2", note="two things")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("no json", "line 2: is not JSON"),
        ("[1]", "line 2: is no decision"),
        (json.dumps({"left": "method|a", "decision": "same"}), "line 2: is no decision"),
        (json.dumps(ROW | {"decision": "maybe"}), "line 2: decision is 'maybe'"),
        (json.dumps(ROW | {"decision": "open"}), "line 2: decision is 'open'"),
        (json.dumps(ROW | {"left": "LoRA"}), "line 2: left is 'LoRA', which is no key"),
        (json.dumps(ROW | {"left": "gadget|x"}), "line 2: left is 'gadget.x', which is no key"),
        (json.dumps(ROW | {"right": "method|a"}), "line 2: compares 'method.a' with itself"),
        (json.dumps(ROW | {"score": "1"}), "line 2: holds the unknown key 'score'"),
        (json.dumps(ROW | {"note": 1}), "line 2: is no decision"),
    ],
)
def test_a_wrong_line_is_told_with_its_number(row: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    path.write_text(f"{json.dumps(ROW)}\n{row}\n", encoding="utf-8")
    with pytest.raises(ConfgraphError, match=says) as caught:
        read_decisions([path])
    assert caught.value.hint


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfgraphError, match="cannot be read"):
        read_decisions([tmp_path / "none.jsonl"])


def test_the_hash_is_that_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(ROW).encode() + b"\r\n\n")
    found = read_decisions([path])
    assert found.hashes == (("decisions.jsonl", hashlib.sha256(path.read_bytes()).hexdigest()),)
    assert [ruling.decision for ruling in found.rulings] == [Decision.SAME]
