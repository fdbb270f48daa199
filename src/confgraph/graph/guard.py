"""Refuse the parts of a SPARQL query that would reach beyond a read-only store.

It looks at tokens, so that words in comments, strings, IRIs, variables and prefixed names count for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

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


def check_read_only(query: str, holds_graph: Callable[[str], bool]) -> None:
    """Refuse an update, a call of another endpoint, and a data set that names a graph which `holds_graph` denies.

    Raises:
        QueryError: the query is refused; what is merely wrong in it is left to the parser.
    """
    form, before, named = "", "", False
    for kind, text in iter_tokens(query):
        if kind == "word":
            if not form and text in _UPDATES:
                raise QueryError(
                    "query", f"{text} would change the graph, which is read-only", "ask with SELECT, CONSTRUCT, DESCRIBE or ASK"
                )
            if text in _FORMS:
                form = text
            if text == "SERVICE":
                raise QueryError("query", "SERVICE would ask another endpoint", "ask for what this graph holds")
        named = before == "FROM" and text == "NAMED"
        if kind == "iri" and before in ("FROM", "FROM NAMED") and not holds_graph(text[1:-1]):
            raise QueryError("query", f"there is no graph {text} here", "find the names with SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
        before = "FROM NAMED" if named else text if kind == "word" else ""
