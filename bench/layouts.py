"""Measure what ingest reads on rendered pages of real papers, by layout and venue.

    python bench/layouts.py [VENUE:YEAR ...] [--papers 80] [--templates 100] [--mixes 40] [--misses]

needs the development data at CONFGRAPH_SHARED (default ../shared). For each layout and venue it renders
papers with the data's own script and prints the share of titles, author lists, pairs of author and institution, rooms or
times, and abstracts that are exactly right, and how many records the page does not hold. Then it does so
for listings drawn at random (templates.py) and for pages on which several layouts follow each other. Venues that nobody
tuned on are the point: give your own. With --misses, what is wrong goes to standard error.
"""

import argparse
import gzip
import importlib.util
import json
import os
import random
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import templates

from confgraph.ingest import forms, ingest
from confgraph.ingest.forms.latex import decode
from confgraph.records import Page, PageId, Reading, Record
from confgraph.text import joined, plain

SHARED = Path(os.environ.get("CONFGRAPH_SHARED", Path(__file__).parents[2] / "shared"))
VENUES = ("icml:2019", "acl:2021", "nips:1990", "nips:2005", "iccv:2017", "rss:2015", "wacv:2021", "ijcai:2022", "colm:2024", "eccv:2020")
FIELDS = ("title", "authors", "pairs", "session", "abstract")

_LATEX = ("\\", "--", "``", "''", "~", "{", "$")

Truth = Mapping[str, Any]
Report = Callable[[str], None]
"""Takes what is wrong, in words."""


def folded(text: str | None) -> str:
    """Compare texts without their line ends and case."""
    return joined(text or "").casefold()


def letters(text: str) -> str:
    """Fold a text to its letters and digits, to find the record that belongs to a truth."""
    return "".join(c for c in folded(text) if c.isalnum())


def names_of(truth: Truth) -> list[str]:
    """Give the names of a truth as records give them."""
    return [plain(name.removesuffix(" et al.")) for name in truth["authors"]]


def keys(title: str | None, abstract: str | None, names: Iterable[str]) -> list[tuple[str, str]]:
    """Give the ways in which a record may be found, the surest first."""
    found = [("title", letters(title or "")), ("abstract", letters(abstract or "")[:60]), ("authors", "|".join(names))]
    return [key for key in found if key[1]]


