"""The graph of the five real pages, built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from confgraph.pipeline import build


@pytest.fixture(scope="session")
def built_pages(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that a build of the five pages of the corpus leaves."""
    out = tmp_path_factory.mktemp("pages") / "out"
    build(sorted((shared / "corpus").glob("*.txt")), out)
    return out
