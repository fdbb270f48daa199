"""What reaches beyond the store is refused in every disguise, and what only looks like it is answered.

The tricks that must be refused were tried against the library: it reads most of them as calls, though a reader would not.
"""

from __future__ import annotations

import itertools
import random
import socket
import threading
from collections.abc import Iterator

import pyoxigraph
import pytest

from confgraph.errors import QueryError
from confgraph.graph.guard import check_read_only, check_update

U = "<http://example.org/sparql>"
PREFIXES = "PREFIX ex: <http://example.org/> PREFIX : <http://example.org/> PREFIX SERVICEex: <http://example.org/> "

CALLS = [
    f"SELECT * {{ SERVICE {U} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ service {U} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ SeRvIcE {U} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ SERVICE SILENT {U} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ SERVICESILENT{U}{{ ?s ?p ?o }} }}",
    f"SELECT * {{ SERVICE{U}{{ ?s ?p ?o }} }}",
    f"SELECT * {{ SERVICE#comment\n{U}#comment\n{{ ?s ?p ?o }} }}",
    f"SELECT * {{ #comment\rSERVICE {U} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ BIND({U} AS ?u) SERVICE ?u {{ ?s ?p ?o }} }}",
    f"SELECT * {{ \\u0053ERVICE {U} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ S\\u0045RVICE {U} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ \\U00000053ERVICE {U} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?a ?b 1SERVICE{U}{{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?a ?b 1e5SERVICE {U} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?a ?b 1.5e5SERVICE {U} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?a ?b trueSERVICE {U} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?a ?b 'x'SERVICE {U} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?a ?b 'x'@enSERVICE {U} {{ ?s ?p ?o }} . SERVICE {U} {{}} }}",
    f"SELECT * {{ ?a ?b ex:.SERVICE{U}{{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?a ?b ?c.SERVICE{U}{{ ?s ?p ?o }} }}",
    PREFIXES + "SELECT * { SERVICE:{ ?s ?p ?o } }",
    PREFIXES + "SELECT * { SERVICEex:{ ?s ?p ?o } }",
    PREFIXES + "SELECT * { SERVICE ex:x { ?s ?p ?o } }",
    PREFIXES + "SELECT * { ?a ?b 1SERVICEex:x{ ?s ?p ?o } }",
    PREFIXES + "SELECT * { ?a ?b 1 .SERVICEex:x { ?s ?p ?o } }",
    PREFIXES + "SELECT * { ?a ?b 1 .SERVICEex:x #\n { ?s ?p ?o } }",
    PREFIXES + "SELECT * { ?a ?b trueSERVICEex:x { ?s ?p ?o } }",
    f"SELECT * {{ ?a ?b ?c FILTER(?c<2#>'''\n) SERVICE {U} {{ ?s ?p ?o }} #'''\n}}",
    f"SELECT * {{ ?a ?b ?c FILTER(?c<?b#>'''\n) SERVICE {U} {{ ?s ?p ?o }} #'''\n}}",
    f'SELECT * {{ ?a ?b ?c FILTER(?c<=?b#>"""\n) SERVICE {U} {{ ?s ?p ?o }} #"""\n}}',
    f"SELECT * {{ VALUES ?x {{ '''a' }} SERVICE {U} {{ ?s ?p ?o }} }} #\\x'''",
    f"SELECT * {{ {{ SELECT * {{ SERVICE {U} {{ ?s ?p ?o }} }} }} }}",
    f"SELECT * {{ OPTIONAL {{ SERVICE {U} {{ ?s ?p ?o }} }} }}",
    f"SELECT * {{ ?a ?b ?c FILTER NOT EXISTS {{ SERVICE {U} {{ ?s ?p ?o }} }} }}",
    f"ASK {{ GRAPH ?g {{ SERVICE {U} {{ ?s ?p ?o }} }} }}",
    f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE {U} {{ ?s ?p ?o }} }}",
    f"DESCRIBE ?s {{ SERVICE {U} {{ ?s ?p ?o }} }}",
]  # fmt: skip
GRAPHS = [
    "ASK FROM <http://example.org/graph> {}",
    "ASK FROM <file:///etc/passwd> {}",
    "ASK FROM NAMED <file:///etc/passwd> {}",
    "ASKFROM<file:///etc/passwd>{}",
    "ASK FROMNAMED<file:///etc/passwd>{}",
    "ASK from named <file:///etc/passwd> {}",
    "ASK FROM #\n<file:///etc/passwd> {}",
    "BASE <file:///etc/> ASK FROM <passwd> {}",
    "BASE <file:///etc/> BASE <ssl/> ASK FROM <x> {}",
    "PREFIX e: <file:///etc/> ASK FROM e:passwd {}",
    "PREFIX e: <file:///etc/> ASK FROM NAMED e:pass\\-wd {}",
    "ASK FROM <file:///etc/p\\u0061sswd> {}",
    "ASK FROM <relative> {}",
    "DESCRIBE <http://a> FROM <file:///etc/passwd>",
    "CONSTRUCT FROM <file:///etc/passwd> WHERE { ?s ?p ?o }",
]
CHANGES = [f"{verb} {rest}" for verb, rest in {
    "INSERT": "DATA { <a> <b> 1 }", "DELETE": "WHERE { ?s ?p ?o }", "LOAD": U, "CLEAR": "ALL", "DROP": "ALL", "CREATE": f"GRAPH {U}",
    "ADD": f"DEFAULT TO {U}", "MOVE": f"DEFAULT TO {U}", "COPY": f"DEFAULT TO {U}", "WITH": f"{U} DELETE {{ }} WHERE {{ }}",
}.items()]  # fmt: skip
HARMLESS = [
    "SELECT ?service { ?service ?load ?from }",
    "SELECT $SERVICE { $SERVICE ?p ?o }",
    "SELECT * { ?s ?p 'SERVICE <http://example.org/> { }' }",
    'SELECT * { ?s ?p """\nSERVICE <http://example.org/> {\n}""" }',
    "SELECT * { ?s ?p '''it's a SERVICE <x> {}''' }",
    "SELECT * { ?s ?p 'say \\'SERVICE\\' {' }",
    "SELECT * { ?s ?p 'x' } # SERVICE <http://example.org/> { }",
    "# SERVICE <http://example.org/> {}\nSELECT * { ?s ?p ?o }",
    "SELECT * { ?s <http://example.org/SERVICE> ?o }",
    "SELECT * { ?s <http://example.org/x#SERVICE> ?o }",
    "SELECT * { ?s <http://example.org/x#label> 'customer service' }",
    "SELECT * { ?s <http://example.org/x#label> \"a service\" . ?s ?p 'from LOAD to DROP' }",
    PREFIXES + "SELECT * { ?s ex:SERVICE ?o }",
    PREFIXES + "SELECT * { ?s ex:service.load ?o }",
    PREFIXES + "SELECT * { ?s :SERVICE ?o }",
    "PREFIX service: <http://example.org/> SELECT * { ?s service:p service:o . ?a ?b ?c }",
    "PREFIX service: <http://example.org/> SELECT * { GRAPH service:g { ?s ?p ?o } }",
    "PREFIX load: <http://example.org/> SELECT * { ?s load:p ?o }",
    "SELECT * { _:service ?p ?o }",
    "SELECT * { ?s ?p 'Dienst'@service }",
    "SELECT * { ?s ?p ?o FILTER(?o < 5 && ?o > 1) }",
    "SELECT * { ?s ?p ?o FILTER(?o<5) } # service",
    "SELECT (COUNT(*) AS ?clear) { ?insert ?delete ?drop }",
    "SELECT * { VALUES ?copy { 'add' 'move' } }",
    "ASK FROM <http://example.org/here> {}",
    "ASK FROM NAMED <http://example.org/here> {}",
    "BASE <http://example.org/> ASK FROM <here> {}",
    "PREFIX e: <http://example.org/> ASK FROM e:here {}",
    "ASK FROM <http://example.org/h\\u0065re> {}",
    "SELECT * { ?s ?p ?o FILTER REGEX(?o, 'from <file:///etc/passwd>') }",
]  # fmt: skip


