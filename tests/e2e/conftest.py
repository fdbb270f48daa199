from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def run() -> Run:
    """Run the command line in a process of its own; further keyword arguments are environment variables."""

    def run_confgraph(*args: object, cwd: Path | None = None, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "confgraph", *map(str, args)]
        environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "160", **env}
        return subprocess.run(
            command, cwd=cwd, input=stdin, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False
        )

    return run_confgraph


@pytest.fixture(scope="session")
def built(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the sample pages."""
    out = tmp_path_factory.mktemp("built") / "out"
    done = run("build", ROOT / "data" / "samples", "-o", out)
    assert done.returncode == 0, done.stderr
    return out
