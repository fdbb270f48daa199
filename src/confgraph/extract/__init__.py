"""Find in the records of a page what they introduce, use and report: records in, fuller records out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.language import Language

from confgraph.errors import ConfigError
from confgraph.extract import pipeline
from confgraph.extract.spans import filled, record_text
from confgraph.records import Page, Record


@dataclass(frozen=True, slots=True)
class ExtractOptions:
    """How to extract: `batch_size` records go through the pipeline at a time; it changes no result.

    Raises:
        ConfigError: `batch_size` is less than 1.
    """

    batch_size: int = 64

    def __post_init__(self) -> None:
        if self.batch_size < 1:
            raise ConfigError("extract.batch_size", f"{self.batch_size} is not a number of records", "give 1 or more")


class Extractor:
    """The extract stage: a pipeline built once, called for each page."""

    def __init__(self, nlp: Language, options: ExtractOptions) -> None:
        self._nlp = nlp
        self._options = options

    def __call__(self, page: Page, records: Sequence[Record]) -> tuple[Record, ...]:
        """Give the records of a page with their concepts, introductions, resources, results and relations, in the same order.

        What a record's fields of these names held is replaced, but for institutions, which stay before those found.
        """
        texts = [record_text(page, record) for record in records]
        found: list[Record] = []
        with self._nlp.memory_zone():  # frees the strings of the page's words
            docs = self._nlp.pipe((t.text for t in texts), batch_size=self._options.batch_size)
            for record, text, doc in zip(records, texts, docs, strict=True):
                found.append(filled(record, text, doc))
        return tuple(found)


def load(options: ExtractOptions | None = None) -> Extractor:
    """Build the extract stage; takes about a second, so build it once."""
    return Extractor(pipeline.build(), options or ExtractOptions())


__all__ = ["ExtractOptions", "Extractor", "load"]
