from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium import webdriver

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


@pytest.fixture(scope="session")
def driver() -> Iterator[webdriver.Chrome]:
    """Give a headless Chromium that can reach nothing but this machine."""
    chrome, chromedriver = (
        os.environ.get("CHROME_BIN") or shutil.which("chromium") or shutil.which("google-chrome"),
        shutil.which("chromedriver"),
    )
    if not (chrome and chromedriver):
        pytest.skip("no Chromium with chromedriver: install them or set CHROME_BIN")
    options = webdriver.ChromeOptions()
    options.binary_location = chrome
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--window-size=1280,800",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(chromedriver))
    yield browser
    browser.quit()
