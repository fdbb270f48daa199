"""Say whose turn it is: requests wait here for a worker process that is free.

Each client may keep only a part of the processes busy, so that others find a free one. Few short answers are made at a time;
one that takes longer makes room for the next.
"""

from __future__ import annotations

import asyncio
import os
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from confgraph.errors import ConfgraphError
from confgraph.serve.limits import Limits
from confgraph.serve.process import Worker

_AT_ONCE: Final = max(2, os.cpu_count() or 1)
"""So many answers are made at once that have just begun; more would only take the processors from each other."""
_PATIENCE: Final = 0.01
"""After so many seconds of waiting one more process is started."""


class BusyError(ConfgraphError):
    """There is no place for one more request; `mine` says that the client holds too many itself."""

    def __init__(self, where: str, what: str, hint: str = "", *, mine: bool = False) -> None:
        super().__init__(where, what, hint)
        self.mine = mine


@dataclass(slots=True, eq=False)
class _Waiting:
    client: str
    turn: asyncio.Future[Worker]


class Turns:
    """The workers that are free and the requests that wait for one; where one more would help, `grow` is told how many wait.

    Attributes:
        idle: the workers that are free; the one that was busy last is next, as its memory is at hand.
        refused: how many requests found no place.
    """

    def __init__(self, limits: Limits, grow: Callable[[int], None]) -> None:
        self.idle: list[Worker] = []
        self.refused = 0
        self._limits, self._grow = limits, grow
        self._busy: Counter[str] = Counter()
        self._short = 0
        self._waiting: deque[_Waiting] = deque()
        self._waiting_of: Counter[str] = Counter()
        self._growing: asyncio.TimerHandle | None = None
        self._closed = False

    @property
    def busy(self) -> int:
        """How many workers are busy."""
        return self._busy.total()

    @property
    def waiting(self) -> int:
        """How many requests wait."""
        return len(self._waiting)

    def close(self) -> None:
        """Turn everybody away from now on, also those who wait."""
        self._closed = True
        if self._growing is not None:
            self._growing.cancel()
        for waiting in self._waiting:
            if not waiting.turn.done():
                waiting.turn.set_exception(BusyError("server", "it is stopping"))

    async def take(self, client: str) -> Worker:
        """Wait for a worker; it is busy for this client from then on.

        Raises:
            BusyError: too many requests wait, too many of this client, or too long.
        """
        if self._closed:
            raise BusyError("server", "it is stopping")
        if self.idle and self._short < _AT_ONCE and self._busy[client] < self._limits.each:
            return self._begin(client)
        mine = self._waiting_of[client] >= self._limits.waiting_each
        if mine or len(self._waiting) >= self._limits.waiting:
            self.refused += 1
            whose = "of yours " if mine else ""
            raise BusyError("server", f"too many requests {whose}wait already", "come back in a moment", mine=mine)
        loop = asyncio.get_running_loop()
        waiting = _Waiting(client, loop.create_future())
        self._waiting.append(waiting)
        self._waiting_of[client] += 1
        if self._growing is None:
            self._growing = loop.call_later(_PATIENCE, self._grow_for_waiting)
        limit = loop.call_later(self._limits.timeout, self._give_up, waiting.turn)
        try:
            return await waiting.turn
        except BaseException:
            if waiting in self._waiting:
                self._waiting.remove(waiting)
            elif not waiting.turn.cancelled() and (worker := waiting.turn.result()).alive:
                self.free(worker)  # it was given one as it was called off
            raise
        finally:
            limit.cancel()
            self._less(self._waiting_of, client)

    def add(self, worker: Worker) -> None:
        """Take a new worker."""
        self.idle.append(worker)
        self._share_out()

    def free(self, worker: Worker) -> None:
        """Take a worker back that has answered."""
        self._less(self._busy, worker.client)
        self.idle.append(worker)
        self.note_long(worker)

    def drop(self, worker: Worker) -> None:
        """Forget a worker of which the process has ended."""
        if worker in self.idle:
            self.idle.remove(worker)
        else:
            self._less(self._busy, worker.client)
            self.note_long(worker)

    def note_long(self, worker: Worker) -> None:
        """Let the next short answer be made beside one that takes long, or is done."""
        if worker.short:
            worker.short = False
            self._short -= 1
        self._share_out()

    def _begin(self, client: str) -> Worker:
        worker = self.idle.pop()
        worker.client, worker.short = client, True
        self._busy[client] += 1
        self._short += 1
        return worker

    def _share_out(self) -> None:
        """Give idle workers to those who wait, in their order, but for clients that keep enough busy."""
        while self._waiting and self.idle and self._short < _AT_ONCE:
            following = (w for w in self._waiting if not w.turn.done() and self._busy[w.client] < self._limits.each)
            if (first := next(following, None)) is None:
                return
            self._waiting.remove(first)
            first.turn.set_result(self._begin(first.client))

    def _give_up(self, turn: asyncio.Future[Worker]) -> None:
        if not turn.done():
            self.refused += 1
            turn.set_exception(BusyError("server", "no process became free in time", "come back in a moment"))

    def _grow_for_waiting(self) -> None:
        """Ask for one more worker for those who still wait and may have it, then look again."""
        self._growing = None
        if any(self._busy[waiting.client] < self._limits.each for waiting in self._waiting):
            if not self.idle:
                self._grow(len(self._waiting))
            self._growing = asyncio.get_running_loop().call_later(10 * _PATIENCE, self._grow_for_waiting)

    @staticmethod
    def _less(counter: Counter[str], client: str) -> None:
        counter[client] -= 1
        if counter[client] <= 0:
            del counter[client]
