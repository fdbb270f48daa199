"""Read the front of a paper in PDF as fields; a PDF that is no paper, as its text.

PDFium draws the pages (in a process of its own, see `process.py`), and what is a title, a name or an abstract is told by size, place and
words. The figures of confidence are rules of thumb: how well the page followed the form that the reader expects.
"""

from __future__ import annotations

import re
from typing import Final

from confgraph.errors import SourceError
from confgraph.ingest.forms.fields_text import Entry, render
from confgraph.ingest.forms.pdf.abstract import Abstract, find_abstract
from confgraph.ingest.forms.pdf.authors import Authors, read_authors
from confgraph.ingest.forms.pdf.front import find_appearance, find_ids, find_title
from confgraph.ingest.forms.pdf.letters import named
from confgraph.ingest.forms.pdf.process import Head, Sheet, read_head, read_text
from confgraph.ingest.forms.pdf.typeset import split_segments, turned_text
from confgraph.ingest.forms.venues import kind_of_venue

NAME: Final = "PDF"
SUFFIXES: Final = frozenset({".pdf"})

_START: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,100}%PDF-\d")
_LINE_HYPHEN: Final = re.compile("[\x02\ufffe]")
"""What PDFium gives for a hyphen at the end of a line."""
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_FEWEST: Final = 40
"""A page with fewer letters is a picture, or all but empty."""
_UNREADABLE: Final = 0.2
"""The share of characters without a meaning from which a page's text is no text."""


def fits(head: bytes) -> bool:
    """Tell whether a file starts as PDF files do."""
    return bool(_START.match(head))


def read(data: bytes, where: str) -> str:
    """Read a PDF: the front of a paper as fields, anything without an abstract on its first page as the text of all its pages.

    Raises:
        SourceError: the file is scanned, encrypted, damaged or has no page, or its fonts do not say which characters they show.
    """
    head = read_head(data, where)
    sheets = _written(head, where)
    pages = [split_segments(sheet) for sheet in sheets]
    abstract = find_abstract(pages)
    if abstract is None:
        return _all_text(data, where)
    page, top = pages[0], abstract.heading.baseline + 0.5 * abstract.heading.size
    above, below = [s for s in page if s.baseline > top], [s for s in page if s.baseline <= top]
    title = find_title(above, page, head.title)
    authors = read_authors([s for s in above if title is None or s.baseline < title.baseline - 1], below)
    appearance = find_appearance(page)
    entry = Entry(
        kind=kind_of_venue(appearance.venue),
        title=title.text if title else "",
        authors=authors.people,
        groups=authors.groups,
        abstract=abstract.text,
        venue=appearance.venue,
        year=appearance.year,
        keywords=abstract.keywords,
        ids=find_ids(page, turned_text(sheets[0])),
        comments=(_comment(title.confidence if title else 0.0, authors, abstract),),
    )
    return render(NAME, [entry])


def _written(head: Head, where: str) -> list[Sheet]:
    """Give the pages from the first that holds text."""
    sheets = named(head.sheets)
    for at, sheet in enumerate(sheets):
        letters = [glyph for glyph in sheet.glyphs if not glyph.text.isspace()]
        if len(letters) < _FEWEST:
            continue
        odd = sum(not g.readable or g.text in "\ufffd\x00" or "\ue000" <= g.text <= "\uf8ff" for g in letters)
        if odd > _UNREADABLE * len(letters):
            what = "the fonts of the PDF do not say which characters they show (they have no ToUnicode map, as many of Type 3)"
            raise SourceError(where, what, "recognise its text (such as with ocrmypdf --force-ocr), or give its text")
        return sheets[at:]
    scanned = any(sheet.images for sheet in sheets)
    what = "the PDF is scanned: its first pages are pictures without text" if scanned else "the first pages of the PDF hold no text"
    raise SourceError(where, what, "recognise its text first (such as with ocrmypdf), or give its text")


def _all_text(data: bytes, where: str) -> str:
    """Give the text of all pages, a blank line between them."""
    pages = (_CONTROL.sub("", _LINE_HYPHEN.sub("-", page)) for page in read_text(data, where))
    lines = ("\n".join(line.rstrip() for line in page.split("\n")).strip("\n") for page in pages)
    return "\n\n".join(page for page in lines if page) + "\n"


def _comment(title: float, authors: Authors, abstract: Abstract) -> str:
    """Say how sure each field is that the page gave."""
    figures = {"title": title, "authors": authors.names, "affiliations": authors.affiliations, "abstract": abstract.confidence}
    return "confidence: " + ", ".join(f"{name} {figure:g}" for name, figure in figures.items() if figure)
