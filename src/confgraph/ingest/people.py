"""Read names of people, and lists of them, as pages print them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from confgraph.records import Author, Span
from confgraph.text import plain

_PARTICLES: Final = frozenset(
    """
    abu af al am av ben bin bint da dal das de degli dei del della delle den der di do dos du e el ibn im la las le los op san santa st
    ten ter tot van vom von y zu zum zur
    """.split()
)
_NOT_NAMES: Final = frozenset(
    """
    a abstract academy accepted algorithm algorithms analysis analytics and artificial authors bio center centre chair computational
    computer computing conference data dataset deep department engineering for foundations from geometry graphics group human imaging
    inference information institute intelligence invited keynote lab laboratory language large learning machine mathematical media medical
    methods mining model models natural network networks neural of on optimization oral orals paper papers poster posters processing program
    programme research robotics room school science sciences session sessions software spotlight statistical statistics systems talk the
    theory track tutorial tutorials university using vision visual with workshop workshops
    """.split()
)
_NOT_LOWER_NAMES: Final = frozenset(
    """
    about all are as at be by contact former in is it member members more new news our related see that they this to us was we were you
    """.split()
)
"""What a text in lower case holds that is no name; capitals would have told."""
_LOWER_NAME_WORDS: Final = 3
_TITLES: Final = re.compile(r"^(?:Prof(?:essor)?|Dr|Mr|Mrs|Ms)\.?\s+", re.IGNORECASE)
_OTHERS: Final = re.compile(r"\b(?:et\.?\s*al\b\.?|and others)\s*$", re.IGNORECASE)
_MARK: Final = r"[\s*†‡§¶∗⁎⁺¹²³⁴-⁹⁰0-9,]"
_OPENING_MARKS: Final = re.compile(rf"{_MARK}*")
_CLOSING_MARKS: Final = re.compile(rf"(?<!{_MARK}){_MARK}+$")
"""Only the start of a run is tried, so that a long run of marks costs no more than its length."""
_MAX_NAME_WORDS: Final = 6
_SEPARATORS: Final = ("·", "•", ";")
_COMMA: Final = r",(?!\s*(?:Jr|Sr|II|III|IV|Ph\.?D|M\.?D)\b)\s*(?:and\s|&\s)?|\sand\s|\s&\s"
"""What follows a name after a comma and belongs to it, such as `Jr.`, does not divide."""


def is_name(text: str) -> bool:
    """Tell whether a text can be one person's full name: 2 to 6 words, each a name part, an initial or a particle.

    >>> [is_name(t) for t in ("Mark van der Laan", "YU HUANG", "Shahul ES", "Fei-Fei Li", "J. R. R. Tolkien")]
    [True, True, True, True, True]
    >>> [is_name(t) for t in ("Machine Learning", "the authors", "Room 12", "Computer Vision & AI")]
    [False, False, False, False]
    """
    parts = _TITLES.sub("", text.strip()).split()
    if not 2 <= len(parts) <= _MAX_NAME_WORDS:
        return False
    return parts[0][0].isalpha() and not parts[0][0].islower() and _is_surname(parts[-1]) and all(map(_is_name_part, parts))


def is_lower_case_name(text: str) -> bool:
    """Tell whether a text can be a name that the page prints without capitals: 2 or 3 words, none of them a word of other lists.

    Ask only where people are listed: most words of two or three would do.

    >>> is_lower_case_name("ada lovelace"), is_lower_case_name("machine learning"), is_lower_case_name("Ada Lovelace")
    (True, False, False)
    """
    parts = text.split()
    return 2 <= len(parts) <= _LOWER_NAME_WORDS and all(map(_is_lower_part, parts))


def is_author_list(text: str) -> bool:
    """Tell whether a text is a list of people: names that a separator divides, or names before "et al.".

    >>> is_author_list("Ada Lovelace · Alan Turing"), is_author_list("Lovelace et al."), is_author_list("We win, they lose")
    (True, True, False)
    """
    authors = split_authors(text, 0)
    if not authors:
        return False
    if authors[-1].others:
        return all(is_name(a.name) or _is_surname(a.name.split()[-1]) for a in authors[:-1]) and _leads_others(authors[-1].name)
    # A dot between names is used for little else, so that beside one full name an odd one will do.
    dotted = " · " in text and any(is_name(a.name) for a in authors)
    return mostly(is_name(a.name) or (dotted and (_is_capitalised(a.name) or is_lower_case_name(a.name))) for a in authors)


def mostly(good: Iterable[bool]) -> bool:
    """Tell whether all, or at least 7 in 10 of three or more, are good: a long list forgives an odd name.

    >>> mostly([True, True]), mostly([True, False]), mostly([True, True, False, True])
    (True, False, True)
    """
    found = list(good)
    return all(found) if len(found) < 3 else sum(found) >= 0.7 * len(found)


def lists_people(text: str) -> bool:
    """Tell whether a text surely lists people: two names or more, or "et al."; a short title may look like one name.

    >>> lists_people("Ada Lovelace, Alan Turing"), lists_people("Lovelace et al."), lists_people("Deep Sorting")
    (True, True, False)
    """
    authors = split_authors(text, 0)
    return is_author_list(text) and (len(authors) > 1 or authors[-1].others)


def split_authors(text: str, offset: int) -> tuple[Author, ...]:
    """Split a printed list of people; `offset` is where `text` starts on the page.

    The separator is the first of `·`, `•`, `;` that stands in the text, else commas and `and`. A closing
    "et al." is no person: it marks the name before it. Footnote marks are no part of a name.

    >>> [(a.name, a.start, a.end) for a in split_authors("Ada Lovelace* · Alan Turing", 10)]
    [('Ada Lovelace', 10, 22), ('Alan Turing', 26, 37)]
    >>> split_authors("Lovelace et al", 0)[0].others
    True
    """
    others = _OTHERS.search(text)
    body = text[: others.start()] if others else text
    separator = next((s for s in _SEPARATORS if re.search(s, body)), _COMMA)
    spans = []
    at = 0
    for m in re.finditer(separator, body):
        spans.append(Span(at, m.start()))
        at = m.end()
    spans.append(Span(at, len(body)))
    authors = [a for s in spans if (a := read_author(body, s, offset))]
    if others and authors:
        last = authors[-1]
        authors[-1] = Author(last.name, last.affiliations, others=True, start=last.start, end=last.end)
    return tuple(authors)


def read_author(text: str, span: Span, offset: int, affiliations: tuple[str, ...] = ()) -> Author | None:
    """Read one name at a place of `text`, or None where nothing but marks stands there."""
    piece = text[span.start : span.end]
    closing = _CLOSING_MARKS.search(piece)
    end = closing.start() if closing else len(piece)
    start = end - len(_OPENING_MARKS.sub("", piece[:end], count=1))
    name = plain(piece[start:end])
    if not any(c.isalpha() for c in name):
        return None
    return Author(name, affiliations, start=offset + span.start + start, end=offset + span.start + end)


def _is_name_part(part: str) -> bool:
    bare = part.strip(".,'’()\"“”")
    if not bare or not all(c.isalpha() or c in "-.'’‐‑ʼ`´·" or unicodedata.category(c).startswith("M") for c in bare):
        return False
    if bare.casefold() in _PARTICLES or (len(bare) == 1 and bare.isupper()):
        return True
    if bare == "AI" or bare.casefold() in _NOT_NAMES:  # Ai is a surname
        return False
    return bare[0].isupper() or not bare[0].islower() or "’" in bare or "'" in bare


def _leads_others(name: str) -> bool:
    """Tell whether a text can be the name before "et al.": a surname will do, and so will a name in lower case."""
    parts = name.split()
    return (
        is_name(name)
        or _is_surname(parts[-1])
        or _is_capitalised(name)
        or (len(parts) <= _LOWER_NAME_WORDS and all(map(_is_lower_part, parts)))
    )


def _is_lower_part(part: str) -> bool:
    letters = part.replace("-", "").replace("'", "").replace("’", "")
    return letters.isalpha() and letters.islower() and len(letters) > 1 and part not in _NOT_NAMES and part not in _NOT_LOWER_NAMES


def _is_capitalised(name: str) -> bool:
    """Tell whether a name that may be a word too (`Poster`, `Deep`) is written as names are."""
    parts = name.split()
    return len(parts) <= _MAX_NAME_WORDS and all(p[0].isupper() and all(c.isalpha() or c in ".-'’" for c in p) for p in parts)


def _is_surname(part: str) -> bool:
    return _is_name_part(part) and (part[0].isupper() or not part[0].islower())
