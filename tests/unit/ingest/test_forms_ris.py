"""RIS files."""

from __future__ import annotations

import hashlib

import pytest

from confgraph.errors import SourceError
from confgraph.ingest import ingest
from confgraph.ingest.forms import choose, read
from confgraph.records import Page, PageId, Reading, RecordKind

FILE = """\ufeffTY  - CONF
AU  - Example, Ada
AU  - Berg, Jan, Jr.
TI  - Counting Sheep
  in the Meadow
T2  - Workshop on Wool
AB  - We count sheep.

They are many.
PY  - 2031/05/02/
DA  - 2031/05/02/
DO  - doi:10.1000/wool
UR  - https://arxiv.org/abs/3101.01234v1
KW  - sheep
counting
KW  - wool; milk
AD  - University of Wool
AD  - Sheep Institute
SP  - 1
ER  -
TY  - JOUR
AU  - Sample, Bob
ER  -
TY  - JOUR
T1  - On Milk
A1  - Plato
Y1  - 2030
N2  - We milk.
JO  - Journal of Milk
"""


def ingested(text: str) -> Reading:
    content = read(text.encode(), "list.ris", ".ris")
    assert content.form == "RIS"
    return ingest(Page("list.ris", content.text, PageId(hashlib.sha256(content.text.encode()).hexdigest()), form=content.form))


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_references_are_read(line_end: str) -> None:
    reading = ingested(FILE.replace("\n", line_end))
    first, second = reading.records
    assert (first.kind, first.title) == (RecordKind.WORKSHOP_PAPER, "Counting Sheep in the Meadow")
    assert first.abstract == "We count sheep. They are many."
    assert [(a.name, a.affiliations) for a in first.authors] == [
        ("Ada Example", ("University of Wool",)),
        ("Jan Berg Jr.", ("Sheep Institute",)),
    ]
    assert (first.venue, first.year, first.keywords) == ("Workshop on Wool", 2031, ("sheep", "counting", "wool", "milk"))
    assert first.ids == {"doi": "10.1000/wool", "arxiv": "3101.01234"}
    assert [r.url for r in first.resources] == ["https://arxiv.org/abs/3101.01234v1"]
    assert (second.title, second.abstract, second.venue, second.year) == ("On Milk", "We milk.", "Journal of Milk", 2030)
    assert [author.name for author in second.authors] == ["Plato"]
    assert [reject.reason for reject in reading.rejects] == ["line 21: neither title nor abstract"]


def test_affiliations_that_are_not_one_for_each_author_are_nobodys() -> None:
    (record,) = ingested("TY  - CONF\nTI  - On Wool\nAU  - Example, Ada\nAU  - Sample, Bob\nAD  - University of Wool\nER  - \n").records
    assert [author.affiliations for author in record.authors] == [(), ()]


def test_a_file_without_references_is_refused() -> None:
    with pytest.raises(SourceError, match="no RIS reference was found"):
        read(b"AU  - Example, Ada\nTI  - On Wool\n", "list.ris", ".ris")


@pytest.mark.parametrize(
    ("data", "form"), [(b"\n\nTY  - CONF\n", "RIS"), (b"TY - JOUR\r\n", "RIS"), (b"TY  -\n", None), (b"See TY  - CONF\n", None)]
)
def test_content_tells_the_form(data: bytes, form: str | None) -> None:
    chosen = choose(data, ".txt")
    assert (chosen.name if chosen else None) == form
