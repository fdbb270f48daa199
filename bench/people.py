"""Measure person resolution against the author ids of real papers, beside two baselines.

    python bench/people.py                       # the rows of each scheme of ids alone, then all rows at once
    python bench/people.py --fit                 # fit the weights on one half of the blocks, and print the table
    python bench/people.py --errors --only IEEE  # the worst false merges and misses
    python bench/people.py --names               # print data/gazetteers/common_names.tsv

B-cubed precision, recall and F1 over authorships, within one scheme of ids (IEEE for ICRA and IROS, OpenReview, ACL
Anthology); the ids are taken out of the rows before they are resolved. Blocks (surname and first initial) fall into
two halves by a checksum: weights are fitted on the first, and `other half` is what the fit never saw.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import time
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from confgraph.link.people import Listing, link_people, listing
from confgraph.link.rows import Row, read_row
from confgraph.resolve.authorships import Pairs, pair_up
from confgraph.resolve.evidence import COLUMNS, NAME_COLUMNS, measure
from confgraph.resolve.given_names import block_of, has_initial_only
from confgraph.resolve.judge import SAME_FROM
from confgraph.resolve.linking import estimate
from confgraph.resolve.names import PersonName, parse
from confgraph.resolve.namesakes import count_names

PAPERS: Final = Path(os.environ.get("CONFGRAPH_SHARED", "../shared")) / "papers" / "papers.jsonl.gz"
IDS: Final = ("author_ids", "orcid", "dblp")
SCHEMES: Final = ("IEEE", "OpenReview", "Anthology")
SCALE: Final = 8.0
"""Log-odds from a score of `SAME_FROM` to one that is larger by 1."""
CAUTION: Final = 0.25
"""Log-odds by which one person must be likelier than two."""
BALANCE: Final = {"OpenReview": 5.0, "Anthology": 5.0}
"""How much more the small sets count in the fit, so that IEEE's ids alone do not decide."""


@dataclass(frozen=True)
class Paper:
    """A row without ids, and the id of each author, None where it has none in a scheme."""

    row: Row
    ids: tuple[tuple[str, str] | None, ...]


def load(path: Path) -> Iterator[Paper]:
    """Read the papers and take their ids away."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            value = json.loads(line)
            ids = [str(i) for i in value.get("author_ids") or ()]
            names = value["authors"]
            known = [identified(value["venue"], i, name) for i, name in zip(ids, names, strict=False)]
            known += [None] * (len(names) - len(known))
            yield Paper(read_row({k: v for k, v in value.items() if k not in IDS}, f"line {number}"), tuple(known))


def identified(venue: str, identifier: str, name: str) -> tuple[str, str] | None:
    """Give the scheme and the id, or None where there is none, or the author is hidden."""
    if name == "Anonymous" or identifier[:1] not in ("~", "/"):
        return None
    if identifier.startswith("~"):
        return "OpenReview", identifier
    return "IEEE" if venue in ("icra", "iros") else "Anthology", identifier


def b_cubed(pairs: Sequence[tuple[str, str]]) -> tuple[float, float, float]:
    """Give precision, recall and F1 of (found, true) clusters. Source: Bagga and Baldwin (1998)."""
    both, found, true = Counter(pairs), Counter(f for f, _ in pairs), Counter(t for _, t in pairs)
    precision = sum(n * n / found[f] for (f, _), n in both.items()) / len(pairs)
    recall = sum(n * n / true[t] for (_, t), n in both.items()) / len(pairs)
    return precision, recall, 2 * precision * recall / (precision + recall)


def initial_and_surname(name: str) -> str:
    """Give the baseline's name: first initial and last name."""
    words = name.split() or [""]
    return f"{words[0][:1]} {words[-1]}".casefold()


def in_first_half(name: str) -> bool:
    """Say whether the block of a name is one of those that weights are fitted on."""
    block = block_of(parse(name)) or ("", "")
    return zlib.crc32("|".join(block).encode()) % 2 == 0


