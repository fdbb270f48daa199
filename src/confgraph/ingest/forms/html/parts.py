"""Cut an entry into its parts, and say what each holds: by the names of elements, labels, what most entries have there, how it reads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from confgraph.ingest.forms.html.cuts import Entry
from confgraph.ingest.forms.html.outline import CLOCK, DATE, Outline, is_abstract
from confgraph.ingest.forms.html.people import names_places, tidy
from confgraph.ingest.forms.html.stretches import KIND, iter_stretches
from confgraph.ingest.forms.html.tree import LINE, Node
from confgraph.ingest.forms.html.words import Role, is_widget, label_role, labelled_role
from confgraph.ingest.lines import count_words

_ROOM: Final = re.compile(
    r"^\[.{2,80}\]$|\b(?:room|hall|ballroom|auditorium|theat(?:er|re)|exhibit|level|floor|building|salon|foyer|amphi\w*|aula|saal|raum|salle|sala)\b",
    re.IGNORECASE,
)
_CITATION: Final = re.compile(r"^@\w+\s*\{")
_MOST_WORDS: Final = {
    Role.TIME: 25,
    Role.DATE: 25,
    Role.ROOM: 15,
    Role.SESSION: 25,
    Role.TRACK: 25,
    Role.KIND: 6,
    Role.AFFILIATION: 150,
    Role.VENUE: 40,
}
_WHEN_WORDS: Final = 25
_LIST_SHARE: Final = 0.5
_ALIKE: Final = 0.4
"""What at least this share of several entries says in the same words is a widget."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of an entry: its text, what it holds if that is known, and where it stands."""

    node: Node
    text: str
    slot: tuple[str, ...]
    role: Role | None = None
    sure: bool = False
    """Whether a label or the name of an element says so."""


def split_entries(outline: Outline, entries: Sequence[Entry]) -> list[list[Part]]:
    """Give the parts of each entry of one list, in order, with their roles."""
    found = [_parts(outline, entry) for entry in entries]
    common = _learn_slots(outline, found)
    widgets = _find_widgets(outline, found)
    return [[_settled(outline, part, common) for part in parts if part.role is Role.TITLE or part.text not in widgets] for parts in found]


def _parts(outline: Outline, entry: Entry) -> list[Part]:
    """Cut an entry at its lines, and at what the names of elements or labels tell apart."""
    found: list[Part] = []
    label: tuple[Role, Node] | None = None
    counts: Counter[tuple[str, ...]] = Counter()
    for nodes, inherited in iter_stretches(outline, entry):
        text = outline.listed(nodes)
        if not text:
            continue
        node = nodes[0]
        slot = _slot(outline, node, entry)
        counts[slot] += 1
        if entry.title.holds(node) or node.holds(entry.title):
            found.append(Part(entry.title, outline.tree.text(entry.title), slot, Role.TITLE, sure=True))
            label = None
            continue
        if found_label := label_role(text):
            label = (found_label, node)
            continue
        named = labelled_role(text)
        role = inherited
        if named and not (inherited is Role.ABSTRACT and named[0] is not Role.ABSTRACT):
            role, text = named[0], text[named[1] :]
            label = None
        elif label and _is_labelled(label[1], node):
            role = label[0]
        role = role if role and _can_be(role, text) else None
        found.append(Part(node, text, (*slot, str(min(counts[slot], 4))), role, sure=role is not None))
    return [*found, *_iter_spanning(outline, entry)]


def _iter_spanning(outline: Outline, entry: Entry) -> Iterator[Part]:
    """Yield the cells of rows above that span the row of an entry, such as the time of several talks."""
    for cell in outline.cells.above.get(entry.first, ()):
        text = outline.tree.text(cell)
        role = outline.cells.heads.get(cell.order) or _reads_like(outline, text)
        if role in {Role.TIME, Role.DATE, Role.ROOM, Role.SESSION, Role.KIND} and _can_be(role, text):
            yield Part(cell, text, ("above",), role, sure=True)


