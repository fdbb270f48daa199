"""The sentence around a quote."""

from __future__ import annotations

import pytest

from confgraph.export.context import around


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("One ends. Two has [it] inside. Three.", "Two has ", " inside."),
        ("[it] opens a page", "", " opens a page"),
        ("A page ends with [it]", "A page ends with ", ""),
        ("Glued.Two has [it] inside.Three goes on.", "Two has ", " inside."),
        ("A title\n\nTwo has\n  [it] inside\n\nThree", "Two has ", " inside"),
        ("Scores rise by 2.5 points, see e.g. [it], over v. 3", "Scores rise by 2.5 points, see e.g. ", ", over v. 3"),
        ("He said “No.” Then [it] came! Next", "Then ", " came!"),
        ("First entry (a)* Second [it] here* Third", "Second ", " here"),
        ("One ends. [It] begins two.", "", " begins two."),
    ],
)
def test_context_is_the_sentence(text: str, before: str, after: str) -> None:
    start = text.lower().index("[it]")
    assert around(text, start, start + 4) == (before, after)


def test_a_long_sentence_is_cut_at_words() -> None:
    text = "start " + "word " * 100 + "HERE" + " word" * 100
    before, after = around(text, text.index("HERE"), text.index("HERE") + 4)
    assert before.startswith("…word ")
    assert after.endswith(" word…")
    assert max(len(before), len(after)) <= 262
