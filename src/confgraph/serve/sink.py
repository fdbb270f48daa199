"""Write a reply to the server piece by piece, compressed if the client likes that, within its limits."""

from __future__ import annotations

import socket
import zlib
from collections.abc import Mapping
from io import RawIOBase
from typing import Any, Final

from confgraph.errors import ConfgraphError
from confgraph.serve import wire

_PIECE: Final = 65_536
"""The bytes that are kept before some are sent; an answer below is sent whole, with its length."""
_WORTH_IT: Final = 1_000
"""The bytes below which an answer is not compressed."""
_LEVEL: Final = 3

_ROW_MARKS: Final = {"json": (b'"}},{"', -1), "xml": (b"<result>", 0), "csv": (b"\r\n", 1), "tsv": (b"\n", 1)}
"""What stands once for each row in the formats of the store's serializer, and how often more: in CSV and TSV also after the
head, in JSON only between rows. A line end in a value of CSV counts as a row too."""


class TooLongError(ConfgraphError):
    """An answer is longer than allowed."""


class Sink(RawIOBase):
    """A reply on its way: its head first, then its body as a binary stream."""

    def __init__(self, connection: socket.socket, *, gzip: bool = False, rows: int, size: int) -> None:
        super().__init__()
        self._connection = connection
        self._gzip = gzip
        self._rows, self._size = rows, size
        self._head: dict[str, Any] = {}
        self._buffer = bytearray()
        self._mark, self._tail, self._marks = b"", b"", 0
        self._press: Any = None
        self.sent = False

    def start(self, status: int, headers: Mapping[str, str], *, rows_as: str = "", **more: Any) -> None:
        """Say what the reply is; nothing is sent yet. `rows_as` names the format in which rows are counted."""
        self._head = {"status": status, "headers": list(headers.items()), **more}
        self._mark, more_marks = _ROW_MARKS.get(rows_as, (b"", 0))
        self._marks = self._rows + more_marks

    def writable(self) -> bool:
        """Be writable."""
        return True

    def write(self, data: Any) -> int:
        """Take a piece of the body.

        Raises:
            TooLongError: the body has more rows or bytes than allowed.
        """
        piece = bytes(data)
        self._size -= len(piece)
        if self._mark:
            seen = self._tail + piece
            self._marks -= seen.count(self._mark)
            self._tail = seen[len(seen) - len(self._mark) + 1 :] if len(self._mark) > 1 else b""
        if self._marks < 0 or self._size < 0:
            raise TooLongError("query", "the answer is longer than this server sends", "ask with LIMIT and OFFSET")
        self._buffer += piece
        if len(self._buffer) >= _PIECE:
            self._send(wire.MORE)
        return len(piece)

    def finish(self) -> None:
        """Send what is left."""
        self._send(wire.LAST)

    def refuse(self, status: int, text: str) -> None:
        """Reply with a line of text instead of what was started; where some was sent, the reply ends broken."""
        if self.sent:
            self._buffer.clear()
            self._connection.sendall(wire.pack(wire.BROKEN, b""))
            return
        self._buffer = bytearray(text.encode("utf-8", "replace") + b"\n")
        self._gzip = False
        self.start(status, {"content-type": "text/plain; charset=utf-8"})
        self._send(wire.LAST)

    def _send(self, mark: int) -> None:
        body = bytes(self._buffer)
        self._buffer.clear()
        if not self.sent and self._gzip and (mark == wire.MORE or len(body) >= _WORTH_IT):
            self._press = zlib.compressobj(_LEVEL, zlib.DEFLATED, 31)
            self._head["headers"].append(("content-encoding", "gzip"))
        if self._press is not None:
            body = self._press.compress(body) + (self._press.flush() if mark == wire.LAST else b"")
        payload = body if self.sent else wire.payload(self._head, body)
        self.sent = True
        self._connection.sendall(wire.pack(mark, payload))
