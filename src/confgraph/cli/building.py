"""The command that builds a graph."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from confgraph.cli.arguments import Quiet, any_path, file_there, path_there
from confgraph.cli.console import note, print_table, progress
from confgraph.errors import ConfigError, UsageError

if TYPE_CHECKING:
    from confgraph.pipeline import Build
    from confgraph.records import Reading

_SHOWN = 60
"""How much of what could not be classed is shown, in characters."""


def _base(given: str | None) -> str | None:
    from confgraph.graph.statements import GraphOptions

    if given is not None:
        try:
            GraphOptions(base=given)
        except ConfigError as error:
            raise UsageError("--base", error.what, error.hint) from error
    return given


def build(  # noqa: PLR0913, PLR0917  (what may be given on the command line)
    sources: Annotated[list[Path], typer.Argument(metavar="SOURCE", parser=path_there, help="Pages, or folders of pages.")],
    out: Annotated[
        Path, typer.Option("--output", "-o", metavar="OUT", parser=any_path, help="The folder to write; replaced if confgraph wrote it.")
    ],
    config: Annotated[
        list[Path] | None,
        typer.Option("--config", "-c", metavar="FILE", parser=file_there, help="Options besides the sources' own confgraph.toml."),
    ] = None,
    decisions: Annotated[
        list[Path] | None,
        typer.Option("--decisions", metavar="FILE", parser=file_there, help="Decisions besides the sources' own decisions.jsonl."),
    ] = None,
    catalogue: Annotated[
        list[Path] | None,
        typer.Option(
            "--catalogue",
            metavar="FILE",
            parser=file_there,
            help="Papers (JSON Lines, OpenAlex, ...) that give titles and ids.",
        ),
    ] = None,
    ror: Annotated[
        Path | None,
        typer.Option("--ror", metavar="FILE", parser=file_there, help="A dump of ROR in schema v2, to link affiliations with."),
    ] = None,
    base: Annotated[str | None, typer.Option("--base", metavar="IRI", callback=_base, help="The base of all instance IRIs.")] = None,
    workers: Annotated[int, typer.Option("--workers", "-w", min=1, metavar="N", help="How many processes extract.")] = 1,
    quiet: Quiet = False,
) -> None:
    """Build the graph of some pages."""
    from confgraph.pipeline import build as run

    files: dict[str, Sequence[Path]] = {"configs": config or (), "catalogues": catalogue or (), "decisions": decisions or ()}
    with progress(quiet=quiet) as tell:
        built = run(sources, out, **files, ror=ror, base=base, workers=workers, progress=tell)
    if not quiet:
        _print_build(built)


def _print_build(built: Build) -> None:
    from confgraph.pipeline import count_kinds

    print_table(("page", "layout", "records", "text"), map(_row, built.readings))
    merges = sum(len(entity.members) - 1 for entity in built.resolution.entities)
    counts = count_kinds(built.resolution.entities) | {"merges": merges, "triples": built.triples, "evidence triples": built.evidence}
    print_table(("found", "count"), [(name, f"{count:,}") for name, count in counts.items()])
    for remark in _iter_remarks(built):
        note(remark)
    print(f"Wrote {built.out}: open {built.out / 'graph.html'}, or run: confgraph serve {shlex.quote(str(built.out))}")


def _row(reading: Reading) -> tuple[str, ...]:
    """Say of a page which share of its text was read as what."""
    from confgraph.ingest import shares

    classes = ", ".join(f"{name} {100 * share:.1f} %" for name, share in shares(reading.segments).items() if share >= 0.0005)
    return reading.page.name, reading.layout, f"{len(reading.records):,}", classes


def _iter_remarks(built: Build) -> Iterator[str]:
    """Say what the user may want to look at: text and files that could not be used, catalogues, decisions."""
    from confgraph.records import TextClass

    for reading in built.readings:
        for segment in reading.segments:
            if segment.text_class is TextClass.UNCLASSED:
                text = " ".join(reading.page.text[segment.start : segment.end].split())
                yield f"{reading.page.name}: characters {segment.start} to {segment.end} could not be classed: {text[:_SHOWN]!r}"
    for reference in built.references.each:
        yield f"{reference.name}: {len(reference.links):,} records match one of its {reference.rows:,} rows"
        if reference.note:
            yield f"{reference.name}: {reference.note}"
    for reject in built.rejects:
        yield f"{reject.doc}: not used: {reject.reason}"
    yield from built.remarks
    known = {member for entity in built.resolution.entities for member in entity.members}
    if unused := sum(not known >= {ruling.left, ruling.right} for ruling in built.decisions.rulings):
        yield f"{unused} of {len(built.decisions.rulings)} decisions are of names that these pages do not hold"
