"""Read the names of institutions: those that are known, and those that are built as institutions' names are.

A run of capitalised words is cut into parts; `Names.match` reads a known name off the parts, `built` a name
such as `University of X`, `Universität Y` or `Z Laboratories`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

_UPPER: Final = "".join(chr(c) for c in range(0x250) if chr(c).isupper())
_WORD: Final = rf"""(?:(?:[{_UPPER}]\.){{2,}}
    |[^\W_]+(?:[-‐‑–&*][^\W_]+|['’](?!s\b)[^\W\d_]+|\.(?:ai|AI|com|io)\b)*(?:['’]s\b)?)"""
_CAPITAL: Final = rf"(?<![\w])(?=[^\W_]{{0,3}}[{_UPPER}]|[dl]['’][{_UPPER}]|\d+\.[{_UPPER}]){_WORD}"
_SMALL: Final = (
    "de di del della delle degli dei des du do da das dos la le les los las libre catholique für voor van von zu zur bin i y e et".split()
)
_JOINING: Final = ("of", "for", "and", "the", "in", "at", "on", "&", r"\d", *_SMALL)
_GAP: Final = rf"(?:,?[ ]|[ ][-–][ ]|(?<=\bSt)\.[ ]|(?<=\b[{_UPPER}])\.[ ])"
_RUN: Final = re.compile(rf"{_CAPITAL}(?:{_GAP}(?:(?:{'|'.join(_JOINING)})[ ]){{0,3}}{_CAPITAL})*", re.VERBOSE)
_PIECE: Final = re.compile(rf"{_WORD}|&", re.VERBOSE)

_FOREIGN: Final = re.compile(
    r"""(?:Universit(?!y|ies)|Universid|Uniwersytet|Univerzit|Politecnic|Politécnic|Polytechnique|Politechnika|Hochschule|Fachhochschule
    |Laboratoire|Hôpital|Ospedale|Policlinico|Fondazione|Fundaci|Fundaç|Istituto|Instituto|Institut\Z|Instytut|École|Ecole|Scuola|Escola
    |Escuela|Consiglio|Consejo|Klinikum|Akademie|Académie|Centro\Z|Centrum\Z)""",
    re.VERBOSE,
)
"""The words that open names in other languages; what they are called after follows, with or without a preposition."""
_FOREIGN_IF_JOINED: Final = frozenset("Hospital Centre Institut".split())
_BEFORE_OF: Final = frozenset(
    """
    Academy Center Centre College Corporation Council Foundation Hospital Institute Institutes Laboratory Ministry School University
    """.split()
)
_ALONE: Final = frozenset("University Institute Institutes Academy Ministry Hospital".split())
"""Of those, the ones that need no further word: a `School of Medicine` is any, an `Institute of Acoustics` is one."""
_SPOTS: Final = frozenset("Center Centre".split())
"""Words that with `of` name a point (`Center of Mass`)."""
_LAST: Final = frozenset(
    """
    University Institute Institutes Polytechnic Laboratories Labs Hospital Hospitals Infirmary Foundation Corporation Inc Ltd LLC GmbH
    College Academy Observatory Universität Universiteit Universitet Université Hochschule
    """.split()
)
_LAST_IF_MEANT: Final = frozenset(
    """
    Lab Group Center Centre Laboratory Clinic Agency Institution School Research Robotics Unit AI Society Trust Council Team Technologies
    Fund Commission Association Company Service Bureau Office Consortium Initiative Alliance Motors Therapeutics
    """.split()
)
"""Words that end the names of institutions and of much else."""
_NATIONAL: Final = frozenset(
    """
    National Federal Royal European African American Australian Austrian Belgian Brazilian British Canadian Chinese Czech Danish Dutch
    Finnish French German Greek Hungarian Indian Irish Israeli Italian Japanese Korean Norwegian Polish Portuguese Russian Scottish Spanish
    Swedish Swiss Turkish
    """.split()
)
_FACULTIES: Final = frozenset(
    """
    Technology Technologies Engineering Science Sciences Medicine Mathematics Economics Humanities Informatics Arts Design Automation
    Cybernetics Astronautics Aeronautics Telecommunications Physics Electronics Statistics Computing Information Law Finance Education
    Agriculture Health Culture Trade Industry Research Surgery Business Management Society Robotics Communications Dynamics Prevention
    """.split()
)
_CAMPUSES: Final = frozenset("UC TU IIT IIIT NIT UT SUNY UMass LMU RWTH KU FU HU ENS INRIA Inria IMT INSA MPI CEA".split())
"""Short forms that a place completes."""
_LONGEST: Final = 12
"""Words of a name, before and after its head; a bound, so that runs of any length take linear time."""
_TWO_WORD_PLACES: Final = frozenset("San Santa New Los Abu Saint".split())


class Part(NamedTuple):
    """A word of a run: `bare` is it without `'s`, `[start, end)` the place of `bare`, `gap` what stands before it."""

    text: str
    bare: str
    start: int
    end: int
    gap: str

    @property
    def is_capital(self) -> bool:
        """Tell words with a capital from the small ones between them."""
        return self.bare != self.bare.lower()

    @property
    def is_possessive(self) -> bool:
        """Tell whether `'s` closes the word, and so the name."""
        return self.text != self.bare


class Formed(NamedTuple):
    """A name of an institution's form: its end, and whether the form says enough.

    `closed` says that a word for an institution follows on the name's own (`University of X Center for Y`, `X Institute`).
    """

    end: int
    sure: bool
    closed: bool


class Known(NamedTuple):
    """A known form: the institution's name, and whether the form means it only where the text says so."""

    name: str
    ambiguous: bool