def pair(records: Sequence[Record], truths: Sequence[Truth]) -> list[tuple[Truth, Record | None]]:
    """Give each truth its record, each record once."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, record in enumerate(records):
        for key in keys(record.title, record.abstract, (a.name for a in record.authors)):
            places[key].append(i)
    used: set[int] = set()
    pairs: list[tuple[Truth, Record | None]] = []
    for truth in truths:
        wanted = keys(truth["title"], truth["abstract"], names_of(truth))
        free = [i for key in wanted for i in places[key] if i not in used][:1]
        pairs.append((truth, records[free[0]] if free else None))
        used.update(free)
    return pairs


def same(given: str | None, wanted: str | None) -> bool:
    """Tell whether a field is right; where a form has decoded LaTeX, its letters and digits must be."""
    given, wanted = given or "", wanted or ""
    decoded = folded(given) != folded(wanted) and any(mark in wanted for mark in _LATEX)
    return letters(decode(given)) == letters(decode(wanted)) if decoded else folded(given) == folded(wanted)


def compare(record: Record, truth: Truth) -> dict[str, int]:
    """Count what a record has right of each field, and what of it there is."""
    places = truth.get("affiliations") or []
    given = {(author.name, folded(place)) for author in record.authors for place in author.affiliations}
    times = " - ".join(time for time in (record.start_time, record.end_time) if time)
    return {
        "title": same(record.title, truth["title"]),
        "authors": [plain(author.name) for author in record.authors] == names_of(truth),
        "pairs": sum((plain(name), folded(place)) in given for name, place in zip(truth["authors"], places, strict=bool(places))),
        "session": bool(truth.get("session")) and truth["session"] in (record.room, record.session, times),
        "abstract": same(record.abstract, truth["abstract"]),
    }


def brief(record: Record) -> str:
    """Show what a record holds of the fields that are compared."""
    people = [(author.name, *author.affiliations) for author in record.authors]
    return f"{record.title!r} {people} {record.room!r} {record.session!r} {record.start_time!r} {record.abstract!r}"


def count(name: str, reading: Reading, truths: Sequence[Truth], report: Report) -> Counter[str]:
    """Count what of the truth the records of a page have right."""
    counts: Counter[str] = Counter(truths=len(truths), pages=1)
    found = pair(reading.records, truths)
    for truth, record in found:
        wanted = dict.fromkeys(FIELDS, 1) | {"pairs": len(truth.get("affiliations") or []), "session": bool(truth.get("session"))}
        counts.update({f"{field} of": n for field, n in wanted.items()})
        if record is None:
            report(f"{name}: no record of {truth['title'] or truth['authors']}")
            continue
        right = compare(record, truth)
        counts.update(right, found=1)
        for field in (field for field in FIELDS if right[field] < wanted[field]):
            value = truth.get("affiliations" if field == "pairs" else field)
            report(f"{name}: {field} {value} of {truth['authors']}\n    read as {brief(record)}")
    kept = {record.id for _, record in found if record}
    for record in (record for record in reading.records if record.id not in kept):
        report(f"{name}: invented {brief(record)}")
    counts["extra"] = len(reading.records) - counts["found"]
    return counts


def measure(name: str, text: str, truths: Sequence[Truth], report: Report, suffix: str = ".txt") -> tuple[str, Counter[str]]:
    """Read a page as a file of that suffix, and give its layout and counts."""
    content = forms.read(text.encode("utf-8"), name, suffix)
    reading = ingest(Page(name, content.text, PageId(name), form=content.form))
    return reading.layout, count(name, reading, truths, report)


def row(name: str, layout: str, counts: Counter[str]) -> str:
    """Give a row of the table."""
    shares = " | ".join(f"{counts[field] / counts[f'{field} of']:.3f}" if counts[f"{field} of"] else "" for field in FIELDS)
    return f"| {name} | {layout} | {counts['found']}/{counts['truths']} | {counts['extra']} | {shares} |"


def load_renderer() -> Any:
    """Load the data's own script."""
    spec = importlib.util.spec_from_file_location("render", SHARED / "papers" / "render.py")
    assert spec is not None  # noqa: S101
    assert spec.loader is not None  # noqa: S101
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def load_papers(venues: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """Read the papers of some venues, shuffled; those in which one string names several people or holds debris are left out."""
    papers: dict[str, list[dict[str, Any]]] = {venue: [] for venue in venues}
    with gzip.open(SHARED / "papers" / "papers.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            paper = json.loads(line)
            texts = (paper["title"], *paper["authors"], *(paper.get("affiliations") or []))
            named = all(name and "," not in name and " and " not in f" {name}" and not set("@*†‡") & set(name) for name in paper["authors"])
            named = named and not any(unicodedata.category(c) == "Cc" for text in texts for c in text if not c.isspace())
            if (venue := f"{paper['venue']}:{paper['year']}") in papers and named:
                papers[venue].append(paper)
    for rows in papers.values():
        random.Random(0).shuffle(rows)
    return papers


def usable(papers: Iterable[Mapping[str, Any]], need: Sequence[str]) -> list[Any]:
    """Keep the papers that have what a layout prints."""
    complete = [paper for paper in papers if all(paper.get(key) for key in need)]
    if "affiliations" not in need:
        return complete
    return [p for p in complete if len(p["affiliations"]) == len(p["authors"]) and all(p["affiliations"])]


def mixed(render: Any, papers: Mapping[str, Sequence[Mapping[str, Any]]], seed: int, size: int = 8) -> tuple[str, str, list[Truth]]:
    """Render a page on which two or three layouts follow each other."""
    rng = random.Random(seed)
    names = rng.sample([name for name, (_, suffix, _) in render.LAYOUTS.items() if suffix in ("txt", "md")], rng.choice((2, 2, 3)))
    texts, truths = [], []
    for name in names:
        draw, _, need = render.LAYOUTS[name]
        enough = [found for venue in sorted(papers) if len(found := usable(papers[venue], need)) >= size]
        *rows, text = draw(rng.sample(rng.choice(enough), size), random.Random(seed))
        texts.append(text)
        truths += rows
    return "+".join(names), "\n\n".join(texts), truths


def main() -> None:
    """Render, read and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("venues", nargs="*", default=VENUES)
    parser.add_argument("--papers", type=int, default=80)
    parser.add_argument("--templates", type=int, default=100)
    parser.add_argument("--mixes", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0, help="the first of the seeds of templates and mixes")
    parser.add_argument("--misses", action="store_true", help="tell on standard error what is wrong")
    args = parser.parse_args()
    report: Report = (lambda text: print(text, file=sys.stderr)) if args.misses else lambda _: None
    render, papers = load_renderer(), load_papers(args.venues)
    print(f"| page | layout | records | extra | {' | '.join(FIELDS)} |")
    print("| --- " * (4 + len(FIELDS)) + "|")
    of_venue: dict[str, Counter[str]] = {venue: Counter() for venue in papers}
    for name, (draw, suffix, need) in render.LAYOUTS.items():
        total: Counter[str] = Counter()
        for venue, rows in papers.items():
            if chosen := usable(rows, need)[: args.papers]:
                *truths, text = draw(chosen, random.Random(0))
                layout, counts = measure(f"{name} {venue}", text, truths, report, f".{suffix}")
                print(row(f"{name} {venue}", layout, counts))
                total += counts
                of_venue[venue] += counts
        print(row(f"**{name}**", "", total))
    for venue, counts in of_venue.items():
        print(row(f"**{venue}**", "", counts))
    total = Counter()
    for seed in range(args.seed, args.seed + args.templates):
        rows = papers[args.venues[seed % len(args.venues)]]
        text, truths = templates.render([p for p in rows if templates.fits(templates.template(random.Random(seed)), p)][:25], seed)
        total += measure(f"template {seed}", text, truths, report)[1] if truths else Counter()
    print(row(f"**{total['pages']} templates**", "", total))
    total = Counter()
    for seed in range(args.seed, args.seed + args.mixes):
        name, text, truths = mixed(render, papers, seed)
        total += measure(f"mix {seed} {name}", text, truths, report)[1]
    print(row(f"**{total['pages']} mixes**", "", total))


if __name__ == "__main__":
    main()
