"""One worker process as the server sees it: send it a request, get its reply, end it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
from collections import deque
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, Final

from confgraph.errors import ConfgraphError
from confgraph.serve import wire
from confgraph.serve.limits import Limits

_AHEAD: Final = 1 << 20
"""The bytes of a reply that are kept for a client that reads slowly; then the worker waits too."""


class LostError(ConfgraphError):
    """A worker ended before its reply was whole; `what` says why."""


class TimeLimitError(LostError):
    """A request took longer than allowed."""


class Reply:
    """A reply on its way from a worker: its head and first bytes, then the rest unless it is `short`."""

    def __init__(self, head: dict[str, Any], body: bytes, *, whole: bool, resume: Callable[[], None]) -> None:
        self.status: int = head["status"]
        self.headers: list[tuple[str, str]] = [(name, value) for name, value in head["headers"]]
        self.steady: bool = head.get("steady", False)
        self.body = body
        self.short = whole
        self._whole = whole
        self._pieces: deque[bytes] = deque()
        self._lost: LostError | None = None
        self._news = asyncio.Event()
        self._resume = resume

    @property
    def ahead(self) -> int:
        """Tell how many bytes wait to be read."""
        return sum(map(len, self._pieces))

    def add(self, piece: bytes, *, last: bool) -> None:
        """Take the next bytes of the body."""
        self._pieces.append(piece)
        self._whole = last
        self._news.set()

    def lose(self, error: LostError) -> None:
        """Note that no more will come."""
        self._lost = error
        self._news.set()

    async def rest(self) -> AsyncIterator[bytes]:
        """Yield the body after its first bytes.

        Raises:
            LostError: the worker ended before.
        """
        while True:
            while self._pieces:
                piece = self._pieces.popleft()
                self._resume()
                yield piece
            if self._lost is not None:
                raise self._lost
            if self._whole:
                return
            self._news.clear()
            await self._news.wait()


def memory_of(pid: int) -> tuple[int, int] | None:
    """Give the bytes of memory that a process has, and those of them that others may share; None where the system does not tell."""
    try:
        _, resident, shared, *_ = map(int, Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split())
    except (OSError, ValueError):  # it has ended, or this is another system
        return None
    page = os.sysconf("SC_PAGE_SIZE")
    return resident * page, shared * page


class Worker(asyncio.Protocol):
    """A process and the socket to it. It has one request at a time, between `ask` and the call of `done`.

    Args:
        done: told when the worker is free again.
        gone: told when the process has ended.
    """

    def __init__(self, done: Callable[[Worker], None], gone: Callable[[Worker], None]) -> None:
        self.generation = -1
        self.held_at_rest = 0
        self.client = ""
        self.alive = False
        self.opening = False
        self.short = False
        self._done, self._gone = done, gone
        self._buffer = bytearray()
        self._reply: Reply | None = None
        self._head: asyncio.Future[Reply] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._why: LostError | None = None
        self._when_free: list[Callable[[], object]] = []
        self._transport: asyncio.Transport
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self, limits: Limits) -> None:
        """Start the process."""
        ours, theirs = socket.socketpair()
        with theirs:
            numbers = (theirs.fileno(), limits.memory, limits.rows, limits.answer)
            command = [sys.executable, "-P", "-m", "confgraph.serve.worker", *map(str, numbers)]
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            self._process = subprocess.Popen(command, pass_fds=(theirs.fileno(),), bufsize=0, **pipes)  # type: ignore[call-overload]  # noqa: ASYNC220, S603
        try:
            self._transport, _ = await asyncio.get_running_loop().create_connection(lambda: self, sock=ours)
        except asyncio.CancelledError:
            self._process.kill()
            ours.close()
            raise
        self.alive = True

    @property
    def pid(self) -> int:
        """The process's number, 0 before it is started."""
        return self._process.pid if self._process else 0

    @property
    def held(self) -> int:
        """The bytes of memory that only this process has, 0 where the system does not tell."""
        resident, shared = memory_of(self.pid) or (0, 0)
        return resident - shared

    @property
    def kept(self) -> int:
        """The bytes that it holds now beyond those when it had opened its first store."""
        return self.held - self.held_at_rest

    def ask(self, head: wire.Head, body: bytes = b"") -> asyncio.Future[Reply]:
        """Send a request; the future is the reply with its first bytes, or a `LostError`."""
        self._head = asyncio.get_running_loop().create_future()
        if self.alive:
            self._transport.write(wire.pack(wire.LAST, wire.payload(head, body)))
        else:
            self._head.set_exception(self._lost())
        return self._head

    def call_later(self, seconds: float, call: Callable[[], None]) -> None:
        """Call something after some seconds unless the worker is free before, instead of what was to be called."""
        self.call_off()
        self._timer = asyncio.get_running_loop().call_later(seconds, call)

    def when_free(self, call: Callable[[], object]) -> None:
        """Call something as soon as the request is answered, or the process has ended."""
        self._when_free.append(call)

    def call_off(self) -> None:
        """Call nothing later."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def slow_down(self) -> None:
        """Let the request give way to those of other workers."""
        if self._process and self._process.stdin:
            with contextlib.suppress(OSError, ValueError):  # it has just ended
                self._process.stdin.write(b".")

    def end(self, why: LostError | None = None) -> None:
        """End the process at once, whatever it does; `why` is what its client is told."""
        self._why = self._why or why
        if self.alive and self._process:
            self._process.kill()

    def reap(self) -> bool:
        """Tell whether nothing of the process is left."""
        if self._process is None:
            return True
        if self.alive or self._process.poll() is None:
            return False
        if self._process.stdin:
            self._process.stdin.close()
        return True

    def data_received(self, data: bytes) -> None:
        """Take bytes from the process."""
        buffer = self._buffer
        buffer += data
        while len(buffer) >= wire.SIZE:
            length, mark = wire.unpack(buffer)
            end = wire.SIZE + length
            if len(buffer) < end:
                return
            payload = bytes(memoryview(buffer)[wire.SIZE : end])
            del buffer[:end]
            self._take(payload, mark)

    def _take(self, payload: bytes, mark: int) -> None:
        if self._head is None:
            return
        if self._reply is None:
            head, body = wire.split(payload)
            self._reply = Reply(head, body, whole=mark == wire.LAST, resume=self._continue)
            if not self._head.done():
                self._head.set_result(self._reply)
        elif mark == wire.BROKEN:
            self._reply.lose(LostError("query", "the answer is longer than this server sends", "ask with LIMIT and OFFSET"))
        else:
            self._reply.add(payload, last=mark == wire.LAST)
            if self._reply.ahead > _AHEAD:
                self._transport.pause_reading()
        if mark != wire.MORE:
            self._free()

    def _continue(self) -> None:
        if self._reply is not None and self._reply.ahead <= _AHEAD and self.alive and not self._transport.is_reading():
            self._transport.resume_reading()

    def _free(self) -> None:
        self._rest()
        if not self._transport.is_reading():
            self._transport.resume_reading()
        self._done(self)

    def connection_lost(self, _: Exception | None) -> None:
        """Note that the process has ended."""
        self.alive = False
        if self._reply is not None:
            self._reply.lose(self._lost())
        elif self._head is not None and not self._head.done():
            self._head.set_exception(self._lost())
        self._rest()
        self._gone(self)

    def _rest(self) -> None:
        self.call_off()
        for call in self._when_free:
            call()
        self._when_free.clear()
        self._reply = self._head = None

    def _lost(self) -> LostError:
        return self._why or LostError("query", "it ended its process, most likely for want of memory", "ask for less")
