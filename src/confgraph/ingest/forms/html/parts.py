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
from confgraph.ingest.forms.html.tree import LINE, TEXT, Node
from confgraph.ingest.forms.html.words import Role, is_widget, label_role, labelled_role
from confgraph.ingest.lines import count_words

_ROOM: Final = re.compile(
    r"^\[.{2,80}\]$|\b(?:room|hall|ballroom|auditorium|theat(?:er|re)|exhibit|level|floor|building|salon|foyer|amphi\w*|aula|saal|raum|salle|sala)\b",
    re.IGNORECASE,
)
_KIND: Final = re.compile(
    r"^\W*(?:(?:in-person|virtual|invited|contributed|spotlight|short|long|regular|full|accept)\W+)*(?:oral|poster|spotlight|tutorial|keynote|talk|"
    r"workshop|demo|demonstration|panel|paper|highlight)s?(?:\W+(?:presentation|paper|session|talk|poster|oral|demo))*\W*$",
    re.IGNORECASE,
)
_CITATION: Final = re.compile(r"^@\w+\s*\{")
_KEPT_WORDS: Final = 60
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
    widgets = _find_widgets(found)
    return [[_settled(outline, part, common) for part in parts if part.role is Role.TITLE or part.text not in widgets] for parts in found]


def _parts(outline: Outline, entry: Entry) -> list[Part]:
    """Cut an entry at its lines, and at what the names of elements or labels tell apart."""
    found: list[Part] = []
    label: tuple[Role, Node] | None = None
    counts: Counter[tuple[str, ...]] = Counter()
    for nodes, inherited in _iter_stretches(outline, entry):
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


def _iter_stretches(outline: Outline, entry: Entry) -> Iterator[tuple[list[Node], Role | None]]:
    """Yield the nodes of an entry that belong together, with the role that the element around them has."""
    waiting: list[tuple[Node, Role | None]] = []
    at = entry.first
    tops = []
    while at < entry.last:
        tops.append(outline.tree.nodes[at])
        at = outline.tree.nodes[at].last
    waiting = [(node, None) for node in reversed(tops)]
    while waiting:
        node, role = waiting.pop()
        if node.end == node.start:
            continue
        own = outline.roles.get(node.order)
        if own and not (node.holds(entry.title) and node is not entry.title) and not (role is Role.AUTHORS and own is not Role.AFFILIATION):
            role = own
        if node is entry.title:
            yield [node], Role.TITLE
        elif node.tag == LINE:
            for stretch in _cut_line(outline, node, entry):
                inner = stretch[0]
                if len(stretch) == 1 and inner.children and inner.holds(entry.title) and inner is not entry.title:
                    waiting_inner = [child for child in inner.children if child.end > child.start]
                    yield from (([child], outline.roles.get(child.order, role)) for child in waiting_inner)
                    continue
                named = outline.roles.get(inner.order) if len(stretch) == 1 else None
                yield stretch, named if named and not (role is Role.AUTHORS and named is not Role.AFFILIATION) else role
        elif not any(child.tag == LINE or child.children for child in node.children):
            yield [node], role
        else:
            waiting.extend((child, role) for child in reversed(node.children))


def _cut_line(outline: Outline, line: Node, entry: Entry) -> list[list[Node]]:
    """Cut a line at the title, at elements whose names say what they hold, and at labels; what is left is cut where people end."""
    stretches: list[list[Node]] = [[]]
    for node in line.children:
        if node.holds(entry.title) or entry.title.holds(node) or outline.roles.get(node.order):
            stretches += [[node], []]
        elif node.tag != TEXT and labelled_role(text := outline.tree.text(node)):
            stretches += [[node]]
        elif node.tag != TEXT and (is_widget(text) or _KIND.match(text)):
            stretches += [[node], []]
        else:
            stretches[-1].append(node)
    cut: list[list[Node]] = []
    for stretch in stretches:
        if len(stretch) > 1 and not labelled_role(outline.tree.text(stretch[0])):
            cut += _cut_people(outline, stretch)
        elif stretch:
            cut.append(stretch)
    return cut


def _cut_people(outline: Outline, nodes: list[Node]) -> list[list[Node]]:
    """Take the people at either end of some nodes apart from the rest, whose nodes stand alone; prose stays whole."""
    text = outline.listed(nodes)
    if outline.names_in(text) or is_abstract(text) or names_places(text, marked=True):
        return [nodes]
    for size in range(len(nodes) - 1, max(0, len(nodes) - 12), -1):
        if outline.names_in(outline.listed(nodes[:size])):
            return [nodes[:size], *([node] for node in nodes[size:])]
        if outline.names_in(outline.listed(nodes[-size:])):
            return [*([node] for node in nodes[:-size]), nodes[-size:]]
    return [[node] for node in nodes] if any(outline.names_in(outline.tree.text(node)) for node in nodes) else [nodes]


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
    if _KIND.match(text):
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
    if usual is Role.ABSTRACT and own in {None, Role.ABSTRACT, Role.AUTHORS} and len(part.text) > 40:
        return replace(part, role=own if own is Role.AUTHORS and len(tidy(part.text)) < 200 else Role.ABSTRACT)
    return replace(part, role=own or (usual if usual and _can_be(usual, part.text) else None))


def _find_widgets(entries: Sequence[Sequence[Part]]) -> set[str]:
    """Find texts that recur in the entries and say nothing of them: those that no name or label explains, or that only links hold."""
    counts = Counter(text for parts in entries for text in {p.text for p in parts if not p.sure})
    least = max(3, _ALIKE * len(entries))
    return {
        text for text, count in counts.items() if count >= least and (is_widget(text) or not _KIND.match(text)) and not _ROOM.search(text)
    }
