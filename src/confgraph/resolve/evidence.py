"""Measure what speaks for and against two signatures being one person, for many pairs at once.

Each feature is a column of values in [0, 1], in the order of `COLUMNS`; `confgraph.resolve.people` holds their weights.
What ties two works counts for little where a name is rare, since the name says it all, and for much where it is common.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from confgraph.resolve.authorships import Floats, Pairs, Signature, Work
from confgraph.resolve.given_names import Fit, block_of
from confgraph.resolve.names import PersonName
from confgraph.resolve.namesakes import Namesakes

NAME_COLUMNS: Final = {
    Fit.FULL: "same full name",
    Fit.MIDDLE_MISSING: "middle name missing",
    Fit.NICKNAME: "short form of the given name",
    Fit.INITIALS: "initials of the given names",
    Fit.INITIAL: "initial of the given name",
    Fit.ONLY_INITIALS: "same initials",
    Fit.ONLY_INITIAL: "same initial",
}
COLUMNS: Final = (
    *NAME_COLUMNS.values(),
    "common name",
    "many names fit the initial",
    "many names fit the initials",
    "shared co-authors",
    "same affiliation",
    "other affiliation",
    "same topic",
    "years apart",
    "one venue series",
    "same name in one catalogue",
    "other name in one catalogue",
    "shared co-authors of a common name",
    "same affiliation of a common name",
    "same topic of a common name",
)

CATALOGUED: Final = frozenset("aacl acl anlp coling conll eacl emnlp findings ijcnlp lrec naacl semeval tacl".split())
"""Series of the ACL Anthology, an authority file: it prints one person under one name and tells apart the namesakes that it knows of.

