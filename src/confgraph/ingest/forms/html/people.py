"""Read the people of an entry: names, and the affiliations that marks, brackets, commas or places of their own give them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from confgraph.ingest.affiliations import is_institution, opens_with_key, read_affiliated, read_commas, read_keys, resolve
from confgraph.ingest.forms.fields_text import Person
from confgraph.ingest.lines import Line, split_lines
from confgraph.ingest.names import is_group, is_name
from confgraph.ingest.people import is_author_list, mostly, split_authors, split_listed
from confgraph.records import Author

_BARS: Final = re.compile(r"\s*[|∣·•‧⋅]\s*")
_OPENING: Final = re.compile(r"(?:by|authors?|speakers?|presenters?|presented by|with)\b\s*:?\s+", re.IGNORECASE)
_CLOSING_STOP: Final = re.compile(r"(?<=[^\W\d_]{2})(?<!\bJr)(?<!\bSr)\.$")
_EDGE: Final = " \t\n,;·|–—-:"
_SPLIT: Final = re.compile(r"\s*;\s*")
_MARK: Final = re.compile("[¹²³⁴-⁹⁰ᵃᵇᶜᵈᵉᶠᵍʰ*†‡§¶∗]")
_POST: Final = re.compile(
    r"(?:(?:assistant|associate|full|adjunct|emeritus|visiting|distinguished|senior|principal|staff|lead|chief|junior|research|applied|doctoral|phd|ph\.d\.?"
    r"|postdoctoral|graduate|undergraduate|master'?s?|machine|learning|software|data)\s+)*"
    r"(?:professor|lecturer|reader|student|candidate|researcher|scientist|engineer|fellow|director|ceo|cto|founder|co-?founder|post-?doc|intern|manager)"
    r"|(?:dr|prof|mr|mrs|ms)\.?",
    re.IGNORECASE,
)
"""What a person is, where other pages print where they are."""
_PLACE_WORDS: Final = 60
_LONGEST: Final = 20_000
"""In characters: no list of authors is longer."""


class People(NamedTuple):
    """The authors of an entry, its collective authors, and whether the list goes on."""

    persons: tuple[Person, ...] = ()
    groups: tuple[str, ...] = ()
    others: bool = False


def tidy(text: str) -> str:
    """Write a list of people as the readers of text know it: dots between names where the page has bars, no `by` before, no stop after.

    >>> tidy("by Ada Lovelace | Alan Turing.")
    'Ada Lovelace · Alan Turing'
    """
    text = text[:_LONGEST].strip()
    if opening := _OPENING.match(text):
        text = text[opening.end() :]
    text = _BARS.sub(" · ", text).lstrip(_EDGE + ".").rstrip(_EDGE + "([")
    if text[:1] == "(" and text.find(")") == len(text) - 1:
        text = text[1:-1]
    return _CLOSING_STOP.sub("", text)


def count_names(text: str) -> int:
    """Count the people that a text lists, with or without marks and affiliations; 0 where it is no such list.

    >>> count_names("Ada Lovelace¹,² | Alan Turing³"), count_names("Ada Lovelace, University of London"), count_names("Sorting is hard")
    (2, 1, 0)
    """
    if len(text) > _LONGEST or names_places(text, marked=True):
        return 0
    names = tidy(text)
    if not names:
        return 0
    if is_author_list(names):
        authors = split_authors(names, 0)
        return len(authors) + authors[-1].others
    return len(read_affiliated(_line(names))) or (len(read_commas(_line(names))) if is_paired(names) else 0)


def names_places(text: str, *, marked: bool = False) -> bool:
    """Tell whether a text lists institutions: after marks, or, unless they have to be `marked`, in words.

    >>> names_places("¹ Google ² ETH"), names_places("University of London"), names_places("Ada Lovelace¹")
    (True, True, False)
    """
    if len(text.split()) > _PLACE_WORDS:
        return False
    if opens_with_key(text) and (_MARK.match(text) or is_institution(text)):
        return any(c.isalpha() for c in text)
    return not marked and is_institution(text)


def is_paired(text: str) -> bool:
    """Tell whether a text is `Name, Institution; Name, Institution`, or one such pair.

    >>> lists = "Ada Lovelace, ETH Zurich; Alan Turing, MIT", "Lovelace, Ada; Turing, Alan", "Ada Lovelace, Alan Turing"
    >>> tuple(is_paired(people) for people in lists)
    (True, False, False)
    """
    items = [item.partition(",") for item in text.split(";") if item.strip()]
    pairs = [(name.strip(), rest.strip()) for name, comma, rest in items if comma]
    if any("(" in name for name, _ in pairs):
        return False
    if not pairs or 2 * len(pairs) < len(items) or not mostly(is_name(name) and not is_institution(name) for name, _ in pairs):
        return False
    return len(items) > 1 or (is_institution(pairs[0][1]) and not is_author_list(text))


def read_people(pieces: Sequence[str], affiliations: Sequence[str] = (), *, paired: bool = False) -> People:
    """Read the people of some texts: one list, or one person each, and the texts that only name affiliations.

    `paired` says that most lists of the page pair a name with an institution.

    >>> people = read_people(["Ada Lovelace¹, Alan Turing¹,²"], ["¹ University of London, ² Princeton"])
    >>> [(p.name, p.affiliations) for p in people.persons]
    [('Ada Lovelace', ('University of London',)), ('Alan Turing', ('University of London', 'Princeton'))]
    """
    marked = [text for text in affiliations if opens_with_key(text)]
    authors = [author for piece in pieces for author in _read_list(tidy(piece), marked, paired=paired)]
    named = [author for author in authors if not is_group(author.name)]
    shared = [bare for text in affiliations if text not in marked for part in _SPLIT.split(text) if (bare := part.strip(_EDGE + "()"))]
    shared = [text for text in shared if not _POST.fullmatch(text)]
    if shared and not any(author.affiliations for author in named):
        each = [(place,) for place in shared] if len(shared) == len(named) else [tuple(shared)] * len(named)
        named = [replace(author, affiliations=places) for author, places in zip(named, each, strict=True)]
    return People(
        tuple(Person(author.name, author.affiliations) for author in named),
        tuple(author.name for author in authors if is_group(author.name)),
        bool(authors) and authors[-1].others,
    )


def joined_people(lists: Sequence[People]) -> People:
    """Join lists of people that follow one another."""
    return People(
        tuple(person for people in lists for person in people.persons),
        tuple(group for people in lists for group in people.groups),
        any(people.others for people in lists),
    )


def _read_list(text: str, marked: Sequence[str], *, paired: bool) -> Sequence[Author]:
    """Read one list of people; `marked` are lines of institutions that marks at the names lead to."""
    if not text:
        return ()
    line = _line(text)
    if is_paired(text) or (paired and "," in text):
        return read_commas(line)
    if "(" in text and (affiliated := read_affiliated(line)):
        return affiliated
    if not marked:
        return split_authors(text, 0)
    block = "\n".join(marked)
    return resolve(block, split_listed(text, 0), read_keys(split_lines(block)))


def _line(text: str) -> Line:
    return Line(0, len(text), text, 0)
