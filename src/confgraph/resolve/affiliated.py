"""Resolve organisations with a register: what raw affiliations name, and which names of organisations are spellings of one.

    affiliations --link--> registered organisations --judge--> names and registered organisations that are one

An organisation of the register is a member of its own, with a key that its ROR id makes unique; what pages print is merged with it by
judgements, unless one print stands for several organisations. What a page lists as an institution may be a whole affiliation, with a
department, a country, or another institution (`Dept. of Botany, Univ. of Marshford + River Lab`): such a print is no name, and the
organisations that it names stand in its place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from confgraph.records import EntityKind, Judgement, Member, MemberKey, Reading, Reason, Registered
from confgraph.resolve.affiliations import added, as_printed, key_words, plain_words
from confgraph.resolve.institution_choice import Candidate
from confgraph.resolve.institution_words import GENERAL
from confgraph.resolve.institutions import FEATURES, link
from confgraph.resolve.judge import Contradictions, decide, keep_apart
from confgraph.resolve.keys import concept_key
from confgraph.resolve.members import Profile
from confgraph.resolve.organizations import NameKind, Organization, OrganizationIndex
from confgraph.text import plain

_EDGES: Final = " ,;:*†‡§¶"
_EXACT: Final = 0.98
"""Value of a name from which it is printed as the register has it."""
_OFFICIAL: Final = 1_000_000
"""How often the register's name counts as printed, so that the organisation is shown by it."""


@dataclass(frozen=True, slots=True)
class Affiliations:
    """What the affiliations of all readings name.

    Attributes:
        named: the keys of the organisations that each raw affiliation names, in its order; those that name none are left out.
        pieces: the prints of what `+` joins with others in an affiliation and the register does not know, by their keys; one that says
            only what an institution does (`Computer Science Department`) names none.
        registered: what the register says of each organisation that is named, and of their parents.
        prints: for the plain words of each print of a name, the reasons for each organisation that it stands for.
    """

    named: Mapping[str, tuple[MemberKey, ...]]
    pieces: Mapping[MemberKey, str]
    registered: Mapping[MemberKey, Registered]
    prints: Mapping[str, Mapping[MemberKey, tuple[Reason, ...]]]

    def is_name(self, print_: str) -> bool:
        """Tell whether an affiliation is itself what its organisation is called: by the register, or as a laboratory or brand.

        One with a comma or a mark at an end (`HSE University*`) is not.
        """
        keys = self.named[print_]
        own = concept_key(EntityKind.ORGANIZATION, print_)
        return own in keys or (print_ == print_.strip(_EDGES) and len(keys) == 1 and keys[0] in self.prints.get(_words(print_), {}))

    def absorbed(self, readings: Iterable[Reading]) -> dict[MemberKey, MemberKey]:
        """Map the keys that whole affiliations would have as names to the first organisation that each names.

        What a page names as its own organisation is a name, and so is what a record lists that is no affiliation of its authors.
        """
        names = {key for keys in self.named.values() for key in keys}
        for reading in readings:
            listed = [organization.name for organization in reading.facts.organizations]
            for record in reading.records:
                affiliations = {raw for author in record.authors for raw in author.affiliations}
                listed += [concept.name for concept in record.institutions if concept.name not in affiliations]
            names.update(concept_key(EntityKind.ORGANIZATION, name) for name in listed)
        first = {concept_key(EntityKind.ORGANIZATION, raw): keys[0] for raw, keys in sorted(self.named.items()) if not self.is_name(raw)}
        return {key: named for key, named in first.items() if key not in names}


NO_AFFILIATIONS: Final = Affiliations({}, {}, {}, {})
"""What is known of affiliations without an index."""


def registered_key(organization: Organization) -> MemberKey:
    """Make the key of an organisation of the register: its name, and its ROR id where it has one.

    >>> registered_key(Organization("https://ror.org/05a28rw58", "ETH Zurich", "https://ror.org/05a28rw58"))
    'organization|eth zurich|05a28rw58'
    """
    name = concept_key(EntityKind.ORGANIZATION, organization.name)
    return MemberKey(f"{name}|{organization.ror.rpartition('/')[2]}") if organization.ror else name


def _named_key(candidate: Candidate, raw: str) -> MemberKey:
    """Give the key of what a candidate names: the organisation, or a laboratory or brand of it, which has its own by name."""
    if candidate.kind is NameKind.PART:
        return concept_key(EntityKind.ORGANIZATION, as_printed(candidate.printed, raw))
    return registered_key(candidate.organization)


