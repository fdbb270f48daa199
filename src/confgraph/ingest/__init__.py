"""Ingest: from a page to its records, with a class for every character.

The layout is chosen by a score on the content alone, or named by the sidecar. `LAYOUTS` lists the readers; the generic one reads
whatever fits none of the others. Other packages may register more (entry points `confgraph.layouts`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Final

from confgraph import resources
from confgraph.errors import ConfigError
from confgraph.ingest import daily, fields, generic, lab, listing, markdown, mixes, proceedings, programme, recap, schedule
from confgraph.ingest.classes import classify, disjoint, gaps, shares
from confgraph.ingest.facts import SeriesNames, compile_series, complete, find_conference, united
from confgraph.ingest.layout import Layout, registered
from confgraph.ingest.lines import Line, split_lines
from confgraph.ingest.people import split_authors
from confgraph.ingest.sketch import Draft, Sketch, assemble
from confgraph.records import Page, PageFacts, Reading, Reject, Span, TextClass

__all__ = ["LAYOUTS", "Draft", "Ingest", "Layout", "Line", "Sketch", "choose", "ingest", "layouts", "shares", "split_authors"]

Ingest = Callable[[Page], Reading]


LAYOUTS: Final = (
    Layout("fields", fields.score, fields.read),
    Layout("orals", listing.score_orals, listing.read),
    Layout("tutorials", listing.score_tutorials, listing.read),
    Layout("markdown", markdown.score, markdown.read),
    Layout("recap", recap.score, recap.read),
    Layout("lab", lab.score, lab.read),
    Layout("proceedings", proceedings.score, proceedings.read),
    Layout("programme", programme.score, programme.read),
    Layout("schedule", schedule.score, schedule.read),
    Layout("daily", daily.score, daily.read),
    Layout("generic", generic.score, generic.read),
)


def layouts() -> tuple[Layout, ...]:
    """Give the layouts that other packages register, which win where they fit as well, and ours.

    Raises:
        ConfigError: a package registers what is no layout.
    """
    return (*registered(frozenset(layout.name for layout in LAYOUTS)), *LAYOUTS)


def choose(page: Page, lines: Sequence[Line]) -> Layout:
    """Choose the layout that the sidecar names, else the one that fits best, or several where parts of the page differ.

    Raises:
        ConfigError: the sidecar names a layout that does not exist, or one that another package registers fails.
    """
    known_layouts = layouts()
    if name := page.sidecar.layout:
        named = next((layout for layout in known_layouts if layout.name == name), None)
        if named is None:
            known = ", ".join(layout.name for layout in known_layouts)
            raise ConfigError(page.name, f"the layout {name!r} does not exist", f"use one of: {known}")
        return named
    return mixes.choose(page.text, lines, known_layouts)


def ingest(page: Page) -> Reading:
    """Read a page: its layout, records, facts, and the class of every character."""
    lines = split_lines(page.text)
    layout = choose(page, lines)
    sketch = layout.read(page.text, lines)
    unread = [(place, TextClass.UNCLASSED) for place, _ in sketch.rejects]
    placed = [*((draft.span, TextClass.FIELD) for draft in sketch.drafts), *sketch.marks, *unread]
    facts = _facts(page, lines, sketch, [span for span, _ in disjoint(placed)])
    segments = classify(len(page.text), lines, [*((span, TextClass.FACT) for span in _fact_places(facts)), *placed])
    records = assemble(page, sketch, facts)
    rejects = [Reject(page.name, place.start, reason) for place, reason in sketch.rejects]
    if not records:
        rejects.append(Reject(page.name, None, "no record found: no title, author line or abstract stands out"))
    return Reading(page, layout.name, records, segments, facts, tuple(rejects))


def _facts(page: Page, lines: Sequence[Line], sketch: Sketch, covered: Sequence[Span]) -> PageFacts:
    """Find the page's facts in the text before its first record."""
    first = min((draft.span.start for draft in sketch.drafts), default=len(page.text))
    above = [line for line in gaps(lines, covered) if line.start < first]
    conference = complete(united(sketch.conference, find_conference(above, _series())), page.sidecar)
    return PageFacts(conference, sketch.event, sketch.organizations)


def _fact_places(facts: PageFacts) -> list[Span]:
    """Give the places where a page states its facts; those inside a record are classed with the record."""
    named = [*([facts.event] if facts.event else []), *facts.organizations]
    conference = [facts.conference.span] if facts.conference and facts.conference.span else []
    return [*conference, *(mention for name in named for mention in name.mentions)]


@cache
def _series() -> SeriesNames:
    table = resources.folder("data/gazetteers") / "conferences.tsv"
    return compile_series(resources.split_rows(table.read_text(encoding="utf-8")))
