"""Read HTTP requests and send replies, at the level of ASGI."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from typing import Final

from starlette.types import Message, Receive, Scope, Send

from confgraph.serve.process import LostError, Reply
from confgraph.serve.protocol import RequestError, negotiate

_HOST: Final = re.compile(r"[\w.-]+(?::\d+)?|\[[0-9a-fA-F:.]+\](?::\d+)?", re.ASCII)
_OPEN: Final = ((b"access-control-allow-origin", b"*"),)
_EXPOSED: Final = (b"access-control-expose-headers", b"etag, location, retry-after")
_CLOSE: Final = (b"connection", b"close")

Headers = Iterable[tuple[bytes, bytes]]


class Http:
    """One request, and the way to answer it. `open_to_all` lets pages of other sites read the answer."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, *, open_to_all: bool = False) -> None:
        self._scope, self._receive, self._send = scope, receive, send
        self._headers: dict[bytes, bytes] = {}
        for name, value in scope["headers"]:
            self._headers[name] = self._headers[name] + b", " + value if name in self._headers else value
        self._open = () if not open_to_all else (*_OPEN, _EXPOSED) if b"origin" in self._headers else _OPEN
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.query: str = scope["query_string"].decode("latin-1")
        self.client: str = (scope.get("client") or ("",))[0]

    def header(self, name: bytes) -> str:
        """Give a header, those of one name as one, or nothing; names are in lower case."""
        return self._headers.get(name, b"").decode("latin-1")

    @property
    def origin(self) -> str:
        """Give scheme, host and port of this server as the client named them."""
        host = self.header(b"host")
        if not _HOST.fullmatch(host):
            name, port = self._scope.get("server") or ("localhost", None)
            host = f"{name}:{port}" if port else name
        return f"{self._scope.get('scheme', 'http')}://{host}"

    @property
    def raw_path(self) -> str:
        """Give the path as it was sent, percent-encoded."""
        raw: bytes = self._scope.get("raw_path") or self.path.encode()
        return raw.decode("latin-1")

    @property
    def gzip(self) -> bool:
        """Tell whether the client likes gzip. Source: RFC 9110, section 12.5.3."""
        accepted = self.header(b"accept-encoding")
        return "gzip" in accepted and negotiate(re.sub(r"(^|,)\s*(?=[\w*])", r"\1x/", accepted), ["x/gzip"]) is not None

    async def body(self, most: int, seconds: float) -> bytes:
        """Read the body.

        Raises:
            RequestError: 413 where it is longer than `most` bytes, 408 where it takes longer than that, 400 where it breaks off.
        """
        length = self.header(b"content-length")
        if length.isdecimal() and int(length) > most:
            raise RequestError(413, f"a request may have {most:,} bytes")
        pieces, size = [], 0
        try:
            async with asyncio.timeout(seconds):
                while True:
                    message = await self._receive()
                    if message["type"] == "http.disconnect":
                        raise RequestError(400, "the request broke off")
                    pieces.append(message.get("body", b""))
                    size += len(pieces[-1])
                    if size > most:
                        raise RequestError(413, f"a request may have {most:,} bytes")
                    if not message.get("more_body", False):
                        return b"".join(pieces)
        except TimeoutError as error:
            raise RequestError(408, f"a request may take {seconds:g} seconds to arrive") from error

    async def leaving(self) -> None:
        """Wait until the client has gone."""
        while (await self._receive())["type"] != "http.disconnect":
            pass

    async def send(self, status: int, body: bytes = b"", headers: Headers = ()) -> None:
        """Send an answer whole."""
        sent = [*self._open, *headers]
        if status not in (204, 304):
            sent.append((b"content-length", b"%d" % len(body)))
        await self._send({"type": "http.response.start", "status": status, "headers": sent})
        await self._send({"type": "http.response.body", "body": body})

    async def send_text(self, status: int, text: str, headers: Headers = (), *, close: bool = False) -> None:
        """Send a line of text; `close` where the request was not read to its end."""
        more = (*headers, _CLOSE) if close else headers
        await self.send(status, f"{text}\n".encode("utf-8", "replace"), ((b"content-type", b"text/plain; charset=utf-8"), *more))

    async def send_reply(self, reply: Reply, headers: Headers = ()) -> None:
        """Send what a worker replies, piece by piece where it is long; where it breaks off, the connection breaks too."""
        sent = [(name.encode(), value.encode()) for name, value in reply.headers]
        if reply.short:
            await self.send(reply.status, reply.body, (*sent, *headers))
            return
        start: Message = {"type": "http.response.start", "status": reply.status, "headers": [*self._open, *sent, *headers]}
        await self._send(start)
        await self._send({"type": "http.response.body", "body": reply.body, "more_body": True})
        try:
            async for piece in reply.rest():
                await self._send({"type": "http.response.body", "body": piece, "more_body": True})
        except LostError:
            return  # the server closes a connection on which an answer is not whole
        await self._send({"type": "http.response.body", "body": b""})
