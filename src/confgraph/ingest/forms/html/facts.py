"""Name the conference that a page is about, by what its head says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from confgraph.ingest.forms.fields_text import Facts
from confgraph.ingest.forms.html.times import year_in

_EDITION: Final = re.compile(r"(?<![\w-])[A-Z][A-Za-z]*[A-Z][A-Za-z]*(?:-[A-Z]{2,}|/[A-Z]{2,})?[\s’'-]{0,2}(?:19|20|21)\d\d(?!\d)")
"""An acronym with a year."""
_DIVIDERS: Final = re.compile(r"\s+[|–—:·»•-]+\s+|\s*[|»:]\s+")
_NAME_WORDS: Final = 3


def find_facts(known: Facts | None, texts: Iterable[str]) -> Facts | None:
    """Name the conference by what is known of it, else by an acronym or short name with a year in one of some texts, in order.

    >>> find_facts(None, ["Accepted papers | ExampleConf 2031"]).conference
    'ExampleConf 2031'
    """
    if known is not None:
        edition = _EDITION.search(known.conference)
        if edition and edition.group() != known.conference:
            return replace(known, conference=edition.group(), name=known.name or known.conference)
        return known
    texts = list(texts)
    for text in texts:
        if edition := _EDITION.search(text):
            return Facts(conference=edition.group())
    for text in texts:
        for part in _DIVIDERS.split(text):
            if year_in(part) and 1 < len(part.split()) <= _NAME_WORDS and part[:1].isupper() and not part.split()[-1][0].islower():
                return Facts(conference=part)
    return None
