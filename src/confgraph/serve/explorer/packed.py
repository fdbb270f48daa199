"""Hold many texts and numbers in a few pieces of memory, which can be written to a file that processes share."""

from __future__ import annotations

import json
import mmap
import os
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, overload

from confgraph.errors import OutputError

Piece = bytes | memoryview
"""A piece of memory."""

_MAGIC: Final = b"confgraph packed 1\n"


class Texts(Sequence[str]):
    """Texts one after the other in UTF-8, with the place where each ends.

    >>> texts = Texts.of(["a", "", "\u00fc"])
    >>> len(texts), texts[2], list(texts)
    (3, '\u00fc', ['a', '', '\u00fc'])
    """

    def __init__(self, data: Piece, ends: Piece) -> None:
        self.data = memoryview(data).cast("B")
        self.ends = memoryview(ends).cast("B").cast("Q")

    @classmethod
    def of(cls, texts: Iterable[str]) -> Texts:
        """Put texts together; what is no Unicode text is written as question marks."""
        data, ends = bytearray(), array("Q", [0])
        for text in texts:
            data += text.encode("utf-8", "replace")
            ends.append(len(data))
        return cls(bytes(data), memoryview(ends))

    def __len__(self) -> int:
        return len(self.ends) - 1

    @overload
    def __getitem__(self, i: int) -> str: ...
    @overload
    def __getitem__(self, i: slice) -> list[str]: ...
    def __getitem__(self, i: int | slice) -> str | list[str]:
        if isinstance(i, slice):
            return [self[j] for j in range(*i.indices(len(self)))]
        if not 0 <= i < len(self):
            raise IndexError(i)
        return str(self.data[self.ends[i] : self.ends[i + 1]], "utf-8")


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock of a file that is to be written, so that one process makes it and the others wait; without locks all make it."""
    try:
        import fcntl
    except ImportError:  # not on this system
        yield
        return
    try:
        lock = path.with_name(f"{path.name}.lock").open("wb")
    except OSError:  # nothing can be written there
        yield
        return
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the system lets go of it when the process ends
        yield


def write_parts(path: Path, parts: Mapping[str, Piece]) -> None:
    """Write named pieces of memory into a file, all or nothing; another process may write the same file at the same time.

    Raises:
        OutputError: the file cannot be written.
    """
    sizes = {name: memoryview(part).nbytes for name, part in parts.items()}
    own = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        with own.open("wb") as file:
            file.write(_MAGIC + json.dumps(sizes).encode() + b"\n")
            for part in parts.values():
                file.write(memoryview(part).cast("B"))
        own.replace(path)
    except OSError as error:
        own.unlink(missing_ok=True)
        raise OutputError(str(path), f"cannot be written ({error.strerror})", "give a folder that you may write to") from error


def read_parts(path: Path) -> dict[str, memoryview] | None:
    """Map a file that `write_parts` wrote into memory; None where there is none, or it is another's."""
    try:
        with path.open("rb") as file:
            if file.readline() != _MAGIC:
                return None
            sizes = json.loads(file.readline())
            start = file.tell()
            whole = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except OSError:
        return None
    parts = {}
    for name, size in sizes.items():
        parts[name] = whole[start : start + size]
        start += size
    return parts
