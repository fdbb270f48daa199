"""Hand-made pages with their records and a resolution in which one merge has happened."""

import hashlib
from pathlib import Path

import pytest
from pyoxigraph import Quad

from confgraph.export import rdf
from confgraph.graph.provenance import Run
from confgraph.graph.statements import GraphOptions, iter_quads
from confgraph.graph.store import write_store
from confgraph.records import (
    ArtefactKind,
    Author,
    Concept,
    Conference,
    Entity,
    Introduced,
    MemberKey,
    Named,
    Page,
    PageFacts,
    PageId,
    Reading,
    Record,
    RecordId,
    RecordKind,
    Relation,
    RelationType,
    Resolution,
    Resource,
    ResourceKind,
    Result,
    Sidecar,
    Span,
    Talk,
)
from confgraph.resolve import keys

RUN = Run("1.2", extractor={"name": "confgraph", "model": "0a1b2c3d4e5f"}, configuration='{"graph": {"licence": null}}')

ORALS = """Programme of ExampleConf 2031

Ada Example · Bob Sample et al.
Room B2, level 1
We present TinyNet, a network for parsing. TinyNet is a kind of neural network and beats BigNet.
It reaches 79.2 % accuracy on ToyBank. Code: https://example.org/tinynet
"""
NOTES = """Show notes of The Example Hour, by the Example Lab

TinyNet: Small Networks for Parsing
Ada Example, Bob Sample, Cem Third
[1:12:23] TinyNet with Ada Example
Hands-on parsing, a tutorial by Cem Third in Hall A.
"""


def find(text: str, words: str, nth: int = 1) -> Span:
    """Give the place of the nth occurrence of words in a text."""
    at = -1
    for _ in range(nth):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


def author(text: str, name: str, nth: int = 1, *, others: bool = False, affiliations: tuple[str, ...] = ()) -> Author:
    span = find(text, name, nth)
    return Author(name, affiliations, others, span.start, span.end)


def page(name: str, text: str, sidecar: Sidecar = Sidecar()) -> Page:  # noqa: B008
    return Page(name, text, PageId(hashlib.sha256(text.encode()).hexdigest()), sidecar=sidecar)


def concept(text: str, name: str, *aliases: str, confidence: float = 0.9) -> Concept:
    return Concept(name, aliases, confidence, (find(text, name),))


def orals() -> Reading:
    source = page("orals.txt", ORALS)
    result = find(ORALS, "79.2 %")
    relation = find(ORALS, "TinyNet is a kind of neural network and beats BigNet.")
    starts = {name: find(ORALS, name, nth).start for name, nth in (("TinyNet", 2), ("neural network", 1), ("BigNet", 1))}

    def related(kind: RelationType, to: str) -> Relation:
        return Relation("TinyNet", starts["TinyNet"], kind, to, starts[to], 0.8, relation.start, relation.end)

    record = Record(
        id=RecordId("r1"),
        doc="orals.txt",
        ordinal=1,
        page=source.id,
        kind=RecordKind.PAPER,
        abstract="We present TinyNet, a network for parsing.",
        authors=(author(ORALS, "Ada Example", affiliations=("Example University",)), author(ORALS, "Bob Sample", others=True)),
        room="Room B2, level 1",
        year=2031,
        introduces=(Introduced("TinyNet", ArtefactKind.METHOD, (), 0.95, (find(ORALS, "TinyNet"), find(ORALS, "TinyNet", 2))),),
        methods=(concept(ORALS, "TinyNet"), concept(ORALS, "neural network"), concept(ORALS, "BigNet")),
        datasets=(concept(ORALS, "ToyBank"),),
        tasks=(concept(ORALS, "parsing"),),
        metrics=(concept(ORALS, "accuracy"),),
        resources=(Resource("https://example.org/tinynet", ResourceKind.CODE, *_ends(find(ORALS, "https://example.org/tinynet"))),),
        results=(Result("accuracy", "79.2", result.start, result.end, "%", "ToyBank", "TinyNet"),),
        relations=(related(RelationType.SUBCLASS_OF, "neural network"), related(RelationType.COMPARE_WITH, "BigNet")),
        flags=("abstract cut",),
        spans={
            "record": Span(find(ORALS, "Ada").start, len(ORALS)),
            "room": find(ORALS, "Room B2, level 1"),
            "abstract": Span(find(ORALS, "We present").start, len(ORALS)),
        },
    )
    named = find(ORALS, "ExampleConf 2031")
    conference = Conference("ExampleConf", 2031, start_date="2031-05-02", span=named, spans={"year": named})
    return Reading(source, "orals", (record,), (), PageFacts(conference))


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def notes() -> Reading:
    source = page("notes.txt", NOTES, Sidecar(conference="ExampleConf", year=2031, url="https://example.org/notes"))
    talk = find(NOTES, "[1:12:23] TinyNet with Ada Example")
    paper = Record(
        id=RecordId("r2"),
        doc="notes.txt",
        ordinal=1,
        page=source.id,
        kind=RecordKind.PAPER,
        title="TinyNet: Small Networks for Parsing",
        authors=tuple(author(NOTES, name) for name in ("Ada Example", "Bob Sample", "Cem Third")),
        talks=(Talk("TinyNet", "talk", talk.start, talk.end, "1:12:23", (author(NOTES, "Ada Example", 2),)),),
        spans={"record": Span(find(NOTES, "TinyNet").start, talk.end), "title": find(NOTES, "TinyNet: Small Networks for Parsing")},
    )
    tutorial = Record(
        id=RecordId("r3"),
        doc="notes.txt",
        ordinal=2,
        page=source.id,
        kind=RecordKind.TUTORIAL,
        title="Hands-on parsing",
        authors=(author(NOTES, "Cem Third", 2),),
        room="Hall A",
        spans={"record": find(NOTES, "Hands-on parsing, a tutorial by Cem Third in Hall A."), "room": find(NOTES, "Hall A")},
    )
    facts = PageFacts(
        Conference("ExampleConf", 2031),
        Named("The Example Hour", (find(NOTES, "The Example Hour"),)),
        (Named("Example Lab", (find(NOTES, "Example Lab"),)),),
    )
    return Reading(source, "recap", (paper, tutorial), (), facts)


