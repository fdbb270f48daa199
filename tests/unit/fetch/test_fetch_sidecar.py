"""The sidecar: tables are added, and what its owner wrote stays to the letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from confgraph.config import FILE_NAME, load_config
from confgraph.errors import ConfigError, OutputError
from confgraph.fetch.sidecar import SidecarFile

URL = "https://example.org/a?b=c"
MINE = """# my notes
[graph]
base = "https://example.org/id/"   # ours

[pages."mine.txt"]
year = 2023 # sure
"""


def write(folder: Path, text: str) -> SidecarFile:
    (folder / FILE_NAME).write_bytes(text.encode())
    return SidecarFile(folder / FILE_NAME)


def read(folder: Path) -> str:
    return (folder / FILE_NAME).read_bytes().decode()


def test_a_new_sidecar_is_one_that_a_build_reads(tmp_path: Path) -> None:
    sidecar = SidecarFile(tmp_path / FILE_NAME)
    for name in ("a.txt", "b.c-d.txt"):
        (tmp_path / name).write_text("A page.")
        sidecar.add(name, URL)
    pages = load_config([tmp_path / FILE_NAME]).pages
    assert {name: pages[tmp_path, name].url for name in ("a.txt", "b.c-d.txt")} == {"a.txt": URL, "b.c-d.txt": URL}
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("text", [MINE, MINE.rstrip(), MINE + "\n\n", MINE.replace("\n", "\r\n"), "# only a comment"])
def test_what_stands_there_stays(text: str, tmp_path: Path) -> None:
    write(tmp_path, text).add("a.txt", URL)
    end = "\r\n" if "\r\n" in text else "\n"
    assert read(tmp_path) == f'{text.rstrip()}{end}{end}[pages."a.txt"]{end}url = "{URL}"{end}'


def test_a_table_that_is_there_is_left_to_its_owner(tmp_path: Path) -> None:
    text = '[pages]\n"a.txt" = {url = "https://example.org/canonical", year = 2023}\n'
    write(tmp_path, text).add("a.txt", URL)
    assert read(tmp_path) == text
    write(tmp_path, text).add("b.txt", URL)
    assert read(tmp_path).startswith(text)


def test_added_tables_are_added_once(tmp_path: Path) -> None:
    sidecar = write(tmp_path, MINE)
    sidecar.add("a.txt", URL)
    once = read(tmp_path)
    sidecar.add("a.txt", URL)
    SidecarFile(tmp_path / FILE_NAME).add("a.txt", URL)
    assert read(tmp_path) == once


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[pages\n", "is not TOML"),
        ('pages = {"a.txt" = {year = 2023}}\n', "no page can be added"),
        ("pages = 3\n", "no page can be added"),
        ('[[pages]]\nname = "a.txt"\n', "no page can be added"),
        ("\ufeff[graph]\n", "is not TOML"),
    ],
)
def test_what_cannot_be_added_to_is_refused_at_once(text: str, what: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=what) as caught:
        write(tmp_path, text)
    assert caught.value.hint
    assert read(tmp_path) == text


def test_a_sidecar_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes("# é".encode("cp1252"))
    with pytest.raises(ConfigError, match="cannot be read"):
        SidecarFile(tmp_path / FILE_NAME)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        SidecarFile(tmp_path / "none" / FILE_NAME).add("a.txt", URL)
