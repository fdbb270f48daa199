"""What the head of a page says for machines becomes records."""

# ruff: noqa: E501  (the lines of pages)

from __future__ import annotations

import json

import pytest

from confgraph.ingest import ingest
from confgraph.ingest.forms import html
from confgraph.ingest.forms.html.metadata import read_metadata
from confgraph.records import Page, PageId, Reading, RecordKind

ABSTRACT = (
    "We count sheep by walking past the fence once and show that it is enough for every flock that we have met so far, and for goats."
)

REFERENCE = "Something else that is as long as many an abstract is, and would be one, were it not for the references above it."


def read(head: str, body: str = "<p>Text</p>") -> Reading:
    kept = html.read(f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode(), "a.html")
    return ingest(Page("a.html", kept, PageId("0")))


def linked(*values: object) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(value)}</script>' for value in values)


HIGHWIRE = """
<meta name="citation_title" content="Counting Sheep &amp; Goats"><meta name="citation_author" content="Lovelace, Ada">
<meta name="citation_author_institution" content="University of London"><meta name="citation_author_institution" content="Royal Society">
<meta name="citation_author_orcid" content="https://orcid.org/0000-0002-1825-0097">
<meta name="citation_author" content="Alan Turing"><meta name="citation_publication_date" content="2031/05/01">
<meta name="citation_conference_title" content="SheepConf"><meta name="citation_doi" content="10.1000/sheep.1">
<meta name="citation_pdf_url" content="https://example.org/1.pdf"><meta name="citation_keywords" content="sheep; goats, old">
"""


def test_highwire_tags_name_one_paper() -> None:
    (record,) = read(HIGHWIRE).records
    assert record.title == "Counting Sheep & Goats"
    assert [(a.name, a.affiliations, a.ids) for a in record.authors] == [
        ("Ada Lovelace", ("University of London", "Royal Society"), {"orcid": "0000-0002-1825-0097"}),
        ("Alan Turing", (), {}),
    ]
    assert (record.year, record.venue, record.ids) == (2031, "SheepConf", {"doi": "10.1000/sheep.1"})
    assert record.keywords == ("sheep", "goats, old")
    assert [r.url for r in record.resources] == ["https://example.org/1.pdf"]


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Ada Lovelace, Alan Turing and Grace Hopper", ["Ada Lovelace", "Alan Turing", "Grace Hopper"]),
        ("Lovelace, Ada", ["Ada Lovelace"]),
        (["Lovelace, Ada", {"@type": "Person", "name": "Turing, Alan"}], ["Ada Lovelace", "Alan Turing"]),
        ({"@list": [{"@type": ["Person"], "name": "Ada Lovelace"}]}, ["Ada Lovelace"]),
    ],
)
def test_authors_of_json_ld_in_all_their_shapes(author: object, names: list[str]) -> None:
    article = {"@graph": [{"@type": ["Article", "ScholarlyArticle"], "headline": "Counting Sheep", "author": author}]}
    (record,) = read("<title>Counting Sheep</title>" + linked(article), "<h1>Counting Sheep</h1>").records
    assert [a.name for a in record.authors] == names


@pytest.mark.parametrize(
    "body",
    [
        f'<div id="abstract"><h4>Abstract</h4><p>{ABSTRACT}</p></div>',
        f"<h2>Abstract</h2><p>{ABSTRACT}</p><h2>References</h2><p>{REFERENCE}</p>",
        f"<p><b>Abstract.</b> {ABSTRACT}</p>",
        f'<section class="paper-abstract">Abstract {ABSTRACT}</section>',
    ],
)  # fmt: skip
def test_the_body_gives_the_abstract_that_the_head_lacks(body: str) -> None:
    (record,) = read(HIGHWIRE, f"<h1>Counting Sheep &amp; Goats</h1>{body}").records
    assert record.abstract == ABSTRACT


def test_related_papers_on_the_page_of_a_paper_are_no_records() -> None:
    related = "".join(f'<div class="rel"><h4>Another Paper {n}</h4><p class="authors">Grace Hopper, Emmy Noether</p></div>' for n in "ABCD")
    assert [r.title for r in read(HIGHWIRE, related).records] == ["Counting Sheep & Goats"]


def test_dublin_core_and_prism_name_a_paper_that_heads_the_page() -> None:
    head = """
    <meta name="DC.title" content="Weaving with Cards"><meta name="DC.creator" content="Hopper, Grace"><meta name="DC.date.issued" content="2030">
    <meta name="dc.identifier" content="doi:10.1000/cards"><meta name="prism.publicationName" content="Looms">
    """
    (record,) = read(head, "<h1>Weaving with Cards</h1>").records
    assert ([a.name for a in record.authors], record.year, record.ids, record.venue) == (
        ["Grace Hopper"],
        2030,
        {"doi": "10.1000/cards"},
        "Looms",
    )


def test_dublin_core_of_the_site_is_no_paper() -> None:
    head = '<meta name="DC.title" content="The Society"><meta name="DC.creator" content="Office of the Society">'
    assert "The Society" not in [r.title for r in read(head, "<h1>News</h1><p>A line of text that is here.</p>").records]


