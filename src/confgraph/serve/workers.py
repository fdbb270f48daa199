"""Share requests out among worker processes: who is next, for how long, and what follows when a process ends.

A process is started when a request has waited a moment for one, and kept. Each client may keep only a part of them busy, so
that others find a free one. Few short answers are made at a time; one that takes longer makes room for the next, and one that
takes long gets a low priority, so that short ones pass it.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import tempfile
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from confgraph.errors import ConfgraphError, OutputError
from confgraph.serve import wire
from confgraph.serve.limits import Limits
from confgraph.serve.process import LostError, Reply, TimeLimitError, Worker

_SHORT: Final = 0.002
"""After so many seconds an answer makes room for the next."""
_LONG: Final = 0.03
"""After so many seconds it gives way to others."""
_LEFT: Final = 1.0
"""After so many seconds it is ended if the client has gone; a shorter one is cheaper to finish than a process to start."""
_PATIENCE: Final = 0.01
"""After so many seconds of waiting one more process is started."""
_AT_ONCE: Final = max(2, os.cpu_count() or 1)
"""So many answers are made at once that have just begun; more would only take the processors from each other."""
_FEW: Final = 2
"""So many processes are there even when nobody asks."""
_START: Final = 60.0
"""So many seconds a process may take to start and open its store."""
_AGAIN: Final = 0.2
"""After so many seconds a process that could not open its store tries again."""
_OPENED: Final = 204


class BusyError(ConfgraphError):
    """There is no place for one more request; `mine` says that the client holds too many itself."""

    def __init__(self, where: str, what: str, hint: str = "", *, mine: bool = False) -> None:
        super().__init__(where, what, hint)
        self.mine = mine


@dataclass(slots=True)
class Counts:
    """What has happened since the server started."""

    started: int = 0
    timed_out: int = 0
    ended: int = 0
    left: int = 0
    refused: int = 0
    swaps: int = 0
    seconds: float = 0.0
    by_status: Counter[tuple[str, int]] = field(default_factory=Counter)


@dataclass(slots=True, eq=False)
class _Waiting:
    client: str
    turn: asyncio.Future[Worker]


class Pool:
    """The processes that only read. `path` is the folder whose store they open, which `swap` changes."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.path = path
        self.limits = limits
        self.generation = 0
        self.counts = Counts()
        self._workers: set[Worker] = set()
        self._ending: set[Worker] = set()
        self._idle: list[Worker] = []
        self._busy: Counter[str] = Counter()
        self._short = 0
        self._waiting: deque[_Waiting] = deque()
        self._waiting_of: Counter[str] = Counter()
        self._starting: set[asyncio.Task[None]] = set()
        self._growing: asyncio.TimerHandle | None = None
        self._closed = False
        self._shared: Path | None = None

    async def start(self) -> None:
        """Start the first process.

        Raises:
            OutputError: the store cannot be opened.
        """
        self._shared = Path(tempfile.mkdtemp(prefix="confgraph-"))
        worker = await self._new()
        try:
            trouble = await self._open(worker)
        except (LostError, TimeoutError) as error:
            trouble = f"no process can be started to answer ({error})"
        if trouble:
            worker.end()
            await self.close()
            raise OutputError(str(self.path), trouble, "give a folder that `confgraph build` wrote")
        self._add(worker)

    async def close(self) -> None:
        """End all processes at once."""
        self._closed = True
        if self._shared is not None:
            shutil.rmtree(self._shared, ignore_errors=True)
        for waiting in self._waiting:
            if not waiting.turn.done():
                waiting.turn.set_exception(BusyError("server", "it is stopping"))
        if self._growing is not None:
            self._growing.cancel()
        for task in self._starting:
            task.cancel()
        await asyncio.gather(*self._starting, return_exceptions=True)
        self._ending |= self._workers
        for worker in self._workers:
            worker.end(LostError("server", "it is stopping"))
        for _ in range(200):
            if all([worker.reap() for worker in self._ending]):  # noqa: C419  (each is to be asked)
                return
            await asyncio.sleep(0.01)

    def swap(self, path: Path) -> None:
        """Let every request from now on be answered from the store of this folder; those that run finish with the old one."""
        self.path = path
        if self._shared is not None:
            with contextlib.suppress(OSError):  # it may be mapped, or was never made
                self._names().unlink()
        self.generation += 1
        self.counts.swaps += 1

    def tend(self) -> None:
        """Forget processes that have ended, and keep a few, one of them free."""
        self._ending = {worker for worker in self._ending if not worker.reap()}
        if not self._starting and (len(self._workers) < _FEW or not self._idle):
            self._grow()

    @property
    def pids(self) -> list[int]:
        """The numbers of the processes, sorted."""
        return sorted(worker.pid for worker in self._workers)

    @property
    def ready(self) -> bool:
        """Tell whether there is a process."""
        return bool(self._workers) and not self._closed

    @property
    def load(self) -> dict[str, int]:
        """How many processes there are, how many are busy, and how many requests wait."""
        return {"workers": len(self._workers), "busy": self._busy.total(), "waiting": len(self._waiting)}

    def in_use(self) -> set[int]:
        """Give the generations of stores that processes have open."""
        return {worker.generation for worker in self._workers} | {self.generation}

    async def call(self, head: wire.Head, *, client: str, leaving: Callable[[], Awaitable[None]] | None = None) -> Reply:
        """Have a request answered.

        Args:
            head: the task.
            client: who asks.
            leaving: waits until the client has gone; its request is then ended, if it takes long.

        Raises:
            BusyError: too many requests wait, or too many of this client.
            TimeLimitError: it took too long.
            LostError: the process ended.
        """
        start = time.monotonic()
        worker = await self._turn(client)
        if worker.generation != self.generation:
            await self._reopen(worker)
        answer = worker.ask(head)
        self._watch(worker, leaving)
        try:
            reply = await answer
        except LostError:
            self.counts.by_status[head["task"], 0] += 1
            raise
        self.counts.by_status[head["task"], reply.status] += 1
        self.counts.seconds += time.monotonic() - start
        return reply

    def _watch(self, worker: Worker, leaving: Callable[[], Awaitable[None]] | None) -> None:
        """Slow the worker's request after a while, look whether its client has gone, end it when its time is over."""
        limits = self.limits

        def make_room() -> None:
            self._note_long(worker)
            worker.call_later(_LONG - _SHORT, slow)

        def slow() -> None:
            worker.slow_down()
            worker.call_later(min(_LEFT, limits.timeout) - _LONG, look)

        def look() -> None:
            if limits.timeout <= _LEFT:
                expire()
                return
            worker.call_later(limits.timeout - _LEFT, expire)
            if leaving is not None:
                task = asyncio.get_running_loop().create_task(wait(leaving))
                worker.when_free(task.cancel)

        def expire() -> None:
            self.counts.timed_out += 1
            worker.end(TimeLimitError("query", f"it took longer than {limits.timeout:g} seconds", "ask for less"))

        async def wait(leaving: Callable[[], Awaitable[None]]) -> None:
            await leaving()
            self.counts.left += 1
            worker.end(LostError("query", "the client has gone"))

        worker.call_later(_SHORT, make_room)

    async def _turn(self, client: str) -> Worker:
        """Wait for a worker; it is busy for this client from then on."""
        if self._closed:
            raise BusyError("server", "it is stopping")
        if self._idle and self._short < _AT_ONCE and self._busy[client] < self.limits.each:
            return self._take(client)
        mine = self._waiting_of[client] >= self.limits.waiting_each
        if mine or len(self._waiting) >= self.limits.waiting:
            self.counts.refused += 1
            whose = "of yours " if mine else ""
            raise BusyError("server", f"too many requests {whose}wait already", "come back in a moment", mine=mine)
        waiting = _Waiting(client, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        self._waiting_of[client] += 1
        self._grow_later()
        try:
            return await asyncio.wait_for(waiting.turn, self.limits.timeout)
        except TimeoutError as error:
            if waiting.turn.done() and not waiting.turn.cancelled():
                return waiting.turn.result()
            self.counts.refused += 1
            raise BusyError("server", "no process became free in time", "come back in a moment") from error
        finally:
            with contextlib.suppress(ValueError):
                self._waiting.remove(waiting)
            self._less(self._waiting_of, client)

    def _take(self, client: str) -> Worker:
        worker = self._idle.pop()
        worker.client, worker.short = client, True
        self._busy[client] += 1
        self._short += 1
        return worker

    def _note_long(self, worker: Worker) -> None:
        """Let the next short answer be made beside one that takes long, or is done."""
        if worker.short:
            worker.short = False
            self._short -= 1
        self._share_out()

    def _share_out(self) -> None:
        """Give idle workers to those who wait, in their order, but for clients that keep enough busy."""
        while self._waiting and self._idle and self._short < _AT_ONCE:
            following = (w for w in self._waiting if not w.turn.done() and self._busy[w.client] < self.limits.each)
            if (first := next(following, None)) is None:
                return
            self._waiting.remove(first)
            first.turn.set_result(self._take(first.client))

    def _done(self, worker: Worker) -> None:
        if worker.opening:
            return
        self._less(self._busy, worker.client)
        self._idle.append(worker)
        self._note_long(worker)

    def _gone(self, worker: Worker) -> None:
        self._ending.add(worker)
        if worker not in self._workers:
            return
        self._workers.discard(worker)
        if worker in self._idle:
            self._idle.remove(worker)
        else:
            self._less(self._busy, worker.client)
            self._note_long(worker)
        if not self._closed:
            self.counts.ended += 1
            self._grow()

    @staticmethod
    def _less(counter: Counter[str], client: str) -> None:
        counter[client] -= 1
        if counter[client] <= 0:
            del counter[client]

    def _grow_later(self) -> None:
        if self._growing is None:
            self._growing = asyncio.get_running_loop().call_later(_PATIENCE, self._grow_for_waiting)

    def _grow_for_waiting(self) -> None:
        """Start one more process for those who still wait and may have it, then look again."""
        self._growing = None
        if any(self._busy[waiting.client] < self.limits.each for waiting in self._waiting):
            if not self._idle:
                self._grow()
            self._growing = asyncio.get_running_loop().call_later(10 * _PATIENCE, self._grow_for_waiting)

    def _grow(self) -> None:
        if not self._closed and len(self._workers) + len(self._starting) < self.limits.workers:
            task = asyncio.get_running_loop().create_task(self._start_one())
            self._starting.add(task)
            task.add_done_callback(self._starting.discard)

    async def _new(self) -> Worker:
        worker = Worker(self._done, self._gone)
        worker.opening = True
        self._ending.add(worker)  # until it is one of the workers
        await worker.start(self.limits)
        self.counts.started += 1
        return worker

    async def _start_one(self) -> None:
        """Start a process and let it open the store, again and again, as a build may just be put in place."""
        worker = await self._new()
        try:
            while await self._open(worker):  # noqa: ASYNC110  (a folder tells nobody when it changes)
                await asyncio.sleep(_AGAIN)
        except (LostError, TimeoutError):
            worker.end()
        except asyncio.CancelledError:
            worker.end()
            raise
        else:
            self._add(worker)

    def _add(self, worker: Worker) -> None:
        self._ending.discard(worker)
        self._workers.add(worker)
        self._idle.append(worker)
        self._share_out()

    def _names(self) -> Path:
        """Name the file by which the processes share the index of the present store."""
        return (self._shared or Path()) / f"names-{self.generation}"

    async def _reopen(self, worker: Worker) -> None:
        """Let a worker whose turn it is open the present store."""
        try:
            await self._open(worker)
        except TimeoutError as error:
            worker.end(lost := LostError("store", "it cannot be opened in time", "ask again"))
            raise lost from error

    async def _open(self, worker: Worker) -> str:
        """Let a worker open the present store; where it cannot it keeps the one before, and what is told is why."""
        worker.opening = True
        generation = self.generation
        head = {"task": "open", "path": str(self.path)} | ({} if self._shared is None else {"names": str(self._names())})
        reply = await asyncio.wait_for(worker.ask(head), _START)
        worker.opening = False
        if reply.status == _OPENED:
            worker.generation = generation
            return ""
        return reply.body.decode("utf-8", "replace").strip()
