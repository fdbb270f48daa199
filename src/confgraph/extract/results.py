"""Find reported numbers: a value with its unit, and the metric that it measures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from confgraph.extract import concepts, urls
from confgraph.extract.gains import TIMES, is_tolerance, unit_of_change
from confgraph.extract.lexicon import BOUNDARIES, METRIC_HEADS
from confgraph.extract.shapes import singular
from confgraph.extract.tokens import Word, words_of

GROUP: Final = "results"

_QUANTITY: Final = re.compile(
    r"""(?<![\w.$^_{/@-])(?P<value>[+\-−]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[+\-−]?\d+(?:\.\d+)?)
        \s?(?P<unit>\\?%(?:[- ](?:points?|pp)\b)?|percent(?:age)?\s(?:points?)|percent\b|points?\b|pp\b
           |(?:[x×](?!\w)|\$\\times\$|\\times\b|times\b|-?fold\b)|(?:d[bB]|ms|FPS|fps|mAP|BLEU)\b)?(?![\w$^{}]|-\w|\.\d|,\d)""",
    re.VERBOSE,
)
_CONNECTORS: Final = frozenset(
    """
    of is at to by from reaches reaching = : score scores rate about around only up an a the as high low and with on ~ ≈ was are
    """.split()
)
_COMPARATIVES: Final = frozenset(
    """
    faster slower speedup speed-up speedups fewer less more higher lower better smaller larger cheaper reduction improvement increase
    decrease gain gains improvements relative absolute acceleration
    """.split()
)
_GAINS: Final = frozenset(
    """
    reduce reduces reducing reduced reduction lower lowers improve improves improving improved improvement increase increases increasing
    boost boosts boosting decrease decreases cut cuts cutting save saves saving accelerate accelerates outperform outperforms
    outperforming surpass surpasses surpassing gain gains exceeds exceeding speeds enhance enhances enhancing
    """.split()
)
_OUTDOING: Final = frozenset("outperform outperforms outperforming surpass surpasses surpassing exceeds exceeding".split())
_MEASURES: Final = METRIC_HEADS | frozenset(
    "time cost memory usage consumption footprint size count number speed energy bandwidth overhead".split()
)
"""The nouns that name what is measured; others (`3x more items`) count things that are no metric."""
_BARE: Final = frozenset("rate score error distance number count complexity size time".split())
"""Measures that say nothing without the word that says of what."""
_APART: Final = frozenset("while whereas ; but".split())
"""What separates a number from a metric of another statement."""
_NEAR: Final = 5
_REACH: Final = 60
"""How far from a number, in tokens, its metric, dataset and method are looked for; it keeps the cost linear in a sentence's length."""


class Quantity(NamedTuple):
    """A number at tokens `[start, end)` of a Doc, `unit` from token `unit_start` on, empty where there is none."""

    start: int
    unit_start: int
    end: int


@Language.factory("confgraph_results_v1")
def make_results(nlp: Language, name: str) -> ResultFinder:  # noqa: ARG001  (spaCy calls factories by keyword)
    """Make the component that fills `doc.spans["results"]`."""
    return ResultFinder()


class ResultFinder:
    """Mark results: spans labelled VALUE, UNIT, METRIC, DATASET and METHOD; those of one result share their id.

    Their `kb_id_` is the unit as it is to be read: as printed for a score, for a change in words (`% less`).
    """

    def __call__(self, doc: Doc) -> Doc:
        """Fill the group `results` of `doc`."""
        spans: list[Span] = []
        number = 0
        starts: dict[int, list[Span]] = {}
        for span in doc.spans.get(concepts.GROUP, ()):
            starts.setdefault(span.start, []).append(span)
        shut = {i for u in doc.spans.get(urls.GROUP, ()) for i in range(u.start, u.end)}
        for sentence in doc.sents:
            for quantity in _iter_quantities(doc, sentence):
                if quantity.start in shut:
                    continue
                parts, unit = _result(doc, sentence, quantity, starts)
                spans += [Span(doc, *place, label=label, kb_id=unit, span_id=str(number)) for label, place in parts.items()]
                number += bool(parts)
        doc.spans[GROUP] = SpanGroup(doc, name=GROUP, spans=spans)
        return doc


def _result(doc: Doc, sentence: Span, q: Quantity, starts: Mapping[int, Sequence[Span]]) -> tuple[dict[str, tuple[int, int]], str]:
    """Give the places of the parts of the result that a number reports, none where it reports none, and its unit."""
    left, right = max(sentence.start, q.start - _REACH), min(sentence.end, q.end + _REACH)
    inside = [s for i in range(left, right) for s in starts.get(i, ())]
    words = words_of(doc, left, right)
    at = next(i for i, w in enumerate(words) if w.end > q.start)
    after = next((i for i in range(at, len(words)) if words[i].start >= q.end), len(words))
    metrics = [s for s in inside if s.label_ == "METRIC"]
    if is_tolerance(words, at):
        return {}, ""
    printed = doc[q.unit_start : q.end].text
    named = frozenset(i for s in metrics for i in range(s.start, s.end))
    change = unit_of_change(words, at, after, printed, named)
    metric = _metric_of(words, q, (at, after), metrics, measured=bool(printed) or change == TIMES)
    if metric is None:
        return {}, ""
    parts = {"VALUE": (q.start, q.unit_start), "METRIC": metric}
    if printed:
        parts["UNIT"] = (q.unit_start, q.end)
    parts |= _context(q, inside)
    if change is not None:
        parts.pop("DATASET", None)
    return parts, printed if change is None else change


def _iter_quantities(doc: Doc, sentence: Span) -> Iterator[Quantity]:
    base = sentence.start_char
    for m in _QUANTITY.finditer(sentence.text):
        value = doc.char_span(base + m.start("value"), base + m.end("value"))
        if value is None:
            continue
        unit = doc.char_span(base + m.start("unit"), base + m.end("unit")) if m["unit"] else None
        yield Quantity(value.start, unit.start if unit else value.end, unit.end if unit else value.end)


def _metric_of(
    words: Sequence[Word], q: Quantity, place: tuple[int, int], metrics: Sequence[Span], *, measured: bool
) -> tuple[int, int] | None:
    """Find what the number at words `place` measures: after it, before it, the object of `reduces ... by`, or the sentence's one metric.

    A number that is not `measured`, without a unit, must stand next to its metric.
    """
    at, after = place
    right = [s for s in metrics if s.start >= q.end and (_flows(words, after, s) if measured else s.start == q.end)]
    if right:
        return right[0].start, right[0].end
    left = [s for s in metrics if s.end <= q.start and _connected(words, s, at, strict=not measured)]
    if left:
        return left[-1].start, left[-1].end
    if not measured:
        return None
    changed = _changed(words, at, after)
    if changed:
        return changed
    gains = any(w.lower in _GAINS for w in words)
    only = metrics[0] if gains and len({s.text for s in metrics}) == 1 else None
    return (only.start, only.end) if only is not None and not _apart(words, q, only) else None


def _apart(words: Sequence[Word], q: Quantity, metric: Span) -> bool:
    """Tell whether a number and a metric stand in two statements, as in `wins by 3% while keeping latency`."""
    first, last = min(q.end, metric.end), max(q.start, metric.start)
    return any(w.lower in _APART for w in words if first <= w.start < last)


def _flows(words: Sequence[Word], after: int, metric: Span) -> bool:
    """Tell whether nothing but up to four words of a noun phrase stands between a value and a metric after it."""
    between = [w for w in words[after:] if w.start < metric.start][:_NEAR]
    if len(between) >= _NEAR:
        return False
    return all(
        (w.is_word and (w.lower not in BOUNDARIES or w.lower in _COMPARATIVES or w.lower in ("in", "of", "average", "overall", "the")))
        or w.text == "-"
        for w in between
    )


def _connected(words: Sequence[Word], metric: Span, at: int, *, strict: bool) -> bool:
    """Tell whether a metric leads to the value at word `at` by words such as `of`, `reaches`, `from 3 to`."""
    between = [w for w in words[:at] if w.start >= metric.end]
    if strict:
        return (len(between) <= 2 and bool(between) and all(w.lower in _CONNECTORS for w in between)) or not between
    return len(between) <= 2 * _NEAR and all(
        w.lower in _CONNECTORS or w.text[0].isdigit() or w.text in "%\\(" or (w.is_word and w.lower not in BOUNDARIES) for w in between
    )


def _changed(words: Sequence[Word], at: int, after: int) -> tuple[int, int] | None:
    """Read `reduces LATENCY by 3%`, `3x fewer PARAMETERS` and `3% reduction in MEMORY`."""
    if after + 1 < len(words) and words[after].lower in _COMPARATIVES:
        start = after + 1
        while start < len(words) and words[start].lower in (*_COMPARATIVES, "in", "of", "the"):
            start += 1
        return _noun_phrase(words, start)
    if (at and words[at - 1].lower in ("by", "to", "of")) or (at > 2 and words[at - 3].lower == "by"):
        verb = next((i for i in range(at - 1, max(-1, at - 10), -1) if words[i].lower in _GAINS), None)
        if verb is not None and words[verb].lower not in _OUTDOING:
            start = verb + 1
            while start < at and words[start].lower in ("the", "our", "its", "their", "in", "of"):
                start += 1
            return _noun_phrase(words[:at], start)
    return None


def _noun_phrase(words: Sequence[Word], start: int) -> tuple[int, int] | None:
    """Give the place of the noun phrase that begins at word `start`, where its head names a measure."""
    end = start
    while (
        end < len(words)
        and end < start + 4
        and words[end].is_word
        and words[end].lower not in BOUNDARIES
        and not words[end].text[0].isdigit()
        and not words[end].lower.endswith("ly")
    ):
        end += 1
    if end == start:
        return None
    head = singular(words[end - 1].lower)
    if head not in _MEASURES or (head in _BARE and end - start == 1):
        return None
    return words[start].start, words[end - 1].end


def _context(q: Quantity, inside: Sequence[Span]) -> dict[str, tuple[int, int]]:
    """Give the nearest dataset, first after the value, then before it; and of the methods before it the last introduced, else the first."""
    context: dict[str, tuple[int, int]] = {}
    data = [s for s in inside if s.label_ == "DATASET"]
    nearest = next((s for s in data if s.start >= q.end), data[-1] if data else None)
    if nearest is not None:
        context["DATASET"] = (nearest.start, nearest.end)
    methods = [s for s in inside if s.label_ == "METHOD" and s.end <= q.start]
    if methods:
        own = [s for s in methods if concepts.is_introduced(s.id_)]
        chosen = own[-1] if own else methods[0]
        context["METHOD"] = (chosen.start, chosen.end)
    return context
