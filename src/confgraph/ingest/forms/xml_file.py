"""Read XML files, by the shape that their root tells; entities are not expanded, nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from lxml import etree

from confgraph.errors import SourceError
from confgraph.ingest.decode import decode_as, is_charset, marked_encoding
from confgraph.ingest.forms import acl, arxiv, crossref, dblp, oai
from confgraph.ingest.forms.elements import Element, name_of
from confgraph.ingest.forms.fields_text import Entry, Facts, Unread, render

NAME: Final = "XML"
SUFFIXES: Final = frozenset({".xml", ".atom"})

_START: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?:<\?xml\b|<(?:collection|dblp|dblpperson|feed|crossref_result|doi_records|doi_batch|result|OAI-PMH)[\s>])"
)
_UTF16: Final = (b"\xff\xfe<\x00?\x00x\x00", b"\xfe\xff\x00<\x00?\x00x")
_UNMARKED: Final = ((b"<\x00?\x00x\x00", "utf-16-le"), (b"\x00<\x00?\x00x", "utf-16-be"))
_DECLARED: Final = re.compile(rb"\s{0,100}<\?xml\b[^>]{0,200}?\bencoding\s{0,10}=\s{0,10}[\"']\s{0,10}(?P<name>[\w.:-]{1,40})")
_HTML: Final = re.compile(rb"<(?:!DOCTYPE\s++)?html\b", re.IGNORECASE)
_OPENING: Final = 1_024
_LONG_TAG: Final = re.compile(rb"<[^<]{20000}[^<]*")
_ATTRIBUTE: Final = re.compile(rb"\s[^\s=<>\"']{1,200}\s{0,10}=")
_MOST_ATTRIBUTES: Final = 1_000
"""libxml2 takes time in the square of their number."""


def _no_facts(root: Element) -> Facts | None:
    """Give nothing: most files say nothing of their whole."""
    del root
    return None


class _Shape(NamedTuple):
    """A kind of file: its name, and what reads its records and facts."""

    name: str
    entries: Callable[[Element], Iterator[Entry | Unread]]
    facts: Callable[[Element], Facts | None] = _no_facts


_SHAPES: Final = {
    "collection": _Shape("ACL Anthology XML", acl.iter_entries, acl.facts),
    "dblp": _Shape("DBLP XML", dblp.iter_records),
    "dblpperson": _Shape("DBLP XML", dblp.iter_records),
    "result": _Shape("DBLP search XML", dblp.iter_hits),
    "feed": _Shape("arXiv Atom", arxiv.iter_entries),
    "OAI-PMH": _Shape("OAI-PMH", oai.iter_records),
    "crossref_result": _Shape("Crossref XML", crossref.iter_works),
    "doi_records": _Shape("Crossref XML", crossref.iter_works),
    "doi_record": _Shape("Crossref XML", crossref.iter_works),
    "doi_batch": _Shape("Crossref XML", crossref.iter_works),
}
"""The kinds of files by the local name of their root."""
_KNOWN: Final = (
    "ACL Anthology (collection), DBLP (dblp, dblpperson, result), arXiv's Atom (feed), OAI-PMH, Crossref (crossref_result, doi_batch)"
)
"""The kinds, with their roots in brackets."""


def fits(head: bytes) -> bool:
    """Tell whether a file starts as XML does, and is not a page in XHTML."""
    return bool(_START.match(head) or head.startswith(_UTF16)) and not _HTML.search(head, 0, _OPENING)


def read(data: bytes, where: str) -> str:
    """Read an XML file as fields.

    Raises:
        SourceError: the file is not well-formed, of no shape that is known, or holds no paper.
    """
    root = _parse(data, where)
    shape = _SHAPES.get(name_of(root))
    if shape is None:
        raise SourceError(where, f"XML with the root <{name_of(root)[:60]}> is of no kind that is known", f"give one of: {_KNOWN}")
    found = list(shape.entries(root))
    if not any(isinstance(item, Entry) for item in found):
        raise SourceError(where, f"no paper was found in this {shape.name}", f"give one of: {_KNOWN}")
    return render(shape.name, found, shape.facts(root))


def _parse(data: bytes, where: str) -> Element:
    if not data.strip():
        raise SourceError(where, "the file is empty", "give a page with text, or leave the file out")
    data = _as_utf8(data, where)
    if any(len(_ATTRIBUTE.findall(tag.group())) > _MOST_ATTRIBUTES for tag in _LONG_TAG.finditer(data)):
        raise SourceError(where, f"an element has more than {_MOST_ATTRIBUTES:,} attributes", "give a file as the services named write it")
    safe = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    try:
        return etree.fromstring(data, etree.XMLParser(**safe, encoding="utf-8", remove_comments=True, remove_pis=True))
    except etree.XMLSyntaxError as error:
        raise SourceError(where, f"cannot be read as XML: {str(error)[:200]}", "correct the file, or fetch it again") from error


def _as_utf8(data: bytes, where: str) -> bytes:
    """Write a file in UTF-8 whatever it declares, so that what is looked at here is what the parser sees.

    Source: XML 1.0, appendix F (detection of encodings); without mark and declaration a file is UTF-8.
    """
    declared = _DECLARED.match(data)
    told = marked_encoding(data) or next((name for start, name in _UNMARKED if data.startswith(start)), None)
    stated = declared["name"].decode("ascii") if declared else "utf-8"
    # A declaration that can be read byte by byte is not in UTF-16, whatever some programs that write UTF-8 say in it.
    name = told or ("utf-8" if stated.lower().startswith(("utf-16", "utf-32")) else stated)
    text = decode_as(data, name)
    if text is None:
        what = f"it is not in the encoding {name}" if is_charset(name) else "its encoding is none that is known"
        raise SourceError(where, f"cannot be read as XML: {what}", "correct the file, or fetch it again")
    return text.encode("utf-8")
