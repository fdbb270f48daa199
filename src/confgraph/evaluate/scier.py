"""Read sentences in the format of SciER (Zhang et al., EMNLP 2024) and undo their tokenisation, with the places of all entities.

A row is `{"doc_id", "sentence", "ner": [[text, label], ...], "rel": [[subject, type, object], ...]}`; the sentence's tokens are parted by
blanks and its digits stand alone (`CIFAR - 1 0`). Pages say `CIFAR-10`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from confgraph import jsonl
from confgraph.errors import SourceError


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with gold entities `(start, end, label)` in text order, and relations `(subject, type, object)` between their indices."""

    doc: str
    text: str
    entities: tuple[tuple[int, int, str], ...]
    relations: tuple[tuple[int, str, int], ...]


_CLOSES: Final = frozenset(", . ; : ! ? ) ] } % ... \\% ): }. '' ” ’ 's n't 're".split())
_OPENS: Final = frozenset("( [ { # $ “ ‘ ``".split())
_GLUES: Final = frozenset("- / _ @ ^ ‐ ‑ –".split())
_QUOTES: Final = frozenset("\"'")
_THOUSANDS: Final = 3


def read(path: Path, *, tokenised: bool = False) -> list[Sentence]:
    """Read a file of rows; with `tokenised`, keep the text as it is distributed.

    Raises:
        SourceError: a line is no such row; the place is named by its number.
    """
    sentences = []
    for number, row in jsonl.read(path):
        try:
            sentences.append(_sentence(row, tokenised=tokenised))
        except (ValueError, KeyError, TypeError) as error:
            hint = 'write {"doc_id", "sentence", "ner", "rel"}, one object a line'
            raise SourceError(f"{path}, line {number}", f"is no sentence in SciER's format ({error})", hint) from error
    return sentences


def _sentence(row: Mapping[str, Any], *, tokenised: bool) -> Sentence:
    text = row["sentence"]
    if not isinstance(text, str):
        message = f"sentence is {text!r}"
        raise TypeError(message)
    spans = placed(text, [name for name, _ in row["ner"]])
    labels = [label for _, label in row["ner"]]
    pairs = [(row_rel[0], row_rel[1], row_rel[2]) for row_rel in row.get("rel", ())]
    relations = _indexed(pairs, [name for name, _ in row["ner"]], spans)
    if not tokenised:
        text, spans = detokenised(text, spans)
    entities = tuple((start, end, label) for (start, end), label in zip(spans, labels, strict=True))
    return Sentence(str(row["doc_id"]), text, entities, relations)


def placed(text: str, names: Iterable[str]) -> list[tuple[int, int]]:
    """Find each name from where the one before it ended: the names stand in the order of the text.

    Raises:
        ValueError: a name does not follow in the text.
    """
    spans = []
    at = 0
    for name in names:
        start = text.index(name, at)
        at = start + len(name)
        spans.append((start, at))
    return spans


def _indexed(
    pairs: Sequence[tuple[str, str, str]], names: Sequence[str], spans: Sequence[tuple[int, int]]
) -> tuple[tuple[int, str, int], ...]:
    """Give relations between names as relations between places; of a name with several places, the ones nearest to each other."""
    found = set()
    for subject, kind, other in pairs:
        choices = [
            (abs(spans[i][0] - spans[j][0]), i, j)
            for i, a in enumerate(names)
            if a == subject
            for j, b in enumerate(names)
            if b == other and i != j
        ]
        if choices:
            _, i, j = min(choices)
            found.add((i, kind, j))
    return tuple(sorted(found))


def detokenised(text: str, spans: Sequence[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """Write a tokenised sentence as people do; give it with the spans in their new places.

    Examples:
        >>> detokenised("CIFAR - 1 0 ( a state - of - the - art set ) , 4 2 . 2 % .", [(0, 11)])
        ('CIFAR-10 (a state-of-the-art set), 42.2%.', [(0, 8)])
    """
    tokens = [(m.group(), m.start()) for m in re.finditer(r"\S+", text)]
    words = [token for token, _ in tokens]
    glued = _glued(words)
    parts: list[str] = []
    place: dict[int, int] = {}
    size = 0
    for (token, start), tight in zip(tokens, glued, strict=True):
        if parts and not tight:
            parts.append(" ")
            size += 1
        for k in range(len(token) + 1):
            place[start + k] = size + k
        parts.append(token)
        size += len(token)
    return "".join(parts), [(place[start], place[end]) for start, end in spans]


def _glued(words: Sequence[str]) -> list[bool]:
    """Tell for each token whether it stands without a blank after the one before it."""
    glued = [False] * len(words)
    depth = 0
    open_quotes: set[str] = set()
    for i, word in enumerate(words):
        before = words[i - 1] if i else ""
        depth += (word == "[") - (before == "]")
        if word in _QUOTES:
            closing = word in open_quotes
            glued[i] = closing or (word == "'" and i + 1 < len(words) and words[i + 1] in ("s", "t", "re"))
            open_quotes ^= {word}
        elif word == "(":
            glued[i] = before in _OPENS
        else:
            glued[i] = bool(i) and (
                word in _CLOSES
                or word in ("'s", "n't", "'re")
                or before in _OPENS
                or word in _GLUES
                or before in _GLUES
                or _numeral(words, i, listed=depth > 0)
            )
        if before in _QUOTES and i:
            glued[i] = glued[i] or before in open_quotes or (before == "'" and word in ("s", "t", "re"))
    return glued


def _numeral(words: Sequence[str], i: int, *, listed: bool) -> bool:
    """Tell whether a token goes on the number before it: a digit, the digits after a point or a comma, a letter as in `8s`, `I3D`."""
    before, word = words[i - 1], words[i]
    if _is_digit(word):
        if _is_digit(before) or (len(before) == 1 and before.isupper() and before.isascii()):
            return True
        if i < 2 or not _is_digit(words[i - 2]):
            return False
        following = next((k for k in range(i, len(words)) if not _is_digit(words[k])), len(words)) - i
        return before == "." or (before == "," and following == _THOUSANDS and not listed)
    return _is_digit(before) and len(word) == 1 and word.isascii() and word.isalpha() and word not in "AIa"


def _is_digit(token: str) -> bool:
    return len(token) == 1 and token.isdigit()
