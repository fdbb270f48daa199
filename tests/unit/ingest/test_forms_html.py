"""Pages of many shapes give their papers, and nothing of the site around them."""

# ruff: noqa: E501  (the lines of pages)

from __future__ import annotations

import quopri

import pytest

from confgraph.errors import SourceError
from confgraph.ingest import forms, ingest
from confgraph.ingest.forms import html
from confgraph.records import Page, PageId, Record, RecordKind

PAPERS = (
    ("Counting Sheep in Linear Time", ("Ada Lovelace", "Alan Turing"), "We count sheep by walking past the fence once and show that it is enough for every flock that we have met so far."),
    ("Weaving with Cards", ("Grace Hopper",), "Cards weave patterns that looms alone do not know. We learn from them how a loom may forget, and what it keeps in mind."),
    ("On the Patience of Machines", ("Emmy Noether", "Sofia Kovalevskaya", "Maria Agnesi"), "Machines wait. We ask how long they may wait before somebody comes, and find that the answer depends on who it is that comes."),
    ("Lists without End", ("Kurt Gödel", "Rózsa Péter"), "An endless list has no last item. We describe what stands at its end nevertheless, with two examples from a library."),
)  # fmt: skip
CHROME = """
<nav><ul><li><a href="/">Home</a></li><li><a href="/cfp">Call for Papers</a></li></ul></nav>
<div class="cookie-banner"><p>We use cookies so that this site may remember what you have read and what you have not.</p><button>Fine</button></div>
"""
FOOTER = """
<aside><h3>News</h3><h4>Doors open early</h4><p>The doors of the hall open at eight this year, and coffee will be there as soon as they do.</p></aside>
<footer><p>Programme chairs: Ida Rhodes, Mary Golda</p><p>© The Society</p></footer>
"""


def page(body: str, title: str = "Accepted Papers | SheepConf 2031") -> str:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body>{CHROME}<main>{body}</main>{FOOTER}</body></html>'


def records(text: str, address: str = "") -> tuple[Record, ...]:
    kept = html.read_at(text.encode(), "page.html", address)
    return ingest(Page("page.html", kept, PageId("0"))).records


def cards() -> str:
    return "".join(
        f'<div class="card {"oral" if n % 2 else "poster"}" id="p{n}"><h5 class="card-title"><a href="/p/{n}">{title}</a></h5>'
        f'<div class="card-people">{", ".join(people)}</div><p class="collapse">{abstract}</p><a href="{n}.pdf">PDF</a></div>'
        for n, (title, people, abstract) in enumerate(PAPERS)
    )


def items() -> str:
    return (
        "<ul>"
        + "".join(f'<li><a href="{n}">{t}</a><br>{", ".join(p)}<br>[<a href="{n}.pdf">pdf</a>]' for n, (t, p, _) in enumerate(PAPERS))
        + "</ul>"
    )


def terms() -> str:
    return "<dl>" + "".join(f"<dt><a href=x>{t}</a><dd>{', '.join(p)}<dd>[<a href=y>supp</a>]" for t, p, _ in PAPERS) + "</dl>"


def table() -> str:
    rows = "".join(
        f"<tr><td>{9 + n}:00</td><td>{t}</td><td>{', '.join(p)}</td><td>Hall {n}</td></tr>" for n, (t, p, _) in enumerate(PAPERS)
    )
    return f"<table><tr><th>Time</th><th>Title</th><th>Speakers</th><th>Room</th></tr>{rows}<tr><td>13:00</td><td>Lunch</td><td></td><td></td></tr></table>"


def headings() -> str:
    return "".join(f"<h3>{t}</h3><p>{', '.join(p)}</p><p>{a}</p>" for t, p, a in PAPERS)


def folds() -> str:
    return "".join(f"<details><summary>{t}</summary><p>by {' and '.join(p)}</p><p><b>Abstract:</b> {a}</p></details>" for t, p, a in PAPERS)


def paragraphs() -> str:
    return "".join(f"<p>{t}</p><p>{', '.join(p)}</p><p>{a}</p>" for t, p, a in PAPERS)


def one_line() -> str:
    return "<ul>" + "".join(f"<li>{t} — {', '.join(p)}</li>" for t, p, _ in PAPERS) + "</ul>"


def names_first() -> str:
    return "".join(f"<p>{', '.join(p)}: <b>{t}</b></p>" for t, p, _ in PAPERS)


