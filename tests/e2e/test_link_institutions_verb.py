"""`confgraph link institutions` through the command line, and a build with a dump of ROR."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import rdflib

PAGE = """Marsh Days 2031: accepted papers

Reeds in Rows: Counting Stems from Above
Ada Reed (Dept. of Botany, University of Marshford, UK), Bo Pond (Univ. of Marshford)

Ponds Without Frogs: A Survey of Silence
Cem Ditch (Reedbed Laboratory), Dee Rill (Sedge Institute of Technology, Laîche, France)
"""


def test_lines_in_lines_out(run: Callable[..., Any], register: list[dict[str, Any]], tmp_path: Path) -> None:
    (tmp_path / "ror.json").write_text(json.dumps(register), encoding="utf-8")
    given = "University of Marshford, UK\n\nMIT\n"
    done = run("link", "institutions", "--ror", tmp_path / "ror.json", stdin=given, XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert (done.returncode, done.stderr) == (0, "")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [[one["ror"] for one in row["organizations"]] for row in rows] == [
        ["https://ror.org/01marsh01"],
        [],
        ["https://ror.org/042nb2s44"],
    ]
    assert list((tmp_path / "cache" / "confgraph").iterdir())


def test_who_has_no_place_for_the_index_is_told_once(run: Callable[..., Any], register: list[dict[str, Any]], tmp_path: Path) -> None:
    (tmp_path / "ror.json").write_text(json.dumps(register), encoding="utf-8")
    (tmp_path / "papers.txt").write_text(PAGE, encoding="utf-8")
    no_folder = {"XDG_CACHE_HOME": str(tmp_path / "ror.json")}
    linked = run("link", "institutions", "--ror", tmp_path / "ror.json", stdin="MIT\n", **no_folder)
    built = run("build", tmp_path / "papers.txt", "-o", tmp_path / "out", "--ror", tmp_path / "ror.json", **no_folder)
    for done in (linked, built):
        assert done.returncode == 0, done.stderr
        assert done.stderr.count("confgraph: ror.json: its index cannot be kept in ") == 1


def test_a_bad_dump_is_one_line_of_error(run: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "ror.json").write_text("{}")
    done = run("link", "institutions", "--ror", tmp_path / "ror.json", stdin="MIT\n", XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"confgraph: error: {tmp_path / 'ror.json'}: is no JSON array of organisations")


def test_a_build_gives_affiliations_their_organisations(run: Callable[..., Any], register: list[dict[str, Any]], tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "papers.txt").write_text(PAGE, encoding="utf-8")
    (pages / "ror.json").write_text(json.dumps(register), encoding="utf-8")  # beside the pages, and no page
    (pages / "confgraph.toml").write_text('[resolve]\nror = "ror.json"\n', encoding="utf-8")
    done = run("build", pages, "-o", tmp_path / "out", "-q", XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert done.returncode == 0, done.stderr
    graph = rdflib.Graph().parse(tmp_path / "out" / "graph.ttl")
    rows = graph.query("""
        SELECT ?person ?ror ?country ?parent WHERE {
            ?authorship soa:hasAuthor/foaf:name ?person ; soa:hasOrganization ?organization .
            ?organization owl:sameAs ?ror ; cg:country ?country . OPTIONAL { ?organization org:subOrganizationOf/owl:sameAs ?parent }
        }""")
    found = {str(row[0]): tuple(str(value).removeprefix("https://ror.org/") for value in row[1:] if value) for row in rows}  # type: ignore[index]
    assert found == {
        "Ada Reed": ("01marsh01", "GB"),
        "Bo Pond": ("01marsh01", "GB"),
        "Cem Ditch": ("01marsh02", "GB", "01marsh01"),
        "Dee Rill": ("01sedge02", "FR"),
    }
    assert run("validate", tmp_path / "out").returncode == 0
