"""The pipeline, built once, and ways to run it over a text or a page of the tests' own."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from confgraph.extract import Extractor, load, pipeline
from confgraph.records import Page, PageId, Record, RecordId, RecordKind, Span


@pytest.fixture(scope="session")
def nlp() -> Language:
    return pipeline.build()


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return load()


@pytest.fixture
def pipeline_at(tmp_path: Path) -> Callable[..., str]:
    """Save a spaCy pipeline that knows the given names and labels to `tmp_path`, and give the name of the extractor."""

    def save(*names: tuple[str, str]) -> str:
        rules = spacy.blank("en")
        rules.meta["name"] = "zoo"
        rules.add_pipe("entity_ruler").add_patterns([{"label": label, "pattern": words} for label, words in names])
        rules.to_disk(tmp_path / "zoo")
        return "spacy:zoo"

    return save


@pytest.fixture
def sentences(nlp: Language) -> Callable[[str], list[str]]:
    return lambda text: [s.text.strip() for s in nlp(text).sents]


@pytest.fixture
def read(extractor: Extractor) -> Callable[..., Record]:
    """Extract from one record with this title and abstract, as they stand on a page."""

    def run(abstract: str, title: str = "") -> Record:
        page, record = page_of(title, abstract)
        return extractor(page, [record])[0]

    return run


def page_of(title: str, abstract: str) -> tuple[Page, Record]:
    text = f"Header\n{title}\n\n{abstract}\nFooter"
    page = Page("page.txt", text, PageId(hashlib.sha256(text.encode()).hexdigest()))
    start = len("Header\n")
    spans = {"abstract": Span(start + len(title) + 2, start + len(title) + 2 + len(abstract))}
    if title:
        spans["title"] = Span(start, start + len(title))
    return page, Record(RecordId("r"), page.name, 1, page.id, RecordKind.PAPER, title=title or None, abstract=abstract, spans=spans)


@pytest.fixture
def pairs(nlp: Language) -> Callable[[str], dict[str, str]]:
    def find(text: str) -> dict[str, str]:
        doc: Doc = nlp(text)
        spans = list(doc.spans["acronyms"])
        return {short.text: long.text for long, short in zip(spans[::2], spans[1::2], strict=True)}

    return find
