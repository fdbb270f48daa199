"""Read references whose fields stand on lines behind tags: PubMed's, the Web of Science's, and EndNote's (refer).

Source: MEDLINE/PubMed data element descriptions; Web of Science field tags; refer(1) and EndNote's export filter for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from confgraph.errors import SourceError
from confgraph.ingest.decode import decode
from confgraph.ingest.forms import ids
from confgraph.ingest.forms.fields_text import Entry, Person, Unread, render
from confgraph.ingest.forms.names import said
from confgraph.ingest.forms.venues import kind_of_venue

NAME: Final = "references"
SUFFIXES: Final = frozenset({".nbib", ".enw", ".ciw"})


class _Dialect(NamedTuple):
    """How a service writes references: what opens its files, a line with its tag, the tag that opens a reference, and what tags hold.

    `lists` are the tags of which each line is a value; the lines of others make one text. `stopped` says that
    a full stop is put behind titles.
    """

    name: str
    start: re.Pattern[bytes]
    line: re.Pattern[str]
    opening: str
    fields: Mapping[str, tuple[str, ...]]
    lists: frozenset[str] = frozenset()
    stopped: bool = False


_DIALECTS: Final = (
    _Dialect(
        "PubMed",
        re.compile(rb"\s{0,100}PMID- ?\d+\s"),
        re.compile(r"(?P<tag>[A-Z]{2,4}) {0,2}- (?P<value>.*)"),
        "PMID",
        {
            "title": ("TI", "BTI"), "authors": ("FAU", "AU"), "groups": ("CN",), "abstract": ("AB",), "venue": ("JT", "TA"),
            "year": ("DP",), "doi": ("LID", "AID"), "keywords": ("OT",), "place": ("AD",), "orcid": ("AUID",),
        },
        stopped=True,
    ),
    _Dialect(
        "Web of Science",
        re.compile(rb"\s{0,100}(?:FN [^\n]{3,200}\r?\nVR \d|PT [A-Z]\r?\nAU )"),
        re.compile(r"(?P<tag>[A-Z][A-Z0-9]|ER)(?: (?P<value>.*)|$)"),
        "PT",
        {
            "title": ("TI",), "authors": ("AF", "AU"), "groups": ("CA",), "abstract": ("AB",), "venue": ("SO", "CT"), "year": ("PY",),
            "doi": ("DI",), "keywords": ("DE",), "places": ("C1",), "orcids": ("OI",),
        },
        frozenset({"AU", "AF", "CA", "C1"}),
    ),
    _Dialect(
        "EndNote",
        re.compile(rb"\s{0,100}%0 [A-Z][^\n]{2,60}\r?\n%[A-Z@]"),
        re.compile(r"%(?P<tag>\S)(?: (?P<value>.*)|$)"),
        "0",
        {
            "title": ("T",), "authors": ("A",), "abstract": ("X",), "venue": ("B", "J", "S"), "year": ("D", "8"), "doi": ("R",),
            "keywords": ("K",), "url": ("U",),
        },
    ),
)  # fmt: skip
_IN_SQUARES: Final = re.compile(r"\[(?P<names>[^\[\]]{1,4000})\]\s*(?P<place>[^\[\]\n]{2,})")
_NO_DOI: Final = re.compile(r"\[(?!doi\])\w+\]")

_Tag = tuple[str, list[str]]


def fits(head: bytes) -> bool:
    """Tell whether a file starts as one of the services writes references."""
    return _dialect(head) is not None


def read(data: bytes, where: str) -> str:
    """Read tagged references as fields; a line without a tag goes on with the one above it.

    Raises:
        SourceError: the file is no text, or starts with no tag that is known.
    """
    text, _ = decode(data, where)
    dialect = _dialect(text[:4_000].encode("utf-8", "replace"))
    if dialect is None:
        raise SourceError(where, "no reference was found", "give a file whose references start with `PMID- `, `PT ` or `%0 `")
    return render(dialect.name, list(_iter_entries(text, dialect)))


def _dialect(head: bytes) -> _Dialect | None:
    head = head.removeprefix(b"\xef\xbb\xbf")
    return next((dialect for dialect in _DIALECTS if dialect.start.match(head)), None)


def _iter_entries(text: str, dialect: _Dialect) -> Iterator[Entry | Unread]:
    for line, tags in _iter_references(text, dialect):
        entry = _entry(tags, dialect)
        yield entry if entry.says_enough else Unread(f"line {line}", "neither title nor abstract")


def _iter_references(text: str, dialect: _Dialect) -> Iterator[tuple[int, list[_Tag]]]:
    """Yield the line, from 1, at which each reference starts, and its tags with their lines in order."""
    tags: list[_Tag] = []
    start = 0
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.rstrip().removeprefix("\ufeff")
        m = dialect.line.match(line)
        if not m:
            if tags and line.strip():
                tags[-1][1].append(line.strip())
        elif m["tag"] == dialect.opening:
            if start:
                yield start, tags
            tags, start = [], number
        elif start:
            tags.append((m["tag"], [(m["value"] or "").strip()]))
    if start:
        yield start, tags


def _entry(tags: Sequence[_Tag], dialect: _Dialect) -> Entry:
    values: dict[str, list[str]] = {}
    for tag, lines in tags:
        values.setdefault(tag, []).extend(lines if tag in dialect.lists else [" ".join(lines)])

    def all_of(field: str) -> list[str]:
        return next((found for tag in dialect.fields.get(field, ()) if (found := [v for v in values.get(tag, ()) if v])), [])

    def first(field: str) -> str:
        return next(iter(all_of(field)), "")

    dois = [found for text in all_of("doi") if not _NO_DOI.search(text) and (found := ids.doi(text))]
    urls = tuple(url for url in all_of("url") if url.startswith(("http://", "https://")))
    return Entry(
        kind=kind_of_venue(first("venue")),
        title=first("title").removesuffix("." if dialect.stopped else ""),
        authors=_with_own(_people(tags, dialect), all_of("places"), all_of("orcids")),
        groups=tuple(all_of("groups")),
        abstract=first("abstract"),
        venue=first("venue"),
        year=first("year"),
        keywords=tuple(word for text in all_of("keywords") for word in re.split(r"[;\n]", text)),
        ids=ids.united([("doi", doi) for doi in dois[:1]], ids.of_addresses(urls)),
        urls=urls,
    )


def _people(tags: Sequence[_Tag], dialect: _Dialect) -> list[Person]:
    """Read the authors by the fullest tag that there is; an institution or ORCID behind one belongs to the author before it."""
    present = {tag for tag, _ in tags}
    own = next((tag for tag in dialect.fields["authors"] if tag in present), "")
    people: list[Person] = []
    for tag, lines in tags:
        text = " ".join(lines)
        if tag == own:
            people += [Person(said(name)) for name in (lines if tag in dialect.lists else [text]) if name]
        elif people and tag in dialect.fields.get("place", ()):
            people[-1] = replace(people[-1], affiliations=(*people[-1].affiliations, text))
        elif people and tag in dialect.fields.get("orcid", ()) and (orcid := ids.orcid(text)):
            people[-1] = replace(people[-1], ids=(("orcid", orcid),))
    return people


def _with_own(people: Sequence[Person], places: Sequence[str], orcids: Sequence[str]) -> tuple[Person, ...]:
    """Give people what other fields name them with: `[Reed, Ada; Pond, Bo] University of Wool`, `Reed, Ada/0000-...`."""
    held: dict[str, list[str]] = {}
    for m in _IN_SQUARES.finditer("\n".join(places)):
        for name in m["names"].split(";"):
            held.setdefault(said(name.strip()), []).append(" ".join(m["place"].split()).rstrip("."))
    known = {said(name.strip()): ids.orcid(orcid) for text in orcids for name, _, orcid in (one.partition("/") for one in text.split(";"))}
    return tuple(
        replace(
            person,
            affiliations=person.affiliations or tuple(dict.fromkeys(held.get(person.name, ()))),
            ids=person.ids or ids.united([("orcid", known.get(person.name, ""))]),
        )
        for person in people
    )
