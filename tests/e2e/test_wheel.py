"""The built wheel works alone: it carries the ontology, the queries, the gazetteers and the model."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CHECK = """
import sys, confgraph
from pathlib import Path
from confgraph import resources
from confgraph.pipeline import build
assert Path(confgraph.__file__).is_relative_to(sys.argv[1]), confgraph.__file__
assert Path(str(resources.folder("ontology"))).is_relative_to(sys.argv[1])
built = build([Path(sys.argv[2])], Path("out"))
assert built.resolution.entities and dict(resources.iter_files("ontology/queries", ".rq"))
print(len(confgraph.load("out").network), "nodes")
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return next(folder.glob("confgraph-*.whl"))


def test_the_wheel_carries_what_it_reads(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        size = sum(info.file_size for info in archive.infolist())
    resources = (
        "ontology/confgraph.ttl",
        "ontology/queries/",
        "data/gazetteers/methods.tsv",
        "data/model/reader.onnx",
        "data/model/README.md",
    )
    for needed in (*(f"resources/{name}" for name in resources), "py.typed"):
        assert any(name.startswith(f"confgraph/{needed}") for name in names), needed
    assert not [name for name in names if "samples" in name or name.startswith("tests")]
    assert size < 30_000_000


def test_the_wheel_builds_a_graph_without_the_sources(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(site), str(wheel)]
    assert subprocess.run(install, check=False).returncode == 0
    env = {**os.environ, "PYTHONPATH": str(site)}
    samples = ROOT / "data" / "samples" / "programme.txt"
    done = subprocess.run(
        [sys.executable, "-c", CHECK, str(site), str(samples)], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("nodes\n")
