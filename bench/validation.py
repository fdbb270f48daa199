"""Time the check of a graph's shapes and rules by both engines, in seconds of processor time.

python bench/validation.py out/graph.nq
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from pyoxigraph import RdfFormat, Store, parse

from confgraph.graph import checks, rules, shacl

_TIMES = 3


def seconds(run: Callable[[], object], times: int = _TIMES) -> float:
    """Give the least processor time of some runs."""
    taken = []
    for _ in range(times):
        begun = time.process_time()
        run()
        taken.append(time.process_time() - begun)
    return min(taken)


def main() -> None:
    """Read the graph, check it, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graph", type=Path, help="a graph.nq")
    given = parser.parse_args()
    quads = list(parse(path=str(given.graph), format=RdfFormat.N_QUADS))
    store = Store()
    store.extend(quads)
    print(f"{len(quads):,} quads")
    print(f"SPARQL: shapes {seconds(lambda: checks.check(store)):.2f}, rules {seconds(lambda: rules.check(store)):.2f}")
    print(f"pySHACL: shapes {seconds(lambda: shacl.check(store), 1):.2f}")


if __name__ == "__main__":
    main()
