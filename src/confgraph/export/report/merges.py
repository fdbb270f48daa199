"""Say what pages disagree about, which names were joined on little, and which were kept apart."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from confgraph.export.markup import (
    Column,
    Doubt,
    Markup,
    Section,
    counted,
    joined,
    number,
    paragraph,
    rest,
    small,
    table,
    text,
    words,
)
from confgraph.export.report.charts import histogram
from confgraph.export.report.pages import page_link
from confgraph.graph.conflicts import Conflict, Statement
from confgraph.graph.terms import property_label
from confgraph.records import Decision, Entity, Judgement, MemberKey, Page, Reading, Reason, Resolution
from confgraph.resolve import members

_ROWS: Final = 20
_LARGEST: Final = 10
_MEMBERS: Final = 5
_SAID: Final = 6
_PAGES: Final = 3
_LABEL: Final = 120
_NOTE: Final = 200
_UNSURE: Final = 0.8
"""A merge below this score rests on two middling reasons."""
_BINS: Final = 20
_LOWEST_BIN: Final = 14
"""Merges are drawn from a score of 0.7, where rules begin to merge, or from the lowest."""


def conflicts_section(conflicts: Sequence[Conflict], readings: Sequence[Reading]) -> Section:
    """List what pages disagree about, with what each says; the graph keeps every value with its source."""
    pages = {reading.page.name: reading.page for reading in readings}
    rows = []
    for conflict in conflicts[:_ROWS]:
        said = [_said(statement, pages) for statement in conflict.statements[:_SAID]]
        if len(conflict.statements) > _SAID:
            said.append(paragraph(words(f"and {len(conflict.statements) - _SAID:,} more")))
        rows.append([text(conflict.label, _LABEL), text(property_label(conflict.predicate)), joined(said)])
    columns = [Column("Of"), Column("Property"), Column("Stated", widest=True)]
    listed = table("What pages disagree about", columns, rows) if rows else paragraph(words("No two pages disagree."))
    more = rest(len(conflicts) - len(rows), "conflict", "confgraph validate lists all")
    doubt = Doubt(len(conflicts), f"{counted(len(conflicts), 'fact')} on which pages disagree")
    return Section("conflicts", "Conflicts", (listed, more), (doubt,))


def _said(statement: Statement, pages: Mapping[str, Page]) -> Markup:
    """Show a value with the page that states it, and where; without a place the page's sidecar does."""
    page = page_link(pages[statement.file]) if statement.file in pages else text(statement.file, _LABEL)
    place = ", in its sidecar" if statement.start is None else f" at {statement.start:,}"
    return paragraph(text(statement.value, _LABEL), small(page, words(place)))


def merges_section(resolution: Resolution, readings: Sequence[Reading]) -> Section:
    """Show how sure the merges are, those least sure with their reasons, what was kept apart, and the largest entities."""
    same = [j for j in resolution.judgements if j.decision is Decision.SAME]
    apart = [j for j in resolution.judgements if j.decision is Decision.DIFFERENT]
    unsure = sum(j.score < _UNSURE for j in same)
    doubts = (Doubt(unsure, f"{counted(unsure, 'merge')} with a score below {_UNSURE}"),)
    if not resolution.judgements:
        return Section("merges", "Merges", (paragraph(words("Nothing was merged.")),), doubts)
    known = {key: _Known(said.name, ()) for key, said in resolution.registered.items()} | _known(readings)
    about = "A merge is a judgement of two names; its score, from 0 to 1, sums up the reasons. Entities follow from the judgements."
    parts = [paragraph(words(about)), _by_kind(same, apart)]
    if same:
        least = heapq.nsmallest(_ROWS, same, key=lambda j: (j.score, j.left, j.right))
        parts += [_scores(same), *_judgements("The least sure merges", least, len(same), known)]
    if apart:
        alike = heapq.nsmallest(_ROWS, apart, key=lambda j: (-j.score, j.left, j.right))
        parts += _judgements("Kept apart although alike", alike, len(apart), known)
    return Section("merges", "Merges", (*parts, *_largest(resolution.entities, known)), doubts)


