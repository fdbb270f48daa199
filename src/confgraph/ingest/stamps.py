"""Read the time stamps of an episode, and find the paper that each one presents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from confgraph.ingest.people import split_authors
from confgraph.ingest.sketch import Draft
from confgraph.records import Author, Span, Talk
from confgraph.text import words

STAMP: Final = re.compile(r"[\[(]?(?P<time>(?:\d{1,2}:)?\d{1,2}:\d\d)(?!:?\d)[\])]?\s*[-–—:]?\s*(?=\S)")
_SPEAKERS: Final = re.compile(r"\s*\((?P<people>[^()]+)\)")
_AGAIN: Final = re.compile(r"\s*[-–—:,]?\s*(?:poster|q\s?&\s?a|interview|part \d+|demo|session|panel|follow[- ]up)\b.*$", re.IGNORECASE)
_EVIDENCE: Final = 0.5
_BY_ORDER: Final = 0.1
"""What a match is worth that only the order speaks for: enough to decide between equals."""
_MOST_PAIRS: Final = 1_000_000
"""An episode presents dozens of papers; where stamps times papers are more than this, no talk is assigned."""


def read_stamp(text: str, item: Span) -> Talk | None:
    """Read `[0:01:19] Label (Speaker, Speaker)` at a place of the page; what is glued to the bracket is no part of it.

    Without a label there is no stamp.

    >>> talk = read_stamp("[0:28:48] Engines (Ada Lovelace)", Span(0, 32))
    >>> talk.start_time, talk.label, [s.name for s in talk.speakers]
    ('0:28:48', 'Engines', ['Ada Lovelace'])
    """
    stamp = STAMP.match(text, item.start, item.end)
    if not stamp:
        return None
    end = item.end
    speakers = _SPEAKERS.search(text, stamp.end(), item.end)
    if speakers:
        end = speakers.start()
    label = " ".join(text[stamp.end() : end].split())
    if not any(c.isalpha() for c in label):
        return None
    people = split_authors(speakers["people"], speakers.start("people")) if speakers else ()
    kind = "poster" if re.search(r"\bposter\b", label, re.IGNORECASE) else "talk"
    return Talk(label, kind, item.start, speakers.end() if speakers else item.end, start_time=stamp["time"], speakers=people)


def assign(text: str, drafts: Sequence[Draft], stamps: Sequence[Talk]) -> tuple[Draft, ...]:
    """Give each draft the talks that present it, keeping the order of both lists.

    Stamps of one subject (`X`, then `X Poster Session`) go together. Subjects and papers are aligned
    monotonically for the greatest sum of evidence: a speaker's surname among the authors, the label's
    words in the title or the abstract, the title's initials. A match that only the order speaks
    for counts where there are as many subjects as papers.
    """
    subjects: list[list[Talk]] = []
    for talk in stamps:
        base = _AGAIN.sub("", talk.label)
        if subjects and base != talk.label and _AGAIN.sub("", subjects[-1][0].label) == base:
            subjects[-1].append(talk)
        else:
            subjects.append([talk])
    if len(subjects) * len(drafts) > _MOST_PAIRS:
        return tuple(drafts)
    presented = [_presented(subject) for subject in subjects]
    described = [_described(text, draft) for draft in drafts]
    evidence = [[_evidence(subject, draft) for draft in described] for subject in presented]
    in_order = len(subjects) == len(drafts)
    talks = {j: subjects[i] for i, j in _align(evidence) if in_order or evidence[i][j] >= _EVIDENCE}
    return tuple(replace(draft, talks=tuple(talks.get(j, ()))) for j, draft in enumerate(drafts))


class _Presented(NamedTuple):
    """What the stamps of one subject say: the words of their label and the surnames of the speakers."""

    label: list[str]
    surnames: set[str]


class _Described(NamedTuple):
    """What a paper's entry says that a stamp may name."""

    title: set[str]
    initials: str
    abstract: set[str]
    surnames: set[str]


def _presented(subject: Sequence[Talk]) -> _Presented:
    return _Presented(words(_AGAIN.sub("", subject[0].label)), _surnames(s for talk in subject for s in talk.speakers))


def _described(text: str, draft: Draft) -> _Described:
    title = words(_read(text, draft.title))
    abstract = set(words(_read(text, draft.abstract)))
    return _Described({_stem(w) for w in title}, "".join(w[0] for w in title), abstract, _surnames(draft.authors))


def _surnames(people: Iterable[Author]) -> set[str]:
    return {name[-1] for person in people if (name := words(person.name))}


def _evidence(subject: _Presented, draft: _Described) -> float:
    if not subject.label:
        return 2.0 * bool(draft.surnames & subject.surnames)
    named = sum(_stem(w) in draft.title for w in subject.label) / len(subject.label)
    known = sum(w in draft.abstract for w in subject.label) / len(subject.label)
    acronym = "".join(subject.label)
    initials = len(acronym) > 1 and acronym in draft.initials
    return 2.0 * bool(draft.surnames & subject.surnames) + 2.0 * named + known + 1.0 * initials


def _read(text: str, span: Span | None) -> str:
    return text[span.start : span.end] if span else ""


def _stem(word: str) -> str:
    return word.removesuffix("s")


def _align(evidence: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Align rows and columns in order for the greatest total, by dynamic programming (Needleman and Wunsch, 1970)."""
    rows, columns = len(evidence), len(evidence[0]) if evidence else 0
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            match = best[i + 1][j + 1] + evidence[i][j] + _BY_ORDER
            best[i][j] = max(match, best[i + 1][j], best[i][j + 1])
    pairs = []
    i = j = 0
    while i < rows and j < columns:
        if best[i][j] == best[i + 1][j + 1] + evidence[i][j] + _BY_ORDER:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs
