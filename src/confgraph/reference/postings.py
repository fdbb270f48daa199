"""Keep which rows hold which hashes in one sorted file, made and searched without holding it in memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

_PARTS: Final = 64
"""The parts that are sorted one after the other; each holds the hashes with the same first bits."""
_HELD: Final = 8_192
"""Postings of one part that are held before they are written."""
_PART_BITS: Final = 32 - (_PARTS.bit_length() - 1)
_NUMBER: Final = 0xFFFFFFFF
"""Rows are numbered in 32 bits."""

Numbers = NDArray[np.uint64]


class Writer:
    """Collects postings, a 32-bit hash with the number of a row below it, in the parts of a folder, then sorts them into one file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._held = [array("Q") for _ in range(_PARTS)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None:
            self._sort()
        for part in range(_PARTS):
            self._part(part).unlink(missing_ok=True)

    def add(self, number: int, hashes: Iterable[int]) -> None:
        """Say that a row holds some hashes."""
        for run in hashes:
            part = run >> _PART_BITS
            self._held[part].append(run << 32 | number)
            if len(self._held[part]) >= _HELD:
                self._flush(part)

    def _part(self, part: int) -> Path:
        return self._path.with_name(f"{self._path.name}-{part}")

    def _flush(self, part: int) -> None:
        held, self._held[part] = self._held[part], array("Q")
        with self._part(part).open("ab") as stream:
            np.asarray(held, dtype="<u8").tofile(stream)

    def _sort(self) -> None:
        with self._path.open("wb") as stream:
            for part in range(_PARTS):
                self._flush(part)
                np.sort(np.fromfile(self._part(part), dtype="<u8")).tofile(stream)


class Postings:
    """The rows of each hash, in a sorted file that is mapped into memory."""

    def __init__(self, path: Path) -> None:
        self._all = numbers(path)

    def count(self, hashes: Sequence[int], longest: int) -> list[tuple[int, int]]:
        """Count how many of some hashes each row holds.

        Args:
            hashes: the hashes, without repeats.
            longest: a hash of more rows than this says little and is passed over.

        Returns:
            The number of each row that holds any, with the count; the highest counts first, then in the order of rows.
        """
        if not hashes or not len(self._all):
            return []
        wanted = np.asarray(hashes, dtype=np.uint64) << np.uint64(32)
        starts = np.searchsorted(self._all, wanted)
        ends = np.searchsorted(self._all, wanted | np.uint64(_NUMBER), side="right")
        found = [self._all[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True) if 0 < b - a <= longest]
        if not found:
            return []
        rows, counts = np.unique(np.concatenate(found) & np.uint64(_NUMBER), return_counts=True)
        order = np.lexsort((rows, -counts))
        return list(zip(rows[order].tolist(), counts[order].tolist(), strict=True))


def numbers(path: Path) -> Numbers:
    """Map a file of 64-bit numbers, lowest byte first, into memory."""
    if not path.stat().st_size:
        return np.empty(0, dtype="<u8")
    return np.memmap(path, dtype="<u8", mode="r")


def write_numbers(path: Path, values: Sequence[int]) -> None:
    """Write a file of 64-bit numbers, lowest byte first."""
    np.asarray(values, dtype="<u8").tofile(path)
