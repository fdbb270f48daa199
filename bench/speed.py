"""Time the whole extraction pipeline, relations included, over real abstracts: abstracts a second and peak memory.

    python bench/speed.py ../shared/papers/papers.jsonl.gz --count 600

Abstracts are drawn from the whole file by their place in it. The first batch is read before the clock starts.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import time
from itertools import islice
from pathlib import Path

from confgraph.extract import annotate


def main() -> None:
    """Draw, run, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("papers", type=Path)
    parser.add_argument("--count", type=int, default=600)
    given = parser.parse_args()
    with gzip.open(given.papers, "rt", encoding="utf-8") as stream:
        rows = [row for row in map(json.loads, stream) if row.get("abstract")]
    texts = [f"{row['title']}\n{row['abstract']}" for row in rows[:: max(1, len(rows) // given.count)]][: given.count]
    del rows
    warm = 64
    found = annotate([*texts[:warm], *texts])
    list(islice(found, warm))
    begun, used = time.perf_counter(), time.process_time()
    mentions = relations = 0
    for annotation in found:
        mentions += len(annotation.entities)
        relations += len(annotation.relations)
    seconds, cpu = time.perf_counter() - begun, time.process_time() - used
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(texts)} abstracts, {mentions} mentions, {relations} relations")
    print(f"{len(texts) / seconds:.1f} abstracts a second; {cpu / len(texts) * 1e3:.1f} ms of processor time each; {memory:.0f} MB at most")


if __name__ == "__main__":
    main()
