"""Keep a folder for as long as a server runs, and remove those that servers which were killed have left behind."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import IO, Final

_OWNER: Final = "owner"
"""The file that a process keeps locked while the folder is its own; the system lets go of the lock when the process ends."""


class Folder:
    """A new folder in `parent` whose name begins with `prefix`, at `path` until `remove`; earlier ones without an owner are removed.

    Raises:
        OSError: it cannot be made.
    """

    def __init__(self, parent: Path, prefix: str) -> None:
        for left in parent.glob(f"{_escaped(prefix)}*"):
            _remove_if_left(left)
        self.path = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        self._lock = _own(self.path)

    def remove(self) -> None:
        """Remove the folder with all that is in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        if self._lock is not None:
            self._lock.close()


def _escaped(prefix: str) -> str:
    return "".join(f"[{c}]" if c in "*?[" else c for c in prefix)


def _own(folder: Path) -> IO[bytes] | None:
    """Lock the folder's file before it has its name, so that nobody finds it unlocked; None where the system has no locks."""
    new = folder / f"{_OWNER}.new"
    with contextlib.suppress(OSError):
        file = new.open("wb")
        if _lock(file):
            new.rename(folder / _OWNER)
            return file
        file.close()
    return None


def _remove_if_left(folder: Path) -> None:
    """Remove a folder of this user's of which the owner has ended; what has no owner's file is somebody else's."""
    with contextlib.suppress(OSError):
        about = folder.stat(follow_symlinks=False)
        if folder.is_symlink() or about.st_uid != os.getuid():
            return
        with (folder / _OWNER).open("r+b") as file:
            if _lock(file):
                shutil.rmtree(folder, ignore_errors=True)


def _lock(file: IO[bytes]) -> bool:
    """Lock a file without waiting; tell whether that could be done."""
    try:
        import fcntl
    except ImportError:  # not on this system
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # another has it, or its file system has no locks
        return False
    return True
