"""Wrap real papers in web pages of many shapes, and count what is read back.

    python bench/web_pages.py [--venue icml --year 2019] [--limit 60] [--template NAME] [--show]

needs the papers that CONFGRAPH_SHARED (default `../shared`) holds. Every page has the chrome of a site around its records: menus, a
cookie banner, side bars with teasers of news, footers. Counted are records whose title is right, lists of authors that are exactly
right, pairs of author and affiliation where the page shows them, abstracts, and records that the page does not have.
"""

# ruff: noqa: E501  (the templates are pages)

from __future__ import annotations

import argparse
import html
import importlib.util
import os
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from confgraph.ingest import ingest
from confgraph.ingest.forms import html as html_form
from confgraph.records import Page, PageId, Record
from confgraph.text import fold

SHARED: Final = Path(os.environ.get("CONFGRAPH_SHARED", "../shared"))
VENUES: Final = (
    ("nips", 1990), ("aistats", 2012), ("rss", 2013), ("cvpr", 2016), ("icml", 2019), ("acl", 2021), ("ijcai", 2022), ("corl", 2023),
    ("colm", 2024), ("coling", 2025),
)  # fmt: skip
Paper = dict[str, Any]
Template = Callable[[Sequence[Paper], random.Random], str]

e = html.escape

BEFORE: Final = """
<a class="skip-link" href="#main">Skip to main content</a>
<div id="cookie-banner" role="dialog"><p>We use cookies to improve your experience on our site and to show you what others have liked.
By going on you agree.</p><button>Accept all</button> <a href="/privacy">Privacy</a></div>
<header class="site-header"><a href="/"><img src="logo.png" alt="logo"></a><nav><ul><li><a href="/">Home</a></li>
<li><a href="/dates">Important Dates</a></li><li><a href="/committee">Organizing Committee</a></li><li><a href="/papers">Accepted Papers</a>
<ul><li><a href="/a">Main Track</a></li><li><a href="/b">Datasets and Benchmarks</a></li></ul></li></ul></nav></header>
"""
AFTER: Final = """
<div class="sidebar"><h3>News</h3><div class="card"><h4><a href="/n1">Registration is open</a></h4><p>Early birds may now register for the
main conference at a lower price until the end of the month, and students pay even less than others do.</p></div>
<div class="card"><h4><a href="/n2">Keynotes announced</a></h4><p>Three speakers have accepted to talk about what their groups have done in
the last years, and what they plan to do in the next, before a large audience.</p></div></div>
<footer><div class="cols"><div><h5>Contact</h5><p>Programme chairs: Ada Example, Ben Muster</p></div><div><h5>Sponsors</h5>
<ul><li>Example Corp</li><li>Muster GmbH</li></ul></div></div><p>© 2031 The Society. All rights reserved. <a href="/imprint">Imprint</a></p></footer>
"""


def page(papers: Sequence[Paper], body: str, heading: str = "Accepted Papers", *, main: str = "main") -> str:
    """Put the chrome of a site around the records."""
    name = f"{papers[0]['venue'].upper()} {papers[0]['year']}"
    tag = main.split(maxsplit=1)[0]
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{heading} | {name}</title><style>p {{ margin: 0 }}</style>'
        f'<script>var x = "<div class=card><h3>Not here</h3></div>";</script></head><body>{BEFORE}<{main}><h1>{name} {heading}</h1>'
        f"<p>Here you find all papers that will be presented at {name}.</p>\n{body}</{tag}>{AFTER}</body></html>"
    )


def line(text: str) -> str:
    """Give a text of a paper as HTML."""
    return e(" ".join(text.split()))


def people(p: Paper, between: str = ", ") -> str:
    """Give the names of a paper's authors."""
    return between.join(map(e, p["authors"]))


def sessions(papers: Sequence[Paper], size: int = 7) -> Iterator[tuple[int, Sequence[Paper]]]:
    """Divide papers into sessions."""
    for n, at in enumerate(range(0, len(papers), size), 1):
        yield n, papers[at : at + size]


