"""References behind tags: PubMed, Web of Science, EndNote."""

from __future__ import annotations

import pytest

from confgraph.errors import SourceError
from confgraph.ingest import ingest
from confgraph.ingest.forms import choose, read
from confgraph.records import Page, PageId, Reading

PUBMED = """
PMID- 12345678
OWN - NLM
DP  - 2031 Jul 1
TI  - Counting sheep of many kinds: a study of flocks that are large
      and loud.
LID - 101-9 [pii]
LID - 10.1000/wool.12 [doi]
AB  - We count sheep. They are
      many.
FAU - Example, Ada
AU  - Example A
AUID- ORCID: 0000-0002-1825-0097
AD  - Department of Flocks, University of Wool.
AD  - Sheep Institute.
FAU - Sample, Bob Jr
AU  - Sample B Jr
CN  - The Flock
JT  - Journal of wool
OT  - sheep
OT  - wool

PMID- 12345679
OWN - NLM
FAU - Third, Cem
"""

SCIENCE = """FN Clarivate Analytics Web of Science
VR 1.0
PT C
AU Example, A
   Sample, B
AF Example, Ada
   Sample, Bob
TI Counting Sheep of Many Kinds: A Study of Flocks
   That Are Loud
SO 2031 WOOL DAYS
DE sheep; wool
AB We count sheep. They are
   many.
C1 [Example, Ada; Sample, Bob] Univ Wool, Dept Flocks, Woolton.
   [Sample, Bob] Sheep Inst, Milkham.
OI Example, Ada/0000-0002-1825-0097;
PY 2031
DI 10.1000/wool.12
ER

PT J
AU Third, C
TI On Hay
ER

EF
"""

ENDNOTE = """%0 Conference Proceedings
%T Counting Sheep
%A Example, Ada
%A Bob Sample
%D 2031
%B Wool Days
%X We count sheep.
They are many.
%K sheep
%U https://aclanthology.org/2031.wool-main.12

%0 Journal Article
%T On Hay
%A Third, Cem
"""


def ingested(text: str, suffix: str) -> Reading:
    content = read(text.encode(), f"list{suffix}", suffix)
    assert content.form == "references"
    return ingest(Page("list", content.text, PageId("0" * 64), form=content.form))


def test_pubmed() -> None:
    reading = ingested(PUBMED, ".nbib")
    (record,) = reading.records
    assert record.title == "Counting sheep of many kinds: a study of flocks that are large and loud"
    assert record.abstract == "We count sheep. They are many."
    assert [(a.name, a.affiliations, a.ids) for a in record.authors] == [
        ("Ada Example", ("Department of Flocks, University of Wool.", "Sheep Institute."), {"orcid": "0000-0002-1825-0097"}),
        ("Bob Sample Jr", (), {}),
    ]
    assert "The Flock" in [group.name for group in record.institutions]
    assert (record.venue, record.year, record.ids, record.keywords) == (
        "Journal of wool",
        2031,
        {"doi": "10.1000/wool.12"},
        ("sheep", "wool"),
    )
    assert [reject.reason for reject in reading.rejects] == ["line 23: neither title nor abstract"]


def test_web_of_science() -> None:
    first, second = ingested(SCIENCE, ".txt").records
    assert first.title == "Counting Sheep of Many Kinds: A Study of Flocks That Are Loud"
    assert first.abstract == "We count sheep. They are many."
    wool, sheep = "Univ Wool, Dept Flocks, Woolton", "Sheep Inst, Milkham"
    assert [(a.name, a.affiliations, a.ids) for a in first.authors] == [
        ("Ada Example", (wool,), {"orcid": "0000-0002-1825-0097"}),
        ("Bob Sample", (wool, sheep), {}),
    ]
    assert (first.venue, first.year, first.keywords) == ("2031 WOOL DAYS", 2031, ("sheep", "wool"))
    assert (second.title, [a.name for a in second.authors]) == ("On Hay", ["C Third"])


def test_endnote() -> None:
    first, second = ingested(ENDNOTE, ".enw").records
    assert (first.title, first.abstract) == ("Counting Sheep", "We count sheep. They are many.")
    assert [a.name for a in first.authors] == ["Ada Example", "Bob Sample"]
    assert (first.venue, first.year, first.ids) == ("Wool Days", 2031, {"acl": "2031.wool-main.12"})
    assert second.title == "On Hay"


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b"\r\nPMID- 1\r\nTI  - x", "references"),
        (b"\xef\xbb\xbfFN Clarivate Analytics Web of Science\r\nVR 1.0\r\n", "references"),
        (b"%0 Journal Article\n%T x", "references"),
        (b"%0 and other numbers", None),
        (b"PT is a tag\nAU too", None),
        (b"PMID- none", None),
    ],
)
def test_content_tells_the_form(data: bytes, form: str | None) -> None:
    chosen = choose(data, ".txt")
    assert (chosen.name if chosen else None) == form


def test_a_file_without_references_is_refused() -> None:
    with pytest.raises(SourceError, match="no reference was found"):
        read(b"Nothing of the kind.", "list.enw", ".enw")
