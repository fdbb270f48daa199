"""Say what was extracted and how sure it is, and which entities are connected most."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import networkx as nx

from confgraph.export.markup import Column, Doubt, Markup, Section, counted, number, paragraph, rest, table, text, words
from confgraph.export.report.charts import bar, histogram, reliability
from confgraph.records import Reading

EVEN: Final = 0.5
"""The confidence below which a finding is more likely wrong than right."""

_TOP: Final = 20
_LABEL: Final = 120
_BINS: Final = 10
_SURE_FIELDS: Final = {
    "introduces": "Introduced things",
    "methods": "Methods",
    "datasets": "Datasets",
    "tasks": "Tasks",
    "metrics": "Metrics",
    "institutions": "Institutions",
    "relations": "Relations",
}
"""What carries a confidence, by its field in a record."""
_OTHER_FIELDS: Final = {"results": "Results", "resources": "Resources"}

_MEANING: Final = (
    "A confidence is how often such a finding is right: for what the model reads, its probability, calibrated on sentences of papers "
    "that people annotated; for what a rule or a gazetteer finds, how often it was right there, or an estimate. On other pages the "
    "shares may differ. What the model is, and what it gets wrong, stands in data/model/README.md and docs/limits.md of confgraph."
)


@dataclass(frozen=True, slots=True)
class Calibration:
    """How a part of the model was calibrated: its temperature, and the expected calibration error where one was measured.

    `bins` are triples of a number of answers, their mean confidence and the share of them that is right.
    """

    part: str
    temperature: float
    error: float | None = None
    bins: tuple[tuple[int, float, float], ...] = ()


def calibrations(about: Mapping[str, Any]) -> tuple[Calibration, ...]:
    """Read how the model was calibrated from what it says of itself, the JSON of `reader.json`."""
    parts = [*((", ".join(head["keep"]), head) for head in about["heads"]), ("Relations", about["relations"])]
    found = []
    for part, said in parts:
        measured = said.get("calibration", {})
        bins = tuple((count, sure, right) for count, sure, right in measured.get("bins", ()))
        found.append(Calibration(part, said["temperature"], measured.get("error"), bins))
    return tuple(found)


def extraction_section(readings: Sequence[Reading], calibrated: Sequence[Calibration], extractor: str) -> Section:
    """Count what was extracted and draw its confidences; say what they mean, which without `calibrated` only the extractor's maker can."""
    records = [record for reading in readings for record in reading.records]
    rows, below, total = [], 0, 0
    for field, name in _SURE_FIELDS.items():
        sure = [item.confidence for record in records for item in getattr(record, field)]
        doubtful = sum(confidence < EVEN for confidence in sure)
        rows.append([words(name), number(len(sure)), number(doubtful), _drawn(sure)])
        below += doubtful
        total += len(sure)
    for field, name in _OTHER_FIELDS.items():
        rows.append([words(name), number(sum(len(getattr(record, field)) for record in records)), words("–"), words("none given")])
    columns = [Column("Kind"), Column("In records", number=True), Column(f"Below {EVEN}", number=True), Column("Confidence, from 0 to 1")]
    parts = [table("What the records hold", columns, rows), *_meaning(calibrated, extractor)]
    doubt = Doubt(below, f"{counted(below, 'finding')} of {total:,} with a confidence below {EVEN}")
    return Section("extraction", "Extraction", tuple(parts), (doubt,))


def _drawn(sure: Sequence[float]) -> Markup:
    if not sure:
        return words("–")
    bins = [min(round(100 * confidence) * _BINS // 100, _BINS - 1) for confidence in sure]
    return histogram([bins.count(i) for i in range(_BINS)], 0.0, 1 / _BINS, doubtful=EVEN)


def _meaning(calibrated: Sequence[Calibration], extractor: str) -> list[Markup]:
    if not calibrated:
        return [paragraph(words("The extractor was "), text(extractor), words("; its confidences mean what its maker says."))]
    errors = [words("not measured" if c.error is None else f"{c.error:.3f}") for c in calibrated]
    rows = [[words(c.part), words(f"{c.temperature:.2f}"), error] for c, error in zip(calibrated, errors, strict=True)]
    columns = [Column("Part of the model"), Column("Temperature", number=True), Column("Expected calibration error", number=True)]
    curves = {c.part: c.bins for c in calibrated if c.bins}
    return [paragraph(words(_MEANING)), table("Calibration of the model", columns, rows), *([reliability(curves)] if curves else [])]


def connected_section(network: nx.MultiDiGraph[str]) -> Section:
    """List the entities with most neighbours in the graph of knowledge, and those with none."""
    degree = {node: len({*network.successors(node), *network.predecessors(node)} - {node}) for node in network}
    top = heapq.nsmallest(_TOP, (node for node in degree if degree[node]), key=lambda node: (-degree[node], node))
    alone = sorted((node for node in degree if not degree[node]), key=lambda node: (*_name(network, node), node))
    most = max(degree.values(), default=0)
    rows = [[*_row(network, node), bar(degree[node], most)] for node in top]
    about = (
        "How many other entities each is linked to, by any property. A general word at the top, or one name for two things, joins what "
        "has little to do with each other."
    )
    parts = [paragraph(words(about)), table("Entities of most links", [Column("Entity"), Column("Kind"), Column("Linked to")], rows)]
    parts.append(rest(len(degree) - len(alone) - len(top), "entity", "all are in graph.ttl", "entities"))
    if alone:
        parts.append(table("Entities without a link", [Column("Entity"), Column("Kind")], [_row(network, node) for node in alone[:_TOP]]))
        parts.append(rest(len(alone) - _TOP, "entity", "all are in graph.ttl", "entities"))
    doubt = Doubt(len(alone), f"{counted(len(alone), 'entity', 'entities')} linked to nothing")
    return Section("connected", "Most connected entities", tuple(parts), (doubt,))


def _name(network: nx.MultiDiGraph[str], node: str) -> tuple[str, str]:
    return network.nodes[node]["kind"], network.nodes[node]["label"]


def _row(network: nx.MultiDiGraph[str], node: str) -> list[Markup]:
    kind, label = _name(network, node)
    return [text(label, _LABEL), words(kind)]
