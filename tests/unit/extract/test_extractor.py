import dataclasses
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from confgraph.errors import ConfigError
from confgraph.extract import ExtractOptions, Extractor, load, pipeline
from confgraph.extract.shapes import concept_form
from confgraph.records import Page, PageId, Record, RecordId, RecordKind, Resource, ResourceKind, Span
from confgraph.text import plain

WORDS = (
    *r"""We introduce|CalmNet|(CN)|data|on CIFAR-10|LLMs|(LLMs)|large language models|\emph{accuracy}|of 85.1\%|T\"ulu|3.3x|FrogNet: |by 4%
    |https://a.org/x_(y).|* |for object detection|outperforms BERT|OpenAI's|Tree of Thoughts (ToT)|{|}|$x^2$|…|University of Otago
    |dubbed|.|, |-|/""".replace("\n    ", "").split("|"),
    "\n",
    "pre-\ntraining",
    "\u200b",
    "e\u0301",
)
FIELDS = ("methods", "datasets", "tasks", "metrics", "institutions")


def page_with(title: str, abstract: str) -> tuple[Page, Record]:
    text = f"# {title}\n{abstract}\n"
    spans = {"title": Span(2, 2 + len(title)), "abstract": Span(3 + len(title), 3 + len(title) + len(abstract))}
    page = Page("p.txt", text, PageId("0" * 64))
    return page, Record(RecordId("r"), page.name, 1, page.id, RecordKind.PAPER, title, abstract, spans=spans)


def assert_places(page: Page, record: Record) -> None:
    """Every mention lies in a field's span and reads as one of its concept's names, but for case and plural."""
    fields = [record.spans["title"], record.spans["abstract"]]
    for concept in (*record.introduces, *(c for f in FIELDS for c in getattr(record, f))):
        forms = {concept_form(n) for n in (concept.name, *concept.aliases)}
        assert concept.mentions
        for mention in concept.mentions:
            assert any(f.start <= mention.start < mention.end <= f.end for f in fields)
            assert concept_form(plain(page.text[mention.start : mention.end])) in forms
    for found in (*record.resources, *record.results, *record.relations):
        assert any(f.start <= found.start < found.end <= f.end for f in fields)


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=400))
def test_any_text_can_be_read(extractor: Extractor, title: str, abstract: str) -> None:
    page, record = page_with(title, abstract)
    (out,) = extractor(page, [record])
    assert_places(page, out)


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=6), st.lists(st.sampled_from(WORDS), max_size=40))
def test_every_mention_is_the_text_of_its_place(extractor: Extractor, title: list[str], abstract: list[str]) -> None:
    page, record = page_with(" ".join(title).replace("\n", " "), " ".join(abstract))
    (out,) = extractor(page, [record])
    assert_places(page, out)


def test_batches_and_order_change_nothing() -> None:
    texts = [f"We introduce CalmNet{i} (CN{i}). It has {i}.5% accuracy on MNIST." for i in range(1, 8)]
    text = "\n".join(texts)
    page = Page("p.txt", text, PageId("0" * 64))
    records = []
    for i, abstract in enumerate(texts):
        start = text.index(abstract)
        span = Span(start, start + len(abstract))
        records.append(Record(RecordId(str(i)), page.name, i + 1, page.id, RecordKind.PAPER, spans={"abstract": span}))
    whole = load()(page, records)
    assert load(ExtractOptions(batch_size=1))(page, records) == whole
    assert tuple(reversed(load(ExtractOptions(batch_size=3))(page, records[::-1]))) == whole
    assert all(r.results for r in whole)


def test_what_ingest_read_stays(extractor: Extractor, read: Callable[..., Record]) -> None:
    before = read("Nothing here.")
    assert dataclasses.replace(before, methods=()) == before
    page, record = page_with("A title", "We probe OpenAI and CLIP.")
    group = dataclasses.replace(read("We visit NASA.").institutions[0], name="Vision Group")
    (out,) = extractor(page, [dataclasses.replace(record, room="Hall 1", institutions=(group,))])
    assert (out.title, out.abstract, out.room, out.spans) == (record.title, record.abstract, "Hall 1", record.spans)
    assert [c.name for c in out.institutions] == ["Vision Group", "OpenAI"]


@pytest.mark.parametrize("spans", [{}, {"abstract": Span(0, 0)}, {"title": Span(0, 1)}])
def test_records_without_text(extractor: Extractor, spans: dict[str, Span]) -> None:
    page = Page("p.txt", " \n", PageId("0" * 64))
    (out,) = extractor(page, [Record(RecordId("r"), page.name, 1, page.id, RecordKind.PAPER, spans=spans)])
    assert (out.methods, out.introduces, out.resources) == ((), (), ())


def test_a_place_takes_in_the_font_command_that_it_closes(extractor: Extractor) -> None:
    page, record = page_with("Ponds", r"They introduce \emph{Tide} Net and we fine-tune \emph{BERT} on SQuAD.")
    (out,) = extractor(page, [dataclasses.replace(record, spans={"abstract": record.spans["abstract"]})])
    places = [page.text[m.start : m.end] for c in out.methods for m in c.mentions]
    assert all(p.count("{") == p.count("}") for p in places)
    assert places


def test_no_records(extractor: Extractor) -> None:
    assert extractor(Page("p.txt", "", PageId("0" * 64)), []) == ()


def test_a_very_long_abstract(extractor: Extractor) -> None:
    abstract = "We study CalmNet on MNIST with 90.5% accuracy (see https://a.org/b). " * 1500
    page, record = page_with("Long", abstract)
    (out,) = extractor(page, [record])
    assert len(out.abstract) > 100_000
    assert [len(c.mentions) for c in out.datasets] == [1500]


def test_a_batch_has_a_size() -> None:
    with pytest.raises(ConfigError, match="batch_size"):
        ExtractOptions(batch_size=0)


def test_components_are_registered_under_versioned_names(nlp: Language) -> None:
    assert tuple(nlp.pipe_names) == pipeline.COMPONENTS
    assert all(nlp.get_pipe_meta(name).factory == name for name in nlp.pipe_names)
    assert isinstance(load(), Extractor)


def test_addresses_that_a_record_holds_stay_and_stand_once(extractor: Extractor) -> None:
    page, record = page_with("On Wool", "Code is at https://github.com/a/b and www.example.org.")
    held = (Resource("https://example.org/p.pdf", ResourceKind.PAPER, 2, 4), Resource("https://www.example.org", ResourceKind.SITE, 2, 4))
    (out,) = extractor(page, [dataclasses.replace(record, resources=held)])
    assert [resource.url for resource in out.resources] == [
        "https://example.org/p.pdf",
        "https://www.example.org",
        "https://github.com/a/b",
    ]
