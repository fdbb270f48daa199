"""Measure how papers find each other: altered copies of abstracts beside MinHash LSH, and the time over the number of records.

    python bench/papers.py copies [--shared ../shared] [--count 2000]
    python bench/papers.py growth [--shared ../shared]

`copies` alters abstracts (cut at 60 %, one word in twenty changed, both, LaTeX and glued sentences, one sentence within another text) and
counts how many copies meet their original in a block: of the sampled shingles that confgraph uses, and of MinHash LSH (datasketch, 128
permutations). `growth` judges the papers of 1,000, 10,000 and all records, each a paper listed once more without its title, and fits
the exponent of the time.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import random
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from confgraph.records import Author, EntityKind, Page, PageId, Reading, Record, RecordId, RecordKind
from confgraph.resolve.members import entries, papers
from confgraph.resolve.papers import judge_papers
from confgraph.resolve.shingles import FEWEST_SHARED, sample, text_of

PERMUTATIONS = 128


def changed(said: list[str], rng: random.Random) -> list[str]:
    """Put another word of the text in the place of one in twenty."""
    return [rng.choice(said) + "s" if rng.random() < 0.05 else word for word in said]


def cut(said: list[str], rng: random.Random) -> list[str]:
    """Cut a text at 60 % of its words."""
    del rng
    return [*said[: int(0.6 * len(said))], "…"]


def both(said: list[str], rng: random.Random) -> list[str]:
    """Change words, and cut."""
    return cut(changed(said, rng), rng)


def set_in_latex(said: list[str], rng: random.Random) -> list[str]:
    """Set one word in twenty in LaTeX, and glue the sentences."""
    words = [f"\\emph{{{word}}}" if rng.random() < 0.05 else word for word in said]
    return ". ".join(" ".join(words).split(". ")).replace(". ", ".").split(" ")


def within(said: list[str], rng: random.Random) -> list[str]:
    """Take a quarter of a text, as notes that quote a paper do."""
    start = rng.randrange(max(1, len(said) - len(said) // 4))
    return said[start : start + max(20, len(said) // 4)]


ALTERED: dict[str, Callable[[list[str], random.Random], list[str]]] = {
    "cut at 60 %": cut,
    "5 % changed": changed,
    "changed and cut": both,
    "LaTeX, glued": set_in_latex,
    "a quarter": within,
}


def iter_rows(shared: Path) -> Iterator[dict[str, Any]]:
    """Yield the papers that have an abstract."""
    with gzip.open(shared / "papers" / "papers.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row.get("abstract"):
                yield row


def minhash(runs: frozenset[int]) -> Any:
    """Make the signature of a set of shingles."""
    from datasketch import MinHash  # type: ignore[import-not-found]  # no dependency of confgraph: pip install datasketch

    signature = MinHash(PERMUTATIONS)
    signature.update_batch([run.to_bytes(4, "big") for run in runs])
    return signature


def copies(shared: Path, count: int) -> None:
    """Print how many altered copies meet their original."""
    rng = random.Random(7)
    rows = [row for row in islice(iter_rows(shared), 0, None, 80_000 // (2 * count)) if len(row["abstract"].split()) >= 60][:count]
    print(f"{'':18}{'index':>8}{'LSH .5':>8}{'LSH .3':>8}{'LSH .1':>8}   of {len(rows)} copies; others that meet; seconds")
    for name, alter in ALTERED.items():
        originals = [text_of(row["abstract"]) for row in rows]
        altered = [text_of(" ".join(alter(row["abstract"].split(), rng))) for row in rows]
        results = [_sampled(originals, altered)]
        start = time.process_time()
        signed, signed_too = ([minhash(text.shingles) for text in side] for side in (originals, altered))
        seconds = time.process_time() - start
        results += [_lsh(signed, signed_too, threshold, seconds) for threshold in (0.5, 0.3, 0.1)]
        found, others, times = zip(*results, strict=True)
        print(f"{name:18}" + "".join(f"{n:8}" for n in found), " ", *others, " ", *(f"{t:.1f}" for t in times))


def _sampled(originals: list[Any], altered: list[Any]) -> tuple[int, int, float]:
    start = time.process_time()
    index: dict[int, list[int]] = {}
    for number, text in enumerate(originals):
        for run in sample(text):
            index.setdefault(run, []).append(number)
    found = others = 0
    for number, text in enumerate(altered):
        shared: dict[int, int] = {}
        for run in sample(text):
            for other in index.get(run, ()):
                shared[other] = shared.get(other, 0) + 1
        near = {other for other, times in shared.items() if times >= FEWEST_SHARED}
        found += number in near
        others += len(near - {number})
    return found, others, time.process_time() - start


def _lsh(originals: list[Any], altered: list[Any], threshold: float, before: float) -> tuple[int, int, float]:
    from datasketch import MinHashLSH

    start = time.process_time()
    index = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS)
    for number, signature in enumerate(originals):
        index.insert(number, signature)
    near = [set(index.query(signature)) for signature in altered]
    found = sum(number in others for number, others in enumerate(near))
    return found, sum(map(len, near)) - found, before + time.process_time() - start


def growth(shared: Path) -> None:
    """Print the time that judging papers takes, and the exponent of its growth."""
    rows = list(iter_rows(shared))
    random.Random(3).shuffle(rows)
    times = []
    for size in (1_000, 10_000, 90_000):
        half = rows[: size // 2]
        readings = [_reading("titled.txt", half, titled=True), _reading("untitled.txt", half, titled=False)]
        listed = papers(entries(readings))
        start = time.process_time()
        judged = judge_papers(listed)
        times.append((2 * len(half), time.process_time() - start))
        same = sum(j.kind is EntityKind.PAPER and j.decision == "same" for j in judged)
        print(f"{2 * len(half):6} records: {times[-1][1]:6.1f} s, {same} judged the same")
    (small, first), (large, last) = times[0], times[-1]
    print(f"exponent {math.log(last / first) / math.log(large / small):.2f}")


def _reading(name: str, rows: list[dict[str, Any]], *, titled: bool) -> Reading:
    page = PageId(name.ljust(64, "0"))
    records = tuple(
        Record(
            RecordId(f"{name}-{number}"),
            name,
            number,
            page,
            RecordKind.PAPER,
            title=row["title"] if titled else None,
            abstract=row["abstract"] if titled else "Abstract. " + row["abstract"],
            authors=tuple(map(Author, row["authors"])),
        )
        for number, row in enumerate(rows, 1)
    )
    return Reading(Page(name, "", page), "generic", records, ())


def main() -> None:
    """Run one of the measurements."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("copies", "growth"))
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("CONFGRAPH_SHARED", "../shared")))
    parser.add_argument("--count", type=int, default=2_000)
    args = parser.parse_args()
    copies(args.shared, args.count) if args.what == "copies" else growth(args.shared)


if __name__ == "__main__":
    main()
