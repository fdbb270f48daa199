"""Print what papers introduce, with the words of the page that say so.

    python examples/quotes.py OUT

shows how to reach the evidence of a claim with SPARQL, through rdflib.
"""

import sys

import confgraph

QUERY = """
PREFIX cg: <https://w3id.org/confgraph/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?name (SAMPLE(?before) AS ?prefix) (SAMPLE(?words) AS ?exact) (SAMPLE(?after) AS ?suffix)
WHERE {
  GRAPH ?page {
    ?claim rdf:predicate cg:introduces ; rdf:object ?thing ; prov:wasDerivedFrom ?mention .
    ?mention oa:hasTarget/oa:hasSelector ?selector .
    ?selector oa:prefix ?before ; oa:exact ?words ; oa:suffix ?after .
  }
  ?thing rdfs:label ?name .
}
GROUP BY ?name
ORDER BY ?name
"""


def main() -> None:
    """Load the graph and print one line per introduced thing."""
    graph = confgraph.load(sys.argv[1])
    for name, before, words, after in graph.query(QUERY):  # type: ignore[misc]
        print(f"{name}: ...{before}[{words}]{after}...")


if __name__ == "__main__":
    main()
