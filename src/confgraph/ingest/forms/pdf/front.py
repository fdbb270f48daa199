"""Find the title of a paper, and what its first page prints of where it appeared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from confgraph.ingest.forms import ids
from confgraph.ingest.forms.pdf.typeset import Segment, body_size, split_lines
from confgraph.ingest.people import is_author_list
from confgraph.text import fold, joined

_CHROME: Final = re.compile(
    r"""arxiv\s?:|published\b|(?:to\ appear|presented|accepted|submitted|appeared|in\ press|forthcoming)\b
      |under\ (?:double-blind\ )?review|under\ submission
      |(?:pre-?print|working\ paper|technical\ report|manuscript|draft|research\ article|original\ (?:research|article|paper))\b[^a-z]*$
      |proceedings\b|proc\.|vol(?:\.|ume\b)|issn\b|isbn\b|©|\(c\)\ |copyright|https?://|www\.|doi\b|pages?\s+\d|pp\.
      |contents\ lists|journal\ (?:homepage|of\ )|ieee\ (?:transactions|journal)|elsevier|springer
      |.*\b(?:journal\ homepage|sciencedirect|creative\ commons|\(issn|all\ rights\ reserved)\b|[\W\d]*$""",
    re.IGNORECASE | re.VERBOSE,
)
"""How lines open that stand above a title and are none."""
_ABOVE_JOURNAL: Final = re.compile(r"contents lists available", re.IGNORECASE)
_BELOW_JOURNAL: Final = re.compile(r"journal homepage", re.IGNORECASE)
"""What publishers print around the name of a journal, whose letters may be larger than those of the title."""
_MARKS: Final = re.compile(r"[\s*∗⋆★†‡§¶]+$")
_SAME_SIZE: Final = 0.05
_LINE_GAP: Final = 2.2
_STAMP: Final = re.compile(r"(?:^|\s)arXiv\s?:\s?(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?\s*\[[\w.-]+\]", re.IGNORECASE)
_OWN_DOI: Final = re.compile(r"(?:doi(?:\.org)?\s*[:/]?|digital object identifier:?)\s*(?=10\.\d{4})", re.IGNORECASE)
_VENUES: Final = (
    re.compile(
        r"^(?:published|accepted|presented|to appear|appeared|appearing)\b.{0,40}?\b(?:at|in|by)\s+(?:the\s+)?(?P<venue>[A-Z].{2,200})",
        re.IGNORECASE,
    ),
    re.compile(r"^(?P<venue>(?:\d+(?:st|nd|rd|th)\s+)(?:[\w-]+\s+){0,3}(?:Conference|Workshop|Symposium|Meeting)\b.{2,150})"),
    re.compile(r"(?:^|\bIn:?\s+)(?P<venue>Proceedings of .{5,220})"),
    re.compile(r"^(?P<venue>[A-Z][\w&,:. -]{3,80}?)\s+(?:[Vv]ol(?:ume|\.)?\s*)?\d{1,4}\s+\((?:19|20)\d{2}\)\s+[\w–-]+"),
    re.compile(r"^(?P<venue>[A-Z][A-Za-z&]+\s?[’']\d{2}),\s.{0,80}\b\d{4}"),
)
"""How pages say where a paper appeared, the clearest first."""
_VENUE_END: Final = re.compile(
    r"\.(?:\s|$)|(?<=\d\))|,?\s+(?:pages?|pp\.|vol\.|volume|PMLR|©|\(c\)|copyright|https?://|do not)|\s*©"
    r"|,\s+(?:January|February|March|April|May|June|July|August|September|October|November|December)\b",
    re.IGNORECASE,
)
_PLACE: Final = re.compile(r",\s+[A-Z][\w.]+(?:\s[A-Z]\w+){0,2},\s+[A-Z][\w.]+(?:\s[A-Z]\w+){0,2}\.?$")
"""City and country at the end of a venue."""
_FOLLOWING: Final = 24
"""How many stretches after one are looked at for what goes on below it."""
_UNDER_REVIEW: Final = re.compile(r"under (?:double-blind )?review|submitted to|submission", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?<!\d)(?:19[6-9]|20[0-4])\d(?!\d)")
_SHORT_YEAR: Final = re.compile(r"[’'](?P<year>\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Title:
    """A title, how sure it is in [0, 1], and the baseline of its last line."""

    text: str
    confidence: float
    baseline: float


@dataclass(frozen=True, slots=True)
class Appearance:
    """Where a paper appeared, as printed, and the year that stands there."""

    venue: str = ""
    year: str = ""


def is_chrome(text: str) -> bool:
    """Tell whether a line at the top of a page is neither title nor people.

    >>> is_chrome("Published as a conference paper at SheepConf 2031"), is_chrome("arXiv:3101.00001v1"), is_chrome("Counting Sheep")
    (True, True, False)
    """
    return bool(_CHROME.match(text))


def find_title(segments: Sequence[Segment], page: Sequence[Segment], stated: str) -> Title | None:
    """Find the title among what stands above the abstract: the largest letters, over several lines.

    Args:
        segments: what stands above the abstract.
        page: all of the page, whose common size tells how much larger the title is.
        stated: the title that the file states of itself, which confirms.
    """
    blocks = [block for block in _blocks(segments) if sum(c.isalpha() for c in _text(block)) >= 4]
    if not blocks:
        return None
    several = [block for block in blocks if len(_text(block).split()) >= 2] or blocks
    size = max(line[0].largest for block in several for line in block[:1])
    block = next(b for b in several if b[0][0].largest >= (1 - _SAME_SIZE) * size)
    text = _text(block)
    if fold(stated) and fold(stated) == fold(text):
        confidence = 0.99
    elif size >= 1.15 * body_size(page):
        confidence = 0.9 if len(text.split()) >= 3 and len(text) <= 250 else 0.7
    else:
        confidence = 0.5
    return Title(text, confidence, block[-1][0].baseline)


def _blocks(segments: Sequence[Segment]) -> list[list[list[Segment]]]:
    """Group lines of one size that follow each other; a line of people opens a block of its own."""
    blocks: list[list[list[Segment]]] = []
    lines = split_lines(segments)
    texts = [" ".join(s.text for s in line) for line in lines]
    for line, text, before, after in zip(lines, texts, ["", *texts], [*texts[1:], ""], strict=False):
        if is_chrome(text) or _ABOVE_JOURNAL.search(before) or _BELOW_JOURNAL.search(after):
            continue
        last = blocks[-1][-1][0] if blocks else None
        if (
            last
            and abs(last.largest - line[0].largest) <= _SAME_SIZE * last.largest
            and last.baseline - line[0].baseline <= _LINE_GAP * last.size
            and not (is_author_list(", ".join(s.plain for s in line)) and (len(line) > 1 or "," in line[0].text))
        ):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _text(block: Sequence[Sequence[Segment]]) -> str:
    """Write a title without the mark of a footnote at the end of a line."""
    lines = []
    for line in block:
        runs = [run for segment in line for run in (*segment.runs, None)]
        while runs and (runs[-1] is None or runs[-1].raised):
            runs.pop()
        lines.append(_MARKS.sub("", "".join(" " if run is None else run.text for run in runs)))
    return joined("\n".join(lines))


def find_appearance(segments: Sequence[Segment]) -> Appearance:
    """Find where the paper appeared among the lines of its page that are not its abstract or body."""
    texts = [joined(passage) for passage in _passages(segments)]
    for pattern in _VENUES:
        for text in texts:
            m = pattern.search(text)
            if not m or _UNDER_REVIEW.search(text[: m.end("venue")]):
                continue
            end = _VENUE_END.search(m["venue"], 3)
            venue = _PLACE.sub("", m["venue"][: end.start()] if end else m["venue"]).strip(" .,;")
            return Appearance(venue, _year(venue) or _year(text[m.start() :]))
    return Appearance()


def _passages(segments: Sequence[Segment]) -> list[str]:
    """Give each stretch with the few that go on right below it in its column; a venue may take several lines."""
    below = sorted(segments, key=lambda s: -s.baseline)
    passages = []
    for at, first in enumerate(below):
        parts, last = [first.text], first
        for segment in below[at + 1 : at + 1 + _FOLLOWING]:
            if (
                0.5 * last.size < last.baseline - segment.baseline < 1.6 * last.size
                and segment.left < first.right
                and first.left < segment.right
            ):
                parts.append(segment.text)
                last = segment
            if len(parts) > 5:
                break
        passages.append("\n".join(parts))
    return passages


def _year(text: str) -> str:
    if m := _YEAR.search(text):
        return m.group()
    short = _SHORT_YEAR.search(text)
    return f"20{short['year']}" if short and int(short["year"]) < 50 else ""


def find_ids(segments: Sequence[Segment], stamps: str) -> tuple[tuple[str, str], ...]:
    """Find the paper's own identifiers: the stamp of arXiv, and the one DOI that the page prints as such."""
    texts = [s.text for s in segments]
    dois = {ids.doi(text[m.end() :]) for text in texts for m in _OWN_DOI.finditer(text)}
    stamped = _STAMP.search(stamps) or next((m for text in texts if (m := _STAMP.match(text))), None)
    found = [("doi", dois.pop())] if len(dois) == 1 else []
    return ids.united(found, [("arxiv", stamped["id"])] if stamped else [])
