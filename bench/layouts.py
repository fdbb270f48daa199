"""Measure what ingest reads on rendered pages of real papers, by layout and venue.

    python bench/layouts.py [VENUE:YEAR ...]

needs the development data at CONFGRAPH_SHARED (default ../shared). For each layout and venue it renders 80
papers with the data's own script and prints the share of records, titles, author lists, affiliations
and abstracts that are exactly right. Venues that nobody tuned on are the point: give your own.
"""

import gzip
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from confgraph.ingest import ingest
from confgraph.records import Page, PageId, Record
from confgraph.text import joined

SHARED = Path(os.environ.get("CONFGRAPH_SHARED", Path(__file__).parents[2] / "shared"))
LAYOUTS = ("orals", "orals-titled", "lab", "daily", "recap", "programme")
VENUES = ("icml:2019", "acl:2021", "cvpr:2018", "icra:2018", "aistats:2015")
FIELDS = ("title", "authors", "affiliations", "abstract")


def folded(text: str | None) -> str:
    """Compare texts without their line ends and case."""
    return joined(text or "").casefold()


def right(record: Record, truth: dict[str, object]) -> dict[str, bool]:
    """Compare the fields of a record with the truth; a field that the page does not show is right where it is empty."""
    names = [joined(str(name)).removesuffix(" et al.") for name in truth["authors"]]  # type: ignore[attr-defined]
    places = truth.get("affiliations")
    return {
        "title": folded(record.title) == folded(truth["title"]),  # type: ignore[arg-type]
        "authors": [author.name for author in record.authors] == names,
        "affiliations": places is None or [list(author.affiliations) for author in record.authors] == [[p] for p in places],  # type: ignore[attr-defined]
        "abstract": folded(record.abstract) == folded(truth["abstract"]),  # type: ignore[arg-type]
    }


def measure(page: Path) -> str:
    """Read one rendered page and give its row of the table."""
    with page.with_suffix(".truth.jsonl").open(encoding="utf-8") as lines:
        truths = [json.loads(line) for line in lines]
    reading = ingest(Page(page.name, page.read_text(encoding="utf-8"), PageId(page.name)))
    counts = dict.fromkeys(FIELDS, 0)
    for record, truth in zip(reading.records, truths, strict=False):
        for field, good in right(record, truth).items():
            counts[field] += good
    shares = " | ".join(f"{counts[field] / len(truths):.3f}" for field in FIELDS)
    return f"| {page.stem} | {reading.layout} | {len(reading.records)}/{len(truths)} | {shares} |"


def main() -> None:
    """Render, read and print the table."""
    wanted = {tuple(name.split(":")) for name in sys.argv[1:] or VENUES}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = folder / "papers.jsonl"
        with gzip.open(SHARED / "papers" / "papers.jsonl.gz", "rt", encoding="utf-8") as lines, rows.open("w", encoding="utf-8") as out:
            for line in lines:
                paper = json.loads(line)
                if (paper["venue"], str(paper["year"])) in wanted:
                    out.write(line)
        for venue, year in sorted(wanted):
            for layout in LAYOUTS:
                command = [sys.executable, str(SHARED / "papers" / "render.py"), layout, str(rows), "--venue", venue, "--year", year]
                subprocess.run([*command, "--limit", "80", "--out", name], check=False, capture_output=True)
        print(f"| page | layout | records | {' | '.join(FIELDS)} |")
        print("| --- | --- | --- | --- | --- | --- | --- |")
        for page in sorted(folder.glob("*.txt")):
            print(measure(page))


if __name__ == "__main__":
    main()
