"""The works that people are told apart by, and the pairs of signatures whose names go together.

A signature (the word of author disambiguation) is one printed name with the places where it stands: a single
authorship, or all authorships that share a key.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from confgraph.resolve.given_names import Fit, first_name, fit, has_initial_only, nicknames
from confgraph.resolve.names import PersonName
from confgraph.resolve.namesakes import Namesakes
from confgraph.text import fold

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Work:
    """What a listing of one paper says: its authors, the affiliations of each, the words of its topic, venue series and year.

    `affiliations` is as long as `authors`; `year` is 0 where unknown.
    """

    authors: tuple[PersonName, ...]
    affiliations: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]
    venue: str
    year: int


def series(venue: str) -> str:
    """Fold the name of a venue and take away its year, so that all its editions are one series.

    >>> series("RiverConf 2031")
    'riverconf'
    """
    return " ".join(_YEAR.sub(" ", fold(venue)).split())


@dataclass(frozen=True, slots=True)
class Signature:
    """A name and the works, by index, at whose 0-based positions it stands, in order.

    `papers` numbers the papers of these works, of which several may be listings of one; `ids` are (scheme, id); `part` is that
    of a block which was divided, whose parts do not meet.
    """

    name: PersonName
    block: tuple[str, str]
    places: tuple[tuple[int, int], ...]
    papers: tuple[int, ...]
    ids: frozenset[tuple[str, str]] = frozenset()
    part: int = 0


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of signatures of one block whose names go together: indices `left < right`, how they fit, how common the name is.

    `common` is how many holders a shared full name is expected to have; `sharers` how many given names an initial could stand for.
    """

    left: Ints
    right: Ints
    fits: Ints
    common: Floats
    sharers: Floats


def pair_up(signatures: Sequence[Signature], namesakes: Namesakes) -> Pairs:
    """Pair the signatures that may be one person: of one block, with given names that fit, not of one paper, and not of two ids.

    The number of pairs grows with the square of how often one name occurs, not of how large a block is: full given names
    meet only their own kind, and initials. Where that is too many, `confgraph.resolve.crowds` divides the block.
    """
    blocks: defaultdict[tuple[tuple[str, str], int], defaultdict[PersonName, list[int]]] = defaultdict(lambda: defaultdict(list))
    for i, signature in enumerate(signatures):
        blocks[signature.block, signature.part][signature.name].append(i)
    columns: list[tuple[Ints, Ints, Fit, float, float]] = []
    for block, part in sorted(blocks):
        names = blocks[block, part]
        sharers = namesakes.sharers(block)
        for one, two, how in _iter_fits(names):
            left, right = _cross(np.array(names[one]), np.array(names[two]))
            if len(left):
                common = max(namesakes.holders(one), namesakes.holders(two)) if how.shares_a_name else 0.0
                columns.append((left, right, how, common, sharers))
    return _without_conflicts(_stacked(columns), signatures)


def count_pairs(names: Iterable[PersonName]) -> int:
    """Count the pairs of signatures of one block whose names go together.

    >>> from confgraph.resolve.names import parse
    >>> count_pairs(map(parse, ["Ada Moor", "Ada Moor", "A. Moor", "Anna Moor"]))
    4
    """
    counts = Counter(names)
    return sum(counts[one] * counts[two] if one != two else counts[one] * (counts[one] - 1) // 2 for one, two, _ in _iter_fits(counts))


def _iter_fits(block: Iterable[PersonName]) -> Iterator[tuple[PersonName, PersonName, Fit]]:
    """Yield the pairs of names of a block that fit, each name also with itself."""
    names = sorted(block, key=lambda name: (name.given, name.surname))
    kinds: defaultdict[str, list[PersonName]] = defaultdict(list)
    wholes: defaultdict[str, list[PersonName]] = defaultdict(list)
    initials = [name for name in names if has_initial_only(name)]
    for name in names:
        if not has_initial_only(name):
            kinds[first_name(name)].append(name)
            wholes["".join(name.given).replace("-", "")].append(name)
    for name in names:
        near = {name}
        if has_initial_only(name):
            near.update(names)
        else:
            first = first_name(name)
            near.update(initials, kinds[first], wholes["".join(name.given).replace("-", "")])
            for form in nicknames().get(first, ()):
                near.update(kinds.get(form, ()))
        for other in sorted((n for n in near if (n.given, n.surname) >= (name.given, name.surname)), key=lambda n: (n.given, n.surname)):
            if (how := fit(name, other)) is not Fit.NONE:
                yield name, other, how


def _cross(one: Ints, two: Ints) -> tuple[Ints, Ints]:
    """Pair each index of one with each of two, or among themselves where both are the same."""
    if np.array_equal(one, two):
        upper = np.triu_indices(len(one), 1)
        return one[upper[0]], one[upper[1]]
    left, right = np.repeat(one, len(two)), np.tile(two, len(one))
    return np.minimum(left, right), np.maximum(left, right)


def _stacked(columns: Sequence[tuple[Ints, Ints, Fit, float, float]]) -> Pairs:
    if not columns:
        empty = np.empty(0, dtype=np.int64)
        return Pairs(empty, empty, empty, np.empty(0), np.empty(0))
    sizes = [len(left) for left, *_ in columns]
    fits, common, sharers = (np.repeat(np.array([c[i] for c in columns]), sizes) for i in (2, 3, 4))
    return Pairs(np.concatenate([c[0] for c in columns]), np.concatenate([c[1] for c in columns]), fits, common, sharers)


def _without_conflicts(pairs: Pairs, signatures: Sequence[Signature]) -> Pairs:
    """Leave out the pairs that stand with one paper, and those that have different ids."""
    papers = np.array([s.papers[0] if len(s.papers) == 1 else -1 for s in signatures], dtype=np.int64)
    identified = np.array([bool(s.ids) for s in signatures], dtype=np.bool_)
    one, two = papers[pairs.left], papers[pairs.right]
    keep = one != two
    for i in np.flatnonzero((one < 0) | (two < 0)):
        keep[i] = set(signatures[pairs.left[i]].papers).isdisjoint(signatures[pairs.right[i]].papers)
    for i in np.flatnonzero(keep & identified[pairs.left] & identified[pairs.right]):
        keep[i] = not conflicting(signatures[pairs.left[i]].ids, signatures[pairs.right[i]].ids)
    return Pairs(pairs.left[keep], pairs.right[keep], pairs.fits[keep], pairs.common[keep], pairs.sharers[keep])


def conflicting(one: frozenset[tuple[str, str]], two: frozenset[tuple[str, str]]) -> list[str]:
    """Give the schemes in which both have ids, and none in common.

    >>> conflicting(frozenset({("orcid", "1"), ("dblp", "a")}), frozenset({("orcid", "2"), ("dblp", "a")}))
    ['orcid']
    """
    schemes = {scheme for scheme, _ in one} & {scheme for scheme, _ in two}
    return sorted(schemes - {scheme for scheme, _ in one & two})
