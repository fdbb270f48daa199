"""What further pages change in the graph of others: nothing but what they touch, and no IRI is ever lost."""

from __future__ import annotations

import codecs
import dataclasses
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, is_dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import chain
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from confgraph import iris, vocab
from confgraph.export.turtle import iter_turtle
from confgraph.graph.evidence import page_node
from confgraph.graph.own import own_names
from confgraph.graph.provenance import Run
from confgraph.graph.statements import iter_quads
from confgraph.graph.terms import Names
from confgraph.graph.works import gather
from confgraph.ingest import ingest
from confgraph.records import (
    ArtefactKind,
    Author,
    Concept,
    Conference,
    Introduced,
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
from confgraph.resolve import resolve

checked = settings(
    derandomize=True, max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

# ---------------------------------------------------------------------------------------------------------------------
# Pages: names come from small pools, so that records often name one thing, nearly one, or two things by one acronym.

FLOODS = (
    "River gauges report water levels every hour, yet floods are still forecast from daily means. We train a small"
    " recurrent model on hourly levels of four hundred gauges and show that it warns two days earlier than the models"
    " in use. The gain is largest in steep valleys, where rain reaches the gauge within a single night."
)
BEES = (
    "Bees return to a hive by the sun, by landmarks and by scent, and it is not known how they weigh the three. We"
    " attach tags of four milligrams to eleven hundred bees and follow their flights over a whole summer. A model with"
    " three weights, learnt for each bee, explains nine of ten flights, and the weights change with age."
)
ABSTRACTS = (
    None, FLOODS, " ".join(FLOODS.split()[:40]) + " …", FLOODS.replace("four hundred", "five hundred"),
    BEES, " ".join(BEES.split()[:38]) + " …", f"{FLOODS} {BEES}", "We sharpen knives on river stones.",
)  # fmt: skip
TITLES = (
    None, "Hourly Gauges Warn of Floods Two Days Earlier", "Hourly gauges warn of floods two days earlier",
    "Hourly Gauges Warn of Flood Two Days Earlier", "How Bees Weigh the Sun Against Landmarks", "Bees",
)  # fmt: skip
PEOPLE = (
    "Ada Moor", "Ada Yrsa Moor", "A. Moor", "Moor", "Bo Lind", "Bo Lind-Ré", "Cy Moor", "Cy Ode", "ADA MOOR",
)  # fmt: skip
NAMES = {
    "methods": (
        "LoRA", "Low-Rank Adaptation", "low rank adaptation", "Long-Range Attention", "FloodBench", "GaugeNet", "Gauge-Net", "GN",
    ),
    "datasets": ("FloodBench", "CIFAR10", "CIFAR-10", "Gauge Levels", "LoRA", "Flood Levels of Rivers"),
    "tasks": ("modelling", "modeling", "flood forecasting", "LoRA"),
    "metrics": ("accuracy", "Accuracy", "lead time", "LT"),
    "institutions": ("River Lab", "Hive Institute", "RL", "River-Lab"),
}  # fmt: skip
ACRONYMS = ("LoRA", "LRA", "GN", "LT", "RL", "FL", "FloodBench")
EVERY_NAME = sorted({name for names in NAMES.values() for name in (*names, *ACRONYMS)})
ROOMS = (None, "Hall A", "hall a", "Room 2")
EVENTS = (None, "The Example Hour")
CONFERENCES = (None, Conference("RiverConf", 2031), Conference("RiverConf", 2032), Conference("HiveConf", 2031, place="Bern"))
TEXT = "Words of a page that holds what its records say, and somewhat more than that. " * 8

spans = st.builds(lambda start, size: Span(start, start + size), st.integers(0, 400), st.integers(1, 60))
few = st.integers(0, 2)


def tuples(values: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(values, max_size=most).map(tuple)


def authors(name: str, place: Span, others: bool, affiliations: tuple[str, ...]) -> Author:
    return Author(name, affiliations, others, place.start, place.end)


people = st.builds(authors, st.sampled_from(PEOPLE), spans, st.booleans(), tuples(st.sampled_from(NAMES["institutions"]), 1))
fields = {
    field: tuples(st.builds(Concept, st.sampled_from(names), tuples(st.sampled_from(ACRONYMS), 1), st.just(0.9), tuples(spans, 1)), 2)
    for field, names in NAMES.items()
}
introductions = tuples(
    st.builds(
        Introduced,
        st.sampled_from(("FloodBench", "GaugeNet", "LoRA", "Low-Rank Adaptation")),
        st.sampled_from(ArtefactKind),
        tuples(st.sampled_from(ACRONYMS), 1),
        st.just(0.8),
        tuples(spans, 1),
    ),
    1,
)
named = st.sampled_from(EVERY_NAME)
results = tuples(
    st.builds(
        lambda metric, value, place, dataset, method: Result(metric, value, place.start, place.end, "%", dataset, method),
        named, st.sampled_from(("79.2", "3-4")), spans, st.none() | named, st.none() | named,
    ),
    2,
)  # fmt: skip
relations = tuples(
    st.builds(
        lambda one, kind, other, place: Relation(one, place.start, kind, other, place.end, 0.7, place.start, place.end),
        named, st.sampled_from(RelationType), named, spans,
    ),
    2,
)  # fmt: skip
talks = tuples(
    st.builds(
        lambda label, place, start, speakers: Talk(label, "talk", place.start, place.end, start, speakers),
        st.sampled_from(("Floods", "Bees", "")), spans, st.sampled_from((None, "0:12:23")), tuples(people, 1),
    ),
    1,
)  # fmt: skip
resources = tuples(
    st.builds(
        lambda url, kind, place: Resource(url, kind, place.start, place.end), st.just("example.org/x"), st.sampled_from(ResourceKind), spans
    ),
    1,
)
rows = st.fixed_dictionaries(
    {
        "kind": st.sampled_from((RecordKind.PAPER, RecordKind.PAPER, RecordKind.PAPER, *RecordKind)),
        "title": st.sampled_from(TITLES),
        "abstract": st.sampled_from(ABSTRACTS),
        "authors": tuples(people),
        "room": st.sampled_from(ROOMS),
        "session": st.sampled_from((None, "Rivers")),
        "venue": st.sampled_from((None, "RiverConf 2031", "Workshop on Rivers at the RiverConf")),
        "start_time": st.sampled_from((None, "09:30")),
        "introduces": introductions,
        "results": results,
        "relations": relations,
        "talks": talks,
        "resources": resources,
        **fields,
    }
)
pages = st.tuples(
    st.lists(rows, min_size=1, max_size=2),
    st.sampled_from(CONFERENCES),
    st.sampled_from(EVENTS),
    tuples(st.sampled_from(("River Lab", "Hive Institute")), 1),
)


def made(name: str, drawn: tuple[list[dict[str, Any]], Conference | None, str | None, tuple[str, ...]]) -> Reading:
    contents, conference, event, organizations = drawn
    text = f"{name}. {TEXT}"
    page = Page(name, text, PageId(hashlib.sha256(text.encode()).hexdigest()))
    records = tuple(
        Record(id=RecordId(f"{name}-{i}"), doc=name, ordinal=i, page=page.id, spans={"record": Span(0, len(text))}, **row)
        for i, row in enumerate(contents, 1)
    )
    facts = PageFacts(conference, Named(event) if event else None, tuple(Named(name) for name in organizations))
    return Reading(page, "generic", records, (), facts)


def read(prefix: str, drawn: Iterable[Any]) -> list[Reading]:
    return [made(f"{prefix}{i}.txt", page) for i, page in enumerate(drawn)]


some = st.lists(pages, min_size=1, max_size=2)
listings = st.tuples(some.map(lambda drawn: read("m", drawn)), st.builds(read, st.sampled_from(("a", "z")), some))
"""Some pages, and further ones whose names all come before theirs or all after."""

SHORT, FULL = (Result("accuracy", "79.2", 0, 4, "%", method=name) for name in ("LoRA", "Low-Rank Adaptation"))
LOW_RANK, LONG_RANGE = (Concept(name, ("LoRA",)) for name in ("Low-Rank Adaptation", "Long-Range Attention"))
ONCE = (
    {"kind": RecordKind.PAPER, "abstract": FLOODS, "authors": (Author("Ada Yrsa Moor"),), "methods": (LOW_RANK,)},
    {"kind": RecordKind.PAPER, "title": "Bees", "methods": (Concept("LoRA"),), "results": (SHORT, FULL)},
    {"kind": RecordKind.PAPER, "title": "How Bees Weigh the Sun Against Landmarks", "tasks": (Concept("modelling"),), "results": (FULL,)},
)
LATER = {"title": TITLES[1], "abstract": FLOODS, "authors": (Author("Ada Moor"), Author("Bo Lind")), "methods": (LONG_RANGE,)}
TOLD = (
    read("m", [([*ONCE], CONFERENCES[1], None, ())]),
    read("z", [([{"kind": RecordKind.PAPER} | LATER], None, None, ())]),
)
"""A page, and a further one that names its paper and its author, and gives its acronym another meaning."""

# ---------------------------------------------------------------------------------------------------------------------
# Graphs, and what of one may differ from another.

OF_THE_SET = ("graph", "run", "partition")
"""The kinds of node that tell of the set of pages: the graph, the counts of its classes and properties, the run that made it."""


@dataclass(frozen=True)
class Built:
    """The graph of some pages."""

    readings: tuple[Reading, ...]

    @cached_property
    def resolution(self) -> Resolution:
        return resolve(self.readings)

    @cached_property
    def quads(self) -> frozenset[Quad]:
        return frozenset(iter_quads(self.readings, self.resolution, by=Run("1.0")))

    @cached_property
    def knowledge(self) -> list[Triple]:
        return [quad.triple for quad in self.quads if isinstance(quad.graph_name, DefaultGraph)]

    @cached_property
    def evidence(self) -> dict[str, dict[str, frozenset[Triple]]]:
        """The triples of each node of each page's graph."""
        graphs: defaultdict[str, defaultdict[str, set[Triple]]] = defaultdict(lambda: defaultdict(set))
        for quad in self.quads:
            if isinstance(quad.graph_name, NamedNode):
                graphs[quad.graph_name.value][iri(quad.subject)].add(quad.triple)
        return {name: {subject: frozenset(triples) for subject, triples in graph.items()} for name, graph in graphs.items()}

    @cached_property
    def instances(self) -> frozenset[str]:
        """Every IRI of ours of which the knowledge speaks, but for those that tell of the set of pages."""
        terms = chain.from_iterable((t.subject, t.object) for t in self.knowledge)
        ours = {term.value for term in terms if isinstance(term, NamedNode) and term.value.startswith(iris.DEFAULT_BASE)}
        return frozenset(i for i in ours if kind(i) not in OF_THE_SET)

    @cached_property
    def types(self) -> dict[str, frozenset[str]]:
        """The classes of each instance, none for what has no type."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for triple in self.knowledge:
            if triple.predicate.value == vocab.RDF_TYPE:
                found[iri(triple.subject)].add(iri(triple.object))
        return defaultdict(frozenset, {instance: frozenset(classes) for instance, classes in found.items()})

    @cached_property
    def labels(self) -> dict[str, str]:
        labelled = (t for t in self.knowledge if t.predicate.value == vocab.RDFS_LABEL)
        return {iri(t.subject): t.object.value for t in labelled if isinstance(t.object, Literal)}

    @cached_property
    def replaced(self) -> dict[str, str]:
        return {iri(t.subject): iri(t.object) for t in self.knowledge if t.predicate.value == vocab.DCTERMS_IS_REPLACED_BY}

    def now(self, older: str) -> str:
        """Follow what replaced an IRI to its end."""
        seen = [older]
        while seen[-1] in self.replaced:
            assert self.replaced[seen[-1]] not in seen
            seen.append(self.replaced[seen[-1]])
        return seen[-1]

    @cached_property
    def turtle(self) -> dict[str, str]:
        """The block of each subject, to the byte, and the lines of the prefixes."""
        head, *blocks = "".join(iter_turtle(self.knowledge)).split("\n\n")
        prefixes = {line.split()[1]: line.split()[2].strip("<>") for line in head.splitlines()}
        named = ((block.split(None, 1)[0], block.rstrip()) for block in blocks)
        return dict(zip(prefixes, head.splitlines(), strict=True)) | {written(name, prefixes): block for name, block in named}

    @cached_property
    def neighbours(self) -> dict[str, set[str]]:
        """What is linked with each instance, in either direction."""
        linked: defaultdict[str, set[str]] = defaultdict(set)
        for triple in self.knowledge:
            if isinstance(triple.object, NamedNode):
                linked[iri(triple.subject)].add(triple.object.value)
                linked[triple.object.value].add(iri(triple.subject))
        return linked


def kind(instance: str) -> str:
    """Give the class of thing that an IRI of ours names."""
    return instance.removeprefix(iris.DEFAULT_BASE).partition("/")[0]


def iri(term: object) -> str:
    assert isinstance(term, NamedNode)
    return term.value


def written(name: str, prefixes: dict[str, str]) -> str:
    """Read a name as Turtle writes it."""
    prefix, _, local = name.partition(":")
    return name.strip("<>") if name.startswith("<") else prefixes[f"{prefix}:"] + local


def moved(before: Built, after: Built) -> set[str]:
    """Give what the further pages merged, parted or renamed: nodes of entities that are others now, and of parts that went elsewhere."""
    names = Names(iris.DEFAULT_BASE, before.resolution)
    entities = {replace(entity, aliases=()) for entity in after.resolution.entities}
    others = (entity for entity in before.resolution.entities if replace(entity, aliases=()) not in entities)
    found = {names.member(key).value for entity in others for key in entity.members}
    for instance in before.instances:
        ends = before.now(instance), after.now(instance)
        if ends[0] != ends[1] or before.labels.get(instance) != after.labels.get(instance):
            found |= {instance, *ends}
    return found


def touched(before: Built, after: Built, further: Built) -> set[str]:
    """Give what may differ: what the further pages speak of, what they moved, and its neighbours.

    Where they list the authors of a paper at greater length, that list gives the positions of the authorships.
    """
    spoken = further.instances | {before.now(instance) for instance in further.instances}
    found = moved(before, after)
    found |= {near for instance in found for near in before.neighbours.get(instance, ())}
    listed = {near for instance in spoken for near in before.neighbours.get(instance, ()) if "/authorship/" in near}
    return found | listed | spoken


def test_further_pages_merge_part_and_rename() -> None:
    before, after = (Built(tuple(pages)) for pages in (TOLD[0], [*TOLD[0], *TOLD[1]]))
    merged = {kind(i) for i in before.labels.keys() & after.replaced.keys()}
    parted = {kind(i) for i in before.replaced.keys() & after.labels.keys()}
    renamed = {kind(i) for i in before.labels.keys() & after.labels.keys() if before.labels[i] != after.labels[i]}
    assert merged == {"paper", "person", "authorship"}
    assert parted == {"method", "result"}
    assert renamed >= {"method"}
    assert {kind(i) for i in before.instances - touched(before, after, Built((*TOLD[1],)))} >= {"paper", "task"}


@checked
@example(TOLD)
@given(listings)
def test_no_iri_is_lost(drawn: tuple[list[Reading], list[Reading]]) -> None:
    """Neither when pages are added nor, the other way round, when they are removed: what the rest names keeps its names."""
    some, more = drawn
    before, after = Built((*some,)), Built((*some, *more))
    assert [i for i in sorted(before.instances) if after.now(i) not in after.labels] == []
    assert before.instances <= after.instances


@checked
@example(TOLD)
@given(listings)
def test_no_iri_of_evidence_is_lost(drawn: tuple[list[Reading], list[Reading]]) -> None:
    """A mention or a claim keeps its IRI when what it speaks of is merged, or is replaced by the one that it is merged with.

    Not so where further pages part what one page names in two ways, show that a thing is of another kind, so that other
    properties lead to it, or that it is what its paper introduces, of which nobody says that the paper uses it.
    """
    some, more = drawn
    before, after = Built((*some,)), Built((*some, *more))
    names = Names(iris.DEFAULT_BASE, before.resolution)
    works = gather(before.readings, names)
    ends = {instance: (before.now(instance), after.now(instance)) for instance in before.instances}
    turned = {then for then, now in ends.values() if before.types[then] != after.types[now]}
    introduced = {iri(t.object) for t in before.knowledge if t.predicate.value == vocab.CG_INTRODUCES}
    known_as = {after.now(instance) for instance in introduced}
    turned |= {then for then, now in ends.values() if now in known_as and then not in introduced}
    for reading in before.readings:
        page = page_node(reading.page, names).value
        nodes, kept = before.evidence.get(page, {}), after.evidence.get(page, {})
        in_two_ways = {now for now, own in own_names(reading, works, names).items() if len(own) > 1}
        unsure = LISTED | in_two_ways | turned
        for subject in nodes:
            named = links(nodes, subject)
            if named & {vocab.OA_ANNOTATION, vocab.RDF_STATEMENT} and not named & unsure:
                assert {subject, *places(nodes, {subject})} <= kept.keys()


@checked
@example(TOLD)
@given(listings)
def test_what_no_page_touches_stays_to_the_byte(drawn: tuple[list[Reading], list[Reading]]) -> None:
    some, more = drawn
    before, after = Built((*some,)), Built((*some, *more))
    same = sorted(before.instances - touched(before, after, Built((*more,))))
    assert [after.turtle[i] for i in same] == [before.turtle[i] for i in same]


LISTED = {vocab.SOA_POSITION, vocab.CG_RECOVERED_TITLE, vocab.CG_TITLE_RECOVERED_FROM}
"""What is stated with the page that says it first, or best: where a further page lists the paper, that may be another."""


@checked
@example(TOLD)
@given(listings)
def test_evidence_changes_only_with_the_entities_that_it_names(drawn: tuple[list[Reading], list[Reading]]) -> None:
    some, more = drawn
    before, after = Built((*some,)), Built((*some, *more))
    others = moved(before, after)
    for page, nodes in before.evidence.items():
        for subject in nodes:
            rests_on = {subject, *links(nodes, subject, vocab.PROV_WAS_DERIVED_FROM)}
            names = {name for node in rests_on for name in links(nodes, node)}
            if names & {vocab.OA_ANNOTATION, vocab.RDF_STATEMENT} and not names & (others | LISTED):
                for node in rests_on | places(nodes, rests_on):
                    assert after.evidence[page].get(node) == nodes.get(node)


def places(nodes: dict[str, frozenset[Triple]], mentions: Iterable[str]) -> set[str]:
    """Give the targets and selectors of mentions."""
    targets = {target for mention in mentions for target in links(nodes, mention, vocab.OA_HAS_TARGET)}
    return targets | {selector for target in targets for selector in links(nodes, target, vocab.OA_HAS_SELECTOR)}


def links(nodes: dict[str, frozenset[Triple]], subject: str, predicate: str | None = None) -> set[str]:
    """Give what a node of a graph names, with one property or any."""
    named = {(t.predicate.value, t.object.value) for t in nodes.get(subject, ()) if isinstance(t.object, NamedNode)}
    return {value for name, value in named if predicate in (None, name)}


def disguised(value: Any) -> Any:
    """Give every name other letters, so that nothing is called as before and all are as like each other as before."""
    match value:
        case Span() | StrEnum():
            return value
        case str():
            return codecs.encode(value, "rot13")
        case tuple():
            return tuple(map(disguised, value))
        case _ if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{f.name: disguised(getattr(value, f.name)) for f in dataclasses.fields(value) if f.name != "spans"})
        case _:
            return value


@checked
@example(TOLD)
@given(listings)
def test_pages_of_other_names_change_nothing(drawn: tuple[list[Reading], list[Reading]]) -> None:
    some, more = drawn
    others = tuple(disguised(reading) for reading in more)
    before, after = Built((*some,)), Built((*some, *others))
    blocks = {name: block for name, block in before.turtle.items() if name in before.instances or name.endswith(":")}
    assert {name: after.turtle.get(name) for name in blocks} == blocks
    assert {page: after.evidence.get(page) for page in before.evidence} == before.evidence
    assert before.resolution.judgements == tuple(j for j in after.resolution.judgements if j in before.resolution.judgements)


@checked
@given(listings, st.data())
def test_the_order_of_pages_and_records_does_not_matter(drawn: tuple[list[Reading], list[Reading]], data: st.DataObject) -> None:
    listed = [*drawn[0], *drawn[1]]
    shuffled = [
        replace(reading, records=tuple(data.draw(st.permutations(reading.records)))) for reading in data.draw(st.permutations(listed))
    ]
    one, other = Built(tuple(listed)), Built(tuple(shuffled))
    assert one.resolution == other.resolution
    assert one.quads == other.quads


# ---------------------------------------------------------------------------------------------------------------------
# Records: what one says has no part in the id of another.

ENTRIES = (
    ("Hourly Gauges Warn of Floods", ("Ada Moor", "Bo Lind"), FLOODS),
    ("How Bees Weigh the Sun", ("Cy Ode",), BEES),
    ("Grinding Knives on River Stones", ("Dee Fell", "Ed Moor", "Flo Lind"), ("We grind knives on the stones of nine rivers and measure how"
     " long an edge lasts in daily use. Stones of slow rivers are finer, and their edges last a week longer than those of fast ones.")),
    ("Counting Gates Along a Canal", ("Gus Ode", "Ada Moor"), ("We walk along forty canals and count the gates that still move. A gate"
     " that moved once in the last ten years moves again with little oil, and we publish a map of those that nobody has tried since.")),
    ("Do Looms Remember Patterns?", ("Hal Rey",), ("We weave one pattern on a loom for a year and then another, and look for the first in"
     " the cloth. It can be seen for eleven days, since the wood of the frame bends towards the threads that pulled it longest.")),
)  # fmt: skip
Listed = tuple[str, tuple[str, ...], str]


def orals(entries: Iterable[Listed]) -> str:
    return "Orals\n" + "".join(f"Oral\n{' · '.join(names)}\n\n[ Hall A ]\n\nAbstract\n\n{text}\n\n" for _, names, text in entries)


def programme(entries: Iterable[Listed]) -> str:
    listed = ((title, ", ".join(f"{name} (River Lab)" for name in names), text) for title, names, text in entries)
    return "Papers\n\n" + "".join(f"{title}\n{names}\nAbstract: {text}\n\n" for title, names, text in listed)


def daily(entries: Iterable[Listed]) -> str:
    return "Daily Rivers\n\nby the river\n\n" + "\n\n".join(f"{title}\n\n{text}" for title, _, text in entries)


def lab(entries: Iterable[Listed]) -> str:
    place = "RiverConf 2031 - 8th Conference on Rivers. Bern, Switzerland, May 02-05, 2031. arXiv"
    listed = (f"{title}.\n{place}\nAbstract\n{text}\nRL Authors\n{names[0]}\n" for title, names, text in entries)
    return "01.05.2031\nNews of the River Lab (RL)\n" + "".join(listed) + "01.05.2031\n"


changes = st.sampled_from(
    (
        lambda title, names, text: (title.replace("e", "o", 1), names, text),
        lambda title, names, text: (title, (*names, "Zed Late"), text),
        lambda title, names, text: (title, ("Zed Early", *names[1:]), text),
        lambda title, names, text: (title, names, text.replace(" and ", " adn ", 1)),
        lambda title, names, text: (title, names, f"{text} The code is ours."),
    )
)


@pytest.mark.parametrize("layout", [orals, programme, daily, lab])
@settings(checked, max_examples=40)
@given(entries=st.permutations(ENTRIES), change=changes, at=st.integers(0, len(ENTRIES) - 1))
def test_the_id_of_a_record_is_its_own(
    layout: Callable[[Iterable[Listed]], str], entries: list[Listed], change: Callable[..., Listed], at: int
) -> None:
    rest = [*entries[:at], *entries[at + 1 :]]
    before, after, without = (ids(layout, listed) for listed in (entries, [*entries[:at], change(*entries[at]), *entries[at + 1 :]], rest))
    assert len(set(before)) == len(ENTRIES)
    assert without == [*before[:at], *before[at + 1 :]]
    assert without == [*after[:at], *after[at + 1 :]]


def ids(layout: Callable[[Iterable[Listed]], str], entries: Iterable[Listed]) -> list[RecordId]:
    """Give the ids of the records of a page of these entries."""
    text = layout(entries)
    page = Page("listing.txt", text, PageId(hashlib.sha256(text.encode()).hexdigest()), sidecar=Sidecar(layout=layout.__name__))
    return [record.id for record in ingest(page).records]
