"""Answers from a read-only store, and what it refuses."""

import json
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Quad, Store

from confgraph.errors import OutputError, QueryError, UsageError
from confgraph.graph import store as stores
from confgraph.graph.guard import iter_tokens

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture(scope="module")
def store(small_out: Path) -> Store:
    return stores.open_store(small_out)


def test_the_default_graph_is_the_knowledge(store: Store) -> None:
    (knowledge,) = stores.run(store, COUNT).rows()
    (evidence,) = stores.run(store, "SELECT (COUNT(*) AS ?n) { GRAPH ?page { ?s ?p ?o } }").rows()
    assert 0 < int(knowledge[0]) < int(evidence[0])
    assert int(knowledge[0]) + int(evidence[0]) == len(list(stores.iter_all(store)))


def test_the_store_keeps_every_quad_to_the_letter(store: Store, small_quads: list[Quad]) -> None:
    assert set(stores.iter_all(store)) == set(small_quads)


def test_rows_have_a_header_and_empty_places(store: Store) -> None:
    answer = stores.run(store, 'SELECT ?a ?b { VALUES (?a ?b) { ("x" UNDEF) (<https://example.org/> "y"@en) } }')
    assert answer.header == ("a", "b")
    assert list(answer.rows()) == [("x", ""), ("https://example.org/", "y")]


def test_the_prefixes_of_the_graph_are_known(store: Store) -> None:
    assert list(stores.run(store, "SELECT ?n { ?m a cg:Method ; cg:compareWith/rdfs:label ?n }").rows()) == [("BigNet",)]
    own = "PREFIX cg: <https://example.org/> SELECT ?m { ?m a cg:Method }"
    assert list(stores.run(store, own).rows()) == []


def test_truth_and_triples_have_rows_too(store: Store) -> None:
    truth = stores.run(store, "ASK { ?s ?p ?o }")
    assert (truth.header, list(truth.rows())) == (("answer",), [("true",)])
    triples = stores.run(store, "CONSTRUCT { <https://example.org/> <https://example.org/p> 1 } { }")
    assert triples.header == ("subject", "predicate", "object")
    assert list(triples.rows()) == [("https://example.org/", "https://example.org/p", "1")]


def test_formats(store: Store) -> None:
    query = 'SELECT ?a { VALUES ?a { "x,y" } }'
    assert stores.run(store, query).serialize("csv") == b'a\r\n"x,y"\r\n'
    assert stores.run(store, query).serialize("tsv") == b'?a\n"x,y"\n'
    assert json.loads(stores.run(store, query).serialize("json"))["results"]["bindings"] == [{"a": {"type": "literal", "value": "x,y"}}]
    assert b"<literal>x,y</literal>" in stores.run(store, query).serialize("xml")
    graph = "CONSTRUCT { ?s a ?c } { ?s a ?c }"
    assert stores.run(store, graph).serialize("ttl").startswith(b"@prefix cg:")
    assert stores.run(store, graph).serialize("ttl") == stores.run(store, graph).serialize("ttl")


@pytest.mark.parametrize(("query", "format_name"), [(COUNT, "ttl"), ("ASK {}", "csv"), ("CONSTRUCT WHERE { ?s ?p ?o }", "json")])
def test_a_format_that_cannot_hold_the_answer_is_wrong_usage(store: Store, query: str, format_name: str) -> None:
    with pytest.raises(UsageError, match="choose one of"):
        stores.run(store, query).serialize(format_name)


def test_a_wrong_query_says_where(store: Store) -> None:
    with pytest.raises(QueryError, match="line 2, column") as caught:
        stores.run(store, "SELECT ?s\nWHERE ?s ?p ?o }")
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("SELECT * { ?s nothere:x ?o }", "this prefix is not declared"),
        ("SELECT * { ?s ?p ?o } LIMIT x", "expected one of HAVING, OFFSET, OPTIONAL, VALUES"),
        ("", "it cannot be read from here on"),
    ],
)
def test_a_wrong_query_says_why_in_one_line(store: Store, query: str, reason: str) -> None:
    with pytest.raises(QueryError) as caught:
        stores.run(store, query)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "'" not in str(caught.value)


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <https://example.org/> a 1 }",
        "PREFIX a: <https://example.org/> DELETE WHERE { ?s ?p ?o }",
        "# harmless\nLOAD <https://example.org/>",
        "clear all",
        "WITH <https://example.org/> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "SELECT * { SERVICE <https://example.org/sparql> { ?s ?p ?o } }",
        "SELECT * { service silent ?where { ?s ?p ?o } }",
        'SELECT * { ?s ?p "#" . SERVICE <https://example.org/sparql> { ?s ?p ?o } }',
        "SELECT * { ?s ?p '\\'' . SERVICE <https://example.org/#'> { ?s ?p ?o } }",
        'SELECT * { ?s ?p """a "quote" \\""" """ . SERVICE <https://example.org/#\'> { ?s ?p ?o } }',
        "SELECT * # no comment\r{ SERVICE <https://example.org/sparql> { ?s ?p ?o } }",
        "SELECT * { FILTER(?a<?b)SERVICE<https://example.org/>{ ?s ?p ?o } }",
        "PREFIX a: <https://example.org/> SELECT * { ?s a:it\\'s ?o . SERVICE a:there { ?s ?p ?o } # '\n}",
        "SELECT * FROM <https://example.org/> { ?s ?p ?o }",
        "SELECT * FROM NAMED <file:///etc/passwd> { GRAPH ?g { ?s ?p ?o } }",
        "PREFIX a: <https://example.org/> SELECT * FROM a:graph { ?s ?p ?o }",
        "BASE <https://example.org/> PREFIX a: <b/> SELECT * FROM NAMED a:c { ?s ?p ?o }",
        "BASE <https://example.org/> SELECT * FROM <graph> { ?s ?p ?o }",
        "BASE <https://example.org/> SELECT * FROM <//[no/> { ?s ?p ?o }",
        "SELECT * FROM cg:graph { ?s ?p ?o }",
    ],
)
def test_what_would_reach_out_or_change_is_refused(store: Store, query: str) -> None:
    with pytest.raises(QueryError) as caught:
        stores.run(store, query)
    assert any(word in str(caught.value) for word in ("read-only", "another endpoint", "there is no graph"))


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?s ?p "SERVICE <https://example.org/> {}" } # SERVICE',
        "SELECT ?service ?insert { ?service <https://example.org/LOAD> ?insert }",
        "PREFIX service: <https://example.org/> SELECT * { ?s service:SERVICE ?o ; service: ?x }",
        "SELECT * { ?s ?p 'it''s' . ?s ?p '''SERVICE\n''' }".replace("'it''s'", "'its'"),
        "SELECT * { ?s ?p 'x'@service }",
    ],
)
def test_words_that_only_look_like_it_are_not(store: Store, query: str) -> None:
    assert list(stores.run(store, query).rows()) == []


