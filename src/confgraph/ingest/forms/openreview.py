"""Read notes as OpenReview gives them, in both versions of its interface: a value of `content` is plain or stands under `value`.

Source: OpenReview documentation, API 1 and API 2 notes.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any, Final

from confgraph.ingest.forms import ids
from confgraph.ingest.forms.fields_text import Entry, Person
from confgraph.ingest.forms.rows import objects_in, text_in, texts_in
from confgraph.ingest.forms.venues import kind_of_venue

NAME: Final = "OpenReview"

_ADDRESS: Final = "https://openreview.net/"
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CODE: Final = ("code", "code_url", "code_link", "github", "project_page", "project", "dataset", "dataset_url", "html", "pdf", "arxiv")


def fits(row: Mapping[str, Any]) -> bool:
    """Tell whether an object is a note."""
    return isinstance(row.get("content"), Mapping)


def is_reply(row: Mapping[str, Any]) -> bool:
    """Tell whether a note answers another, as reviews and decisions do."""
    forum = row.get("forum")
    return bool(row.get("replyto")) or (bool(forum) and bool(row.get("id")) and forum != row.get("id"))


def of_row(row: Mapping[str, Any]) -> Entry:
    """Read a note that is a submission."""
    content = {str(key): _plain(value) for key, value in row["content"].items()}
    own = text_in(row, "forum") or text_in(row, "id")
    venue = text_in(content, "venue") or text_in(content, "booktitle") or text_in(content, "conference")
    named = [f"{_ADDRESS.rstrip('/')}{url}" if url.startswith("/") else url for key in _CODE for url in texts_in(content, key)]
    urls = (*([f"{_ADDRESS}forum?id={own}"] if own else []), *(url for url in named if url.startswith(("http://", "https://"))))
    area = text_in(content, "primary_area") or text_in(content, "subject_areas")
    summary = text_in(content, "TLDR") or text_in(content, "TL;DR") or text_in(content, "one-sentence_summary")
    return Entry(
        kind=kind_of_venue(venue or text_in(content, "venueid").replace("/", " ")),
        title=text_in(content, "title"),
        authors=_people(content),
        abstract=text_in(content, "abstract"),
        venue=venue,
        year=text_in(content, "year") or _year(venue, text_in(content, "venueid"), row),
        session=text_in(content, "session"),
        track=text_in(content, "track"),
        keywords=tuple(keyword for value in texts_in(content, "keywords") for keyword in re.split(r"[;,]", value)),
        ids=ids.united([("openreview", own), ("doi", ids.doi(text_in(content, "doi")))], ids.of_addresses(urls)),
        urls=tuple(dict.fromkeys(urls)),
        comments=tuple(f"{key}: {text}" for key, text in (("primary area", area), ("summary", summary)) if text),
    )


def _plain(value: Any) -> Any:
    return value["value"] if isinstance(value, Mapping) and "value" in value else value


def _people(content: Mapping[str, Any]) -> tuple[Person, ...]:
    """Read the authors, with the profiles that stand at their places; mail addresses are left out."""
    if held := objects_in(content, "authors"):
        return tuple(map(_person, held))
    names = texts_in(content, "authors")
    known = texts_in(content, "authorids")
    if len(known) != len(names):
        return tuple(map(Person, names))
    return tuple(Person(name, ids=ids.of_person(own)) for name, own in zip(names, known, strict=True))


def _person(author: Mapping[str, Any]) -> Person:
    places = [text_in(place, "name") or text_in(place, "domain") for place in objects_in(author, "institutions")]
    known = ids.of_person(text_in(author, "username"))
    return Person(text_in(author, "fullname") or text_in(author, "name"), tuple(filter(None, places)), known)


def _year(venue: str, group: str, row: Mapping[str, Any]) -> str:
    """Give the year that the venue names, else that of publication; times are in milliseconds."""
    if m := _YEAR.search(venue) or _YEAR.search(group):
        return m.group()
    moment = row.get("pdate") or row.get("odate")
    if not isinstance(moment, int) or not 0 < moment < 32_503_680_000_000:  # the year 3000
        return ""
    return str(datetime.datetime.fromtimestamp(moment / 1000, datetime.UTC).year)
