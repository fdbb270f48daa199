"""The command line: one module for each group of commands, put together here.

    building    build
    texts       fetch, extract, evaluate
    reading     query, export, validate, stats, explain, review
    serving     serve, mcp
    linking     link people, link institutions

All of them print by `console`, which also holds the exit statuses, and share `arguments`. A command imports what it needs
when it runs, so that the others start without it.
"""

from __future__ import annotations

from typing import Annotated

import typer

from confgraph import __version__
from confgraph.cli import building, linking, reading, serving, texts
from confgraph.cli.console import STATUSES, run_guarded, show_help

__all__ = ["app", "main"]

app = typer.Typer(
    name="confgraph",
    epilog=STATUSES,
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (
    building.build,
    texts.fetch,
    reading.query,
    serving.serve,
    reading.export,
    texts.extract,
    texts.evaluate,
    reading.validate,
    reading.stats,
    serving.mcp,
    reading.explain,
    reading.review,
):
    app.command()(command)
app.add_typer(linking.app, name="link")


def main() -> None:
    """Run the command line, and exit with one of the statuses of `console.Status`."""
    run_guarded(lambda: app(prog_name="confgraph", standalone_mode=False))


def _version(value: bool) -> None:
    if value:
        print(f"confgraph {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")] = False,
) -> None:
    """Build knowledge graphs from conference pages: every triple points at the words it came from."""
    del version  # its callback has answered
    show_help(context)
