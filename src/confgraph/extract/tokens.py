"""Split text into tokens fine enough that any name inside a compound is a run of whole tokens, and join them again into words.

`LLM-based` is three tokens, so that a mention of `LLM` has its own; it is one `Word`, so that patterns
read it as people do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer, registry
from spacy.vocab import Vocab

_TOKEN: Final = re.compile(r"https?(?=://)|\\[A-Za-z]+|\d+(?:[.,]\d+)+|(?:(?!https?://)[^\W_])+|\s|.", re.DOTALL)


class FineTokenizer(DummyTokenizer):
    """Cut text into runs of letters and digits, numbers with their points, macros of LaTeX, and single marks."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Make a Doc whose text is exactly `text`; linear in its length."""
        words: list[str] = []
        spaces: list[bool] = []
        for m in _TOKEN.finditer(text):
            if m.group() == " " and spaces and not spaces[-1] and not words[-1].isspace():
                spaces[-1] = True
            else:
                words.append(m.group())
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)


@registry.tokenizers("confgraph.tokens.v1")  # type: ignore[untyped-decorator]
def make_tokens() -> Callable[[Language], FineTokenizer]:
    """Make the function that gives a pipeline its tokenizer."""

    def create(nlp: Language) -> FineTokenizer:
        return FineTokenizer(nlp.vocab)

    return create


class Word(NamedTuple):
    """A run of tokens that people read as one word, or a single mark; `start` and `end` are token indices."""

    text: str
    lower: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Tell words and numbers from marks."""
        return self.text[0].isalnum()


_JOINTS: Final = frozenset("-‐‑–/.+&_@")


def words_of(doc: Doc, start: int = 0, end: int | None = None) -> list[Word]:
    """Join the tokens of `doc[start:end]` into words.

    >>> import spacy
    >>> nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "confgraph.tokens.v1"}}})
    >>> [w.text for w in words_of(nlp("PixArt-α beats ViT-L/14 and/or priors.To win"))]
    ['PixArt-α', 'beats', 'ViT-L/14', 'and', '/', 'or', 'priors', '.', 'To', 'win']
    """
    return list(_iter_words(doc, start, len(doc) if end is None else end))


def _iter_words(doc: Doc, start: int, end: int) -> Iterator[Word]:
    texts = [t.text for t in doc[start:end]]
    glued = [not t.whitespace_ for t in doc[start:end]]
    i, n = 0, len(texts)
    while i < n:
        j = i + 1
        if texts[i][0].isalnum():
            while j < n:
                width = _joint(texts, glued, j)
                if not width:
                    break
                j += width
        if not texts[i].isspace():
            text = "".join(texts[i:j])
            yield Word(text, text.lower(), start + i, start + j)
        i = j


def _joint(texts: list[str], glued: list[bool], j: int) -> int:
    """Say how many tokens at `j` continue the word that ends there: 2 for a joint and a word, 1 for a closing `+`, else 0."""
    if not glued[j - 1] or texts[j] not in _JOINTS:
        return 0
    follows = glued[j] and j + 1 < len(texts) and texts[j + 1][0].isalnum()
    mark = texts[j]
    if not follows:
        return int(mark == "+")
    after = texts[j + 1]
    if mark == "/":
        return 2 if after[0].isdigit() else 0
    if mark == ".":  # `v1.5`, `e.g`, but not `priors.To`
        return 0 if after[0].isupper() or (after.islower() and len(after) > 1 and len(texts[j - 1]) > 1) else 2
    return 2
