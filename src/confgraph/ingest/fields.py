"""Read the text that structured files become: one block per record, one line per field.

`confgraph.ingest.forms.fields_text` says how it is written, and writes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from confgraph.ingest.forms.fields_text import HEADER, LIST_SEPARATOR
from confgraph.ingest.lines import Line, cover, split_paragraphs
from confgraph.ingest.sketch import Draft, Sketch
from confgraph.records import Author, Conference, Named, RecordKind, Span, TextClass
from confgraph.text import plain

_FIELD: Final = re.compile(r"(?P<key>[a-z][a-z. ]{0,15}): (?P<value>.+)", re.DOTALL)
_PLACES: Final = {
    "title": "title", "abstract": "abstract", "venue": "venue", "room": "room", "session": "session", "track": "track",
    "start": "start_time", "end": "end_time",
}  # fmt: skip
"""The keys whose value is one place of a draft, with the place's name."""
_OF_AUTHOR: Final = frozenset({"affiliation", "orcid", "id"})
"""The keys of the lines that stand indented below an author."""
_OF_RECORD: Final = frozenset(
    {*_PLACES, "kind", "author", "et al.", "group", "year", "date", "keywords", "doi", "arxiv", "id", "url", "comment"}
)
_OF_PAGE: Final = frozenset({"conference", "full name", "event", "year", "place", "start date", "end date"})
_UNREAD: Final = "unread"
_KNOWN: Final = _OF_AUTHOR | _OF_RECORD | _OF_PAGE | {_UNREAD}
_KINDS: Final = {kind.value: kind for kind in RecordKind}
_YEAR: Final = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")
_STATED: Final = (
    ("full name", "name", None),
    ("place", "place", None),
    ("start date", "start_date", _DATE),
    ("end date", "end_date", _DATE),
)
"""The keys of a conference's facts, the fields they are, and the pattern of what they may say."""
_SHARE: Final = 0.9
"""The least share of a page's lines that are fields."""


def score(lines: Sequence[Line]) -> float:
    """Say whether lines are fields: 1 where the first line says so and nearly all others have a known key, else 0."""
    if not lines or lines[0].index or not lines[0].text.startswith(HEADER):
        return 0.0
    known = sum(_field(line) is not None for line in lines[1:])
    return 1.0 if len(lines) > 1 and known >= _SHARE * (len(lines) - 1) else 0.0


def read(text: str, lines: Sequence[Line]) -> Sketch:
    """Find each block's fields; a block without a title or an abstract states facts of the page, or what could not be read."""
    marks = [(line.span, TextClass.HEADER) for line in lines[:1]]
    sketch = Sketch((), exact=True)
    drafts: list[Draft] = []
    rejects: list[tuple[Span, str]] = []
    for block in split_paragraphs(list(lines[1:])):
        fields = [field for line in block if (field := _field(line, nested=_is_nested(text, line)))]
        keys = {field.key for field in fields if not field.nested}
        if _UNREAD in keys:
            rejects += [(cover(block), field.value) for field in fields if field.key == _UNREAD]
            marks.append((cover(block), TextClass.COMMENTARY))
        elif keys & {"title", "abstract"}:
            drafts.append(_draft(fields, cover(block)))
        elif keys <= _OF_PAGE and not drafts:
            sketch = _with_facts(sketch, fields)
            # The name is left to be found in the text, for a known series has a name of its own.
            marks += [(Span(line.start, at), TextClass.FACT) for line, at in zip(block, map(_fact_end, block), strict=True)]
        else:
            rejects.append((cover(block), "neither title nor abstract"))
    return replace(sketch, drafts=tuple(drafts), marks=tuple(marks), rejects=tuple(rejects))


class _Field(NamedTuple):
    """A key and the place of its value; `nested` where the line is indented below an author."""

    key: str
    value: str
    span: Span
    nested: bool


def _field(line: Line, *, nested: bool = False) -> _Field | None:
    """Read a line of a known key."""
    m = _FIELD.fullmatch(line.text)
    if not m or m["key"] not in (_OF_AUTHOR if nested else _KNOWN):
        return None
    return _Field(m["key"], m["value"], Span(line.start + m.start("value"), line.end), nested)


def _is_nested(text: str, line: Line) -> bool:
    return line.start > 0 and text[line.start - 1] == " "


