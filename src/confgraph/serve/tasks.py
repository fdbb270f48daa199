"""What a worker process does for the server: each task reads a store, or changes it, and writes one reply."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from email.parser import BytesParser
from email.policy import HTTP
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl

from pyoxigraph import Store, Triple

from confgraph.errors import QueryError, UsageError
from confgraph.graph import service, updates
from confgraph.graph.store import Answer, open_store, run, write_triples
from confgraph.serve import explorer, tools
from confgraph.serve.protocol import GRAPH_TYPES, ROW_TYPES, TRUTH_TYPES, negotiate
from confgraph.serve.sink import Sink, TooLongError

_CHANGES: Final = re.compile(r"now|rand|uuid|bnode|\\u", re.IGNORECASE)
"""What is in every query whose answer may be another when it is asked again."""

_NOT_ACCEPTABLE: Final = 406


class Open:
    """The store that a worker has open, and what is made of it once."""

    def __init__(self) -> None:
        self._store: Store | None = None
        self._index: explorer.Index | None = None
        self._names: Path | None = None

    def open(self, path: Path, *, writable: bool, names: Path | None = None) -> None:
        """Open the store of a folder instead of the one that was open; by the file `names` the processes share its index.

        Raises:
            OutputError: there is none; the old one stays open.
        """
        store = updates.open_writable(path) if writable else open_store(path)
        self._store, self._index, self._names = store, None, names

    @property
    def store(self) -> Store:
        """Give the store."""
        if self._store is None:
            raise UsageError("store", "none is open")
        return self._store

    @property
    def index(self) -> explorer.Index:
        """Give the index of names for the pages, which is made when the first page is asked for."""
        if self._index is None:
            self._index = explorer.read_index(self.store, self._names)
        return self._index


Asked = Mapping[str, Any]
Task = Callable[[Open, Asked, bytes, Sink, int], None]


def do(state: Open, asked: Asked, body: bytes, sink: Sink, rows: int) -> None:
    """Do a task and write its reply; what is wrong with it is a reply too."""
    try:
        _TASKS[asked["task"]](state, asked, body, sink, rows)
        sink.finish()
    except TooLongError as error:
        sink.refuse(400, str(error))
    except QueryError as error:
        sink.refuse(400, str(error))
    except UsageError as error:
        sink.refuse(415, str(error))
    except MemoryError:
        sink.refuse(500, "query: it needs more memory than this server gives; ask for less")


def _open(state: Open, asked: Asked, _body: bytes, sink: Sink, _rows: int) -> None:
    path = Path(asked["path"])
    state.open(path, writable="copy" in asked, names=Path(asked["names"]) if "names" in asked else None)
    _copy(state, asked)
    sink.start(204, {})


def _names(state: Open, _asked: Asked, _body: bytes, sink: Sink, _rows: int) -> None:
    """Make the index of names, for the other processes."""
    _ = state.index
    sink.start(204, {})


def _query(state: Open, asked: Asked, _body: bytes, sink: Sink, rows: int) -> None:
    query = asked["query"]
    answer = run(state.store, query, default_graphs=asked["default"], named_graphs=asked["named"], base=asked["base"])
    types = GRAPH_TYPES if answer.is_graph else TRUTH_TYPES if answer.is_truth else ROW_TYPES
    if (media := negotiate(asked["accept"], types)) is None:
        sink.refuse(_NOT_ACCEPTABLE, f"this answer can be had as {', '.join(types)}")
        return
    format_name = types[media]
    steady = not _CHANGES.search(query)
    sink.start(200, {"content-type": _with_charset(media)}, rows_as="" if answer.is_graph else format_name, steady=steady)
    _write(answer, sink, format_name, rows)


def _write(answer: Answer, sink: Sink, format_name: str, rows: int) -> None:
    try:
        answer.write(sink, format_name, most=rows)  # type: ignore[arg-type]
    except QueryError as error:
        if isinstance(error.__cause__, TooLongError):
            raise error.__cause__ from error
        raise


def _triples(triples: Iterable[Triple], asked: Asked, sink: Sink, **more: Any) -> None:
    if (media := negotiate(asked["accept"], GRAPH_TYPES)) is None:
        sink.refuse(_NOT_ACCEPTABLE, f"this can be had as {', '.join(GRAPH_TYPES)}")
        return
    sink.start(200, {"content-type": _with_charset(media)}, **more)
    write_triples(triples, sink, GRAPH_TYPES[media])  # type: ignore[arg-type]


def _service(state: Open, asked: Asked, _body: bytes, sink: Sink, _rows: int) -> None:
    _triples(service.describe_service(state.store, asked["endpoint"], updates=asked["updates"]), asked, sink, steady=True)


def _void(state: Open, asked: Asked, _body: bytes, sink: Sink, _rows: int) -> None:
    _triples(service.describe_dataset(state.store, asked["endpoint"]), asked, sink, steady=True)


def _graph(state: Open, asked: Asked, _body: bytes, sink: Sink, _rows: int) -> None:
    triples = updates.graph_triples(state.store, asked["graph"])
    if triples is None:
        sink.refuse(404, f"there is no graph <{asked['graph']}> here")
    else:
        _triples(triples, asked, sink, steady=True)


def _page(state: Open, asked: Asked, _body: bytes, sink: Sink, _rows: int) -> None:
    parameters = tuple(parse_qsl(asked["query"], keep_blank_values=True))
    reply = explorer.render(state.store, state.index, asked["path"], parameters, asked["accept"])
    sink.start(reply.status, dict(reply.headers), steady=reply.status == 200)
    sink.write(reply.body)


def _tool(state: Open, asked: Asked, _body: bytes, sink: Sink, _rows: int) -> None:
    answer = tools.TOOLS[asked["tool"]](state.store, state.index, asked["arguments"])
    sink.start(200, {"content-type": "application/json"})
    sink.write(json.dumps(answer, ensure_ascii=False).encode())


def _update(state: Open, asked: Asked, body: bytes, sink: Sink, _rows: int) -> None:
    text = body.decode()
    updates.run_update(state.store, text, using=asked["using"], using_named=asked["using_named"], base=asked["base"])
    _copy(state, asked)
    sink.start(204, {})


def _write_graph(state: Open, asked: Asked, body: bytes, sink: Sink, _rows: int) -> None:
    """Put data into a graph. Source: Graph Store HTTP Protocol, sections 5.3 and 5.5."""
    triples = [triple for media, data in _parts(asked["media"], body) for triple in updates.read_triples(data, media, asked["base"])]
    new = updates.write_graph(state.store, asked["graph"], triples, replace=asked["replace"])
    _copy(state, asked)
    sink.start(201 if new else 204, {"location": asked["graph"]} if new else {})


def _drop_graph(state: Open, asked: Asked, _body: bytes, sink: Sink, _rows: int) -> None:
    if not updates.drop_graph(state.store, asked["graph"]):
        sink.refuse(404, f"there is no graph <{asked['graph']}> here")
        return
    _copy(state, asked)
    sink.start(204, {})


def _copy(state: Open, asked: Asked) -> None:
    """Leave the store as it is now to those who only read."""
    if "copy" in asked:
        updates.copy_store(state.store, Path(asked["copy"]))


def _parts(content_type: str, body: bytes) -> list[tuple[str, bytes]]:
    """Give the media type and the data of each part of a body; a body that is no form is one part."""
    media = media_type(content_type)
    if media != "multipart/form-data":
        return [(media, body)]
    message = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + content_type.encode("latin-1", "replace") + b"\r\n\r\n" + body)
    parts = [part for part in message.walk() if not part.is_multipart()]
    return [(part.get_content_type(), data) for part in parts if isinstance(data := part.get_payload(decode=True), bytes)]


def media_type(content_type: str) -> str:
    """Give the media type without its parameters.

    >>> media_type("Text/Turtle; charset=utf-8")
    'text/turtle'
    """
    return content_type.partition(";")[0].strip().casefold()


def _with_charset(media: str) -> str:
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


_TASKS: Final[Mapping[str, Task]] = {
    "open": _open, "names": _names, "query": _query, "service": _service, "void": _void, "graph": _graph, "page": _page, "tool": _tool,
    "update": _update, "write": _write_graph, "drop": _drop_graph,
}  # fmt: skip
