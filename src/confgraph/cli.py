"""The command line: arguments, printing, exit codes."""

from __future__ import annotations

import json
import os
import select
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from confgraph import __version__
from confgraph.errors import ConfgraphError, UsageError

app = typer.Typer(
    name="confgraph",
    help="Build knowledge graphs from conference pages: every triple points at the words it came from.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

link = typer.Typer(help="Tell what is one: people, institutions.", no_args_is_help=True)
app.add_typer(link, name="link")

_SHORTEST_TOKEN = 16
_WIDE = 160
"""The width of tables where the output is no terminal, in characters."""

Out = Annotated[Path, typer.Argument(metavar="OUT", help="A folder that `confgraph build` wrote.")]
ConfigFiles = Annotated[
    list[Path] | None, typer.Option("--config", "-c", metavar="FILE", help="A confgraph.toml; of several, each sets other options.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
OutputFile = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to FILE instead of standard output.")]


def main() -> None:
    """Run the command line: exit 0 for done, also where the reader of the output left early, 1 for failed, 2 for wrong usage."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that a build that is ended cleans up too
    if sys.stdout is None:  # closed by who started it
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  (open to the end)
    output = os.dup(sys.stdout.fileno())  # rich opens another file in its place where its reader leaves
    try:
        app()
    except ConfgraphError as error:
        _fail(str(error), error.exit_code)
    except KeyboardInterrupt:
        _fail("interrupted", 130)
    except SystemExit as done:  # typer and rich exit with 1 where a pipe breaks, whichever it is
        if not isinstance(done.__context__, BrokenPipeError):
            raise
        if not _reader_left(output):
            _fail("a process that confgraph had started has ended; run it again", 1)
        sys.exit(0)
    except OSError as error:  # standard output, or a file of the command line's own
        _fail(_unwritten(error), 1)
    except Exception as error:
        if os.environ.get("CONFGRAPH_DEBUG"):
            raise
        _fail(f"internal error: {type(error).__name__}: {error}; set CONFGRAPH_DEBUG=1 to see where, and report it", 1)
    finally:
        _flush()


def _reader_left(output: int) -> bool:
    """Tell whether what reads a file descriptor has closed it, as `head` does after its lines."""
    watch = select.poll()
    watch.register(output, 0)
    return bool(watch.poll(0))


def _flush() -> None:
    """Write what is left in the buffer, as Python does at exit, but without its complaint where nobody reads it."""
    try:
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            _fail(_unwritten(error), 1)


def _unwritten(error: OSError) -> str:
    return f"{error.filename or 'output'}: {error.strerror or error}; check that it can be read or written, and the space of the disk"


def _fail(message: str, code: int) -> None:
    print(f"confgraph: error: {' '.join(message.split())}", file=sys.stderr)
    sys.exit(code)


def _version(value: bool) -> None:
    if value:
        print(f"confgraph {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")] = False,
) -> None:
    """Build knowledge graphs from conference pages."""


@app.command()
def build(  # noqa: PLR0913, PLR0917  (what may be given on the command line)
    sources: Annotated[list[Path], typer.Argument(metavar="SOURCE...", help="Pages, or folders of pages.")],
    out: Annotated[Path, typer.Option("--output", "-o", metavar="OUT", help="The folder to write; replaced if confgraph wrote it.")],
    config: Annotated[
        list[Path] | None, typer.Option("--config", "-c", metavar="FILE", help="Options besides the sources' own confgraph.toml.")
    ] = None,
    decisions: Annotated[
        list[Path] | None,
        typer.Option("--decisions", metavar="FILE", help="What people decided, besides the sources' own decisions.jsonl."),
    ] = None,
    catalogue: Annotated[
        list[Path] | None,
        typer.Option("--catalogue", metavar="FILE", help="Papers (JSON Lines, OpenAlex, ...) that give titles and ids; may be repeated."),
    ] = None,
    ror: Annotated[
        Path | None, typer.Option("--ror", metavar="FILE", help="A dump of ROR in schema v2: affiliations are linked with it.")
    ] = None,
    base: Annotated[str | None, typer.Option("--base", metavar="IRI", help="The base of all instance IRIs.")] = None,
    workers: Annotated[int, typer.Option("--workers", "-w", min=1, metavar="N", help="How many processes extract.")] = 1,
    quiet: Quiet = False,
) -> None:
    """Build the graph of some pages."""
    from confgraph.pipeline import build as run

    files: dict[str, Sequence[Path]] = {"configs": config or (), "catalogues": catalogue or (), "decisions": decisions or ()}
    with _progress(quiet=quiet) as progress:
        built = run(sources, out, **files, ror=ror, base=base, workers=workers, progress=progress)
    if not quiet:
        _print_build(built)


@app.command()
def fetch(
    urls: Annotated[list[str], typer.Argument(metavar="URL...", help="Addresses of pages, http or https.")],
    out: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="The folder for the pages; what else stands there stays.")],
    delay: Annotated[float, typer.Option(min=0, metavar="SECONDS", help="The pause between two requests to one host.")] = 1.0,
    timeout: Annotated[float, typer.Option(min=0.1, metavar="SECONDS", help="How long one request may take in all.")] = 60.0,
    refresh: Annotated[bool, typer.Option("--refresh", help="Ask for pages anew, even where they have not changed.")] = False,
    offline: Annotated[bool, typer.Option("--offline", help="Ask nobody: take what was fetched before.")] = False,
    allow_private: Annotated[bool, typer.Option("--allow-private", help="Allow private, loopback and other local addresses.")] = False,
    quiet: Quiet = False,
) -> None:
    """Fetch pages into a folder, politely: exit 1 where one could not be fetched."""
    if refresh and offline:
        raise UsageError("fetch", "--refresh asks for pages, --offline asks nobody", "give one of them")
    from confgraph.fetch import Options
    from confgraph.fetch import fetch as run

    options = Options(delay, timeout, refresh=refresh, offline=offline, allow_private=allow_private)
    with _progress(quiet=quiet) as progress:
        fetched = run(urls, out, options, progress=progress)
    if not quiet and fetched.pages:
        rows = ((page.page.name, page.state, f"{page.size:,}", page.url) for page in fetched.pages)
        _print_table(("page", "state", "bytes", "address"), rows)
    for failure in fetched.failures:
        _note("not fetched: " + "".join(c if c.isprintable() else " " for c in str(failure)))  # a server's words may hold anything
    if fetched.failures:
        raise typer.Exit(1)


@app.command()
def query(
    out: Out,
    text: Annotated[str | None, typer.Argument(metavar="SPARQL", help="A SPARQL 1.1 query; the graph's own prefixes are known.")] = None,
    file: Annotated[Path | None, typer.Option("--file", "-f", metavar="FILE", help="Read the query from FILE (-: standard input).")] = None,
    name: Annotated[str | None, typer.Option("--name", "-n", metavar="NAME", help="Ask a question that comes with confgraph.")] = None,
    values: Annotated[
        list[str] | None, typer.Option("--set", "-s", metavar="PARAMETER=VALUE", help="Set a parameter of the question.")
    ] = None,
    list_: Annotated[bool, typer.Option("--list", "-l", help="List the questions that come with confgraph.")] = False,
    format: Annotated[str, typer.Option("--format", metavar="FORMAT", help="table, json, csv, tsv, xml; ttl, nt for graphs.")] = "table",
) -> None:
    """Ask a SPARQL query and print the answer."""
    from confgraph.graph import questions, store

    if list_:
        _print_table(("name", "question", "parameters"), ((q.name, q.title, q.settings) for q in questions.catalogue().values()))
        return
    if sum(given is not None for given in (text, file, name)) != 1:
        raise UsageError("query", "give exactly one of a query, --file and --name", "see confgraph query --help")
    if values and name is None:
        raise UsageError("query", "--set goes with --name", "write the value into the query")
    asked = questions.question(name, _parameters(values or [])) if name else _read_query(file) if file else text or ""
    answer = store.run(store.open_store(out), asked)
    if format == "table":
        _print_table(answer.header, ([store.compact(value) for value in row] for row in answer.rows()))
    else:
        sys.stdout.buffer.write(answer.serialize(format).rstrip(b"\n") + b"\n")


@app.command()
def serve(
    out: Out,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on.")] = 8000,
    timeout: Annotated[float, typer.Option(min=0.1, metavar="SECONDS", help="How long one answer may take.")] = 30.0,
    workers: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="How many processes answer at most; else two per core, at least 12.")
    ] = None,
    memory: Annotated[int, typer.Option(min=16, metavar="MB", help="How much memory one answer may take.")] = 512,
    updates: Annotated[bool, typer.Option("--updates", help="Allow updates to those who send the token.")] = False,
    token_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="With --updates: the file with the token; else CONFGRAPH_TOKEN holds it.")
    ] = None,
) -> None:
    """Answer SPARQL queries over HTTP at /sparql, and show the graph to people; read-only unless told otherwise."""
    from confgraph.serve.limits import Limits
    from confgraph.serve.server import run_server

    token = _read_token(token_file) if updates else ""
    if token_file and not updates:
        raise UsageError("serve", "--token-file goes with --updates", "give both")
    limits = Limits(timeout=timeout, memory=memory) if workers is None else Limits(timeout=timeout, memory=memory, workers=workers)
    told = "a page at" if not updates else "updates with the token, a page at"

    def ready(address: str) -> None:
        _note(f"SPARQL endpoint at {address}sparql, {told} {address} (stop with Ctrl-C)")

    run_server(out, host, port, limits=limits, token=token, ready=ready)


def _read_token(file: Path | None) -> str:
    """Read the token that allows updates, from a file or the environment."""
    token = (file.read_text(encoding="utf-8") if file else os.environ.get("CONFGRAPH_TOKEN", "")).strip()
    if len(token) < _SHORTEST_TOKEN or not token.isascii() or not token.isprintable():
        where = str(file) if file else "CONFGRAPH_TOKEN"
        what = f"holds no token of at least {_SHORTEST_TOKEN} printable ASCII characters"
        raise UsageError(where, what, "make one with: python -c 'import secrets; print(secrets.token_urlsafe())'")
    return token


@app.command()
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


@app.command()
def extract(
    file: Annotated[Path, typer.Argument(metavar="FILE", help='Lines {"id", "text"} of JSON (-: standard input).')],
    output: OutputFile = None,
    config: ConfigFiles = None,
) -> None:
    """Find concepts and relations in texts: a line of JSON in, a line of JSON out."""
    from confgraph.pipeline import extract_texts

    count = extract_texts(file, output, config or ())
    if output is not None:
        _note(f"wrote {output}: {count:,} {'text' if count == 1 else 'texts'}")


@link.command("people")
def link_people(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Papers as JSON Lines, plain or .gz (-: standard input).")],
    output: OutputFile = None,
) -> None:
    """Tell which authors of papers are one person: a line of JSON for each author of each paper, in order."""
    from confgraph import jsonl
    from confgraph.link.people import link_people as run
    from confgraph.link.rows import iter_papers
    from confgraph.records import to_row

    lines = (jsonl.line_of(to_row(found)) for found in run(list(iter_papers(file))))
    if output is None:
        sys.stdout.buffer.writelines(lines)
    else:
        with jsonl.written(output) as stream:
            stream.writelines(lines)


@link.command("institutions")
def link_institutions(
    ror: Annotated[Path | None, typer.Option("--ror", metavar="FILE", help="A dump of ROR in schema v2: JSON, .gz or .zip.")] = None,
) -> None:
    """Link affiliations, a line each on standard input, with the organisations that they name: a line of JSON each."""
    from confgraph import jsonl
    from confgraph.link.institutions import iter_links
    from confgraph.reference.organizations import opened

    with opened(ror) as index:
        for row in iter_links(sys.stdin.buffer, index):
            sys.stdout.buffer.write(jsonl.line_of(row))


@app.command()
def evaluate(
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD...", help="Gold sets of texts or of records.")],
    on: Annotated[
        str | None, typer.Option("--on", metavar="KIND", help="records or scier (texts); else found from the first line.")
    ] = None,
    against: Annotated[Path | None, typer.Option("--against", metavar="OUT", help="With records: the folder of the build.")] = None,
    output: OutputFile = None,
    config: ConfigFiles = None,
    quiet: Quiet = False,
) -> None:
    """Measure extraction against a gold set: precision, recall and F1, each with its 95 % interval."""
    from confgraph import evaluate as measure
    from confgraph import jsonl
    from confgraph.config import load_config

    options = load_config(config or ())
    with _progress(quiet=quiet) as progress:
        report = measure.evaluate(gold, on=on, against=against, options=options.extract, folder=options.folder, tell=progress)
    if output is not None:
        with jsonl.written(output) as stream:
            stream.write(json.dumps(report.to_row(), ensure_ascii=False, indent=1).encode() + b"\n")
    if not quiet:
        for header, rows in report.iter_tables():
            _print_table(header, rows)
        print(f"Intervals: 95 %, over {report.units} {report.resampled}")


@app.command()
def validate(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A folder that `confgraph build` wrote, or a file of RDF, anyone's.")],
    format: Annotated[str, typer.Option("--format", metavar="FORMAT", help="table, json.")] = "table",
    engine: Annotated[
        str | None, typer.Option("--engine", metavar="NAME", help="pyshacl or sparql; else the size of the graph chooses.")
    ] = None,
) -> None:
    """Check a graph against the shapes: exit 1 where it violates one; where pages disagree, only say so."""
    from confgraph.validate import validate as run

    if format not in ("table", "json"):
        raise UsageError("validate", f"there is no format {format!r}", "choose one of: table, json")
    found = run(path, engine)
    if format == "json":
        print(json.dumps(found.to_row(), ensure_ascii=False, indent=1))
    else:
        for header, rows in found.iter_tables():
            _print_table(header, rows)
    if not found.conforms:
        raise typer.Exit(1)


@app.command()
def stats(
    out: Out,
    json_: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Tell what a graph holds."""
    from confgraph.graph import store

    statistics = store.statistics(store.open_store(out))
    if json_:
        print(json.dumps(statistics, ensure_ascii=False, indent=1))
        return
    for title, counts in statistics.items():
        _print_table((title, "count"), [(name, f"{count:,}") for name, count in counts.items()])


@app.command()
def mcp(
    out: Out,
    http: Annotated[bool, typer.Option("--http", help="Serve over HTTP at /mcp instead of standard input and output.")] = False,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="The address to listen on with --http.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on with --http.")] = 8001,
    timeout: Annotated[float, typer.Option(min=0.1, metavar="SECONDS", help="How long one call may take.")] = 30.0,
) -> None:
    """Serve a graph to agents by the Model Context Protocol."""
    try:
        from confgraph.mcp import server
    except ModuleNotFoundError as error:
        raise UsageError("mcp", f"the package {error.name} is not installed", "pip install 'confgraph[mcp]'") from error
    server.run(out, host if http else None, port, timeout)


@app.command()
def explain(
    out: Out,
    iri: Annotated[str, typer.Argument(metavar="IRI", help="An entity's IRI, also one that was merged; method:x is short for one.")],
    format: Annotated[str, typer.Option("--format", metavar="FORMAT", help="text, json.")] = "text",
) -> None:
    """Show why an entity is one: its members, what was judged of them, and on what words."""
    if format not in ("text", "json"):
        raise UsageError("explain", f"{format!r} is no format", "choose text or json")
    from confgraph.records import to_row
    from confgraph.review.built import Built
    from confgraph.review.explain import explain as run

    explanation = run(Built(out), iri)
    if format == "json":
        print(json.dumps(to_row(explanation), ensure_ascii=False, indent=1))
    else:
        print("\n".join(explanation.iter_lines()))


@app.command()
def review(
    out: Out,
    decisions: Annotated[Path, typer.Option("--decisions", metavar="FILE", help="The file that decisions are added to.")] = Path(
        "decisions.jsonl"
    ),
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help="Only pairs of this kind, such as person.")] = None,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides, to be noted with each decision.")] = "",
) -> None:
    """Decide uncertain pairs: y for one thing, n for two, s to skip, q to quit; the next build obeys."""
    from confgraph.review.walk import walk

    decided = walk(out, decisions, ask=_ask, tell=_tell_pair, kind=kind, by=by)
    where = f"confgraph build SOURCE... -o {out} --decisions {decisions}"
    print(f"Decided {decided}; they stand in {decisions}. Build again to obey them: {where}" if decided else "Nothing was decided.")


