"""Read what stands beside a name: what says that an institution is meant, and what says that the name is part of another.

Every function looks at a bounded stretch of the text, so that the time for a text is linear in its length.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final

from confgraph.extract.lexicon import FUNCTION, VERBS

_REACH: Final = 90
"""How many characters before a name are looked at."""
_STAFF: Final = r"""(?:researchers?|scientists?|engineers?|professors?|lecturers?|students?|fellows?|post-?docs?|interns?|alumn(?:i|us|a)
    |colleagues|lawyers|employees)"""
_AGENTS: Final = rf"""(?:{_STAFF}|physicists|doctors|physicians|clinicians|radiologists|surgeons|nurses|patients|members?|instructors?
    |collaborators|developers?|authors|experts|staff|volunteers|technicians?|analysts|directors?|faculty|teams?|groups?|labs?|people|folks|friends
    |Ph\.?D|doctorate|degree|bachelor's|master's|appointment|sabbatical|internship)"""
_MAKERS: Final = r"(?:start-?ups?|compan(?:y|ies)|firms?|vendors?|manufacturers?|organi[sz]ations?|spin-?offs?|publishers?|partners?)"
_ACTS: Final = r"""(?:funded|supported|sponsored|financed|paid(?:[ ]for)?|donated|backed|hosted|provided|developed|built|created|designed
    |maintained|released|published|trained|introduced|proposed|deployed|organi[sz]ed|run|compiled|collected|acquired|bought|made|presented
    |founded|operated|owned|open-sourced|reported|announced|invented|commissioned|launched|manufactured)"""
_WORDS: Final = r"(?:[ ][\w'’-]+){0,5}?"
_LEAD: Final = re.compile(
    rf"""\b(?:
    (?P<any>{_STAFF}(?:{_WORDS}[ ]at|(?:[ ][\w-]+)?[ ]from)|{_MAKERS}(?P<comma>,|[ ]called|[ ]named)?|(?:co-?)?founder[ ]of
        |C[ET]O[ ]of|joined|intern(?:s|ed)[ ](?:at|with)|work(?:s|ed|ing)[ ]at)
    |(?P<formed>{_AGENTS}\b{_WORDS}[ ](?:of|with|in|at|from)|{_ACTS}[ ]by|thank(?:s[ ]to|s|ing)?|grateful[ ]to
        |(?:collaboration|cooperation|co-operation|partnership|contract|consortium)[ ](?:with|between|of)
        |(?:grants?|gifts?|donation|funding|graduated|spin-?off)[ ](?:from|by|of)|(?P<at>at))
    |(?P<known>prior[ ]to|according[ ]to|(?:project|together|jointly|work)[ ](?:with|between|of)|work(?:s|ed|ing)[ ]for|moved[ ]from
        |from(?:[ ]\w+)?[ ]to|(?:report|stud(?:y|ies)|systems?)[ ](?:from|by|of))
    )(?:[ ]the)?[ ]\Z""",
    re.VERBOSE | re.IGNORECASE,
)
_ONLINE: Final = re.compile(r"\b(?:available|accessible|found|code|hosted)\b")
_LAST_WORDS: Final = frozenset("at from of with joined called named start-up startup company firm vendor manufacturer".split())
"""The words that can end what `any` name follows."""
_ACTS_ITSELF: Final = re.compile(
    rf"""[ ](?:{_AGENTS}\b|trained[ ]its\b|(?:has[ ]|have[ ]|had[ ]|did[ ]|will[ ]|later[ ]|first[ ]|recently[ ])?
    (?:released?|announced?|acquired|bought|launched|hired|opened|unveiled|open-sourced|asked|claims|says|employs|engineers|runs|hosts|provides|offers|sells|owns|operates|publishes|maintains)\b)
    |,[ ](?:a|an|the)(?:[ ][\w-]+){{0,3}}?[ ](?:{_MAKERS}|non-profit)\b""",
    re.VERBOSE,
)
_PERSON: Final = re.compile(r"[A-Z][\w'’.-]+ (?:[\w'’]+-)?([A-Z])[a-z][\w'’]+ \(\Z")
_DATA_AFTER: Final = re.compile(
    r"""(?P<list>(?:(?:,|,?[ ](?:and|or)|[ ]&)[ ][A-Z][\w+-]*(?:[ ][A-Z0-9][\w+-]*){0,2}){0,4})
    (?P<sort>(?:[ ](?:[a-z][\w-]*|\w+-[\w-]+)){0,3}?)[ ]
    (?:datasets?|data|benchmarks?|corpus|corpora|databases?|collections?|reviews?|posts|tweets|licen[cs]ed?|APIs?|GPUs?|CPUs?|cameras?
    |challenges?|prize|gym|imagery|tracks?|leaderboard|repository|store|search|scenes|sequences|videos|images|robots?|clusters?|cloud)\b""",
    re.VERBOSE,
)
_DATA_BEFORE: Final = re.compile(
    r"""\b(?:datasets?|benchmarks?|corpora|databases|sets)
    (?:,?[ ](?:such[ ]as|including|like|namely|are)|,[ ](?:e\.g\.|i\.e\.),?|:|[ ]\((?:e\.g\.,|i\.e\.,)?)?[ ]?
    (?:[\w+.-]+(?:[ ][\w+.-]+){0,2}(?:,|,?[ ]and|,?[ ]or)[ ]){0,6}\Z""",
    re.VERBOSE,
)
_COINING: Final = re.compile(r"\b(?:introduc|present|propos|call|nam|dubb|releas|develop)(?:e|es|ing|ed)?(?: the| a)? \Z")
_LONGEST_HEADING: Final = 300
_LONGEST_SHORT: Final = 6
_LONG_FORM: Final = 100


class Lead(Enum):
    """What can be an institution's name after the words before it: any name, one that is formed like it, or only a known one."""

    ANY = auto()
    FORMED = auto()
    KNOWN = auto()


def lead(text: str, start: int, end: int) -> Lead | None:
    """Say what the words before the name at `[start, end)` lead one to expect of it.

    >>> lead("researchers at Zeta", 15, 19), lead("funded by Zeta", 10, 14), lead("the systems of Zeta", 15, 19)
    (<Lead.ANY: 1>, <Lead.FORMED: 2>, <Lead.KNOWN: 3>)
    """
    before = text[max(0, start - _REACH) : start]
    m = _LEAD.search(before)
    if m is None or (m["at"] and _ONLINE.search(before)) or (m["comma"] == "," and text[end : end + 1] != ","):
        return None
    return Lead[(m.lastgroup or "").upper()]


def may_lead_any(text: str, start: int) -> bool:
    """Tell at little cost whether any name at `start` may be an institution's; `from` leads to much else besides."""
    before = text[max(0, start - 20) : start].removesuffix(" ").removesuffix(" the")
    return before.rpartition(" ")[2].rstrip(",") in _LAST_WORDS


def is_agent(text: str, start: int, end: int) -> bool:
    """Tell whether what follows or surrounds the name at `[start, end)` makes it one that acts: `X researchers`, `Ann Lee (X)`."""
    if _ACTS_ITSELF.match(text, end):
        return True
    person = _PERSON.search(text[max(0, start - _REACH // 2) : start]) if text[end : end + 1] in (")", ",") else None
    name = text[start:end]
    return person is not None and not (name.isupper() and name[-1] == person[1])


def is_data(text: str, start: int, end: int) -> bool:
    """Tell whether the name at `[start, end)` says whose data or goods are meant: `X reviews`, `X and Y datasets`, `datasets such as X`."""
    if _DATA_BEFORE.search(text[max(0, start - _REACH) : start]):
        return True
    m = _DATA_AFTER.match(text, end)
    if m is None or (m["list"] and lead(text, start, end)):
        return False
    return not any(word in FUNCTION or word in VERBS for word in m["sort"].split())


def is_coined(text: str, start: int, end: int) -> bool:
    """Tell whether the text gives the name at `[start, end)` to something of its own (`we introduce X`, `X: a ...`)."""
    return bool(_COINING.search(text[max(0, start - 20) : start])) or (start == 0 and text[end : end + 1] == ":")


def is_redefined(text: str, short: str) -> bool:
    """Tell whether a short form stands for something of the text's own.

    >>> is_redefined("We propose Joint Self-Training (JST).", "JST"), is_redefined("Our hosts (JST) agree.", "JST")
    (True, False)
    """
    if not (short.isupper() and short.isalpha() and len(short) <= _LONGEST_SHORT):
        return False
    for m in re.finditer(rf"\({short}\b| {short} \(", text):
        if m.group().startswith("("):
            words = re.split(r"[\s-]+", text[max(0, m.start() - _LONG_FORM) : m.start()].rstrip())[-2 * len(short) :]
        else:
            words = re.split(r"[\s-]+", text[m.end() : m.end() + _LONG_FORM].partition(")")[0])
        initials = iter([w[0].upper() for w in words if w])
        if all(letter in initials for letter in short):
            return True
    return False


def is_heading(text: str, at: int) -> bool:
    """Tell whether the line at `at` is written as titles are, so that a capital says nothing."""
    start, end = text.rfind("\n", max(0, at - _LONGEST_HEADING), at) + 1, text.find("\n", at, at + _LONGEST_HEADING)
    if start == 0 and at > _LONGEST_HEADING:
        return False
    line = text[start : end if end >= 0 else at + _LONGEST_HEADING]
    words = [w for w in line.split() if len(w) > 3 and w[0].isalpha()]
    return not line.endswith(".") and 3 * sum(w[0].isupper() for w in words) > 2 * len(words)
