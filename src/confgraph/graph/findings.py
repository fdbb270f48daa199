"""What a check of a graph finds, and how it is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from confgraph.graph.store import compact

SAYS: Final = {
    # constraint components of SHACL
    "Class": "no instance of what may stand here",
    "Closed": "does not belong here",
    "Datatype": "another datatype",
    "Disjoint": "stands on both sides",
    "Equals": "stands on one side only",
    "HasValue": "a value is missing",
    "In": "none of the values that may stand here",
    "LessThan": "not less than the other",
    "LessThanOrEquals": "greater than the other",
    "MaxCount": "too many values",
    "MaxInclusive": "too large",
    "MinCount": "a value is missing",
    "MinInclusive": "too small",
    "NodeKind": "another kind of node",
    "Or": "no instance of what may stand here",
    "Pattern": "not written as it should be",
    # rules that shapes cannot say
    "ClaimStands": "what it states is not in the graph",
    "OnePosition": "two authors at one position",
    "Counted": "not what the knowledge holds",
    "QuoteLength": "not as long as from start to end",
    "UnknownClass": "no shape checks its instances",
    "UntypedNode": "of no class, so no shape checks it",
    # the files of a build's folder
    "Copy": "not the graph of graph.nq",
    "Count": "another number than in the files",
    "Manifest": "missing or damaged",
    "PageHash": "changed since it was read",
    "PageText": "missing, no UTF-8, or of no page",
    "Quote": "not what the page prints there",
    "QuoteContext": "not what the page prints around it",
}
"""What each component of a finding says to people."""

_VALUE_LENGTH: Final = 60
_IRI: Final = re.compile(r"<([^<>\s]+)>")


class Severity(StrEnum):
    """How much a finding matters: a violation is an error, a warning is worth a look."""

    VIOLATION = "violation"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A constraint that a node, or a file, breaks.

    `focus` and `value` are terms as SPARQL writes them, `path` is a property path; path and value are empty where there is none.
    `component` is one of `SAYS`; `message` says what must hold and, after the colon, what to do.
    """

    focus: str
    path: str
    component: str
    value: str
    severity: Severity
    message: str

    @property
    def where(self) -> str:
        """Give the node, or the file, with short names for IRIs."""
        return _shortened(self.focus)

    @property
    def what(self) -> str:
        """Say what is wrong: the property, what is wrong with it, and the value, cut where it is long.

        >>> value = '"Poster"'
        >>> Finding("<x:talk>", "<https://schema.org/name>", "In", value, Severity.VIOLATION, "").what
        'schema:name none of the values that may stand here: "Poster"'
        """
        said, value = SAYS[self.component], _shortened(self.value)
        cut = value if len(value) <= _VALUE_LENGTH else f"{value[:_VALUE_LENGTH]}…"
        return " ".join(filter(None, (_shortened(self.path), f"{said}:" if cut else said, cut)))


def _shortened(text: str) -> str:
    """Shorten each IRI of a term or path as Turtle does."""
    return _IRI.sub(lambda m: name if (name := compact(m[1])) != m[1] else m[0], text)
