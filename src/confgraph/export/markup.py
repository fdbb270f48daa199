"""Write the pieces of pages for people: texts, tables, sections.

`Markup` is text that may stand in a page. Only the functions here make it of what a page or a user says, so that no name
becomes an element.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NewType

Markup = NewType("Markup", str)

_HIDDEN: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
"""Characters that show nothing or turn the direction of what follows, as names that pretend to be others use them; not those
that join letters of a script. Source: Unicode Technical Report 36, section 2.5."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a reader should look at: how many there are, and what they are; that there is none is worth saying too."""

    count: int
    words: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: its anchor, its heading, what stands in it, and what it gives reason to doubt."""

    anchor: str
    title: str
    parts: tuple[Markup, ...]
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: numbers are set to the right, the widest text gets most of the room."""

    title: str
    number: bool = False
    widest: bool = False

    @property
    def style(self) -> str:
        """The attribute that styles its cells."""
        kind = "n" if self.number else "widest" if self.widest else ""
        return f' class="{kind}"' if kind else ""


def text(value: str, most: int | None = None) -> Markup:
    r"""Turn any text into markup that shows it: white space as one space, what would be hidden by its code point.

    It stands apart from the direction of the text around it. A text of more than `most` characters is cut at a word.

    >>> text("<b>R&D</b>\n of \u202egnp.exe")
    '<bdi>&lt;b&gt;R&amp;D&lt;/b&gt; of <i class="code">U+202E</i>gnp.exe</bdi>'
    >>> text("a long name", 8)
    '<bdi>a long…</bdi>'
    """
    return Markup(f"<bdi>{_shown(cut(' '.join(value.split()), most))}</bdi>")


def plain(value: str, most: int | None = None) -> Markup:
    r"""Show any text where no element may stand: in an attribute, a title, a drawing; what would be hidden by its code point.

    >>> plain('good\u202e "gpj"\n.exe')
    'good[U+202E] &quot;gpj&quot; .exe'
    """
    shown = _HIDDEN.sub(lambda m: f"[U+{ord(m[0]):04X}]", " ".join(value.split()))
    return Markup(html.escape(cut(shown, most)))


def cut(value: str, most: int | None) -> str:
    """Cut a text of more than `most` characters at a word, or inside one that alone is too long.

    >>> cut("a long name", 8), cut("unbreakable", 6)
    ('a long…', 'unbre…')
    """
    if most is None or len(value) <= most:
        return value
    return (value[:most].rpartition(" ")[0] or value[: most - 1]).rstrip() + "…"


def quotation(before: str, exact: str, after: str, most: int = 300) -> Markup:
    """Show words of a page, marked, between those before and after them; of more than `most` characters the end is cut."""
    said = _shown(cut(_spaced(exact), most))
    return Markup(f"<q>{_shown(_spaced(before))}<mark>{said}</mark>{_shown(_spaced(after))}</q>")


def words(value: str) -> Markup:
    """Turn words of our own into markup."""
    return Markup(_shown(value))


def joined(parts: Iterable[Markup], glue: str = "") -> Markup:
    """Put pieces after each other, with words of our own between them."""
    return Markup(html.escape(glue).join(parts))


def paragraph(*parts: Markup) -> Markup:
    """Write a paragraph."""
    return Markup(f"<p>{''.join(parts)}</p>")


def small(*parts: Markup) -> Markup:
    """Write what is said beside something, after a space."""
    return Markup(f" <small>{''.join(parts)}</small>")


def heading(title: str) -> Markup:
    """Write the heading of a part of a section."""
    return Markup(f"<h3>{html.escape(title)}</h3>")


def link(address: str, name: Markup) -> Markup:
    """Write a link to a file beside the page."""
    return Markup(f'<a href="{html.escape(address)}">{name}</a>')


def number(value: int) -> Markup:
    """Write a whole number with commas.

    >>> number(1234567)
    '1,234,567'
    """
    return Markup(f"{value:,}")


def counted(count: int, noun: str, plural: str = "") -> Markup:
    """Say a number with its noun.

    >>> counted(1, "page"), counted(2000, "page"), counted(0, "entity", "entities")
    ('1 page', '2,000 pages', '0 entities')
    """
    return Markup(f"{count:,} {noun if count == 1 else plural or noun + 's'}")


def percent(part: int, whole: int) -> str:
    """Say a share; one that is neither nothing nor all is not rounded to either.

    >>> percent(1, 3), percent(1, 10_000), percent(9999, 10_000), percent(5, 5), percent(0, 0)
    ('33.3 %', '<0.1 %', '>99.9 %', '100 %', '0 %')
    """
    if part in (0, whole):
        return "100 %" if part else "0 %"
    share = 100 * part / whole
    return "<0.1 %" if share < 0.1 else ">99.9 %" if share > 99.9 else f"{share:.1f} %"


def table(caption: str, columns: Sequence[Column], rows: Iterable[Sequence[Markup]], below: Mapping[int, Markup] | None = None) -> Markup:
    """Write a table; the first cell of a row heads it, and on a phone each row stands as a card.

    `below` gives a row, by its number from 0, a second line over all columns. The roles keep it a table where a style
    makes its rows blocks.
    """
    heads = "".join(f'<th scope="col" role="columnheader"{c.style}>{html.escape(c.title)}</th>' for c in columns)
    return Markup(
        f'<table role="table"{" class=full" if below else ""}><caption>{html.escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
        f'<tbody role="rowgroup">{"".join(_iter_lines(columns, rows, below or {}))}</tbody></table>'
    )


def _iter_lines(columns: Sequence[Column], rows: Iterable[Sequence[Markup]], below: Mapping[int, Markup]) -> Iterator[str]:
    for i, (head, *cells) in enumerate(rows):
        pairs = zip(columns[1:], cells, strict=True)
        line = "".join(f'<td role="cell" data-label="{html.escape(c.title)}"{c.style}>{cell}</td>' for c, cell in pairs)
        yield f'<tr role="row"{" class=over" if i in below else ""}><th scope="row" role="rowheader">{head}</th>{line}</tr>'
        if i in below:
            yield f'<tr role="row" class="below"><td role="cell" colspan="{len(columns)}">{below[i]}</td></tr>'


def rest(count: int, noun: str, where: str, plural: str = "") -> Markup:
    """Say how many more there are than are shown, and where all are; nothing where all are shown."""
    if count <= 0:
        return Markup("")
    return Markup(f'<p class="rest">… and {words(counted(count, f"more {noun}", plural and f"more {plural}"))}: {words(where)}.</p>')


def _shown(value: str) -> str:
    return _HIDDEN.sub(lambda m: f'<i class="code">U+{ord(m[0]):04X}</i>', html.escape(value))


def _spaced(value: str) -> str:
    return re.sub(r"\s+", " ", value)
