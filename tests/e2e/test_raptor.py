"""A strict parser that shares no code with ours reads what we write."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pyoxigraph
import pytest

RAPPER = shutil.which("rapper")


@pytest.mark.skipif(RAPPER is None, reason="rapper is not installed (Debian: raptor2-utils)")
def test_raptor_reads_as_many_triples_as_we_wrote(built: Path) -> None:
    done = subprocess.run(
        [str(RAPPER), "-i", "turtle", "-o", "ntriples", str(built / "graph.ttl")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Warning" not in done.stderr
    read = {line for line in done.stdout.splitlines() if line}
    ours = pyoxigraph.parse(path=built / "graph.ttl", format=pyoxigraph.RdfFormat.TURTLE)
    assert len(read) == len({str(quad) for quad in ours})