def cards(papers: Sequence[Paper], rng: random.Random) -> str:
    """Bootstrap cards in a grid, abstracts folded away."""
    body = ['<div class="row">']
    for n, p in enumerate(papers, 1):
        body.append(
            f'<div class="col-md-4"><div class="card paper-card {rng.choice(["oral", "poster"])}" id="paper-{n}"><div class="card-body">'
            f'<span class="badge badge-info">{rng.choice(["Oral", "Poster"])}</span><h5 class="card-title"><a href="paper_{n}.html">{line(p["title"])}</a></h5>'
            f'<h6 class="card-subtitle text-muted">{people(p)}</h6><p class="card-text collapse" id="abs{n}">{line(p["abstract"])}</p></div>'
            f'<div class="card-footer"><a data-toggle="collapse" href="#abs{n}">Abstract</a> <a href="/pdf/{n}.pdf">PDF</a> <a href="/p/{n}">Poster</a></div></div></div>'
        )
    return page(papers, "\n".join(body) + "</div>")


def items(papers: Sequence[Paper], rng: random.Random) -> str:
    """A list whose items have no names: a link, a line break, the authors."""
    body = [
        f'<li><a href="https://example.org/{n}">{line(p["title"])}</a><br>{people(p)}<br>[<a href="{n}.pdf">pdf</a>] [<a href="{n}.zip">code</a>]'
        for n, p in enumerate(papers)
    ]
    del rng
    return page(papers, "<ul>" + "\n".join(body) + "</ul>", main='div class="content"')


def terms(papers: Sequence[Paper], rng: random.Random) -> str:
    """Definition lists: the title is the term, authors stand in forms."""
    body = ["<dl>"]
    for n, p in enumerate(papers):
        who = "".join(
            f'<form action="/find"><input type="hidden" name="a" value="{e(a)}"><a href="#">{e(a)}</a>{", " if a != p["authors"][-1] else ""}</form>\n'
            for a in p["authors"]
        )
        body.append(
            f'<dt class="ptitle"><br><a href="{n}.html">{line(p["title"])}</a></dt>\n<dd>{who}</dd><dd>[<a href="{n}.pdf">pdf</a>] [<a href="{n}s.pdf">supp</a>]'
            f'<div class="bibref">@InProceedings{{Doe_{n}, author = {{{people(p, " and ")}}}, title = {{{line(p["title"])}}} }}</div></dd>'
        )
    del rng
    return page(papers, "\n".join(body) + "</dl>", main='div id="content"')


def table(papers: Sequence[Paper], rng: random.Random) -> str:
    """A programme as a table with heads; a time spans several rows, sessions are rows of one cell."""
    body = ["<table><thead><tr><th>Time</th><th>Title</th><th>Speakers</th><th>Room</th></tr></thead><tbody>"]
    for n, some in sessions(papers, 5):
        body.append(f'<tr class="session"><td colspan="4"><b>Session {n}: Learning and Numbers</b></td></tr>')
        for i, p in enumerate(some):
            first = f'<td rowspan="{len(some)}">{8 + n % 10}:00 - {9 + n % 10}:00</td>' if i == 0 else ""
            body.append(f"<tr>{first}<td>{line(p['title'])}</td><td>{people(p)}</td><td>Hall {rng.choice('ABC')}</td></tr>")
        body.append('<tr><td>12:00</td><td colspan="3">Coffee Break</td></tr>')
    return page(papers, "\n".join(body) + "</tbody></table>", "Programme")


def headings(papers: Sequence[Paper], rng: random.Random) -> str:
    """Headings and paragraphs without any class; marks lead from authors to institutions."""
    body = []
    for n, some in sessions(papers):
        body.append(f"<h2>Session {n}</h2>")
        for p in some:
            places = list(dict.fromkeys(p["affiliations"]))
            who = ", ".join(f"{e(a)}<sup>{places.index(i) + 1}</sup>" for a, i in zip(p["authors"], p["affiliations"], strict=True))
            where = ", ".join(f"<sup>{k}</sup>{e(i)}" for k, i in enumerate(places, 1))
            body.append(f"<h3>{line(p['title'])}</h3>\n<p>{who}</p><p>{where}</p><p>{line(p['abstract'])}</p>")
    del rng
    return page(papers, "\n".join(body))


