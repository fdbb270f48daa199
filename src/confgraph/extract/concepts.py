"""Find methods, datasets, tasks, metrics: by gazetteer, by the text's own definitions, by cues, by the heads of noun phrases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from confgraph.extract import gazetteer, institutions, introduces, urls
from confgraph.extract.acronyms import pairs_of, stem
from confgraph.extract.gazetteer import Gazetteer, Match
from confgraph.extract.lexicon import COMMON_CAPITALS, LANGUAGES, METHOD_HEADS, METRIC_HEADS, PROPER_DATA_HEADS, TASK_HEADS, VERBS
from confgraph.extract.phrases import is_dataset_head, is_heading, iter_phrases
from confgraph.extract.shapes import concept_form, is_acronym, is_name, is_quantity, singular
from confgraph.extract.tokens import FineTokenizer, Word, words_of
from confgraph.records import ArtefactKind

GROUP: Final = "concepts"

CONFIDENCE: Final = {
    "gazetteer": 0.82,
    "introduced": 0.81,
    "acronym": 0.82,
    "variant": 0.81,
    "cue": 0.68,
    "institution": 0.75,
    "phrase": 0.47,
    "name": 0.6,
}
"""How far a mention is believed, by the evidence that found it: its precision on the training sentences of SciER (Zhang et al.,
EMNLP 2024), which mark methods, datasets and tasks; that of institutions is an estimate."""

_DEFINITE: Final = frozenset("introduced acronym gazetteer variant".split())
_RANK: Final = ("introduced", "acronym", "gazetteer", "variant", "cue", "institution", "phrase", "name")
_EVALUATION: Final = frozenset(
    """
    evaluate evaluated evaluation evaluations experiment experiments benchmark benchmarks benchmarked results performance accuracy
    dataset datasets outperforms outperform test tested tests validate validated achieves achieve improves state-of-the-art trained
    train pretrained
    """.split()
)
_ONE_OF: Final = frozenset({"METHOD", "DATASET", "TASK"})
"""The fields of which a name has one in a record."""
_FLOATS: Final = frozenset("Table Tables Figure Figures Fig Figs Section Sections Appendix Algorithm Equation".split())
_NAMED: Final = frozenset({"gazetteer", "variant", "introduced", "acronym", "name"})
_CITING: Final = frozenset("of by and & from following to in ( [ ,".split())
_SORTS: Final = frozenset("model method technique algorithm approach architecture framework system procedure".split())
_LISTS: Final = frozenset(", and or & ; as well".split())
_SUCH_AS: Final = frozenset("such as including like namely e.g ( : , — – the i.e".split())


class Claim(NamedTuple):
    """A mention at tokens `[start, end)`; `name` is the concept's where a gazetteer knows it, else empty."""

    start: int
    end: int
    label: str
    evidence: str
    name: str = ""


@Language.factory("confgraph_concepts_v1", default_config={"gazetteers": None})
def make_concepts(nlp: Language, name: str, gazetteers: dict[str, str] | None) -> ConceptFinder:  # noqa: ARG001
    """Make the component that fills `doc.spans["concepts"]`.

    `gazetteers` maps stems (`methods`, ...) to the texts of their files; None reads those that come with confgraph.
    """
    return ConceptFinder(FineTokenizer(nlp.vocab), gazetteer.files() if gazetteers is None else gazetteers)


