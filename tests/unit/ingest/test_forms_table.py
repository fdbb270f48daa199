"""CSV and TSV: which column is what, and how cells list people."""

from __future__ import annotations

import hashlib

import pytest

from confgraph.errors import SourceError
from confgraph.ingest import ingest
from confgraph.ingest.forms import Columns, choose, read
from confgraph.records import Page, PageId, Reading, RecordKind

TABLE = """Paper Title,Author(s),Affiliation(s),Abstract,Session,Track,Year,Keywords,DOI,Paper URL,Type
"Counting, Sheep","Example, Ada; Sample, Bob","University of Wool; Sheep Institute","We ""count"" sheep.
They are many.",Morning,Fields,2031.0,sheep; wool,https://doi.org/10.1000/wool,https://github.com/example/sheep,
,,,,,,,,,,
On Milk,"Third, Cem",University of Wool,,,,2031,,,,tutorial
,"Fourth, Dan",,,,,,,,,
On Hay,"Example, Ada",,,,,,,,,,and more,
"""


def ingested(text: str, suffix: str = ".csv", columns: Columns | None = None) -> Reading:
    content = read(text.encode(), f"list{suffix}", suffix, columns)
    assert content.form == "CSV"
    return ingest(Page("list", content.text, PageId(hashlib.sha256(content.text.encode()).hexdigest()), form=content.form))


def people(cell: str, *others: str, columns: Columns | None = None) -> list[tuple[str, tuple[str, ...]]]:
    """Read the people of a cell in a column with some others."""
    rows = "".join(f'On Wool {i}\t"{text}"\n' for i, text in enumerate([cell, *others]))
    record = ingested(f"title\tauthors\n{rows}", ".tsv", columns).records[0]
    return [(author.name, author.affiliations) for author in record.authors]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_table_is_read_by_what_its_columns_are_called(line_end: str) -> None:
    reading = ingested(TABLE.replace("\n", line_end))
    first, second = reading.records
    assert (first.title, first.abstract) == ("Counting, Sheep", 'We "count" sheep. They are many.')
    assert [(a.name, a.affiliations) for a in first.authors] == [
        ("Ada Example", ("University of Wool",)),
        ("Bob Sample", ("Sheep Institute",)),
    ]
    assert (first.session, first.track, first.year, first.keywords) == ("Morning", "Fields", 2031, ("sheep", "wool"))
    assert first.ids == {"doi": "10.1000/wool"}
    assert [resource.url for resource in first.resources] == ["https://github.com/example/sheep"]
    assert (second.title, second.kind, second.venue) == ("On Milk", RecordKind.TUTORIAL, None)
    assert [reject.reason for reject in reading.rejects] == [
        "line 6: neither title nor abstract",
        "line 7: 13 cells under 11 columns; is a quote missing?",
    ]


def test_columns_may_have_names_in_any_script() -> None:
    (record,) = ingested("标题,作者\n羊毛,Ada Example\n", columns=Columns({"authors": "作者", "title": "标题"})).records
    assert (record.title, [a.name for a in record.authors]) == ("羊毛", ["Ada Example"])
    with pytest.raises(SourceError, match="has no column '題'"):
        ingested("标题,作者\n羊毛,Ada Example\n", columns=Columns({"title": "題"}))


@pytest.mark.parametrize(
    "header", ["title,author", "Name,Authors", "Paper,Author(s)", "Title,Abstract", "Authors,Summary", "Name,Speakers,Room"]
)
def test_two_names_of_columns_tell_a_list_of_papers(header: str) -> None:
    assert ingested(header + "\n" + ",".join("On Wool" for _ in header.split(",")) + "\n", ".csv").layout == "fields"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_told_by_the_header(separator: str) -> None:
    text = separator.join(["Title", "Authors", "Year"]) + "\n" + separator.join(["On Wool", "Ada Example", "2031"]) + "\n"
    (record,) = ingested(text).records
    assert (record.title, [a.name for a in record.authors], record.year) == ("On Wool", ["Ada Example"], 2031)


