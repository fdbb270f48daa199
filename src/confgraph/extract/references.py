"""Find what a text is about, and the words that stand for it: `our method`, `this benchmark`, `it`, and the mention they lead back to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from spacy.tokens import Doc, Span

from confgraph.extract import introduces
from confgraph.extract.acronyms import pairs_of
from confgraph.extract.kinds import STOPS
from confgraph.extract.shapes import concept_form
from confgraph.extract.tokens import Word, words_of

_NOUNS: Final = {
    "METHOD": frozenset("method approach framework model algorithm system architecture technique network pipeline".split()),
    "DATASET": frozenset("dataset benchmark corpus suite".split()),
}
_FIRST: Final = frozenset("our this the its".split())
_NEW: Final = frozenset("proposed new novel resulting".split())
_MEANS: Final = frozenset("via through using with by".split())
_LONGEST: Final = 30
"""The most words of a method's name in a title."""
_ARTICLES: Final = frozenset(("a", "an", "the"))
_OBJECT: Final = 8
"""How many words after `we propose` its object may start."""
_BETWEEN: Final = 2
"""How many words may stand between `our` and its noun."""


class Reference(NamedTuple):
    """Tokens of a sentence that stand for an earlier mention of what the text introduces."""

    span: Span
    mention: Span


def own_mentions(doc: Doc, mentions: Sequence[Span]) -> dict[str, list[Span]]:
    """Give the mentions of the one method and the one dataset that a text is about, by their label, where it has one.

    That is what the text introduces, of several things the one that it names most; where it introduces no method by name, the one that
    it says it proposes, or that its title opens or closes with.
    """
    forms = {concept_form(s.text) for s in doc.spans.get(introduces.GROUP, ())}
    for pair in pairs_of(doc):
        both = {concept_form(doc[slice(*place)].text) for place in (pair.long, pair.short)}
        forms |= both if both & forms else set()
    found: dict[str, list[Span]] = {}
    for label in _NOUNS:
        things: dict[str, list[Span]] = {}
        for span in mentions:
            if span.label_ == label and {concept_form(span.text), concept_form(span.kb_id_)} & forms:
                things.setdefault(name_of(span), []).append(span)
        ranked = sorted(things.values(), key=len, reverse=True)
        if ranked and (len(ranked) == 1 or len(ranked[0]) > len(ranked[1])):
            found[label] = ranked[0]
        elif not ranked and label == "METHOD" and (proposed := _proposed(doc, mentions)):
            found[label] = [span for span in mentions if span.label_ == label and name_of(span) == proposed]
    return found


def name_of(span: Span) -> str:
    """Give what the mentions of one thing share."""
    return concept_form(span.kb_id_ or span.text)


def _proposed(doc: Doc, mentions: Sequence[Span]) -> str:
    """Give the method that a text proposes in common words, which no gazetteer knows, if it proposes anything.

    It opens the title, or is the object of `we propose`, or closes the title.
    """
    known = {name_of(s) for s in mentions if "gazetteer" in s.id_}
    starts = {s.start: s for s in mentions if s.label_ == "METHOD" and name_of(s) not in known}
    if not starts:
        return ""
    sentences = [words_of(doc, s.start, s.end) for s in doc.sents]
    titled = introduces.has_title(doc)
    claims = [words[i + 1 : i + 1 + _OBJECT] for words in sentences[titled:] for i in range(len(words)) if introduces.is_claim(words, i)]
    if not claims:
        return ""
    opens, closes = _of_title(sentences[0], starts) if titled else (None, None)
    objects = (found for after in claims if (found := _object(after, starts)))
    found = opens or next(objects, closes)
    return name_of(found) if found else ""


def _of_title(title: Sequence[Word], starts: Mapping[int, Span]) -> tuple[Span | None, Span | None]:
    """Give the method before the first preposition or mark of a title, and the one that ends it after `via` or a word like it."""
    opens = closes = None
    before = ""
    for i, word in enumerate(title):
        if word.start in starts:
            end = starts[word.start].end
            after = next((w for w in title[i : i + _LONGEST] if w.start >= end), None)
            if not before and (after is None or not after.is_word or after.lower in STOPS):
                opens = starts[word.start]
            if before in _MEANS and after is None:
                closes = starts[word.start]
        if word.lower not in _ARTICLES:
            before = word.lower
    return opens, closes


def _object(words: Sequence[Word], starts: Mapping[int, Span]) -> Span | None:
    """Give the method that the words after `we propose` name first, before any preposition."""
    for word in words:
        if word.start in starts:
            return starts[word.start]
        if not word.is_word or word.lower in STOPS:
            break
    return None


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