class ConceptFinder:
    """Mark mentions of concepts: the label is the field, the id the evidence, `kb_id_` the gazetteer's name."""

    def __init__(self, cut: FineTokenizer, texts: Mapping[str, str]) -> None:
        self._cut = cut
        self._gazetteer = gazetteer.build(texts, cut)

    def __call__(self, doc: Doc) -> Doc:
        """Fill the group `concepts` of `doc`."""
        blocked = [False] * len(doc)
        for url in doc.spans.get(urls.GROUP, ()):
            blocked[url.start : url.end] = [True] * len(url)
        known = _known(doc, self._gazetteer)
        claims = [*known, *self._local(doc, known)]
        taken = {i for c in claims if c.label in ("METHOD", "METRIC", "TASK", "INSTITUTION") for i in range(c.start, c.end)}
        for sentence in doc.sents:
            words = words_of(doc, sentence.start, sentence.end)
            claims += _by_cue(words, taken)
            claims += [Claim(p.words[0].start, p.words[-1].end, p.label, "phrase") for p in iter_phrases(words)]
            claims += _by_shape(words)
            claims += [Claim(start, end, "INSTITUTION", "institution") for start, end in institutions.iter_places(words)]
        names = {(c.start, c.end) for c in claims if c.label == "METHOD" and c.evidence in _NAMED}
        claims = [c for c in claims if not (c.evidence == "phrase" and _restates(doc, c, names))]
        kept = _one_field(doc, _settled([c for c in claims if not any(blocked[c.start : c.end])]))
        spans = [Span(doc, c.start, c.end, label=c.label, kb_id=c.name, span_id=c.evidence) for c in kept]
        doc.spans[GROUP] = SpanGroup(doc, name=GROUP, spans=spans)
        return doc

    def _local(self, doc: Doc, known: Sequence[Claim]) -> Iterator[Claim]:
        """Find the mentions of what the text itself defines or introduces."""
        local = Gazetteer()
        evidence: dict[str, str] = {}
        labels = {(c.start, c.end): c for c in known}
        introduced = {(s.start, s.end): s.label_ for s in doc.spans.get(introduces.GROUP, ())}
        done: set[tuple[int, int]] = set()
        for pair in pairs_of(doc):
            long, short = doc[slice(*pair.long)].text, stem(doc[slice(*pair.short)].text)
            kind = introduced.get(pair.long) or introduced.get(pair.short)
            entry = labels.get(pair.long) or self._gazetteer.lookup(long)
            if kind:
                label, name, by = _label_of(kind), long, "introduced"
            elif entry:
                label, name, by = entry.label, entry.name, "gazetteer"
            else:
                label, name, by = _label_by_head(long), long, "acronym"
            if label:
                evidence[name] = by
                local.add(label, name, (long.lower(), short), self._cut)
            done |= {pair.long, pair.short}
        for place, kind in introduced.items():
            if place not in done:
                text = doc[slice(*place)].text
                evidence[text] = "introduced"
                local.add(_label_of(kind), text, (text.lower(),) if " " in text else (), self._cut)
        for m in local.iter_matches(doc):
            yield Claim(m.start, m.end, m.label, evidence[m.name], m.name)


def _restates(doc: Doc, phrase: Claim, names: set[tuple[int, int]]) -> bool:
    """Tell whether a phrase only says what sort of thing a name is: `BERT models` are BERT."""
    return (phrase.start, phrase.end - 1) in names and singular(doc[phrase.end - 1].lower_) in _SORTS


def _known(doc: Doc, names: Gazetteer) -> list[Claim]:
    """Find the gazetteers' names; a model name that goes on (`Llama-2-7B`) is a variant under its own name."""
    claims = []
    for m in names.iter_matches(doc):
        end = _extended(doc, m)
        if end == -1:
            continue
        same = end == m.end
        claims.append(Claim(m.start, end, m.label, "gazetteer" if same else "variant", m.name if same else ""))
    return claims


def _extended(doc: Doc, m: Match) -> int:
    """Give the end of the word that a cased name opens, the name's own end where it stands alone, or -1 where it is part of another."""
    if not m.cased:
        return m.end
    glued_left = m.start and not doc[m.start - 1].whitespace_ and doc[m.start - 1].text in "-_./@\\"
    glued_right = m.end + 1 < len(doc) and not doc[m.end - 1].whitespace_ and doc[m.end].text in "-‑–/._" and not doc[m.end].whitespace_
    if m.label == "INSTITUTION":
        return -1 if glued_left or (glued_right and doc[m.end].text in "-_." and doc[m.end + 1].is_alpha) else m.end
    if glued_left and doc[m.start - 1].text in "_.@\\":
        return -1
    if glued_right and doc[m.end].text in "-‑–":
        after = doc[m.end + 1].text
        if after[0].isdigit() or after[0].isupper():
            return words_of(doc, m.end - 1, min(len(doc), m.end + 8))[0].end
    if glued_right and doc[m.end].text == "." and doc[m.end + 1].text[0].isdigit():
        return words_of(doc, m.end - 1, min(len(doc), m.end + 8))[0].end
    return m.end


def _label_of(kind: str) -> str:
    return "DATASET" if kind in (ArtefactKind.DATASET, ArtefactKind.BENCHMARK) else "METHOD"


def _label_by_head(long: str) -> str:
    """Tell a long form's field by its last word; what has another head is taken for a method if it is written like a name."""
    words = long.split()
    head = singular(words[-1].lower().rpartition("-")[2])
    for label, heads in (("METRIC", METRIC_HEADS), ("TASK", TASK_HEADS - METHOD_HEADS), ("METHOD", METHOD_HEADS)):
        if head in heads:
            return label
    if head in ("dataset", "benchmark", "corpus"):
        return "DATASET"
    proper = sum(w[0].isupper() for w in words) * 2 > len(words)
    if proper and head in PROPER_DATA_HEADS:
        return "DATASET"
    return "METHOD" if proper else ""


def _by_cue(words: Sequence[Word], taken: set[int]) -> list[Claim]:
    """Find names beside `dataset` and `benchmark`, in lists after `datasets such as`, and after `on` where something is evaluated."""
    found: list[Claim] = []
    evaluates = any(w.lower in _EVALUATION for w in words)
    for i, word in enumerate(words):
        if is_dataset_head(word) and i:
            found += _before_head(words, i, taken)
            if word.lower.endswith("s") or word.lower == "corpora":
                found += _listed(words, i + 1, taken)
        elif word.lower in ("on", "across") and evaluates and i + 1 < len(words):
            found += _listed(words, i + 1, taken)
    return found


def _before_head(words: Sequence[Word], i: int, taken: set[int]) -> Iterator[Claim]:
    """Read `the NAME dataset`, and `the Vicuna benchmark` with its noun."""
    capitals = not is_heading(words)
    j = i
    while (
        j
        and words[j - 1].is_word
        and (is_name(words[j - 1].text) or (capitals and words[j - 1].text[0].isupper()) or (words[j - 1].text.isdigit() and j < i))
    ):
        j -= 1
    if j in (i, 0) or all(_says_of_what(w) for w in words[j:i]):
        return
    coined = is_name(words[i - 1].text) or words[i - 1].text.isdigit()
    if coined and words[i - 1].start in taken:
        return
    yield Claim(words[j].start, words[i - 1 if coined else i].end, "DATASET", "cue")


def _says_of_what(word: Word) -> bool:
    """Tell words that only describe data: a language, a size, a common abbreviation, a compound (`ML-ready`)."""
    described = "-" in word.text and not is_name(word.text) and word.text.rpartition("-")[2].islower()
    languages = all(part in LANGUAGES for part in word.lower.split("-"))
    return described or languages or word.text in COMMON_CAPITALS or is_quantity(word.text) or word.text.isdigit()


def _listed(words: Sequence[Word], i: int, taken: set[int]) -> list[Claim]:
    """Read names in a list: `A, B and C`, with `such as` and its kin before; a list of which one is known for something else has none."""
    while i < len(words) and words[i].lower in _SUCH_AS:
        i += 1
    found: list[Claim] = []
    comma = False
    while i < len(words):
        j = _end_of_name(words, i)
        if j == i or words[i].text in _FLOATS:
            break
        if words[i].start in taken:
            return []
        if comma and j < len(words) and words[j].lower in VERBS - {"set"}:  # `on A, B wins`: B opens the next clause
            break
        if any(is_name(w.text) for w in words[i:j]) and not all(_says_of_what(w) for w in words[i:j]):
            follows = words[_skip_list(words, j)].lower if j < len(words) else ""
            if singular(follows) not in METHOD_HEADS and follows not in ("gpu", "gpus"):
                found.append(Claim(words[i].start, words[j - 1].end, "DATASET", "cue"))
        i = j
        if i >= len(words) or words[i].lower not in _LISTS:
            break
        comma = words[i].text == "," and i + 1 < len(words) and words[i + 1].lower not in _LISTS
        while i < len(words) and words[i].lower in _LISTS:
            i += 1
    return found


def _end_of_name(words: Sequence[Word], j: int) -> int:
    while j < len(words) and words[j].is_word and (is_name(words[j].text) or words[j].text[0].isupper()):
        j += 1
    return j


