"""Score the resolution of concepts on labelled pairs, and time it over growing numbers of records.

    python bench/concepts.py
    python bench/concepts.py --papers ../shared/papers/papers.jsonl.gz --counts 1000 10000

The pairs stand in tests/unit/resolve/concept_pairs.tsv, half of which was looked at while the rules were written (by hash),
and concept_pairs_fresh.tsv, of which none was. For the time, a record names the noun phrases of a real title and its keywords.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import math
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

from rapidfuzz import fuzz

from confgraph.records import (
    ArtefactKind,
    Concept,
    Entity,
    EntityKind,
    Introduced,
    MemberKey,
    Page,
    PageId,
    Reading,
    Record,
    RecordId,
    RecordKind,
    Relation,
    RelationType,
    Resolution,
)
from confgraph.resolve import members, resolve
from confgraph.resolve.cluster import clusters, entities
from confgraph.resolve.concept_blocks import concept_blocks
from confgraph.resolve.concepts import judge_concepts
from confgraph.resolve.hierarchy import judge_broader
from confgraph.resolve.keys import CONCEPT_FIELDS, iter_concepts
from confgraph.resolve.said import said
from confgraph.text import fold

PAIRS: Final = Path(__file__).parents[1] / "tests" / "unit" / "resolve"
_FIELD_OF: Final = {kind: field for field, kind in CONCEPT_FIELDS.items()}
_RELATIONS: Final = {" = ": RelationType.SYNONYM_OF, " < ": RelationType.SUBCLASS_OF}
_CUTS: Final = re.compile(r"\s+(?:for|with|via|of|in|by|using|on|from|to|and|under|through|towards?)\s+|[:?,;.]\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names of a kind, each as a record prints it, what they are to each other, and what other records of the graph name.

    `relation` is `same`, `different`, or `broader` where the right one is broader than the left.
    """

    kind: EntityKind
    left: str
    right: str
    relation: str
    context: tuple[str, ...]

    @property
    def half(self) -> int:
        """The half to which the names belong: 0 was looked at, 1 was not."""
        return int(hashlib.sha256(f"{self.left}\t{self.right}".encode()).hexdigest(), 16) % 2


