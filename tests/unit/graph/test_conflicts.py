"""Pages that disagree: both values stay, each with its page, and the disagreement is listed; what only differs is not."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from typing import Any

import pytest
import rdflib
from pyoxigraph import Quad, Store

from confgraph import vocab
from confgraph.export import rdf
from confgraph.graph.conflicts import Conflict, iter_conflicts
from confgraph.graph.questions import question
from confgraph.graph.statements import iter_quads
from confgraph.graph.store import run
from confgraph.records import (
    Author,
    Concept,
    Conference,
    Entity,
    EntityKind,
    Page,
    PageFacts,
    PageId,
    Reading,
    Record,
    RecordId,
    RecordKind,
    Resolution,
    Span,
    Talk,
)
from confgraph.resolve import keys, resolve

TITLE = "Tea Leaves Read by Small Machines"


def page(name: str, authors: tuple[str, ...] = (), conference: Conference | None = None, **fields: Any) -> Reading:
    """Make a page of one record; each field stands on a line of its own."""
    fields = {"title": TITLE, "room": "Hall A", **fields}
    text, spans, people = f"{name}\n", {}, []
    for field, value in fields.items():
        if isinstance(value, str | int):
            spans[field] = Span(len(text), len(text) + len(str(value)))
            text += f"{value}\n"
    for person in authors:
        people.append(Author(person, start=len(text), end=len(text) + len(person)))
        text += f"{person}\n"
    spans["record"] = Span(len(name) + 1, len(text))
    source = Page(name, text, PageId(hashlib.sha256(text.encode()).hexdigest()))
    record = Record(RecordId(name), name, 1, source.id, fields.pop("kind", RecordKind.PAPER), authors=tuple(people), spans=spans, **fields)
    return Reading(source, "generic", (record,), (), PageFacts(conference))


def graph(*pages: Reading) -> list[Quad]:
    return list(iter_quads(pages, resolve(pages)))


def found(*pages: Reading) -> list[tuple[str, str, dict[str, list[str]]]]:
    """The conflicts: label, property, and each value with its files."""
    listed = []
    for conflict in iter_conflicts(graph(*pages)):
        values: dict[str, list[str]] = {}
        for stated in conflict.statements:
            values.setdefault(stated.value, []).append(stated.file)
        listed.append((conflict.label, conflict.predicate, values))
    return listed


EDITION = Conference("ExampleConf", 2031)


@pytest.mark.parametrize(
    ("one", "other", "predicate", "values"),
    [
        ({"room": "Hall A"}, {"room": "Hall B"}, vocab.SCHEMA_LOCATION, {"Hall A", "Hall B"}),
        ({"year": 2030}, {"year": 2031}, vocab.FABIO_HAS_PUBLICATION_YEAR, {"2030", "2031"}),
        ({"start_time": "09:30"}, {"start_time": "10:30"}, vocab.CG_PRINTED_START, {"09:30", "10:30"}),
        ({"end_time": "09:30"}, {"end_time": "10:30"}, vocab.CG_PRINTED_END, {"09:30", "10:30"}),
        ({"title": TITLE}, {"title": TITLE.upper()}, vocab.DCTERMS_TITLE, {TITLE, TITLE.upper()}),
        ({"ids": {"doi": "10.1/a"}}, {"ids": {"doi": "10.1/b"}}, vocab.BIBO_DOI, {"10.1/a", "10.1/b"}),
    ],
)
@pytest.mark.parametrize("conference", [EDITION, None])
def test_two_values_are_listed_with_their_pages(
    one: dict[str, Any], other: dict[str, Any], predicate: str, values: set[str], conference: Conference | None
) -> None:
    first, second = page("one.txt", conference=conference, **one), page("two.txt", conference=conference, **other)
    ((label, said, stated),) = found(first, second)
    assert said == predicate
    assert set(stated) == values
    assert sorted(stated.values()) == [["one.txt"], ["two.txt"]]
    assert label.casefold() == TITLE.casefold()


def test_both_values_stay_in_the_graph_and_each_quotes_its_page() -> None:
    store = Store()
    store.extend(graph(page("one.txt", conference=EDITION), page("two.txt", conference=EDITION, room="Hall B")))
    rooms = """SELECT ?name ?file ?quote { ?talk schema:workFeatured ?work ; schema:location ?room . ?room rdfs:label ?name .
      GRAPH ?page { ?claim rdf:subject ?talk ; rdf:object ?room ; prov:wasDerivedFrom/oa:hasTarget/oa:hasSelector/oa:exact ?quote }
      ?page schema:name ?file }"""
    assert set(run(store, rooms).rows()) == {("Hall A", "one.txt", "Hall A"), ("Hall B", "two.txt", "Hall B")}


def test_pages_that_agree_are_no_conflict() -> None:
    assert found(page("one.txt", conference=EDITION), page("two.txt", conference=EDITION)) == []
    assert found(page("one.txt"), page("two.txt")) == []
    assert found(page("one.txt", room="hall a"), page("two.txt", room="Hall A")) == []
    assert found(page("one.txt", start_time="9:30 AM"), page("two.txt", start_time="09:30 am")) == []


def test_what_only_one_page_says_is_no_conflict() -> None:
    assert found(page("one.txt", year=2031, start_time="09:30"), page("two.txt", room=None)) == []
    assert found(page("one.txt")) == []


def test_a_page_that_says_both_differs_from_one_that_says_one() -> None:
    first = page("one.txt", conference=EDITION)
    twice = page("two.txt", conference=EDITION)
    again = replace(twice.records[0], id=RecordId("again"), ordinal=2, room="Hall B")
    ((_, _, values),) = found(first, replace(twice, records=(*twice.records, again)))
    assert values == {"Hall A": ["one.txt"], "Hall B": ["two.txt"]}


def test_one_page_alone_is_no_conflict() -> None:
    twice = page("two.txt", conference=EDITION)
    again = replace(twice.records[0], id=RecordId("again"), ordinal=2, room="Hall B")
    assert found(replace(twice, records=(*twice.records, again))) == []


def test_three_pages_of_which_two_agree() -> None:
    pages = [page(name, conference=EDITION, room=room) for name, room in (("a.txt", "Hall A"), ("b.txt", "Hall B"), ("c.txt", "Hall A"))]
    ((_, _, values),) = found(*pages)
    assert values == {"Hall A": ["a.txt", "c.txt"], "Hall B": ["b.txt"]}


def test_rooms_at_two_conferences_are_two_talks() -> None:
    one, other = Conference("ExampleConf", 2030), Conference("ExampleConf", 2031)
    assert [said for _, said, _ in found(page("one.txt", conference=one), page("two.txt", conference=other, room="Hall B"))] == []


def test_a_place_in_an_episode_is_no_room() -> None:
    talk = Talk("Tea Leaves", "talk", 0, 8, "1:12:23")
    assert found(page("one.txt", conference=EDITION), page("two.txt", conference=EDITION, room=None, talks=(talk,))) == []


def test_a_tutorial_in_two_rooms() -> None:
    pages = [page(name, conference=EDITION, kind=RecordKind.TUTORIAL, room=name) for name in ("one.txt", "two.txt")]
    assert found(*pages) == [(TITLE, vocab.SCHEMA_LOCATION, {"one.txt": ["one.txt"], "two.txt": ["two.txt"]})]


def test_dates_and_place_of_a_conference() -> None:
    first = replace(EDITION, start_date="2031-05-02", place="Bern")
    second = replace(EDITION, start_date="2031-05-03", place="Basel")
    listed = found(page("one.txt", conference=first), page("two.txt", conference=second))
    assert [(label, said) for label, said, _ in listed] == [
        ("ExampleConf 2031", vocab.SCHEMA_LOCATION),
        ("ExampleConf 2031", vocab.CONF_START_DATE),
    ]


def spelled(*names: str, together: bool = False) -> list[Quad]:
    """The graph of one page per spelling of one author's name, or of two pages with all of them; all are one person."""
    listed = [names] * 2 if together else [(name,) for name in names]
    pages = [page(f"{i}.txt", prints, EDITION) for i, prints in enumerate(listed)]
    members = tuple(sorted({keys.person_key(a, p.records[0], keys.scope(p)) for p in pages for a in p.records[0].authors}))
    person = Entity(members[0], EntityKind.PERSON, names[0], tuple(sorted(set(names[1:]))), members)
    return list(iter_quads(pages, Resolution((person,), (), dict.fromkeys(members, person))))


