"""Tokenised sentences become what people write, and every entity keeps its words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from confgraph.errors import SourceError
from confgraph.evaluate.scier import detokenised, placed, read

WRITTEN = [
    ("We use CIFAR - 1 0 and I 3 D .", "We use CIFAR-10 and I3D."),
    ("In 2 0 1 2 it was 4 2 . 2 % .", "In 2012 it was 42.2%."),
    ("A state - of - the - art model .", "A state-of-the-art model."),
    ("Frogs ( and [ some ] toads ) sing ; we listen .", "Frogs (and [some] toads) sing; we listen."),
    ('They say " frogs sing " twice .', 'They say "frogs sing" twice.'),
    ("The frog 's song does n't end .", "The frog's song doesn't end."),
    ("It has 2 0 , 0 0 0 frogs .", "It has 20,000 frogs."),
    ("As shown in [ 1 , 2 ] , frogs sing .", "As shown in [1, 2], frogs sing."),
    ("Of 3 , 4 and 5 frogs .", "Of 3, 4 and 5 frogs."),
    ("On train / test data : $ 5 .", "On train/test data: $5."),
    ("Is 1 frog enough ?", "Is 1 frog enough?"),
    ("", ""),
]


@pytest.mark.parametrize(("tokenised", "written"), WRITTEN)
def test_a_sentence_is_written_as_people_do(tokenised: str, written: str) -> None:
    assert detokenised(tokenised, [])[0] == written


def test_all_sentences_are_collected() -> None:
    assert len(WRITTEN) == 12


TOKENS = ["frog", "CIFAR", "-", "1", "0", ".", ",", "(", ")", "[", "]", '"', "'", "'s", "%", "/", "$", "é", "e\u0301", "😀"]


@given(st.lists(st.sampled_from(TOKENS), min_size=1, max_size=20), st.data())
def test_an_entity_keeps_all_but_blanks(tokens: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(tokens) - 1))
    last = data.draw(st.integers(first, len(tokens) - 1))
    start = len(" ".join([*tokens[:first], ""])) if first else 0
    end = start + len(" ".join(tokens[first : last + 1]))
    text, [(left, right)] = detokenised(" ".join(tokens), [(start, end)])
    assert text[left:right].replace(" ", "") == "".join(tokens[first : last + 1])
    assert text[left:right] == text[left:right].strip()
    assert text.replace(" ", "") == "".join(tokens)


def test_names_are_found_in_order() -> None:
    assert placed("a frog and a frog", ["frog", "frog"]) == [(2, 6), (13, 17)]
    with pytest.raises(ValueError, match="not found"):
        placed("a frog and a toad", ["toad", "frog"])


def write(folder: Path, *rows: object) -> Path:
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return folder / "rows.jsonl"


ROW: dict[str, Any] = {
    "doc_id": 7,
    "sentence": "FrogNet - 1 0 beats FrogNet - 1 on PondQA , and only FrogNet - 1 sings .",
    "ner": [["FrogNet - 1 0", "Method"], ["FrogNet - 1", "Method"], ["PondQA", "Dataset"], ["FrogNet - 1", "Method"]],
    "rel": [["FrogNet - 1", "Evaluated-With", "PondQA"]],
}


def test_rows_are_read_with_the_places_of_their_entities(tmp_path: Path) -> None:
    (sentence,) = read(write(tmp_path, ROW))
    assert sentence.doc == "7"
    assert sentence.text == "FrogNet-10 beats FrogNet-1 on PondQA, and only FrogNet-1 sings."
    found = [(sentence.text[start:end], label) for start, end, label in sentence.entities]
    assert found == [("FrogNet-10", "Method"), ("FrogNet-1", "Method"), ("PondQA", "Dataset"), ("FrogNet-1", "Method")]
    assert sentence.relations == ((1, "Evaluated-With", 2),), "of a name with several places, the nearest"


def test_the_distributed_text_can_be_kept(tmp_path: Path) -> None:
    (sentence,) = read(write(tmp_path, ROW), tokenised=True)
    assert sentence.text == ROW["sentence"]
    assert [sentence.text[start:end] for start, end, _ in sentence.entities] == [name for name, _ in ROW["ner"]]


@pytest.mark.parametrize(
    "row",
    [
        {"sentence": "a frog", "ner": []},
        {"doc_id": "d", "ner": []},
        {"doc_id": "d", "sentence": "a frog", "ner": [["toad", "Method"]]},
        {"doc_id": "d", "sentence": "a frog", "ner": [["frog"]]},
        {"doc_id": "d", "sentence": 3, "ner": [["frog", "Method"]]},
        {"doc_id": "d", "sentence": "a frog", "ner": None},
        ["frog"],
    ],
    ids=["no document", "no sentence", "name elsewhere", "no label", "number", "no list", "no object"],
)
def test_a_wrong_row_is_told_by_its_number(row: object, tmp_path: Path) -> None:
    path = write(tmp_path, ROW, row)
    with pytest.raises(SourceError, match="SciER") as caught:
        read(path)
    assert caught.value.where == f"{path}, line 2"
    assert caught.value.hint
