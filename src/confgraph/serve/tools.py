"""Answer what programs ask of a graph by name: search, describe, evidence, query, schema, questions.

Each tool is a function of an open store and arguments that gives values of JSON. A worker runs them, within its limits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from pyoxigraph import Store

from confgraph import resources, vocab
from confgraph.errors import UsageError
from confgraph.graph import questions, store
from confgraph.serve.explorer.index import Index
from confgraph.serve.explorer.kinds import BY_SLUG
from confgraph.serve.explorer.reading import Claim, Graph, Quote

Arguments = Mapping[str, Any]
Tool = Callable[[Store, Index, Arguments], dict[str, Any]]

_MOST: Final = 200
"""The most rows, hits or values that one call gives."""
_PARTITIONS: Final = f"""
SELECT ?is ?term ?count {{
  {{ ?part <{vocab.VOID_CLASS}> ?term ; <{vocab.VOID_ENTITIES}> ?count BIND("class" AS ?is) }} UNION
  {{ ?part <{vocab.VOID_PROPERTY}> ?term ; <{vocab.VOID_TRIPLES}> ?count BIND("property" AS ?is) }}
}} ORDER BY ?is DESC(?count) ?term"""
_WORDS: Final = "SELECT ?term ?label ?comment { ?term rdfs:label ?label ; rdfs:comment ?comment }"


def search(_: Store, index: Index, given: Arguments) -> dict[str, Any]:
    """Find things by their names: `text`, `kind` (a slug such as `methods`, or none), `limit`."""
    kind = given.get("kind")
    if kind and kind not in BY_SLUG:
        raise UsageError("search", f"{kind!r} is no kind", f"choose one of: {', '.join(BY_SLUG)}")
    found = index.search(given["text"], [BY_SLUG[kind]] if kind else [], 0, _bounded(given["limit"]))
    hits = [{"iri": hit.iri, "label": hit.label, "kind": hit.kind.slug, "links": hit.links, "nearly": hit.nearly} for hit in found.hits]
    return {"hits": hits, "total": found.total, "kinds": dict(found.kinds)}


def describe(opened: Store, index: Index, given: Arguments) -> dict[str, Any]:
    """Give the facts about the thing `iri`, each with its evidence, and what leads to it; at most `limit` values of a property."""
    graph, limit = Graph(opened, index.base), _bounded(given["limit"])
    iri = _thing(graph, given["iri"])
    outward = [(prop, value, True) for prop, values in graph.outward(iri).items() for value in values[:limit]]
    literals = [(prop, value, False) for prop, values in graph.facts(iri).items() for value in values[:limit]]
    inward = [
        {"property": store.compact(prop), "subject": other, "label": graph.label(other), "evidence": _evidence(graph, other, prop, iri)}
        for prop, others in graph.inward(iri).items()
        for other in others[:limit]
    ]
    facts = [
        {
            "property": store.compact(prop),
            "value": value,
            **({"label": graph.label(value)} if linked else {}),
            "evidence": _evidence(graph, iri, prop, value),
        }
        for prop, value, linked in (*literals, *outward)
    ]
    return {"iri": iri, "label": graph.label(iri), "kind": graph.kind(iri).slug, "facts": facts, "links_here": inward}


def evidence(opened: Store, index: Index, given: Arguments) -> dict[str, Any]:
    """Give the words that state one fact: `subject`, `property` (an IRI, or a prefixed name) and `value`."""
    graph = Graph(opened, index.base)
    subject = _thing(graph, given["subject"])
    prefix, colon, local = given["property"].partition(":")
    prop = f"{vocab.PREFIXES[prefix]}{local}" if colon and prefix in vocab.PREFIXES else given["property"]
    value = graph.iri(given["value"]) or given["value"]
    return {"subject": subject, "property": prop, "value": value, "evidence": _evidence(graph, subject, prop, value)}


def query(opened: Store, _: Index, given: Arguments) -> dict[str, Any]:
    """Answer the SPARQL query `sparql` with at most `limit` rows; `more` says that there are others."""
    return _table(opened, given["sparql"], given["limit"])


def ask_question(opened: Store, _: Index, given: Arguments) -> dict[str, Any]:
    """Answer the question `name` of those that come with confgraph, with the values of its `parameters`."""
    sparql = questions.question(given["name"], given["parameters"])
    return {"sparql": sparql, **_table(opened, sparql, given["limit"])}


def list_questions(_: Store, __: Index, ___: Arguments) -> dict[str, Any]:
    """List the questions that come with confgraph, with their SPARQL."""
    known = questions.catalogue().values()
    listed = [
        {"name": q.name, "question": q.title, "row": q.row, "parameters": dict(q.defaults), "for": q.readers, "sparql": q.text}
        for q in known
    ]
    return {"questions": listed}


def schema(opened: Store, _: Index, __: Arguments) -> dict[str, Any]:
    """Give the prefixes, and the classes and properties of the graph with their counts and what they mean."""
    ontology = Store()
    ontology.bulk_load(path=str(resources.folder("ontology") / "confgraph.ttl"))
    meant = {term: (label, comment) for term, label, comment in store.run(ontology, _WORDS).rows()}
    terms = []
    for role, term, count in store.run(opened, _PARTITIONS).rows():
        label, comment = meant.get(term, ("", ""))
        terms.append({"term": store.compact(term), "iri": term, "is": role, "count": int(count), "label": label, "comment": comment})
    graphs = "The default graph is the knowledge; GRAPH reaches one graph per source page, with mentions and claims."
    return {"prefixes": dict(vocab.PREFIXES), "terms": terms, "graphs": graphs}


TOOLS: Final[Mapping[str, Tool]] = {
    "search": search,
    "describe": describe,
    "evidence": evidence,
    "query": query,
    "ask_question": ask_question,
    "list_questions": list_questions,
    "schema": schema,
}


def _bounded(limit: int) -> int:
    return max(1, min(limit, _MOST))


def _thing(graph: Graph, name: str) -> str:
    """Give the IRI of a thing, or of what replaced it; `method/x` and `method:x` are short for an IRI."""
    iri = graph.iri(name) or graph.iri(name.replace(":", "/", 1))
    if not iri:
        raise UsageError("describe", f"{name!r} is no IRI of this graph", "search for a name first")
    return graph.replaced(iri) or iri


def _table(opened: Store, sparql: str, limit: int) -> dict[str, Any]:
    answer = store.run(opened, sparql)
    rows = [*islice(answer.rows(), _bounded(limit) + 1)]
    return {"columns": list(answer.header), "rows": [list(row) for row in rows[: _bounded(limit)]], "more": len(rows) > _bounded(limit)}


def _evidence(graph: Graph, subject: str, prop: str, value: str) -> list[dict[str, Any]]:
    return [row for claim in graph.claims(subject, prop, value) for row in _rows(graph, claim)]


def _rows(graph: Graph, claim: Claim) -> Iterator[dict[str, Any]]:
    quotes: Sequence[Quote | None] = claim.quotes or (None,)
    for quote in quotes:
        words = (
            {"start": quote.start, "end": quote.end, "exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix} if quote else {}
        )
        yield {"page": graph.label(claim.page), "page_iri": claim.page, "confidence": claim.confidence, **words}
