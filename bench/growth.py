"""Measure how the time of resolution grows with the number of records.

    python bench/growth.py [--sizes 1000 10000 90000]

needs the development data at CONFGRAPH_SHARED (default ../shared). Records are real papers, shuffled, with a tenth of them listed
a second time without their title; each conference is a page. Extraction would take half an hour, so what a record uses are the
names with capitals or digits inside that its abstract prints, and its acronyms with their long forms. Prints seconds and
judgements for each size, and the exponent between sizes: 1 is linear.
"""

import argparse
import gzip
import json
import math
import os
import random
import re
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from confgraph.records import Author, Concept, Conference, Page, PageFacts, PageId, Reading, Record, RecordId, RecordKind
from confgraph.resolve import resolve

SHARED = Path(os.environ.get("CONFGRAPH_SHARED", Path(__file__).parents[2] / "shared"))
NAME = re.compile(r"\b(?=\w*[a-z0-9][A-Z]|[A-Z]{2})[A-Za-z][\w-]{2,20}\b")
SPELT = re.compile(r"((?:[A-Z]?[a-z]+[ -]){2,5})\(([A-Z]{2,6})\)")


def concepts(abstract: str) -> tuple[Concept, ...]:
    """Give the names that an abstract prints, acronyms with the words before them."""
    spelt = {short: " ".join(long.split()[-len(short) :]) for long, short in SPELT.findall(abstract)}
    named = sorted(set(NAME.findall(abstract)) - set(spelt))[:8]
    return tuple(Concept(long, (short,)) for short, long in sorted(spelt.items())) + tuple(Concept(name) for name in named)


def record(row: dict[str, Any], page: PageId, ordinal: int, *, titled: bool) -> Record:
    """Make the record of a paper."""
    affiliations = row.get("affiliations") or [""] * len(row["authors"])
    authors = tuple(Author(name, (raw,) if raw else ()) for name, raw in zip(row["authors"], affiliations, strict=False))
    title, abstract = row["title"] if titled else None, row.get("abstract")
    key = RecordId(f"{page}-{ordinal}")
    return Record(
        id=key, doc=page, page=page, ordinal=ordinal, kind=RecordKind.PAPER, title=title, abstract=abstract, authors=authors,
        year=row["year"], methods=concepts(abstract or ""),
    )  # fmt: skip


def readings(rows: list[dict[str, Any]]) -> list[Reading]:
    """Make a page of each conference, and one more of a tenth of all records, without titles."""
    again = [row for row in rows[::10] if row.get("abstract")]
    pages: defaultdict[tuple[str, int, bool], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        pages[row["venue"], row["year"], True].append(row)
    for row in again:
        pages[row["venue"], row["year"], False].append(row)
    made = []
    for (venue, year, titled), listed in sorted(pages.items()):
        page = PageId(f"{venue}-{year}-{titled}")
        listed_records = tuple(record(row, page, i, titled=titled) for i, row in enumerate(listed, 1))
        made.append(Reading(Page(page, "", page), "fields", listed_records, (), PageFacts(conference=Conference(venue, year))))
    return made


def main() -> None:
    """Resolve samples of each size and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 90_000])
    sizes = parser.parse_args().sizes
    with gzip.open(SHARED / "papers" / "papers.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    random.Random(1).shuffle(rows)
    before: tuple[int, float] | None = None
    print("| records | seconds | a second | entities | judgements | exponent |\n| --- | --- | --- | --- | --- | --- |")
    for size in sizes:
        pages = readings(rows[:size])
        start = time.process_time()
        found = resolve(pages)
        took = time.process_time() - start
        exponent = f"{math.log(took / before[1]) / math.log(size / before[0]):.2f}" if before else ""
        kinds = Counter(f"{judged.kind} {judged.decision}" for judged in found.judgements)
        print(f"| {size:,} | {took:.1f} | {size / took:,.0f} | {len(found.entities):,} | {len(found.judgements):,} | {exponent} |")
        print("   ", dict(kinds.most_common()))
        before = (size, took)


if __name__ == "__main__":
    main()
