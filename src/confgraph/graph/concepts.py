"""State entities, and what records say of them: uses, introductions, results, relations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pyoxigraph import Literal, NamedNode

from confgraph import vocab
from confgraph.graph import terms
from confgraph.graph.facts import Fact, derived, is_a, label, place
from confgraph.graph.papers import Entry
from confgraph.graph.parts import Part, iter_results
from confgraph.graph.terms import Names, node
from confgraph.records import Concept, Entity, EntityKind, Introduced, MemberKey, Record, Registered, Relation, RelationType, Result, Span
from confgraph.resolve import keys
from confgraph.resolve.spelling import singular_words
from confgraph.text import fold, plain, words

_CLASSES: Final = {
    EntityKind.PERSON: (vocab.FOAF_PERSON,),
    EntityKind.ORGANIZATION: (vocab.ORG_ORGANIZATION,),
    EntityKind.METHOD: (vocab.CG_METHOD, vocab.SKOS_CONCEPT),
    EntityKind.DATASET: (vocab.SCHEMA_DATASET,),
    EntityKind.SOFTWARE: (vocab.SCHEMA_SOFTWARE_SOURCE_CODE,),
    EntityKind.TASK: (vocab.CG_TASK, vocab.SKOS_CONCEPT),
    EntityKind.METRIC: (vocab.CG_METRIC, vocab.SKOS_CONCEPT),
}
_NAMES: Final = {
    EntityKind.PERSON: (vocab.FOAF_NAME, vocab.SCHEMA_ALTERNATE_NAME),
    EntityKind.DATASET: (vocab.SCHEMA_NAME, vocab.SCHEMA_ALTERNATE_NAME),
    EntityKind.SOFTWARE: (vocab.SCHEMA_NAME, vocab.SCHEMA_ALTERNATE_NAME),
}
_CONCEPT_NAMES: Final = (vocab.SKOS_PREF_LABEL, vocab.SKOS_ALT_LABEL)
_LINKS: Final = {
    EntityKind.ORGANIZATION: vocab.CG_NAMES_INSTITUTION,
    EntityKind.METHOD: vocab.CG_USES_METHOD,
    EntityKind.DATASET: vocab.CG_USES_DATASET,
    EntityKind.SOFTWARE: vocab.CG_USES_SOFTWARE,
    EntityKind.TASK: vocab.CG_ADDRESSES_TASK,
    EntityKind.METRIC: vocab.CG_REPORTS_METRIC,
}
RELATIONS: Final[Mapping[RelationType, str]] = {
    RelationType.USED_FOR: vocab.CG_USED_FOR,
    RelationType.PART_OF: vocab.CG_PART_OF,
    RelationType.SUBCLASS_OF: vocab.CG_SUB_CLASS_OF,
    RelationType.SUBTASK_OF: vocab.CG_SUB_TASK_OF,
    RelationType.SYNONYM_OF: vocab.CG_SYNONYM_OF,
    RelationType.COMPARE_WITH: vocab.CG_COMPARE_WITH,
    RelationType.TRAINED_WITH: vocab.CG_TRAINED_WITH,
    RelationType.EVALUATED_WITH: vocab.CG_EVALUATED_WITH,
    RelationType.BENCHMARK_FOR: vocab.CG_BENCHMARK_FOR,
}
"""The property of each relation type."""
_SKOS_KINDS: Final = frozenset({EntityKind.METHOD, EntityKind.TASK, EntityKind.METRIC})


def iter_entity(entity: Entity, names: Names) -> Iterator[Fact]:
    """Yield what an entity is and is called, and that its members' older nodes are replaced; papers are named by their records."""
    here = names.of(entity)
    if entity.kind is not EntityKind.PAPER:
        preferred, other = _NAMES.get(entity.kind, _CONCEPT_NAMES)
        for kind in _CLASSES[entity.kind]:
            yield is_a(here, kind)
        yield label(here, plain(entity.label))
        yield derived(here, preferred, terms.text(plain(entity.label)))
        for alias in sorted({plain(a) for a in entity.aliases} - {plain(entity.label)}):
            yield derived(here, other, terms.text(alias))
    for member in entity.members:
        if member != entity.key:
            yield derived(names.member(member), vocab.DCTERMS_IS_REPLACED_BY, here)
    if registered := names.registered(entity):
        yield from _registered(here, registered, names)


def _registered(here: NamedNode, registered: Registered, names: Names) -> Iterator[Fact]:
    """Yield what a register says of an organisation; it is that of ROR for sure only where a page prints a name of it as ROR has it."""
    if registered.ror:
        yield derived(here, vocab.OWL_SAME_AS if registered.exact else vocab.SKOS_CLOSE_MATCH, node(registered.ror))
    if registered.country:
        yield derived(here, vocab.CG_COUNTRY, terms.text(registered.country))
    for parent in registered.parents:
        there = names.of(names.entity(parent))
        if there != here:
            yield derived(here, vocab.ORG_SUB_ORGANIZATION_OF, there)


