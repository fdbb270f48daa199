"""The report of a build: what it tells of pages, merges, records and confidences, and that it is a safe page."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Quad

from confgraph import vocab
from confgraph.export.report import Calibration, Findings, calibrations, render
from confgraph.export.report.coverage import Part, cover
from confgraph.extract.reader import about
from confgraph.graph.conflicts import Conflict, Statement
from confgraph.graph.network import to_network
from confgraph.ingest.classes import classify
from confgraph.ingest.lines import split_lines
from confgraph.records import (
    Author,
    Concept,
    Decision,
    Entity,
    EntityKind,
    Judgement,
    MemberKey,
    Page,
    PageId,
    Reading,
    Reason,
    Record,
    RecordId,
    RecordKind,
    Registered,
    Reject,
    Resolution,
    Segment,
    Sidecar,
    Span,
    TextClass,
)
from confgraph.resolve import resolve

HOSTILE = [
    '<img src=x onerror="window.hacked=1">',
    "</style><script>window.hacked=1</script>",
    "<!-- ]]> & &lt; ' \" $title ${style}",
    "right \u202eot tfel\u2066 and \x00 a NUL \u2028 \ud800",
]


@dataclass
class Table:
    caption: str = ""
    heads: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


class Document(HTMLParser):
    """Read the report: its elements, the text of each section, and its tables by caption."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.sections: dict[str, str] = {}
        self.tables: dict[str, Table] = {}
        self.text: dict[str, str] = {}
        self._open: list[str] = []
        self._section = ""
        self._table = Table()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        if tag == "section":
            self._section = given.get("id") or "glance"
        elif tag == "table":
            self._table = Table()
        elif tag == "tr":
            self._table.rows.append([])
        elif tag in ("td", "th"):
            self._table.rows[-1].append("")
        if tag not in ("meta", "rect", "circle", "path", "polyline", "br"):
            self._open.append(tag)
        if tag in ("p", "small", "li"):
            self.handle_data(" ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag
        if tag == "table":
            self._table.caption = " ".join(self._table.caption.split())
            self._table.rows = [[" ".join(cell.split()) for cell in row] for row in self._table.rows]
            self._table.heads = self._table.rows.pop(0)
            self.tables[self._table.caption] = self._table

    def handle_data(self, data: str) -> None:
        for tag in dict.fromkeys(self._open):
            self.text[tag] = self.text.get(tag, "") + data
        self.sections[self._section] = self.sections.get(self._section, "") + data
        if "caption" in self._open:
            self._table.caption += data
        elif "td" in self._open or "th" in self._open:
            self._table.rows[-1][-1] += data

    def said(self, section: str) -> str:
        return " ".join(self.sections[section].split())


def classed(reading: Reading) -> Reading:
    """Class the text of a hand-made reading as ingest does, by the places of its records."""
    placed = [(record.spans["record"], TextClass.FIELD) for record in reading.records]
    return replace(reading, segments=classify(len(reading.page.text), split_lines(reading.page.text), placed))


def manifest(**more: Any) -> dict[str, Any]:
    counts = {"records": 3, "entities": {"paper": 2, "person": 3}, "triples": 1234, "evidence": 56789}
    return {
        "versions": {"confgraph": "1.2.3"},
        "extractor": {"name": "confgraph"},
        "configuration": {"graph": {"base": "https://example.org/id/"}, "limits": {"rejects": 1000}},
        "inputs": [{"name": "orals.txt", "encoding": "utf-8", "sha256": "ab" * 32}],
        "counts": counts,
    } | more


@pytest.fixture
def found(small_readings: list[Reading], small_resolution: Resolution, small_quads: list[Quad]) -> Findings:
    """What a build of the two small pages finds."""
    readings = tuple(classed(reading) for reading in small_readings)
    return Findings(manifest(), readings, small_resolution, (), to_network(small_quads))


def reported(found: Findings, **changes: Any) -> Document:
    return Document(render(replace(found, **changes)))


def a_page(name: str, *lines: str, **more: Any) -> Page:
    text = "\n".join(lines)
    return Page(name, text, PageId(hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()), **more)


def a_record(page: Page, ordinal: int, start: int, end: int, **more: Any) -> Record:
    spans = {"record": Span(start, end)} | more.pop("spans", {})
    return Record(RecordId(f"{page.name} {ordinal}"), page.name, ordinal, page.id, RecordKind.PAPER, spans=spans, **more)


def alone(found: Findings, *readings: Reading) -> Findings:
    """Put other readings, resolved by themselves, in the place of the small ones."""
    return replace(found, readings=readings, resolution=resolve(readings))


# the page


def hostile_findings(text: str) -> Findings:
    """Put one text everywhere that a page, a user or another program can write."""
    page = a_page(text, text, "We know it.", f"We use {text} for {text}.", "Not read 17", sidecar=Sidecar(layout="daily"))
    at = len(text) + 1 + len("We know it.") + 1
    name = Span(at + 7, at + 7 + len(text))
    paper = a_record(
        page,
        1,
        0,
        at + len(f"We use {text} for {text}."),
        title=text,
        abstract=f"We use {text} for {text}.",
        authors=(Author(text, (text,), start=0, end=len(text)),),
        methods=(Concept(text, (text,), 0.2, (name,)),),
        institutions=(Concept(text, (), 1.0, ()),),
        flags=(text,),
        spans={"title": Span(0, len(text))},
    )
    segments = (
        Segment(0, at - 6, TextClass.FIELD),
        Segment(at - 6, at, TextClass.FOOTER),
        Segment(at, len(page.text), TextClass.UNCLASSED),
    )
    readings = (Reading(page, text, (paper,), segments),)
    resolution = resolve(readings)
    keys = sorted(resolution.by_member)
    reasons = (Reason(text, 1.0, 0.7, text),)
    judged = [Judgement(str(i), EntityKind.METHOD, keys[0], keys[-1], decision, 0.7, reasons, text) for i, decision in enumerate(Decision)]
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for i in range(3):
        network.add_node(f"urn:{i}", label=text, kind=text)
    network.add_edge("urn:0", "urn:1")
    return Findings(
        manifest(
            extractor={"name": text},
            versions={text: text},
            configuration={text: {text: text}},
            inputs=[{"name": text, "encoding": text, "sha256": text}],
        ),
        readings,
        replace(resolution, judgements=tuple(judged)),
        (Reject(text, None, text),),
        network,
        (Conflict("urn:0", text, vocab.DCTERMS_TITLE, (Statement(text, text, "urn:p", 3), Statement(text, "gone.txt", "urn:q", None))),),
        (),
        text,
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_and_never_markup(text: str) -> None:
    page = render(hostile_findings(text), text)
    plain = Document(render(hostile_findings("harmless words"), "harmless words"))
    document = Document(page)
    shown = [tag for tag, given in document.tags if given.get("class") != "code"]
    assert shown == [tag for tag, _ in plain.tags]
    assert not re.search("[\x00\u202e\u2066\ud800]", page.partition("</title>")[2])


def test_hidden_characters_are_named(found: Findings) -> None:
    document = reported(found, rejects=(Reject("a\u202etxt.exe", None, "NUL \x00, joined \u0915\u094d\u200d\u0937"),))
    assert document.tables["Input that could not be used"].rows == [
        ["aU+202Etxt.exe", "all", "NUL U+0000, joined \u0915\u094d\u200d\u0937"]
    ]


def test_nothing_is_loaded_and_links_stay_in_the_folder(found: Findings) -> None:
    document = Document(render(found))
    names = {tag for tag, _ in document.tags}
    assert not {"script", "link", "img", "iframe", "object", "embed", "base", "form"} & names
    links = [given["href"] for tag, given in document.tags if "href" in given]
    ids = {given.get("id") for _, given in document.tags}
    assert len(links) > 20
    for link in links:
        assert link
        assert link[1:] in ids if link.startswith("#") else re.fullmatch(r"graph\.html|pages/[0-9a-f]{64}\.txt", link)
    assert not any(given.keys() & {"src", "srcset", "style", "data", "onclick"} for _, given in document.tags)
    assert not re.search(r"url\(|@import", document.text["style"])


def test_the_policy_allows_only_the_style_of_the_page(found: Findings) -> None:
    document = Document(render(found))
    policy = next(str(given["content"]) for _, given in document.tags if given.get("http-equiv") == "Content-Security-Policy")
    digest = base64.b64encode(hashlib.sha256(document.text["style"].encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_tables_can_be_read_aloud(found: Findings) -> None:
    document = Document(render(hostile_findings("a text")))
    assert len(document.tables) > 15
    for table in document.tables.values():
        assert table.caption
        for row in table.rows:
            assert len(row) in (len(table.heads), 1), "a row has a cell for each head, or is the second line of the one before"
    heads = [given for tag, given in document.tags if tag == "th"]
    assert {given.get("scope") for given in heads} == {"col", "row"}
    drawings = [given for tag, given in document.tags if tag == "svg"]
    assert all(given.get("aria-hidden") == "true" or given.get("aria-label") for given in drawings)
    assert len({tag for tag, _ in Document(render(found)).tags} & {"h1", "h2", "h3", "main", "nav"}) == 5


def test_the_order_of_readings_and_judgements_does_not_matter(found: Findings) -> None:
    judgements = (paper_judgement(found), paper_judgement(found, score=1.0), paper_judgement(found, decision=Decision.DIFFERENT))
    one = replace(found, resolution=replace(found.resolution, judgements=judgements))
    other = replace(one, readings=one.readings[::-1], resolution=replace(found.resolution, judgements=judgements[::-1]))
    assert render(one) == render(other)


def test_a_build_of_nothing_makes_a_page(found: Findings) -> None:
    document = reported(found, readings=(), resolution=Resolution((), (), {}), network=nx.MultiDiGraph(), manifest=manifest(inputs=[]))
    assert "Nothing was merged." in document.said("merges")
    assert "Every piece of input could be used." in document.said("rejects")
    assert "No two pages disagree." in document.said("conflicts")


# what was read


@given(
    places=st.lists(st.tuples(st.sampled_from(["title", "abstract", "room"]), st.integers(0, 40), st.integers(0, 12)), max_size=6),
    cuts=st.sets(st.integers(1, 39), max_size=5),
    classes=st.lists(st.sampled_from(TextClass), min_size=6, max_size=6),
)
def test_stretches_partition_the_text(places: list[tuple[str, int, int]], cuts: set[int], classes: list[TextClass]) -> None:
    page = a_page("p.txt", "x" * 40)
    bounds = [0, *sorted(cuts), 40]
    segments = tuple(Segment(a, b, c) for a, b, c in zip(bounds, bounds[1:], classes, strict=False))
    records = tuple(a_record(page, i, 0, 40, spans={name: Span(a, min(40, a + n))}) for i, (name, a, n) in enumerate(places))
    stretches = cover(Reading(page, "daily", records, segments)).stretches
    assert [s.start for s in stretches] == [0, *(s.end for s in stretches[:-1])]
    assert stretches[-1].end == 40
    assert all(s.start < s.end for s in stretches)
    assert {s.text_class for s in stretches if s.part is Part.UNCLASSED} <= {TextClass.UNCLASSED}


def test_text_is_divided_by_the_fields_of_records(found: Findings) -> None:
    coverage = cover(found.readings[0])
    text = found.readings[0].page.text
    said = {part: [text[s.start : s.end].strip() for s in coverage.stretches if s.part is part] for part in Part}
    assert said[Part.PEOPLE] == ["Ada Example", "Bob Sample"]
    assert said[Part.FIELD] == ["Room B2, level 1"]
    assert said[Part.ABSTRACT] == [text[text.index("We present") :].strip()]
    assert said[Part.BETWEEN] == ["·", "et al.", ""]
    assert said[Part.CHROME] == ["Programme of ExampleConf 2031"]
    assert sum(coverage.sizes().values()) == len(text)


def test_each_page_says_what_it_gave(found: Findings) -> None:
    table = reported(found).tables["What each page gave"]
    assert table.heads == ["Page", "Layout", "Records", "Authors", "Concepts", "Relations", "Characters"]
    orals, notes = (reading.page.text for reading in found.readings)
    assert table.rows[0] == ["notes.txt", "recap", "2", "4", "0", "0", str(len(notes))]
    assert table.rows[2] == ["orals.txt", "orals", "1", "2", "7", "2", str(len(orals))]
    share = 100 * (len(orals) - orals.index("We present")) / len(orals)
    assert table.rows[3][0].startswith(f"abstract {share:.1f} % authors")


def test_the_figures_are_those_of_the_manifest(found: Findings) -> None:
    said = reported(found).said("glance")
    assert "1,234" in said
    assert "56,789" in said


def test_unclassed_text_is_quoted_in_context(found: Findings) -> None:
    page = a_page("odd.txt", "A title of a paper", "17 zz 99", "We read it.")
    record = a_record(page, 1, 0, 18, title="A title of a paper", spans={"title": Span(0, 18)})
    segments = (Segment(0, 19, TextClass.FIELD), Segment(19, 27, TextClass.UNCLASSED), Segment(27, 39, TextClass.COMMENTARY))
    document = Document(render(alone(found, Reading(page, "daily", (record,), segments))))
    assert document.tables["Stretches that no class fits"].rows == [["odd.txt", "19", "A title of a paper 17 zz 99 We read it."]]
    assert document.text["mark"] == "17 zz 99"
    assert "8 characters of 39 (20.5 %) in 1 stretch." in document.said("unread")
    assert "8 characters of text fit no class" in document.said("glance")
    assert document.tables["Longest stretches set aside"].rows == [["odd.txt", "27", "commentary", "12", "We read it."]]


def test_words_in_no_field_are_counted(found: Findings) -> None:
    lines = [line for i in range(4) for line in (f"Paper number {i}", "Abstract:" if i < 3 else "(Best Paper)")]
    page = a_page("list.txt", *lines)
    at, records = 0, []
    for i in range(4):
        end = at + len(lines[2 * i])
        after = end + 2 + len(lines[2 * i + 1])
        records.append(a_record(page, i + 1, at, after - 1, title=lines[2 * i], spans={"title": Span(at, end)}))
        at = after
    segments = (Segment(0, len(page.text), TextClass.FIELD),)
    document = Document(render(alone(found, Reading(page, "daily", tuple(records), segments))))
    rows = document.tables["Words between fields, by how much text they are"].rows
    assert rows == [["Abstract", "3", "list.txt", "14"], ["Best Paper", "1", "list.txt", str(page.text.index("\n(Best"))]]
    assert "1 wording stands once in a record, in no field" in document.said("glance")


def test_long_lists_are_cut_and_say_how_much_more_there_is(found: Findings) -> None:
    document = reported(found, rejects=[Reject("a.txt", i, "cannot be used") for i in range(1500)])
    assert len(document.tables["Input that could not be used"].rows) == 20
    assert "… and 1,480 more rejects: all are in rejects.jsonl." in document.said("rejects")
    assert "1,500 pieces of input could not be used" in document.said("glance")


def test_pages_of_little_record_text_are_doubted(found: Findings) -> None:
    page = a_page("thin.txt", "A paper", "x" * 30)
    record = a_record(page, 1, 0, 7, title="A paper", spans={"title": Span(0, 7)})
    thin = Reading(page, "daily", (record,), (Segment(0, 8, TextClass.FIELD), Segment(8, 38, TextClass.FOOTER)))
    assert "1 page with less than half of the text in fields of records" in Document(render(alone(found, thin))).said("glance")
    none = Reading(a_page("none.txt", "x"), "generic", (), (Segment(0, 1, TextClass.UNCLASSED),))
    assert "1 page gave no record" in Document(render(alone(found, none))).said("glance")


# what was joined


def test_conflicts_show_what_each_page_says(found: Findings) -> None:
    statements = (Statement("Hall A", "orals.txt", "urn:o", 91), Statement("Hall B", "notes.txt", "urn:n", None))
    document = reported(found, conflicts=(Conflict("urn:x", "TinyNet", vocab.SCHEMA_LOCATION, statements),))
    (row,) = document.tables["What pages disagree about"].rows
    assert row == ["TinyNet", "location", "Hall A orals.txt at 91 Hall B notes.txt, in its sidecar"]
    assert "1 fact on which pages disagree" in document.said("glance")


def paper_judgement(found: Findings, **changes: Any) -> Judgement:
    """Judge the two records of the small pages' paper."""
    merged = next(entity for entity in found.resolution.entities if len(entity.members) > 1)
    reasons = (Reason("same abstract", 0.9, 0.75, "9 of 10"), Reason("different years", 1.0, -0.15))
    judged = Judgement("j", EntityKind.PAPER, *merged.members, Decision.SAME, 0.72, reasons, "abstract")
    return dataclasses.replace(judged, **changes)


def judged(found: Findings, judgements: Sequence[Judgement]) -> Document:
    return reported(found, resolution=replace(found.resolution, judgements=tuple(judgements)))


def test_the_least_sure_merges_come_first_with_their_reasons(found: Findings) -> None:
    sure = paper_judgement(found, score=1.0, reasons=(), by="title")
    document = judged(found, [sure, paper_judgement(found)])
    first, second = document.tables["The least sure merges"].rows
    assert "TinyNet: Small Networks for Parsing notes.txt" in first[0]
    assert "We present TinyNet, a network for parsing.… orals.txt" in first[0]
    assert first[1:4] == ["paper", "0.72", "abstract"]
    assert first[4] == "+0.68 same abstract 9 of 10 −0.15 different years"
    assert second[2] == "1.00"
    labels = [given.get("aria-label") for tag, given in document.tags if tag == "svg"]
    assert "0.70 to 0.75: 1, 0.95 to 1.00: 1" in labels
    assert document.tables["Judgements by kind"].rows == [["Paper", "2", "0.72", "0"]]
    assert "1 merge with a score below 0.8" in document.said("glance")


def test_a_merge_of_any_score_is_drawn(found: Findings) -> None:
    document = judged(found, [paper_judgement(found, score=score, by="a person") for score in (0.0, 1.0)])
    assert "0.00 to 0.05: 1, 0.95 to 1.00: 1" in [given.get("aria-label") for tag, given in document.tags if tag == "svg"]


def test_what_was_kept_apart_is_listed_by_itself(found: Findings) -> None:
    document = judged(found, [paper_judgement(found, decision=Decision.DIFFERENT, score=0.3)])
    assert document.tables["Kept apart although alike"].rows[0][2] == "0.30"
    assert "The least sure merges" not in document.tables
    assert document.tables["Judgements by kind"].rows == [["Paper", "0", "–", "1"]]


def test_entities_of_three_members_are_listed_with_what_pages_print(found: Findings) -> None:
    paper = next(entity for entity in found.resolution.entities if len(entity.members) > 1)
    large = Entity(paper.key, paper.kind, paper.label, (), (*paper.members, MemberKey("paper|unknown")))
    entities = (*(entity for entity in found.resolution.entities if entity != paper), large)
    resolution = replace(found.resolution, entities=entities, judgements=(paper_judgement(found),))
    (row,) = reported(found, resolution=resolution).tables["Entities of three or more members"].rows
    assert row[:3] == [paper.label, "paper", "3"]
    assert row[3].endswith("orals.txt paper|unknown")


def test_an_organisation_of_the_register_is_told_by_its_name(found: Findings) -> None:
    left, right = MemberKey("organization|hive institute"), MemberKey("organization|hive institute|05a28rw58")
    reasons = (Reason("name", 1.0, 0.7),)
    merge = Judgement("j", EntityKind.ORGANIZATION, left, right, Decision.SAME, 1.0, reasons, "register")
    resolution = replace(found.resolution, judgements=(merge,), registered={right: Registered("The Hive Institute")})
    (row,) = reported(found, resolution=resolution).tables["The least sure merges"].rows
    assert row[0].endswith("The Hive Institute in the register of organisations")


# records and concepts


def test_records_without_a_title_say_whether_another_page_has_it(found: Findings) -> None:
    document = reported(found)
    assert document.tables["What records lack"].rows == [["notes.txt", "2", "0", "0", "2"], ["orals.txt", "1", "1", "0", "0"]]
    assert "Of 1 record without a title, 1 has one from another page." in document.said("records")
    assert "0 records without a title, here or on another page" in document.said("glance")
    single = Document(render(alone(found, found.readings[0])))
    assert "Of 1 record without a title, 0 have one from another page." in single.said("records")


def test_a_record_unlike_its_page_is_named(found: Findings) -> None:
    page = a_page("three.txt", "One good title", "Another good title", "no title but words")
    records = (
        a_record(page, 1, 0, 14, title="One good title"),
        a_record(page, 2, 15, 33, title="Another good title"),
        a_record(page, 3, 34, 52),
    )
    reading = classed(Reading(page, "daily", records, ()))
    document = Document(render(alone(found, reading)))
    assert document.tables["Records unlike the others of their page"].rows == [["three.txt", "3", "title", "no title but words"]]
    assert document.tables["What records lack"].rows == [["three.txt", "3", "1", "3", "3"]]
    assert "1 record lacks what most records of the page have" in document.said("glance")


def test_flags_are_listed_with_their_records(found: Findings) -> None:
    assert reported(found).tables["Flags"].rows == [["abstract cut", "1", "orals.txt: 1"]]


def one_method(found: Findings, *concepts: Concept) -> Document:
    page = a_page("m.txt", "We try FrogNet here. FrogNet works.")
    record = a_record(page, 1, 0, 35, abstract=page.text, methods=concepts)
    return Document(render(alone(found, classed(Reading(page, "daily", (record,), ())))))


def test_a_concept_that_rests_on_one_unsure_mention_is_quoted(found: Findings) -> None:
    document = one_method(found, Concept("FrogNet", (), 0.3, (Span(7, 14),)))
    rows = document.tables["Concepts that rest on one unsure mention"].rows
    assert rows == [["FrogNet", "method", "0.30", "We try FrogNet here. m.txt at 7"]]
    assert document.text["mark"] == "FrogNet"
    assert "1 concept rests on one mention with a confidence below 0.5" in document.said("glance")


@pytest.mark.parametrize(
    "concept",
    [Concept("FrogNet", (), 0.3, (Span(7, 14), Span(21, 28))), Concept("FrogNet", (), 0.5, (Span(7, 14),))],
    ids=["two mentions", "as likely right as wrong"],
)
def test_other_concepts_are_not_weak(found: Findings, concept: Concept) -> None:
    document = one_method(found, concept)
    assert "Concepts that rest on one unsure mention" not in document.tables
    assert "0 concepts rest on one mention" in document.said("glance")


# confidences, connections, the build


def test_confidences_are_counted_by_kind(found: Findings) -> None:
    sure = one_method(found, *(Concept(f"M{i}", (), confidence, (Span(7, 14),)) for i, confidence in enumerate((0.29, 0.3, 0.99, 1.0))))
    row = next(row for row in sure.tables["What the records hold"].rows if row[0] == "Methods")
    assert row[1:3] == ["4", "2"]
    labels = [given.get("aria-label") for tag, given in sure.tags if tag == "svg"]
    assert "0.20 to 0.30: 1, 0.30 to 0.40: 1, 0.90 to 1.00: 2" in labels
    assert "2 findings of 4 with a confidence below 0.5" in sure.said("glance")


def test_calibration_is_shown_where_it_is_known(found: Findings) -> None:
    bins = ((5, 0.1, 1.0), (50, 0.55, 0.5), (100, 0.95, 0.97))
    document = reported(found, calibrated=(Calibration("Method", 1.5, 0.008, bins), Calibration("Metric", 1.0)))
    assert document.tables["Calibration of the model"].rows == [["Method", "1.50", "0.008"], ["Metric", "1.00", "not measured"]]
    assert "Method: 0.50 at 0.55, 0.97 at 0.95" in [given.get("aria-label") for tag, given in document.tags if tag == "svg"]
    assert len([tag for tag, _ in document.tags if tag == "circle"]) == 2, "a bin of five answers says little"


def test_confidences_of_another_extractor_are_its_makers(found: Findings) -> None:
    document = reported(found, manifest=manifest(extractor={"name": "records:theirs.jsonl"}))
    assert "Calibration of the model" not in document.tables
    assert "The extractor was records:theirs.jsonl; its confidences mean what its maker says." in document.said("extraction")


def test_the_bundled_model_says_how_it_is_calibrated() -> None:
    entities, metric, relations = calibrations(about())
    assert entities.part == "Method, Dataset, Task"
    assert entities.temperature > 1
    assert metric.bins == ()
    for part in (entities, relations):
        assert part.error is not None
        total = sum(count for count, _, _ in part.bins)
        gaps = sum(count * abs(sure - right) for count, sure, right in part.bins) / total
        assert gaps == pytest.approx(part.error, abs=0.001), "the error is that of the bins"


def test_the_most_connected_come_first_and_the_unconnected_are_named(found: Findings) -> None:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for i in range(30):
        network.add_node(f"urn:{i}", label=f"Thing {i}", kind="Method")
    for i in range(1, 29):
        network.add_edge("urn:0", f"urn:{i}", key="a")
        network.add_edge("urn:0", f"urn:{i}", key="b")
    document = reported(found, network=network)
    rows = document.tables["Entities of most links"].rows
    assert rows[0] == ["Thing 0", "Method", "28"]
    assert len(rows) == 20
    assert document.tables["Entities without a link"].rows == [["Thing 29", "Method"]]
    assert "1 entity linked to nothing" in document.said("glance")


def test_the_build_states_versions_settings_and_time(found: Findings) -> None:
    document = reported(found)
    assert document.tables["Versions"].rows == [["confgraph", "1.2.3"]]
    assert ["graph.base", "https://example.org/id/"] in document.tables["Configuration"].rows
    assert document.tables["Files read"].rows == [["orals.txt", "utf-8", "ab" * 32]]
    assert "No time is written" in document.said("build")
    assert "dated 2031-05-02T00:00:00+00:00" in reported(found, created="2031-05-02T00:00:00+00:00").said("build")
