"""Find the pairs that are worth scoring, without comparing everything with everything.

Papers are blocked by an inverted index over a sample of the five-word runs (shingles) of their abstracts.
The sample keeps a shingle by its own hash, so that a cut abstract and the whole one keep the same ones:
unlike MinHash signatures, which estimate the Jaccard index, it finds a text inside a much longer one, and
two in hundred thousand as readily as two in ten. People are blocked by surname within one paper, concepts by
spelling and by acronym. A block larger than `LARGEST_BLOCK` yields only pairs of neighbours in the order of
keys, so that the number of pairs stays linear in the number of members.

Source: Broder, "On the resemblance and containment of documents", SEQUENCES 1997 (shingles, sampling by hash).
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby, pairwise
from typing import Final, TypeVar
from zlib import crc32

from confgraph.records import EntityKind, MemberKey
from confgraph.resolve.keys import identity_of
from confgraph.resolve.members import Appearance, Paper, Profile
from confgraph.resolve.spelling import spelling
from confgraph.text import fold, words

LARGEST_BLOCK: Final = 24
SHINGLE: Final = 5
"""Words in a shingle."""
_SAMPLE: Final = 4
"""One shingle in four enters the index."""
_FEWEST_SHARED: Final = 2
"""Sampled shingles that a pair of papers has in common, at least."""

T = TypeVar("T")


def shingles(text: str) -> frozenset[int]:
    """Hash the runs of five words of a text."""
    tokens = words(text)
    return frozenset(crc32(" ".join(tokens[i : i + SHINGLE]).encode()) for i in range(len(tokens) - SHINGLE + 1))


def paper_pairs(papers: Sequence[Paper]) -> list[tuple[Paper, Paper]]:
    """Pair the papers whose abstracts share runs of words, sorted by their positions in `papers`."""
    postings = array("Q")
    for i, paper in enumerate(papers):
        sample = {run for text in abstracts(paper) for run in shingles(text) if run % _SAMPLE == 0}
        postings.extend(run << 32 | i for run in sorted(sample))
    shared: Counter[tuple[int, int]] = Counter()
    for _, block in groupby(sorted(postings), key=lambda posting: posting >> 32):
        shared.update(block_pairs([posting & 0xFFFFFFFF for posting in block]))
    return [(papers[a], papers[b]) for (a, b), count in sorted(shared.items()) if count >= _FEWEST_SHARED]


def abstracts(paper: Paper) -> tuple[str, ...]:
    """List the different abstracts of a paper's records, sorted."""
    return tuple(sorted({e.record.abstract for e in paper.entries if e.record.abstract}))


def people_blocks(people: Sequence[Appearance], paper_of: Callable[[Appearance], Hashable]) -> list[tuple[Appearance, ...]]:
    """Group the appearances in each paper by surname, in the order of the first appearance; groups of one key are left out."""
    grouped: defaultdict[tuple[Hashable, str], list[Appearance]] = defaultdict(list)
    for person in people:
        grouped[paper_of(person), person.parsed.surname].append(person)
    return [tuple(block) for block in grouped.values() if len({p.key for p in block}) > 1]


def block_pairs(block: Sequence[T]) -> Iterator[tuple[T, T]]:
    """Pair the members of a block, or only neighbours where it is larger than `LARGEST_BLOCK`."""
    return combinations(block, 2) if len(block) <= LARGEST_BLOCK else pairwise(block)


@dataclass(frozen=True, slots=True)
class LongForm:
    """A spelling that an acronym stands for: its profiles of all kinds, most records first, and the number of records that say so."""

    spelling: str
    profiles: tuple[Profile, ...]
    support: int


@dataclass(frozen=True, slots=True)
class ConceptBlocks:
    """The blocks of concepts.

    `spelling_of` holds the spelling of each key; `spellings`, per kind and spelling, the profiles that share it, most
    records first; `long_forms`, per spelling of an acronym, what it stands for in any kind, best supported first.
    """

    spelling_of: Mapping[MemberKey, str]
    spellings: Mapping[tuple[EntityKind, str], tuple[Profile, ...]]
    long_forms: Mapping[str, tuple[LongForm, ...]]


def concept_blocks(profiles: Sequence[Profile]) -> ConceptBlocks:
    """Group the profiles of concepts by spelling, and index the long forms of acronyms."""
    spelling_of = {p.member.key: _spelling(p) for p in profiles}
    grouped: defaultdict[tuple[EntityKind, str], list[Profile]] = defaultdict(list)
    alike: defaultdict[str, list[Profile]] = defaultdict(list)
    support: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for profile in profiles:
        kind, own = profile.member.kind, spelling_of[profile.member.key]
        grouped[kind, own].append(profile)
        alike[own].append(profile)
        for acronym, count in profile.acronyms:
            short = spelling([acronym])
            if short != own:
                support[short][own] += count
    spellings = {at: tuple(sorted(group, key=_prominence)) for at, group in sorted(grouped.items())}
    long_forms = {
        short: tuple(LongForm(own, tuple(sorted(alike[own], key=_prominence)), n) for own, n in sorted(counts.items(), key=_by_support))
        for short, counts in sorted(support.items())
    }
    return ConceptBlocks(spelling_of, spellings, long_forms)


def _spelling(profile: Profile) -> str:
    """Reduce the prints of a profile's own name; its records may also print acronyms of it."""
    own = identity_of(profile.member.key)
    return spelling([name for name, _ in profile.names if fold(name) == own] or [own])


def _by_support(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


def _prominence(profile: Profile) -> tuple[int, MemberKey]:
    """Order profiles: those of most records first, then by key."""
    return -len(profile.member.records), profile.member.key