def boxes() -> str:
    return "".join(
        f'<div class="x1"><a class="t">{t}</a><div>{"".join(f"<span class=n>{name}</span>" for name in p)}</div></div>'
        for t, p, _ in PAPERS
    )


def columns() -> str:
    return "".join(f'<div class="row"><div class="col">{t}</div><div class="col">{"; ".join(p)}</div></div>' for t, p, _ in PAPERS)


def labelled() -> str:
    return "".join(f"<p>Title: {t}<br>Authors: {', '.join(p)}<br>Abstract: {a}</p>" for t, p, a in PAPERS)


def inverted() -> str:
    def turned(name: str) -> str:
        first, _, last = name.partition(" ")
        return f"{last}, {first}"

    return "".join(f'<div class="item"><h4>{t}</h4><p>{"; ".join(map(turned, p))}</p></div>' for t, p, _ in PAPERS)


def old() -> str:
    rows = "".join(
        f"<LI><FONT SIZE=2>{', '.join(p)}.<BR><I><A HREF={n}.ps>{t}</A></I>. Pages {n}1-{n}8." for n, (t, p, _) in enumerate(PAPERS)
    )
    return f"<TABLE><TR><TD WIDTH=99><A HREF=a>Home</A><TD><UL>{rows}</UL></TABLE>"


