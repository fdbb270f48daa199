"""Read what the components left in a Doc into the values of a record; the only reader of a Doc that makes them.

A record's text is its title, a line end, and its abstract, each read through a `View`, so that every token leads
back to its place on the page.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from spacy.tokens import Doc
from spacy.tokens import Span as TokenSpan

from confgraph.extract import acronyms, concepts, cues, introduces, relations, results, urls
from confgraph.extract.lexicon import EVALUATIVE
from confgraph.extract.shapes import concept_form
from confgraph.records import ArtefactKind, Concept, Introduced, Page, Record, Relation, RelationType, Resource, ResourceKind, Result, Span
from confgraph.text import View, address, view

_FIELDS: Final = {"METHOD": "methods", "DATASET": "datasets", "TASK": "tasks", "METRIC": "metrics", "INSTITUTION": "institutions"}
_CERTAIN: Final = 0.99
_OPENING: Final = re.compile(r"(?:\\[a-z]+\{|\{\\[a-z]+ ?)\Z")
_LONGEST_COMMAND: Final = 16


@dataclass(frozen=True, slots=True)
class RecordText:
    """The text of a record for the pipeline and the way back: which view each character belongs to."""

    page: str
    text: str
    title: View
    abstract: View

    def place(self, start: int, end: int) -> Span:
        """Give the place on the page of the characters `[start, end)` of the text, which begin and end in one field."""
        shift = len(self.title.text) + 1
        if start < shift:  # a title's sentence ends with the line end, which is not on the page
            return self._closed(self.title.span(start, min(end, shift - 1)))
        return self._closed(self.abstract.span(start - shift, end - shift))

    def _closed(self, span: Span) -> Span:
        """Take in the font command before a place that its brace closes within (`\\emph{Pond} network`), so that the place reads clean."""
        printed = self.page[span.start : span.end]
        if printed.count("}") <= printed.count("{"):
            return span
        opening = _OPENING.search(self.page, max(0, span.start - _LONGEST_COMMAND), span.start)
        return Span(opening.start(), span.end) if opening else span


def record_text(page: Page, record: Record) -> RecordText:
    """Read the title and the abstract of a record off its page; a field without a span is empty."""
    title, abstract = (_view(page, record.spans.get(name)) for name in ("title", "abstract"))
    return RecordText(page.text, f"{title.text}\n{abstract.text}", title, abstract)


def _view(page: Page, span: Span | None) -> View:
    return view(page.text, span.start, span.end) if span else View("", (), ())


@dataclass(slots=True)
class _Group:
    """The mentions of one concept of one record while they are gathered, and whether a relation names one of them."""

    name: str
    forms: dict[str, str] = field(default_factory=dict)
    evidence: set[str] = field(default_factory=set)
    mentions: set[Span] = field(default_factory=set)
    related: bool = False

    def add(self, printed: str, place: Span, evidence: str) -> None:
        self.forms.setdefault(concept_form(printed), printed)
        self.mentions.add(place)
        self.evidence.add(evidence)

    def concept(self) -> Concept:
        read = [e for e in self.evidence if concepts.is_model(e)]
        doubt = 1 - max(map(concepts.believed_of, read), default=0.0)
        for evidence in sorted(self.evidence - set(read)):
            doubt *= 1 - concepts.believed_of(evidence)
        own = concept_form(self.name)
        aliases = tuple(acronyms.stem(printed) for form, printed in sorted(self.forms.items()) if form != own)
        return Concept(self.name, aliases, round(min(1 - doubt, _CERTAIN), 2), tuple(sorted(self.mentions)))


def confidence_of(span: TokenSpan) -> float:
    """Give the confidence, in [0, 1], of a mention in `doc.spans["concepts"]`."""
    return concepts.believed_of(span.id_)


class Names:
    """The name under which each form of a record's text is gathered: the long form of what the text defines, else the form itself.

    A mention that only praises another, as `flexible image editing` does `image editing`, is gathered with it.
    """

    def __init__(self, doc: Doc) -> None:
        self._long: dict[str, str] = {}
        for pair in acronyms.pairs_of(doc):
            long, short = doc[slice(*pair.long)].text, doc[slice(*pair.short)].text
            self._long[concept_form(short)] = long
            self._long[concept_form(acronyms.stem(short))] = long
        self._plain = {concept_form(s.text): s.kb_id_ or s.text for s in doc.spans.get(concepts.GROUP, ())}

    def of(self, text: str) -> str:
        """Give the long form of an acronym that the text defines, or the name that the text praises, else the text."""
        first, _, rest = text.partition(" ")
        if first in EVALUATIVE and concept_form(rest) in self._plain:  # in small letters: `Improved DenseNet` can be a name
            text = self._plain[concept_form(rest)]
        return self._long.get(concept_form(text), text)


def filled(record: Record, source: RecordText, doc: Doc) -> Record:
    """Give the record with what the pipeline found in its text; institutions and addresses that it holds stay first."""
    names = Names(doc)
    groups, label_of = _gathered(doc, source, names)
    found = {name: tuple(g.concept() for g in groups[label].values()) for label, name in _FIELDS.items()}
    held = {concept_form(c.name) for c in record.institutions}
    own = tuple(c for c in found["institutions"] if concept_form(c.name) not in held)
    linked = {address(resource.url) for resource in record.resources}
    return dataclasses.replace(
        record,
        introduces=_introduced(doc, source, names),
        methods=found["methods"],
        datasets=found["datasets"],
        tasks=found["tasks"],
        metrics=found["metrics"],
        institutions=record.institutions + own,
        resources=record.resources + tuple(r for r in _iter_resources(doc, source) if address(r.url) not in linked),
        results=tuple(_iter_results(doc, source, label_of)),
        relations=tuple(_iter_relations(doc, source, label_of)),
    )


def _gathered(doc: Doc, source: RecordText, names: Names) -> tuple[dict[str, dict[str, _Group]], dict[tuple[int, int], str]]:
    """Gather mentions by field and concept, in order of first mention; map the place of each to the concept's name."""
    groups: dict[str, dict[str, _Group]] = {label: {} for label in _FIELDS}
    label_of: dict[tuple[int, int], str] = {}
    related = {(s.start, s.end) for s in doc.spans.get(relations.GROUP, ()) if s.label_ in ("SUBJECT", "OBJECT")}
    for span in doc.spans.get(concepts.GROUP, ()):
        printed = span.text
        name = span.kb_id_ or names.of(printed)
        group = groups[span.label_].setdefault(concept_form(name), _Group(name))
        group.add(printed, source.place(span.start_char, span.end_char), span.id_)
        group.related |= (span.start, span.end) in related
        label_of[span.start, span.end] = group.name
    kept = {
        label: {form: group for form, group in held.items() if concepts.is_kept(label, group.evidence, group.related)}
        for label, held in groups.items()
    }
    names_kept = {g.name for held in kept.values() for g in held.values()}
    return kept, {place: name for place, name in label_of.items() if name in names_kept}


