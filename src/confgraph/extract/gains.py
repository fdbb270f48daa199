"""Tell a reported change (`3.2% better`, `27% fewer`, `9×`) from a reported score, and tolerances from both.

The number of a change says nothing about a dataset without what it is compared with, so its unit says what it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from confgraph.extract.tokens import Word

TIMES: Final = "×"
_POINTS: Final = "percentage points"

_LESS: Final = frozenset(
    """
    less fewer lower smaller slower cheaper lighter shorter reduce reduces reducing reduced reduction reductions lowers lowering decrease
    decreases decreasing decreased drop drops dropped dropping cut cuts cutting save saves saving savings decline declines lose loses loss
    degradation degrades shrinks
    """.split()
)
_MORE: Final = frozenset(
    """
    more higher larger greater faster longer increase increases increasing increased rise rises rising raise raises grows speedup speed-up
    speedups acceleration accelerate accelerates speeds
    """.split()
)
_BETTER: Final = frozenset(
    """
    better improve improves improving improved improvement improvements boost boosts boosting boosted gain gains enhance enhances enhancing
    enhancement outperform outperforms outperforming outperformed surpass surpasses surpassing surpassed exceed exceeds exceeding beat beats
    """.split()
)
_NEUTRAL: Final = frozenset("relative absolute difference differences margin gap change changes".split())
_CHANGE: Final = _LESS | _MORE | _BETTER | _NEUTRAL
_NOUNS: Final = frozenset(
    """
    reduction reductions decrease drop decline loss degradation savings increase rise speedup speed-up speedups acceleration improvement
    improvements boost gain gains enhancement difference differences margin gap change changes
    """.split()
)
_DIRECT: Final = frozenset("gains gain gaining saves save saving loses lose".split())
"""Verbs whose object is the change itself: `gains 1% accuracy`."""
_HEDGES: Final = frozenset(
    """
    up to over about around nearly roughly approximately almost at least more than as much many an a average of only just from between ~ ≈ +
    and or % \\
    """.split()
)
_TOLERANCES: Final = frozenset("within ± \\pm".split())
_RELATIVE: Final = frozenset({"relative", "relatively"})
_ABSOLUTE: Final = frozenset({"point", "points", "pp", "absolute"})
_AFTER: Final = 4
_BEFORE: Final = 14


def is_tolerance(words: Sequence[Word], at: int) -> bool:
    """Tell whether the number at word `at` bounds a difference (`within 1%`, `± 0.2`) and so measures nothing."""
    i = _hedged(words, at)
    return i > 0 and words[i - 1].lower in _TOLERANCES


def unit_of_change(words: Sequence[Word], at: int, after: int, unit: str, metrics: frozenset[int]) -> str | None:
    """Give the unit that says what sort of change the number at words `[at, after)` is, or None where it is a score.

    `unit` is as printed, `metrics` the tokens that stand in a metric's name (`relative score` is no change).
    """
    if unit in ("x", TIMES) or "times" in unit or unit.endswith("fold"):
        return TIMES
    cue = _cue_after(words, after, metrics) or _cue_before(words, at)
    if cue is None or cue == "factor":
        return TIMES if cue else None
    if not unit or "point" in unit or unit == "pp":
        return "points" if unit in ("", "point", "points") else _POINTS
    near = {cue, *(w.lower for w in words[max(0, at - 2) : after + _AFTER])}
    if unit in ("%", "percent") and near & _ABSOLUTE:
        return _POINTS
    if near & _RELATIVE:
        return f"{unit} relative"
    return f"{unit} {_direction(cue)}"


def _direction(cue: str) -> str:
    for name, cues in (("less", _LESS), ("more", _MORE), ("better", _BETTER)):
        if cue in cues:
            return name
    return "difference"


def _is_number(word: Word) -> bool:
    return word.text[0].isdigit() or word.text in ("%", "|", "\\", "–")


def _cue_after(words: Sequence[Word], after: int, metrics: frozenset[int]) -> str | None:
    """Find a word of change right after a number, or after the further numbers of its list (`3%|4% gains`)."""
    i = after
    while i < len(words) and (
        _is_number(words[i]) or (words[i].lower in ("and", "to", "or") and i + 1 < len(words) and _is_number(words[i + 1]))
    ):
        i += 1
    for word in words[i : i + _AFTER - 1]:
        if not word.is_word or word.start in metrics:
            return None
        if word.lower in _CHANGE or word.lower == "relatively":
            return word.lower
    return None


def _cue_before(words: Sequence[Word], at: int) -> str | None:
    """Find the word of change that a number follows: `improves ... by up to 3%`, `a drop of 3%`, `gains 3%`."""
    i = _hedged(words, at)
    lead = [w.lower for w in words[i:at]]
    before = [w.lower for w in words[max(0, i - _BEFORE) : i]]
    if before[-3:] == ["by", "a", "factor"] or before[-1:] == ["factor"]:
        return "factor"
    if before[-1:] == ["by"]:
        return next((w for w in reversed(before) if w in _CHANGE), "change")
    if not before:
        return None
    return before[-1] if before[-1] in _DIRECT or (before[-1] in _NOUNS and "of" in lead) else None


def _hedged(words: Sequence[Word], at: int) -> int:
    """Give the index of the first of the hedges (`up to`, `an average of`) and numbers that lead to the number at `at`."""
    i = at
    while i and (words[i - 1].lower in _HEDGES or _is_number(words[i - 1])):
        i -= 1
    return i
