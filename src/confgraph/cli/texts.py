"""The commands that fetch pages, extract from texts, and measure extraction."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from confgraph.cli.arguments import ConfigFiles, OutputFile, Quiet, any_path, build_there, file_there
from confgraph.cli.console import Status, note, print_table, progress
from confgraph.errors import UsageError


def fetch(
    urls: Annotated[list[str], typer.Argument(metavar="URL", help="Addresses of pages, http or https.")],
    out: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="FOLDER", parser=any_path, help="The folder for the pages; what else stands there stays."),
    ],
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
    with progress(quiet=quiet) as tell:
        fetched = run(urls, out, options, progress=tell)
    if not quiet and fetched.pages:
        rows = ((page.page.name, page.state, f"{page.size:,}", page.url) for page in fetched.pages)
        print_table(("page", "state", "bytes", "address"), rows)
    for failure in fetched.failures:
        note(f"not fetched: {failure}")
    if fetched.failures:
        raise typer.Exit(Status.FAILED)


def extract(
    file: Annotated[Path, typer.Argument(metavar="FILE", parser=file_there, help='Lines {"id", "text"} of JSON (-: standard input).')],
    output: OutputFile = None,
    config: ConfigFiles = None,
) -> None:
    """Find concepts and relations in texts: a line of JSON in, a line of JSON out."""
    from confgraph.pipeline import extract_texts

    count = extract_texts(file, output, config or ())
    if output is not None:
        note(f"wrote {output}: {count:,} {'text' if count == 1 else 'texts'}")


def evaluate(
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD", parser=file_there, help="Gold sets of texts or of records.")],
    on: Annotated[
        str | None, typer.Option("--on", metavar="KIND", help="records or scier (texts); else found from the first line.")
    ] = None,
    against: Annotated[
        Path | None, typer.Option("--against", metavar="OUT", parser=build_there, help="With records: the folder of the build.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", parser=any_path, help="Write the measures to FILE too, as JSON.")
    ] = None,
    config: ConfigFiles = None,
    quiet: Quiet = False,
) -> None:
    """Measure extraction against a gold set: precision, recall and F1, each with its 95 % interval."""
    from confgraph import evaluate as measure
    from confgraph import jsonl
    from confgraph.config import load_config

    options = load_config(config or ())
    with progress(quiet=quiet) as tell:
        report = measure.evaluate(gold, on=on, against=against, options=options.extract, folder=options.folder, tell=tell)
    if output is not None:
        with jsonl.written(output) as stream:
            stream.write(json.dumps(report.to_row(), ensure_ascii=False, indent=1).encode() + b"\n")
    if not quiet:
        for header, rows in report.iter_tables():
            print_table(header, rows)
        print(f"Intervals: 95 %, over {report.units} {report.resampled}")
