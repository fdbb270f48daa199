"""Find things by their names: by words, by the beginnings of words, and by words that are spelt nearly so.

The index is made once per store, and holds its texts packed in bytes, which the processes of a server share.
"""

from __future__ import annotations

import contextlib
import csv
import io
import math
import re
import unicodedata
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from pyoxigraph import Store
from rapidfuzz import process
from rapidfuzz.distance import OSA

from confgraph import iris, vocab
from confgraph.errors import OutputError
from confgraph.graph.store import run
from confgraph.serve.explorer.kinds import BY_CLASS, BY_SLUG, KINDS, Kind
from confgraph.serve.explorer.packed import Piece, Texts, alone, read_parts, write_parts

MOST_NAMES: Final = 2_000_000
"""The names of a store that are read; the further ones cannot be found by search."""

_ORDER: Final[Mapping[str, int]] = {kind.slug: i for i, kind in enumerate(KINDS)}

_CJK: Final = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD: Final = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+")
"""A word is a run of letters and digits; scripts that do not part words count by character."""

_MOST_WORDS: Final = 8
_EXACT, _BEGINNING, _NEARLY = 1.0, 0.7, 0.4
_FEW: Final = 5
"""With so few things found as typed, those spelt nearly so are added."""
_POPULAR: Final = 0.12
_REFINED: Final = 300

_LINKS: Final = (
    vocab.DCTERMS_CREATOR, vocab.SCHEMA_PERFORMER, vocab.CG_USES_METHOD, vocab.CG_USES_DATASET, vocab.CG_USES_SOFTWARE,
    vocab.CG_EVALUATES_ON, vocab.CG_ADDRESSES_TASK, vocab.CG_REPORTS_METRIC, vocab.CG_INTRODUCES, vocab.CG_COMPARES_TO,
    vocab.CG_NAMES_INSTITUTION, vocab.CG_WORK_OF, vocab.SOA_HAS_ORGANIZATION, vocab.CONF_IS_SUB_EVENT_OF, vocab.BIBO_PRESENTED_AT,
    vocab.CONF_HAS_SERIES, vocab.SCHEMA_LOCATION, vocab.CG_HAS_RESOURCE, vocab.SCHEMA_WORK_FEATURED,
)  # fmt: skip
"""The links that make a thing matter: the more lead to it, the higher it stands in lists."""

_LONGEST: Final = 300
"""The characters of a name that are read."""

_CLASSES: Final = f"""
SELECT ?thing ?class {{
  VALUES ?class {{ {" ".join(f"<{iri}>" for kind in KINDS for iri in kind.classes)} }} ?thing a ?class
}}"""
_NAMES: Final = f"SELECT ?thing (SUBSTR(STR(?said), 1, {_LONGEST}) AS ?name) {{ ?thing <{vocab.RDFS_LABEL}> ?said }}"
_ALIASES: Final = f"""
SELECT ?thing (SUBSTR(STR(?said), 1, {_LONGEST}) AS ?name) {{
  ?thing <{vocab.SKOS_ALT_LABEL}>|<{vocab.SCHEMA_ALTERNATE_NAME}> ?said
}}"""
_COUNTS: Final = f"""
SELECT ?thing (COUNT(*) AS ?links) {{
  VALUES ?link {{ {" ".join(f"<{iri}>" for iri in _LINKS)} }} ?from ?link ?thing
}} GROUP BY ?thing"""
_BASE: Final = f"SELECT ?base {{ ?graph <{vocab.VOID_URI_SPACE}> ?base }} ORDER BY ?base LIMIT 1"


def fold(name: str) -> list[str]:
    """Give the words of a name without case, accents and punctuation.

    >>> fold("Tülu-2: R&D"), fold("深層学習 GPT-4")
    (['tulu', '2', 'r', 'd'], ['深', '層', '学', '習', 'gpt', '4'])
    """
    if name.isascii():
        return _WORD.findall(name.lower())
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return _WORD.findall(unicodedata.normalize("NFC", plain))


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found: its IRI, label and kind, how many links lead to it, and whether its name is only nearly what was typed."""

    iri: str
    label: str
    kind: Kind
    links: int
    nearly: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: the hits of one page, how many there are in all, and how many of each kind by its slug."""

    hits: tuple[Hit, ...]
    total: int
    kinds: Mapping[str, int]