def read_pairs(path: Path) -> list[Pair]:
    """Read a file of pairs: a header that opens with `#`, then left, right, kind, relation, why, and records of context between `;`."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [
        Pair(EntityKind(kind), left, right, relation, tuple(filter(None, map(str.strip, context.split(";")))))
        for left, right, kind, relation, _, context in rows
    ]


def verdict(pair: Pair) -> str:
    """Resolve a record for each cell of a pair, and say what its names are to each other; `narrower` where the left one is broader."""
    records = [_record(i, pair.kind, cell) for i, cell in enumerate((pair.left, pair.right, *pair.context))]
    found = resolve([Reading(Page("pairs", "", PageId("0")), "generic", tuple(records), ())])
    left, right = (_entity(found, record, pair.kind, cell) for record, cell in zip(records, (pair.left, pair.right), strict=False))
    if left is right:
        return "same"
    if _is_above(found, right.key, left.key):
        return "broader"
    return "narrower" if _is_above(found, left.key, right.key) else "different"


def scores(found: Iterable[tuple[Pair, str]]) -> dict[str, float]:
    """Give precision and recall over the pairs that are, or are held to be, the same or broader, and of the same alone."""
    counts: Counter[str] = Counter()
    for pair, said_of_it in found:
        right = pair.relation == said_of_it
        for name, gold, held in (
            ("", pair.relation != "different", said_of_it != "different"),
            ("same ", pair.relation == "same", said_of_it == "same"),
        ):
            counts[f"{name}gold"] += gold
            counts[f"{name}held"] += held
            counts[f"{name}right"] += right and held
    return {
        f"{name}{measure}": counts[f"{name}right"] / max(1, counts[f"{name}{of}"])
        for name in ("", "same ")
        for measure, of in (("precision", "held"), ("recall", "gold"))
    }


def _record(number: int, kind: EntityKind, cell: str) -> Record:
    """Make the record that a cell describes: `Name (alias) + task:another name`, or a relation, `A < B` or `A = B`."""
    for sign, relation in _RELATIONS.items():
        if sign in cell:
            left, right = cell.split(sign)
            stated = (Relation(left, 0, relation, right, 0, 0.9, 0, 1),)
            return _filled(number, [(kind, left, ()), (kind, right, ())], stated)
    return _filled(number, [_named(kind, part) for part in cell.split(" + ")])


def _named(kind: EntityKind, text: str) -> tuple[EntityKind, str, tuple[str, ...]]:
    if m := re.match(r"(method|dataset|task|metric):", text):
        kind, text = EntityKind(m[1]), text[m.end() :]
    m = re.fullmatch(r"(?P<name>.*?)(?: \((?P<alias>[A-Za-z-]+)\))?", text)
    return (kind, m["name"], (m["alias"],) if m["alias"] else ()) if m else (kind, text, ())


def _filled(number: int, named: Sequence[tuple[EntityKind, str, tuple[str, ...]]], stated: tuple[Relation, ...] = ()) -> Record:
    concepts: dict[str, Any] = {
        field: tuple(Concept(name, aliases) for kind, name, aliases in named if kind is of) for field, of in CONCEPT_FIELDS.items()
    }
    software = tuple(Introduced(name, ArtefactKind.SOFTWARE, aliases) for kind, name, aliases in named if kind is EntityKind.SOFTWARE)
    title = f"The unrelated title of paper {number}"
    place = RecordId(str(number)), "pairs", number + 1, PageId("0"), RecordKind.PAPER
    return Record(*place, title=title, introduces=software, relations=stated, **concepts)


def _entity(found: Resolution, record: Record, kind: EntityKind, cell: str) -> Entity:
    _, name, _ = _named(kind, cell.partition(" + ")[0])
    field = _FIELD_OF.get(kind, "introduces")
    return next(found.by_member[key] for of, i, key in iter_concepts(record) if of == field and getattr(record, of)[i].name == name)


def _is_above(found: Resolution, above: MemberKey, start: MemberKey) -> bool:
    seen, left = {start}, [start]
    while left:
        key = left.pop()
        step = {pair.broader for pair in found.broader if pair.holds and pair.narrower == key} - seen
        seen |= step
        left += sorted(step)
    return above in seen


def _exact(pair: Pair) -> str:
    names = [fold(_named(pair.kind, cell.partition(" + ")[0])[1]) for cell in (pair.left, pair.right)]
    return "same" if names[0] == names[1] else "different"


def _fuzzy(pair: Pair) -> str:
    names = [fold(_named(pair.kind, cell.partition(" + ")[0])[1]) for cell in (pair.left, pair.right)]
    return "same" if fuzz.token_sort_ratio(*names) >= 90 else "different"


def _print_scores() -> None:
    methods: dict[str, Callable[[Pair], str]] = {"same print": _exact, "rapidfuzz token_sort_ratio >= 90": _fuzzy, "confgraph": verdict}
    main, fresh = (read_pairs(PAIRS / f"concept_pairs{name}.tsv") for name in ("", "_fresh"))
    sets = {"looked at": [p for p in main if p.half == 0], "only scored": [p for p in main if p.half], "fresh": fresh}
    print("| pairs | number | method | precision | recall | precision of same | recall of same |\n|" + " --- |" * 7)
    for name, pairs in sets.items():
        for method, judge in methods.items():
            figures = scores((pair, judge(pair)) for pair in pairs)
            print(f"| {name} | {len(pairs)} | {method} | " + " | ".join(f"{value:.3f}" for value in figures.values()) + " |")


def _iter_records(papers: Path) -> Iterator[Record]:
    with gzip.open(papers, "rt", encoding="utf-8") as stream:
        for number, line in enumerate(stream):
            row = json.loads(line)
            phrases = [*(row.get("keywords") or ()), *(part for part in _CUTS.split(row["title"]) if 0 < len(part.split()) < 5)]
            named = [_named(EntityKind.METHOD, phrase) for phrase in dict.fromkeys(phrases) if phrase.strip()]
            yield _filled(number, named)


def _print_growth(papers: Path, counts: Sequence[int]) -> None:
    records = list(islice(_iter_records(papers), max(counts)))
    print("\n| records | keys | judgements | broader | seconds | exponent |\n|" + " --- |" * 6)
    before: tuple[int, float] | None = None
    for count in counts:
        readings = [Reading(Page("growth", "", PageId("0")), "generic", tuple(records[:: max(1, len(records) // count)][:count]), ())]
        listed = members.entries(readings)
        known = members.profiles(readings, listed, ())
        begun = time.process_time()
        stated = said(listed)
        blocks = concept_blocks(known.values(), stated)
        judged = judge_concepts(blocks)
        by_member = {key: entity for entity in entities(known, clusters(judged)) for key in entity.members}
        broader = judge_broader(blocks, by_member, stated)
        seconds = time.process_time() - begun
        exponent = f"{math.log(seconds / before[1]) / math.log(count / before[0]):.2f}" if before else ""
        print(f"| {count:,} | {len(blocks.profiles):,} | {len(judged):,} | {len(broader):,} | {seconds:.2f} | {exponent} |")
        before = count, seconds


def main() -> None:
    """Score the pairs; time what grows where papers are given."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=Path, help="papers.jsonl.gz, to time the growth too")
    parser.add_argument("--counts", type=int, nargs="+", default=[1000, 10000])
    given = parser.parse_args()
    _print_scores()
    if given.papers:
        _print_growth(given.papers, given.counts)


if __name__ == "__main__":
    main()
