"""Run the stages in order: a build, which reads and writes files only here, and the annotation of single texts.

    page --ingest--> Record --extract--> Mention, Relation --resolve--> Entity, Judgement --graph--> RDF --export--> files

A build is written beside its place and then renamed, so that a run that fails leaves what was there.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from confgraph import extract, jsonl, resolve
from confgraph.config import Config, ResolveOptions, load_config
from confgraph.decisions import Decisions, read_decisions
from confgraph.errors import OutputError, SourceError
from confgraph.export import html, rdf, report
from confgraph.extract import reader
from confgraph.extract.annotate import annotate_rows
from confgraph.extract.options import OWN
from confgraph.graph import conflicts, network, provenance, statements, store, validation
from confgraph.ingest import shares
from confgraph.outputs import FILES, MANIFEST
from confgraph.records import Entity, Judgement, Reading, Record, Reject, Resolution, TextClass, to_row
from confgraph.reference import organizations
from confgraph.reference.enrich import References, enrich
from confgraph.sources import Pages, Source, config_files, decision_files, find_sources, read_pages, without
from confgraph.workers import Progress, read_and_extract

GENERATOR: Final = "confgraph"
_PACKAGES: Final = ("confgraph", "networkx", "onnxruntime", "pyoxigraph", "pyvis", "rapidfuzz", "rdflib", "spacy")


@dataclass(frozen=True, slots=True)
class Build:
    """What a build found: for the command line to print, and for tests. `extractor` says what extracted, `remarks` what else to know."""

    out: Path
    readings: tuple[Reading, ...]
    resolution: Resolution
    rejects: tuple[Reject, ...]
    extractor: Mapping[str, str]
    decisions: Decisions = Decisions()
    references: References = References()
    remarks: tuple[str, ...] = ()
    triples: int = 0
    evidence: int = 0


def build(  # noqa: PLR0913  (what may be given on the command line)
    sources: Sequence[Path],
    out: Path,
    *,
    configs: Sequence[Path] = (),
    catalogues: Sequence[Path] = (),
    decisions: Sequence[Path] = (),
    ror: Path | None = None,
    base: str | None = None,
    workers: int = 1,
    progress: Progress | None = None,
) -> Build:
    """Build the graph of some pages and write it to the folder `out`.

    Args:
        sources: files, and folders of them; their order does not matter.
        out: a folder that does not exist, is empty, or was written by confgraph.
        configs: configuration files besides the `confgraph.toml` that stand beside the sources.
        catalogues: files of papers that the records are matched with, besides those that the configuration names; what their
            matching rows say enters the graph as what the catalogue says.
        decisions: files of what people decided, besides the `decisions.jsonl` that stand beside the sources.
        ror: a dump of the Research Organization Registry, instead of the configured one; without, affiliations are linked with the
            well-known organisations that come with confgraph.
        base: the base of the instances' IRIs, instead of the configured one.
        workers: how many processes extract; their number changes no result.
        progress: told of each step.

    Raises:
        SourceError: a source cannot be read.
        ConfigError: a configuration, the extractor that it names, or a decision cannot be used.
        RecordError: that extractor gives what is no record of its page.
        OutputError: `out` cannot be written or holds something else.
    """
    tell = progress or _silent
    found = find_sources(sources)
    _check_apart(found, out)
    config = load_config([*config_files(found), *configs])
    if base is not None:
        config = replace(config, graph=replace(config.graph, base=base))
    decided = read_decisions([*decision_files(found), *decisions])
    catalogues = [*config.resolve.catalogues, *catalogues]
    ror = ror or config.resolve.ror
    config = replace(config, resolve=ResolveOptions(tuple(catalogues), ror))
    further = [*catalogues, *([ror] if ror else [])]
    _check_apart([Source(path, path.name, named=True) for path in further], out)
    pages = read_pages(without(found, further), config)
    remarks: list[str] = []
    # organisations first: what is wrong with a dump is told before the long work
    with _written(out) as folder, organizations.opened(ror, remark=remarks.append) as index:
        extractor = extract.load(config.extract, pages.pages, config.folder)
        readings = read_and_extract(pages.pages, extractor, config, workers, tell)
        references = enrich(readings, catalogues, tell)
        pages = _with_references(pages, references)
        listed = read_and_extract(references.pages, extractor, config, 1, _silent)
        readings = (*readings, *listed)
        tell("resolve", 0, 1)
        resolution = resolve.resolve(readings, decided.rulings, references.matches(listed), index)
        tell("resolve", 1, 1)
        rejects = (*pages.rejects, *(reject for reading in readings for reject in reading.rejects))
        if len(rejects) > config.limits.rejects:
            what = f"{len(rejects)} pieces of input cannot be used; the limit is {config.limits.rejects}; the first: {rejects[0].reason}"
            raise SourceError(rejects[0].doc, what, "leave them out, or raise limits.rejects in confgraph.toml")
        built = Build(out, readings, resolution, rejects, extractor.used, decided, references, tuple(remarks))
        return _write(folder, built, config, pages, tell)


def _with_references(pages: Pages, references: References) -> Pages:
    """Add what catalogues say to what is read: the page of each one's matching rows, and the rows that could not be read."""
    return Pages((*pages.pages, *references.pages), (*pages.hashes, *references.hashes), (*pages.rejects, *references.rejects))