def report(title: str, papers: Sequence[Paper]) -> None:
    """Resolve some papers and print a row per scheme and measure."""
    start = time.process_time()
    people = [a.person for a in link_people([paper.row for paper in papers])]
    seconds = time.process_time() - start
    print(f"\n{title}: {len(people):,} authorships in {seconds:.1f} s of processor time, {len(people) / seconds:,.0f} a second\n")
    print("| scheme | authorships | clusters by | all | other half | names of five or more people |\n| --- | --- | --- | --- | --- | --- |")
    names = [name for paper in papers for name in paper.row.authors]
    ids = [i for paper in papers for i in paper.ids]
    for scheme in SCHEMES:
        rows = [(p, n, i[1]) for p, n, i in zip(people, names, ids, strict=True) if i and i[0] == scheme]
        if rows:
            report_scheme(scheme, rows)


def report_scheme(scheme: str, rows: Sequence[tuple[str, str, str]]) -> None:
    """Print the rows of a scheme: resolution and the baselines."""
    holders: defaultdict[str, set[str]] = defaultdict(set)
    for _, name, identifier in rows:
        holders[name.casefold()].add(identifier)
    for label, found in (
        ("resolution", [p for p, _, _ in rows]),
        ("exact name", [n for _, n, _ in rows]),
        ("initial and last name", [initial_and_surname(n) for _, n, _ in rows]),
    ):
        clusters = [(f, i) for f, (_, _, i) in zip(found, rows, strict=True)]
        other = [c for c, (_, n, _) in zip(clusters, rows, strict=True) if not in_first_half(n)]
        many = [c for c, (_, n, _) in zip(clusters, rows, strict=True) if len(holders[n.casefold()]) >= 5]
        print(f"| {scheme} | {len(rows):,} | {label} | {figures(clusters)} | {figures(other)} | {figures(many)} ({len(many):,}) |")


def figures(clusters: Sequence[tuple[str, str]]) -> str:
    """Write precision / recall / F1."""
    return " / ".join(f"{value:.4f}" for value in b_cubed(clusters)) if clusters else "-"


@dataclass(frozen=True)
class Sample:
    """Pairs of the first half with known ids: features, whether they are one person, and weights."""

    values: NDArray[np.float64]
    same: NDArray[np.float64]
    weight: NDArray[np.float64]


def sample(papers: Sequence[Paper]) -> Sample:
    """Make the pairs that weights are fitted on; each authorship's pairs count one in all."""
    rows = [paper.row for paper in papers]
    listed: Listing = listing(rows)
    weights = estimate(listed.works)
    pairs: Pairs = pair_up(listed.signatures, weights.namesakes)
    true: dict[str, tuple[str, str] | None] = {}
    for paper, keys in zip(papers, listed.keys, strict=True):
        true.update(zip(keys, paper.ids, strict=False))
    numbers: dict[tuple[str, str] | None, int] = {None: -1}
    ids = np.array([numbers.setdefault(true[key], len(numbers)) for key in listed.linked])
    first = np.array([zlib.crc32("|".join(s.block).encode()) % 2 == 0 for s in listed.signatures])
    schemes = np.array([SCHEMES.index(found[0]) if (found := true[key]) else -1 for key in listed.linked])
    degree = np.bincount(np.concatenate([pairs.left, pairs.right]), minlength=len(ids))
    use = (schemes[pairs.left] >= 0) & (schemes[pairs.left] == schemes[pairs.right]) & first[pairs.left]
    left, right = pairs.left[use], pairs.right[use]
    part = Pairs(left, right, pairs.fits[use], pairs.common[use], pairs.sharers[use])
    values = measure(part, listed.works, listed.signatures, weights).astype(np.float64)
    return Sample(values, (ids[left] == ids[right]).astype(np.float64), 1 / degree[left] + 1 / degree[right])


