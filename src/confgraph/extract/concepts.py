"""Settle what a text names: methods, datasets, tasks and metrics as the model reads them, and where it is silent what the rules know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from confgraph.extract import gazetteer, introduces, tagger, urls
from confgraph.extract.acronyms import pairs_of, stem
from confgraph.extract.gazetteer import Gazetteer, Match
from confgraph.extract.institutions import InstitutionFinder
from confgraph.extract.lexicon import METHOD_HEADS, METRIC_HEADS, PROPER_DATA_HEADS, TASK_HEADS
from confgraph.extract.purposes import iter_listed, iter_purposes, iter_titled
from confgraph.extract.shapes import concept_form, is_formula, is_glued, is_quantity, singular
from confgraph.extract.tokens import FineTokenizer, Word, words_of
from confgraph.records import ArtefactKind

GROUP: Final = "concepts"

CONFIDENCE: Final = {
    "gazetteer": 0.82,
    "introduced": 0.81,
    "acronym": 0.82,
    "variant": 0.81,
    "institution": 0.75,
    "purpose": 0.6,
}
"""How far a mention is believed, by the evidence that found it: its precision on the training sentences of SciER (Zhang et al.,
EMNLP 2024), which mark methods, datasets and tasks; that of institutions is an estimate."""

_GIVEN: Final = 0.7
"""How far a mention is believed that another pipeline marks."""
_KNOWING: Final = frozenset("introduced gazetteer variant".split())
"""The rules that know a name's field better than the model."""
FLOOR: Final = {"METHOD": 0.6, "DATASET": 0.8, "TASK": 0.6, "METRIC": 0.95}
"""The least probability at which the model alone gives a record a concept of a field; set on 59 annotated records."""
RELATED: Final = {"METHOD": 0.55, "TASK": 0.5}
"""The same of a concept that stands in a relation."""
_RANK: Final = ("introduced", "acronym", "gazetteer", "variant", "purpose", "institution")
_STRENGTH: Final = {"introduced": 0, "acronym": 1, "gazetteer": 1, "variant": 1, "institution": 2, "purpose": 2}
_ONE_OF: Final = frozenset({"METHOD", "DATASET", "TASK"})
"""The fields of which a name has one in a record."""
_CITING: Final = frozenset("of by and & from following to in ( [ ,".split())


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
        self._gazetteer = gazetteer.build({stem: text for stem, text in texts.items() if stem != "institutions"}, cut)
        self._institutions = InstitutionFinder(texts)

    def __call__(self, doc: Doc) -> Doc:
        """Fill the group `concepts` of `doc`."""
        blocked = [False] * len(doc)
        for url in doc.spans.get(urls.GROUP, ()):
            blocked[url.start : url.end] = [True] * len(url)
        known = list(_institutions(doc, self._institutions))
        places = {(c.start, c.end) for c in known}
        known += [c for c in _known(doc, self._gazetteer) if (c.start, c.end) not in places]
        claims = [*known, *self._local(doc, known)]
        model = [Claim(s.start, s.end, s.label_, s.id_) for s in doc.spans.get(tagger.GROUP, ())]
        nameless: set[tuple[int, int]] = set()
        titled = introduces.has_title(doc)
        for number, sentence in enumerate(doc.sents):
            words = words_of(doc, sentence.start, sentence.end)
            purposes = [*iter_purposes(words), *iter_listed(words), *(iter_titled(words) if titled and not number else ())]
            claims += [Claim(start, end, "TASK", "purpose") for start, end in purposes]
            nameless |= {(w.start, w.end) for i, w in enumerate(words) if _is_nameless(words, i)}
        rules = _settled([c for c in claims if not any(blocked[c.start : c.end])])
        model = [c for c in model if (c.start, c.end) not in nameless and not any(blocked[c.start : c.end])]
        kept = _one_field(doc, _united(model, rules) if tagger.GROUP in doc.spans else rules)
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
            if label and label != "INSTITUTION":  # the finder of institutions reads their short forms itself
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


def is_model(evidence: str) -> bool:
    """Tell whether a mention's evidence is the model's probability."""
    return evidence[:1].isdigit()


def believed_of(evidence: str) -> float:
    """Give how far evidence is believed, in [0, 1]; of another pipeline's, which does not say how sure it is, an estimate."""
    return float(evidence.partition(" ")[0]) if is_model(evidence) else CONFIDENCE.get(evidence, _GIVEN)


def is_introduced(evidence: str) -> bool:
    """Tell whether a mention is of what its text introduces."""
    return "introduced" in evidence.split()


