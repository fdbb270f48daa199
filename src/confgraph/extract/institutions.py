"""Find institutions in prose: known names, names built as theirs are, and names where the text says what they are.

Where a company or a university is named, it is often within another name (`Stanford Cars`, `Google Translate`, `MIT
license`), so what stands beside a name decides as much as the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from confgraph.extract import gazetteer
from confgraph.extract.institution_cues import Lead, is_agent, is_coined, is_data, is_heading, is_redefined, lead, may_lead_any
from confgraph.extract.institution_names import Formed, Known, Names, Part, built, iter_parts, iter_runs
from confgraph.extract.lexicon import FUNCTION, PRAISE, VERBS

_SHORT: Final = re.compile(r"(?<![\w@/-])[A-Z][\w&-]{2,9}(?![\w@-]| [A-Z0-9])")
_SHORT_FORM: Final = re.compile(r" \(([A-Z][\w&-]{2,9})\)")
_LISTED: Final = re.compile(r"(?:'s)?(?: \([^()]{1,12}\))?(?:,|,? and|,? or| &|,? as well as)(?: the)? ")
_WITHIN: Final = re.compile(r",? (?:at |of |in )?(?:the )?")
_GLUE_BEFORE: Final = frozenset("-_/@\\#.‑–")
_GLUE_AFTER: Final = frozenset("_@\\")
_LONGEST_CALLED: Final = 4
_SHORTEST_CALLED: Final = 3
_TITLES: Final = frozenset("Professor Researchers Scientists Engineers Fellow".split())
_PLAIN: Final = FUNCTION | PRAISE | VERBS
_NO_INSTITUTIONS: Final = frozenset(
    """
    Africa Argentina Asia Australia Austria Bangladesh Belgium Bolivia Brazil Britain Bulgaria Cambodia Cameroon Canada Chile China Colombia
    Croatia Cuba Cyprus Denmark Ecuador Egypt England Estonia Ethiopia Europe Finland France Germany Ghana Greece Hungary Iceland India
    Indonesia Iran Iraq Ireland Israel Italy Japan Jordan Kenya Korea Latvia Lebanon Lithuania Luxembourg Malaysia Mexico Mongolia Morocco
    Nepal Netherlands Nigeria Norway Pakistan Peru Philippines Poland Portugal Qatar Romania Russia Rwanda Scotland Senegal Serbia
    Singapore Slovakia Slovenia Spain Sweden Switzerland Taiwan Tanzania Thailand Tunisia Turkey Uganda Ukraine Uruguay Venezuela Vietnam
    Wales Zambia Zimbabwe USA US UK EU UAE America Monday Tuesday Wednesday Thursday Friday Saturday Sunday
    """.split()
)
"""Where people are from, and when."""


class Institution(NamedTuple):
    """An institution at the characters `[start, end)`: its name where that is not what stands there, and whether a gazetteer knows it."""

    start: int
    end: int
    name: str
    known: bool


class _Candidate(NamedTuple):
    """A name that may be an institution's; `sure` where its form says so. `follower` is the capitalised word after it."""

    start: int
    end: int
    name: str
    known: bool
    sure: bool
    possessive: bool
    follower: str