def test_there_are_tricks_enough() -> None:
    assert len(CALLS) + len(GRAPHS) + len(CHANGES) >= 60
    assert len(HARMLESS) >= 30


def is_here(name: str) -> bool:
    return name == "http://example.org/here"


@pytest.mark.parametrize("query", CALLS)
def test_a_call_of_another_endpoint_is_refused(query: str) -> None:
    with pytest.raises(QueryError, match="SERVICE would ask another endpoint"):
        check_read_only(query, is_here, {})
    with pytest.raises(QueryError, match="SERVICE would ask another endpoint"):
        check_update(f"INSERT {{ ?s ?p ?o }} WHERE {{ {query} }}", is_here, {})


@pytest.mark.parametrize("query", GRAPHS)
def test_a_graph_that_is_not_here_is_refused(query: str) -> None:
    with pytest.raises(QueryError, match="there is no graph"):
        check_read_only(query, is_here, {}, "http://example.org/sparql")


@pytest.mark.parametrize("query", CHANGES)
def test_a_change_is_refused(query: str) -> None:
    with pytest.raises(QueryError, match="read-only"):
        check_read_only(query, is_here, {})


@pytest.mark.parametrize("query", HARMLESS)
def test_what_only_looks_like_it_is_accepted(query: str) -> None:
    check_read_only(query, is_here, {})
    store = pyoxigraph.Store()
    store.query(query, base_iri="http://example.org/")  # the library can read it, so it is a query


