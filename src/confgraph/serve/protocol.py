"""Read a SPARQL Protocol request and choose the format of its answer.

Source: SPARQL 1.1 Protocol, sections 2.1 (query operation) and 2.2 (update operation); RFC 9110, section 12.5.1 (Accept).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl

from confgraph.errors import ConfgraphError

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"

ROW_TYPES: Final = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
"""The media types of rows and of truths, the preferred first, with the store's name of the format."""

TRUTH_TYPES: Final = {media: name for media, name in ROW_TYPES.items() if name in ("json", "xml")}
_MOST_FIELDS: Final = 1_000
"""The fields of a form that are read."""

GRAPH_TYPES: Final = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdfxml",
}
"""The media types of triples, the preferred first."""


class RequestError(ConfgraphError):
    """A request that is refused before the store is asked, with the HTTP status to say so."""

    def __init__(self, status: int, what: str) -> None:
        super().__init__("request", what)
        self.status = status
        self.what = what

    def __reduce__(self) -> tuple[type[RequestError], tuple[int, str]]:
        return RequestError, (self.status, self.what)


@dataclass(frozen=True, slots=True)
class Request:
    """A query and the data set that it is asked of."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Update:
    """An update and the data set that its WHERE looks at."""

    update: str
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()


def read_request(method: str, url_query: str, content_type: str, body: bytes) -> Request | Update | None:
    """Read an operation: a query by GET, or a query or update by POST, of a form or of its text itself.

    None stands for a GET that asks nothing, which asks for the description of the service.

    Raises:
        RequestError: 400 unless there is exactly one query or update in UTF-8; 415 for another content type.
    """
    try:
        pairs = _pairs(url_query)
        if method == "POST":
            pairs += _read_body(content_type, body, {key for key, _ in pairs})
    except UnicodeDecodeError as error:
        raise RequestError(400, "the request is not in UTF-8") from error
    except ValueError as error:
        raise RequestError(400, f"the request cannot be read: {error}") from error
    if not pairs and method != "POST":
        return None
    queries, updates = _values(pairs, "query"), _values(pairs, "update")
    if updates and method != "POST":
        raise RequestError(400, "post an update")
    if len(queries) + len(updates) != 1:
        raise RequestError(400, f"give exactly one query or update, not {len(queries) + len(updates)}")
    if updates:
        return Update(updates[0], _values(pairs, "using-graph-uri"), _values(pairs, "using-named-graph-uri"))
    return Request(queries[0], _values(pairs, "default-graph-uri"), _values(pairs, "named-graph-uri"))


def _pairs(encoded: str) -> list[tuple[str, str]]:
    return parse_qsl(encoded, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)


def _read_body(content_type: str, body: bytes, given: set[str]) -> list[tuple[str, str]]:
    media, _, parameters = content_type.partition(";")
    media = media.strip().casefold()
    charset = parameters.replace(" ", "").casefold().partition("charset=")[2].partition(";")[0].strip('"')
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise RequestError(415, "send the request in UTF-8")
    text = body.decode("utf-8")
    if media == FORM:
        return _pairs(text)
    key = {QUERY: "query", UPDATE: "update"}.get(media)
    if key is None:
        raise RequestError(415, f"post {FORM}, {QUERY} or {UPDATE}")
    if given & {"query", "update"}:
        raise RequestError(400, f"give the {key} in the body or in the address, not in both")
    return [(key, text)]


def _values(pairs: Sequence[tuple[str, str]], wanted: str) -> tuple[str, ...]:
    return tuple(value for key, value in pairs if key == wanted)


def negotiate(accept: str, types: Iterable[str]) -> str | None:
    """Choose the media type that an Accept header likes best, of equals the first; None where it likes none.

    >>> negotiate("text/csv;q=0.5, application/*", ["application/json", "text/csv"])
    'application/json'
    >>> negotiate("image/png", ["text/csv"]) is None
    True
    """
    return _choose(accept, tuple(types))


@lru_cache(256)
def _choose(accept: str, types: tuple[str, ...]) -> str | None:
    ranges = [_read_range(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]
    best, liked = None, 0.0
    for media in types:
        matching = [(r.count("*"), -q) for r, q in ranges if r in (media, f"{media.partition('/')[0]}/*", "*/*")]
        quality = -min(matching)[1] if matching else 0.0
        if quality > liked:
            best, liked = media, quality
    return best


def _read_range(part: str) -> tuple[str, float]:
    media, *parameters = (piece.strip().casefold() for piece in part.split(";"))
    quality = 1.0
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                quality = float(parameter[2:])
            except ValueError:
                quality = 0.0
    return media, quality
