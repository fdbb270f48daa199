"""The names of what a build writes into its folder; `docs/formats.md` says what stands in each."""

from __future__ import annotations

from typing import Final

MANIFEST: Final = "manifest.json"
"""The file that marks a folder as written by confgraph."""
GRAPH: Final = "graph.nq"
STORE: Final = "store"
FILES: Final = frozenset(
    (MANIFEST, GRAPH, STORE, "graph.ttl", "graph.html", "report.html", "records.jsonl", "judgements.jsonl", "rejects.jsonl", "pages")
)
"""All that a build writes."""
