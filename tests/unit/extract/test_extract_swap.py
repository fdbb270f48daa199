"""Another extractor can stand in for ours: a spaCy pipeline, records made elsewhere, a function of another package."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import spacy

from confgraph.errors import ConfgraphError, ConfigError, RecordError, SourceError
from confgraph.extract import ExtractOptions, annotate, load, reader
from confgraph.records import Page, PageId, Record, RecordId, RecordKind, Relation, RelationType, Span, to_row

TITLE = "Quokka: Reading small print"
ABSTRACT = "We introduce Quokka, a reader. We test Quokka on WombatBank with 81.5% F1. See https://example.org/quokka."
TEXT = f"{TITLE}\n{ABSTRACT}\n"
PAGE = Page("page.txt", TEXT, PageId("a" * 64))


def record(**changes: Any) -> Record:
    spans = {"title": Span(0, len(TITLE)), "abstract": Span(len(TITLE) + 1, len(TEXT) - 1)}
    fields = {"title": TITLE, "abstract": ABSTRACT, "spans": spans, **changes}
    return Record(RecordId("r1"), PAGE.name, 1, PAGE.id, RecordKind.PAPER, **fields)


def place(words: str) -> dict[str, int]:
    return {"start": TEXT.index(words), "end": TEXT.index(words) + len(words)}


def test_the_entities_of_a_spacy_pipeline_are_the_mentions(pipeline_at: Callable[..., str], tmp_path: Path) -> None:
    name = pipeline_at(("method", "Quokka"), ("DATA", "WombatBank"), ("CITY", "small"))
    run = load(ExtractOptions(extractor=name, labels={"data": "dataset"}), folder=tmp_path)
    (out,) = run(PAGE, [record()])
    assert [(c.name, len(c.mentions)) for c in out.methods] == [("Quokka", 3)]
    assert [(c.name, c.mentions) for c in out.datasets] == [("WombatBank", (Span(**place("WombatBank")),))]
    assert (out.tasks, out.metrics) == ((), ()), "what our own component would have found is gone"
    assert [i.name for i in out.introduces] == ["Quokka"], "the other components go on"
    assert [r.url for r in out.resources] == ["https://example.org/quokka"]
    assert {(r.subject, r.object) for r in out.relations} <= {("Quokka", "WombatBank"), ("WombatBank", "Quokka")}
    assert out.relations
    assert run.used == {"name": "spacy:zoo", "pipeline": "en_zoo 0.0.0", "model": reader.version()}


def test_a_missing_spacy_pipeline_is_told() -> None:
    with pytest.raises(ConfigError, match=r"no_such_pipeline.*cannot be loaded"):
        load(ExtractOptions(extractor="spacy:no_such_pipeline"))


def test_entities_do_not_span_title_and_abstract_and_take_in_whole_tokens(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.meta["name"] = "odd"

    nlp.add_pipe("entity_ruler").add_patterns(
        [{"label": "Task", "pattern": [{"TEXT": {"REGEX": "print|We|read"}}, {"IS_SPACE": True, "OP": "?"}]}]
    )
    nlp.to_disk(tmp_path / "odd")
    (found,) = annotate(["print\n\nWe reader "], ExtractOptions(extractor="spacy:odd"), tmp_path)
    assert [m.text for m in found.entities] == ["print", "We", "reader"]


def test_a_spacy_pipeline_annotates_texts_in_batches(pipeline_at: Callable[..., str], tmp_path: Path) -> None:
    options = ExtractOptions(batch_size=2, extractor=pipeline_at(("Metric", "wit")))
    texts = ["Of wit", "", "wit and wit", "none", "wit"]
    assert [[m.start for m in found.entities] for found in annotate(texts, options, tmp_path)] == [[3], [], [0, 8], [], [0]]


def test_labels_that_mean_nothing_here_are_told(pipeline_at: Callable[..., str], tmp_path: Path) -> None:
    name = pipeline_at(("CITY", "Oslo"), ("PERSON", "Ada"))
    with pytest.raises(ConfigError, match=r"it has CITY, PERSON; map them"):
        load(ExtractOptions(extractor=name), folder=tmp_path)
    with pytest.raises(ConfigError, match="use one of: Method, Dataset, Task, Metric, Institution"):
        ExtractOptions(extractor=name, labels={"CITY": "Place"})
    with pytest.raises(ConfigError, match="takes no labels"):
        load(ExtractOptions(labels={"CITY": "Task"}))


def test_an_empty_spacy_pipeline_is_told(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "empty")
    with pytest.raises(ConfigError, match="is empty"):
        load(ExtractOptions(extractor="spacy:empty"), folder=tmp_path)


# Records made elsewhere


def row(**changes: Any) -> dict[str, Any]:
    made = to_row(record(methods=(), title=TITLE))
    return {**made, "methods": [{"name": "Quokka", "mentions": [place("Quokka")], "confidence": 0.3}], **changes}


def write(folder: Path, *rows: object) -> str:
    (folder / "made.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    return "records:made.jsonl"


def test_records_of_a_file_replace_those_of_their_page(tmp_path: Path) -> None:
    name = write(tmp_path, row(id="r2", ordinal=2, doc="elsewhere.txt"), row(doc="elsewhere.txt"))
    run = load(ExtractOptions(extractor=name), [PAGE], tmp_path)
    out = run(PAGE, [record(), record(), record()])
    assert [(r.id, r.ordinal, r.doc) for r in out] == [("r1", 1, "page.txt"), ("r2", 2, "page.txt")]
    assert [(c.name, c.confidence) for c in out[0].methods] == [("Quokka", 0.3)]
    assert out[0].datasets == (), "nothing is added"
    assert run.used["name"] == "records:made.jsonl"
    assert len(run.used["sha256"]) == 64
    assert "model" not in run.used, "ours had no part in it"


def test_a_page_without_rows_is_read_by_our_own(tmp_path: Path) -> None:
    text = "They test it on ImageNet."
    other = Page("other.txt", text, PageId("b" * 64))
    theirs = Record(RecordId("r9"), other.name, 1, other.id, RecordKind.PAPER, spans={"abstract": Span(0, len(text))})
    run = load(ExtractOptions(extractor=write(tmp_path, row())), [PAGE, other], tmp_path)
    assert [c.name for c in run(other, [theirs])[0].datasets] == ["ImageNet"]
    assert (run.used["name"], run.used["model"]) == ("records:made.jsonl", reader.version())


def test_of_one_text_under_two_names_each_page_takes_its_own_rows(tmp_path: Path) -> None:
    copy = Page("copy.txt", TEXT, PAGE.id)
    name = write(tmp_path, row(), row(id="r2", doc="copy.txt", title="Other"))
    run = load(ExtractOptions(extractor=name), [PAGE, copy], tmp_path)
    assert [[r.id for r in run(page, [])] for page in (PAGE, copy)] == [["r1"], ["r2"]]


RELATION = to_row(Relation("a", 0, RelationType.USED_FOR, "b", 1, 1.0, 0, 9))
WRONG_ROWS: dict[str, tuple[dict[str, Any], str]] = {
    "unknown page": ({"page": "c" * 64}, "none of those read"),
    "unknown key": ({"metods": []}, "unknown key 'metods'"),
    "wrong type": ({"methods": "Quokka"}, "give a list"),
    "mention behind the page": ({"methods": [{"name": "X", "mentions": [{"start": 3, "end": len(TEXT) + 1}]}]}, "no place"),
    "mention before the page": ({"tasks": [{"name": "X", "mentions": [{"start": -1, "end": 2}]}]}, "no place"),
    "empty mention": ({"tasks": [{"name": "X", "mentions": [{"start": 2, "end": 2}]}]}, "no place"),
    "field outside": ({"spans": {"title": {"start": 0, "end": 999_999}}}, "no place"),
    "author outside": ({"authors": [{"name": "Ada", "start": 5, "end": 999_999}]}, "no place"),
    "relation outside": (
        {"relations": [{**RELATION, "subject_start": -5}]},
        "outside the page",
    ),
    "unknown relation": (
        {"relations": [{**RELATION, "type": "Likes"}]},
        "use one of: Used-For",
    ),
    "confidence": ({"methods": [{"name": "X", "confidence": 1.5}]}, "from 0 to 1"),
    "empty name": ({"methods": [{"name": " "}]}, "empty name"),
    "half a character": ({"title": "\ud83d"}, "surrogate"),
    "year": ({"year": -3}, "year"),
    "ordinal": ({"ordinal": 0}, "count from 1"),
    "id of another": ({}, "id of line 1"),
}


@pytest.mark.parametrize("case", WRONG_ROWS)
def test_a_wrong_row_is_told_by_its_line(case: str, tmp_path: Path) -> None:
    changes, says = WRONG_ROWS[case]
    name = write(tmp_path, row(), row(**{"id": "r1" if case == "id of another" else "r2", **changes}))
    with pytest.raises(RecordError, match=says) as caught:
        load(ExtractOptions(extractor=name), [PAGE], tmp_path)
    assert caught.value.where == f"{tmp_path / 'made.jsonl'}, line 2"
    assert caught.value.hint


def test_all_wrong_rows_are_collected() -> None:
    assert len(WRONG_ROWS) == 16


def test_an_author_whom_the_page_does_not_print_has_no_place(tmp_path: Path) -> None:
    name = write(tmp_path, row(authors=[{"name": "Ada"}]))
    assert load(ExtractOptions(extractor=name), [PAGE], tmp_path)(PAGE, [])[0].authors[0].name == "Ada"


@pytest.mark.parametrize("name", ["records:none.jsonl", "records:", "records:empty.jsonl"])
def test_a_file_of_records_that_is_none_is_told(name: str, tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n", encoding="utf-8")
    with pytest.raises(SourceError):
        load(ExtractOptions(extractor=name), [PAGE], tmp_path)


# Functions of other packages

MODULE = """
from dataclasses import replace
from confgraph.records import Concept, PageId, Record, Span

