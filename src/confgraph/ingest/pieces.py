"""Look at the lines of a listing as pieces: what marks, labels and form each has, for the reader that learns the page's pattern.

A line may hold more than one piece (`Title | People`); marks that recur (numbers, bullets, emphasis) and labels
are parted from the words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from confgraph.ingest import abstracts
from confgraph.ingest.affiliations import is_institution, names_institution, opens_with_key, read_affiliated
from confgraph.ingest.cells import Cut, cut, learn, names_places
from confgraph.ingest.headings import is_day, is_session
from confgraph.ingest.labels import read_by, read_label
from confgraph.ingest.lines import Line, count_words, ends_sentence, from_place, is_menu
from confgraph.ingest.marks import PAIRS, TIME, recurring_series, series, strip
from confgraph.ingest.names import has_case, in_title_case, is_lower_case_name, is_name
from confgraph.ingest.notes import is_note
from confgraph.ingest.people import is_author_list, lists_people, reads_on, split_authors
from confgraph.ingest.workplaces import read_placed, read_researchers
from confgraph.records import Author

_CHROME: Final = re.compile(
    r"cookie|javascript|©|\(c\) ?(?:19|20)\d\d|all rights reserved|privacy|impressum|datenschutz|imprint|mentions légales"
    r"|terms of|browser|newsletter",
    re.IGNORECASE,
)
_VERBS: Final = re.compile(
    r"""(?<!\w)(?:we|our|us|is|are|was|were|be|been|has|have|had|can|cannot|may|will|this|these|that|which|it|its|their|they|such|however|also|thus
      |propose[sd]?|shows?|wir|ist|sind|wird|werden|diese[rsmn]?|nous|est|sont|cette|ces|dans|une|les|este|esta|una|los|que|для|мы|это|что|является|이|있다
      |한다)(?!\w)|我们|我們|本文|提出|この|する|した|ます|です""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words of sentences that titles hardly hold."""
_DANGLING: Final = re.compile(
    r"\s(?:a|an|the|of|for|from|in|on|to|with|via|by|and|or|using|its|der|die|das|des|und|für|von|mit|de|du|et|pour)$"
)
"""Words that end no title and no line of people."""
_ENOUGH: Final = 600
_INNER: Final = re.compile(r"[a-zß-ÿ\d)\]][.!?]\s+[A-Z\"“]|[。！？]\S")
_WRAP_RANGE: Final = range(45, 131)
_FEWEST_BREAKS: Final = 6
_SHARE_OF_BREAKS: Final = 0.5
_RECURS: Final = 3
_BY: Final = "by "
"""Counts the lines that open with a label of people, beside labels with a colon."""
_WITHIN: Final = {"note": 0, "chrome": 0, "heading": 0}
"""What a line that goes on from a sentence above is not."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A line, or a cell of one: `body` is it without marks and label, `signs` its features by name, `gap` tells a blank line above."""

    line: Line
    body: Line
    signs: tuple[int, ...]
    gap: bool


FEATURES: Final = {
    "people": ("none", "one", "several", "placed", "odd"),
    "words": ("1", "2-3", "4-7", "8-14", "15-30", "31+"),
    "end": ("none", "stop", "asks", "open"),
    "start": ("capital", "small", "other"),
    "number": ("none", "number", "bullet"),
    "print": ("plain", "bold", "italic", "quoted", "heading"),
    "indent": ("no", "yes"),
    "label": ("none", "title", "people", "place", "note", "abstract", "alone", "recurs"),
    "recurs": ("no", "yes"),
    "note": ("no", "yes"),
    "place": ("no", "yes", "keyed"),
    "tight": ("no", "yes"),
    "case": ("sentence", "title", "upper", "none"),
    "chrome": ("no", "menu", "legal"),
    "heading": ("no", "yes"),
    "sentences": ("no", "yes"),
    "verbs": ("none", "one", "more"),
}
"""The features of a piece and their values."""
_NONE, _ONE, _SEVERAL, _PLACED, _ODD = range(5)
"""How a piece names people: the values of `people` by their place."""
_LONGEST_LIST: Final = 1_000
"""In characters: what is longer is not split into people."""


