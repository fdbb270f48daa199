"""Paths that the user gives: what is not there, or of another sort, is wrong usage wherever it is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from confgraph.cli import app
from confgraph.errors import UsageError

GRAPHS = {
    "query": "query PATH ASK{}",
    "query --list": "query PATH --list",
    "export": "export PATH --format turtle",
    "stats": "stats PATH",
    "explain": "explain PATH method:x",
    "review": "review PATH",
    "serve": "serve PATH --port 0",
    "mcp": "mcp PATH",
    "evaluate --against": "evaluate page.txt --against PATH",
}
FILES = {
    "build --config": "build page.txt -o new --config PATH",
    "build --decisions": "build page.txt -o new --decisions PATH",
    "build --catalogue": "build page.txt -o new --catalogue PATH",
    "build --ror": "build page.txt -o new --ror PATH",
    "query --file": "query graph --file PATH",
    "serve --token-file": "serve graph --updates --token-file PATH",
    "extract": "extract PATH",
    "extract --config": "extract page.txt --config PATH",
    "evaluate": "evaluate PATH",
    "evaluate --config": "evaluate page.txt --config PATH",
    "link people": "link people PATH",
    "link institutions --ror": "link institutions --ror PATH",
}
ANY = GRAPHS | FILES | {"build": "build PATH -o new", "a second source": "build page.txt PATH -o new", "validate": "validate PATH"}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a page, a folder, and a folder that looks like a build's."""
    (tmp_path / "page.txt").write_text("A page.\n", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "graph" / "store").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refusal(command: str, path: str) -> UsageError:
    with pytest.raises(UsageError) as caught:
        app([path if word == "PATH" else word for word in command.split()], standalone_mode=False)
    assert caught.value.where == path
    assert caught.value.hint
    return caught.value


@pytest.mark.parametrize("command", ANY.values(), ids=ANY)
@pytest.mark.parametrize("path", ["not there/Größe.txt", "page.txt/page.txt"])
def test_what_is_not_there_is_told_before_anything_is_done(command: str, path: str, place: Path) -> None:
    assert refusal(command, path).what == "there is no such file or folder"
    assert not (place / "new").exists()


@pytest.mark.parametrize("command", GRAPHS.values(), ids=GRAPHS)
@pytest.mark.parametrize(("path", "what"), [("folder", "holds no graph"), ("page.txt", "is no folder")])
def test_what_holds_no_graph_is_told(command: str, path: str, what: str, place: Path) -> None:
    refused = refusal(command, path)
    assert refused.what == what
    assert "`confgraph build`" in refused.hint
    assert place.exists()


@pytest.mark.parametrize("command", FILES.values(), ids=FILES)
def test_a_folder_in_the_place_of_a_file_is_told(command: str, place: Path) -> None:
    assert refusal(command, "folder").what == "is a folder"
    assert not (place / "new").exists()


def test_a_name_that_no_file_can_have_is_told(place: Path) -> None:
    assert "File name too long" in refusal("build PATH -o new", "x" * 300).what
    assert not (place / "new").exists()


def test_an_empty_iri_is_told(place: Path) -> None:
    with pytest.raises(UsageError, match="the IRI is empty"):
        app(["explain", "graph", " "], standalone_mode=False)
    assert place.exists()


def test_list_asks_nothing(place: Path) -> None:
    with pytest.raises(UsageError, match="--list asks nothing"):
        app(["query", "graph", "ASK {}", "--list"], standalone_mode=False)
    assert place.exists()


@pytest.mark.parametrize(
    "command", [*ANY.values(), "build page.txt -o PATH", "export graph -f turtle -o PATH", "review graph --decisions PATH"]
)
def test_an_empty_path_is_not_the_working_folder(command: str, place: Path) -> None:
    with pytest.raises(UsageError, match="a path is empty"):
        app(["" if word == "PATH" else word for word in command.split()], standalone_mode=False)
    assert sorted(path.name for path in place.iterdir()) == ["folder", "graph", "page.txt"]
