"""What a server gives to its clients at most."""

from __future__ import annotations

import os
from dataclasses import dataclass, field


def _default_workers() -> int:
    return max(12, 2 * (os.cpu_count() or 1))


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of the machine requests may take. All times are in seconds, sizes in bytes unless said otherwise.

    Attributes:
        timeout: how long one answer may take in all, until its last byte is sent.
        workers: how many processes may answer at once; they are started when they are needed.
        memory: the megabytes that a process may take to answer, besides what it needs when idle.
        waiting: how many requests may wait for a process; one more is told to come back.
        share: which part of the processes one client may keep busy, and of the places to wait.
        rows: the most rows or triples of an answer.
        answer: the most bytes of an answer, before compression.
        body: the most bytes of a query's request.
        data: the most bytes of an update's request.
        patience: how long a client may take to send a request's head, and how long its body.
        grace: how long requests that run may go on when the server is told to stop.
    """

    timeout: float = 30.0
    workers: int = field(default_factory=_default_workers)
    memory: int = 512
    waiting: int = 128
    share: float = 0.75
    rows: int = 1_000_000
    answer: int = 1_000_000_000
    body: int = 1_000_000
    data: int = 100_000_000
    patience: float = 10.0
    grace: float = 0.3

    @property
    def each(self) -> int:
        """How many processes one client may keep busy.

        >>> Limits(workers=1).each, Limits(workers=12).each
        (1, 9)
        """
        return max(1, int(self.workers * self.share))

    @property
    def waiting_each(self) -> int:
        """How many requests of one client may wait."""
        return max(1, int(self.waiting * self.share))
