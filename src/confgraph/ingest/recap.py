"""Read show notes whose lists lost their line breaks: one paragraph of inline `* ` bullets.

    ... Timestamps* [0:01:19] Engines (Ada Lovelace)* ... Papers covered* On Engines (Lovelace et al.)* We show
    ... * Second, we ...* Next Title (Alan Turing, Ada Lovelace)* ...

An item that names a title and people opens a paper; the items after it are its abstract until one is no
sentence. A stamp is a talk of the paper that it names. Lists that kept their line breaks are read too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from confgraph.ingest.lines import Line, ends_sentence, is_menu
from confgraph.ingest.names import has_case, in_title_case, is_lower_case_name, is_name
from confgraph.ingest.people import is_author_list, split_authors
from confgraph.ingest.sketch import Draft, Sketch
from confgraph.ingest.stamps import STAMP, assign, read_stamp
from confgraph.records import Author, Named, RecordKind, Span, Talk, TextClass

_BULLET: Final = re.compile(r"(?<![*\\])(?<!\b[A-Z])(?:(?<![A-Z])|(?!\*\s+[a-z(]))\*+(?=\s)|(?<=[A-Z]\*)\*(?=\s)|^[*•]\s", re.MULTILINE)
"""An asterisk, but for that of a name such as `A*`, and of others in capitals where a small letter or bracket follows."""
_DOT: Final = re.compile(r"\s+·\s+")
_GLUE: Final = re.compile(r"(?:(?<=[a-z\d)\]/][.!?])|(?<=[A-Z\d][A-Z][.!?]))[\"”]?(?=[A-Z][a-z])")
_HEAD_LENGTH: Final = 1200
_TITLE_WORDS: Final = 40
_INNER_SENTENCE: Final = re.compile(r"(?<!\bvs)(?<!\bet al)(?<!\b[A-Z])\.\s+[A-Z]")
_AFTER_HEAD: Final = re.compile(r"\s*\.?\s*$|\s*[.:]\s+(?=[A-Z\"“$\d])")
_AFTER_NAMES: Final = re.compile(r"(?<!\b[A-Z])\.\s+(?=[A-Z\"“$\d])|\.?$")
"""The full stop that closes a list of names, and not an initial."""
_CAPTION_WORDS: Final = 30
_SURE_DOTS: Final = 2
"""From so many dots on, what a bracket lists are people, however odd the names."""
_REMARK_WORDS: Final = 25
_SURE: Final = 0.7
_MOST_OTHERS: Final = 12
"""Lines beside the notes; of more, some may be of another layout."""
_FEWEST_STAMPS: Final = 2
_FEWEST_INLINE: Final = 2
"""Bullets of a paper: that of its title, and that of its abstract."""


class _Head(NamedTuple):
    """What opens a paper, and where what follows it starts."""

    title: Span
    authors: tuple[Author, ...]
    rest: int


def score(lines: Sequence[Line]) -> float:
    """Say how sure it is that bullets, in a line or at most lines' start, name papers, in [0, 1]: surer the more of the page they are."""
    inline = [line for line in lines if len(_BULLET.findall(line.text)) >= 3]
    if any(_heads(line) >= 2 for line in inline):
        share = sum(len(line.text) for line in inline) / sum(len(line.text) for line in lines)
        return _SURE + (1 - _SURE) * share * min(1.0, _MOST_OTHERS / max(len(lines) - len(inline), 1))
    if _is_of_one_paper(lines):
        return _SURE
    listed = [line for line in lines if _BULLET.match(line.text)]
    return len(listed) / len(lines) if 2 * len(listed) > len(lines) and sum(map(_heads, listed)) >= 2 else 0.0


def _is_of_one_paper(lines: Sequence[Line]) -> bool:
    """Tell whether one line of inline bullets names one paper, and is most of the page."""
    inline = [line for line in lines if len(_BULLET.findall(line.text)) >= _FEWEST_INLINE and _heads(line)]
    return len(inline) == 1 and 2 * len(inline[0].text) > sum(len(line.text) for line in lines)


