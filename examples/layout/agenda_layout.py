"""Teach confgraph a layout: agendas with one paper a line, as `14:00 | A Title | Ada Lovelace, Alan Turing`."""

import re
from collections.abc import Sequence

from confgraph.ingest import Draft, Layout, Line, Sketch, split_authors
from confgraph.records import RecordKind, Span

ENTRY = re.compile(r"(?P<time>\d\d:\d\d) \| (?P<title>[^|]+?) \| (?P<people>[^|]+)")


def score(lines: Sequence[Line]) -> float:
    """Say which share of the lines are entries."""
    return sum(bool(ENTRY.fullmatch(line.text)) for line in lines) / max(1, len(lines))


def read(_text: str, lines: Sequence[Line]) -> Sketch:
    """Say where the time, title and authors of each entry stand."""
    drafts = []
    for line in lines:
        if m := ENTRY.fullmatch(line.text):
            time, title = (Span(line.start + m.start(part), line.start + m.end(part)) for part in ("time", "title"))
            people = split_authors(m["people"], line.start + m.start("people"))
            drafts.append(Draft(RecordKind.PAPER, line.span, title=title, start_time=time, authors=people))
    return Sketch(tuple(drafts))


agenda = Layout("agenda", score, read)
