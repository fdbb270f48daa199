"""Listings as sites, groups and programs print them, of no known layout."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from confgraph.ingest import ingest
from confgraph.records import Page, Record

Make = Callable[..., Page]

TITLES = ["Weaving Graphs With Short Threads", "Learning to Fold Paper", "A Loom for Every Tensor", "Why Do Shuttles Stall?"]
PEOPLE = [["Ada Okafor", "Bruno Keller", "Chiara Neri"], ["Dmitri Volkov", "Elena Sanz"], ["Greta Lind", "Hugo Martin"], ["Jan de Vries"]]
PLACES = ["University of Lagos", "ETH Zurich", "KTH", "Delft University of Technology"]
PROSE = "We let the loom run by night and show that it weaves as well as by day, and that it needs less of the thread."


def found(records: Sequence[Record]) -> list[tuple[str | None, list[str]]]:
    return [(record.title, [author.name for author in record.authors]) for record in records]


def expected(titles: Sequence[str] = tuple(TITLES)) -> list[tuple[str | None, list[str]]]:
    return list(zip(titles, PEOPLE, strict=True))


def listing(entry: str, people: Sequence[Sequence[str]] = tuple(PEOPLE), titles: Sequence[str] = tuple(TITLES)) -> str:
    rows = zip(titles, people, strict=True)
    return "".join(entry.format(n=n, day=6 + n, title=title, people=", ".join(names)) for n, (title, names) in enumerate(rows, 1))


@pytest.mark.parametrize(
    "entry",
    [
        "{day} Feb 2031 – {title}, {people} (presented by Tom)\n",
        "2031-02-{day:02}: {title}, {people}\n",
        "[{n}] arXiv:3103.0123{n} [pdf, html, other]\nTitle: {title}\nAuthors: {people}\nComments: {n} pages\nSubjects: Looms\n"
        + PROSE
        + "\n\n",
        "{title}\nby {people} (to appear at CraftConf)\n" + PROSE + "\n\n",
        "• {title} — {people} — spotlight\n",
        "Poster #{n}\n{title}\n{people}\n\n",
    ],
)
def test_titles_and_people_are_told_apart(make_page: Make, entry: str) -> None:
    assert found(ingest(make_page(f"What We Read\n\n{listing(entry)}")).records) == expected()


def test_remarks_after_some_of_the_people_are_no_people(make_page: Make) -> None:
    rows = listing("- {title} — {people}\n").replace("Neri\n", "Neri — best paper award\n").replace("Vries\n", "Vries — oral\n")
    assert found(ingest(make_page(f"Our papers this year:\n\n{rows}")).records) == expected()


def test_papers_quoted_in_a_conversation(make_page: Make) -> None:
    said = listing(
        'Tom Baker  9:0{n} AM\nnew: "{title}" ({people}) https://example.org/{n}\nAnna Holt  9:3{n} AM\nwill read it on the train\n'
    )
    assert found(ingest(make_page(said)).records) == expected()


def test_forms_of_submission_systems(make_page: Make) -> None:
    turned = [[f"{n.split(maxsplit=1)[1]}, {n.split()[0]} ({p})" for n, p in zip(names, PLACES, strict=False)] for names in PEOPLE]
    entry = "Paper ID: {n}\nPaper Title: {title}\nAuthor Names: {people}\n\n"
    records = ingest(make_page(listing(entry, [["*; ".join(names)] for names in turned]))).records
    assert found(records) == expected()
    assert [author.affiliations for author in records[0].authors] == [("University of Lagos",), ("ETH Zurich",), ("KTH",)]


def test_people_on_lines_of_their_own_may_open_the_entries(make_page: Make) -> None:
    people = [[f"{name}, {place}" for name, place in zip(names, PLACES, strict=False)] for names in PEOPLE]
    blocks = ["\n".join(names) for names in people]
    text = "".join(f"{n}\t{b}\n\n{t}.\n\n{PROSE}\n\n\n" for n, (b, t) in enumerate(zip(blocks, TITLES, strict=True), 1))
    records = ingest(make_page(f"Programme\n\n{text}")).records
    assert [(r.title or "").rstrip(".") for r in records] == TITLES
    assert [[a.name for a in r.authors] for r in records] == PEOPLE


def test_headings_right_above_people_are_no_titles(make_page: Make) -> None:
    rows = [f"({n}) {', '.join(PEOPLE[n % 4])}\n{title} on {n} Looms\n\n" for n, title in enumerate(TITLES * 4)]
    text = "".join(f"{topic}\n\n{''.join(rows[8 * i : 8 * i + 8])}" for i, topic in enumerate(("Vision", "Robotics")))
    assert [r.title for r in ingest(make_page(text)).records] == [f"{title} on {n} Looms" for n, title in enumerate(TITLES * 4)]


def test_subtitles_after_names_are_no_titles(make_page: Make) -> None:
    titles = [
        "Haunting Horizons: Looms by the Sea",
        "Quiet Colours: A Study of Yarn",
        "Braided Rivers: Maps of Thread",
        "Silver Shuttles: Some Notes",
    ]
    rows = listing("{title}\n{people}\n\n", [[f"{names[0]}, University of Lagos"] for names in PEOPLE] * 2, titles * 2)
    assert [r.title for r in ingest(make_page(rows)).records] == titles * 2


def test_lists_below_headings_are_no_abstracts(make_page: Make) -> None:
    rows = [f"{title} on {n} Looms — {', '.join(names)}\n" for n in range(3) for title, names in zip(TITLES, PEOPLE, strict=True)]
    text = "".join(f"== {topic} ==\n\n{''.join(rows[4 * i : 4 * i + 4])}\n" for i, topic in enumerate(("Vision", "Robots", "Theory")))
    assert len(ingest(make_page(text)).records) == 12


def test_an_introduction_opens_no_entry_where_notes_open_them(make_page: Make) -> None:
    intro = "The papers below will be shown in the old mill. We thank the weavers for their work!"
    entry = "[{n}] Paper ID: 10{n}\n{title}.\nby {people}\nAbstract:\n" + PROSE + "\n\n"
    records = ingest(make_page(f"{intro}\n\n{listing(entry)}")).records
    assert [(r.title, r.abstract) for r in records[1:]] == [(title.rstrip("."), PROSE) for title in TITLES[1:]]


def test_a_note_between_title_and_people_is_no_title(make_page: Make) -> None:
    people = [[f"{name} (Loom Institute)" for name in names] for names in PEOPLE]
    entry = "{title}\n\nKeywords: thread, cloth\n\n{people}\n\nAbstract: " + PROSE + "\n\n\n"
    assert found(ingest(make_page(listing(entry, people))).records) == expected()


def test_what_says_that_an_abstract_is_missing_is_no_part_of_the_title(make_page: Make) -> None:
    text = listing("{title}\n" + PROSE + "\nBy {people}\n\n").replace(f"Paper\n{PROSE}", "Paper\nAbstract Unavailable")
    assert found(ingest(make_page(text)).records) == expected()


def test_names_whose_accents_were_misread_are_names(make_page: Make) -> None:
    people = [["RenÃ© DubÃ©", "Bruno Keller"], *PEOPLE[1:]]
    records = ingest(make_page(listing("#{n} {title} ({people})\n", people))).records
    assert found(records)[0] == (TITLES[0], people[0])
