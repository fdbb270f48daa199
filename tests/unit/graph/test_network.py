"""The networkx view: what is a node, what is folded away, and where the quotes go."""

from __future__ import annotations

import io

import networkx as nx
import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from confgraph import vocab
from confgraph.graph.network import Quote, flatten, to_network

BASE = "https://example.org/id/"
PAGE = f"{BASE}page/one"
QUOTE = Quote("one.txt", 3, 7, "an ", "Adam", " run", 0.9, "ab12")


def iri(name: str) -> NamedNode:
    return NamedNode(name if name.startswith("http") else BASE + name)


def quad(subject: str, prop: str, value: str | Literal, graph: str | None = None) -> Quad:
    target = iri(value) if isinstance(value, str) else value
    return Quad(iri(subject), NamedNode(prop), target, NamedNode(graph) if graph else DefaultGraph())


def thing(name: str, kind: str, label: str) -> list[Quad]:
    return [quad(name, vocab.RDF_TYPE, kind), quad(name, vocab.RDFS_LABEL, Literal(label))]


def mention(name: str, body: str, quote: Quote = QUOTE) -> list[Quad]:
    target, selector = f"{name}/target", f"{name}/selector"
    return [
        quad(PAGE, vocab.RDF_TYPE, vocab.SCHEMA_WEB_PAGE),
        quad(PAGE, vocab.SCHEMA_NAME, Literal(quote.page)),
        quad(PAGE, vocab.SCHEMA_SHA256, Literal(quote.sha256)),
        quad(name, vocab.RDF_TYPE, vocab.OA_ANNOTATION, PAGE),
        quad(name, vocab.OA_HAS_BODY, body, PAGE),
        quad(name, vocab.OA_HAS_TARGET, target, PAGE),
        quad(name, vocab.CG_CONFIDENCE, Literal(str(quote.confidence), datatype=NamedNode(vocab.XSD_DECIMAL)), PAGE),
        quad(target, vocab.OA_HAS_SOURCE, PAGE, PAGE),
        quad(target, vocab.OA_HAS_SELECTOR, selector, PAGE),
        quad(selector, vocab.OA_START, Literal(quote.start), PAGE),
        quad(selector, vocab.OA_END, Literal(quote.end), PAGE),
        quad(selector, vocab.OA_PREFIX, Literal(quote.prefix), PAGE),
        quad(selector, vocab.OA_EXACT, Literal(quote.exact), PAGE),
        quad(selector, vocab.OA_SUFFIX, Literal(quote.suffix), PAGE),
    ]


def claim(name: str, subject: str, prop: str, value: str | Literal, mentioned: str) -> list[Quad]:
    return [
        quad(name, vocab.RDF_TYPE, vocab.RDF_STATEMENT, PAGE),
        quad(name, vocab.RDF_SUBJECT, subject, PAGE),
        quad(name, vocab.RDF_PREDICATE, prop, PAGE),
        quad(name, vocab.RDF_OBJECT, value, PAGE),
        quad(name, vocab.PROV_WAS_DERIVED_FROM, mentioned, PAGE),
    ]


PAPER = thing("paper/p", vocab.SCHEMA_SCHOLARLY_ARTICLE, "On optimisers")
METHOD = thing("method/adam", vocab.CG_METHOD, "Adam")
PERSON = thing("person/ada", vocab.FOAF_PERSON, "Ada Bauer")
USES = quad("paper/p", vocab.CG_USES_METHOD, "method/adam")


@pytest.mark.parametrize(
    ("classes", "kind"),
    [
        ((vocab.SCHEMA_SCHOLARLY_ARTICLE, vocab.FABIO_CONFERENCE_PAPER), "Paper"),
        ((vocab.FOAF_PERSON,), "Person"),
        ((vocab.ORG_ORGANIZATION,), "Organization"),
        ((vocab.CG_METHOD, vocab.SKOS_CONCEPT), "Method"),
        ((vocab.CG_METRIC,), "Metric"),
        ((vocab.SCHEMA_DATASET,), "Dataset"),
        ((vocab.SCHEMA_SOFTWARE_SOURCE_CODE,), "Software"),
        ((vocab.CONF_TUTORIAL, vocab.SCHEMA_EVENT), "Tutorial"),
        ((vocab.SCHEMA_MEETING_ROOM,), "Room"),
        (("https://example.org/PosterBoard",), "Poster board"),
    ],
)
def test_kind_follows_from_the_classes(classes: tuple[str, ...], kind: str) -> None:
    quads = [quad("x", vocab.RDF_TYPE, c) for c in classes]
    assert dict(to_network(quads).nodes(data="kind")) == {f"{BASE}x": kind}