def test_spellings_of_a_name() -> None:
    (conflict,) = iter_conflicts(spelled("Zoë Ångström", "Zoe Angstrom"))
    assert (conflict.label, conflict.predicate) == ("Zoë Ångström", vocab.FOAF_NAME)
    assert [(stated.value, stated.file) for stated in conflict.statements] == [("Zoe Angstrom", "1.txt"), ("Zoë Ångström", "0.txt")]


def test_a_surname_alone_is_no_other_spelling() -> None:
    assert list(iter_conflicts(spelled("Zoe Angstrom", "Angstrom"))) == []


def test_initials_are_no_other_spelling() -> None:
    assert list(iter_conflicts(spelled("Zoe Angstrom", "Z. Angstrom"))) == []
    assert list(iter_conflicts(spelled("Zoe Angstrom", "Z Angstrom"))) == []


def test_pages_that_print_both_spellings_agree() -> None:
    assert list(iter_conflicts(spelled("Zoë Ångström", "Zoe Angstrom", together=True))) == []


def test_prints_of_a_dataset_are_no_conflict() -> None:
    pages = [page(f"{name}.txt") for name in ("RiverBank", "RB", "Riverbank")]
    pages = [
        replace(p, records=(replace(p.records[0], datasets=(Concept(p.page.name[:-4], mentions=(Span(0, len(p.page.name) - 4),)),)),))
        for p in pages
    ]
    members = tuple(sorted({keys.concept_key(EntityKind.DATASET, p.page.name[:-4]) for p in pages}))
    bank = Entity(members[0], EntityKind.DATASET, "RiverBank", ("RB", "Riverbank"), members)
    known = resolve(pages)
    made = Resolution((*known.entities, bank), known.judgements, {**known.by_member, **dict.fromkeys(members, bank)})
    assert list(iter_conflicts(iter_quads(pages, made))) == []


