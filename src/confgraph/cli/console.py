"""What all commands share: exit statuses, how a run ends, and printing."""

from __future__ import annotations

import io
import json
import os
import select
import signal
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import Any, Final, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from confgraph.errors import ConfgraphError, UsageError

_WIDE: Final = 160
"""The width of tables where the output is no terminal, in characters."""


class Status(IntEnum):
    """How a command ends; docs/commands.md has this table for users."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    INTERRUPTED = 130  # 128 and the number of the signal, as shells have it
    READER_LEFT = 141
    ENDED = 143


STATUSES: Final = (
    "Exit status: 0 done; 1 what was read is wrong, or the output could not be written; "
    "2 wrong usage, such as an unknown option or a path that is not there; 130 interrupted."
)


def run_guarded(run: Callable[[], int | None]) -> NoReturn:
    """Run the command line and exit with its status; whatever goes wrong is told in one line on standard error."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(Status.ENDED))  # so that a build that is ended cleans up too
    if sys.stdin is None:  # closed by who started it
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115  (open to the end)
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  (open to the end)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # for what its encoding does not know, as in names of files
    sys.exit(_flushed(_status_of(run)))


def _status_of(run: Callable[[], int | None]) -> int | str | None:
    """Run the command line, tell what goes wrong, and give the status to exit with."""
    output = os.dup(sys.stdout.fileno())  # rich opens another file in its place where its reader leaves
    try:
        status = run()
    except SystemExit as done:  # typer and rich exit with 1 where a pipe breaks, whichever it is
        if not isinstance(done.__context__, BrokenPipeError):
            return done.code
        if _reader_left(output):
            return Status.READER_LEFT
        return _failed("a process that confgraph had started has ended; run it again", Status.FAILED)
    except Exception as error:
        return _failed(*_told(error))
    return _failed("interrupted", Status.INTERRUPTED) if status == Status.INTERRUPTED else status  # typer catches the key


def _told(error: Exception) -> tuple[str, Status]:
    """Say what is wrong, where and what to do, and how to exit."""
    match error:
        case UsageError():
            return str(error), Status.USAGE
        case ConfgraphError():
            return str(error), Status.FAILED
        case typer.TyperException():
            return _wrong_usage(error), Status.USAGE
        case OSError():  # of standard output, or a file of the command line's own
            return _unwritten(error), Status.FAILED
    if os.environ.get("CONFGRAPH_DEBUG"):
        raise error
    return f"internal error: {type(error).__name__}: {error}; set CONFGRAPH_DEBUG=1 to see where, and report it", Status.FAILED


def _flushed(status: int | str | None) -> int | str | None:
    """Write what is left in the buffer, as Python does at exit, but without its complaint where nobody reads it."""
    try:
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            return _failed(_unwritten(error), Status.FAILED)
        return status or Status.READER_LEFT
    return status


def _failed(message: str, status: Status) -> Status:
    """Tell in one line what is wrong."""
    note(f"error: {' '.join(message.split())}")
    return status


def _wrong_usage(error: typer.TyperException) -> str:
    """Write what typer says of the arguments in the form of all errors.

    >>> _wrong_usage(typer.TyperException("No such command 'bild'. Did you mean 'build'?"))
    "no such command 'bild'; did you mean 'build'?"
    """
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "confgraph"
    said = error.format_message().removesuffix(".").replace(". Did you mean", "; did you mean")
    hint = "" if said.endswith("?") else f"see {path} --help"
    return str(UsageError(path.partition(" ")[2], said[:1].lower() + said[1:], hint))


def _reader_left(output: int) -> bool:
    """Tell whether what reads a file descriptor has closed it, as `head` does after its lines."""
    watch = select.poll()
    watch.register(output, 0)
    return bool(watch.poll(0))


def _unwritten(error: OSError) -> str:
    return f"{error.filename or 'output'}: {error.strerror or error}; check that it can be read or written, and the space of the disk"


def note(message: str) -> None:
    """Tell what is not data, in one line on standard error; what cannot be printed, as pages may hold, becomes a space."""
    print("confgraph: " + "".join(c if c.isprintable() else " " for c in message), file=sys.stderr)


def show_help(context: typer.Context) -> None:
    """Show what the commands are where none is given, which is wrong usage all the same."""
    if context.invoked_subcommand is None:
        print(context.get_help())
        raise typer.Exit(Status.USAGE)


def print_json(value: Any) -> None:
    """Print a value as JSON for people and programs."""
    print(json.dumps(value, ensure_ascii=False, indent=1))


def print_table(header: Sequence[str], rows: Iterable[Sequence[str]], *, whole: Collection[str] = ()) -> None:
    """Print a table, as wide as the terminal, and a blank line; cells that are too wide are broken, but for the columns named `whole`."""
    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console = Console(highlight=False, markup=False, width=_WIDE)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in header:
        table.add_column(column, overflow="fold", no_wrap=column in whole)
    for row in rows:
        table.add_row(*row)
    with console.capture() as printed:
        console.print(table)
    print("\n".join(line.rstrip() for line in printed.get().splitlines()))
    if not table.row_count:
        print("(nothing found)")
    print()


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[str, int, int], None] | None]:
    """Give what shows a bar on a terminal and plain lines elsewhere; None where nothing is wanted."""
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
        note(f"{stage}: done")
