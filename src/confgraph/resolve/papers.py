"""Judge which papers are one: by abstract, title, authors and year.

Papers are blocked by an inverted index over a sample of the five-word runs (shingles) of their abstracts.
The sample keeps a shingle by its own hash, so that a cut abstract and the whole one keep the same ones:
unlike MinHash signatures, which estimate the Jaccard index, it finds a text inside a much longer one, and
two in hundred thousand as readily as two in ten.

Source: Broder, "On the resemblance and containment of documents", SEQUENCES 1997 (shingles, sampling by hash).
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby, product
from typing import Final
from zlib import crc32

from rapidfuzz.fuzz import ratio

from confgraph.records import EntityKind, Judgement, MemberKey, Reason
from confgraph.resolve.block import block_pairs
from confgraph.resolve.judge import decide, keep_apart
from confgraph.resolve.members import Paper
from confgraph.resolve.names import parse
from confgraph.resolve.score import Features
from confgraph.text import words

FEATURES: Final = Features(
    {
        "same abstract": 0.75,
        "same title": 0.3,
        "same authors": 0.25,
        "same year": 0.05,
        "different titles": -0.6,
        "different authors": -0.5,
        "different years": -0.15,
        "same page": -1.0,
    }
)

SHINGLE: Final = 5
"""Words in a shingle."""
_SAMPLE: Final = 4
"""One shingle in four enters the index."""
_FEWEST_SHARED: Final = 2
"""Sampled shingles that a pair of papers has in common, at least."""


Shingles = Mapping[str, frozenset[int]]
"""The hashed shingles of each abstract."""

_NEARLY_EQUAL: Final = (0.8, 0.95)
"""A containment of 0.8 counts 0.95, since a changed word breaks five shingles; values are linear below and above."""
_FULL_EVIDENCE: Final = 20
"""Shared shingles that a short abstract needs to count in full."""
_SAME_TITLE: Final = 0.95
"""Similarity from which two titles are one with small edits; series of papers change one word of long titles."""
_MOST_SHARED: Final = 0.5
"""Share of authors below which two lists speak against one paper."""
_TITLES_DIFFER: Final = 0.85


def judge_papers(papers: Sequence[Paper]) -> list[Judgement]:
    """Judge the papers whose abstracts share runs of words."""
    pairs = paper_pairs(papers)
    texts = sorted({text for pair in pairs for paper in pair for text in abstracts(paper)})
    runs = {text: shingles(text) for text in texts}
    judged = [decide(EntityKind.PAPER, (a.key, b.key), paper_reasons(a, b, runs), "abstract") for a, b in pairs]
    by_key = {paper.key: paper for paper in papers}

    def contradictions(a: MemberKey, b: MemberKey, _: Sequence[MemberKey]) -> Sequence[Reason]:
        return paper_contradictions(by_key[a], by_key[b])

    return keep_apart(filter(None, judged), contradictions)


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


def paper_reasons(left: Paper, right: Paper, runs: Shingles) -> list[Reason]:
    """Compare two papers by abstract, title, authors, year and page; features that cannot be read are left out."""
    found = [*_abstract_reasons(left, right, runs), *_title_reasons(left, right)]
    overlap = _author_overlap(left, right)
    if overlap is not None and overlap >= _MOST_SHARED:
        found.append(FEATURES.reason("same authors", overlap, f"{overlap:.0%} of the shorter list's surnames"))
    elif overlap is not None:
        found.append(FEATURES.reason("different authors", 1 - overlap, f"{overlap:.0%} of the shorter list's surnames"))
    years = [{e.year for e in paper.entries if e.year} for paper in (left, right)]
    if all(years):
        found.append(FEATURES.reason("same year" if years[0] & years[1] else "different years", 1.0))
    agree = _title_similarity(left, right) >= _SAME_TITLE and (overlap or 0) >= _MOST_SHARED
    if left.pages & right.pages and not agree:
        found.append(FEATURES.reason("same page", 1.0, "a page lists different papers"))
    return found


def paper_contradictions(left: Paper, right: Paper) -> list[Reason]:
    """Give what speaks against two papers that other papers link."""
    return [r for r in paper_reasons(left, right, {}) if r.value * r.weight <= -_MOST_SHARED]


def _title_similarity(left: Paper, right: Paper) -> float:
    """Compare titles from 0 to 1; a missing title is like none, and numbers must be equal."""
    if not (left.title and right.title):
        return 0.0
    numbers = [[w for w in paper.title.split() if any(c.isdigit() for c in w)] for paper in (left, right)]
    return ratio(left.title, right.title) / 100 if numbers[0] == numbers[1] else 0.0


def _title_reasons(left: Paper, right: Paper) -> list[Reason]:
    if not (left.title and right.title):
        return []
    alike = _title_similarity(left, right)
    if alike >= _SAME_TITLE:
        return [FEATURES.reason("same title", alike)]
    return [FEATURES.reason("different titles", 1.0, f"{left.title!r}, {right.title!r}")] if alike < _TITLES_DIFFER else []


def _abstract_reasons(left: Paper, right: Paper, runs: Shingles) -> list[Reason]:
    """Give the best containment of one abstract in another; few shared shingles count less."""
    best = (0.0, 0, 0)
    for a, b in product(abstracts(left), abstracts(right)):
        one, two = runs.get(a, frozenset()), runs.get(b, frozenset())
        shorter, shared = min(len(one), len(two)), len(one & two)
        if shorter:
            value = _closeness(shared / shorter) * min(1.0, shared / _FULL_EVIDENCE)
            best = max(best, (value, shared, shorter))
    value, shared, shorter = best
    return [FEATURES.reason("same abstract", value, f"{shared} of the shorter abstract's {shorter} runs of five words")] if shared else []


def _closeness(containment: float) -> float:
    """Turn a containment into the value of its feature; the order is kept, so that the closer of two abstracts wins."""
    bend, value = _NEARLY_EQUAL
    if containment < bend:
        return containment / bend * value
    return value + (containment - bend) / (1 - bend) * (1 - value)


def _author_overlap(left: Paper, right: Paper) -> float | None:
    """Give the best share of the shorter author list's surnames in the longer, or None where a list is missing.

    `X et al.` agrees with a list that opens with X.
    """
    shares = []
    for (one, cut), (two, cut_too) in product(_author_lists(left), _author_lists(right)):
        shorter, longer = sorted((set(one), set(two)), key=len)
        shares.append(float(one[0] == two[0]) if cut or cut_too else len(shorter & longer) / len(shorter))
    return max(shares, default=None)


def _author_lists(paper: Paper) -> list[tuple[tuple[str, ...], bool]]:
    """List the different author lists of a paper's records: surnames in order, and whether "et al." cuts them."""
    lists = {
        (tuple(parse(a.name).surname for a in e.record.authors), any(a.others for a in e.record.authors))
        for e in paper.entries
        if e.record.authors
    }
    return sorted(lists)
