"""The text that structured files become, and what is read back from it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from confgraph.ingest import ingest
from confgraph.ingest.fields import score
from confgraph.ingest.forms.fields_text import Entry, Facts, Person, Unread, clean, render
from confgraph.ingest.lines import split_lines
from confgraph.records import Page, PageId, Reading, RecordKind, ResourceKind, Sidecar, Span, TextClass
from confgraph.text import plain, visible

Make = Callable[..., Page]

FULL = Entry(
    kind=RecordKind.WORKSHOP_PAPER,
    title="Counting Sheep Well",
    authors=(
        Person("Ada Example", ("University of Wool", "Sheep Institute"), (("orcid", "0000-0002-1825-0097"), ("dblp", "12/3"))),
        Person("Bob Sample", ("University of Wool",)),
    ),
    others=True,
    groups=("The Flock",),
    abstract="We count sheep. They are many.",
    venue="Workshop on Wool 2031",
    year="2031",
    date="2031-05-02",
    room="Hall A, level 1",
    session="Morning",
    track="Fields",
    start="09:00",
    end="09:30",
    keywords=("sheep", "counting; slowly"),
    ids=(("arxiv", "3101.01234"), ("doi", "10.1000/wool"), ("acl", "2031.wool-1.1")),
    urls=("https://github.com/example/sheep", "https://example.org/data.csv"),
    comments=("status: Oral",),
)


def read(text: str) -> Reading:
    return ingest(Page("list.bib", text, PageId(hashlib.sha256(text.encode()).hexdigest()), form="BibTeX"))


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(render("BibTeX", [FULL]))


def test_each_field_of_an_entry_is_read_back(reading: Reading) -> None:
    (record,) = reading.records
    assert reading.layout == "fields"
    assert (record.kind, record.title, record.abstract) == (RecordKind.WORKSHOP_PAPER, FULL.title, FULL.abstract)
    assert [(a.name, a.affiliations, a.others, a.ids) for a in record.authors] == [
        ("Ada Example", ("University of Wool", "Sheep Institute"), False, {"orcid": "0000-0002-1825-0097", "dblp": "12/3"}),
        ("Bob Sample", ("University of Wool",), True, {}),
    ]
    assert (record.venue, record.year, record.room) == ("Workshop on Wool 2031", 2031, "Hall A, level 1")
    assert (record.session, record.track, record.start_time, record.end_time) == ("Morning", "Fields", "09:00", "09:30")
    assert record.keywords == ("sheep", "counting, slowly")
    assert record.ids == {"arxiv": "3101.01234", "doi": "10.1000/wool", "acl": "2031.wool-1.1"}
    assert [(r.url, r.kind) for r in record.resources] == [(FULL.urls[0], ResourceKind.CODE), (FULL.urls[1], ResourceKind.DATA)]
    assert [c.name for c in record.institutions] == ["The Flock", "University of Wool", "Sheep Institute"]


def test_every_place_holds_what_it_is_the_place_of(reading: Reading) -> None:
    (record,) = reading.records
    text = reading.page.text

    def at(span: Span) -> str:
        return text[span.start : span.end]

    assert {name: at(record.spans[name]) for name in ("title", "abstract", "venue", "year", "room", "session", "track")} == {
        "title": FULL.title,
        "abstract": FULL.abstract,
        "venue": FULL.venue,
        "year": "2031",
        "room": FULL.room,
        "session": "Morning",
        "track": "Fields",
    }
    assert [at(Span(a.start, a.end)) for a in record.authors] == ["Ada Example", "Bob Sample"]
    assert [[at(m) for m in c.mentions] for c in record.institutions] == [
        ["The Flock"],
        ["University of Wool", "University of Wool"],
        ["Sheep Institute"],
    ]
    assert [at(Span(r.start, r.end)) for r in record.resources] == list(FULL.urls)
    assert at(record.spans["ids"]) == "10.1000/wool\narxiv: 3101.01234\nid: acl:2031.wool-1.1"
    assert at(record.spans["authors"]).endswith("affiliation: University of Wool")  # those of the last author too
    assert at(record.spans["record"]).startswith("kind: workshop paper\ntitle: ")


def test_all_characters_are_classed(reading: Reading) -> None:
    assert [s.text_class for s in reading.segments] == [TextClass.HEADER, TextClass.FIELD]
    assert reading.segments[-1].end == len(reading.page.text)


def test_without_a_year_the_date_tells_it() -> None:
    reading = read(render("CSV", [Entry(title="On Wool", date="2 May 2031")]))
    (record,) = reading.records
    assert record.year == 2031
    assert reading.page.text[record.spans["year"].start : record.spans["year"].end] == "2031"


@pytest.mark.parametrize("year", ["", "in press", "20310", "31"])
def test_what_is_no_year_is_none(year: str) -> None:
    (record,) = read(render("CSV", [Entry(title="On Wool", year=year)])).records
    assert record.year is None
    assert "year" not in record.spans


def test_an_entry_without_title_and_abstract_is_a_reject_with_its_place() -> None:
    text = render("RIS", [Entry(title="On Wool"), Entry(ids=(("doi", "10.1000/x"),)), Unread("line 9", "is broken")])
    reading = read(text)
    assert len(reading.records) == 1
    assert [(text[r.offset or 0 :].splitlines()[0], r.reason) for r in reading.rejects] == [
        ("unread: entry 2 (doi:10.1000/x): neither title nor abstract", "entry 2 (doi:10.1000/x): neither title nor abstract"),
        ("unread: line 9: is broken", "line 9: is broken"),
    ]
    assert reading.segments[-1].text_class is TextClass.COMMENTARY


def test_facts_of_the_page_hold_for_all_records() -> None:
    facts = Facts("NeurIPS 2031", "The Conference on Sheep", "", "Oxford", "2031-12-02", "2031-12-09")
    reading = read(render("XML", [Entry(title="On Wool"), Entry(title="On Milk", year="2030")], facts))
    conference = reading.facts.conference
    assert conference is not None
    assert (conference.series, conference.year, conference.name) == ("NeurIPS", 2031, "The Conference on Sheep")
    assert (conference.place, conference.start_date, conference.end_date) == ("Oxford", "2031-12-02", "2031-12-09")
    assert [(record.year, record.event) for record in reading.records] == [(2031, "NeurIPS 2031"), (2030, "NeurIPS 2031")]
    assert conference.span is not None
    assert reading.page.text[conference.span.start : conference.span.end] == "NeurIPS 2031"
    assert {s.text_class for s in reading.segments} == {TextClass.HEADER, TextClass.FACT, TextClass.FIELD}


def test_a_conference_that_no_list_knows_is_the_one_that_is_stated() -> None:
    conference = read(render("XML", [Entry(title="On Wool")], Facts("Congress of Shepherds 2031"))).facts.conference
    assert conference is not None
    assert (conference.series, conference.year) == ("Congress of Shepherds", 2031)


def test_the_sidecar_stands_over_the_page(make_page: Make) -> None:
    page = make_page(render("XML", [Entry(title="On Wool")], Facts("NeurIPS 2031")), sidecar=Sidecar(conference="Wool Days", year=2030))
    conference = ingest(page).facts.conference
    assert conference is not None
    assert (conference.series, conference.year) == ("Wool Days", 2030)


@pytest.mark.parametrize(
    "text",
    [
        "Fields of study\n\nWe study fields.\nAnd meadows.\n",
        "Fields of BibTeX\n",
        "\nFields of BibTeX\n\ntitle: x\n",
        "title: x\nkind: y\n",
    ],
)
def test_other_texts_are_no_fields(text: str) -> None:
    assert score(split_lines(text)) == 0.0


FORGED = "Wool\nauthor: Eve\r\n\r\nkind: paper\u2028title: forged\x85x\x0bunread: y"


def test_no_value_can_forge_a_line() -> None:
    entry = Entry(
        title=FORGED, authors=(Person(FORGED, (FORGED,), (("a\nb", FORGED),)),), venue=FORGED, keywords=(FORGED,), comments=(FORGED,)
    )
    reading = read(render(FORGED, [entry, Unread(FORGED, FORGED)], Facts(FORGED, place=FORGED)))
    (record,) = reading.records
    flat = " ".join(FORGED.split())
    assert record.title == record.venue == flat
    assert [(a.name, a.affiliations) for a in record.authors] == [(flat, (flat,))]
    assert [reject.reason for reject in reading.rejects] == [f"{flat}: {flat}"]


def test_the_example_of_the_documentation_is_read() -> None:
    docs = Path(__file__).parents[3] / "docs" / "sources.md"
    example = docs.read_text(encoding="utf-8").partition("```text\n")[2].partition("```")[0]
    reading = read(example)
    (record,) = reading.records
    assert reading.layout == "fields"
    assert [(a.name, a.others) for a in record.authors] == [("Ada Example", False), ("Bob Sample", True)]
    assert (record.session, record.keywords, record.ids) == ("Morning", ("sheep", "wool"), {"doi": "10.1000/wool", "acl": "2031.wool-1.1"})


any_text = st.text(max_size=40)
persons = st.builds(Person, any_text, st.tuples(any_text, any_text), st.tuples(st.tuples(st.sampled_from(["orcid", "dblp"]), any_text)))
entries = st.builds(
    Entry,
    kind=st.sampled_from(RecordKind),
    title=any_text,
    authors=st.lists(persons, max_size=3).map(tuple),
    others=st.booleans(),
    groups=st.tuples(any_text),
    abstract=any_text,
    venue=any_text,
    year=st.one_of(any_text, st.integers(1900, 2100).map(str)),
    room=any_text,
    session=any_text,
    track=any_text,
    start=any_text,
    end=any_text,
    keywords=st.tuples(any_text, any_text),
    ids=st.tuples(st.tuples(st.sampled_from(["doi", "arxiv", "x"]), any_text)),
    urls=st.tuples(any_text),
    comments=st.tuples(any_text),
)


def test_an_asterisk_in_a_value_is_no_bullet() -> None:
    entry = Entry(title="A * B is not B * A", authors=(Person("Ada Reed", ("Lab * One",)),), keywords=("C * algebras",))
    record = read(render("BibTeX", [entry])).records[0]
    assert (record.title, record.keywords, record.institutions[0].name) == ("A * B is not B * A", ("C * algebras",), "Lab * One")


def test_every_identifier_is_kept() -> None:
    ids = (("doi", "10.1/a"), ("doi", "10.48550/arXiv.3101.00001"), ("openreview", "aB1"), ("openreview", "cD2"), ("doi", "10.1/a"))
    record = read(render("BibTeX", [Entry(title="On Sheep", ids=ids)])).records[0]
    assert record.ids == {"doi": "10.1/a", "openreview": "aB1"}
    assert record.further_ids == {"doi": ("10.48550/arXiv.3101.00001",), "openreview": ("cD2",)}


@settings(max_examples=150, deadline=None)
@given(st.lists(entries, min_size=1, max_size=3), any_text)
def test_what_is_written_is_read_back(written: list[Entry], name: str) -> None:
    reading = read(render(name, written, Facts(name, place=name)))
    text = reading.page.text
    told = [entry for entry in written if entry.says_enough]
    assert len(reading.records) == len(told)
    for entry, record in zip(told, reading.records, strict=True):
        for field in ("title", "abstract", "venue", "room", "session", "track"):
            value = clean(getattr(entry, field))
            assert (getattr(record, field) or "") == visible(value)
            if value:
                place = record.spans[field]
                assert text[place.start : place.end] == value
        people = [person for person in entry.authors if clean(person.name)]
        assert [text[a.start : a.end] for a in record.authors] == [clean(person.name) for person in people]
        for person, author in zip(people, record.authors, strict=True):
            assert author.name == (plain(clean(person.name)) or clean(person.name))
            assert list(author.affiliations) == [a for a in dict.fromkeys(map(clean, person.affiliations)) if a]
        assert dict(record.ids) == {scheme: clean(value) for scheme, value in entry.ids if clean(value)}
        assert [resource.url for resource in record.resources] == [url for url in map(clean, entry.urls) if url]
        assert record.kind is entry.kind
    assert len(reading.rejects) == len(written) - len(told) + (not told)


@given(st.text())
def test_a_clean_value_is_one_line_that_any_format_can_hold(value: str) -> None:
    line = clean(value)
    assert line == clean(line)
    assert len(line.splitlines()) <= 1
    assert line == " ".join(line.split())
    assert not re.search("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", line)
    line.encode()
