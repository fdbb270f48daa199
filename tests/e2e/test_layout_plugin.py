"""A layout that another package registers is chosen by its score, like our own; the example of the documentation is installed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PAGE = "\n".join(f"1{i}:30 | The Ponds of Region {i} | Ada Marsh, Bo Reed" for i in range(6)) + "\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--no-build-isolation",
        "--target",
        str(folder),
    ]
    done = subprocess.run([*command, str(ROOT / "examples" / "layout")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def test_the_example_reads_its_pages_once_installed(run: Callable[..., Any], site: Path, tmp_path: Path) -> None:
    (tmp_path / "agenda.txt").write_text(PAGE, encoding="utf-8")
    path = os.pathsep.join(filter(None, (str(site), os.environ.get("PYTHONPATH"))))
    done = run("build", "agenda.txt", "-o", "out", cwd=tmp_path, PYTHONPATH=path)
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in (tmp_path / "out" / "records.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["title"] for row in rows] == [f"The Ponds of Region {i}" for i in range(6)]
    assert [row["start_time"] for row in rows] == [f"1{i}:30" for i in range(6)]
    assert {tuple(author["name"] for author in row["authors"]) for row in rows} == {("Ada Marsh", "Bo Reed")}
    (page,) = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))["inputs"]
    assert page["layout"] == "agenda"
