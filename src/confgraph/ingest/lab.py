"""Read the news page of a lab: per paper a title line, a venue line, `Abstract`, and the lab's own authors.

    A Title With a Full Stop.
    ICML 2031 - 48th Conference on ... . Vienna, Austria, Jul 5-10, 2031. To appear. arXiv
    Abstract
    We show ...
    LAB Authors
    Ada Lovelace
    Analytical Engines

The label above the lab's authors names the lab.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from confgraph.ingest.lines import Line, cover, covered, ends_sentence
from confgraph.ingest.names import is_lower_case_name, is_name
from confgraph.ingest.people import read_author
from confgraph.ingest.sketch import Draft, Sketch
from confgraph.records import Author, Named, RecordKind, Span

_ABSTRACT: Final = re.compile(r"^abstract\s*:?$", re.IGNORECASE)
_AUTHORS: Final = re.compile(r"^(?P<owner>\S.{0,60}?)\s+authors\s*:?$", re.IGNORECASE)
_DATE: Final = re.compile(r"^\d{1,2}[./]\d{1,2}[./]\d{4}$|^\d{4}-\d\d-\d\d$|^(?:\d{1,2} )?[A-Z][a-z]+\.? (?:\d{1,2}, )?\d{4}$")
_WORKSHOP: Final = re.compile(r"\bworkshop\b|(?<!\S)@", re.IGNORECASE)
_VENUE_END: Final = re.compile(r"(?<!\bProc)(?<!\bInt)(?<!\bConf)(?<!\bSt)(?<!\bvs)\.(?=\s+[A-Z0-9]|\s*$)")
_NOTE: Final = re.compile(r"^[*†‡(]")
_NAME_WORD: Final = r"(?:[A-Z][\w-]*|of|for|and|the|in|de)"
_GENERIC_OWNERS: Final = frozenset({"group", "our", "the", "all", "lab", "team", "paper", "participating", "contributing"})


def score(lines: Sequence[Line]) -> float:
    """Say which share of the `Abstract` lines has a venue line above it and the authors' label below, in [0, 1]."""
    labels = [i for i, line in enumerate(lines) if _ABSTRACT.match(line.text)]
    owner = _authors_label(lines)
    if not labels or owner is None:
        return 0.0
    known = sum(i >= 2 and len(lines[i - 1].text.split()) > 3 for i in labels)
    authors = sum(line.text == owner for line in lines)
    return min(known, authors) / len(labels) * covered(lines, [draft.span for draft in read("", lines).drafts])


def read(text: str, lines: Sequence[Line]) -> Sketch:
    """Find the papers of a lab's page, and the lab itself."""
    labels = [i for i, line in enumerate(lines) if _ABSTRACT.match(line.text) and i >= 2]
    owner = _authors_label(lines)
    stop = _final_stops(lines, labels)
    ends = [label - 2 for label in labels[1:]] + [_end_of_last(lines, labels[-1], owner)] if labels else []
    drafts = tuple(_draft(lines, label, end, owner, stop=stop) for label, end in zip(labels, ends, strict=True))
    return Sketch(drafts, organizations=_owner(text, owner))


def _authors_label(lines: Sequence[Line]) -> str | None:
    """Find the line that stands after the abstracts, such as `LAB Authors`; most pages repeat it for each paper."""
    counts = Counter(line.text for line in lines if _AUTHORS.match(line.text))
    return min(counts, key=lambda text: (-counts[text], text), default=None)


def _final_stops(lines: Sequence[Line], labels: Sequence[int]) -> bool:
    """Tell whether the layout closes every title with a full stop, so that it is no part of the title."""
    return bool(labels) and sum(lines[i - 2].text.endswith(".") for i in labels) >= 0.9 * len(labels)


def _end_of_last(lines: Sequence[Line], label: int, owner: str | None) -> int:
    """The last paper ends where a date, or what is no name, follows its authors' label."""
    end = next((i for i in range(label + 1, len(lines)) if lines[i].text == owner), label + 1) + 1
    while end < len(lines) and (_member(lines[end]) or _NOTE.match(lines[end].text)):
        end += 1
        if end < len(lines) and _is_group(lines[end]):
            end += 1
    return end


def _member(line: Line) -> Author | None:
    """Read a line that is one person's name, with or without a footnote mark."""
    author = None if _DATE.match(line.text) else read_author(line.text, Span(0, len(line.text)), line.start)
    return author if author and (is_name(author.name) or is_lower_case_name(author.name.casefold())) else None


def _is_group(line: Line) -> bool:
    return not _member(line) and not _DATE.match(line.text) and len(line.text.split()) > 1 and not ends_sentence(line.text)


def _draft(lines: Sequence[Line], label: int, end: int, owner: str | None, *, stop: bool) -> Draft:
    title, venue = lines[label - 2], lines[label - 1]
    block = list(lines[label + 1 : end])
    cut = next((i for i, line in enumerate(block) if line.text == owner), len(block))
    authors: list[Author] = []
    groups: list[Span] = []
    for line in block[cut + 1 :]:
        if _NOTE.match(line.text):
            continue
        if member := _member(line):
            authors.append(member)
        else:
            groups.append(line.span)
    ends_at = title.end - (stop and len(title.text) > 1 and title.text.endswith("."))
    return Draft(
        kind=RecordKind.WORKSHOP_PAPER if _WORKSHOP.search(venue.text) else RecordKind.PAPER,
        span=cover([title, *block]) if block else cover([title, venue, lines[label]]),
        title=Span(title.start, ends_at),
        venue=_venue(venue),
        abstract=cover(block[:cut]) if cut else None,
        authors=tuple(authors),
        groups=tuple(groups),
    )


def _venue(line: Line) -> Span:
    """The venue is the first sentence of its line: place, dates and remarks follow."""
    m = _VENUE_END.search(line.text, 1)
    return Span(line.start, line.start + m.start() if m else line.end)


def _owner(text: str, label: str | None) -> tuple[Named, ...]:
    """Name the lab, with every place of the page where it stands."""
    m = _AUTHORS.match(label) if label else None
    if not m or m["owner"].casefold() in _GENERIC_OWNERS:
        return ()
    short = m["owner"]
    long = _long_form(text, short)
    name = rf"{re.escape(long)}(?:\s*\({re.escape(short)}\))?|{re.escape(short)}" if long else re.escape(short)
    places = tuple(Span(*found.span()) for found in re.finditer(rf"(?<!\w)(?:{name})(?!\w)", text))
    return (Named(long or short, places, (short,) if long else ()),)


def _long_form(text: str, short: str) -> str | None:
    """Find `Long Form (SHORT)` on the page, where the capitals of the long form spell the short one."""
    for m in re.finditer(rf"(?P<long>{_NAME_WORD}(?: {_NAME_WORD})+) \({re.escape(short)}\)", text):
        words = m["long"].split()
        for i, word in enumerate(words):
            initials = "".join(w[0] for w in words[i:] if w[0].isupper())
            if word[0].isupper() and initials.casefold() == short.casefold():
                return " ".join(words[i:])
    return None