class Index:
    """Names of things, sorted by kind, then by importance; the number of a thing is its place in that order."""

    def __init__(self, parts: Mapping[str, Piece]) -> None:
        """Take the pieces of memory that `pack` makes."""
        self.parts = parts
        self.base = bytes(parts["base"]).decode()
        self._iris, self._labels = Texts(parts["iris"], parts["iri ends"]), Texts(parts["labels"], parts["label ends"])
        self._links = memoryview(parts["links"]).cast("B").cast("I")
        self._kinds, self._lengths = bytes(parts["kinds"]), bytes(parts["lengths"])
        self._words = bytes(parts["words"]).decode().split("\n")[:-1]
        self._postings = memoryview(parts["postings"]).cast("B").cast("I")
        self._ends = memoryview(parts["posting ends"]).cast("B").cast("Q")

    def _things(self, word: int) -> memoryview:
        """Give the numbers of the things that have a word of the vocabulary."""
        return self._postings[self._ends[word] : self._ends[word + 1]]

    def __len__(self) -> int:
        return len(self._iris)

    def count(self, kind: Kind) -> int:
        """Count the things of a kind."""
        return len(self._range(kind))

    def _range(self, kind: Kind) -> range:
        number = KINDS.index(kind)
        return range(bisect_left(self._kinds, number), bisect_left(self._kinds, number + 1))

    def of_kind(self, kind: Kind, start: int, size: int) -> list[Hit]:
        """List things of a kind, those to which most links lead first."""
        return [self._hit(i) for i in self._range(kind)[start : start + size]]

    def by_name(self, kind: Kind, start: int, size: int) -> list[Hit]:
        """List things of a kind by their names."""
        ordered = sorted(self._range(kind), key=lambda i: (fold(self._labels[i]), self._iris[i]))
        return [self._hit(i) for i in ordered[start : start + size]]

    def _hit(self, i: int, *, nearly: bool = False) -> Hit:
        return Hit(self._iris[i], self._labels[i], KINDS[self._kinds[i]], self._links[i], nearly)

    def named(self, name: str, kinds: Sequence[Kind]) -> list[Hit]:
        """List the things of some kinds whose label or other name has just these words; the most linked first."""
        words = fold(name)[:_MOST_WORDS]
        found = self._match([self._exactly(word) for word in words])
        ranges = [self._range(kind) for kind in kinds]
        same = [i for i in found if self._lengths[i] == len(words) and any(i in r for r in ranges)]
        whole = [i for i in same if fold(self._labels[i]) == words] or same
        return [self._hit(i) for i in sorted(whole, key=lambda i: (-self._links[i], i))]

    def search(self, asked: str, kinds: Sequence[Kind] = (), start: int = 0, size: int = 20) -> Found:
        """Find the things whose names hold all words that are asked for, of all kinds or some, best first.

        A word may be the beginning of one. Where few are found, words that differ by one letter, or by two if they are long, count too.
        """
        words = fold(asked)[:_MOST_WORDS]
        if not words:
            return Found((), 0, {})
        sure = self._match([self._beginning(word) for word in words])
        near: dict[int, float] = {}
        if len(sure) < _FEW:
            together = self._match([self._spelt("".join(words))]) if len(words) > 1 else {}  # "image net" is ImageNet
            near = {i: s for i, s in (together | self._match([self._spelt(word) for word in words])).items() if i not in sure}
        ranked = [(i, False) for i in self._ranked(sure, words)] + [(i, True) for i in self._ranked(near, words)]
        counts = [0] * len(KINDS)
        for i, _ in ranked:
            counts[self._kinds[i]] += 1
        if kinds:
            wanted = {KINDS.index(kind) for kind in kinds}
            ranked = [(i, nearly) for i, nearly in ranked if self._kinds[i] in wanted]
        hits = tuple(self._hit(i, nearly=nearly) for i, nearly in ranked[start : start + size])
        return Found(hits, len(ranked), {kind.slug: n for kind, n in zip(KINDS, counts, strict=True) if n})

    def _match(self, scored: Sequence[Mapping[int, float]]) -> dict[int, float]:
        """Find the things that have one of the vocabulary's words for each word asked; give the sum of the words' scores."""
        found: dict[int, float] | None = None
        for words in sorted(scored, key=lambda words: sum(len(self._things(w)) for w in words)):
            best: dict[int, float] = {}
            for word, score in words.items():
                for i in self._things(word):
                    if (found is None or i in found) and score > best.get(i, 0.0):
                        best[i] = score
            found = best if found is None else {i: found[i] + score for i, score in best.items()}
        return found or {}

    def _exactly(self, word: str) -> dict[int, float]:
        at = bisect_left(self._words, word)
        return {at: _EXACT} if at < len(self._words) and self._words[at] == word else {}

    def _beginning(self, word: str) -> dict[int, float]:
        """Score the vocabulary's words that begin with a word: the more of one is typed, the higher."""
        first = bisect_left(self._words, word)
        end = bisect_left(self._words, word + "\U0010ffff", first)
        return {i: _EXACT if self._words[i] == word else _BEGINNING * len(word) / len(self._words[i]) for i in range(first, end)}

    def _spelt(self, word: str) -> dict[int, float]:
        """Score the vocabulary's words, or their beginnings, that are spelt nearly as a word.

        Source: optimal string alignment distance, Damerau (1964); one error in four letters and two in eight are what Lucene allows.
        """
        scores = self._beginning(word)
        errors = 0 if len(word) < 4 else 1 if len(word) < 8 else 2
        if errors:
            for short in (False, True):
                choices = [w[: len(word)] for w in self._words] if short else self._words
                for _, distance, i in process.extract(word, choices, scorer=OSA.distance, score_cutoff=errors, limit=None):
                    score = _NEARLY / (1 + distance) * (_BEGINNING if short else 1.0)
                    scores[i] = max(score, scores.get(i, 0.0))
        return scores

    def _ranked(self, found: Mapping[int, float], words: Sequence[str]) -> Iterator[int]:
        """Order what was found: whole names first, then those with fewer other words and more links; ties keep the order of things."""

        def score(i: int) -> float:
            share = found[i] / max(self._lengths[i], len(words))
            return found[i] / len(words) + share + _POPULAR * math.log1p(self._links[i])

        ordered = sorted(found, key=lambda i: (-score(i), i))
        yield from sorted(islice(ordered, _REFINED), key=lambda i: fold(self._labels[i]) != list(words))
        yield from ordered[_REFINED:]


