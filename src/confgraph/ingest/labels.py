"""Know the labels that pages print before their fields, in the languages in which conferences are held."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_WORDS: Final = {
    "title": "title titel titre título titolo paper talk paper_title talk_title beitrag vortrag 题目 标题",
    "people": """
        author authors author(s) author_name author_names author_name(s) autor autoren autorin autorinnen auteur auteurs autores
        autori presenter presenters presented_by speaker speakers talk_by redner rednerin referent referenten orateur orateurs
        intervenant intervenants vortragende by von par por 作者
        """,
    "place": "affiliation affiliations affiliation(s) institution institutions organization organisation university einrichtung institut",
    "note": """
        keyword keywords key_words schlagwörter mots-clés topic topics area areas track subject subjects category categories tags room raum
        salle location venue session time date zeit datum uhrzeit heure url link links pdf code website doi arxiv id paper_id poster email
        e-mail contact type chair chairs tl;dr award format status comments journal-ref journal_ref bio biography host session_chair
        """,
}
_KINDS: Final = {word.replace("_", " "): kind for kind, words in _WORDS.items() for word in words.split()}
_LABEL: Final = re.compile(r"^[*_]{0,2}(?P<name>[^\W\d_](?:[^:：]{0,24}[^\W_)])?\)?)\s*[*_]{0,2}\s?[:：][*_]{0,2}(?:\s+|$)")
"""A few words before a colon."""
_BY: Final = re.compile(r"^(?:by|von|par|por|presented by|talk by|authors?|presenters?|speakers?)\s+(?=\S)", re.IGNORECASE)


def labels_of(kind: str) -> frozenset[str]:
    """Give the labels of a kind (`title`, `people`, `place`, `note`) in small letters.

    >>> "autoren" in labels_of("people")
    True
    """
    return frozenset(name for name, its in _KINDS.items() if its == kind)


class Label(NamedTuple):
    """A label that opens a text: its name in small letters, its kind (`title`, `people`, `place`, `note`) if known, and its end."""

    name: str
    kind: str | None
    end: int


def read_label(text: str) -> Label | None:
    """Read a label with its colon, known or not.

    >>> read_label("Autoren: Ada Lovelace"), read_label("Cards That Weave")
    (Label(name='autoren', kind='people', end=9), None)
    """
    m = _LABEL.match(text)
    return Label(name := m["name"].casefold(), _KINDS.get(name.strip()), m.end()) if m else None


def read_by(text: str) -> int:
    """Give the end of a label of people, with or without its colon; 0 where there is none, and the caller checks that people follow.

    >>> read_by("by Ada Lovelace"), read_by("Speakers: Ada Lovelace"), read_by("Bytes of Cards")
    (3, 10, 0)
    """
    label = read_label(text)
    if label and label.kind == "people":
        return label.end
    m = _BY.match(text)
    return m.end() if m else 0
