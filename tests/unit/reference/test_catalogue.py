"""The index of a catalogue: what it finds, in which forms of files, and what becomes of it on disk."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from confgraph.errors import SourceError
from confgraph.reference import catalogue as catalogues
from confgraph.reference.catalogue import Catalogue, opened
from confgraph.reference.rows import outline_of
from confgraph.resolve.outlines import Outline
from confgraph.resolve.shingles import text_of

MakeCatalogue = Callable[..., Path]
Papers = dict[str, dict[str, Any]]


def titles(found: Catalogue, said: Outline) -> list[str]:
    return [found.entry(row).title for row in found.near(said)]


def by_abstract(abstract: str) -> Outline:
    return Outline(texts=(text_of(abstract),))


def test_a_row_is_found_by_a_part_of_its_abstract(catalogue: MakeCatalogue, cache: Path, papers: Papers) -> None:
    words = papers["gauges"]["abstract"].split()
    with opened(catalogue(papers["hives"], papers["gauges"]), cache) as found:
        assert found.rows == 42
        assert titles(found, by_abstract(" ".join(words[:45]) + " …")) == [papers["gauges"]["title"]]
        assert titles(found, by_abstract("Nothing of this is written in any of the rows that were listed before.")) == []


def test_a_row_is_found_by_a_title_with_one_other_word(catalogue: MakeCatalogue, cache: Path, papers: Papers) -> None:
    with opened(catalogue(papers["gauges"]), cache) as found:
        assert titles(found, Outline(title="hourly gauges warn of floods five days earlier")) == [papers["gauges"]["title"]]
        assert titles(found, Outline(title="hourlygauges warn of floods two days earlier")) == [papers["gauges"]["title"]]
        assert titles(found, Outline(title="hourly gauges warn of nothing five days earlier")) == []


def test_a_short_abstract_is_found_by_its_authors(catalogue: MakeCatalogue, cache: Path) -> None:
    row = {"title": "On the Length of Abstracts", "abstract": "We are brief.", "authors": ["Ada Moor", "Bo Lind"]}
    with opened(catalogue(row), cache) as found:
        said = Outline(texts=(text_of("We are"),), authors=((("moor", "lind"), False),))
        assert titles(found, said) == ["On the Length of Abstracts"]


def test_a_row_without_abstract_is_found_by_the_authors_of_a_record_without_title(catalogue: MakeCatalogue, cache: Path) -> None:
    row = {"title": "Hourly Gauges Warn of Floods Two Days Earlier", "authors": ["Ada Moor", "Bo Lind", "Cy Ode"]}
    text = "We warn of floods from hourly gauges. " + "Rain reaches the gauge within a single night of the storm. " * 4
    said = Outline(texts=(text_of(text),), authors=((("moor", "lind", "ode"), False),))
    with opened(catalogue(row), cache) as found:
        assert titles(found, said) == [row["title"]]
        assert titles(found, replace(said, authors=((("moor", "ode", "lind"), False),))) == []
    with opened(catalogue(row | {"abstract": "Bees return to a hive by the sun, by landmarks and by scent. " * 4}), cache) as found:
        assert titles(found, said) == []


def test_boilerplate_finds_few_rows(catalogue: MakeCatalogue, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogues, "_LONGEST", 20)
    with opened(catalogue(), cache) as found:
        assert found.near(by_abstract("In this paper we propose a new method for what nobody asked")) == []


def lines(rows: list[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


FORMS: dict[str, Callable[[list[dict[str, Any]]], bytes]] = {
    "lines.jsonl": lines,
    "lines.jsonl.gz": lambda rows: gzip.compress(lines(rows)),
    "list.json": lambda rows: json.dumps(rows, indent=1).encode(),
    "list.json.gz": lambda rows: gzip.compress(json.dumps({"results": rows}).encode()),
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_of_file_gives_the_same_rows(name: str, tmp_path: Path, cache: Path, papers: Papers) -> None:
    assert len(FORMS) == 4
    path = tmp_path / name
    path.write_bytes(FORMS[name](list(papers.values())))
    with opened(path, cache) as found:
        assert [found.entry(row).title for row in range(found.rows)] == [row["title"] for row in papers.values()]
        people = found.entry(0).authors
        assert people[0].ids == (("openreview", "~Ada_Moor1"), ("orcid", "0000-0002-1825-0097"), ("dblp", "12/34"))
        assert people[1].ids == (("openreview", "~Bo_Lind2"), ("dblp", "56/78"))


OPENALEX = {
    "id": "https://openalex.org/W12",
    "title": "Hourly Gauges",
    "publication_year": 2031,
    "authorships": [{"author": {"display_name": "Ada Moor", "orcid": "https://orcid.org/0000-0002-1825-0097"}}],
    "abstract_inverted_index": {"We": [0], "count": [1], "floods": [2]},
}
OPENREVIEW = {
    "id": "abc",
    "forum": "abc",
    "content": {"title": {"value": "Hourly Gauges"}, "authors": {"value": ["Ada Moor"]}, "authorids": {"value": ["~Ada_Moor1"]}},
}
REVIEW = {"id": "def", "forum": "abc", "replyto": "abc", "content": {"review": {"value": "Good."}}}
DBLP = {"info": {"title": "Hourly Gauges.", "authors": {"author": [{"@pid": "12/34", "text": "Ada Moor 0001"}]}, "year": "2031"}}
CROSSREF = {
    "DOI": "10.1234/gauges",
    "title": ["Hourly Gauges"],
    "type": "proceedings-article",
    "author": [{"given": "Ada", "family": "Moor", "ORCID": "http://orcid.org/0000-0002-1825-0097"}],
}


@pytest.mark.parametrize(("row", "known"), [(OPENALEX, "orcid"), (OPENREVIEW, "openreview"), (DBLP, "dblp"), (CROSSREF, "orcid")])
def test_rows_of_services_are_read(row: dict[str, Any], known: str, tmp_path: Path, cache: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(row) + "\n" + json.dumps(row) + "\n", encoding="utf-8")
    with opened(path, cache) as found:
        entry = found.entry(1)
        assert (entry.title, entry.authors[0].name) == ("Hourly Gauges", "Ada Moor")
        assert known in dict(entry.authors[0].ids)


def test_reviews_among_notes_are_no_rows(tmp_path: Path, cache: Path) -> None:
    path = tmp_path / "notes.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in (OPENREVIEW, REVIEW, REVIEW)), encoding="utf-8")
    with opened(path, cache) as found:
        assert (found.rows, found.unread) == (1, 0)


def test_an_index_is_made_once(catalogue: MakeCatalogue, cache: Path, papers: Papers) -> None:
    path = catalogue(papers["gauges"])
    steps: list[str] = []
    for _ in range(2):
        with opened(path, cache, lambda stage, *_: steps.append(stage)) as found:
            assert found.note == ""
    assert steps == ["index papers.jsonl"]
    [folder] = cache.iterdir()
    assert folder.name == f"catalogue-{found.sha256[:24]}"


def test_another_version_of_the_file_has_another_index(catalogue: MakeCatalogue, cache: Path, papers: Papers) -> None:
    for row in (papers["gauges"], papers["hives"]):
        with opened(catalogue(row), cache) as found:
            assert titles(found, outline_of(found.entry(40))) == [row["title"]]
    assert len(list(cache.iterdir())) == 2


def test_a_broken_index_is_made_again(catalogue: MakeCatalogue, cache: Path, papers: Papers) -> None:
    path = catalogue(papers["gauges"])
    with opened(path, cache):
        pass
    [folder] = cache.iterdir()
    (folder / "meta.json").write_text('{"version": 0}', encoding="utf-8")
    (folder / "texts.bin").write_bytes(b"")
    with opened(path, cache) as found:
        assert titles(found, by_abstract(papers["gauges"]["abstract"])) == [papers["gauges"]["title"]]
    assert [p.name for p in cache.iterdir()] == [folder.name]


def test_without_a_cache_the_index_is_made_elsewhere_and_the_user_told(catalogue: MakeCatalogue, tmp_path: Path, papers: Papers) -> None:
    nowhere = tmp_path / "file"
    nowhere.write_text("no folder", encoding="utf-8")
    with opened(catalogue(papers["gauges"]), nowhere) as found:
        assert "cannot be kept" in found.note
        assert titles(found, by_abstract(papers["gauges"]["abstract"])) == [papers["gauges"]["title"]]


def test_the_cache_stands_where_the_user_says(catalogue: MakeCatalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "own"))
    with opened(catalogue()):
        pass
    assert [path.name for path in (tmp_path / "own").iterdir()] == ["confgraph"]


def test_lines_that_are_no_papers_are_told(tmp_path: Path, cache: Path, papers: Papers) -> None:
    path = tmp_path / "papers.jsonl"
    good = json.dumps(papers["gauges"])
    path.write_text(f'{good}\n{{"title": \n\n[1, 2]\n{good}\n{{"title": "…", "authors": ["A"], "abstract": "Some."}}\n', encoding="utf-8")
    with opened(path, cache) as found:
        assert (found.rows, found.unread) == (2, 3)
        assert [one.place for one in found.first_unread] == ["line 2", "line 4", "line 6"]


WRONG = {
    "empty": b"",
    "text": b"Oral\nAda Moor\n",
    "no papers": b'{"name": "x", "size": 3}\n{"name": "y", "size": 4}\n',
    "packed, but broken": gzip.compress(b'{"title": "x"}\n' * 1000)[:-20],
    "no titles": b'{"title": "", "abstract": "Words.", "authors": ["A"]}\n{"title": "", "abstract": "More.", "authors": ["B"]}\n',
}


@pytest.mark.parametrize("content", [b"", b"\n \n"])
def test_an_empty_catalogue_is_told_what_to_give(content: bytes, tmp_path: Path, cache: Path) -> None:
    (tmp_path / "empty.jsonl").write_bytes(content)
    with pytest.raises(SourceError, match="holds no rows; give JSON Lines"), opened(tmp_path / "empty.jsonl", cache):
        pass


@pytest.mark.parametrize("what", WRONG)
def test_what_is_no_catalogue_is_refused(what: str, tmp_path: Path, cache: Path) -> None:
    path = tmp_path / "wrong.jsonl"
    path.write_bytes(WRONG[what])
    with pytest.raises(SourceError) as caught, opened(path, cache):
        pass
    assert str(path) in str(caught.value)
    assert caught.value.hint
    assert not cache.is_dir() or not list(cache.iterdir())


def test_a_file_that_is_not_there_is_named(tmp_path: Path, cache: Path) -> None:
    with pytest.raises(SourceError, match=r"none\.jsonl"), opened(tmp_path / "none.jsonl", cache):
        pass
