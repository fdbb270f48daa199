"""Write the report of a build: what was read, what was not, and what to doubt, on one page without scripts.

Like the graph's page it opens from disk and asks no network for anything; a content security policy allows its style alone.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import Template
from typing import Any

import networkx as nx

from confgraph.export import frame
from confgraph.export.markup import Markup, Section, percent, words
from confgraph.export.report.build import build_section
from confgraph.export.report.coverage import OF_RECORDS, Coverage, Part, cover
from confgraph.export.report.extraction import Calibration, calibrations, connected_section, extraction_section
from confgraph.export.report.merges import conflicts_section, merges_section
from confgraph.export.report.pages import pages_section, rejects_section, unread_section
from confgraph.export.report.records import mentions_section, records_section
from confgraph.graph.conflicts import Conflict
from confgraph.records import Decision, Reading, Reject, Resolution

__all__ = ["Calibration", "Findings", "calibrations", "render"]


@dataclass(frozen=True, slots=True)
class Findings:
    """What a build found and what it was made with.

    `manifest` is what stands in `manifest.json`, `network` the knowledge as `confgraph.graph.network.to_network` gives it, `calibrated`
    how the model was, or nothing where another extractor was used, `created` the time that SOURCE_DATE_EPOCH names.
    """

    manifest: Mapping[str, Any]
    readings: Sequence[Reading]
    resolution: Resolution
    rejects: Sequence[Reject]
    network: nx.MultiDiGraph[str]
    conflicts: Sequence[Conflict] = ()
    calibrated: Sequence[Calibration] = ()
    created: str | None = None


def render(found: Findings, title: str = "Conference graph") -> str:
    """Make the report's page; the same findings give the same bytes, whatever the order of readings and judgements.

    Lists are cut after some rows, and the page says how many more there are. `title` is that of the graph's page.
    """
    readings = sorted(found.readings, key=lambda reading: reading.page.name)
    coverages = [cover(reading) for reading in readings]
    sections = [
        pages_section(coverages),
        unread_section(coverages),
        rejects_section(found.rejects, readings),
        conflicts_section(found.conflicts, readings),
        merges_section(found.resolution, readings),
        records_section(readings, found.resolution),
        extraction_section(readings, found.calibrated, str(found.manifest["extractor"]["name"])),
        mentions_section(readings, found.resolution),
        connected_section(found.network),
        build_section(found.manifest, found.created),
    ]
    style = frame.style("report")
    return Template(frame.asset("report.html")).substitute(
        policy=f"default-src 'none'; style-src {frame.source(style)}; base-uri 'none'; form-action 'none'",
        title=html.escape(title),
        heading=words(title),
        style=style,
        contents="".join(f'<li><a href="#{s.anchor}">{html.escape(s.title)}</a></li>' for s in sections),
        figures=_figures(found, coverages),
        doubts=_doubts(sections),
        sections="".join(f'<section id="{s.anchor}"><h2>{html.escape(s.title)}</h2>{"".join(s.parts)}</section>\n' for s in sections),
    )


def _figures(found: Findings, coverages: Sequence[Coverage]) -> Markup:
    """Write the figures that the report opens on."""
    sizes: Counter[str] = Counter()
    for coverage in coverages:
        sizes.update(coverage.sizes())
    counts = found.manifest["counts"]
    figures = {
        "Pages": f"{len(found.readings):,}",
        "Records": f"{counts['records']:,}",
        "Text in fields of records": percent(sum(sizes[part] for part in OF_RECORDS), sizes.total()),
        "Text in no class": percent(sizes[Part.UNCLASSED], sizes.total()),
        "Entities": f"{sum(counts['entities'].values()):,}",
        "Merges": f"{sum(j.decision is Decision.SAME for j in found.resolution.judgements):,}",
        "Triples of knowledge": f"{counts['triples']:,}",
        "Triples of evidence": f"{counts['evidence']:,}",
    }
    return Markup("".join(f"<div><dt>{html.escape(name)}</dt><dd>{html.escape(value)}</dd></div>" for name, value in figures.items()))


def _doubts(sections: Sequence[Section]) -> Markup:
    """List what to look at, with links; what there is none of stands last."""
    doubts = [(section, doubt) for section in sections for doubt in section.doubts]
    doubts.sort(key=lambda pair: not pair[1].count)
    lines = []
    for section, doubt in doubts:
        kind = "some" if doubt.count else "none"
        lines.append(f'<li class="{kind}"><a href="#{section.anchor}">{html.escape(doubt.words)}</a></li>')
    return Markup("".join(lines))
