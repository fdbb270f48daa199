"""Find out which column of a table, or key of an object, holds which field, and read rows by that."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from confgraph.errors import SourceError
from confgraph.ingest.forms import ids
from confgraph.ingest.forms.cells import Style, iter_people, listed, split_list
from confgraph.ingest.forms.fields_text import Entry, Person
from confgraph.ingest.forms.rows import objects_in, text_in, texts_in
from confgraph.ingest.forms.tags import without_tags
from confgraph.ingest.forms.venues import kind_of_venue
from confgraph.records import RecordKind

_NAMES: Final = {
    "title": "title papertitle articletitle documenttitle paper papername titleofpaper submissiontitle talktitle titel titre titulo name",
    "authors": "authorsparsed authorfullnames authors author authornames authorname authorlist paperauthors creators creator speakers "
    "speaker presenters presenter autoren auteurs autores",
    "affiliations": "affiliations affiliation aff affs institutions institution authoraffiliations authoraffiliation organizations "
    "organization organisations organisation universities",
    "author ids": "authorids authorid authororcids orcids orcid dblp dblps authordblp dblpids",
    "abstract": "abstract paperabstract abstracttext abstractnote summary zusammenfassung resume resumen description",
    "venue": "venue conference conferencename booktitle journal sourcetitle publicationtitle proceedings proceeding proceedingstitle "
    "containertitle journalref",
    "year": "year publicationyear pubyear conferenceyear jahr",
    "date": "date publicationdate published day",
    "room": "room roomname hall location",
    "session": "session sessiontitle sessionname sessions",
    "track": "track tracks trackname",
    "start": "start starttime startsat begin",
    "end": "end endtime endsat",
    "keywords": "keywords keyword authorkeywords tags topics subjects manualtags",
    "doi": "doi",
    "arxiv": "arxiv arxivid eprint",
    "ids": "externalids ids identifiers",
    "id": "id paperid anthologyid aclid",
    "kind": "kind type contributiontype",
    "status": "status decision presentation presentationtype",
    "url": "url link address paperurl pdf pdfurl pdflink code codeurl codelink github githuburl project projectpage website site arxivurl "
    "openreviewurl openreview openaccess urlabs urlpdf dataset dataseturl",
}
"""The names that columns of each field have, without case, spaces and punctuation; the likelier ones first."""
_TAGS: Final = {"title": "ti", "authors": "af au", "abstract": "ab", "venue": "so", "year": "py", "keywords": "de", "doi": "di"}
"""The names that the Web of Science gives columns."""
_OWN_TAGS: Final = frozenset({"pt", "au", "ti"})
"""Those that tell its tables."""
FIELDS: Final = tuple(_NAMES)
"""The fields that a sidecar may name columns for."""

_WEAK: Final = frozenset("name paper description summary resume author creator creators presenter".split())
"""Names of columns that lists of other things have too."""
_WORD: Final = re.compile(r"[\W_]+")
_NOTHING: Final = frozenset({"nan", "none", "null", "n/a", "-", "–", "—", "tbd", "tba"})
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+")
_NUMBERED: Final = re.compile(r"(?:author|presenter|speaker)(?:name)?\d{1,3}(?:name)?")
"""Columns that hold an author each: `Author 1`, `Author 2 Name`."""
_LISTS: Final = frozenset({"authors", "affiliations", "keywords"})
_SHOWN: Final = 12
"""So many names of columns an error tells."""
_KINDS: Final = {kind.value: kind for kind in RecordKind}
_SCHEMES: Final[Mapping[str, Callable[[str], str]]] = {
    "doi": ids.doi,
    "arxiv": ids.arxiv,
    "acl": ids.acl,
    "dblp": str,
    "openreview": str,
    "openalex": str,
}


@dataclass(frozen=True, slots=True)
class Columns:
    """What the user says of a table: which column holds which field, and what stands between two authors of one cell."""

    names: Mapping[str, str] = field(default_factory=dict)
    author_separator: str | None = None

    def __bool__(self) -> bool:
        """Tell whether anything is said."""
        return bool(self.names or self.author_separator)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads rows of one table: the columns of each field, the likeliest first, and how its people are written."""

    columns: Mapping[str, tuple[str, ...]]
    style: Style

    def entry(self, row: Mapping[str, Any]) -> Entry:
        """Read a row; a value of another type than its field has is not there."""
        people = list(iter_people(self._authors(row), self.style))
        authors, groups = self._affiliated(row, [person for person, _ in people])
        venue = self._text(row, "venue")
        urls = tuple(url for column in self.columns.get("url", ()) for url in texts_in(row, column) if _ADDRESS.fullmatch(url))
        status = self._text(row, "status")
        return Entry(
            kind=_KINDS.get(self._text(row, "kind").casefold()) or kind_of_venue(venue),
            title=without_tags(self._text(row, "title")),
            authors=authors,
            others=any(others for _, others in people),
            groups=groups,
            abstract=without_tags(self._text(row, "abstract")),
            venue=venue,
            **{name: self._text(row, name) for name in ("year", "date", "room", "session", "track", "start", "end")},
            keywords=tuple(split_list(self._value(row, "keywords"))),
            ids=self._ids(row, urls),
            urls=urls,
            comments=(f"status: {status}",) if status else (),
        )

    def _authors(self, row: Mapping[str, Any]) -> Any:
        """Give what says who the authors are: one column, or all those that are numbered, an author in each."""
        if _NUMBERED.fullmatch(_bare(self.columns.get("authors", ("",))[0])):
            return [cell for column in self.columns["authors"] for cell in texts_in(row, column)]
        return self._value(row, "authors")

    def _value(self, row: Mapping[str, Any], name: str) -> Any:
        """Give the first value of a field that says anything; a list that is printed in a cell is one."""
        values = (row.get(column) for column in self.columns.get(name, ()))
        found = next((value for value in values if value not in (None, "", [], {})), None)
        return listed(found) if isinstance(found, str) and name in _LISTS else found

    def _text(self, row: Mapping[str, Any], name: str) -> str:
        value = self._value(row, name)
        texts = [text_in(value, "name") or text_in(value, "title")] if isinstance(value, Mapping) else texts_in({name: value}, name)
        text = ", ".join(texts) if name in ("session", "track", "room") else texts[0] if texts else ""
        return "" if text.casefold() in _NOTHING else text

    def _affiliated(self, row: Mapping[str, Any], people: Sequence[Person]) -> tuple[tuple[Person, ...], tuple[str, ...]]:
        """Give each author what stands at their place in the columns beside; affiliations that are not one for each belong to the paper."""
        own = self._known(row, people)
        value = self._value(row, "affiliations")
        if isinstance(value, list):
            places = [[text for text in texts_in({"a": item}, "a") if text.casefold() not in _NOTHING] for item in value]
        else:
            places = [
                [text] if text.casefold() not in _NOTHING else []
                for text in self.style.placed(text_in({"a": value}, "a"), len(people), commas=False)
            ]
        if len(places) == len(people):
            united = ((p, tuple(dict.fromkeys((*p.affiliations, *place)))) for p, place in zip(people, places, strict=True))
            return tuple(Person(p.name, place, known) for (p, place), known in zip(united, own, strict=True)), ()
        persons = tuple(Person(p.name, p.affiliations, known) for p, known in zip(people, own, strict=True))
        return persons, tuple(dict.fromkeys(text for place in places for text in place))

    def _known(self, row: Mapping[str, Any], people: Sequence[Person]) -> list[ids.Ids]:
        """Give the identifiers of each author: those beside the name, and those at their place in another column."""
        own = [person.ids for person in people]
        for column in self.columns.get("author ids", ()):
            value = row.get(column)
            texts = (
                [text_in({"a": v}, "a") for v in value] if isinstance(value, list) else self.style.placed(text_in(row, column), len(people))
            )
            if len(texts) == len(people):
                of = ids.of_dblp_person if _bare(column).startswith("dblp") else ids.of_person
                own = [ids.united(known, of(text)) for known, text in zip(own, texts, strict=True)]
        return own

    def _ids(self, row: Mapping[str, Any], urls: Iterable[str]) -> ids.Ids:
        held_ids = [
            (scheme.casefold(), _SCHEMES[scheme.casefold()](str(value)))
            for held in objects_in({"a": self._value(row, "ids")}, "a")
            for scheme, value in held.items()
            if isinstance(scheme, str) and scheme.casefold() in _SCHEMES and isinstance(value, str | int)
        ]
        own = [(scheme, _SCHEMES[scheme](self._text(row, name))) for scheme, name in (("doi", "doi"), ("arxiv", "arxiv"), ("acl", "id"))]
        own.append(("arxiv", ids.arxiv_alone(self._text(row, "id"))))
        return ids.united(own, held_ids, ids.of_addresses(urls))


