"""Read BibTeX: the blocks by the parser of bibtexparser, the values, names and cross-references as BibTeX itself does."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry, ParsingFailedBlock, String
from bibtexparser.splitter import Splitter

from confgraph.errors import SourceError
from confgraph.ingest.decode import decode as decode_text
from confgraph.ingest.forms import ids
from confgraph.ingest.forms.bibtex_names import read_people
from confgraph.ingest.forms.fields_text import Entry as Fields
from confgraph.ingest.forms.fields_text import Person, Unread, render
from confgraph.ingest.forms.latex import decode
from confgraph.ingest.forms.venues import kind_of_venue

NAME: Final = "BibTeX"
SUFFIXES: Final = frozenset({".bib", ".bibtex"})

_ENTRY: Final = re.compile(
    rb"^[ \t]*@[ \t]*(?:(?:string|comment|preamble)[ \t]*[{(]|[a-z]{3,30}[ \t]*[{(]\s{0,80}[^\s,{}()=\"]{1,200}\s{0,80},)",
    re.IGNORECASE | re.MULTILINE,
)
_ELSEWHERE: Final = re.compile(rb"^(?!(?:\xef\xbb\xbf)?[ \t]*(?:@|%))[^\n]*\S", re.MULTILINE)
_BROKEN: Final = re.compile(r"[ \t]*+(?P<key>[A-Za-z][\w-]*+)[ \t]*+=(?P<value>.*)")
_HEAD: Final = re.compile(r"\s*+@[ \t]*+(?P<type>\w++)[ \t]*+[{(]\s*+(?P<key>[^,\s]*+)\s*+,")
_VOLUMES: Final = frozenset({"proceedings", "mvproceedings", "collection", "mvcollection", "periodical", "set", "xdata"})
"""Types of entries that are no papers but may lend fields to those that name them."""
_MONTHS: Final = {m: m.capitalize() for m in "jan feb mar apr may jun jul aug sep oct nov dec".split()}
_SILENT: Final = logging.NullHandler()
"""What the parser warns of becomes a reject; it shall not go to standard error too."""
_INHERITED: Final = {"title": "booktitle", "booktitle": "booktitle", "year": "year", "date": "date", "eventtitle": "eventtitle"}
"""What a paper takes from the volume it refers to, under which key. Source: BibTeX's `crossref`."""
_ESCAPED: Final = re.compile(r"(?P<tilde>\\~\{\}|\\textasciitilde(?:\{\})?)|\\(?:url|path)(?=\{)|\\(?P<mark>[_%#&~{}])|[{}]")
_LINE_BREAK: Final = re.compile(r"(?<!\\)(?:\\\\)++(?=[{}\",=])")
"""Backslashes that escape each other: what follows them is not escaped, as the parser would have it."""
_ARXIV_VENUE: Final = re.compile(r"arxiv|corr\b", re.IGNORECASE)
_ARXIV_NOTE: Final = re.compile(r"(?:arxiv:\s?)?\S{9,20}(?:\s\[[\w.-]{2,20}\])?", re.IGNORECASE)
"""How Zotero notes where a preprint stands: `arXiv:3101.00001 [cs]`."""


def fits(head: bytes) -> bool:
    """Tell whether a file starts with an entry, after comments at most."""
    first = _ENTRY.search(head)
    if not first:
        return False
    before = _ELSEWHERE.search(head, 0, first.start())
    return before is None or head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"@")


def read(data: bytes, where: str) -> str:
    """Read a BibTeX file as fields.

    An entry whose braces do not match is read line by line; volumes of proceedings only lend fields to their papers.

    Raises:
        SourceError: the file is no text, or holds no entry.
    """
    text, _ = decode_text(data, where)
    entries, unread = _split(text)
    if not entries and not unread:
        raise SourceError(where, "no BibTeX entry was found", "give a file with entries such as @inproceedings{key, title = {...}}")
    by_key = {entry.key.casefold(): entry for entry in reversed(entries)}
    found: list[tuple[int, Fields | Unread]] = [*unread]
    for entry in entries:
        if entry.type in _VOLUMES:
            continue
        fields = _fields(_inherited(entry, by_key), entry)
        problem = Unread(f"line {entry.line} ({entry.key})", "neither title nor abstract")
        found.append((entry.line, fields if fields.says_enough else problem))
    return render(NAME, (item for _, item in sorted(found, key=lambda pair: pair[0])))


class _Entry:
    """An entry of a file: its type in lower case, key, line from 1, and raw values by the fields' names in lower case."""

    __slots__ = ("key", "line", "type", "values")

    def __init__(self, type_: str, key: str, line: int, values: Mapping[str, str]) -> None:
        self.type = type_.casefold()
        self.key = key
        self.line = line
        self.values = values


def _split(text: str) -> tuple[list[_Entry], list[tuple[int, Fields | Unread]]]:
    """Split a file into its entries, and what is none with its line."""
    logging.getLogger("bibtexparser").addHandler(_SILENT)
    strings: dict[str, str] = dict(_MONTHS)
    entries: list[_Entry] = []
    unread: list[tuple[int, Fields | Unread]] = []
    for block in Splitter(_LINE_BREAK.sub(r"\g<0> ", text)).split().blocks:
        known = block.ignore_error_block if isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock) else block
        line = (block.start_line or 0) + 1
        if isinstance(known, String):
            strings[known.key.casefold()] = _value(str(known.value), strings)
        elif isinstance(known, Entry):
            values: dict[str, str] = {}
            for field in known.fields:
                values.setdefault(field.key.casefold(), _value(str(field.value), strings))
            entries.append(_Entry(known.entry_type, known.key, line, values))
        elif isinstance(known, ParsingFailedBlock):
            if entry := _salvaged(known.raw or "", line, strings):
                entries.append(entry)
            else:
                unread.append((line, Unread(f"line {line}", "an entry that is not closed, or lacks a comma or equals sign")))
    return entries, unread