def _heads(line: Line) -> int:
    """Count the items of a line that open a paper."""
    return sum(_head(line.text, item) is not None for item in _items(line.text))


def read(text: str, lines: Sequence[Line]) -> Sketch:
    """Find the papers of the notes, their talks, and the episode that the page is about."""
    drafts: list[Draft] = []
    items = [Span(line.start + s.start, line.start + s.end) for line in lines for s in _items(line.text)]
    stamps = _stamps(text, items)
    marks = [(Span(talk.start, talk.end), TextClass.FACT) for talk in stamps.values()]
    heads = [(i, head) for i, item in enumerate(items) if (head := _head(text, item))]
    for n, (i, head) in enumerate(heads):
        end = heads[n + 1][0] if n + 1 < len(heads) else len(items)
        draft, remarks = _paper(text, head, items[i], _notes(items, i + 1, end, stamps))
        remarks += [items[k] for k in range(i + 1, end) if k not in stamps and items[k].start >= draft.span.end]
        drafts.append(draft)
        # What follows the last paper is the end of the page, not a remark between papers.
        marks += [(remark, TextClass.COMMENTARY) for remark in remarks if n + 1 < len(heads)]
    event = Named(lines[0].text, (lines[0].span,)) if lines and stamps else None
    return Sketch(assign(text, drafts, list(stamps.values())), tuple(marks), event)


def _stamps(text: str, items: Sequence[Span]) -> dict[int, Talk]:
    """Read the items that are stamps: one alone is an item that starts with a time of day."""
    stamps = {i: talk for i, item in enumerate(items) if (talk := read_stamp(text, item))}
    return stamps if len(stamps) >= _FEWEST_STAMPS else {}


def _notes(items: Sequence[Span], start: int, end: int, stamps: Collection[int]) -> Sequence[Span]:
    """Give the items that follow what opens a paper, up to a stamp: one that follows at once is skipped."""
    while start < end and start in stamps:
        start += 1
    return items[start : next((i for i in range(start, end) if i in stamps), end)]


def _items(text: str) -> list[Span]:
    """Split a text at its inline bullets; what stands before the first bullet is no item."""
    bullets = list(_BULLET.finditer(text))
    items = []
    for i, bullet in enumerate(bullets):
        start, end = bullet.end(), bullets[i + 1].start() if i + 1 < len(bullets) else len(text)
        bare = text[start:end].strip()
        if any(c.isalnum() for c in bare):
            left = start + len(text[start:end]) - len(text[start:end].lstrip())
            items.append(Span(left, left + len(bare)))
    return items


def _head(text: str, item: Span) -> _Head | None:
    """Read what opens a paper; None for any other item."""
    if STAMP.match(text, item.start, item.end):
        return None
    return _head_in_brackets(text, item) or _head_with_dots(text, item)


def _head_in_brackets(text: str, item: Span) -> _Head | None:
    """Read `Title (People)`, which is the whole item, or `Title (People). Abstract`."""
    body = text[item.start : min(item.end, item.start + _HEAD_LENGTH)]
    for opening, closing in _brackets(body):
        title = body[:opening].rstrip()
        rest = _AFTER_HEAD.match(text, item.start + closing + 1, item.end)
        whole = rest is not None and rest.end() == item.end
        if not rest or not title or len(title.split()) > _TITLE_WORDS or _INNER_SENTENCE.search(title):
            continue
        people = body[opening + 1 : closing]
        listed = is_author_list(people) or len(_DOT.findall(people)) >= _SURE_DOTS
        if listed and (whole or in_title_case(title) or not has_case(title)):
            authors = split_authors(people, item.start + opening + 1)
            return _Head(Span(item.start, item.start + len(title)), authors, rest.end())
    return None


def _brackets(text: str) -> list[tuple[int, int]]:
    """Give the places of the outermost brackets of a text, in order."""
    found = []
    depth = start = 0
    for i, char in enumerate(text):
        if char == "(":
            start = i if depth == 0 else start
            depth += 1
        elif char == ")" and depth:
            depth -= 1
            if depth == 0:
                found.append((start, i))
    return found


