"""Measure extraction against gold sets: texts with marked entities and relations, or annotated records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from confgraph import jsonl
from confgraph.errors import SourceError, UsageError
from confgraph.evaluate import gold as gold_sets
from confgraph.evaluate.figures import NOTHING, RESAMPLES, Counts, Estimate, Score, scores
from confgraph.evaluate.gold import GoldText
from confgraph.evaluate.mentions import count_entities, count_relations, entities_of, found_in, overlaps, relations_of, same
from confgraph.evaluate.names import compared
from confgraph.extract import LABELS, Annotation, ExtractOptions, annotate
from confgraph.records import Record, RelationType, from_row

KINDS: Final = (gold_sets.RECORDS, gold_sets.TEXTS)
"""What can be evaluated: the records of a build, or the extractor on single texts in SciER's format or our own."""

_AGREEMENT: Final = {"exact": same, "overlapping": overlaps}
_TABLES: Final = ("shares", "fields", "entities", "relations")
"""The beginnings of the names of tables, in the order of a report."""

_HEADER: Final = ("precision", "recall", "F1", "found", "gold", "predicted")

Row = tuple[str, str]
"""A row of the report: its table and its name there."""

Tell = Callable[[str, int, int], None]
"""Told the stage's name, and how many of how many steps are done."""


@dataclass(frozen=True, slots=True)
class Report:
    """Scores by table and row; `units` of what `resampled` names were drawn again and again for the intervals."""

    on: str
    gold: tuple[str, ...]
    resampled: str
    units: int
    tables: Mapping[str, Mapping[str, Score]]

    def iter_tables(self) -> Iterator[tuple[tuple[str, ...], list[tuple[str, ...]]]]:
        """Yield the header and the rows of each table, for people: each figure with its 95 % interval, `-` where it is not defined."""
        for title, rows in self.tables.items():
            yield (title, *_HEADER), [(name, *_cells(score)) for name, score in rows.items()]

    def to_row(self) -> dict[str, Any]:
        """Give the report as JSON values."""
        return {
            **asdict(self),
            "gold": list(self.gold),
            "interval": {"level": 0.95, "method": "percentile bootstrap", "resamples": RESAMPLES},
        }


def evaluate(
    gold: Sequence[Path],
    *,
    on: str | None = None,
    against: Path | None = None,
    options: ExtractOptions | None = None,
    folder: Path = Path(),
    tell: Tell | None = None,
) -> Report:
    """Score what is extracted against gold sets of one kind.

    Args:
        gold: files of gold sets; all are taken together.
        on: `records` or `scier`; None finds it from the first line.
        against: with `records`, the folder of the build, or its `records.jsonl`.
        options: with `scier`, which extractor runs over the texts.
        folder: where a path in the options counts from.
        tell: told of each text that is done.

    Raises:
        UsageError: `on` is none of the two, `against` is missing or out of place, or the files are of two kinds.
        SourceError: a gold set cannot be read, or holds nothing to find.
        RecordError: a row of the build's records is no record.
        ConfigError: the extractor cannot be loaded, or needs a page.
    """
    if on is not None and on not in KINDS:
        raise UsageError("evaluate", f"there is nothing to evaluate on {on!r}", f"choose one of: {', '.join(KINDS)}")
    kinds = {gold_sets.kind_of(path): path for path in gold}
    for kind, path in kinds.items():
        if kind != (on or next(iter(kinds))):
            raise UsageError(str(path), f"is a gold set for {kind}", f"evaluate it on its own, with --on {kind}")
    (kind,) = kinds
    if (against is None) == (kind == gold_sets.RECORDS):
        what = "--against is missing" if against is None else f"--against says nothing on {kind}"
        hint = "name the folder that confgraph build wrote" if against is None else "leave it out: the extractor runs over the texts"
        raise UsageError("evaluate", what, hint)
    names = tuple(map(str, gold))
    if against is not None:
        return _on_records(names, [row for path in gold for row in gold_sets.read_records(path)], _read_build(against))
    return _on_texts(names, [text for path in gold for text in gold_sets.read_texts(path)], options, folder, tell)


def _on_records(names: tuple[str, ...], rows: Sequence[Mapping[str, Any]], records: Mapping[tuple[str, int], Record]) -> Report:
    units = [compared(row, records.get((row["doc"], row["ordinal"]))) for row in rows]
    return _report(gold_sets.RECORDS, names, "records", units)


def _read_build(out: Path) -> dict[tuple[str, int], Record]:
    path = out / "records.jsonl" if out.is_dir() else out
    records = [from_row(row, f"{path}, line {number}") for number, row in jsonl.read(path)]
    return {(record.doc, record.ordinal): record for record in records}


def _on_texts(names: tuple[str, ...], texts: Sequence[GoldText], options: ExtractOptions | None, folder: Path, tell: Tell | None) -> Report:
    labels = _in_order({label for text in texts for *_, label in text.entities}, LABELS)
    types = _in_order({kind for text in texts for _, kind, _ in text.relations}, tuple(RelationType))
    if not labels:
        raise SourceError(names[0], "marks no entity", "give a gold set in which there is something to find")
    documents = all(text.doc for text in texts)
    units: dict[str | int, dict[Row, Counts]] = {}
    annotations = annotate((text.text for text in texts), options, folder)
    for number, (text, annotation) in enumerate(zip(texts, annotations, strict=True), 1):
        unit = units.setdefault(text.doc if documents else number, {})
        for row, counts in _compared(text, annotation, labels, types):
            unit[row] = unit.get(row, NOTHING).plus(counts)
        if tell:
            tell("extract", number, len(texts))
    return _report(gold_sets.TEXTS, names, "documents" if documents else "lines", list(units.values()))


def _compared(text: GoldText, annotation: Annotation, labels: Sequence[str], types: Sequence[str]) -> Iterator[tuple[Row, Counts]]:
    """Yield the counts of each row of each table for one text."""
    entities, relations = found_in(annotation)
    for how, agree in _AGREEMENT.items():
        for label, counts in count_entities(entities_of(text), entities, labels, agree).items():
            yield (f"entities, {how}", label), counts
        if types:
            known = [r for r in relations if {r.subject.label, r.object.label} <= set(labels)]
            for kind, counts in count_relations(relations_of(text), known, types, agree).items():
                yield (f"relations, {how}", kind), counts


def _in_order(names: set[str], known: Sequence[str]) -> list[str]:
    """Sort the names of a gold set: ours in our order, then others."""
    return [name for name in known if name in names] + sorted(names - set(known))


def _report(on: str, gold: tuple[str, ...], resampled: str, units: Sequence[Mapping[Row, Counts]]) -> Report:
    tables: dict[str, dict[str, Score]] = {}
    for (table, row), score in scores(units).items():
        tables.setdefault(table, {})[row] = score
    ordered = {table: tables[table] for kind in _TABLES for table in tables if table.startswith(kind)}
    return Report(on, gold, resampled, len(units), ordered)


def _cells(score: Score) -> tuple[str, ...]:
    figures = (_figure(share) for share in (score.precision, score.recall, score.f1))
    return (*figures, str(score.found), str(score.gold), "-" if score.predicted is None else str(score.predicted))


def _figure(share: Estimate) -> str:
    if share.value is None:
        return "-"
    return f"{share.value:.3f} [{share.low:.3f}, {share.high:.3f}]"
