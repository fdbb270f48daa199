"""Make RDF terms of Python values, and name the instances that the graph speaks of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Final

from pyoxigraph import Literal, NamedNode

from confgraph import iris, vocab
from confgraph.records import Broader, Entity, MemberKey, PageId, Registered, Resolution
from confgraph.resolve import keys

_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What no XML file can hold. Source: XML 1.0, production 2 (Char)."""


@lru_cache(maxsize=4096)
def node(iri: str) -> NamedNode:
    """Make the node of an IRI; equal IRIs share one."""
    return NamedNode(iri)


def property_label(iri: str) -> str:
    """Make a property's label of its local name.

    >>> property_label(vocab.CG_USES_METHOD)
    'uses method'
    """
    local = re.split(r"[#/]", iri.rstrip("#/"))[-1]
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", local).lower()


_DECIMAL: Final = NamedNode(vocab.XSD_DECIMAL)
_DATE_TIME: Final = NamedNode(vocab.XSD_DATE_TIME)
_YEAR: Final = NamedNode(vocab.XSD_G_YEAR)
_ANY_URI: Final = NamedNode(vocab.XSD_ANY_URI)


def text(value: str) -> Literal:
    """Make a string; characters that XML cannot hold become U+FFFD, so that every export holds the same graph."""
    return Literal(_NOT_XML.sub("\ufffd", value))


def decimal(value: Decimal | float) -> Literal:
    """Make a decimal in the canonical form, which the store keeps; floats are rounded to two places, as confidences are.

    Source: XML Schema 1.1 Part 2, section 3.3.3.

    >>> decimal(0.904).value, decimal(1.0).value, decimal(Decimal("1.50E+3")).value
    ('0.9', '1', '1500')
    """
    exact = value if isinstance(value, Decimal) else Decimal(f"{value:.2f}")
    whole, point, fraction = f"{exact:f}".partition(".")
    short = whole + (point + fraction).rstrip("0").rstrip(".")
    return Literal("0" if short == "-0" else short, datatype=_DECIMAL)


def year(value: int) -> Literal:
    """Make a year of at least four digits."""
    return Literal(f"{value:04d}", datatype=_YEAR)


def uri(value: str) -> Literal:
    """Make a web address; a literal, since what a page prints need not be a valid IRI."""
    return Literal(_NOT_XML.sub("\ufffd", value), datatype=_ANY_URI)


def date_time(value: str) -> Literal | None:
    """Make a point in time, in the canonical form, of an ISO 8601 date or date and time; None where it is neither.

    >>> date_time("2023-12-10").value, date_time("2023-12-10 09:30:00.5+00:00").value, date_time("1:12:23")
    ('2023-12-10T00:00:00', '2023-12-10T09:30:00.5Z', None)
    """
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    stamp = re.sub(r"(\.\d*?)0+(?=[+-]|$)", r"\1", moment.isoformat()).replace("+00:00", "Z")
    return Literal(stamp, datatype=_DATE_TIME)


class Names:
    """Give the nodes of entities and of everything else that is minted, under one base."""

    def __init__(self, base: str, resolution: Resolution) -> None:
        self.base = base
        self._by_member: Mapping[MemberKey, Entity] = resolution.by_member
        self._affiliations = resolution.affiliations
        self._registered = resolution.registered
        self._broader: dict[MemberKey, list[Broader]] = {}
        self._not_broader = frozenset((pair.narrower, pair.broader) for pair in resolution.broader if not pair.holds)
        for pair in resolution.broader:
            if pair.holds:
                for member in pair.members:
                    self._broader.setdefault(member, []).append(pair)

    def entity(self, key: MemberKey) -> Entity:
        """Give the entity of a member key; a key that resolution never saw is an entity of its own."""
        return self._by_member.get(key) or Entity(key, keys.kind_of(key), keys.identity_of(key), (), (key,))

    def organizations(self, affiliation: str) -> list[NamedNode]:
        """Give the nodes of the organisations that a raw affiliation names, each once."""
        return list(dict.fromkeys(self.of(self.entity(key)) for key in self.named_in(affiliation)))

    def named_in(self, affiliation: str) -> Sequence[MemberKey]:
        """Give the keys under which resolution knows the organisations that a raw affiliation names."""
        return self._affiliations.get(affiliation, ())

    def registered(self, entity: Entity) -> Registered | None:
        """Give what a register says of an entity, or None where it is in none."""
        return next((self._registered[key] for key in entity.members if key in self._registered), None)

    def broader(self, member: MemberKey) -> Sequence[Broader]:
        """Give the decisions that something is broader than the entity of a member, which that member's name tells."""
        return self._broader.get(member, ())

    def may_be_broader(self, narrower: Entity, broader: Entity) -> bool:
        """Say whether one entity may be broader than another where a text says so: resolution has not decided against it."""
        return (narrower.key, broader.key) not in self._not_broader

    def of(self, entity: Entity) -> NamedNode:
        """Give the node of an entity: that of its smallest member key."""
        return self.member(entity.key)

    def member(self, key: MemberKey) -> NamedNode:
        """Give the node that a member key has, or had before it was merged."""
        return node(iris.mint(self.base, keys.kind_of(key), keys.identity_of(key)))

    def thing(self, kind: str, *identity: str) -> NamedNode:
        """Give the node of what is no entity, from its kind and normalised identity."""
        return NamedNode(iris.mint(self.base, kind, "|".join(identity)))

    def page(self, name: str, page: PageId) -> NamedNode:
        """Give the node of a page from its file name and id."""
        return self.thing("page", name, page)
