"""Read the JSON-LD of a page, in the terms of schema.org: articles, and events with their talks.

Contexts are not fetched: what calls itself `ScholarlyArticle`, with any prefix, is one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from confgraph.ingest.forms import ids
from confgraph.ingest.forms.fields_text import Entry, Facts, Person
from confgraph.ingest.forms.html.times import year_in
from confgraph.ingest.forms.tags import without_tags
from confgraph.ingest.forms.venues import kind_of_venue
from confgraph.ingest.lines import count_words
from confgraph.ingest.people import lists_people, split_authors
from confgraph.records import RecordKind

_ARTICLES: Final = frozenset({"ScholarlyArticle", "MedicalScholarlyArticle", "Chapter", "Thesis", "Report", "PresentationDigitalDocument"})
_EVENTS: Final = frozenset(
    {"Event", "EducationEvent", "BusinessEvent", "ConferenceEvent", "EventSeries", "LiteraryEvent", "CourseInstance", "PublicationEvent"}
)
_MOST_OBJECTS: Final = 200_000
_ABSTRACT_WORDS: Final = 15
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT(\d\d:\d\d)")
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")
_WRAPPING: Final = re.compile(r"^\s*(?:<!--|<!\[CDATA\[|//\s*<!\[CDATA\[)|(?:-->|\]\]>|//\s*\]\]>)\s*$")
_IDLE: Final = re.compile(r"\b(?:break|lunch|registration|reception|dinner|breakfast|welcome|networking)\b", re.IGNORECASE)

_Object = Mapping[str, Any]


@dataclass(slots=True)
class Linked:
    """What the JSON-LD of a page says: articles, talks of events, and the event that holds all others."""

    articles: list[Entry] = field(default_factory=list)
    talks: list[Entry] = field(default_factory=list)
    facts: Facts | None = None


def read_linked(scripts: Sequence[str], most: int = _MOST_OBJECTS) -> Linked:
    """Read the texts of JSON-LD scripts, in order, up to so many objects; what is no JSON says nothing.

    >>> read_linked(['{"@type": "ScholarlyArticle", "name": "On Sheep", "author": {"name": "Ada Example"}}']).articles[0].title
    'On Sheep'
    """
    objects = [*_iter_objects(_parsed(scripts), most)]
    known = {str(o["@id"]): o for o in objects if "@id" in o and len(o) > 1}
    reader = _Reader(known)
    linked = Linked()
    inner = {id(sub) for o in objects for sub in reader.objects(o, "subEvent", "subEvents")}
    for o in objects:
        if _types(o) & _ARTICLES:
            linked.articles.append(reader.article(o))
        elif _types(o) & _EVENTS and id(o) not in inner:
            talks, facts = reader.event(o)
            linked.talks += talks
            linked.facts = linked.facts or facts
    linked.articles = _told_once(linked.articles)
    linked.talks = _told_once(linked.talks)
    return linked


def _parsed(scripts: Sequence[str]) -> list[Any]:
    found = []
    for script in scripts:
        try:
            found.append(json.loads(_WRAPPING.sub("", script), strict=False))
        except (ValueError, RecursionError):
            continue
    return found


def _iter_objects(values: list[Any], most: int) -> Iterator[_Object]:
    """Yield all objects, outer before inner, in order."""
    waiting = values[::-1]
    for _ in range(most):
        if not waiting:
            return
        value = waiting.pop()
        if isinstance(value, dict):
            yield value
            waiting += [v for v in reversed(list(value.values())) if isinstance(v, dict | list)]
        elif isinstance(value, list):
            waiting += value[::-1]


def _types(o: _Object) -> set[str]:
    found = o.get("@type", o.get("type"))
    return {re.split(r"[/#:]", t)[-1] for t in (found if isinstance(found, list) else [found]) if isinstance(t, str)}


def _list(value: Any) -> list[Any]:
    if isinstance(value, dict) and "@list" in value:
        value = value["@list"]
    if isinstance(value, dict) and "itemListElement" in value:
        value = value["itemListElement"]
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any) -> str:
    """Give the text of a value: a string, a number, a value with its language, or a thing with a name."""
    for _ in range(4):
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, dict):
            value = next((value[key] for key in ("@value", "name", "headline", "@id") if value.get(key)), None)
    return without_tags(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _first(o: _Object, *keys: str) -> str:
    return next((text for key in keys if (text := _text(o.get(key)).strip())), "")


class _Reader:
    """Read objects, following references to those that stand elsewhere on the page."""

    def __init__(self, known: Mapping[str, _Object]) -> None:
        self._known = known

    def objects(self, o: _Object, *keys: str) -> list[_Object]:
        """Give the objects that some keys lead to."""
        return [value for key in keys for item in _list(o.get(key)) if isinstance(value := self._followed(item), Mapping)]

    def article(self, o: _Object) -> Entry:
        """Read an article."""
        persons, groups = self._people(o, "author", "creator")
        venue = self._venue(o)
        date = _first(o, "datePublished", "dateCreated", "dateModified")
        description = _first(o, "description")
        addresses = [_text(v) for key in ("url", "sameAs", "@id", "mainEntityOfPage") for v in _list(o.get(key))]
        urls = tuple(u for u in addresses if u.startswith(("http://", "https://")))
        return Entry(
            kind=kind_of_venue(venue),
            title=_first(o, "name", "headline", "title"),
            authors=persons,
            groups=groups,
            abstract=_first(o, "abstract") or (description if count_words(description) >= _ABSTRACT_WORDS else ""),
            venue=venue,
            year=year_in(date),
            date=date if _DATE.match(date) else "",
            keywords=tuple(_keywords(o.get("keywords"))),
            ids=ids.united(self._ids(o), ids.of_addresses(addresses)),
            urls=tuple(u for u in urls if "#" not in u),
        )

    def event(self, root: _Object) -> tuple[list[Entry], Facts | None]:
        """Read an event: its talks, and, where it holds others or none speaks at it, what it says of all of them."""
        talks: list[Entry] = []
        waiting: list[tuple[_Object, str, int]] = [(root, "", 0)]
        seen = 0
        while waiting and seen < _MOST_OBJECTS:
            seen += 1
            o, session, depth = waiting.pop()
            below = self.objects(o, "subEvent", "subEvents")
            if below:
                name = _first(o, "name") if depth else ""
                waiting += [(sub, name or session, depth + 1) for sub in reversed(below)]
            elif talk := self._talk(o, session, nested=depth > 0):
                talks.append(talk)
        whole = bool(self.objects(root, "subEvent", "subEvents")) or not talks
        return talks, self._facts(root) if whole else None

    def _talk(self, o: _Object, session: str, *, nested: bool) -> Entry | None:
        """Read an event that holds no others: what is spoken of, else by whom."""
        persons, groups = self._people(o, "performer", "performers", "actor", "speaker", "author", "contributor")
        above = next(iter(self.objects(o, "superEvent")), None)
        if not nested and above is None and not (persons and _first(o, "description")):
            return None
        featured = next((w for w in self.objects(o, "workFeatured", "workPerformed", "about") if _types(w) & _ARTICLES), None)
        base = self.article(featured) if featured else Entry(kind=RecordKind.TALK, title=_first(o, "name", "headline"))
        if not featured and (not persons or _IDLE.search(base.title)):
            return None
        description = _first(o, "description")
        starts, ends = _first(o, "startDate", "startTime"), _first(o, "endDate", "endTime")
        return replace(
            base,
            authors=base.authors or persons,
            groups=base.groups or groups,
            abstract=base.abstract or (description if count_words(description) >= _ABSTRACT_WORDS else ""),
            session=session or (_first(above, "name") if above and "superEvent" in above else ""),
            room=_first(o, "location"),
            date=day.group() if (day := _DATE.match(starts)) else base.date,
            start=m[1] if (m := _TIME.match(starts)) else "",
            end=m[1] if (m := _TIME.match(ends)) else "",
            urls=base.urls or tuple(u for u in [_first(o, "url")] if u.startswith("http")),
        )

    def _facts(self, o: _Object) -> Facts | None:
        name = _first(o, "name")
        starts, ends = _first(o, "startDate"), _first(o, "endDate")
        if not name:
            return None
        place = next(iter(self.objects(o, "location")), {})
        address = next(iter(self.objects(place, "address")), {})
        town = ", ".join(t for key in ("addressLocality", "addressCountry") if (t := _text(address.get(key)).strip()))
        return Facts(
            conference=_first(o, "alternateName") or name,
            name=name if _first(o, "alternateName") else "",
            year=year_in(name) or year_in(starts[:4]),
            place=town or _first(o, "location"),
            start_date=day.group() if (day := _DATE.match(starts)) else "",
            end_date=day.group() if (day := _DATE.match(ends)) else "",
        )

    def _followed(self, value: Any) -> Any:
        """Follow a reference that says nothing itself."""
        if isinstance(value, str):
            return self._known.get(value, value)
        if isinstance(value, dict):
            if "item" in value and "ListItem" in _types(value):
                value = value["item"]
            if isinstance(value, dict) and set(value) <= {"@id", "@type"}:
                return self._known.get(str(value.get("@id")), value)
        return value

    def _people(self, o: _Object, *keys: str) -> tuple[tuple[Person, ...], tuple[str, ...]]:
        """Read the people that the first of some keys names, and the groups among them."""
        persons: list[Person] = []
        groups: list[str] = []
        found = next((values for key in keys if (values := _list(o.get(key)))), [])
        for value in map(self._followed, found):
            if isinstance(value, Mapping):
                name = _first(value, "name") or " ".join(t for key in ("givenName", "familyName") if (t := _text(value.get(key)).strip()))
                if _types(value) & {"Organization", "PerformingGroup", "Corporation", "CollegeOrUniversity"}:
                    groups += [name] if name else []
                elif name:
                    persons.append(Person(_said(name), tuple(self._affiliations(value)), tuple(_person_ids(value))))
            elif text := _text(value).strip():
                persons += [Person(author.name) for author in split_authors(text, 0)] if lists_people(text) else [Person(_said(text))]
        return tuple(persons), tuple(groups)

    def _affiliations(self, person: _Object) -> Iterator[str]:
        for key in ("affiliation", "worksFor"):
            for value in map(self._followed, _list(person.get(key))):
                parts = [_first(value, "department"), _first(value, "name", "legalName")] if isinstance(value, Mapping) else [_text(value)]
                if text := ", ".join(p for p in parts if p.strip()):
                    yield text

    def _venue(self, o: _Object) -> str:
        """Name the innermost thing that an article is a part of and that has a name of its own."""
        at: Any = next(iter(self.objects(o, "isPartOf")), None)
        for _ in range(4):
            if not isinstance(at, Mapping):
                break
            name = _first(at, "name", "headline")
            if name and not _types(at) & {"WebSite", "WebPage", "CollectionPage"}:
                return name
            at = next(iter(self.objects(at, "isPartOf")), None)
        return _text(o.get("isPartOf")) if isinstance(o.get("isPartOf"), str) and not str(o["isPartOf"]).startswith("http") else ""

    def _ids(self, o: _Object) -> Iterator[tuple[str, str]]:
        for key in ("doi", "identifier", "@id", "sameAs", "url"):
            for value in _list(o.get(key)):
                text = _first(value, "value", "@id", "url") if isinstance(value, Mapping) else _text(value)
                if found := ids.doi(text):
                    yield "doi", found


def _said(name: str) -> str:
    """Give one name in the order in which it is said; what is no name after all stays as it is."""
    authors = split_authors(name, 0)
    return authors[0].name if "," in name and len(authors) == 1 else name


def _person_ids(person: _Object) -> Iterator[tuple[str, str]]:
    for key in ("identifier", "@id", "sameAs", "url"):
        for value in _list(person.get(key)):
            text = _first(value, "value", "@id", "url") if isinstance(value, Mapping) else _text(value)
            yield from (found for found in ids.of_person(text) if found[0] == "orcid")


def _keywords(value: Any) -> Iterator[str]:
    for item in _list(value):
        text = _text(item)
        yield from (word.strip() for word in re.split(r"[;,]" if ";" not in text else ";", text) if word.strip())


def _told_once(entries: Sequence[Entry]) -> list[Entry]:
    """Keep one entry for each title and start, the one that says most."""
    best: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        key = (" ".join(entry.title.casefold().split()), entry.start)
        if entry.title and (key not in best or _says(entry) > _says(best[key])):
            best[key] = entry
    return list(best.values())


def _says(entry: Entry) -> int:
    return bool(entry.authors) + bool(entry.abstract) + bool(entry.ids) + bool(entry.venue)
