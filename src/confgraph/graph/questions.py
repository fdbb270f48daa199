"""The questions that come with confgraph: SPARQL files whose parameters can be set.

A file opens with what it is, in four parts; a parameter is a `VALUES` line with one default:

    # Who works on a topic?
    # A row is a person and the number of their works ...
    # Parameters: ?topic, words to find in names, in any case.
    # For: researchers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from pyoxigraph import Literal

from confgraph import resources
from confgraph.errors import UsageError

READERS: Final = ("researchers", "organisers", "scientometricians", "curators")
"""Who asks, in the order in which the questions are shown."""

_HEADER: Final = re.compile(
    r"# (?P<title>.+?)\n# (?P<row>A row is .+?)\n# Parameters: (?P<parameters>.+?)\n# For: (?P<readers>\w+)\.\n", re.DOTALL
)
_PARAMETER: Final = re.compile(r'(?P<before>VALUES \?(?P<name>\w+) \{ )"(?P<value>(?:[^"\\\n]|\\.)*)"(?= \})')


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its SPARQL.

    `title` asks it in English, `row` says what a row of the answer means, `readers` who asks it, `parameters` what can be set;
    `defaults` holds the values that stand in `text`.
    """

    name: str
    title: str
    row: str
    parameters: str
    readers: str
    defaults: Mapping[str, str]
    text: str

    @property
    def settings(self) -> str:
        """Show the parameters with their defaults: `dataset="ImageNet", metric=""`."""
        return ", ".join(f'{name}="{value}"' for name, value in self.defaults.items())


def catalogue() -> dict[str, Question]:
    """Give every question by its name, sorted by name.

    >>> catalogue()["coauthors"].title, catalogue()["coauthors"].defaults
    ('Who writes with whom?', {'name': ''})
    """
    return {name: _read(name, text) for name, text in resources.iter_files("ontology/queries", ".rq")}


def _read(name: str, text: str) -> Question:
    header = _HEADER.match(text)
    if header is None:
        raise UsageError(f"{name}.rq", "does not say what it asks", "open it as the other questions open")
    said = {part: value.replace("\n# ", " ") for part, value in header.groupdict().items()}
    return Question(name=name, **said, defaults={m["name"]: m["value"] for m in _PARAMETER.finditer(text)}, text=text)


def question(name: str, values: Mapping[str, str]) -> str:
    """Give the SPARQL of a question; `values` replace the defaults of its parameters, the `VALUES` lines.

    Raises:
        UsageError: there is no such question, or it has no such parameter.
    """
    known = catalogue()
    if name not in known:
        near = get_close_matches(name, known)
        hint = f"did you mean {' or '.join(near)}?" if near else "list them first: confgraph query OUT --list"
        raise UsageError("query", f"there is no question named {name!r}", hint)
    asked = known[name]
    if unknown := sorted(set(values) - set(asked.defaults)):
        hint = f"known: {', '.join(asked.defaults)}" if asked.defaults else "it has none"
        raise UsageError("query", f"{name} has no parameter {unknown[0]!r}", hint)
    return _PARAMETER.sub(lambda m: m["before"] + str(Literal(values[m["name"]])) if m["name"] in values else m.group(), asked.text)


def by_readers() -> dict[str, list[Question]]:
    """Give the questions by who asks them, in the order of `READERS`, each list sorted by name."""
    known = catalogue().values()
    return {readers: [asked for asked in known if asked.readers == readers] for readers in READERS}


def guide() -> str:
    """Write the questions as Markdown: the list in `docs/questions.md`."""
    lines: list[str] = []
    for readers, asked in by_readers().items():
        lines.append(f"## For {readers}\n")
        for q in asked:
            parameters = re.sub(r"\?(\w+)", r"`\1`", q.parameters)
            defaults = f" Without `--set`: `{q.settings}`." if q.defaults else ""
            lines.append(f"### {q.name}\n\n**{q.title}** {q.row}\n\nParameters: {parameters}{defaults}\n")
    return "\n".join(lines)