SHAPES = {
    "cards": (cards, True), "items": (items, False), "terms": (terms, False), "table": (table, False), "headings": (headings, True),
    "folds": (folds, True), "paragraphs": (paragraphs, True), "one line": (one_line, False), "names first": (names_first, False),
    "boxes": (boxes, False), "columns": (columns, False), "labelled": (labelled, True), "inverted": (inverted, False), "old": (old, False),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_every_paper_and_nothing_else_is_found(shape: str) -> None:
    body, abstracts = SHAPES[shape]
    found = records(page(body()))
    assert [r.title for r in found] == [title for title, _, _ in PAPERS]
    assert [tuple(a.name for a in r.authors) for r in found] == [people for _, people, _ in PAPERS]
    assert [r.abstract for r in found] == [abstract if abstracts else None for _, _, abstract in PAPERS]


def test_all_shapes_are_tried() -> None:
    assert len(SHAPES) == 14


def test_an_entry_without_authors_or_abstract_keeps_its_place() -> None:
    body = cards().replace('<div class="card-people">Grace Hopper</div>', "").replace(PAPERS[2][2], "")
    found = records(page(body))
    assert [r.title for r in found] == [title for title, _, _ in PAPERS]
    assert not found[1].authors
    assert found[1].abstract == PAPERS[1][2]
    assert found[2].abstract is None


def test_lists_of_different_make_are_all_read() -> None:
    talks = "".join(
        f'<section class="keynote"><h2>{title}</h2><div class="speaker">{name}</div></section>'
        for title, name in (("How Looms Dream", "Hedy Lamarr"), ("What Clocks Forget", "Mary Somerville"))
    )
    titles = [r.title for r in records(page(talks + cards()))]
    assert titles == ["How Looms Dream", "What Clocks Forget", *(title for title, _, _ in PAPERS)]


def test_sessions_days_rooms_and_times_come_from_what_stands_above() -> None:
    body = (
        "<h2>Tuesday, 3 June</h2><h3>Session 1: Sheep</h3><p>Room: Barn</p><table><tr><th>Time</th><th>Talk</th><th>Speaker</th></tr>"
        f"<tr><td rowspan=2>9:00 – 10:00</td><td>{PAPERS[0][0]}</td><td>Ada Lovelace</td></tr><tr><td>{PAPERS[1][0]}</td><td>Grace Hopper</td></tr></table>"
        "<h3>Session 2: Machines</h3><table><tr><th>Time</th><th>Talk</th><th>Speaker</th></tr>"
        f"<tr><td>11:00</td><td>{PAPERS[2][0]}</td><td>Emmy Noether</td></tr><tr><td>11:30</td><td>{PAPERS[3][0]}</td><td>Kurt Gödel</td></tr></table>"
    )
    found = records(page(body))
    assert [(r.session, r.room, r.start_time, r.end_time) for r in found] == [
        ("Session 1: Sheep", "Barn", "9:00", "10:00"),
        ("Session 1: Sheep", "Barn", "9:00", "10:00"),
        ("Session 2: Machines", None, "11:00", None),
        ("Session 2: Machines", None, "11:30", None),
    ]


def test_one_line_says_day_time_and_place() -> None:
    body = "".join(
        f'<div class="slot"><div class="head">Tue Dec 1{n}th 10:45 AM -- 12:45 PM @ Hall {n}</div><div class="body">{t}</div><div class="foot">{" · ".join(p)}</div></div>'
        for n, (t, p, _) in enumerate(PAPERS)
    )
    assert [(r.start_time, r.end_time, r.room) for r in records(page(body))] == [("10:45 AM", "12:45 PM", f"Hall {n}") for n in range(4)]


@pytest.mark.parametrize(
    "people",
    [
        "Ada Lovelace<sup>1</sup>, Alan Turing<sup>1,2,*</sup></p><p><sup>1</sup>University of London, <sup>2</sup>Princeton University",
        "Ada Lovelace<sup>a</sup> and Alan Turing<sup>a,b</sup></p><p><sup>a</sup> University of London</p><p><sup>b</sup> Princeton University",
    ],
)
def test_marks_lead_to_affiliations(people: str) -> None:
    body = "".join(f"<div class=abs><h3>{t}</h3><p>{people}</p><p>{a}</p></div>" for t, _, a in PAPERS)
    for record in records(page(body)):
        assert [(a.name, a.affiliations) for a in record.authors] == [
            ("Ada Lovelace", ("University of London",)),
            ("Alan Turing", ("University of London", "Princeton University")),
        ]


@pytest.mark.parametrize(
    "people",
    [
        "Ada Lovelace (University of London), Alan Turing (Princeton University)",
        "Ada Lovelace, University of London; Alan Turing, Princeton University",
        "<span class=author>Ada Lovelace <i class=affiliation>University of London</i></span><span class=author>Alan Turing <i class=affiliation>Princeton University</i></span>",
        "<ul class=speakers><li><b>Ada Lovelace</b> <span class=org>University of London</span><li><b>Alan Turing</b> <span class=org>Princeton University</span></ul>",
    ],
)  # fmt: skip
def test_affiliations_stand_beside_names(people: str) -> None:
    body = "".join(f"<div class=talk><h3>{t}</h3><div>{people}</div></div>" for t, _, _ in PAPERS)
    found = records(page(body))
    assert len(found) == 4
    for record in found:
        assert [(a.name, a.affiliations) for a in record.authors] == [
            ("Ada Lovelace", ("University of London",)),
            ("Alan Turing", ("Princeton University",)),
        ]


def test_a_list_that_goes_on_is_marked() -> None:
    body = cards().replace("Emmy Noether, Sofia Kovalevskaya, Maria Agnesi", "Emmy Noether, Sofia Kovalevskaya, et al.")
    assert [r.authors[-1].others for r in records(page(body))] == [False, False, True, False]


def test_links_are_resolved_against_the_page_and_give_identifiers() -> None:
    body = cards().replace('href="0.pdf"', 'href="https://arxiv.org/pdf/3101.00007v2"')
    found = records(page(body), "https://example.org/2031/papers.html")
    assert [r.url for r in found[0].resources] == ["https://example.org/p/0", "https://arxiv.org/pdf/3101.00007v2"]
    assert found[0].ids == {"arxiv": "3101.00007"}
    assert [r.url for r in found[1].resources] == ["https://example.org/p/1", "https://example.org/2031/1.pdf"]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<link rel="canonical" href="https://example.org/y/">', "https://example.org/y/1.pdf"),
        ('<meta property="og:url" content="https://example.org/z/a">', "https://example.org/z/1.pdf"),
        ('<base href="https://files.example.org/">', "https://files.example.org/1.pdf"),
        ('<link rel="canonical" href="https://example.org/y/"><base href="sub/">', "https://example.org/y/sub/1.pdf"),
        ("<!-- saved from url=(0031)https://example.org/saved/list -->", "https://example.org/saved/1.pdf"),
    ],
)
def test_the_page_says_what_its_links_are_relative_to(head: str, expected: str) -> None:
    text = page(cards()).replace("<!DOCTYPE html>", f"<!DOCTYPE html>{head if head.startswith('<!--') else ''}")
    text = text.replace("</head>", f"{'' if head.startswith('<!--') else head}</head>")
    assert expected in [r.url for r in records(text)[1].resources]


def test_links_that_lead_nowhere_are_left_out() -> None:
    body = cards()
    for n, href in enumerate(("javascript:void(0)", "#p1", "Page_files/2.pdf", "mailto:a@example.org")):
        body = body.replace(f'href="{n}.pdf"', f'href="{href}"')
    found = records(page(body), "https://example.org/list")
    assert [[r.url for r in record.resources] for record in found] == [[f"https://example.org/p/{n}"] for n in range(4)]


