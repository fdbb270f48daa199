"""What people decide holds, whatever features say; what cannot all hold is refused."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import pytest

from confgraph.errors import ConfigError
from confgraph.records import Author, Concept, Conference, Decision, MemberKey, Reading, Resolution
from confgraph.resolve import resolve
from confgraph.resolve.rulings import Ruling

MakeReading = Callable[..., Reading]
SAME, DIFFERENT = Decision.SAME, Decision.DIFFERENT
PLAIN, HYPHENED, OTHER, THIRD = (
    MemberKey(f"method|{name}") for name in ("low rank adaptation", "low-rank adaptation", "long-range attention", "lora")
)


def rule(left: MemberKey, decision: Decision, right: MemberKey, line: int = 1) -> Ruling:
    return Ruling(left, right, decision, f"decisions.jsonl, line {line}", "Ada", "I wrote both")


@pytest.fixture
def readings(reading: MakeReading) -> list[Reading]:
    """Two spellings of one method, and another method, on three pages."""
    names = ("Low-Rank Adaptation", "low rank adaptation", "Long-Range Attention", "LoRA")
    rows = ({"title": f"An unrelated title of paper {i}", "methods": (Concept(name),)} for i, name in enumerate(names))
    return [reading(f"{i}.txt", row) for i, row in enumerate(rows)]


def groups(resolution: Resolution) -> set[frozenset[MemberKey]]:
    return {frozenset(entity.members) for entity in resolution.entities if entity.members[1:]}


def test_spellings_are_one_thing_until_somebody_parts_them(readings: list[Reading]) -> None:
    assert groups(resolve(readings)) == {frozenset((PLAIN, HYPHENED))}
    parted = resolve(readings, [rule(HYPHENED, DIFFERENT, PLAIN)])
    assert groups(parted) == set()
    [judged] = [j for j in parted.judgements if {j.left, j.right} == {PLAIN, HYPHENED}]
    assert (judged.decision, judged.by, judged.score, judged.reasons[0].note) == (DIFFERENT, "decision", 0.0, "Ada: I wrote both")


def test_what_somebody_joins_is_one_with_all_that_features_join(readings: list[Reading]) -> None:
    joined = resolve(readings, [rule(OTHER, SAME, PLAIN)])
    assert groups(joined) == {frozenset((PLAIN, HYPHENED, OTHER))}


def test_decisions_come_before_features_and_chains_of_them_hold(readings: list[Reading]) -> None:
    rulings = [rule(OTHER, SAME, PLAIN), rule(OTHER, DIFFERENT, HYPHENED), rule(OTHER, SAME, THIRD)]
    expected = {frozenset((PLAIN, OTHER, THIRD))}
    assert {frozenset(groups(resolve(readings, order))) for order in permutations(rulings)} == {frozenset(expected)}


def test_a_decision_joins_what_features_keep_apart(reading: MakeReading, rivers: str) -> None:
    """A page lists two papers with one abstract, whose authors differ; a person knows that they are one."""
    rows = [
        {"title": f"Gauges and the Floods of {year}", "abstract": rivers, "authors": (Author(n),)}
        for year, n in ((1999, "Bo Lind"), (2001, "Cy Ode"))
    ]
    pages = [reading("one.txt", *rows)]
    apart = resolve(pages)
    keys = [entity.key for entity in apart.entities if entity.key.startswith("paper|")]
    assert len(keys) == 2
    assert frozenset(keys) in groups(resolve(pages, [rule(keys[0], SAME, keys[1])]))


def test_a_decision_of_other_pages_decides_nothing(readings: list[Reading]) -> None:
    assert resolve(readings, [rule(PLAIN, SAME, MemberKey("method|unheard of"))]) == resolve(readings)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_decisions_that_cannot_all_hold_are_refused_with_their_lines(readings: list[Reading], order: tuple[int, ...]) -> None:
    rulings = [rule(PLAIN, SAME, HYPHENED, 1), rule(OTHER, SAME, HYPHENED, 2), rule(OTHER, DIFFERENT, PLAIN, 3)]
    with pytest.raises(ConfigError) as caught:
        resolve(readings, [rulings[i] for i in order])
    assert caught.value.where == "decisions.jsonl, line 3"
    assert "line 1" in caught.value.what
    assert "line 2" in caught.value.what


def test_a_pair_decided_both_ways_is_refused(readings: list[Reading]) -> None:
    with pytest.raises(ConfigError, match=r"line 2: says .* are different, but decisions.jsonl, line 1 says that they are one"):
        resolve(readings, [rule(PLAIN, SAME, HYPHENED, 1), rule(HYPHENED, DIFFERENT, PLAIN, 2)])


def test_things_of_different_nature_cannot_be_joined(readings: list[Reading]) -> None:
    with pytest.raises(ConfigError, match="joins a method and a person"):
        resolve(readings, [rule(PLAIN, SAME, MemberKey("person|ada moor|x"))])


@pytest.fixture
def groups_of_authors(reading: MakeReading, rivers: str, bees: str) -> list[Reading]:
    """One group signs two papers of two conferences, with the first author's name in two forms; and one paper stands on two pages."""
    names = (Author("Dietlinde Foxglove"), Author("Orla Birch"), Author("Pia Cedar"))
    again = (Author("D. Foxglove"), *names[1:])
    return [
        reading(
            "river.txt", {"title": "Gauges and the Floods", "abstract": rivers, "authors": names}, conference=Conference("RiverConf", 2031)
        ),
        reading(
            "hive.txt", {"title": "Bees weigh three things", "abstract": bees, "authors": again}, conference=Conference("HiveConf", 2032)
        ),
        reading("later.txt", {"abstract": bees, "authors": again}, conference=Conference("HiveConf", 2032)),
    ]


def key_of(resolution: Resolution, opening: str) -> MemberKey:
    [found] = [member for member in resolution.by_member if member.startswith(opening)]
    return found


def test_people_are_parted_and_joined_as_decided(groups_of_authors: list[Reading]) -> None:
    found = resolve(groups_of_authors)
    full, short, other = (key_of(found, f"person|{name}") for name in ("dietlinde foxglove", "d foxglove", "orla birch|riverconf"))
    assert frozenset((full, short)) in groups(found)
    parted = resolve(groups_of_authors, [rule(full, DIFFERENT, short)])
    assert not any({full, short} <= group for group in groups(parted))
    joined = resolve(groups_of_authors, [rule(short, SAME, other)])
    assert joined.by_member[short] is joined.by_member[other]
    with pytest.raises(ConfigError, match="are different, but"):
        resolve(groups_of_authors, [rule(full, DIFFERENT, short, 1), rule(full, SAME, other, 2), rule(other, SAME, short, 3)])


def test_papers_are_parted_and_joined_as_decided(groups_of_authors: list[Reading]) -> None:
    found = resolve(groups_of_authors)
    titled, untitled, other = (key_of(found, f"paper|{opening}") for opening in ("bees weigh", "¶ bees", "gauges"))
    assert frozenset((titled, untitled)) in groups(found)
    parted = resolve(groups_of_authors, [rule(untitled, DIFFERENT, titled)])
    assert parted.by_member[titled] is not parted.by_member[untitled]
    joined = resolve(groups_of_authors, [rule(untitled, SAME, other)])
    assert joined.by_member[untitled] is joined.by_member[other]