@pytest.mark.parametrize(
    "update",
    [
        f"LOAD {U}",
        f"LOAD SILENT {U}",
        f"LOADSILENT{U}",
        f"CLEAR ALL;LOAD{U}",
        f"CLEAR ALL ; #\nload {U} INTO GRAPH {U}",
        "PREFIX ex: <http://example.org/>LOADex:x",
        "PREFIX ex: <http://example.org/> LOAD ex:x",
        f"\\u004cOAD {U}",
    ],
)
def test_an_update_that_fetches_is_refused(update: str) -> None:
    with pytest.raises(QueryError, match="LOAD would fetch"):
        check_update(update, is_here, {})


@pytest.mark.parametrize("clause", ["USING <file:///etc/passwd>", "USING NAMED <file:///etc/passwd>", "USINGNAMED<file:///etc/passwd>"])
def test_an_update_that_uses_a_graph_which_is_not_here_is_refused(clause: str) -> None:
    with pytest.raises(QueryError, match="there is no graph"):
        check_update(f"DELETE {{ ?s ?p ?o }} {clause} WHERE {{ ?s ?p ?o }}", is_here, {})


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <http://a> <http://b> 'LOAD <http://example.org/>' }",
        "DELETE { ?load ?p ?o } USING <http://example.org/here> WHERE { ?load ?p ?o }",
        "INSERT DATA { GRAPH <http://new> { <http://a> <http://b> 1 } } ; DELETE { ?s ?p ?o } USING <http://new> WHERE { ?s ?p ?o }",
        "PREFIX load: <http://example.org/> CLEAR SILENT GRAPH load:g",
    ],
)
def test_an_update_that_stays_here_is_accepted(update: str) -> None:
    check_update(update, is_here, {})


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[str, list[bytes]]]:
    """An address on loopback that notes who calls."""
    server = socket.create_server(("127.0.0.1", 0))
    called: list[bytes] = []

    def answer() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection:
                called.append(connection.recv(1000))
                connection.sendall(b"HTTP/1.1 500 no\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")

    thread = threading.Thread(target=answer)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}/", called
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join()


def test_whatever_the_guard_accepts_the_library_does_not_call(listener: tuple[str, list[bytes]]) -> None:
    """Pieces of queries in random order: those that the library can read and the guard accepts call nobody."""
    address, called = listener
    pieces = [
        *("SERVICE", "SILENT", "\\u0053ERVICE", f"<{address}>", "ex:", "ex:x", "SERVICEex:", ":", "<p>", "?", "?a ", "?b", "?a ?b ?c"),
        *("{", "}", "{ ?s ?p ?o }", "?a<2#>", " . ", ";", "1", "1e5", "true", "a", " ", "'x'", "@en", "\n", "#", ")", "(", "?c ?d "),
        *("'", "'''", '"""', "\\'", "\\x", "FILTER(?a<?b#>", "FILTER(2<3#>", "BIND(1 AS ?n)", "OPTIONAL", "VALUES ?v { ", "UNION"),
    ]
    calls = [
        *(f"SERVICE <{address}> {{ ?s ?p ?o }}", f"service<{address}>{{}}", f"SERVICE#\n<{address}>#\n{{}}", "SERVICE ex:x{ ?s ?p ?o }"),
        *("SERVICEex:x{}", "SERVICE:{ ?s ?p ?o }", "SERVICEex: {}", f"SERVICESILENT<{address}>{{ ?s ?p ?o }}", "trueSERVICE:x{}", ""),
    ]
    prologue = f"PREFIX ex: <{address}> PREFIX : <{address}> PREFIX SERVICEex: <{address}> PREFIX trueSERVICE: <{address}> "
    store = pyoxigraph.Store()
    store.update("INSERT DATA { <http://a> <http://b> 1 GRAPH <http://g> { <http://a> <http://b> 1 } }")
    draw = random.Random(1)  # noqa: S311  (seeded)
    ends = itertools.cycle(["}", "\n}", "} #'''\n}", "}}"])
    read = 0
    for _ in range(20_000):
        before, after = ("".join(draw.choices(pieces, k=draw.randint(0, 4))) for _ in range(2))
        query = f"{prologue}SELECT * {{ {before}{draw.choice(calls)}{after} {next(ends)}"
        try:
            check_read_only(query, is_here, {})
        except QueryError:
            continue
        try:
            list(store.query(query))
            read += 1
        except (SyntaxError, OSError, RuntimeError, ValueError):
            pass
        assert not called, query
    assert read > 100
