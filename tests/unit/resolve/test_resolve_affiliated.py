"""Affiliations of records become organisations: spellings are one, namesakes are not, and judgements say why."""

from __future__ import annotations

from collections.abc import Callable

from confgraph.records import Author, Concept, Decision, EntityKind, MemberKey, Named, PageFacts, Reading, Resolution
from confgraph.resolve import resolve
from confgraph.resolve.keys import concept_key
from confgraph.resolve.organizations import OrganizationIndex

MakeReading = Callable[..., Reading]


def author(*affiliations: str) -> Author:
    return Author("Ada Reed", affiliations)


def entity_of(resolution: Resolution, affiliation: str) -> list[str]:
    return [resolution.by_member[key].key for key in resolution.affiliations.get(affiliation, ())]


def organization_key(name: str) -> MemberKey:
    return concept_key(EntityKind.ORGANIZATION, name)


def test_spellings_of_one_organisation_are_one_entity(reading: MakeReading, index: OrganizationIndex) -> None:
    spellings = ("Dept. of Botany, Univ. of Marshford, UK", "Universität Marshford", "ada@marshford.ac.uk")
    page = reading(
        "a", {"title": "Reeds", "authors": (author(*spellings),)}, {"title": "Ponds", "institutions": (Concept("University of Marshford"),)}
    )
    found = resolve([page], organizations=index)
    (one,) = {key for spelling in spellings for key in entity_of(found, spelling)}
    entity = found.by_member[organization_key("University of Marshford")]
    assert (entity.key, entity.label) == (one, "University of Marshford")
    (judged,) = [j for j in found.judgements if j.by == "register"]
    assert judged.decision is Decision.SAME
    assert "name" in {reason.feature for reason in judged.reasons}


def test_what_the_register_says_stands_with_the_entity(reading: MakeReading, index: OrganizationIndex) -> None:
    page = reading("a", {"title": "Reeds", "authors": (author("Reedbed Laboratory"),)})
    found = resolve([page], organizations=index)
    (own,) = found.affiliations["Reedbed Laboratory"]
    said = found.registered[own]
    assert (said.ror, said.country, said.exact) == ("https://ror.org/01marsh02", "GB", True)
    (parent,) = said.parents
    assert found.by_member[parent].label == "University of Marshford"


def test_one_print_of_two_organisations_merges_with_neither(reading: MakeReading, index: OrganizationIndex) -> None:
    name = "Sedge Institute of Technology"
    page = reading(
        "a",
        {"title": "Reeds", "authors": (author(f"{name}, USA"),)},
        {"title": "Ponds", "authors": (author(f"{name}, France"),)},
        {"title": "Frogs", "institutions": (Concept(name),)},
    )
    found = resolve([page], organizations=index)
    entities = {*entity_of(found, f"{name}, USA"), *entity_of(found, f"{name}, France"), found.by_member[organization_key(name)].key}
    assert len(entities) == 3


def test_two_of_the_register_are_never_one_whatever_records_say(reading: MakeReading, index: OrganizationIndex) -> None:
    claim = Concept("University of Marshford", aliases=("MSU",))
    other = Concept("Marshford State University", aliases=("MSU",))
    page = reading("a", {"title": "Reeds", "institutions": (claim,)}, {"title": "Ponds", "institutions": (other,)})
    found = resolve([page], organizations=index)
    labels = {found.by_member[organization_key(name)].label for name in ("University of Marshford", "Marshford State University")}
    assert len(labels) == 2


def test_a_laboratory_of_a_company_is_a_part_of_it(reading: MakeReading, index: OrganizationIndex) -> None:
    page = reading("a", {"title": "Reeds", "authors": (author("Microsoft Research"),), "institutions": (Concept("Microsoft Research"),)})
    found = resolve([page], organizations=index)
    (laboratory,) = entity_of(found, "Microsoft Research")
    assert found.by_member[organization_key("Microsoft Research")].key == laboratory
    (company,) = found.registered[organization_key("Microsoft Research")].parents
    assert found.by_member[company].label == "Microsoft"
    assert found.by_member[company].key != laboratory


