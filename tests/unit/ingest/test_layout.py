"""A layout of another package that fails is named in the error, and none of its places leaves the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from confgraph.errors import ConfigError
from confgraph.ingest import Draft, Layout, Sketch, ingest, layout, layouts
from confgraph.records import Page, PageId, RecordKind, Span

PAGE = Page("p.txt", "Marsh Net, a network of reeds\n", PageId("0" * 64))


def fail(*_: object) -> Any:
    message = "no reeds"
    raise ValueError(message)


def drafts(*spans: tuple[Span, Span | None]) -> Callable[..., Sketch]:
    return lambda *_: Sketch(tuple(Draft(RecordKind.PAPER, span, title=title) for span, title in spans))


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    def points(**loads: Callable[[], object]) -> None:
        found = [SimpleNamespace(name=name, value=f"{name}:x", dist=None, load=load) for name, load in loads.items()]
        monkeypatch.setattr(layout, "entry_points", lambda group: found if group == "confgraph.layouts" else [])
        layout.registered.cache_clear()

    yield points
    layout.registered.cache_clear()


def test_a_layout_that_fits_best_reads(register: Callable[..., None]) -> None:
    register(zoo=lambda: Layout("zoo", lambda _: 1.0, drafts((Span(0, 29), Span(0, 9)))))
    reading = ingest(PAGE)
    assert (reading.layout, [record.title for record in reading.records]) == ("zoo", ["Marsh Net"])


@pytest.mark.parametrize(
    ("load", "says"),
    [
        (fail, "zoo.*cannot be loaded .*no reeds"),
        (lambda: 3, "zoo.*is a int"),
        (lambda: Layout("lab", fail, fail), "zoo.*'lab', which is taken"),
    ],
)
def test_what_is_no_layout_is_refused(register: Callable[..., None], load: Callable[[], object], says: str) -> None:
    register(zoo=load)
    with pytest.raises(ConfigError, match=says):
        layouts()


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (Layout("zoo", fail, fail), "zoo.*cannot score"),
        (Layout("zoo", lambda _: 1.0, fail), "zoo.*cannot read .*no reeds"),
        (Layout("zoo", lambda _: 1.0, lambda *_: None), "zoo.*gives a NoneType"),  # type: ignore[arg-type,return-value]
        (Layout("zoo", lambda _: 1.0, drafts((Span(0, 99), None))), "zoo.*not on the page"),
        (Layout("zoo", lambda _: 1.0, drafts((Span(0, 9), None), (Span(5, 12), None))), "zoo.*not behind the one before"),
        (Layout("zoo", lambda _: 1.0, drafts((Span(0, 9), Span(3, 12)))), "zoo.*not inside its entry"),
    ],
)
def test_what_a_layout_may_not_do(register: Callable[..., None], made: Layout, says: str) -> None:
    register(zoo=lambda: made)
    with pytest.raises(ConfigError, match=says):
        ingest(PAGE)
