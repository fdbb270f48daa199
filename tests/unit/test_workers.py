"""However many processes extract, a page's records are the same, in the same order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from confgraph import extract, workers
from confgraph.config import Config, load_config
from confgraph.records import Page, Record
from confgraph.sources import find_sources, read_pages

SAMPLES = Path(__file__).parents[2] / "data" / "samples"


@pytest.fixture(scope="module")
def sample() -> tuple[tuple[Page, ...], Config]:
    found = find_sources([SAMPLES])
    config = load_config([])
    return read_pages(found, config).pages[:2], config


class Whole:
    """Another's extractor, which notes how many records it is given at a time."""

    used: Mapping[str, str] = {}

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def __call__(self, page: Page, records: Sequence[Record]) -> tuple[Record, ...]:
        assert {record.page for record in records} <= {page.id}
        self.sizes.append(len(records))
        return tuple(records)


def test_several_processes_give_what_one_gives(sample: tuple[tuple[Page, ...], Config], monkeypatch: pytest.MonkeyPatch) -> None:
    pages, config = sample
    monkeypatch.setattr(workers, "_PART", 3)
    told: list[tuple[str, int, int]] = []
    extractor = extract.load(config.extract)
    alone = workers.read_and_extract(pages, extractor, config, 1, lambda *_: None)
    together = workers.read_and_extract(pages, extractor, config, 2, lambda *step: told.append(step))
    assert together == alone
    assert sum(len(reading.records) for reading in alone) > 6
    assert told[0][1] == 0
    assert told[-1][1] == told[-1][2] > len(pages)


def test_anothers_extractor_is_given_whole_pages(sample: tuple[tuple[Page, ...], Config], monkeypatch: pytest.MonkeyPatch) -> None:
    pages, config = sample
    monkeypatch.setattr(workers, "_PART", 3)
    extractor = Whole()
    readings = workers.read_and_extract(pages, extractor, config, 1, lambda *_: None)
    assert extractor.sizes == [len(reading.records) for reading in readings]
