"""Features and scores: what every kind's pairs are judged by.

A feature's value is in [0, 1]. A positive weight speaks for one entity and a negative one against it; the score
is the sum of value times weight, held within [0, 1].
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from confgraph.records import Reason


@dataclass(frozen=True, slots=True)
class Features:
    """The table of a kind: its named features with their weights."""

    weights: Mapping[str, float]

    def reason(self, feature: str, value: float, note: str = "") -> Reason:
        """Make the reason of a feature with its weight; the value is rounded to two decimals."""
        return Reason(feature, round(value, 2), self.weights[feature], note)


def total(reasons: Sequence[Reason]) -> float:
    """Sum up reasons to a score in [0, 1] with two decimals."""
    return round(min(1.0, max(0.0, sum(r.value * r.weight for r in reasons))), 2)
