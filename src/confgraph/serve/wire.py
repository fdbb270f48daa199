"""Carry messages between the server's processes: frames with a length over a stream socket.

A frame is the length of its payload (four bytes, big-endian), a mark, and the payload. The first payload of a message is a
line of JSON, the message's head, and the first bytes of its body; the payloads that follow are the rest of its body.
"""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Mapping
from typing import Any, Final

_FRAME: Final = struct.Struct(">IB")
SIZE: Final = _FRAME.size
"""The bytes before a payload."""

MORE: Final = 0
"""The message goes on."""
LAST: Final = 1
"""The message ends here."""
BROKEN: Final = 2
"""The message ends here, without being whole."""

_AHEAD: Final = 65_536
"""The bytes that are read at a time."""

Head = Mapping[str, Any]


def pack(mark: int, payload: bytes) -> bytes:
    """Make a frame."""
    return _FRAME.pack(len(payload), mark) + payload


def unpack(buffer: bytes | bytearray | memoryview, offset: int = 0) -> tuple[int, int]:
    """Read how many bytes a payload has, and its mark.

    >>> unpack(pack(LAST, b"abc"))
    (3, 1)
    """
    length, mark = _FRAME.unpack_from(buffer, offset)
    return length, mark


def payload(head: Head, body: bytes = b"") -> bytes:
    """Make the first payload of a message.

    >>> split(payload({"task": "query"}, b"..."))
    ({'task': 'query'}, b'...')
    """
    return json.dumps(head, separators=(",", ":")).encode() + b"\n" + body


def split(first: bytes) -> tuple[dict[str, Any], bytes]:
    """Take the first payload of a message apart."""
    head, _, body = first.partition(b"\n")
    return json.loads(head), body


class Messages:
    """The messages, in one frame each, that come over a socket."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._buffer = b""

    def receive(self) -> tuple[dict[str, Any], bytes] | None:
        """Wait for a message; None where the other side is gone."""
        if not self._fill(SIZE):
            return None
        end = SIZE + unpack(self._buffer)[0]
        if not self._fill(end):
            return None
        first, self._buffer = self._buffer[SIZE:end], self._buffer[end:]
        return split(first)

    def _fill(self, count: int) -> bool:
        """Read until so many bytes are here; tell whether they came."""
        pieces, missing = [self._buffer], count - len(self._buffer)
        while missing > 0:
            try:
                piece = self._connection.recv(max(missing, _AHEAD))
            except ConnectionError:
                return False
            if not piece:
                return False
            pieces.append(piece)
            missing -= len(piece)
        self._buffer = b"".join(pieces)
        return True
