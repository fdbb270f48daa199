"""Have requests answered by worker processes: start them, watch how long they take, and replace those that end.

A process is started when a request has waited a moment for one, and kept. An answer that takes long gets a low priority, so
that short ones pass it. The index of names for the pages is made by a process of its own.
"""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from confgraph.errors import OutputError
from confgraph.serve import wire
from confgraph.serve.folders import Folder
from confgraph.serve.limits import Limits
from confgraph.serve.process import LostError, Reply, TimeLimitError, Worker
from confgraph.serve.turns import Turns

_SHORT: Final = 0.002
"""After so many seconds an answer makes room for the next."""
_LONG: Final = 0.03
"""After so many seconds it gives way to others."""
_LEFT: Final = 1.0
"""After so many seconds it is ended if the client has gone; a shorter one is cheaper to finish than a process to start."""
_FEW: Final = 2
"""So many processes are there even when nobody asks."""
_KEPT: Final = 128 << 20
"""The bytes that a process may keep for itself after an answer; with more it is replaced by a new one."""
_QUIET: Final = 2.0
"""So many seconds after the last change of the store its names are read."""
_START: Final = 60.0
"""So many seconds a process may take to start and open its store."""
_AGAIN: Final = 0.2
"""After so many seconds a process that could not open its store tries again."""
_OPENED: Final = 204


@dataclass(slots=True)
class Counts:
    """What has happened since the server started."""

    started: int = 0
    timed_out: int = 0
    ended: int = 0
    left: int = 0
    swaps: int = 0
    seconds: float = 0.0
    by_status: Counter[tuple[str, int]] = field(default_factory=Counter)


class Pool:
    """The processes that only read. `path` is the folder whose store they open, which `swap` changes."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.path = path
        self.limits = limits
        self.generation = 0
        self.counts = Counts()
        self.turns = Turns(limits, self._grow_for)
        self._workers: set[Worker] = set()
        self._ending: set[Worker] = set()
        self._starting: set[asyncio.Task[None]] = set()
        self._closed = False
        self._shared: Folder | None = None
        self._naming: asyncio.Task[None] | None = None
        self._named = -1
        self._changed = float("-inf")

    async def start(self) -> None:
        """Start the first process.

        Raises:
            OutputError: the store cannot be opened.
        """
        with contextlib.suppress(OSError):  # where nothing can be shared each process makes its own index
            self._shared = Folder(Path(tempfile.gettempdir()), "confgraph-serve-")
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
        self._read_names_once()

    async def close(self) -> None:
        """End all processes at once."""
        self._closed = True
        self.turns.close()
        tasks = [*self._starting, *([self._naming] if self._naming else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._ending |= self._workers
        for worker in self._workers:
            worker.end(LostError("server", "it is stopping"))
        for _ in range(200):
            if all([worker.reap() for worker in self._ending]):  # noqa: C419  (each is to be asked)
                break
            await asyncio.sleep(0.01)
        if self._shared is not None:
            self._shared.remove()

    def swap(self, path: Path) -> None:
        """Let every request from now on be answered from the store of this folder; those that run finish with the old one."""
        self.path = path
        if self._naming is not None:
            self._naming.cancel()
        if self._shared is not None:
            for made in self._shared.path.glob(f"{self._names().name}*"):
                with contextlib.suppress(OSError):  # it may be mapped
                    made.unlink()
        self.generation += 1
        self.counts.swaps += 1
        self._changed = time.monotonic()

    def tend(self) -> None:
        """Forget processes that have ended, and keep a few, one of them free; replace one that keeps much memory."""
        self._ending = {worker for worker in self._ending if not worker.reap()}
        idle = self.turns.idle
        if not self._starting and (len(self._workers) < _FEW or not idle):
            self._grow()
        if len(idle) > 1 and (large := next((worker for worker in idle if worker.kept > _KEPT), None)):
            self._retire(large)
        self._read_names_once()

    def _retire(self, worker: Worker) -> None:
        """End an idle process; no request gets it from here on."""
        self.turns.idle.remove(worker)
        self._workers.discard(worker)
        self._ending.add(worker)
        worker.end()
        self.counts.ended += 1
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
        return {"workers": len(self._workers), "busy": self.turns.busy, "waiting": self.turns.waiting}

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
        worker = await self.turns.take(client)
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
            self.turns.note_long(worker)
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

    def _done(self, worker: Worker) -> None:
        if not worker.opening:
            self.turns.free(worker)

    def _gone(self, worker: Worker) -> None:
        self._ending.add(worker)
        if worker not in self._workers:
            return
        self._workers.discard(worker)
        self.turns.drop(worker)
        if not self._closed:
            self.counts.ended += 1
            self._grow()

    def _grow(self) -> None:
        if not self._closed and len(self._workers) + len(self._starting) < self.limits.workers:
            task = asyncio.get_running_loop().create_task(self._start_one())
            self._starting.add(task)
            task.add_done_callback(self._starting.discard)

    def _grow_for(self, waiting: int) -> None:
        """Start one more process unless as many are starting as requests wait."""
        if len(self._starting) < waiting:
            self._grow()

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
        self.turns.add(worker)

    def _read_names_once(self) -> None:
        """Have the names of a new store read, so that the first visitor need not wait for them."""
        is_new = self._named != self.generation and time.monotonic() - self._changed > _QUIET
        if is_new and self._shared is not None and not self._closed:
            self._named = self.generation
            self._naming = asyncio.get_running_loop().create_task(self._read_names())

    async def _read_names(self) -> None:
        """Let a process that no request waits for make the index of names and leave it to the others."""
        worker = await self._new()
        try:
            if await self._open(worker):
                return
            worker.opening = True
            await worker.ask({"task": "names"})  # at the priority of all, as pages wait for it
        except (LostError, TimeoutError):
            return  # who needs it makes it
        finally:
            worker.end()

    def _names(self) -> Path:
        """Name the file by which the processes share the index of the present store."""
        return (self._shared.path if self._shared else Path()) / f"names-{self.generation}"

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
            worker.held_at_rest = worker.held_at_rest or worker.held
            worker.generation = generation
            return ""
        return reply.body.decode("utf-8", "replace").strip()
