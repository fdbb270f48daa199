"""Cut an entry into its parts, and say what each holds: by the names of elements, labels, what most entries have there, how it reads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from confgraph.ingest.forms.html.cuts import Entry
from confgraph.ingest.forms.html.outline import Outline, is_abstract
from confgraph.ingest.forms.html.people import names_places, tidy
from confgraph.ingest.forms.html.stretches import KIND, iter_stretches
from confgraph.ingest.forms.html.times import CLOCK, DATE, YEAR
from confgraph.ingest.forms.html.tree import LINE, Node
from confgraph.ingest.forms.html.words import Role, is_widget, label_role, labelled_role
from confgraph.ingest.lines import count_words

_ROOM: Final = re.compile(
    r"^\[.{2,80}\]$|\b(?:room|hall|ballroom|auditorium|theat(?:er|re)|exhibit|level|floor|building|salon|foyer|amphi\w*|aula|saal|raum|salle|sala)\b",
    re.IGNORECASE,
)
_OF_FILE: Final = re.compile(r"\b(?:modified|submitted|updated|uploaded|posted)\b", re.IGNORECASE)
"""What is said of a day on which nothing takes place."""
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
_LABEL_WORDS: Final = 3
"""So few words are the label of an abstract and no abstract."""
_LIST_SHARE: Final = 0.5
_ALIKE: Final = 0.4
"""What at least this share of several entries says in the same words is a widget."""


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, text))


_FITS: Final[Mapping[Role, Callable[[str], object]]] = {
    Role.TIME: lambda text: CLOCK.search(text) or DATE.search(text),
    Role.DATE: lambda text: (CLOCK.search(text) or DATE.search(text)) and not _OF_FILE.search(text),
    Role.YEAR: YEAR.search,
    Role.KIND: lambda text: KIND.match(text) or not is_widget(text),
    Role.ABSTRACT: lambda text: count_words(text) > _LABEL_WORDS and not is_widget(text),
    **dict.fromkeys((Role.AUTHORS, Role.ROOM, Role.VENUE, Role.SESSION, Role.TRACK), _has_letters),
}
"""What a text must hold for a role."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of an entry: its nodes and their text, what it holds if that is known, and where it stands."""

    nodes: Sequence[Node]
    text: str
    slot: tuple[str, ...]
    role: Role | None = None
    sure: bool = False
    """Whether a label or the name of an element says so."""


def split_entries(outline: Outline, entries: Sequence[Entry]) -> list[list[Part]]:
    """Give the parts of each entry of one list, in order, with their roles."""
    slots: dict[tuple[str, ...], tuple[str, ...]] = {}
    found = [_parts(outline, entry, slots) for entry in entries]
    common = _learn_slots(outline, found)
    widgets = _find_widgets(outline, found)
    return [[_settled(outline, part, common) for part in parts if part.role is Role.TITLE or part.text not in widgets] for parts in found]


def _parts(outline: Outline, entry: Entry, slots: dict[tuple[str, ...], tuple[str, ...]]) -> list[Part]:
    """Cut an entry at its lines, and at what the names of elements or labels tell apart; `slots` holds each name of a place once."""
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
            found.append(Part([entry.title], outline.tree.text(entry.title), slot, Role.TITLE, sure=True))
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
        slot = (*slot, str(min(counts[slot], 4)))
        found.append(Part(nodes, text, slots.setdefault(slot, slot), role, sure=role is not None))
    return [*found, *_iter_spanning(outline, entry)]


def _iter_spanning(outline: Outline, entry: Entry) -> Iterator[Part]:
    """Yield the cells of rows above that span the row of an entry, such as the time of several talks."""
    for cell in outline.cells.above.get(entry.first, ()):
        text = outline.tree.text(cell)
        role = outline.cells.heads.get(cell.order) or _reads_like(outline, text)
        if role in {Role.TIME, Role.DATE, Role.ROOM, Role.SESSION, Role.KIND} and _can_be(role, text):
            yield Part([cell], text, ("above",), role, sure=True)


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
    fits = _FITS.get(role)
    return count_words(text) <= _MOST_WORDS.get(role, 1 << 30) and (fits is None or bool(fits(text)))


class _Looks(NamedTuple):
    """A role, what a text that has it looks like, and how many words it has at most."""

    role: Role
    like: Callable[[Outline, str], object]
    words: int = 1 << 30


_LOOKS: Final = (
    _Looks(Role.CITATION, lambda _, text: _CITATION.match(text)),
    _Looks(Role.KIND, lambda _, text: KIND.match(text)),
    _Looks(Role.OTHER, lambda _, text: _OF_FILE.search(text) and DATE.search(text), 15),
    _Looks(Role.TIME, lambda _, text: CLOCK.search(text), 25),
    _Looks(Role.ROOM, lambda _, text: _ROOM.search(text) and not is_abstract(text), 15),
    _Looks(Role.DATE, lambda _, text: DATE.search(text), 8),
    _Looks(Role.LINKS, lambda _, text: is_widget(text)),
    _Looks(Role.AFFILIATION, lambda _, text: names_places(text, marked=True)),
    _Looks(Role.AUTHORS, lambda outline, text: outline.names_in(text)),
    _Looks(Role.AFFILIATION, lambda _, text: names_places(text), 15),
    _Looks(Role.ABSTRACT, lambda _, text: is_abstract(text)),
)
"""What texts of each role look like, the surest first."""


def _reads_like(outline: Outline, text: str) -> Role | None:
    """Say what a text reads like by itself."""
    words = count_words(text)
    return next((looks.role for looks in _LOOKS if words <= looks.words and looks.like(outline, text)), None)


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
