"""What a layout is, and those that other packages register."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from typing import Final

from confgraph.errors import ConfigError
from confgraph.ingest.lines import Line
from confgraph.ingest.sketch import Draft, Sketch
from confgraph.records import Span

GROUP: Final = "confgraph.layouts"
"""The group of entry points in which a package registers a `Layout`."""

_HINT: Final = "correct that package, or uninstall it"


@dataclass(frozen=True, slots=True)
class Layout:
    """A way in which pages are written: `score` says how well lines fit it, in [0, 1]; `read` finds what stands where."""

    name: str
    score: Callable[[Sequence[Line]], float]
    read: Callable[[str, Sequence[Line]], Sketch]


@cache
def registered(own: frozenset[str]) -> tuple[Layout, ...]:
    """Load the layouts that other packages register, sorted by name; what they give is checked. `own` are names that are taken.

    Raises:
        ConfigError: one cannot be loaded, is no layout, or has the name of another.
    """
    found: dict[str, Layout] = {}
    for point in sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value)):
        where = f"the layout {point.name!r} of {point.dist.name if point.dist else point.value}"
        try:
            layout = point.load()
        except Exception as error:
            raise ConfigError(where, f"cannot be loaded ({type(error).__name__}: {error})", _HINT) from error
        if not isinstance(layout, Layout):
            raise ConfigError(where, f"is a {type(layout).__name__}, no confgraph.ingest.Layout", _HINT)
        if layout.name in own or layout.name in found:
            raise ConfigError(where, f"has the name {layout.name!r}, which is taken", _HINT)
        found[layout.name] = _checked(layout, where)
    return tuple(found[name] for name in sorted(found))


def _checked(layout: Layout, where: str) -> Layout:
    """Give the layout with errors that name it, and with its places checked."""

    def score(lines: Sequence[Line]) -> float:
        try:
            return float(layout.score(lines))
        except Exception as error:
            raise ConfigError(where, f"cannot score a page ({type(error).__name__}: {error})", _HINT) from error

    def read(text: str, lines: Sequence[Line]) -> Sketch:
        try:
            sketch = layout.read(text, lines)
        except Exception as error:
            raise ConfigError(where, f"cannot read a page ({type(error).__name__}: {error})", _HINT) from error
        if not isinstance(sketch, Sketch):
            raise ConfigError(where, f"gives a {type(sketch).__name__}, no confgraph.ingest.Sketch", _HINT)
        last = 0
        for draft in sketch.drafts:
            if draft.span.start < last or not draft.span.start < draft.span.end <= len(text):
                raise ConfigError(where, f"gives an entry at {draft.span}, which is not on the page or not behind the one before", _HINT)
            last = draft.span.end
            if outside := [place for place in _places(draft) if not draft.span.start <= place.start < place.end <= draft.span.end]:
                raise ConfigError(where, f"gives a field at {outside[0]}, which is not inside its entry at {draft.span}", _HINT)
        return sketch

    return Layout(layout.name, score, read)


def _places(draft: Draft) -> Iterator[Span]:
    """Yield the places of the fields of an entry, but for the session, whose heading may stand above several entries."""
    alone = (draft.title, draft.abstract, draft.room, draft.track, draft.venue, draft.start_time, draft.end_time, draft.year)
    yield from (place for place in alone if place is not None)
    yield from (*draft.groups, *draft.keywords, *draft.links, *(place for _, place in draft.ids))
    yield from (Span(author.start, author.end) for author in draft.authors)
    yield from (Span(talk.start, talk.end) for talk in draft.talks)
