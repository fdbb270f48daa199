"""Read where people work: brackets and commas after names, and marks that lead to a list of institutions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from confgraph import resources
from confgraph.ingest.lines import Line
from confgraph.ingest.names import is_capitalised, is_name
from confgraph.ingest.people import PLAIN_MARKS, REMARK, SIGNS, Listed, mostly, read_author
from confgraph.records import Author, Span

_LONGEST_NAME: Final = 60
"""In characters: what is longer before a bracket is a part of a sentence."""
_LONGEST_LIST: Final = 500
"""In characters: where the first bracket stands further on, the text is no list of people."""
_BETWEEN: Final = re.compile(r"\s*(?:[,;·&|，；、]|and\b|und\b|et\b)*\s*")
_NICKNAME: Final = re.compile(rf"(?<=\()[^\W\d_][\w.’'-]*\)(?![\s{re.escape(SIGNS)}]*(?:[,;·&|.]|$|(?:and|und|et)\b))")
"""One word in brackets, with a further name after it."""
_ROLES: Final = re.compile(
    r"(?:(?:invited |keynote )?speaker|present(?:er|ing(?: author)?)|(?:session )?chair|organi[sz]er|moderator|she/her|he/him|they/them"
    rf"|corresponding(?: author)?|(?:co-)?first author|equal contribution|\S+@\S+|{REMARK}.*)",
    re.IGNORECASE,
)
"""What stands in brackets and is no institution."""
_INSTITUTION: Final = re.compile(
    r"""\b(?:Univ|Uni\b|Institut|Istituto|Colleg|School|Lab\b|Labs\b|Laborator|Academ|Akadem|Hospital|Hôpital|Clinic|Klinik|Cent(?:er|re|rum|ro)\b
      |Dep(?:t\b|artment)|Facult|Fakult|Research|Recherche|Foundation|Corporation|Corp\b|Inc\b|Ltd\b|LLC\b|GmbH|Technolog|Polytech|Politec
      |Hochschule|École|Ecole|Escuela|Scuola|Ministry|Agency|Company|Council|Society|Observator|Systems\b|Group\b|Telecom|Consult
      |Council|National|Сity|УНИВЕРСИТЕТ|[Уу]ниверситет|[Ии]нститут|جامعة|대학|연구)
    |大学|大學|学院|學院|研究|公司""",
    re.VERBOSE,
)
_SURE: Final = re.compile(
    r"""\b(?:Universit|Univ\b|Institute?\ (?:of|for)|Istituto|Instituto|Institut\ |College|Laborator(?:y|ies)\b|Hospital|GmbH|Inc\b\.?|Ltd\b
      |Corporation|Polytech|Politec|Hochschule|École)|Academy\ of|大学|大學|学院|學院|研究所|대학""",
    re.VERBOSE,
)
"""Words that titles hardly hold."""
_ACRONYM: Final = re.compile(r"(?<![\w.])[A-Z][A-Z&]{2,}(?![\w.])|(?<!\w)(?:ETH|MIT|TU|UC|EPFL)(?!\w)")
_KEY: Final = re.compile(
    rf"""\s*(?:(?P<sup>[¹²³⁴-⁹⁰ᵃᵇᶜᵈᵉᶠᵍʰ]+)|\[(?P<square>\d{{1,3}})\]|(?P<sign>[{re.escape(SIGNS)}]+)|\$?\^\{{?(?P<tex>\w{{1,2}})\}}?\$?|<sup>(?P<raised>[^<>]{{1,4}})</sup>
      |\(?(?P<number>\d{{1,3}})(?:[.):]|\b|(?=[A-Z][a-z]|[A-Z]{{3}}))(?!\s*[a-z]+\b)|\(?(?P<letter>[a-h])(?:\)|\s)(?!\s*[a-z]+\b))\s*(?=\S)""",
    re.VERBOSE,
)
"""The mark before an institution; one that is a plain number or letter stands before no small word."""
_REMARK: Final = re.compile(
    r"""(?:equal|these|both|all)\ (?:contribut|author)|corresponding|contributed|work(?:\ was)?\ (?:done|performed)
      |joint(?:ly|\ (?:\w+\ )?(?:author|work|contribution))
      |(?:co-)?first\ author|presenting|listed|alphabetical|former""",
    re.IGNORECASE | re.VERBOSE,
)
"""What a mark leads to where it is no institution."""
_NEXT_RAISED: Final = re.compile(r"[,;]?\s+(?=[¹²³⁴-⁹⁰ᵃᵇᶜᵈᵉᶠᵍʰ]+\s?[^\W\d_])")
_NEXT_PLAIN: Final = re.compile(r"[,;]\s*(?=\d{1,2}\s?[^\W\d_]{2}|\(\d{1,2}\)|\[\d{1,2}\])")
"""Where the next institution of a line starts: a superscript after a space, or a number after a comma, as the line itself opens."""


_TURNED: Final = re.compile(
    rf"\s*(?P<name>[^,;()]{{1,60}},[^,;()]{{1,60}}?)\s*\((?P<place>[^;]{{1,300}})\)[{re.escape(SIGNS)}\d,\s.]{{0,20}}"
)
"""A name that opens with the surname, and an institution in brackets."""


def read_affiliated(line: Line) -> tuple[Author, ...]:
    """Read `Name (Institution), Name (Institution)`; empty where the line is anything else.

    Brackets inside an institution's name are kept; an author without brackets between others has
    no institution, and a nickname in brackets is a part of its name.

    >>> from confgraph.ingest.lines import split_lines
    >>> [(a.name, a.affiliations) for a in read_affiliated(split_lines("Ada Lovelace (ETH), Alan Turing (MIT (CSAIL))")[0])]
    [('Ada Lovelace', ('ETH',)), ('Alan Turing', ('MIT (CSAIL)',))]
    """
    if turned := _read_turned(line):
        return turned
    authors: list[Author] = []
    at, affiliated = 0, 0
    brackets = _brackets(line.text) or _square_brackets(line.text)
    if not brackets or brackets[0][0] > _LONGEST_LIST:
        return ()
    for opening, closing in brackets:
        if between := _BETWEEN.match(line.text, at):
            at = between.end()
        if _NICKNAME.match(line.text, opening + 1) and not is_institution(line.text[opening + 1 : closing]):
            continue
        names = _names(line, at, opening)
        if not names or len(names[-1].name) > _LONGEST_NAME:
            return ()
        place = line.text[opening + 1 : closing].strip()
        if not _ROLES.fullmatch(place):
            names[-1] = replace(names[-1], affiliations=(place,) if place else ())
            affiliated += 1
        authors += names
        at = closing + 1
    authors += _names(line, at, len(line.text))
    named = any(is_name(a.name) for a in authors) and mostly(is_name(a.name) or " " not in a.name or _is_placed(a) for a in authors)
    return tuple(authors) if named and affiliated and 2 * affiliated >= len(authors) else ()


def _read_turned(line: Line) -> tuple[Author, ...]:
    """Read `Surname, Name (Institution); Surname, Name (Institution)`; empty where any part is anything else."""
    authors = []
    at = 0
    for part in line.text.split(";"):
        m = _TURNED.fullmatch(line.text, at, at + len(part))
        author = read_author(line.text, Span(*m.span("name")), line.start) if m else None
        if m is None or author is None or "," in author.name or _ROLES.fullmatch(m["place"]):
            return ()
        authors.append(replace(author, affiliations=(m["place"].strip(),)))
        at += len(part) + 1
    return tuple(authors)


def _is_placed(author: Author) -> bool:
    """Tell whether words in capitals are a name because an institution follows."""
    return is_capitalised(author.name) and any(map(is_institution, author.affiliations))


def _brackets(text: str) -> list[tuple[int, int]]:
    """Give the places of the outermost brackets of a text, in order; an unclosed one is none."""
    found = []
    depth = start = 0
    for m in re.finditer(r"[()（）]", text):
        if m.group() in "(（":
            start = m.start() if depth == 0 else start
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                found.append((start, m.start()))
    return found


def _square_brackets(text: str) -> list[tuple[int, int]]:
    """Give the places of square brackets after names, where all hold institutions."""
    found = [(m.start(), m.end() - 1) for m in re.finditer(r"(?<=\w\s)\[[^\[\]]{2,200}\]", text)]
    return found if all(is_institution(text[opening + 1 : closing]) for opening, closing in found) else []


def _names(line: Line, start: int, end: int) -> list[Author]:
    """Read the names between two places: the last belongs to the bracket that follows, earlier ones have none."""
    names = []
    at = start
    for piece in re.split(r"([,;|·]|\band\b|\bund\b|&)", line.text[start:end]):
        author = read_author(line.text, Span(at, at + len(piece)), line.start)
        if author and piece not in ("and", "und"):
            names.append(author)
        at += len(piece)
    return names


def is_institution(text: str) -> bool:
    """Tell whether a text reads as the name of an institution: it is known, holds a word for one, or an acronym.

    >>> is_institution("University of London"), is_institution("DeepMind"), is_institution("EPFL"), is_institution("Ada Lovelace")
    (True, True, True, False)
    """
    if _INSTITUTION.search(text) or any(_is_known(part.strip(" .")) for part in re.split(r"[,+;/(]", text)):
        return True
    return bool(_ACRONYM.search(text)) and not is_name(text) and not (text.isupper() and " " in text.strip())


def names_institution(text: str) -> bool:
    """Tell whether a line is surely of institutions, though nothing beside it says so.

    >>> names_institution("University of London"), names_institution("Foundation Models for Systems Research")
    (True, False)
    """
    return (
        bool(_SURE.search(text))
        or _is_known(re.split(r"[,+;/(]", text)[0].strip(" ."))
        or ("," in text and bool(_INSTITUTION.search(text)))
    )


def _is_known(name: str) -> bool:
    first = name.split(" ", 1)[0]
    return name in _known() or (first.isupper() and len(first) > 1 and first in _known())


@cache
def _known() -> frozenset[str]:
    table = resources.folder("data/gazetteers") / "institutions.tsv"
    rows = resources.split_rows(table.read_text(encoding="utf-8"))
    return frozenset(form.removesuffix("?") for row in rows for cell in row for form in cell.split("|"))


def read_commas(line: Line, start: int = 0, separator: str = ";") -> tuple[Author, ...]:
    """Read `Name, Institution; Name, Institution`; a piece that opens with no name goes on the institution before it.

    >>> from confgraph.ingest.lines import split_lines
    >>> [(a.name, a.affiliations) for a in read_commas(split_lines("Ada Lovelace, ETH, Zurich; Alan Turing, MIT")[0])]
    [('Ada Lovelace', ('ETH, Zurich',)), ('Alan Turing', ('MIT',))]
    """
    authors: list[Author] = []
    text = line.text
    at = start
    for piece in text[start:].split(separator):
        comma = piece.find(",")
        name = piece[:comma] if comma >= 0 else piece
        author = read_author(text, Span(at, at + len(name)), line.start)
        if author and authors and authors[-1].affiliations and not _opens_person(name, piece[len(name) + 1 :]):
            last = authors[-1]
            begun = text.find(last.affiliations[-1], last.end - line.start)
            authors[-1] = replace(last, affiliations=(text[begun : at + len(piece)].strip(),))
        elif author:
            place = piece[len(name) + 1 :].strip()
            authors.append(replace(author, affiliations=(place,) if place else ()))
        at += len(piece) + len(separator)
    return tuple(authors)


def _opens_person(name: str, place: str) -> bool:
    """Tell whether a piece of a list starts a person and is not the rest of an institution."""
    return is_name(name) and not is_institution(name) if not place.strip() else len(name.split()) <= 6 and not _INSTITUTION.search(name)


def read_keys(lines: Iterable[Line]) -> dict[str, Span]:
    """Read a list of marked institutions, one or several to a line: the mark leads to the place of the name.

    >>> from confgraph.ingest.lines import split_lines
    >>> text = "¹ ETH Zurich, ² MIT"
    >>> {mark: text[at.start : at.end] for mark, at in read_keys(split_lines(text)).items()}
    {'1': 'ETH Zurich', '2': 'MIT'}
    """
    keys: dict[str, Span] = {}
    for line in lines:
        at = 0
        first = _KEY.match(line.text)
        following = _NEXT_RAISED if first and first["sup"] else _NEXT_PLAIN
        for stop in [*(m.end() for m in following.finditer(line.text)), len(line.text)]:
            key = _KEY.match(line.text, at, stop)
            if not key:
                break
            at, begin = stop, key.end()
            if _REMARK.match(line.text, begin):
                continue
            name = line.text[begin:stop].rstrip()
            name = name.rstrip(",; ") if stop < len(line.text) else name
            keys.setdefault(_mark(key), Span(line.start + begin, line.start + begin + len(name)))
    return keys


def _mark(key: re.Match[str]) -> str:
    return next(group for group in key.groups() if group).translate(PLAIN_MARKS)


def opens_with_key(text: str) -> str | None:
    """Give the mark that opens a line of marked institutions, or None.

    >>> opens_with_key("¹ ETH Zurich"), opens_with_key("2. MIT"), opens_with_key("ETH Zurich")
    ('1', '2', None)
    """
    key = _KEY.match(text)
    return _mark(key) if key else None


def resolve(text: str, people: Sequence[Listed], keys: Mapping[str, Span]) -> tuple[Author, ...]:
    """Give people the institutions that their marks lead to, in the order of the marks.

    Digits that stand together without a comma are taken apart where no institution has the whole number.
    """
    authors = []
    for person in people:
        marks = [m for mark in person.marks for m in ([mark] if mark in keys else list(mark))]
        places = dict.fromkeys(text[keys[m].start : keys[m].end] for m in marks if m in keys)
        authors.append(replace(person.author, affiliations=tuple(places)))
    return tuple(authors)