def test_links_carry_their_property() -> None:
    network = to_network([*PAPER, *METHOD, USES])
    assert list(network.edges(data=True)) == [
        (f"{BASE}paper/p", f"{BASE}method/adam", {"iri": vocab.CG_USES_METHOD, "property": "uses method", "quotes": ()}),
    ]


def test_literals_are_facts_but_names_and_aliases_are_not() -> None:
    quads = [
        *PAPER,
        quad("paper/p", vocab.DCTERMS_TITLE, Literal("On optimisers")),
        quad("paper/p", vocab.FABIO_HAS_PUBLICATION_YEAR, Literal("2023", datatype=NamedNode(vocab.XSD_G_YEAR))),
        quad("paper/p", vocab.SKOS_ALT_LABEL, Literal("Optimisers")),
        quad("paper/p", vocab.CG_RECOVERED_TITLE, Literal("On optimisers")),
    ]
    node = to_network(quads).nodes[f"{BASE}paper/p"]
    assert node["label"] == "On optimisers"
    assert node["aliases"] == ("Optimisers",)
    assert node["facts"] == (("has publication year", "2023"), ("recovered title", "On optimisers"))


def test_what_is_no_node_is_a_fact_under_its_name() -> None:
    page = thing(PAGE, vocab.SCHEMA_WEB_PAGE, "one.txt")
    quads = [*PAPER, *page, quad("paper/p", vocab.CG_TITLE_RECOVERED_FROM, PAGE)]
    network = to_network(quads)
    assert list(network) == [f"{BASE}paper/p"]
    assert ("title recovered from", "one.txt") in network.nodes[f"{BASE}paper/p"]["facts"]


def test_an_authorship_becomes_one_link_with_position_and_quotes() -> None:
    authorship = [
        quad("authorship/a", vocab.RDF_TYPE, vocab.SOA_AUTHORSHIP),
        quad("paper/p", vocab.SOA_HAS_AUTHORSHIP, "authorship/a"),
        quad("paper/p", vocab.DCTERMS_CREATOR, "person/ada"),
        quad("authorship/a", vocab.SOA_HAS_AUTHOR, "person/ada"),
        quad("authorship/a", vocab.SOA_POSITION, Literal(2)),
        quad("authorship/a", vocab.SOA_RAW_AFFILIATION, Literal("Example University")),
        *thing("organization/u", vocab.ORG_ORGANIZATION, "Example University"),
        quad("authorship/a", vocab.SOA_HAS_ORGANIZATION, "organization/u"),
        *mention("m", "person/ada"),
        *claim("s", "authorship/a", vocab.SOA_HAS_AUTHOR, "person/ada", "m"),
    ]
    network = to_network([*PAPER, *PERSON, *authorship])
    link = network.edges[f"{BASE}paper/p", f"{BASE}person/ada", vocab.DCTERMS_CREATOR]
    assert (link["position"], link["affiliation"], link["quotes"]) == (2, "Example University", (QUOTE,))
    assert network.has_edge(f"{BASE}person/ada", f"{BASE}organization/u", vocab.SOA_HAS_ORGANIZATION)
    assert network.number_of_edges() == 2
    assert network.number_of_nodes() == 3


def test_mentions_quote_their_node_and_claims_their_link() -> None:
    other = Quote("one.txt", 40, 44, "with ", "Adam", ".", 0.5, "ab12")
    quads = [
        *PAPER,
        *METHOD,
        USES,
        *mention("m1", "method/adam"),
        *mention("m2", "method/adam", other),
        *claim("s", "paper/p", vocab.CG_USES_METHOD, "method/adam", "m2"),
    ]
    network = to_network(quads)
    assert network.nodes[f"{BASE}method/adam"]["quotes"] == (QUOTE, other)
    assert network.edges[f"{BASE}paper/p", f"{BASE}method/adam", vocab.CG_USES_METHOD]["quotes"] == (other,)
    assert network.nodes[f"{BASE}paper/p"]["quotes"] == ()