def test_without_an_address_relative_links_are_left_out() -> None:
    assert not any(r.resources for r in records(page(cards())))


def test_the_conference_is_named_by_the_title_of_the_page() -> None:
    kept = html.read(page(cards()).encode(), "a.html")
    reading = ingest(Page("a.html", kept, PageId("0")))
    assert reading.facts.conference is not None
    assert reading.facts.conference.label == "SheepConf 2031"


def test_tutorials_and_invited_talks_are_told_by_their_badges() -> None:
    kinds = ("Tutorial", "Invited Talk", "Oral", "Poster")
    body = "".join(
        f"<div class=c><span class=badge>{k}</span><h4>{t}</h4><p class=by>{', '.join(p)}</p></div>"
        for k, (t, p, _) in zip(kinds, PAPERS, strict=True)
    )
    assert [r.kind for r in records(page(body))] == [RecordKind.TUTORIAL, RecordKind.TALK, RecordKind.PAPER, RecordKind.PAPER]


def test_a_box_that_opens_completes_its_paper() -> None:
    body = "".join(f'<div class="c"><h4>{t}</h4><p>{", ".join(p)}</p><button>Abstract</button></div>' for t, p, _ in PAPERS)
    body += "".join(
        f'<div class="modal" id="m{n}"><h5 class="modal-title">{t}</h5><div>{a}</div></div>' for n, (t, _, a) in enumerate(PAPERS)
    )
    found = records(page(body))
    assert [(r.title, r.abstract) for r in found] == [(title, abstract) for title, _, abstract in PAPERS]
    assert all(r.authors for r in found)


def test_numbers_and_stops_that_every_title_has_are_no_part_of_it() -> None:
    body = "".join(f"<h4>{n}. {t}.</h4><p>{', '.join(p)}</p>" for n, (t, p, _) in enumerate(PAPERS, 1))
    assert [r.title for r in records(page(body))] == [title for title, _, _ in PAPERS]


def test_a_team_page_gives_no_papers_from_its_cards() -> None:
    team = "".join(f'<div class="card"><h4>{name}</h4><p class="role">Programme chair, University of {place}</p></div>' for name, place in
                   (("Ada Lovelace", "London"), ("Alan Turing", "Manchester"), ("Emmy Noether", "Erlangen"), ("Kurt Gödel", "Vienna")))  # fmt: skip
    assert not html.read(page(team, "People").encode(), "a.html").startswith("Fields")


def test_a_page_of_prose_keeps_its_text_without_the_chrome() -> None:
    kept = html.read(
        page("<h1>Notes</h1><p>A first line<br>and a second.</p><p>Sheep &amp; goats, 10<sup>6</sup> of them.</p>", "Notes").encode(),
        "a.html",
    )
    assert kept == "Notes\n\nA first line\nand a second.\n\nSheep & goats, 10⁶ of them.\n"


def test_html_is_told_by_its_content() -> None:
    assert forms.read(page(cards()).encode(), "page", "").form == "HTML"
    assert forms.read(b"\xef\xbb\xbf <!-- c --> <HTML><p>Hello there", "page", ".txt").form == "HTML"
    assert forms.read(b"<p align=center> A readme in Markdown", "readme.md", ".md").form == "text"


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(SourceError, match="shows no text"):
        html.read(b"<html><body><script>render()</script></body></html>", "app.html")


def test_a_page_saved_as_one_file_is_unpacked() -> None:
    body = quopri.encodestring(page(cards().replace("Ada Lovelace", "Zoë Lovelace")).encode()).replace(b"\n", b"\r\n")
    head = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/2031/\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--x"\r\n\r\n'
    )
    part = b"----x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    style = b"\r\n----x\r\nContent-Type: text/css\r\n\r\np { color: red }\r\n----x--\r\n"
    content = forms.read(head + part + body + style, "page.mhtml", ".mhtml")
    found = ingest(Page("page.mhtml", content.text, PageId("0"))).records
    assert content.form == "HTML"
    assert [r.title for r in found] == [title for title, _, _ in PAPERS]
    assert found[0].authors[0].name == "Zoë Lovelace"
    assert "https://example.org/2031/1.pdf" in [r.url for r in found[1].resources]


def test_an_mhtml_file_without_a_page_is_refused() -> None:
    with pytest.raises(SourceError):
        html.read(
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/css\r\n\r\np {}\r\n--x--\r\n",
            "a.mhtml",
        )