def _silent(stage: str, done: int, total: int) -> None:
    """Report nothing."""
    del stage, done, total


def extract_texts(source: Path, output: Path | None, configs: Sequence[Path] = ()) -> int:
    """Annotate the texts of a file of JSON Lines, `-` for standard input, and write one line for each; give their number.

    Holds one batch of texts at a time. The file `output` takes its place when all is done; None writes to standard output.

    Raises:
        SourceError: the file cannot be read, or a line is not as documented.
        ConfigError: a configuration, or the extractor that it names, cannot be used.
        OutputError: `output` cannot be written, or is what is read.
    """
    config = load_config(configs)
    if output is not None and output.exists() and source.exists() and output.samefile(source):
        raise OutputError(str(output), "is the file that is read, which would be lost", "write to another file")
    piped = str(source) == "-"
    lines = jsonl.iter_rows(sys.stdin.buffer, "standard input") if piped else jsonl.read(source)
    rows = annotate_rows(lines, "standard input" if piped else str(source), config.extract, config.folder)
    count = 0
    with nullcontext(sys.stdout.buffer) if output is None else jsonl.written(output) as stream:
        for row in rows:
            stream.write(jsonl.line_of(row))
            count += 1
    return count


def _write(folder: Path, found: Build, config: Config, pages: Pages, tell: Progress) -> Build:
    tell("write", 0, 1)
    run = _run(found.extractor, config)
    quads = list(statements.iter_quads(found.readings, found.resolution, config.graph, run))
    validation.check_built(quads, found.out)
    knowledge = sum(rdf.in_default_graph(quad) for quad in quads)
    records = [record for reading in found.readings for record in reading.records]
    _write_rows(folder / "records.jsonl", records)
    _write_rows(folder / "judgements.jsonl", found.resolution.judgements)
    _write_rows(folder / "rejects.jsonl", found.rejects)
    (folder / "pages").mkdir()
    for page in pages.pages:
        _write_text(folder / "pages" / f"{page.id}.txt", page.text)
    for name, form in (("graph.ttl", "turtle"), ("graph.nq", "nquads")):
        with (folder / name).open("wb") as stream:
            rdf.write(stream, quads, form)
    entities = network.to_network(quads)
    texts: dict[str, str] = {page.id: page.text for page in pages.pages}
    _write_text(folder / "graph.html", html.render(entities, config.html, texts))
    store.write_store(folder / "store", quads)
    built = replace(found, triples=knowledge, evidence=len(quads) - knowledge)
    manifest = _manifest(built, pages, config)
    calibrated = report.calibrations(reader.about()) if found.extractor["name"] == OWN else ()
    disagreeing = tuple(conflicts.iter_conflicts(store.open_store(folder)))
    findings = report.Findings(manifest, found.readings, found.resolution, found.rejects, entities, disagreeing, calibrated, run.created)
    _write_text(folder / "report.html", report.render(findings, config.html.title))
    _write_text(folder / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    tell("write", 1, 1)
    return built


def _run(extractor: Mapping[str, str], config: Config) -> provenance.Run:
    """Say what makes the graph; the time is that of SOURCE_DATE_EPOCH or none, so that a rebuild gives the same bytes."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    created = datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).isoformat() if epoch.isdecimal() else None
    options = {name: to_row(getattr(config, name)) for name in ("limits", "extract", "graph")}
    del options["extract"]["batch_size"]  # it changes no result
    return provenance.Run(version("confgraph"), created, extractor, json.dumps(options, ensure_ascii=False, sort_keys=True))


def _manifest(built: Build, pages: Pages, config: Config) -> dict[str, Any]:
    return {
        "generator": GENERATOR,
        "versions": {name: version(name) for name in _PACKAGES},
        "extractor": dict(built.extractor),
        "configuration": {name: to_row(getattr(config, name)) for name in ("limits", "extract", "graph", "html")},
        "inputs": [
            {
                "name": reading.page.name,
                "sha256": digest,
                "page": reading.page.id,
                "form": reading.page.form,
                "encoding": reading.page.encoding,
                "sidecar": to_row(reading.page.sidecar),
                "layout": reading.layout,
                "records": len(reading.records),
                "characters": len(reading.page.text),
                "shares": shares(reading.segments),
                "unclassed": [[s.start, s.end] for s in reading.segments if s.text_class is TextClass.UNCLASSED],
            }
            for reading, digest in zip(built.readings, pages.hashes, strict=True)
        ],
        "catalogues": [one.to_row() for one in built.references.each],
        "ror": _described(config.resolve.ror) if config.resolve.ror else None,
        "decisions": [{"name": name, "sha256": digest} for name, digest in built.decisions.hashes],
        "counts": {
            "records": sum(len(reading.records) for reading in built.readings),
            "entities": count_kinds(built.resolution.entities),
            "judgements": len(built.resolution.judgements),
            "decisions": len(built.decisions.rulings),
            "rejects": len(built.rejects),
            "triples": built.triples,
            "evidence": built.evidence,
        },
    }


def _described(file: Path) -> dict[str, str]:
    with file.open("rb") as stream:
        return {"name": file.name, "sha256": hashlib.file_digest(stream, "sha256").hexdigest()}


def count_kinds(entities: Iterable[Entity]) -> dict[str, int]:
    """Count entities by kind, kinds sorted by name."""
    counts: dict[str, int] = {}
    for entity in entities:
        counts[entity.kind] = counts.get(entity.kind, 0) + 1
    return dict(sorted(counts.items()))


def _write_rows(path: Path, rows: Iterable[Record | Judgement | Reject]) -> None:
    lines = (json.dumps(to_row(row), ensure_ascii=False) + "\n" for row in rows)
    _write_text(path, "".join(lines))


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


@contextmanager
def _written(out: Path) -> Iterator[Path]:
    """Give a new folder beside `out` that takes its place when the block ends without an error."""
    folder = None
    place = Path(os.path.abspath(out))  # noqa: PTH100  (resolve would follow a link that stands there)
    try:
        _check_ours(out)
        place.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
        yield folder
        _replace(folder, place)
    except OSError as error:
        hint = "choose another folder, or make space and permissions for it"
        raise OutputError(str(out), f"cannot be written ({error.strerror})", hint) from error
    finally:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


def _check_apart(sources: Iterable[Source], out: Path) -> None:
    """Refuse to write over what is read."""
    for source in sources:
        if source.path.resolve().is_relative_to(out.resolve()):
            raise OutputError(str(out), f"holds the source {source.path}, which would be lost", "write to another folder")


def _check_ours(out: Path) -> None:
    """Refuse to replace what confgraph did not write."""
    hint = "choose a folder that does not exist yet"
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise OutputError(str(out), "exists and is a link" if out.is_symlink() else "exists and is no folder", hint)
    names = {entry.name for entry in out.iterdir()} if out.is_dir() else set()
    if not names:
        return
    try:
        ours = json.loads((out / MANIFEST).read_text(encoding="utf-8"))["generator"] == GENERATOR
    except (OSError, ValueError, KeyError, TypeError):
        ours = False
    if not ours:
        raise OutputError(str(out), "exists and was not written by confgraph", hint)
    if foreign := sorted(names - FILES):
        raise OutputError(str(out), f"holds {foreign[0]}, which confgraph did not write", f"move it away, or {hint}")


def _replace(folder: Path, out: Path) -> None:
    """Put `folder` in the place of `out`, and back what stood there if that fails."""
    folder.chmod(0o755)
    old = folder.with_name(folder.name + "-old")
    if out.exists():
        out.replace(old)
    try:
        folder.replace(out)
    except OSError:
        if old.exists():
            old.replace(out)
        raise
    shutil.rmtree(old, ignore_errors=True)
