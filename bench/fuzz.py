"""Fuzz every form and layout with mutated files: no error but our own, every place on the page, no case that takes long.

    python bench/fuzz.py --minutes 5 --seed 1

Seeds are the sample pages and a small file of each form; each case cuts, repeats, splices and inserts bytes and tokens that mean
something to some reader. A case is bad if it raises what is no `ConfgraphError`, if a record's place leaves the page, if the
segments do not cover it, or if it takes more than a second and ten times what its length would. It is then kept in a file.
"""

from __future__ import annotations

import argparse
import random
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from confgraph.errors import ConfgraphError
from confgraph.ingest import forms, ingest
from confgraph.records import Page, PageId, Reading, Span

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
SEEDS = {
    ".bib": "@inproceedings{a1, title={A {M}arsh {\\'E}tude}, author={Reed, Ada$^{1,*}$ and van der Pond, Bo\\thanks{Both} and\n"
    " given=Cem, family=Hill and \\L o\\'s, Jan and others},\n year=2031, doi={10.1/x}, abstract={One\\\\{k} two}}\n",
    ".ris": "TY  - CONF\nTI  - A Marsh Study\nAU  - Reed, Ada\nAB  - We study reeds.\nPY  - 2031\nER  - \n",
    ".json": '{"results": [{"title": "A Marsh Study", "authorships": [{"author": {"display_name": "Ada Reed"}}]}]}',
    ".jsonl": '{"title": "A Marsh Study", "authors": ["Ada Reed"], "abstract": "We study \\u00e9 reeds."}\n' * 3,
    ".csv": 'Title,Authors,Abstract\n"A Marsh, Studied",Ada Reed; Bo Pond,We study reeds.\n' * 3,
    ".xml": '<?xml version="1.0"?><collection id="x"><volume id="1"><paper id="1"><title>A <b>Marsh</b></title>'
    "<author><first>Ada</first><last>Reed</last></author><abstract>We study &amp; count.</abstract></paper></volume></collection>",
    ".atom": '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/2301.00001v1</id>'
    "<title>A Marsh</title><author><name>Ada Reed</name></author>"
    "<summary>We study reeds.</summary></entry></feed>",
    ".nbib": "PMID- 1\nTI  - A Marsh\n      Study.\nLID - 10.1000/x [doi]\nFAU - Reed, Ada\nAD  - Marsh College.\nAB  - We study reeds.\n\n"
    * 2,
    ".enw": "%0 Journal Article\n%T A Marsh Study\n%A Reed, Ada\n%D 2031\n%X We study reeds.\n\n" * 2,
    ".ciw": "PT C\nAU Reed, A\n   Pond, B\nAF Reed, Ada\n   Pond, Bo\nTI A Marsh\n   Study\nC1 [Reed, Ada; Pond, Bo] Marsh Coll.\nER\n\n"
    * 2,
    ".html": '<html><head><meta name="citation_title" content="A Marsh"><meta name="citation_author" content="Reed, Ada"></head><body>'
    + '<div class="card"><h3><a href="/p">Study of a Marsh</a></h3><p class="authors">Ada Reed, Bo Pond</p></div>' * 6
    + "</body></html>",
    ".mhtml": "From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
    "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\nContent-Location: https://a.org/\n\n"
    + "<li><b>Study of a Marsh=E2=80=93land</b><br>Ada Reed, Bo Pond</li>=\n" * 5
    + "--b--\n",
}
TOKENS = [
    *"< > & { } [ ] ( ) | · • * † ¹ , ; : / \\ \" ' ` # @ - — …".split(" "),
    *"\n \r\n \t \x00 \x0c \ufeff \u202e \u200b \u0301 é 漢字 العربية 😀".split(" "),
    *"Abstract ABSTRACT Authors: et al. and Room 3 10:30 [12:34] https://a.org/b 10.1000/xyz University ---".split(" "),
    *"@article{ }} TY  - ER  - <![CDATA[ ]]> <!-- --> <!DOCTYPE <script> </div> &lol; &#0; &#x10ffff;".split(" "),
    *'\\u0000 \\ud800 {"a": [[ null NaN 1e999'.split(" "),
    *"$^ \\thanks{ \\footnote{ given= \\\\ [0000-0002-1825-0097] PMID- %0 PT".split(" "),
    *("a" * 5000, "[" * 3000, "<div>" * 2000, "( " * 2000, "\n" * 3000, "Ada Reed, " * 800, "\\'{e}" * 500),
    *(word * 40 + "x" for word in "1 a paper nav- Jr. oral| Ada& A.B. 10: (a) {, -- ¹, 19 and".split(" ")),
]