def _by_kind(same: Sequence[Judgement], apart: Sequence[Judgement]) -> Markup:
    merged, kept = Counter(j.kind for j in same), Counter(j.kind for j in apart)
    least = {j.kind: f"{j.score:.2f}" for j in sorted(same, key=lambda j: -j.score)}
    kinds = sorted({*merged, *kept})
    rows = [[words(kind.capitalize()), number(merged[kind]), words(least.get(kind, "–")), number(kept[kind])] for kind in kinds]
    columns = [Column("Kind"), *(Column(title, number=True) for title in ("Merges", "Lowest score", "Kept apart"))]
    return table("Judgements by kind", columns, rows)


def _scores(same: Sequence[Judgement]) -> Markup:
    bins = Counter(min(round(100 * j.score) * _BINS // 100, _BINS - 1) for j in same)
    low = min(*bins, _LOWEST_BIN)
    drawn = histogram([bins[i] for i in range(low, _BINS)], low / _BINS, 1 / _BINS, doubtful=_UNSURE, large=True)
    return Markup(f"<figure>{drawn}<figcaption>Merges by score</figcaption></figure>")


@dataclass(frozen=True, slots=True)
class _Known:
    """What pages print of a member key: its most frequent name, and these pages, sorted by name; the name in a register, and no pages."""

    name: str
    pages: tuple[Page, ...]


def _known(readings: Sequence[Reading]) -> dict[MemberKey, _Known]:
    entries = members.entries(readings)
    page_of = {record.id: reading.page for reading in readings for record in reading.records}
    known = {}
    for key, profile in members.profiles(readings, entries, members.appearances(entries)).items():
        pages = {page_of[record].name: page_of[record] for record in profile.member.records}
        known[key] = _Known(profile.member.name, tuple(pages[name] for name in sorted(pages)))
    return known


def _judgements(caption: str, shown: Sequence[Judgement], total: int, known: Mapping[MemberKey, _Known]) -> list[Markup]:
    columns = [Column("Two names"), Column("Kind"), Column("Score", number=True), Column("Decided by"), Column("Because", widest=True)]
    rows = []
    for j in shown:
        pair = joined(paragraph(_printed(key, known)) for key in (j.left, j.right))
        rows.append([pair, words(j.kind), words(f"{j.score:.2f}"), text(j.by), _because(j.reasons)])
    return [table(caption, columns, rows), rest(total - len(shown), "judgement", "all are in judgements.jsonl")]


def _printed(key: MemberKey, known: Mapping[MemberKey, _Known]) -> Markup:
    """Show how pages print a member key, and which, or a register's name; a key that none of them yields stands for itself."""
    if key not in known:
        return text(key, _LABEL)
    pages = known[key].pages
    if not pages:
        return joined((text(known[key].name, _LABEL), small(words("in the register of organisations"))))
    more = words(f" and {counted(len(pages) - _PAGES, 'more page')}" if len(pages) > _PAGES else "")
    return joined((text(known[key].name, _LABEL), small(joined(map(page_link, pages[:_PAGES]), ", "), more)))


def _because(reasons: Sequence[Reason]) -> Markup:
    """Write each reason with what it adds to the score or takes off."""
    return joined(
        paragraph(
            words(f"{reason.value * reason.weight:+.2f} ".replace("-", "−")),
            text(reason.feature),
            small(text(reason.note, _NOTE)) if reason.note else words(""),
        )
        for reason in reasons
    )


def _largest(entities: Sequence[Entity], known: Mapping[MemberKey, _Known]) -> list[Markup]:
    """List the entities of three or more members: a chain of judgements joins what none of them judged."""
    large = [entity for entity in entities if len(entity.members) > 2]
    if not large:
        return []
    rows = []
    for entity in heapq.nsmallest(_LARGEST, large, key=lambda e: (-len(e.members), e.key)):
        printed = [paragraph(_printed(key, known)) for key in entity.members[:_MEMBERS]]
        if len(entity.members) > _MEMBERS:
            printed.append(paragraph(words(f"and {len(entity.members) - _MEMBERS:,} more")))
        rows.append([text(entity.label, _LABEL), words(entity.kind), number(len(entity.members)), joined(printed)])
    columns = [Column("Entity"), Column("Kind"), Column("Members", number=True), Column("As pages print it", widest=True)]
    more = rest(len(large) - len(rows), "entity", "all are in graph.ttl", "entities")
    return [table("Entities of three or more members", columns, rows), more]
