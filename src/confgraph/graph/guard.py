"""Refuse the parts of a SPARQL query or update that would reach beyond the store.

It looks at tokens, so that words in comments, strings, IRIs, variables and prefixed names count for nothing. The library
that runs the query has a parser without tokens: it reads `1e5SERVICE` as a number and a word, and `?a<2#>` as a comparison
and a comment where an IRI could stand too. So wherever a text can be read in two ways, both are looked at.
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
  | (?P<variable>[?$]\w+)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<name>(?:_|(?:[^\W\d_](?:[\w.-]*[\w-])?)?):(?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\.)(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)*)?)
  | (?P<word>[^\W\d_]\w*)
  | (?P<space>\s+)
  | (?P<other>\\.|.)
    """,
    re.VERBOSE | re.DOTALL,
)
"""Tokens of SPARQL. Source: SPARQL 1.1 Query Language, section 19.8, productions 139 to 173."""

_CERTAIN: Final = re.compile(r"""(?:[^\\]|\\[tbnrf"'\\])*""", re.DOTALL)
"""A string in which every escape is one of the grammar's; with others it may be none. Source: there, production 160."""

_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_UPDATES: Final = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
_FORMS: Final = frozenset({"SELECT", "CONSTRUCT", "DESCRIBE", "ASK"})
_BEFORE_NAMES: Final = frozenset({"GRAPH", "NAMED", "FROM", "DESCRIBE", "WITH", "USING", "INTO", "TO", "PREFIX"})
"""Words after which a name and a brace may follow."""

_SUSPECT: Final = (
    "service", "load", "from", "named", "using", "insert", "delete", "clear", "drop", "create", "add", "move", "copy", "with",
)  # fmt: skip
"""A text without any of these letters and without an escape holds nothing to refuse. To look for one after the other is faster
than a pattern."""


def iter_tokens(query: str) -> Iterator[tuple[str, str]]:
    """Yield the kind and text of each token that is neither white space nor comment; words in capitals.

    >>> list(iter_tokens("ask { ?s <http://a#b> 'LOAD' } # SERVICE"))[:4]
    [('word', 'ASK'), ('other', '{'), ('variable', '?s'), ('iri', '<http://a#b>')]
    """
    for match in _TOKEN.finditer(query):
        kind = match.lastgroup or "other"
        if kind not in ("comment", "space"):
            yield kind, match.group().upper() if kind == "word" else match.group()


