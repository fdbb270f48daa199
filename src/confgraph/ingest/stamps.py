"""Read the time stamps of an episode, and find the paper that each one presents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from confgraph.ingest.people import split_authors
from confgraph.ingest.sketch import Draft
from confgraph.records import Span, Talk
from confgraph.text import words

STAMP: Final = re.compile(r"[\[(]?(?P<time>(?:\d{1,2}:)?\d{1,2}:\d\d)[\])]?\s*[-–—:]?\s*(?=\S)")
_SPEAKERS: Final = re.compile(r"\s*\((?P<people>[^()]+)\)")
_AGAIN: Final = re.compile(r"\s*[-–—:,]?\s*(?:poster|q\s?&\s?a|interview|part \d+|demo|session|panel|follow[- ]up)\b.*$", re.IGNORECASE)
_EVIDENCE: Final = 0.5
_BY_ORDER: Final = 0.1
"""What a match is worth that only the order speaks for: enough to decide between equals."""


def read_stamp(text: str, item: Span) -> Talk | None:
    """Read `[0:01:19] Label (Speaker, Speaker)` at a place of the page; what is glued to the bracket is no part of it.

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
    evidence = [[_evidence(text, subject, draft) for draft in drafts] for subject in subjects]
    in_order = len(subjects) == len(drafts)
    talks = {j: subjects[i] for i, j in _align(evidence) if in_order or evidence[i][j] >= _EVIDENCE}
    return tuple(replace(draft, talks=tuple(talks.get(j, ()))) for j, draft in enumerate(drafts))


def _evidence(text: str, subject: Sequence[Talk], draft: Draft) -> float:
    title = words(_read(text, draft.title))
    abstract = set(words(_read(text, draft.abstract)))
    label = words(_AGAIN.sub("", subject[0].label))
    surnames = {words(a.name)[-1] for a in draft.authors if words(a.name)}
    speakers = {words(s.name)[-1] for talk in subject for s in talk.speakers if words(s.name)}
    named = sum(_stem(w) in {_stem(t) for t in title} for w in label) / len(label) if label else 0.0
    known = sum(w in abstract for w in label) / len(label) if label else 0.0
    initials = "".join(label) in "".join(w[0] for w in title) and len("".join(label)) > 1
    return 2.0 * bool(surnames & speakers) + 2.0 * named + known + 1.0 * initials


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
