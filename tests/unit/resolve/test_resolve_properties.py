"""What holds for any readings: every key has an entity, order does not matter, other pages change nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from confgraph.records import (
    ArtefactKind,
    Author,
    Concept,
    Conference,
    Decision,
    EntityKind,
    Introduced,
    MemberKey,
    Named,
    PageFacts,
    Reading,
    Talk,
)
from confgraph.resolve import members, resolve
from confgraph.resolve.keys import concept_key, iter_concepts, paper_key, person_key, scope
from confgraph.resolve.papers import paper_pairs

MakeReading = Callable[..., Reading]
MakeAuthors = Callable[..., tuple[Author, ...]]

TITLE = "Hourly Gauges Warn of Floods Two Days Earlier"


@pytest.fixture(scope="session")
def readings(reading: MakeReading, authors: MakeAuthors, rivers: str, bees: str) -> list[Reading]:
    """Give pages on which every rule of resolution applies."""
    talk = Talk("Floods", "talk", 0, 1, speakers=(Author("Ada Moor"), Author("Cy Ode")))
    lora = Concept("Low-Rank Adaptation", ("LoRA",))
    return [
        reading(
            "listing.txt",
            {"abstract": rivers, "authors": authors("Ada Yrsa Moor", "Bo Lind"), "methods": (lora, Concept("LoRA"))},
            {"abstract": "Poster: " + " ".join(rivers.split()[:60]), "authors": authors("Ada Yrsa Moor", "Bo Lind")},
            {"abstract": bees, "methods": (Concept("FloodBench"),)},
        ),
        reading(
            "notes.txt",
            {"title": TITLE, "abstract": rivers, "authors": authors("Moor", others=True), "talks": (talk,), "methods": (Concept("LoRA"),)},
            {"title": "Bees", "datasets": (Concept("CIFAR10"),), "introduces": (Introduced("FloodBench", ArtefactKind.DATASET),)},
            conference=Conference("RiverConf", 2031),
        ),
        reading(
            "lab.txt",
            {"title": "Bees", "abstract": bees, "datasets": (Concept("CIFAR-10"),), "metrics": (Concept("accuracy"),)},
            {"title": "Rain at Night in Narrow Valleys", "tasks": (Concept("modelling"),), "institutions": (Concept("River Lab"),)},
            facts=PageFacts(organizations=(Named("Hive Institute"),)),
        ),
        reading("daily.txt", {"title": TITLE, "tasks": (Concept("modeling"),), "methods": (Concept("large language models"),)}),
    ]


def _keys(page: Reading) -> Iterator[MemberKey]:
    occasion = scope(page)
    for record in page.records:
        yield paper_key(record, occasion)
        for person in (*record.authors, *(s for talk in record.talks for s in talk.speakers)):
            yield person_key(person, record, occasion)
        yield from (key for _, _, key in iter_concepts(record))
    for organization in page.facts.organizations:
        yield concept_key(EntityKind.ORGANIZATION, organization.name)


def test_the_pages_exercise_every_rule(readings: list[Reading]) -> None:
    assert {j.by for j in resolve(readings).judgements} == {
        "abstract",
        "acronym",
        "introduced",
        "position",
        "speaker",
        "spelling",
    }


def test_every_key_has_exactly_one_entity(readings: list[Reading]) -> None:
    resolution = resolve(readings)
    keys = {key for page in readings for key in _keys(page)}
    assert set(resolution.by_member) == keys
    assert sorted(key for e in resolution.entities for key in e.members) == sorted(keys)
    assert all(e.key == min(e.members) and e.label for e in resolution.entities)
    assert [e.key for e in resolution.entities] == sorted(e.key for e in resolution.entities)


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_the_order_of_readings_does_not_matter(readings: list[Reading], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(readings))
    assert resolve(shuffled) == resolve(readings)


def test_the_hash_seed_does_not_matter() -> None:
    code = (
        "from confgraph.records import *; from confgraph.resolve import resolve\n"
        "names = ['CIFAR10', 'CIFAR-10', 'cifar 10', 'Llama 2', 'Llama-2', 'Low-Rank Adaptation', 'LoRA']\n"
        "methods = tuple(Concept(n, ('LoRA',) if n.startswith('Low') else ()) for n in names)\n"
        "pages = [Reading(Page(str(i), '', PageId(str(i))), 'generic', (Record(RecordId(str(i)), str(i), 1, PageId(str(i)),"
        " RecordKind.PAPER, methods=(m,)),), ()) for i, m in enumerate(methods)]\n"
        "print(resolve(pages))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert "LoRA" in outputs.pop()


def test_an_unrelated_page_changes_no_entity(readings: list[Reading], reading: MakeReading, authors: MakeAuthors) -> None:
    page = reading(
        "other.txt",
        {
            "title": "Sharpening Knives Without a Whetstone",
            "abstract": "We sharpen knives on river stones. " * 4,
            "authors": authors("Ed Moor", "Bo Lind"),
            "methods": (Concept("Stone Grinding", ("SGR",)), Concept("GPT-9")),
        },
        conference=Conference("KnifeConf", 2031),
    )
    before = resolve(readings)
    after = resolve([*readings, page])
    assert set(before.entities) < set(after.entities)
    assert set(before.judgements) == set(after.judgements)


def test_no_entity_holds_a_pair_judged_different(readings: list[Reading]) -> None:
    resolution = resolve(readings)
    apart = [j for j in resolution.judgements if j.decision is Decision.DIFFERENT]
    assert apart
    assert all(resolution.by_member[j.left] != resolution.by_member[j.right] for j in apart)


def test_a_common_run_of_words_does_not_pair_everything(reading: MakeReading, bees: str) -> None:
    count = 300
    boilerplate = "This talk is part of the open programme and needs no ticket, so please come early to find a seat."
    words = bees.split()
    rows = [
        {"abstract": " ".join(f"{w}{i}" for w in words) + " " + boilerplate, "title": f"Talk number {i} of the day"} for i in range(count)
    ]
    papers = members.papers(members.entries([reading(f"{i}.txt", row) for i, row in enumerate(rows)]))
    assert 0 < len(paper_pairs(papers)) <= count
