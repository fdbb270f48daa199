"""A worker process: it answers one request at a time over a socket, and ends when the server does.

The server asks with a byte on standard input to let an answer that takes long give way to others. As the system does not
raise the priority of a thread again, the main thread, which keeps its own, starts a new one after such an answer.
"""

from __future__ import annotations

import contextlib
import os
import resource
import select
import signal
import socket
import sys
import threading
import time
from pathlib import Path
from typing import Final

from confgraph.errors import ConfgraphError
from confgraph.serve import tasks, wire
from confgraph.serve.sink import Sink

_LOWER: Final = 10
"""The priority of a thread whose answer takes long. Source: setpriority(2)."""
_WORK: Final = 0.02
"""The seconds of a processor's time that an answer may take before it gives way."""
_LOOK: Final = 0.01
"""The seconds between two looks whether it has."""
_STACK: Final = 64 << 20
"""The bytes of the stack of the thread that answers; a query may be nested deeply."""
_UNBOUND: Final = frozenset({"open", "names"})
"""Tasks that no client asks for: to open a store starts threads which reserve much that they never use, and its names are many."""
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")


class _Loop:
    """The loop that answers, which ends when its thread was slowed; `starting` can be read then, and `start` goes on."""

    def __init__(self, connection: socket.socket, memory: int, rows: int, size: int) -> None:
        self._messages = wire.Messages(connection)
        self._connection, self._memory, self._rows, self._size = connection, memory, rows, size
        self._state = tasks.Open()
        self._slowed = False
        self._thread = self._native = self._number = 0
        self._changing = threading.Lock()
        self.starting, self.ended = os.pipe()

    def start(self) -> None:
        """Answer in a new thread, which has the priority of this one."""
        threading.Thread(target=self._run, daemon=True).start()

    def slow_down(self) -> None:
        """Let the answer that is being made give way to all else, once it has worked for a while and not just waited."""
        number, before = self._number, self._worked()
        while before is not None and not select.select([0], [], [], _LOOK)[0]:
            worked = self._worked()
            if worked is None or self._number != number:
                return
            if worked - before > _WORK:
                self._give_way()
                return

    def _worked(self) -> float | None:
        """Tell how many seconds of a processor's time the thread that answers has taken; nothing while there is none."""
        with self._changing:
            return time.clock_gettime(time.pthread_getcpuclockid(self._thread)) if self._thread else None

    def _give_way(self) -> None:
        with self._changing:
            if self._thread and sys.platform == "linux":  # elsewhere a priority is that of the whole process
                self._slowed = True
                with contextlib.suppress(OSError):
                    os.setpriority(os.PRIO_PROCESS, self._native, _LOWER)

    def _run(self) -> None:
        with self._changing:
            self._thread, self._native, self._slowed = threading.get_ident(), threading.get_native_id(), False
        while not self._slowed:
            message = self._messages.receive()
            if message is None:
                os._exit(0)
            self._answer(*message)
            self._number += 1
        with self._changing:
            self._thread = 0
        os.write(self.ended, b".")

    def _answer(self, asked: tasks.Asked, body: bytes) -> None:
        sink = Sink(self._connection, gzip=asked.get("gzip", False), rows=self._rows, size=self._size)
        if unbound := asked["task"] in _UNBOUND:
            _bound_memory(None)
        try:
            tasks.do(self._state, asked, body, sink, self._rows)
        except ConfgraphError as error:
            sink.refuse(503, str(error))
        except OSError:  # the server is gone
            os._exit(0)
        except Exception as error:  # noqa: BLE001  (the edge of the process: the client gets an answer, the next request a worker)
            sink.refuse(500, f"internal error: {type(error).__name__}: {error}")
        if unbound:
            _bound_memory(self._memory)


def _bound_memory(megabytes: int | None) -> None:
    """Let the process take so much more memory than it has now, or all that it wants; beyond, the system ends it."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    soft = hard
    with contextlib.suppress(OSError, ValueError):  # no such limit here, or a lower one is set
        if megabytes is not None:
            soft = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * _PAGE + (megabytes << 20)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def main() -> None:
    """Answer on the socket with the number of the first argument, until standard input ends."""
    number, memory, rows, size = map(int, sys.argv[1:5])
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.SIG_IGN)  # a terminal signals all processes; the server decides
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    threading.stack_size(_STACK)
    loop = _Loop(socket.socket(fileno=number), memory, rows, size)
    loop.start()
    while True:
        told, _, _ = select.select([0, loop.starting], [], [])
        if loop.starting in told:
            os.read(loop.starting, 1)
            loop.start()
        elif os.read(0, 1):
            loop.slow_down()
        else:
            os._exit(0)


if __name__ == "__main__":
    main()
