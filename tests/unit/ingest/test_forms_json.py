"""JSON and JSON Lines: what services answer, and lists of objects."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from confgraph.errors import SourceError
from confgraph.ingest import ingest
from confgraph.ingest.forms import Columns, choose, read
from confgraph.records import Page, PageId, Reading, RecordKind

ORCID = "0000-0002-1825-0097"

OPENALEX: dict[str, Any] = {
    "meta": {"count": 1},
    "group_by": [],
    "results": [
        {
            "id": "https://openalex.org/W123",
            "doi": "https://doi.org/10.1000/wool",
            "title": "Counting <i>Sheep</i> &amp; Lambs",
            "publication_year": 2031,
            "is_authors_truncated": True,
            "primary_location": {"landing_page_url": "https://example.org/wool", "source": {"display_name": "Journal of Wool"}},
            "locations": [{"landing_page_url": "http://arxiv.org/abs/3101.01234"}],
            "authorships": [
                {
                    "author": {"display_name": "Ada Example", "orcid": f"https://orcid.org/{ORCID}", "id": "https://openalex.org/A5"},
                    "raw_affiliation_strings": ["Barn 3, University of Wool"],
                    "institutions": [{"display_name": "University of Wool"}],
                },
                {"author": {"display_name": "Bob Sample"}, "institutions": [{"display_name": "Sheep Institute"}]},
            ],
            "keywords": [{"display_name": "sheep"}],
            "abstract_inverted_index": {"sheep": [2, 5], "We": [0], "count": [1], "and": [3], "more": [4]},
        }
    ],
}

CROSSREF: dict[str, Any] = {
    "status": "ok",
    "message": {
        "facets": {},
        "items": [
            {
                "DOI": "10.1000/wool",
                "type": "proceedings-article",
                "title": ["Counting Sheep"],
                "subtitle": ["A Study"],
                "author": [
                    {
                        "given": "Ada",
                        "family": "Example",
                        "ORCID": f"http://orcid.org/{ORCID}",
                        "affiliation": [{"name": "University of Wool"}],
                    },
                    {"name": "The Flock"},
                ],
                "container-title": ["Proceedings of the Wool Workshop"],
                "published": {"date-parts": [[2031, 5]]},
                "abstract": "<jats:title>Abstract</jats:title><jats:p>We count, if x &lt; y.</jats:p>",
                "URL": "https://doi.org/10.1000/wool",
            }
        ],
    },
}

CSL = [
    {
        "id": "example31",
        "type": "paper-conference",
        "title": "Counting Sheep",
        "author": [{"family": "Berg", "given": "Jan", "non-dropping-particle": "van den"}, {"literal": "The Flock"}],
        "issued": {"date-parts": [["2031", 5, 2]]},
        "container-title": "Wool Days",
        "DOI": "10.1000/wool",
        "keyword": "sheep, wool",
    }
]


def _note(**more: Any) -> dict[str, Any]:
    content = {
        "title": "Counting Sheep",
        "authors": ["Ada Example", "Bob Sample"],
        "authorids": ["~Ada_Example1", "bob@example.org"],
        "abstract": "We count sheep.",
        "keywords": ["sheep", "wool"],
        "venue": "WoolConf 2031 oral",
        "pdf": "/pdf/0a.pdf",
        "primary_area": "meadows",
    }
    return {"id": "aBc", "forum": "aBc", "content": content, **more}


def _wrapped(note: dict[str, Any]) -> dict[str, Any]:
    return {**note, "content": {key: {"value": value} for key, value in note["content"].items()}}


REVIEW = {"id": "rEv", "forum": "aBc", "replyto": "aBc", "content": {"title": "Official Review", "review": "Fine."}}

DBLP = {
    "result": {
        "hits": {
            "@total": "2",
            "hit": [
                {
                    "info": {
                        "authors": {"author": [{"@pid": "12/3", "text": "Ada Example 0001"}, {"@pid": "4/5", "text": "Bob Sample"}]},
                        "title": "Counting Sheep &amp; Lambs.",
                        "venue": ["WOOL", "Milk"],
                        "year": "2031",
                        "key": "conf/wool/E31",
                        "ee": "https://doi.org/10.1000/wool",
                    }
                },
                {"info": {"authors": {"author": {"@pid": "4/5", "text": "Bob Sample"}}, "title": "On Milk...", "year": "2030"}},
            ],
        }
    }
}


def ingested(value: Any, suffix: str = ".json", columns: Columns | None = None) -> Reading:
    text = value if isinstance(value, str) else json.dumps(value)
    content = read(text.encode(), f"list{suffix}", suffix, columns)
    assert content.form == "JSON"
    return ingest(Page("list", content.text, PageId(hashlib.sha256(content.text.encode()).hexdigest()), form=content.form))


def lines(*rows: Any) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def test_openalex() -> None:
    (record,) = ingested(OPENALEX).records
    assert (record.title, record.abstract) == ("Counting Sheep & Lambs", "We count sheep and more sheep")
    assert [(a.name, a.affiliations, a.others, a.ids) for a in record.authors] == [
        ("Ada Example", ("Barn 3, University of Wool",), False, {"orcid": ORCID, "openalex": "A5"}),
        ("Bob Sample", ("Sheep Institute",), True, {}),
    ]
    assert (record.venue, record.year, record.keywords) == ("Journal of Wool", 2031, ("sheep",))
    assert record.ids == {"doi": "10.1000/wool", "openalex": "W123", "arxiv": "3101.01234"}


def test_a_place_of_a_word_costs_nothing() -> None:
    work = {"title": "On Wool", "authorships": [], "abstract_inverted_index": {"We": [0], "shear": [10**15], "wrong": ["x", None]}}
    (record,) = ingested(work).records
    assert record.abstract == "We shear"


def test_crossref() -> None:
    (record,) = ingested(CROSSREF).records
    assert (record.kind, record.title, record.abstract) == (RecordKind.WORKSHOP_PAPER, "Counting Sheep: A Study", "We count, if x < y.")
    assert [(a.name, a.affiliations, a.ids) for a in record.authors] == [("Ada Example", ("University of Wool",), {"orcid": ORCID})]
    assert [concept.name for concept in record.institutions] == ["The Flock", "University of Wool"]
    assert (record.venue, record.year, record.ids) == ("Proceedings of the Wool Workshop", 2031, {"doi": "10.1000/wool"})


def test_one_work_of_crossref() -> None:
    references = [{"title": "On Milk", "author": "B. Sample"}, {"title": "On Hay", "author": "C. Third"}]
    answer: dict[str, Any] = {"status": "ok", "message": {**CROSSREF["message"]["items"][0], "reference": references}}
    assert [record.title for record in ingested(answer).records] == ["Counting Sheep: A Study"]


def test_csl() -> None:
    (record,) = ingested(CSL).records
    assert [author.name for author in record.authors] == ["Jan van den Berg"]
    assert [concept.name for concept in record.institutions] == ["The Flock"]
    assert (record.venue, record.year, record.ids) == ("Wool Days", 2031, {"doi": "10.1000/wool"})
    assert record.keywords == ("sheep", "wool")


@pytest.mark.parametrize(
    "value",
    [
        {"notes": [_note(), REVIEW], "count": 2},
        {"notes": [_wrapped(_note()), _wrapped(REVIEW)]},
        [_note()],
        lines(_note(), REVIEW),
    ],
)
def test_openreview(value: Any) -> None:
    (record,) = ingested(value).records
    assert (record.title, record.abstract, record.venue, record.year) == ("Counting Sheep", "We count sheep.", "WoolConf 2031 oral", 2031)
    assert [(a.name, a.ids) for a in record.authors] == [("Ada Example", {"openreview": "~Ada_Example1"}), ("Bob Sample", {})]
    assert record.keywords == ("sheep", "wool")
    assert record.ids == {"openreview": "aBc"}
    assert [r.url for r in record.resources] == ["https://openreview.net/forum?id=aBc", "https://openreview.net/pdf/0a.pdf"]


def test_mail_addresses_are_left_out() -> None:
    assert "@" not in ingested([_note()]).page.text


@pytest.mark.parametrize(("moment", "year"), [(1_936_000_000_000, 2031), (10**30, None), (-5, None), ("soon", None)])
def test_the_time_of_publication_tells_the_year(moment: Any, year: int | None) -> None:
    note = {"id": "a", "pdate": moment, "content": {"title": "On Wool", "authors": ["Ada Example"]}}
    assert [record.year for record in ingested([note]).records] == [year]


def test_dblp() -> None:
    first, second = ingested(DBLP).records
    assert (first.title, first.venue, first.year) == ("Counting Sheep & Lambs", "WOOL", 2031)
    assert [(a.name, a.ids) for a in first.authors] == [("Ada Example", {"dblp": "12/3"}), ("Bob Sample", {"dblp": "4/5"})]
    assert first.ids == {"doi": "10.1000/wool", "dblp": "conf/wool/E31"}
    assert (second.title, [a.name for a in second.authors]) == ("On Milk...", ["Bob Sample"])


ROW = {
    "title": "Counting Sheep",
    "authors": ["Ada Example", "Bob Sample", "Cem Third"],
    "affiliations": ["University of Wool", "", ["Sheep Institute", "Barn"]],
    "author_ids": ["~Ada_Example1", f"https://orcid.org/{ORCID}", ""],
    "abstract": "We count sheep.",
    "venue": "wool",
    "year": 2031,
    "track": "main",
    "status": "Poster",
    "session": None,
    "keywords": ["sheep"],
    "url": "https://openreview.net/forum?id=aBc",
    "github": "https://github.com/example/sheep",
    "doi": float("nan"),
}


@pytest.mark.parametrize(
    "value", [[ROW], {"papers": [ROW]}, {"data": {"page": {"list": [ROW]}}, "tags": ["a"]}, {"a": ROW, "b": ROW}, ROW, lines(ROW, ROW)]
)
def test_lists_of_objects(value: Any) -> None:
    records = ingested(value).records
    record = records[0]
    assert len(records) == 2 if isinstance(value, str) or "b" in value else len(records) == 1
    assert [(a.name, a.affiliations, a.ids) for a in record.authors] == [
        ("Ada Example", ("University of Wool",), {"openreview": "~Ada_Example1"}),
        ("Bob Sample", (), {"orcid": ORCID}),
        ("Cem Third", ("Sheep Institute", "Barn"), {}),
    ]
    assert (record.title, record.venue, record.year, record.track, record.session) == ("Counting Sheep", "wool", 2031, "main", None)
    assert record.ids == {"openreview": "aBc"}
    assert len(record.resources) == 2


@pytest.mark.parametrize(
    "authors",
    [
        [{"name": "Ada Example", "affiliation": "University of Wool"}],
        [{"fullname": "Ada Example", "institution": "University of Wool", "id": 3}],
        [{"given": "Ada", "family": "Example", "affiliations": [{"name": "University of Wool"}]}],
        [{"firstName": "Ada", "lastName": "Example", "institutions": ["University of Wool"]}],
        "Ada Example (University of Wool)",
    ],
)
def test_authors_may_be_objects(authors: Any) -> None:
    (record,) = ingested([{"title": "On Wool", "abstract": "We shear.", "authors": authors}]).records
    assert [(a.name, a.affiliations) for a in record.authors] == [("Ada Example", ("University of Wool",))]


def test_the_dump_of_arxiv() -> None:
    row = {
        "id": "3101.01234",
        "title": "On Wool",
        "authors": [["Example", "Ada", ""], ["Berg", "Jan", "Jr."]],
        "abstract": "We\n shear.",
        "arxiv_id": "3101.01234v1",
    }
    (record,) = ingested([row]).records
    assert [a.name for a in record.authors] == ["Ada Example", "Jan Berg Jr."]
    assert record.ids == {"arxiv": "3101.01234"}


def test_rows_that_hold_the_paper_under_a_key() -> None:
    rows = [
        {"key": "A1", "data": {"title": "On Wool", "creators": [{"creatorType": "author", "firstName": "Ada", "lastName": "Example"}]}},
        {
            "key": "B2",
            "data": {
                "title": "On Hay",
                "creators": [{"creatorType": "author", "name": "Bob Sample"}, {"creatorType": "editor", "name": "Cem Third"}],
                "abstractNote": "We mow.",
                "tags": [{"tag": "hay"}, {"tag": "mowing"}],
            },
        },
    ]
    wool, hay = ingested(rows).records
    assert ([a.name for a in wool.authors], [a.name for a in hay.authors]) == (["Ada Example"], ["Bob Sample"])
    assert (hay.abstract, hay.keywords) == ("We mow.", ("hay", "mowing"))


def test_lines_that_hold_the_paper_under_a_key() -> None:
    rows = lines(*({"paper": {"id": f"3101.0000{n}", "title": f"On Wool {n}", "authors": ["Ada Example"]}} for n in (1, 2)))
    assert [(r.title, r.ids) for r in ingested(rows, ".jsonl").records] == [
        ("On Wool 1", {"arxiv": "3101.00001"}),
        ("On Wool 2", {"arxiv": "3101.00002"}),
    ]


@pytest.mark.parametrize("wrap", [lambda graph: {"@context": "https://schema.org", "@graph": graph}, lambda graph: graph])
def test_json_ld(wrap: Any) -> None:
    wool = {"@type": ["Article", "ScholarlyArticle"], "name": "On Wool", "author": [{"@type": "Person", "name": "Ada Example"}]}
    hay = {"@type": "https://schema.org/ScholarlyArticle", "headline": "On Hay", "author": "Bob Sample and Cem Third"}
    assert [(r.title, [a.name for a in r.authors]) for r in ingested(wrap([wool, hay])).records] == [
        ("On Wool", ["Ada Example"]),
        ("On Hay", ["Bob Sample", "Cem Third"]),
    ]


def test_journals_and_volumes_of_crossref_are_no_papers() -> None:
    items = [{"DOI": "10.1000/a", "type": kind, "title": [f"The {kind}"]} for kind in ("journal", "proceedings", "journal-article")]
    reading = ingested({"message": {"items": items}})
    assert [record.title for record in reading.records] == ["The journal-article"]
    assert reading.rejects == ()
    (own,) = ingested([{"DOI": "10.1000/d", "type": "journal", "title": "On Wool", "authors": ["Ada Example"]}]).records
    assert own.title == "On Wool", "lists of other makers may call a paper in a journal so"


def test_authors_of_openreview_may_be_objects() -> None:
    authors = [
        {"fullname": "Ada Example", "username": "~Ada_Example1", "institutions": [{"name": "University of Wool", "domain": "wool.example"}]}
    ]
    note = {"id": "a1", "forum": "a1", "content": {"title": {"value": "On Wool"}, "authors": {"value": authors}}}
    (author,) = ingested({"notes": [note]}).records[0].authors
    assert (author.name, author.affiliations, author.ids) == ("Ada Example", ("University of Wool",), {"openreview": "~Ada_Example1"})


def test_identifiers_of_other_services() -> None:
    row = {
        "title": "On Wool",
        "authors": [{"authorId": "1", "name": "Ada Example"}],
        "externalIds": {"DOI": "10.1000/wool", "ArXiv": "3101.01234", "CorpusId": 5},
    }
    (record,) = ingested({"total": 1, "data": [row]}).records
    assert record.ids == {"doi": "10.1000/wool", "arxiv": "3101.01234"}


def test_the_sidecar_names_the_keys() -> None:
    columns = Columns({"title": "Heading", "authors": "who"}, "/")
    (record,) = ingested([{"Heading": "On Wool", "who": "Ada Example / Bob Sample", "year": 2031}], columns=columns).records
    assert (record.title, [a.name for a in record.authors], record.year) == ("On Wool", ["Ada Example", "Bob Sample"], 2031)


def test_rows_that_cannot_be_used_say_which() -> None:
    text = lines(ROW, {"title": " ", "authors": ["Ada Example"]}) + "{broken\n[1]\n" + lines(ROW)
    reading = ingested(text, ".jsonl")
    assert len(reading.records) == 2
    places = [reject.reason.partition(": ") for reject in reading.rejects]
    assert [(place, reason[:20]) for place, _, reason in places] == [
        ("line 2", "neither title nor ab"),
        ("line 3", "is not JSON: Expecti"),
        ("line 4", "no object"),
    ]


def test_a_row_of_another_kind_among_works_is_a_reject() -> None:
    reading = ingested({"results": [*OPENALEX["results"], {"title": "On Wool", "authors": ["A B"]}]})
    assert [reject.reason for reject in reading.rejects] == ["entry 2: not as OpenAlex gives papers, as other rows are"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (lines({"id": 1, "text": "We count."}, {"id": 2, "text": "We shear."}), "no list of papers: among the columns 'id', 'text'"),
        ('{"name": "sheep", "dependencies": {"wool": "1.0"}}', "an object with the keys 'name', 'dependencies'"),
        ('[{"title": "Home", "url": "/"}, {"title": "About", "url": "/about"}]', "no list of papers"),
        ('[{"name": "wool", "description": "A library.", "author": "Ada Example"}]', "no list of papers"),
        ('[{"title": "", "authors": []}]', "no paper was found"),
        ("[1, 2]", "a list of 2 values"),
        ('"wool"', "a str"),
        ("{}", "an object with the keys none"),
        ("{'title': 1}", "is not JSON"),
        ('{"a": 1}\n{"b": \n{"c": \n', "so are most lines"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a":' * 100_000, "nested too deeply"),
        ("9" * 10_000, "is not JSON"),
        ("", "the file is empty"),
    ],
)
def test_what_is_no_list_of_papers_says_why(text: str, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read(text.encode(), "list.json", ".json")


def test_half_a_character_is_replaced() -> None:
    assert [r.title for r in ingested('[{"title": "On \\ud800 Wool", "authors": []}]').records] == ["On \ufffd Wool"]


@pytest.mark.parametrize(
    ("data", "form"),
    [(b'{"a": 1}', "JSON"), (b'\xef\xbb\xbf\n[ {"a": 1}]', "JSON"), (b"[[Home]] of wool", None), (b"{wool}", None), (b"[ Hall A ]", None)],
)
def test_content_tells_the_form(data: bytes, form: str | None) -> None:
    chosen = choose(data, ".txt")
    assert (chosen.name if chosen else None) == form