def read_affiliations(readings: Iterable[Reading], profiles: Iterable[Profile], index: OrganizationIndex) -> Affiliations:
    """Link the raw affiliations of all authors, and the names of organisations that stand alone."""
    raws = {raw for r in readings for record in r.records for author in record.authors for raw in author.affiliations}
    prints: defaultdict[str, dict[MemberKey, tuple[Reason, ...]]] = defaultdict(dict)
    found: dict[str, Organization] = {}
    named: dict[str, tuple[MemberKey, ...]] = {}
    parts: dict[MemberKey, Registered] = {}
    unknown: dict[MemberKey, str] = {}
    for raw in sorted(raws):
        keys: list[MemberKey] = []
        for piece in (several := added(raw)) or [raw]:
            linked = link(piece, index)
            for candidate in linked:
                _note(candidate, candidate.printed, prints, found)
            own = [_named_key(candidate, piece) for candidate in linked]
            parts |= {key: _part(c, piece) for key, c in zip(own, linked, strict=True) if c.kind is NameKind.PART}
            keys += own
            if several and not linked and not GENERAL.issuperset(key_words(piece)):
                keys.append(concept_key(EntityKind.ORGANIZATION, piece))
                unknown[keys[-1]] = piece
        if keys:
            named[raw] = tuple(dict.fromkeys(keys))
    organizations = (profile for profile in profiles if profile.member.kind is EntityKind.ORGANIZATION)
    for name in sorted({name for profile in organizations for name, _ in profile.names}):
        linked = link(name, index)
        if (
            len(linked) == 1
            and linked[0].kind is not NameKind.PART
            and _words(name) not in prints
            and _words(linked[0].printed) == _words(name)
        ):
            _note(linked[0], name, prints, found)
    registered = _registered(found, prints, index) | dict(sorted(parts.items()))
    return Affiliations(named, unknown, registered, {name: dict(sorted(of.items())) for name, of in sorted(prints.items())})


def _part(candidate: Candidate, raw: str) -> Registered:
    """Describe a laboratory or brand, which is called as the page prints it."""
    whole = candidate.organization
    name = as_printed(candidate.printed, raw)
    return Registered(name, country=next(iter(whole.countries), None), parents=(registered_key(whole),))


def _note(
    candidate: Candidate, name: str, prints: Mapping[str, dict[MemberKey, tuple[Reason, ...]]], found: dict[str, Organization]
) -> None:
    """Keep the best reasons that a print of a name stands for an organisation; that of a laboratory is no name of the whole."""
    organization = candidate.organization
    found[organization.id] = organization
    if candidate.kind is not NameKind.PART:
        own = registered_key(organization)
        before = prints[_words(name)].get(own, ())
        prints[_words(name)][own] = max(before, candidate.reasons, key=_strength)


def _words(name: str) -> str:
    return " ".join(plain_words(name))


def _strength(reasons: Sequence[Reason]) -> tuple[float, list[tuple[str, float, str]]]:
    return sum(r.value * r.weight for r in reasons), [(r.feature, r.value, r.note) for r in reasons]


def _registered(
    found: Mapping[str, Organization], prints: Mapping[str, Mapping[MemberKey, tuple[Reason, ...]]], index: OrganizationIndex
) -> dict[MemberKey, Registered]:
    """Describe organisations and their parents; of a parent that the index does not hold, nothing is known."""
    exact = {own for of in prints.values() for own, reasons in of.items() if any(_is_exact(reason) for reason in reasons)}
    known = dict(found)
    for organization in found.values():
        for parent in organization.parents:
            if index.has(parent):
                known.setdefault(parent, index.organization(parent))
    described = {}
    for organization in known.values():
        own = registered_key(organization)
        parents = tuple(sorted(registered_key(known[parent]) for parent in organization.parents if parent in known))
        country = organization.countries[0] if organization.countries else None
        described[own] = Registered(organization.name, organization.ror, country, parents, own in exact or organization.id not in found)
    return dict(sorted(described.items()))


def _is_exact(reason: Reason) -> bool:
    return reason.feature == "name" and reason.value >= _EXACT


def registered_profiles(affiliations: Affiliations) -> dict[MemberKey, Profile]:
    """Make the profile of each organisation that is named, or is the parent of one: those of the register, and what it does not know."""
    profiles = {
        own: Profile(Member(own, EntityKind.ORGANIZATION, plain(piece)), ((plain(piece), 1),)) for own, piece in affiliations.pieces.items()
    }
    for own, registered in affiliations.registered.items():
        member = Member(own, EntityKind.ORGANIZATION, plain(registered.name))
        profiles[own] = Profile(member, ((plain(registered.name), _OFFICIAL),))
    return profiles


def judge_institutions(profiles: Sequence[Profile], affiliations: Affiliations, judged: Sequence[Judgement]) -> list[Judgement]:
    """Judge which names of organisations are those of the register; no two of the register are one, whatever other judgements link.

    `judged` are the judgements of concepts; those of organisations come back among the others.
    """
    own = [judgement for judgement in judged if judgement.kind is EntityKind.ORGANIZATION]
    for profile in (p for p in profiles if p.member.kind is EntityKind.ORGANIZATION):
        stands_for = {key: reasons for name, _ in profile.names for key, reasons in affiliations.prints.get(_words(name), {}).items()}
        for key, reasons in stands_for.items():
            if len(stands_for) == 1 and key != profile.member.key:
                made = decide(EntityKind.ORGANIZATION, (profile.member.key, key), reasons, "register")
                own += [made] if made else []

    def compare(a: MemberKey, b: MemberKey) -> Sequence[Reason]:
        one, two = (affiliations.registered.get(key) for key in (a, b))
        if one is None or two is None or (one.ror is two.ror is None and one.parents == two.parents):  # spellings of a laboratory
            return []
        return [FEATURES.reason("two of the register", 1.0, f"{one.name!r}, {two.name!r}")]

    apart = keep_apart(own, Contradictions(lambda _: compare, affiliations.registered.get))
    return [*(judgement for judgement in judged if judgement.kind is not EntityKind.ORGANIZATION), *apart]
