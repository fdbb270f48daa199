"""Measure how time and memory grow with the size of a file, for each form and some layouts.

    python bench/scale.py [--sizes 1 10] [--only bibtex csv] [--limit 240]

For each case one process makes a file of so many megabytes (made-up papers, each with a number of its own), and another reads a small one
first, so that tables are loaded, and then the large one as a build does. Told are the seconds of processor time for the form (bytes to
text) and for the layout (text to records), the records, and the most memory that the process took, the file itself included.
"""

# ruff: noqa: E501  (the files that are written)

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path
from typing import Final, NamedTuple

from confgraph.errors import ConfgraphError
from confgraph.ingest import forms, ingest
from confgraph.records import Page, PageId

ABSTRACT: Final = (
    "We study how sheep of the kind {n} are counted at night and show that a small change of the usual scheme saves half of the work. "
    "Three farms have tried it for a year, and none of them went back to the old way. Code and data are free for everybody."
)
FIRST: Final = ("Ada", "Bo", "Carla", "Deniz", "Emil", "Fatima", "Goran", "Hana")
LAST: Final = ("Okonkwo", "Lindgren", "Moreau", "Yıldız", "Tanaka", "Petrov", "Novak", "Castillo", "Brandt")


class Maker(NamedTuple):
    """How a file is written: its suffix, what opens and closes it, an entry by number, and what stands between two."""

    suffix: str
    entry: Callable[[int], str]
    before: str = ""
    after: str = ""
    between: str = "\n"
    wrapped: Callable[[str], bytes] = str.encode


def title(n: int) -> str:
    """Name a paper."""
    return f"Counting Sheep of Kind {n} with Sparse Shepherds"


def people(n: int) -> list[str]:
    """Name the authors of a paper."""
    return [f"{FIRST[(n + i) % len(FIRST)]} {LAST[(n // 3 + i) % len(LAST)]}" for i in range(1 + n % 4)]


def abstract(n: int) -> str:
    """Write the abstract of a paper."""
    return ABSTRACT.format(n=n)


def pages_of(text: str) -> bytes:
    """Write lines as a PDF, sixty a page."""
    lines = text.split("\n")
    sheets = ["\n".join(lines[at : at + 60]) for at in range(0, len(lines), 60)]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(sheets)))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {len(sheets)}>>"]
    objects.append("<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>")
    for n, sheet in enumerate(sheets):
        drawn = (
            "BT /F 9 Tf 11 TL 40 780 Td "
            + " ".join(f"({line.replace('(', '[').replace(')', ']')}) '" for line in sheet.split("\n"))
            + " ET"
        )
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F 3 0 R>>>>/Contents {5 + 2 * n} 0 R>>")
        objects.append(f"<</Length {len(drawn.encode('cp1252', 'replace'))}>>\nstream\n{drawn}\nendstream")
    data, places = bytearray(b"%PDF-1.5\n"), []
    for number, written in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{written}\nendobj\n".encode("cp1252", "replace")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(data)}\n%%EOF"
    return bytes(data + end.encode())


def saved(text: str) -> bytes:
    """Write a page as a browser saves it in one file."""
    message = MIMEMultipart("related")
    message["Snapshot-Content-Location"] = "https://example.org/"
    message.attach(MIMEText(text, "html", "utf-8"))
    return message.as_bytes()


def card(n: int) -> str:
    """Write a card of a virtual conference."""
    return (
        f'<div class="card" id="p{n}"><h5 class="card-title"><a href="/p/{n}">{title(n)}</a></h5><div class="authors">{", ".join(people(n))}</div>'
        f'<p class="abstract">{abstract(n)}</p><a href="/{n}.pdf">PDF</a></div>'
    )


def author_elements(n: int) -> str:
    """Write the authors of a paper as the ACL Anthology does."""
    return "".join("<author><first>{}</first><last>{}</last></author>".format(*name.split()) for name in people(n))


def openalex(n: int) -> str:
    """Write a work as OpenAlex does."""
    words: dict[str, list[int]] = {}
    for place, word in enumerate(abstract(n).split()):
        words.setdefault(word, []).append(place)
    authorships = [{"author": {"display_name": name}, "raw_affiliation_strings": ["Hill College"]} for name in people(n)]
    return json.dumps({"id": f"https://openalex.org/W{n}", "title": title(n), "authorships": authorships, "abstract_inverted_index": words})