def _salvaged(raw: str, line: int, strings: Mapping[str, str]) -> _Entry | None:
    """Read an entry whose braces do not match by its lines, each a field."""
    head = _HEAD.match(raw)
    if not head:
        return None
    values: dict[str, str] = {}
    for m in filter(None, map(_BROKEN.match, raw[head.end() :].split("\n"))):
        values.setdefault(m["key"].casefold(), _value(m["value"].strip().rstrip(","), strings))
    return _Entry(head["type"], head["key"], line, values) if values else None


def _value(raw: str, strings: Mapping[str, str]) -> str:
    """Put a value together: pieces in braces or quotes, numbers and names of strings, with `#` between."""
    raw = raw.strip()
    if (raw.startswith("{") and raw.endswith("}") and "#" not in raw) or raw.isdecimal():
        return raw[1:-1] if raw.startswith("{") else raw
    return "".join(_piece(piece.strip(), strings) for piece in _iter_pieces(raw))


def _iter_pieces(raw: str) -> Iterator[str]:
    """Yield what stands between the `#` that are in no braces or quotes."""
    depth, quoted, start = 0, False, 0
    for m in re.finditer(r'\\.|[{}"#]', raw, re.DOTALL):
        mark = m.group()
        if mark == "{":
            depth += 1
        elif mark == "}":
            depth -= 1
        elif mark == '"' and depth <= 0:
            quoted = not quoted
        elif mark == "#" and depth <= 0 and not quoted:
            yield raw[start : m.start()]
            start = m.end()
    yield raw[start:]


def _piece(piece: str, strings: Mapping[str, str]) -> str:
    if len(piece) > 1 and (piece[0], piece[-1]) in (("{", "}"), ('"', '"')):
        return piece[1:-1]
    return strings.get(piece.casefold(), piece.strip('{}" '))


def _inherited(entry: _Entry, by_key: Mapping[str, _Entry]) -> Mapping[str, str]:
    """Add the fields that an entry takes from the volume it names."""
    parent = by_key.get(entry.values.get("crossref", "").strip().casefold())
    if parent is None or parent is entry:
        return entry.values
    lent: dict[str, str] = {}
    for key, own in _INHERITED.items():
        if key in parent.values:
            lent.setdefault(own, parent.values[key])
    return {**lent, **entry.values}


def _fields(values: Mapping[str, str], entry: _Entry) -> Fields:
    def said_in(*keys: str) -> str:
        return next((text for key in keys if (text := decode(values.get(key, "")))), "")

    authors, groups, others = read_people(values.get("author", ""))
    subtitle = said_in("subtitle")
    title = said_in("title") + (f": {subtitle}" if subtitle and said_in("title") else "")
    thesis = "thesis" in entry.type
    venue = said_in("booktitle", "eventtitle", "journal", "journaltitle", *(() if thesis else ("institution",)), "howpublished")
    urls = tuple(url for key in ("url", "ee", "pdf", "code", "link") for url in _addresses(values.get(key, "")))
    note = said_in("note")
    return Fields(
        kind=kind_of_venue(venue),
        title=title,
        authors=_affiliated(authors, said_in("affiliation", "school", *(("institution",) if thesis else ()))),
        others=others,
        groups=groups,
        abstract=said_in("abstract"),
        venue="" if venue in urls else venue,
        year=said_in("year", "date"),
        session=said_in("session"),
        track=said_in("track"),
        keywords=tuple(k for piece in re.split(r"[;,\n]", values.get("keywords", "")) if (k := decode(piece))),
        ids=_ids(values, entry, urls),
        urls=urls,
        comments=(note,) if note else (),
    )


def _ids(values: Mapping[str, str], entry: _Entry, urls: Iterable[str]) -> ids.Ids:
    eprint = _bare(values.get("eprint", "")) if values.get("archiveprefix", values.get("eprinttype", "arxiv")).casefold() == "arxiv" else ""
    printed = " ".join(values.get(key, "") for key in ("journal", "volume", "howpublished"))
    on_arxiv = ids.arxiv(printed) if _ARXIV_VENUE.search(printed) else ""
    noted = _ARXIV_NOTE.fullmatch(_bare(values.get("arxivid", "") or values.get("note", "")))
    own = [
        ("doi", ids.doi(_bare(values.get("doi", "")))),
        ("arxiv", ids.arxiv(eprint) or on_arxiv or ids.arxiv(noted.group() if noted else "")),
    ]
    if entry.key.startswith("DBLP:"):
        own.append(("dblp", entry.key.removeprefix("DBLP:")))
    return ids.united(own, ids.of_addresses((*urls, _bare(values.get("biburl", "")))))


def _bare(value: str) -> str:
    """Undo what LaTeX escapes in an address or identifier."""
    return _ESCAPED.sub(lambda m: m["mark"] or ("~" if m["tilde"] else ""), value).strip()


def _addresses(value: str) -> list[str]:
    return [url for url in _bare(value).split() if url.startswith(("http://", "https://"))]


def _affiliated(persons: tuple[Person, ...], affiliation: str) -> tuple[Person, ...]:
    """Give each author the affiliation that is theirs: the piece at their place where there are as many, and a lone author all of it."""
    if not affiliation:
        return persons
    pieces = [affiliation] if len(persons) == 1 else [piece.strip() for piece in affiliation.split(";")]
    if len(pieces) != len(persons):
        return persons
    return tuple(Person(person.name, (piece,) if piece else (), person.ids) for person, piece in zip(persons, pieces, strict=True))
