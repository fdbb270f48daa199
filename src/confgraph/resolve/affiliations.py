"""Read a raw affiliation: its parts, their segments and words in a form in which spellings and languages agree.

`Univ. Stuttgart`, `University of Stuttgart` and `Universität Stuttgart` have one key. A key is the words of a name
joined, without small words, so that `Jiao Tong`, `Jiaotong` and `Jiao-Tong` are one as well.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_FORMS: Final = {
    "university": """univ uni u universitat universitaet universite universita universidad universidade universitatea universitas
        universiteit universitet universitetet uniwersytet univerzita univerzitet univerza universiti universitesi universities
        univeristy unversity univesity universty yliopisto sveuciliste universitatis universitats universitaria""",
    "institute": "inst institut instituto istituto institutes instituts instytut institutet insititute",
    "technology": """technical techn tech technol technologies tecnologia technologie teknologi tecnologico technologico technische
        technischen technischer tecnica tekniska tekniske""",
    "laboratory": "lab labs laboratories laboratoire laboratorio laboratorium labo laboratoires",
    "department": "dept dep dpt departement departamento dipartimento depart departments depts depto dipt",
    "center": "centre ctr centro zentrum centrum cent centers centres",
    "national": "natl nat nacional nazionale nationale nationales",
    "research": "res recherche recherches ricerca ricerche investigacion",
    "science": "sciences sci scienze ciencias sciencies",
    "engineering": "eng engr engg",
    "academy": "acad akademie academie",
    "college": "coll colleges",
    "school": "sch schools",
    "system": "systems",
    "international": "intl internationale internacional",
    "corporation": "corp",
    "electronic": "electronics",
    "mathematic": "mathematics",
    "saint": "st ste sankt",
    "mount": "mt",
    "polytechnic": "politecnico polytechnique politecnica",
    "federal": "federale federal",
    "hospital": "hosp",
    "group": "grp",
    "medical": "med",
    "munich": "munchen muenchen monaco",
    "zurich": "zuerich",
    "cologne": "koln koeln",
    "southern": "south",
    "technologyuniversity": "tu",
    "universitycalifornia": "uc",
    "indianinstitutetechnology": "iit",
    "nationalinstitutetechnology": "nit",
    "maxplanckinstitute": "mpi",
    "usa": "us",
    "uk": "gb",
}
"""The words that are written in many ways, in abbreviations, languages and usual misprints, by the form that stands for them."""
_FORM_OF: Final = {word: form for form, words in _FORMS.items() for word in words.split()}
_SMALL: Final = frozenset(
    """of the for and at in on de du des der die das den fur und von zu zur di del della delle dei degli e et la le les el los las y da do
    dos d l studi to van inc ltd llc gmbh corporation company co limited plc""".split()
)
"""Words that names in several languages are written with and without; `a` is none: it tells `Texas A&M`."""
_LETTERS: Final = str.maketrans(
    {
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ı": "i",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
        "ß": "ss",
        "ð": "d",
        "þ": "th",
    }
)
_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_DOTTED: Final = re.compile(r"(?<![^\W\d_])(?:(?:[^\W\d_]\.\s?){2,}|(?:[^\W\d_]\.)+[^\W\d_](?![^\W\d_]))")
_ELISION: Final = re.compile(r"(?<![^\W\d_])(?:d|l|dell|nell|all|sull|degl)['’`´]\s?(?=[^\W\d_])", re.IGNORECASE)
_LOST_ACCENT: Final = re.compile(r"(?<=[^\W\d_])\s[¨´`ˆ˜¸](?=[a-z])|[¨´`ˆ˜¸]")
_JOINED: Final = re.compile(r"(?<=\b[A-Z])\s?&\s?(?=[A-Z]\b)|(?<=\b[A-Z]{2})\s?&\s?(?=[A-Z]\b)|(?<=[A-Za-z])\*(?=[A-Za-z])")
_AND: Final = re.compile(r"[&/]")
_GLUED: Final = re.compile(r"[^\W\d_]{16,}")
_SEAM: Final = re.compile(r"(?<=[a-z]{3})(?:of|and|for)?(?=[A-Z][a-z])")
"""Where words are printed without a space, as files of type PDF give them."""
_EMAIL: Final = re.compile(r"[\w.+{}-]*@\s?((?:[\w-]+\.)+[A-Za-z]{2,})")
_PLUS: Final = re.compile(r"(?<![A-Za-z])\+(?!\w*\d{4})|\+(?![+\d])")
"""Adds one affiliation to another, and opens no telephone number."""
_PART: Final = re.compile(rf"(?:{_PLUS.pattern}|[;|•†‡§¶♭♯♮\n\r])")
_ASIDE: Final = re.compile(r"(?<=[a-z]\s)\(([A-Z][A-Za-z]*[A-Z][A-Za-z]*)\)")
_LONGEST: Final = 150
"""Words of a part that are read; what is longer is a biography, and opens with the affiliation."""
_HYPHENS: Final = frozenset("-‐‑")
_MARK: Final = "\x1f"
"""Opens a segment that is an acronym in brackets."""
_BREAK: Final = re.compile(r"[,()\[\]{}:/\"“”„«»–—]|(?<=\s)-|-(?=\s)|\.(?=\s*$)|(?<=\w{4})\.(?=\s)")
"""What ends a segment; a full stop only after what is no abbreviation."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a part: its form for comparing, as printed, and the index of its segment.

    `small` ones have no say in a key; `aside` ones are an acronym in brackets, which a name may be interrupted by; `joined` ones stand
    behind a hyphen.
    """

    form: str
    printed: str
    segment: int
    small: bool
    aside: bool = False
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One of the affiliations that a raw string joins: its words, and the domains of the e-mail addresses in it."""

    words: tuple[Word, ...]
    domains: tuple[str, ...] = ()


