"""Say what kind of record a venue holds."""

from __future__ import annotations

import re
from typing import Final

from confgraph.records import RecordKind

_WORKSHOP: Final = re.compile(r"\bworkshops?\b")
_BOTH: Final = re.compile(r"\bconferences? (?:and|&) workshops?\b")


def kind_of_venue(venue: str) -> RecordKind:
    """Say whether the papers of a venue are those of a workshop.

    >>> kind_of_venue("Proceedings of the 5th Workshop on Sheep"), kind_of_venue("Sheep Conference and Workshops")
    (<RecordKind.WORKSHOP_PAPER: 'workshop paper'>, <RecordKind.PAPER: 'paper'>)
    """
    name = venue.casefold()
    return RecordKind.WORKSHOP_PAPER if _WORKSHOP.search(name) and not _BOTH.search(name) else RecordKind.PAPER
