"""Name things as one page names them, whatever other pages make of them.

A page that is added may merge what an earlier one named into an entity of another key. The page's evidence is named by its own
keys, so that its IRIs stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from confgraph.graph.parts import iter_parts
from confgraph.graph.terms import Names
from confgraph.graph.works import Work
from confgraph.records import MemberKey, Reading
from confgraph.resolve import keys, members

OwnNames = Mapping[str, tuple[str, ...]]
"""The IRIs, sorted, under which a page names what has the IRI in the graph."""


def own_names(reading: Reading, works: Mapping[MemberKey, Work], names: Names) -> OwnNames:
    """Give the IRIs that a page's own keys make of its entities and of the parts of its works, by what they are now."""
    found: dict[str, set[str]] = {}
    entries = members.entries([reading])
    named = set(members.profiles([reading], entries, members.appearances(entries)))
    for record in reading.records:
        occasion = keys.occasion_of(reading, record)
        united = works[names.entity(keys.paper_key(record, occasion)).key].parts
        for part in iter_parts(record, occasion):
            now = united[part]
            found.setdefault(names.thing(now.kind, *now.names).value, set()).add(names.thing(part.kind, *part.names).value)
            named.update(filter(None, part.wholes))  # results name some things that no list of the record holds
        for author in record.authors:
            named.update(key for affiliation in author.affiliations for key in names.named_in(affiliation))
    for key in named:
        entity = names.entity(key)
        if key in entity.members:  # a whole affiliation is no name of what it names
            found.setdefault(names.of(entity).value, set()).add(names.member(key).value)
    return {now: tuple(sorted(own)) for now, own in found.items()}


def iter_alternatives(own: OwnNames, *terms: str) -> Iterator[tuple[str, ...]]:
    """Yield each way in which a page names some terms, the first of which stands for all; what it has no name for stands for itself.

    >>> list(iter_alternatives({"ab": ("a", "b")}, "ab", "is", "c"))
    [('a', 'is', 'c'), ('b', 'is', 'c')]
    """
    yield from product(*(own.get(term, (term,)) for term in terms))
