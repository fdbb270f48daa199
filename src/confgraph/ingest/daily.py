"""Read pages that are nothing but titles and abstracts in turn, with a blank line between."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from confgraph.ingest import abstracts
from confgraph.ingest.affiliations import read_affiliated
from confgraph.ingest.headings import is_session
from confgraph.ingest.lines import Line, count_words, cover, covered, ends_sentence, is_marked, split_paragraphs
from confgraph.ingest.marks import strip
from confgraph.ingest.people import lists_people
from confgraph.ingest.sketch import Draft, Sketch
from confgraph.records import RecordKind

_SURE_ABSTRACT: Final = 35
"""From so many words on a paragraph is an abstract; below, one that ends no sentence is a title."""
_SHORTEST_LAST: Final = 10
"""What is shorter below all abstracts is of the page's foot."""
_SURE_TITLE: Final = 25
_TITLE_LINES: Final = 3
_SURE_SHARE: Final = 0.8
_WRAPPED: Final = 40
"""No line of a wrapped paragraph but its last is shorter, in characters."""

_Paragraph = list[Line]


def score(lines: Sequence[Line]) -> float:
    """Say which share of the paragraphs, from the first title on, is part of a title-and-abstract pair, in [0, 1], damped by 0.95."""
    paragraphs = split_paragraphs(list(lines))
    if len(paragraphs) < 4:
        return 0.0
    pairs = _pairs(paragraphs)
    fitting = [(title, abstract) for title, abstract in pairs if _fits(title, abstract)]
    if len(fitting) < 2 or len(fitting) < _SURE_SHARE * len(pairs):
        return 0.0
    first = fitting[0][0][0].start
    below = sum(paragraph[0].start >= first for paragraph in paragraphs)
    return 0.95 * sum(1 + len(abstract) for _, abstract in fitting) / below * covered(lines, [d.span for d in read("", lines).drafts])


def read(text: str, lines: Sequence[Line]) -> Sketch:
    """Find the title and abstract of each entry."""
    del text  # all that counts here stands in whole lines
    drafts = []
    for title, abstract in _pairs(split_paragraphs(list(lines))):
        body = [line for paragraph in abstract for line in paragraph]
        drafts.append(Draft(RecordKind.PAPER, cover(title + body), title=cover(title), abstract=cover(body)))
    return Sketch(tuple(drafts))


def _pairs(paragraphs: Sequence[_Paragraph]) -> list[tuple[_Paragraph, list[_Paragraph]]]:
    """Pair each abstract with the paragraph before it.

    Short paragraphs between two sure abstracts take turns where their number is odd, so that a short
    abstract is one; else only the last of them is a title, and so it is before the first abstract.
    """
    pairs: list[tuple[_Paragraph, list[_Paragraph]]] = []
    short: list[_Paragraph] = []
    for paragraph in paragraphs:
        if not _is_abstract(paragraph):
            short.append(paragraph)
        elif short:
            if pairs and len(short) % 2:
                pairs += [(title, [abstract]) for title, abstract in zip(short[:-1:2], short[1::2], strict=True)]
            pairs.append((short[-1], [paragraph]))
            short = []
        elif pairs:
            pairs[-1][1].append(paragraph)
    if pairs and len(short) == 2 and not _is_title(short[1]) and _words(short[1]) >= _SHORTEST_LAST:
        pairs.append((short[0], [short[1]]))
    return pairs


def _is_abstract(paragraph: _Paragraph) -> bool:
    return _words(paragraph) >= _SURE_ABSTRACT or bool(abstracts.MISSING.match(paragraph[0].text))


def _is_title(paragraph: _Paragraph) -> bool:
    return not ends_sentence(paragraph[-1].text) and _words(paragraph) <= _SURE_TITLE


def _fits(title: _Paragraph, abstract: Sequence[_Paragraph]) -> bool:
    """Marks, labels and people are of another layout, which says more."""
    plain = (
        len(title) <= _TITLE_LINES
        and not title[-1].text.endswith(".")
        and not any(map(_is_other, [*title, abstract[0][0]]))
        and not abstracts.LABEL.match(abstract[0][0].text)
    )
    return plain and all(map(_is_even, [title, *abstract]))


def _is_other(line: Line) -> bool:
    """Tell whether a line above an abstract says that it is no bare title."""
    bare = strip(line)
    return (
        bool(bare.number or bare.print)
        or is_marked(line.text)
        or is_session(line.text)
        or lists_people(line.text)
        or bool(read_affiliated(line))
    )


def _is_even(paragraph: _Paragraph) -> bool:
    """A wrapped abstract has lines of like length; short lines among them are names and labels of another layout, or a list's entries."""
    width = max(len(line.text) for line in paragraph)
    full = [
        len(line.text) + 1 + len(below.text.split(maxsplit=1)[0]) > width or ends_sentence(line.text) for line, below in pairwise(paragraph)
    ]
    return 2 * sum(full) >= len(full) and all(len(line.text) >= _WRAPPED for line in paragraph[:-1])


def _words(paragraph: _Paragraph) -> int:
    return sum(count_words(line.text) for line in paragraph)
