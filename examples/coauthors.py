"""Print who writes with most others, from the graph as a network.

    python examples/coauthors.py OUT

shows how to use networkx on the graph.
"""

import sys
from itertools import combinations

import networkx as nx

import confgraph


def main() -> None:
    """Make the co-author network and print its ten best connected people."""
    network = confgraph.load(sys.argv[1]).network
    coauthors: nx.Graph[str] = nx.Graph()
    for paper, kind in network.nodes(data="kind"):
        if kind == "Paper":
            people = sorted({node for node in network.successors(paper) if network.nodes[node]["kind"] == "Person"})
            coauthors.add_edges_from(combinations(people, 2))
    for person, degree in sorted(coauthors.degree, key=lambda pair: (-pair[1], pair[0]))[:10]:
        print(f"{degree:3} co-authors: {network.nodes[person]['label']}")


if __name__ == "__main__":
    main()
