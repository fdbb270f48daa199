"""Run the two stages that look at one page at a time, in this process or in several; what they give is the same.

A page is read here. Its records are extracted in parts of equal size, so that one long page keeps all workers busy.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Final

from confgraph import extract
from confgraph.config import Config
from confgraph.errors import SourceError
from confgraph.ingest import ingest
from confgraph.records import Page, Reading, Record

Progress = Callable[[str, int, int], None]
"""Told the stage's name, and how many of how many steps are done."""

_PART: Final = 128
"""How many records of a page are extracted at a time where several workers share them."""

_Part = tuple[int, tuple[Record, ...]]
"""The number of a page, and some of its records."""

_held: tuple[extract.Extract, tuple[Page, ...]]
"""Of a worker process alone: what `_start` made, once for all parts that it is given."""


def read_and_extract(
    pages: tuple[Page, ...], extractor: extract.Extract, config: Config, workers: int, tell: Progress
) -> tuple[Reading, ...]:
    """Read each page and extract from its records, in order.

    Args:
        pages: the pages of the build.
        extractor: the stage for this process; others build their own from `config`.
        config: the configuration of the build.
        workers: how many processes extract; 1 works in this one.
        tell: told of each page, or of each part where several work.

    Raises:
        SourceError: a worker process was ended from outside.
    """
    readings = [ingest(page) for page in pages]
    whole = not isinstance(extractor, extract.Extractor)  # another's may look at a page as a whole
    parts = list(_iter_parts(readings, whole=whole or workers == 1))
    with ExitStack() as stack:
        if workers == 1:
            done: Iterable[tuple[Record, ...]] = (extractor(pages[number], records) for number, records in parts)
        else:
            spawn = multiprocessing.get_context("spawn")  # a fork would copy the model's threads in any state
            count = max(1, min(workers, len(parts)))
            pool = stack.enter_context(ProcessPoolExecutor(count, spawn, _start, (config.extract, pages, config.folder)))
            done = pool.map(_extract, parts)
        found: list[list[Record]] = [[] for _ in pages]
        tell("read and extract", 0, len(parts))
        try:
            for count, ((number, _), records) in enumerate(zip(parts, done, strict=True), 1):
                found[number] += records
                tell("read and extract", count, len(parts))
        except BrokenProcessPool as error:
            raise SourceError("build", "a worker process was ended, perhaps for want of memory", "use fewer --workers") from error
    return tuple(replace(reading, records=tuple(records)) for reading, records in zip(readings, found, strict=True))


def _iter_parts(readings: Sequence[Reading], *, whole: bool) -> Iterator[_Part]:
    for number, reading in enumerate(readings):
        size = max(1, len(reading.records)) if whole else _PART
        for start in range(0, max(1, len(reading.records)), size):
            yield number, reading.records[start : start + size]


def _start(options: extract.ExtractOptions, pages: tuple[Page, ...], folder: Path) -> None:
    """Build the extractor of a worker process."""
    global _held  # noqa: PLW0603  (a pool hands its workers no other place to keep what they build once)
    _held = extract.load(options, pages, folder), pages


def _extract(part: _Part) -> tuple[Record, ...]:
    extractor, pages = _held
    number, records = part
    return extractor(pages[number], records)
