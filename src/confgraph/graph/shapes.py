"""Read the SHACL shapes of the graph and compile each of their constraints to SPARQL.

It knows the part of SHACL Core that `ontology/shapes.ttl` uses, and refuses every other term, so that no constraint is left
out in silence. Source: W3C, Shapes Constraint Language (SHACL), sections 2 to 4.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from confgraph import resources, vocab
from confgraph.errors import ConfigError
from confgraph.graph.findings import Severity

SH: Final = "http://www.w3.org/ns/shacl#"
FILE: Final = "shapes.ttl"

Term = NamedNode | BlankNode | Literal | Triple
Subclasses = Mapping[str, frozenset[str]]
"""The classes below a class, itself included, by its IRI; one without others below it may be left out."""

_FIRST, _REST = (NamedNode(vocab.RDF + name) for name in ("first", "rest"))
_WELL_FORMED: Final = {
    vocab.XSD_STRING: "true",
    vocab.XSD_ANY_URI: "true",
    vocab.XSD_INTEGER: 'isNumeric(?value) || REGEX(STR(?value), "^[+-]?[0-9]+$")',
    vocab.XSD_DECIMAL: 'isNumeric(?value) || REGEX(STR(?value), "^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)$")',
    vocab.XSD_BOOLEAN: f"isLiteral(<{vocab.XSD_BOOLEAN}>(STR(?value)))",
    vocab.XSD_DATE_TIME: f"isLiteral(<{vocab.XSD_DATE_TIME}>(STR(?value)))",
    vocab.XSD_G_YEAR: "true",
}
"""When a literal of each datatype that shapes may ask for is no ill-typed one; SHACL asks it of the datatypes of SPARQL alone.

