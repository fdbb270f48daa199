"""Builders of records and readings for the tests of resolve; all sentences are written for them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from confgraph.records import Author, Conference, Page, PageFacts, PageId, Reading, Record, RecordId, RecordKind
from confgraph.reference import organizations
from confgraph.resolve.organizations import OrganizationIndex

MakeAuthors = Callable[..., tuple[Author, ...]]
MakeReading = Callable[..., Reading]
MakeRecord = Callable[..., Record]

RIVERS = (
    "River gauges report water levels every hour, yet floods are still forecast from daily means. We train a small"
    " recurrent model on hourly levels of four hundred gauges and show that it warns two days earlier than the models"
    " in use. The gain is largest in steep valleys, where rain reaches the gauge within a single night. We release the"
    " levels, the warnings and a simulator in which new forecasts can be compared without waiting for the next flood."
)
BEES = (
    "Bees return to a hive by the sun, by landmarks and by scent, and it is not known how they weigh the three. We"
    " attach tags of four milligrams to eleven hundred bees and follow their flights over a whole summer. A model with"
    " three weights, learnt for each bee, explains nine of ten flights, and the weights change with age. Young bees"
    " trust landmarks, old ones the sun, and none of them needs scent when the sky is clear."
)


@pytest.fixture(scope="session")
def rivers() -> str:
    """Give an abstract of some 80 words."""
    return RIVERS


@pytest.fixture(scope="session")
def bees() -> str:
    """Give another abstract of some 80 words."""
    return BEES


@pytest.fixture(scope="session")
def authors() -> MakeAuthors:
    """Give a function that makes authors of names; `others` marks them as followed by "et al."."""

    def make(*names: str, others: bool = False) -> tuple[Author, ...]:
        return tuple(Author(name, others=others) for name in names)

    return make


@pytest.fixture(scope="session")
def reading() -> MakeReading:
    """Give a function that makes the reading of a page of records, numbered in order."""

    def make(name: str, *rows: dict[str, Any], conference: Conference | None = None, facts: PageFacts | None = None) -> Reading:
        page = PageId(hashlib.sha256(name.encode()).hexdigest())
        records = []
        for i, row in enumerate(rows, 1):
            fields: dict[str, Any] = {"id": RecordId(f"{name}-{i}"), "ordinal": i, "kind": RecordKind.PAPER} | row
            records.append(Record(doc=name, page=page, **fields))
        return Reading(Page(name, "", page), "generic", tuple(records), (), facts or PageFacts(conference=conference))

    return make


@pytest.fixture(scope="session")
def index(register: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[OrganizationIndex]:
    """Give the index of the invented register."""
    folder = tmp_path_factory.mktemp("ror")
    (folder / "ror.json").write_text(json.dumps(register), encoding="utf-8")
    with organizations.opened(folder / "ror.json", folder) as opened:
        yield opened
