"""Search over names: words, beginnings of words, misspelt words, and the file that processes share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from confgraph import iris, vocab
from confgraph.errors import OutputError
from confgraph.serve.explorer.index import Index, fold, pack, read_index
from confgraph.serve.explorer.kinds import BY_SLUG
from confgraph.serve.explorer.packed import Texts, read_parts, write_parts

METHODS, DATASETS, PEOPLE = (BY_SLUG[slug] for slug in ("methods", "datasets", "people"))
ROWS = [
    ("urn:m:transformer", METHODS, "transformer", 20),
    ("urn:m:vision", METHODS, "vision transformer", 5),
    ("urn:m:bert", METHODS, "BERT", 9),
    ("urn:m:cpp", METHODS, "C++", 1),
    ("urn:m:deep", METHODS, "深層学習", 0),
    ("urn:d:imagenet", DATASETS, "ImageNet", 30),
    ("urn:d:bart", DATASETS, "Bart Corpus", 2),
    ("urn:p:re", PEOPLE, "Christopher Ré", 3),
    ("urn:p:o", PEOPLE, "Søren O'Hara", 0),
]
ALIASES = {"urn:m:bert": ["Bidirectional Encoder"], "urn:d:imagenet": ["ILSVRC 2012"]}


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(pack("urn:", ROWS, ALIASES))


def labels(index: Index, asked: str, slugs: Sequence[str] = ()) -> list[str]:
    return [hit.label for hit in index.search(asked, [BY_SLUG[slug] for slug in slugs]).hits]


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("transformer", "transformer"),
        ("TRANSF", "transformer"),
        ("former vision transformer", None),
        ("vision tr", "vision transformer"),
        ("transformer vision", "vision transformer"),
        ("re christopher", "Christopher Ré"),
        ("Ré", "Christopher Ré"),
        ("soren", None),
        ("søren o'hara", "Søren O'Hara"),
        ("encoder", "BERT"),
        ("ilsvrc", "ImageNet"),
        ("学習", "深層学習"),
        ("c++", "C++"),
        ("", None),
        ("...", None),
    ],
)
def test_words_are_found_by_their_beginnings(index: Index, asked: str, first: str | None) -> None:
    found = [hit for hit in index.search(asked).hits if not hit.nearly]
    assert [hit.label for hit in found[:1]] == ([first] if first else [])


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("transfomer", "transformer"),
        ("tarnsformer", "transformer"),
        ("trasformr", "transformer"),
        ("transfomr", "transformer"),
        ("visoin transformer", "vision transformer"),
        ("imagnet", "ImageNet"),
        ("image net", "ImageNet"),
        ("imagemet", "ImageNet"),
        ("bidirectonal", "BERT"),
        ("cristopher re", "Christopher Ré"),
    ],
)
def test_misspelt_words_are_found_and_marked(index: Index, asked: str, first: str) -> None:
    found = index.search(asked).hits
    assert found[0].label == first
    assert found[0].nearly


def test_what_is_spelt_so_comes_before_what_is_nearly(index: Index) -> None:
    found = index.search("bert").hits
    assert [(hit.label, hit.nearly) for hit in found] == [("BERT", False), ("Bart Corpus", True)]


def test_short_words_are_not_guessed(index: Index) -> None:
    assert index.search("ber").total == 1
    assert index.search("bar").total == 1
    assert index.search("bet").total == 0


def test_whole_names_come_first_then_the_most_linked(index: Index) -> None:
    assert labels(index, "transformer") == ["transformer", "vision transformer"]
    rows = [("urn:a", METHODS, "net one", 1), ("urn:b", METHODS, "net two", 7), ("urn:c", METHODS, "net", 0)]
    assert labels(Index(pack("urn:", rows, {})), "net") == ["net", "net two", "net one"]


def test_kinds_are_counted_and_chosen(index: Index) -> None:
    assert index.search("b").kinds == {"methods": 1, "datasets": 1}
    assert labels(index, "b", ["datasets"]) == ["Bart Corpus"]
    assert index.search("b", [DATASETS]).kinds == {"methods": 1, "datasets": 1}, "the other kinds stay in sight"


def test_lists_of_a_kind_are_in_order(index: Index) -> None:
    assert [hit.label for hit in index.of_kind(METHODS, 0, 3)] == ["transformer", "BERT", "vision transformer"]
    assert [hit.label for hit in index.of_kind(METHODS, 3, 3)] == ["C++", "深層学習"]
    assert [hit.label for hit in index.by_name(METHODS, 0, 2)] == ["BERT", "C++"]
    assert index.count(METHODS) == 5
    assert index.count(BY_SLUG["rooms"]) == 0


def test_a_name_is_taken_for_the_things_that_have_it(index: Index) -> None:
    assert [hit.iri for hit in index.named("imagenet", [DATASETS])] == ["urn:d:imagenet"]
    assert index.named("image", [DATASETS]) == []
    assert index.named("imagenet", [METHODS]) == []
    assert index.named("", [METHODS]) == []


def store() -> Store:
    thing, other = NamedNode(f"{iris.DEFAULT_BASE}method/net-00000000000a"), NamedNode(f"{iris.DEFAULT_BASE}paper/p-00000000000b")
    kept = Store()
    kept.extend(
        [
            Quad(thing, NamedNode(vocab.RDF_TYPE), NamedNode(vocab.CG_METHOD)),
            Quad(thing, NamedNode(vocab.RDF_TYPE), NamedNode(vocab.SKOS_CONCEPT)),
            Quad(thing, NamedNode(vocab.RDFS_LABEL), Literal('A "net", of\nlines')),
            Quad(thing, NamedNode(vocab.SKOS_ALT_LABEL), Literal("Tangle")),
            Quad(other, NamedNode(vocab.RDF_TYPE), NamedNode(vocab.SCHEMA_SCHOLARLY_ARTICLE)),
            Quad(other, NamedNode(vocab.RDFS_LABEL), Literal("x" * 200_000)),
            Quad(other, NamedNode(vocab.CG_USES_METHOD), thing),
            Quad(other, NamedNode(vocab.RDFS_LABEL), Literal("only evidence"), NamedNode("urn:page")),
        ]
    )
    return kept


def test_names_of_a_store_are_read() -> None:
    index = read_index(store())
    (hit,) = index.search("tangle").hits
    assert (hit.label, hit.kind, hit.links) == ('A "net", of\nlines', METHODS, 1)
    assert len(index.of_kind(BY_SLUG["papers"], 0, 1)[0].label) == 300, "a name without end is cut"
    assert index.search("evidence").total == 0
    assert index.base == iris.DEFAULT_BASE


def test_processes_share_the_index_by_a_file(tmp_path: Path) -> None:
    file = tmp_path / "names"
    first = read_index(store(), file)
    second = read_index(Store(), file)
    assert second.search("tangle") == first.search("tangle")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["names", "names.lock"]


def test_where_nothing_can_be_written_each_process_has_its_own(tmp_path: Path) -> None:
    assert read_index(store(), tmp_path / "none" / "names").search("tangle").total == 1


def test_a_file_of_others_is_replaced_and_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "names"
    file.write_bytes(b"something else")
    assert read_parts(file) is None
    assert read_index(store(), file).search("tangle").total == 1
    assert read_parts(file) is not None
    with pytest.raises(OutputError):
        write_parts(tmp_path / "none" / "names", {"a": b""})


@given(st.lists(st.text(max_size=20)))
def test_texts_come_back(texts: list[str]) -> None:
    held = Texts.of(texts)
    assert list(held) == [text.encode("utf-8", "replace").decode() for text in texts]
    assert held[1:] == list(held)[1:]


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_name_finds_itself_and_any_question_is_answered(name: str, asked: str) -> None:
    index = Index(pack("urn:", [("urn:x", METHODS, name, 0)], {}))
    if fold(name):
        assert index.search(name).hits[0].iri == "urn:x"
    assert index.search(asked).total in (0, 1)
    assert len(index.named(asked, [METHODS])) in (0, 1)
