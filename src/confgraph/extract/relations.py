"""Find relations between two concepts of one sentence, by the model; `our method` and `it` count as what the text introduces.

Cues add what the method that a text is about is used for, evaluated on and compared with (`cues`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from confgraph.extract import concepts, cues, references, tagger
from confgraph.extract.cues import Related
from confgraph.extract.pairs import PairHead
from confgraph.extract.reader import Encoded
from confgraph.extract.shapes import concept_form
from confgraph.records import RelationType

GROUP: Final = "relations"

_KINDS: Final = frozenset({"METHOD", "DATASET", "TASK"})

_IMPLIED: Final = 0.15
"""What a subject that is only implied (`our method`) takes off the confidence."""
_SURE: Final = 0.5
"""The least probability of a relation of words that stand for something: the model was not trained on them."""


@Language.factory("confgraph_relations_v1")
def make_relations(nlp: Language, name: str) -> RelationFinder:  # noqa: ARG001  (spaCy calls factories by keyword)
    """Make the component that fills `doc.spans["relations"]`."""
    return RelationFinder(PairHead())


class RelationFinder:
    """Mark relations: spans labelled SUBJECT, OBJECT and SENTENCE that share their id, the type as `kb_id_`.

    The two ends stand in the sentence, or the subject is an earlier mention that words of the sentence stand for.
    """

    def __init__(self, head: PairHead) -> None:
        self._head = head

    def __call__(self, doc: Doc) -> Doc:
        """Fill the group `relations` of `doc`."""
        mentions = [s for s in doc.spans.get(concepts.GROUP, ()) if s.label_ in _KINDS]
        encoded = tagger.encoded_of(doc)
        own = references.own_mentions(doc, mentions)
        stands = {(r.span.start, r.span.end): r.mention for r in references.iter_references(doc, own)}
        read = list(_read(doc, encoded, mentions, stands, self._head)) if encoded else []
        pairs = {frozenset((r.subject, r.object)) for r, _ in read}
        told = cues.iter_cues(doc, mentions, own.get("METHOD", []))
        more = [found for found in told if cues.is_test(found[0]) or frozenset(found[0][::2]) not in pairs]
        spans: list[Span] = []
        for number, (related, confidence) in enumerate([*read, *more]):
            parts = (("SUBJECT", related.subject), ("OBJECT", related.object), ("SENTENCE", related.sentence))
            name = f"{number} {confidence:.2f}"
            spans += [Span(doc, s.start, s.end, label=label, kb_id=related.type, span_id=name) for label, s in parts]
        doc.spans[GROUP] = SpanGroup(doc, name=GROUP, spans=spans)
        return doc


def confidence_of(span: Span) -> float:
    """Give the confidence of the relation that a span of the group belongs to."""
    return float(span.id_.partition(" ")[2])


def _read(
    doc: Doc, encoded: Encoded, mentions: Sequence[Span], stands: Mapping[tuple[int, int], Span], head: PairHead
) -> Iterator[tuple[Related, float]]:
    """Ask the model which mentions of a sentence are related; words that stand for what the text introduces count as one."""
    spans = sorted([*((s.start, s.end, s.label_) for s in mentions), *((*place, m.label_) for place, m in stands.items())])
    known = {(s.start, s.end, s.label_): s for s in mentions} | {(*place, m.label_): m for place, m in stands.items()}
    kinds = {kind.upper(): number for number, kind in enumerate(head.kinds)}
    starts = [doc[start].idx for start, _, _ in spans]
    ends = [doc[end - 1].idx + len(doc[end - 1]) for _, end, _ in spans]
    low = np.searchsorted(encoded.ends, starts, side="right")
    high = np.searchsorted(encoded.starts, ends, side="left") - 1
    read = [i for i in range(len(spans)) if low[i] <= high[i] and encoded.sentence[low[i]] == encoded.sentence[high[i]]]
    sentences = list(doc.sents)
    names = [concept_form(known[spans[i]].text) for i in read]
    for pair in head.relate(encoded, [(int(low[i]), int(high[i]), kinds[spans[i][2]]) for i in read], names):
        one, two = spans[read[pair.subject]], spans[read[pair.object]]
        implied = one[:2] in stands or two[:2] in stands
        if (implied and pair.probability < _SURE) or not (one[1] <= two[0] or two[1] <= one[0]):
            continue
        sentence = sentences[int(encoded.sentence[low[read[pair.subject]]])]
        confidence = round(pair.probability - (_IMPLIED if implied else 0), 2)
        yield Related(known[one], RelationType(head.types[pair.type]), known[two], sentence), confidence