def parts(raw: str) -> list[Part]:
    """Split a raw affiliation at `+`, `;` and line ends into the parts that each name an affiliation of its own.

    >>> [" ".join(word.form for word in part.words if not word.small) for part in parts("Dept. of CS, Univ. of Oxford; MIT")]
    ['department cs university oxford', 'mit']
    """
    text = _cleaned(raw)
    return [part for piece in _PART.split(text) if (part := _part(piece)).words or part.domains]


def added(raw: str) -> list[str]:
    """Give what `+` joins in a raw affiliation, as printed; nothing where it joins nothing.

    >>> added("Reed Lab + Dept. of CS, Univ. of Oxford; UK"), added("Univ. of Oxford")
    (['Reed Lab', 'Dept. of CS, Univ. of Oxford; UK'], [])
    """
    pieces = [piece.strip() for piece in _PLUS.split(raw)]
    return [piece for piece in pieces if _WORD.search(piece)] if len(pieces) > 1 else []


def as_printed(found: str, raw: str) -> str:
    """Give words that were found in a raw affiliation with the apostrophes that it prints in them, as `'`.

    >>> as_printed("Huawei Noahs Ark Lab", "Huawei Noah’s Ark Lab, Montreal")
    "Huawei Noah's Ark Lab"
    """
    pattern = "".join(f"{re.escape(c)}['’‘`]?" if c.isalnum() else re.escape(c) for c in found)
    m = re.search(pattern.removesuffix("['’‘`]?"), raw)
    return re.sub("[’‘`]", "'", m.group()) if m else found


def key(name: str) -> str:
    """Reduce a name to what its spellings share.

    >>> key("Universität Stuttgart") == key("University of Stuttgart"), key("Xi'an Jiaotong University") == key("Xian Jiao Tong Univ.")
    (True, True)
    """
    return "".join(key_words(name))


def key_words(name: str) -> list[str]:
    """Give the words that the key of a name joins; of a name of small words alone, those.

    >>> key_words("Univ. of Bonn")
    ['university', 'bonn']
    """
    words = _words(_BREAK.sub(" ", _cleaned(name)), 0)
    return [word.form for word in words if not word.small] or [word.form for word in words]


def plain_words(name: str) -> list[str]:
    """Give the words of a name, folded, without accents: what two prints share that differ in neither word nor language."""
    return [_folded(word) for word in _WORD.findall(_cleaned(name)) if _folded(word) != "the"]


def _cleaned(raw: str) -> str:
    """Undo compatibility forms, accents that a file prints beside their letters, elisions and dots of abbreviations."""
    text = unicodedata.normalize("NFKC", _LOST_ACCENT.sub("", raw))
    text = _ELISION.sub(" ", text)
    text = _DOTTED.sub(lambda m: re.sub(r"[.\s]", "", m.group()) + " ", text)
    text = _AND.sub(lambda m: "/ and " if m.group() == "/" else " and ", _JOINED.sub("", text))
    text = _GLUED.sub(lambda m: _SEAM.sub(" ", m.group()), text)
    return re.sub(r"['’‘`]", "", text)


def _part(piece: str) -> Part:
    domains = tuple(dict.fromkeys(domain.casefold() for domain in _EMAIL.findall(piece)))
    text = _EMAIL.sub(" ", piece) if domains else piece
    words: list[Word] = []
    segments = [segment for segment in _BREAK.split(_ASIDE.sub(rf"({_MARK}\1)", text)) if segment.strip()]
    for i, segment in enumerate(segments):
        words += _words(segment, i)
    return Part(tuple(words[:_LONGEST]), domains)


def _words(segment: str, index: int) -> list[Word]:
    aside = segment.startswith(_MARK)
    found = [(m.group(), segment[m.start() - 1 : m.start()] in _HYPHENS and m.start() > 0) for m in _WORD.finditer(segment)]
    return [Word(form, printed, index, form in _SMALL, aside, joined) for printed, joined in found for form in (_form(printed),)]


@lru_cache(maxsize=65536)
def _form(printed: str) -> str:
    folded = _folded(printed)
    return _FORM_OF.get(folded, folded)


@lru_cache(maxsize=65536)
def _folded(printed: str) -> str:
    if printed.isascii():
        return printed.casefold()
    bare = unicodedata.normalize("NFKD", printed.translate(_LETTERS))
    return "".join(c for c in bare if not unicodedata.combining(c)).casefold()
