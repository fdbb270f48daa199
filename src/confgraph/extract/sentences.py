"""Find where the sentences of scientific text begin.

A record's text is its title, a line end, and its abstract; a line end always ends a sentence.
"""

from __future__ import annotations

from typing import Final

import numpy
from spacy.language import Language
from spacy.tokens import Doc

from confgraph.extract import urls

_END_MARKS: Final = frozenset(".!?…")
_CLOSERS: Final = frozenset(")]}\"'”’")
_OPENERS: Final = frozenset("([{\"'“‘$\\*•")
_ABBREVIATIONS: Final = frozenset(
    """
    al eg e.g i.e ie cf vs fig figs eq eqs sec secs tab ref refs resp approx w.r.t wrt viz ca no nos dr prof mr mrs ms st inc ltd co
    dept univ jr sr vol pp ed eds ch thm lem prop def cor alg app appx max min avg est incl esp dim param params
    """.split()
)
_STARTERS: Final = frozenset(
    """
    We The Our This These Those In To It For However Moreover Furthermore Additionally Finally Although While When Here There As By On
    An Based Motivated Inspired Despite Recent Existing Specifically Experiments Extensive Results They Such Using With At From Given
    Since Thus Therefore Hence First Second Third
    """.split()
)


@Language.factory("confgraph_sentences_v1", assigns=["token.is_sent_start"], retokenizes=False)
def make_sentences(nlp: Language, name: str) -> SentenceSplitter:  # noqa: ARG001  (spaCy calls factories by keyword)
    """Make the component that marks the first token of each sentence."""
    return SentenceSplitter()


class SentenceSplitter:
    """Mark sentence starts by the marks before them, the shape of the word after, and known abbreviations."""

    def __call__(self, doc: Doc) -> Doc:
        """Set `is_sent_start` of every token; linear in the text's length."""
        texts = [t.text for t in doc]
        spaced = [bool(t.whitespace_) or t.is_space for t in doc]
        closed = [False] * len(texts)
        for span in doc.spans.get(urls.GROUP, ()):
            for i in range(span.start, span.end):
                closed[i] = True
        starts = [i == 0 for i in range(len(texts))]
        begun = 0
        for i in range(len(texts)):
            if "\n" in texts[i] and i + 1 < len(texts):
                starts[i + 1] = True
                begun = i + 1
            elif texts[i] in _END_MARKS and not closed[i]:
                first = _first_after(texts, spaced, i)
                if first < len(texts) and not closed[i + 1] and _ends(texts, spaced, i, first, begun):
                    starts[first] = True
                    begun = first
        # Setting `is_sent_start` token by token scans the Doc each time; spaCy's value for "no start" is -1.
        values = numpy.array([1 if s else -1 for s in starts], dtype="int64").view("uint64").reshape(-1, 1)
        return doc.from_array(["SENT_START"], values)  # type: ignore[arg-type]  # any array of that shape will do


def _first_after(texts: list[str], spaced: list[bool], i: int) -> int:
    """Give the index of the first token after an end mark, its repetitions and the closing marks that touch it."""
    j = i
    while j + 1 < len(texts) and not spaced[j] and (texts[j + 1] in _CLOSERS or texts[j + 1] in _END_MARKS):
        j += 1
    j += 1
    while j < len(texts) and texts[j].isspace() and "\n" not in texts[j]:
        j += 1
    return j


def _ends(texts: list[str], spaced: list[bool], i: int, first: int, begun: int) -> bool:
    """Decide whether the mark at `i` ends a sentence when `first` is the next word."""
    after = texts[first]
    opens = after[0].isupper() or after[0].isdigit() or after in _OPENERS or any(c.isupper() for c in after)
    if not opens:
        return False
    if i == 0:
        return False
    if texts[i] != ".":
        return spaced[first - 1]
    before = texts[i - 1]
    if not spaced[first - 1]:  # glued: `priors.To` and `priors.LIME` end one, `U.S`, `node.JS` and `v1.X` do not
        is_word = before.isalpha() and before[-1].islower() and len(before) > 1
        capital = after[0].isupper() and after[1:].islower()
        acronym = after.isupper() and after.isalpha() and len(after) > 2 < len(before) - 1
        return (is_word and (capital or acronym)) or after in _STARTERS
    if after in _STARTERS:
        return True
    word = before.lower()
    k = i - 1
    while k >= 2 and texts[k - 1] == "." and not spaced[k - 1] and not spaced[k - 2]:
        k -= 2
        word = f"{texts[k].lower()}.{word}"
    initial = len(before) == 1 and before.isupper()
    numbering = before.isdigit() and i - 1 == begun
    return not (word in _ABBREVIATIONS or initial or numbering)