def pack(base: str, rows: Iterable[tuple[str, Kind, str, int]], aliases: Mapping[str, Sequence[str]]) -> dict[str, Piece]:
    """Make the pieces of an index of rows of IRI, kind, label and links, and of further names by IRI."""
    ordered = sorted(rows, key=lambda row: (_ORDER[row[1].slug], -row[3], row[2].lower(), row[0]))
    lengths = bytearray()
    found: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    for i, (iri, _, label, _) in enumerate(ordered):
        words = fold(label)
        lengths.append(min(255, len(words)))
        for word in {*words, *(word for alias in aliases.get(iri, ()) for word in fold(alias))}:
            found[word].append(i)
    iris_, labels = Texts.of(row[0] for row in ordered), Texts.of(row[2] for row in ordered)
    words, postings, ends = sorted(found), array("I"), array("Q", [0])
    for word in words:
        postings.extend(found[word])
        ends.append(len(postings))
    return {
        "base": base.encode(),
        "iris": iris_.data, "iri ends": iris_.ends, "labels": labels.data, "label ends": labels.ends,
        "links": memoryview(array("I", (row[3] for row in ordered))),
        "kinds": bytes(_ORDER[row[1].slug] for row in ordered), "lengths": bytes(lengths),
        "words": "".join(f"{word}\n" for word in words).encode(), "postings": memoryview(postings), "posting ends": memoryview(ends),
    }  # fmt: skip


def read_index(store: Store, kept: Path | None = None) -> Index:
    """Read the names of what a store holds: things of the kinds that have lists, with their labels and aliases.

    Args:
        store: the store.
        kept: a file to share between the processes that have this very store open. Who comes first writes it; the others
            map it into memory, which takes no time, and memory once. Where it cannot be written each makes its own.
    """
    if kept is None:
        return Index(_read_parts(store))
    with alone(kept):
        parts = read_parts(kept)
        if parts is not None:
            return Index(parts)
        made = _read_parts(store)
        with contextlib.suppress(OutputError):
            write_parts(kept, made)
        return Index(made)


def _read_parts(store: Store) -> dict[str, Piece]:
    base = next(_rows(store, _BASE), [iris.DEFAULT_BASE])[0]
    counts = {thing: int(n) for thing, n in _rows(store, _COUNTS)}
    kinds: dict[str, Kind] = {}
    for thing, class_ in _rows(store, _CLASSES):
        kinds[thing] = min(BY_CLASS[class_], kinds.get(thing, KINDS[-1]), key=lambda kind: _ORDER[kind.slug])
    labels: dict[str, str] = {}
    for thing, name in islice(_rows(store, _NAMES), MOST_NAMES):
        if thing in kinds:
            labels[thing] = min(name, labels.get(thing, name))
    aliases: defaultdict[str, list[str]] = defaultdict(list)
    for thing, name in islice(_rows(store, _ALIASES), MOST_NAMES):
        if thing in labels:
            aliases[thing].append(name)
    return pack(base, ((thing, kinds[thing], label, counts.get(thing, 0)) for thing, label in labels.items()), aliases)


def _rows(store: Store, query: str) -> Iterator[list[str]]:
    """Yield the rows of a query; that the store writes them as CSV is ten times faster than to make an object of each term."""
    yield from read_csv(run(store, query).serialize("csv"))


def read_csv(table: bytes) -> Iterator[list[str]]:
    r"""Yield the rows of an answer as CSV, without the head.

    >>> list(read_csv(b'name,n\r\n"a, b",2\r\n'))
    [['a, b', '2']]
    """
    rows = csv.reader(io.TextIOWrapper(io.BytesIO(table), encoding="utf-8", newline=""))
    next(rows, None)
    yield from rows


def kinds_named(slugs: Iterable[str]) -> list[Kind]:
    """Give the kinds of some slugs, without those that are none."""
    return [BY_SLUG[slug] for slug in slugs if slug in BY_SLUG]
