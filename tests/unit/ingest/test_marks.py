"""What a layout puts around the words of an entry."""

from __future__ import annotations

import pytest

from confgraph.ingest.lines import Line
from confgraph.ingest.marks import strip, unquoted, without_stops
from confgraph.ingest.sketch import Draft
from confgraph.records import RecordKind, Span

STRIPPED = {
    "Of Looms": ("Of Looms", None, None),
    "12. Of Looms": ("Of Looms", "dot", None),
    "[12] Of Looms": ("Of Looms", "square", None),
    "(12) Of Looms": ("Of Looms", "round", None),
    "#12 Of Looms": ("Of Looms", "hash", None),
    "P12: Of Looms": ("Of Looms", "code", None),
    "Paper 12: Of Looms": ("Of Looms", "code", None),
    "12\tOf Looms": ("Of Looms", "tab", None),
    "09:30 - 10:00  Of Looms": ("Of Looms", "time", None),
    "12 Feb 2031 – Of Looms": ("Of Looms", "date", None),
    "Thursday, 2031-02-12: Of Looms": ("Of Looms", "date", None),
    "May 2031: Of Looms": ("May 2031: Of Looms", None, None),
    "- Of Looms": ("Of Looms", "bullet", None),
    "**Of Looms**": ("Of Looms", None, "bold"),
    "1. **Of Looms**.": ("Of Looms", "dot", "bold"),
    "“Of Looms”": ("Of Looms", None, "quoted"),
    "### Of Looms": ("Of Looms", None, "heading"),
    "*Of Looms*": ("Of Looms", None, "italic"),
    "3D Looms": ("3D Looms", None, None),
    "[Of Looms](https://example.org)": ("[Of Looms](https://example.org)", None, None),
    "**Of** and **Looms**": ("**Of** and **Looms**", None, None),
    "A* Search*": ("A* Search*", None, None),
    "12.": ("12.", None, None),
}


@pytest.mark.parametrize("text", STRIPPED)
def test_marks_are_parted_from_the_words(text: str) -> None:
    bare = strip(Line(5, 5 + len(text), text, 0))
    assert (bare.line.text, bare.number, bare.print) == STRIPPED[text]
    assert f"?????{text}"[bare.line.start : bare.line.end] == bare.line.text


def test_all_marks_are_collected() -> None:
    assert len(STRIPPED) == 23


@pytest.mark.parametrize(
    ("text", "words"), [("“Of\nLooms”", "Of\nLooms"), ("**Of\nLooms**", "Of\nLooms"), ("“Of” Looms", "“Of” Looms"), ("“”", "“”")]
)
def test_quotes_may_close_on_another_line(text: str, words: str) -> None:
    span = unquoted(text, Span(0, len(text)))
    assert text[span.start : span.end] == words


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Of Looms.\nDo Cards Weave?\nOf Types.", ["Of Looms", "Do Cards Weave?", "Of Types"]),
        ("Of Looms\nOn Cards etc.\nOf Types.", ["Of Looms", "On Cards etc.", "Of Types."]),
        ("Of Looms.", ["Of Looms."]),
    ],
)
def test_a_stop_that_closes_all_titles_is_the_layouts(text: str, titles: list[str]) -> None:
    spans = [Span(text.index(line), text.index(line) + len(line)) for line in text.split("\n")]
    drafts = without_stops(text, [Draft(RecordKind.PAPER, span, title=span) for span in spans])
    assert [text[draft.title.start : draft.title.end] for draft in drafts if draft.title] == titles