@given(st.text(st.sampled_from("\"'<>\\\n ?:{}.SERVICEa"), max_size=30))
def test_tokens_lose_nothing_but_white_space(query: str) -> None:
    """What no token held could name an endpoint unseen."""
    kept = "".join(text for _, text in iter_tokens(query))
    assert "".join(kept.split()).upper() == "".join(query.split()).upper()


@given(st.text(st.sampled_from("\"'<>#\\\n ?:{}.a"), max_size=20))
def test_no_query_that_oxigraph_accepts_hides_a_service(before: str) -> None:
    query = f"SELECT * {{ {before} SERVICE <http://[::1]:1/> {{ }} }}"
    guarded = any(token == ("word", "SERVICE") for token in iter_tokens(query))
    try:
        Store().query(query)
    except SyntaxError:
        return
    except OSError:
        assert guarded
    else:
        assert guarded or "#" in before or "'" in before or '"' in before


def test_a_query_may_choose_the_graphs_of_the_store(store: Store) -> None:
    (page,) = stores.run(store, 'SELECT ?page { ?page <https://schema.org/name> "notes.txt" }').rows()
    (count,) = stores.run(store, COUNT.replace("{", f"FROM <{page[0]}> {{")).rows()
    (same,) = stores.run(store, COUNT, default_graphs=page).rows()
    assert count == same
    assert list(stores.run(store, COUNT, default_graphs=[*page, *page]).rows()) == [count]
    start, _, local = page[0].rpartition("page/")
    for name in (f"p:{local}", f"<page/{local}>"):
        (short,) = stores.run(store, f"BASE <{start}> PREFIX p: <page/> {COUNT.replace('{', f'FROM {name} {{')}").rows()
        assert short == count
    assert int(count[0]) > 100
    assert list(stores.run(store, "SELECT ?g { GRAPH ?g { ?s ?p ?o } }", default_graphs=page).rows()) == []
    (named,) = stores.run(store, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", named_graphs=page).rows()
    assert named == page
    assert list(stores.run(store, COUNT, default_graphs=["https://example.org/none"]).rows()) == [("0",)]
    with pytest.raises(QueryError, match="there is no graph"):
        stores.run(store, COUNT.replace("{", "FROM <https://example.org/none> {"))
    with pytest.raises(QueryError, match="no absolute IRI"):
        stores.run(store, COUNT, named_graphs=["no iri"])


def test_the_store_cannot_be_changed(store: Store) -> None:
    with pytest.raises(RuntimeError, match="read-write instances"):
        store.clear()


def test_statistics(store: Store) -> None:
    found = stores.statistics(store)
    assert found["class"]["foaf:Person"] == 3
    assert found["class"]["conf:Talk"] == 2
    assert found["property"]["cg:introduces"] == 1
    assert set(found["claims by page"]) == {"notes.txt", "orals.txt"}
    assert found["evidence"]["triples"] == sum(found["property"].values())
    assert 0 < found["evidence"]["statements with evidence"] < found["evidence"]["triples"]
    for counts in found.values():
        assert list(counts.values()) == sorted(counts.values(), reverse=True) or "triples" in counts


def test_what_holds_no_store_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="holds no graph"):
        stores.open_store(tmp_path)
    with pytest.raises(OutputError, match="holds no graph"):
        stores.open_store(tmp_path / "none")
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_store_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "CURRENT").write_text("nonsense")
    with pytest.raises(OutputError, match="cannot be opened"):
        stores.open_store(tmp_path)


def test_a_store_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("a file stands here")
    with pytest.raises(OutputError, match="cannot be written"):
        stores.write_store(tmp_path / "store", [])
