"""The shapes: pySHACL and the SPARQL checks find the same, and find every kind of violation of every shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
import pyshacl
import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store
from rdflib.namespace import RDF, SH

from confgraph import vocab
from confgraph.errors import ConfigError, OutputError
from confgraph.graph import checks, findings, rules, shacl, shapes, validation
from confgraph.graph.findings import Finding, Severity

ROOT = Path(__file__).parents[3]
SHAPES = rdflib.Graph().parse(ROOT / "ontology" / "shapes.ttl")
EX = "https://example.org/id/"
TYPE = NamedNode(vocab.RDF_TYPE)
NO_CONSTRAINT = ("targetClass", "targetSubjectsOf", "targetObjectsOf", "property", "path", "message", "severity", "ignoredProperties")

Term = NamedNode | BlankNode | Literal
Key = tuple[str, str, str]
"""The focus node, path and component of a finding."""


def ex(name: str) -> NamedNode:
    return NamedNode(EX + name)


def triples(text: str) -> list[Quad]:
    prefixes = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in vocab.PREFIXES.items())
    return list(pyoxigraph.parse(f"PREFIX ex: <{EX}>\n{prefixes}{text}", format=RdfFormat.TRIG))


@pytest.fixture(scope="module")
def valid() -> list[Quad]:
    return list(pyoxigraph.parse(path=ROOT / "tests" / "data" / "valid.trig", format=RdfFormat.TRIG))


def store_of(quads: Iterable[Quad]) -> Store:
    store = Store()
    store.extend(quads)
    return store


def by_both(quads: Iterable[Quad]) -> list[Finding]:
    """Check with both engines, which must find the same: nodes, paths, components, values, severities and messages."""
    store = store_of(quads)
    found = checks.check(store)
    assert found == shacl.check(store)
    return found


def keys(found: Iterable[Finding]) -> set[Key]:
    return {(finding.focus, finding.path, finding.component) for finding in found}


class Draft:
    """A graph to be spoiled, its quads' graphs aside."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.triples = {(q.subject, q.predicate, q.object) for q in quads}

    def add(self, subject: Term, predicate: NamedNode, value: Term) -> None:
        assert not isinstance(subject, Literal)
        self.triples.add((subject, predicate, value))

    def remove(self, subject: Term | None, predicate: NamedNode, value: Term | None = None) -> None:
        self.triples -= {t for t in self.triples if t[1] == predicate and subject in (None, t[0]) and value in (None, t[2])}

    def values(self, subject: Term, predicate: NamedNode) -> list[Term]:
        return sorted((o for s, p, o in self.triples if s == subject and p == predicate), key=str)

    def quads(self) -> list[Quad]:
        return [Quad(*triple) for triple in self.triples]


@dataclass(frozen=True)
class Constraint:
    """A constraint as `shapes.ttl` states it for the targets of one node shape; `path` is None where it is on the node itself."""

    owner: rdflib.term.Node
    shape: rdflib.term.Node
    path: rdflib.term.Node | None
    parameter: str
    argument: rdflib.term.Node

    @property
    def component(self) -> str:
        return self.parameter[0].upper() + self.parameter[1:]

    @property
    def predicate(self) -> NamedNode:
        """The last property of the path."""
        node = self.path
        while isinstance(node, rdflib.BNode):
            node = SHAPES.value(node, SH.inversePath) or SHAPES.value(node, SH.alternativePath) or SHAPES.value(node, RDF.first)
        return NamedNode(str(node))

    @property
    def is_inverse(self) -> bool:
        return SHAPES.value(self.path, SH.inversePath) is not None

    @property
    def written(self) -> str:
        """The path in SPARQL."""
        if self.path is None:
            return ""
        if inverse := SHAPES.value(self.path, SH.inversePath):
            return f"^<{inverse}>"
        if choices := SHAPES.value(self.path, SH.alternativePath):
            return f"({'|'.join(f'<{choice}>' for choice in SHAPES.items(choices))})"
        steps = [*SHAPES.items(self.path)] if isinstance(self.path, rdflib.BNode) else [self.path]
        return "/".join(f"<{step}>" for step in steps)