def test_open_graph_alone_is_no_paper() -> None:
    assert read_metadata([("og:title", "On Sheep"), ("og:description", ABSTRACT), ("article:author", "Ada Lovelace")]) is None


def test_json_ld_names_articles() -> None:
    article = {
        "@context": "https://schema.org", "@type": ["ScholarlyArticle", "CreativeWork"], "headline": "Counting <i>Sheep</i>",
        "author": [
            {"@type": "Person", "givenName": "Ada", "familyName": "Lovelace", "affiliation": {"name": "University of London"}, "sameAs": ["https://orcid.org/0000-0002-1825-0097"]},
            {"@id": "#turing"}, {"@type": "Organization", "name": "Shepherds' Guild"},
        ],
        "isPartOf": {"@type": "PublicationIssue", "isPartOf": {"@type": "Periodical", "name": "Journal of Flocks"}},
        "datePublished": "2031-05-01", "description": ABSTRACT, "keywords": "sheep, goats", "sameAs": "https://doi.org/10.1000/sheep.1",
    }  # fmt: skip
    graph = {"@graph": [{"@type": "WebPage", "name": "x"}, {"@id": "#turing", "@type": "Person", "name": "Alan Turing"}, article]}
    (record,) = read(linked(graph), "<h1>Counting Sheep</h1>").records
    assert (record.title, record.abstract, record.venue, record.year) == ("Counting Sheep", ABSTRACT, "Journal of Flocks", 2031)
    assert [(a.name, a.affiliations) for a in record.authors] == [("Ada Lovelace", ("University of London",)), ("Alan Turing", ())]
    assert (record.ids, record.keywords) == ({"doi": "10.1000/sheep.1"}, ("sheep", "goats"))
    assert [c.name for c in record.institutions] == ["Shepherds' Guild", "University of London"]


def test_json_ld_lists_complete_the_cards_of_the_page() -> None:
    titles = ("Counting Sheep", "Weaving Cards", "Lists without End")
    items = [{"@type": "ListItem", "item": {"@type": "ScholarlyArticle", "name": t, "abstract": f"{t}. {ABSTRACT}"}} for t in titles]
    body = "".join(f"<div class=c><h3>{t}</h3><p>Ada Lovelace, Alan Turing</p></div>" for t in titles)
    found = read(linked({"@type": "ItemList", "itemListElement": items}), body).records
    assert [r.title for r in found] == list(titles)
    assert [r.abstract for r in found] == [f"{t}. {ABSTRACT}" for t in titles]
    assert all(len(r.authors) == 2 for r in found)


EVENT = {
    "@type": "Event", "name": "SheepConf 2031", "startDate": "2031-06-02", "endDate": "2031-06-04",
    "location": {"@type": "Place", "name": "Barn", "address": {"addressLocality": "Appenzell", "addressCountry": "Switzerland"}},
    "subEvent": [
        {"@type": "Event", "name": "Session on Fences", "subEvent": [
            {"@type": "Event", "name": "Counting Sheep", "startDate": "2031-06-02T09:00:00+02:00", "endDate": "2031-06-02T09:30:00+02:00",
             "location": {"name": "Stable 1"}, "performer": {"@type": "Person", "name": "Ada Lovelace"}, "description": ABSTRACT},
            {"@type": "Event", "name": "Coffee break", "startDate": "2031-06-02T09:30:00+02:00"},
        ]},
        {"@type": "Event", "name": "Reading", "workFeatured": {"@type": "ScholarlyArticle", "name": "Weaving Cards", "author": "Grace Hopper"}},
    ],
}  # fmt: skip


def test_json_ld_events_give_talks_and_the_conference() -> None:
    reading = read(linked(EVENT))
    talk, paper = reading.records
    assert (talk.kind, talk.title, talk.session, talk.room) == (RecordKind.TALK, "Counting Sheep", "Session on Fences", "Stable 1")
    assert (talk.start_time, talk.end_time, talk.abstract) == ("09:00", "09:30", ABSTRACT)
    assert (paper.kind, paper.title, paper.authors[0].name) == (RecordKind.PAPER, "Weaving Cards", "Grace Hopper")
    conference = reading.facts.conference
    assert conference is not None
    assert (conference.series, conference.year, conference.place) == ("SheepConf", 2031, "Appenzell, Switzerland")
    assert (conference.start_date, conference.end_date) == ("2031-06-02", "2031-06-04")


@pytest.mark.parametrize(
    "script",
    ["", "{", "[" * 100_000, '{"@type": "ScholarlyArticle"}', "null", '{"@type": "Event", "subEvent": 7, "name": {}}', '"\\ud800"'],
)
def test_broken_json_ld_says_nothing(script: str) -> None:
    kept = html.read(f'<html><script type="application/ld+json">{script}</script><p>Some text of the page.'.encode(), "a.html")
    assert kept == "Some text of the page.\n"


def test_what_a_value_holds_forges_no_field() -> None:
    head = (
        '<meta name=citation_title content="One&#10;author: Nobody"><meta name=citation_author content="Ada Lovelace&#10;&#10;title: Two">'
    )
    (record,) = read(head).records
    assert record.title == "One author: Nobody"
    assert len(record.authors) == 1
