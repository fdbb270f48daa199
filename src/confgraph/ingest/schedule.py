"""Read schedules: a time before each title, the speakers with their institutions below or beside it, mostly no abstracts.

Tuesday, 12 December
09:00 - 09:15  A Title
    Ada Lovelace, University of London; Alan Turing, University of Manchester
09:15 - 09:30  Another Title
    ...
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from confgraph.ingest import abstracts
from confgraph.ingest.affiliations import read_affiliated, read_commas
from confgraph.ingest.cells import Way, cut, learn, names_places, read_people
from confgraph.ingest.headings import is_break, is_day, is_session
from confgraph.ingest.labels import read_by
from confgraph.ingest.lines import Line, cover, covered, from_place, is_menu, is_prose
from confgraph.ingest.marks import TIME
from confgraph.ingest.notes import read_room
from confgraph.ingest.people import is_author_list, split_authors
from confgraph.ingest.sketch import Draft, Sketch
from confgraph.records import Author, RecordKind, Span, TextClass

_CHAIR: Final = re.compile(r"^(?:session\s+)?(?:chairs?|moderators?|hosts?|leitung|présidence)\b", re.IGNORECASE)
_TALK: Final = re.compile(r"^(?:keynote|invited|plenary|talk|opening)\b", re.IGNORECASE)
_TUTORIAL: Final = re.compile(r"^tutorial\b", re.IGNORECASE)
_OPEN: Final = re.compile(r"(?:[-,:–&]|\b(?:a|an|and|for|from|in|of|on|the|to|via|with|by))$", re.IGNORECASE)
_FEWEST: Final = 3
_SAMPLE: Final = 500
"""How many entries the style is learnt from."""


@dataclass(frozen=True, slots=True)
class _Slot:
    """One time with what stands after it on its line, if anything, and the lines below it; `session` is the heading above."""

    line: Line
    time: re.Match[str]
    below: tuple[Line, ...]
    session: Span | None


def score(lines: Sequence[Line]) -> float:
    """Say which share of the lines that are no prose belongs to entries that open with a time and name people, in [0, 1]."""
    times = sum(TIME.match(line.text) is not None for line in lines)
    if times < _FEWEST:
        return 0.0
    drafts = _drafts(lines)
    named = sum(bool(draft.authors) for draft in drafts)
    return named / len(drafts) * covered(lines, [draft.span for draft in drafts]) if 2 * named > len(drafts) else 0.0


def read(text: str, lines: Sequence[Line]) -> Sketch:
    """Find the talks of a schedule; days, sessions and breaks between them are facts of the page."""
    del text  # all that counts here stands in whole lines
    drafts = tuple(_drafts(lines))
    marks = tuple((line.span, TextClass.FACT) for line in lines if _between(line))
    return Sketch(drafts, marks)


def _between(line: Line) -> bool:
    time = TIME.match(line.text)
    return is_day(line.text) or is_session(line.text) or bool(time and is_break(line.text[time.end() :]))


def _drafts(lines: Sequence[Line]) -> list[Draft]:
    slots = _slots(lines)
    titles = [title for slot in slots if (title := _title(slot))]
    way = learn(titles[:_SAMPLE])
    style = _style([slot.below[0] for slot in slots[:_SAMPLE] if slot.below])
    return [draft for slot in slots if (draft := _draft(slot, way, style))]


def _slots(lines: Sequence[Line]) -> list[_Slot]:
    """Cut a page at its times; an entry ends before the next heading, too."""
    slots: list[_Slot] = []
    session: Span | None = None
    i = 0
    while i < len(lines):
        line = lines[i]
        time = TIME.match(line.text)
        i += 1
        if not time:
            session = _session(line, session)
            continue
        rest = line.text[time.end() :]
        if is_session(rest) and (i == len(lines) or lines[i].index > line.index + 1 or TIME.match(lines[i].text)):
            session = Span(line.start + time.end(), line.end)
            continue
        start = i
        while i < len(lines) and not TIME.match(lines[i].text) and not _heads(lines, i):
            i += 1
        slots.append(_Slot(line, time, tuple(lines[start:i]), session))
    return slots


def _session(line: Line, session: Span | None) -> Span | None:
    return line.span if is_session(line.text) else None if is_day(line.text) else session


def _heads(lines: Sequence[Line], i: int) -> bool:
    """Tell whether a line below an entry heads what follows: a day, a session, or a short line after a blank one."""
    line = lines[i]
    apart = line.index > lines[i - 1].index + 1
    return (
        is_day(line.text)
        or is_session(line.text)
        or (apart and not is_prose(line.text) and not abstracts.LABEL.match(line.text) and not TIME.match(lines[i - 1].text))
    )


def _title(slot: _Slot) -> Line | None:
    """Give what follows the time as a line of its own."""
    at = slot.line.start + slot.time.end()
    text = slot.line.text[slot.time.end() :].rstrip(" |*_")
    return Line(at, at + len(text), text, slot.line.index) if text else None


def _style(lines: Sequence[Line]) -> str:
    """Say how most lines below the titles name people: with `brackets`, `commas` before the institution, or `plain`."""
    votes: Counter[str] = Counter()
    for line in lines:
        text = _unlabelled(line).text
        if read_affiliated(_unlabelled(line)):
            votes["brackets"] += 1
        elif names_places(text):
            votes["commas"] += 1
        elif is_author_list(text):
            votes["plain"] += 1
    return max(sorted(votes), key=lambda style: votes[style], default="none") if 2 * sum(votes.values()) >= len(lines) else "none"


def _unlabelled(line: Line) -> Line:
    return from_place(line, read_by(line.text))


def _draft(slot: _Slot, way: Way | None, style: str) -> Draft | None:
    below = [line for line in slot.below if not _CHAIR.match(line.text)]
    title = _title(slot)
    if title is None:
        if not below:
            return None
        title = below.pop(0)
    people: tuple[Author, ...] = ()
    place = title.span
    last = title
    if way and (parts := cut(way, title)):
        people, place = read_people(title, parts.people), parts.title
    elif below and _OPEN.search(title.text) and len(below) > 1 and not _names(below[0], style):
        place, last = Span(title.start, below[0].end), below.pop(0)
    if not people and below and (people := _names(below[0], style)):
        last = below.pop(0)
    if (is_break(title.text) or is_menu(title.text)) and not people:
        return None
    room = next((line for line in below[:2] if read_room(line)), None)
    body = abstracts.take(below, below.index(room) + 1 if room else 0, len(below))
    return Draft(
        kind=RecordKind.TUTORIAL if _TUTORIAL.match(title.text) else RecordKind.TALK if _TALK.match(title.text) else RecordKind.PAPER,
        span=cover([slot.line, last, *([room] if room else []), *body]),
        title=place,
        authors=people,
        abstract=abstracts.place(body),
        room=read_room(room) if room else None,
        session=slot.session,
        start_time=_group(slot, "start"),
        end_time=_group(slot, "end"),
    )


def _names(line: Line, style: str) -> tuple[Author, ...]:
    """Read a line below a title as most of the page's are to be read."""
    if (is_prose(line.text) and ";" not in line.text) or abstracts.LABEL.match(line.text) or read_room(line):
        return ()
    bare = _unlabelled(line)
    if style == "commas" and ";" in bare.text:
        return read_commas(bare)
    if affiliated := read_affiliated(bare):
        return affiliated
    if style == "commas" or names_places(bare.text):
        return read_commas(bare)
    return split_authors(bare.text, bare.start) if style == "plain" or is_author_list(bare.text) else ()


def _group(slot: _Slot, name: str) -> Span | None:
    m = slot.time
    return Span(slot.line.start + m.start(name), slot.line.start + m.end(name)) if m[name] else None
