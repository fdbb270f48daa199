"""Find in the records of a page what they introduce, use and report: records in, fuller records out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from spacy.language import Language

from confgraph.errors import ConfigError
from confgraph.extract import entities, reader, registered, rows
from confgraph.extract.annotate import Annotation, Annotator, Mention, RelationMention, annotate
from confgraph.extract.options import LABELS, OWN, ExtractOptions
from confgraph.extract.registered import Extract
from confgraph.extract.spans import filled, record_text
from confgraph.records import Page, Record


class Extractor:
    """The extract stage with a spaCy pipeline, our own or one with another's entities; built once, called for each page."""

    def __init__(self, nlp: Language, options: ExtractOptions) -> None:
        self._nlp = nlp
        self._options = options

    @property
    def used(self) -> Mapping[str, str]:
        """Say what extracts, for the manifest and the evidence: its name, the version of the model, another pipeline if there is one."""
        return {"name": self._options.extractor, **entities.identify(self._nlp), "model": reader.version()}

    def __call__(self, page: Page, records: Sequence[Record]) -> tuple[Record, ...]:
        """Give the records of a page with their concepts, introductions, resources, results and relations, in the same order.

        What a record's fields of these names held is replaced, but for institutions and resources, which stay before those found.
        """
        texts = [record_text(page, record) for record in records]
        found: list[Record] = []
        with self._nlp.memory_zone():  # frees the strings of the page's words
            docs = self._nlp.pipe((t.text for t in texts), batch_size=self._options.part)
            for record, text, doc in zip(records, texts, docs, strict=True):
                found.append(filled(record, text, doc))
        return tuple(found)


def load(options: ExtractOptions | None = None, pages: Iterable[Page] = (), folder: Path = Path()) -> Extract:
    """Build the extract stage that the options name; our own takes about a second, so build it once.

    Args:
        options: which extractor, and how.
        pages: the pages of the build; rows of a `records:FILE` must belong to them.
        folder: where the paths in the options count from.

    Raises:
        ConfigError: there is no such extractor, or it cannot be loaded.
        SourceError: the file of `records:FILE` cannot be read or is not JSON Lines.
        RecordError: a row of it is no record of one of the pages.
    """
    options = options or ExtractOptions()
    if options.labels and not options.extractor.startswith(entities.SCHEME):
        hint = f'remove them, or set extractor = "{entities.SCHEME}NAME_OR_PATH"'
        raise ConfigError("extract.labels", f"the extractor {options.extractor!r} takes no labels", hint)
    if options.extractor == OWN or options.extractor.startswith(entities.SCHEME):
        return Extractor(entities.build(options, folder), options)
    if options.extractor.startswith(rows.SCHEME):
        return rows.load(options.extractor, folder, pages, lambda: load(replace(options, extractor=OWN)))
    return registered.load(options.extractor)


__all__ = ["LABELS", "Annotation", "Annotator", "Extract", "ExtractOptions", "Extractor", "Mention", "RelationMention", "annotate", "load"]
