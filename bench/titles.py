"""Measure how often papers without a title find theirs in a catalogue, and what is found where it is not listed.

    python bench/titles.py [--shared ../shared] [--limit 200] [--by match] [VENUE:YEAR ...]

Renders each venue as a listing without titles, reads the page, and matches each record to all papers as the catalogue: intact; with a
tenth of the papers taken out of the catalogue, which must stay without a title; with abstracts cut at 60 %, with 5 % of the words changed,
and with both. A title is right that has the words of the paper's. Times are of the processor, without reading pages and indexing.

Baselines take the place of the matcher by `--by nearest`, the row that shares most sampled shingles, and `--by equal`, the first that has
the same words in its abstract.
"""

from __future__ import annotations

import argparse
import os
import random
import runpy
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace

from confgraph.ingest import ingest
from confgraph.records import Page, PageId, Record
from confgraph.reference.catalogue import Catalogue, opened
from confgraph.reference.matching import Index, match, outline_of_record
from confgraph.reference.rows import outline_of
from confgraph.resolve.outlines import Outline
from confgraph.text import words

VENUES = (
    "nips:1990", "nips:2003", "nips:2018", "icml:2013", "icml:2019", "aistats:1995", "aistats:2009", "aistats:2024", "uai:2022",
    "colt:2016", "acml:2019", "cvpr:2015", "iccv:2019", "eccv:2022", "wacv:2024", "icra:2001", "icra:2011", "icra:2023", "iros:2006",
    "iros:2022", "acl:2021", "coling:2025", "naacl:2024", "iclr:2018", "ijcai:2021", "aaai:2022", "colm:2024", "corl:2023", "rss:2015",
    "www:2025",
)  # fmt: skip
PAPERS = "papers/papers.jsonl.gz"
Change = Callable[[list[str], random.Random], list[str]]
Method = Callable[[Outline, Index], int | None]


def cut(said: list[str], rng: random.Random) -> list[str]:
    """Cut a text at 60 % of its words."""
    del rng
    return [*said[: int(0.6 * len(said))], "…"]


def change(said: list[str], rng: random.Random) -> list[str]:
    """Put another word of the text in the place of one in twenty."""
    return [rng.choice(said) + "s" if rng.random() < 0.05 else word for word in said]


CONDITIONS: dict[str, tuple[Change, ...]] = {"intact": (), "tenth removed": (), "cut": (cut,), "changed": (change,), "both": (change, cut)}


@dataclass(slots=True)
class Count:
    """What was found for one venue or all: `listed` papers are in the catalogue."""

    records: int = 0
    listed: int = 0
    given: int = 0
    right: int = 0
    seconds: float = 0.0
    wrong: list[tuple[str, str]] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def add(self, other: Count) -> None:
        """Add the counts of another."""
        for name in ("records", "listed", "given", "right", "seconds", "wrong", "missed"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def __str__(self) -> str:
        precision, recall = self.right / max(1, self.given), self.right / max(1, self.listed)
        speed = self.records / self.seconds if self.seconds else 0
        return f"{self.records:6} {self.given:6} {precision:10.4f} {recall:8.4f} {speed:9.0f}"


def iter_records(render: SimpleNamespace, shared: Path, venue: str, limit: int, seed: int) -> Iterator[tuple[Record | None, str]]:
    """Render a venue and read it; yield each record, None where the page gives none, with its true title."""
    name, _, year = venue.partition(":")
    papers = render.rows(str(shared / PAPERS), name, int(year), ("abstract",), limit, seed)
    *truth, text = render.orals(papers, random.Random(seed))
    records = ingest(Page("orals.txt", text, PageId("0" * 64))).records
    known = {_mark(record.abstract, [author.name for author in record.authors]): record for record in records}
    for number, (row, paper) in enumerate(zip(truth, papers, strict=True)):
        whole = len(records) == len(truth)  # so the records stand as they were written
        found = records[number] if whole else known.get(_mark(row["abstract"], row["authors"]))
        yield found, " ".join(words(paper["title"]))


def _mark(abstract: str | None, authors: list[str]) -> str:
    return " ".join([*words(abstract or "")[:20], *authors[:1]])


def nearest(said: Outline, catalogue: Index) -> int | None:
    """Take the row that shares most sampled shingles, never abstaining."""
    return next(iter(catalogue.near(said)), None)


def equal(said: Outline, catalogue: Index) -> int | None:
    """Take the first row whose abstract has the same words."""
    return next((row for row in catalogue.near(said) if outline_of(catalogue.entry(row)).texts == said.texts), None)


def matched(said: Outline, catalogue: Index) -> int | None:
    """Take the row that confgraph matches."""
    found = match(said, catalogue)
    return found.chosen if found else None


METHODS: dict[str, Method] = {"match": matched, "nearest": nearest, "equal": equal}


def measure(records: list[tuple[Record | None, str]], catalogue: Catalogue, condition: str, rng: random.Random, by: Method) -> Count:
    """Match the records of one venue under one condition."""
    removed = {title for _, title in records if rng.random() < 0.1} if condition == "tenth removed" else set()
    known = _Without(catalogue, removed) if removed else catalogue
    count = Count()
    for record, title in records:
        count.records += 1
        count.listed += title not in removed
        if record is None:
            count.missed += [title]
            continue
        said = (record.abstract or "").split()
        for alter in CONDITIONS[condition]:
            said = alter(said, rng)
        start = time.process_time()
        found = by(outline_of_record(replace(record, title=None, abstract=" ".join(said)), None), known)
        count.seconds += time.process_time() - start
        given = " ".join(words(catalogue.entry(found).title)) if found is not None else ""
        count.given += bool(given)
        count.right += given == title
        if given and given != title:
            count.wrong += [(title, given)]
        elif not given and title not in removed:
            count.missed += [title]
    return count


class _Without:
    """A catalogue without the rows of some titles."""

    def __init__(self, catalogue: Catalogue, titles: set[str]) -> None:
        self._catalogue = catalogue
        self._titles = titles
        self.entry = catalogue.entry

    def near(self, said: Outline) -> list[int]:
        """List the rows that may be a paper, without those taken out."""
        return [row for row in self._catalogue.near(said) if " ".join(words(self.entry(row).title)) not in self._titles]


def main() -> None:
    """Print a table for each condition, then what went wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("venues", nargs="*", default=VENUES)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("CONFGRAPH_SHARED", "../shared")))
    parser.add_argument("--limit", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--by", choices=METHODS, default="match")
    parser.add_argument("--errors", action="store_true", help="name what is wrong and what is missed")
    args = parser.parse_args()
    render = SimpleNamespace(**runpy.run_path(str(args.shared / "papers" / "render.py")))
    with opened(args.shared / PAPERS) as catalogue:
        pages = {venue: list(iter_records(render, args.shared, venue, args.limit, args.seed)) for venue in args.venues}
        for condition in CONDITIONS:
            print(f"\n{condition:16}{'records':>7}  given  precision   recall  records/s")
            total = Count()
            for venue, records in pages.items():
                count = measure(records, catalogue, condition, random.Random(f"{args.seed} {venue} {condition}"), METHODS[args.by])
                print(f"{venue:16} {count}")
                total.add(count)
            print(f"{'all':16} {total}")
            if args.errors:
                print(*(f"  wrong: {right} -> {given}" for right, given in total.wrong), sep="\n")
                print(*(f"  missed: {title}" for title in total.missed), sep="\n")


if __name__ == "__main__":
    main()