def constraints() -> list[Constraint]:
    """Every constraint of every node shape, read without the compiler."""
    found = []
    for owner in sorted(SHAPES.subjects(RDF.type, SH.NodeShape)):
        members = [(owner, None), *((shape, SHAPES.value(shape, SH.path)) for shape in SHAPES.objects(owner, SH.property))]
        for shape, path in members:
            for predicate, argument in SHAPES.predicate_objects(shape):
                parameter = str(predicate).removeprefix(str(SH))
                if parameter != str(predicate) and parameter not in NO_CONSTRAINT:
                    found.append(Constraint(owner, shape, path, parameter, argument))
    return found


CONSTRAINTS = constraints()
PARAMETERS = sorted({constraint.parameter for constraint in CONSTRAINTS})


def focus_of(constraint: Constraint, draft: Draft) -> NamedNode:
    """A node of the valid graph that the constraint looks at."""
    owner = constraint.owner
    for name in sorted(SHAPES.objects(owner, SH.targetClass)):
        if found := sorted(
            str(s.value) for s, p, o in draft.triples if p == TYPE and o == NamedNode(str(name)) and isinstance(s, NamedNode)
        ):
            return NamedNode(found[0])
    for term, place in ((SH.targetSubjectsOf, 0), (SH.targetObjectsOf, 2)):
        for name in sorted(SHAPES.objects(owner, term)):
            if found := sorted(str(t[place].value) for t in draft.triples if t[1] == NamedNode(str(name))):
                return NamedNode(found[0])
    raise AssertionError(f"the valid graph holds nothing that {owner} looks at")


Spoil = Callable[[Constraint, NamedNode, Draft], Term | None]
"""Break a constraint at a focus node; give the node that breaks it where that is another."""


def bad_value(value: Term) -> Spoil:
    def spoil(constraint: Constraint, focus: NamedNode, draft: Draft) -> None:
        assert not isinstance(constraint.path, rdflib.BNode), "a bad value is added at the end of a simple path"
        draft.add(focus, constraint.predicate, value)

    return spoil


def wrong_kind(constraint: Constraint, focus: NamedNode, draft: Draft) -> Term | None:
    if constraint.path is not None:
        draft.add(focus, constraint.predicate, BlankNode("value"))
        return None
    here = BlankNode("b" + str(constraint.owner).rpartition("#")[2])
    for name in SHAPES.objects(constraint.owner, SH.targetClass):
        draft.add(here, TYPE, NamedNode(str(name)))
    for name in SHAPES.objects(constraint.owner, SH.targetSubjectsOf):
        draft.add(here, NamedNode(str(name)), ex("paper"))
    for name in SHAPES.objects(constraint.owner, SH.targetObjectsOf):
        draft.add(ex("graph"), NamedNode(str(name)), here)
    return here


def too_few(constraint: Constraint, focus: NamedNode, draft: Draft) -> Term | None:
    if str(constraint.owner).endswith("#Described"):
        draft.add(ex("old-paper"), NamedNode(vocab.DCTERMS_IS_REPLACED_BY), ex("nowhere"))
        return ex("nowhere")
    targets = {NamedNode(str(name)) for name in SHAPES.objects(constraint.owner, SH.targetClass)}
    if constraint.is_inverse:
        draft.remove(None, constraint.predicate, focus)
    elif choices := SHAPES.value(constraint.path, SH.alternativePath):
        for choice in SHAPES.items(choices):
            draft.remove(focus, NamedNode(str(choice)))
    elif constraint.predicate == TYPE:
        kept = next(value for value in draft.values(focus, TYPE) if value in targets)
        draft.remove(focus, TYPE)
        draft.add(focus, TYPE, kept)
    else:
        draft.remove(focus, constraint.predicate)
    return None


