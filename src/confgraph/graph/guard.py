"""Refuse the parts of a SPARQL query that would reach beyond a read-only store.

It looks at tokens, so that words in comments, strings, IRIs, variables and prefixed names count for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final
from urllib.parse import urljoin

from confgraph.errors import QueryError

_TOKEN: Final = re.compile(
    r"""
    (?P<comment>\#[^\r\n]*)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*(?:\\[uU][0-9A-Fa-f]+[^<>"{}|^`\\\x00-\x20]*)*>)
  | (?P<string>\"{3}(?:\"{0,2}(?:[^\"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3} | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*')
  | (?P<name>[?$@][\w-]+ | [\w.-]*:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)*)
  | (?P<word>[^\W\d_]\w*)
  | (?P<other>\\.|.)
    """,
    re.VERBOSE | re.DOTALL,
)
"""Tokens of SPARQL. Source: SPARQL 1.1 Query Language, section 19.8, productions 139 to 173."""

_UPDATES: Final = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
_FORMS: Final = frozenset({"SELECT", "CONSTRUCT", "DESCRIBE", "ASK"})


def iter_tokens(query: str) -> Iterator[tuple[str, str]]:
    """Yield the kind and text of each token that is neither white space nor comment; words in capitals.

    >>> list(iter_tokens("ask { ?s <http://a#b> 'LOAD' } # SERVICE"))[:4]
    [('word', 'ASK'), ('other', '{'), ('name', '?s'), ('iri', '<http://a#b>')]
    """
    for m in _TOKEN.finditer(query):
        kind = m.lastgroup or "other"
        if kind != "comment" and not m.group().isspace():
            yield kind, m.group().upper() if kind == "word" else m.group()


def check_read_only(query: str, holds_graph: Callable[[str], bool], prefixes: Mapping[str, str]) -> None:
    """Refuse an update, a call of another endpoint, and a data set that names a graph which `holds_graph` denies.

    `prefixes` are those that a query need not declare.

    Raises:
        QueryError: the query is refused; what is merely wrong in it is left to the parser.
    """
    form = ""
    for kind, text in iter_tokens(query):
        if kind != "word":
            continue
        if not form and text in _UPDATES:
            raise QueryError("query", f"{text} would change the graph, which is read-only", "ask with SELECT, CONSTRUCT, DESCRIBE or ASK")
        if text in _FORMS:
            form = text
        if text == "SERVICE":
            raise QueryError("query", "SERVICE would ask another endpoint", "ask for what this graph holds")
    for name in _iter_graphs(query, prefixes):
        if not holds_graph(name):
            raise no_such_graph(name)


def no_such_graph(name: str) -> QueryError:
    """Make the error of a data set that names a graph which is not here."""
    return QueryError("query", f"there is no graph <{name}> here", "find the names with SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")


def _iter_graphs(query: str, prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield the IRI of each graph after FROM or FROM NAMED, full; a name whose prefix nobody declares is left to the parser."""
    base, known = "", dict(prefixes)
    recent: tuple[tuple[str, str], ...] = (("", ""), ("", ""))
    for token in iter_tokens(query):
        (_, first), (before, second), (kind, text) = *recent, token
        iri = _resolved(base, text[1:-1]) if kind == "iri" else ""
        if iri and second == "BASE":
            base = iri
        elif iri and first == "PREFIX" and before == "name":
            known[second.removesuffix(":")] = iri
        elif second == "FROM" or (first, second) == ("FROM", "NAMED"):
            prefix, _, local = text.partition(":")
            if iri:
                yield iri
            elif kind == "name" and prefix in known:
                yield known[prefix] + local.replace("\\", "")
        recent = (recent[1], token)


def _resolved(base: str, reference: str) -> str:
    try:
        return urljoin(base, reference)
    except ValueError:  # no address at all, so none of a graph here
        return reference
