"""State what a record says of its paper: title, abstract, authors, identifiers, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from confgraph import vocab
from confgraph.graph import terms
from confgraph.graph.facts import Fact, derived, is_a, label, place
from confgraph.graph.parts import Part, authorship, is_event
from confgraph.graph.terms import Names, node
from confgraph.graph.works import Work
from confgraph.records import Author, EntityKind, MemberKey, Reading, Record, RecordKind, Resource, ResourceKind, Span
from confgraph.resolve import keys
from confgraph.text import address, fold, plain

_EVENTS: Final = {RecordKind.TUTORIAL: vocab.CONF_TUTORIAL, RecordKind.TALK: vocab.CONF_TALK}
_RESOURCES: Final = {
    ResourceKind.CODE: (vocab.SCHEMA_SOFTWARE_SOURCE_CODE, vocab.SCHEMA_CODE_REPOSITORY),
    ResourceKind.DATA: (vocab.SCHEMA_DATA_DOWNLOAD, vocab.SCHEMA_CONTENT_URL),
    ResourceKind.PAPER: (vocab.SCHEMA_CREATIVE_WORK, vocab.SCHEMA_URL),
    ResourceKind.SITE: (vocab.SCHEMA_WEB_SITE, vocab.SCHEMA_URL),
}
_IDENTIFIERS: Final = {"doi": vocab.BIBO_DOI, "arxiv": vocab.FABIO_HAS_ARXIV_ID}


_ORCID: Final = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A record in its place: the page that holds it, the key under which it names its work, that work and its node."""

    record: Record
    reading: Reading
    key: MemberKey
    work: Work
    node: NamedNode

    @property
    def occasion(self) -> str:
        """Give the occasion within which the record's names hold."""
        return keys.occasion_of(self.reading, self.record)

    @property
    def is_event(self) -> bool:
        """Tell whether the record describes an event, such as a tutorial, instead of a paper."""
        return is_event(self.record)

    def part(self, part: Part, names: Names) -> tuple[NamedNode, list[Fact]]:
        """Give the node that stands for a part of the work, and the fact that it replaces the record's own, where it does."""
        own, now = (names.thing(one.kind, *one.names) for one in (part, self.work.parts[part]))
        return now, [] if own == now else [derived(own, vocab.DCTERMS_IS_REPLACED_BY, now)]


def iter_paper(entry: Entry, names: Names) -> Iterator[Fact]:
    """Yield what a record says of its paper, tutorial or talk, without its concepts and its place in the programme."""
    yield from _classes(entry)
    yield label(entry.node, entry.work.label)
    yield from _fields(entry)
    yield from _authors(entry, names)
    for resource in entry.record.resources:
        yield from _resource(entry, resource, names)


def _classes(entry: Entry) -> Iterator[Fact]:
    kind = entry.record.kind
    if entry.is_event:
        yield is_a(entry.node, _EVENTS[kind])
        return
    yield is_a(entry.node, vocab.SCHEMA_SCHOLARLY_ARTICLE)
    if kind is RecordKind.WORKSHOP_PAPER:
        yield is_a(entry.node, vocab.FABIO_WORKSHOP_PAPER)
    elif entry.reading.facts.conference:
        yield is_a(entry.node, vocab.FABIO_CONFERENCE_PAPER)


def _fields(entry: Entry) -> Iterator[Fact]:
    """Yield the fields that are plain values, as printed."""
    record = entry.record

    def say(predicate: str, value: Literal, field: str) -> Fact:
        return Fact(entry.node, node(predicate), value, place(record, field))

    for predicate, value, field in (
        (vocab.DCTERMS_TITLE, record.title, "title"),
        (vocab.DCTERMS_ABSTRACT, record.abstract, "abstract"),
        (vocab.CG_PRINTED_VENUE, record.venue, "venue"),
    ):
        if value:
            yield say(predicate, terms.text(value), field)
    if record.year:
        yield Fact(entry.node, node(vocab.FABIO_HAS_PUBLICATION_YEAR), terms.year(record.year), _year_place(entry))
    for predicate, identifier in _identifiers(record):
        yield say(predicate, terms.text(identifier), "ids")
    for keyword in record.keywords:
        yield say(vocab.SCHEMA_KEYWORDS, terms.text(plain(keyword)), "keywords")
    for flag in record.flags:
        yield say(vocab.CG_FLAG, terms.text(flag), "abstract")
    if any(author.others for author in record.authors):
        yield say(vocab.CG_FURTHER_AUTHORS, Literal(value=True), "authors")


def _identifiers(record: Record) -> Iterator[tuple[str, str]]:
    """Yield identifiers with their predicates; those after the first of a scheme may be another version's, and are no DOI of the paper."""
    for scheme, identifier in sorted(record.ids.items()):
        own = _IDENTIFIERS.get(scheme)
        yield own or vocab.DCTERMS_IDENTIFIER, identifier if own else f"{scheme}:{identifier}"
    for scheme, further in sorted(record.further_ids.items()):
        yield from ((vocab.DCTERMS_IDENTIFIER, f"{scheme}:{identifier}") for identifier in further)


def _year_place(entry: Entry) -> tuple[Span, ...]:
    """Give the place that says a record's year: its own, else the venue or the page's conference where that names it."""
    record, conference = entry.record, entry.reading.facts.conference
    if "year" not in record.spans and str(record.year) in (record.venue or ""):
        return place(record, "venue")
    if "year" not in record.spans and conference and conference.span and conference.year == record.year:
        return (conference.span,)
    return place(record, "year")