def test_a_claim_about_a_literal_quotes_its_subject() -> None:
    title = Literal("On optimisers")
    quads = [
        *PAPER,
        quad("paper/p", vocab.DCTERMS_TITLE, title),
        *mention("m", "other"),
        *claim("s", "paper/p", vocab.DCTERMS_TITLE, title, "m"),
    ]
    assert to_network(quads).nodes[f"{BASE}paper/p"]["quotes"] == (QUOTE,)


def test_one_place_is_quoted_once_with_its_surest_reading() -> None:
    doubtful = Quote(QUOTE.page, QUOTE.start, QUOTE.end, QUOTE.prefix, QUOTE.exact, QUOTE.suffix, 0.2, QUOTE.sha256)
    network = to_network([*METHOD, *mention("m1", "method/adam", doubtful), *mention("m2", "method/adam")])
    assert network.nodes[f"{BASE}method/adam"]["quotes"] == (QUOTE,)


def test_a_result_is_a_fact_of_all_it_names() -> None:
    quads = [
        *PAPER,
        *METHOD,
        *thing("metric/acc", vocab.CG_METRIC, "accuracy"),
        *thing("dataset/in", vocab.SCHEMA_DATASET, "ImageNet"),
        quad("paper/p", vocab.CG_REPORTS_RESULT, "result/r"),
        quad("result/r", vocab.RDF_TYPE, vocab.MLS_MODEL_EVALUATION),
        quad("result/r", vocab.MLS_SPECIFIED_BY, "metric/acc"),
        quad("result/r", vocab.MLS_HAS_VALUE, Literal("79.2", datatype=NamedNode(vocab.XSD_DECIMAL))),
        quad("result/r", vocab.CG_UNIT, Literal("%")),
        quad("result/r", vocab.CG_ON_DATASET, "dataset/in"),
        quad("result/r", vocab.CG_OF_METHOD, "method/adam"),
    ]
    network = to_network(quads)
    named = ("paper/p", "metric/acc", "dataset/in", "method/adam")
    assert set(network) == {BASE + name for name in named}
    for name in named:
        assert ("result", "accuracy 79.2 % on ImageNet (Adam)") in network.nodes[BASE + name]["facts"]


def test_a_general_link_yields_to_a_special_one() -> None:
    two = [*METHOD, *thing("method/sgd", vocab.CG_METHOD, "SGD"), quad("method/adam", vocab.SKOS_BROADER, "method/sgd")]
    assert [key for _, _, key in to_network(two).edges(keys=True)] == [vocab.SKOS_BROADER]
    special = quad("method/adam", vocab.CG_SUB_CLASS_OF, "method/sgd")
    assert [key for _, _, key in to_network([*two, special]).edges(keys=True)] == [vocab.CG_SUB_CLASS_OF]


def test_old_iris_and_the_header_are_no_nodes() -> None:
    quads = [
        *METHOD,
        quad("method/old", vocab.DCTERMS_IS_REPLACED_BY, "method/adam"),
        quad("graph", vocab.RDF_TYPE, vocab.VOID_DATASET),
        quad("graph", vocab.RDFS_LABEL, Literal("the graph")),
    ]
    assert list(to_network(quads)) == [f"{BASE}method/adam"]


def test_the_order_of_the_quads_does_not_matter() -> None:
    quads = [
        *PAPER,
        *METHOD,
        *PERSON,
        USES,
        *mention("m1", "method/adam"),
        *claim("s", "paper/p", vocab.CG_USES_METHOD, "method/adam", "m1"),
    ]
    expected = nx.node_link_data(to_network(quads))
    for turn in range(0, len(quads), 3):
        assert nx.node_link_data(to_network([*quads[turn:], *quads[:turn]][::-1])) == expected


def test_no_quads_make_an_empty_network() -> None:
    assert to_network([]).number_of_nodes() == 0


def test_flattened_networks_survive_graphml_and_gexf() -> None:
    plain = flatten(to_network([*PAPER, *METHOD, USES, *mention("m", "method/adam")]))
    buffer = io.BytesIO()
    nx.write_graphml(plain, buffer)
    again = nx.read_graphml(io.BytesIO(buffer.getvalue()), force_multigraph=True)
    assert again.nodes[f"{BASE}method/adam"]["quotes"] == "one.txt [3:7] Adam"
    assert again.number_of_edges() == 1
    nx.write_gexf(plain, io.BytesIO())
