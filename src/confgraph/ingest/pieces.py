"""Look at the lines of a listing as pieces: what marks, labels and form each has, for the reader that learns the page's pattern.

A line may hold more than one piece (`Title | People`); marks that recur (numbers, bullets, emphasis) and labels
are parted from the words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Final

from confgraph.ingest import abstracts
from confgraph.ingest.affiliations import is_institution, names_institution, opens_with_key, read_affiliated
from confgraph.ingest.cells import Cut, cut, learn, names_places
from confgraph.ingest.headings import is_day, is_session
from confgraph.ingest.labels import read_by, read_label
from confgraph.ingest.lines import Line, count_words, ends_sentence, from_place, is_menu
from confgraph.ingest.marks import TIME, Bare, recurring_series, series, strip
from confgraph.ingest.names import has_case, in_title_case, is_lower_case_name, is_name
from confgraph.ingest.notes import is_note
from confgraph.ingest.people import is_author_list, lists_people, reads_on, split_authors
from confgraph.ingest.workplaces import read_placed, read_researchers
from confgraph.ingest.wraps import goes_on, kind, kinds_widths, page_width, print_across
from confgraph.records import Author

_CHROME: Final = re.compile(
    r"cookie|javascript|(?<!\w)©|\(c\) ?(?:19|20)\d\d|all rights reserved|privacy|impressum|datenschutz|imprint|mentions légales"
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
_ENOUGH: Final = 600
_INNER: Final = re.compile(r"[a-zß-ÿ\d)\]][.!?]\s+[A-Z\"“]|[。！？]\S")
_SHARE_ALONE: Final = 0.25
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
    "alone": ("no", "yes"),
    "cell": ("none", "title", "people", "rest"),
}
"""The features of a piece and their values."""
_NONE, _ONE, _SEVERAL, _PLACED, _ODD = range(5)
"""How a piece names people: the values of `people` by their place."""
_LONGEST_LIST: Final = 1_000
"""In characters: what is longer is not split into people."""


def split_pieces(text: str, lines: Sequence[Line]) -> list[Piece]:
    """Give the pieces of a page in order."""
    lines = [line for line in lines if any(c.isalnum() for c in line.text)]
    bodies = _bodies(lines)
    distinct = dict.fromkeys(line.text for line in lines)  # a title with a colon that recurs as a whole has no label
    labels = Counter(found.name for words in distinct if (found := read_label(words)))
    labels[_BY] = sum(bool(_names_people(b.line)) for b in bodies)
    recurring = Counter(_key(line.text) for line in lines if len(line.text.split()) < 7)
    way = learn(_sample([b.line for b in bodies]))
    width = page_width(lines)
    widths = {} if width else kinds_widths(bodies)
    alone = _alone(lines)
    pieces: list[Piece] = []
    for n, (line, (body, number, printed)) in enumerate(zip(lines, bodies, strict=True)):
        above = lines[n - 1] if n else None
        gap = above is None or line.index > above.index + 1
        recurs = recurring[_key(line.text)] >= _RECURS
        own = above is None or gap or (_is_field(line.text, recurs=recurs) and not _runs_on(above.text))
        tight = not own and goes_on(lines[n - 1], bodies[n - 1].line, line, width or widths.get(kind(bodies[n - 1])))
        across = print_across(body, lines[n + 1 : n + 2]) if printed is None else None
        fixed = {
            "number": 0 if number is None else 1 + (number == "bullet"),
            "print": FEATURES["print"].index(across[0] if across else printed or "plain"),
            "indent": int(line.start > 0 and text[line.start - 1] in " \t\u00a0"),
            "alone": int(n in alone),
            "tight": int(tight),
            "recurs": int(recurs),
        }
        within = _WITHIN if tight and _VERBS.search(bodies[n - 1].line.text) else {}
        parts = cut(way, body) if way else None
        for i, cell in enumerate(_cells(body, parts) if parts else [body]):
            rest, label = _unlabelled(cell, labels)
            words = from_place(rest, across[1]) if across and rest is body else rest
            signs = fixed | {"label": label, "cell": _cell(cell, parts)} | _form(words) | within
            pieces.append(Piece(line, rest, tuple(signs[name] for name in FEATURES), gap and i == 0))
    return pieces


def _bodies(lines: Sequence[Line]) -> list[Bare]:
    """Part the marks from lines; a number counts where its style recurs: a title may open with one."""
    bare = [strip(line) for line in lines]
    numbered = recurring_series(lines, bare)
    return [
        b if b.number in (None, "bullet", "time") or name in numbered else strip(line, numbered=False)
        for line, b, name in zip(lines, bare, series(lines, bare), strict=True)
    ]


def _sample(lines: Sequence[Line], size: int = 300) -> Sequence[Line]:
    """Take the beginning, middle and end of a long page."""
    middle = len(lines) // 2
    return lines if len(lines) <= 3 * size else [*lines[:size], *lines[middle : middle + size], *lines[-size:]]


def _cell(cell: Line, parts: Cut | None) -> int:
    """Say what a cell of a divided line is."""
    kinds = {parts.title: "title", parts.people: "people"} if parts else {}
    return FEATURES["cell"].index(kinds.get(cell.span, "rest") if parts else "none")


def _cells(body: Line, parts: Cut) -> list[Line]:
    places = sorted([parts.title, parts.people, *parts.rest])
    return [Line(p.start, p.end, body.text[p.start - body.start : p.end - body.start], body.index) for p in places]


def _unlabelled(line: Line, labels: Counter[str]) -> tuple[Line, int]:
    """Cut a label from a piece, and say of what sort it is: known ones, then those that recur on the page."""
    names = FEATURES["label"]
    if m := abstracts.LABEL.match(line.text):
        whole = m.end() == len(line.text)
        return (line, names.index("alone")) if whole else (from_place(line, m.end()), names.index("abstract"))
    if abstracts.MISSING.match(line.text):
        return line, names.index("abstract")
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
        "verbs": sum(1 for _ in islice(_VERBS.finditer(text, 0, _ENOUGH), 2)),
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


def _alone(lines: Sequence[Line]) -> frozenset[int]:
    """Give the numbers of the lines between blank lines, where these are so few that they are set off from the others."""
    breaks = [0, *(n for n, (above, line) in enumerate(pairwise(lines), 1) if line.index > above.index + 1), len(lines)]
    alone = [start for start, end in pairwise(breaks) if end == start + 1]
    return frozenset(alone if len(alone) < _SHARE_ALONE * len(lines) else ())


def _is_field(text: str, *, recurs: bool) -> bool:
    """Tell whether a line is surely a field of its own: a known label opens it, or it is a note that recurs."""
    label = read_label(text)
    return (label is not None and label.kind is not None) or bool(abstracts.LABEL.match(text)) or (recurs and is_note(text))


def _runs_on(text: str) -> bool:
    """Tell whether a line breaks off within a sentence."""
    return bool(_VERBS.search(text)) and not ends_sentence(text)
