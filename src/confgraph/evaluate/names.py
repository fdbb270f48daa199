"""Compare the records of a build with annotated ones, by the names of what they hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from confgraph.evaluate.figures import Counts
from confgraph.records import Record

FIELDS: Final = ("introduces", "methods", "datasets", "tasks", "metrics", "institutions", "resources")
_GAPS: Final = re.compile(r"\\(?:emph|textit|textbf|em)\b|[{}$\\~_/‐-―-]")
_NOISE: Final = re.compile(r"[^\w+#.%@ ]")
_ARTICLES: Final = frozenset({"the", "a", "an"})
_SHORTEST_PLURAL: Final = 4
_ET_AL: Final = re.compile(r"\s+et al\.?$")
_BRACKET: Final = re.compile(r"\s*\([^()]*\)$")
_TYPES: Final = {"EVALUATED_WITH": "EVALUATED_ON", "COMPARE_WITH": "COMPARED_WITH", "TRAINED_WITH": "TRAINED_ON"}
"""Names of relation types that gold sets write in another way."""

Name = frozenset[str]
"""The folded names of one thing."""


def folded(name: str) -> str:
    """Fold a name for comparing: case, articles, plural, dashes, remains of LaTeX and most punctuation do not count.

    >>> folded("The {\\\\em Chain-of-Thought} prompts"), folded("C++ (v1.5.)")
    ('chain of thought prompt', 'c++ v1.5')
    """
    plain = _NOISE.sub("", _GAPS.sub(" ", unicodedata.normalize("NFKC", name).casefold()))
    words = (word.strip(".") for word in plain.split())
    return " ".join(_singular(word) for word in words if word and word not in _ARTICLES)


def _singular(word: str) -> str:
    plural = len(word) >= _SHORTEST_PLURAL and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if plural else word


def compared(gold: Mapping[str, Any], record: Record | None) -> dict[tuple[str, str], Counts]:
    """Count what a record, None where it is missing, has of its gold record: by the table and row of a report.

    Names agree exactly where one of their folded forms is equal, and relaxed also where the words of one are among those of the
    other, both end in one word, and the shorter has at least half the words. Items are paired one to one. What the gold record
    marks as lenient, or as introduced without a name of its own, is neither missed nor wrong.
    """
    aliases = (gold.get("extras") or {}).get("aliases") or {}
    counts = {("shares", name): share for name, share in _iter_shares(gold, record)}
    counts["shares", "relations"] = _relations(gold, record, aliases)
    for field in FIELDS:
        wanted, lenient = _gold_names(gold, field, aliases)
        found = [name for name in (_names(item) for item in _items(record, field)) if name]
        for relaxed in (False, True):
            counts["fields, relaxed" if relaxed else "fields, exact", field] = _count(wanted, lenient, found, relaxed=relaxed)
    return counts


def _iter_shares(gold: Mapping[str, Any], record: Record | None) -> Iterator[tuple[str, Counts]]:
    """Yield whether the record is there, and whether its title, room and authors are those of the gold record, where that has any."""

    def share(given: object, *, right: bool) -> Counts:
        return Counts(int(right), 1, None) if given else Counts(0, 0, None)

    title = (record and record.title) or ""
    places = {folded(place or "") for place in (record.room, record.session)} if record else set()
    people = [_person(author.name) for author in record.authors] if record else []
    wanted = [_person(a if isinstance(a, str) else a["name"]) for a in gold.get("authors") or ()]
    yield "records", share(True, right=record is not None)
    yield "titles", share(gold.get("title"), right=folded(gold.get("title") or "") in {folded(title), folded(_BRACKET.sub("", title))})
    yield "rooms", share(gold.get("session"), right=folded(gold.get("session") or "") in places)
    yield "author lists", share(wanted, right=people == wanted)


def _person(name: str) -> str:
    return folded(_ET_AL.sub("", name))


def _items(record: Record | None, field: str) -> Iterable[tuple[str, ...]]:
    """Give all names of each item of a field."""
    if record is None:
        return ()
    if field == "resources":
        return ((resource.url,) for resource in record.resources)
    return ((item.name, *item.aliases) for item in getattr(record, field))


def _names(printed: Iterable[str]) -> Name:
    return frozenset(filter(None, map(folded, printed)))


def _printed(item: Any) -> tuple[str, ...]:
    """Give all names of an item of a gold record: a string, or an object with `name` and `aliases`."""
    return (item,) if isinstance(item, str) else (item["name"], *(item.get("aliases") or ()))


def _gold_names(gold: Mapping[str, Any], field: str, aliases: Mapping[str, Sequence[str]]) -> tuple[list[Name], list[Name]]:
    """Give the items of a gold field that count, and those that do not."""
    extras = gold.get("extras") or {}
    excused = _names([*(extras.get("lenient") or ()), *(extras.get("unnamed_introduces") or ())])
    wanted: list[Name] = []
    lenient: list[Name] = []
    for item in gold.get(field) or ():
        printed = _printed(item)
        names = _names([*printed, *(alias for name in printed for alias in aliases.get(name, ()))])
        (lenient if names & excused else wanted).append(names)
    return wanted, lenient


def _count(wanted: Sequence[Name], lenient: Sequence[Name], found: Sequence[Name], *, relaxed: bool) -> Counts:
    """Pair found names with wanted ones; those left over that are lenient ones do not count."""
    _, taken = _paired(wanted, found, relaxed=relaxed)
    excused = {j for j, name in enumerate(found) if any(name & soft or (relaxed and _akin(name, soft)) for soft in lenient)} - taken
    kept = [name for j, name in enumerate(found) if j not in excused]
    pairs, _ = _paired(wanted, kept, relaxed=relaxed)
    return Counts(len(pairs), len(wanted), len(kept))


def _paired(wanted: Sequence[Name], found: Sequence[Name], *, relaxed: bool) -> tuple[set[int], set[int]]:
    """Pair wanted and found names one to one, equal ones first; give the indices of both that have a partner."""
    left: set[int] = set()
    right: set[int] = set()
    for alike in (_equal, _akin) if relaxed else (_equal,):
        for i, name in enumerate(wanted):
            partner = next((j for j, other in enumerate(found) if i not in left and j not in right and alike(name, other)), None)
            if partner is not None:
                left.add(i)
                right.add(partner)
    return left, right


def _equal(one: Name, other: Name) -> bool:
    return bool(one & other)


def _akin(one: Name, other: Name) -> bool:
    """Tell whether a form of one name is contained in a form of the other with the same head."""
    return any(_contained(a.split(), b.split()) for a in one for b in other)


def _contained(a: Sequence[str], b: Sequence[str]) -> bool:
    shorter, longer = sorted((a, b), key=len)
    return 2 * len(shorter) >= len(longer) and a[-1] == b[-1] and (set(a) <= set(b) or set(b) <= set(a))


def _relations(gold: Mapping[str, Any], record: Record | None, aliases: Mapping[str, Sequence[str]]) -> Counts:
    """Count the gold relations that the record has too; a gold record need not list all, so what else is found is not wrong."""
    stated = set(_iter_stated(record)) if record else set()
    introduced = [_printed(item) for item in gold.get("introduces") or ()]

    def names(name: str) -> Name:
        own = [other for item in introduced if name in item for other in item]
        return _names([name, *aliases.get(name, ()), *own])

    wanted = [(names(subject), _type(kind), names(other)) for subject, kind, other in gold.get("relations") or ()]
    found = sum(any(kind == k and _akin(s, subject) and _akin(o, other) for s, k, o in stated) for subject, kind, other in wanted)
    return Counts(found, len(wanted), None)


def _iter_stated(record: Record) -> Iterator[tuple[Name, str, Name]]:
    """Yield the relations of a record, also as they read from the other side where a comparison has none."""
    for relation in record.relations:
        subject, kind, other = _names([relation.subject]), _type(relation.type), _names([relation.object])
        yield subject, kind, other
        if kind == "COMPARED_WITH":
            yield other, kind, subject
        if kind == "BENCHMARK_FOR":  # gold records say that a dataset is used for a task
            yield subject, "USED_FOR", other


def _type(name: str) -> str:
    plain = name.upper().replace("-", "_")
    return _TYPES.get(plain, plain)
