"""Find what a text says that it introduces, and of which kind it is.

Three places are read: the object of `we introduce ...` and its kin, names after `called`, and titles of the form
`NAME: subtitle` where the abstract proposes something. An analysis that proposes nothing introduces nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from confgraph.extract import gazetteer
from confgraph.extract.acronyms import Pair, looks_short, pairs_of
from confgraph.extract.kinds import HEADS, STOPS, VAGUE, after_name, kind_of
from confgraph.extract.lexicon import BOUNDARIES, COMMON_CAPITALS, LANGUAGES, METHOD_HEADS, METRIC_HEADS, PRAISE, TASK_HEADS
from confgraph.extract.shapes import concept_form, is_acronym, is_name, is_quantity, singular
from confgraph.extract.tokens import Word, words_of
from confgraph.records import ArtefactKind

GROUP: Final = "introduces"

_BASE: Final = frozenset(
    """
    introduce propose present develop release design contribute construct create build curate devise formulate open-source publish
    describe collect offer
    """.split()
)
_ALSO_NOUNS: Final = frozenset("design release present offer construct build".split())
_BEFORE_VERBS: Final = frozenset("we i to and or , also then further first next here thus".split())
_THIRD: Final = frozenset(v + "s" for v in _BASE)
_GERUND: Final = frozenset("introducing proposing presenting developing releasing designing".split())
_PARTICIPLE: Final = frozenset("introduced proposed presented developed released designed".split())
_SUBJECTS: Final = frozenset("we i paper work article authors tutorial study".split())
_CALLED: Final = frozenset("called named dubbed termed coined namely".split())
_LINKS: Final = frozenset("and & of for in with the via by".split())
_EXAMPLES: Final = frozenset("including such like e.g".split())
_EVIDENCE: Final = {"object": 0.85, "called": 0.9, "title": 0.75, "unnamed": 0.45}


class Found(NamedTuple):
    """A name at tokens `[start, end)`, what it is, and which of the three places says so."""

    start: int
    end: int
    kind: ArtefactKind
    evidence: str


@Language.factory("confgraph_introduces_v1", default_config={"gazetteers": None})
def make_introduces(nlp: Language, name: str, gazetteers: dict[str, str] | None) -> IntroductionFinder:  # noqa: ARG001
    """Make the component that fills `doc.spans["introduces"]`; `gazetteers` as in `confgraph_concepts_v1`."""
    texts = gazetteer.files() if gazetteers is None else gazetteers
    return IntroductionFinder(gazetteer.generic_forms(texts), gazetteer.venues(texts))


class IntroductionFinder:
    """Mark the names of introduced things; the label is the kind, the id says on what evidence."""

    def __init__(self, generic: frozenset[str], venues: frozenset[str]) -> None:
        """Hold the forms of common nouns of the field, which nobody introduces anew unless as a proper name, and names of venues."""
        self._generic = generic
        self._venues = venues

    def __call__(self, doc: Doc) -> Doc:
        """Fill the group `introduces` of `doc`."""
        pairs = pairs_of(doc)
        sentences = [words_of(doc, s.start, s.end) for s in doc.sents]
        titled = has_title(doc)
        body = sentences[1:] if titled else sentences
        found = [f for words in body for f in _iter_in_sentence(words, pairs)]
        named = [f for f in found if f.evidence != "unnamed"]
        if titled:
            named += _in_title(sentences[0], body, named, pairs)
        long = {pair.short: doc[slice(*pair.long)].text for pair in pairs}
        kept = [
            f
            for f in named or found[:1]
            if not self._is_common(doc[f.start : f.end].text)
            and not self._is_no_name(doc[f.start : f.end].text)
            and not self._is_generic(long.get((f.start, f.end), ""))
        ]
        spans = [Span(doc, f.start, f.end, label=f.kind, span_id=f.evidence) for f in sorted(set(kept))]
        doc.spans[GROUP] = SpanGroup(doc, name=GROUP, spans=spans)
        return doc

    def _is_common(self, text: str) -> bool:
        """Tell whether a name is a measure, or a common noun: written small, and in the gazetteers or headed by what is no artefact."""
        words = text.split()
        if concept_form(text).rpartition(" ")[2] in METRIC_HEADS - METHOD_HEADS:
            return True
        if any(is_name(w) for w in words) or sum(w[0].isupper() for w in words) > 1 or (len(words) == 1 and words[0][0].isupper()):
            return False
        return self._is_generic(text) or concept_form(text).rpartition(" ")[2] in TASK_HEADS - METHOD_HEADS

    def _is_generic(self, text: str) -> bool:
        """Tell whether a text, such as an acronym's long form, is a common noun of the gazetteers and written as one."""
        return sum(w[0].isupper() for w in text.split()) <= 1 and concept_form(text) in self._generic

    def _is_no_name(self, text: str) -> bool:
        """Tell venues (`FOCS 2007`), bare heads, bare adjectives, languages and single letters from names."""
        words = text.split()
        first = words[0]
        if first in self._venues and all(w.isdigit() for w in words[1:]):
            return True
        if len(words) == 1 and not is_name(first):
            noun = singular(first.lower())
            heads = (METHOD_HEADS | TASK_HEADS | VAGUE).union(*HEADS.values())
            bare = noun in heads and noun not in self._generic
            return bare or ("-" in first and first.rpartition("-")[2].islower())
        small = all(len(w) == 1 or is_quantity(w) for w in words)
        return small or all(w.lower() in LANGUAGES | _LINKS for w in words)