def details(papers: Sequence[Paper], rng: random.Random) -> str:
    """Paragraphs with classes, several fields on one line."""
    body = [
        f'<div class="paper"><p class="title">{line(p["title"])}</p><p class="details"><span class="authors">{people(p, ",&nbsp;")}</span>; '
        f'<span class="info"><i>Proceedings of the Conference</i>, {n * 9}-{n * 9 + 8}</span></p><p class="links">[<a href="/v1/{n}.html">abs</a>]'
        f'[<a href="/v1/{n}.pdf">Download PDF</a>]</p></div>'
        for n, p in enumerate(papers, 1)
    ]
    del rng
    return page(papers, "\n".join(body), "Proceedings")


def boxes(papers: Sequence[Paper], rng: random.Random) -> str:
    """Utility classes only; every author in a box of its own, nothing between."""
    body = []
    for n, p in enumerate(papers):
        who = "".join(f'<span class="px-2 rounded bg-gray-100 text-sm">{e(a)}</span>' for a in p["authors"])
        body.append(
            f'<div class="rounded-lg shadow p-4 flex flex-col"><div class="flex justify-between text-xs"><span>#{n + 100}</span><span>{rng.choice(["Oral", "Poster"])}</span></div>'
            f'<a class="text-lg font-semibold hover:underline" href="/papers/{n}">{line(p["title"])}</a><div class="flex flex-wrap gap-1">{who}</div>'
            f'<p class="text-sm text-gray-600 line-clamp-3">{line(p["abstract"])}</p><div class="flex gap-2"><a href="/{n}.pdf">PDF</a><a href="https://github.com/x/{n}">Code</a></div></div>'
        )
    return page(papers, f'<div class="grid grid-cols-3 gap-4">{"".join(body)}</div>')


def workshop(papers: Sequence[Paper], rng: random.Random) -> str:
    """Paragraphs of a small site: a bold title, authors in italics, links."""
    body = []
    for n, p in enumerate(papers):
        links = rng.choice(
            ["", f' <a href="{n}.pdf">[Paper]</a>', f' <a href="{n}.pdf">[Paper]</a> <a href="https://youtu.be/{n}">[Video]</a>']
        )
        body.append(f"<p><strong>{line(p['title'])}</strong>{links}<br>\n<em>{people(p)}</em></p>")
    return page(papers, "\n".join(body), main='div class="page-content"')


def old(papers: Sequence[Paper], rng: random.Random) -> str:
    """A page of the nineties: layout tables, upper case, nothing closed, authors before the title."""
    body = [
        "<TABLE WIDTH=100%><TR><TD WIDTH=120 VALIGN=TOP><FONT SIZE=2><A HREF=index.html>Home</A><BR><A HREF=cfp.html>Call</A></FONT><TD><UL>"
    ]
    body += [
        f'<LI><FONT FACE="Times">{people(p)}.<BR>\n<I><A HREF="ps/{n}.ps.gz">{line(p["title"])}</A></I>. Pages {n * 8 + 1}-{n * 8 + 8}.'
        for n, p in enumerate(papers)
    ]
    del rng
    return page(papers, "\n".join(body) + "</UL></TABLE>", "Table of Contents", main="center")


def accordions(papers: Sequence[Paper], rng: random.Random) -> str:
    """Each paper folds out: the summary is the title."""
    body = [
        f"<details><summary>{line(p['title'])}</summary><p>by {people(p)}</p><p><b>Abstract:</b> {line(p['abstract'])}</p><p><b>Time:</b> {rng.randint(8, 17)}:{rng.choice(['00', '30'])}</p></details>"
        for p in papers
    ]
    return page(papers, "\n".join(body), main="article")


def talks(papers: Sequence[Paper], rng: random.Random) -> str:
    """A schedule: sessions with talks, each author an item with the institution in a place of its own."""
    body = []
    for n, some in sessions(papers, 6):
        body.append(
            f'<section class="session"><h2 class="session-title">Session {n}: Models</h2><p class="session-meta"><span class="room">Room {n}</span> <span>Chair: Ada Example</span></p>'
        )
        for i, p in enumerate(some):
            who = "".join(
                f'<li><span class="name">{e(a)}</span> <span class="affiliation">{e(w)}</span></li>'
                for a, w in zip(p["authors"], p["affiliations"], strict=True)
            )
            body.append(
                f'<div class="talk"><div class="when"><time datetime="2031-05-0{n % 9 + 1}T10:{i:02}">10:{i:02}</time></div><div class="what"><h3>{line(p["title"])}</h3><ul class="speakers">{who}</ul></div></div>'
            )
        body.append("</section>")
    del rng
    return page(papers, "\n".join(body), "Schedule")


