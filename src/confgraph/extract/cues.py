"""Find by the words around them what a text's other concepts are to the method that it is about.

What the title names is what the method is for. In a sentence on the authors' own work, which need not name the method, the preposition
or the verb before a concept tells what the method is evaluated on (`experiments on`) and compared with (`than`, `on par with`).
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import Final, NamedTuple

from spacy.tokens import Doc, Span

from confgraph.extract import introduces, references
from confgraph.extract.lexicon import VERBS
from confgraph.records import RelationType

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
_REACH: Final = 40
"""How many words a mention may stand behind the word that governs it."""
_MEASURED: Final = frozenset("performance accuracy quality".split())
_CLAUSE: Final = frozenset("; . that which where while whereas because although though since when we it".split())
_LISTING: Final = frozenset("and or the a an such including as e.g".split())
_DOING: Final = frozenset(w for w in VERBS if w.endswith("ing")) - {"including", "achieving", "performing", "existing", "leading"}
"""Verbs whose object a mention is, and not the preposition's."""
_FIRST: Final = frozenset("we our i my".split())
_OURS: Final = _FIRST | frozenset("experiments experiment experimental evaluations results proposed".split())
_CUE: Final = 0.75
"""The confidence of a relation found by a cue: of 120 on abstracts that nobody had tuned on, more than four in five were right."""


class Related(NamedTuple):
    """A relation between two mentions of a Doc, found in `sentence`."""

    subject: Span
    type: RelationType
    object: Span
    sentence: Span


def iter_cues(doc: Doc, mentions: Sequence[Span], own: Sequence[Span]) -> Iterator[tuple[Related, float]]:
    """Find what the method that a text is about is used for, evaluated on and compared with, in sentences that need not name it."""
    if not own:
        return
    last = own[0]
    names = {references.name_of(s) for s in own}
    titled = introduces.has_title(doc)
    begun = False  # before the authors speak of their own, a text tells of others
    for number, (sentence, inside) in enumerate(references.iter_by_sentence(doc, mentions)):
        title = titled and not number
        mine = [s for s in inside if s.label_ == "METHOD" and references.name_of(s) in names]
        last = mine[-1] if mine else last
        lowers = [t.lower_ for t in sentence]
        begun = begun or (not title and (bool(mine) or not _FIRST.isdisjoint(lowers)))
        ours = begun and (bool(mine) or not _OURS.isdisjoint(lowers))
        tested = ours and not _EVALUATION.isdisjoint(lowers)
        starts = {s.start - sentence.start for s in inside}
        taken = {i for s in mine for i in range(s.start, s.end)}
        for mention in inside:
            if not taken.isdisjoint(range(mention.start, mention.end)) or mention.text.startswith(last.text):
                continue
            governor = _governor(lowers, mention.start - sentence.start, starts)
            beats = begun and governor in _OUTDOES
            for kind in _kinds_of(mention.label_, governor, ours=ours or beats, tested=tested, named=bool(mine), title=title):
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


def is_test(related: Related) -> bool:
    """Tell a method that is tested on a task, of which the model at best says that it is used for it."""
    return related.type is RelationType.EVALUATED_WITH and related.object.label_ == "TASK"


def _governor(lowers: Sequence[str], at: int, starts: Container[int]) -> str:
    """Give the preposition or the verb of comparing that governs what stands at a place of a sentence, alone or in a list; else nothing.

    What a comma parts from it belongs to it only as the next of a list: after the comma comes another mention, or `and`. `such as` and
    `of` lead on to what governs the noun before them, and a colon to what governs the noun that the list is of.
    """
    measured = ""
    listed = False
    for i in range(at - 1, max(at - _REACH, 0) - 1, -1):
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
