"""Papers: which records are one paper, and which are not however alike they look."""

from __future__ import annotations

from collections.abc import Callable

from confgraph.records import Author, Conference, Decision, Entity, EntityKind, Judgement, Reading, Resolution
from confgraph.resolve import resolve
from confgraph.resolve.keys import paper_key, scope

MakeReading = Callable[..., Reading]
MakeAuthors = Callable[..., tuple[Author, ...]]

TITLE = "Hourly Gauges Warn of Floods Two Days Earlier"


def _papers(resolution: Resolution) -> list[Entity]:
    return [e for e in resolution.entities if e.kind is EntityKind.PAPER]


def _paper_judgements(resolution: Resolution, decision: Decision = Decision.SAME) -> list[Judgement]:
    return [j for j in resolution.judgements if j.kind is EntityKind.PAPER and j.decision is decision]


def test_an_untitled_record_gains_the_title_of_the_record_with_its_abstract(
    reading: MakeReading, authors: MakeAuthors, rivers: str
) -> None:
    listing = reading("listing.txt", {"abstract": rivers, "authors": authors("Ada Moor", "Bo Lind")})
    notes = reading("notes.txt", {"title": TITLE, "abstract": rivers, "authors": authors("Moor", others=True)})
    resolution = resolve([listing, notes])

    [paper] = _papers(resolution)
    assert paper.label == TITLE
    assert paper.key == min(paper_key(r.records[0], scope(r)) for r in (listing, notes))
    assert len(paper.members) == 2
    [judged] = _paper_judgements(resolution)
    assert judged.by == "abstract"
    assert [r.feature for r in judged.reasons] == ["same abstract", "same authors", "runner-up"]
    assert "stand in the other in order" in judged.reasons[0].note


def test_a_cut_abstract_is_found_in_the_whole_one(reading: MakeReading, rivers: str) -> None:
    cut = " ".join(rivers.split()[:40]) + " …"
    resolution = resolve([reading("a.txt", {"abstract": "Abstract: " + cut}), reading("b.txt", {"title": TITLE, "abstract": rivers})])
    assert [p.label for p in _papers(resolution)] == [TITLE]


def test_small_edits_and_latex_do_not_hide_an_abstract(reading: MakeReading, authors: MakeAuthors, rivers: str) -> None:
    edited = rivers.replace("two days", "\\emph{two} days").replace("steep", "narrow").replace("four hundred", "400")
    people = authors("Ada Moor", "Bo Lind")
    resolution = resolve(
        [
            reading("a.txt", {"abstract": edited, "authors": people}),
            reading("b.txt", {"title": TITLE, "abstract": rivers, "authors": people}),
        ]
    )
    assert len(_papers(resolution)) == 1


def test_two_titles_keep_one_abstract_apart_and_the_reader_learns_why(reading: MakeReading, authors: MakeAuthors, rivers: str) -> None:
    people = authors("Ada Moor", "Bo Lind")
    resolution = resolve(
        [
            reading("a.txt", {"title": TITLE, "abstract": rivers, "authors": people}),
            reading("b.txt", {"title": "A Simulator of River Valleys in Heavy Rain", "abstract": rivers, "authors": people}),
        ]
    )
    assert len(_papers(resolution)) == 2
    [judged] = _paper_judgements(resolution, Decision.DIFFERENT)
    assert "different titles" in [r.feature for r in judged.reasons]


def test_a_series_of_papers_with_numbered_titles_stays_apart(reading: MakeReading, authors: MakeAuthors, rivers: str) -> None:
    people = authors("Ada Moor", "Bo Lind")
    rows = [{"title": f"Floods of the Northern Rivers, Part {i}", "abstract": rivers, "authors": people} for i in (1, 2)]
    assert len(_papers(resolve([reading(f"{i}.txt", row) for i, row in enumerate(rows)]))) == 2


def test_other_authors_keep_one_abstract_apart(reading: MakeReading, authors: MakeAuthors, rivers: str) -> None:
    resolution = resolve(
        [
            reading("a.txt", {"abstract": "First. " + rivers, "authors": authors("Ada Moor", "Bo Lind")}),
            reading("b.txt", {"abstract": "Second. " + rivers, "authors": authors("Cy Ode", "Di Pell")}),
        ]
    )
    assert len(_papers(resolution)) == 2


def test_a_shared_sentence_is_no_shared_abstract(reading: MakeReading, rivers: str, bees: str) -> None:
    sentence = rivers.split(".", maxsplit=1)[0] + ". "
    resolution = resolve([reading("a.txt", {"abstract": rivers}), reading("b.txt", {"abstract": sentence + bees})])
    assert len(_papers(resolution)) == 2
    assert _paper_judgements(resolution) == []


def test_a_page_lists_different_papers(reading: MakeReading, authors: MakeAuthors, rivers: str) -> None:
    row = {"abstract": rivers, "authors": authors("Ada Moor")}
    again = {"abstract": "Poster. " + rivers, "authors": authors("Ada Moor")}
    assert len(_papers(resolve([reading("a.txt", row, again)]))) == 2


def test_a_third_record_does_not_join_two_papers_of_one_page(reading: MakeReading, authors: MakeAuthors, rivers: str) -> None:
    people = authors("Ada Moor", "Bo Lind")
    cut = " ".join(rivers.split()[:60]) + " …"
    page = reading("a.txt", {"abstract": rivers, "authors": people}, {"abstract": "Poster: " + cut, "authors": people})
    notes = reading("b.txt", {"title": TITLE, "abstract": rivers, "authors": people})
    resolution = resolve([page, notes])

    assert sorted(len(p.members) for p in _papers(resolution)) == [1, 2]
    [apart] = _paper_judgements(resolution, Decision.DIFFERENT)
    assert "same page" in [r.feature for r in apart.reasons]
    assert {apart.left, apart.right} == {paper_key(record, scope(page)) for record in page.records}


def test_an_untitled_record_joins_only_one_of_two_titles(reading: MakeReading, authors: MakeAuthors, rivers: str) -> None:
    people = authors("Ada Moor", "Bo Lind")
    sequel = rivers.replace("recurrent", "linear").replace("valleys", "gorges")
    resolution = resolve(
        [
            reading("a.txt", {"abstract": rivers, "authors": people}),
            reading("b.txt", {"title": TITLE, "abstract": rivers, "authors": people}),
            reading("c.txt", {"title": "Linear Forecasts for Every Mountain River", "abstract": sequel, "authors": people}),
        ]
    )
    assert sorted((p.label, len(p.members)) for p in _papers(resolution)) == [(TITLE, 2), ("Linear Forecasts for Every Mountain River", 1)]


def test_one_title_on_two_pages_is_one_paper_without_a_judgement(reading: MakeReading, rivers: str, bees: str) -> None:
    resolution = resolve(
        [reading("a.txt", {"title": TITLE, "abstract": rivers}), reading("b.txt", {"title": TITLE.upper(), "abstract": bees})]
    )
    [paper] = _papers(resolution)
    assert paper.aliases == (TITLE.upper(),) or paper.aliases == (TITLE,)
    assert resolution.judgements == ()


def test_papers_without_a_title_have_a_label(reading: MakeReading, authors: MakeAuthors, rivers: str) -> None:
    page = reading("a.txt", {"abstract": rivers}, {"authors": authors("Ada Moor", "Bo Lind")}, {}, conference=Conference("RiverConf", 2031))
    labels = {e.label for e in _papers(resolve([page]))}
    assert labels == {"River gauges report water levels every hour, yet floods are…", "Paper by Ada Moor et al.", "Paper 3 of a.txt"}
