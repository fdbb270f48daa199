"""The commands that tell what is one, in lists of the user's own: `confgraph link`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from confgraph.cli.arguments import OutputFile, file_there
from confgraph.cli.console import note, show_help

app = typer.Typer(help="Tell what is one: people, institutions.", invoke_without_command=True)


@app.callback()
def _link(context: typer.Context) -> None:
    """Tell what is one: people, institutions."""
    show_help(context)


@app.command()
def people(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", parser=file_there, help="Papers as JSON Lines, plain or .gz (-: standard input).")
    ],
    output: OutputFile = None,
) -> None:
    """Tell which authors of papers are one person: a line of JSON for each author of each paper, in order."""
    from confgraph import jsonl
    from confgraph.link.people import link_people
    from confgraph.link.rows import iter_papers
    from confgraph.records import to_row

    lines = (jsonl.line_of(to_row(found)) for found in link_people(list(iter_papers(file))))
    if output is None:
        sys.stdout.buffer.writelines(lines)
    else:
        with jsonl.written(output) as stream:
            stream.writelines(lines)


@app.command()
def institutions(
    ror: Annotated[
        Path | None,
        typer.Option("--ror", metavar="FILE", parser=file_there, help="A dump of ROR in schema v2: JSON, .gz or .zip."),
    ] = None,
) -> None:
    """Link affiliations, a line each on standard input, with the organisations that they name: a line of JSON each."""
    from confgraph import jsonl
    from confgraph.link.institutions import iter_links
    from confgraph.reference.organizations import opened

    if sys.stdin.isatty():
        note("reads affiliations from standard input, a line each (end with Ctrl-D)")
    with opened(ror, remark=note) as index:
        for row in iter_links(sys.stdin.buffer, index):
            sys.stdout.buffer.write(jsonl.line_of(row))
