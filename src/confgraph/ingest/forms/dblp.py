"""Read DBLP: its XML records, and the answers of its search in XML and JSON.

Source: DBLP, some lessons learned (Ley, VLDB 2009), and the FAQ on its search API.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from confgraph.ingest.forms import ids
from confgraph.ingest.forms.elements import Element, attribute, child, children, name_of, text_at, text_of
from confgraph.ingest.forms.fields_text import Entry, Person, Unread
from confgraph.ingest.forms.names import without_number
from confgraph.ingest.forms.rows import text_in, texts_in
from confgraph.ingest.forms.tags import without_tags
from confgraph.ingest.forms.venues import kind_of_venue

_PAPERS: Final = ("article", "inproceedings", "incollection", "phdthesis", "mastersthesis", "book", "data")
_VENUES: Final = ("booktitle", "journal", "school")


def iter_records(root: Element) -> Iterator[Entry | Unread]:
    """Yield the papers among the records of a file or of a person's page; volumes and home pages are none."""
    for element in children(root, *_PAPERS, "r"):
        record = next(children(element, *_PAPERS), None) if name_of(element) == "r" else element
        if record is not None:
            entry = _of_record(record)
            yield entry if entry.says_enough else Unread(f"line {record.sourceline}", "neither title nor abstract")


def iter_hits(root: Element) -> Iterator[Entry | Unread]:
    """Yield the papers of a search's answer in XML."""
    for hit in children(child(root, "hits"), "hit"):
        info = child(hit, "info")
        said: dict[str, Any] = {name_of(part): text_of(part) for part in reversed(list(() if info is None else info))}
        said["authors"] = {
            "author": [{"text": text_of(author), "@pid": attribute(author, "pid")} for author in children(child(info, "authors"), "author")]
        }
        entry = of_info(said)
        yield entry if entry.says_enough else Unread(f"line {hit.sourceline}", "neither title nor abstract")


def fits(row: Mapping[str, Any]) -> bool:
    """Tell whether an object is a hit of a search, or what it says."""
    info = row.get("info", row)
    authors = info.get("authors") if isinstance(info, Mapping) else None
    return isinstance(authors, Mapping) and "author" in authors


def of_row(row: Mapping[str, Any]) -> Entry:
    """Read a hit of a search, or what it says."""
    info = row.get("info", row)
    return of_info(info if isinstance(info, Mapping) else {})


def of_info(info: Mapping[str, Any]) -> Entry:
    """Read what a hit of a search says."""
    authors = info.get("authors")
    listed = authors.get("author") if isinstance(authors, Mapping) else None
    named = listed if isinstance(listed, list) else [listed]
    people = [p if isinstance(p, Mapping) else {"text": p} for p in named if p]
    return _entry(
        without_tags(text_in(info, "title")),
        tuple(_person(without_tags(text_in(p, "text")), text_in(p, "@pid"), "") for p in people),
        without_tags(text_in(info, "venue")),
        text_in(info, "year"),
        text_in(info, "key"),
        [*texts_in(info, "ee"), *texts_in(info, "doi"), *texts_in(info, "url")],
    )


def _of_record(record: Element) -> Entry:
    authors = tuple(_person(text_of(author), "", attribute(author, "orcid")) for author in children(record, "author"))
    venue = next((text for name in _VENUES if (text := text_at(record, name))), "")
    return _entry(
        text_at(record, "title"),
        authors,
        venue,
        text_at(record, "year"),
        attribute(record, "key"),
        [text_of(link) for link in children(record, "ee")],
    )


def _entry(title: str, authors: tuple[Person, ...], venue: str, year: str, key: str, links: Sequence[str]) -> Entry:
    urls = tuple(dict.fromkeys(link for link in links if link.startswith(("http://", "https://"))))
    doi = next((found for link in links if (found := ids.doi(link))), "")
    return Entry(
        kind=kind_of_venue(venue),
        title=title.removesuffix(".") if not title.endswith("..") else title,
        authors=authors,
        venue=venue,
        year=year,
        ids=ids.united([("doi", doi), ("dblp", key)], ids.of_addresses(urls)),
        urls=urls,
    )


def _person(name: str, page: str, orcid: str) -> Person:
    """Read an author; the number that tells people of one name apart is no part of the name."""
    said, number = without_number(name)
    known = [("orcid", ids.orcid(orcid)), ("dblp", page), ("dblp-name", name.strip() if number and not page else "")]
    return Person(said, ids=ids.united(known))