def resolve(readings: list[Reading], merged: tuple[frozenset[MemberKey], ...] = ()) -> Resolution:
    """Make every key its own entity, but for the merged sets; a key's printed name is its label."""
    printed: dict[MemberKey, str] = {}
    for reading in readings:
        occasion = keys.scope(reading)
        for named in reading.facts.organizations:
            printed[keys.concept_key(keys.CONCEPT_FIELDS["institutions"], named.name)] = named.name
        for record in reading.records:
            printed[keys.paper_key(record, occasion)] = record.title or (record.abstract or "Untitled")[:40]
            for person in (*record.authors, *(s for t in record.talks for s in t.speakers)):
                printed[keys.person_key(person, record, occasion)] = person.name
            for field, i, key in keys.iter_concepts(record):
                printed[key] = getattr(record, field)[i].name
    groups = [*merged, *(frozenset({key}) for key in printed if not any(key in group for group in merged))]
    entities = []
    for group in groups:
        members = tuple(sorted(group))
        title = max((printed[key] for key in members), key=lambda name: (":" in name, name))
        entities.append(Entity(members[0], keys.kind_of(members[0]), title, (), members))
    entities.sort(key=lambda entity: entity.key)
    return Resolution(tuple(entities), (), {member: entity for entity in entities for member in entity.members})


@pytest.fixture(scope="session")
def run() -> Run:
    """What makes the graphs of these tests."""
    return RUN


@pytest.fixture(scope="session")
def small_readings() -> list[Reading]:
    """Two pages: `orals.txt` prints a paper without its title, `notes.txt` with it, and a tutorial."""
    return [orals(), notes()]


@pytest.fixture(scope="session")
def small_resolution(small_readings: list[Reading]) -> Resolution:
    """The two records of the paper are one; all else stands alone."""
    return resolve(small_readings, (frozenset(keys.paper_key(r.records[0], keys.scope(r)) for r in small_readings),))


@pytest.fixture(scope="session")
def first_page_quads(small_readings: list[Reading]) -> list[Quad]:
    """The graph of `orals.txt` alone, in which the paper has no title."""
    return list(iter_quads(small_readings[:1], resolve(small_readings[:1]), GraphOptions(), RUN))


@pytest.fixture(scope="session")
def three_pages_quads(small_readings: list[Reading], small_resolution: Resolution) -> list[Quad]:
    """The graph of the two pages and of a third that shares no name with them."""
    title = "On quiet things, and nothing else"
    text = f"Dee Fourth: {title}"
    source = page("other.txt", text)
    spans = {"record": Span(0, len(text)), "title": find(text, title)}
    paper = Record(RecordId("r4"), source.name, 1, source.id, RecordKind.PAPER, title, authors=(author(text, "Dee Fourth"),), spans=spans)
    other = Reading(source, "daily", (paper,), ())
    more = resolve([other])
    both = Resolution((*small_resolution.entities, *more.entities), (), {**small_resolution.by_member, **more.by_member})
    return list(iter_quads([other, *small_readings], both, GraphOptions(), RUN))


@pytest.fixture(scope="session")
def small_quads(small_readings: list[Reading], small_resolution: Resolution) -> list[Quad]:
    """The graph of the two pages."""
    return list(iter_quads(small_readings, small_resolution, GraphOptions(), RUN))


@pytest.fixture(scope="session")
def small_out(small_quads: list[Quad], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the graph of the two pages, as a build leaves it: the store and `graph.nq`."""
    out = tmp_path_factory.mktemp("out")
    write_store(out / "store", small_quads)
    rdf.write_file(out / "graph.nq", small_quads, "nquads")
    return out
