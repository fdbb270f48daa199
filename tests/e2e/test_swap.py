"""A build with another extractor: everything after it works, and the manifest says which it was."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import rdflib
import spacy

import confgraph
from confgraph.extract import reader

ROOT = Path(__file__).parents[2]
PAGE = "Orals\nOral\nAda Lovelace · Alan Turing\n\n[ Hall A ]\n\nAbstract\n\nWe present Quokka, which reads WombatBank by emu search.\n"
CG = rdflib.Namespace("https://w3id.org/confgraph/ontology#")
MODULE = """
from dataclasses import replace
from confgraph.records import Concept, Relation, RelationType, Span

def concept(page, name):
    at = page.text.index(name)
    return Concept(name, mentions=(Span(at, at + len(name)),), confidence=0.6)

def read(page, records):
    for record in records:
        method, data = concept(page, "Quokka"), concept(page, "WombatBank")
        starts = method.mentions[0].start, data.mentions[0].start
        related = Relation("Quokka", starts[0], RelationType.EVALUATED_WITH, "WombatBank", starts[1], 0.5, starts[0], starts[1] + 10)
        yield replace(record, methods=(method,), datasets=(data,), relations=(related,))
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "page.txt").write_text(PAGE, encoding="utf-8")
    return folder


def assert_graph(out: Path, used: dict[str, str]) -> None:
    """The graph holds the two things, the evidence points at their words, and nothing of our own extractor."""
    graph = confgraph.load(out)
    labels = {str(label): thing for thing, label in graph.default_graph.subject_objects(rdflib.RDFS.label)}
    (paper,) = graph.default_graph.subjects(rdflib.RDF.type, rdflib.URIRef("https://schema.org/ScholarlyArticle"))
    assert set(graph.default_graph.objects(paper, CG.usesDataset)) == {labels["WombatBank"]}
    methods = [thing for link in (CG.usesMethod, CG.introduces) for thing in graph.default_graph.objects(paper, link)]
    assert methods == [labels["Quokka"]]
    assert "emu search" not in labels
    quotes = {str(quote) for _, _, quote, _ in graph.quads((None, rdflib.URIRef("http://www.w3.org/ns/oa#exact"), None, None))}
    assert {"Quokka", "WombatBank"} <= quotes
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["extractor"] == used
    assert manifest["configuration"]["extract"]["extractor"] == used["name"]
    assert (out / "graph.html").stat().st_size > 10_000


def configure(source: Path, text: str) -> None:
    (source / "confgraph.toml").write_text(f"[extract]\n{text}\n", encoding="utf-8")