def _introduced(doc: Doc, source: RecordText, names: Names) -> tuple[Introduced, ...]:
    """Gather what is introduced, each thing once, with every place where the text says so."""
    items: dict[str, Introduced] = {}
    order = sorted(doc.spans.get(introduces.GROUP, ()), key=lambda s: (-introduces.confidence_of(s.id_), s.start))
    for span in order:
        name = names.of(span.text)
        place = source.place(span.start_char, span.end_char)
        form = concept_form(name)
        known = items.get(form)
        if known is None:
            items[form] = Introduced(name, ArtefactKind(span.label_), (), introduces.confidence_of(span.id_), (place,))
        else:
            items[form] = dataclasses.replace(known, mentions=tuple(sorted({*known.mentions, place})))
    for pair in acronyms.pairs_of(doc):
        long, short = doc[slice(*pair.long)], doc[slice(*pair.short)]
        known = items.get(concept_form(long.text))
        if known is not None:
            items[concept_form(long.text)] = dataclasses.replace(known, aliases=(acronyms.stem(short.text),))
    return tuple(sorted(items.values(), key=lambda i: i.mentions))


def _iter_resources(doc: Doc, source: RecordText) -> Iterator[Resource]:
    seen: set[str] = set()
    for span in doc.spans.get(urls.GROUP, ()):
        url = urls.clean(span.text)
        place = source.place(span.start_char, span.end_char)
        if address(url) not in seen:
            seen.add(address(url))
            yield Resource(url, ResourceKind(span.label_), place.start, place.end)


def _iter_results(doc: Doc, source: RecordText, label_of: dict[tuple[int, int], str]) -> Iterator[Result]:
    for parts in _linked(doc.spans.get(results.GROUP, ())):
        value, unit, metric = parts["VALUE"], parts.get("UNIT"), parts["METRIC"]
        end = unit if unit is not None else value
        place = source.place(value.start_char, end.end_char)
        yield Result(
            metric=_label(metric, label_of),
            value=value.text,
            start=place.start,
            end=place.end,
            unit=value.kb_id_ or None,
            dataset=_label(parts["DATASET"], label_of) if "DATASET" in parts else None,
            method=_label(parts["METHOD"], label_of) if "METHOD" in parts else None,
        )


def iter_related(doc: Doc) -> Iterator[tuple[cues.Related, float]]:
    """Yield the relations between two mentions of a Doc, each with its confidence."""
    for parts in _linked(doc.spans.get(relations.GROUP, ())):
        subject = parts["SUBJECT"]
        kind = RelationType(subject.kb_id_)
        yield cues.Related(subject, kind, parts["OBJECT"], parts["SENTENCE"]), relations.confidence_of(subject)


def _iter_relations(doc: Doc, source: RecordText, label_of: dict[tuple[int, int], str]) -> Iterator[Relation]:
    seen: set[tuple[str, str, str]] = set()
    for (subject, kind, other, within), confidence in iter_related(doc):
        places = (subject.start, subject.end), (other.start, other.end)
        if not all(place in label_of for place in places):
            continue  # the record does not have the concept
        key = (label_of[places[0]], kind, label_of[places[1]])
        if key in seen or key[0] == key[2]:
            continue
        seen.add(key)
        sentence = source.place(within.start_char, within.end_char)
        yield Relation(
            subject=key[0],
            subject_start=source.place(subject.start_char, subject.end_char).start,
            type=kind,
            object=key[2],
            object_start=source.place(other.start_char, other.end_char).start,
            confidence=confidence,
            start=sentence.start,
            end=sentence.end,
        )


def _linked(spans: Iterable[TokenSpan]) -> Iterator[dict[str, TokenSpan]]:
    """Yield the spans that share an id as one mapping of label to span, in order."""
    together: dict[str, dict[str, TokenSpan]] = {}
    for span in spans:
        together.setdefault(span.id_, {})[span.label_] = span
    yield from together.values()


def _label(span: TokenSpan, label_of: dict[tuple[int, int], str]) -> str:
    return label_of.get((span.start, span.end), span.text)
