"""Judge which papers are one.

Papers meet in blocks of shared words: the sampled shingles of their abstracts, and what a single hash finds
(`confgraph.resolve.shingles`). How they are compared, `confgraph.resolve.outlines` says; when a record without a title takes that of
another page, `confgraph.resolve.recovery`. Rows of catalogues were matched before, each to one record (`confgraph.reference`).
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import Final

from confgraph.records import Decision, EntityKind, Judgement, MemberKey, PageId, Reason, RecordId
from confgraph.resolve.block import block_pairs
from confgraph.resolve.judge import Contradictions, decide, keep_apart
from confgraph.resolve.members import Paper
from confgraph.resolve.names import parse
from confgraph.resolve.outlines import Outline, marks_of, paper_contradictions, paper_reasons
from confgraph.resolve.recovery import Candidate, choose
from confgraph.resolve.shingles import FEWEST_SHARED, Text, sample, text_of

Place = tuple[PageId, RecordId]
"""Where a record stands."""

_Pair = tuple[MemberKey, MemberKey]
_Compared = Mapping[_Pair, tuple[Reason, ...]]


_HELD: Final = 1_024
"""Papers whose texts are held while pairs are compared."""


@dataclass(frozen=True, slots=True)
class Match:
    """A record of a page, the record that a row of a catalogue has become, and why they are one paper."""

    record: Place
    row: Place
    reasons: tuple[Reason, ...]


def judge_papers(papers: Sequence[Paper], matches: Sequence[Match] = ()) -> list[Judgement]:
    """Judge the papers that share words, and those that were matched to rows of catalogues.

    What only catalogues list is compared with nothing else: which record it is, the match says.
    """
    catalogues = frozenset(match.row[0] for match in matches)
    pairs = paper_pairs([paper for paper in papers if not paper.pages <= catalogues])
    linked = list(_iter_linked(papers, matches))
    met = {key for pair, _ in linked for key in pair} | {paper.key for pair in pairs for paper in pair}
    outlines = {paper.key: outline(paper, catalogues) for paper in papers if paper.key in met}
    by_key = {paper.key: paper for paper in papers}

    @lru_cache(maxsize=_HELD)
    def whole(key: MemberKey) -> Outline:
        return replace(outlines[key], texts=_texts(by_key[key]))

    compared: _Compared = {(a.key, b.key): tuple(paper_reasons(whole(a.key), whole(b.key))) for a, b in pairs}
    compared, tied = _recover(compared, outlines)
    decided = ((pair, decide(EntityKind.PAPER, pair, reasons, _by(reasons))) for pair, reasons in compared.items())
    judged = [_left_open(one) if one and pair in tied else one for pair, one in decided]
    judged += [decide(EntityKind.PAPER, pair, reasons, "catalogue") for pair, reasons in linked]

    def compare(a: MemberKey, b: MemberKey) -> Sequence[Reason]:
        return paper_contradictions(outlines[a], outlines[b])

    def look(key: MemberKey) -> Outline:
        return replace(outlines[key], pages=frozenset())

    return keep_apart(filter(None, judged), Contradictions(lambda _: compare, look, lambda key: outlines[key].pages))


def _iter_linked(papers: Sequence[Paper], matches: Sequence[Match]) -> Iterator[tuple[_Pair, tuple[Reason, ...]]]:
    """Yield the keys of each match, where a record and its row do not have one key anyway."""
    key_of = {(e.record.page, e.record.id): paper.key for paper in papers for e in paper.entries} if matches else {}
    for match in matches:
        pair = key_of[match.record], key_of[match.row]
        if pair[0] != pair[1]:
            yield pair, match.reasons


def _left_open(judged: Judgement) -> Judgement:
    """Leave a pair to a person that would give a paper one of two titles."""
    return replace(judged, decision=Decision.OPEN) if judged.decision is Decision.SAME else judged


def _by(reasons: Sequence[Reason]) -> str:
    said = {reason.feature for reason in reasons}
    return "abstract" if "same abstract" in said else "authors" if "same list of authors" in said else "title"


def _recover(compared: _Compared, outlines: Mapping[MemberKey, Outline]) -> tuple[_Compared, frozenset[_Pair]]:
    """Say of each pair that gives a paper its title how near another came; give the pairs too that would, were there not two of them."""
    titled: dict[MemberKey, list[tuple[_Pair, str]]] = {}
    for pair in sorted(compared):
        for own, other in (pair, pair[::-1]):
            if not outlines[own].title and outlines[other].title:
                titled.setdefault(own, []).append((pair, outlines[other].title))
    found, tied = dict(compared), set()
    for offers in titled.values():
        choice = choose([Candidate(title, compared[pair]) for pair, title in offers])
        if choice:
            found[offers[choice.chosen][0]] = choice.reasons
        else:
            tied |= {pair for pair, _ in offers}
    return found, frozenset(tied)


def outline(paper: Paper, catalogues: frozenset[PageId] = frozenset()) -> Outline:
    """Gather what all entries of a paper say, but for the texts, which are long; that catalogues list a paper twice says nothing."""
    years = frozenset(e.year for e in paper.entries if e.year)
    return Outline(paper.title, (), tuple(_author_lists(paper)), years, paper.pages - catalogues)


def _texts(paper: Paper) -> tuple[Text, ...]:
    return tuple(map(text_of, abstracts(paper)))


def paper_pairs(papers: Sequence[Paper]) -> list[tuple[Paper, Paper]]:
    """Pair the papers whose abstracts share runs of words or whose titles are nearly one, sorted by their positions in `papers`."""
    runs, single = array("Q"), array("Q")
    for i, paper in enumerate(papers):
        said = replace(outline(paper), texts=_texts(paper))
        runs.extend(run << 32 | i for run in sorted({run for text in said.texts for run in sample(text)}))
        single.extend(mark << 32 | i for mark in sorted(marks_of(said)))
    found = {pair for pair, count in _shared(runs).items() if count >= FEWEST_SHARED} | _shared(single).keys()
    return [(papers[a], papers[b]) for a, b in sorted(found)]


def _shared(postings: Iterable[int]) -> Counter[tuple[int, int]]:
    """Count the hashes that each pair of members shares; a posting is a hash with the number of a member below it."""
    shared: Counter[tuple[int, int]] = Counter()
    for _, block in groupby(sorted(postings), key=lambda posting: posting >> 32):
        shared.update(block_pairs([posting & 0xFFFFFFFF for posting in block]))
    return shared


def abstracts(paper: Paper) -> tuple[str, ...]:
    """List the different abstracts of a paper's records, sorted."""
    return tuple(sorted({e.record.abstract for e in paper.entries if e.record.abstract}))


def _author_lists(paper: Paper) -> list[tuple[tuple[str, ...], bool]]:
    """List the different author lists of a paper's records: surnames in order, and whether "et al." cuts them."""
    lists = {
        (tuple(parse(a.name).surname for a in e.record.authors), any(a.others for a in e.record.authors))
        for e in paper.entries
        if e.record.authors
    }
    return sorted(lists)