def test_the_order_of_the_pages_changes_nothing(reading: MakeReading, index: OrganizationIndex) -> None:
    pages = [
        reading("a", {"title": "Reeds", "authors": (author("Univ. of Marshford, UK"),)}),
        reading("b", {"title": "Ponds", "authors": (author("Reedbed Laboratory; CNM, France"),)}),
        reading("c", {"title": "Frogs", "institutions": (Concept("University of Marshford"), Concept("MIT"))}),
    ]
    assert resolve(pages, organizations=index) == resolve(pages[::-1], organizations=index)


def test_without_an_index_affiliations_stay_as_printed(reading: MakeReading) -> None:
    page = reading("a", {"title": "Reeds", "authors": (author("University of Marshford"),)})
    found = resolve([page])
    assert found.affiliations == {}
    assert not any(entity.kind is EntityKind.ORGANIZATION for entity in found.entities)


def test_a_whole_affiliation_is_no_organisation_beside_the_one_it_names(reading: MakeReading, index: OrganizationIndex) -> None:
    raw = "Dept. of Botany, University of Marshford, UK"
    page = reading("a", {"title": "Reeds", "authors": (author(raw),), "institutions": (Concept(raw),)})
    found = resolve([page], organizations=index)
    assert [entity.label for entity in found.entities if entity.kind is EntityKind.ORGANIZATION] == ["University of Marshford"]
    assert found.by_member[organization_key(raw)].label == "University of Marshford"


def test_a_comma_or_mark_beside_a_name_is_none_of_it(reading: MakeReading, index: OrganizationIndex) -> None:
    raws = (", University of Marshford", "University of Marshford*")
    page = reading("a", {"title": "Reeds", "authors": (author(*raws),), "institutions": (*map(Concept, raws),)})
    (entity,) = (e for e in resolve([page], organizations=index).entities if e.kind is EntityKind.ORGANIZATION)
    assert (entity.label, entity.aliases) == ("University of Marshford", ())


def test_what_plus_joins_are_several_organisations_known_or_not(reading: MakeReading, index: OrganizationIndex) -> None:
    raw = "Computer Science Department + Tern & Sons, Marshford + University of Marshford"
    page = reading("a", {"title": "Reeds", "authors": (author(raw),), "institutions": (Concept(raw),)})
    found = resolve([page], organizations=index)
    assert [found.by_member[key].label for key in found.affiliations[raw]] == ["Tern & Sons, Marshford", "University of Marshford"]
    assert {e.label for e in found.entities if e.kind is EntityKind.ORGANIZATION} == {"Tern & Sons, Marshford", "University of Marshford"}


def test_a_page_that_names_its_own_organisation_as_an_affiliation_prints_it_keeps_it(
    reading: MakeReading, index: OrganizationIndex
) -> None:
    raw = "Botany Group, University of Marshford"
    page = reading(
        "a",
        {"title": "Reeds", "authors": (author(raw),), "institutions": (Concept(raw),)},
        facts=PageFacts(organizations=(Named(raw),)),
    )
    found = resolve([page], organizations=index)
    assert found.by_member[organization_key(raw)].label == raw


def test_a_laboratory_is_called_as_the_page_prints_it(reading: MakeReading, index: OrganizationIndex) -> None:
    raws = ("Huawei Noah’s Ark Lab, China", "Huawei Noah's Ark Lab")
    page = reading("a", {"title": "Reeds", "authors": (author(*raws),), "institutions": (*map(Concept, raws),)})
    found = resolve([page], organizations=index)
    assert [found.by_member[key].label for raw in raws for key in found.affiliations[raw]] == ["Huawei Noah's Ark Lab"] * 2
    assert {e.label for e in found.entities if e.kind is EntityKind.ORGANIZATION} == {"Huawei Noah's Ark Lab", "Huawei"}
