"""What an extractor may give, in any mix, makes a graph that keeps its own shapes: a build never fails for what a page says."""

from __future__ import annotations

import hashlib
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from confgraph.graph import validation
from confgraph.graph.statements import iter_quads
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
    Resource,
    ResourceKind,
    Result,
    Sidecar,
    Span,
    Talk,
)
from confgraph.resolve import resolve

checked = settings(
    derandomize=True, max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

# Few names, each of which may be anything, so that kinds, records and pages get in each other's way.
NAMES = ("TinyNet-X", "ToyBank-2", "TinyNet X", "parsing", "accuracy", "Example Lab", "TinyNet: small nets (TN)")
PEOPLE = ("Ada Example", "A. Example", "Example", "Bob Sample", "Bob B. Sample")
LENGTH = 200

names = st.sampled_from(NAMES)
places = st.tuples(st.integers(0, LENGTH - 20), st.integers(1, 20)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))
confidences = st.sampled_from((0.0, 0.333, 0.995, 1.0))
maybe_text = st.one_of(st.none(), names)


def some(strategy: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=most).map(tuple)


def placed(cls: Any, /, **fields: Any) -> st.SearchStrategy[Any]:
    return st.builds(lambda span, **given: cls(start=span.start, end=span.end, **given), span=places, **fields)


authors = placed(Author, name=st.sampled_from(PEOPLE), affiliations=some(names, 2), others=st.booleans())
concepts = st.builds(Concept, names, some(names, 2), confidences, some(places, 2))
relations = placed(
    Relation, subject=names, subject_start=st.integers(0, 199), type=st.sampled_from(RelationType), object=names,
    object_start=st.integers(0, 199), confidence=confidences,
)  # fmt: skip
results = placed(
    Result, metric=names, value=st.sampled_from(("79.2", "1,234", "3-4", "0.12345678901234567890123", "9" * 40, "-", "~5 %")),
    unit=st.sampled_from((None, "%", "points")), dataset=maybe_text, method=maybe_text,
)  # fmt: skip
talks = placed(
    Talk, label=names, kind=st.sampled_from(("talk", "poster")), start_time=st.sampled_from((None, "1:12:23", "09:30", "2031-05-02T09:30")),
    speakers=some(authors, 2),
)  # fmt: skip
urls = ("https://example.org/a", "example.org/b", "ftp://example.org/c", "www.example.org")
ids = st.dictionaries(st.sampled_from(("doi", "arxiv", "openreview")), st.sampled_from(("10.1234/a", "3106.00001", "doi:10.1/x", "x y")))
records = st.builds(
    Record, id=st.uuids().map(lambda u: RecordId(u.hex)), doc=st.just("page.txt"), ordinal=st.integers(1, 9), page=st.just(PageId("")),
    kind=st.sampled_from(RecordKind), title=st.sampled_from((None, "TinyNet-X: Small Networks for Parsing", "Opening")),
    abstract=st.sampled_from((None, "We present TinyNet-X, a network for parsing that needs less than a page of text.", "Short.")),
    authors=some(authors), room=maybe_text, session=maybe_text, track=maybe_text, venue=maybe_text, event=maybe_text,
    year=st.sampled_from((None, 1, 2031, 9999)), start_time=st.sampled_from((None, "09:30", "2031-05-02T10:00:00+02:00", "2031-05-02")),
    end_time=st.sampled_from((None, "08:00", "2031-05-01T10:00:00")), keywords=some(names), ids=ids,
    introduces=some(st.builds(Introduced, names, st.sampled_from(ArtefactKind), some(names, 1), confidences, some(places, 2))),
    methods=some(concepts), datasets=some(concepts), tasks=some(concepts), metrics=some(concepts), institutions=some(concepts),
    resources=some(placed(Resource, url=st.sampled_from(urls), kind=st.sampled_from(ResourceKind))), results=some(results),
    relations=some(relations, 4), talks=some(talks, 2), flags=some(st.sampled_from(("abstract cut", "summary by a third person")), 2),
    spans=st.dictionaries(st.sampled_from(("record", "title", "abstract", "room", "venue", "authors", "event")), places),
)  # fmt: skip
conferences = st.builds(
    Conference, series=st.sampled_from(("ExampleConf", "SampleConf")), year=st.sampled_from((None, 2031)), name=maybe_text,
    place=maybe_text, start_date=st.sampled_from((None, "2031-05-02")), end_date=st.sampled_from((None, "2031-05-04", "2031-05-01")),
    span=st.one_of(st.none(), places),
)  # fmt: skip
named = st.builds(Named, names, some(places, 2))
facts = st.builds(PageFacts, st.one_of(st.none(), conferences), st.one_of(st.none(), named), some(named, 2))
pages = st.lists(st.tuples(some(records), facts), min_size=1, max_size=3)


def reading(number: int, found: tuple[Record, ...], about: PageFacts) -> Reading:
    text = f"{number}:" + "WePresentSmallThings,AndMeasureThem;" * 8  # a place of white space alone is evidence of nothing
    source = Page(f"{number}.txt", text, PageId(hashlib.sha256(text.encode()).hexdigest()), sidecar=Sidecar(url="https://example.org/page"))
    own = [
        Record(**{name: getattr(record, name) for name in Record.__slots__} | {"doc": source.name, "page": source.id, "ordinal": i})
        for i, record in enumerate(found, 1)
    ]
    return Reading(source, "generic", tuple(own), (), about)


@given(pages)
@checked
def test_any_records_make_a_valid_graph(drawn: list[tuple[tuple[Record, ...], PageFacts]]) -> None:
    readings = [reading(number, found, about) for number, (found, about) in enumerate(drawn)]
    report = validation.validate(iter_quads(readings, resolve(readings)), validation.Engine.SPARQL)
    assert [(finding.where, finding.what) for finding in report.violations] == []
