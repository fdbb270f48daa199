"""Read works as OpenAlex gives them.

Source: OpenAlex documentation, Work object.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from confgraph.ingest.forms import ids
from confgraph.ingest.forms.fields_text import Entry, Person
from confgraph.ingest.forms.rows import objects_in, text_in, texts_in
from confgraph.ingest.forms.tags import without_tags
from confgraph.ingest.forms.venues import kind_of_venue

NAME = "OpenAlex"


def fits(row: Mapping[str, Any]) -> bool:
    """Tell whether an object is a work."""
    return isinstance(row.get("authorships"), list)


def of_row(row: Mapping[str, Any]) -> Entry:
    """Read a work; the abstract is put together from its inverted index."""
    places = [*objects_in(row, "primary_location"), *objects_in(row, "best_oa_location"), *objects_in(row, "locations")]
    venue = next((name for place in places if (name := text_in(place, "source", "display_name") or text_in(place, "raw_source_name"))), "")
    urls = tuple(dict.fromkeys(url for place in places for url in texts_in(place, "landing_page_url")))
    keywords = [text_in(keyword, "display_name") or text_in(keyword, "keyword") for keyword in objects_in(row, "keywords")]
    return Entry(
        kind=kind_of_venue(venue),
        title=without_tags(text_in(row, "title") or text_in(row, "display_name")),
        authors=tuple(map(_person, objects_in(row, "authorships"))),
        others=row.get("is_authors_truncated") is True,
        abstract=without_tags(_abstract(row.get("abstract_inverted_index")) or text_in(row, "abstract")),
        venue=venue,
        year=text_in(row, "publication_year"),
        date=text_in(row, "publication_date"),
        keywords=tuple(keywords),
        ids=ids.united(
            [("doi", ids.doi(text_in(row, "doi"))), ("openalex", ids.openalex(text_in(row, "id")))],
            ids.of_addresses(urls),
        ),
        urls=urls,
    )


def _person(authorship: Mapping[str, Any]) -> Person:
    """Read an authorship: the affiliations as printed, else the names of the institutions."""
    printed = [text_in(place, "raw_affiliation_string") for place in objects_in(authorship, "affiliations")]
    raw = texts_in(authorship, "raw_affiliation_strings") or [place for place in printed if place]
    named = [text_in(place, "display_name") for place in objects_in(authorship, "institutions")]
    known = [("orcid", ids.orcid(text_in(authorship, "author", "orcid"))), ("openalex", ids.openalex(text_in(authorship, "author", "id")))]
    name = text_in(authorship, "author", "display_name") or text_in(authorship, "raw_author_name")
    return Person(name, tuple(raw or named), ids.united(known))


def _abstract(index: Any) -> str:
    """Put the words of an inverted index in their order."""
    if not isinstance(index, Mapping):
        return ""
    placed = [(at, str(word)) for word, places in index.items() for at in _iter_places(places)]
    return " ".join(word for _, word in sorted(placed))


def _iter_places(places: Any) -> Iterable[int]:
    return (at for at in places if isinstance(at, int)) if isinstance(places, list) else ()
