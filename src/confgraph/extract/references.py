"""Find the words that stand for what a text introduces: `our method`, `this benchmark`, `it`, and the mention they lead back to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from spacy.tokens import Doc, Span

from confgraph.extract import introduces
from confgraph.extract.acronyms import pairs_of
from confgraph.extract.shapes import concept_form

_NOUNS: Final = {
    "METHOD": frozenset("method approach framework model algorithm system architecture technique network pipeline".split()),
    "DATASET": frozenset("dataset benchmark corpus suite".split()),
}
_FIRST: Final = frozenset("our this the its".split())
_NEW: Final = frozenset("proposed new novel resulting".split())
_BETWEEN: Final = 2
"""How many words may stand between `our` and its noun."""


class Reference(NamedTuple):
    """Tokens of a sentence that stand for an earlier mention of what the text introduces."""

    span: Span
    mention: Span


def own_mentions(doc: Doc, mentions: Sequence[Span]) -> dict[str, list[Span]]:
    """Give the mentions of what the text introduces, by their label, where that is one thing of its label."""
    forms = {concept_form(s.text) for s in doc.spans.get(introduces.GROUP, ())}
    for pair in pairs_of(doc):
        both = {concept_form(doc[slice(*place)].text) for place in (pair.long, pair.short)}
        forms |= both if both & forms else set()
    found: dict[str, list[Span]] = {}
    for label in _NOUNS:
        own = [s for s in mentions if s.label_ == label and {concept_form(s.text), concept_form(s.kb_id_)} & forms]
        if len({s.kb_id_ or concept_form(s.text) for s in own}) == 1:
            found[label] = own
    return found


def iter_references(doc: Doc, own_by_label: Mapping[str, Sequence[Span]]) -> Iterator[Reference]:
    """Yield at most one reference per sentence to what `own_mentions` gave, for sentences that do not name the thing itself."""
    own = sorted(span for spans in own_by_label.values() for span in spans)
    last: dict[str, Span] = {}
    for sentence, named in iter_by_sentence(doc, own):
        if last and not named:
            yield from _first(sentence, last)
        last |= {span.label_: span for span in named}


def iter_by_sentence(doc: Doc, mentions: Sequence[Span]) -> Iterator[tuple[Span, list[Span]]]:
    """Yield each sentence with the mentions that start in it; the mentions are in order of place."""
    at = 0
    for sentence in doc.sents:
        inside: list[Span] = []
        while at < len(mentions) and mentions[at].start < sentence.end:
            inside.append(mentions[at])
            at += 1
        yield sentence, inside


def _first(sentence: Span, last: Mapping[str, Span]) -> Iterator[Reference]:
    """Yield the first `our method` of a sentence, else the first `it` or `we`, where one thing alone can be meant."""
    words = [t.lower_ for t in sentence]
    for i, word in enumerate(words):
        if word in _FIRST:
            for j in range(i + 1, min(i + 2 + _BETWEEN, len(words))):
                label = next((label for label in last if words[j].removesuffix("s") in _NOUNS[label]), None)
                if label and (word in ("our", "this") or words[i + 1] in _NEW):
                    yield Reference(sentence[i : j + 1], last[label])
                    return
    pronoun = next((words.index(w) for w in ("it", "we") if w in words), None)
    if len(last) == 1 and pronoun is not None:
        yield Reference(sentence[pronoun : pronoun + 1], next(iter(last.values())))
