"""Read the answer of arXiv's query interface, a feed in Atom.

Source: arXiv API user manual, section 3.3 (details of Atom results returned).
"""

from __future__ import annotations

from collections.abc import Iterator

from confgraph.ingest.forms import ids
from confgraph.ingest.forms.elements import Element, attribute, children, text_at, text_of
from confgraph.ingest.forms.fields_text import Entry, Person, Unread
from confgraph.ingest.forms.venues import kind_of_venue


def iter_entries(root: Element) -> Iterator[Entry | Unread]:
    """Yield the papers of a feed; an entry without an arXiv identifier is none, such as the answer to a wrong query."""
    for element in children(root, "entry"):
        entry = _entry(element)
        if not any(scheme == "arxiv" for scheme, _ in entry.ids):
            yield Unread(f"line {element.sourceline}", "an entry of the feed without an arXiv identifier")
        else:
            yield entry if entry.says_enough else Unread(f"line {element.sourceline}", "neither title nor abstract")


def _entry(element: Element) -> Entry:
    address = text_at(element, "id")
    links = [attribute(link, "href") for link in children(element, "link") if attribute(link, "rel") in ("alternate", "")]
    urls = tuple(dict.fromkeys(url for url in (address, *links) if url.startswith("http")))
    venue = text_at(element, "journal_ref")
    categories = " ".join(attribute(category, "term") for category in children(element, "category"))
    comment = text_at(element, "comment")
    return Entry(
        kind=kind_of_venue(venue),
        title=text_at(element, "title"),
        authors=tuple(
            Person(text_at(author, "name"), tuple(text_of(place) for place in children(author, "affiliation")))
            for author in children(element, "author")
        ),
        abstract=text_at(element, "summary"),
        venue=venue,
        date=text_at(element, "published")[:10],
        ids=ids.united([("doi", ids.doi(text_at(element, "doi")))], ids.of_addresses([address])),
        urls=urls,
        comments=tuple(text for text in (comment, f"arXiv categories: {categories}" if categories else "") if text),
    )