def too_many(constraint: Constraint, focus: NamedNode, draft: Draft) -> None:
    for i in range(int(str(constraint.argument)) + 1):
        pair = (ex(f"extra{i}"), focus) if constraint.is_inverse else (focus, ex(f"extra{i}"))
        draft.add(pair[0], constraint.predicate, pair[1])


def on_both_sides(constraint: Constraint, focus: NamedNode, draft: Draft) -> None:
    draft.add(focus, constraint.predicate, Literal("one name"))
    draft.add(focus, NamedNode(str(constraint.argument)), Literal("one name"))


SPOILS: dict[str, Spoil] = {
    "class": bad_value(ex("nowhere")),
    "closed": lambda _, focus, draft: draft.add(focus, ex("unknown"), Literal("x")),
    "datatype": bad_value(Literal("parole", language="fr")),
    "disjoint": on_both_sides,
    "equals": lambda constraint, focus, draft: draft.add(focus, NamedNode(str(constraint.argument)), ex("nowhere")),
    "hasValue": lambda constraint, focus, draft: draft.remove(focus, constraint.predicate, NamedNode(str(constraint.argument))),
    "in": bad_value(ex("nonsense")),
    "lessThan": bad_value(Literal(1_000_000)),
    "lessThanOrEquals": bad_value(Literal("2099-01-01T00:00:00", datatype=NamedNode(vocab.XSD_DATE_TIME))),
    "maxCount": too_many,
    "maxInclusive": bad_value(Literal("1.01", datatype=NamedNode(vocab.XSD_DECIMAL))),
    "minCount": too_few,
    "minInclusive": bad_value(Literal(-1)),
    "nodeKind": wrong_kind,
    "or": bad_value(ex("nowhere")),
    "pattern": bad_value(Literal("")),
}


def seeded(parameter: str, quads: Iterable[Quad]) -> tuple[list[Quad], set[Key]]:
    """The valid graph with a violation of each constraint of one kind, and what must be found."""
    draft, original = Draft(quads), Draft(quads)
    expected = set()
    for constraint in CONSTRAINTS:
        if constraint.parameter == parameter:
            focus = focus_of(constraint, original)
            path = f"<{EX}unknown>" if parameter == "closed" else constraint.written
            expected.add((str(SPOILS[parameter](constraint, focus, draft) or focus), path, constraint.component))
    return draft.quads(), expected


def test_the_constraints_are_all_read() -> None:
    assert len({c.owner for c in CONSTRAINTS}) == len([*SHAPES.subjects(RDF.type, SH.NodeShape)]) >= 25
    assert len(CONSTRAINTS) > 400
    assert sorted(SPOILS) == PARAMETERS, "each kind of constraint that the shapes use is seeded below"


def test_a_valid_graph_breaks_nothing(valid: list[Quad]) -> None:
    assert by_both(valid) == []
    assert rules.check(store_of(valid)) == []


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_both_engines_find_a_violation_of_each_shape(parameter: str, valid: list[Quad]) -> None:
    quads, expected = seeded(parameter, valid)
    assert expected
    assert expected - keys(by_both(quads)) == set()


def test_values_on_the_other_side_alone_are_found_as_well(valid: list[Quad]) -> None:
    draft = Draft(valid)
    draft.remove(ex("paper"), NamedNode(vocab.DCTERMS_CREATOR), ex("ada"))
    found = by_both(draft.quads())
    assert [(f.focus, f.component, f.value, f.severity) for f in found] == [
        (f"<{EX}paper>", "Equals", f"<{EX}ada>", Severity.WARNING),
    ]


def test_what_confgraph_builds_breaks_nothing(small_quads: list[Quad], first_page_quads: list[Quad], three_pages_quads: list[Quad]) -> None:
    for quads in (small_quads, first_page_quads, three_pages_quads):
        assert by_both(quads) == []
        assert validation.validate(quads).findings == ()