def iter_places(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each token that is neither white space nor comment with where it starts and ends; words in capitals."""
    for match in _TOKEN.finditer(text):
        if match.lastgroup not in ("comment", "space"):
            yield match.group().upper() if match.lastgroup == "word" else match.group(), match.start(), match.end()


def check_read_only(query: str, holds_graph: Callable[[str], bool], prefixes: Mapping[str, str], base: str = "") -> None:
    """Refuse an update, a call of another endpoint, and a data set that names a graph which `holds_graph` denies.

    `prefixes` are those that a query need not declare, `base` is what relative IRIs are resolved against.

    Raises:
        QueryError: the query is refused; what is merely wrong in it is left to the parser.
    """
    folded = query.casefold()
    if "\\" not in query and not any(word in folded for word in _SUSPECT):
        return
    for kind, text in iter_tokens(query):
        if kind == "word" and text in _FORMS:
            break
        if kind == "word" and text in _UPDATES:
            raise QueryError("query", f"{text} would change the graph, which is read-only", "ask with SELECT, CONSTRUCT, DESCRIBE or ASK")
    _check_calls(query, prefixes, ("SERVICE",))
    for name in _iter_graphs(query, prefixes, base):
        if not holds_graph(name):
            raise no_such_graph(name)


def check_update(update: str, holds_graph: Callable[[str], bool], prefixes: Mapping[str, str], base: str = "") -> None:
    """Refuse of an update what would fetch: LOAD, SERVICE, and USING of a graph that is neither here nor written by it.

    Raises:
        QueryError: the update is refused; what is merely wrong in it is left to the parser.
    """
    _check_calls(update, prefixes, ("SERVICE", "LOAD"))
    written = set(_iter_graphs(update, prefixes, base, ("GRAPH", "TO", "WITH")))
    for name in _iter_graphs(update, prefixes, base):
        if name not in written and not holds_graph(name):
            raise no_such_graph(name)


def no_such_graph(name: str) -> QueryError:
    """Make the error of a data set that names a graph which is not here."""
    return QueryError("query", f"there is no graph <{name}> here", "find the names with SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")


def _check_calls(text: str, prefixes: Mapping[str, str], words: tuple[str, ...]) -> None:
    """Refuse a text which can be read so that one of the words is a keyword of it."""
    decoded = _ESCAPE.sub(lambda m: chr(min(int(m[1] or m[2], 16), 0x10FFFF)), text)
    for reading in dict.fromkeys((text, decoded)):
        for word in words:
            if word.casefold() in reading.casefold() and _may_hold(reading, word, prefixes):
                what, instead = (
                    ("ask another endpoint", "ask for what this graph holds") if word == "SERVICE" else ("fetch", "send the data")
                )
                raise QueryError("query", f"{word} would {what}", instead)


def _may_hold(text: str, word: str, prefixes: Mapping[str, str]) -> bool:
    """Tell whether a keyword stands in a text in any of the ways in which it can be read, even glued to its neighbours."""
    known = {prefix.upper() for prefix in prefixes} | {m[1].upper() for m in re.finditer(r"prefix\s+([^\s:<]*):", text, re.IGNORECASE)}
    seen: set[tuple[int, bool]] = set()
    starts = [(0, False)]
    while starts:
        if (state := starts.pop()) in seen or not (match := _TOKEN.match(text, state[0])):
            continue
        seen.add(state)
        kind, token = match.lastgroup, match.group()
        if kind == "word" and word in token.upper():
            return True
        if kind == "name" and _is_glued(token, word, known, followed=text[match.end() :], named=state[1]):
            return True
        after = state[1] if kind in ("space", "comment") else kind == "word" and token.upper() in _BEFORE_NAMES
        starts.append((match.end(), after))
        if kind == "iri" and ("#" in token or "'" in token):
            starts.append((match.start() + 1, False))  # less than, and what follows
        if kind == "string" and not _CERTAIN.fullmatch(token):
            starts += ((match.start() + length, False) for length in (1, 2))  # an empty string, or no string at all
    return False


def _is_glued(name: str, word: str, known: set[str], *, followed: str, named: bool) -> bool:
    """Tell whether a prefixed name may be read as a keyword and what it applies to, such as `SERVICEex:x {`."""
    prefix = name.partition(":")[0].upper()
    if word not in prefix:
        return False
    if word == "LOAD":
        return prefix.startswith(word) and not named
    return prefix not in known or (not named and re.match(r"(?:\s|#[^\r\n]*)*\{", followed) is not None)


def _iter_graphs(text: str, prefixes: Mapping[str, str], base: str, words: tuple[str, ...] = ("FROM", "USING")) -> Iterator[str]:
    """Yield the IRI of each graph after one of the words, also with NAMED; a name whose prefix nobody declares is left to the parser."""
    known = dict(prefixes)
    recent: tuple[tuple[str, str], ...] = (("", ""), ("", ""))
    for token in iter_tokens(text):
        (_, first), (before, second), (kind, token_text) = *recent, token
        iri = _resolved(base, token_text[1:-1]) if kind == "iri" else ""
        if iri and second == "BASE":
            base = iri
        elif iri and first == "PREFIX" and before == "name":
            known[second.removesuffix(":")] = iri
        elif before == "word" and (second.endswith(words) or second.removesuffix("NAMED").endswith(words) or _named(first, second, words)):
            prefix, _, local = token_text.partition(":")
            if iri:
                yield iri
            elif kind == "name" and prefix in known:
                yield known[prefix] + local.replace("\\", "")
        recent = (recent[1], token)


def _named(first: str, second: str, words: tuple[str, ...]) -> bool:
    return second == "NAMED" and first.endswith(words)


def _resolved(base: str, reference: str) -> str:
    reference = _ESCAPE.sub(lambda m: chr(min(int(m[1] or m[2], 16), 0x10FFFF)), reference)
    try:
        return urljoin(base, reference)
    except ValueError:  # no address at all, so none of a graph here
        return reference