def _draft(fields: Sequence[_Field], span: Span) -> Draft:
    """Make the draft of a block; of a key that stands once, the first counts."""
    places: dict[str, Any] = {}
    found = _Lists()
    for field in fields:
        if field.nested:
            found.add_to_author(field)
        elif field.key in _PLACES:
            places.setdefault(_PLACES[field.key], field.span)
        elif add := _ADD.get(field.key):
            add(found, field)
    kind = next((_KINDS[f.value] for f in fields if f.key == "kind" and f.value in _KINDS), RecordKind.PAPER)
    year = next((place for key in ("year", "date") for f in fields if f.key == key and not f.nested and (place := _year(f))), None)
    return Draft(
        kind=kind,
        span=span,
        authors=tuple(found.authors),
        groups=tuple(found.groups),
        keywords=tuple(found.keywords),
        ids=tuple(found.ids),
        links=tuple(found.links),
        year=year,
        **places,
    )


class _Lists:
    """What a block may hold many of, while it is read."""

    def __init__(self) -> None:
        self.authors: list[Author] = []
        self.groups: list[Span] = []
        self.keywords: list[Span] = []
        self.ids: list[tuple[str, Span]] = []
        self.links: list[Span] = []

    def add_author(self, field: _Field) -> None:
        self.authors.append(Author(plain(field.value) or field.value, start=field.span.start, end=field.span.end))

    def add_to_author(self, field: _Field) -> None:
        if not self.authors:
            return
        author = self.authors[-1]
        if field.key == "affiliation":
            self.authors[-1] = replace(author, affiliations=(*author.affiliations, field.value))
            return
        scheme, _, value = field.value.partition(":") if field.key == "id" else (field.key, "", field.value)
        if scheme not in author.ids:
            self.authors[-1] = replace(author, ids={**author.ids, scheme: value})

    def add_others(self, field: _Field) -> None:
        if self.authors and field.value == "yes":
            self.authors[-1] = replace(self.authors[-1], others=True)

    def add_keywords(self, field: _Field) -> None:
        at = field.span.start
        for keyword in field.value.split(LIST_SEPARATOR):
            if keyword.strip():
                self.keywords.append(Span(at, at + len(keyword)))
            at += len(keyword) + len(LIST_SEPARATOR)

    def add_id(self, field: _Field) -> None:
        scheme, colon, value = field.value.partition(":")
        if colon and scheme and value:
            self.ids.append((scheme, Span(field.span.end - len(value), field.span.end)))

    def add_own_id(self, field: _Field) -> None:
        self.ids.append((field.key, field.span))

    def add_group(self, field: _Field) -> None:
        self.groups.append(field.span)

    def add_link(self, field: _Field) -> None:
        self.links.append(field.span)


_ADD: Final[Mapping[str, Callable[[_Lists, _Field], None]]] = {
    "author": _Lists.add_author,
    "et al.": _Lists.add_others,
    "group": _Lists.add_group,
    "keywords": _Lists.add_keywords,
    "doi": _Lists.add_own_id,
    "arxiv": _Lists.add_own_id,
    "id": _Lists.add_id,
    "url": _Lists.add_link,
}
"""What each key that may stand more than once adds to a record."""


def _year(field: _Field) -> Span | None:
    """Give the place of the year in a value."""
    m = _YEAR.search(field.value)
    return Span(field.span.start + m.start(), field.span.start + m.end()) if m else None


def _fact_end(line: Line) -> int:
    field = _field(line)
    return field.span.start if field and field.key == "conference" else line.end


def _with_facts(sketch: Sketch, fields: Sequence[_Field]) -> Sketch:
    """Add what a block states of the page."""
    said = {field.key: field for field in reversed(fields)}
    event, named = said.get("event"), said.get("conference")
    if event:
        sketch = replace(sketch, event=Named(event.value, (event.span,)))
    return replace(sketch, conference=_conference(named, said)) if named else sketch


def _conference(named: _Field, said: Mapping[str, _Field]) -> Conference:
    """Read the conference's name, whose last word may be its year, and what stands beside it."""
    years = [(field, place) for field in (said.get("year"), named) if field and (place := _year(field))]
    spans: dict[str, Span] = {}
    year = None
    if years:
        field, place = years[0]
        spans["year"] = place
        year = int(field.value[place.start - field.span.start : place.end - field.span.start])
    values: dict[str, str] = {}
    for key, name, fits in _STATED:
        stated = said.get(key)
        if stated and (fits is None or fits.fullmatch(stated.value)):
            values[name] = stated.value
            spans[name] = stated.span
    series = _YEAR.sub("", named.value).strip(" ,-()'’") or named.value
    return Conference(" ".join(series.split()), year, **values, span=named.span, spans=spans)