Source: https://aclanthology.org/info/names/
"""

_COMMON_HALF: Final = 0.15
"""Expected holders at which a name counts as half common."""
_FITTING_MOST: Final = 100
"""Given names in a block from which more make no difference."""
_CO_AUTHORS: Final = 5.0
"""Nats of shared co-authors that count 1 - 1/e."""
_NEAR_BY: Final = 50
"""How far apart in one list two authors count as co-authors; lists of thousands say little, and would cost their square."""
_TOPIC_MOST: Final = 0.3
"""Cosine of two topics from which more makes no difference."""
_YEARS_MOST: Final = 20
_SAME_PLACE: Final = 0.05
"""Cosine of two affiliations below which they count as others."""
_DIMENSIONS: Final = 128
_CHUNK: Final = 50_000


@dataclass(frozen=True, slots=True)
class Weights:
    """What is known beforehand: names of the population, and the weight of words of topics and of affiliations (0: says nothing)."""

    namesakes: Namesakes
    topic: Callable[[str], float]
    place: Callable[[str], float]


def inverse_frequency(documents: Iterable[Iterable[str]], most: float, least: int = 1) -> Mapping[str, float]:
    """Weigh words by the logarithm of all documents to those with the word.

    Words in more than a share `most` of the documents, or in fewer than `least` of them, weigh 0.
    """
    counts: Counter[str] = Counter()
    total = 0
    for words in documents:
        counts.update(words)
        total += 1
    return {word: np.log(total / n) if least <= n <= most * total else 0.0 for word, n in counts.items()}


def measure(pairs: Pairs, works: Sequence[Work], signatures: Sequence[Signature], weights: Weights) -> NDArray[np.float32]:
    """Give the features of each pair, one row a pair, in the order of `COLUMNS`."""
    found = np.zeros((len(pairs.left), len(COLUMNS)), dtype=np.float32)
    if not len(pairs.left):
        return found

    def put(name: str, values: Any) -> None:
        found[:, COLUMNS.index(name)] = values

    for how, name in NAME_COLUMNS.items():
        put(name, pairs.fits == how)
    shares = pairs.fits <= Fit.NICKNAME
    fitting = np.minimum(np.log1p(pairs.sharers) / np.log1p(_FITTING_MOST), 1.0)
    alone = np.isin(pairs.fits, (Fit.INITIAL, Fit.ONLY_INITIAL))
    common = np.where(shares, pairs.common / (pairs.common + _COMMON_HALF), fitting)
    put("common name", np.where(shares, common, 0.0))
    put("many names fit the initial", np.where(alone, common, 0.0))
    put("many names fit the initials", np.where(~shares & ~alone, common, 0.0))
    same, known = _same_places(pairs, works, signatures, weights.place)
    put("other affiliation", known & (same < _SAME_PLACE))
    for name, values in (
        ("shared co-authors", 1 - np.exp(-_shared_authors(pairs, works, signatures, weights.namesakes) / _CO_AUTHORS)),
        ("same affiliation", same),
        ("same topic", np.clip(_same_topics(pairs, works, signatures, weights.topic) / _TOPIC_MOST, 0.0, 1.0)),
    ):
        put(name, values)
        put(f"{name} of a common name", values * common)
    _put_occasions(put, pairs, works, signatures)
    return found


def _put_occasions(put: Callable[[str, Any], None], pairs: Pairs, works: Sequence[Work], signatures: Sequence[Signature]) -> None:
    """Put the features of years and venues."""
    years = np.array([[works[w].year for w in (s.places[0][0], s.places[-1][0])] for s in signatures], dtype=np.int64)
    for i, signature in enumerate(signatures):
        if len(signature.places) > 1:
            known = [y for w, _ in signature.places if (y := works[w].year)]
            years[i] = (min(known), max(known)) if known else (0, 0)
    (first, last), (left, right) = years.T, (pairs.left, pairs.right)
    gap = np.maximum(0, np.maximum(first[left] - last[right], first[right] - last[left]))
    put("years apart", np.where((first[left] > 0) & (first[right] > 0), np.minimum(gap, _YEARS_MOST) / _YEARS_MOST, 0.0))
    venues = [sorted({works[w].venue for w, _ in s.places} - {""}) for s in signatures]
    put("one venue series", _products(pairs, signatures, venues, lambda _: 1.0) > 0)
    catalogued = np.array([bool(v) and CATALOGUED.issuperset(v) for v in venues])
    both = catalogued[left] & catalogued[right]
    numbers: dict[PersonName, int] = {}
    names = np.array([numbers.setdefault(s.name, len(numbers)) for s in signatures], dtype=np.int64)
    put("same name in one catalogue", both & (names[left] == names[right]))
    put("other name in one catalogue", both & (names[left] != names[right]))


def _shared_authors(pairs: Pairs, works: Sequence[Work], signatures: Sequence[Signature], namesakes: Namesakes) -> Floats:
    """Sum up the rarity of the co-authors, by surname and initial, that the two of a pair share; of a long list, of those near by."""
    return _products(pairs, signatures, co_authors(signatures, works), namesakes.rarity)


def co_authors(signatures: Sequence[Signature], works: Sequence[Work]) -> list[Collection[tuple[str, str]]]:
    """List, for each signature, the blocks of those who stand near it in its works, but for its own block."""
    blocks = {w: [block_of(a) for a in works[w].authors] for w in {w for s in signatures for w, _ in s.places}}
    return [
        dict.fromkeys(b for w, p in s.places for b in blocks[w][max(0, p - _NEAR_BY) : p + _NEAR_BY + 1] if b and b != s.block)
        for s in signatures
    ]


def _same_places(
    pairs: Pairs, works: Sequence[Work], signatures: Sequence[Signature], weight: Callable[[str], float]
) -> tuple[Floats, NDArray[np.bool_]]:
    """Give the cosine of the words of two affiliations, and whether both have any."""
    lists = [dict.fromkeys(word for w, p in s.places for word in works[w].affiliations[p]) for s in signatures]
    known = np.array([bool(words) for words in lists])
    return _products(pairs, signatures, lists, lambda word: weight(word) ** 2, cosine=True), known[pairs.left] & known[pairs.right]


def _products(
    pairs: Pairs,
    signatures: Sequence[Signature],
    lists: Sequence[Iterable[Any]],
    weight: Callable[[Any], float],
    *,
    cosine: bool = False,
) -> Floats:
    """Sum up, for each pair, the weights of the items that both have; with `cosine`, over the norms of both.

    The columns of the matrix are the items within a part of a block, so that its product with itself holds pairs of one part only.
    """
    numbers: dict[tuple[tuple[str, str], int, Any], int] = {}
    rows, columns, values = [], [], []
    weigh: dict[Any, float] = {}
    for i, (signature, items) in enumerate(zip(signatures, lists, strict=True)):
        for item in items:
            if item not in weigh:
                weigh[item] = weight(item)
            if weigh[item] > 0:
                rows.append(i)
                columns.append(numbers.setdefault((signature.block, signature.part, item), len(numbers)))
                values.append(weigh[item])
    if not values:
        return np.zeros(len(pairs.left))
    size = len(signatures)
    at = np.array(columns, dtype=np.int64)
    matrix = sparse.csr_matrix((np.sqrt(values), (np.array(rows, dtype=np.int64), at)), shape=(size, len(numbers)))
    if cosine:
        norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
        matrix = sparse.diags(1 / np.where(norms > 0, norms, 1.0)) @ matrix
    several = np.flatnonzero(np.bincount(at, minlength=len(numbers)) > 1)
    matrix = matrix.tocsc()[:, several].tocsr()
    product = (matrix @ matrix.T).tocsr()
    product.sort_indices()
    codes = np.repeat(np.arange(size, dtype=np.int64), np.diff(product.indptr)) * size + product.indices
    wanted = pairs.left * size + pairs.right
    if not len(codes):
        return np.zeros(len(wanted))
    found = np.minimum(np.searchsorted(codes, wanted), len(codes) - 1)
    return np.where(codes[found] == wanted, product.data[found], 0.0)


def _same_topics(pairs: Pairs, works: Sequence[Work], signatures: Sequence[Signature], weight: Callable[[str], float]) -> Floats:
    """Give the cosine of the words of two signatures' works, hashed to a fixed number of dimensions.

    Source: Weinberger et al., Feature Hashing for Large Scale Multitask Learning (2009).
    """
    vectors = _unit(_hashed(works, weight))
    topics = vectors[[s.places[0][0] for s in signatures]]
    for i, signature in enumerate(signatures):
        if len(signature.places) > 1:
            topics[i] = vectors[[w for w, _ in signature.places]].sum(axis=0)
    topics = _unit(topics)
    found = np.empty(len(pairs.left))
    for start in range(0, len(found), _CHUNK):
        part = slice(start, start + _CHUNK)
        found[part] = np.einsum("ij,ij->i", topics[pairs.left[part]], topics[pairs.right[part]])
    return found


def _hashed(works: Sequence[Work], weight: Callable[[str], float]) -> Floats:
    """Add up the words of each work, each at the dimension and with the sign that its checksum gives."""
    numbers: dict[str, int] = {}
    flat = np.array([numbers.setdefault(word, len(numbers)) for work in works for word in work.words], dtype=np.int64)
    sums = np.array([zlib.crc32(word.encode("utf-8", "surrogatepass")) for word in numbers], dtype=np.int64)
    signed = np.array([weight(word) for word in numbers]) * np.where(sums >> 20 & 1, 1.0, -1.0)
    at = np.repeat(np.arange(len(works)), [len(work.words) for work in works]) * _DIMENSIONS + (sums % _DIMENSIONS)[flat]
    found: Floats = np.bincount(at, weights=signed[flat], minlength=len(works) * _DIMENSIONS).astype(np.float64)
    return found.reshape(-1, _DIMENSIONS)


def _unit(vectors: NDArray[Any]) -> NDArray[np.float32]:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(norms > 0, norms, 1.0), dtype=np.float32)