def notes(papers: Sequence[Paper], rng: random.Random) -> str:
    """A reviewing site: labelled fields below each title."""
    body = ['<ul class="list-unstyled">']
    for n, p in enumerate(papers):
        who = ", ".join(f'<a href="/profile?id=~{n}_{k}" title="~{n}_{k}">{e(a)}</a>' for k, a in enumerate(p["authors"]))
        body.append(
            f'<li><div class="note undefined"><h4><a href="/forum?id=aBcD{n:04}">{line(p["title"])}</a> <a href="/pdf?id=aBcD{n:04}" title="Download PDF"><img src="pdf.svg"></a></h4>'
            f'<div class="note-authors"><span>{who}</span></div><ul class="note-meta-info list-inline"><li>Published: 12 Jan 2031</li><li>{rng.choice(["ExConf Oral", "ExConf Poster"])}</li>'
            f'<li>Readers: Everyone</li></ul><div class="note-content"><div><strong class="note-content-field">Keywords:</strong> <span class="note-content-value">sheep, counting</span></div>'
            f'<div><strong class="note-content-field">Abstract:</strong> <div class="note-content-value"><p>{line(p["abstract"])}</p></div></div></div></div></li>'
        )
    return page(papers, "\n".join(body) + "</ul>")


def library(papers: Sequence[Paper], rng: random.Random) -> str:
    """A publication list of a lab: years, hidden abstracts and citations, buttons."""
    body = ['<h2 class="bibliography">2031</h2><ol class="bibliography">']
    for n, p in enumerate(papers):
        body.append(
            f'<li><div class="row"><div class="col-sm-2 preview"><img src="{n}.png"></div><div id="doe{n}" class="col-sm-8"><div class="title">{line(p["title"])}</div>'
            f'<div class="author">{people(p)}</div><div class="periodical"><em>In Proceedings of the Conference</em>, 2031</div><div class="links"><a class="abstract btn btn-sm" role="button">Abs</a>'
            f'<a class="bibtex btn btn-sm" role="button">Bib</a><a href="/pdf/{n}.pdf" class="btn btn-sm" role="button">PDF</a></div><div class="abstract hidden"><p>{line(p["abstract"])}</p></div>'
            f'<div class="bibtex hidden"><pre>@inproceedings{{doe{n}, title={{{line(p["title"])}}}}}</pre></div></div></div></li>'
        )
    del rng
    return page(papers, "\n".join(body) + "</ol>", "Publications")


def plain(papers: Sequence[Paper], rng: random.Random) -> str:
    """Paragraphs without any mark-up of their fields, as editors paste them."""
    body = [f"<p>{line(p['title'])}</p>\n<p>{people(p)}</p>\n<p>{line(p['abstract'])}</p>" for p in papers]
    del rng
    return page(papers, "\n".join(body), main='div class="entry-content"')


def posters(papers: Sequence[Paper], rng: random.Random) -> str:
    """A table without heads: a number, then title and authors in one cell, institutions in brackets."""
    body = ["<table class=wikitable>"]
    for n, p in enumerate(papers, 1):
        who = ", ".join(f"{e(a)} ({e(w)})" for a, w in zip(p["authors"], p["affiliations"], strict=True))
        body.append(f'<tr><td>{n}</td><td><b>{line(p["title"])}</b><br>{who}</td><td><a href="{n}.pdf">pdf</a></td></tr>')
    del rng
    return page(papers, "\n".join(body) + "</table>")


