"""List the pairs that a person should look at: merges on little, what nearly merged, and what was kept apart although alike."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from confgraph.records import Decision, Judgement
from confgraph.resolve.cluster import DECIDED
from confgraph.resolve.judge import OPEN_FROM, SAME_FROM

_SURE_FROM: Final = 0.9
"""Score from which a merge rests on more than two middling reasons."""


def uncertain(judgements: Collection[Judgement], decided: Collection[frozenset[str]] = (), kind: str | None = None) -> list[Judgement]:
    """Give the uncertain judgements that nobody decided, of one kind or all, those nearest to the border of merging first."""
    found = [
        judged
        for judged in judgements
        if judged.by != DECIDED
        and frozenset((judged.left, judged.right)) not in decided
        and kind in (None, judged.kind)
        and _is_uncertain(judged)
    ]
    return sorted(found, key=lambda judged: (round(abs(judged.score - SAME_FROM), 2), judged.left, judged.right))


def _is_uncertain(judged: Judgement) -> bool:
    match judged.decision:
        case Decision.SAME:
            return judged.score < _SURE_FROM
        case Decision.DIFFERENT:
            return judged.score >= OPEN_FROM
        case Decision.OPEN:
            return True
