"""A person walks through uncertain pairs; what is answered stands in the file of decisions at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from confgraph.records import Decision, EntityKind, Judgement, MemberKey
from confgraph.resolve.keys import judgement_id
from confgraph.review import walk as walking
from confgraph.review.built import Seen

ONE, TWO, THREE = (MemberKey(f"method|name {number}") for number in ("one", "two", "three"))


class ThreePairs:
    """A build with three uncertain pairs of three members."""

    def __init__(self, _: Path) -> None:
        pairs = ((ONE, TWO), (TWO, THREE), (ONE, THREE))
        self.judgements = [
            Judgement(judgement_id(*pair), EntityKind.METHOD, *sorted(pair), Decision.OPEN, 0.69 - i / 100, (), "form")
            for i, pair in enumerate(pairs)
        ]

    def seen(self, key: MemberKey) -> Seen:
        return Seen(key, f"https://example.org/{key}", ())


@pytest.fixture(autouse=True)
def build(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "Built", ThreePairs)


def walked(decisions: Path, answers: Sequence[str]) -> tuple[int, list[str]]:
    """Walk with some answers; give the number of decisions and the questions."""
    asked: list[str] = []
    left = iter(answers)

    def ask(question: str) -> str | None:
        asked.append(question)
        return next(left, None)

    return walking.walk(decisions.parent, decisions, ask=ask, tell=lambda *_: None), asked


def decided(decisions: Path) -> list[str]:
    return [json.loads(line)["decision"] for line in decisions.read_text(encoding="utf-8").splitlines()]


def test_an_answer_that_contradicts_earlier_ones_is_told_and_asked_again(tmp_path: Path) -> None:
    count, asked = walked(tmp_path / "decisions.jsonl", ["y", "y", "n", "y"])
    assert count == 3
    assert decided(tmp_path / "decisions.jsonl") == ["same", "same", "same"]
    assert "decision 1 and decision 2 say that they are one" in asked[-1]


def test_skipped_pairs_are_not_written_and_the_end_is_the_end(tmp_path: Path) -> None:
    assert walked(tmp_path / "decisions.jsonl", ["skip", "what", "no", "q", "y"]) == (1, [walking._QUESTION] * 4)
    assert decided(tmp_path / "decisions.jsonl") == ["different"]
