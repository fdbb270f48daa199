"""Pair acronyms with their long forms.

Source: A. Schwartz, M. Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical
text", PSB 2003, for the pattern `long form (SHORT)` and the length of the window. The alignment is ours: each word of the long form
gives a prefix to the short form, so that inner capitals (`LoRA`), digits (`T2I`) and skipped words are explained.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from confgraph.extract.tokens import Word, words_of

GROUP: Final = "acronyms"

_SMALL: Final = frozenset("a an and as at by for from in into is of on or over the to under using via with without through".split())
_DIGITS: Final = {"2": ("to", "two"), "4": ("for", "four"), "3": ("three",), "1": ("one",), "x": ("ex", "cross")}
_BREAKS: Final = frozenset(',;:()[].!?"“”…=')
_CUES: Final = frozenset("or namely dubbed called named termed abbreviated as denoted".split())
_LONGEST: Final = 12
_LIMIT: Final = 1.0
"""The cost up to which an alignment is believed: one skipped word, or four skipped halves of compounds."""
_STRICT: Final = 0.5
"""The same where no bracket marks the acronym: no whole word may be skipped."""


class Pair(NamedTuple):
    """The token ranges of a long form and of its acronym where the text defines it."""

    long: tuple[int, int]
    short: tuple[int, int]


@Language.factory("confgraph_acronyms_v1")
def make_acronyms(nlp: Language, name: str) -> AcronymFinder:  # noqa: ARG001  (spaCy calls factories by keyword)
    """Make the component that fills `doc.spans["acronyms"]`."""
    return AcronymFinder()


class AcronymFinder:
    """Mark pairs: spans labelled LONG and SHORT that share their id."""

    def __call__(self, doc: Doc) -> Doc:
        """Fill the group `acronyms` of `doc`, one pair for each acronym."""
        spans: list[Span] = []
        seen: set[str] = set()
        for sentence in doc.sents:
            for pair in _iter_pairs(words_of(doc, sentence.start, sentence.end)):
                short = doc[slice(*pair.short)].text
                if short in seen:
                    continue
                seen.add(short)
                number = str(len(spans) // 2)
                spans.append(Span(doc, *pair.long, label="LONG", span_id=number))
                spans.append(Span(doc, *pair.short, label="SHORT", span_id=number))
        doc.spans[GROUP] = SpanGroup(doc, name=GROUP, spans=spans)
        return doc


def pairs_of(doc: Doc) -> list[Pair]:
    """Read the pairs that the component left in `doc`."""
    spans = list(doc.spans.get(GROUP, ()))
    return [Pair((long.start, long.end), (short.start, short.end)) for long, short in zip(spans[::2], spans[1::2], strict=True)]


def _iter_pairs(words: Sequence[Word]) -> Iterator[Pair]:
    for i, word in enumerate(words):
        if word.text == "(" and i + 1 < len(words):
            close = next((j for j in range(i + 1, min(i + 12, len(words))) if words[j].text in ")]"), None)
            if close is not None:
                yield from _in_brackets(words, i, close)
        elif word.text == ":" and i and looks_short(words[i - 1].text):
            yield from _opening(words[i - 1], words[i + 1 :])
        elif word.lower in _CUES and i and i + 1 < len(words) and looks_short(words[i + 1].text):
            k = i
            while k and (words[k - 1].lower in _CUES or words[k - 1].text == ","):
                k -= 1
            yield from _closing(words[:k], words[i + 1], _STRICT) or _closing(words[: k - 1], words[i + 1], _STRICT)


def _in_brackets(words: Sequence[Word], i: int, close: int) -> Iterator[Pair]:
    """Read `long (SHORT)`, `long (SHORT; ...)`, `long (i.e., SHORT)` and `SHORT (long)`."""
    inside = list(words[i + 1 : close])
    while inside and inside[0].lower in ("i.e", "e.g", "or", "called", "dubbed", "termed", "abbreviated", "as", ",", "."):
        inside = inside[1:]
    cut = next((k for k, w in enumerate(inside) if w.text in ",;"), len(inside))
    first = inside[:cut]
    if not first or not i:
        return
    if len(first) == 1 and looks_short(first[0].text):
        found = _closing(words[:i], first[0], _LIMIT)
        if found:
            yield from found
            return
    if len(first) > 1 and looks_short(words[i - 1].text) and first[0].is_word:
        cost = aligned(words[i - 1].text, _pieces(first))
        if cost is not None and cost <= _LIMIT:
            yield Pair((first[0].start, first[-1].end), (words[i - 1].start, words[i - 1].end))


def _closing(before: Sequence[Word], short: Word, limit: float) -> list[Pair]:
    """Find the long form that ends where `before` ends: the cheapest start, then the nearest."""
    letters = sum(c.isalnum() for c in short.text)
    window = min(letters + 5, 2 * letters)  # Schwartz and Hearst, section 3
    best: tuple[float, int] | None = None
    for k in range(len(before) - 1, max(-1, len(before) - 1 - window), -1):
        if before[k].text in _BREAKS:
            break
        if before[k].lower in _SMALL or not before[k].is_word:
            continue
        cost = aligned(short.text, _pieces(before[k:]))
        if cost is not None and cost <= limit and (best is None or cost < best[0]):
            best = (cost, k)
    if best is not None and before[best[1]].text != short.text:
        return [Pair((before[best[1]].start, before[-1].end), (short.start, short.end))]
    return []


def _opening(short: Word, after: Sequence[Word]) -> Iterator[Pair]:
    """Find the long form that begins `after` and explains every letter without a skipped word: the shortest, and its last capitals."""
    window = 2 * len(short.text)
    for k in range(min(window, len(after))):
        if not after[k].is_word:
            if after[k].text in _BREAKS:
                return
            continue
        if after[k].lower in _SMALL or k < 1:
            continue
        cost = aligned(short.text, _pieces(after[: k + 1]))
        if cost is not None and cost <= 0.25 and len(short.text) > 2:
            last = k
            while last + 1 < len(after) and after[last + 1].text[0].isupper() and aligned(short.text, _pieces(after[: last + 2])) == cost:
                last += 1
            yield Pair((after[0].start, after[last].end), (short.start, short.end))
            return


def looks_short(word: str) -> bool:
    """Tell whether a word can be an acronym: 2 to 12 characters, a letter first or second, and a capital.

    >>> [looks_short(w) for w in ("LoRA", "LLMs", "T2I", "k-NN", "2023", "and", "A")]
    [True, True, True, True, False, False, False]
    """
    if not 2 <= len(word) <= _LONGEST or not any(c.isalpha() for c in word[:2]):
        return False
    capitals = sum(c.isupper() for c in word)
    return capitals >= 2 or (capitals == 1 and any(c.isdigit() for c in word)) or (capitals == 1 and word[0].islower())


class _Piece(NamedTuple):
    text: str
    small: bool
    inner: bool
    capitals: str = ""
    """The capitals within a word that the author marks so (`exPlanations`), in lower case."""


def _pieces(words: Sequence[Word]) -> tuple[_Piece, ...]:
    """Split words at hyphens; a piece is `inner` where it continues a compound."""
    pieces: list[_Piece] = []
    for word in words:
        parts = [p for p in re.split(r"[-‐‑–/_.']", word.text) if p]
        for n, part in enumerate(parts):
            if part[0].isalnum():
                marked = "".join(c for c in part if c.isupper()) if any(c.isupper() for c in part[1:]) and not part.isupper() else ""
                pieces.append(_Piece(part.lower(), part.lower() in _SMALL, n > 0, marked.lower()))
    return tuple(pieces)


@lru_cache(maxsize=4096)
def aligned(short: str, pieces: tuple[_Piece, ...]) -> float | None:
    """Give the cost at which each piece, in order, lends `short` a prefix, or None where they cannot spell it.

    A skipped small word is free, a skipped half of a compound costs 0.25, another skipped word 1, a letter
    from within a word (`eXtreme`) 0.5.
    """
    letters = re.sub(r"[^0-9a-z]", "", short.removesuffix("s").lower() if short[-2:-1].isupper() else short.lower())
    if len(letters) < 2 or not pieces or len(pieces) > 16:
        return None
    memo: dict[tuple[int, int], float] = {}

    def cost(i: int, j: int) -> float:
        """Cost of spelling letters[j:] with pieces[i:]."""
        if i == len(pieces):
            return 0.0 if j == len(letters) else float("inf")
        if (i, j) in memo:
            return memo[i, j]
        piece = pieces[i]
        skip = 0.0 if piece.small else 0.25 if piece.inner else 1.0
        best = skip + cost(i + 1, j) if i else float("inf")
        length = 0
        while j + length < len(letters) and length < len(piece.text) and piece.text[length] == letters[j + length]:
            length += 1
            best = min(best, cost(i + 1, j + length))
        if piece.capitals and letters.startswith(piece.capitals, j):
            best = min(best, cost(i + 1, j + len(piece.capitals)))
        if j < len(letters) and any(piece.text.startswith(sound) for sound in _DIGITS.get(letters[j], ())):
            best = min(best, cost(i + 1, j + 1))
        if length and j + length < len(letters) and letters[j + length] in piece.text[length:]:  # `HyperText` gives h and t
            best = min(best, 0.5 + cost(i + 1, j + length + 1))
        memo[i, j] = best
        return best

    total = cost(0, 0)
    single = len(pieces) == 1 and len(letters) * 2 > len(pieces[0].text)
    return None if total == float("inf") or single else total


def stem(short: str) -> str:
    """Drop the plural s of an acronym.

    >>> stem("LLMs"), stem("HOMES")
    ('LLM', 'HOMES')
    """
    return short[:-1] if len(short) > 2 and short[-1] == "s" and (short[-2].isupper() or short[-2].isdigit()) else short