def _skip_list(words: Sequence[Word], j: int) -> int:
    """Give the index of the first plain word at or after `j` that closes a list of names, or of the last word."""
    while j < len(words) - 1 and (words[j].lower in _LISTS or is_name(words[j].text)):
        j += 1
    return j


def _by_shape(words: Sequence[Word]) -> Iterator[Claim]:
    """Take coined names for methods; words of capitals alone say too little, quantities (`400kB`) and people are no names."""
    for i, word in enumerate(words):
        if is_quantity(word.text) or _is_person(words, i):
            continue
        if word.is_word and is_name(word.text) and not is_acronym(word.text) and word.text not in COMMON_CAPITALS and len(word.text) > 3:
            capitals = sum(c.isupper() for c in word.text)
            letters = sum(c.isalpha() for c in word.text)
            if letters > capitals or "-" in word.text:
                yield Claim(word.start, word.end, "METHOD", "name")


def _is_person(words: Sequence[Word], i: int) -> bool:
    """Tell a surname with a capital inside (`McDonald`): by `et al.` after it, or by its prefix and a word that cites before it."""
    after = [w.lower for w in words[i + 1 : i + 3]]
    if after in (["et", "al"], ["et", "al."]):
        return True
    prefixed = words[i].text[:2] == "Mc" and words[i].text[2:3].isupper() and words[i].text[3:].islower()
    return prefixed and (not i or words[i - 1].lower in _CITING or words[i - 1].text.istitle() or after[:1] in (["and"], ["&"]))


def _settled(claims: Sequence[Claim]) -> list[Claim]:
    """Choose among overlapping claims: what the text defines, then the longer, then the stronger evidence.

    Claims of different fields may nest (`ImageNet classification`), but no token range and no coined name has two fields.
    """
    order = sorted(set(claims), key=lambda c: (_strength(c), c.start - c.end, _RANK.index(c.evidence), c))
    kept: list[Claim] = []
    owners: dict[int, list[Claim]] = {}
    for claim in order:
        near = {c for i in range(claim.start, claim.end) for c in owners.get(i, ())}
        if any(_excludes(c, claim) for c in near):
            continue
        kept.append(claim)
        for i in range(claim.start, claim.end):
            owners.setdefault(i, []).append(claim)
    return sorted(kept)


def _strength(claim: Claim) -> int:
    return {"introduced": 0, "acronym": 1, "gazetteer": 1, "variant": 1, "cue": 2, "institution": 2, "phrase": 2, "name": 3}[claim.evidence]


def _excludes(kept: Claim, claim: Claim) -> bool:
    """Tell whether a kept claim leaves no room for another that overlaps it."""
    same_field = kept.label == claim.label
    inside = kept.start <= claim.start and claim.end <= kept.end
    around = claim.start <= kept.start and kept.end <= claim.end
    if same_field:
        return not (around and claim.evidence == "phrase" and kept.end < claim.end)
    part = inside and claim.evidence == "phrase" and kept.evidence in _DEFINITE
    if part or claim.evidence == "name" or (kept.start, kept.end) == (claim.start, claim.end):
        return True
    return not (inside or around)


def _one_field(doc: Doc, claims: Sequence[Claim]) -> list[Claim]:
    """Give each name that is claimed for several of methods, datasets and tasks the field that is best supported, at all its places."""
    support: dict[str, dict[str, tuple[float, int, str]]] = {}
    forms = [concept_form(doc[c.start : c.end].text) if c.label in _ONE_OF else "" for c in claims]
    for claim, form in zip(claims, forms, strict=True):
        if form:
            fields = support.setdefault(form, {})
            best, count, name = fields.get(claim.label, (0.0, 0, ""))
            fields[claim.label] = (max(best, CONFIDENCE[claim.evidence]), count + 1, name or claim.name)
    settled: list[Claim] = []
    for claim, form in zip(claims, forms, strict=True):
        fields = support.get(form, {})
        if len(fields) < 2:
            settled.append(claim)
            continue
        label = max(sorted(fields), key=lambda f: fields[f][:2])
        settled.append(claim if label == claim.label else claim._replace(label=label, name=fields[label][2]))
    return sorted(settled)
