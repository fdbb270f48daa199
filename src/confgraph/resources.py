"""Read the files that come with confgraph: the ontology, the queries and the gazetteers.

They are edited in the top-level folders `ontology/` and `data/`; the wheel carries them in the package.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def folder(name: str) -> Traversable:
    """Give a folder of package data: `ontology`, `ontology/queries` or `data/gazetteers`.

    >>> (folder("ontology") / "confgraph.ttl").is_file()
    True
    """
    packaged = files("confgraph") / "resources"
    checkout = Path(__file__).parents[2]
    return (packaged if packaged.is_dir() else checkout).joinpath(*name.split("/"))


def iter_files(name: str, suffix: str) -> Iterator[tuple[str, str]]:
    """Yield the stem and text of each file of a folder with that suffix, sorted by name."""
    for entry in sorted(folder(name).iterdir(), key=lambda e: e.name):
        if entry.name.endswith(suffix):
            yield entry.name.removesuffix(suffix), entry.read_text(encoding="utf-8")


def split_rows(text: str) -> list[list[str]]:
    """Split a tab-separated table into the cells of its rows; blank lines and comments (`#`) are left out.

    >>> split_rows("# names\\nNeurIPS\\tNIPS\\n\\n")
    [['NeurIPS', 'NIPS']]
    """
    return [line.split("\t") for line in text.split("\n") if line.strip() and not line.startswith("#")]