def test_every_instance_that_confgraph_builds_is_looked_at_by_a_closed_shape(small_quads: list[Quad], valid: list[Quad]) -> None:
    for quads in (small_quads, valid):
        store = store_of(quads)
        assert list(validation.iter_unchecked(store)) == []
        closed = [shape.target for shape in shapes.own({}) if shape.allowed is not None]
        targets = " UNION ".join(f"{{ {target} }}" for target in closed)
        assert list(checks.select(store, f"SELECT ?this {{ ?this ?predicate ?value MINUS {{ {targets} }} }}")) == []


def test_knowledge_alone_is_valid(small_quads: list[Quad]) -> None:
    knowledge = [quad for quad in small_quads if isinstance(quad.graph_name, pyoxigraph.DefaultGraph)]
    assert len(knowledge) < len(small_quads)
    assert validation.validate(knowledge).findings == ()


def test_a_triple_of_two_graphs_counts_once(valid: list[Quad]) -> None:
    label = NamedNode(vocab.RDFS_LABEL)
    twice = [Quad(q.subject, q.predicate, q.object, ex("page")) for q in valid if q.predicate == label]
    assert by_both([*valid, *twice]) == []


def test_instances_of_subclasses_are_checked_and_count_as_instances(valid: list[Quad]) -> None:
    below = triples("""
        ex:Poster rdfs:subClassOf ex:ShortPaper . ex:ShortPaper rdfs:subClassOf schema:ScholarlyArticle .
        ex:poster a ex:Poster . ex:talk schema:workFeatured ex:poster .""")
    found = keys(by_both([*valid, *below]))
    assert (f"<{EX}poster>", f"<{vocab.RDFS_LABEL}>", "MinCount") in found
    assert (f"<{EX}talk>", f"<{vocab.SCHEMA_WORK_FEATURED}>", "Or") not in found


@pytest.mark.parametrize(
    ("value", "component"),
    [
        ('"2"^^xsd:decimal', "MaxInclusive"),
        ('"0.955"^^xsd:decimal', "Pattern"),
        ('"high"^^xsd:decimal', "Datatype"),
        ("1", "Datatype"),
    ],
)
def test_a_confidence_is_a_decimal_from_0_to_1_with_two_places(value: str, component: str, valid: list[Quad]) -> None:
    draft = Draft(valid)
    draft.remove(ex("claim"), NamedNode(vocab.CG_CONFIDENCE))
    found = by_both([*draft.quads(), *triples(f"ex:claim cg:confidence {value} .")])
    assert (f"<{EX}claim>", f"<{vocab.CG_CONFIDENCE}>", component) in keys(found)


@pytest.mark.parametrize("value", ["0.0", "1.0", "0.5", "0.95"])
def test_a_good_confidence_is_let_through(value: str, valid: list[Quad]) -> None:
    draft = Draft(valid)
    draft.remove(ex("claim"), NamedNode(vocab.CG_CONFIDENCE))
    assert by_both([*draft.quads(), *triples(f"ex:claim cg:confidence {value} .")]) == []


def test_dates_in_the_wrong_order_are_a_warning(valid: list[Quad]) -> None:
    quads, _ = seeded("lessThanOrEquals", valid)
    assert {finding.severity for finding in by_both(quads)} == {Severity.WARNING}
    assert validation.validate(quads).violations == ()


RULES = {
    "ClaimStands": "ex:page { ex:claim rdf:object ex:network }",
    "OnePosition": "ex:second-authorship soa:position 1 .",
    "QuoteLength": "ex:page { ex:words oa:exact 'TinyNet²' }",
    "Counted": "ex:graph void:entities 3 .",
}


def test_rules_are_all_seeded() -> None:
    assert {rule.name for rule in rules.RULES} == set(RULES)


@pytest.mark.parametrize("name", RULES)
def test_rules_find_what_shapes_cannot_say(name: str, valid: list[Quad]) -> None:
    found = rules.check(store_of([*valid, *triples(RULES[name])]))
    assert name in {finding.component for finding in found}


