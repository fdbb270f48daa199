"""What a user gets from `build --catalogue` over the sample pages, whose orals print no titles."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pyoxigraph
import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
ROOT = Path(__file__).parents[2]
ORALS = ROOT / "data" / "samples" / "spring-orals.txt"
CG = "https://w3id.org/confgraph/ontology#"
PREFIXES = (
    f"PREFIX cg: <{CG}> PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX foaf: <http://xmlns.com/foaf/0.1/> "
    "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX schema: <https://schema.org/> "
)


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def answers(dataset: pyoxigraph.Store, asked: str) -> list[Any]:
    return list(cast("pyoxigraph.QuerySolutions", dataset.query(asked)))


def all_bytes(out: Path) -> dict[str, bytes]:
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file() and "store" not in p.parts}


@pytest.fixture(scope="module")
def catalogue(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a catalogue of seven of the ten orals, the abstract of one cut, and of fifty others."""
    orals = [row for row in rows(built / "records.jsonl") if row["doc"] == ORALS.name]
    listed = [
        {
            "title": f"The {number}th of the Orals and What It Says",
            "abstract": oral["abstract"] if number else oral["abstract"][:300] + " …",
            "authors": [author["name"] for author in oral["authors"]],
            "author_ids": [f"~Author_{number}_{place}" for place, _ in enumerate(oral["authors"])],
            "venue": "nips",
            "year": 2023,
            "doi": f"10.1234/oral.{number}",
        }
        for number, oral in enumerate(orals[:7])
    ]
    others = [
        {"title": f"Another Paper, Number {n}", "abstract": f"We count {n} sheep and nothing else in this paper.", "authors": ["No One"]}
        for n in range(50)
    ]
    path = tmp_path_factory.mktemp("catalogue") / "papers.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in [*others, *listed]), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def enriched(run: Run, catalogue: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the orals with that catalogue."""
    folder = tmp_path_factory.mktemp("enriched")
    done = run("build", ORALS, "-o", folder / "out", "--catalogue", catalogue, XDG_CACHE_HOME=str(folder / "cache"))
    assert done.returncode == 0, done.stderr
    assert "papers.jsonl: 7 records match one of its 57 rows" in done.stderr
    return folder / "out"


@pytest.fixture(scope="module")
def dataset(enriched: Path) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.bulk_load(path=str(enriched / "graph.nq"), format=pyoxigraph.RdfFormat.N_QUADS)
    return store


def test_untitled_records_gain_titles_and_their_authors_ids(dataset: pyoxigraph.Store) -> None:
    asked = (
        PREFIXES + "SELECT ?title ?doi { ?p dcterms:title ?title ; cg:recoveredTitle ?title ; <http://purl.org/ontology/bibo/doi> ?doi }"
    )
    found = {(str(row["title"].value), str(row["doi"].value)) for row in answers(dataset, asked)}
    assert found == {(f"The {n}th of the Orals and What It Says", f"10.1234/oral.{n}") for n in range(7)}
    asked = PREFIXES + 'SELECT ?id { ?p foaf:name "Tim Dettmers" ; dcterms:identifier ?id }'
    assert [row["id"].value for row in answers(dataset, asked)] == ["openreview:~Author_1_0"]


def test_what_the_catalogue_says_is_its_claim_and_quotes_its_page(dataset: pyoxigraph.Store, enriched: Path) -> None:
    asked = PREFIXES + (
        "SELECT DISTINCT ?name ?exact { GRAPH ?g { ?c rdf:subject ?p ; rdf:predicate dcterms:title ; "
        "<http://www.w3.org/ns/prov#wasDerivedFrom>/<http://www.w3.org/ns/oa#hasTarget>/<http://www.w3.org/ns/oa#hasSelector>/"
        "<http://www.w3.org/ns/oa#exact> ?exact } ?g schema:name ?name }"
    )
    found = {(row["name"].value, row["exact"].value) for row in answers(dataset, asked)}
    assert found == {("papers.jsonl", f"The {n}th of the Orals and What It Says") for n in range(7)}
    manifest = json.loads((enriched / "manifest.json").read_text(encoding="utf-8"))
    [page] = [one for one in manifest["inputs"] if one["form"] == "catalogue"]
    text = (enriched / "pages" / f"{page['page']}.txt").read_text(encoding="utf-8")
    assert text.startswith("Fields of a catalogue\n")
    assert "sheep" not in text
    assert manifest["catalogues"] == [{"name": "papers.jsonl", "sha256": page["sha256"], "rows": 57, "matched": 7}]


def test_the_source_keeps_its_untitled_records(enriched: Path) -> None:
    assert {row["title"] for row in rows(enriched / "records.jsonl") if row["doc"] == ORALS.name} == {None}


def test_the_judgements_say_why_and_how_far_the_runner_up_is_behind(enriched: Path) -> None:
    judged = [row for row in rows(enriched / "judgements.jsonl") if row["by"] == "catalogue"]
    assert len(judged) == 7
    for row in judged:
        assert row["decision"] == "same"
        assert {"same abstract", "same authors", "runner-up"} <= {reason["feature"] for reason in row["reasons"]}


def test_the_graph_is_valid(run: Run, enriched: Path) -> None:
    done = run("validate", enriched, "--format", "json")
    assert done.returncode == 0, done.stdout


def test_the_configuration_names_a_catalogue_and_cached_or_not_the_bytes_are_the_same(
    run: Run, enriched: Path, catalogue: Path, tmp_path: Path
) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    shutil.copy(ORALS, pages)
    shutil.copy(catalogue, pages)
    (pages / "confgraph.toml").write_text('[resolve]\ncatalogues = ["papers.jsonl"]\n', encoding="utf-8")
    for again in range(2):
        done = run("build", pages, "-o", tmp_path / f"out{again}", "-q", XDG_CACHE_HOME=str(tmp_path / "cache"))
        assert done.returncode == 0, done.stderr
    assert all_bytes(tmp_path / "out0") == all_bytes(tmp_path / "out1")
    said = {row["title"] for row in rows(tmp_path / "out0" / "records.jsonl") if row["doc"] == "papers.jsonl"}
    assert said == {row["title"] for row in rows(enriched / "records.jsonl") if row["doc"] == "papers.jsonl"}


def test_a_catalogue_that_cannot_be_used_ends_the_build_with_what_to_do(run: Run, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_text("not a paper\n", encoding="utf-8")
    for path, status in ((wrong, 1), (tmp_path / "none.jsonl", 2)):
        done = run("build", ORALS, "-o", tmp_path / "out", "--catalogue", path, XDG_CACHE_HOME=str(tmp_path / "cache"))
        assert done.returncode == status
        assert path.name in done.stderr.splitlines()[-1]
        assert not (tmp_path / "out").exists()
