"""Name the kinds of things that the explorer shows, and the links between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from confgraph import vocab
from confgraph.graph.wording import PHRASES


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of things: the path of its list, its name and plural, its classes, and the family that its colour tells."""

    slug: str
    name: str
    plural: str
    family: str
    classes: tuple[str, ...]


def spelt_out(iri: str) -> str:
    """Make words of the local name of a class or property.

    >>> spelt_out(vocab.CG_USES_METHOD), spelt_out("urn:x")
    ('uses method', 'urn:x')
    """
    local = re.split(r"[#/]", iri.rstrip("#/"))[-1]
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", local).lower()


KINDS: Final = (
    Kind("papers", "Paper", "Papers", "work", (vocab.SCHEMA_SCHOLARLY_ARTICLE,)),
    Kind("tutorials", "Tutorial", "Tutorials", "work", (vocab.CONF_TUTORIAL,)),
    Kind("talks", "Talk", "Talks", "work", (vocab.CONF_TALK,)),
    Kind("people", "Person", "People", "people", (vocab.FOAF_PERSON,)),
    Kind("institutions", "Institution", "Institutions", "people", (vocab.ORG_ORGANIZATION,)),
    Kind("methods", "Method", "Methods", "method", (vocab.CG_METHOD,)),
    Kind("software", "Software", "Software", "method", (vocab.SCHEMA_SOFTWARE_SOURCE_CODE,)),
    Kind("datasets", "Dataset", "Datasets", "data", (vocab.SCHEMA_DATASET,)),
    Kind("tasks", "Task", "Tasks", "task", (vocab.CG_TASK,)),
    Kind("metrics", "Metric", "Metrics", "task", (vocab.CG_METRIC,)),
    Kind("conferences", "Conference", "Conferences", "event", (vocab.CONF_CONFERENCE,)),
    Kind("series", "Conference series", "Conference series", "event", (vocab.CONF_CONFERENCE_SERIES,)),
    Kind("events", "Event", "Events", "event", (vocab.SCHEMA_EVENT,)),
    Kind("workshops", "Workshop", "Workshops", "event", (vocab.CONF_WORKSHOP,)),
    Kind("sessions", "Session", "Sessions", "event", (vocab.CONF_SESSION,)),
    Kind("tracks", "Track", "Tracks", "event", (vocab.CONF_TRACK,)),
    Kind("rooms", "Room", "Rooms", "place", (vocab.SCHEMA_MEETING_ROOM,)),
    Kind("resources", "Resource", "Resources", "place", (vocab.SCHEMA_DATA_DOWNLOAD, vocab.SCHEMA_WEB_SITE, vocab.SCHEMA_CREATIVE_WORK)),
    Kind("sources", "Source page", "Source pages", "place", (vocab.SCHEMA_WEB_PAGE,)),
)
"""The kinds that have a list, in the order in which they are shown; of several classes of a thing, the first one here decides."""

BY_SLUG: Final[Mapping[str, Kind]] = {kind.slug: kind for kind in KINDS}
BY_CLASS: Final[Mapping[str, Kind]] = {iri: kind for kind in KINDS for iri in kind.classes}
_ORDER: Final[Mapping[str, int]] = {kind.slug: i for i, kind in enumerate(KINDS)}

OTHER: Final = Kind("", "Thing", "Things", "place", ())
_NAMED: Final[Mapping[str, str]] = {
    vocab.MLS_MODEL_EVALUATION: "Result",
    vocab.SOA_AUTHORSHIP: "Authorship",
    vocab.RDF_STATEMENT: "Claim",
    vocab.OA_ANNOTATION: "Mention",
    vocab.VOID_DATASET: "Graph",
    vocab.PROV_ACTIVITY: "Activity",
    vocab.PROV_SOFTWARE_AGENT: "Program",
}


def kind_of(classes: Iterable[str]) -> Kind:
    """Give the kind of a thing of these classes; one that has no list is named for its class.

    >>> kind_of([vocab.SKOS_CONCEPT, vocab.CG_METHOD]).plural, kind_of([vocab.MLS_MODEL_EVALUATION]).name, kind_of([]).name
    ('Methods', 'Result', 'Thing')
    """
    known = sorted(set(classes))
    listed = [BY_CLASS[iri] for iri in known if iri in BY_CLASS]
    if listed:
        return min(listed, key=lambda kind: _ORDER[kind.slug])
    for iri in known:
        name = _NAMED.get(iri) or spelt_out(iri).capitalize()
        return Kind("", name, name, "place", (iri,))
    return OTHER


_FACTS: Final[Mapping[str, str]] = {
    vocab.BIBO_DOI: "DOI",
    vocab.FABIO_HAS_ARXIV_ID: "arXiv",
    vocab.FABIO_HAS_PUBLICATION_YEAR: "Year",
    vocab.CG_FLAG: "Remark",
    vocab.CG_FURTHER_AUTHORS: "Further authors",
    vocab.MLS_HAS_VALUE: "Value",
    vocab.SCHEMA_SHA256: "SHA-256 of its text",
    vocab.SCHEMA_URL: "Address",
}


def phrase(prop: str, *, inward: bool = False) -> str:
    """Say a link in words, from its subject or, `inward`, from its object.

    >>> phrase(vocab.CG_USES_METHOD), phrase(vocab.CG_USES_METHOD, inward=True), phrase(vocab.PROV_WAS_DERIVED_FROM, inward=True)
    ('Uses method', 'Used by', 'Was derived from (of)')
    """
    if prop in PHRASES:
        return PHRASES[prop][inward]
    label = spelt_out(prop).capitalize()
    return f"{label} (of)" if inward else label


def fact_name(prop: str) -> str:
    """Say what a literal tells.

    >>> fact_name(vocab.BIBO_DOI), fact_name(vocab.CG_PRINTED_VENUE)
    ('DOI', 'Printed venue')
    """
    return _FACTS.get(prop) or spelt_out(prop).capitalize()