@dataclass(frozen=True, slots=True)
class _Named:
    """A concept or introduced thing of a record, and the entity that it is."""

    field: str
    item: Concept | Introduced
    key: MemberKey
    entity: Entity
    node: NamedNode


@dataclass(frozen=True, slots=True)
class _Party:
    """What a result or relation names: the entity that it is, its own words, and how sure they name it."""

    entity: Entity
    spans: tuple[Span, ...] = ()
    confidence: float = 1.0


class _Concepts:
    """Look up a record's concepts by the names and places that results and relations print."""

    def __init__(self, record: Record, names: Names) -> None:
        self._names = names
        self.all: list[_Named] = []
        for field, i, key in keys.iter_concepts(record):
            entity = names.entity(key)
            self.all.append(_Named(field, getattr(record, field)[i], key, entity, names.of(entity)))
        self._by_name: dict[str, _Named] = {}
        self._by_start: dict[int, list[tuple[_Named, Span]]] = {}
        for named in self.all:
            if named.entity.kind is EntityKind.ORGANIZATION:
                continue  # a relation or result is of concepts, also where an institution's name begins like that of one
            for name in (named.item.name, *named.item.aliases):
                self._by_name.setdefault(fold(name), named)
            for span in named.item.mentions:
                self._by_start.setdefault(span.start, []).append((named, span))

    def end(self, name: str, start: int, sentence: Span) -> _Party | None:
        """Find what stands at one end of a relation: by its place, else by its name; None where the record lists no such concept.

        Its words are the mention that starts there; where the record lists none, only the sentence is known to name it.
        """
        named, span = self._by_name.get(fold(name)), sentence
        if here := self._by_start.get(start):
            named, span = next((found for found in here if found[0] is named), here[0])
        return _Party(named.entity, (span,), named.item.confidence) if named else None

    def party(self, key: MemberKey, result: Result) -> _Party:
        """Give the entity that a result names, with the mention of it that stands nearest to the number."""
        entity = self._names.entity(key)
        mentions = ((named, span) for named in self.all if named.entity.key == entity.key for span in named.item.mentions)
        named, nearest = min(mentions, key=lambda mention: abs(mention[1].start - result.start), default=(None, None))
        return _Party(entity, (nearest,), named.item.confidence) if named and nearest else _Party(entity)


def iter_concepts(entry: Entry, names: Names) -> Iterator[Fact]:
    """Yield what a record introduces, uses, addresses, measures and relates."""
    concepts = _Concepts(entry.record, names)
    introduced = {named.entity.key for named in concepts.all if named.field == "introduces"}
    affiliations = {raw for author in entry.record.authors for raw in author.affiliations}
    for named in concepts.all:
        item, own = named.item, named.entity.key in introduced
        if named.field == "introduces" or not own:
            link = vocab.CG_INTRODUCES if named.field == "introduces" else _LINKS[named.entity.kind]
            where = item.mentions or place(entry.record, "abstract")
            several = names.organizations(item.name) if named.field == "institutions" and item.name in affiliations else []
            yield from (Fact(entry.node, node(link), there, where, item.confidence) for there in several or [named.node])
        yield from _broader(entry, named, names)
    for result, part in iter_results(entry.key, entry.record):
        yield from _result(entry, result, part, concepts, names)
    for relation in entry.record.relations:
        yield from _relation(entry, relation, concepts, introduced, names)


def value_of(printed: str) -> Decimal | None:
    r"""Read a printed number; None where it is not one plain number.

    >>> value_of("1,234.5"), value_of("79.2 \\%"), value_of("3-4")
    (Decimal('1234.5'), Decimal('79.2'), None)
    """
    m = re.fullmatch(r"[~≈<>≥≤]?\s*([+\-\u2212]?)(\d{1,3}(?:,\d{3})+|\d+)?(\.\d+)?\s*(?:\\?%|[x\u00d7])?", printed.strip())
    if not m or not (m[2] or m[3]):
        return None
    value = Decimal((m[2] or "0").replace(",", "") + (m[3] or ""))
    return -value if m[1] in ("-", "\u2212") else value