def is_kept(label: str, evidences: Iterable[str], related: bool = False) -> bool:
    """Tell whether the mentions of a concept are evidence enough for a record to have it: a rule says so, or the model is sure.

    Of a concept that a relation names the model need not be as sure.
    """
    least = min(FLOOR.get(label, 0), RELATED.get(label, 1) if related else 1)
    return any(not is_model(e) or " " in e or float(e) >= least for e in evidences)


def _united(model: Sequence[Claim], rules: Sequence[Claim]) -> list[Claim]:
    """Take the model's claims, and those of the rules that meet none of them.

    Where a rule finds the same words its name is taken, and its field where it knows the words by name. A name that it knows wins over
    its own first words. A task that other words tell may hold a method in it (`compressing language models`), but no other task.
    """
    same: dict[tuple[int, int], Claim] = {}
    for claim in rules:
        same.setdefault((claim.start, claim.end), claim)
    purposes = [c for c in rules if c.evidence == "purpose"]
    told = {i for c in purposes for i in range(c.start, c.end)}
    known = {(c.start, c.label): c.end for c in sorted(rules) if c.evidence in _KNOWING}
    places = {(c.start, c.end) for c in purposes}
    model = [
        c
        for c in model
        if known.get((c.start, c.label), 0) <= c.end
        and (c.start, c.end) not in places
        and (c.label != "TASK" or told.isdisjoint(range(c.start, c.end)))
    ]
    own = []
    for claim in model:
        rule = same.get((claim.start, claim.end))
        if rule is not None and rule.label != "INSTITUTION" and (rule.label == claim.label or rule.evidence in _KNOWING):
            own.append(rule._replace(evidence=f"{claim.evidence} {rule.evidence}"))
        elif rule is None or rule.label != "INSTITUTION":
            own.append(claim)
    taken = {i for c in own for i in range(c.start, c.end)}
    rest = [c for c in rules if c.evidence != "purpose" and (c.label == "INSTITUTION" or taken.isdisjoint(range(c.start, c.end)))]
    return sorted({*own, *rest, *purposes})


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


def _institutions(doc: Doc, finder: InstitutionFinder) -> Iterator[Claim]:
    for found in finder.find(doc.text):
        span = doc.char_span(found.start, found.end, alignment_mode="expand")
        if span is not None:  # spaCy gives None only for places outside the text
            yield Claim(span.start, span.end, "INSTITUTION", "gazetteer" if found.known else "institution", found.name or span.text)


def _extended(doc: Doc, m: Match) -> int:
    """Give the end of the word that a cased name opens, the name's own end where it stands alone, or -1 where it is part of another."""
    if not m.cased:
        return m.end
    glued_left = m.start and not doc[m.start - 1].whitespace_ and doc[m.start - 1].text in "-_./@\\"
    glued_right = m.end + 1 < len(doc) and not doc[m.end - 1].whitespace_ and doc[m.end].text in "-‑–/._" and not doc[m.end].whitespace_
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


def _is_nameless(words: Sequence[Word], i: int) -> bool:
    """Tell a quantity, a formula, a name that lost the space before a verb, or a surname."""
    text = words[i].text
    return is_quantity(text) or is_formula(text) or is_glued(text) or _is_person(words, i)


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
    order = sorted(set(claims), key=lambda c: (_STRENGTH[c.evidence], c.start - c.end, _RANK.index(c.evidence), c))
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


def _excludes(kept: Claim, claim: Claim) -> bool:
    """Tell whether a kept claim leaves no room for another that overlaps it."""
    inside = kept.start <= claim.start and claim.end <= kept.end
    around = claim.start <= kept.start and kept.end <= claim.end
    return kept.label == claim.label or (kept.start, kept.end) == (claim.start, claim.end) or not (inside or around)


def _one_field(doc: Doc, claims: Sequence[Claim]) -> list[Claim]:
    """Give each name that is claimed for several of methods, datasets and tasks the field that is best supported, at all its places."""
    support: dict[str, dict[str, tuple[float, int, str]]] = {}
    forms = [concept_form(doc[c.start : c.end].text) if c.label in _ONE_OF else "" for c in claims]
    for claim, form in zip(claims, forms, strict=True):
        if form:
            fields = support.setdefault(form, {})
            best, count, name = fields.get(claim.label, (0.0, 0, ""))
            believed = believed_of(claim.evidence)
            fields[claim.label] = (max(best, believed), count + 1, name or claim.name)
    settled: list[Claim] = []
    for claim, form in zip(claims, forms, strict=True):
        fields = support.get(form, {})
        if len(fields) < 2:
            settled.append(claim)
            continue
        label = max(sorted(fields), key=lambda f: fields[f][:2])
        settled.append(claim if label == claim.label else claim._replace(label=label, name=fields[label][2]))
    return sorted(settled)
