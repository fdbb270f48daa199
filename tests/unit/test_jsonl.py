"""JSON Lines are read strictly, told by line, and written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from confgraph.errors import OutputError, SourceError
from confgraph.jsonl import iter_rows, line_of, read, written

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.lists(JSON, max_size=5))
def test_rows_come_back_as_they_were_written(rows: list[object]) -> None:
    lines = [line_of(row) for row in rows]
    assert all(line.endswith(b"\n") and line.count(b"\n") == 1 for line in lines)
    assert [row for _, row in iter_rows(lines, "f")] == rows


def test_only_a_line_feed_ends_a_line() -> None:
    data = '\ufeff{"text": "one\u2028two\x85"}\r\n\r\n  \n[3]'.encode()
    assert list(iter_rows(data.splitlines(keepends=True), "f")) == [(1, {"text": "one\u2028two\x85"}), (4, [3])]


BAD = {
    "no JSON": b"{'id': 1}\n",
    "a raw line end in a string": b'{"text": "a\n',
    "a raw NUL": b'{"text": "\x00"}\n',
    "NaN": b'{"id": NaN}\n',
    "a number that no float holds": b'{"id": 1e999}\n',
    "a number of too many digits": b"9" * 5000,
    "Latin-1": '{"text": "é"}\n'.encode("latin-1"),
    "UTF-16": '{"id": 1}\n'.encode("utf-16"),
    "two values": b"{} {}\n",
    "endless brackets": b"[" * 100_000,
}


@pytest.mark.parametrize("case", BAD)
def test_a_wrong_line_is_told_by_its_number(case: str) -> None:
    with pytest.raises(SourceError) as caught:
        list(iter_rows([b"{}\n", BAD[case]], "texts.jsonl"))
    assert caught.value.where == "texts.jsonl, line 2"
    assert caught.value.hint


def test_all_wrong_lines_are_collected() -> None:
    assert len(BAD) == 10


@pytest.mark.parametrize("name", ["none.jsonl", "."])
def test_a_file_that_cannot_be_read_is_told(name: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        list(read(tmp_path / name))


def test_a_file_is_replaced_only_when_all_is_written(tmp_path: Path) -> None:
    file = tmp_path / "out.json"
    file.write_bytes(b"old")
    with pytest.raises(TypeError), written(file) as stream:
        stream.writelines([b"half", None])  # type: ignore[list-item]
    assert file.read_bytes() == b"old"
    with written(file) as stream:
        stream.write(b"new")
        assert file.read_bytes() == b"old"
    assert file.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.json").write_bytes(b"old")
    (tmp_path / "link.json").symlink_to("real.json")
    with written(tmp_path / "link.json") as stream:
        stream.write(b"new")
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real.json").read_bytes() == b"new"


def test_a_device_is_written_to_and_stays() -> None:
    with written(Path("/dev/null")) as stream:
        stream.write(b"gone")
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize("place", ["no/such/folder/out.json", "."])
def test_a_place_that_cannot_be_written_is_told(place: str, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"), written(tmp_path / place):
        pass