class InstitutionFinder:
    """Find institutions in a text by the gazetteers' texts: of institutions, of conferences, and of methods, whose makers they are."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._names = Names(gazetteer.parse("institutions", texts.get("institutions", "")))
        self._models = _families(
            form for name, aliases in gazetteer.parse("methods", texts.get("methods", "")) for form in (name, *aliases)
        )
        self._venues = gazetteer.venues(texts)

    def find(self, text: str) -> list[Institution]:
        """Give the institutions named in a text, in order; no two overlap.

        >>> finder = InstitutionFinder({"institutions": "OpenAI\\nMeta?\\nMIT?\\n"})
        >>> text = "OpenAI's CLIP, by the Kettle Institute and Meta, under the MIT license"
        >>> [(text[i.start : i.end], i.known) for i in finder.find(text)]
        [('OpenAI', True), ('Kettle Institute', False), ('Meta', True)]
        """
        candidates = [c for start, end in iter_runs(text) for c in self._read(text, start, end) if not self._is_part(text, c)]
        shorts = {text[c.start : c.end] for c in candidates if c.known}
        redefined = {short for short in shorts if is_redefined(text, short)}
        candidates = [c for c in candidates if text[c.start : c.end] not in redefined]
        accepted = [c.sure or self._is_meant(text, c) for c in candidates]
        _spread(text, candidates, accepted)
        found = [Institution(*c[:4]) for c, yes in zip(candidates, accepted, strict=True) if yes]
        return _apart([*found, *_iter_short_forms(text, found)])

    def _read(self, text: str, start: int, end: int) -> Iterator[_Candidate]:
        """Read the candidates of one run of capitalised words."""
        parts = list(iter_parts(text, start, end))
        i = 0
        while i < len(parts):
            known = self._names.match(parts, i)
            formed = None if _is_plain(text, parts[i]) else built(parts, i, after_known=known is not None)
            if known and formed and _goes_on(parts, known[0], formed):
                known = None
            end = known[0] if known else formed.end if formed else i
            called = 0 if formed and not known else self._called(text, parts, i)
            if called > end:
                yield _candidate(parts, i, called, None, sure=True)
            elif known:
                yield _candidate(parts, i, end, known[1], sure=not known[1].ambiguous)
            elif formed:
                yield _candidate(parts, i, end, None, sure=formed.sure)
            i = max(end, called, i + 1)

    def _called(self, text: str, parts: Sequence[Part], i: int) -> int:
        """Give the end of a name that nothing but the words before it makes an institution's, or 0."""
        first = parts[i].bare
        if not may_lead_any(text, parts[i].start) or not first[0].isupper() or len(first) < _SHORTEST_CALLED:
            return 0
        if first in self._venues or first in _NO_INSTITUTIONS or first.lower() in _PLAIN:
            return 0
        j = i + 1
        while j < len(parts) and parts[j].is_capital and parts[j].gap == " " and not parts[j - 1].is_possessive:
            j += 1
        town = j == i + 1 and first.istitle() and text.endswith("from ", 0, parts[i].start)
        if town or j - i > _LONGEST_CALLED or is_heading(text, parts[i].start):
            return 0
        return j if lead(text, parts[i].start, parts[j - 1].end) is Lead.ANY else 0

    def _is_part(self, text: str, c: _Candidate) -> bool:
        """Tell whether the name is part of another: of a compound, of a product's name, of a data set's."""
        before, after = text[max(0, c.start - 1) : c.start], text[c.end : c.end + 2]
        if before in _GLUE_BEFORE or after[:1] in _GLUE_AFTER or (after[:1] == " " and after[1:].isdigit()):
            return True
        if c.possessive:
            return False
        if c.follower and c.follower not in _TITLES:
            return not self._is_makers(c)
        return is_data(text, c.start, c.end) or (not c.known and is_coined(text, c.start, c.end))

    def _is_makers(self, c: _Candidate) -> bool:
        """Tell whether the name is a maker's before the name of its model (`Google Gemini`)."""
        return c.known and "niversity" not in c.name and "Institute" not in c.name and _family(c.follower) in self._models

    def _is_meant(self, text: str, c: _Candidate) -> bool:
        """Tell whether the text beside a name that is not sure says that an institution is meant."""
        one = c.known or text.endswith(("the ", "The "), 0, c.start)  # but `Developmental Robotics offers ...` is a field
        if c.possessive or c.follower or (one and is_agent(text, c.start, c.end)):
            return True
        expected = lead(text, c.start, c.end)
        return expected is not None and (c.known or (expected is not Lead.KNOWN and not is_heading(text, c.start)))


def _goes_on(parts: Sequence[Part], end: int, formed: Formed) -> bool:
    """Tell whether a known name that ends at `end` is only the beginning of an institution's; capitals alone do not make it one."""
    return end < formed.end and (formed.closed or not parts[end].is_capital)


def _candidate(parts: Sequence[Part], i: int, j: int, known: Known | None, *, sure: bool) -> _Candidate:
    last = parts[j - 1]
    follower = parts[j].bare if j < len(parts) and parts[j].gap == " " and parts[j].is_capital else ""
    return _Candidate(parts[i].start, last.end, known.name if known else "", known is not None, sure, last.is_possessive, follower)


def _spread(text: str, candidates: Sequence[_Candidate], accepted: list[bool]) -> None:
    """Accept also what stands in one list with an institution, and the group that stands before its institution."""
    for k in (*range(1, len(candidates)), *range(len(candidates) - 1, 0, -1)):
        left, right = candidates[k - 1], candidates[k]
        if accepted[k - 1] != accepted[k]:
            between = text[left.end : right.start]
            if _LISTED.fullmatch(between) or (accepted[k] and not left.known and _WITHIN.fullmatch(between)):
                accepted[k - 1] = accepted[k] = True


def _iter_short_forms(text: str, found: Sequence[Institution]) -> Iterator[Institution]:
    """Yield the short forms that stand in brackets after institutions, there and wherever else they stand alone in the text."""
    names: dict[str, Institution] = {}
    for long in found:
        m = _SHORT_FORM.match(text, long.end)
        if m and _is_short(m[1], text[long.start : long.end]):
            names.setdefault(m[1], long)
    for place in _SHORT.finditer(text) if names else ():
        if place.group() in names:
            long = names[place.group()]
            yield Institution(*place.span(), long.name or text[long.start : long.end], long.known)


def _apart(found: Iterable[Institution]) -> list[Institution]:
    """Sort institutions, and of those that overlap keep the first."""
    kept: list[Institution] = []
    for institution in sorted(found, key=lambda i: (i.start, -i.end)):
        if not kept or kept[-1].end <= institution.start:
            kept.append(institution)
    return kept


def _is_short(short: str, long: str) -> bool:
    """Tell whether the capitals of a short form stand in the long one in their order, the first at its beginning."""
    letters = iter(long.casefold())
    return long[0] == short[0] and all(capital.casefold() in letters for capital in short if capital.isupper())


def _is_plain(text: str, part: Part) -> bool:
    """Tell whether a capital is only that of a sentence's first word, or of a small word in a heading."""
    first = part.start == 0 or text[max(0, part.start - 2) : part.start].strip(" ") in (".", "!", "?", ":", "\n")
    return part.bare.lower() in (_PLAIN if first else FUNCTION)


def _families(forms: Iterable[str]) -> frozenset[str]:
    """Give the families of the models among the forms that are one word with capitals (`GPT` of `GPT-4`)."""
    return frozenset(f for form in forms if form != form.lower() and len(f := _family(form)) > 2 and f.isalpha())


def _family(name: str) -> str:
    return re.split(r"[-‑]?\d", name, maxsplit=1)[0]
