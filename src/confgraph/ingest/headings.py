"""Tell headings of sessions, days and breaks, which stand between the entries of programmes."""

from __future__ import annotations

import re
from typing import Final

_SESSION: Final = re.compile(
    r"""^[#*_=\s]*(?:(?:[\w&-]+\s){0,3}(?:session|sitzung|sesión|sessão|sessione|séance|track|block|sektion|stream|strand)
      (?:\s+(?:[A-Z]?\d[\w.]*|[A-Z]{1,2}|[IVX]+))?(?:\s*[:–—(]|\s+-\s|\s*[*_]*$)|(?:part|teil|topic|thema|theme|section)\s+(?:\d+|[A-Z]|[IVX]+)\s*(?:[:–—]|[*_]*$)
      |(?:oral|poster|spotlight|demo|keynote|invited|paper|plenary)s?(?:\s+\w+)?\s+session\b|セッション|会议|分会场)""",
    re.IGNORECASE | re.VERBOSE,
)
WEEKDAY: Final = (
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi"
    r"|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
)
_MONTH: Final = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*|januar|februar|märz|mai|juni|juli|oktober|dezember|janvier|février|mars|avril|juin|juillet"
    r"|août|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
)
DATE: Final = (
    rf"(?:\d{{1,2}}\.?(?:st|nd|rd|th)?\s+(?:of\s|de\s)?(?:{_MONTH})\b\.?(?:,?\s*\d{{4}})?|(?:{_MONTH})\b\.?\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s*\d{{4}})?"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4})"
)
"""A day of the year."""
_DAY: Final = re.compile(
    rf"""^[#*_=\s]*(?:(?:{WEEKDAY})\b\.?(?:,?\s*(?:the\s)?(?:\d|{_MONTH}).{{0,30}})?
      |(?:(?:first|second|third|next|last)\s+)?(?:day|tag|jour|día)(?:\s+\w+)?(?:\s*[:–—-].{{0,60}})?
      |{DATE})[*_=\s:]*$""",
    re.IGNORECASE | re.VERBOSE,
)
_BREAK: Final = re.compile(
    r"""^[*_\s]*(?:(?:morning|afternoon|short|coffee|tea|lunch|refreshment|poster|comfort)\s+(?:and\s+\w+\s+)?break|break|breakfast|coffee|tea|lunch|dinner|banquet|reception
      |registration|welcome|opening|closing|registrierung|anmeldung|begrüßung|eröffnung|pause|kaffee|mittag|accueil|inscription|déjeuner|clôture|ouverture|almuerzo
      |café|cierre|apertura|social|excursion|award\s+ceremony|business\s+meeting|end\s+of|q\s?&\s?a|discussion|panel\s+discussion|poster\s+session|休憩|茶歇|午餐)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST: Final = 16
"""Words of a heading."""


def is_session(text: str) -> bool:
    """Tell whether a line is the heading of a session.

    >>> is_session("Session 3: Learning Theory"), is_session("Oral Session 2A"), is_session("Sessions of Engines")
    (True, True, False)
    """
    return len(text.split()) <= _LONGEST and bool(_SESSION.match(text))


def is_day(text: str) -> bool:
    """Tell whether a line is nothing but a day.

    >>> is_day("Tuesday, 12 December"), is_day("Day 2"), is_day("Daylight in Halls")
    (True, True, False)
    """
    return len(text) < 100 and bool(_DAY.match(text))


def is_break(text: str) -> bool:
    """Tell whether an entry of a programme is a break or a ceremony, and no talk.

    >>> is_break("Coffee break"), is_break("Lunch"), is_break("Opening the Black Box of Networks")
    (True, True, False)
    """
    return len(text.split()) <= 5 and bool(_BREAK.match(text))
