"""Find what an acronym stands for: by the records that spell it out, by its letters, and by the concepts named beside it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from confgraph.records import EntityKind, RecordId
from confgraph.resolve.members import Profile
from confgraph.text import fold

_CERTAIN_SHARE: Final = 0.9
"""Share of the records that a long form needs where an acronym has several."""
_ENOUGH_RECORDS: Final = 3
_SHORT_ACRONYM: Final = 2
"""Acronyms of at most two letters and digits stand for many things, so that one record is no evidence."""

_ENOUGH_SHARED: Final = 2
"""Concepts that a record must share with the records of a long form for its context to count."""
_MUCH: Final = 3
"""Concepts that records must name for it to mean something that they name nothing in common with others."""
_LEAD: Final = 2
"""How many times as many as with those of any other long form."""
_COMMON: Final = 100
"""Concepts of more records than this tell nothing of the context; a share of all records would let any page change any merge."""

_ACRONYM: Final = re.compile(r"(?=(?:[a-z-]*[A-Z]){2})[A-Za-z][A-Za-z-]{1,8}")
_LONGEST_LONG_FORM: Final = 8
_UNSPELT: Final = frozenset({"of", "from", "for", "with", "and", "the", "to", "in", "on", "by", "a", "an", "via"})
"""Small words that an acronym leaves out; printed with a capital, they count."""


@dataclass(frozen=True, slots=True)
class LongForm:
    """A form that an acronym stands for: its profiles of all kinds, most records first, and the number of records that say so."""

    form: str
    profiles: tuple[Profile, ...]
    support: int


def is_certain(acronym: str, support: Sequence[int]) -> bool:
    """Say whether the first of an acronym's long forms is beyond doubt, given the records of each, most first.

    `acronym` is spelled as `spelling` does.
    """
    letters = sum(c.isalnum() for c in acronym.partition("|")[0])
    if len(support) == 1 and letters > _SHORT_ACRONYM:
        return True
    return bool(support) and support[0] >= _ENOUGH_RECORDS and support[0] >= _CERTAIN_SHARE * sum(support)


def is_acronym(name: str) -> bool:
    """Say whether a name is one short word with two or more capitals and no digit.

    >>> [is_acronym(name) for name in ("RLHF", "GNNs", "LoRA", "Adam", "GPT-4", "Hidden Markov Model")]
    [True, True, True, False, False, False]
    """
    return bool(_ACRONYM.fullmatch(name))


def letters_of(acronym: str) -> str:
    """Give the letters of an acronym without its plural.

    >>> letters_of("GNNs"), letters_of("t-SNE")
    ('gnn', 'tsne')
    """
    return fold(re.sub(r"(?<=[A-Z])s$", "", acronym)).replace("-", "")


def initials(name: str) -> frozenset[str]:
    """Give the initials of a name of several words, with and without its small words; a word in capitals gives all its letters.

    >>> sorted(initials("reinforcement learning from AI feedback"))
    ['rlaif', 'rlfaif']
    >>> initials("long short-term memory")
    frozenset({'lstm'})
    """
    words = re.findall(r"\w+", name)
    if not 1 < len(words) <= _LONGEST_LONG_FORM:
        return frozenset()
    readings = words, [word for word in words if word not in _UNSPELT]
    return frozenset("".join(word if word.isupper() else word[0] for word in reading).lower() for reading in readings)


@dataclass(frozen=True, slots=True)
class Context:
    """What records name: the forms of each record, without those so common that they tell nothing."""

    forms_of: Mapping[RecordId, frozenset[str]]

    def disagrees(self, one: Profile, other: Profile, leave_out: Collection[str]) -> bool:
        """Say whether the records of two concepts name much, but nothing in common."""
        ours, theirs = (self._forms(p.member.records).difference(leave_out) for p in (one, other))
        return min(len(ours), len(theirs)) >= _MUCH and not ours & theirs

    def chosen(self, bare: Sequence[RecordId], forms: Sequence[LongForm], leave_out: Collection[str]) -> tuple[LongForm, int] | None:
        """Choose the long form whose records name what the records with the bare acronym name, and count those that say so.

        A record votes for the long form with which it shares two concepts or more, twice as many as with any other. Half of the
        records must vote, and all that do must agree.
        """
        known = [self._forms({r for p in form.profiles for r in p.member.records}.difference(bare)) for form in forms]
        votes: Counter[int] = Counter()
        for record in bare:
            own = self.forms_of.get(record, frozenset()).difference(leave_out)
            (best, at), *others = sorted(((len(own & theirs), -i) for i, theirs in enumerate(known)), reverse=True)
            if best >= _ENOUGH_SHARED and all(best >= _LEAD * other for other, _ in others):
                votes[-at] += 1
        if len(votes) != 1 or 2 * votes.total() < len(bare):
            return None
        [(winner, count)] = votes.items()
        return forms[winner], count

    def _forms(self, records: Iterable[RecordId]) -> frozenset[str]:
        return frozenset().union(*(self.forms_of.get(record, frozenset()) for record in records))


def context(profiles: Iterable[tuple[Profile, str]]) -> Context:
    """Gather the forms that each record names; `profiles` come with their forms."""
    records_of: defaultdict[str, set[RecordId]] = defaultdict(set)
    for profile, form in profiles:
        if profile.member.kind is not EntityKind.ORGANIZATION:
            records_of[form].update(profile.member.records)
    forms_of: defaultdict[RecordId, set[str]] = defaultdict(set)
    for form, records in records_of.items():
        if len(records) <= _COMMON:
            for record in records:
                forms_of[record].add(form)
    return Context({record: frozenset(forms) for record, forms in forms_of.items()})