Source: SHACL, section 4.1.2. Oxigraph computes with decimals of 18 places, and takes longer ones, which are none the worse, for no
numbers. pySHACL takes more forms (a day as xsd:dateTime, an exponent in a decimal): the patterns refuse them.
"""

_NODE_KINDS: Final = {
    f"{SH}IRI": "isIRI(?value)",
    f"{SH}Literal": "isLiteral(?value)",
    f"{SH}BlankNodeOrIRI": "!isLiteral(?value)",
    f"{SH}IRIOrLiteral": "!isBlank(?value)",
}


@dataclass(frozen=True, slots=True)
class Condition:
    """A constraint on each value: `holds` is a SPARQL expression of `?this` and `?value`; where it is no truth, it does not hold."""

    component: str
    holds: str


@dataclass(frozen=True, slots=True)
class Shape:
    """One node or property shape with its targets, compiled.

    `target` is a SPARQL pattern that binds `?this`; `path` a property path, empty where the values are the focus nodes themselves.
    `required` and `equals` hold terms and IRIs in SPARQL; `allowed` the predicates that a closed shape has, None for an open one.
    """

    target: str
    path: str
    conditions: tuple[Condition, ...]
    minimum: int
    maximum: int | None
    required: tuple[str, ...]
    equals: tuple[str, ...]
    allowed: tuple[str, ...] | None
    severity: Severity
    message: str


@cache
def source() -> tuple[Quad, ...]:
    """Give the triples of the shapes that come with confgraph."""
    text = (resources.folder("ontology") / FILE).read_text(encoding="utf-8")
    return tuple(parse(text, format=RdfFormat.TURTLE))


def own(subclasses: Subclasses) -> Sequence[Shape]:
    """Compile the shapes that come with confgraph, as `compiled` does; once, where the data has no subclasses."""
    return compiled(source(), subclasses) if subclasses else _own()


@cache
def _own() -> Sequence[Shape]:
    return tuple(compiled(source(), {}))


def compiled(quads: Sequence[Quad], subclasses: Subclasses) -> list[Shape]:
    """Compile the shapes of a graph, for data in which the classes have these subclasses: node shapes first.

    A property shape that several node shapes share is checked once, over the targets of all.

    Raises:
        ConfigError: the shapes hold a term of SHACL that is not known here, or is out of reach of every target.
    """
    graph = Store()
    graph.extend(quads)
    compiler = _Compiler(graph, subclasses)
    found = list(compiler.iter_shapes())
    compiler.check_reached()
    return found


def path_of(graph: Store, node: Term) -> str:
    """Give the SPARQL of a property path.

    Raises:
        ConfigError: it is of a kind that is not known here.
    """
    if isinstance(node, NamedNode):
        return str(node)
    if steps := items(graph, node):
        return "/".join(path_of(graph, step) for step in steps)
    if inner := values(graph, node, "inversePath"):
        return f"^{path_of(graph, inner[0])}"
    if inner := values(graph, node, "alternativePath"):
        return f"({'|'.join(path_of(graph, choice) for choice in items(graph, inner[0]))})"
    raise ConfigError(FILE, f"a path is of an unknown kind ({node})", "use a property, a sequence, an inverse or alternatives")


def items(graph: Store, node: Term) -> list[Term]:
    """Give the items of an RDF list; none where it is no list or empty."""
    found: list[Term] = []
    while isinstance(node, NamedNode | BlankNode) and (first := _objects(graph, node, _FIRST)):
        found.append(first[0])
        node = _objects(graph, node, _REST)[0]
    return found


def _objects(graph: Store, subject: Term, predicate: NamedNode) -> list[Term]:
    if not isinstance(subject, NamedNode | BlankNode):
        return []
    return sorted((quad.object for quad in graph.quads_for_pattern(subject, predicate, None, None)), key=str)


def values(graph: Store, subject: Term, term: str) -> list[Term]:
    """Give the values of a term of SHACL at a node, sorted."""
    return _objects(graph, subject, NamedNode(SH + term))


class _Compiler:
    """Compile the shapes of one graph, and note which of its nodes that took."""

    def __init__(self, graph: Store, subclasses: Subclasses) -> None:
        self._graph = graph
        self._subclasses = subclasses
        self._reached: set[Term] = set()
        self._conditions: Mapping[str, Callable[[Term], str]] = {
            "class": self._class,
            "datatype": _datatype,
            "nodeKind": _node_kind,
            "minInclusive": lambda bound: f"?value >= {bound}",
            "maxInclusive": lambda bound: f"?value <= {bound}",
            "pattern": lambda pattern: f"!isBlank(?value) && REGEX(STR(?value), {pattern})",
            "in": self._in,
            "or": self._or,
        }
        self._pairs: Mapping[str, Callable[[Term], str]] = {
            "lessThan": lambda other: f"NOT EXISTS {{ ?this {other} ?other FILTER(!COALESCE(?value < ?other, false)) }}",
            "lessThanOrEquals": lambda other: f"NOT EXISTS {{ ?this {other} ?other FILTER(!COALESCE(?value <= ?other, false)) }}",
            "disjoint": lambda other: f"NOT EXISTS {{ ?this {other} ?value }}",
            "equals": lambda other: f"EXISTS {{ ?this {other} ?value }}",
        }

    def iter_shapes(self) -> Iterator[Shape]:
        """Yield the node shapes with targets, then their property shapes."""
        owners: dict[Term, list[Term]] = {}
        for node in _targeted(self._graph):
            for member in values(self._graph, node, "property"):
                owners.setdefault(member, []).append(node)
            self._check_known(node, {*_TARGETS, *_OF_NODES, *self._conditions})
            yield self._shape(node, [node], "")
        for member, of in owners.items():
            path = values(self._graph, member, "path")
            if len(path) != 1:
                raise ConfigError(FILE, f"{of[0]} has a property shape without one path", "give it one sh:path")
            self._check_known(member, {*_OF_PROPERTIES, *self._conditions, *self._pairs})
            yield self._shape(member, of, path_of(self._graph, path[0]))

    def check_reached(self) -> None:
        """Refuse what says something of a shape and was left out.

        Raises:
            ConfigError: a shape is not reached from a target.
        """
        for quad in self._graph:
            if quad.predicate.value.startswith(SH) and quad.subject not in self._reached and quad.predicate.value not in _PATHS:
                raise ConfigError(FILE, f"{quad.subject} is out of reach of every target", "name it with sh:property, or remove it")

    def _shape(self, node: Term, owners: Sequence[Term], path: str) -> Shape:
        return Shape(
            self._target(owners),
            path,
            self._conditions_of(node),
            max((_number(value) for value in values(self._graph, node, "minCount")), default=0),
            min((_number(value) for value in values(self._graph, node, "maxCount")), default=None),
            tuple(map(str, values(self._graph, node, "hasValue"))),
            tuple(map(str, values(self._graph, node, "equals"))),
            self._allowed(node),
            self._severity(node),
            " ".join(value.value for value in values(self._graph, node, "message") if isinstance(value, Literal)),
        )

    def _check_known(self, node: Term, known: Collection[str]) -> None:
        self._reached.add(node)
        for quad in _iter_about(self._graph, node):
            local = quad.predicate.value.removeprefix(SH)
            if local != quad.predicate.value and local not in known:
                hint = "compile it in graph/shapes.py, or say it otherwise"
                raise ConfigError(FILE, f"{node} has sh:{local}, which is not known there", hint)

    def _target(self, owners: Sequence[Term]) -> str:
        def named(term: str) -> list[Term]:
            return [value for owner in owners for value in values(self._graph, owner, term)]

        classes = dict.fromkeys(name for root in named("targetClass") for name in self._below(root))
        patterns = [f"?this {name} ?any ." for name in named("targetSubjectsOf")]
        patterns += [f"?any {name} ?this ." for name in named("targetObjectsOf")]
        if len(classes) == 1:
            patterns.append(f"?this a {next(iter(classes))} .")
        elif classes:
            patterns.append(f"VALUES ?class {{ {' '.join(classes)} }} ?this a ?class .")
        return patterns[0] if len(patterns) == 1 else " UNION ".join(f"{{ {pattern} }}" for pattern in patterns)

    def _below(self, root: Term) -> list[str]:
        """Give the class and those below it, in SPARQL."""
        own = root.value if isinstance(root, NamedNode) else str(root)
        return [f"<{name}>" for name in sorted(self._subclasses.get(own, {own}))]

    def _conditions_of(self, node: Term) -> tuple[Condition, ...]:
        return tuple(
            Condition(f"{name[0].upper()}{name[1:]}", write(argument))
            for name, write in (*self._conditions.items(), *self._pairs.items())
            for argument in values(self._graph, node, name)
        )

    def _allowed(self, node: Term) -> tuple[str, ...] | None:
        if _TRUE not in values(self._graph, node, "closed"):
            return None
        ignored = [term for list_ in values(self._graph, node, "ignoredProperties") for term in items(self._graph, list_)]
        paths = [path for member in values(self._graph, node, "property") for path in values(self._graph, member, "path")]
        return tuple(sorted({str(term) for term in (*ignored, *paths) if isinstance(term, NamedNode)}))

    def _severity(self, node: Term) -> Severity:
        said = [str(value) for value in values(self._graph, node, "severity")]
        if strange := [name for name in said if name not in _SEVERITIES]:
            raise ConfigError(FILE, f"{node} has the severity {strange[0]}", "use sh:Violation or sh:Warning")
        return _SEVERITIES[said[0]] if said else Severity.VIOLATION

    def _class(self, name: Term) -> str:
        return " || ".join(f"EXISTS {{ ?value a {below} }}" for below in self._below(name))

    def _in(self, list_: Term) -> str:
        return " || ".join(f"sameTerm(?value, {term})" for term in items(self._graph, list_))

    def _or(self, list_: Term) -> str:
        choices = []
        for choice in items(self._graph, list_):
            self._check_known(choice, self._conditions)
            choices.append(" && ".join(f"({condition.holds})" for condition in self._conditions_of(choice)))
        return " || ".join(f"({choice})" for choice in choices)


_TRUE: Final = Literal(value=True)
_SEVERITIES: Final = {f"<{SH}Violation>": Severity.VIOLATION, f"<{SH}Warning>": Severity.WARNING}
_TARGETS: Final = ("targetClass", "targetSubjectsOf", "targetObjectsOf")
_OF_NODES: Final = ("property", "message", "severity", "closed", "ignoredProperties")
_OF_PROPERTIES: Final = ("path", "message", "severity", "minCount", "maxCount", "hasValue")
_PATHS: Final = (f"{SH}inversePath", f"{SH}alternativePath")


def _iter_about(graph: Store, node: Term) -> Iterator[Quad]:
    """Yield what a graph says of a node."""
    if isinstance(node, NamedNode | BlankNode):
        yield from graph.quads_for_pattern(node, None, None, None)


def _targeted(graph: Store) -> list[Term]:
    """Give the shapes that name a target, sorted."""
    found = {quad.subject for term in _TARGETS for quad in graph.quads_for_pattern(None, NamedNode(SH + term), None, None)}
    return sorted(found, key=str)


def _number(value: Term) -> int:
    return int(value.value) if isinstance(value, Literal) else 0


def _datatype(name: Term) -> str:
    well_formed = _WELL_FORMED.get(name.value) if isinstance(name, NamedNode) else None
    if well_formed is None:
        raise ConfigError(FILE, f"the datatype {name} is not known here", "add how a literal of it is written to graph/shapes.py")
    return f"DATATYPE(?value) = {name} && ({well_formed})"


def _node_kind(name: Term) -> str:
    test = _NODE_KINDS.get(name.value) if isinstance(name, NamedNode) else None
    if test is None:
        raise ConfigError(FILE, f"the kind of node {name} is not known here", f"choose one of: {', '.join(_NODE_KINDS)}")
    return test
