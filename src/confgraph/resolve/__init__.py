"""Resolve what the readings name into entities.

    members --block--> pairs --score--> reasons --judge--> judgements --cluster--> entities

A member is one normalised key; what shares a key is one thing by definition. All further merging is by
judgements, from which the entities are derived.
"""

from __future__ import annotations

from collections.abc import Sequence

from confgraph.records import Reading, Resolution
from confgraph.resolve.affiliated import NO_AFFILIATIONS, judge_institutions, read_affiliations, registered_profiles
from confgraph.resolve.cluster import clusters, entities
from confgraph.resolve.concept_blocks import concept_blocks
from confgraph.resolve.concepts import judge_concepts
from confgraph.resolve.hierarchy import judge_broader
from confgraph.resolve.members import appearances, profiles
from confgraph.resolve.members import entries as list_entries
from confgraph.resolve.members import papers as list_papers
from confgraph.resolve.organizations import OrganizationIndex
from confgraph.resolve.papers import Match, judge_papers
from confgraph.resolve.people import judge_people
from confgraph.resolve.rulings import Ruling, check, overrule
from confgraph.resolve.said import said


def resolve(
    readings: Sequence[Reading],
    rulings: Sequence[Ruling] = (),
    matches: Sequence[Match] = (),
    organizations: OrganizationIndex | None = None,
) -> Resolution:
    """Resolve all records and page facts into entities, whatever the order of the readings, and as `rulings` decide.

    Papers come first, because people are compared within one paper. Entities are sorted by key, judgements by their
    pair; `by_member` holds every key that `confgraph.resolve.keys` yields for the readings, and gives a whole affiliation, which is no
    member of an entity, the first organisation that it names. `matches` says which record is which row of a catalogue, of whose matching
    rows there is a reading too; `organizations` tells what affiliations name. Rulings of keys that the readings do not hold decide nothing.

    Raises:
        ConfigError: two rulings contradict each other.
    """
    check(rulings)
    entries = list_entries(readings)
    people = appearances(entries)
    known = profiles(readings, entries, people)
    affiliations = read_affiliations(readings, known.values(), organizations) if organizations else NO_AFFILIATIONS
    absorbed = affiliations.absorbed(readings)
    known = {key: profile for key, profile in known.items() if key not in absorbed}
    stated = said(entries)
    concepts = concept_blocks(known.values(), stated)
    judged_papers = overrule(judge_papers(list_papers(entries), matches), rulings, known.__contains__)
    merged_papers = clusters(judged_papers)
    paper_of = [merged_papers.get(entry.paper, (entry.paper,))[0] for entry in entries]
    judged_concepts = judge_institutions(tuple(known.values()), affiliations, judge_concepts(concepts))
    judged = [*judged_papers, *judge_people(people, paper_of, entries), *judged_concepts]
    known = dict(sorted((registered_profiles(affiliations) | known).items()))
    judged = overrule(judged, rulings, known.__contains__)
    resolved = entities(known, clusters(judged))
    by_member = {member: entity for entity in resolved for member in entity.members}
    by_member |= {key: by_member[named] for key, named in absorbed.items()}
    return Resolution(
        entities=resolved,
        judgements=tuple(judged),
        by_member=by_member,
        broader=judge_broader(concepts, by_member, stated),
        affiliations=affiliations.named,
        registered=affiliations.registered,
    )
