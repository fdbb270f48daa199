"""Choose which of several papers gives a record its title, or none where two come near.

A text may stand, in part, under two titles: a paper and its extended version, two papers of one group. What tells them
apart is how far the best is ahead of the next other title; where that is little, a missing title is better than a wrong one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from confgraph.records import Reason
from confgraph.resolve import score
from confgraph.resolve.judge import SAME_FROM
from confgraph.resolve.outlines import FEATURES, SAME_TITLE, title_similarity

MARGIN: Final = 0.01
"""How far the best must be ahead of the next other title, in sums of reasons."""

_LIST_MARGIN: Final = 0.1
"""The same where only the authors and the words of the title speak for the best; two papers of one list share such words."""


class Candidate(NamedTuple):
    """A paper that may be the one: the words of its title, joined, and what speaks for it and against it."""

    title: str
    reasons: tuple[Reason, ...]

    @property
    def support(self) -> float:
        """Sum up the reasons; unlike the score, the sum tells apart what is beyond doubt."""
        return sum(r.value * r.weight for r in self.reasons)


class Choice(NamedTuple):
    """The candidate that was chosen, by its position, with its reasons and how far the runner-up is behind."""

    chosen: int
    reasons: tuple[Reason, ...]


def choose(candidates: Sequence[Candidate], margin: float = MARGIN) -> Choice | None:
    """Choose the best candidate; None where its score does not suffice, or another title comes near.

    Of candidates with one title, the first of the best is taken: they are one paper, listed more than once.
    """
    if not candidates:
        return None
    order = sorted(range(len(candidates)), key=lambda i: (-candidates[i].support, i))
    best = candidates[order[0]]
    if score.total(best.reasons) < SAME_FROM:
        return None
    others = [candidates[i] for i in order[1:] if title_similarity(candidates[i].title, best.title) < SAME_TITLE]
    if not others:
        return Choice(order[0], (*best.reasons, FEATURES.reason("runner-up", 0.0, "no other title shares its words")))
    ahead = best.support - others[0].support
    listed = any(reason.feature == "same list of authors" for reason in best.reasons)
    if ahead < (max(margin, _LIST_MARGIN) if listed else margin):
        return None
    note = f"{others[0].title!r}, {ahead:.2f} behind"
    return Choice(order[0], (*best.reasons, FEATURES.reason("runner-up", score.total(others[0].reasons), note)))
