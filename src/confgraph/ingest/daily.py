"""Read pages that are nothing but titles and abstracts in turn, with a blank line between."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from confgraph.ingest.affiliations import read_affiliated
from confgraph.ingest.lines import Line, count_words, cover, ends_sentence, split_paragraphs
from confgraph.ingest.people import lists_people
from confgraph.ingest.sketch import Draft, Sketch
from confgraph.records import RecordKind

_SURE_ABSTRACT: Final = 35
"""From so many words on a paragraph is an abstract; below, one that ends no sentence is a title."""
_SURE_TITLE: Final = 25
_WRAPPED: Final = 40
"""No line of a wrapped paragraph but its last is shorter, in characters."""

_Paragraph = list[Line]


def score(lines: Sequence[Line]) -> float:
    """Say which share of the paragraphs is part of a title-and-abstract pair, in [0, 1], damped by 0.9: other layouts say more."""
    paragraphs = split_paragraphs(list(lines))
    if len(paragraphs) < 4:
        return 0.0
    pairs = _pairs(paragraphs)
    fitting = [1 + len(abstract) for title, abstract in pairs if _fits(title, abstract)]
    return 0.9 * sum(fitting) / len(paragraphs) if 2 * len(fitting) > len(pairs) else 0.0


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
    if pairs and len(short) == 2 and not _is_title(short[1]):
        pairs.append((short[0], [short[1]]))
    return pairs


def _is_abstract(paragraph: _Paragraph) -> bool:
    return _words(paragraph) >= _SURE_ABSTRACT


def _is_title(paragraph: _Paragraph) -> bool:
    return not ends_sentence(paragraph[-1].text) and _words(paragraph) <= _SURE_TITLE


def _fits(title: _Paragraph, abstract: Sequence[_Paragraph]) -> bool:
    """People above an abstract are of another layout, which says who wrote it."""
    return all(map(_is_even, [title, *abstract])) and not any(lists_people(line.text) or read_affiliated(line) for line in title)


def _is_even(paragraph: _Paragraph) -> bool:
    """A wrapped abstract has lines of like length; short lines among them are names and labels of another layout."""
    return all(len(line.text) >= _WRAPPED for line in paragraph[:-1])


def _words(paragraph: _Paragraph) -> int:
    return sum(count_words(line.text) for line in paragraph)
