"""Divide a page's text by what it was read as, within records by the field that holds it."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Final, NamedTuple

from confgraph.ingest.classes import disjoint
from confgraph.records import Reading, Record, Span, TextClass


class Part(StrEnum):
    """What a character of a page was read as; within records more finely than `TextClass`."""

    ABSTRACT = "abstract"
    TITLE = "title"
    PEOPLE = "authors"
    FIELD = "other fields"
    BETWEEN = "between fields"
    FACT = "facts of the page"
    COMMENTARY = "commentary"
    CHROME = "header, footer, navigation"
    UNCLASSED = "unclassed"


OF_RECORDS: Final = (Part.ABSTRACT, Part.TITLE, Part.PEOPLE, Part.FIELD)
"""The parts that are fields of records."""

_OUTSIDE: Final[Mapping[TextClass, Part]] = {
    TextClass.FIELD: Part.BETWEEN,
    TextClass.FACT: Part.FACT,
    TextClass.COMMENTARY: Part.COMMENTARY,
    TextClass.HEADER: Part.CHROME,
    TextClass.FOOTER: Part.CHROME,
    TextClass.NAVIGATION: Part.CHROME,
    TextClass.UNCLASSED: Part.UNCLASSED,
}
"""What the text of a class is where no field of a record holds it."""
_PRINTED: Final = {"title": Part.TITLE, "abstract": Part.ABSTRACT, "authors": Part.PEOPLE}


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """A piece of a page's text, `[start, end)`, that was read as one part of a segment of that class."""

    start: int
    end: int
    part: Part
    text_class: TextClass


class Coverage(NamedTuple):
    """A reading and its stretches, which partition its page's text in order."""

    reading: Reading
    stretches: tuple[Stretch, ...]

    def sizes(self) -> dict[str, int]:
        """Count the characters of each part, parts in their order."""
        counts: Counter[Part] = Counter()
        for stretch in self.stretches:
            counts[stretch.part] += stretch.end - stretch.start
        return {part.value: counts[part] for part in Part}

    def said(self, stretch: Stretch) -> str:
        """Give a stretch's words on one line, without the punctuation around them; nothing where it holds no letter or digit."""
        line = " ".join(self.reading.page.text[stretch.start : stretch.end].split())
        inner = [i for i, char in enumerate(line) if char.isalnum()]
        return line[inner[0] : inner[-1] + 1] if inner else ""


def cover(reading: Reading) -> Coverage:
    """Divide a page's text: what each field of its records holds, and what all else was classed as."""
    places = disjoint(chain.from_iterable(map(_iter_places, reading.records)))
    ends = [span.end for span, _ in places]
    stretches: list[Stretch] = []
    for segment in reading.segments:
        at, text_class = segment.start, segment.text_class
        for i in range(bisect.bisect_right(ends, at), len(places)):
            span, part = places[i]
            if span.start >= segment.end:
                break
            if at < span.start:
                stretches.append(Stretch(at, span.start, _OUTSIDE[text_class], text_class))
            stretches.append(Stretch(max(at, span.start), min(span.end, segment.end), part, text_class))
            at = stretches[-1].end
        if at < segment.end:
            stretches.append(Stretch(at, segment.end, _OUTSIDE[text_class], text_class))
    return Coverage(reading, tuple(stretches))


def _iter_places(record: Record) -> Iterator[tuple[Span, Part]]:
    """Yield the places of what a record prints."""
    for name, span in record.spans.items():
        if name != "record":
            yield span, _PRINTED.get(name, Part.FIELD)
    for author in (*record.authors, *(speaker for talk in record.talks for speaker in talk.speakers)):
        yield Span(author.start, author.end), Part.PEOPLE
    for institution in record.institutions:  # an affiliation stands beside its author
        yield from ((span, Part.PEOPLE) for span in institution.mentions)
    yield from ((Span(talk.start, talk.end), Part.FIELD) for talk in record.talks)
    yield from ((Span(resource.start, resource.end), Part.FIELD) for resource in record.resources)
