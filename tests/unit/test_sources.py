"""Which files are read, under which names, and what becomes of those that cannot be."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from confgraph.config import Config, Limits, load_config
from confgraph.errors import SourceError
from confgraph.outputs import MANIFEST
from confgraph.records import Sidecar
from confgraph.sources import config_files, find_sources, read_pages


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of pages, with all that must not be read as one."""
    files = ["b.txt", "a.md", "deep/c.txt", ".hidden.txt", ".git/d.txt", "confgraph.toml", f"out/{MANIFEST}", "out/records.jsonl"]
    for name in files:
        path = tmp_path / "pages" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Text of {name}\r\n" if name.endswith((".txt", ".md")) else "", encoding="utf-8")
    return tmp_path / "pages"


def test_a_folder_gives_the_pages_below_it(folder: Path) -> None:
    assert [(s.name, s.named) for s in find_sources([folder])] == [("a.md", False), ("b.txt", False), ("deep/c.txt", False)]


def test_a_file_is_named_by_its_user(folder: Path) -> None:
    assert [(s.name, s.named) for s in find_sources([folder / "deep" / "c.txt"])] == [("c.txt", True)]


def test_a_file_given_twice_is_read_once_under_its_own_name(folder: Path) -> None:
    for paths in permutations([folder, folder / "deep" / "c.txt", folder / "deep"]):
        assert [(s.name, s.named) for s in find_sources(paths)] == [("a.md", False), ("b.txt", False), ("c.txt", True)]


def test_folders_inside_each_other_give_one_name_in_any_order(folder: Path) -> None:
    assert find_sources([folder / "deep", folder]) == find_sources([folder, folder / "deep"])


def test_two_pages_of_one_name_are_an_error(folder: Path) -> None:
    (folder / "deep" / "b.txt").write_text("Other text", encoding="utf-8")
    with pytest.raises(SourceError, match=r"has the same name as .*; rename one"):
        find_sources([folder / "b.txt", folder / "deep" / "b.txt"])


def test_a_missing_path_is_an_error(folder: Path) -> None:
    with pytest.raises(SourceError, match="no such file or folder; check the path"):
        find_sources([folder / "z.txt"])


def test_a_folder_without_pages_is_an_error(folder: Path) -> None:
    (folder / "empty" / ".cache").mkdir(parents=True)
    with pytest.raises(SourceError, match="holds no page"):
        find_sources([folder / "empty"])


def test_sidecars_stand_beside_their_pages(folder: Path) -> None:
    (folder / "deep" / "confgraph.toml").touch()
    assert config_files(find_sources([folder])) == [folder / "confgraph.toml", folder / "deep" / "confgraph.toml"]
    assert config_files(find_sources([folder / "b.txt"])) == [folder / "confgraph.toml"]


def test_pages_carry_text_identity_and_sidecar(folder: Path) -> None:
    sidecar = Sidecar(conference="NeurIPS")
    pages = read_pages(find_sources([folder]), Config(pages={(folder, "b.txt"): sidecar}))
    assert [p.name for p in pages.pages] == ["a.md", "b.txt", "deep/c.txt"]
    page = pages.pages[1]
    assert (page.text, page.encoding, page.sidecar) == ("Text of b.txt\n", "utf-8", sidecar)
    assert page.id == hashlib.sha256(b"Text of b.txt\n").hexdigest()
    assert pages.hashes[1] == hashlib.sha256(b"Text of b.txt\r\n").hexdigest()
    assert pages.rejects == ()


UNREADABLE = {
    "picture.png": (b"\x89PNG", "files of type .png are not read"),
    "empty.txt": (b"", "the file is empty"),
    "nul.txt": (b"a\x00b", "binary"),
    "long.txt": (b"x" * 60, "a line has 60 characters; the limit is 50"),
    "big.txt": (b"x\n" * 200, "the file has 400 bytes; the limit is 300"),
}
SMALL = Config(limits=Limits(page_bytes=300, line_characters=50))


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_in_a_folder_is_a_reject(folder: Path, name: str) -> None:
    data, reason = UNREADABLE[name]
    (folder / name).write_bytes(data)
    pages = read_pages(find_sources([folder]), SMALL)
    assert len(pages.pages) == len(pages.hashes) == 3
    (reject,) = pages.rejects
    assert (reject.doc, reject.offset) == (name, None)
    assert reason in reject.reason