def split_pieces(text: str, lines: Sequence[Line]) -> list[Piece]:
    """Give the pieces of a page in order."""
    lines = [line for line in lines if any(c.isalnum() for c in line.text)]
    bare = [strip(line) for line in lines]
    numbered = recurring_series(lines, bare)
    labels = Counter(found.name for line in lines if (found := read_label(line.text)))
    recurring = Counter(_key(line.text) for line in lines if len(line.text.split()) < 7)
    # A number counts where its style recurs: a title may open with one.
    bodies = [
        b if b.number in (None, "bullet", "time") or name in numbered else strip(line, numbered=False)
        for line, b, name in zip(lines, bare, series(lines, bare), strict=True)
    ]
    labels[_BY] = sum(bool(_names_people(b.line)) for b in bodies)
    way = learn(_sample([b.line for b in bodies]))
    width = _wrap_width(lines)
    pieces: list[Piece] = []
    for n, (line, (body, number, printed)) in enumerate(zip(lines, bodies, strict=True)):
        above = lines[n - 1] if n else None
        gap = above is None or line.index > above.index + 1
        tight = above is not None and not gap and _goes_on(above, bodies[n - 1].line, line, width)
        indent = line.start > 0 and text[line.start - 1] in " \t\u00a0"
        fixed = {
            "number": 0 if number is None else 1 + (number == "bullet"),
            "print": FEATURES["print"].index(printed or "plain"),
            "indent": int(indent),
            "tight": int(tight),
            "recurs": int(recurring[_key(line.text)] >= _RECURS),
        }
        parts = cut(way, body) if way else None
        for i, cell in enumerate(_cells(body, parts) if parts else [body]):
            rest, label = _unlabelled(cell, labels)
            signs = fixed | {"label": label} | _form(rest) | (_WITHIN if tight and _VERBS.search(bodies[n - 1].line.text) else {})
            pieces.append(Piece(line, rest, tuple(signs[name] for name in FEATURES), gap and i == 0))
    return pieces


def _sample(lines: Sequence[Line], size: int = 300) -> Sequence[Line]:
    """Take the beginning, middle and end of a long page."""
    middle = len(lines) // 2
    return lines if len(lines) <= 3 * size else [*lines[:size], *lines[middle : middle + size], *lines[-size:]]


def _cells(body: Line, parts: Cut) -> list[Line]:
    places = sorted([parts.title, parts.people, *parts.rest])
    return [Line(p.start, p.end, body.text[p.start - body.start : p.end - body.start], body.index) for p in places]


def _unlabelled(line: Line, labels: Counter[str]) -> tuple[Line, int]:
    """Cut a label from a piece, and say of what sort it is: known ones, then those that recur on the page."""
    names = FEATURES["label"]
    if m := abstracts.LABEL.match(line.text):
        whole = m.end() == len(line.text)
        return (line, names.index("alone")) if whole else (from_place(line, m.end()), names.index("abstract"))
    label = read_label(line.text)
    if label is not None:
        if label.end == len(line.text):
            return line, names.index("alone" if label.kind else "none")
        if label.kind or labels[label.name] >= _RECURS:
            return from_place(line, label.end), names.index(label.kind or "recurs")
    if (end := read_by(line.text)) and (labels[_BY] >= _RECURS or _people(from_place(line, end))):
        return from_place(line, end), names.index("people")
    return line, 0


def _names_people(line: Line) -> int:
    """Tell whether a line opens with a label of people such as `by`, and people follow."""
    end = read_by(line.text)
    return _people(from_place(line, end)) if end else 0


