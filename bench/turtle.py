"""Compare our Turtle writer with rdflib's on the graph of a build, in one run.

    python bench/turtle.py OUT

prints the median of three runs of each and their ratio, for the knowledge alone and for knowledge and
evidence together as one graph.
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import rdflib

from confgraph.export.turtle import iter_turtle


def seconds(action: Callable[[], object]) -> float:
    """Give the median time of three runs."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def compare(name: str, triples: list[pyoxigraph.Triple]) -> None:
    """Write the triples with both, and print a row."""
    graph = rdflib.Graph()
    graph.parse(data=pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES) or b"", format="nt")
    ours = seconds(lambda: "".join(iter_turtle(triples)))
    theirs = seconds(lambda: graph.serialize(format="turtle"))
    print(f"| {name} | {len(triples):,} | {ours:.2f} | {theirs:.2f} | {theirs / ours:.1f} |")


def main() -> None:
    """Read the quads of a build and compare."""
    quads = list(pyoxigraph.parse(path=Path(sys.argv[1]) / "graph.nq", format=pyoxigraph.RdfFormat.N_QUADS))
    knowledge = [quad.triple for quad in quads if quad.graph_name == pyoxigraph.DefaultGraph()]
    everything = list({quad.triple for quad in quads})
    print("| graph | triples | ours, s | rdflib, s | ratio |")
    print("| --- | --- | --- | --- | --- |")
    for name, triples in (("knowledge", knowledge), ("with evidence", everything)):
        compare(name, sorted(triples, key=str))


if __name__ == "__main__":
    main()
