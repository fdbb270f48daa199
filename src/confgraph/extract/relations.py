"""Find relations between two concepts of one sentence, where the words between them leave little doubt.

`Our method` and `it` stand for what the text introduces, where that is one thing; it is then the subject,
at its last mention before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from confgraph.extract import concepts
from confgraph.records import RelationType

GROUP: Final = "relations"

_OUTDOES: Final = frozenset(
    """
    outperform outperforms outperforming outperformed surpass surpasses surpassing surpassed beat beats exceed exceeds exceeding
    """.split()
)
_AGAINST: Final = frozenset("than against versus vs compared".split())
_GAINS: Final = frozenset("improves improve improved improvement improvements gain gains advantage advantages superior superiority".split())
_ON: Final = frozenset("on across".split())
_EVALUATION: Final = frozenset(
    """
    evaluate evaluated evaluations evaluation experiment experiments achieve achieves achieved achieving attains reaches results
    outperform outperforms performance accuracy benchmark benchmarks tested test score scores state-of-the-art improves demonstrate
    demonstrates validate validated wins beats has obtains obtain yields reach surpasses surpass improve
    """.split()
)
_TESTS: Final = frozenset("evaluate evaluates evaluated evaluating test tests tested testing benchmark validate assess apply".split())
_TRAINS: Final = frozenset("trained train training pretrained pre-trained finetuned fine-tuned".split())
_BY: Final = frozenset("using via with through by".split())
_OURS: Final = frozenset("our it its we proposed experiments evaluations".split())
_CONFIDENCE: Final = {
    RelationType.USED_FOR: 0.7,
    RelationType.COMPARE_WITH: 0.65,
    RelationType.EVALUATED_WITH: 0.65,
    RelationType.TRAINED_WITH: 0.7,
    RelationType.BENCHMARK_FOR: 0.65,
}
"""Estimated by reading; SciER, which marks fewer relations than a reader would, agrees with 40 to 65 in a hundred."""
_IMPLIED: Final = 0.15
"""What a subject that is only implied (`our method`) takes off the confidence."""
_NEAR: Final = 3
_ASIDE: Final = 8
"""How far before a method, in tokens, the verb may stand whose object it is."""
_FAR: Final = 24


class Related(NamedTuple):
    """A relation between two mentions of a Doc, found in `sentence`."""

    subject: Span
    type: RelationType
    object: Span
    sentence: Span


@Language.factory("confgraph_relations_v1")
def make_relations(nlp: Language, name: str) -> RelationFinder:  # noqa: ARG001  (spaCy calls factories by keyword)
    """Make the component that fills `doc.spans["relations"]`."""
    return RelationFinder()


class RelationFinder:
    """Mark relations: spans labelled SUBJECT, OBJECT and SENTENCE that share their id, the type as `kb_id_`."""

    def __call__(self, doc: Doc) -> Doc:
        """Fill the group `relations` of `doc`."""
        mentions = [s for s in doc.spans.get(concepts.GROUP, ()) if s.label_ in ("METHOD", "DATASET", "TASK")]
        spans: list[Span] = []
        for number, related in enumerate(_iter_related(doc, mentions)):
            parts = (("SUBJECT", related.subject), ("OBJECT", related.object), ("SENTENCE", related.sentence))
            spans += [Span(doc, s.start, s.end, label=label, kb_id=related.type, span_id=str(number)) for label, s in parts]
        doc.spans[GROUP] = SpanGroup(doc, name=GROUP, spans=spans)
        return doc


def confidence_of(kind: RelationType, *, implied: bool) -> float:
    """Give the confidence of a relation of that type found by a cue; less where its subject is implied."""
    return round(_CONFIDENCE[kind] - (_IMPLIED if implied else 0), 2)


def _iter_related(doc: Doc, mentions: Sequence[Span]) -> Iterator[Related]:
    own = [s for s in mentions if s.label_ == "METHOD" and s.id_ == "introduced"]
    single = len({s.kb_id_ or s.text for s in own}) == 1
    at = 0
    last: Span | None = None
    for sentence in doc.sents:
        inside: list[Span] = []
        while at < len(mentions) and mentions[at].start < sentence.end:
            inside.append(mentions[at])
            at += 1
        if len(inside) > 1:
            yield from _stated(sentence, inside)
        if single and last is not None and inside and not any(s.id_ == "introduced" and s.label_ == "METHOD" for s in inside):
            yield from _implied(sentence, inside, last)
        last = next((s for s in reversed(inside) if s.id_ == "introduced" and s.label_ == "METHOD"), last)


def _stated(sentence: Span, mentions: Sequence[Span]) -> Iterator[Related]:
    """Find relations whose two ends stand in the sentence."""
    lowers = [t.lower_ for t in sentence]
    for i, left in enumerate(mentions):
        for right in mentions[i + 1 :]:
            if right.start < left.end:
                continue
            gap = lowers[left.end - sentence.start : right.start - sentence.start]
            if len(gap) > _FAR:
                break
            if left.label_ == "TASK" and right.label_ == "METHOD" and gap and gap[0] in _BY and len(gap) <= 2:
                yield Related(right, RelationType.USED_FOR, left, sentence)
                continue
            before = lowers[max(0, left.start - sentence.start - _ASIDE) : left.start - sentence.start]
            kind = _relation(left, right, gap, tested=any(w in _TESTS for w in before))
            if kind:
                yield Related(left, kind, right, sentence)


def _implied(sentence: Span, mentions: Sequence[Span], own: Span) -> Iterator[Related]:
    """Find what the text's own thing is compared with and evaluated on, where the sentence calls it `our method` or `it`."""
    lowers = [t.lower_ for t in sentence]
    first = next((i for i, w in enumerate(lowers) if w in _OURS), None)
    if first is None or not any(w in _EVALUATION for w in lowers):
        return
    for mention in mentions:
        gap = lowers[first + 1 : mention.start - sentence.start]
        if not gap or len(gap) > _FAR:
            continue
        if mention.label_ == "DATASET" and any(w in _ON for w in gap):
            yield Related(own, RelationType.EVALUATED_WITH, mention, sentence)
        elif mention.label_ == "METHOD" and any(w in _OUTDOES for w in gap) and not any(w in _ON or w in _BY for w in gap):
            yield Related(own, RelationType.COMPARE_WITH, mention, sentence)


