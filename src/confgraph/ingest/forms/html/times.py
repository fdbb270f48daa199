"""Read times, days and years as pages print them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

CLOCK: Final = re.compile(
    r"(?<![\d:.])(?:[01]?\d|2[0-4])[:.h][0-5]\d(?!:?\d)(?:\s*[ap]\.?m\b\.?)?|\b(?:1[0-2]|\d)\s*[ap]\.?m\b\.?", re.IGNORECASE
)
"""A time of day."""
_MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
DATE: Final = re.compile(
    rf"\b(?:\d{{4}}-\d\d-\d\d|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b|\d{{1,2}}(?:st|nd|rd|th)?\.?\s+{_MONTH}\b|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|(?:mon|tue|wed|thu|fri|sat|sun)\b[,.]?\s+\d)",
    re.IGNORECASE,
)
"""A day, with or without its year."""
YEAR: Final = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")
_TO: Final = r"\s*(?:-{1,3}|–|—|to|until)\s*"
_TIMES: Final = re.compile(rf"(?P<start>{CLOCK.pattern})(?:{_TO}(?P<end>{CLOCK.pattern}))?", re.IGNORECASE)
_SHARED_CLOCK: Final = re.compile(rf"(?P<start>\d{{1,2}}(?:[:.]\d\d)?){_TO}(?P<end>{CLOCK.pattern})", re.IGNORECASE)
"""Two times whose second alone says what they are: `9-10 am`."""
_AFTER_DAY: Final = re.compile(r"(?:,?\s+(?:19|20|21)\d\d(?!\d))?\s*(?:[:|]|\s[–—-]\s)\s*(?=[^\W\d_])")
_AT: Final = re.compile(r"(?:\s*\(?[A-Z]{2,5}\)?)?\s*(?:@|\||,|\bat\b|\bin\b)\s*(?P<room>[^@|]{2,80})$")
"""What follows a time, after its time zone: where it is."""
_ABOUT_YEAR: Final = 6
"""How many characters after a day may hold its year."""


class When(NamedTuple):
    """When something takes place, and where, if one line says both."""

    start: str = ""
    end: str = ""
    date: str = ""
    room: str = ""


def year_in(text: str) -> str:
    """Give the first number in a text that can be a year of a paper, empty without one.

    >>> year_in("published 2031-05-01"), year_in("pages 12031")
    ('2031', '')
    """
    m = YEAR.search(text)
    return m.group() if m else ""


def read_when(texts: Iterable[str]) -> When:
    """Read times, days and what follows them.

    >>> read_when(["Tue Dec 10th 10:45 AM -- 12:45 PM @ Hall B"])
    When(start='10:45 AM', end='12:45 PM', date='Tue Dec 10th', room='Hall B')
    """
    found = When()
    for text in texts:
        clock = _SHARED_CLOCK.search(text) or _TIMES.search(text)
        day = DATE.search(text)
        if clock and not found.start:
            rest = _AT.match(text, clock.end())
            room = rest["room"] if rest and rest["room"] else ""
            found = found._replace(start=clock["start"].strip(), end=(clock["end"] or "").strip(), room=room)
        if day and not found.date:
            before = text[: clock.start()] if clock and clock.start() > day.start() else text[: day.end() + _ABOUT_YEAR]
            found = found._replace(date=before.strip(" ,;|–—-@("))
    return found


def split_clock(text: str) -> tuple[When, str]:
    """Part the time before a heading from the rest; a text that is nothing but a time is left whole.

    >>> split_clock("10:00 – 10:15: On Sheep"), split_clock("10:00")
    ((When(start='10:00', end='10:15', date='', room=''), 'On Sheep'), (When(start='', end='', date='', room=''), '10:00'))
    """
    clock = _SHARED_CLOCK.match(text) or _TIMES.match(text)
    rest = text[clock.end() :].lstrip(" :|–—-") if clock else ""
    return (When(clock["start"].strip(), (clock["end"] or "").strip()), rest) if clock and rest else (When(), text)


def split_day(text: str) -> tuple[str, str]:
    """Part the day that opens a heading from what it is called.

    >>> split_day("Monday, 7 July: Sheep"), split_day("Monday, 7 July 2031"), split_day("Sheep")
    (('Monday, 7 July', 'Sheep'), ('Monday, 7 July 2031', ''), ('', 'Sheep'))
    """
    days = list(DATE.finditer(text))
    if not days:
        return "", text
    rest = _AFTER_DAY.match(text, days[-1].end())
    return (text[: rest.start()] + rest.group().rstrip(" :|–—-"), text[rest.end() :]) if rest else (text, "")
