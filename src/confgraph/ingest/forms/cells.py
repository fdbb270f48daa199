"""Read cells that list people or words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from confgraph.ingest.forms import ids
from confgraph.ingest.forms.fields_text import Person
from confgraph.ingest.forms.names import full, is_suffix, said
from confgraph.ingest.forms.rows import objects_in, text_in, texts_in

_STRONG: Final = re.compile(r"[;|·•\n\t]")
"""What stands between entries of a list and hardly ever inside one."""
_AND: Final = re.compile(r"\s+(?:and|&)\s+")
_COMMA: Final = re.compile(r",(?!\s*(?:(?:Jr|Sr)\b|I{2,3}\b|Ph\.?D))\s*(?:(?:and|&)\s+)?|\s+(?:and|&)\s+")
_OTHERS: Final = re.compile(r"\b(?:et\.?\s?al\.?|and others|others)\s*+$", re.IGNORECASE)
_IN_BRACKETS: Final = re.compile(r"(?P<name>[^()]+)\((?P<place>.+)\)")
_MARKS: Final = re.compile(r"[*†‡§¶∗⁎¹²³⁴-⁹⁰]+")
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.?[ -]?){1,4}")
_INITIALS_LAST: Final = re.compile(r"(?P<family>[^\W\d_]{2,60}[^\d.,()]{0,60}?)\s(?P<initials>(?:[^\W\d_a-z]\.?-?){1,4})")
_MOST: Final = 0.8
_QUOTED: Final = re.compile(r"'((?:[^'\\]|\\.)*+)'|\"((?:[^\"\\]|\\.)*+)\"")
_PRINTED_LIST: Final = re.compile(rf"\[\s*+(?:(?:{_QUOTED.pattern})\s*+(?:,\s*+|(?=\])))*+\]")
_NUMBER: Final = re.compile(r"[\d\s;,.-]*[\dX]")
_OF_NAMES: Final = ("name", "fullname", "full_name", "fullName", "author", "author_name", "display_name", "displayName")
_OF_GIVEN: Final = ("given", "first", "firstName", "first_name", "given_name", "firstname", "givenName")
_OF_FAMILIES: Final = ("family", "last", "lastName", "last_name", "surname", "lastname", "familyName")
_OF_PLACES: Final = ("affiliations", "affiliation", "institution", "institutions", "organization", "org")
_OF_IDS: Final = ("orcid", "ORCID", "id", "authorid", "profile")
"""The keys that objects of people have, the likelier first."""
_AUTHORS: Final = frozenset({"", "author", "presenter", "bookAuthor", "contributor"})
"""The roles of people, as Zotero names them, that write a paper; most objects name none."""
_OF_WORDS: Final = ("name", "tag", "display_name", "keyword", "term", "label", "value")
"""The keys of objects that are a keyword."""
_SAMPLE: Final = 1_000
"""So many cells tell how a column writes names."""
_WORDS: Final = re.compile(r"[;|\n]")


@dataclass(frozen=True, slots=True)
class Style:
    """How a column writes people: what stands between two of them (None: told by each cell), and whether surnames come first.

    `initials_last` says that initials follow the surname without a comma, as in Scopus and PubMed.
    """

    separator: str | None = None
    surname_first: bool = True
    initials_last: bool = False

    @classmethod
    def of(cls, cells: Iterable[str], separator: str | None = None) -> Style:
        """Tell the style of a column by its cells: surnames come first where mostly one word stands before a comma.

        >>> Style.of(["Example, Ada; Sample, Bob"]).surname_first, Style.of(["Ada Example, Uni A; Bob Sample, Uni B"]).surname_first
        (True, False)
        >>> Style.of(["van Example A.B., Sample C."]).initials_last, Style.of(["Ada B., Bob Sample"]).initials_last
        (True, False)
        """
        seen = [cell for _, cell in zip(range(_SAMPLE), cells, strict=False)]
        own = cls(separator or _separator(seen))
        parts = [part for cell in seen for part in own.split(cell)]
        before = [name.split() for part in parts if (name := _before_comma(part))]
        single = sum(sum(not word[0].islower() for word in words) == 1 for words in before)
        turned = sum(bool(_INITIALS_LAST.fullmatch(part)) for part in parts)
        return cls(own.separator, 2 * single >= len(before), turned > 1 and turned >= _MOST * len(parts))

    def split(self, cell: str, *, commas: bool = True) -> list[str]:
        """Split a cell that lists people or what belongs to each; blank entries keep their place, but for a last one.

        Without `commas`, these divide nothing, for they stand inside what is listed.

        >>> Style().split("Ada Example; Bob Sample;"), Style().split("Ada Example, Bob Sample and Cem Third")
        (['Ada Example', 'Bob Sample'], ['Ada Example', 'Bob Sample', 'Cem Third'])
        >>> Style().split("Example, Ada and Sample, Bob"), Style().split("Example, Ada, Sample, Bob")
        (['Example, Ada', 'Sample, Bob'], ['Example, Ada', 'Sample, Bob'])
        """
        if not cell.strip():
            return []
        separator = self.separator
        if separator is None and (strong := _STRONG.search(cell.strip())):
            separator = strong.group()
        if separator:
            parts = [part.strip() for part in cell.split(separator)]
            return parts if parts[-1] else parts[:-1]
        if not commas:
            return [cell.strip()]
        cell = " ".join(cell.split())
        between = _AND.split(cell)
        if any("," in part for part in between) and all(_is_inverted(part) for part in between):
            return between
        parts = [part.strip() for part in _COMMA.split(cell)]
        if len(parts) % 2 == 0 and not any(_has_words(part) for part in parts):
            return [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
        return [part for part in parts if part]

    def placed(self, cell: str, count: int, *, commas: bool = True) -> list[str]:
        """Split a cell that lists what belongs to so many people; of these the last may have nothing, behind a separator.

        >>> Style().placed("University of Wool; ", 2), Style().placed("University of Wool;", 1)
        (['University of Wool', ''], ['University of Wool'])
        """
        parts = self.split(cell, commas=commas)
        closing = cell.rstrip(" ")[-1:]
        return [*parts, ""] if len(parts) == count - 1 and closing and (closing == self.separator or _STRONG.match(closing)) else parts


def listed(cell: str) -> str | list[str]:
    """Give the texts of a cell that holds a list as Python or JSON writes it, else the cell.

    >>> listed("['Ada Example', 'Bob Sample']"), listed('["Ada"]'), listed("[1] Ada")
    (['Ada Example', 'Bob Sample'], ['Ada'], '[1] Ada')
    """
    if not _PRINTED_LIST.fullmatch(cell.strip()):
        return cell
    return [re.sub(r"\\(.)", r"\1", m[1] or m[2] or "") for m in _QUOTED.finditer(cell)]


def iter_people(value: Any, style: Style) -> Iterator[tuple[Person, bool]]:
    """Yield the people of a value, and whether more follow: a cell, a list of names, a list of objects."""
    if isinstance(value, str):
        others = _OTHERS.search(value)
        body = value[: others.start()].rstrip(" ,;\n") if others else value
        people = [_person(part, style) for part in style.split(body)]
        yield from ((person, bool(others) and i == len(people) - 1) for i, person in enumerate(people))
    elif isinstance(value, Sequence):
        for item in value:
            if isinstance(item, Mapping):
                if text_in(item, "creatorType") in _AUTHORS:
                    yield _of_object(item), item.get("others") is True
            elif isinstance(item, list):  # [surname, given name, suffix], as arXiv's own dump has them
                parts = [text_in({"a": part}, "a") for part in item[:3]] + ["", "", ""]
                yield Person(full(parts[1], parts[0], parts[2])), False
            elif isinstance(item, str):
                yield _person(item, style), False


def split_list(value: Any) -> list[str]:
    """Split a list of words; semicolons, bars and line ends divide where there are any, else commas.

    >>> split_list("a, b; c"), split_list("a, b"), split_list(["a, b", "c"])
    (['a, b', 'c'], ['a', 'b'], ['a, b', 'c'])
    """
    if not isinstance(value, str):
        held = (next(filter(None, (text_in(item, key) for key in _OF_WORDS)), "") for item in objects_in({"a": value}, "a"))
        return [*texts_in({"a": value}, "a"), *filter(None, held)]
    parts = _WORDS.split(value) if _WORDS.search(value) else value.split(",")
    return [word for part in parts if (word := part.strip())]


def _person(text: str, style: Style) -> Person:
    """Read one name, with an affiliation in brackets or, where surnames do not come first, after a comma."""
    text = _MARKS.sub("", text).strip()
    if m := _IN_BRACKETS.fullmatch(text):
        place = m["place"].strip()
        known = ids.of_person(place)
        return Person(said(m["name"].strip()), () if known or "@" in place or _NUMBER.fullmatch(place) else (place,), known)
    if style.initials_last and (m := _INITIALS_LAST.fullmatch(text)):
        return Person(f"{m['initials']} {m['family']}")
    name, comma, place = text.partition(",")
    if comma and not style.surname_first and len(name.split()) > 1 and not is_suffix(place):
        return Person(name.strip(), (place.strip(),) if place.strip() else ())
    return Person(said(text))


def _of_object(item: Mapping[str, Any]) -> Person:
    """Read an author that is an object, by the keys that are common."""
    name, given, family = (next(filter(None, (text_in(item, key) for key in keys)), "") for keys in (_OF_NAMES, _OF_GIVEN, _OF_FAMILIES))
    name = name or full(given, family)
    held = [place for key in _OF_PLACES for place in objects_in(item, key)]
    places = [text_in(place, "name") or text_in(place, "institution") for place in held]
    places += [text for key in _OF_PLACES for text in texts_in(item, key)]
    own = [(scheme, str(value)) for found in objects_in(item, "ids") for scheme, value in found.items() if isinstance(value, str)]
    known = (found for key in _OF_IDS for text in texts_in(item, key) for found in ids.of_person(text))
    return Person(said(name), tuple(dict.fromkeys(filter(None, places))), ids.united(own, known))


def _separator(cells: Sequence[str]) -> str | None:
    """Give what stands between people in most cells that list several, None where these are commas."""
    strong = Counter(m.group() for cell in cells if (m := _STRONG.search(cell.strip())))
    commas = sum(cell.count(",") > 1 and not _STRONG.search(cell) for cell in cells)
    best, count = max(strong.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    return best if count > commas else None


def _before_comma(part: str) -> str:
    """Give what stands before the comma of an entry, unless what follows is a part of the name, such as `Jr.`; empty without one."""
    name, _, rest = part.partition(",")
    return name.strip() if rest.strip() and not is_suffix(rest) else ""


def _is_inverted(part: str) -> bool:
    """Tell whether a text is `Last, First`: one comma, after one word or words of which all but one are particles."""
    before, comma, after = part.partition(",")
    return bool(comma) and "," not in after and sum(not word[0].islower() for word in before.split()) == 1


def _has_words(part: str) -> bool:
    """Tell whether a text is more than one word or some initials."""
    return " " in part.strip() and not _INITIALS.fullmatch(part.strip())