def confidence_of(evidence: str) -> float:
    """Give the confidence of an introduction found on that evidence."""
    return _EVIDENCE[evidence]


def has_title(doc: Doc) -> bool:
    """Tell whether the first sentence of a text is its title."""
    return "\n" in doc.text and not doc.text.startswith("\n")


def is_claim(words: Sequence[Word], i: int) -> bool:
    """Tell whether the word at `i` is a verb of introducing whose subject is the authors or their paper."""
    verb = words[i].lower
    before = [w.lower for w in words[max(0, i - 25) : i]]
    if verb in _ALSO_NOUNS and before and before[-1] not in _BEFORE_VERBS and not before[-1].endswith("ly"):
        return False
    if verb in _BASE:
        return ("we" in before or "i" in before) and "will" not in before[-2:]
    if verb in _THIRD:
        return any(w in _SUBJECTS for w in before[-6:])
    if verb in _PARTICIPLE:
        return "we" in before[-2:] and "have" not in before[-2:-1]
    return verb in _GERUND and bool(before) and before[-1] in ("by", ",", "and")


def _iter_in_sentence(words: Sequence[Word], pairs: Sequence[Pair]) -> Iterator[Found]:
    claims = False
    for i, word in enumerate(words):
        if is_claim(words, i):
            claims = True
            yield from _of_object(words, i + 1, pairs)
        elif (word.lower in _CALLED or (word.lower in ("call", "dub") and i and words[i - 1].lower == "we")) and i + 1 < len(words):
            named = _name_at(words, _skip_open(words, i + 1), pairs)
            before = [w.lower for w in words[max(0, i - 12) : i]]
            if named and (claims or any(w in _PARTICIPLE or w in ("we", "our", "new", "novel") for w in before)):
                yield Found(*named, kind_of(words, max(0, i - 12), i, named), "called")
        elif word.lower in _PARTICIPLE and i >= 2 and words[i - 1].lower in ("is", "are") and is_name(words[i - 2].text):
            name = words[i - 2]
            yield Found(name.start, name.end, kind_of(words, 0, i - 2, (name.start, name.end)), "object")


def _is_called_later(words: Sequence[Word], start: int, pairs: Sequence[Pair]) -> bool:
    """Tell whether the clause that starts at word `start` gives the name of its object itself, and not its acronym."""
    for i in range(start, min(start + 20, len(words) - 1)):
        if words[i].text in (".", ";") or (words[i].lower == "and" and words[i + 1].lower in ("a", "an", "the")):
            return False
        if words[i].lower in _CALLED:
            acronym = any(pair.short[0] == words[i + 1].start for pair in pairs)
            return not acronym and (words[i + 1].text[0].isupper() or is_name(words[i + 1].text))
    return False


def _of_object(words: Sequence[Word], start: int, pairs: Sequence[Pair]) -> Iterator[Found]:
    """Read the object of a verb of introducing: its first noun phrase, its appositions, and names joined to it by `and`."""
    i = start
    names = 0
    if start < len(words) and words[start].lower in ("a", "an") and _is_called_later(words, start, pairs):
        return  # `a KD method, called NAME`: the name comes later, and KD is none
    in_phrase, past = True, False  # whether no preposition stands before, and whether one stands after the last name
    while i < min(start + 30, len(words)):
        word = words[i]
        if (
            word.text in (";", ".")
            or word.lower in _EXAMPLES
            or (word.lower in ("that", "which", "whose", "where", "because", "while") and names)
        ):
            break
        joined = names and words[i - 1].lower == "and"
        opens = in_phrase or joined or (words[i - 1].text in (",", ":", "—", "–") and not (names and past))
        named = _name_at(words, i, pairs) if opens and word.lower not in _CALLED else None
        if named and not _is_modifier(words, i, named):
            yield Found(*named, kind_of(words, start, i, named), "object")
            names += 1
            while i < len(words) and words[i].start < named[1]:
                i += 1
            in_phrase, past = False, False
            continue
        if word.lower in STOPS:
            in_phrase, past = False, True
        i += 1
    if not names:
        yield from _unnamed(words, start)


def _is_modifier(words: Sequence[Word], i: int, named: tuple[int, int]) -> bool:
    """Tell whether the name only describes the noun after it, as in `a GPT-4 judge`."""
    after = after_name(words, i, named)
    if after == len(words) or not words[after].is_word:
        return False
    lower = words[after].lower
    if lower in BOUNDARIES and lower not in PRAISE:
        return False
    noun = singular(lower)
    return not (
        any(noun in heads for heads in HEADS.values()) or noun in METHOD_HEADS or noun in ("framework", "approach", "system", "method")
    )