TEMPLATES: Final[dict[str, tuple[Template, bool, bool]]] = {
    "cards": (cards, False, True), "items": (items, False, False), "terms": (terms, False, False), "table": (table, False, False),
    "headings": (headings, True, True), "details": (details, False, False), "boxes": (boxes, False, True), "workshop": (workshop, False, False),
    "old": (old, False, False), "accordions": (accordions, False, True), "talks": (talks, True, False), "notes": (notes, False, True),
    "library": (library, False, True), "plain": (plain, False, True), "posters": (posters, True, False),
}  # fmt: skip
"""The templates, and whether they show affiliations and abstracts."""
FIELDS: Final = ("titles", "authors", "affiliations", "abstracts")


def load_papers(venue: str, year: int, limit: int) -> list[Paper]:
    """Draw papers with all fields, by the script that renders pages of text."""
    spec = importlib.util.spec_from_file_location("render", SHARED / "papers" / "render.py")
    if spec is None or spec.loader is None:
        sys.exit(f"{SHARED} holds no papers; set CONFGRAPH_SHARED")
    render = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(render)
    found: list[Paper] = render.rows(str(SHARED / "papers" / "papers.jsonl.gz"), venue, year, ("abstract", "affiliations"), limit, 0)
    return found


def read(text: str) -> tuple[Record, ...]:
    """Read a page from its bytes to its records."""
    kept = html_form.read(text.encode("utf-8"), "page.html")
    return ingest(Page("page.html", kept, PageId("0"))).records


def compare(papers: Sequence[Paper], records: Sequence[Record], *, show: bool) -> dict[str, float]:
    """Count what is right, as shares of what the page holds; `invented` is a number of records."""
    waiting: dict[str, list[Record]] = {}
    for given in records:
        waiting.setdefault(fold(given.title or ""), []).append(given)
    good = dict.fromkeys(FIELDS, 0.0)
    pairs = found_pairs = 0
    for p in papers:
        same = waiting.get(fold(" ".join(p["title"].split())), [])
        record: Record | None = same.pop(0) if same else None
        good["titles"] += record is not None
        names = [fold(a) for a in p["authors"]]
        exact = record is not None and [fold(a.name) for a in record.authors] == names
        good["authors"] += exact
        good["abstracts"] += record is not None and fold(record.abstract or "") == fold(" ".join(p["abstract"].split()))
        told = {(fold(a.name), fold(w)) for a in record.authors for w in a.affiliations} if record else set()
        true = {(fold(a), fold(w)) for a, w in zip(p["authors"], p["affiliations"], strict=True)}
        pairs, found_pairs = pairs + len(true), found_pairs + len(true & told)
        if show and not exact:
            print("  missed:", p["title"], "|", p["authors"], "\n     got:", record and [a.name for a in record.authors])
    left = [one for same in waiting.values() for one in same]
    if show:
        for one in left[:10]:
            print("  invented:", one.title, "|", [a.name for a in one.authors], "|", (one.abstract or "")[:60])
    shares = {name: value / len(papers) for name, value in good.items()}
    return shares | {"affiliations": found_pairs / max(1, pairs), "records": len(records) / len(papers), "invented": float(len(left))}


def main() -> None:
    """Print one line for each template, over all venues."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--venue")
    parser.add_argument("--year", type=int)
    parser.add_argument("--limit", type=int, default=30)
    parser.add_argument("--template", choices=TEMPLATES)
    parser.add_argument("--show", action="store_true", help="print what is wrong")
    options = parser.parse_args()
    venues = ((options.venue, options.year),) if options.venue else VENUES
    sets = [papers for venue, year in venues if (papers := load_papers(venue, year, options.limit))]
    if not sets:
        sys.exit("no paper of that venue and year has an abstract and affiliations")
    print(
        "| template | records | titles | author lists | affiliation pairs | abstracts | invented |\n| --- | --- | --- | --- | --- | --- | --- |"
    )
    for name, (template, affiliated, abstracts) in TEMPLATES.items():
        if options.template in {None, name}:
            results = [compare(papers, read(template(papers, random.Random(0))), show=options.show) for papers in sets]
            mean = {key: sum(r[key] for r in results) / len(results) for key in results[0]}
            cells = [f"{mean[key]:.3f}" for key in ("records", "titles", "authors")]
            cells += [
                f"{mean['affiliations']:.3f}" if affiliated else "",
                f"{mean['abstracts']:.3f}" if abstracts else "",
                f"{mean['invented'] * len(results):.0f}",
            ]
            print(f"| {name} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
