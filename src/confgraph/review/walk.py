"""Walk a person through the uncertain pairs of a build, and keep what is decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from confgraph.decisions import append, read_decisions
from confgraph.errors import ConfigError, UsageError
from confgraph.records import Decision, EntityKind, Judgement
from confgraph.resolve.rulings import Ruling, check
from confgraph.review.built import Built, Seen
from confgraph.review.explain import reason_lines
from confgraph.review.uncertain import uncertain

Ask = Callable[[str], str | None]
"""Asks a question and gives the answer in small letters, None where there will be no more."""
Tell = Callable[[str, Sequence[Sequence[str]], Sequence[str]], None]
"""Shows a title, the lines of each of two members, and the lines of the reasons."""

_QUESTION: Final = "One thing? y(es), n(o), s(kip), q(uit):"
_ANSWERS: Final[Mapping[str | None, Decision]] = {
    **dict.fromkeys(("y", "yes"), Decision.SAME),
    **dict.fromkeys(("n", "no"), Decision.DIFFERENT),
    **dict.fromkeys(("s", "skip", ""), Decision.OPEN),
}
_END: Final = frozenset((None, "q", "quit"))


def walk(out: Path, decisions: Path, *, ask: Ask, tell: Tell, kind: str | None = None, by: str = "") -> int:
    """Show the uncertain pairs of a build that the file of decisions does not hold, and write each answer to it at once.

    Gives the number of decisions. What contradicts earlier decisions is told, and asked again.

    Raises:
        UsageError: there is no such kind.
        OutputError: `out` is no build, or the file cannot be written.
        SourceError, ConfigError: the file of decisions cannot be used.
    """
    if kind is not None and kind not in list(EntityKind):
        raise UsageError("review", f"{kind!r} is no kind of entity", f"choose one of: {', '.join(EntityKind)}")
    built = Built(out)
    rulings = [*(read_decisions([decisions]).rulings if decisions.exists() else ())]
    check(rulings)
    pairs = uncertain(built.judgements, {frozenset((ruling.left, ruling.right)) for ruling in rulings}, kind)
    count = 0
    for number, judged in enumerate(pairs, 1):
        now = {Decision.SAME: "merged now", Decision.DIFFERENT: "kept apart now", Decision.OPEN: "not merged now"}[judged.decision]
        title = f"{number} of {len(pairs)}: {judged.kind}, score {judged.score:.2f}, {now}"
        tell(title, [_lines(built.seen(key)) for key in (judged.left, judged.right)], [*reason_lines(judged)])
        ruling = _decided(ask, judged, rulings, by)
        if ruling is None:
            break
        if ruling.decision is not Decision.OPEN:
            append(decisions, [ruling])
            rulings.append(ruling)
            count += 1
    return count


def _decided(ask: Ask, judged: Judgement, rulings: Sequence[Ruling], by: str) -> Ruling | None:
    """Ask until the answer is one that may stand beside the rulings; OPEN for a skipped pair, None for the end."""
    question = _QUESTION
    while (answer := ask(question)) not in _END:
        if answer in _ANSWERS:
            ruling = Ruling(judged.left, judged.right, _ANSWERS[answer], f"decision {len(rulings) + 1}", by)
            try:
                check([*rulings, ruling])
            except ConfigError as error:
                question = f"This cannot be: {error.where} {error.what}.\n{_QUESTION}"
            else:
                return ruling
    return None


def _lines(seen: Seen) -> list[str]:
    return [seen.key, *(quote.shown for quote in seen.quotes)]
