"""Read a listing of no known layout by the pattern that the page itself repeats.

Every line gets a role (title, people, abstract, ...) from what it looks like and from the order of roles that recurs on the page;
entries are cut where that order starts again. No text with words is refused: where nothing stands out, all of it is one record.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from confgraph.ingest import roles
from confgraph.ingest.affiliations import opens_with_key, read_affiliated, read_commas, read_keys, resolve
from confgraph.ingest.cells import names_places
from confgraph.ingest.entries import Entry, cut_entries
from confgraph.ingest.lines import Line, count_words, cover, ends_sentence, is_menu, is_prose, upto_place
from confgraph.ingest.marks import TIME, strip, unquoted, without_stops
from confgraph.ingest.names import in_title_case
from confgraph.ingest.notes import read_ids, read_keywords, read_links, read_room
from confgraph.ingest.people import split_groups, split_listed, surnames_first
from confgraph.ingest.pieces import split_pieces
from confgraph.ingest.sketch import Draft, Sketch
from confgraph.ingest.workplaces import read_placed, read_researchers
from confgraph.records import Author, RecordKind, Span, TextClass

_SCORE: Final = 0.6
"""Other layouts read what fits them better than this."""
_FEWEST_WORDS: Final = 3
_TITLE_WORDS: Final = 40
_INNER_END: Final = re.compile(r"[.!?…]\s+(?=\S)|[。！？](?=\S)")
_ASKS: Final = ("?", "!", "？", "！")


def score(lines: Sequence[Line]) -> float:
    """Say that any text can be read, though every other layout that fits is better."""
    return _SCORE if lines else 0.0


def read(text: str, lines: Sequence[Line]) -> Sketch:
    """Find the entries of a listing by the pattern that repeats."""
    pieces = split_pieces(text, lines)
    found = roles.decode(pieces)
    entries = cut_entries(pieces, found)
    _part_places(entries)
    style = _style(entries)
    drafts = without_stops(text, [_draft(text, entry, style) for entry in entries])
    marks = [(piece.line.span, TextClass.FACT) for piece, role in zip(pieces, found, strict=True) if role == roles.SESSION and drafts]
    return Sketch(tuple(drafts or _whole(lines)), tuple(marks))


def _part_places(entries: Sequence[Entry]) -> None:
    """Where most entries have one line of people and places below it, the second line of people of others holds places."""
    usual = sum(len(entry.people) == 1 and bool(entry.places) for entry in entries)
    for entry in entries:
        if 2 * usual > len(entries) and len(entry.people) == 2 and not entry.places:
            entry.places.append(entry.people.pop())


def _style(entries: Sequence[Entry]) -> str:
    """Say what commas in most lists of people part: `places` from names, or given names from `surnames`; else nothing."""
    texts = [piece.body.text for entry in entries for piece in entry.people if "," in piece.body.text]
    if 2 * sum(map(names_places, texts)) > len(texts):
        return "places"
    return "surnames" if surnames_first(texts) else ""


def _draft(text: str, entry: Entry, style: str) -> Draft:
    authors, groups, places = _people(text, entry, style)
    title = unquoted(text, Span(entry.title[0].body.start, entry.title[-1].body.end)) if entry.title else None
    pieces = entry.pieces()
    notes = [strip(piece.line).line for piece in entry.notes]
    time = next((found for line in (pieces[0].line, *notes) if (found := _time(line))), (None, None))
    return Draft(
        kind=RecordKind.PAPER,
        span=Span(pieces[0].line.start, max(piece.body.end for piece in pieces)),
        title=title,
        authors=authors,
        groups=groups + places,
        abstract=Span(entry.body[0].body.start, entry.body[-1].body.end) if entry.body else None,
        session=entry.session,
        room=next((room for note in notes if (room := read_room(note))), None),
        start_time=time[0],
        end_time=time[1],
        keywords=tuple(keyword for note in notes for keyword in read_keywords(note)),
        ids=tuple(found for note in notes for found in read_ids(note)),
        links=tuple(link for note in notes for link in read_links(note)),
    )


def _time(line: Line) -> tuple[Span, Span | None] | None:
    """Read the time, or range of times, that opens a line."""
    m = TIME.match(line.text)
    if not m:
        return None
    end = Span(line.start + m.start("end"), line.start + m.end("end")) if m["end"] else None
    return Span(line.start + m.start("start"), line.start + m.end("start")), end


def _people(text: str, entry: Entry, style: str) -> tuple[tuple[Author, ...], tuple[Span, ...], tuple[Span, ...]]:
    """Read the people of an entry with their institutions, the groups among them, and institutions that are nobody's in particular."""
    keys = read_keys(piece.body for piece in entry.places if opens_with_key(piece.body.text))
    loose = [piece.body for piece in entry.places if not opens_with_key(piece.body.text)]
    authors: list[Author] = []
    shared: list[Span] = []
    for n, piece in enumerate(entry.people):
        end = entry.people[n + 1].body.start if n + 1 < len(entry.people) else text_end(entry)
        own = [place for place in loose if piece.body.end <= place.start < end]
        body = piece.body
        if works := read_researchers(body):
            shared += works[1]
            body = upto_place(body, works[0])
        read = _read(text, body, keys, style)
        if len(own) == 1 and ";" not in own[0].text:
            read = tuple(a if a.affiliations else replace(a, affiliations=(own[0].text,)) for a in read)
            loose = [place for place in loose if place is not own[0]]
        authors += read
    people, groups = split_groups(authors)
    return people, groups, (*shared, *(place.span for place in loose))


def text_end(entry: Entry) -> int:
    """Give the end of an entry's last piece."""
    return entry.pieces()[-1].body.end


def _read(text: str, line: Line, keys: dict[str, Span], style: str) -> tuple[Author, ...]:
    if affiliated := read_affiliated(line):
        return affiliated
    if (style == "places" and "," in line.text) or names_places(line.text):
        return read_commas(line)
    if placed := read_placed(line):
        return placed
    return resolve(text, split_listed(line.text, line.start, turned=style == "surnames"), keys)


def _is_title(line: Line) -> bool:
    """Tell whether a line can be a title: words that start like one and are neither sentences nor a menu entry."""
    text = line.text
    letters = next((c for c in text if c.isalpha()), "")
    named = bool(letters) and count_words(text) <= _TITLE_WORDS and (not text[0].islower() or any(c.isupper() for c in text.split()[0]))
    return named and not is_menu(text) and not _is_sentences(text)


def _is_sentences(text: str) -> bool:
    """Tell whether a text is a sentence or more: it closes as one does, and is neither a lone question nor in title case."""
    if not ends_sentence(text) or count_words(text) < _FEWEST_WORDS:
        return False
    return bool(_INNER_END.search(text)) or not (text.endswith(_ASKS) or in_title_case(text) or is_menu(text))


def _whole(lines: Sequence[Line]) -> list[Draft]:
    """Where nothing stands out, the text is one record: its first line is the title if it can be one, the rest the abstract."""
    body = [line for line in lines if any(c.isalpha() for c in line.text)]
    while body and is_menu(body[0].text) and not is_prose(body[0].text):
        body.pop(0)
    if max((count_words(line.text) for line in body), default=0) < _FEWEST_WORDS:
        return []
    runs_on = len(body) > 1 and body[1].index == body[0].index + 1 and body[1].text[0].islower()
    title = body.pop(0) if _is_title(body[0]) and not runs_on else None
    if not body:
        return [Draft(RecordKind.PAPER, title.span, title=title.span)] if title else []
    return [Draft(RecordKind.PAPER, cover([*([title] if title else []), *body]), title=title.span if title else None, abstract=cover(body))]
