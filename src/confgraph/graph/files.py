"""Load a file of RDF, anyone's, into a store in memory."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pyoxigraph import RdfFormat, Store

from confgraph.errors import SourceError, UsageError

__all__ = ["FORMATS", "Store", "read_file"]

FORMATS: Final = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".jsonld": RdfFormat.JSON_LD,
    ".json": RdfFormat.JSON_LD,
    ".rdf": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
}
"""The formats by the ending of a file's name."""


def read_file(path: Path) -> Store:
    """Read a file; its own address is the base of relative IRIs.

    Raises:
        UsageError: the name's ending is that of no known format.
        SourceError: the file cannot be read, or is not in its format; it says at which line.
    """
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        raise UsageError(str(path), "is a file of no known format", f"give one that ends with {', '.join(FORMATS)}")
    store = Store()
    try:
        store.load(path=str(path), format=form, base_iri=path.absolute().as_uri())
    except OSError as error:
        raise SourceError(str(path), f"cannot be read ({error.strerror or error})", "check the path and its permissions") from error
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        where = f"{path}, line {line}" if line else str(path)
        raise SourceError(where, f"is no {form.name}: {_reason(error)}", "correct it there") from error
    return store


def _reason(error: Exception) -> str:
    """Give what the parser says, without the place, which comes first."""
    said = error.args[0] if error.args else error
    return " ".join(str(said).split()).rpartition("Parser error at line ")[2].partition(": ")[2] or str(said)
