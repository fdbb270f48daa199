"""Read the meta elements of a page's head: Highwire Press, Dublin Core, PRISM, Open Graph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from confgraph.ingest.forms import ids, names
from confgraph.ingest.forms.fields_text import Entry, Person
from confgraph.ingest.forms.html.times import year_in
from confgraph.ingest.forms.tags import without_tags
from confgraph.ingest.forms.venues import kind_of_venue
from confgraph.ingest.lines import count_words

_PREFIX: Final = re.compile(
    r"^(?:(?P<citation>(?:bepress_|wkhealth_)?citation_)|(?P<dc>dc(?:terms)?[.:])|(?P<eprints>eprints\.)|(?P<prism>prism[.:])|(?P<og>og:|article:))"
)
_FIELDS: Final = {
    "citation": {
        "title": "title", "author": "author", "authors": "authors", "author_institution": "affiliation",
        "author_orcid": "orcid", "abstract": "abstract",
        "publication_date": "date", "date": "date", "cover_date": "date", "year": "date", "online_date": "later",
        "conference_title": "venue",
        "conference": "venue", "inbook_title": "venue", "journal_title": "venue", "book_title": "venue", "doi": "doi", "arxiv_id": "arxiv",
        "keywords": "keywords", "keyword": "keywords", "pdf_url": "url", "abstract_html_url": "url", "public_url": "url",
        "fulltext_html_url": "url",
    },
    "dc": {
        "title": "title", "creator": "author", "creator.personalname": "author", "contributor.author": "author", "description": "abstract",
        "description.abstract": "abstract", "abstract": "abstract", "date": "date", "date.issued": "date", "issued": "date",
        "identifier": "id",
        "identifier.doi": "doi", "identifier.uri": "id", "source": "venue", "ispartof": "venue",
        "relation.ispartof": "venue", "subject": "keywords",
        "bibliographiccitation": "cited",
    },
    "eprints": {
        "title": "title", "creators_name": "author", "abstract": "abstract", "date": "date", "event_title": "venue", "publication": "venue",
        "id_number": "doi", "keywords": "keywords",
    },
    "prism": {"publicationname": "venue", "publicationdate": "date", "doi": "doi", "keyword": "keywords", "url": "url"},
    "og": {"title": "title", "description": "abstract", "url": "url"},
}  # fmt: skip
"""What the names of each vocabulary say, after its prefix.
Source: Google Scholar, Inclusion Guidelines for Webmasters; DCMI Terms; PRISM 3.0."""
_ISO: Final = re.compile(r"(\d{4})[-/](\d\d?)[-/](\d\d?)")
_ABSTRACT_WORDS: Final = 20


def read_metadata(metas: Sequence[tuple[str, str]]) -> Entry | None:
    """Read what the head of a page says of the one paper that the page is about; None where it names no title and author.

    Of the vocabularies that say who wrote it the richest counts, in the order Highwire, EPrints, Dublin Core; others complete it.

    >>> entry = read_metadata([("citation_title", "On Sheep"), ("citation_author", "Example, Ada"), ("citation_date", "2031/05/01")])
    >>> entry.title, entry.authors[0].name, entry.year
    ('On Sheep', 'Ada Example', '2031')
    """
    said: dict[str, list[tuple[str, str]]] = {}
    for name, content in metas:
        m = _PREFIX.match(name.strip().lower())
        if m and m.lastgroup and (key := _FIELDS[m.lastgroup].get(name.strip().lower()[m.end() :])):
            said.setdefault(m.lastgroup, []).append((key, without_tags(content).strip()))
    entries = {vocabulary: _entry(fields) for vocabulary, fields in said.items()}
    main = next((entries[v] for v in ("citation", "eprints", "dc") if v in entries and entries[v].title and entries[v].authors), None)
    if main is None:
        return None
    for vocabulary in ("citation", "prism", "eprints", "dc"):
        if vocabulary in entries:
            main = completed(main, entries[vocabulary])
    if "og" in entries and not main.abstract and count_words(entries["og"].abstract) >= 2 * _ABSTRACT_WORDS:
        main = replace(main, abstract=entries["og"].abstract)
    return replace(main, kind=kind_of_venue(main.venue))


def is_of_article(metas: Sequence[tuple[str, str]]) -> bool:
    """Tell whether a page says that it is about one article, as publishers' pages do."""
    found = {name.strip().lower().removeprefix("bepress_") for name, _ in metas}
    return "citation_title" in found and bool(found & {"citation_author", "citation_authors"})


def completed(entry: Entry, other: Entry) -> Entry:
    """Give an entry with what it lacks from another on the same paper.

    >>> completed(Entry(title="On Sheep"), Entry(title="Sheep", year="2031")).year
    '2031'
    """
    lacking = {
        name: getattr(other, name)
        for name in ("authors", "abstract", "venue", "year", "date", "room", "session", "track", "start", "end", "keywords", "groups")
        if not getattr(entry, name)
    }
    if len(entry.authors) == len(other.authors) and not any(p.affiliations for p in entry.authors):
        pairs = zip(entry.authors, other.authors, strict=True)
        lacking["authors"] = tuple(replace(p, affiliations=o.affiliations, ids=p.ids or o.ids) for p, o in pairs)
    urls = tuple(dict.fromkeys((*entry.urls, *other.urls)))
    return replace(entry, **lacking, ids=ids.united(entry.ids, other.ids), urls=urls)


def _entry(fields: Sequence[tuple[str, str]]) -> Entry:
    texts: dict[str, list[str]] = {}
    for key, content in fields:
        if content:
            texts.setdefault(key, []).append(content)

    def first(key: str) -> str:
        return texts.get(key, [""])[0]

    date = first("date") or first("later")
    abstract = first("abstract")
    return Entry(
        title=first("title"),
        authors=tuple(_iter_people(fields)),
        abstract=abstract if count_words(abstract) >= _ABSTRACT_WORDS else "",
        venue=first("venue"),
        year=year_in(date),
        date=f"{m[1]}-{int(m[2]):02}-{int(m[3]):02}" if (m := _ISO.match(date)) else "",
        keywords=tuple(dict.fromkeys(_iter_keywords(texts.get("keywords", [])))),
        ids=ids.united(_iter_ids(texts)),
        urls=tuple(dict.fromkeys(u for u in texts.get("url", []) if u.startswith(("http://", "https://")))),
    )


def _iter_people(fields: Sequence[tuple[str, str]]) -> Iterator[Person]:
    """Yield the authors; an institution or ORCID belongs to the author before it."""
    people: list[Person] = []
    for key, content in fields:
        if key == "author" and content:
            people.append(Person(names.said(content)))
        elif key == "authors":
            people += [Person(names.said(name)) for name in content.split(";" if ";" in content else ",") if name.strip()]
        elif key == "affiliation" and people and content:
            people[-1] = replace(people[-1], affiliations=(*people[-1].affiliations, content))
        elif key == "orcid" and people and (orcid := ids.orcid(content)):
            people[-1] = replace(people[-1], ids=(("orcid", orcid),))
    yield from people


def _iter_keywords(texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        yield from (word.strip() for word in text.split(";" if ";" in text else ",") if word.strip())


def _iter_ids(texts: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    for text in (*texts.get("doi", []), *texts.get("id", [])):
        yield "doi", ids.doi(text)
    for text in texts.get("arxiv", []):
        yield "arxiv", ids.arxiv(text)
    yield from ids.of_addresses((*texts.get("id", []), *texts.get("url", [])))
