"""Change a store while others read it: one process has it open to write, and the readers get a copy of it after each change.

A copy shares the disk's space with the store, so it costs little. A process that is ended while it writes leaves the store
as it was before.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from pathlib import Path
from typing import Final

from confgraph.errors import OutputError
from confgraph.serve import wire
from confgraph.serve.folders import Folder
from confgraph.serve.limits import Limits
from confgraph.serve.process import LostError, Reply, TimeLimitError, Worker
from confgraph.serve.turns import BusyError
from confgraph.serve.workers import Pool

_START: Final = 60.0
"""So many seconds the process may take to start and open the store."""


class Writer:
    """The process that changes the store of the folder `out`; `pool` has those that read."""

    def __init__(self, out: Path, pool: Pool, limits: Limits) -> None:
        self._out, self._pool, self._limits = out, pool, limits
        self._lock = asyncio.Lock()
        self._waiting = 0
        self._number = 0
        self._copies: dict[int, Path] = {}
        self._folder: Folder | None = None
        self._worker: Worker | None = None
        self._ended: list[Worker] = []

    async def start(self) -> None:
        """Open the store and give the readers their first copy.

        Raises:
            OutputError: the store cannot be opened to write, or there is no place for copies beside it.
        """
        try:
            self._folder = Folder(self._out.parent, f".{self._out.name}-serve-")
        except OSError as error:
            raise OutputError(str(self._out.parent), f"cannot be written ({error.strerror})", "updates need it for copies") from error
        await self._restart()

    async def close(self) -> None:
        """End the process and remove the copies."""
        if self._worker is not None:
            self._worker.end(LostError("server", "it is stopping"))
            self._ended.append(self._worker)
        for _ in range(100):
            if all([worker.reap() for worker in self._ended]):  # noqa: C419  (each is to be asked)
                break
            await asyncio.sleep(0.01)
        if self._folder is not None:
            self._folder.remove()

    async def reopen(self) -> None:
        """Open the store that a new build has put in the place of the old one; what was changed in that is gone."""
        async with self._lock:
            with contextlib.suppress(OutputError):  # the build is not whole: the next look finds it again
                await self._restart()

    async def change(self, head: wire.Head, body: bytes) -> Reply:
        """Make a change; once it is answered, all readers see it.

        Raises:
            BusyError: too many changes wait.
            LostError: the process ended, or it took too long; nothing has changed then.
        """
        if self._waiting >= self._limits.waiting:
            raise BusyError("server", "too many updates wait already", "come back in a moment")
        self._waiting += 1
        try:
            async with self._lock:
                return await self._change(head, body)
        finally:
            self._waiting -= 1

    async def _change(self, head: wire.Head, body: bytes) -> Reply:
        if self._worker is None or not self._worker.alive:
            await self._restart()
        assert self._worker is not None  # noqa: S101  (restarted)
        worker, copy = self._worker, self._next()
        worker.call_later(self._limits.timeout, lambda: worker.end(TimeLimitError("update", "it took too long", "change less at once")))
        try:
            reply = await worker.ask({**head, "copy": str(copy)}, body)
        except LostError:
            await self._restart()
            raise
        if copy.is_dir():
            self._swap(copy)
        return reply

    async def _restart(self) -> None:
        """Start a new process instead of the one that was, which opens the store and makes a copy."""
        if self._worker is not None:
            old = self._worker
            old.end()
            self._ended.append(old)
            while not old.reap():  # noqa: ASYNC110  (the system tells nobody else)
                await asyncio.sleep(0.01)
        self._worker = Worker(lambda _: None, lambda _: None)
        await self._worker.start(self._limits)
        copy = self._next()
        reply = await asyncio.wait_for(self._worker.ask({"task": "open", "path": str(self._out), "copy": str(copy)}), _START)
        if not copy.is_dir():
            raise OutputError(str(self._out), reply.body.decode("utf-8", "replace").strip())
        self._swap(copy)

    def _next(self) -> Path:
        assert self._folder is not None  # noqa: S101  (started)
        self._number += 1
        return self._folder.path / str(self._number)

    def _swap(self, copy: Path) -> None:
        """Give the readers the new copy, and remove those that none of them has open."""
        self._pool.swap(copy)
        used = self._pool.in_use()
        self._copies[self._pool.generation] = copy
        for generation in [generation for generation in self._copies if generation not in used]:
            shutil.rmtree(self._copies.pop(generation), ignore_errors=True)
