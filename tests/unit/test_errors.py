"""Errors say where, what and what to do; they survive a process boundary."""

from __future__ import annotations

import pickle

import pytest

from confgraph import errors

KINDS = sorted(
    (kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.ConfgraphError)), key=lambda k: k.__name__
)


def test_all_kinds_are_collected_and_drawn_in_the_tree() -> None:
    assert len(KINDS) == 7
    assert all(kind.__name__ in (errors.__doc__ or "") for kind in KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_error_pickles_with_its_three_texts(kind: type[errors.ConfgraphError]) -> None:
    back = pickle.loads(pickle.dumps(kind("page.txt", "is empty", "leave it out")))  # noqa: S301 - its own bytes
    assert type(back) is kind
    assert (back.where, back.what, back.hint) == ("page.txt", "is empty", "leave it out")
    assert str(back) == "page.txt: is empty; leave it out"


@pytest.mark.parametrize(
    ("where", "hint", "expected"),
    [("", "", "is empty"), ("a.txt", "", "a.txt: is empty"), ("", "drop it", "is empty; drop it")],
)
def test_text_leaves_out_what_is_not_known(where: str, hint: str, expected: str) -> None:
    assert str(errors.SourceError(where, "is empty", hint)) == expected
