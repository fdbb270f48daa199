"""Pair the members of a block, without comparing everything with everything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import Final, TypeVar

LARGEST_BLOCK: Final = 24
"""A larger block yields only pairs of neighbours, so that the number of pairs stays linear in the number of members."""

T = TypeVar("T")


def block_pairs(block: Sequence[T]) -> Iterator[tuple[T, T]]:
    """Pair the members of a block, or only neighbours where it is larger than `LARGEST_BLOCK`."""
    return combinations(block, 2) if len(block) <= LARGEST_BLOCK else pairwise(block)
