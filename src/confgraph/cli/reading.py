"""The commands that read the graph of a build: ask, export, check, count, explain, review."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Annotated

import typer

from confgraph.cli.arguments import Out, OutputFile, any_path, file_there, graph_there
from confgraph.cli.console import Status, print_json, print_table
from confgraph.errors import SourceError, UsageError


def query(
    out: Out,
    text: Annotated[str | None, typer.Argument(metavar="SPARQL", help="A SPARQL 1.1 query; the graph's own prefixes are known.")] = None,
    file: Annotated[
        Path | None, typer.Option("--file", "-f", metavar="FILE", parser=file_there, help="Read the query from FILE (-: standard input).")
    ] = None,
    name: Annotated[str | None, typer.Option("--name", "-n", metavar="NAME", help="Ask a question that comes with confgraph.")] = None,
    values: Annotated[
        list[str] | None, typer.Option("--set", "-s", metavar="PARAMETER=VALUE", help="Set a parameter of the question.")
    ] = None,
    list_: Annotated[bool, typer.Option("--list", "-l", help="List the questions that come with confgraph.")] = False,
    format: Annotated[str, typer.Option("--format", metavar="FORMAT", help="table, json, csv, tsv, xml; ttl, nt for graphs.")] = "table",
) -> None:
    """Ask a SPARQL query and print the answer."""
    from confgraph.graph import questions, store

    given = sum(given is not None for given in (text, file, name))
    if list_:
        if given or values or format != "table":
            raise UsageError("query", "--list asks nothing", "leave it out to ask, or give it alone")
        rows = ((q.name, q.title, q.settings) for q in questions.catalogue().values())
        print_table(("name", "question", "parameters"), rows, whole=("name",))
        return
    if given != 1:
        raise UsageError("query", "give exactly one of a query, --file and --name", "see confgraph query --help")
    if values and name is None:
        raise UsageError("query", "--set goes with --name", "write the value into the query")
    asked = questions.question(name, _parameters(values or [])) if name else _read_query(file) if file else text or ""
    answer = store.run(store.open_store(out), asked)
    if format == "table":
        print_table(answer.header, ([store.compact(value) for value in row] for row in answer.rows()))
    else:
        sys.stdout.buffer.write(answer.serialize(format).rstrip(b"\n") + b"\n")


def _parameters(settings: Sequence[str]) -> dict[str, str]:
    for setting in settings:
        if "=" not in setting:
            raise UsageError("query", f"--set {setting!r} sets nothing", "write --set PARAMETER=VALUE")
    return {name: value for name, _, value in (setting.partition("=") for setting in settings)}


def _read_query(file: Path) -> str:
    try:
        return (sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()).decode("utf-8")
    except OSError as error:
        raise SourceError(str(file), f"cannot be read ({error.strerror})", "check its permissions") from error
    except UnicodeDecodeError as error:
        raise SourceError(str(file), f"is not UTF-8 (byte {error.start + 1})", "give a file with one SPARQL query") from error


def export(
    out: Out,
    format: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="turtle, ntriples, jsonld, rdfxml; trig, nquads with evidence.")
    ],
    output: OutputFile = None,
) -> None:
    """Write the graph in another format."""
    from confgraph.export import rdf
    from confgraph.graph import store

    quads = store.iter_all(store.open_store(out))
    if output is None:
        rdf.write(sys.stdout.buffer, quads, format)
    else:
        rdf.write_file(output, quads, format)


def validate(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", parser=graph_there, help="A folder that `confgraph build` wrote, or a file of RDF, anyone's.")
    ],
    format: Annotated[str, typer.Option("--format", metavar="FORMAT", help="table, json.")] = "table",
    engine: Annotated[
        str | None, typer.Option("--engine", metavar="NAME", help="pyshacl or sparql; else the size of the graph chooses.")
    ] = None,
) -> None:
    """Check a graph against the shapes: exit 1 where it violates one; where pages disagree, only say so."""
    from confgraph.validate import validate as run

    _check_format("validate", format, ("table", "json"))
    found = run(path, engine)
    if format == "json":
        print_json(found.to_row())
    else:
        for header, rows in found.iter_tables():
            print_table(header, rows)
    if not found.conforms:
        raise typer.Exit(Status.FAILED)


def _check_format(command: str, given: str, known: Sequence[str]) -> None:
    if given not in known:
        raise UsageError(command, f"there is no format {given!r}", f"choose one of: {', '.join(known)}")


def stats(
    out: Out,
    json_: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Tell what a graph holds."""
    from confgraph.graph import store

    statistics = store.statistics(store.open_store(out))
    if json_:
        print_json(statistics)
        return
    for title, counts in statistics.items():
        print_table((title, "count"), [(name, f"{count:,}") for name, count in counts.items()])


def explain(
    out: Out,
    iri: Annotated[str, typer.Argument(metavar="IRI", help="An entity's IRI, also one that was merged; method:x is short for one.")],
    format: Annotated[str, typer.Option("--format", metavar="FORMAT", help="text, json.")] = "text",
) -> None:
    """Show why an entity is one: its members, what was judged of them, and on what words."""
    _check_format("explain", format, ("text", "json"))
    if not iri.strip():
        raise UsageError("explain", "the IRI is empty", "give one as queries and graph.html show it")
    from confgraph.records import to_row
    from confgraph.review.built import Built
    from confgraph.review.explain import explain as run

    explanation = run(Built(out), iri)
    if format == "json":
        print_json(to_row(explanation))
    else:
        print("\n".join(explanation.iter_lines()))


def review(
    out: Out,
    decisions: Annotated[
        Path, typer.Option("--decisions", metavar="FILE", parser=any_path, help="The file that decisions are added to.")
    ] = Path("decisions.jsonl"),
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help="Only pairs of this kind, such as person.")] = None,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides, to be noted with each decision.")] = "",
) -> None:
    """Decide uncertain pairs: y for one thing, n for two, s to skip, q to quit; the next build obeys."""
    from confgraph.review.walk import walk

    decided = walk(out, decisions, ask=_ask, tell=_tell_pair, kind=kind, by=by)
    if not decided:
        print("Nothing was decided.")
        return
    again = f"confgraph build SOURCE... -o {shlex.quote(str(out))} --decisions {shlex.quote(str(decisions))}"
    print(f"Decided {decided}; they stand in {decisions}. Build again to obey them: {again}")


def _ask(question: str) -> str | None:
    """Ask on standard error and read a line of standard input; None at its end."""
    print(question, end=" ", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    return line.strip().casefold() if line else None


def _tell_pair(title: str, sides: Sequence[Sequence[str]], reasons: Sequence[str]) -> None:
    """Show two members side by side, and the reasons below."""
    print(title)
    print_table(("A", "B"), zip_longest(*sides, fillvalue=""))
    print("\n".join((*reasons, "")))