def _head_with_dots(text: str, item: Span) -> _Head | None:
    """Read `Title Name · Name · Name. Abstract`: nothing but the form of a name divides title and first author."""
    body = text[item.start : min(item.end, item.start + _HEAD_LENGTH)]
    dots = list(_DOT.finditer(body))
    if not dots:
        return None
    last = _AFTER_NAMES.search(body, dots[-1].end())
    end = last.start() if last else len(body)
    names = [body[a.end() : b] for a, b in zip(dots, [*(d.start() for d in dots[1:]), end], strict=True)]
    if not all(is_name(name) or is_lower_case_name(name) for name in names):
        return None
    title = _without_name(body[: dots[0].start()])
    if title is None or _INNER_SENTENCE.search(title):
        return None
    first = len(title) + len(body[len(title) :]) - len(body[len(title) :].lstrip())
    authors = split_authors(body[first:end], item.start + first)
    rest = item.start + (last.end() if last else end)
    return _Head(Span(item.start, item.start + len(title)), authors, rest)


def _without_name(text: str) -> str | None:
    """Cut the name that closes `Title Name`: up to a closing mark of the title, else two words, with initials and particles three."""
    words = list(re.finditer(r"\S+", text))
    for size in (2, 3, 4):
        if len(words) > size and words[-size - 1].group()[-1] in ')?!."”:' and is_name(text[words[-size].start() :]):
            return text[: words[-size].start()].rstrip()
    size = 3 if len(words) > 3 and re.fullmatch(r"[A-Z]\.?|[a-z]{2,3}", words[-2].group()) else 2
    if len(words) <= size:
        return None
    name = text[words[-size].start() :]
    if not is_name(name) and not is_lower_case_name(name):
        return None
    return text[: words[-size].start()].rstrip()


def _paper(text: str, head: _Head, opening: Span, notes: Sequence[Span]) -> tuple[Draft, list[Span]]:
    """Make a draft of the item that opens a paper and the notes that are its abstract; what is glued to their end is a remark."""
    pieces = [Span(head.rest, opening.end)] if head.rest < opening.end else []
    pieces += notes
    abstract = 0
    finished = True
    while abstract < len(pieces):
        piece = text[pieces[abstract].start : pieces[abstract].end]
        # What follows the head at once is the abstract, however short and unfinished.
        if finished and (_is_remark(piece) if abstract else is_menu(piece)):
            break
        finished = ends_sentence(piece)
        abstract += 1
    body = list(pieces[:abstract])
    caption: list[Span] = []
    if body:
        body[-1], caption = _without_caption(text, body[-1], listed=len(pieces) > 1)
    end = body[-1].end if body else opening.end
    place = Span(body[0].start, end) if body else None
    return Draft(RecordKind.PAPER, Span(head.title.start, end), title=head.title, abstract=place, authors=head.authors), caption


def _is_remark(text: str) -> bool:
    """Tell a remark from a part of an abstract: it sends the reader away, or is short and holds no finished sentence."""
    finished = ends_sentence(text) or _GLUE.search(text)
    return is_menu(text) or (len(text.split()) < _REMARK_WORDS and not finished)


def _without_caption(text: str, item: Span, *, listed: bool) -> tuple[Span, list[Span]]:
    """Cut what is glued to the end of a list's last item: the paragraph that followed the list.

    A sentence may be glued by its author too; so only one closing sentence is cut, and where the
    abstract is no list, only what is no sentence.
    """
    glue = list(_GLUE.finditer(text, item.start, item.end))
    if not glue:
        return item, []
    at = glue[-1].end()
    tail = text[at : item.end]
    if len(tail.split()) > _CAPTION_WORDS or _INNER_SENTENCE.search(tail) or (ends_sentence(tail) and not listed):
        return item, []
    return Span(item.start, at), [Span(at, item.end)]