def reader(seen: Sequence[str], said: Columns, rows: Sequence[Mapping[str, Any]], where: str) -> Reader:
    """Make the reader of a table from the names of its columns, what the user says of them, and its rows.

    Raises:
        SourceError: the user names a field or column that does not exist, or no column holds titles or abstracts of papers.
    """
    columns = _named(seen, said, where)
    if not columns.keys() & {"title", "abstract"} or not (said.names or _is_of_papers(columns)):
        what = f"no list of papers: among the columns {_shown(seen)}, none are the title and the authors or abstract"
        raise SourceError(where, what, 'name them in confgraph.toml: columns = { title = "...", authors = "..." }')
    cells = [row[column] for column in columns.get("authors", ()) for row in rows if isinstance(row.get(column), str)]
    return Reader(columns, Style.of(cells, said.author_separator))


def names_papers(seen: Iterable[str]) -> bool:
    """Tell whether names of columns are those of a list of papers.

    >>> names_papers(["Paper Title", "Author(s)"]), names_papers(["title", "href"])
    (True, False)
    """
    return _is_of_papers(_guessed(list(seen)))


def _is_of_papers(columns: Mapping[str, tuple[str, ...]]) -> bool:
    """Tell by two of title, authors and abstract, of which lists of other things may have one under that name."""
    found = columns.keys() & {"title", "authors", "abstract"}
    sure = {key for key in found if _bare(columns[key][0]) not in _WEAK}
    return len(found) > 1 and (len(sure) > 1 or ("authors" in found and bool(sure & {"title", "authors"})))


