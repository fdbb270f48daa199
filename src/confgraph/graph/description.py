"""State what the graph is: a dataset with counts for each class and property, vocabularies, examples, sources and licence.

Source: Describing Linked Datasets with the VoID Vocabulary (W3C, 2011), sections 2 and 4; Data Catalog Vocabulary (W3C).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from typing import Final

from pyoxigraph import Literal, NamedNode

from confgraph import vocab
from confgraph.graph import terms
from confgraph.graph.evidence import page_node
from confgraph.graph.facts import Fact, derived, is_a, label
from confgraph.graph.provenance import Run, run_node, time
from confgraph.graph.terms import Names, node
from confgraph.records import Reading

Triple = tuple[NamedNode, NamedNode, NamedNode | Literal]

_ABOUT: Final = (
    "What conference pages say of papers, people, methods, datasets, tasks, metrics, results and events. "
    "Each page has a named graph, named by the page, with a claim and the words of the page for every statement."
)
_EXAMPLES: Final = (
    vocab.SCHEMA_SCHOLARLY_ARTICLE, vocab.FOAF_PERSON, vocab.ORG_ORGANIZATION, vocab.CG_METHOD, vocab.SCHEMA_DATASET, vocab.CG_TASK,
    vocab.CG_METRIC, vocab.SCHEMA_SOFTWARE_SOURCE_CODE, vocab.MLS_MODEL_EVALUATION, vocab.CONF_TALK, vocab.CONF_TUTORIAL,
    vocab.CONF_CONFERENCE, vocab.SCHEMA_MEETING_ROOM,
)  # fmt: skip
"""The classes of which one instance each shows what the graph holds."""


_CLASS: Final = (vocab.VOID_CLASS_PARTITION, vocab.VOID_CLASS, vocab.VOID_ENTITIES)
_PROPERTY: Final = (vocab.VOID_PROPERTY_PARTITION, vocab.VOID_PROPERTY, vocab.VOID_TRIPLES)
_PREFIX: Final = {namespace: prefix for prefix, namespace in vocab.PREFIXES.items()}


def graph_node(names: Names) -> NamedNode:
    """Give the node of the graph itself: one for each base, whatever the pages, so that links to it stay."""
    return names.thing("graph", "conference pages")


def iter_header(pages: Sequence[Reading], licence: str | None, by: Run, names: Names) -> Iterator[Fact]:
    """Yield what the graph says of itself before its statements are counted; a time only where the run has one."""
    graph = graph_node(names)
    title = f"Knowledge graph of {len(pages)} conference page{'' if len(pages) == 1 else 's'}"
    for kind in (vocab.VOID_DATASET, vocab.DCAT_DATASET, vocab.OWL_ONTOLOGY):
        yield is_a(graph, kind)
    yield label(graph, title)
    yield derived(graph, vocab.DCTERMS_TITLE, terms.text(title))
    yield derived(graph, vocab.DCTERMS_DESCRIPTION, terms.text(_ABOUT))
    yield derived(graph, vocab.OWL_IMPORTS, node(vocab.ONTOLOGY))
    yield derived(graph, vocab.OWL_VERSION_INFO, terms.text(by.version or vocab.VERSION))
    yield derived(graph, vocab.PROV_WAS_GENERATED_BY, run_node(by, names))
    yield derived(graph, vocab.VOID_URI_SPACE, terms.text(names.base))
    if licence:
        yield derived(graph, vocab.DCTERMS_LICENSE, NamedNode(licence))
    if (moment := time(by)) is not None:
        yield derived(graph, vocab.DCTERMS_CREATED, moment)
        yield derived(graph, vocab.DCTERMS_MODIFIED, moment)
    for reading in pages:
        yield derived(graph, vocab.DCTERMS_SOURCE, page_node(reading.page, names))


def iter_description(knowledge: Iterable[Triple], names: Names) -> Iterator[Fact]:
    """Yield the counts of the knowledge, its vocabularies and examples; what is yielded is counted too."""
    counts = _Counts(knowledge)
    own: list[Fact] = []
    while (told := [*_iter_counted(counts.with_facts(own), names)]) != own:
        own = told  # the form settles first, as it follows from classes and properties alone, and then the numbers
    yield from own


class _Counts:
    """How often each class and property is used, and what by."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.classes: Counter[NamedNode] = Counter()
        self.properties: Counter[NamedNode] = Counter()
        self.subjects: Counter[NamedNode] = Counter()
        self.entities: set[NamedNode] = set()
        self.members: defaultdict[NamedNode, list[NamedNode]] = defaultdict(list)
        a = node(vocab.RDF_TYPE)
        for subject, predicate, value in triples:
            self.properties[predicate] += 1
            self.subjects[subject] += 1
            if predicate == a and isinstance(value, NamedNode):
                self.classes[value] += 1
                self.entities.add(subject)
                self.members[value].append(subject)

    def with_facts(self, facts: Iterable[Fact]) -> _Counts:
        """Count some facts, none of which gives a class, besides."""
        more = copy(self)
        more.properties, more.subjects = self.properties.copy(), self.subjects.copy()
        more.properties.update(fact.predicate for fact in facts)
        more.subjects.update(fact.subject for fact in facts)
        return more


def _iter_counted(counts: _Counts, names: Names) -> Iterator[Fact]:
    graph = graph_node(names)
    for predicate, number in (
        (vocab.VOID_TRIPLES, counts.properties.total()),
        (vocab.VOID_ENTITIES, len(counts.entities)),
        (vocab.VOID_DISTINCT_SUBJECTS, len(counts.subjects)),
        (vocab.VOID_CLASSES, len(counts.classes)),
        (vocab.VOID_PROPERTIES, len(counts.properties)),
    ):
        yield derived(graph, predicate, Literal(number))
    for space in sorted({_namespace(term.value) for term in (*counts.classes, *counts.properties)}):
        yield derived(graph, vocab.VOID_VOCABULARY, NamedNode(space))
    for kind in _EXAMPLES:
        if members := counts.members.get(node(kind)):
            richest = min(members, key=lambda member: (-counts.subjects[member], member.value))
            yield derived(graph, vocab.VOID_EXAMPLE_RESOURCE, richest)
    yield from _iter_partitions(counts.classes, _CLASS, names)
    yield from _iter_partitions(counts.properties, _PROPERTY, names)


def _iter_partitions(counts: Mapping[NamedNode, int], terms_of: tuple[str, str, str], names: Names) -> Iterator[Fact]:
    """Yield for each class, or property, the part of the graph that uses it; the part is no instance and has no class of its own."""
    link, naming, counting = terms_of
    for term in sorted(counts, key=lambda term: term.value):
        space = _namespace(term.value)
        part = names.thing("partition", f"{_PREFIX.get(space, space)}:{term.value.removeprefix(space)}")
        yield derived(graph_node(names), link, part)
        yield derived(part, naming, term)
        yield derived(part, counting, Literal(counts[term]))


def _namespace(iri: str) -> str:
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]
