"""The arguments that several commands take; a path to read is checked where it is given, so that a wrong one is wrong usage everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from confgraph.errors import UsageError
from confgraph.outputs import GRAPH, STORE

_BUILT: Final = "give a folder that `confgraph build` wrote"
_STANDARD_INPUT: Final = "-"


def any_path(given: str) -> Path:
    """Read a path; an empty one is that of a variable which is not set, and would be the working folder."""
    if not given:
        raise UsageError("", "a path is empty", "give one; the working folder is .")
    return Path(given)


def path_there(given: str, hint: str = "check the path") -> Path:
    """Read a path, where a file or folder has to stand."""
    path = any_path(given)
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UsageError(given, "there is no such file or folder", hint) from error
    except OSError as error:
        raise UsageError(given, f"cannot be reached ({error.strerror})", "check the path and its permissions") from error
    return path


def file_there(given: str) -> Path:
    """Read a path, where a file has to stand; a pipe or device will do, and `-` is standard input."""
    if given == _STANDARD_INPUT:
        return Path(given)
    path = path_there(given)
    if path.is_dir():
        raise UsageError(given, "is a folder", "give a file")
    return path


def graph_there(given: str) -> Path:
    """Read a path, where a folder with a graph has to stand, or a file, which may hold one."""
    return _with_graph(given, f"{_BUILT}, or a file of RDF")


def build_there(given: str) -> Path:
    """Read a path, where a folder with a graph has to stand."""
    path = _with_graph(given, _BUILT)
    if not path.is_dir():
        raise UsageError(given, "is no folder", _BUILT)
    return path


def _with_graph(given: str, hint: str) -> Path:
    path = path_there(given, hint)
    if path.is_dir() and not any((path / name).exists() for name in (STORE, GRAPH)):
        raise UsageError(given, "holds no graph", hint)
    return path


Out = Annotated[Path, typer.Argument(metavar="OUT", parser=build_there, help="A folder that `confgraph build` wrote.")]
ConfigFiles = Annotated[
    list[Path] | None,
    typer.Option("--config", "-c", metavar="FILE", parser=file_there, help="A confgraph.toml; of several, each sets other options."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
OutputFile = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", parser=any_path, help="Write to FILE instead of standard output.")
]