@pytest.mark.parametrize("change", ["ex:new a schema:Dataset .", "ex:paper dcterms:title 'Another' .", "ex:paper ex:unknown 1 ."])
def test_a_description_that_no_longer_counts_right_is_a_warning(change: str, valid: list[Quad]) -> None:
    found = rules.check(store_of([*valid, *triples(change)]))
    assert (f"<{EX}graph>", f"<{vocab.VOID_TRIPLES}>", "Counted") in keys(found)
    assert {finding.severity for finding in found} == {Severity.WARNING}


def test_what_no_shape_looks_at_is_told(valid: list[Quad]) -> None:
    more = triples("ex:one a schema:ScholarlyArtcle ; rdfs:label 'x' . ex:other dcterms:title 'y' .")
    found = list(validation.iter_unchecked(store_of([*valid, *more])))
    assert [(f.focus, f.component, f.severity) for f in found] == [
        ("<https://schema.org/ScholarlyArtcle>", "UnknownClass", Severity.WARNING),
        (f"<{EX}other>", "UntypedNode", Severity.WARNING),
    ]


def test_the_size_of_a_graph_chooses_the_engine(valid: list[Quad], monkeypatch: pytest.MonkeyPatch) -> None:
    assert validation.validate(valid).engine is validation.Engine.PYSHACL
    monkeypatch.setattr(validation, "SMALL", len(valid) - 1)
    assert validation.validate(valid).engine is validation.Engine.SPARQL
    assert validation.validate(valid, validation.Engine.PYSHACL).engine is validation.Engine.PYSHACL


def test_a_build_with_a_violation_is_refused_with_what_it_is(valid: list[Quad]) -> None:
    validation.check_built(valid, Path("out"))
    spoiled = [*valid, *triples("ex:authorship soa:position 0 . ex:ada foaf:name ' ' .")]
    with pytest.raises(OutputError, match=r"defect of confgraph") as caught:
        validation.check_built(spoiled, Path("out"))
    assert f"<{EX}authorship> soa:position too many values" in str(caught.value)


# The file of the shapes


def test_every_shape_says_what_must_hold_and_what_to_do() -> None:
    said = {str(message) for constraint in CONSTRAINTS for message in SHAPES.objects(constraint.shape, SH.message)}
    assert len(said) > 90
    assert [message for message in said if ": " not in message or not message.endswith(".")] == []
    assert [c for c in CONSTRAINTS if len([*SHAPES.objects(c.shape, SH.message)]) != 1] == []


def test_every_component_has_words_for_people() -> None:
    assert {constraint.component for constraint in CONSTRAINTS} | {rule.name for rule in rules.RULES} <= set(findings.SAYS)


def test_the_shapes_are_shapes_by_the_shapes_of_shacl() -> None:
    conforms, _, told = pyshacl.validate(rdflib.Graph(), shacl_graph=SHAPES, meta_shacl=True)
    assert conforms, told


def test_every_property_shape_is_used() -> None:
    used = set(SHAPES.objects(None, SH.property))
    assert set(SHAPES.subjects(RDF.type, SH.PropertyShape)) <= used


def test_the_shapes_name_only_terms_of_the_vocabulary() -> None:
    known = {value for name, value in vars(vocab).items() if name.isupper() and isinstance(value, str)}
    beyond = {vocab.OWL + "sameAs", vocab.SKOS + "closeMatch", vocab.OA_SPECIFIC_RESOURCE}  # of the vocabulary, but nothing states them yet
    named = {str(term) for triple in SHAPES for term in triple if isinstance(term, rdflib.URIRef)}
    spaces = tuple(set(vocab.PREFIXES.values()) - {vocab.XSD, vocab.RDF, vocab.RDFS, vocab.OWL})
    strange = {term for term in named - known - beyond if term.startswith(spaces)}
    assert strange <= {vocab.DCTERMS + "license", vocab.DCTERMS + "title", vocab.DCTERMS + "creator"}


