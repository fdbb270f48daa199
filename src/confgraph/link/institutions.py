"""Link raw affiliations, one a line, with organisations: `confgraph link institutions`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from confgraph.errors import SourceError
from confgraph.resolve.institution_choice import Candidate
from confgraph.resolve.institutions import link
from confgraph.resolve.organizations import OrganizationIndex

_REMEMBERED: Final = 1 << 16
"""Strings of which the answer is kept: affiliations recur."""
_LONGEST: Final = 10_000
"""Characters of a line that are read; what is longer is no affiliation."""


def iter_links(lines: Iterable[bytes], index: OrganizationIndex, where: str = "standard input") -> Iterator[dict[str, Any]]:
    r"""Yield `{"raw", "organizations": [{"name", "ror", "country", "confidence"}]}` for each line, blank ones too.

    `ror` is the organisation's IRI in ROR or None, `country` the ISO 3166-1 code of its seat or None.

    Raises:
        SourceError: a line is not UTF-8.
    """
    known: dict[str, list[dict[str, Any]]] = {}
    for number, line in enumerate(lines, 1):
        try:
            raw = line.decode("utf-8").removesuffix("\n").removesuffix("\r")
        except UnicodeDecodeError as error:
            raise SourceError(f"{where}, line {number}", f"is not UTF-8 (byte {error.start + 1})", "save the text as UTF-8") from error
        if raw not in known:
            if len(known) >= _REMEMBERED:
                known.clear()
            known[raw] = [_row(found) for found in link(raw[:_LONGEST], index)]
        yield {"raw": raw, "organizations": known[raw]}


def _row(found: Candidate) -> dict[str, Any]:
    organization = found.organization
    country = organization.countries[0] if organization.countries else None
    return {"name": organization.name, "ror": organization.ror, "country": country, "confidence": found.score}