def _name_at(words: Sequence[Word], i: int, pairs: Sequence[Pair]) -> tuple[int, int] | None:
    """Give the token range of the name that begins at word `i`: a defined pair, a coined name, or capitalised words."""
    if i >= len(words) or not words[i].is_word:
        return None
    for pair in pairs:
        if words[i].start == pair.long[0] and (pair.short[0] > pair.long[0]):
            return pair.long
        if words[i].start == pair.short[0]:
            return pair.short
    return _capitals_at(words, i)


def _capitals_at(words: Sequence[Word], i: int) -> tuple[int, int] | None:
    """Give the token range of the capitalised or coined words that begin at word `i`, where they are a name."""
    j = i
    while (
        j < len(words)
        and words[j].is_word
        and (words[j].text[0].isupper() or is_name(words[j].text) or (j > i and words[j].text.isdigit()))
    ):
        j += 1
        if j + 1 < len(words) and words[j].lower in _LINKS and words[j + 1].text[0].isupper() and not is_name(words[j + 1].text):
            j += 1
    if j == i:
        return None
    if long := _up_to_acronym(words, i, j):
        return words[i].start, words[long - 1].end
    common = j - i == 1 and (not is_name(words[i].text) or words[i].text in COMMON_CAPITALS) and not _alone(words, i)
    return None if common else (words[i].start, words[j - 1].end)


def _up_to_acronym(words: Sequence[Word], i: int, j: int) -> int:
    """Give the end of a name that goes on in small words up to its acronym, as in `Wrong Turn despite Maps (WTM)`, or 0."""
    if not words[i].text[0].isupper():
        return 0
    k = j
    while k < min(j + 4, len(words)) and words[k].is_word:
        k += 1
    if k == j or k + 2 >= len(words) or words[k].text != "(" or words[k + 2].text not in ("),", ")", ",", ";"):
        return 0
    short = words[k + 1].text
    return k if looks_short(short) and short[0] == words[i].text[0] and words[k - 1].text[0].isupper() else 0


def _alone(words: Sequence[Word], i: int) -> bool:
    """Tell whether one capitalised word stands as a name: followed by a comma, colon, bracket or verb, not by its noun."""
    return (
        words[i].text[0].isupper()
        and len(words[i].text) > 2
        and (i + 1 >= len(words) or words[i + 1].text in (",", ":", "(", "—", "–", "-", ".") or words[i + 1].lower == "to")
    )


def _skip_open(words: Sequence[Word], i: int) -> int:
    while i < len(words) and (words[i].text in ('"', "“", "`", "'", "\\", "the", "as", ":")):
        i += 1
    return i


def _unnamed(words: Sequence[Word], start: int) -> Iterator[Found]:
    """Give the first noun phrase of an object without a name, where its head is a method, dataset or tool and two words describe it."""
    i = start
    while i < len(words) and words[i].is_word and (words[i].lower in PRAISE or words[i].lower in ("a", "an", "the", "our", "two", "and")):
        i += 1
    j = i
    while j < len(words) and words[j].is_word and words[j].lower not in BOUNDARIES:
        j += 1
    if j - i < 3 or j - i > 6:
        return
    head = singular(words[j - 1].lower)
    kind = next((k for k, heads in HEADS.items() if head in heads), None)
    if kind or head in METHOD_HEADS:
        yield Found(words[i].start, words[j - 1].end, kind or ArtefactKind.METHOD, "unnamed")


def _in_title(title: Sequence[Word], body: Sequence[Sequence[Word]], named: Sequence[Found], pairs: Sequence[Pair]) -> list[Found]:
    """Read `NAME: subtitle`, where the abstract proposes something or speaks of the name."""
    colon = next((i for i, w in enumerate(title) if w.text in (":", "—") and i), 0)
    if not 1 <= colon <= 4 or not all(w.is_word for w in title[:colon]):
        return []
    text = " ".join(w.text for w in title[:colon])
    texts = [w.text for words in body for w in words]
    mentioned = all(w.text in texts for w in title[:colon])
    claimed = any(is_claim(words, i) for words in body for i in range(len(words)))
    coined = any(is_name(w.text) for w in title[:colon]) or (
        colon == 1 and title[0].text[0].isupper() and mentioned and not is_acronym(text)
    )
    several = colon > 1 and mentioned and all(w.text[0].isupper() or w.lower in _LINKS for w in title[:colon])
    acts = any(words and words[0].text == title[0].text for words in body)  # `NAME trains ...`, as a third person's summary says
    if not (claimed or acts) or not (coined or several):
        return []
    place = (title[0].start, title[colon - 1].end)
    for pair in pairs:
        if pair.short[0] == place[0]:
            place = pair.short
    kind = kind_of(title, 0, 0, place)
    if kind is ArtefactKind.METHOD and named and not mentioned:
        return []
    if kind is ArtefactKind.METHOD and len({f.kind for f in named}) == 1:
        kind = named[0].kind
    return [Found(*place, kind, "title")]
