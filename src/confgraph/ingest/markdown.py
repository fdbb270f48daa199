"""Read lists of papers in Markdown: an item or table row each, in which emphasis and links part title and people.

    1. **A Title**. *Ada Lovelace, Alan Turing*. [[paper](https://example.org/1)]
    - [A Title](https://example.org/1) by Ada Lovelace and Alan Turing

Which part is which is learnt from the page: the one that mostly lists people is the authors'.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from confgraph.ingest import abstracts
from confgraph.ingest.affiliations import read_affiliated
from confgraph.ingest.cells import names_places, read_people
from confgraph.ingest.lines import Line, cover, covered
from confgraph.ingest.names import is_name
from confgraph.ingest.people import lists_people
from confgraph.ingest.sketch import Draft, Sketch
from confgraph.records import RecordKind, Span

_ITEM: Final = re.compile(r"^(?:[-*+•]|\d{1,4}[.)])\s+(?=\S)")
_ROW: Final = re.compile(r"^\|(?=.*\|)")
_RULE: Final = re.compile(r"^[\s|:=*_-]+$")
_HEADING: Final = re.compile(r"^#{1,6}\s+(?P<text>\S.*?)\s*#*$")
_MARKUP: Final = re.compile(
    r"""!\[[^\]]{0,300}\]\([^)\s]{0,500}\)
      |\[(?P<link>(?:[^\[\]]|\[[^\[\]]{0,300}\]){1,600})\]\(<?(?P<url>[^()\s<>]{0,500}(?:\([^()\s]{0,200}\)[^()\s<>]{0,200})?)>?(?:\s+"[^"]{0,200}")?\)
      |(?P<s>\*\*|__)(?=\S)(?P<strong>.{1,800}?(?<=\S))(?P=s)(?![\w*])
      |(?P<e>(?<![\w*])\*|(?<![\w_])_)(?=[^\s*_])(?P<em>.{1,3000}?(?<=\S))(?P=e)(?![\w*])
      |<br\s*/?>|</?\w[^<>]{0,100}>""",
    re.VERBOSE,
)
_EDGE: Final = ' \t.,;:|–—-()[]·•"“”'
_BY: Final = re.compile(r"(?:by|authors?|von|par|por)\s*:?\s+", re.IGNORECASE)
_LINK_WORDS: Final = 3
"""A link of so many words names a title, one of fewer mostly a file (`paper`, `open review`)."""
_SHARE: Final = 0.6
_TITLE_WORDS: Final = 4
_BESIDE_TITLE: Final = 0.9
_BESIDE_LITTLE: Final = 0.5
"""How far one name alone speaks for a part that lists people: more beside what is long enough for a title than beside a word or two."""
_SAMPLE: Final = 500
"""How many items the parts are learnt from."""


class _Cell(NamedTuple):
    """A part of an item: `key` says how it is printed, and the how manieth of its sort it is."""

    key: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Item:
    """One item or row with its parts, the addresses in it, the lines below that belong to it, and the heading above."""

    line: Line
    cells: tuple[_Cell, ...]
    links: tuple[Span, ...]
    below: tuple[Line, ...]
    session: Span | None


def score(lines: Sequence[Line]) -> float:
    """Say which share of the lines that are no prose belongs to items in which emphasis or bars part a title from people, in [0, 1]."""
    listed = sum(bool(_ITEM.match(line.text) or _ROW.match(line.text)) for line in lines)
    if 4 * listed < len(lines):
        return 0.0
    drafts = _drafts(lines)
    named = sum(bool(draft.authors) for draft in drafts)
    enough = 2 * named > len(drafts) if len(drafts) > 1 else any(len(draft.authors) > 1 for draft in drafts)
    return named / len(drafts) * covered(lines, [draft.span for draft in drafts]) if enough else 0.0


def read(text: str, lines: Sequence[Line]) -> Sketch:
    """Find the papers of a Markdown list or table."""
    del text  # all that counts here stands in whole lines
    return Sketch(tuple(_drafts(lines)))


def _drafts(lines: Sequence[Line]) -> list[Draft]:
    items = _items(lines)
    people = _people_key(items[:_SAMPLE])
    title = _title_key(items[:_SAMPLE], people)
    if people is None or title is None:
        return []
    return [draft for item in items if (draft := _draft(item, title, people))]


def _items(lines: Sequence[Line]) -> list[_Item]:
    """Cut a page into items with what is indented below them; prose below an item is its abstract."""
    items: list[_Item] = []
    session: Span | None = None
    i = 0
    while i < len(lines):
        line = lines[i]
        i += 1
        if heading := _HEADING.match(line.text):
            session = Span(line.start + heading.start("text"), line.start + heading.end("text"))
            continue
        mark = _ITEM.match(line.text) or _ROW.match(line.text)
        head = i < len(lines) and line.text.startswith("|") and _RULE.match(lines[i].text)
        if not mark or head or _RULE.match(line.text):
            continue
        start = i
        while i < len(lines) and not (_ITEM.match(lines[i].text) or _ROW.match(lines[i].text) or _HEADING.match(lines[i].text)):
            i += 1
        cells, links = _cells(line, mark.end())
        items.append(_Item(line, cells, links, tuple(lines[start:i]), session))
    return items


def _cells(line: Line, start: int) -> tuple[tuple[_Cell, ...], tuple[Span, ...]]:
    """Cut a line at its markup, and collect the addresses of links."""
    found: list[tuple[str, int, int]] = []
    links: list[Span] = []
    row = line.text.startswith("|")
    for column, (left, right) in enumerate(_columns(line.text, start) if row else [(start, len(line.text))]):
        at = left
        for m in _MARKUP.finditer(line.text, left, right):
            found.append((f"plain{column}", at, m.start()))
            at = m.end()
            if m["url"]:
                links.append(Span(line.start + m.start("url"), line.start + m.end("url")))
            if m["link"] is not None:
                style = "title link" if len(m["link"].split()) >= _LINK_WORDS else "link"
                found.append((f"{style}{column}", *m.span("link")))
            elif name := next((n for n in ("strong", "em") if m[n] is not None), None):
                inner = _MARKUP.fullmatch(m[name])
                if inner and inner["url"]:
                    offset = m.start(name)
                    links.append(Span(line.start + offset + inner.start("url"), line.start + offset + inner.end("url")))
                    found.append((f"{name}{column}", offset + inner.start("link"), offset + inner.end("link")))
                else:
                    found.append((f"{name}{column}", *m.span(name)))
        found.append((f"plain{column}", at, right))
    return tuple(_keyed(line, found)), tuple(links)


def _columns(text: str, start: int) -> list[tuple[int, int]]:
    """Give the places between the bars of a row."""
    bars = [m.start() for m in re.finditer(r"(?<!\\)\|", text) if m.start() >= start]
    ends = bars if bars and not text[bars[-1] + 1 :].strip() else [*bars, len(text)]
    return list(zip([start, *(end + 1 for end in ends[:-1])], ends, strict=True))


def _keyed(line: Line, found: Sequence[tuple[str, int, int]]) -> list[_Cell]:
    """Number the parts of each sort, and cut marks and labels from their ends; parts without letters are left out."""
    counts: defaultdict[str, int] = defaultdict(int)
    cells = []
    for style, start, end in found:
        raw = line.text[start:end]
        bare = raw.strip(_EDGE) if style.startswith("plain") else _unemphasised(raw.strip())
        if not any(c.isalpha() for c in bare):
            continue
        at = start + raw.index(bare)
        if by := _BY.match(bare):
            at += by.end()
        cells.append(_Cell(f"{style}.{counts[style]}", Span(line.start + at, line.start + start + raw.index(bare) + len(bare))))
        counts[style] += 1
    return cells


def _unemphasised(text: str) -> str:
    """Cut the marks of emphasis around a text; a star that only closes it is its own."""
    while len(text) > 2 and text[0] == text[-1] and text[0] in "*_":
        text = text[1:-1]
    return text


def _people_key(items: Sequence[_Item]) -> str | None:
    """Find the part that lists people in most items."""
    votes: defaultdict[str, float] = defaultdict(float)
    counts: defaultdict[str, int] = defaultdict(int)
    for item in items:
        for key, span in item.cells:
            counts[key] += 1
            text = _text(item.line, span)
            sure = lists_people(text) or names_places(text) or read_affiliated(Line(0, len(text), text, 0))
            beside = max((len(_text(item.line, other).split()) for _, other in item.cells if other != span), default=0)
            votes[key] += 1.0 if sure else is_name(text) * (_BESIDE_TITLE if beside >= _TITLE_WORDS else _BESIDE_LITTLE)
    best = max(sorted(votes), key=lambda key: votes[key], default=None)
    return best if best is not None and votes[best] >= _SHARE * counts[best] and 2 * counts[best] >= len(items) else None


def _title_key(items: Sequence[_Item], people: str | None) -> str | None:
    """Find the other part that most items have, the one with the most words of equals."""
    words: defaultdict[str, int] = defaultdict(int)
    counts: defaultdict[str, int] = defaultdict(int)
    for item in items:
        for key, span in item.cells:
            if key != people:
                words[key] += len(_text(item.line, span).split())
                counts[key] += 1
    common = [key for key in sorted(counts) if 2 * counts[key] >= len(items)]
    return max(common, key=lambda key: words[key], default=None)


def _draft(item: _Item, title: str, people: str) -> Draft | None:
    places: Mapping[str, Span] = dict(item.cells)
    if title not in places:
        return None
    who = read_people(item.line, places[people]) if people in places else ()
    if not who and not item.links:
        return None
    body = abstracts.take(item.below, 0, len(item.below))
    return Draft(
        kind=RecordKind.PAPER,
        span=cover([item.line, *body]),
        title=places[title],
        authors=who,
        session=item.session,
        abstract=abstracts.place(body),
        links=item.links,
    )


def _text(line: Line, span: Span) -> str:
    return line.text[span.start - line.start : span.end - line.start]
