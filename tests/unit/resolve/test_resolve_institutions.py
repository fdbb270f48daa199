"""Raw affiliations lead to the organisations that they name, and to no others."""

from __future__ import annotations

from itertools import permutations

import pytest

from confgraph.resolve.affiliations import key, parts
from confgraph.resolve.institutions import FEATURES, link
from confgraph.resolve.organizations import OrganizationIndex

MARSHFORD, STATE = "University of Marshford", "Marshford State University"
SEDGE = "Sedge Institute of Technology"


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        ("University of Marshford", [MARSHFORD]),
        ("Dept. of Computer Science, Univ. of Marshford, Marshford, UK", [MARSHFORD]),
        ("School of Computing and Design, UNIVERSITY OF MARSHFORD", [MARSHFORD]),
        ("Institut für Informatik, Universität Marshford", [MARSHFORD]),
        ("Universit¨at Marshford, England", [MARSHFORD]),
        ("Univeristy of Marshfrod, UK", [MARSHFORD]),
        ("ada.reed@cs.marshford.ac.uk", [MARSHFORD]),
        ("Marshford State University, Ebb, MI 48824, USA", [STATE]),
        ("Reedbed Laboratory", ["Reedbed Laboratory"]),
        ("Reedbed Laboratory, University of Marshford", [MARSHFORD]),  # a laboratory of what is named with it
        ("Carnegie Mellon University and ETH Zurich", ["Carnegie Mellon University", "ETH Zurich"]),
        ("University of Marshford+ETH Zürich", [MARSHFORD, "ETH Zurich"]),
        ("University of Marshford; Univ. of Marshford", [MARSHFORD]),
        ("Université de Laîche, CNM, Laîche, France", ["Université de Laîche"]),  # CNM runs laboratories with universities
        ("CNM, France", ["Centre National des Marais"]),
        ("Poldertech, Hoorn, The Netherlands", ["Poldertech (The Netherlands)"]),
        ("Poldertech, Laîche, France", ["Poldertech (France)"]),
        ("Poldertech", ["Poldertech (The Netherlands)"]),  # not the branch of the same name
        ("Dept. of CS, ETH Zürich, Switzerland", ["ETH Zurich"]),
        (
            "Microsoft+Beijing University of Posts and Telecommunications",
            ["Microsoft", "Beijing University of Posts and Telecommunications"],
        ),
        ("MIT, Cambridge, MA", ["Massachusetts Institute of Technology"]),
        ("CSAIL MIT", ["Massachusetts Institute of Technology"]),
        ("University of California, Berkeley", ["University of California, Berkeley"]),
        ("University of California, 12 Some Street, Berkeley", ["University of California, Berkeley"]),
        ("Indian Institute of Technology Madras", ["Indian Institute of Technology Madras"]),
        ("I.I.T. Madras, Chennai, India", ["Indian Institute of Technology Madras"]),
        ("Inria Paris", ["Inria"]),
        ("Google London", ["Google"]),
        ("LTCI, Télécom ParisTech", ["Télécom Paris"]),
        ("SJTU", ["Shanghai Jiao Tong University"]),
        ("Max-Planck-Institute for Intelligent Systems", ["Max Planck Institute for Intelligent Systems"]),
    ],
)
def test_the_organisations_named_are_linked(raw: str, names: list[str], index: OrganizationIndex) -> None:
    assert [found.organization.name for found in link(raw, index)] == names


@pytest.mark.parametrize(
    "raw",
    [
        "",
        " ,;+ ",
        "Department of Computer Science",
        "Independent Researcher",
        "Institute of Technology",
        "National Institute of Physics and Marshes",
        "Open University of Marshford",  # another university, of which nothing is known
        "University of Marshford Hospital",
        "College of Lost Ponds",  # withdrawn
        "SIT",  # of two institutes
        "Sedge Institute of Technology",  # which of the two is not said
        "12, rue des Marais, 75013 Paris",
        "someone@mail.example",
    ],
)
def test_what_names_none_is_not_linked(raw: str, index: OrganizationIndex) -> None:
    assert link(raw, index) == []


@pytest.mark.parametrize(
    ("place", "ror"), [("USA", "01sedge01"), ("France", "01sedge02"), ("Sedgewick", "01sedge01"), ("Laîche", "01sedge02")]
)
def test_a_place_tells_namesakes_apart(place: str, ror: str, index: OrganizationIndex) -> None:
    (found,) = link(f"{SEDGE}, {place}", index)
    assert found.organization.ror == f"https://ror.org/{ror}"


def test_another_country_speaks_against_an_organisation(index: OrganizationIndex) -> None:
    assert link("University of Marshford, Japan", index) == []


def test_the_confidence_follows_from_the_reasons(index: OrganizationIndex) -> None:
    (found,) = link("Univ. of Marshford, Marshford, UK", index)
    assert {reason.feature for reason in found.reasons} >= {"name", "same country", "same city"}
    assert {reason.feature for reason in found.reasons} <= set(FEATURES.weights)
    (misprinted,) = link("Univ. of Marshfrod, Marshford, UK", index)
    assert misprinted.score <= found.score
    assert "misprint" in {reason.feature for reason in misprinted.reasons}


def test_the_order_of_parts_changes_only_the_order(index: OrganizationIndex) -> None:
    pieces = ["University of Marshford, UK", "MIT", "Poldertech, France"]
    found = {tuple(sorted(c.organization.id for c in link("; ".join(order), index))) for order in permutations(pieces)}
    assert len(found) == 1
    assert len(next(iter(found))) == 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Univ. of Marshford", "Universität Marshford"),
        ("Shanghai Jiao Tong University", "Shanghai Jiaotong University"),
        ("Xi’an Polytechnic", "Xian Polytechnic"),
        ("Università dell’Aquila", "Universita' dell'Aquila"),
        ("AT&T Labs", "AT & T Laboratories"),
        ("Technische Universität Ebb", "TU Ebb"),
    ],
)
def test_spellings_of_a_name_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("University of Washington", "Washington University"), ("Texas University", "Texas A&M University"), ("Paris 6", "Paris 7")],
)
def test_other_names_have_other_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_parts_are_what_separators_join() -> None:
    assert len(parts("A University + B Institute; C College\nD Labs † E Corp")) == 5
    assert len(parts("University of Science & Technology, Ebb")) == 1
