"""Write Turtle and TriG for people and for version control: sorted, one block per subject, only the prefixes it uses.

Instances get one prefix per class of their IRIs: `<base>/paper/x` is `paper:x`. The time is that of sorting.
Source: RDF 1.1 Turtle, section 6.5, and RDF 1.1 TriG, section 4.5 (grammars).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, groupby
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from confgraph import vocab

_INSTANCE: Final = re.compile(r"(?P<namespace>.*[/#](?P<kind>[A-Za-z][A-Za-z0-9-]*)[/#])[^/#]+")
_LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
"""The local names that are written short: the part of PN_LOCAL that needs no escape."""

_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_ESCAPED: Final = re.compile('[\\\\"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]')
_SHORT: Final = {
    vocab.XSD_INTEGER: re.compile(r"[+-]?[0-9]+"),
    vocab.XSD_DECIMAL: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    vocab.XSD_BOOLEAN: re.compile(r"true|false"),
}
"""The lexical forms that Turtle writes without quotes and reads back as they were."""

_FIRST: Final = {vocab.RDF_TYPE: 0, vocab.RDFS_LABEL: 1}


def iter_turtle(triples: Iterable[Triple]) -> Iterator[str]:
    """Yield the pieces of a Turtle file that holds these triples, whatever their order.

    Ontology headers come first, then subjects by IRI; within one, `a` comes first, then `rdfs:label`, then
    the rest by name.
    """
    ordered = _sorted(triples)
    shortener = _Shortener(ordered)
    yield from shortener.iter_prefixes()
    yield from _iter_blocks(ordered, shortener)


def iter_trig(quads: Iterable[Quad]) -> Iterator[str]:
    """Yield the pieces of a TriG file that holds these quads: the default graph as Turtle, then each named graph by name."""
    graphs: dict[str, list[Triple]] = {}
    for quad in quads:
        graphs.setdefault(_key(quad.graph_name) if isinstance(quad.graph_name, NamedNode) else "", []).append(quad.triple)
    ordered = {name: _sorted(graphs[name]) for name in sorted(graphs)}
    shortener = _Shortener([triple for triples in ordered.values() for triple in triples], graphs)
    yield from shortener.iter_prefixes()
    for name, triples in ordered.items():
        yield f"\n{shortener.name(name)} {{" if name else ""
        yield from _iter_blocks(triples, shortener)
        yield "}\n" if name else ""


def _sorted(triples: Iterable[Triple]) -> list[Triple]:
    unique = {(_key(t.subject), _key(t.predicate), _key(t.object)): t for t in triples}
    headers = {s for s, p, o in unique if (p, o) == (vocab.RDF_TYPE, vocab.OWL_ONTOLOGY)}
    return [unique[key] for key in sorted(unique, key=lambda key: (key[0] not in headers, key))]


def _key(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)


def _iter_iris(triples: Iterable[Triple]) -> Iterator[str]:
    """Yield every IRI that triples print, also that of a datatype which is not left out."""
    for triple in triples:
        for term in (triple.subject, triple.predicate, triple.object):
            if isinstance(term, NamedNode):
                yield term.value
            elif isinstance(term, Literal) and not _is_plain(term):
                yield term.datatype.value


def _is_plain(literal: Literal) -> bool:
    """Tell whether a literal is written without its datatype."""
    short = _SHORT.get(literal.datatype.value)
    return bool(literal.language) or literal.datatype.value == vocab.XSD_STRING or bool(short and short.fullmatch(literal.value))


class _Shortener:
    """Write IRIs short, with the terms' own prefixes and one more for each namespace of instances."""

    def __init__(self, triples: Sequence[Triple], graphs: Iterable[str] = ()) -> None:
        self._used: dict[str, str] = {}
        self._names: dict[str, str] = {}
        iris = dict.fromkeys((*_iter_iris(triples), *graphs))
        prefixes = {namespace: prefix for prefix, namespace in vocab.PREFIXES.items()}
        subjects = {t.subject.value for t in triples if isinstance(t.subject, NamedNode)}
        namespaces = {m["namespace"] for iri in subjects if (m := _INSTANCE.fullmatch(iri))}
        for namespace in sorted(namespaces - prefixes.keys()):
            prefixes[namespace] = _free_prefix(namespace, set(prefixes.values()))
        for iri in iris:
            for end in (iri.rfind("#") + 1, iri.rfind("/") + 1):
                if (prefix := prefixes.get(iri[:end])) and _LOCAL.fullmatch(iri, end):
                    self._used[prefix] = iri[:end]
                    self._names[iri] = f"{prefix}:{iri[end:]}"
                    break

    def iter_prefixes(self) -> Iterator[str]:
        """Yield the line of each prefix that a name needs, sorted."""
        for prefix, namespace in sorted(self._used.items()):
            yield f"@prefix {prefix}: <{namespace}> .\n"

    def name(self, iri: str) -> str:
        """Write an IRI."""
        return self._names.get(iri) or f"<{iri}>"


def _free_prefix(namespace: str, taken: set[str]) -> str:
    """Name a prefix by the last step of its namespace, numbered where that is taken."""
    stem = re.split("[/#]", namespace)[-2].casefold().rstrip("-")
    return stem if stem not in taken else next(name for i in count(2) if (name := f"{stem}{i}") not in taken)


def _iter_blocks(triples: Iterable[Triple], shortener: _Shortener) -> Iterator[str]:
    for _, block in groupby(triples, key=lambda triple: _key(triple.subject)):
        yield from _iter_block(list(block), shortener)


def _iter_block(triples: list[Triple], shortener: _Shortener) -> Iterator[str]:
    """Yield the lines of one subject."""

    def place(triple: Triple) -> tuple[int, str]:
        return _FIRST.get(triple.predicate.value, len(_FIRST)), shortener.name(triple.predicate.value)

    yield f"\n{_write(triples[0].subject, shortener)}"
    end = ""
    for (_, predicate), group in groupby(sorted(triples, key=place), key=place):
        objects = sorted(_write(triple.object, shortener) for triple in group)
        yield f"{end}\n    {'a' if predicate == 'rdf:type' else predicate} {', '.join(objects)}"
        end = " ;"
    yield " .\n"


def _write(term: object, shortener: _Shortener) -> str:
    match term:
        case NamedNode():
            return shortener.name(term.value)
        case Literal():
            return _write_literal(term, shortener)
        case BlankNode():
            return str(term)
        case _:
            raise TypeError(term)


def _write_literal(literal: Literal, shortener: _Shortener) -> str:
    datatype = literal.datatype.value
    if datatype in _SHORT and _is_plain(literal):
        return literal.value
    quoted = f'"{_ESCAPED.sub(_escape, literal.value)}"'
    if literal.language:
        return f"{quoted}@{literal.language}"
    return quoted if datatype == vocab.XSD_STRING else f"{quoted}^^{shortener.name(datatype)}"


def _escape(m: re.Match[str]) -> str:
    return _ESCAPES.get(m.group()) or f"\\u{ord(m.group()):04X}"
