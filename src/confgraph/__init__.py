"""Build knowledge graphs from conference pages: every triple points at the words it came from.

>>> import confgraph
>>> graph = confgraph.load("out")                                  # doctest: +SKIP
>>> graph.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")      # doctest: +SKIP
>>> graph.network.number_of_nodes()                                # doctest: +SKIP
"""

from __future__ import annotations

import os
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from confgraph.graph.interop import Loaded

__all__ = ["__version__", "load"]

__version__ = version("confgraph")


def load(out: str | os.PathLike[str]) -> Loaded:
    """Load the graph that `confgraph build` wrote to the folder `out`.

    Returns:
        An `rdflib.Dataset`: its default graph is the knowledge, each named graph the evidence of one page.
        Its property `network` is the same knowledge as a `networkx.MultiDiGraph`.

    Raises:
        OutputError: `out` holds no graph of confgraph's.
    """
    from confgraph.graph import interop  # rdflib takes a second to import; only this function needs it

    return interop.load(Path(out))
