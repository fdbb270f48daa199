"""State where and when works are presented: conferences, episodes, workshops, tracks, sessions, talks, rooms."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from confgraph import vocab
from confgraph.graph import terms
from confgraph.graph.facts import Fact, is_a, label, place
from confgraph.graph.papers import Entry, author_place
from confgraph.graph.parts import printed_talk, programme_field, programme_talk
from confgraph.graph.terms import Names, node
from confgraph.records import Conference, Reading, RecordKind, Span, Talk
from confgraph.resolve import keys
from confgraph.text import fold, plain


def conference_node(conference: Conference, names: Names) -> NamedNode:
    """Give the node of an edition of a conference."""
    return names.thing("conference", fold(conference.label))


def iter_conference(reading: Reading, names: Names) -> Iterator[Fact]:
    """Yield the conference edition of a page and the page's own event, such as an episode about it."""
    conference = reading.facts.conference
    if conference:
        yield from _edition(conference, names)
    if event := reading.facts.event:
        own = names.thing("event", fold(event.name))
        yield is_a(own, vocab.SCHEMA_EVENT)
        yield label(own, plain(event.name))
        if conference:
            yield Fact(own, node(vocab.SCHEMA_ABOUT), conference_node(conference, names), _naming(conference))


def _edition(conference: Conference, names: Names) -> Iterator[Fact]:
    edition = conference_node(conference, names)
    series = names.thing("series", fold(conference.series))
    yield is_a(edition, vocab.CONF_CONFERENCE)
    yield label(edition, conference.label)
    yield is_a(series, vocab.CONF_CONFERENCE_SERIES)
    yield label(series, conference.series)
    yield Fact(edition, node(vocab.CONF_HAS_SERIES), series, _naming(conference))
    values = (
        ("name", vocab.SCHEMA_NAME, terms.text(conference.name) if conference.name else None),
        ("place", vocab.SCHEMA_LOCATION, terms.text(conference.place) if conference.place else None),
        ("year", vocab.DCTERMS_DATE, terms.year(conference.year) if conference.year else None),
        ("start_date", vocab.CONF_START_DATE, terms.date_time(conference.start_date or "")),
        ("end_date", vocab.CONF_END_DATE, terms.date_time(conference.end_date or "")),
    )
    for field, predicate, value in values:
        if value is not None:
            where = conference.spans.get(field)
            yield Fact(edition, node(predicate), value, (where,) if where else ())


def _naming(conference: Conference) -> tuple[Span, ...]:
    """Give the place where a page names the conference; none where only the sidecar does."""
    return (conference.span,) if conference.span else ()


def iter_presentations(entry: Entry, names: Names) -> Iterator[Fact]:
    """Yield where and when a record's work is presented: its workshop, its talks, its place in the programme."""
    conference = entry.reading.facts.conference
    whole = conference_node(conference, names) if conference else None
    if entry.record.kind is RecordKind.WORKSHOP_PAPER and entry.record.venue:
        yield from _workshop(entry, entry.record.venue, whole, names)
    elif whole and conference:
        link = vocab.CONF_IS_SUB_EVENT_OF if entry.is_event else vocab.BIBO_PRESENTED_AT
        own = fold(conference.label) in fold(entry.record.venue or "")
        spans = place(entry.record, "venue") if own else _naming(conference)
        yield Fact(entry.node, node(link), whole, spans)
    for talk in entry.record.talks:
        yield from _talk(entry, talk, names)
    if entry.is_event:
        yield from _slot(entry, entry.node, names)
        yield from _performers(entry, names)
    elif field := programme_field(entry.record):
        yield from _programme_talk(entry, field, names)


def _performers(entry: Entry, names: Names) -> Iterator[Fact]:
    for author in entry.record.authors:
        person = names.entity(keys.person_key(author, entry.record, entry.occasion))
        yield Fact(entry.node, node(vocab.SCHEMA_PERFORMER), names.of(person), author_place(entry.record, author))


def workshop_name(venue: str) -> str:
    """Give the part of a printed venue that names the workshop: all before `at the` conference, without a full stop.

    >>> workshop_name("ENLSP @NeurIPS 2024 - Workshop on Efficient NLP at the 38th Conference on NeurIPS.")
    'ENLSP @NeurIPS 2024 - Workshop on Efficient NLP'
    """
    return plain(venue).partition(" at the ")[0].rstrip(" .,")


def _workshop(entry: Entry, venue: str, whole: NamedNode | None, names: Names) -> Iterator[Fact]:
    name = workshop_name(venue)
    workshop = names.thing("workshop", fold(name), entry.occasion)
    spans = place(entry.record, "venue")
    yield is_a(workshop, vocab.CONF_WORKSHOP)
    yield label(workshop, name)
    yield Fact(entry.node, node(vocab.BIBO_PRESENTED_AT), workshop, spans)
    if whole:
        yield Fact(workshop, node(vocab.CONF_IS_SUB_EVENT_OF), whole, spans)