def _is_labelled(label: Node, node: Node) -> bool:
    """Tell whether a label still counts: up to where the element that holds it and what follows it ends."""
    holder = label.parent
    while holder is not None and holder.last <= label.last:
        holder = holder.parent
    if holder is not None and holder.tag == LINE and holder.parent is not None and not holder.holds(node):
        holder = holder.parent
    return holder is not None and holder.holds(node)


def _slot(outline: Outline, node: Node, entry: Entry) -> tuple[str, ...]:
    """Name where a node stands in its entry."""
    path = [outline.keys[node.order]]
    path += [outline.keys[a.order] for a in node.ancestors() if entry.first <= a.order]
    return tuple(path)


def _can_be(role: Role, text: str) -> bool:
    """Tell whether a text can be what a name or label says."""
    words = count_words(text)
    if words > _MOST_WORDS.get(role, 1 << 30):
        return False
    match role:
        case Role.TIME:
            return bool(CLOCK.search(text) or DATE.search(text))
        case Role.DATE:
            return bool(DATE.search(text) or CLOCK.search(text))
        case Role.AUTHORS | Role.ROOM | Role.VENUE | Role.SESSION | Role.TRACK:
            return any(c.isalpha() for c in text)
        case Role.ABSTRACT:
            return words > 3 and not is_widget(text)
        case _:
            return True


def _reads_like(outline: Outline, text: str) -> Role | None:  # noqa: PLR0911  (one line for each reason)
    """Say what a text reads like by itself."""
    words = count_words(text)
    if _CITATION.match(text):
        return Role.CITATION
    if KIND.match(text):
        return Role.KIND
    if words <= _WHEN_WORDS and CLOCK.search(text):
        return Role.TIME
    if words <= 15 and _ROOM.search(text) and not is_abstract(text):
        return Role.ROOM
    if words <= 8 and DATE.search(text):
        return Role.DATE
    if is_widget(text):
        return Role.LINKS
    if names_places(text, marked=True):
        return Role.AFFILIATION
    if outline.names_in(text):
        return Role.AUTHORS
    if words <= 15 and names_places(text):
        return Role.AFFILIATION
    return Role.ABSTRACT if is_abstract(text) else None


def _learn_slots(outline: Outline, entries: Sequence[Sequence[Part]]) -> dict[tuple[str, ...], Role]:
    """Say what the parts without a name hold, by what most of those that stand at one place read like."""
    votes: dict[tuple[str, ...], Counter[Role | None]] = {}
    for parts in entries:
        for part in parts:
            if part.role is None:
                votes.setdefault(part.slot, Counter())[_reads_like(outline, part.text)] += 1
    common = {}
    for slot, counts in votes.items():
        role, count = max(counts.items(), key=lambda item: (item[1], str(item[0])))
        if role and count >= _LIST_SHARE * counts.total():
            common[slot] = role
    return common


def _settled(outline: Outline, part: Part, common: dict[tuple[str, ...], Role]) -> Part:
    """Give a part without a name its role: its own where that is plain, else that of its place."""
    if part.role is not None:
        return part
    own, usual = _reads_like(outline, part.text), common.get(part.slot)
    if usual is Role.AUTHORS and own in {None, Role.AUTHORS} and not is_abstract(part.text):
        return replace(part, role=Role.AUTHORS)
    if usual is Role.AFFILIATION and own is Role.AUTHORS:
        return replace(part, role=Role.AFFILIATION)
    if usual is Role.ABSTRACT and own in {None, Role.ABSTRACT, Role.AUTHORS} and len(part.text) > 40:
        return replace(part, role=own if own is Role.AUTHORS and len(tidy(part.text)) < 200 else Role.ABSTRACT)
    return replace(part, role=own or (usual if usual and _can_be(usual, part.text) else None))


def _find_widgets(outline: Outline, entries: Sequence[Sequence[Part]]) -> set[str]:
    """Find the texts that recur in the entries and say nothing of them."""
    counts = Counter(text for parts in entries for text in {p.text for p in parts if not p.sure})
    least = max(3, _ALIKE * len(entries))
    return {text for text, count in counts.items() if count >= least and _reads_like(outline, text) in {None, Role.LINKS}}
