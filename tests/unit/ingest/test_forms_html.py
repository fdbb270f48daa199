"""Web pages: what their head says, lists of cards, tables, and plain text for the rest; nothing from menus, scripts or hidden parts."""

from __future__ import annotations

import contextlib

import pytest

from confgraph.errors import ConfgraphError
from confgraph.ingest import forms, ingest
from confgraph.records import Page, PageId, Reading

CHROME = '<nav><ul><li><a href="/">Home</a></li><li><a href="/login">Log in</a></li></ul></nav>'
FOOT = "<footer><p>We use cookies. <a href='/privacy'>Privacy policy</a></p></footer><script>var a = '<h3>Not a paper</h3>';</script>"
TITLES = (
    "Counting Frogs at Night",
    "A Map of Every Marsh",
    "Reeds in Rivers: A Survey",
    "Learning to Croak",
    "Ponds as Graphs",
    "Silent Newts",
)


def read(html: str) -> Reading:
    content = forms.read(html.encode("utf-8"), "page.html", ".html")
    assert content.form == "HTML"
    return ingest(Page("page.html", content.text, PageId("0" * 64)))


def page(body: str, head: str = "") -> str:
    return (
        f"<!DOCTYPE html><html><head><title>The Marsh Conference</title>{head}</head><body>{CHROME}<main>{body}</main>{FOOT}</body></html>"
    )


def names(reading: Reading) -> list[tuple[str | None, tuple[str, ...]]]:
    return [(record.title, tuple(author.name for author in record.authors)) for record in reading.records]


def test_the_head_of_a_papers_page_says_what_it_is() -> None:
    head = "".join(
        f'<meta name="citation_{name}" content="{value}">'
        for name, value in (
            ("title", "Counting Frogs &amp; Newts"),
            ("author", "Reed, Ada"),
            ("author_institution", "University of the Marsh"),
            ("author", "Pond, Bo"),
            ("publication_date", "2031/05/02"),
            ("doi", "10.1234/frogs.1"),
        )
    )
    (record,) = read(page("<h1>Counting Frogs</h1>", head)).records
    assert record.title == "Counting Frogs & Newts"
    assert [(a.name, a.affiliations) for a in record.authors] == [("Ada Reed", ("University of the Marsh",)), ("Bo Pond", ())]
    assert (record.year, record.ids["doi"]) == (2031, "10.1234/frogs.1")


def test_json_in_the_head_is_read() -> None:
    head = """<script type="application/ld+json">
    {"@context": "https://schema.org", "@type": "ScholarlyArticle", "headline": "Ponds as Graphs", "datePublished": "2031-01-01",
    "author": [{"@type": "Person", "name": "Ada Reed", "affiliation": {"name": "Marsh Lab"}}]}</script>"""
    (record,) = read(page("<h1>Ponds as Graphs</h1>", head)).records
    assert (record.title, record.authors[0].name, record.authors[0].affiliations) == ("Ponds as Graphs", "Ada Reed", ("Marsh Lab",))


PEOPLE = ("Ada Reed, Bo Pond", "Cleo Sedge", "Dan Rush, Eve Fern", "Fay Moss, Gil Bog, Hal Mire", "Ida Fen", "Jon Brook, Kim Lake")
ENTRIES = [{"n": n, "title": title, "people": people} for n, (title, people) in enumerate(zip(TITLES, PEOPLE, strict=True))]
TEMPLATES = {
    "cards": '<div class="card"><h3><a href="/p/{n}">{title}</a></h3><p class="authors">{people}</p></div>',
    "list": '<li class="paper"><strong>{title}</strong><br><em>{people}</em> <a href="{n}.pdf">[pdf]</a></li>',
    "terms": "<dt>{title}</dt><dd>{people}</dd>",
    "rows": "<tr><td>10:{n}0</td><td>{title}</td><td>{people}</td></tr>",
    "headings": "<h3>{title}</h3><p>{people}</p><p>In {n} nights we study {title}, and count all that we hear twice or more.</p>",
}
AROUND = {"list": "<ul>{}</ul>", "terms": "<dl>{}</dl>", "rows": "<table><tr><th>Time</th><th>Title</th><th>Authors</th></tr>{}</table>"}


@pytest.mark.parametrize("name", TEMPLATES)
def test_each_entry_of_a_list_is_a_record_and_nothing_else_is(name: str) -> None:
    entries = "".join(TEMPLATES[name].format(**entry) for entry in ENTRIES)
    reading = read(page("<h1>Accepted papers</h1>" + AROUND.get(name, "{}").format(entries)))
    assert names(reading) == [(title, tuple(people.split(", "))) for title, people in zip(TITLES, PEOPLE, strict=True)]


def test_what_is_not_seen_is_not_read() -> None:
    hidden = '<div style="display:none"><h3>Hidden</h3></div><template><h3>Unused</h3></template><!-- <h3>Comment</h3> -->'
    reading = read(page(hidden + "".join(TEMPLATES["cards"].format(**entry) for entry in ENTRIES)))
    for word in ("Hidden", "Unused", "Comment", "Not a paper", "Log in", "cookies"):
        assert word not in reading.page.text.replace("comment:", ""), word


def test_the_words_of_other_pages_are_kept_as_text() -> None:
    text = "We present a pond that counts its own frogs, and show that it is right in nine of ten nights of the year."
    reading = read(page(f"<h2>A Pond That Counts</h2><p>Ada Reed and Bo Pond</p><h4>Abstract</h4><p>{text}</p>"))
    assert [(record.title, record.abstract) for record in reading.records] == [("A Pond That Counts", text)]


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000,
        "<table>" * 20_000,
        "<a href='" + "a" * 100_000,
        "<" * 200_000,
        "&lt;" * 50_000,
        "<!--" * 50_000,
        "<p><b>" * 50_000,
    ],
    ids=["deep", "tables", "attribute", "brackets", "entities", "comments", "unclosed"],
)
def test_hostile_pages_end(html: str) -> None:
    with contextlib.suppress(ConfgraphError):
        read(f"<html><body>{html}</body></html>")
