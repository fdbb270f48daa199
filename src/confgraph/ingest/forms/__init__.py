"""The forms of files: each turns the bytes of a file into the text that is kept as the page.

What a file is, its content says first; its suffix decides between forms that fit alike, and where none fits. Plain text is the last.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple

from confgraph.errors import SourceError
from confgraph.ingest.decode import decode
from confgraph.ingest.forms import bibtex, html, json_file, pdf, ris, table_file, tagged, xml_file
from confgraph.ingest.forms.columns import Columns

__all__ = ["FORMS", "TEXT", "Columns", "Content", "Form", "choose", "read", "suffixes"]

TEXT: Final = "text"
"""The name of the form of a file that is text already."""
TEXT_SUFFIXES: Final = frozenset({"", ".txt", ".text", ".md", ".markdown"})
_HEAD: Final = 65_536
"""How many bytes of a file say what form it has."""
_PACKED: Final = re.compile(
    rb"(?P<gzip>\x1f\x8b)|(?P<zip>PK\x03\x04)|(?P<bzip2>BZh[1-9]1AY&SY)|(?P<xz>\xfd7zXZ\x00)|(?P<zstd>\x28\xb5\x2f\xfd)"
)


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of file.

    Attributes:
        name: what people call it (`BibTeX`).
        suffixes: those of its files, in lower case with the dot.
        fits: says from the first 64 KiB whether a file is of this form; must not raise.
        read: turns the bytes of the file into text; the second argument names the file in errors. Raises `SourceError` for
            what it cannot read.
        read_columns: as `read`, with the columns that the sidecar names; None where the form has none.
        read_at: as `read`, with the address that the sidecar names, empty where it names none; None where the form holds no links.
    """

    name: str
    suffixes: frozenset[str]
    fits: Callable[[bytes], bool]
    read: Callable[[bytes, str], str]
    read_columns: Callable[[bytes, str, Columns], str] | None = None
    read_at: Callable[[bytes, str, str], str] | None = None


class Content(NamedTuple):
    """The text of a file, the name of its form, and the encoding that plain text was in (`utf-8` for other forms)."""

    text: str
    form: str
    encoding: str


FORMS: Final[tuple[Form, ...]] = (
    Form(bibtex.NAME, bibtex.SUFFIXES, bibtex.fits, bibtex.read),
    Form(pdf.NAME, pdf.SUFFIXES, pdf.fits, pdf.read),
    Form(ris.NAME, ris.SUFFIXES, ris.fits, ris.read),
    Form(tagged.NAME, tagged.SUFFIXES, tagged.fits, tagged.read),
    Form(xml_file.NAME, xml_file.SUFFIXES, xml_file.fits, xml_file.read),
    Form(html.NAME, html.SUFFIXES, html.fits, html.read, read_at=html.read_at),
    Form(json_file.NAME, json_file.SUFFIXES, json_file.fits, json_file.read, json_file.read_columns),
    Form(table_file.NAME, table_file.SUFFIXES, table_file.fits, table_file.read, table_file.read_columns),
)
"""The forms that are known, besides plain text; of those that fit alike, the first."""


def choose(data: bytes, suffix: str) -> Form | None:
    """Choose the form of a file, None for plain text; `suffix` is that of its name, with the dot."""
    head, suffix = data[:_HEAD], suffix.casefold()
    fitting = [form for form in FORMS if form.fits(head)]
    named = [form for form in FORMS if suffix in form.suffixes]
    return next((form for form in fitting if form in named), None) or next(iter((*fitting, *named)), None)


def read(data: bytes, where: str, suffix: str = "", columns: Columns | None = None, address: str = "") -> Content:
    """Read a file as text.

    Args:
        data: the bytes of the file.
        where: names the file in errors.
        suffix: that of the file's name, with the dot.
        columns: which column of a table holds which field, where its own names do not say it.
        address: where the page is on the web, against which its links are resolved.

    Raises:
        SourceError: the file is empty, packed, broken, or of no form that is known.
    """
    if packed := _PACKED.match(data):
        raise SourceError(where, f"the file is packed ({packed.lastgroup})", "unpack it first")
    form = choose(data, suffix)
    if columns and (form is None or form.read_columns is None):
        raise SourceError(where, "the sidecar names columns, but the file is no table", "remove `columns`, or give CSV, TSV or JSON Lines")
    if form is None:
        text, encoding = decode(data, where)
        return Content(text, TEXT, encoding)
    if columns and form.read_columns:
        text = form.read_columns(data, where, columns)
    else:
        text = form.read_at(data, where, address) if form.read_at else form.read(data, where)
    return Content(text, form.name, "utf-8")


def suffixes() -> frozenset[str]:
    """Give the suffixes of the files that are read as pages."""
    return TEXT_SUFFIXES.union(*(form.suffixes for form in FORMS))
