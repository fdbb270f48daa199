"""Files of RDF are read in every format, and what cannot be read is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad

from confgraph.errors import SourceError, UsageError
from confgraph.export import rdf
from confgraph.graph import validation
from confgraph.graph.files import FORMATS, read_file

WRITTEN = {".ttl": "turtle", ".nt": "ntriples", ".nq": "nquads", ".trig": "trig", ".jsonld": "jsonld", ".rdf": "rdfxml"}
SAME = {".json": ".jsonld", ".xml": ".rdf", ".owl": ".rdf"}


def test_every_ending_is_tried() -> None:
    assert set(FORMATS) == {*WRITTEN, *SAME}


@pytest.mark.parametrize("ending", [*WRITTEN, *SAME])
def test_what_is_written_in_a_format_is_read_and_valid(ending: str, small_quads: list[Quad], tmp_path: Path) -> None:
    path = tmp_path / f"graph{ending.upper() if ending == '.ttl' else ending}"
    form = WRITTEN[SAME.get(ending, ending)]
    rdf.write_file(path, small_quads, form)
    graph = read_file(path)
    knowledge = {quad for quad in small_quads if isinstance(quad.graph_name, DefaultGraph)}
    assert set(graph) == (set(small_quads) if form in ("nquads", "trig") else knowledge)
    assert validation.validate(graph).findings == ()


def test_relative_names_are_below_the_file(tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text("<#one> a <https://schema.org/Event> .", encoding="utf-8")
    graph = read_file(tmp_path / "own.ttl")
    assert {quad.subject for quad in graph} == {NamedNode(f"{(tmp_path / 'own.ttl').as_uri()}#one")}


@pytest.mark.parametrize(("name", "error"), [("none.ttl", SourceError), ("folder.ttl", SourceError), ("own.csv", UsageError)])
def test_what_is_no_file_of_rdf_is_told(name: str, error: type[Exception], tmp_path: Path) -> None:
    (tmp_path / "folder.ttl").mkdir()
    with pytest.raises(error, match=name):
        read_file(tmp_path / name)


def test_a_remote_context_is_refused_without_a_look_at_the_network(tmp_path: Path) -> None:
    (tmp_path / "own.jsonld").write_text('{"@context": "https://example.org/context", "@id": "https://example.org/a"}', encoding="utf-8")
    with pytest.raises(SourceError, match="remote context"):
        read_file(tmp_path / "own.jsonld")