def reader(page, records):
    at = page.text.index("Quokka")
    return [replace(r, methods=[Concept("Quokka", confidence=0.4, mentions=(Span(at, at + 6),))]) for r in records]

def generator(page, records):
    yield from records

def nothing(page, records): return None
def text(page, records): return ["Quokka"]
def far(page, records): return [replace(r, methods=(Concept("Q", mentions=(Span(0, 10**6),)),)) for r in records]
def blank(page, records):
    at = page.text.index(" ")
    return [replace(r, methods=(Concept("Q", mentions=(Span(at, at + 1),)),)) for r in records]
def untyped(page, records): return [replace(r, methods=[Concept(7)]) for r in records]
def stranger(page, records): return [replace(r, page=PageId("f" * 64)) for r in records]
def broken(page, records): raise KeyError("model")
number = 3
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Install a package that registers extractors."""
    info = tmp_path / "site" / "quokka-1.2.dist-info"
    info.mkdir(parents=True)
    (tmp_path / "site" / "quokka_reader.py").write_text(MODULE, encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: quokka\nVersion: 1.2\n", encoding="utf-8")
    names = [line.split("(")[0].split()[-1] for line in MODULE.splitlines() if line.startswith("def ")]
    points = [f"{name} = quokka_reader:{name}" for name in (*names, "number", "absent")]
    (info / "entry_points.txt").write_text("\n".join(["[confgraph.extractors]", *points, "lost = no_such_module:run"]), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path / "site")


@pytest.mark.usefixtures("installed")
def test_a_function_of_another_package_gives_the_records() -> None:
    run = load(ExtractOptions(extractor="reader"))
    (out,) = run(PAGE, [record()])
    assert [(c.name, c.confidence) for c in out.methods] == [("Quokka", 0.4)]
    assert isinstance(out.methods, tuple), "whatever sequence the function used"
    assert run.used == {"name": "reader", "function": "quokka_reader:reader", "package": "quokka 1.2"}
    assert load(ExtractOptions(extractor="generator"))(PAGE, [record()]) == (record(),)


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("nothing", "failed with TypeError"),
        ("text", "record 1: is str"),
        ("far", "record 1: record.methods.0..mentions.0. stands at 0 to 1000000"),
        ("blank", "white space only"),
        ("untyped", "give a string"),
        ("stranger", "not to this one"),
        ("broken", "extractor 'broken', page page.txt: failed with KeyError: 'model'"),
        ("number", "no function"),
        ("absent", "cannot be loaded"),
        ("lost", "cannot be loaded"),
    ],
)
def test_what_a_function_does_wrong_is_told_with_its_name(name: str, says: str) -> None:
    with pytest.raises(ConfgraphError, match=says) as caught:
        load(ExtractOptions(extractor=name))(PAGE, [record()])
    assert f"{name!r}" in str(caught.value)
    assert caught.value.hint


@pytest.mark.usefixtures("installed")
def test_an_unknown_name_lists_those_known() -> None:
    with pytest.raises(ConfigError, match="known: confgraph, spacy:NAME_OR_PATH, records:FILE, absent, blank, broken, far"):
        load(ExtractOptions(extractor="redaer"))


def test_a_name_that_two_packages_register_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "two"):
        info = tmp_path / f"{name}-1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n", encoding="utf-8")
        (info / "entry_points.txt").write_text(f"[confgraph.extractors]\nshared = {name}:run\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ConfigError, match=r"several packages.*one:run, two:run"):
        load(ExtractOptions(extractor="shared"))