def crossref(n: int) -> str:
    """Write a work as Crossref does."""
    authors = [dict(zip(("given", "family"), name.split(), strict=True)) for name in people(n)]
    return json.dumps(
        {"DOI": f"10.5555/{n}", "title": [title(n)], "author": authors, "abstract": abstract(n), "container-title": ["Sheep"]}
    )


def csv_row(n: int) -> str:
    """Write a row of a table."""
    return f'"{title(n)}","{"; ".join(people(n))}","{abstract(n)}"'


def bibtex(n: int) -> str:
    """Write an entry of BibTeX."""
    return f"@inproceedings{{s{n},\n  title = {{{title(n)}}},\n  author = {{{' and '.join(people(n))}}},\n  year = 2031,\n  abstract = {{{abstract(n)}}}\n}}"


def schedule_lines(n: int) -> str:
    """Write a talk of a schedule."""
    hours, minutes = 8 + n // 4 % 10, n % 4 * 15
    return f"{hours:02}:{minutes:02} Counting Sheep of Kind {n} on Dark Hills\n    {'; '.join(f'{p}, Hill College' for p in people(n))}"


def proceedings_entry(n: int) -> str:
    """Write a paper whose authors have marks that lead to institutions."""
    names = ", ".join(f"{p}{at}" for at, p in enumerate(people(n), 1))
    places = "\n".join(f"{at} Hill College {at}" for at in range(1, len(people(n)) + 1))
    return f"{title(n)}\n{names}\n{places}\nAbstract\n{abstract(n)}\n"


MAKERS: Final = {
    "orals": Maker(".txt", lambda n: f"Oral\n{' · '.join(people(n))}\n\n[ Hall {n % 9} ]\n\nAbstract\n\n{abstract(n)}\n", "Orals\n"),
    "programme": Maker(
        ".txt", lambda n: f"{title(n)}\n{', '.join(f'{p} (Hill College)' for p in people(n))}\nAbstract: {abstract(n)}\n", "Programme\n\n"
    ),
    "schedule": Maker(".txt", schedule_lines, "Programme\n\nRoom 1\n"),
    "proceedings": Maker(".txt", proceedings_entry, "Proceedings of the Sheep Days\n\n"),
    "markdown": Maker(
        ".md",
        lambda n: f"- **{title(n)}** ({', '.join(people(n))}) [pdf](https://example.org/{n}.pdf)\n  {abstract(n)}",
        "# Sheep Days\n\n",
    ),
    "daily": Maker(".txt", lambda n: f"{title(n)}\n\n{abstract(n)} {abstract(n + 1)}\n", "Daily papers on sheep\n\n"),
    "recap": Maker(
        ".txt",
        lambda n: f"* {title(n)} ({' · '.join(people(n))}) * {abstract(n)} *",
        "Show notes\n\nThis episode tells of papers on sheep. ",
        "\n",
        " ",
    ),
    "lab": Maker(
        ".txt",
        lambda n: (
            f"{title(n)}.\nSheepConf 2031. Berlin, Germany, May 2-5, 2031. arXiv\nAbstract\n\n{abstract(n)}\n\nMeadow Authors\n{people(n)[0]}\n"
        ),
        "Meadow Lab at SheepConf 2031\n\n",
    ),
    "generic": Maker(".txt", lambda n: f"{title(n)}\n{' and '.join(people(n))}\nHall {n % 9}\n{abstract(n)}\n", "Talks\n\n"),
    "bibtex": Maker(".bib", bibtex),
    "ris": Maker(
        ".ris",
        lambda n: "\n".join(["TY  - CONF", f"TI  - {title(n)}", *(f"AU  - {p}" for p in people(n)), f"AB  - {abstract(n)}", "ER  - "]),
    ),
    "pubmed": Maker(
        ".nbib",
        lambda n: "\n".join(
            [f"PMID- {n}", f"TI  - {title(n)}.", *(f"FAU - {p}\nAD  - Hill College" for p in people(n)), f"AB  - {abstract(n)}", ""]
        ),
    ),
    "acl xml": Maker(
        ".xml",
        lambda n: f'<paper id="{n}"><title>{title(n)}</title>{author_elements(n)}<abstract>{abstract(n)}</abstract></paper>',
        '<?xml version="1.0"?><collection id="2031.sheep"><volume id="1"><meta><booktitle>Sheep</booktitle></meta>',
        "</volume></collection>",
    ),
    "dblp xml": Maker(
        ".xml",
        lambda n: (
            f'<inproceedings key="conf/s/{n}">{"".join(f"<author>{p}</author>" for p in people(n))}<title>{title(n)}.</title></inproceedings>'
        ),
        '<?xml version="1.0"?><dblp>',
        "</dblp>",
    ),
    "openalex json": Maker(".json", openalex, '{"results": [', "]}", ","),
    "crossref json": Maker(".json", crossref, '{"message": {"items": [', "]}}", ","),
    "json lines": Maker(".jsonl", lambda n: json.dumps({"title": title(n), "authors": people(n), "abstract": abstract(n)})),
    "csv": Maker(".csv", csv_row, "Title,Authors,Abstract\n"),
    "html cards": Maker(".html", card, "<html><head><title>SheepConf 2031</title></head><body><main>", "</main></body></html>"),
    "html text": Maker(
        ".html", lambda n: f"<p>{abstract(n)} {abstract(n + 1)}</p>", "<html><body><article><h1>On Sheep</h1>", "</article></body></html>"
    ),
    "mhtml": Maker(".mhtml", card, "<html><head><title>SheepConf 2031</title></head><body><main>", "</main></body></html>", wrapped=saved),
    "pdf": Maker(".pdf", lambda n: f"{title(n)}\n{' and '.join(people(n))}\n{abstract(n)[:100]}\n", wrapped=pages_of),
}