def _relation(left: Span, right: Span, gap: Sequence[str], *, tested: bool) -> RelationType | None:
    """Read the type of relation off the words between two mentions, or None."""
    if left.label_ == "TASK" or not gap or ";" in gap:
        return None
    if right.label_ == "TASK":
        used = RelationType.USED_FOR if left.label_ == "METHOD" else RelationType.BENCHMARK_FOR
        return used if _serves(left, gap) else None
    if left.label_ != "METHOD":
        return None
    if right.label_ == "METHOD":
        return RelationType.COMPARE_WITH if _compares(gap) else None
    return _on_data(left, gap, tested=tested)


def _serves(left: Span, gap: Sequence[str]) -> bool:
    """Tell whether `X for TASK` stands here; what the text introduces may be described between (`NAME, a tool for TASK`)."""
    closes = "for" in gap[-_NEAR:] and gap[-1] not in (",", "and", "that")
    return closes and (len(gap) <= _NEAR or left.id_ == "introduced")


def _compares(gap: Sequence[str]) -> bool:
    """Tell whether the words between two methods say that one does better."""
    outdoes = any(w in _OUTDOES for w in gap) and not any(w in _ON for w in gap)
    gains = "over" in gap and any(w in _GAINS for w in gap)
    return outdoes or gains or (any(w in _AGAINST for w in gap) and len(gap) <= 2 * _NEAR)


def _on_data(left: Span, gap: Sequence[str], *, tested: bool) -> RelationType | None:
    """Tell whether a method was trained or evaluated on the dataset after it.

    It is evaluated where it is the subject of what says so (`CalmNet wins on MNIST`) or its object (`tested`: `we test CalmNet on
    MNIST`); a colon opens what is said of something else.
    """
    if not any(w in _ON for w in gap):
        return None
    if any(w in _TRAINS for w in gap):
        return RelationType.TRAINED_WITH if len(gap) <= 2 * _NEAR else None
    says = tested or any(w in _EVALUATION for w in gap)
    return RelationType.EVALUATED_WITH if says and left.id_ != "phrase" and ":" not in gap else None