def test_a_build_with_a_spacy_pipeline(run: Callable[..., Any], source: Path, tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.meta |= {"name": "zoo", "version": "1.0"}
    patterns = [{"label": "PRODUCT", "pattern": "Quokka"}, {"label": "dataset", "pattern": "WombatBank"}]
    nlp.add_pipe("entity_ruler").add_patterns(patterns)
    (tmp_path / "models").mkdir()
    nlp.to_disk(tmp_path / "models" / "zoo")
    configure(source, 'extractor = "spacy:../models/zoo"\nlabels = {PRODUCT = "Method"}')
    done = run("build", source, "-o", tmp_path / "out", cwd=tmp_path / "models")
    assert done.returncode == 0, done.stderr
    assert_graph(tmp_path / "out", {"name": "spacy:../models/zoo", "pipeline": "en_zoo 1.0", "model": reader.version()})


def test_a_build_with_records_made_elsewhere(run: Callable[..., Any], source: Path, tmp_path: Path) -> None:
    assert run("build", source, "-o", tmp_path / "first", "-q").returncode == 0
    (row,) = map(json.loads, (tmp_path / "first" / "records.jsonl").read_text(encoding="utf-8").splitlines())
    for field in ("introduces", "methods", "tasks", "metrics", "relations"):
        row[field] = []
    for field, name in (("methods", "Quokka"), ("datasets", "WombatBank")):
        at = PAGE.index(name)
        row[field] = [{"name": name, "mentions": [{"start": at, "end": at + len(name)}]}]
    (tmp_path / "made.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    configure(source, 'extractor = "records:../made.jsonl"')
    done = run("build", source, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert len(manifest["extractor"]["sha256"]) == 64
    assert_graph(tmp_path / "out", {"name": "records:../made.jsonl", "sha256": manifest["extractor"]["sha256"]})


def test_the_records_of_a_build_give_the_same_graph_again(run: Callable[..., Any], source: Path, tmp_path: Path) -> None:
    assert run("build", source, "-o", tmp_path / "first", "-q").returncode == 0
    configure(source, 'extractor = "records:../first/records.jsonl"')
    assert run("build", source, "-o", tmp_path / "second", "-q").returncode == 0
    first, second = tmp_path / "first", tmp_path / "second"
    for name in ("records.jsonl", "graph.html"):
        assert (first / name).read_bytes() == (second / name).read_bytes(), name
    makers = re.compile("/id/(?:agent|run|reading|graph|partition)/")  # who made it, which the graph says, was another

    def statements(out: Path) -> list[str]:
        return [line for line in (out / "graph.nq").read_text(encoding="utf-8").splitlines() if not makers.search(line)]

    assert statements(first) == statements(second)
    assert len(statements(first)) > 200


def test_a_build_with_a_function_of_another_package(run: Callable[..., Any], source: Path, tmp_path: Path) -> None:
    info = tmp_path / "site" / "zoo_reader-2.0.dist-info"
    info.mkdir(parents=True)
    (tmp_path / "site" / "zoo_reader.py").write_text(MODULE, encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: zoo-reader\nVersion: 2.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[confgraph.extractors]\nzoo = zoo_reader:read\n", encoding="utf-8")
    configure(source, 'extractor = "zoo"')
    path = os.pathsep.join(filter(None, (str(tmp_path / "site"), os.environ.get("PYTHONPATH"))))
    done = run("build", source, "-o", tmp_path / "out", PYTHONPATH=path)
    assert done.returncode == 0, done.stderr
    assert_graph(tmp_path / "out", {"name": "zoo", "function": "zoo_reader:read", "package": "zoo-reader 2.0"})


def examples(language: str) -> list[str]:
    """The blocks of code of the documentation, in that language."""
    text = (ROOT / "docs" / "extractors.md").read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def test_the_examples_of_the_documentation_work(run: Callable[..., Any], source: Path, tmp_path: Path) -> None:
    rules, function = examples("python")
    _, pipeline, _, project, registered = examples("toml")
    models = source / "models"
    models.mkdir()
    subprocess.run([sys.executable, "-c", rules], cwd=models, check=True)
    (source / "confgraph.toml").write_text(pipeline, encoding="utf-8")
    assert run("build", source / "page.txt", "-o", tmp_path / "out", "-q").returncode == 0
    assert [row["name"] for row in methods(tmp_path / "out")] == ["Quokka"]

    (point,) = tomllib.loads(project)["project"]["entry-points"].items()
    info = source / "site" / "my_package-1.dist-info"
    info.mkdir(parents=True)
    (source / "site" / "my_package.py").write_text(function, encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: my-package\nVersion: 1\n", encoding="utf-8")
    lines = [f"[{point[0]}]", *(f"{name} = {value}" for name, value in point[1].items())]
    (info / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")
    (source / "confgraph.toml").write_text(registered, encoding="utf-8")
    path = os.pathsep.join(filter(None, (str(source / "site"), os.environ.get("PYTHONPATH"))))
    assert run("build", source / "page.txt", "-o", tmp_path / "out", "-q", PYTHONPATH=path).returncode == 0
    assert [(row["name"], row["confidence"]) for row in methods(tmp_path / "out")] == [("Quokka", 0.9)]


def methods(out: Path) -> list[dict[str, Any]]:
    (row,) = map(json.loads, (out / "records.jsonl").read_text(encoding="utf-8").splitlines())
    return list(row["methods"])


def test_our_own_extractor_is_named_too(built: Path) -> None:
    manifest = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["extractor"] == {"name": "confgraph", "model": reader.version()}


@pytest.mark.parametrize(
    ("config", "says"),
    [
        ('extractor = "zoo"', "known: confgraph, spacy:NAME_OR_PATH, records:FILE"),
        ('extractor = "spacy:nowhere"', "cannot be loaded"),
        ('extractor = "records:nowhere.jsonl"', "cannot be read"),
        ("extractor = 3", "give a string"),
        ('labels = "Method"', "is no table"),
        ("labels = {A = 1}", "give a string"),
        ('labels = {A = "Place"}', "use one of: Method"),
    ],
)
def test_a_wrong_extractor_gets_one_clear_line(run: Callable[..., Any], source: Path, config: str, says: str, tmp_path: Path) -> None:
    configure(source, config)
    done = run("build", source, "-o", tmp_path / "out", "-q")
    assert done.returncode == 1
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "out").exists()
