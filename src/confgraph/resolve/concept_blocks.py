"""Block concepts: group them by form, and index what acronyms stand for.

A name goes two steps: `spelling` takes away what is only spelling, and the form, in which concepts are compared, what is said
in other words (`iter_reductions`), an acronym for what it stands for, and a slip of the pen in a name that others write often.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from confgraph.records import EntityKind, MemberKey, RecordId, RelationType
from confgraph.resolve.acronyms import LongForm, initials, is_acronym, is_certain, letters_of
from confgraph.resolve.forms import Form, Names, slips
from confgraph.resolve.keys import identity_of
from confgraph.resolve.members import Profile
from confgraph.resolve.said import Said
from confgraph.resolve.spelling import abbreviates, spelling
from confgraph.text import fold

_FREQUENT: Final = 5
"""Records from which a name is taken to be written right, where a name of one record is a slip away from it."""
_SHORT: Final = 3
_SURE: Final = 0.7
"""Confidence from which a relation that a text states counts."""

ARTEFACTS: Final = (EntityKind.METHOD, EntityKind.DATASET, EntityKind.SOFTWARE)
CONCEPTS: Final = (*ARTEFACTS, EntityKind.TASK, EntityKind.METRIC, EntityKind.ORGANIZATION)


@dataclass(frozen=True, slots=True)
class ConceptBlocks:
    """The blocks of concepts.

    `printed` holds the most frequent print of each key, `form_of` its form; `forms`, per kind and form, the profiles that share it,
    most records first; `long_forms`, per spelling of an acronym, what it stands for in any kind, best supported first; `names` says
    how names reduce to forms.
    """

    profiles: tuple[Profile, ...]
    printed: Mapping[MemberKey, str]
    form_of: Mapping[MemberKey, Form]
    forms: Mapping[tuple[EntityKind, str], tuple[Profile, ...]]
    long_forms: Mapping[str, tuple[LongForm, ...]]
    names: Names

    def find(self, kind: EntityKind, name: str) -> MemberKey | None:
        """Find a key of a kind by any of its names: one of its form, or one whose acronym it is beyond doubt."""
        form = self.names.form(kind, name, spelling([name])).form
        profiles = self.forms.get((kind, form), ())
        if not profiles and (meanings := self.long_forms.get(form)) and is_certain(form, [m.support for m in meanings]):
            profiles = tuple(p for p in meanings[0].profiles if p.member.kind is kind)
        return profiles[0].member.key if profiles else None


def concept_blocks(profiles: Iterable[Profile], stated: Sequence[Said] = ()) -> ConceptBlocks:
    """Group the profiles of concepts by form, and index the long forms of acronyms.

    That a text calls an acronym and a name synonyms counts as spelling it out, where the letters agree.
    """
    concepts = tuple(p for p in profiles if p.member.kind in CONCEPTS)
    own = {p.member.key: _prints(p) for p in concepts}
    spelled = {key: spelling(prints) for key, prints in own.items()}
    support = _support(concepts, spelled, stated)
    printed = {key: prints[0] for key, prints in own.items()}
    names = _names(concepts, printed, spelled, support)
    form_of = {p.member.key: names.form(p.member.kind, printed[p.member.key], spelled[p.member.key]) for p in concepts}
    grouped: defaultdict[tuple[EntityKind, str], list[Profile]] = defaultdict(list)
    alike: defaultdict[str, list[Profile]] = defaultdict(list)
    for profile in concepts:
        form = form_of[profile.member.key].form
        grouped[profile.member.kind, form].append(profile)
        alike[form].append(profile)
    return ConceptBlocks(
        concepts,
        printed,
        form_of,
        {at: tuple(sorted(group, key=prominence)) for at, group in sorted(grouped.items())},
        _long_forms(support, form_of, alike),
        names,
    )


def _prints(profile: Profile) -> list[str]:
    """Give the prints of a profile's own name, the most frequent first; its records may also print acronyms of it."""
    own = identity_of(profile.member.key)
    return [name for name, _ in profile.names if fold(name) == own] or [own]


_Support = Mapping[str, Mapping[MemberKey, int]]
"""By the spelling of an acronym, in how many records it stands for each key."""


def _support(concepts: Sequence[Profile], spelled: Mapping[MemberKey, str], stated: Sequence[Said]) -> _Support:
    support: defaultdict[str, Counter[MemberKey]] = defaultdict(Counter)
    for profile in concepts:
        own = profile.member.key
        for acronym, count in profile.acronyms:
            short = spelling([acronym])
            if short != spelled[own] and not _ends_in(identity_of(own), acronym):
                support[short][own] += count
    for relation in stated:
        if relation.type is RelationType.SYNONYM_OF and relation.confidence >= _SURE:
            ends = (relation.left, relation.left_name), (relation.right, relation.right_name)
            for (key, acronym), (own, name) in (ends, ends[::-1]):
                if spelled.get(key) == spelling([acronym]) and own in spelled and _spells_out(name, acronym):
                    support[spelled[key]][own] += 1
    return support


def _spells_out(name: str, acronym: str) -> bool:
    """Say whether a name spells an acronym out; a short one must have its initials, since three letters stand in many names."""
    if not is_acronym(acronym) or " " not in name or _ends_in(name, acronym):
        return False
    letters = letters_of(acronym)
    return abbreviates(acronym, name) and (len(letters) > _SHORT or letters in initials(name))


def _ends_in(name: str, shorter: str) -> bool:
    """Say whether a name ends in a shorter one, which is then broader, and no acronym of it."""
    return f" {fold(name)}".endswith(f" {fold(shorter)}")


def _names(concepts: Sequence[Profile], printed: Mapping[MemberKey, str], spelled: Mapping[MemberKey, str], support: _Support) -> Names:
    """Gather what the form of a name depends on: the names of all concepts, what acronyms stand for, and frequent names."""
    records: defaultdict[tuple[EntityKind, str], set[RecordId]] = defaultdict(set)
    for profile in concepts:
        records[profile.member.kind, spelled[profile.member.key]].update(profile.member.records)
    frequent = {
        (p.member.kind, printed[p.member.key])
        for p in concepts
        if p.member.kind is not EntityKind.ORGANIZATION and len(records[p.member.kind, spelled[p.member.key]]) >= _FREQUENT
    }
    meanings = {}
    for short, counts in support.items():
        forms = _ranked(spelled, counts)
        if is_certain(short, [n for _, n in forms]):
            meanings[short] = printed[min(key for key in counts if spelled[key] == forms[0][0])]
    return Names({at: len(found) for at, found in records.items()}, meanings, slips(sorted(frequent)))


def _ranked(form_of: Mapping[MemberKey, str], counts: Mapping[MemberKey, int]) -> list[tuple[str, int]]:
    """Sum up the records of the keys of each form, most records first."""
    totals: Counter[str] = Counter()
    for key, count in counts.items():
        totals[form_of[key]] += count
    return sorted(totals.items(), key=lambda item: (-item[1], item[0]))


def _long_forms(
    support: _Support, form_of: Mapping[MemberKey, Form], alike: Mapping[str, Sequence[Profile]]
) -> dict[str, tuple[LongForm, ...]]:
    """Give the long forms of each acronym; a form that is the acronym's own says nothing."""
    names = {key: form.form for key, form in form_of.items()}
    return {
        short: tuple(LongForm(form, tuple(sorted(alike[form], key=prominence)), n) for form, n in _ranked(names, counts) if form != short)
        for short, counts in sorted(support.items())
    }


def prominence(profile: Profile) -> tuple[int, MemberKey]:
    """Order profiles: those of most records first, then by key."""
    return -len(profile.member.records), profile.member.key
