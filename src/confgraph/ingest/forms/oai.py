"""Read what an archive answers over OAI-PMH: records in arXiv's own metadata, or in Dublin Core.

Source: The Open Archives Initiative Protocol for Metadata Harvesting, version 2.0; arXiv's schema `arXiv.xsd`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from confgraph.ingest.forms import ids
from confgraph.ingest.forms.elements import Element, attribute, child, children, name_of, text_at, text_of
from confgraph.ingest.forms.fields_text import Entry, Person, Unread
from confgraph.ingest.forms.names import full, said
from confgraph.ingest.forms.venues import kind_of_venue

_COMMENT: Final = re.compile(r"comments?:", re.IGNORECASE)
_ABSTRACT_PAGE: Final = "https://arxiv.org/abs/"


def iter_records(root: Element) -> Iterator[Entry | Unread]:
    """Yield the papers of an answer; what was deleted is none."""
    for answer in children(root, "ListRecords", "GetRecord"):
        for record in children(answer, "record"):
            if attribute(child(record, "header"), "status") == "deleted":
                continue
            held = next(children(child(record, "metadata"), *_READERS), None)
            if held is None:
                yield Unread(f"line {record.sourceline}", "metadata in another form than arXiv's or Dublin Core")
                continue
            entry = _READERS[name_of(held)](held)
            yield entry if entry.says_enough else Unread(f"line {record.sourceline}", "neither title nor abstract")


def _of_arxiv(held: Element) -> Entry:
    """Read arXiv's own metadata."""
    venue = text_at(held, "journal-ref")
    identifier = ids.arxiv(text_at(held, "id"))
    comments = (text_at(held, "comments"), text_at(held, "categories"))
    return Entry(
        kind=kind_of_venue(venue),
        title=text_at(held, "title"),
        authors=tuple(map(_person, children(child(held, "authors"), "author"))),
        abstract=text_at(held, "abstract"),
        venue=venue,
        date=text_at(held, "created"),
        ids=ids.united([("doi", ids.doi(text_at(held, "doi"))), ("arxiv", identifier)]),
        urls=(f"{_ABSTRACT_PAGE}{identifier}",) if identifier else (),
        comments=tuple(f"arXiv categories: {text}" if at else text for at, text in enumerate(comments) if text),
    )


def _person(author: Element) -> Person:
    name = full(text_at(author, "forenames"), text_at(author, "keyname"), text_at(author, "suffix"))
    return Person(name, tuple(text_of(place) for place in children(author, "affiliation")))


def _of_dublin_core(held: Element) -> Entry:
    """Read Dublin Core: of several descriptions the first that is no comment is the abstract."""

    def texts(name: str) -> list[str]:
        return [text for element in children(held, name) if (text := text_of(element))]

    told = texts("description")
    places = texts("identifier") + texts("relation")
    dates = sorted(texts("date"))
    venue = next(iter(texts("source")), "")
    return Entry(
        kind=kind_of_venue(venue),
        title=next(iter(texts("title")), ""),
        authors=tuple(Person(said(name)) for name in texts("creator")),
        abstract=next((text for text in told if not _COMMENT.match(text)), ""),
        venue=venue,
        date=dates[0] if dates else "",
        keywords=tuple(texts("subject")),
        ids=ids.united([("doi", ids.doi(place)) for place in places], ids.of_addresses(places)),
        urls=tuple(place for place in places if place.startswith(("http://", "https://"))),
        comments=tuple(text for text in told if _COMMENT.match(text)),
    )


_READERS: Final[Mapping[str, Callable[[Element], Entry]]] = {"arXiv": _of_arxiv, "dc": _of_dublin_core}
"""What reads metadata, by the local name of its root."""