def _named(seen: Sequence[str], said: Columns, where: str) -> dict[str, tuple[str, ...]]:
    """Give the columns of each field: what the user says, else what the names tell."""
    columns = _guessed([name for name in seen if name not in said.names.values()])
    for name, column in said.names.items():
        if name not in _NAMES:
            what = f"the sidecar names a column for the field {name!r}, which is none"
            raise SourceError(where, what, f"known fields: {', '.join(FIELDS)}")
        found = [own for own in seen if own.strip() == column.strip()] or [own for own in seen if _bare(own) == _bare(column)]
        if not found:
            raise SourceError(where, f"has no column {column!r}, which the sidecar names", f"its columns are: {_shown(seen)}")
        columns[name] = (found[0],)
    return columns


def _guessed(seen: Sequence[str]) -> dict[str, tuple[str, ...]]:
    bare: dict[str, str] = {}
    for name in seen:
        bare.setdefault(_bare(name), name)
    names = {**_NAMES, **_TAGS} if bare.keys() >= _OWN_TAGS else _NAMES
    found = {key: tuple(bare[word] for word in words.split() if word in bare) for key, words in names.items()}
    if not found["authors"]:
        found["authors"] = tuple(name for word, name in bare.items() if _NUMBERED.fullmatch(word))
    return {key: columns for key, columns in found.items() if columns}


def _bare(name: str) -> str:
    """Give a column's name without case, spaces, punctuation and the plural in brackets (`Author(s)`)."""
    return _WORD.sub("", name.casefold().replace("(s)", "s"))


def _shown(seen: Sequence[str]) -> str:
    shown = ", ".join(repr(name[:40]) for name in seen[:_SHOWN])
    return shown + (f" and {len(seen) - _SHOWN} more" if len(seen) > _SHOWN else "")
