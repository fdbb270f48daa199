"""What all tests share."""

from __future__ import annotations

import hashlib
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from confgraph.records import Page, PageId, Sidecar
from confgraph.serve.app import Server
from confgraph.serve.limits import Limits
from confgraph.serve.server import configure

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


def _organization(
    ror: str,
    *names: tuple[str, str],
    city: str,
    country: tuple[str, str],
    kind: str = "education",
    parents: tuple[str, ...] = (),
    **more: Any,
) -> dict[str, Any]:
    place = {"name": city, "country_code": country[0], "country_name": country[1]}
    relations = [{"type": "parent", "id": f"https://ror.org/{parent}", "label": ""} for parent in parents]
    return {
        "id": f"https://ror.org/{ror}",
        "status": "active",
        "names": [{"value": value, "types": types.split(), "lang": None} for value, types in names],
        "types": [kind],
        "locations": [{"geonames_id": 1, "geonames_details": place}],
        "domains": [],
        "links": [],
        "relationships": relations,
    } | more


@pytest.fixture(scope="session")
def register() -> list[dict[str, Any]]:
    """Organisations as ROR describes them in schema v2; all are invented but the countries."""
    britain, states, france, dutch = ("GB", "United Kingdom"), ("US", "United States"), ("FR", "France"), ("NL", "The Netherlands")
    children = [{"type": "child", "id": f"https://ror.org/09{i:07}", "label": ""} for i in range(60)]
    return [
        _organization(
            "01marsh01",
            ("University of Marshford", "ror_display label"),
            ("Universität Marshford", "label"),
            ("UMF", "acronym"),
            city="Marshford",
            country=britain,
            domains=["marshford.ac.uk"],
        ),
        _organization(
            "01marsh02",
            ("Reedbed Laboratory", "ror_display label"),
            city="Marshford",
            country=britain,
            kind="facility",
            parents=("01marsh01",),
        ),
        _organization("01marsh03", ("Marshford State University", "ror_display label"), city="Ebb", country=states),
        _organization(
            "01sedge01", ("Sedge Institute of Technology", "ror_display label"), ("SIT", "acronym"), city="Sedgewick", country=states
        ),
        _organization(
            "01sedge02", ("Sedge Institute of Technology", "ror_display label"), ("SIT", "acronym"), city="Laîche", country=france
        ),
        _organization("01polder1", ("Poldertech (The Netherlands)", "ror_display label"), city="Hoorn", country=dutch, kind="company"),
        _organization(
            "01polder2", ("Poldertech (France)", "ror_display label"), city="Laîche", country=france, kind="company", parents=("01polder1",)
        ),
        _organization(
            "01umbrel1",
            ("Centre National des Marais", "ror_display label"),
            ("CNM", "acronym"),
            city="Paris",
            country=france,
            kind="government",
            relationships=children,
        ),
        _organization("01laiche1", ("Université de Laîche", "ror_display label"), city="Laîche", country=france),
        _organization("01gone001", ("College of Lost Ponds", "ror_display label"), city="Ebb", country=states, status="withdrawn"),
    ]


@pytest.fixture(scope="session")
def serving() -> Callable[..., AbstractContextManager[str]]:
    """Serve a folder on loopback from a thread of this process: `with serving(out, limits, token) as address`."""

    @contextmanager
    def serve(out: Path, limits: Limits | None = None, token: str = "") -> Iterator[str]:
        limits = limits or Limits(workers=4, grace=0.2)
        server = Server(out, limits, token)
        listener = socket.create_server(("127.0.0.1", 0))
        running = uvicorn.Server(configure(server, limits))
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            running.should_exit = True
            thread.join()
            listener.close()
        assert server.trouble is None

    return serve
