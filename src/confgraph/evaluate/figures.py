"""Turn counts of what was found into precision, recall and F1 with bootstrap intervals."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

RESAMPLES: Final = 1000
_SEED: Final = 20_240_229
_CHUNK: Final = 50
_LEVELS: Final = (0.025, 0.975)

Kind = TypeVar("Kind", bound=Hashable)
Floats = NDArray[np.float64]


class Counts(NamedTuple):
    """How many items are found rightly, stand in the gold set, and are predicted; `found` pairs the two one to one.

    `predicted` is None where the gold set does not list all that is right, so that only the recall is defined.
    """

    found: int
    gold: int
    predicted: int | None

    def plus(self, other: Counts) -> Counts:
        """Add up."""
        predicted = None if self.predicted is None or other.predicted is None else self.predicted + other.predicted
        return Counts(self.found + other.found, self.gold + other.gold, predicted)


NOTHING: Final = Counts(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share with the ends of its 95 % interval; None where it is not defined, such as a precision of no predictions."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 of one kind of item, over all of the gold set."""

    precision: Estimate
    recall: Estimate
    f1: Estimate
    found: int
    gold: int
    predicted: int | None


def scores(units: Sequence[Mapping[Kind, Counts]]) -> dict[Kind, Score]:
    """Add up the counts of all units by kind, in order of first appearance, and estimate how far chance moves each figure.

    The interval is that of the percentile bootstrap: 1000 times as many units as there are (documents, say) are drawn with
    replacement, always the same ones; 2.5 % of the draws lie below it and 2.5 % above.

    Source: Efron, Tibshirani, "An Introduction to the Bootstrap", 1993, section 13.3.

    >>> score = scores([{"Task": Counts(1, 2, 1)}, {"Task": Counts(2, 2, 4)}])["Task"]
    >>> score.precision.value, score.recall.value, round(score.f1.value, 3)
    (0.6, 0.75, 0.667)
    """
    kinds = list(dict.fromkeys(kind for unit in units for kind in unit))
    # None becomes NaN, and with it all that is computed from it
    table = np.array([[unit.get(kind, NOTHING) for kind in kinds] for unit in units], dtype=np.float64)
    table = table.reshape(len(units), len(kinds), 3)
    drawn = _shares(_resampled(table))
    value = _shares(table.sum(axis=0)[None])[0]
    with np.errstate(invalid="ignore"):
        low, high = (_quantile(drawn, level) for level in _LEVELS)
    result = {}
    for k, kind in enumerate(kinds):
        precision, recall, f1 = (Estimate(_number(value[k, s]), _number(low[k, s]), _number(high[k, s])) for s in range(3))
        found, gold, predicted = table[:, k].sum(axis=0)
        result[kind] = Score(precision, recall, f1, int(found), int(gold), None if np.isnan(predicted) else int(predicted))
    return result


def _resampled(table: Floats) -> Floats:
    """Give the sums of the counts over each draw, of shape (draws, kinds, 3)."""
    units = len(table)
    flat = table.reshape(units, -1)
    generator = np.random.default_rng(_SEED)
    equal = np.full(units, 1 / units)
    sums = [generator.multinomial(units, equal, size=_CHUNK) @ flat for _ in range(RESAMPLES // _CHUNK)]
    return np.concatenate(sums).reshape(RESAMPLES, *table.shape[1:])


def _shares(counts: Floats) -> Floats:
    """Give precision, recall and F1 of counts of shape (n, kinds, 3) in the same shape; NaN where there is nothing to divide by."""
    found, gold, predicted = (counts[..., i] for i in range(3))
    with np.errstate(invalid="ignore", divide="ignore"):
        f1 = np.where(gold > 0, 2 * found / (gold + predicted), np.nan)
        shares: Floats = np.stack([found / predicted, found / gold, f1], axis=-1)
    return shares


def _quantile(drawn: Floats, level: float) -> Floats:
    """Give a quantile over the draws in which a share is defined; NaN where it is so in none."""
    ordered = np.sort(drawn, axis=0)  # NaN sorts to the end
    defined = (~np.isnan(drawn)).sum(axis=0)
    place = np.clip(np.rint(level * (defined - 1)), 0, None).astype(np.intp)
    chosen: Floats = np.take_along_axis(ordered, place[None], axis=0)[0]
    return chosen


def _number(value: np.float64) -> float | None:
    return None if np.isnan(value) else float(value)
