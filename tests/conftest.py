"""What all tests share."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from confgraph.records import Page, PageId, Sidecar

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of development data, `CONFGRAPH_SHARED`; where it is absent the test is skipped, in CI it fails."""
    folder = ROOT / os.environ.get("CONFGRAPH_SHARED", "../shared")
    if not (folder / "corpus").is_dir():
        reason = f"no development data in {folder}; set CONFGRAPH_SHARED to the folder that holds corpus/ and gold/"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return folder


@pytest.fixture(scope="session")
def make_page() -> Callable[..., Page]:
    """Make a `Page` of a text, as reading it from disk would."""

    def make(text: str, name: str = "page.txt", sidecar: Sidecar | None = None) -> Page:
        identity = PageId(hashlib.sha256(text.encode("utf-8")).hexdigest())
        return Page(name, text, identity, sidecar=sidecar or Sidecar())

    return make
