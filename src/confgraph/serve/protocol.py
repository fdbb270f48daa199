"""Read a SPARQL Protocol request and choose the format of its answer.

Source: SPARQL 1.1 Protocol, section 2.1 (query operation); RFC 9110, section 12.5.1 (Accept).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from confgraph.errors import ConfgraphError

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"

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
GRAPH_TYPES: Final = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
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


def read_request(method: str, url_query: str, content_type: str, body: bytes) -> Request:
    """Read a query operation: by GET, by POST of a form, or by POST of the query itself.

    Raises:
        RequestError: 400 unless there is exactly one query in UTF-8; 415 for another content type.
    """
    try:
        pairs = parse_qsl(url_query, keep_blank_values=True, errors="strict")
        if method == "POST":
            media = content_type.partition(";")[0].strip().casefold()
            if media == FORM:
                pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, errors="strict")
            elif media == QUERY:
                if any(key == "query" for key, _ in pairs):
                    raise RequestError(400, "give the query in the body or in the address, not in both")
                pairs.append(("query", body.decode("utf-8")))
            else:
                raise RequestError(415, f"post {FORM} or {QUERY}")
    except UnicodeDecodeError as error:
        raise RequestError(400, "the request is not in UTF-8") from error
    queries = [value for key, value in pairs if key == "query"]
    if len(queries) != 1:
        raise RequestError(400, f"give exactly one query, not {len(queries)}")
    return Request(queries[0], _values(pairs, "default-graph-uri"), _values(pairs, "named-graph-uri"))


def _values(pairs: Sequence[tuple[str, str]], wanted: str) -> tuple[str, ...]:
    return tuple(value for key, value in pairs if key == wanted)


def negotiate(accept: str, types: Sequence[str]) -> str | None:
    """Choose the media type that an Accept header likes best, of equals the first; None where it likes none.

    >>> negotiate("text/csv;q=0.5, application/*", ["application/json", "text/csv"])
    'application/json'
    >>> negotiate("image/png", ["text/csv"]) is None
    True
    """
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