def _programme_talk(entry: Entry, field: str, names: Names) -> Iterator[Fact]:
    """Yield the talk that a paper's room, session or time stands for."""
    talk, older = entry.part(programme_talk(entry.key, entry.occasion, entry.record.event), names)
    yield is_a(talk, vocab.CONF_TALK)
    yield label(talk, f"Talk: {entry.work.name}")
    yield from older
    named = _room(entry, names) if field == "room" else talk
    yield Fact(talk, node(vocab.SCHEMA_WORK_FEATURED), entry.node, place(entry.record, field), about=named)
    yield from _slot(entry, talk, names)


def _slot(entry: Entry, event: NamedNode, names: Names) -> Iterator[Fact]:
    """Yield room, times and enclosing events of an event: its session within its track within the conference."""
    record = entry.record
    if record.room:
        room = _room(entry, names)
        yield is_a(room, vocab.SCHEMA_MEETING_ROOM)
        yield label(room, plain(record.room))
        yield Fact(event, node(vocab.SCHEMA_LOCATION), room, place(record, "room"))
    if not record.talks:
        yield from _times(event, record.start_time, record.end_time, place(record, "start_time"), place(record, "end_time"))
    yield from _enclosing(entry, event, names)


def _room(entry: Entry, names: Names) -> NamedNode:
    """Give the node of the room of a record that has one."""
    return names.thing("room", fold(entry.record.room or ""), entry.occasion)


def _times(event: NamedNode, start: str | None, end: str | None, at: tuple[Span, ...], until: tuple[Span, ...]) -> Iterator[Fact]:
    """Yield printed times, and points in time where they are such; an offset into a recording is not."""
    for printed, predicate, point, spans in (
        (start, vocab.CG_PRINTED_START, vocab.CONF_START_DATE, at),
        (end, vocab.CG_PRINTED_END, vocab.CONF_END_DATE, until),
    ):
        if printed:
            yield Fact(event, node(predicate), terms.text(printed), spans)
            if (moment := terms.date_time(printed)) is not None:
                yield Fact(event, node(point), moment, spans)


def _enclosing(entry: Entry, event: NamedNode, names: Names) -> Iterator[Fact]:
    record, inner, spans = entry.record, event, None
    for field, name, kind in (("session", record.session, vocab.CONF_SESSION), ("track", record.track, vocab.CONF_TRACK)):
        if name:
            outer = names.thing(field, fold(name), entry.occasion)
            yield is_a(outer, kind)
            yield label(outer, plain(name))
            yield Fact(inner, node(vocab.CONF_IS_SUB_EVENT_OF), outer, place(record, field))
            inner, spans = outer, place(record, field)
    yield from _outermost(entry, inner, spans, names)


def _outermost(entry: Entry, inner: NamedNode, spans: tuple[Span, ...] | None, names: Names) -> Iterator[Fact]:
    """Yield the event around all others: the record's own, else the page's, else the conference."""
    facts, record = entry.reading.facts, entry.record
    name = record.event or (facts.event.name if facts.event else "")
    if name and not (facts.conference and fold(name) == fold(facts.conference.label)):
        outer = names.thing("event", fold(name))
        yield is_a(outer, vocab.SCHEMA_EVENT)
        yield label(outer, plain(name))
        where = place(record, "event") if "event" in record.spans or facts.event is None else facts.event.mentions[:1]
        yield Fact(inner, node(vocab.CONF_IS_SUB_EVENT_OF), outer, where)
    elif facts.conference and inner != entry.node:
        where = _naming(facts.conference) or spans or ()
        yield Fact(inner, node(vocab.CONF_IS_SUB_EVENT_OF), conference_node(facts.conference, names), where)


def _talk(entry: Entry, talk: Talk, names: Names) -> Iterator[Fact]:
    """Yield one printed presentation of a work, such as a stretch of an episode or a poster."""
    event, older = entry.part(printed_talk(entry.key, entry.occasion, talk), names)
    spans = (Span(talk.start, talk.end),)
    yield is_a(event, vocab.CONF_TALK)
    yield label(event, plain(talk.label) or f"Talk: {entry.work.name}")
    yield from older
    yield Fact(event, node(vocab.SCHEMA_WORK_FEATURED), entry.node, spans)
    yield Fact(event, node(vocab.CG_PRESENTATION_FORM), Literal(talk.kind), spans)
    for speaker in talk.speakers:
        person = names.entity(keys.person_key(speaker, entry.record, entry.occasion))
        where = (Span(speaker.start, speaker.end),) if speaker.end > speaker.start else spans
        yield Fact(event, node(vocab.SCHEMA_PERFORMER), names.of(person), where)
    yield from _times(event, talk.start_time, None, spans, spans)
    yield from _outermost(entry, event, spans, names)
