"""Keep what is made of a reference file, once, in a folder of the user's cache that the sha256 of the file names.

It is made aside and renamed, so that two builds at once, or one that ends early, leave nothing broken.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from confgraph.errors import OutputError, SourceError


class Kept(NamedTuple):
    """A folder with what was made of a file, the sha256 of the file in hexadecimal, and why the folder does not stay, or empty."""

    folder: Path
    sha256: str
    note: str


@contextmanager
def kept(
    path: Path, name: str, make: Callable[[Path], None], is_whole: Callable[[Path], bool], cache: Path | None = None
) -> Iterator[Kept]:
    """Give the folder with what is made of a file; it is made where that was not done before.

    Args:
        path: the file.
        name: opens the name of the folder.
        make: fills an empty folder, and raises OSError where it cannot write.
        is_whole: tells whether a folder holds all of it, as this version makes it.
        cache: where the folder stands; by default `confgraph` in XDG_CACHE_HOME, else in ~/.cache. Where it cannot be written, a
            temporary folder is used, which is lost at the end, and the note says so.

    Raises:
        SourceError: the file cannot be read.
        OutputError: nothing can be written anywhere.
    """
    digest = _sha256(path)
    folder = (cache or _default()) / f"{name}-{digest[:24]}"
    note = ""
    with ExitStack() as stack:
        try:
            if not is_whole(folder):
                _make_once(folder, make, is_whole)
        except OSError as error:
            note = f"its index cannot be kept in {folder} ({error.strerror or error}), so the next run makes it again"
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="confgraph-", ignore_cleanup_errors=True)))
            _make_aside(path, folder, make)
        yield Kept(folder, digest, note)


def _default() -> Path:
    """Give the user's folder for what can be made again. Source: XDG Base Directory Specification."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(named) if os.path.isabs(named) else Path.home() / ".cache") / "confgraph"  # noqa: PTH117  (of a string that may be empty)


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise SourceError(str(path), f"cannot be read ({error.strerror})", "check the path and its permissions") from error


def _make_once(folder: Path, make: Callable[[Path], None], is_whole: Callable[[Path], bool]) -> None:
    """Fill a folder beside the one that it is renamed to; that of another build that was faster serves as well."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        make(aside)
        if not is_whole(folder):
            shutil.rmtree(folder, ignore_errors=True)
            try:
                aside.replace(folder)
            except OSError:
                if not is_whole(folder):
                    raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _make_aside(path: Path, folder: Path, make: Callable[[Path], None]) -> None:
    try:
        make(folder)
    except OSError as error:
        what = f"cannot be written ({error.strerror or error})"
        raise OutputError(f"the index of {path}", what, "make space, or set XDG_CACHE_HOME and TMPDIR") from error