@dataclass(slots=True)
class _Node:
    known: Known | None = None
    children: dict[str, _Node] = field(default_factory=dict)


class Names:
    """A trie over the words of the known forms."""

    def __init__(self, rows: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        """Hold the rows of a gazetteer: names and aliases; a `?` at a form's end says that it is ambiguous."""
        self._root = _Node()
        for name, aliases in rows:
            for form in (name, *aliases):
                node = self._root
                for part in iter_parts(form.removesuffix("?"), 0, len(form)):
                    node = node.children.setdefault(_key(part, part.text), _Node())
                node.known = node.known or Known(name.removesuffix("?"), form.endswith("?"))

    def match(self, parts: Sequence[Part], i: int) -> tuple[int, Known] | None:
        """Give the end and the institution of the longest known form that begins at part `i`."""
        node, best = self._root, None
        for j in range(i, len(parts)):
            part = parts[j]
            following = node.children.get(_key(part, part.text, first=j == i))
            if following is None and part.is_possessive:
                last = node.children.get(_key(part, part.bare, first=j == i))
                return (j + 1, last.known) if last and last.known else best
            if following is None:
                break
            node = following
            if node.known:
                best = (j + 1, node.known)
        return best


def _key(part: Part, text: str, *, first: bool = False) -> str:
    return f",{text}" if part.gap.startswith(",") and not first else text


def iter_runs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of the runs of capitalised words, with the small words and commas between them."""
    for m in _RUN.finditer(text):
        yield m.span()


def iter_parts(text: str, start: int, end: int) -> Iterator[Part]:
    """Cut `text[start:end]` into words."""
    at = start
    for m in _PIECE.finditer(text, start, end):
        word = m.group().replace("’", "'")
        bare = word.removesuffix("'s")
        yield Part(word, bare, m.start(), m.start() + len(bare), text[at : m.start()])
        at = m.end()


def built(parts: Sequence[Part], i: int, *, after_known: bool) -> Formed | None:
    """Give the longest name of an institution's form that begins at part `i`.

    With `after_known`, the parts open with a known name, which says enough for any form (`Stanford Vision Lab`).
    """
    best: Formed | None = None
    national = after_known or parts[i].bare in _NATIONAL
    j = i
    while j < min(len(parts), i + _LONGEST) and (j == i or (parts[j].gap == " " and not parts[j - 1].is_possessive)):
        word = parts[j].bare
        if not parts[j].is_capital and word != "&":
            break
        end = _after_head(parts, i, j)
        if end:
            again = any(p.bare in _BEFORE_OF | _LAST | _LAST_IF_MEANT for p in parts[j + 1 : end])
            best = Formed(end, word in _ALONE or j > i or word not in _BEFORE_OF, closed=again)
            j = end
            continue
        if j > i and word in _LAST:
            best = Formed(j + 1, sure=True, closed=True)
        elif j > i and word in _LAST_IF_MEANT:
            best = Formed(j + 1, (national and j > i + 1) or (best is not None and best.sure), closed=True)
        j += 1
    return best or _campus(parts, i)


def _after_head(parts: Sequence[Part], i: int, j: int) -> int:
    """Give the end of what follows the head at `j` of a name begun at `i` (`of X`, `für Y`), or 0."""
    word = parts[j].bare
    if parts[j].is_possessive or j + 1 == len(parts):
        return 0
    if word in _BEFORE_OF and parts[j + 1].text in ("of", "for") and not (j > i and _opens(parts, j + 2)):
        said = word in _ALONE or parts[j + 1].text == "for" or (j > i and word not in _SPOTS)
        return _tail(parts, j + 1, ("of", "for")) if said else 0
    if _FOREIGN.match(word) or word in _FOREIGN_IF_JOINED:
        end = _tail(parts, j + 1, _SMALL)
        joined = any(p.text in _SMALL for p in parts[j + 1 : end])
        return end if joined or word not in _FOREIGN_IF_JOINED else 0
    return 0


def _tail(parts: Sequence[Part], k: int, joining: Sequence[str]) -> int:
    """Give the end of the capitalised words from `k` on, with the joining words among them, or 0 where none is capitalised."""
    end, last = 0, min(len(parts), k + _LONGEST)
    while k < last and parts[k].gap == " " and not parts[k - 1].is_possessive:
        word = parts[k]
        faculty = word.text in ("and", "&") and k + 1 < len(parts) and parts[k + 1].bare in _FACULTIES
        other = word.text in ("of", "at") and end and _opens(parts, k + 1)
        if word.is_capital:
            end = k + 1
        elif other or not (faculty or word.text in joining or word.text == "the"):
            break
        k += 1
    return end


def _opens(parts: Sequence[Part], k: int) -> bool:
    """Tell whether another institution's name begins at `k`, perhaps after `the` (`Institute of X of the University of Y`)."""
    for part in parts[k : k + _LONGEST]:
        if not part.is_capital and part.text != "the":
            return False
        if part.bare in _ALONE or _FOREIGN.match(part.bare):
            return True
    return False


def _campus(parts: Sequence[Part], i: int) -> Formed | None:
    """Read `TU Kaiserslautern`, `UC San Diego`."""
    if parts[i].text not in _CAMPUSES:
        return None
    end = i + 1
    if end + 1 < len(parts) and parts[end].bare in _TWO_WORD_PLACES:
        end += 1
    place = parts[end] if end < len(parts) else None
    if place is None or not (len(place.bare) > 3 and place.bare.isalpha() and place.bare.istitle()):
        return None
    return Formed(end + 1, sure=True, closed=True) if all(p.gap == " " for p in parts[i + 1 : end + 1]) else None