def test_a_separator_may_be_named_as_spreadsheets_do() -> None:
    (record,) = ingested("sep=;\r\nTitle;Authors\r\nOn Wool;Ada Example\r\n").records
    assert record.title == "On Wool"


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Ada Example; Bob Sample;", ["Ada Example", "Bob Sample"]),
        ("Ada Example, Bob Sample and Cem Third", ["Ada Example", "Bob Sample", "Cem Third"]),
        ("Ada Example, Bob Sample, and Cem Third", ["Ada Example", "Bob Sample", "Cem Third"]),
        ("Example, Ada and Sample, Bob", ["Ada Example", "Bob Sample"]),
        ("van der Berg, Jan and Sample, Bob", ["Jan van der Berg", "Bob Sample"]),
        ("Example, Ada", ["Ada Example"]),
        ("Example, A., Sample, B. C.", ["A. Example", "B. C. Sample"]),
        ("Ada Example | Bob Sample", ["Ada Example", "Bob Sample"]),
        ("Ada Example · Bob Sample", ["Ada Example", "Bob Sample"]),
        ("Ada Example\nBob Sample", ["Ada Example", "Bob Sample"]),
        ("Ada Example*†; Bob Sample²", ["Ada Example", "Bob Sample"]),
        ("Ada Example, Jr.; Bob Sample", ["Ada Example Jr.", "Bob Sample"]),
        ("Jan Berg, Jr., Bob Sample, Cem Third III", ["Jan Berg Jr.", "Bob Sample", "Cem Third III"]),
        ("Ada Example & Bob Sample", ["Ada Example", "Bob Sample"]),
        ("Plato", ["Plato"]),
        ("", []),
    ],
)
def test_cells_of_people(cell: str, names: list[str]) -> None:
    assert [name for name, _ in people(cell)] == names


def test_more_people_may_follow() -> None:
    (record,) = ingested("Title,Authors\nOn Wool,Ada Example; Bob Sample et al.\n").records
    assert [(a.name, a.others) for a in record.authors] == [("Ada Example", False), ("Bob Sample", True)]


def test_affiliations_in_the_cell() -> None:
    both = [("Ada Example", ("University of Wool",)), ("Bob Sample", ("Sheep Institute",))]
    assert people("Ada Example (University of Wool)*; Bob Sample (Sheep Institute)") == both
    assert people("Ada Example, University of Wool; Bob Sample, Sheep Institute") == both
    assert people("Ada Example (ada@example.org)") == [("Ada Example", ())]


def test_the_column_tells_whether_surnames_come_first() -> None:
    assert people("Garcia Marquez, Ana", "Example, Ada; Sample, Bob") == [("Ana Garcia Marquez", ())]
    assert people("Ana Garcia, Google", "Ada Example, University of Wool; Bob Sample, Barn") == [("Ana Garcia", ("Google",))]


def test_initials_after_surnames_as_in_scopus() -> None:
    table = 'Authors,Title\n"Example A., van der Sample B.C., Third-Fourth C.","On Wool"\nExample A.,On Hay\n'
    assert [[a.name for a in r.authors] for r in ingested(table).records] == [
        ["A. Example", "B.C. van der Sample", "C. Third-Fourth"],
        ["A. Example"],
    ]


def test_full_names_are_preferred_and_numbers_beside_them_are_no_affiliation() -> None:
    table = 'Authors,Author full names,Title\n"Example A.; Sample B.","Example, Ada (57123456789); Sample, Bob (7001234567)",On Wool\n'
    (record,) = ingested(table).records
    assert [(a.name, a.affiliations) for a in record.authors] == [("Ada Example", ()), ("Bob Sample", ())]


def test_an_export_of_the_web_of_science() -> None:
    table = (
        "PT\tAU\tAF\tTI\tSO\tDE\tAB\tPY\tDI\n"
        "C\tExample, A; Sample, B\tExample, Ada; Sample, Bob\tOn Wool\tWool Days\tsheep; wool\tWe count.\t2031\t10.1000/wool\n"
    )
    content = read(table.encode(), "savedrecs.txt", ".txt")
    assert content.form == "CSV"
    (record,) = ingest(Page("savedrecs.txt", content.text, PageId("0" * 64), form=content.form)).records
    assert (record.title, [a.name for a in record.authors]) == ("On Wool", ["Ada Example", "Bob Sample"])
    assert (record.venue, record.year, record.keywords, record.ids) == ("Wool Days", 2031, ("sheep", "wool"), {"doi": "10.1000/wool"})
    assert record.abstract == "We count."


def test_lists_as_python_and_json_print_them() -> None:
    table = (
        "title,authors,keywords\n"
        'On Wool,"[\'Ada Example\', ""Bob O\'Sample""]","[\'wool\', \'sheep, black\']"\n'
        'On Hay,"[""Cem Third""]",[]\n'
    )
    wool, hay = ingested(table).records
    assert ([a.name for a in wool.authors], wool.keywords) == (["Ada Example", "Bob O'Sample"], ("wool", "sheep, black"))
    assert ([a.name for a in hay.authors], hay.keywords) == (["Cem Third"], ())


