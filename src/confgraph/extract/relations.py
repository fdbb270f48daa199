"""Find relations between two concepts of one sentence, by the model; `our method` and `it` count as what the text introduces.

Where the text introduces one method, cues add what it is evaluated on and compared with in sentences that do not name it.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from confgraph.extract import concepts, introduces, references, tagger
from confgraph.extract.lexicon import VERBS
from confgraph.extract.pairs import PairHead
from confgraph.extract.reader import Encoded
from confgraph.extract.shapes import concept_form
from confgraph.records import RelationType

GROUP: Final = "relations"

_KINDS: Final = frozenset({"METHOD", "DATASET", "TASK"})

_OUTDOES: Final = frozenset(
    """
    outperform outperforms outperforming outperformed surpass surpasses surpassing surpassed beat beats exceed exceeds exceeding
    """.split()
)
_AGAINST: Final = frozenset("than against versus vs over".split())
_EVALUATION: Final = frozenset(
    """
    evaluate evaluated evaluations evaluation experiment experiments achieve achieves achieved achieving attains reaches results
    outperform outperforms performance accuracy benchmark benchmarks tested test score scores state-of-the-art improves demonstrate
    demonstrates validate validated wins beats has obtains obtain yields reach surpasses surpass improve
    """.split()
)
_ON: Final = frozenset("on across".split())
_FOR: Final = frozenset("for in".split())
_GOVERN: Final = (
    _OUTDOES
    | _AGAINST
    | _ON
    | _FOR
    | frozenset("with to using via by from as into through between within under like unlike without".split())
)
"""The words that say what the mention after them is to the rest of their clause."""
_LIKENED: Final = ("compar", "par", "competitive", "similar", "superior", "inferior", "favorabl")
"""How the words begin after which `to` and `with` compare: `compared to`, `on par with`."""
_NEAR: Final = 4
_MEASURED: Final = frozenset("performance accuracy quality".split())
_CLAUSE: Final = frozenset("; . that which where while whereas because although though since when we it".split())
_LISTING: Final = frozenset("and or the a an such including as e.g".split())
_DOING: Final = frozenset(w for w in VERBS if w.endswith("ing")) - {"including", "achieving", "performing", "existing", "leading"}
"""Verbs whose object a mention is, and not the preposition's."""
_FIRST: Final = frozenset("we our i my".split())
_OURS: Final = _FIRST | frozenset("experiments experiment experimental evaluations results proposed".split())
_CUE: Final = 0.75
"""The confidence of a relation found by a cue: of 120 on abstracts that nobody had tuned on, more than four in five were right."""
_IMPLIED: Final = 0.15
"""What a subject that is only implied (`our method`) takes off the confidence."""
_SURE: Final = 0.5
"""The least probability of a relation of words that stand for something: the model was not trained on them."""


class Related(NamedTuple):
    """A relation between two mentions of a Doc, found in `sentence`."""

    subject: Span
    type: RelationType
    object: Span
    sentence: Span


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
        told = _told_apart(doc, mentions, own.get("METHOD", []))
        cues = [found for found in told if _is_test(found[0]) or frozenset(found[0][::2]) not in pairs]
        spans: list[Span] = []
        for number, (related, confidence) in enumerate([*read, *cues]):
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


def _told_apart(doc: Doc, mentions: Sequence[Span], own: Sequence[Span]) -> Iterator[tuple[Related, float]]:
    """Find what the method that a text is about is used for, evaluated on and compared with, in sentences that need not name it."""
    if not own:
        return
    last = own[0]
    names = {_form(s) for s in own}
    starts = {s.start for s in mentions}
    titled = introduces.has_title(doc)
    begun = False  # before the authors speak of their own, a text tells of others
    for number, (sentence, inside) in enumerate(references.iter_by_sentence(doc, mentions)):
        title = titled and not number
        mine = [s for s in inside if s.label_ == "METHOD" and _form(s) in names]
        last = mine[-1] if mine else last
        lowers = [t.lower_ for t in sentence]
        begun = begun or (not title and (bool(mine) or not _FIRST.isdisjoint(lowers)))
        ours = begun and (bool(mine) or not _OURS.isdisjoint(lowers))
        tested = ours and not _EVALUATION.isdisjoint(lowers)
        for mention in inside:
            if any(s.start < mention.end and mention.start < s.end for s in mine) or mention.text.startswith(last.text):
                continue
            governor = _governor(lowers, mention.start - sentence.start, {start - sentence.start for start in starts})
            ours = ours or (begun and governor in _OUTDOES)
            for kind in _kinds_of(mention.label_, governor, ours=ours, tested=tested, named=bool(mine), title=title):
                yield Related(last, kind, mention, sentence), _CUE


def _kinds_of(label: str, governor: str, *, ours: bool, tested: bool, named: bool, title: bool) -> Iterator[RelationType]:
    """Yield what a mention is to the method that the text is about, by the word that governs the mention.

    The sentence is of the authors' own work, of its tests, names the method, or is the title.
    """
    if label == "DATASET":
        if tested:
            yield RelationType.EVALUATED_WITH
    elif label == "METHOD" and governor in _OUTDOES | _AGAINST:
        if ours:
            yield RelationType.COMPARE_WITH
    elif tested and governor in _ON:
        yield RelationType.EVALUATED_WITH
        if label == "TASK":
            yield RelationType.USED_FOR
    elif label == "TASK" and (title or (named and governor in _FOR)):
        yield RelationType.USED_FOR


def _is_test(related: Related) -> bool:
    """Tell a method that is tested on a task, of which the model at best says that it is used for it."""
    return related.type is RelationType.EVALUATED_WITH and related.object.label_ == "TASK"


def _form(mention: Span) -> str:
    return concept_form(mention.kb_id_ or mention.text)


def _governor(lowers: Sequence[str], at: int, starts: Container[int]) -> str:
    """Give the preposition or the verb of comparing that governs what stands at a place of a sentence, alone or in a list; else nothing.

    What a comma parts from it belongs to it only as the next of a list: after the comma comes another mention, or `and`. `such as` and
    `of` lead on to what governs the noun before them, and a colon to what governs the noun that the list is of.
    """
    measured = ""
    listed = False
    for i in range(at - 1, -1, -1):
        word, before = lowers[i], lowers[max(0, i - _NEAR) : i]
        listed = listed or word == ":"
        if word == "of":
            measured = "on" if before and before[-1] in _MEASURED else measured
        elif word in ("to", "with") and any(w.startswith(_LIKENED) for w in before):
            return "against"
        elif word in _GOVERN and not (word == "as" and before and before[-1] == "such") and lowers[i + 1 : i + 2] != ["-"]:
            return word
        elif word in _CLAUSE or (word in _DOING and not listed) or (word == "," and i + 1 not in starts and lowers[i + 1] not in _LISTING):
            break
    return measured
