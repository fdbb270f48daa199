"""Read the names of a BibTeX field as BibTeX does, and as biblatex, templates and careless exports write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bibtexparser.middlewares.names import parse_single_name_into_parts

from confgraph.ingest.forms.fields_text import Person
from confgraph.ingest.forms.latex import decode
from confgraph.ingest.forms.names import full, said, without_number

_LONGEST_NAME: Final = 1_000
_FOOTNOTE: Final = re.compile(
    r"""\\(?:thanks|footnote|footnotemark|textsuperscript|textsuperscript\*|inst|IEEEauthorrefmark|authormark)(?![A-Za-z])
        \s*(?:\[[^\[\]{}]*\]\s*)?(?:\{(?:[^{}]|\{[^{}]*\})*\})?
      | \$\s*(?:\{\s*\})?\s*\^[^$]{0,80}\$ | \$\s*\\(?:ddagger|dagger|ast|star|diamond|sharp|S|P)\s*\$ | \\(?:ddag|dag)(?![A-Za-z])(?:\{\})?
      | (?<=[\w.}])\s?[*†‡§¶∗⁎¹²³⁴-⁹⁰]++(?:\s?,\s?[*†‡§¶∗⁎¹²³⁴-⁹⁰]++)*""",
    re.VERBOSE,
)
"""Marks at the names of people that lead to notes, as templates of conferences and careless exports have them."""
_MATH_ACCENT: Final = re.compile(
    r"\$\\(?P<mark>ddot|acute|grave|hat|tilde|bar|check|breve|dot|mathring)\s?\{?(?:\\(?:mbox|mathrm|text|rm)\s?\{?)?\s?(?P<letter>\\?[A-Za-z])\}{0,2}\$"
)
"""Accents as IEEE Xplore writes them in names: `M$\\ddot{u}$ller`."""
_TEXT_ACCENTS: Final = dict(
    zip("ddot acute grave hat tilde bar check breve dot mathring".split(), ('"', "'", "`", "^", "~", "=", "v", "u", ".", "r"), strict=True)
)
_AND: Final = re.compile(r"\\.|[{}]|(?:^| )and(?= )", re.IGNORECASE)
_COMMA: Final = re.compile(r"\\.|[{},]")
_PART: Final = re.compile(
    r"\s*(?P<key>family|given|prefix|suffix|useprefix|(?:given|family|prefix|suffix)-i)\s*=\s*(?P<value>.*)", re.IGNORECASE
)
"""A part of a name in biblatex's extended format. Source: biblatex manual, section 3.4 (data interface to names)."""


def read_people(value: str) -> tuple[tuple[Person, ...], tuple[str, ...], bool]:
    """Read a list of people: persons, collective authors (a name all in braces), and whether the list goes on.

    >>> people, groups, others = read_people(r"Example, Ada$^{1}$ and {The Flock} and others")
    >>> [person.name for person in people], groups, others
    (['Ada Example'], ('The Flock',), True)
    """
    persons: list[Person] = []
    groups: list[str] = []
    others = False
    value = _FOOTNOTE.sub("", _MATH_ACCENT.sub(lambda m: f"{{\\{_TEXT_ACCENTS[m['mark']]}{{{m['letter']}}}}}", value))
    names = [name for name in _iter_split(" ".join(value.split()), _AND) if name]
    braced = {name for name in names if _is_braced(name)}
    collective = braced if len(names) == 1 or braced < set(names) else set()  # where all names are braced, that says nothing
    for name in names:
        if name.casefold() in ("others", "et al", "et al."):
            others = True
        elif name in collective:
            groups.append(decode(name))
        elif text := _person(name):
            said_as, number = without_number(text)
            persons.append(Person(said_as, ids=(("dblp-name", text),) if number else ()))
    return tuple(persons), tuple(groups), others


def _iter_split(value: str, pattern: re.Pattern[str]) -> Iterator[str]:
    """Yield what stands between the separators that are in no braces; the pattern finds braces and what is escaped too."""
    depth, start = 0, 0
    for m in pattern.finditer(value):
        mark = m.group()
        if mark in "{}":
            depth = max(0, depth + (1 if mark == "{" else -1))
        elif not (depth or mark.startswith("\\")):
            yield value[start : m.start()].strip()
            start = m.end()
    yield value[start:].strip()


def _is_braced(name: str) -> bool:
    """Tell whether one pair of braces holds all of a name, which is no accent on its first letter."""
    if not (name.startswith("{") and name.endswith("}")) or name.startswith("{\\"):
        return False
    depth = 0
    for i, char in enumerate(name):
        depth += (char == "{") - (char == "}")
        if depth == 0:
            return i == len(name) - 1
    return False


def _person(name: str) -> str:
    """Give a name in the order in which it is said; commas in braces do not divide it."""
    if "," not in name or len(name) > _LONGEST_NAME:
        return decode(name)
    named = [_PART.fullmatch(piece) for piece in _iter_split(name, _COMMA)]
    if all(named):
        said_as = {m["key"].casefold(): decode(m["value"].strip('"')) for m in named if m}
        return full(said_as.get("given", ""), f"{said_as.get('prefix', '')} {said_as.get('family', '')}", said_as.get("suffix", ""))
    parts = parse_single_name_into_parts(name, strict=False)
    pieces = [" ".join([*parts.von, *parts.last]), " ".join(parts.jr), " ".join(parts.first)]
    return said(", ".join(text for piece in pieces if (text := decode(piece).replace(",", " "))))
