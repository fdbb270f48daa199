"""Walk a person through the uncertain pairs of a build, and keep what is decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from confgraph.decisions import append, read_decisions
from confgraph.errors import UsageError
from confgraph.records import Decision, EntityKind
from confgraph.resolve.rulings import Ruling, check
from confgraph.review.built import Built, Seen
from confgraph.review.explain import reason_lines
from confgraph.review.uncertain import uncertain

Ask = Callable[[str], str | None]
"""Asks a question and gives the answer in small letters, None where there will be no more."""
Tell = Callable[[str, Sequence[Sequence[str]], Sequence[str]], None]
"""Shows a title, the lines of each of two members, and the lines of the reasons."""

_QUESTION: Final = "One thing? y(es), n(o), s(kip), q(uit):"
_ANSWERS: Final = {"y": Decision.SAME, "yes": Decision.SAME, "n": Decision.DIFFERENT, "no": Decision.DIFFERENT}
_PASS: Final = frozenset(("s", "skip", ""))
_END: Final = frozenset((None, "q", "quit"))


def walk(out: Path, decisions: Path, *, ask: Ask, tell: Tell, kind: str | None = None, by: str = "") -> int:
    """Show the uncertain pairs of a build that the file of decisions does not hold, and write each answer to it at once.

    Gives the number of decisions. What contradicts earlier decisions is told, and not written.

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
        answer = _answer(ask)
        if answer is None:
            break
        if answer is Decision.OPEN:
            continue
        ruling = Ruling(judged.left, judged.right, answer, f"decision {len(rulings) + 1}", by)
        check([*rulings, ruling])
        append(decisions, [ruling])
        rulings.append(ruling)
        count += 1
    return count


def _answer(ask: Ask) -> Decision | None:
    """Ask until the answer is one: a decision, OPEN for a skipped pair, None for the end."""
    while True:
        answer = ask(_QUESTION)
        if answer in _END:
            return None
        if answer in _PASS:
            return Decision.OPEN
        if answer in _ANSWERS:
            return _ANSWERS[answer]


def _lines(seen: Seen) -> list[str]:
    return [seen.key, *(quote.shown for quote in seen.quotes)]
