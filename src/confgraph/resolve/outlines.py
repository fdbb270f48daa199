"""Compare papers by their outlines: abstract, title, authors, years and pages, whether of records of pages or of rows of a catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, product
from typing import Final

from rapidfuzz.distance import LCSseq
from rapidfuzz.fuzz import ratio

from confgraph.records import PageId, Reason
from confgraph.resolve.score import Features
from confgraph.resolve.shingles import Text, marks, word_hash

FEATURES: Final = Features(
    {
        "same abstract": 0.75,
        "same title": 0.7,
        "same authors": 0.25,
        "same list of authors": 0.2,
        "title in abstract": 0.45,
        "same year": 0.05,
        "different titles": -0.6,
        "different authors": -0.5,
        "different abstracts": -0.4,
        "different years": -0.15,
        "same page": -1.0,
        "runner-up": 0.0,
    }
)
"""Weights of the features; `runner-up` only tells how near the next best title came."""

_ALIGNED: Final = ((0.5, 0.0), (0.85, 0.62), (0.93, 0.95), (1.0, 1.0))
"""What a share of aligned words counts, linear between. With one word in twenty changed, all but one abstract in a thousand align in more
than 0.84; of two papers of one group that share sentences, nine in ten align in less than 0.87."""
_FULL_EVIDENCE: Final = 20
"""Aligned words that an abstract needs to count in full."""
_SAME_START: Final = 0.6
"""What a short abstract counts at least where it starts another that is not twice as long."""
_OTHER_TEXT: Final = 0.05
"""Containment below which two abstracts speak against one paper that only its title suggests."""
_FULL_TITLE: Final = 6
"""Words that a title needs to count in full; shorter ones (`Opening remarks`) recur, and count a tenth less for each word."""
_EDITED: Final = 0.7
"""What a title counts that was edited: not enough without the authors."""
SAME_TITLE: Final = 0.95
"""Similarity from which two titles are one with small edits; series of papers change one word of long titles."""
_LONGEST_TITLE: Final = 2_000
"""Characters of a title of which some may differ; to align what is longer would cost the square of its length."""
_MOST_SHARED: Final = 0.5
"""Share of authors below which two lists speak against one paper."""
_TITLES_DIFFER: Final = 0.85
_FULL_LIST: Final = 3
"""Authors of a list that needs to count in full; two people write several papers together more often."""
_SHORT_LIST: Final = 0.5
_CONTENT: Final = 4
"""Letters of a word of a title that says something, at least."""
_COVERED: Final = 0.8
"""Share of a title's words in the abstract that counts in full: half of all abstracts hold as much of their titles."""
_NUMERALS: Final = frozenset("i ii iii iv v vi vii viii ix x".split())


@dataclass(frozen=True, slots=True)
class Outline:
    """What papers are compared by.

    Attributes:
        title: the words of the title, joined, or empty.
        texts: the abstracts.
        authors: each list of authors: their surnames in order, and whether "et al." cuts it.
        years: those that are stated.
        pages: those that list the paper; none for a row of a catalogue.
    """

    title: str = ""
    texts: tuple[Text, ...] = ()
    authors: tuple[tuple[tuple[str, ...], bool], ...] = ()
    years: frozenset[int] = frozenset()
    pages: frozenset[PageId] = frozenset()


def marks_of(said: Outline) -> frozenset[int]:
    """Hash what finds another paper by itself."""
    return marks(said.title, said.texts, [surnames for surnames, _ in said.authors])


def paper_reasons(left: Outline, right: Outline) -> list[Reason]:
    """Compare two papers by abstract, title, authors, year and page; features that cannot be read are left out."""
    alike = title_similarity(left.title, right.title)
    found = [*_abstract_reasons(left, right), *_title_reasons(left, right, alike)]
    overlap = _author_overlap(left, right)
    if overlap is not None and overlap >= _MOST_SHARED:
        found.append(FEATURES.reason("same authors", overlap, f"{overlap:.0%} of the shorter list's surnames"))
    elif overlap is not None:
        found.append(FEATURES.reason("different authors", 1 - overlap, f"{overlap:.0%} of the shorter list's surnames"))
    found += _list_reasons(left, right)
    if left.years and right.years:
        found.append(FEATURES.reason("same year" if left.years & right.years else "different years", 1.0))
    agree = alike >= SAME_TITLE and (overlap or 0) >= _MOST_SHARED
    if left.pages & right.pages and not agree:
        found.append(FEATURES.reason("same page", 1.0, "a page lists different papers"))
    return found


def _list_reasons(left: Outline, right: Outline) -> list[Reason]:
    """Compare a paper of which only the title is known with one of which only the abstract is, such as a schedule and a listing of orals.

    One list of authors in one order says much, but people write several papers together; the words of the title tell which it is.
    """
    titled, told = (left, right) if left.title else (right, left)
    lists = [{names for names, cut in side.authors if not cut and len(names) > 1} for side in (left, right)]
    if titled.texts or told.title or not titled.title or not told.texts or lists[0].isdisjoint(lists[1]):
        return []
    longest = max(map(len, lists[0] & lists[1]))
    content = {word_hash(word) for word in titled.title.split() if len(word) >= _CONTENT}
    covered = max(len(content.intersection(text.words)) / len(content) for text in told.texts) if content else 0.0
    return [
        FEATURES.reason("same list of authors", 1.0 if longest >= _FULL_LIST else _SHORT_LIST, f"{longest} authors in one order"),
        FEATURES.reason("title in abstract", min(1.0, covered / _COVERED), f"{covered:.0%} of the title's words"),
    ]


def paper_contradictions(left: Outline, right: Outline) -> list[Reason]:
    """Give what speaks against two papers that other papers link; their texts are not needed."""
    return [r for r in paper_reasons(left, right) if r.value * r.weight <= -_MOST_SHARED]


def title_similarity(left: str, right: str) -> float:
    """Compare the words of two titles from 0 to 1; a missing title is like none, and numbers must be equal.

    >>> title_similarity("on the growth of grass 2", "on the growth of grass 3")
    0.0
    """
    if not (left and right):
        return 0.0
    if max(len(left), len(right)) > _LONGEST_TITLE:
        return float(left == right)
    numbers = [[w for w in title.split() if w in _NUMERALS or any(c.isdigit() for c in w)] for title in (left, right)]
    return ratio(left, right) / 100 if numbers[0] == numbers[1] else 0.0


def _title_reasons(left: Outline, right: Outline, alike: float) -> list[Reason]:
    if not (left.title and right.title):
        return []
    if alike >= SAME_TITLE:
        lacking = max(0, _FULL_TITLE - min(len(side.title.split()) for side in (left, right)))
        return [FEATURES.reason("same title", (1.0 if left.title == right.title else _EDITED * alike) * (1 - lacking / 10))]
    if _contained(left.title, right.title):
        return []
    return [FEATURES.reason("different titles", 1.0, f"{left.title!r}, {right.title!r}")] if alike < _TITLES_DIFFER else []


def _contained(one: str, two: str) -> bool:
    """Tell whether one title opens or closes the other, as one without its subtitle or nickname does."""
    shorter, longer = sorted((one.split(), two.split()), key=len)
    size = len(shorter)
    return size >= _FULL_TITLE and shorter in (longer[:size], longer[-size:])


def _abstract_reasons(left: Outline, right: Outline) -> list[Reason]:
    """Give the best alignment of one abstract with another; another abstract speaks against a title that was edited."""
    pairs = list(product(left.texts, right.texts))
    if left.title and right.title and left.title != right.title and pairs and not any(_overlap(*pair) for pair in pairs):
        return [FEATURES.reason("different abstracts", 1.0, "hardly any run of five words in common")]
    value, aligned, shorter = max((_alignment(*pair) for pair in pairs), default=(0.0, 0, 0))
    note = f"{aligned} of the shorter abstract's {shorter} words stand in the other in order"
    return [FEATURES.reason("same abstract", value, note)] if value else []


def _overlap(one: Text, two: Text) -> bool:
    """Tell whether two abstracts have more runs of words in common than any two may have."""
    return len(one.shingles & two.shingles) > _OTHER_TEXT * min(len(one.shingles), len(two.shingles))


def _alignment(one: Text, two: Text) -> tuple[float, int, int]:
    """Give what the alignment of two abstracts counts, how many words it aligns, and the words of the shorter one."""
    shorter = min(len(one.words), len(two.words))
    aligned = LCSseq.similarity(one.words, two.words)
    if not aligned:
        return 0.0, 0, shorter
    value = _worth(aligned / shorter) * min(1.0, aligned / _FULL_EVIDENCE)
    starts = one.words[:shorter] == two.words[:shorter] and max(len(one.words), len(two.words)) <= 2 * shorter + 1
    return max(value, _SAME_START) if starts else value, aligned, shorter


def _worth(share: float) -> float:
    """Say what a share of aligned words counts."""
    for (low, worth), (high, more) in pairwise(_ALIGNED):
        if share <= high:
            return worth + max(0.0, share - low) / (high - low) * (more - worth)
    return 1.0


def _author_overlap(left: Outline, right: Outline) -> float | None:
    """Give the best share of the shorter author list's surnames in the longer, or None where a list is missing.

    `X et al.` agrees with a list that opens with X.
    """
    shares = []
    for (one, cut), (two, cut_too) in product(left.authors, right.authors):
        shorter, longer = sorted((set(one), set(two)), key=len)
        shares.append(float(one[0] == two[0]) if cut or cut_too else len(shorter & longer) / len(shorter))
    return max(shares, default=None)
