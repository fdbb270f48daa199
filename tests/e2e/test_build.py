"""What a user gets from a build of the sample pages, through the command line."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import networkx
import owlrl
import pyoxigraph
import pytest
import rdflib
from rdflib.compare import isomorphic

import confgraph

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "data" / "samples"
CG = "https://w3id.org/confgraph/ontology#"
FILES = set("graph.html graph.nq graph.ttl judgements.jsonl manifest.json pages records.jsonl rejects.jsonl report.html store".split())


def rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def all_bytes(out: Path) -> dict[str, bytes]:
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file() and "store" not in p.parts}


def test_out_holds_the_documented_files(built: Path) -> None:
    assert {p.name for p in built.iterdir()} == FILES


def test_every_span_of_every_record_is_on_its_page(built: Path) -> None:
    spans = 0
    for row in rows(built / "records.jsonl"):
        page = (built / "pages" / f"{row['page']}.txt").read_text(encoding="utf-8")
        places = [*row["spans"].values(), *row["authors"], *row["resources"], *row["results"], *row["talks"]]
        for field in ("introduces", "methods", "datasets", "tasks", "metrics", "institutions"):
            places += [mention for item in row[field] for mention in item["mentions"]]
        for place in places:
            assert 0 <= place["start"] < place["end"] <= len(page)
            spans += 1
        for resource in row["resources"]:
            assert page[resource["start"] : resource["end"]] == resource["url"]
        for author in row["authors"]:
            assert page[author["start"] : author["end"]].replace("\xa0", " ") == author["name"]
    assert spans > 1000


def test_builds_are_the_same_bytes_whatever_surrounds_them(run: Callable[..., object], built: Path, tmp_path: Path) -> None:
    pages = sorted(SAMPLES.glob("*.txt"), reverse=True)
    other = run("build", *pages, "-o", "again", "--workers", "3", cwd=tmp_path, PYTHONHASHSEED="7", LC_ALL="C", TZ="Asia/Tokyo")
    assert other.returncode == 0, other.stderr
    first, second = all_bytes(built), all_bytes(tmp_path / "again")
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_a_build_replaces_only_its_own_output(run: Callable[..., object], tmp_path: Path) -> None:
    shutil.copytree(SAMPLES, tmp_path / "in")
    assert run("build", tmp_path / "in", "-o", tmp_path / "in" / "out", "-q").returncode == 0
    again = run("build", tmp_path / "in", "-o", tmp_path / "in" / "out", "-q")
    assert again.returncode == 0, "its own output among the sources is left out"
    assert again.stdout == ""


def test_the_same_paper_on_two_pages_is_one_with_its_title_recovered(built: Path) -> None:
    records = {(row["doc"], row["ordinal"]): row for row in rows(built / "records.jsonl")}
    untitled = [row for row in records.values() if row["doc"] == "spring-orals.txt"]
    assert all(row["title"] is None for row in untitled), "the source is never overwritten"
    judgements = [row for row in rows(built / "judgements.jsonl") if row["kind"] == "paper" and row["decision"] == "same"]
    assert len(judgements) >= 4
    assert all(row["reasons"] and 0 < row["score"] <= 1 for row in judgements)
    graph = rdflib.Graph().parse(built / "graph.ttl")
    titled = list(
        graph.query(
            """SELECT DISTINCT ?paper ?title WHERE {
                 ?talk a <https://w3id.org/scholarlydata/ontology/conference-ontology.owl#Talk> ; <https://schema.org/workFeatured> ?paper ;
                       <https://schema.org/location> ?room . ?paper <http://purl.org/dc/terms/title> ?title }"""
        )
    )
    assert len(titled) >= 4, "papers with a room, whose page shows no titles, have one from another page"


def test_one_dataset_under_two_spellings_is_one_entity(built: Path) -> None:
    graph = rdflib.Graph().parse(built / "graph.ttl")
    naming = (rdflib.RDFS.label, rdflib.SKOS.altLabel, rdflib.URIRef("https://schema.org/alternateName"))
    owners = {name: {s for p in naming for s in graph.subjects(p, rdflib.Literal(name))} for name in ("CIFAR-10", "CIFAR10")}
    assert len(owners["CIFAR-10"]) == 1
    assert owners["CIFAR-10"] == owners["CIFAR10"]


def test_load_gives_an_rdflib_dataset_and_a_network(built: Path) -> None:
    loaded = confgraph.load(built)
    assert isinstance(loaded, rdflib.Dataset)
    turtle = rdflib.Graph().parse(built / "graph.ttl")
    assert isomorphic(turtle, loaded.default_graph)
    assert len([g for g in loaded.graphs() if len(g)]) >= 6
    assert isinstance(loaded.network, networkx.MultiDiGraph)
    assert loaded.network.number_of_nodes() > 200