def _form(line: Line) -> dict[str, int]:
    """Tell the form of a piece's words."""
    text = line.text
    words = count_words(text)
    long = words > 40
    people = 0 if long and _INNER.search(text) else _people(line)
    first = next((c for c in text if not c.isspace()), " ")
    return {
        "people": people,
        "words": next((i for i, most in enumerate((1, 3, 7, 14, 30)) if words <= most), 5),
        "end": 2
        if text.endswith(("?", "!", "？", "！"))
        else 1
        if ends_sentence(text)
        else 3
        if text.endswith((",", ";", ":", "-", "–", "&"))
        else 0,
        "start": 1 if first.islower() else 0 if first.isalpha() or first in "\"“«„'([$" else 2,
        "note": int(is_note(text) or bool((time := TIME.match(text)) and time.end() == len(text))),
        "place": 2 if opens_with_key(text) and not long else int(not people and not long and names_institution(text)),
        "case": 3 if not has_case(text) else 2 if text.isupper() else 1 if in_title_case(text) else 0,
        "chrome": 2 if _CHROME.search(text) else int(is_menu(text)),
        "heading": int(is_session(text) or is_day(text)),
        "sentences": int(bool(_INNER.search(text))),
        "verbs": min(len(_VERBS.findall(text[:_ENOUGH])), 2),
    }


def _people(line: Line) -> int:
    """Say how a piece names people: not at all, one, several, several with institutions, or perhaps."""
    text = line.text
    if reads_on(text):
        return _NONE
    if read_affiliated(line) or names_places(text) or read_placed(line) or _names_researchers(line):
        return _PLACED
    authors = split_authors(text, 0) if len(text) < _LONGEST_LIST else ()
    places = sum(is_institution(a.name) for a in authors)
    if places and 2 * places >= len(authors):
        return _NONE
    if lists_people(text):
        return _SEVERAL
    return _one_or_odd(authors)


def _one_or_odd(authors: Sequence[Author]) -> int:
    """Say how what a text is split into names people, where it does not read as a list of them."""
    if len(authors) == 1 and is_name(authors[0].name):
        return _ONE
    if any(a.others for a in authors):
        return _SEVERAL
    named = sum(is_name(a.name) or is_lower_case_name(a.name) for a in authors)
    return _ODD if len(authors) > 1 and 2 * named >= len(authors) else _NONE


def _names_researchers(line: Line) -> bool:
    """Tell whether a line is of people, if any, and those they work with, such as `Ada Lovelace, researchers at ETH`."""
    found = read_researchers(line)
    return found is not None and (found[0] == 0 or is_author_list(line.text[: found[0]]))


def _key(text: str) -> str:
    return re.sub(r"\d+", "0", text.casefold())


def _wrap_width(lines: Sequence[Line]) -> int | None:
    """Find the width at which the page's lines are wrapped, in characters, or None where they are not.

    A line break tells a range of widths: the line fits, and with the next line's first word it would not. The width is
    in most of these ranges.
    """
    steps: Counter[int] = Counter()
    breaks = 0
    for above, line in pairwise(lines):
        if line.index == above.index + 1 and (ends := _fitting(above, line)):
            steps[ends[0]] += 1
            steps[ends[1]] -= 1
            breaks += 1
    best, most, height = None, 0, 0
    for width in sorted(steps):
        height += steps[width]
        if height > most:
            best, most = width, height
    return best if most >= max(_FEWEST_BREAKS, _SHARE_OF_BREAKS * breaks) else None


def _goes_on(above: Line, body: Line, line: Line, width: int | None) -> bool:
    """Tell whether a line goes on the one above: it did not fit there, that ends in mid-phrase, or what that opens closes here.

    `body` is the line above without its marks: a number may stand outside the width.
    """
    if (width is not None and len(body.text) <= width < _room(above, line)) or _DANGLING.search(body.text):
        return True
    return any(body.text.startswith(a) and b not in body.text[len(a) :] and b in line.text for _, a, b in PAIRS)


def _fitting(above: Line, line: Line) -> tuple[int, int] | None:
    """Give the range `[fewest, most)` of widths at which the break between two lines is a wrap."""
    fewest = len(above.text)
    if not _WRAP_RANGE.start <= fewest < _WRAP_RANGE.stop:
        return None
    return fewest, _room(above, line)


def _room(above: Line, line: Line) -> int:
    """Give the width that the first word of a line would have needed on the line above."""
    return len(above.text) + 1 + len(line.text.split(maxsplit=1)[0])