def fit(samples: Mapping[str, Sample], *, ridge: float = 1.0, steps: int = 15) -> Mapping[str, float]:
    """Fit a logistic regression by Newton's method, and turn log-odds into weights of scores."""
    parts = list(samples.values())
    values = np.concatenate([p.values for p in parts])
    same, weight = (
        np.concatenate([p.same for p in parts]),
        np.concatenate([p.weight * BALANCE.get(name, 1.0) for name, p in samples.items()]),
    )
    odds = np.zeros(len(COLUMNS))
    for _ in range(steps):
        likely = 1 / (1 + np.exp(-np.clip(values @ odds, -30, 30)))
        slope = values.T @ (weight * (same - likely)) - ridge * odds
        curve = (values * (weight * likely * (1 - likely))[:, None]).T @ values + ridge * np.eye(len(COLUMNS))
        odds += np.linalg.solve(curve, slope)
    table = {}
    for name, value in zip(COLUMNS, odds, strict=True):
        base = SAME_FROM - CAUTION / SCALE if name in NAME_COLUMNS.values() else 0.0
        table[name] = round(float(base + value / SCALE), 3)
    return table


def print_errors(papers: Sequence[Paper], most: int = 20) -> None:
    """Print the clusters that cost most precision, and the ids that cost most recall, with the share of each kind of mistake."""
    people = [a.person for a in link_people([paper.row for paper in papers])]
    printed = [name for paper in papers for name in paper.row.authors]
    ids = [i for paper in papers for i in paper.ids]
    known = [(p, n, i[1]) for p, n, i in zip(people, printed, ids, strict=True) if i]
    for title, rows in (("False merges", known), ("Misses", [(i, n, p) for p, n, i in known])):
        groups: defaultdict[str, defaultdict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        for whole, name, part in rows:
            groups[whole][part][name] += 1
        costs: dict[str, float] = {}
        kinds: defaultdict[str, float] = defaultdict(float)
        for whole, parts in groups.items():
            sizes = [names.total() for names in parts.values()]
            costs[whole] = sum(sizes) - sum(size * size for size in sizes) / sum(sizes)
            prints = [parse(name) for names in parts.values() for name in names]
            kinds[kind_of_mistake(prints)] += costs[whole]
        print(f"\n{title}: {sum(costs.values()) / len(known):.4f} of all, by how the names differ:")
        print(", ".join(f"{kind} {cost / sum(costs.values()):.0%}" for kind, cost in sorted(kinds.items(), key=lambda k: -k[1]) if cost))
        for whole in sorted(costs, key=lambda w: (-costs[w], w))[:most]:
            largest = sorted(groups[whole].values(), key=lambda names: -names.total())[:4]
            print(f"- {costs[whole]:.0f}: " + " | ".join(f"{names.most_common(1)[0][0]} {names.total()}" for names in largest))


def kind_of_mistake(prints: Sequence[PersonName]) -> str:
    """Say how names differ: not at all, by initials, or by more."""
    if len(set(prints)) == 1:
        return "one name"
    return "initials" if any(has_initial_only(name) for name in prints if name.given) else "middle names, spelling"


def print_names(papers: Sequence[Paper], least: int = 10) -> None:
    """Print how many given names each common surname has, and the other way round."""
    counted = count_names([parse(name) for name in paper.row.authors] for paper in papers)
    print("# Common names among the authors of papers: part, name, with how many given names (of a surname) or surnames (of a given name).")
    print("# Made by bench/people.py --names; names of fewer than ten are left out.")
    print(f"names\tall\t{counted.names}")
    for part, names in (("surname", counted.surnames), ("given", counted.given)):
        for name, count in sorted(names.items()):
            if count >= least and len(name) > 1:
                print(f"{part}\t{name}\t{count}")


def main() -> None:
    """Fit or report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--names", action="store_true")
    parser.add_argument("--papers", type=Path, default=PAPERS)
    parser.add_argument("--only", choices=(*SCHEMES, "all"), help="one set of rows")
    args = parser.parse_args()
    papers = list(load(args.papers))
    if args.names:
        print_names(papers)
        return
    sets: dict[str, list[Any]] = {s: [p for p in papers if any(i and i[0] == s for i in p.ids)] for s in SCHEMES}
    sets["all"] = papers
    chosen = {name: rows for name, rows in sets.items() if args.only in (None, name)}
    if args.errors:
        for rows in chosen.values():
            print_errors(rows)
        return
    if args.fit:
        for name, weight in fit({name: sample(rows) for name, rows in chosen.items()}).items():
            print(f'"{name}": {weight},')
        return
    for name, rows in chosen.items():
        report("All rows" if name == "all" else f"Rows of {name} alone", rows)


if __name__ == "__main__":
    main()
