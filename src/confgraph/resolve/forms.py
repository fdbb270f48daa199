"""Reduce printed names of concepts to shorter ones that say the same, such as `PPO algorithm` to `PPO`.

Most of it depends on what else is named: `gradient descent algorithm` is `gradient descent`, but `genetic algorithm` is not
`genetic`. So a reduction says whether it holds by itself, or only where the remainder is named on its own as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from confgraph.records import EntityKind
from confgraph.resolve.spelling import singular_words, spelling
from confgraph.text import plain


@dataclass(frozen=True, slots=True)
class Reduction:
    """A shorter name, why it says the same, and whether that holds by itself or only where it is named on its own as well."""

    name: str
    why: str
    certain: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """How a name is compared: its `spelling`, its `form`, and why the two differ where they do."""

    spelling: str
    form: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """What the form of a name depends on.

    `records` holds the number of records of each kind and spelling, `meanings` the one long form of an acronym by its spelling,
    `slips` what `slips` gives for the frequent names.
    """

    records: Mapping[tuple[EntityKind, str], int]
    meanings: Mapping[str, str]
    slips: Mapping[tuple[EntityKind, str], Reduction]

    def form(self, kind: EntityKind, name: str, spelled: str) -> Form:
        """Reduce a name, `spelled` as `spelling` does, as far as it goes."""
        form, whys = spelled, []
        for _ in range(_STEPS):
            shorter = next((r for r in self._iter_steps(kind, name, form) if r.certain or (kind, spelling([r.name])) in self.records), None)
            if shorter is None:
                break
            name, form = shorter.name, spelling([shorter.name])
            whys.append(shorter.why)
        return Form(spelled, form, "; ".join(whys) if form != spelled else "")

    def _iter_steps(self, kind: EntityKind, name: str, spelled: str) -> Iterator[Reduction]:
        if kind is EntityKind.ORGANIZATION:
            return
        if self.records.get((kind, spelled)) == 1 and (slip := self.slips.get((kind, spelled))):
            yield slip
        yield from iter_reductions(kind, name)
        if written := self._written_out(name):
            yield written

    def _written_out(self, name: str) -> Reduction | None:
        """Write out the acronyms within a name of several words."""
        acronyms = [m[0] for m in _CAPITALS.finditer(name) if m[0] != name and spelling([m[0]]) in self.meanings]
        for acronym in acronyms:
            name = name.replace(acronym, self.meanings[spelling([acronym])], 1)
        return Reduction(name, f"{', '.join(map(repr, acronyms))} written out") if acronyms else None


def slips(frequent: Iterable[tuple[EntityKind, str]]) -> dict[tuple[EntityKind, str], Reduction]:
    """Give, by kind and spelling, what long words of frequent names become with one letter left out or two swapped."""
    found: dict[tuple[EntityKind, str], Reduction] = {}
    for kind, name in frequent:
        own = spelling([name])
        for m in _LONG_WORD.finditer(name):
            word = m[0]
            for i in range(2, len(word) - 2):
                for wrong in (word[:i] + word[i + 1 :], word[:i] + word[i + 1] + word[i] + word[i + 2 :]):
                    spelled = spelling([name[: m.start()] + wrong + name[m.end() :]])
                    if spelled != own:
                        found.setdefault((kind, spelled), Reduction(name, f"a slip in {name!r}, which is frequent", certain=True))
    return found


_STEPS: Final = 3
"""Most reductions of one name: `tasks of recognition of speech` takes two."""
_CAPITALS: Final = re.compile(r"\b(?=\w*[A-Z]\w*[A-Z])[A-Za-z]+\b")
_LONG_WORD: Final = re.compile(r"[A-Za-z]{10,}")
"""Words in which one letter makes no other word."""
_HEADS: Final[Mapping[EntityKind, str]] = {
    EntityKind.METHOD: r"algorithm|method|approach|technique|model|architecture|optimi[sz]er",
    EntityKind.DATASET: r"data[ -]?set|corpus|corpora|benchmark|database|collection|suite",
    EntityKind.TASK: r"task|problem",
    EntityKind.METRIC: r"metric|score|measure|value",
    EntityKind.SOFTWARE: r"library|toolkit|framework|package|software|toolbox|platform",
}
"""The words of each kind that say no more than the kind does."""
_HEADS_OF_NAMES: Final = r"framework|system|agent|network|module"
"""Such words after a method's name that only one thing has; an acronym may well be a part of what they name (`SLAM system`)."""
_HEADS_OF_PROCESSES: Final = r"algorithm|method|approach|technique|procedure"
"""Such words after a process in small letters: `gradient descent algorithm`."""
_MORE_HEADS: Final = {EntityKind.METHOD: f"|{_HEADS_OF_NAMES}|{_HEADS_OF_PROCESSES}"}
_HEADED: Final = {
    kind: re.compile(rf"(?P<rest>.*\w[^\s-]*)[\s-]+(?P<head>{heads}{_MORE_HEADS.get(kind, '')})(?:e?s)?", re.IGNORECASE)
    for kind, heads in _HEADS.items()
}
_SHORTEST_NAME: Final = 3
_FIELDS: Final = frozenset({"AI", "NLP", "CV"})
"""Acronyms of fields; those of learning end in L."""