SHAPE = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <https://example.org/id/> .
ex:Shape a sh:NodeShape ; sh:targetClass ex:Thing ; """


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("sh:property [ sh:path ex:p ; sh:qualifiedMinCount 1 ] .", "qualifiedMinCount"),
        ("sh:not [ sh:closed true ] .", "sh:not"),
        ("sh:property [ sh:path ex:p ; sh:or ( [ sh:minCount 1 ] ) ] .", "sh:minCount"),
        ("sh:property [ sh:path ex:p ; sh:datatype ex:d ] .", "datatype"),
        ("sh:property [ sh:path ex:p ; sh:nodeKind sh:BlankNode ] .", "kind of node"),
        ("sh:property [ sh:path [ sh:zeroOrMorePath ex:p ] ; sh:minCount 1 ] .", "path"),
        ("sh:property [ sh:minCount 1 ] .", "path"),
        ("sh:property [ sh:path ex:p ; sh:deactivated true ] .", "deactivated"),
        ("sh:property [ sh:path ex:p ; sh:property [ sh:path ex:q ; sh:minCount 1 ] ] .", "sh:property"),
        ("sh:property [ sh:path ex:p ; sh:minCount 1 ; sh:severity sh:Info ] .", "severity"),
        ("sh:hasValue ex:one .", "sh:hasValue"),
        ("sh:nodeKind sh:IRI . ex:Other a sh:NodeShape ; sh:nodeKind sh:IRI .", "out of reach"),
        ("sh:nodeKind sh:IRI . ex:more sh:path ex:p ; sh:minCount 1 .", "out of reach"),
    ],
)
def test_a_constraint_that_is_not_known_is_refused(text: str, says: str) -> None:
    quads = list(pyoxigraph.parse(SHAPE + text, format=RdfFormat.TURTLE))
    with pytest.raises(ConfigError, match=says):
        shapes.compiled(quads, {})


def iter_ill_typed() -> Iterator[tuple[str, str, str]]:
    yield "ex:paper fabio:hasPublicationYear", '"24"^^xsd:gYear', "Pattern"
    yield "ex:conference conf:startDate", '"2031-02-30T00:00:00"^^xsd:dateTime', "Datatype"
    yield "ex:conference conf:startDate", '"2031-05-02"^^xsd:dateTime', "Pattern"
    yield "ex:paper cg:furtherAuthors", '"yes"^^xsd:boolean', "Datatype"
    yield "ex:result mls:hasValue", '"1e3"^^xsd:decimal', "Pattern"
    yield "ex:words oa:end", '"18.0"^^xsd:integer', "Datatype"


@pytest.mark.parametrize(("place", "value", "component"), list(iter_ill_typed()))
def test_both_engines_refuse_a_literal_that_its_datatype_does_not_know(place: str, value: str, component: str, valid: list[Quad]) -> None:
    store = store_of([*valid, *triples(f"{place} {value} .")])
    path = triples(f"{place} {value} .")[0].predicate
    for engine in validation.Engine:
        found = validation.validate(store, engine).findings
        assert component in {f.component for f in found if f.path == str(path) and f.value.startswith(value.partition("^^")[0])}


def test_pyshacl_tells_nothing_to_the_terminal(valid: list[Quad], capfd: pytest.CaptureFixture[str]) -> None:
    found = shacl.check(
        [*valid, *triples('ex:paper cg:furtherAuthors "yes"^^xsd:boolean . ex:paper fabio:hasPublicationYear "x"^^xsd:gYear .')]
    )
    assert len(found) >= 2
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("date", ['"soon"^^xsd:dateTime', "_:someday"])
def test_where_pyshacl_gives_up_sparql_goes_on(date: str, valid: list[Quad]) -> None:
    quads = [*valid, *triples(f"ex:conference conf:startDate {date} .")]
    with pytest.raises(shacl.GaveUpError):
        shacl.check(quads)
    report = validation.validate(quads)
    assert report.engine is validation.Engine.SPARQL
    assert (f"<{EX}conference>", f"<{vocab.CONF_START_DATE}>", "Datatype") in keys(report.violations)
