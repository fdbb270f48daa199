"""Write the list of papers, narrowed by conference, session, method, dataset, task, institution and person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from confgraph import vocab
from confgraph.export.markup import Markup, counted, joined, number, plain, text
from confgraph.serve.explorer import reply
from confgraph.serve.explorer.facets import COUNTED, FACETS, Facet, counts, works
from confgraph.serve.explorer.frame import badge, frame, heading
from confgraph.serve.explorer.index import Hit, Index
from confgraph.serve.explorer.kinds import phrase
from confgraph.serve.explorer.markup import NOTHING, address, escape, pager, tag
from confgraph.serve.explorer.reading import Graph
from confgraph.serve.explorer.reply import Asked, Reply

SIZE: Final = 25
_MOST_VALUES: Final = 6
_SUGGESTED: Final = 30
_AUTHORS: Final = 4
_TO_NARROW: Final = Markup('<span class="to-narrow"> · <a href="#narrow">narrow</a></span>')
_SAID: Final = ("method", "dataset", "task")
"""The facets of which a row says how the paper belongs to the chosen value."""


@dataclass(frozen=True, slots=True)
class _Choice:
    """What was given for a facet: as typed, the IRI that it was taken for or nothing, and what else it may be."""

    typed: str
    iri: str
    others: tuple[Hit, ...] = ()


def papers(graph: Graph, index: Index, asked: Asked) -> Reply:
    """List the papers that belong to all values that are asked for, with the ways to narrow them further."""
    choices = {facet: _choice(graph, index, facet, asked.first(facet.name)) for facet in FACETS if asked.first(facet.name)}
    chosen = {facet: choice.iri for facet, choice in choices.items() if choice.iri}
    unknown = [facet for facet, choice in choices.items() if not choice.iri]
    found = [] if unknown else works(graph, chosen)
    shown = found[(asked.page - 1) * SIZE : asked.page * SIZE]
    listed = tag("ol", *(_row(graph, iri, label, chosen) for iri, label in shown), class_="papers")
    rows = listed if shown else _empty(chosen, unknown, asked.page)
    parts = [
        heading("Papers", beside=_chips(graph, chosen)),
        *(_unclear(graph, facet, choice, chosen) for facet, choice in choices.items() if choice.others or not choice.iri),
        tag("p", counted(len(found), "paper or tutorial", "papers and tutorials"), _TO_NARROW, class_="count") if found else NOTHING,
        tag(
            "div",
            tag("div", rows, pager("/papers", _given(graph, chosen), asked.page, SIZE, len(found)), class_="found"),
            tag(
                "aside",
                _form(graph, index, choices),
                _narrow(graph, index, chosen, [iri for iri, _ in found]) if found else NOTHING,
                aria_label="Narrow",
            ),
            class_="sided",
        ),
    ]
    named = " and ".join(graph.label(iri) for iri in chosen.values())
    return reply.page(frame(f"Papers: {named}" if named else "Papers", *parts, here="/papers"))


def _choice(graph: Graph, index: Index, facet: Facet, typed: str) -> _Choice:
    """Take what was given for an IRI, for the name of a value, or, where one is found alone, for part of its name."""
    if iri := graph.iri(typed):
        return _Choice(typed, graph.replaced(iri) or iri)
    named = index.named(typed, facet.kinds)
    if named:
        return _Choice(typed, named[0].iri, tuple(named[1:6]))
    near = index.search(typed, facet.kinds, 0, 6).hits
    return _Choice(typed, near[0].iri if len(near) == 1 and not near[0].nearly else "", near if len(near) != 1 or near[0].nearly else ())


def _given(graph: Graph, chosen: Mapping[Facet, str]) -> dict[str, str]:
    return {facet.name: graph.local(iri) for facet, iri in chosen.items()}


def _with(graph: Graph, chosen: Mapping[Facet, str], facet: Facet, iri: str) -> str:
    return address("/papers", _given(graph, {**chosen, facet: iri}))


def _chips(graph: Graph, chosen: Mapping[Facet, str]) -> Markup:
    chips = []
    for facet, iri in chosen.items():
        rest = address("/papers", _given(graph, {f: v for f, v in chosen.items() if f != facet}))
        name = graph.label(iri)
        away = tag("a", Markup("×"), href=rest, class_="away-with", aria_label=f"Without {facet.title.lower()} {name[:100]}")
        chips.append(tag("li", Markup(f"{facet.title} "), tag("a", text(name, 80), href=graph.address(iri)), away))
    return tag("ul", *chips, class_="chips", aria_label="Chosen") if chips else NOTHING


def _unclear(graph: Graph, facet: Facet, choice: _Choice, chosen: Mapping[Facet, str]) -> Markup:
    """Say what a name was taken for, or that nothing has it, with what it may be."""
    typed = tag("b", text(choice.typed, 100))
    links = joined((tag("a", text(hit.label, 100), href=_with(graph, chosen, facet, hit.iri)) for hit in choice.others), ", ")
    if choice.iri:
        said = [Markup("Other things are called "), typed, Markup(" too: "), links]
    elif choice.others:
        said = [Markup(f"No {facet.title.lower()} is called just "), typed, Markup(". Is it one of these? "), links]
    else:
        said = [Markup(f"No {facet.title.lower()} is called "), typed, Markup(" or nearly so.")]
    return tag("p", *said, class_="note")


def _empty(chosen: Mapping[Facet, str], unknown: Sequence[Facet], page: int) -> Markup:
    if unknown:
        return NOTHING
    if page > 1:
        return tag("p", Markup("The list ends before this page."), class_="empty")
    if chosen:
        return tag("p", Markup("No paper belongs to all of these. Take one away to see more."), class_="empty")
    return tag("p", Markup("This graph holds no papers."), class_="empty")


def _row(graph: Graph, iri: str, label: str, chosen: Mapping[Facet, str]) -> Markup:
    authors = graph.authors(iri)
    names = [tag("a", text(graph.label(author.person), 60), href=graph.address(author.person)) for author in authors[:_AUTHORS]]
    rest = Markup(f" and {len(authors) - _AUTHORS} more") if len(authors) > _AUTHORS else NOTHING
    by = tag("p", joined(names, ", "), rest, class_="by") if names else NOTHING
    year = joined(map(escape, graph.values(iri, vocab.FABIO_HAS_PUBLICATION_YEAR)[:1]))
    kind = graph.kind(iri)
    marks = [badge(kind) if kind.slug != "papers" else NOTHING, tag("span", year, class_="year") if year else NOTHING]
    how = [_how(graph, iri, facet, value) for facet, value in chosen.items() if facet.name in _SAID]
    said = tag("p", joined(filter(None, how), " · "), class_="how") if any(how) else NOTHING
    return tag("li", tag("a", text(label, 300), href=graph.address(iri), class_="name"), *marks, by, said)


def _how(graph: Graph, work: str, facet: Facet, value: str) -> Markup:
    """Say by which links a work belongs to a value; a general one goes without saying beside a special one."""
    props = {prop for prop, others in graph.outward(work).items() if value in others and prop in facet.links}
    special = props - {vocab.CG_USES_DATASET} if vocab.CG_EVALUATES_ON in props else props
    return joined([joined([Markup(phrase(prop).lower()), Markup(" "), text(graph.label(value), 60)]) for prop in sorted(special)], ", ")


def _form(graph: Graph, index: Index, choices: Mapping[Facet, _Choice]) -> Markup:
    """Write the form that asks for values by name; lists of names that are often meant need no script."""
    fields = []
    for facet in FACETS:
        if not any(index.count(kind) for kind in facet.kinds):
            continue
        choice = choices.get(facet)
        shown = "" if choice is None else graph.label(choice.iri) if choice.iri else choice.typed
        often = [hit for kind in facet.kinds for hit in index.of_kind(kind, 0, _SUGGESTED)]
        options = "".join(f'<option value="{plain(hit.label, 100)}"></option>' for hit in often)
        field = (
            f'<p><label for="by-{facet.name}">{facet.title}</label><input id="by-{facet.name}" name="{facet.name}" list="of-{facet.name}" '
            f'value="{escape(shown[:200])}" data-complete="{",".join(facet.slugs)}" autocomplete="off">'
        )
        fields.append(Markup(f'{field}<datalist id="of-{facet.name}">{options}</datalist></p>'))
    head = tag("h2", Markup("Narrow"), id="narrow")
    return tag("form", head, *fields, Markup("<p><button>Show papers</button></p>"), action="/papers", class_="narrow")


def _narrow(graph: Graph, index: Index, chosen: Mapping[Facet, str], found: Sequence[str]) -> Markup:
    """List the values that the papers shown have most, by facet."""
    groups = []
    for facet in FACETS:
        if facet in chosen or not any(index.count(kind) for kind in facet.kinds):
            continue
        if chosen:
            rows = [row for row in counts(graph, found, facet, _MOST_VALUES + 1) if row[0] not in chosen.values()][:_MOST_VALUES]
        else:
            rows = [(hit.iri, hit.label, 0) for hit in _most_linked(index, facet)]
        items = [
            tag("li", tag("a", text(label, 60), href=_with(graph, chosen, facet, iri)), tag("small", number(count)) if count else NOTHING)
            for iri, label, count in rows
        ]
        if items:
            groups.append(tag("section", tag("h3", Markup(facet.title)), tag("ul", *items, class_="things")))
    sample = tag("p", Markup(f"Counted in the first {COUNTED:,} papers by name."), class_="more")
    return joined([*groups, sample if chosen and len(found) > COUNTED else NOTHING])


def _most_linked(index: Index, facet: Facet) -> list[Hit]:
    hits = [hit for kind in facet.kinds for hit in index.of_kind(kind, 0, _MOST_VALUES) if hit.links]
    return sorted(hits, key=lambda hit: -hit.links)[:_MOST_VALUES]