_PROCESS: Final = re.compile(r"(?:ing|tion|sion|ment|descent|ascent|search|inference|propagation|regression)$")
_ADJECTIVE: Final = re.compile(r"(?:ian|ive|al|ic|ous|ed|able|ible|ary|ful|less|[- ](?:based|like|free|aware|driven|style))$")
_ONE_THING: Final = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]|(?!\d[dD]$)(?:[A-Za-z]+-?\d|\d[A-Za-z-]+[A-Z])")
"""What marks a word as a name that only one thing has: mixed case, or a number that is not that of dimensions."""
_PRODUCT: Final = re.compile(r"(?:tion|sion|ment|ing|sis|retrieval|search|discovery|removal|recovery)$")
_OF: Final = re.compile(r"(?P<head>[A-Za-z-]+) of (?:the )?(?P<rest>[^\s]+(?: [^\s]+){0,2})")
_PREPOSITION: Final = re.compile(r"\b(?:of|for|in|on|with|from|to|by|via|and|or|the|a)\b")
_PLURAL_NAME: Final = re.compile(r"[A-Z][a-z]{5,}[^siu]s")
"""A long name with a capital that may be a plural, such as `Gaussians`; that of `Siemens` nobody names."""
_GERUNDS: Final[Mapping[str, str]] = {
    "classifying": "classification", "detecting": "detection", "estimating": "estimation", "forecasting": "forecasting",
    "generating": "generation", "predicting": "prediction", "recognising": "recognition", "recognizing": "recognition",
    "retrieving": "retrieval", "segmenting": "segmentation", "summarising": "summarization", "summarizing": "summarization",
    "synthesising": "synthesis", "synthesizing": "synthesis", "tracking": "tracking", "translating": "translation",
}  # fmt: skip


def iter_reductions(kind: EntityKind, name: str) -> Iterator[Reduction]:
    """Yield the shorter names of a printed name, the most certain first.

    >>> [r.name for r in iter_reductions(EntityKind.METHOD, "the FlowNet2 model")]
    ['FlowNet2']
    >>> [r.name for r in iter_reductions(EntityKind.TASK, "prediction of molecular properties")]
    ['molecular property prediction', 'molecular properties prediction']
    >>> list(iter_reductions(EntityKind.METHOD, "genetic algorithm"))
    []
    """
    text = re.sub(r"^(?:the|a|an|our) (?=\S)", "", plain(name), flags=re.IGNORECASE)
    yield from _without_head(kind, text)
    if kind in _HEADED and _PLURAL_NAME.fullmatch(text):
        yield Reduction(text[:-1], "a plural")
    if kind in (EntityKind.TASK, EntityKind.METHOD):
        yield from _in_order(text)
    if kind is EntityKind.TASK and (m := re.fullmatch(r"(?:tasks?|problems?) of (.+)", text, re.IGNORECASE)):
        yield Reduction(m[1], "it says that it is a task")


def _without_head(kind: EntityKind, text: str) -> Iterator[Reduction]:
    """Yield a name without a last word that says no more than its kind."""
    m = _HEADED[kind].fullmatch(text) if kind in _HEADED else None
    if not m:
        return
    rest, head = m["rest"], m["head"].lower()
    why = f"{head!r} says no more than the kind"
    last = rest.rpartition(" ")[2]
    if _ONE_THING.search(last) and not _ADJECTIVE.search(last):
        yield Reduction(rest, why, certain=True)
    elif not _ADJECTIVE.search(rest) and _adds_nothing(kind, rest, head):
        yield Reduction(rest, why)


def _adds_nothing(kind: EntityKind, rest: str, head: str) -> bool:
    last = rest.rpartition(" ")[2]
    if kind is EntityKind.METHOD:
        return _is_process(rest, head) or _is_printed_name(last, head)
    if kind is EntityKind.METRIC and not last[:1].isupper():  # a measure of complexity, or a metric of an evaluation, is one of many
        return head not in ("measure", "value") and last.lower() not in ("evaluation", "assessment")
    return True


def _is_process(rest: str, head: str) -> bool:
    """Say whether the words name a process in small letters, of which the head makes no other thing."""
    return " " in rest and rest.islower() and bool(_PROCESS.search(rest)) and bool(re.fullmatch(_HEADS_OF_PROCESSES, head))


def _is_printed_name(word: str, head: str) -> bool:
    """Say whether a word is printed as a name of a method; `NLP model` and `RL model` are no fields, `RL algorithm` is RL."""
    if not word[:1].isupper() or word[-1].isdigit() or not re.fullmatch(_HEADS[EntityKind.METHOD], head):
        return False
    field = word.isupper() and (word[-1] == "L" or word in _FIELDS)
    return len(word) >= _SHORTEST_NAME - (head == "algorithm") and not (field and head in ("model", "architecture"))


def _in_order(text: str) -> Iterator[Reduction]:
    """Yield what is done to something in the usual order: `speech recognition` for `recognition of speech`, `recognizing speech`."""
    if (m := _OF.fullmatch(text)) and _PRODUCT.search(m["head"].lower()):
        head, rest = m["head"], m["rest"]
    elif (parts := text.split(" ", 1)) and len(parts) > 1 and parts[0].lower() in _GERUNDS:
        head, rest = _GERUNDS[parts[0].lower()], parts[1]
    else:
        return
    if not _PREPOSITION.search(rest):
        why = "the words stand in another order"
        yield from (Reduction(f"{name} {head}", why) for name in dict.fromkeys((singular_words(rest), rest)))
