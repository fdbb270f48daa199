"""Open what affiliations are linked with: the organisations that come with confgraph, and those of ROR where a dump is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from confgraph.reference import gazetteer, ror_index
from confgraph.resolve.organizations import OrganizationIndex


@contextmanager
def opened(dump: Path | None = None, cache: Path | None = None, remark: Callable[[str], None] | None = None) -> Iterator[OrganizationIndex]:
    """Open the index of organisations.

    Args:
        dump: a dump of ROR in schema v2, or None for the organisations that come with confgraph alone.
        cache: the folder for the dump's index; by default that of the user.
        remark: told what the user should know of that index.

    Raises:
        SourceError: the dump cannot be read.
        OutputError: its index cannot be written anywhere.
    """
    known = gazetteer.load()
    if dump is None:
        yield known
        return
    with ror_index.opened(dump, cache, remark) as register:
        yield gazetteer.Joined(known, register)