def _ask(question: str) -> str | None:
    """Ask on standard error and read a line of standard input; None at its end."""
    print(question, end=" ", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    return line.strip().casefold() if line else None


def _tell_pair(title: str, sides: Sequence[Sequence[str]], reasons: Sequence[str]) -> None:
    """Show two members side by side, and the reasons below."""
    print(title)
    _print_table(("A", "B"), zip_longest(*sides, fillvalue=""))
    print("\n".join((*reasons, "")))


def _parameters(settings: Sequence[str]) -> dict[str, str]:
    for setting in settings:
        if "=" not in setting:
            raise UsageError("query", f"--set {setting!r} sets nothing", "write --set PARAMETER=VALUE")
    return {name: value for name, _, value in (setting.partition("=") for setting in settings)}


def _read_query(file: Path) -> str:
    try:
        return sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(str(file), f"cannot be read ({error.strerror})", "give a file with one SPARQL query") from error
    except UnicodeDecodeError as error:
        raise UsageError(str(file), f"is not UTF-8 (byte {error.start + 1})", "give a file with one SPARQL query") from error


def _print_build(built: Any) -> None:
    from confgraph.ingest import shares
    from confgraph.pipeline import count_kinds
    from confgraph.records import TextClass

    rows = []
    for reading in built.readings:
        classes = shares(reading.segments)
        rows.append((reading.page.name, reading.layout, str(len(reading.records)), *(_percent(classes[c]) for c in TextClass)))
    _print_table(("page", "layout", "records", *TextClass), rows)
    for reading in built.readings:
        for segment in reading.segments:
            if segment.text_class is TextClass.UNCLASSED:
                text = " ".join(reading.page.text[segment.start : segment.end].split())
                _note(f"{reading.page.name}: characters {segment.start} to {segment.end} could not be classed: {text[:60]!r}")
    merges = sum(len(entity.members) - 1 for entity in built.resolution.entities)
    counts = count_kinds(built.resolution.entities) | {"merges": merges, "triples": built.triples, "evidence triples": built.evidence}
    _print_table(("found", "count"), [(name, f"{count:,}") for name, count in counts.items()])
    for reference in built.references.each:
        _note(f"{reference.name}: {len(reference.links):,} records match one of its {reference.rows:,} rows")
        if reference.note:
            _note(f"{reference.name}: {reference.note}")
    for reject in built.rejects:
        _note(f"{reject.doc}: not used: {reject.reason}")
    if unused := sum(not built.resolution.by_member.keys() >= {ruling.left, ruling.right} for ruling in built.decisions.rulings):
        _note(f"{unused} of {len(built.decisions.rulings)} decisions are of names that these pages do not hold")
    print(f"Wrote {built.out}: open {built.out / 'graph.html'}, or run: confgraph serve {built.out}")


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %" if share else "-"


def _note(message: str) -> None:
    print(f"confgraph: {message}", file=sys.stderr)


def _print_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console = Console(highlight=False, markup=False, width=_WIDE)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in header:
        table.add_column(str(column), overflow="fold")
    for row in rows:
        table.add_row(*row)
    console.print(table)
    if not table.row_count:
        print("(nothing found)")
    print()


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Callable[[str, int, int], None] | None]:
    """Show a bar on a terminal and plain lines elsewhere."""
    if quiet:
        yield None
        return
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _plain_progress
        return
    with Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=console, transient=True) as bar:
        tasks: dict[str, Any] = {}

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield tell


def _plain_progress(stage: str, done: int, total: int) -> None:
    if done == total:
        _note(f"{stage}: done")
