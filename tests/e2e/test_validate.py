"""What a user gets from `confgraph validate`: of a build, of a file of their own, of what is broken; and the gate of a build."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from confgraph import pipeline, validate
from confgraph.errors import OutputError
from confgraph.graph import files, statements
from confgraph.graph.files import read_file

ROOT = Path(__file__).parents[2]
VALID = ROOT / "tests" / "data" / "valid.trig"
Run = Callable[..., Any]

OWN = """
@prefix cg: <https://w3id.org/confgraph/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix ex: <https://example.org/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .

ex:paper a schema:ScholarlyArticle ;
    rdfs:label "A paper of mine" ;
    dcterms:title "A paper of mine"@en ;
    cg:usesMethod ex:nowhere .
"""


def report(done: Any) -> dict[str, Any]:
    """The report in JSON, of a run that came to its end."""
    assert done.stderr == ""
    found = json.loads(done.stdout)
    assert done.returncode == (0 if found["conforms"] else 1)
    return found


def test_a_build_is_valid(run: Run, built: Path) -> None:
    done = run("validate", built)
    assert (done.returncode, done.stderr) == (0, "")
    manifest = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    lines = done.stdout.splitlines()
    assert [line.split()[-1] for line in lines if line.startswith("triples")] == [f"{manifest['counts']['triples']:,}"]
    for counted in ("violations", "warnings"):
        assert [line.split()[-1] for line in lines if line.startswith(counted)] == ["0"], done.stdout


def test_both_engines_say_the_same_of_a_build(run: Run, built: Path) -> None:
    by_sparql, by_pyshacl = (report(run("validate", built, "--format", "json", "--engine", engine)) for engine in ("sparql", "pyshacl"))
    assert (by_sparql.pop("engine"), by_pyshacl.pop("engine")) == ("sparql", "pyshacl")
    assert by_sparql == by_pyshacl
    assert by_sparql["conforms"]
    assert by_sparql["violations"] == by_sparql["warnings"] == []


def test_a_graph_too_large_for_memory_is_checked_where_it_is(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_memory = validate.validate(built, "sparql")
    monkeypatch.setattr(validate, "_IN_MEMORY", 0)
    monkeypatch.setattr(files, "read_file", lambda path: pytest.fail(f"{path} was loaded") if path.suffix == ".nq" else read_file(path))
    assert validate.validate(built, "sparql") == in_memory


@pytest.mark.parametrize("name", ["graph.ttl", "graph.nq"])
def test_a_file_of_a_build_is_valid_by_itself(name: str, run: Run, built: Path, tmp_path: Path) -> None:
    shutil.copy(built / name, tmp_path / name)
    found = report(run("validate", tmp_path / name, "--format", "json"))
    assert found["conforms"]
    assert found["warnings"] == []
    assert (found["counts"]["evidence triples"] == 0) == (name == "graph.ttl")


def test_ones_own_file_is_told_what_is_wrong_and_what_to_do(run: Run, tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text(OWN, encoding="utf-8")
    done = run("validate", "own.ttl", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    for told in (
        "<https://example.org/id/paper>",
        "dcterms:title another datatype:",
        "cg:usesMethod no instance of what may",
        "A title is a plain string",
    ):
        assert told in done.stdout
    found = report(run("validate", "own.ttl", "--format", "json", cwd=tmp_path))
    assert [(f["path"].rpartition("/")[2], f["component"], f["severity"]) for f in found["violations"]] == [
        ("title>", "Datatype", "violation"),
        ("ontology#usesMethod>", "Class", "violation"),
    ]
    assert found["counts"]["violations"] == 2


def test_warnings_alone_are_no_failure(run: Run, tmp_path: Path) -> None:
    text = OWN.replace('"A paper of mine"@en', '"A paper of mine"').replace(
        "cg:usesMethod ex:nowhere", "schema:keywords 'one' ; cg:flag 'odd'"
    )
    (tmp_path / "own.ttl").write_text(f"{text}\nex:other a schema:Scholar .\n", encoding="utf-8")
    found = report(run("validate", "own.ttl", "--format", "json", cwd=tmp_path))
    assert found["conforms"]
    assert [(f["focus"], f["component"]) for f in found["warnings"]] == [("<https://schema.org/Scholar>", "UnknownClass")]


def test_pages_that_disagree_are_listed_and_are_no_failure(run: Run, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    tables = []
    for name, place in (("one.txt", "Exampletown"), ("two.txt", "Samplecity")):
        (pages / name).write_text(f"Ada Example\nWe present {place}, a small method for parsing of long texts.\n", encoding="utf-8")
        tables.append(f'[pages."{name}"]\nconference = "ExampleConf"\nyear = 2031\nplace = "{place}"\n')
    (pages / "confgraph.toml").write_text("\n".join(tables), encoding="utf-8")
    assert run("build", "pages", "-o", "out", "-q", cwd=tmp_path).returncode == 0
    done = run("validate", "out", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "ExampleConf 2031: location is “Exampletown” (one.txt) or “Samplecity” (two.txt)" in done.stdout
    found = report(run("validate", "out", "--format", "json", cwd=tmp_path))
    assert [{stated["value"] for stated in conflict["statements"]} for conflict in found["conflicts"]] == [{"Exampletown", "Samplecity"}]
    assert found["counts"]["conflicts"] == 1


@pytest.fixture
def copied(built: Path, tmp_path: Path) -> Path:
    """A build to be spoiled."""
    return shutil.copytree(built, tmp_path / "out")


def page_of(out: Path) -> Path:
    return min((out / "pages").iterdir())


def other_character(out: Path) -> None:
    path = page_of(out)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("e", "x"), encoding="utf-8", newline="\n")


def no_page(out: Path) -> None:
    page_of(out).unlink()


def further_page(out: Path) -> None:
    (out / "pages" / f"{'0' * 64}.txt").write_text("x", encoding="utf-8")


def other_count(out: Path) -> None:
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    manifest["counts"]["records"] += 1
    (out / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def no_manifest(out: Path) -> None:
    (out / "manifest.json").unlink()


def other_turtle(out: Path) -> None:
    with (out / "graph.ttl").open("a", encoding="utf-8") as stream:
        stream.write('<https://example.org/new> <http://www.w3.org/2000/01/rdf-schema#label> "new" .\n')


def broken_turtle(out: Path) -> None:
    (out / "graph.ttl").write_text("<", encoding="utf-8")


def no_store(out: Path) -> None:
    shutil.rmtree(out / "store")


def shifted_quote(out: Path) -> None:
    path = out / "graph.nq"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(i for i, line in enumerate(lines) if "<http://www.w3.org/ns/oa#exact>" in line and ' "' in line)
    before, quote, after = lines[at].partition('"')
    lines[at] = f"{before}{quote}¿{after[1:]}"
    path.write_text("".join(lines), encoding="utf-8", newline="\n")


@pytest.mark.parametrize(
    ("spoil", "components"),
    [
        (other_character, {"PageHash", "Quote", "QuoteContext"}),
        (no_page, {"PageText"}),
        (further_page, {"PageText"}),
        (other_count, {"Count"}),
        (no_manifest, {"Manifest"}),
        (other_turtle, {"Copy"}),
        (broken_turtle, {"Copy"}),
        (no_store, {"Copy"}),
        (shifted_quote, {"Quote"}),
    ],
)
def test_files_of_a_build_that_do_not_agree_are_found(spoil: Callable[[Path], None], components: set[str], run: Run, copied: Path) -> None:
    spoil(copied)
    found = report(run("validate", copied, "--format", "json"))
    assert {f["component"] for f in found["violations"]} == components


def test_a_table_of_many_findings_is_cut(run: Run, tmp_path: Path) -> None:
    lines = [f"<https://example.org/{i:03}> a <https://schema.org/MeetingRoom> ." for i in range(100)]
    (tmp_path / "rooms.nt").write_text(
        "\n".join(lines).replace(" a ", " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "), encoding="utf-8"
    )
    done = run("validate", "rooms.nt", cwd=tmp_path)
    assert done.returncode == 1
    assert "and 60 more, which --format json gives" in done.stdout
    assert len(report(run("validate", "rooms.nt", "--format", "json", cwd=tmp_path))["violations"]) == 100


BROKEN = {
    "own.ttl": ("<https://example.org/a> <https://example.org/b> 1 .\n<https://example.org/a> nothing:here 2 .\n", "line 2"),
    "own.nq": ('<https://example.org/a> <https://example.org/b> "x" .\n\n<https://example.org/a> "x" .\n', "line 3"),
    "own.trig": ("@prefix ex: <https://example.org/> .\nex:g { ex:a ex:b }\n", "line 2"),
    "own.jsonld": ('{"@id":\n', "line"),
    "own.rdf": ("<rdf:RDF", "own.rdf"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_gets_one_clear_line_that_says_where(name: str, run: Run, tmp_path: Path) -> None:
    text, where = BROKEN[name]
    (tmp_path / name).write_text(text, encoding="utf-8")
    done = run("validate", name, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith(f"confgraph: error: {name}")
    assert where in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("nowhere.ttl",), "no such file"),
        (("page.txt",), ".ttl"),
        (("empty",), "holds no graph"),
        ((VALID, "--engine", "owl"), "pyshacl, sparql"),
        ((VALID, "--format", "xml"), "table, json"),
    ],
)
def test_wrong_usage_is_told(arguments: tuple[object, ...], says: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("Ada Example", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    done = run("validate", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_build_whose_graph_breaks_its_shapes_fails_and_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Ada Example\nRoom A\nWe present TinyNet, a network for parsing of small texts.\n", encoding="utf-8")
    out = tmp_path / "out"
    pipeline.build([page], out)
    before = (out / "manifest.json").read_bytes()
    whole = statements.iter_quads
    monkeypatch.setattr(statements, "iter_quads", lambda *given: [quad for quad in whole(*given) if "oa#exact" not in str(quad.predicate)])
    with pytest.raises(OutputError, match="defect of confgraph") as caught:
        pipeline.build([page], out)
    assert "oa:exact a value is missing" in str(caught.value)
    assert (out / "manifest.json").read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out", "page.txt"], "no half-written folder stays"