def test_a_column_for_each_author() -> None:
    table = "Title,Author 1,Author 2,Author 3\nOn Wool,Ada Example,Bob Sample,\nOn Hay,Cem Third,,\n"
    assert [[a.name for a in r.authors] for r in ingested(table).records] == [["Ada Example", "Bob Sample"], ["Cem Third"]]


def test_the_last_of_several_authors_may_have_no_identifier_or_affiliation() -> None:
    table = "title,author,orcid,aff\nOn Wool,Ada Example;Bob Sample,0000-0002-1825-0097;,University of Wool;\n"
    assert [(a.name, a.ids, a.affiliations) for a in ingested(table).records[0].authors] == [
        ("Ada Example", {"orcid": "0000-0002-1825-0097"}, ("University of Wool",)),
        ("Bob Sample", {}, ()),
    ]


def test_affiliations_that_are_not_one_for_each_author_belong_to_the_paper() -> None:
    (record,) = ingested('Title,Authors,Institution\nOn Wool,"Ada Example, Bob Sample","University of Wool, Oxford"\n').records
    assert [author.affiliations for author in record.authors] == [(), ()]
    assert [concept.name for concept in record.institutions] == ["University of Wool, Oxford"]


def test_the_sidecar_names_columns_and_the_separator_of_authors() -> None:
    columns = Columns({"title": "Was", "authors": "wer genau"}, " / ")
    (record,) = ingested("Was;Wer genau;Jahr\nVon Wolle;Example, Ada / Sample, Bob;2031\n", columns=columns).records
    assert (record.title, [a.name for a in record.authors], record.year) == ("Von Wolle", ["Ada Example", "Bob Sample"], 2031)


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        (None, "no list of papers: among the columns 'Was', 'Wer'"),
        (Columns({"titel": "Was"}), "the field 'titel', which is none; known fields: title, authors"),
        (Columns({"title": "What"}), "has no column 'What', which the sidecar names; its columns are: 'Was', 'Wer'"),
        (Columns({"authors": "Wer"}), "no list of papers"),
    ],
)
def test_columns_that_are_not_there_are_named(columns: Columns | None, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        ingested("Was,Wer\nVon Wolle,Ada Example\n", columns=columns)


@pytest.mark.parametrize("form", [b"@misc{a, title={x}}", b"Just words.\n"])
def test_columns_for_what_is_no_table_are_an_error(form: bytes) -> None:
    with pytest.raises(SourceError, match="the sidecar names columns, but the file is no table"):
        read(form, "list.txt", ".txt", Columns({"title": "x"}))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Title,Authors\n", "a header and no row"),
        ("name,email,affiliation\nAda Example,a@example.org,Wool\n", "no list of papers"),
        ("title,link\nHome,/\n", "no list of papers"),
        ('Title,Authors\nOn Wool,"' + "Ada Example\n" * 20_000, "cannot be read near line .*; look for a quote that is not closed"),
        ("", "the file is empty"),
    ],
)
def test_what_is_no_table_of_papers_says_why(text: str, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read(text.encode(), "list.csv", ".csv")


def test_other_encodings_are_read() -> None:
    text = "Titel;Autoren;Jahr\nÜber Wolle und Schafe;Jürgen Müller;2031\nÄhren und Gräser im Süden;Zoë Größer;2030\n"
    content = read(text.encode("cp1252"), "list.csv", ".csv")
    assert "author: Jürgen Müller" in content.text


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b"Title,Authors,Abstract\nOn Wool,A B,We.\n", "CSV"),
        (b"\xef\xbb\xbfTitle\tAuthor Names\nOn Wool\tA B\n", "CSV"),
        (b"sep=;\r\nTitle;Authors\r\nOn Wool;A B\r\n", "CSV"),
        (b"Title, Authors\n", None),
        (b"| Title | Authors |\n|---|---|\n| On Wool | A B |\n", None),
        (b"Titles, authors and abstracts\n\nOn Wool\n", None),
        (b"Oral\nAda Example, Bob Sample\n", None),
    ],
)
def test_content_tells_the_form(data: bytes, form: str | None) -> None:
    chosen = choose(data, ".txt")
    assert (chosen.name if chosen else None) == form
