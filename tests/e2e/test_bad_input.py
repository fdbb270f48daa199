"""Bad input gets one line that says where, what and what to do; nothing is half-written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

PAGE = "Orals\nOral\nAda Lovelace · Alan Turing\n\n[ Hall A ]\n\nAbstract\n\nWe present an engine that computes.\n"


def folder_without_pages(tmp: Path) -> list[object]:
    (tmp / "in").mkdir()
    return ["build", tmp / "in", "-o", tmp / "out"]


def file_of(name: str, data: bytes) -> Callable[[Path], list[object]]:
    def make(tmp: Path) -> list[object]:
        (tmp / name).write_bytes(data)
        return ["build", tmp / name, "-o", tmp / "out"]

    return make


def folder_of(name: str, data: bytes) -> Callable[[Path], list[object]]:
    def make(tmp: Path) -> list[object]:
        (tmp / "in").mkdir()
        (tmp / "in" / name).write_bytes(data)
        return ["build", tmp / "in", "-o", tmp / "out"]

    return make


def with_config(text: str) -> Callable[[Path], list[object]]:
    def make(tmp: Path) -> list[object]:
        (tmp / "in").mkdir()
        (tmp / "in" / "page.txt").write_text(PAGE, encoding="utf-8")
        (tmp / "in" / "confgraph.toml").write_text(text, encoding="utf-8")
        return ["build", tmp / "in", "-o", tmp / "out"]

    return make


def out_is_a_file(tmp: Path) -> list[object]:
    (tmp / "page.txt").write_text(PAGE, encoding="utf-8")
    (tmp / "out").write_text("mine", encoding="utf-8")
    return ["build", tmp / "page.txt", "-o", tmp / "out"]


def out_is_not_ours(tmp: Path) -> list[object]:
    (tmp / "page.txt").write_text(PAGE, encoding="utf-8")
    (tmp / "out").mkdir()
    (tmp / "out" / "thesis.tex").write_text("mine", encoding="utf-8")
    return ["build", tmp / "page.txt", "-o", tmp / "out"]


def out_cannot_be_written(tmp: Path) -> list[object]:
    (tmp / "page.txt").write_text(PAGE, encoding="utf-8")
    (tmp / "file").write_text("no folder", encoding="utf-8")
    return ["build", tmp / "page.txt", "-o", tmp / "file" / "out"]


def out_holds_more(tmp: Path) -> list[object]:
    (tmp / "page.txt").write_text(PAGE, encoding="utf-8")
    (tmp / "out").mkdir()
    (tmp / "out" / "manifest.json").write_text('{"generator": "confgraph"}', encoding="utf-8")
    (tmp / "out" / "notes.md").write_text("mine", encoding="utf-8")
    return ["build", tmp / "page.txt", "-o", tmp / "out"]


def source_in_out(tmp: Path) -> list[object]:
    (tmp / "out" / "pages").mkdir(parents=True)
    (tmp / "out" / "manifest.json").write_text('{"generator": "confgraph"}', encoding="utf-8")
    (tmp / "out" / "pages" / "page.txt").write_text(PAGE, encoding="utf-8")
    return ["build", tmp / "out" / "pages", "-o", tmp / "out"]


def fifo(tmp: Path) -> list[object]:
    os.mkfifo(tmp / "page.txt")
    return ["build", tmp / "page.txt", "-o", tmp / "out"]


def with_base(base: str) -> Callable[[Path], list[object]]:
    def make(tmp: Path) -> list[object]:
        (tmp / "page.txt").write_text(PAGE, encoding="utf-8")
        return ["build", tmp / "page.txt", "-o", tmp / "out", "--base", base]

    return make


CASES: dict[str, tuple[Callable[[Path], list[object]], int, str]] = {
    "missing file": (lambda tmp: ["build", tmp / "none.txt", "-o", tmp / "out"], 2, "no such file"),
    "folder without pages": (folder_without_pages, 1, "holds no page"),
    "binary file": (file_of("a.bin", bytes(range(256)) * 50), 1, "binary"),
    "only a binary file in the folder": (folder_of("a.txt", b"\x7fELF\x00\x01" * 90), 1, "binary"),
    "NUL bytes": (file_of("a.txt", b"Orals\x00Oral\n"), 1, "binary"),
    "no encoding fits": (file_of("a.txt", b"\xef\xbb\xbfabc \xff\xfe\xfd"), 1, "UTF-8"),
    "empty file": (file_of("a.txt", b""), 1, "empty"),
    "nothing but white space": (file_of("a.txt", b" \n\n\t\n"), 1, "empty"),
    "a line of 50 MB": (file_of("a.txt", b"word " * 10_000_000), 1, "limit"),
    "unknown table": (with_config("[grph]\nbase = 'x'\n"), 1, "grph"),
    "unknown key": (with_config("[graph]\nbse = 'x'\n"), 1, "bse"),
    "unknown key of a page": (with_config("[pages.'page.txt']\nconferense = 'X'\n"), 1, "conferense"),
    "wrong type": (with_config("[pages.'page.txt']\nyear = 'soon'\n"), 1, "integer"),
    "no TOML": (with_config("[graph\n"), 1, "TOML"),
    "unknown layout": (with_config("[pages.'page.txt']\nlayout = 'poem'\n"), 1, "poem"),
    "output is a file": (out_is_a_file, 1, "no folder"),
    "output is not ours": (out_is_not_ours, 1, "not written by confgraph"),
    "output cannot be written": (out_cannot_be_written, 1, "cannot be written"),
    "output holds the user's files": (out_holds_more, 1, "notes.md"),
    "output holds the source": (source_in_out, 1, "would be lost"),
    "output with a name too long": (lambda tmp: [*file_of("a.txt", PAGE.encode())(tmp)[:-1], tmp / ("x" * 300)], 1, "cannot be written"),
    "neither file nor folder": (fifo, 1, "neither a file nor a folder"),
    "no base": (with_base("not an iri"), 2, "no base for IRIs"),
    "a base without an end": (with_base("https://example.org/kg"), 2, "ends with / or #"),
    "no address": (with_config("[pages.'page.txt']\nurl = 'not a url'\n"), 1, "https://"),
    "no year": (with_config("[pages.'page.txt']\nyear = 99999\n"), 1, "year"),
    "unknown option": (lambda tmp: ["build", tmp, "--fast"], 2, "--fast"),
    "unknown verb": (lambda _: ["bild"], 2, "bild"),
}


@pytest.mark.parametrize("name", CASES)
def test_bad_input_gets_one_clear_line(name: str, run: Callable[..., object], tmp_path: Path) -> None:
    make, code, says = CASES[name]
    args = make(tmp_path)
    before = sorted(p.relative_to(tmp_path) for p in tmp_path.rglob("*"))
    done = run(*args)
    assert done.returncode == code
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stderr.startswith("confgraph: error: ")
    assert ";" in done.stderr, "says what to do"
    assert sorted(p.relative_to(tmp_path) for p in tmp_path.rglob("*")) == before, "nothing is half-written"


def test_a_broken_page_among_others_is_rejected_and_said(run: Callable[..., object], tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "page.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "in" / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    done = run("build", tmp_path / "in", "-o", tmp_path / "out")
    assert done.returncode == 0
    assert "image.png" in done.stderr
    assert '"image.png"' in (tmp_path / "out" / "rejects.jsonl").read_text(encoding="utf-8")


def test_a_page_in_another_encoding_is_read(run: Callable[..., object], tmp_path: Path) -> None:
    text = PAGE.replace("Ada Lovelace", "José García").replace("We present", "We present, à côté de l'été déjà passé,")
    (tmp_path / "page.txt").write_bytes(text.encode("cp1252"))
    done = run("build", tmp_path / "page.txt", "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "José García" in (tmp_path / "out" / "records.jsonl").read_text(encoding="utf-8")


def test_a_failed_build_leaves_the_last_one_as_it_was(run: Callable[..., object], tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    assert run("build", tmp_path / "page.txt", "-o", tmp_path / "out").returncode == 0
    before = (tmp_path / "out" / "graph.nq").read_bytes()
    (tmp_path / "page.txt").write_bytes(b"\x00")
    assert run("build", tmp_path / "page.txt", "-o", tmp_path / "out").returncode == 1
    assert (tmp_path / "out" / "graph.nq").read_bytes() == before
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


@pytest.mark.parametrize(
    "arguments", [["bild"], ["build", "--fast"], ["build"], ["query", "--list"], ["serve", "--port", "many"], ["fetch", "-o"]]
)
def test_wrong_usage_gets_one_line_too(arguments: list[str], run: Callable[..., object]) -> None:
    done = run(*arguments, COLUMNS="20")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("confgraph: error: ")
    assert done.stderr.count("\n") == 1
    assert "; see confgraph" in done.stderr or "did you mean 'build'?" in done.stderr


@pytest.mark.parametrize("arguments", [[], ["link"]])
def test_without_a_command_the_commands_are_shown(arguments: list[str], run: Callable[..., object]) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stderr) == (2, "")
    assert "Commands" in done.stdout


def test_an_output_that_cannot_print_a_name_prints_it_in_escapes(run: Callable[..., object], built: Path) -> None:
    done = run("query", built, "SELECT ('Zoë 東京' AS ?name) {}", "--format", "table", PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr
    assert r"Zo\xeb \u6771\u4eac" in done.stdout


def test_a_wrong_query_says_where(run: Callable[..., object], built: Path) -> None:
    done = run("query", built, "SELECT ?x WHERE { ?x ?y }")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_query_that_would_fetch_is_refused(run: Callable[..., object], built: Path) -> None:
    done = run("query", built, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    assert done.returncode == 1
    assert "SERVICE" in done.stderr


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_build_that_is_stopped_leaves_nothing_behind(ending: signal.Signals, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for i in range(40):
        (tmp_path / "in" / f"page-{i:02}.txt").write_text(PAGE * 200, encoding="utf-8")
    command = [sys.executable, "-m", "confgraph", "build", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "-q"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    while process.poll() is None and not list(tmp_path.glob(".out-*")):
        time.sleep(0.05)
    assert process.poll() is None, "it was still running"
    process.send_signal(ending)
    _, said = process.communicate(timeout=60)
    assert process.returncode in (130, 143)
    assert "Traceback" not in said
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_links_between_folders_are_not_followed(run: Callable[..., object], tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "page.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "in" / "up").symlink_to("..")
    (tmp_path / "in" / "here").symlink_to(".")
    done = run("build", tmp_path / "in", "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    rows = (tmp_path / "out" / "records.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 1


def test_a_full_disk_behind_standard_output_is_said(built: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    command = [sys.executable, "-m", "confgraph", "export", str(built), "-f", "ntriples"]
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr
