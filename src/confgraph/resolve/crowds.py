"""Divide the blocks of names that are too large to compare in full, so that pairs grow with the number of authorships alone.

Thousands of authorships of one name would cost their square in time and memory. They are sorted by the co-author who stands
with most of them, and cut into parts that do not meet: the works of one group stay together, others may be missed.

Source: sorted neighbourhoods as in Hernández and Stolfo, The Merge/Purge Problem for Large Databases (1995).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from confgraph.resolve.authorships import Signature, Work, count_pairs
from confgraph.resolve.evidence import co_authors

MOST_PAIRS: Final = 2_000_000
"""Pairs of one block that are compared: those of 2,000 authorships of one name, more than anyone writes papers."""
PART: Final = 500
"""Signatures of one part of a divided block."""


def divide(signatures: Sequence[Signature], works: Sequence[Work]) -> Sequence[Signature]:
    """Number the parts of each block that has more than `MOST_PAIRS` pairs; the signatures stay in their order.

    Of equally good places the order of the signatures decides.
    """
    blocks: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for i, signature in enumerate(signatures):
        blocks[signature.block].append(i)
    divided = list(signatures)
    for block in blocks.values():
        if len(block) * (len(block) - 1) // 2 > MOST_PAIRS and count_pairs([signatures[i].name for i in block]) > MOST_PAIRS:
            for position, i in enumerate(_by_co_author(block, signatures, works)):
                divided[i] = replace(signatures[i], part=position // PART)
    return divided


def _by_co_author(block: Sequence[int], signatures: Sequence[Signature], works: Sequence[Work]) -> list[int]:
    """Sort the signatures of a block by the co-author of each who stands with most signatures of the block."""
    beside = dict(zip(block, co_authors([signatures[i] for i in block], works), strict=True))
    counts = Counter(author for authors in beside.values() for author in authors)
    first = {i: min(authors, key=lambda author: (-counts[author], author), default=("", "")) for i, authors in beside.items()}
    return sorted(block, key=lambda i: (first[i], i))