def _authors(entry: Entry, names: Names) -> Iterator[Fact]:
    named = [(entry.record.institutions[i], key) for field, i, key in keys.iter_concepts(entry.record) if field == "institutions"]
    institutions = {fold(name): key for concept, key in named for name in (concept.name, *concept.aliases)}
    for position, author in enumerate(entry.record.authors, start=1):
        yield from _authorship(entry, author, position, institutions, names)


def _authorship(entry: Entry, author: Author, position: int, institutions: Mapping[str, MemberKey], names: Names) -> Iterator[Fact]:
    """Yield one authorship; a position that differs from the leading list of authors is not stated."""
    own = keys.person_key(author, entry.record, entry.occasion)
    person = names.entity(own)
    someone = names.of(person)
    here, older = entry.part(authorship(entry.key, own), names)
    spans = author_place(entry.record, author)

    def say(subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Fact:
        return Fact(subject, node(predicate), value, spans, about=someone)

    yield is_a(here, vocab.SOA_AUTHORSHIP)
    yield label(here, f"{plain(person.label)}, author of {entry.work.name}")
    yield from older
    yield say(entry.node, vocab.DCTERMS_CREATOR, someone)
    yield say(entry.node, vocab.SOA_HAS_AUTHORSHIP, here)
    yield say(here, vocab.SOA_HAS_AUTHOR, someone)
    if entry.work.positions.get(person.key) == position:
        yield say(here, vocab.SOA_POSITION, Literal(position))
    for scheme, identifier in sorted(author.ids.items()):
        yield say(someone, vocab.DCTERMS_IDENTIFIER, terms.text(f"{scheme}:{identifier}"))
        if scheme == "orcid" and _is_orcid(identifier):
            yield say(someone, vocab.OWL_SAME_AS, node(f"https://orcid.org/{identifier}"))
    for affiliation in author.affiliations:
        institution = institutions.get(fold(affiliation))
        organizations = names.organizations(affiliation) or ([names.of(names.entity(institution))] if institution else [])
        where = _affiliation_place(entry, author, affiliation) or spans
        about = organizations[0] if organizations else None
        yield Fact(here, node(vocab.SOA_RAW_AFFILIATION), terms.text(affiliation), where, about=about)
        for organization in organizations:
            yield Fact(here, node(vocab.SOA_HAS_ORGANIZATION), organization, where)


def _is_orcid(identifier: str) -> bool:
    """Tell whether an identifier is one that ORCID could have given. Source: ISO 7064, MOD 11-2.

    >>> _is_orcid("0000-0002-1825-0097"), _is_orcid("0000-0002-1825-0098")
    (True, False)
    """
    if not _ORCID.fullmatch(identifier):
        return False
    total = 0
    for digit in identifier.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == identifier[-1]


def author_place(record: Record, author: Author) -> tuple[Span, ...]:
    """Give the place of an author's name, or that of the author field where it has none."""
    return (Span(author.start, author.end),) if author.end > author.start else place(record, "authors")


def _affiliation_place(entry: Entry, author: Author, affiliation: str) -> tuple[Span, ...]:
    """Give the place where the page prints an author's affiliation: the first after the name; none where it prints other words.

    It may stand behind the field, in a list that marks lead to, but not in the abstract.
    """
    field = place(entry.record, "authors")
    if not field or not affiliation:
        return ()
    end = max([field[0].end, *(span.end for span in place(entry.record, "record"))])
    abstract = [span.start for span in place(entry.record, "abstract") if field[0].end <= span.start]
    start = entry.reading.page.text.find(affiliation, author.end, min([end, *abstract]))
    return (Span(start, start + len(affiliation)),) if start >= 0 else ()


def _resource(entry: Entry, resource: Resource, names: Names) -> Iterator[Fact]:
    kind, location = _RESOURCES[resource.kind]
    url = address(resource.url)
    there = names.thing("resource", url)
    spans = (Span(resource.start, resource.end),)
    yield is_a(there, kind)
    yield label(there, url.partition("://")[2])
    yield Fact(entry.node, node(vocab.CG_HAS_RESOURCE), there, spans)
    yield Fact(there, node(location), terms.uri(url), spans)


def iter_recovered_title(record: Record, paper: NamedNode, origin: NamedNode) -> Iterator[Fact]:
    """Yield the marks of a paper whose title one page prints, in `record`, and another does not; the origin's page states them."""
    spans = place(record, "title")
    yield Fact(paper, node(vocab.CG_RECOVERED_TITLE), terms.text(record.title or ""), spans)
    yield Fact(paper, node(vocab.CG_TITLE_RECOVERED_FROM), origin, spans, about=paper)


def iter_page_organizations(entry: Entry, names: Names) -> Iterator[Fact]:
    """Yield that the organisations whose work a page lists stand behind the record's paper."""
    for named in entry.reading.facts.organizations:
        organization = names.of(names.entity(keys.concept_key(EntityKind.ORGANIZATION, named.name)))
        yield Fact(entry.node, node(vocab.CG_WORK_OF), organization, _within(entry.record, named.mentions) or named.mentions[:1])


def _within(record: Record, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Give those of some places that stand in the record itself."""
    whole = record.spans.get("record")
    return tuple(span for span in spans if whole and whole.start <= span.start and span.end <= whole.end)
