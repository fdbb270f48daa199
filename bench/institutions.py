"""Measure the linking of raw affiliations with organisations: precision, recall and speed, beside exact match.

    python bench/institutions.py ../shared/papers/papers.jsonl.gz ../shared/ror/ror-v2-subset.json.gz

The truth are the rows' `institutions`, paired with their `affiliations` by `institution_index`. They are names, made by a machine; one
counts where exactly one organisation of ROR has it as a name, when accents, case, signs and an opening `The` are left out. Strings
are measured whose names all count. The weights were chosen on the half of the strings whose sha256 is even; the other is reported.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from random import Random

from confgraph.reference import ror
from confgraph.reference.organizations import opened
from confgraph.resolve.affiliations import parts, plain_words
from confgraph.resolve.institutions import link
from confgraph.resolve.organizations import NameKind, OrganizationIndex

Truth = Mapping[str, frozenset[str]]
Linker = Callable[[str], set[str]]


def pairs(papers: Path) -> dict[str, Counter[tuple[str, ...]]]:
    """Read what institutions each raw affiliation has, with the number of authorships that say so."""
    found: defaultdict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    with gzip.open(papers, "rt", encoding="utf-8") as stream:
        for row in map(json.loads, stream):
            names, places = row.get("institutions") or [], (row.get("institution_index") or "").split(";")
            if names and len(places) == len(row["affiliations"]):
                for raw, at in zip(row["affiliations"], places, strict=True):
                    found[raw][tuple(sorted({names[int(i)] for i in at.split("+") if i} - {""}))] += 1
    return dict(found)


def truths(found: Mapping[str, Counter[tuple[str, ...]]], names: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    """Give the ROR ids of the strings whose institutions are each the name of exactly one organisation."""
    truth = {}
    for raw, counts in sorted(found.items()):
        ids = [names.get(" ".join(plain_words(name)), set()) for name in counts.most_common(1)[0][0]]
        if ids and all(len(one) == 1 for one in ids):
            truth[raw] = frozenset().union(*ids)
    return truth


def register_names(dump: Path) -> dict[str, set[str]]:
    """List the organisations of each name that is no acronym."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    for row in ror.iter_rows(dump):
        for name, kind in row.names:
            if kind is not NameKind.ACRONYM:
                names[" ".join(plain_words(name))].add(row.id)
    return dict(names)


def exact(names: Mapping[str, set[str]]) -> Linker:
    """Link a segment between commas that is the name of exactly one organisation: the baseline."""

    def linked(raw: str) -> set[str]:
        segments = [piece for part in raw.replace(";", "+").split("+") for piece in part.split(",")]
        found = [names.get(" ".join(plain_words(segment)), set()) for segment in segments]
        return set().union(*(ids for ids in found if len(ids) == 1))

    return linked


def ours(index: OrganizationIndex) -> Linker:
    """Link as confgraph does; only the organisations whose ROR id is known count."""
    return lambda raw: {found.organization.ror for found in link(raw, index) if found.organization.ror}


def figures(linked: Mapping[str, set[str]], truth: Truth) -> tuple[float, float, float]:
    """Give precision, recall, and precision without what is added where the truth's own is found as well."""
    right = sum(len(linked[raw] & truth[raw]) for raw in truth)
    given = sum(len(linked[raw]) for raw in truth)
    besides = sum(len(linked[raw] - truth[raw]) for raw in truth if truth[raw] <= linked[raw])
    return right / given, right / sum(map(len, truth.values())), right / (given - besides)


def main() -> None:
    """Print a row for each linker, the speed, and a sample of what is wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("papers", type=Path)
    parser.add_argument("ror", type=Path)
    parser.add_argument("--half", type=int, default=1, choices=(0, 1), help="0: on which the weights were chosen")
    parser.add_argument("--strings", type=int, default=0, help="only so many, drawn at random")
    parser.add_argument("--cache", type=Path, help="the folder for the index")
    parser.add_argument("--show", type=int, default=0, help="print so many strings that differ from the truth")
    options = parser.parse_args()
    names = register_names(options.ror)
    found = pairs(options.papers)
    whole = truths(found, names)
    drawn = [raw for raw in whole if int(hashlib.sha256(raw.encode()).hexdigest(), 16) % 2 == options.half]
    if options.strings:
        drawn = sorted(Random(1).sample(drawn, min(options.strings, len(drawn))))
    truth = {raw: whole[raw] for raw in drawn}
    several = sum(len(parts(raw)) > 1 for raw in drawn)
    print(f"{len(found):,} distinct strings, {len(whole):,} measurable, {len(drawn):,} measured here, {several:,} of several parts")
    print("| linker | precision | recall | precision, but for organisations named besides | strings per second |")
    with ExitStack() as stack:
        start = time.perf_counter()
        with_ror = stack.enter_context(opened(options.ror, options.cache))
        opening = time.perf_counter() - start
        table = {
            "exact match": exact(names),
            "gazetteer": ours(stack.enter_context(opened())),
            "gazetteer and ROR": ours(with_ror),
        }
        for name, linker in table.items():
            linked, speed = timed(linker, drawn)
            print(f"| {name} | " + " | ".join(f"{value:.4f}" for value in figures(linked, truth)) + f" | {speed:,.0f} |", flush=True)
    print(f"opening the index: {opening:.2f} s")
    wrong = [raw for raw in drawn if linked[raw] != truth[raw]]
    for raw in Random(2).sample(wrong, min(options.show, len(wrong))):
        print(json.dumps({"raw": raw, "linked": sorted(linked[raw]), "truth": sorted(truth[raw])}, ensure_ascii=False))


def timed(linker: Linker, strings: Iterable[str]) -> tuple[dict[str, set[str]], float]:
    """Link strings, and give how many a second of processor time."""
    start = time.process_time()
    linked = {raw: linker(raw) for raw in strings}
    return linked, len(linked) / (time.process_time() - start)


if __name__ == "__main__":
    main()
