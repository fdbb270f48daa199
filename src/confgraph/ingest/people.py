"""Read lists of people as pages print them: separators, marks for footnotes, surnames first, `et al.`, groups."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from confgraph.ingest.names import RANKS, SUFFIX, is_capitalised, is_group, is_lower_case_name, is_lower_part, is_name, is_surname
from confgraph.records import Author, Span
from confgraph.text import plain

_OTHERS: Final = re.compile(
    r"[,;·\s]*(?:\bet\.?\s*al\b\.?|\band others\b|\bund andere\b|\bu\.\s?a\.|\bet autres\b|\by otros\b|и др\.?|等人?"
    r"|(?:\band\s|\+)\s*\d+ (?:more|others)(?: authors)?|…|\.\.\.)\s*$",
    re.IGNORECASE,
)
_SEPARATORS: Final = tuple(map(re.compile, ("·", "•", ";", "；", "、", "،", r"\|", r"\t", r"\s/\s")))
_AND: Final = r"(?:and|und|&)"
_COMMA: Final = re.compile(
    rf"[,，](?!\s*{SUFFIX}\s*(?:[^\w\s]|[\d¹²³⁴-⁹⁰ᵃ-ᵛ]|$|{_AND}\s))\s*(?:{_AND}\s)?|\s{_AND}\s|\set\s(?!al\b)|\s(?:on\sbehalf\sof|for)\s(?=the\s)"
)
"""What follows a name after a comma and belongs to it, such as `Jr.`, does not divide."""
_LAST_AND: Final = re.compile(r"\s[ye]\s")
"""The `and` of Spanish, Italian and Portuguese, which also stands inside names."""
_LEADING_AND: Final = re.compile(rf"\s*(?:{_AND}|on\sbehalf\sof|for(?=\sthe\s))\s+")
SIGNS: Final = "*†‡§¶∗⁎⁺♠♣♦♥♯#‖∥⋆★☆✉✝"
_MARK: Final = rf"[\s_{SIGNS}¹²³⁴-⁹⁰ᵃ-ᵛ0-9,]"
_OPENING_MARKS: Final = re.compile(rf"{_MARK}*")
REMARK: Final = r"(?:to\ appear|preprint|accepted|in\ press|under\ review|presented\ by|best\ (?:paper|student|poster))\b"
"""How a remark in brackets opens that is about a paper and no place."""
_CLOSING_MARKS: Final = re.compile(
    rf"""(?:{_MARK}
      | \(\s*[{SIGNS}\d,\s]*\s*\) | \[\s*[{SIGNS}\d,\s]+\s*\] | \^?\{{[^{{}}]*\}} | \$[^$]*\$ | \^(?!\{{) | <sup>[^<>]*</sup>
      | \\(?:dagger|ddagger|ast|star|S|P)\b
      | (?<=\s)[a-h](?![^\W\d_]) | (?<=[\w.]\s)\((?i:speaker|presenter|presenting\ author|corresponding\ author|she/her|he/him|they/them
        |{REMARK}[^()]*)\)
    )+$""",
    re.VERBOSE,
)
_LONGEST_MARKS: Final = 60
"""How many characters at the end of a name are looked through for marks; a bound, so that a run of any length takes linear time."""
_MARK_TOKEN: Final = re.compile(rf"\d+|(?<![^\W\d_])[a-h](?![^\W\d_])|[{SIGNS}]|\\(?:dagger|ddagger|ast|star|S|P)\b")
PLAIN_MARKS: Final = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰ᵃᵇᶜᵈᵉᶠᵍʰ", "1234567890abcdefgh")
_MARK_GROUP: Final = re.compile(
    rf"\^?\{{[^{{}}@]{{0,20}}\}}|\$[^$]{{0,20}}\$|<sup>[^<>]{{0,20}}</sup>|\[[\d,\s]{{1,20}}\]|\([{SIGNS}\d,\s]{{0,20}}\)"
)
"""Marks in brackets of some sort: a comma there divides no people."""
_EMAIL: Final = re.compile(r"[<(\[]\s*[\w.+-]+@[\w.-]+\s*[>)\]]|\{[^{}@]{1,300}\}\s?@[\w.-]+")
_EMAIL_AFTER: Final = re.compile(r"(?<=\S)\s+[\w.+-]+@[\w-]+\.[\w.-]+$")
_UNNAMED: Final = re.compile(r"anonym(?:ous|ized|ised)(?: authors?)?", re.IGNORECASE)
"""What stands for the people of a paper that is under review."""
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.?[\s-]?){1,3}")
_REMEMBERED: Final = 256
"""Readers ask in several ways of what a line is made, one line after another: so many answers are kept."""
_SURELY_NAMED: Final = 6
"""Of more words, most have capitals in a list of people."""
_ODD_SHARE: Final = 0.7


class Listed(NamedTuple):
    """A person of a list with the marks that stand at the name: digits, letters or signs that lead to a note or an institution."""

    author: Author
    marks: tuple[str, ...]


def is_author_list(text: str) -> bool:
    """Tell whether a text is a list of people: names that a separator divides, or names before "et al.".

    >>> is_author_list("Ada Lovelace · Alan Turing"), is_author_list("Lovelace et al."), is_author_list("We win, they lose")
    (True, True, False)
    """
    if _UNNAMED.fullmatch(text.strip()):
        return True
    authors = () if reads_on(text) else split_authors(text, 0)
    if not authors:
        return False
    if authors[-1].others:
        return all(is_name(a.name) or is_surname(a.name.split()[-1]) for a in authors[:-1]) and _leads_others(authors[-1].name)
    # A dot between names is used for little else, so that beside one full name an odd one will do.
    dotted = " · " in text and any(is_name(a.name) for a in authors)
    return mostly(
        is_name(a.name) or is_group(a.name) or (dotted and (is_capitalised(a.name) or is_lower_case_name(a.name))) for a in authors
    )


def reads_on(text: str) -> bool:
    """Tell whether a text is so long, and holds so few capitals, that it is no list of people.

    >>> reads_on("we show that one more card makes the engine weave"), reads_on("ada lovelace et al.")
    (True, False)
    """
    words = text.split()
    return len(words) > _SURELY_NAMED and 2 * sum(word[0].islower() for word in words) > len(words)


def mostly(good: Iterable[bool]) -> bool:
    """Tell whether all, or at least 7 in 10 of three or more, are good: a long list forgives an odd name.

    >>> mostly([True, True]), mostly([True, False]), mostly([True, True, False, True])
    (True, False, True)
    """
    found = list(good)
    return all(found) if len(found) < 3 else sum(found) >= _ODD_SHARE * len(found)


def lists_people(text: str) -> bool:
    """Tell whether a text surely lists people: two names or more, or "et al."; a short title may look like one name.

    >>> lists_people("Ada Lovelace, Alan Turing"), lists_people("Lovelace et al."), lists_people("Deep Sorting")
    (True, True, False)
    """
    if not is_author_list(text):
        return False
    authors = split_authors(text, 0)
    return len(authors) > 1 or authors[-1].others


@lru_cache(maxsize=_REMEMBERED)
def split_authors(text: str, offset: int) -> tuple[Author, ...]:
    """Split a printed list of people; `offset` is where `text` starts on the page.

    The separator is the first of `·`, `•`, `;` and their like that stands in the text, else commas and `and`. A closing
    "et al." is no person: it marks the name before it. Titles, footnote marks and e-mail addresses are no part of a name, and
    where all names open with the surname (`Lovelace, Ada; Turing, Alan`), they are turned.

    >>> [(a.name, a.start, a.end) for a in split_authors("Ada Lovelace* · Alan Turing", 10)]
    [('Ada Lovelace', 10, 22), ('Alan Turing', 26, 37)]
    >>> [a.name for a in split_authors("Lovelace, Ada; Turing, Alan", 0)]
    ['Ada Lovelace', 'Alan Turing']
    >>> split_authors("Lovelace et al", 0)[0].others
    True
    """
    return tuple(listed.author for listed in split_listed(text, offset))


def surnames_first(texts: Iterable[str]) -> bool:
    """Tell whether most of the lists that `;` divides open each name with the surname.

    >>> surnames_first(["Lovelace, Ada; Turing, Alan", "Hopper, Grace"]), surnames_first(["Ada Lovelace, London; Alan Turing, Hut 8"])
    (True, False)
    """
    lists = [text for text in texts if ";" in text]
    return bool(lists) and 2 * sum(_all_turned(text, _units(text)) for text in lists) > len(lists)


def split_listed(text: str, offset: int, *, turned: bool = False) -> tuple[Listed, ...]:
    """Split a printed list of people as `split_authors` does, and keep the marks at each name; `turned`: surnames stand first on the page.

    >>> [(a.name, marks) for a, marks in split_listed("Ada Lovelace¹,²*, Alan Turing²", 0)]
    [('Ada Lovelace', ('1', '2', '*')), ('Alan Turing', ('2',))]
    """
    others = _OTHERS.search(text)
    body = _EMAIL.sub(lambda m: " " * len(m.group()), text[: others.start()] if others else text)
    body = _MARK_GROUP.sub(lambda m: m.group().replace(",", " "), body)
    people: list[Listed] = []
    units = _units(body)
    if turned and len(units) == 2 and body.count(",") == 1 and "," in body[units[0].end : units[1].start]:
        units = [Span(units[0].start, units[1].end)]
    turned = turned or _all_turned(body, units)
    for span in units:
        author = read_author(body, span, offset)
        if author and turned:
            author = replace(author, name=_turned(author.name, surely=True))
        marks = _marks(body, span, author, offset)
        if author:
            people.append(Listed(author, marks))
        elif people and marks:
            people[-1] = Listed(people[-1].author, people[-1].marks + marks)
    if others and people:
        people[-1] = Listed(replace(people[-1].author, others=True), people[-1].marks)
    return tuple(people)


def split_groups(authors: Sequence[Author]) -> tuple[tuple[Author, ...], tuple[Span, ...]]:
    """Part the people of a list from the groups that it names, which are given by their places.

    >>> people, groups = split_groups(split_authors("Ada Lovelace, Gemini Team", 0))
    >>> [a.name for a in people], groups
    (['Ada Lovelace'], (Span(start=14, end=25),))
    """
    people = tuple(a for a in authors if not is_group(a.name))
    return people, tuple(Span(a.start, a.end) for a in authors if is_group(a.name))


def read_author(text: str, span: Span, offset: int, affiliations: tuple[str, ...] = ()) -> Author | None:
    """Read one name at a place of `text`, or None where nothing but marks stands there.

    `Lovelace, Ada` is turned to `Ada Lovelace`; the place is that of the printed name.
    """
    place = _bare(text, span)
    name = plain(text[place.start : place.end])
    if not any(c.isalpha() for c in name) or (len(name) == 1 and name.islower()):
        return None
    return Author(_turned(name), affiliations, start=offset + place.start, end=offset + place.end)


def _bare(text: str, span: Span) -> Span:
    """Cut titles and marks from the ends of a name."""
    piece = text[span.start : span.end].rstrip()
    if email := _EMAIL_AFTER.search(piece):
        piece = piece[: email.start()]
    tail = max(0, len(piece) - _LONGEST_MARKS)
    closing = _CLOSING_MARKS.search(piece, tail)
    end = closing.start() if closing else len(piece)
    start = end - len(_OPENING_MARKS.sub("", piece[:end], count=1))
    if ranks := RANKS.match(piece, start, end):
        start = ranks.end()
    return Span(span.start + start, span.start + end)


def _marks(text: str, span: Span, author: Author | None, offset: int) -> tuple[str, ...]:
    """Read the marks before and after a name, or those that stand alone."""
    if author is None:
        return _read_marks(text[span.start : span.end])
    return _read_marks(text[span.start : author.start - offset]) + _read_marks(text[author.end - offset : span.end])


def _read_marks(text: str) -> tuple[str, ...]:
    return tuple(_MARK_TOKEN.findall(text[:_LONGEST_MARKS].translate(PLAIN_MARKS))) if text.strip() else ()


def _units(text: str) -> list[Span]:
    """Cut a list into the places of its people."""
    separator = next((s for s in _SEPARATORS if s.search(text)), None)
    if separator is None:
        pieces = _with_last_two(text, list(_pieces(text, _COMMA)))
        if turned := _paired(text, pieces):
            return turned
        return [_without_and(text, piece) for piece in pieces]
    return [_without_and(text, piece) for piece in _pieces(text, separator)]


def _pieces(text: str, separator: re.Pattern[str]) -> Iterator[Span]:
    at = 0
    for m in separator.finditer(text):
        yield Span(at, m.start())
        at = m.end()
    yield Span(at, len(text))


def _with_last_two(text: str, pieces: list[Span]) -> list[Span]:
    """Cut the last piece of a list at an `y` or `e` between two full names."""
    last = pieces[-1]
    m = _LAST_AND.search(text, last.start, last.end)
    if m and is_name(text[last.start : m.start()]) and is_name(text[m.end() : last.end]):
        return [*pieces[:-1], Span(last.start, m.start()), Span(m.end(), last.end)]
    return pieces


def _without_and(text: str, piece: Span) -> Span:
    """Cut the `and` that opens the last name of a list."""
    m = _LEADING_AND.match(text, piece.start, piece.end)
    return Span(m.end(), piece.end) if m else piece


def _paired(text: str, pieces: Sequence[Span]) -> list[Span]:
    """Join surname and initials of `Lovelace, A., Turing, A. M.`, or surname and name of `Lovelace, Ada and Turing, Alan`; else nothing."""
    if len(pieces) < 2 or len(pieces) % 2:
        return []
    pairs = [(pieces[i], pieces[i + 1]) for i in range(0, len(pieces), 2)]
    given = [text[b.start : b.end].strip() for _, b in pairs]
    initials = all(g.isupper() and _INITIALS.fullmatch(g) for g in given)
    divided = all("," not in text[b.end : c.start] for (_, b), (c, _) in pairwise(pairs)) and len(pairs) > 1
    alone = len(pairs) == 1 and not any(is_name(text[a.start : a.end]) for a in pieces)
    if not (initials or divided or alone) or any("," not in text[a.end : b.start] for a, b in pairs):
        return []
    return [Span(a.start, b.end) for a, b in pairs] if all(_opens_with_surname(text[a.start : b.end]) for a, b in pairs) else []


def _opens_with_surname(name: str) -> bool:
    surname, _, given = (part.strip() for part in name.partition(","))
    if not surname or not given:
        return False
    return (" " not in surname or surname[0].islower()) and is_name(f"{given} {surname}")


def _all_turned(text: str, units: Sequence[Span]) -> bool:
    """Tell whether most names of a list open with the surname, so that an odd one does as well."""
    turned = sum(_opens_with_surname(text[unit.start : unit.end]) for unit in units)
    return len(units) > 1 and 2 * turned > len(units)


def _turned(name: str, *, surely: bool = False) -> str:
    """Put the surname last where a comma says that it stands first; what closes a name (`Jr.`) stays."""
    if name.count(",") != 1 or re.search(rf",\s*{SUFFIX}$", name) or not (surely or _opens_with_surname(name)):
        return name
    surname, _, given = name.partition(",")
    return f"{given.strip()} {surname.strip()}"


def _leads_others(name: str) -> bool:
    """Tell whether a text can be the name before "et al.": a surname will do, and so will a name in lower case."""
    parts = name.split()
    return is_name(name) or is_surname(parts[-1]) or is_capitalised(name) or (len(parts) < 4 and all(map(is_lower_part, parts)))