def make(maker: Maker, size: int) -> bytes:
    """Write a file of about `size` bytes."""
    entries, length, n = [], 0, 0
    while length < size:
        entries.append(maker.entry(n))
        length += len(entries[-1].encode()) + len(maker.between)
        n += 1
    return maker.wrapped(maker.before + maker.between.join(entries) + maker.after)


def measure(name: str, path: Path, *, layout: bool) -> dict[str, float | str]:
    """Read one file in this process, the form alone or with its layout."""
    maker = MAKERS[name]
    small = forms.read(make(maker, 20_000), "small", maker.suffix)
    ingest(Page("small", small.text, PageId("0" * 64)))
    data = path.read_bytes()
    started = time.process_time()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        content = forms.read(data, "large", maker.suffix)
    except ConfgraphError as error:
        return {"refused": str(error)}
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    read = time.process_time()
    reading = ingest(Page("large", content.text, PageId("0" * 64))) if layout else None
    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {
        "form": read - started + after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime,
        "layout": time.process_time() - read,
        "read as": reading.layout if reading else name,
        "records": len(reading.records) if reading else 0,
        "memory": sum(peaks) / 1000,
    }


def main() -> None:
    """Print one line for each case."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1, 10], metavar="MB")
    parser.add_argument("--only", nargs="+", choices=MAKERS, default=list(MAKERS))
    parser.add_argument("--forms", action="store_true", help="read the forms alone, not the layouts")
    parser.add_argument("--limit", type=int, default=240, help="seconds for each case")
    parser.add_argument("--make", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.make:
        Path(given.make[1]).write_bytes(make(MAKERS[given.make[0]], given.sizes[0] * 1_000_000))
    elif given.one:
        print(json.dumps(measure(given.one[0], Path(given.one[1]), layout=not given.forms)))
    else:
        with tempfile.TemporaryDirectory() as folder:
            run_all(given, Path(folder) / "file")


def run_all(given: argparse.Namespace, path: Path) -> None:
    """Make the files and read them, each in a process of its own, so that the memory of one does not count for the other."""
    print("| file | MB | form, s | layout, s | records | memory, MB |\n| --- | --- | --- | --- | --- | --- |")
    for name in given.only:
        for size in given.sizes:
            subprocess.run([sys.executable, __file__, "--make", name, str(path), "--sizes", str(size)], check=True)
            command = [sys.executable, __file__, "--one", name, str(path), *(["--forms"] if given.forms else [])]
            try:
                done = subprocess.run(command, capture_output=True, timeout=given.limit, check=True)
            except subprocess.TimeoutExpired:
                print(f"| {name} | {size} | more than {given.limit} s | | | |", flush=True)
                break
            told = json.loads(done.stdout)
            if "refused" in told:
                print(f"| {name} | {size} | {told['refused']} | | | |", flush=True)
                continue
            kind = f"{name} ({told['read as']})" if told["read as"] not in {name, "fields"} else name
            print(
                f"| {kind} | {size} | {told['form']:.2f} | {told['layout']:.2f} | {told['records']:,} | {told['memory']:.0f} |", flush=True
            )


if __name__ == "__main__":
    main()
