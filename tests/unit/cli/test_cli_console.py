"""How a run ends: one table of statuses, and one line for whatever goes wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from confgraph import errors
from confgraph.cli import app
from confgraph.cli.console import Status, note, print_table, run_guarded

COMMANDS = (Path(__file__).parents[3] / "docs" / "commands.md").read_text(encoding="utf-8")


def raising(error: BaseException) -> Callable[[], int | None]:
    def run() -> int | None:
        raise error

    return run


ENDS: dict[str, tuple[Callable[[], int | None], int, str]] = {
    "done": (lambda: None, 0, ""),
    "a violation found": (lambda: 1, 1, ""),
    "interrupted": (lambda: 130, 130, "interrupted"),
    "ended": (raising(SystemExit(143)), 143, ""),
    "a wrong name": (raising(errors.UsageError("query", "is no question", "known: y")), 2, "query: is no question; known: y"),
    "a wrong page": (raising(errors.SourceError("a.txt", "is empty", "leave it out")), 1, "a.txt: is empty; leave it out"),
    "a wrong query": (raising(errors.QueryError("query", "is\n  no \x1b[2JSPARQL", "")), 1, "query: is no  [2JSPARQL"),
    "a full disk": (
        raising(OSError(28, "No space left on device")),
        1,
        "output: No space left on device; check that it can be read or written, and the space of the disk",
    ),
    "an option's value": (
        raising(typer.BadParameter("many is no number.")), 2, "invalid value: many is no number; see confgraph --help"
    ),
    "a defect": (
        raising(KeyError("x")), 1, "internal error: KeyError: 'x'; set CONFGRAPH_DEBUG=1 to see where, and report it"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ENDS)
def test_each_end_has_its_status_and_at_most_one_line(
    name: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run, status, said = ENDS[name]
    monkeypatch.setattr("signal.signal", lambda *_: None)
    with pytest.raises(SystemExit) as ended:
        run_guarded(run)
    assert (ended.value.code or 0) == status
    assert capfd.readouterr().err == (f"confgraph: error: {said}\n" if said else "")


def test_a_note_is_one_line_whatever_a_page_holds(capfd: pytest.CaptureFixture[str]) -> None:
    note("page\n\x1b[31m.txt: é")
    assert capfd.readouterr().err == "confgraph: page  [31m.txt: é\n"


def test_a_narrow_terminal_breaks_cells_and_loses_nothing(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"FORCE_COLOR": "1", "COLUMNS": "60", "TERM": "xterm"}.items():
        monkeypatch.setenv(name, value)
    print_table(
        ("page", "records", "text"), [("spring-orals.txt", "10", "title and abstract " * 5), ("q" * 30, "1", "z" * 50)], whole=("page",)
    )
    lines = re.sub(r"\x1b\[\d*m", "", capsys.readouterr().out).splitlines()
    assert max(map(len, lines)) <= 60
    assert [line for line in lines[1:] if line != line.rstrip()] == []
    assert any(line.startswith("q" * 30) for line in lines), "this column is kept whole"
    text = "".join("".join(lines).split())
    assert (text.count("q"), text.count("z"), text.count("abstract"), text.count("records")) == (30, 50, 5, 1)


def test_a_wide_output_breaks_nothing(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    print_table(("page", "text"), [("spring-orals.txt", "title and abstract " * 5)])
    assert capsys.readouterr().out.splitlines()[1] == f"spring-orals.txt  {('title and abstract ' * 5).strip()}"


def test_the_table_of_the_documentation_holds_all_statuses() -> None:
    told = {int(status) for status in re.findall(r"^\| (\d+) \|", COMMANDS, re.MULTILINE)}
    assert told == set(Status)


def test_the_documentation_names_every_command_and_option() -> None:
    group = typer.main.get_command(app)
    commands = dict(group.commands)
    link = commands.pop("link")
    commands |= {f"link {name}": command for name, command in link.commands.items()}
    assert len(commands) == 14
    for name, command in commands.items():
        section = re.search(rf"^## {name}\n(.*?)(?=^## |\Z)", COMMANDS, re.MULTILINE | re.DOTALL)
        assert section, name
        for parameter in command.params:
            for option in parameter.opts:
                if option.startswith("--") and option != "--help":
                    assert f"`{option}" in section[1], f"{name} {option}"
