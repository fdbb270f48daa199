"""The questions that come with confgraph: SPARQL files whose parameters can be set."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from pyoxigraph import Literal

from confgraph import resources
from confgraph.errors import UsageError

_PARAMETER: Final = re.compile(r'(?P<before>VALUES \?(?P<name>\w+) \{ )"(?:[^"\\\n]|\\.)*"(?= \})')


def titles() -> dict[str, str]:
    """Give each question in English by its name, sorted by name.

    >>> titles()["coauthors"]
    'Who writes with whom?'
    """
    return {name: text.partition("\n")[0].lstrip("# ") for name, text in resources.iter_files("ontology/queries", ".rq")}


def question(name: str, values: Mapping[str, str]) -> str:
    """Give the SPARQL of a question; `values` replace the defaults of its parameters, the `VALUES` lines.

    Raises:
        UsageError: there is no such question, or it has no such parameter.
    """
    texts = dict(resources.iter_files("ontology/queries", ".rq"))
    if name not in texts:
        raise UsageError("query", f"there is no question named {name!r}", f"known: {', '.join(texts)}")
    known = [m["name"] for m in _PARAMETER.finditer(texts[name])]
    if unknown := sorted(set(values) - set(known)):
        hint = f"known: {', '.join(dict.fromkeys(known))}" if known else "it has none"
        raise UsageError("query", f"{name} has no parameter {unknown[0]!r}", hint)
    return _PARAMETER.sub(lambda m: m["before"] + str(Literal(values[m["name"]])) if m["name"] in values else m.group(), texts[name])
