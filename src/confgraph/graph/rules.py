"""Check what must hold of a graph and shapes cannot say, since it joins several nodes or computes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Store

from confgraph import vocab
from confgraph.graph.checks import select
from confgraph.graph.findings import Finding, Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """What must hold: the `query` gives each node `?this`, with a `?value`, for which it does not; `path` leads to the value.

    A rule about the description of the graph counts the knowledge alone, the default graph, and only warns: who adds a triple by hand
    has done nothing wrong. All others hold of the union of all graphs.
    """

    name: str
    path: str
    query: str
    message: str
    of_description: bool = False


def _counted(thing: str, number: str, counted: str) -> Rule:
    """Make the rule that the graph's description counts what the knowledge holds: `counted` binds `?thing` and its number `?found`."""
    told = f"?this <{thing}> ?thing ; <{number}> ?value"
    return Rule(
        "Counted",
        f"<{number}>",
        f"SELECT ?this ?value {{ {told} OPTIONAL {{ {counted} }} FILTER(COALESCE(?found, 0) != ?value) }}",
        "The description of the graph counts what the knowledge holds: count again after a change.",
        of_description=True,
    )


RULES: Final = (
    Rule(
        "ClaimStands",
        f"<{vocab.RDF_PREDICATE}>",
        f"""SELECT ?this ?value {{
          ?this a <{vocab.RDF_STATEMENT}> ; <{vocab.RDF_SUBJECT}> ?subject ; <{vocab.RDF_PREDICATE}> ?value ; <{vocab.RDF_OBJECT}> ?object
          FILTER NOT EXISTS {{ ?subject ?value ?object }}
        }}""",
        "What a claim states stands in the graph as well: add the triple, or remove the claim.",
    ),
    Rule(
        "OnePosition",
        f"<{vocab.SOA_HAS_AUTHORSHIP}>/<{vocab.SOA_POSITION}>",
        f"""SELECT ?this ?value {{
          ?this <{vocab.SOA_HAS_AUTHORSHIP}> ?one, ?other . ?one <{vocab.SOA_POSITION}> ?value . ?other <{vocab.SOA_POSITION}> ?value
          FILTER(STR(?one) < STR(?other))
        }}""",
        "No two authors of a work have one position: keep those of the leading list of authors.",
    ),
    Rule(
        "QuoteLength",
        f"<{vocab.OA_EXACT}>",
        f"""SELECT ?this ?value {{
          ?this <{vocab.OA_START}> ?start ; <{vocab.OA_END}> ?end ; <{vocab.OA_EXACT}> ?value FILTER(?end - ?start != STRLEN(?value))
        }}""",
        "A quote is as long as its place: count start and end in characters (code points), not in bytes.",
    ),
    _counted(vocab.RDF_TYPE, vocab.VOID_TRIPLES, "{ SELECT (COUNT(*) AS ?found) { ?s ?p ?o } }"),
    _counted(vocab.RDF_TYPE, vocab.VOID_ENTITIES, "{ SELECT (COUNT(DISTINCT ?s) AS ?found) { ?s a ?o } }"),
    _counted(vocab.RDF_TYPE, vocab.VOID_DISTINCT_SUBJECTS, "{ SELECT (COUNT(DISTINCT ?s) AS ?found) { ?s ?p ?o } }"),
    _counted(vocab.RDF_TYPE, vocab.VOID_CLASSES, "{ SELECT (COUNT(DISTINCT ?o) AS ?found) { ?s a ?o } }"),
    _counted(vocab.RDF_TYPE, vocab.VOID_PROPERTIES, "{ SELECT (COUNT(DISTINCT ?p) AS ?found) { ?s ?p ?o } }"),
    _counted(vocab.VOID_CLASS, vocab.VOID_ENTITIES, "{ SELECT ?thing (COUNT(*) AS ?found) { ?s a ?thing } GROUP BY ?thing }"),
    _counted(vocab.VOID_PROPERTY, vocab.VOID_TRIPLES, "{ SELECT ?thing (COUNT(*) AS ?found) { ?s ?thing ?o } GROUP BY ?thing }"),
)


def check(store: Store) -> list[Finding]:
    """Check a store; give each finding once, sorted."""
    return sorted(set(_iter_findings(store)))


def _iter_findings(store: Store) -> Iterator[Finding]:
    for rule in RULES:
        severity = Severity.WARNING if rule.of_description else Severity.VIOLATION
        for row in select(store, rule.query, union=not rule.of_description):
            yield Finding(str(row["this"]), rule.path, rule.name, str(row["value"]), severity, rule.message)