class Bad(NamedTuple):
    """A case that failed: why, in one line."""

    why: str


def mutated(data: bytes, other: bytes, draw: random.Random) -> bytes:
    """Change a file in one to six places."""
    for _ in range(draw.randint(1, 6)):
        a, b = sorted(draw.randrange(len(data) + 1) for _ in range(2))
        b = min(b, a + draw.choice((1, 8, 80, 4000)))
        token = draw.choice(TOKENS).encode("utf-8")
        data = draw.choice(
            (
                data[:a] + data[b:],
                data[:b] + data[a:],
                data[:a] + token + data[a:],
                data[:a] + token + data[b:],
                data[:a] + bytes([draw.randrange(256)]) + data[a + 1 :],
                data[:a] + other[draw.randrange(len(other)) :][: draw.choice((20, 2000))] + data[b:],
            )
        )
    return data


def read(data: bytes, suffix: str) -> Reading | None:
    """Read a file as a build does; None where it is refused with an error of ours."""
    try:
        content = forms.read(data, "fuzzed", suffix)
        return ingest(Page("fuzzed", content.text, PageId("0" * 64)))
    except ConfgraphError:
        return None


def faults(reading: Reading) -> Iterator[str]:
    """Yield what must hold of a reading and does not."""
    length = len(reading.page.text)
    edges = [0, *(s.end for s in reading.segments)]
    if [s.start for s in reading.segments] != edges[:-1] or edges[-1] != length:
        yield "the segments do not cover the page"
    for record in reading.records:
        places = [*record.spans.values(), *(Span(author.start, author.end) for author in record.authors)]
        if not all(0 <= place.start < place.end <= length for place in places):
            yield "a place leaves the page"
        if not all(author.name.strip() for author in record.authors):
            yield "an author has no name"


def judged(data: bytes, suffix: str) -> tuple[str, float] | Bad:
    """Read one case: what it gave and the seconds that it took, or what is bad of it."""
    begun = time.process_time()
    try:
        reading = read(data, suffix)
    except Exception as error:  # noqa: BLE001  (what a fuzzer is for)
        last = traceback.extract_tb(error.__traceback__)[-1]
        return Bad(f"{type(error).__name__}: {error} at {Path(last.filename).name}:{last.lineno}")
    taken = time.process_time() - begun
    if reading and (fault := next(faults(reading), None)):
        return Bad(fault)
    if taken > 1 + 10 * len(data) / 1e6:
        return Bad(f"took {taken:.1f} s for {len(data):,} bytes")
    return (reading.layout if reading else "refused"), taken


def main() -> None:
    """Fuzz for some minutes of processor time, and tell what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, default=Path("out/fuzz"), help="where bad cases are written")
    given = parser.parse_args()
    draw = random.Random(given.seed)
    seeds = [(path.read_bytes(), ".txt") for path in sorted(SAMPLES.glob("*.txt"))]
    seeds += [(text.encode("utf-8"), suffix) for suffix, text in SEEDS.items()]
    seeds += [(SEEDS[suffix].encode("utf-16"), suffix) for suffix in (".xml", ".csv", ".html")]
    told: Counter[str] = Counter()
    bad: Counter[str] = Counter()
    slowest = 0.0
    until = time.process_time() + 60 * given.minutes
    while time.process_time() < until:
        data, suffix = draw.choice(seeds)
        case = mutated(data, draw.choice(seeds)[0], draw)
        found = judged(case, suffix)
        if isinstance(found, Bad):
            bad[found.why] += 1
            given.keep.mkdir(parents=True, exist_ok=True)
            (given.keep / f"{given.seed}-{bad.total()}{suffix}").write_bytes(case)
        else:
            told[f"{suffix} {found[0]}"] += 1
            slowest = max(slowest, found[1])
    print(f"{told.total() + bad.total():,} cases, {bad.total()} bad, the slowest good one {slowest:.2f} s")
    for name, count in sorted(told.items()):
        print(f"  {name}: {count:,}")
    for why, count in bad.most_common(20):
        print(f"  BAD {count} x {why}")


if __name__ == "__main__":
    main()
