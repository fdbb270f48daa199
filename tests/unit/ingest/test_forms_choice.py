"""Which form a file has, and what no form reads."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from confgraph.errors import SourceError
from confgraph.ingest.forms import FORMS, TEXT, Columns, choose, read, suffixes

PAGE = b"Programme\n\nCounting Sheep\nAda Example\n"


def zipped() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("list.bib", "@misc{a, title={On Wool}}")
    return stream.getvalue()


def test_text_is_read_as_it_is() -> None:
    assert read(PAGE, "page.txt", ".txt") == (PAGE.decode(), TEXT, "utf-8")
    assert read("naïve\r\n".encode("utf-16"), "page.md", ".md") == ("naïve\n", TEXT, "utf-16")


@pytest.mark.parametrize("suffix", [".bib", ".ris", ".xml", ".json", ".jsonl", ".csv", ".tsv", ".BIB"])
def test_the_content_decides_before_the_suffix(suffix: str) -> None:
    assert read(b"@misc{a, title={On Wool}}", "list", suffix).form == "BibTeX"


def test_the_suffix_decides_where_the_content_says_nothing() -> None:
    chosen = choose(b"Was;Wer\nVon Wolle;Ada Example\n", ".CSV")
    assert chosen is not None
    assert chosen.name == "CSV"


def test_the_suffix_decides_between_forms_that_fit_alike() -> None:
    for form in FORMS:
        for suffix in form.suffixes:
            chosen = choose(b"", suffix)
            assert chosen is form, suffix


def test_all_forms_are_collected() -> None:
    assert {"BibTeX", "RIS", "XML", "JSON", "CSV"} <= {form.name for form in FORMS}
    assert {"", ".txt", ".md", ".bib", ".ris", ".xml", ".json", ".jsonl", ".csv", ".tsv"} <= suffixes()


def test_every_suffix_is_in_lower_case_with_its_dot() -> None:
    assert [s for s in suffixes() if s and (s != s.casefold() or not s.startswith("."))] == []


@pytest.mark.parametrize(("data", "packer"), [(gzip.compress(PAGE), "gzip"), (zipped(), "zip")])
def test_packed_files_are_refused_unopened(data: bytes, packer: str) -> None:
    with pytest.raises(SourceError, match=rf"is packed \({packer}\); unpack it first"):
        read(data, "page.txt", ".txt")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
@pytest.mark.parametrize("head", [b"", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"@", b"<", b"{", b"[", b"TY", b"%PDF", b"\xf0\x9f" * 40_000])
def test_a_form_never_fails_to_say_whether_it_fits(form: object, head: bytes) -> None:
    assert form.fits(head) in (True, False)  # type: ignore[attr-defined]


def test_without_columns_a_table_reads_by_itself() -> None:
    table = b"Title,Authors\nOn Wool,Ada Example\n"
    assert read(table, "list.csv", ".csv", Columns()) == read(table, "list.csv", ".csv")
