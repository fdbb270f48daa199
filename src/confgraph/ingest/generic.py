"""Read a text of no known layout: abstracts, with the author line and title above them where there are any.

No text with words is refused: where nothing stands out, all of it is one record.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from confgraph.ingest.affiliations import read_affiliated
from confgraph.ingest.lines import Line, count_words, cover, ends_sentence, is_menu, is_prose, split_paragraphs
from confgraph.ingest.names import in_title_case
from confgraph.ingest.people import is_author_list, lists_people, split_authors
from confgraph.ingest.sketch import Draft, Sketch
from confgraph.records import Author, RecordKind, Span

_LABEL: Final = re.compile(r"^(?:abstract|summary)\s*(?:[:.]?$|[:.–—-]\s*(?=\S))", re.IGNORECASE)
"""A label alone on its line, or before the abstract that starts there."""
_BY: Final = re.compile(r"^(?:by|authors?|presenters?|speakers?)\s*(?::\s*|\s)(?=\S)", re.IGNORECASE)
_ABSTRACT_WORDS: Final = 20
_TITLE_WORDS: Final = 40
_HEAD_LINES: Final = 3
_FEWEST_WORDS: Final = 3
"""Of a sentence, and of the longest line of a text that is a record though nothing stands out."""
_INNER_END: Final = re.compile(r"[.!?…]\s+(?=\S)|[。！？](?=\S)")
_ASKS: Final = ("?", "!", "？", "！")
_LAST_OF_WRAPPED: Final = 0.6
"""A line that is shorter than this share of the longest is not wrapped: it ends where its text does."""


def score(lines: Sequence[Line]) -> float:
    """Say that any text can be read, though every other layout that fits is better."""
    return 0.05 if lines else 0.0


def read(text: str, lines: Sequence[Line]) -> Sketch:
    """Find paragraphs of prose, and the short lines above each that can be its authors and title."""
    drafts: list[Draft] = []
    head: list[Line] = []
    for paragraph in _blocks(lines):
        labelled = bool(head) and _is_label(head[-1])
        prose = 0 if labelled else _abstract_start(paragraph, titled=bool(head) and (_is_title(head[-1]) or _lists_people(head[-1])))
        if prose is None:
            head += paragraph
            continue
        above = [*head, *paragraph[:prose]]
        title, authors = _head(above)
        body = paragraph[prose:]
        if drafts and title is None and not authors and not prose and not head:
            drafts[-1] = _extended(drafts[-1], body)
        else:
            draft = _draft(title, authors, body)
            drafts += [*_listed([line for line in above if line.end <= draft.span.start]), draft]
        head = []
    drafts += _listed(head) if drafts else _bare(head) or _whole(head)
    return Sketch(tuple(_without_remarks(text, drafts)))


def _without_remarks(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """Where most entries name their authors, a few words below a heading are a remark and no entry."""
    named = [bool(draft.authors) for draft in drafts]
    if 2 * sum(named) <= len(named):
        return list(drafts)
    return [
        draft for draft in drafts if draft.authors or not draft.abstract or not _is_short(text[draft.abstract.start : draft.abstract.end])
    ]


def _is_short(text: str) -> bool:
    return count_words(text) < _ABSTRACT_WORDS


def _blocks(lines: Sequence[Line]) -> list[Sequence[Line]]:
    """Split a page into paragraphs, and those where a title and authors follow prose without a blank line."""
    blocks: list[Sequence[Line]] = []
    for paragraph in split_paragraphs(list(lines)):
        start = 0
        for i in range(2, len(paragraph)):
            if is_prose(paragraph[i - 2].text) and not is_prose(paragraph[i - 1].text) and _people(paragraph[i]):
                blocks.append(paragraph[start : i - 1])
                start = i - 1
        blocks.append(paragraph[start:])
    return blocks


def _is_label(line: Line) -> bool:
    """Tell whether a line is nothing but the label of an abstract."""
    label = _LABEL.match(line.text)
    return label is not None and label.end() == len(line.text)


def _abstract_start(paragraph: Sequence[Line], *, titled: bool) -> int | None:
    """Say at which line of a paragraph its abstract starts: after a label, else after the authors or title, where enough prose follows.

    Below authors or a title (of the paragraph, else above it if `titled`) a sentence is enough.
    """
    label = next((i for i, line in enumerate(paragraph) if _LABEL.match(line.text)), None)
    if label is not None and not _is_label(paragraph[label]):
        return label
    if label is not None:
        return label + 1 if label + 1 < len(paragraph) else None
    people = max((i for i, line in enumerate(paragraph) if _people(line)), default=-1)
    start = people + 1 or int(_opens_with_title(paragraph))
    rest = " ".join(line.text for line in paragraph[start:])
    long = is_prose(rest) and not _is_short(rest)
    return start if long or ((start or titled) and _is_sentences(rest)) else None


def _opens_with_title(paragraph: Sequence[Line]) -> bool:
    """Tell whether the first line of a paragraph is a title and no part of the sentence that goes on below it."""
    if len(paragraph) < 2 or not _is_title(paragraph[0]) or paragraph[1].text[0].islower():
        return False
    first = paragraph[0].text
    longest = max(len(line.text) for line in paragraph)
    return first[-1] not in ",-:;" and (in_title_case(first) or len(first) < _LAST_OF_WRAPPED * longest)


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


def _head(lines: Sequence[Line]) -> tuple[Line | None, list[Line]]:
    """Give the title and the author lines among the last lines above an abstract."""
    near = [line for line in lines[-_HEAD_LINES - 1 :] if not _LABEL.match(line.text)]
    first = next((i for i, line in enumerate(near) if _lists_people(line)), None)
    if first is None:
        # A title may look like one name: without a title above it, it is the title.
        titled = next((i for i, line in enumerate(near) if _is_title(line)), len(near))
        first = next((i for i, line in enumerate(near) if i > titled and _people(line)), len(near))
    for i in range(first + 2, len(near)):
        if _lists_people(near[i]) and not _lists_people(near[i - 1]) and near[i - 1].index > near[i - 2].index + 1:
            first = i  # what stands above the blank line is an entry of its own
    title = near[first - 1] if first and len(near[first - 1].text.split()) <= _TITLE_WORDS else None
    return title, [line for line in near[first:] if _people(line)]


def _people(line: Line) -> tuple[Author, ...]:
    """Read a line of authors, with or without institutions."""
    if affiliated := read_affiliated(line):
        return affiliated
    label = _BY.match(line.text)
    start = label.end() if label else 0
    names = line.text[start:]
    return split_authors(names, line.start + start) if is_author_list(names) else ()


def _lists_people(line: Line) -> bool:
    """Tell whether a line surely lists authors, while a short title may look like one name."""
    return lists_people(line.text) or bool(_BY.match(line.text) and _people(line)) or len(read_affiliated(line)) > 1


def _draft(title: Line | None, people: Sequence[Line], body: Sequence[Line]) -> Draft:
    label = _LABEL.match(body[0].text)
    return Draft(
        kind=RecordKind.PAPER,
        span=cover([*([title] if title else []), *people, *body]),
        title=title.span if title else None,
        authors=tuple(a for line in people for a in _people(line)),
        abstract=Span(body[0].start + (label.end() if label else 0), body[-1].end),
    )


def _extended(draft: Draft, body: Sequence[Line]) -> Draft:
    """Add a paragraph to the abstract of the entry above it."""
    end = body[-1].end
    start = draft.abstract.start if draft.abstract else body[0].start
    return replace(draft, span=Span(draft.span.start, end), abstract=Span(start, end))


def _bare(lines: Sequence[Line]) -> list[Draft]:
    """Without any prose, a line above a line of authors is a title; in the order of the page."""
    drafts = []
    for title, people in pairwise(lines):
        if _lists_people(people) > _lists_people(title) or (_people(people) and not _people(title)):
            drafts.append(Draft(RecordKind.PAPER, cover([title, people]), title=title.span, authors=_people(people)))
    return drafts


def _listed(lines: Sequence[Line]) -> list[Draft]:
    """Beside entries with abstracts, two titles or more with several authors each are a list of papers; one may be of the page itself."""
    found = [draft for draft in _bare(lines) if len(draft.authors) > 1]
    return found if len(found) > 1 else []


def _whole(lines: Sequence[Line]) -> list[Draft]:
    """Where nothing stands out, the text is one record: its first line is the title if it can be one, the rest the abstract."""
    body = [line for line in lines if any(c.isalpha() for c in line.text)]
    while body and is_menu(body[0].text) and not is_prose(body[0].text):
        body.pop(0)
    if max((count_words(line.text) for line in body), default=0) < _FEWEST_WORDS:
        return []
    title = body.pop(0) if _is_title(body[0]) else None
    return [_draft(title, (), body)] if body else [Draft(RecordKind.PAPER, title.span, title=title.span)] if title else []
