"""Hash the five-word runs (shingles) of texts, and sample them, so that texts that share words find each other.

The sample keeps a shingle by its own hash, so that a cut text and the whole one keep the same ones: unlike MinHash
signatures, which estimate the Jaccard index, it finds a text inside a much longer one, and two in hundred thousand as
readily as two in ten.

Source: Broder, "On the resemblance and containment of documents", SEQUENCES 1997 (shingles, sampling by hash).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from zlib import crc32

from confgraph.text import words

SHINGLE: Final = 5
"""Words in a shingle."""
SAMPLE: Final = 4
"""One shingle in four of a text enters an index."""
FEWEST_SHARED: Final = 2
"""Sampled shingles that a pair of texts has in common, at least, to be compared."""
_FEW: Final = 24
"""A text of fewer shingles, or words, is short."""
_FEWEST_WORDS: Final = 4
"""Words of a title, at least, of which one may differ."""
_MOST_WORDS: Final = 100
"""Words of a title, at most, of which one may differ; what is longer is no title, and would cost its square."""
_LONGEST: Final = 50_000
"""Words of a text that are read; a whole paper has some ten thousand."""


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a text and its shingles, each hashed to 32 bits."""

    words: tuple[int, ...]
    shingles: frozenset[int]


def word_hash(word: str) -> int:
    """Hash a word as texts hold it, to 32 bits."""
    return crc32(word.encode())


def text_of(printed: str) -> Text:
    """Hash a text; of one that is longer than any paper, the first words.

    >>> len(text_of("Bees return to a hive by the sun").shingles)
    4
    """
    said = words(printed)[:_LONGEST]
    runs = (" ".join(said[i : i + SHINGLE]) for i in range(len(said) - SHINGLE + 1))
    return Text(tuple(map(word_hash, said)), frozenset(crc32(run.encode()) for run in runs))


def sample(text: Text) -> list[int]:
    """Give the shingles of a text that enter an index, sorted: all of a short text, so that few are enough to find it."""
    return sorted(run for run in text.shingles if run % SAMPLE == 0 or len(text.shingles) < _FEW)


def marks(title: str, texts: Collection[Text], authors: Iterable[Sequence[str]]) -> frozenset[int]:
    """Hash what finds another paper by itself: the title, nearly whole, and the authors where little else can be compared.

    Those are the authors of short abstracts, which hold few shingles, and lists of two or more of a title without an abstract or an
    abstract without a title.

    Args:
        title: its words, joined, or empty.
        texts: the abstracts.
        authors: the lists of authors: their surnames in order.
    """
    fewest = 1 if any(0 < len(text.words) < _FEW for text in texts) else 2
    told = fewest == 1 or bool(title) != bool(texts)
    lists = (names for names in authors if told and len(names) >= fewest)
    return title_marks(title).union(crc32("\n".join(names).encode(errors="surrogatepass")) for names in lists)


def title_marks(title: str) -> frozenset[int]:
    """Hash a title of joined words to 32 bits, whole and without each of its words, all written together.

    Two titles that differ in one word, or in how words are joined (`multi task`, `multitask`), share a mark.
    Source: the deletion neighbourhoods of Bocek, Hunt and Stiller, "Fast similarity search in large dictionaries", 2007, on words.

    >>> bool(title_marks("bees in the sun") & title_marks("bees in the rain"))
    True
    """
    tokens = title.split()
    places = range(len(tokens)) if _FEWEST_WORDS <= len(tokens) <= _MOST_WORDS else ()
    shorter = ("".join(tokens[:i] + tokens[i + 1 :]) for i in places)
    return frozenset(crc32(mark.encode()) for mark in ("".join(tokens), *shorter) if mark)
