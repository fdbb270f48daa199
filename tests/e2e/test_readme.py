"""The session of the README is real: each command prints what stands there (`...` stands for anything)."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    (command, output)
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    for command, output in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
]


def environment() -> dict[str, str]:
    scripts = str(Path(sys.executable).parent)
    return {**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}", "PYTHONIOENCODING": "utf-8"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("session")
    shutil.copytree(ROOT / "data" / "samples", path / "data" / "samples")
    return path


def test_the_session_prints_what_the_readme_says(folder: Path) -> None:
    assert len(COMMANDS) == 6
    for command, expected in COMMANDS:
        done = subprocess.run(shlex.split(command), cwd=folder, env=environment(), capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr
        wanted = "\n".join(line.rstrip() for line in expected.strip().splitlines())
        printed = "\n".join(line.rstrip() for line in done.stdout.strip().splitlines())
        pattern = ".*".join(re.escape(part) for part in wanted.split("..."))
        assert re.fullmatch(pattern, printed, re.DOTALL), f"{command}\n{printed}"


def test_the_python_of_the_readme_runs(folder: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    triples, nodes = map(int, done.stdout.split())
    assert triples > nodes > 200


@pytest.mark.parametrize("script", sorted((ROOT / "examples").glob("*.py")), ids=lambda path: path.name)
def test_the_examples_run(script: Path, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(script), "out"], cwd=folder, env=environment(), capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) >= 5


def test_there_are_examples() -> None:
    assert len(list((ROOT / "examples").glob("*.py"))) == 2


def test_the_layers_in_the_readme_are_those_of_the_contract() -> None:
    contract = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    layers = re.search(r"^layers = \[\n(.*?)\]", contract, re.DOTALL | re.MULTILINE)
    assert layers
    for layer in re.findall(r'"(.*?)"', layers[1]):
        if layer != "__main__":
            assert f"\n    {layer}\n" in README
