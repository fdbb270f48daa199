"""Read works as Crossref gives them, in JSON and XML, and the JSON of citation processors (CSL), which is nearly the same.

Source: Crossref REST API format, its UNIXREF schema 5, and the CSL-JSON schema.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from confgraph.ingest.forms import ids
from confgraph.ingest.forms.elements import Element, attribute, child, children, name_of, text_at, text_of
from confgraph.ingest.forms.fields_text import Entry, Person, Unread
from confgraph.ingest.forms.names import full
from confgraph.ingest.forms.rows import objects_in, text_in, texts_in
from confgraph.ingest.forms.tags import without_tags
from confgraph.ingest.forms.venues import kind_of_venue

NAME: Final = "Crossref"

_DATES: Final = ("published", "published-print", "published-online", "issued", "posted", "created")
_PARTS: Final = frozenset({"family", "given", "literal", "non-dropping-particle"})
_WORKS: Final = ("conference_paper", "journal_article", "posted_content", "content_item", "dissertation")
_VOLUMES: Final = frozenset(
    """
    journal journal-volume journal-issue proceedings proceedings-series book-series book-set reference-book report-series component grant
    database
    """.split()
)
"""Types of works that are no papers. Source: Crossref REST API, /types."""


def is_volume(row: Mapping[str, Any]) -> bool:
    """Tell whether a work is a journal, a volume or a part of a paper, which have no authors."""
    return "DOI" in row and text_in(row, "type") in _VOLUMES and not (row.get("author") or row.get("authors"))


def fits(row: Mapping[str, Any]) -> bool:
    """Tell whether an object is a work: its authors have parts of names, or it has the keys of its own that others lack."""
    return any(_PARTS & person.keys() for person in objects_in(row, "author")) or ("DOI" in row and "type" in row)


def of_row(row: Mapping[str, Any]) -> Entry:
    """Read a work; the markup of its texts is dropped."""
    people = objects_in(row, "author")
    groups = [name for person in people if (name := _group(person))]
    subtitle = without_tags(text_in(row, "subtitle"))
    title = without_tags(text_in(row, "title"))
    venues = (text_in(row, *path) for path in (("container-title",), ("event", "name"), ("event-title",), ("event",)))
    venue = without_tags(next(filter(None, venues), ""))
    urls = [*texts_in(row, "URL"), *(text_in(link, "URL") for link in objects_in(row, "resource", "primary"))]
    year, date = _date(row)
    return Entry(
        kind=kind_of_venue(venue),
        title=f"{title}: {subtitle}" if title and subtitle and subtitle.casefold() not in title.casefold() else title,
        authors=tuple(_person(person) for person in people if not _group(person)),
        groups=tuple(groups),
        abstract=without_tags(text_in(row, "abstract")),
        venue=venue,
        year=year,
        date=date,
        keywords=tuple(k for value in (*texts_in(row, "subject"), *texts_in(row, "keyword")) for k in re.split(r"[;,]", value)),
        ids=ids.united([("doi", ids.doi(text_in(row, "DOI")))], ids.of_addresses(urls)),
        urls=tuple(url for url in dict.fromkeys(urls) if url.startswith(("http://", "https://"))),
    )


def iter_works(root: Element) -> Iterator[Entry | Unread]:
    """Yield the works of a file in UNIXREF."""
    for element in root.iter():
        if name_of(element) in _WORKS:
            entry = _of_work(element)
            yield entry if entry.says_enough else Unread(f"line {element.sourceline}", "neither title nor abstract")


def _group(person: Mapping[str, Any]) -> str:
    """Give the name of a collective author; empty for a person."""
    return "" if text_in(person, "family") or text_in(person, "given") else text_in(person, "name") or text_in(person, "literal")


def _person(person: Mapping[str, Any]) -> Person:
    particle = " ".join(text_in(person, key) for key in ("dropping-particle", "non-dropping-particle"))
    name = full(text_in(person, "given"), f"{particle} {text_in(person, 'family')}", text_in(person, "suffix"))
    places = [text_in(place, "name") for place in objects_in(person, "affiliation")]
    return Person(name, tuple(places), ids.united([("orcid", ids.orcid(text_in(person, "ORCID")))]))


def _date(row: Mapping[str, Any]) -> tuple[str, str]:
    """Give the year and the date of the first publication that the work names."""
    for key in _DATES:
        for said in objects_in(row, key):
            parts = said.get("date-parts")
            first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
            numbers = [str(part) for part in first if str(part).isdecimal()]
            if numbers:
                return numbers[0], "-".join([numbers[0], *(n.zfill(2) for n in numbers[1:3])])
            if raw := text_in(said, "raw") or text_in(said, "literal"):
                return raw, ""
    return "", ""


def _of_work(element: Element) -> Entry:
    meeting = next((a for a in element.iterancestors() if name_of(a) in ("conference", "journal", "book")), None)
    venue = next((text for path in _VENUE_PATHS if (text := text_at(meeting, *path))), "")
    listed = list(children(child(element, "contributors"), "person_name", "organization"))
    authors = [person for person in listed if attribute(person, "contributor_role") in ("author", "")]
    date = next(children(element, "publication_date", "posted_date"), None)
    data = child(element, "doi_data")
    abstracts = children(element, "abstract")
    urls = [text_at(data, "resource")]
    return Entry(
        kind=kind_of_venue(venue),
        title=text_at(element, "titles", "title"),
        authors=tuple(_of_person(person) for person in authors if name_of(person) == "person_name"),
        groups=tuple(text_of(group) for group in authors if name_of(group) == "organization"),
        abstract=text_of(next(abstracts, None)),
        venue=venue,
        year=text_at(date, "year"),
        ids=ids.united([("doi", ids.doi(text_at(data, "doi")))], ids.of_addresses(urls)),
        urls=tuple(url for url in urls if url.startswith(("http://", "https://"))),
    )


_VENUE_PATHS: Final = (
    ("proceedings_metadata", "proceedings_title"),
    ("proceedings_series_metadata", "proceedings_title"),
    ("event_metadata", "conference_name"),
    ("journal_metadata", "full_title"),
    ("book_metadata", "titles", "title"),
)


def _of_person(person: Element) -> Person:
    name = full(text_at(person, "given_name"), text_at(person, "surname"), text_at(person, "suffix"))
    printed = [text_of(place) for place in children(person, "affiliation")]
    named = [text_at(place, "institution_name") for place in children(child(person, "affiliations"), "institution")]
    return Person(name, tuple(place for place in (*printed, *named) if place), ids.united([("orcid", ids.orcid(text_at(person, "ORCID")))]))
