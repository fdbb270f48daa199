"""Catalogues of made-up papers: forty filler rows around a few that the tests name."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

MakeCatalogue = Callable[..., Path]

RIVERS = (
    "River gauges report water levels every hour, yet floods are still forecast from daily means. We train a small"
    " recurrent model on hourly levels of four hundred gauges and show that it warns two days earlier than the models"
    " in use. The gain is largest in steep valleys, where rain reaches the gauge within a single night. We release the"
    " levels, the warnings and a simulator in which new forecasts can be compared without waiting for the next flood."
)
RIVERS_AGAIN = (
    "River gauges report water levels every hour, yet floods are still forecast from daily means. We extend our recurrent"
    " model to rivers without any gauge by borrowing the levels of their neighbours, and ask twelve towns to follow its"
    " warnings for a year. The gain is largest in steep valleys, where rain reaches the gauge within a single night. What"
    " remains open is how to warn of ice, which no neighbour foretells."
)
BEES = (
    "Bees return to a hive by the sun, by landmarks and by scent, and it is not known how they weigh the three. We"
    " attach tags of four milligrams to eleven hundred bees and follow their flights over a whole summer. A model with"
    " three weights, learnt for each bee, explains nine of ten flights, and the weights change with age. Young bees"
    " trust landmarks, old ones the sun, and none of them needs scent when the sky is clear."
)
GAUGES: dict[str, Any] = {
    "title": "Hourly Gauges Warn of Floods Two Days Earlier",
    "abstract": RIVERS,
    "authors": ["Ada Moor", "Bo Lind"],
    "affiliations": ["University of Example", "Institute of Rivers"],
    "author_ids": ["~Ada_Moor1", "~Bo_Lind2"],
    "orcid": ["0000-0002-1825-0097", ""],
    "dblp": ["12/34", "56/78.html"],
    "venue": "riverconf",
    "year": 2031,
    "doi": "10.1234/gauges",
}
TOWNS: dict[str, Any] = {
    "title": "Warning Towns on Rivers without Gauges",
    "abstract": RIVERS_AGAIN,
    "authors": ["Ada Moor", "Bo Lind"],
    "venue": "riverconf",
    "year": 2032,
}
HIVES: dict[str, Any] = {
    "title": "How Bees Weigh the Sun against Landmarks",
    "abstract": BEES,
    "authors": ["Cy Ode", "Di Pell"],
    "venue": "hiveconf",
    "year": 2030,
}


def filler(number: int) -> dict[str, Any]:
    """Make a paper that no test asks for; every one opens and closes with the same words."""
    topic = ("grain", "wind", "tides", "frost", "clay")[number % 5]
    return {
        "title": f"A Study of {topic.title()} in the Year {1900 + number}",
        "abstract": f"In this paper we propose a new method for {topic} and show in experiments of series {number} that it works well.",
        "authors": [f"Writer {chr(65 + number % 26)}ong", "Co Author"],
        "venue": "fieldconf",
        "year": 2000 + number % 20,
    }


@pytest.fixture(scope="session")
def papers() -> dict[str, dict[str, Any]]:
    """Give the papers that the tests name."""
    return {"gauges": GAUGES, "towns": TOWNS, "hives": HIVES}


@pytest.fixture
def catalogue(tmp_path: Path) -> MakeCatalogue:
    """Give a function that writes a catalogue of some rows, and of forty others, as JSON Lines."""

    def make(*rows: dict[str, Any], name: str = "papers.jsonl", others: int = 40) -> Path:
        path = tmp_path / name
        listed = [*map(filler, range(others)), *rows]
        path.write_text("".join(json.dumps(row) + "\n" for row in listed), encoding="utf-8")
        return path

    return make


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """Give a folder for indexes."""
    return tmp_path / "cache"
