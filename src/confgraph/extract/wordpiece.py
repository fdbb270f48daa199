"""Cut text into words and WordPieces with exact offsets, and tell how each word is written.

The words are BERT's: runs of letters and digits, and single punctuation marks. The encoder reads them in lower case and without
accents; what that loses, the shape of each word gives back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final, NamedTuple

SHAPES: Final = 18
"""The number of shapes: nine ways to write a word, each with or without white space before it."""

_LOWER, _TITLE, _UPPER, _MIXED, _LETTER, _NUMBER, _CODE, _MARK, _OTHER = range(9)

_WORD: Final = re.compile(
    r"[\u2e80-\u2fdf\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f]"  # one word each, as BERT has it
    r"|(?:[^\W_]|(?<=[^\W_])[\u0300-\u036f])+"
    r"|\S"
)
_MAX_CHARACTERS: Final = 100
"""A longer word is unknown, as in BERT."""
_CACHE_WORDS: Final = 200_000


class Pieces(NamedTuple):
    """The pieces of a text and the words that they make up.

    `ids` and `shapes` hold one number per piece, `first` the index of each word's first piece, `starts` and `ends` the
    half-open place of each word in the text, in code points.
    """

    ids: list[int]
    shapes: list[int]
    first: list[int]
    starts: list[int]
    ends: list[int]


class WordPiece:
    """A WordPiece vocabulary, applied to raw text; the pieces of a word are kept, so that a word met again costs a look-up."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._index = {piece: i for i, piece in enumerate(vocabulary)}
        self._known: dict[str, tuple[tuple[int, ...], int]] = {}
        self.start, self.end, self.pad, self.mask, self.unknown = (
            self._index[f"[{name}]"] for name in ("CLS", "SEP", "PAD", "MASK", "UNK")
        )

    def cut(self, text: str) -> Pieces:
        """Cut a text; a word of which nothing is left without its accents has no piece and is left out."""
        found = Pieces([], [], [], [], [])
        known = self._known
        at = -1
        for match in _WORD.finditer(text):
            word = match.group()
            entry = known.get(word)
            if entry is None:
                entry = self._look_up(word)
            ids, shape = entry
            if not ids:
                continue
            start, end = match.span()
            found.first.append(len(found.ids))
            found.starts.append(start)
            found.ends.append(end)
            found.ids.extend(ids)
            glued = shape + SHAPES // 2 if start == at else shape
            found.shapes.extend([glued] * len(ids))
            at = end
        return found

    def _look_up(self, word: str) -> tuple[tuple[int, ...], int]:
        if len(self._known) >= _CACHE_WORDS:
            self._known.clear()
        entry = (self._pieces(_plain(word)), shape_of(word))
        self._known[word] = entry
        return entry

    def _pieces(self, word: str) -> tuple[int, ...]:
        """Take the longest piece known at each place; a word with a place where none fits is unknown as a whole."""
        if len(word) > _MAX_CHARACTERS:
            return (self.unknown,)
        ids: list[int] = []
        start = 0
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = self._index.get(word[start:end] if start == 0 else "##" + word[start:end])
                if piece is not None:
                    break
            else:
                return (self.unknown,)
            ids.append(piece)
            start = end
        return tuple(ids)


def shape_of(word: str) -> int:
    """Give the way in which a word is written: a number below `SHAPES // 2`.

    Examples:
        >>> [shape_of(w) for w in ("graph", "Graph", "GPT", "BiLSTM", "A", "2024", "ResNet50", "(", "图")]
        [0, 1, 2, 3, 4, 5, 6, 7, 8]
    """
    if not word[0].isalnum():
        return _MARK
    if not word.isalpha():
        return _NUMBER if word.isdigit() else _CODE
    if word.islower():
        return _LOWER
    if word.isupper():
        return _UPPER if len(word) > 1 else _LETTER
    if word[0].isupper() and word[1:].islower():
        return _TITLE
    return _MIXED if word.lower() != word else _OTHER


def _plain(word: str) -> str:
    """Give the word in lower case without accents, as the vocabulary has it."""
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFD", word.lower())
    return "".join(c for c in parts if unicodedata.category(c) != "Mn")
