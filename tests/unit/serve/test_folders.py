"""A server's folder goes with it; one that a killed server left goes at the next start, and never another's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from confgraph.serve.folders import Folder

HOLD = """
import sys
from pathlib import Path
from confgraph.serve.folders import Folder

folder = Folder(Path(sys.argv[1]), "kept-")
(folder.path / "inner").mkdir()
print(folder.path, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def killed(tmp_path: Path) -> Path:
    """The folder of a process that was killed."""
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        folder = Path(process.stdout.readline().strip())
        process.kill()
    return folder


def test_a_folder_goes_when_it_is_removed(tmp_path: Path) -> None:
    folder = Folder(tmp_path, "kept-")
    (folder.path / "file").write_text("x", encoding="utf-8")
    folder.remove()
    assert list(tmp_path.iterdir()) == []


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_a_killed_process_left_goes_at_the_next_start(killed: Path, tmp_path: Path) -> None:
    assert (killed / "inner").is_dir()
    folder = Folder(tmp_path, "kept-")
    assert names(tmp_path) == [folder.path.name]
    folder.remove()


def test_a_running_process_keeps_its_folder(tmp_path: Path) -> None:
    first, second = Folder(tmp_path, "kept-"), Folder(tmp_path, "kept-")
    assert names(tmp_path) == sorted([first.path.name, second.path.name])
    first.remove()
    second.remove()


def test_what_is_not_ours_stays(killed: Path, tmp_path: Path) -> None:
    (tmp_path / "kept-by-hand").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "owner").touch()
    (tmp_path / "kept-link").symlink_to(tmp_path / "other")
    (tmp_path / "kept-file").touch()
    Folder(tmp_path, "kept-").remove()
    assert names(tmp_path) == ["kept-by-hand", "kept-file", "kept-link", "other"]
    assert names(tmp_path / "other") == ["owner"]
    assert not killed.exists()


def test_a_prefix_is_taken_as_it_is(killed: Path, tmp_path: Path) -> None:
    for prefix in ("[k]ept-", "*", "kept?"):
        Folder(tmp_path, prefix).remove()
    assert killed.is_dir()
