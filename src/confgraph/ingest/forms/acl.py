"""Read the XML of the ACL Anthology: a collection of volumes of papers.

Source: the Anthology's schema, `data/xml/schema.rnc` of acl-org/acl-anthology.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from confgraph.ingest.facts import read_dates
from confgraph.ingest.forms import ids
from confgraph.ingest.forms.elements import Element, attribute, child, children, name_of, text_at, text_of
from confgraph.ingest.forms.fields_text import Entry, Facts, Person, Unread
from confgraph.ingest.forms.names import full
from confgraph.ingest.forms.venues import kind_of_venue

ADDRESS: Final = "https://aclanthology.org/"
_EVENT: Final = re.compile(r"(?P<series>[a-z][a-z0-9-]*)-(?P<year>\d{4})")
_OLD: Final = re.compile(r"[A-Z]\d\d")


def facts(root: Element) -> Facts | None:
    """Give what the collection says of its one event; with none or several there is nothing to say."""
    events = list(children(root, "event"))
    named = _EVENT.fullmatch(attribute(events[0], "id")) if len(events) == 1 else None
    if not named:
        return None
    meta = child(events[0], "meta")
    start, end = read_dates(text_at(meta, "dates"), int(named["year"]))
    return Facts(
        conference=f"{named['series'].upper()} {named['year']}",
        name=text_at(meta, "title"),
        place=text_at(meta, "location"),
        start_date=start,
        end_date=end,
    )


def iter_entries(root: Element) -> Iterator[Entry | Unread]:
    """Yield the papers of all volumes; front matter is none."""
    for volume in children(root, "volume"):
        meta = child(volume, "meta")
        for paper in children(volume, "paper"):
            entry = _entry(root, volume, meta, paper)
            yield entry if entry.says_enough else Unread(f"line {paper.sourceline}", "neither title nor abstract")


def _entry(root: Element, volume: Element, meta: Element | None, paper: Element) -> Entry:
    venue = text_at(meta, "booktitle")
    identifier = ids.acl(text_at(paper, "url")) or _composed(root, volume, paper)
    keywords = text_at(paper, "keywords")
    code = [attribute(link, "url") for link in children(paper, "pwccode", "pwcdataset")]
    urls = (*([f"{ADDRESS}{identifier}"] if identifier else []), *(url for url in code if url.startswith("http")))
    return Entry(
        kind=kind_of_venue(venue),
        title=_marked(child(paper, "title")),
        authors=tuple(_person(author) for author in children(paper, "author")),
        groups=tuple(text_of(group) for group in children(paper, "collaboration")),
        abstract=_marked(child(paper, "abstract")),
        venue=venue,
        year=text_at(meta, "year"),
        keywords=tuple(re.split(r"[;,]", keywords)) if keywords else (),
        ids=ids.united([("doi", ids.doi(text_at(paper, "doi"))), ("acl", identifier)]),
        urls=urls,
        comments=tuple(name_of(mark) for mark in children(paper, "retracted")),
    )


def _composed(root: Element, volume: Element, paper: Element) -> str:
    """Put the identifier together that a paper without address has."""
    collection, number, own = attribute(root, "id"), attribute(volume, "id"), attribute(paper, "id")
    if _OLD.fullmatch(collection) and own.isdecimal() and number.isdecimal():
        return f"{collection}-{number}{own.zfill(4 - len(number))}"
    return ids.acl(f"{collection}-{number}.{own}")


def _person(author: Element) -> Person:
    """Read an author; without parts of a name, the text is the name."""
    name = full(text_at(author, "first"), text_at(author, "last")) or text_of(author)
    own = attribute(author, "id")
    known = ids.united([("orcid", ids.orcid(attribute(author, "orcid"))), ("acl", own)])
    return Person(name, tuple(text_of(place) for place in children(author, "affiliation")), known)


def _marked(element: Element | None) -> str:
    """Give a text in which mathematics stands between dollar signs, as in print."""
    if element is None:
        return ""
    for formula in children(element, "tex-math"):
        formula.text = f"${text_of(formula)}$"
        del formula[:]
    return text_of(element)
