"""The conference of a page: its name, dates and place."""

from __future__ import annotations

import pytest

from confgraph.ingest.facts import compile_series, complete, find_conference
from confgraph.ingest.lines import split_lines
from confgraph.records import Conference, Sidecar, Span

SERIES = compile_series(
    [["NeurIPS", "Conference on Neural Information Processing Systems", "NIPS|Neural Information Processing Systems"], ["ICML"]]
)


def find(text: str) -> Conference | None:
    return find_conference(split_lines(text), SERIES)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("NeurIPS 2023 Orals", "NeurIPS 2023"),
        ("All about NIPS 2016", "NeurIPS 2016"),
        ("ICML’19 papers", "ICML 2019"),
        ("NeurIPS-2023", "NeurIPS 2023"),
        ("NeurIPS2023", "NeurIPS 2023"),
        ("EngConf 2022 Recap", "EngConf 2022"),
        ("CHI 2021: accepted papers", "CHI 2021"),
    ],
)
def test_conference_is_named_with_its_year(text: str, label: str) -> None:
    found = find(text)
    assert found is not None
    assert found.label == label
    assert found.span is not None
    assert text[found.span.start : found.span.end].endswith(str(found.year)[2:])


@pytest.mark.parametrize("text", ["", "Orals", "In 2023 we met", "The NeurIPS poster", "GPT-4 2023x", "Room 2023"])
def test_other_texts_name_none(text: str) -> None:
    assert find(text) is None


def test_an_unlisted_acronym_in_a_sentence_is_no_conference() -> None:
    assert find("We looked at what the whole of the NASA 2021 budget plan would mean for all the rest.") is None


DATES = {
    "NeurIPS 2024. Vancouver, Canada, Dec 10-15, 2024": ("2024-12-10", "2024-12-15", "Vancouver, Canada"),
    "NeurIPS 2024. Vancouver, Canada, 10.12.2024–15.12.2024": ("2024-12-10", "2024-12-15", "Vancouver, Canada"),
    "NeurIPS 2023 ran from Dec 10–16 in New Orleans. The rest follows.": ("2023-12-10", "2023-12-16", "New Orleans"),
    "NeurIPS 2023, December 10 to 16, 2023": ("2023-12-10", "2023-12-16", None),
    "NeurIPS 2023, 10-16 December 2023, in New Orleans, USA": ("2023-12-10", "2023-12-16", "New Orleans, USA"),
    "ICML 2024, Jun 30 - Jul 5, 2024 at Vienna": ("2024-06-30", "2024-07-05", "Vienna"),
    "ICML 2024: 30 June – 5 July 2024": ("2024-06-30", "2024-07-05", None),
    "ICML 2024 met from Jul 21-27 in St. Louis. It rained.": ("2024-07-21", "2024-07-27", "St. Louis"),
    "ICML 2024 met from Jul 21-27 in Washington, D.C. to talk": ("2024-07-21", "2024-07-27", "Washington, D.C."),
    "ICML 2024, 21.13.2024-27.13.2024": (None, None, None),
    "ICML 2024 has 10-16 posters": (None, None, None),
    "ICML 2024": (None, None, None),
}


@pytest.mark.parametrize("text", DATES)
def test_dates_and_place_beside_the_name(text: str) -> None:
    found = find(text)
    assert found is not None
    assert (found.start_date, found.end_date, found.place) == DATES[text]


def test_all_date_formats_are_collected() -> None:
    assert len(DATES) == 12


@pytest.mark.parametrize(
    "text",
    [
        "38th Conference on Neural Information Processing Systems (NeurIPS 2024)",
        "NeurIPS 2024 - 38th Conference on Neural Information Processing Systems. Vancouver",
    ],
)
def test_full_name_stands_before_or_after(text: str) -> None:
    found = find(text)
    assert found is not None
    assert found.name == "38th Conference on Neural Information Processing Systems"


def test_the_first_naming_counts_and_later_ones_complete_it() -> None:
    text = "NeurIPS 2023 Recap\nUnlike ICML 2022 it was big.\nNeurIPS 2023 ran from Dec 10-16 in New Orleans."
    dates = Span(text.index("Dec"), text.index("16") + 2)
    place = Span(text.index("New Orleans"), len(text) - 1)
    spans = {"year": Span(0, 12), "start_date": dates, "end_date": dates, "place": place}
    assert find(text) == Conference("NeurIPS", 2023, None, "New Orleans", "2023-12-10", "2023-12-16", Span(0, 12), spans)


QUOTED = {
    "NeurIPS 2024. Vancouver, Canada, Dec 10-15, 2024": {"place": "Vancouver, Canada", "start_date": "Dec 10-15, 2024"},
    "  NeurIPS 2023 ran from Dec 10–16 in New Orleans.": {"place": "New Orleans", "start_date": "Dec 10–16"},
    "38th Conference on Tea (TEA 2024)": {"name": "38th Conference on Tea"},
    "NeurIPS 2024 - 38th Conference on Tea. Vancouver": {"name": "38th Conference on Tea"},
    "l'été, NeurIPS 2024\n日本: NeurIPS 2024, Jul 1-2, 2024": {"start_date": "Jul 1-2, 2024"},
}


@pytest.mark.parametrize("text", QUOTED)
def test_each_field_knows_the_words_that_state_it(text: str) -> None:
    found = find(text)
    assert found is not None
    quoted = {field: text[span.start : span.end] for field, span in found.spans.items()}
    ending = {"end_date": QUOTED[text]["start_date"]} if "start_date" in QUOTED[text] else {}
    assert quoted == {"year": quoted["year"], **QUOTED[text], **ending}
    assert quoted["year"].endswith(str(found.year))


def test_all_quoted_texts_are_collected() -> None:
    assert len(QUOTED) == 5


def test_sidecar_wins_over_the_page() -> None:
    places = {"year": Span(3, 9), "name": Span(10, 12), "start_date": Span(13, 15), "end_date": Span(13, 15)}
    page = Conference("neurips", 2022, "Page Name", "Paris", "2022-12-01", "2022-12-02", Span(3, 9), places)
    told = complete(page, Sidecar(conference="NeurIPS", year=2023, name="Page Name", place="New Orleans", start_date="2023-12-10"))
    kept = {field: places[field] for field in ("name", "end_date")}  # the page still states what both say
    assert told == Conference("NeurIPS", 2023, "Page Name", "New Orleans", "2023-12-10", "2022-12-02", Span(3, 9), kept)


def test_sidecar_of_another_conference_replaces_all() -> None:
    assert complete(Conference("ICML", 2022, place="Paris"), Sidecar(conference="NeurIPS")) == Conference("NeurIPS")


def test_without_a_sidecar_the_page_stands() -> None:
    page = Conference("ICML", 2022)
    assert complete(page, Sidecar()) is page
    assert complete(None, Sidecar()) is None


def test_sidecar_alone_makes_a_conference_without_a_place_on_the_page() -> None:
    told = complete(None, Sidecar(conference="NeurIPS", year=2023))
    assert told == Conference("NeurIPS", 2023)
    assert told.span is None
