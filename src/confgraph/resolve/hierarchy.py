"""Judge which concept is broader than another, by its name (`Llama-2-7B`, `graph neural network`) or by what a text says.

A broader concept is always one that readings name. What names tell is not tested against meaning, so that the rules keep to
compounds whose last words are a name of their own: a random forest is no forest.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from confgraph.records import Broader, Entity, EntityKind, MemberKey, Reason, RelationType
from confgraph.resolve.concept_blocks import ConceptBlocks
from confgraph.resolve.forms import iter_reductions
from confgraph.resolve.said import Said
from confgraph.resolve.score import Features, total
from confgraph.resolve.spelling import singular_words
from confgraph.text import plain

FEATURES: Final = Features(
    {
        "version or size": 0.9,
        "modifier before several words": 0.9,
        "modifier before one word": 0.75,
        "words behind": 0.8,
        "said to be a kind": 1.0,
        "closes a circle": -1.0,
    }
)

BROADER_FROM: Final = 0.7
"""Score from which one concept is broader than the other."""

_KINDS: Final = frozenset({EntityKind.METHOD, EntityKind.DATASET, EntityKind.TASK, EntityKind.METRIC})

_NUMBER: Final = r"v?\d[\w.]*(?:/\d+)?"
_VARIANT: Final = r"base|large|small|tiny|mini|medium|huge|x+l|turbo|instruct|chat|pro|flash|opus|sonnet|haiku|nano|ultra|[BLSHT](?:/\d+)?"
_VERSIONED: Final[Mapping[EntityKind, re.Pattern[str]]] = {
    kind: re.compile(rf"(?P<rest>.*?[^\W\d_]{{2}}.*?)(?:[-_ ](?:{tail})|(?<=[^\W\d_]{{3}}){_NUMBER})", re.IGNORECASE)
    for kind, tail in ((EntityKind.METHOD, f"{_NUMBER}|{_VARIANT}"), (EntityKind.DATASET, _NUMBER), (EntityKind.METRIC, _NUMBER))
}
"""A name that ends in a version, size or variant: `ResNet-50`, `YOLOv5`, `BERT-base`, `VQA v2`."""
_SIZE_IN_FRONT: Final = re.compile(r"\d+(?:\.\d+)?[BM] (?P<rest>[A-Z].*)")
_MOST_TAILS: Final = 3

_PREPOSITION: Final = frozenset("of for in on with from to by via as at over under using without through between across against".split())
_WITHIN: Final = frozenset({"of", "to", "as", "at"})
"""Prepositions within terms, such as `image to image translation`: what stands before them alone is something else."""
_NO_COMPOUND: Final = frozenset({"and", "or", "&", "versus", "vs", "vs.", "the", "a", "an", "into", "is", "are", "that"})
"""Words of names that are phrases or two things."""
_NOT_SO: Final = frozenset({"pseudo", "quasi", "anti", "non", "no", "not", "without", "beyond", "than"})
"""Words before a head that make it something else."""
_WITHIN_ATTENTION: Final = re.compile(r"(?:self|cross|co)-(?P<rest>[a-z]+)")
_GERUND: Final = re.compile(
    r"(?:using|leveraging|training|fine-?tuning|aligning|adapting|enhancing|improving|solving|learning|combining|evaluating|understanding"
    r"|building|predicting|generating|exploiting|applying|incorporating|modell?ing)"
)
"""First words of methods that are no modifiers but verbs; of tasks, all words in -ing are taken so."""
_SHORTEST_HEAD: Final = 3
_MANY_SENSED: Final = frozenset(
    """
    agent algorithm alignment analysis approach architecture bayes block chain component computer computing control data descent design
    distance distribution dynamics engine entropy error evaluation expert feature field filter flow forest framework function game
    generalization gradient graph image inference information intelligence interaction interface judgment kernel language layer learner
    learning level loss machine matrix measure mechanism memory method metric model modeling module network node objective operator
    paradigm paradox performance play point policy problem procedure process processing processor product program programming
    property quality rate representation response rule sample scheme science score search sequence set setting signal space strategy
    structure study supervision support system task technique technology term test text theory time token tool training transfer
    tree tuning understanding unit validation value variable vector view vision weight word world
    """.split()
)
"""Heads that alone name no one concept."""
_MEASURES: Final = frozenset({"accuracy", "perplexity", "regret", "f1", "bleu", "rouge"})
"""Metrics of one word of which those with a modifier are kinds; average precision is no precision."""


_Pair = tuple[MemberKey, MemberKey]
"""The keys of the narrower and the broader entity."""


class _Above(NamedTuple):
    """A name that is broader than another, the feature that says so, and how."""

    name: str
    feature: str
    note: str


def judge_broader(blocks: ConceptBlocks, by_member: Mapping[MemberKey, Entity], stated: Sequence[Said] = ()) -> tuple[Broader, ...]:
    """Judge which entities are broader than others; sorted, and without circles among those that hold.

    Of what would close a circle, the pairs with the best scores hold.
    """
    members: defaultdict[_Pair, set[MemberKey]] = defaultdict(set)
    reasons: defaultdict[_Pair, set[Reason]] = defaultdict(set)
    for profile in blocks.profiles:
        kind, key = profile.member.kind, profile.member.key
        own = by_member[key]
        if own.kind in _KINDS and kind is own.kind and (found := _nearest(blocks, by_member, own, blocks.printed[key])):
            above, other = found
            members[own.key, other.key].add(key)
            reasons[own.key, other.key].add(FEATURES.reason(above.feature, 1.0, above.note))
    for pair, reason in _iter_stated(by_member, stated):
        reasons[pair].add(reason)
    return _without_circles(_pair(pair, members.get(pair, ()), found) for pair, found in reasons.items())


def _iter_stated(by_member: Mapping[MemberKey, Entity], stated: Iterable[Said]) -> Iterator[tuple[_Pair, Reason]]:
    """Yield what records say; of a dataset only what another dataset is, since it is no concept of SKOS."""
    for relation in stated:
        left, right = by_member[relation.left], by_member[relation.right]
        kinds = {left.kind, right.kind}
        if relation.type is not RelationType.SUBCLASS_OF or left is right or not kinds <= _KINDS:
            continue
        if len(kinds) == 1 or EntityKind.DATASET not in kinds:
            note = f"a record says that {relation.left_name!r} is a kind of {relation.right_name!r}"
            yield (left.key, right.key), FEATURES.reason("said to be a kind", relation.confidence, note)


def _pair(pair: _Pair, members: Collection[MemberKey], reasons: Collection[Reason]) -> Broader:
    """Score a pair by the best of its reasons: a second one, such as another spelling, makes it no surer."""
    best = sorted(reasons, key=lambda r: (-r.value * r.weight, r.feature, r.note))
    return Broader(*pair, tuple(sorted(members)), total(best[:1]), tuple(best))


def _without_circles(pairs: Iterable[Broader]) -> tuple[Broader, ...]:
    """Let the pairs hold that score enough, best first, but none that closes a circle."""
    above: defaultdict[MemberKey, list[MemberKey]] = defaultdict(list)
    found = []
    for pair in sorted(pairs, key=lambda p: (-p.score, p.narrower, p.broader)):
        if pair.score < BROADER_FROM:
            found.append(pair)
        elif pair.narrower in _reached(above, pair.broader):
            why = FEATURES.reason("closes a circle", 1.0)
            found.append(Broader(pair.narrower, pair.broader, pair.members, 0.0, (*pair.reasons, why)))
        else:
            above[pair.narrower].append(pair.broader)
            found.append(Broader(pair.narrower, pair.broader, pair.members, pair.score, pair.reasons, holds=True))
    return tuple(sorted(found, key=lambda p: (p.narrower, p.broader)))


def _reached(above: Mapping[MemberKey, Sequence[MemberKey]], start: MemberKey) -> set[MemberKey]:
    """Give what stands above a concept, itself included."""
    seen, left = {start}, [start]
    while left:
        for key in above.get(left.pop(), ()):
            if key not in seen:
                seen.add(key)
                left.append(key)
    return seen


def _nearest(blocks: ConceptBlocks, by_member: Mapping[MemberKey, Entity], own: Entity, name: str) -> tuple[_Above, Entity] | None:
    """Find the nearest entity of the same kind whose name is broader than this one of `own`."""
    for above in iter_broader_names(own.kind, name):
        key = blocks.find(own.kind, above.name)
        if key is not None and by_member[key] is not own and by_member[key].kind is own.kind:
            return above, by_member[key]
    return None


def iter_broader_names(kind: EntityKind, name: str) -> Iterator[_Above]:
    """Yield the names that are broader than a printed name, nearest first.

    >>> [above.name for above in iter_broader_names(EntityKind.METHOD, "Mistral-7B-Instruct")]
    ['Mistral-7B', 'Mistral']
    >>> [above.name for above in iter_broader_names(EntityKind.TASK, "weakly supervised semantic segmentation")]
    ['semantic segmentation', 'segmentation']
    """
    text = plain(name)
    yield from _iter_unversioned(kind, text)
    yield from _iter_heads(kind, text)


def _iter_unversioned(kind: EntityKind, text: str) -> Iterator[_Above]:
    """Yield a name without its size or version; where that is the same without its generic head, so is what it leads to."""
    pattern = _VERSIONED.get(kind)
    if pattern is None:
        return
    if m := _SIZE_IN_FRONT.fullmatch(text):
        yield _Above(m["rest"], "version or size", f"{text!r} is {m['rest']!r} of a size")
    rest = next((r.name for r in iter_reductions(kind, text)), text)
    for _ in range(_MOST_TAILS):
        m = pattern.fullmatch(rest)
        if m is None:
            return
        rest = m["rest"].rstrip("-_ ")
        yield _Above(rest, "version or size", f"{text!r} is {rest!r} of a version, size or variant")


def _iter_heads(kind: EntityKind, text: str) -> Iterator[_Above]:
    """Yield what is left of a compound without what stands behind its head, then without one modifier after the other."""
    if kind is EntityKind.DATASET:
        return  # the name of a dataset describes it, but one that shares its last words is another dataset
    words = text.split()
    folded = [word.casefold() for word in words]
    if not words or _NO_COMPOUND & set(folded):
        return
    if _GERUND.fullmatch(folded[0]) or (kind is EntityKind.TASK and folded[0].endswith("ing")):
        return
    end = next((i for i, word in enumerate(folded) if i and word in _PREPOSITION), len(words))
    if 1 < end < len(words) and folded[end] not in _WITHIN:
        yield _Above(" ".join(words[:end]), "words behind", f"{text!r} is {' '.join(words[:end])!r}, specified")
    for start in range(1, end):
        if folded[start - 1] in _NOT_SO or folded[start - 1].startswith("non-"):
            return
        head = " ".join(words[start:end])
        if folded[start - 1].endswith("ly") or not _names_one_concept(kind, head):
            continue  # an adverb belongs to the next word
        feature = "modifier before several words" if end - start > 1 else "modifier before one word"
        yield _Above(head, feature, f"{text!r} is a {head!r} with a modifier")
    if (m := _WITHIN_ATTENTION.fullmatch(folded[-1])) and end == len(words) and _names_one_concept(kind, m["rest"]):
        yield _Above(m["rest"], "modifier before one word", f"{text!r} is a {m['rest']!r} with a modifier")


def _names_one_concept(kind: EntityKind, head: str) -> bool:
    word = singular_words(head.casefold())
    if " " in head:
        return True
    if kind is EntityKind.METRIC:
        return word in _MEASURES
    return len(word) >= _SHORTEST_HEAD and word not in _MANY_SENSED and word[0].isalpha()