def test_a_conflict_reads_as_a_sentence_with_the_places() -> None:
    first, second = page("one.txt", conference=EDITION), page("two.txt", conference=EDITION, room="Hall B")
    (conflict,) = iter_conflicts(graph(first, second))
    starts = [reading.page.text.index("Hall") for reading in (first, second)]
    assert [stated.start for stated in conflict.statements] == starts
    assert str(conflict) == f"{TITLE}: location is “Hall A” (one.txt at {starts[0]}) or “Hall B” (two.txt at {starts[1]})"


def test_what_only_a_sidecar_says_has_no_place() -> None:
    first = replace(EDITION, start_date="2031-05-02")
    second = replace(EDITION, start_date="2031-05-03")
    (conflict,) = iter_conflicts(graph(page("one.txt", conference=first), page("two.txt", conference=second)))
    assert {stated.start for stated in conflict.statements} == {None}
    assert "(one.txt)" in str(conflict)


def test_a_store_and_its_quads_give_the_same_conflicts_in_the_same_order() -> None:
    first = page("one.txt", conference=EDITION, year=2030, start_time="09:00")
    second = page("two.txt", conference=EDITION, year=2031, start_time="10:00", room="Hall B")
    quads = graph(first, second)
    store = Store()
    store.extend(quads[::-1])
    listed: list[Conflict] = list(iter_conflicts(store))
    assert listed == list(iter_conflicts(quads)) == list(iter_conflicts(graph(second, first)))
    assert [conflict.predicate for conflict in listed] == sorted(conflict.predicate for conflict in listed)
    assert len(listed) == 3


@pytest.mark.filterwarnings(r"ignore:Dataset\.\w+ is deprecated")  # rdflib warns of its own use
def test_rdflib_finds_the_same() -> None:
    first, second = replace(EDITION, start_date="2031-05-02"), replace(EDITION, start_date="2031-05-03")
    quads = graph(
        page("one.txt", conference=first, year=2030, start_time="09:00"),
        page("two.txt", conference=second, year=2031, start_time="10:00", room="Hall B"),
    )
    stream = io.BytesIO()
    rdf.write(stream, quads, "nquads")
    theirs = rdflib.Dataset()
    theirs.parse(data=stream.getvalue().decode(), format="nquads")
    found_there = {(str(row.predicate), str(row.value), str(row.file)) for row in theirs.query(question("conflicts", {}))}
    assert found_there == {(c.predicate, stated.value, stated.file) for c in iter_conflicts(quads) for stated in c.statements}
    assert len(found_there) == 8


def test_without_evidence_there_is_nothing_to_compare() -> None:
    quads = graph(page("one.txt", conference=EDITION), page("two.txt", conference=EDITION, room="Hall B"))
    assert list(iter_conflicts(quad for quad in quads if "Default" in str(type(quad.graph_name)))) == []
    assert list(iter_conflicts([])) == []
