"""Find relations between two concepts of one sentence, where a cue between them leaves little doubt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from confgraph.extract import concepts
from confgraph.records import RelationType

GROUP: Final = "relations"

_OUTDOES: Final = frozenset("outperform outperforms outperforming outperformed surpass surpasses surpassing surpassed beat beats exceed exceeds exceeding".split())
_AGAINST: Final = frozenset("over than against versus vs compared".split())
_EVALUATES: Final = frozenset("on across".split())
_EVALUATION: Final = frozenset("evaluate evaluated evaluations evaluation experiment experiments achieve achieves achieving results outperform outperforms performance "
                               "accuracy benchmark benchmarks tested test score scores state-of-the-art improves demonstrate demonstrates validate".split())
_TRAINS: Final = frozenset("trained train training pretrained pre-trained finetuned fine-tuned".split())
_CONFIDENCE: Final = {RelationType.USED_FOR: 0.7, RelationType.COMPARE_WITH: 0.7, RelationType.EVALUATED_WITH: 0.65, RelationType.TRAINED_WITH: 0.7,
                      RelationType.BENCHMARK_FOR: 0.7}  # fmt: skip
_NEAR: Final = 3


class Related(NamedTuple):
    """A relation between two mentions of a Doc."""

    subject: Span
    type: RelationType
    object: Span


@Language.factory("confgraph_relations_v1")
def make_relations(nlp: Language, name: str) -> RelationFinder:  # noqa: ARG001  (spaCy calls factories by keyword)
    """Make the component that fills `doc.spans["relations"]`."""
    return RelationFinder()


class RelationFinder:
    """Mark relations: spans labelled SUBJECT and OBJECT that share their id, the type as `kb_id_`."""

    def __call__(self, doc: Doc) -> Doc:
        """Fill the group `relations` of `doc`."""
        mentions = [s for s in doc.spans.get(concepts.GROUP, ()) if s.label_ in ("METHOD", "DATASET", "TASK")]
        spans: list[Span] = []
        at = 0
        for sentence in doc.sents:
            inside: list[Span] = []
            while at < len(mentions) and mentions[at].start < sentence.end:
                inside.append(mentions[at])
                at += 1
            if len(inside) > 1:
                for related in _iter_related(doc, sentence, inside):
                    number = str(len(spans) // 2)
                    for label, mention in (("SUBJECT", related.subject), ("OBJECT", related.object)):
                        spans.append(Span(doc, mention.start, mention.end, label=label, kb_id=related.type, span_id=number))
        doc.spans[GROUP] = SpanGroup(doc, name=GROUP, spans=spans)
        return doc


def confidence_of(kind: RelationType) -> float:
    """Give the confidence of a relation of that type found by a cue."""
    return _CONFIDENCE[kind]


def _iter_related(doc: Doc, sentence: Span, mentions: Sequence[Span]) -> Iterator[Related]:
    lowers = [t.lower_ for t in sentence]

    def between(left: Span, right: Span) -> list[str]:
        return lowers[left.end - sentence.start : right.start - sentence.start]

    evaluates = any(w in _EVALUATION for w in lowers)
    for subject in mentions:
        if subject.label_ == "TASK":
            continue
        for other in mentions:
            if other.start < subject.end:
                continue
            gap = between(subject, other)
            kind = _relation(subject.label_, other.label_, gap, evaluates=evaluates)
            if kind:
                yield Related(subject, kind, other)


def _relation(subject: str, other: str, gap: list[str], *, evaluates: bool) -> RelationType | None:
    """Read the type of relation off the words between two mentions, or None."""
    if other == "TASK":
        if "for" in gap and len(gap) <= _NEAR and gap[-1] not in (",", ";", "and"):
            return RelationType.USED_FOR if subject == "METHOD" else RelationType.BENCHMARK_FOR
        return None
    if subject != "METHOD" or ";" in gap:
        return None
    if other == "METHOD":
        outdone = any(w in _OUTDOES for w in gap) and len(gap) <= 8 * _NEAR
        return RelationType.COMPARE_WITH if outdone or (any(w in _AGAINST for w in gap) and len(gap) <= 2 * _NEAR) else None
    if not any(w in _EVALUATES for w in gap):
        return None
    if any(w in _TRAINS for w in gap) and len(gap) <= 2 * _NEAR:
        return RelationType.TRAINED_WITH
    return RelationType.EVALUATED_WITH if evaluates and len(gap) <= 8 * _NEAR else None