@pytest.mark.parametrize("name", [name for name in UNREADABLE if name != "picture.png"])
def test_what_the_user_named_must_be_readable(folder: Path, name: str) -> None:
    data, reason = UNREADABLE[name]
    (folder / name).write_bytes(data)
    with pytest.raises(SourceError) as caught:
        read_pages(find_sources([folder, folder / name]), SMALL)
    assert reason in caught.value.what
    assert caught.value.where.endswith(name)
    assert caught.value.hint


def test_all_unreadable_files_are_collected() -> None:
    assert len(UNREADABLE) == 5


def test_a_named_file_may_have_any_suffix(folder: Path) -> None:
    (folder / "page.html5").write_text("Words", encoding="utf-8")
    assert [p.name for p in read_pages(find_sources([folder / "page.html5"]), SMALL).pages] == ["page.html5"]


def test_a_file_that_went_away_is_an_error(folder: Path) -> None:
    (source,) = find_sources([folder / "b.txt"])
    with pytest.raises(SourceError, match="cannot be read"):
        read_pages([replace(source, path=folder / "gone.txt")], SMALL)


def test_nothing_readable_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG")
    with pytest.raises(SourceError, match="none of the files could be read"):
        read_pages(find_sources([tmp_path]), SMALL)
    with pytest.raises(SourceError, match="no page was given"):
        read_pages([], SMALL)


FORMS = {
    "list.bib": ("@misc{a, title={On Wool}}", "BibTeX"),
    "list.ris": ("TY  - CONF\nTI  - On Wool\nER  - \n", "RIS"),
    "list.xml": ("<dblp><article><title>On Wool</title></article></dblp>", "XML"),
    "list.json": ('[{"title": "On Wool", "authors": ["Ada Example"]}]', "JSON"),
    "list.jsonl": ('{"title": "On Wool", "authors": ["Ada Example"]}\n', "JSON"),
    "list.csv": ("Title,Authors\nOn Wool,Ada Example\n", "CSV"),
    "list.TSV": ("Title\tAuthors\nOn Wool\tAda Example\n", "CSV"),
    "list.txt": ("On Wool\n", "text"),
}


def test_files_of_known_forms_are_pages(tmp_path: Path) -> None:
    for name, (text, _) in FORMS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    pages = read_pages(find_sources([tmp_path]), Config())
    assert {page.name: page.form for page in pages.pages} == {name: form for name, (_, form) in FORMS.items()}
    assert pages.rejects == ()
    assert all("On Wool" in page.text for page in pages.pages)


def test_a_file_that_lists_no_papers_is_a_reject_with_the_reason(folder: Path) -> None:
    (folder / "rows.jsonl").write_text('{"id": 1, "text": "We count."}\n{"id": 2, "text": "We shear."}\n', encoding="utf-8")
    (reject,) = read_pages(find_sources([folder]), Config()).rejects
    assert reject.reason == "no list of papers: among the columns 'id', 'text', none are the title and the authors or abstract"


def test_the_sidecar_names_the_columns_of_a_table(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Was,Wer\nVon Wolle,Ada Example / Bob Sample\n", encoding="utf-8")
    toml = "columns = { title = 'Was', authors = 'Wer' }\nauthor_separator = '/'"
    (tmp_path / "confgraph.toml").write_text(f"[pages.'list.csv']\n{toml}\n", encoding="utf-8")
    sources = find_sources([tmp_path])
    (page,) = read_pages(sources, load_config(config_files(sources))).pages
    assert page.text.splitlines()[2:] == ["kind: paper", "title: Von Wolle", "author: Ada Example", "author: Bob Sample"]