@pytest.mark.parametrize("name", ["who-works-on", "evaluated-on", "rooms-for-topic", "coauthors", "introduced-on-page"])
def test_the_questions_have_answers(name: str, run: Callable[..., object], built: Path) -> None:
    done = run("query", built, "--name", name, "--format", "json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["results"]["bindings"]


@pytest.mark.parametrize("format", ["json", "csv", "tsv", "xml"])
def test_answers_come_in_the_standard_formats(format: str, run: Callable[..., object], built: Path) -> None:
    done = run("query", built, "SELECT ?s WHERE { ?s a <https://schema.org/ScholarlyArticle> } ORDER BY ?s LIMIT 3", "--format", format)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("https://w3id.org/confgraph/id/paper/") == 3


def test_a_construct_query_prints_turtle(run: Callable[..., object], built: Path) -> None:
    done = run("query", built, "CONSTRUCT WHERE { ?s a <https://schema.org/Dataset> }", "--format", "ttl")
    assert done.returncode == 0, done.stderr
    assert len(rdflib.Graph().parse(data=done.stdout, format="turtle")) > 5


def test_the_default_graph_is_the_knowledge_and_graph_reaches_the_evidence(run: Callable[..., object], built: Path) -> None:
    plain = run("query", built, "ASK { ?a a <http://www.w3.org/ns/oa#Annotation> }", "--format", "json")
    named = run("query", built, "ASK { GRAPH ?g { ?a a <http://www.w3.org/ns/oa#Annotation> } }", "--format", "json")
    assert json.loads(plain.stdout)["boolean"] is False
    assert json.loads(named.stdout)["boolean"] is True


FORMATS = {"turtle": "turtle", "ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml"}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own JSON-LD parser uses it
@pytest.mark.parametrize("format", FORMATS)
def test_exports_of_the_knowledge_are_isomorphic(format: str, run: Callable[..., object], built: Path, tmp_path: Path) -> None:
    done = run("export", built, "--format", format, "-o", tmp_path / "file")
    assert done.returncode == 0, done.stderr
    exported = rdflib.Graph().parse(tmp_path / "file", format=FORMATS[format])
    assert isomorphic(exported, rdflib.Graph().parse(built / "graph.ttl"))


@pytest.mark.parametrize("format", ["trig", "nquads"])
def test_exports_of_everything_hold_the_same_quads(format: str, run: Callable[..., object], built: Path, tmp_path: Path) -> None:
    done = run("export", built, "--format", format, "-o", tmp_path / "file")
    assert done.returncode == 0, done.stderr
    formats = {"trig": pyoxigraph.RdfFormat.TRIG, "nquads": pyoxigraph.RdfFormat.N_QUADS}
    exported = set(pyoxigraph.parse(path=tmp_path / "file", format=formats[format]))
    assert exported == set(pyoxigraph.parse(path=built / "graph.nq", format=pyoxigraph.RdfFormat.N_QUADS))


def test_there_are_no_blank_nodes_and_one_label_each(built: Path) -> None:
    graph = rdflib.Graph().parse(built / "graph.ttl")
    assert not [t for t in graph.all_nodes() if isinstance(t, rdflib.BNode)]
    instances = {s for s in graph.subjects() if str(s).startswith("https://w3id.org/confgraph/id/") and (s, rdflib.RDF.type, None) in graph}
    assert instances
    assert [s for s in instances if len(list(graph.objects(s, rdflib.RDFS.label))) != 1] == []


def test_stats_tell_what_the_graph_holds(run: Callable[..., object], built: Path) -> None:
    done = run("stats", built, "--json")
    assert done.returncode == 0, done.stderr
    text = run("stats", built).stdout
    assert "ScholarlyArticle" in text
    assert json.loads(done.stdout)


def test_the_build_says_what_it_found(run: Callable[..., object], tmp_path: Path) -> None:
    done = run("build", SAMPLES, "-o", tmp_path / "out", cwd=tmp_path)
    for page in SAMPLES.glob("*.txt"):
        assert page.name in done.stdout
    assert "record field" in done.stdout
    assert "graph.html" in done.stdout


def test_the_graph_and_the_ontology_contradict_nothing(built: Path) -> None:
    error = rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
    graph = rdflib.Graph().parse(built / "graph.ttl").parse(ROOT / "ontology" / "confgraph.ttl")
    before = len(graph)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, rdfs_closure=True).expand(graph)
    assert len(graph) > before
    assert list(graph.objects(None, error)) == []
    assert list(graph.subjects(rdflib.RDF.type, rdflib.OWL.Nothing)) == []
