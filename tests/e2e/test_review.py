"""A person sees why things are one, decides what is uncertain, and the next build obeys."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from confgraph import iris

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
Run = Callable[..., subprocess.CompletedProcess[str]]
HERE, OLDER = (iris.mint(iris.DEFAULT_BASE, "method", name) for name in ("qlora", "quantized low-rank adaptation"))
SHORT, LONG = "method|qlora", "method|quantized low-rank adaptation"


def rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def parted(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples, with a decision by hand beside them that an acronym and a long form are two things."""
    folder = tmp_path_factory.mktemp("decided")
    shutil.copytree(SAMPLES, folder / "pages")
    line = {"left": SHORT, "right": LONG, "decision": "different", "by": "Ada", "note": "a test of undoing"}
    (folder / "pages" / "decisions.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    done = run("build", folder / "pages", "-o", folder / "out")
    assert done.returncode == 0, done.stderr
    return folder / "out"


def test_a_merge_is_undone_and_the_manifest_tells_by_what(run: Run, built: Path, parted: Path) -> None:
    [before] = [row for row in rows(built / "judgements.jsonl") if {row["left"], row["right"]} == {SHORT, LONG}]
    assert before["decision"] == "same"
    [after] = [row for row in rows(parted / "judgements.jsonl") if {row["left"], row["right"]} == {SHORT, LONG}]
    assert (after["decision"], after["by"]) == ("different", "decision")
    manifest = json.loads((parted / "manifest.json").read_text(encoding="utf-8"))
    assert [file["name"] for file in manifest["decisions"]] == ["decisions.jsonl"]
    assert not [row for row in rows(parted / "rejects.jsonl") if "decisions" in row["doc"]], "the file is no page"
    ask = f"SELECT (COUNT(?label) AS ?n) {{ VALUES ?m {{ <{HERE}> <{OLDER}> }} ?m a cg:Method ; rdfs:label ?label }}"
    assert [run("query", out, ask, "--format", "csv").stdout.splitlines()[1] for out in (built, parted)] == ["1", "2"]


def test_explain_shows_members_features_and_words(run: Run, built: Path, parted: Path) -> None:
    told = run("explain", built, HERE)
    assert told.returncode == 0, told.stderr
    for words in ("Members: 2", f"{SHORT} = {LONG}", "score 1.00, by acronym", "acronym (1.00 of +0.60)", "«QLoRA»"):
        assert words in told.stdout
    apart = json.loads(run("explain", parted, HERE, "--format", "json").stdout)
    assert [(judged["by"], judged["reasons"][0]["note"]) for judged in apart["apart"]] == [("decision", "Ada: a test of undoing")]


def test_explain_shows_what_a_thing_is_a_kind_of_and_on_what_words(run: Run, built: Path) -> None:
    narrow = "?x skos:broader ?y ; rdfs:label ?narrow . ?y rdfs:label ?broad"
    pairs = json.loads(run("query", built, f"SELECT ?x ?broad ?narrow {{ {narrow} }} ORDER BY ?x", "--format", "json").stdout)
    pair = {name: value["value"] for name, value in pairs["results"]["bindings"][0].items()}
    told = run("explain", built, pair["x"]).stdout
    explained = json.loads(run("explain", built, pair["x"], "--format", "json").stdout)["broader"]
    (above,) = (row for row in explained if row["label"] == pair["broad"])
    assert 0 < above["confidence"] <= 1
    assert above["quotes"]
    assert f"  {pair['broad']}  confidence {above['confidence']:.2f}" in told.splitlines()
    assert f"«{above['quotes'][0]['exact']}»" in told


def test_explain_knows_the_iri_that_a_merge_replaced(run: Run, built: Path) -> None:
    explained = json.loads(run("explain", built, HERE, "--format", "json").stdout)
    assert explained["older"] == [OLDER]
    assert json.loads(run("explain", built, OLDER, "--format", "json").stdout) == explained
    short = ":".join(HERE.rsplit("/", 2)[1:])
    assert json.loads(run("explain", built, short, "--format", "json").stdout) == explained


@pytest.mark.parametrize("iri", ["method:unheard-of-0123456789ab", "flash", "https://example.org/x y", "https://example.org/x"])
def test_explain_refuses_what_is_no_entity(run: Run, built: Path, iri: str) -> None:
    told = run("explain", built, iri)
    assert told.returncode == 2
    assert "give" in told.stderr
    assert not told.stdout


def test_review_keeps_each_answer_and_the_build_obeys(run: Run, built: Path, tmp_path: Path) -> None:
    first = run("review", built, "--kind", "person", "--by", "Ada", cwd=tmp_path, stdin="what\nn\nq\n")
    assert first.returncode == 0, first.stderr
    assert "speaker and author" in first.stdout, "the reasons are shown"
    [decided] = rows(tmp_path / "decisions.jsonl")
    assert (decided["decision"], decided["by"]) == ("different", "Ada")

    second = run("review", built, "--kind", "person", cwd=tmp_path, stdin="s\ny\n")
    assert second.returncode == 0, second.stderr
    assert [row["decision"] for row in rows(tmp_path / "decisions.jsonl")] == ["different", "same"], "what is decided is not asked again"

    done = run("build", SAMPLES, "-o", tmp_path / "out", "--decisions", tmp_path / "decisions.jsonl")
    assert done.returncode == 0, done.stderr
    by_pair = {(row["left"], row["right"]): row for row in rows(tmp_path / "out" / "judgements.jsonl")}
    assert [by_pair[row["left"], row["right"]]["by"] for row in rows(tmp_path / "decisions.jsonl")] == ["decision", "decision"]


def test_contradictions_are_refused_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    pair = {"left": SHORT, "right": LONG}
    lines = [json.dumps(pair | {"decision": decision}) for decision in ("same", "different")]
    (tmp_path / "decisions.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = run("build", SAMPLES, "-o", tmp_path / "out", "--decisions", tmp_path / "decisions.jsonl")
    assert done.returncode == 1
    assert "line 1" in done.stderr
    assert "line 2" in done.stderr
    assert not (tmp_path / "out").exists()


def test_review_of_no_build_and_of_no_kind_is_told(run: Run, built: Path, tmp_path: Path) -> None:
    assert "holds no graph" in run("review", tmp_path).stderr
    told = run("review", built, "--kind", "gadget")
    assert told.returncode == 2
    assert "is no kind" in told.stderr