def _result(entry: Entry, result: Result, part: Part, concepts: _Concepts, names: Names) -> Iterator[Fact]:
    """Yield one reported number as an evaluation of a model."""
    metric, dataset, method = (concepts.party(key, result) if key else None for key in part.wholes[1:])
    here, older = entry.part(part, names)
    yield is_a(here, vocab.MLS_MODEL_EVALUATION)
    yield label(here, _summary(result, metric, dataset))
    yield from older
    for party in filter(None, (metric, dataset, method)):
        yield from iter_entity(party.entity, names)
    number = value_of(result.value)
    values: tuple[tuple[str, Literal | None], ...] = (
        (vocab.MLS_HAS_VALUE, None if number is None else terms.decimal(number)),
        (vocab.CG_PRINTED_VALUE, terms.text(result.value)),
        (vocab.CG_UNIT, terms.text(result.unit) if result.unit else None),
    )
    spans = (Span(result.start, result.end),)
    yield Fact(entry.node, node(vocab.CG_REPORTS_RESULT), here, spans)
    yield from (Fact(here, node(predicate), value, spans) for predicate, value in values if value is not None)
    for subject, predicate, named, kinds in (
        (here, vocab.MLS_SPECIFIED_BY, metric, (EntityKind.METRIC,)),
        (here, vocab.CG_ON_DATASET, dataset, (EntityKind.DATASET,)),
        (here, vocab.CG_OF_METHOD, method, (EntityKind.METHOD, EntityKind.SOFTWARE)),
        (entry.node, vocab.CG_EVALUATES_ON, dataset, (EntityKind.DATASET,)),
    ):
        # another record may introduce the name as something else; the number speaks of the result, the words beside it of what it measures
        if named and named.entity.kind in kinds:
            there = names.of(named.entity)
            yield Fact(subject, node(predicate), there, spans, about=here)
            yield Fact(subject, node(predicate), there, named.spans, sure=named.confidence)


def _summary(result: Result, metric: _Party | None, dataset: _Party | None) -> str:
    measured = (metric.entity.label if metric else None, result.value, result.unit)
    return plain(" ".join(filter(None, measured)) + (f" on {dataset.entity.label}" if dataset else ""))


def _broader(entry: Entry, named: _Named, names: Names) -> Iterator[Fact]:
    """Yield what is broader than a concept as its name tells; what states it are the words that print the name.

    SKOS speaks of concepts; a dataset is no `skos:Concept`.
    """
    for pair in names.broader(named.key):
        link = vocab.SKOS_BROADER if named.entity.kind in _SKOS_KINDS else vocab.CG_SUB_CLASS_OF
        there = names.of(names.entity(pair.broader))
        where = named.item.mentions or place(entry.record, "abstract")
        yield Fact(named.node, node(link), there, where, pair.score, about=named.node, sure=named.item.confidence)


def _relation(entry: Entry, relation: Relation, concepts: _Concepts, introduced: set[MemberKey], names: Names) -> Iterator[Fact]:
    """Yield a relation, and what it says of the paper; one that names no concept of the record has no entity to speak of.

    What states it are the words at its two ends, each of which speaks of its own. Where a text prints `offline reinforcement learning
    (RL)`, the letters are those of `reinforcement learning`, which is no synonym of the whole.
    """
    sentence = Span(relation.start, relation.end)
    left = concepts.end(relation.subject, relation.subject_start, sentence)
    right = concepts.end(relation.object, relation.object_start, sentence)
    if left is None or right is None or left.entity.key == right.entity.key:
        return
    one, other = names.of(left.entity), names.of(right.entity)
    ends = ((left, one), (right, other))

    def say(subject: NamedNode, predicate: str, value: NamedNode) -> Iterator[Fact]:
        for end, there in ends:
            yield Fact(subject, node(predicate), value, end.spans, relation.confidence, about=there, sure=end.confidence)

    if relation.type is not RelationType.SYNONYM_OF or not _is_part(relation.subject, relation.object):
        yield from say(one, RELATIONS[relation.type], other)
    kinds = {left.entity.kind, right.entity.kind}
    if relation.type is RelationType.SUBCLASS_OF and kinds <= _SKOS_KINDS and names.may_be_broader(left.entity, right.entity):
        yield from say(one, vocab.SKOS_BROADER, other)
    if relation.type is RelationType.EVALUATED_WITH and right.entity.kind is EntityKind.DATASET:
        yield from say(entry.node, vocab.CG_EVALUATES_ON, other)
    if relation.type is RelationType.COMPARE_WITH:
        for (own, _), (compared, there) in (ends, ends[::-1]):
            if own.entity.key in introduced and compared.entity.key not in introduced:
                yield from say(entry.node, vocab.CG_COMPARES_TO, there)


def _is_part(one: str, other: str) -> bool:
    """Tell whether either name is part of the other, up to case, hyphens and number.

    >>> _is_part("language model", "unsupervised language models"), _is_part("TR", "tensor ring")
    (True, False)
    """
    first, second = (f" {singular_words(' '.join(words(name)))} " for name in (one, other))
    return first in second or second in first
