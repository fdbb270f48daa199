"""XML files: the ACL Anthology, DBLP, arXiv, Crossref; and what an XML file must not do."""

from __future__ import annotations

import hashlib

import pytest

from confgraph.errors import SourceError
from confgraph.ingest import ingest
from confgraph.ingest.forms import choose, read
from confgraph.records import Page, PageId, Reading, RecordKind

ACL = """<?xml version='1.0' encoding='UTF-8'?>
<collection id="2031.wool">
 <volume id="1" type="proceedings">
  <meta><booktitle>Proceedings of the 3rd Workshop on Wool (Volume 1: Long Papers)</booktitle>
   <editor><first>Eve</first><last>Editor</last></editor><year>2031</year><venue>wool</venue></meta>
  <frontmatter><url>2031.wool-1.0</url></frontmatter>
  <paper id="1"><title>Counting <fixed-case>S</fixed-case>heep at <tex-math>x_1 &lt; y</tex-math></title>
   <author id="ada-example" orcid="0000-0002-1825-0097"><first>Ada</first><last>Example</last>
    <affiliation>University of Wool</affiliation></author>
   <author><first/><last>Plato</last></author>
   <abstract>We <b>count</b> sheep.</abstract><url hash="0a">2031.wool-1.1</url><doi>10.1000/wool.1</doi>
   <pwccode url="https://github.com/example/sheep" additional="false">sheep</pwccode></paper>
  <paper id="2"><title>On Milk</title><author><first>Bob</first><last>Sample</last></author></paper>
  <paper id="3"><author><first>Bob</first><last>Sample</last></author></paper>
 </volume>
 <event id="acl-2031"><meta><title>The 99th Meeting</title><location>Oxford, UK</location><dates>May 22–27, 2031</dates></meta></event>
</collection>"""

DBLP = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE dblp SYSTEM "dblp.dtd">
<dblp>
<inproceedings key="conf/wool/Example31" mdate="2031-01-01"><author orcid="0000-0002-1825-0097">Ada Example 0001</author>
<author>J&uuml;rgen Sample</author><title>Counting <i>Sheep</i> &amp; Lambs.</title><booktitle>WOOL Workshops</booktitle><year>2031</year>
<ee type="oa">https://doi.org/10.1000/wool.1</ee><crossref>conf/wool/2031</crossref></inproceedings>
<proceedings key="conf/wool/2031"><editor>Eve Editor</editor><title>Wool 2031</title></proceedings>
<www key="homepages/1"><author>Ada Example 0001</author><title>Home Page</title></www>
</dblp>"""

DBLP_SEARCH = """<?xml version="1.0" encoding="UTF-8"?>
<result><query>sheep</query><hits total="1"><hit score="1"><info><authors><author pid="12/3">Ada Example 0001</author>
<author pid="4/5">Bob Sample</author></authors><title>Counting Sheep.</title><venue>WOOL</venue><year>2031</year>
<key>conf/wool/Example31</key><ee>https://doi.org/10.1000/wool.1</ee><url>https://dblp.org/rec/conf/wool/Example31</url></info></hit></hits></result>"""

ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"><title>a query</title>
<entry><id>http://arxiv.org/abs/3101.01234v2</id><published>2031-01-03T00:00:00Z</published><title>Counting
  Sheep</title><summary>  We count sheep.
</summary><author><name>Ada Example</name><arxiv:affiliation>University of Wool</arxiv:affiliation></author>
<author><name>Bob Sample</name></author>
<arxiv:doi>10.1000/wool.1</arxiv:doi><arxiv:comment>5 pages</arxiv:comment><arxiv:journal_ref>Wool 31</arxiv:journal_ref>
<link href="http://arxiv.org/abs/3101.01234v2" rel="alternate"/><category term="cs.CL"/></entry>
<entry><id>http://arxiv.org/api/errors#x</id><title>Error</title><summary>bad id</summary></entry></feed>"""

CROSSREF = """<?xml version="1.0"?>
<crossref_result xmlns="http://www.crossref.org/qrschema/3.0"><query_result><body><query><doi_record>
<crossref xmlns="http://www.crossref.org/xschema/1.1"><conference>
<proceedings_metadata><proceedings_title>Proceedings of Wool</proceedings_title></proceedings_metadata>
<conference_paper><contributors><organization contributor_role="author">The Flock</organization>
<person_name contributor_role="author"><given_name>Ada</given_name><surname>Example</surname><affiliation>University of Wool</affiliation>
<ORCID>http://orcid.org/0000-0002-1825-0097</ORCID></person_name>
<person_name contributor_role="editor"><given_name>Eve</given_name><surname>Editor</surname></person_name></contributors>
<titles><title>Counting <i>Sheep</i></title></titles><publication_date><year>2031</year></publication_date>
<doi_data><doi>10.1000/wool.1</doi><resource>https://example.org/wool</resource></doi_data></conference_paper></conference></crossref>
</doi_record></query></body></query_result></crossref_result>"""


def ingested(text: str, encoding: str = "utf-8") -> Reading:
    content = read(text.encode(encoding), "list.xml", ".xml")
    assert content.form == "XML"
    return ingest(Page("list.xml", content.text, PageId(hashlib.sha256(content.text.encode()).hexdigest()), form=content.form))


def test_acl_anthology() -> None:
    reading = ingested(ACL)
    first, second = reading.records
    assert (first.kind, first.title, first.abstract) == (RecordKind.WORKSHOP_PAPER, "Counting Sheep at $x_1 < y$", "We count sheep.")
    assert [(a.name, a.affiliations, a.ids) for a in first.authors] == [
        ("Ada Example", ("University of Wool",), {"orcid": "0000-0002-1825-0097", "acl": "ada-example"}),
        ("Plato", (), {}),
    ]
    assert (first.venue, first.year) == ("Proceedings of the 3rd Workshop on Wool (Volume 1: Long Papers)", 2031)
    assert first.ids == {"doi": "10.1000/wool.1", "acl": "2031.wool-1.1"}
    assert [r.url for r in first.resources] == ["https://aclanthology.org/2031.wool-1.1", "https://github.com/example/sheep"]
    assert second.ids == {"acl": "2031.wool-1.2"}
    assert [reject.reason for reject in reading.rejects] == ["line 14: neither title nor abstract"]
    conference = reading.facts.conference
    assert conference is not None
    assert (conference.series, conference.year, conference.name, conference.place) == ("ACL", 2031, "The 99th Meeting", "Oxford, UK")
    assert (conference.start_date, conference.end_date) == ("2031-05-22", "2031-05-27")


def test_old_acl_volumes_have_ids_of_their_own() -> None:
    paper = '<paper id="{}"><title>On Wool</title></paper>'
    volume = '<collection id="P31"><volume id="{}">{}</volume></collection>'
    for number, own, found in (("1", "2", "P31-1002"), ("12", "3", "P31-1203")):
        (record,) = ingested(volume.format(number, paper.format(own))).records
        assert record.ids == {"acl": found}


@pytest.mark.parametrize("text", [DBLP, DBLP.replace("<dblp>", "<dblpperson><r>").replace("</dblp>", "</r></dblpperson>")])
def test_dblp(text: str) -> None:
    (record,) = ingested(text, "latin-1").records
    assert (record.kind, record.title) == (RecordKind.WORKSHOP_PAPER, "Counting Sheep & Lambs")
    assert [(a.name, a.ids) for a in record.authors] == [
        ("Ada Example", {"orcid": "0000-0002-1825-0097", "dblp-name": "Ada Example 0001"}),
        ("Jürgen Sample", {}),
    ]
    assert (record.venue, record.year, record.ids) == ("WOOL Workshops", 2031, {"doi": "10.1000/wool.1", "dblp": "conf/wool/Example31"})


def test_dblp_search() -> None:
    (record,) = ingested(DBLP_SEARCH).records
    assert (record.title, record.venue, record.year) == ("Counting Sheep", "WOOL", 2031)
    assert [(a.name, a.ids) for a in record.authors] == [("Ada Example", {"dblp": "12/3"}), ("Bob Sample", {"dblp": "4/5"})]
    assert record.ids == {"doi": "10.1000/wool.1", "dblp": "conf/wool/Example31"}


def test_arxiv() -> None:
    reading = ingested(ATOM)
    (record,) = reading.records
    assert (record.title, record.abstract, record.venue, record.year) == ("Counting Sheep", "We count sheep.", "Wool 31", 2031)
    assert [(a.name, a.affiliations) for a in record.authors] == [("Ada Example", ("University of Wool",)), ("Bob Sample", ())]
    assert record.ids == {"arxiv": "3101.01234", "doi": "10.1000/wool.1"}
    assert [r.url for r in record.resources] == ["http://arxiv.org/abs/3101.01234v2"]
    assert [reject.reason for reject in reading.rejects] == ["line 9: an entry of the feed without an arXiv identifier"]
    assert "comment: arXiv categories: cs.CL" in reading.page.text


OAI = """<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>
<record><header><identifier>oai:arXiv.org:3101.00001</identifier></header><metadata><arXiv xmlns="http://arxiv.org/OAI/arXiv/">
<id>3101.00001</id><created>2031-01-01</created><authors><author><keyname>Example</keyname><forenames>Ada</forenames>
<affiliation>University of Wool</affiliation></author>
<author><keyname>Sample</keyname><forenames>Bob</forenames><suffix>Jr.</suffix></author>
</authors><title>On
 Wool</title><categories>cs.WO</categories><doi>10.1000/wool</doi><abstract> We count. </abstract></arXiv></metadata></record>
<record><header status="deleted"><identifier>oai:arXiv.org:3101.00002</identifier></header></record>
<record><header/><metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>On Hay</dc:title><dc:creator>Third, Cem</dc:creator><dc:subject>hay</dc:subject><dc:description>Comment: 3 pages</dc:description>
<dc:description>We mow.</dc:description><dc:date>2031-03-01</dc:date><dc:date>2030-07-01</dc:date>
<dc:identifier>http://arxiv.org/abs/3007.00003</dc:identifier></oai_dc:dc></metadata></record>
<record><header/><metadata><marc xmlns="x"/></metadata></record>
</ListRecords></OAI-PMH>"""


def test_answers_over_oai_pmh() -> None:
    reading = ingested(OAI)
    wool, hay = reading.records
    assert [(a.name, a.affiliations) for a in wool.authors] == [("Ada Example", ("University of Wool",)), ("Bob Sample Jr.", ())]
    assert (wool.title, wool.abstract, wool.year, wool.ids) == (
        "On Wool",
        "We count.",
        2031,
        {"doi": "10.1000/wool", "arxiv": "3101.00001"},
    )
    assert (hay.title, hay.abstract, hay.year, hay.keywords, hay.ids) == ("On Hay", "We mow.", 2030, ("hay",), {"arxiv": "3007.00003"})
    assert [a.name for a in hay.authors] == ["Cem Third"]
    assert [reject.reason for reject in reading.rejects] == ["line 13: metadata in another form than arXiv's or Dublin Core"]


def test_crossref() -> None:
    (record,) = ingested(CROSSREF).records
    assert (record.title, record.venue, record.year) == ("Counting Sheep", "Proceedings of Wool", 2031)
    assert [(a.name, a.affiliations, a.ids) for a in record.authors] == [
        ("Ada Example", ("University of Wool",), {"orcid": "0000-0002-1825-0097"})
    ]
    assert [concept.name for concept in record.institutions] == ["The Flock", "University of Wool"]
    assert record.ids == {"doi": "10.1000/wool.1"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<?xml version='1.0'?><rss><channel/></rss>", "XML with the root <rss> is of no kind that is known"),
        ("<dblp><article></dblp>", "cannot be read as XML: .*line 1"),
        ("<dblp/>", "no paper was found in this DBLP XML"),
        ("<?xml version='1.0'?>", "cannot be read as XML"),
        ("   ", "the file is empty"),
        ("<?xml version='1.0' encoding='punycode'?><dblp/>", "cannot be read as XML: its encoding is none that is known"),
        ("<?xml version='1.0' encoding='ascii'?><dblp>é</dblp>", "cannot be read as XML: it is not in the encoding ascii"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        ingested(text)


LAUGHS = (
    '<!DOCTYPE dblp [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]><dblp><article {}><title>{}</title></article></dblp>"
)


@pytest.mark.parametrize(("attribute", "title"), [("", "On &j; Wool"), ('key="&j;"', "On Wool")])
def test_entities_that_grow_without_bound_are_refused(attribute: str, title: str) -> None:
    with pytest.raises(SourceError, match="Maximum entity amplification"):
        read(LAUGHS.format(attribute, title).encode(), "list.xml", ".xml")


def test_entities_of_the_file_are_not_expanded() -> None:
    text = '<!DOCTYPE dblp [<!ENTITY w "Wool">]><dblp><article><title>On &w;</title></article></dblp>'
    assert "title: On &w;" in read(text.encode(), "list.xml", ".xml").text


def test_no_other_file_is_read() -> None:
    text = '<!DOCTYPE dblp [<!ENTITY f SYSTEM "file:///etc/hostname">]><dblp><article><title>On &f; Wool</title></article></dblp>'
    assert "title: On &f; Wool" in read(text.encode(), "list.xml", ".xml").text


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(SourceError, match="Excessive depth"):
        read(b"<dblp>" + b"<a>" * 100_000, "list.xml", ".xml")


ENCODINGS = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp037", "latin-1")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_attributes_without_end_are_refused_in_any_encoding(encoding: str) -> None:
    many = " ".join(f"a{i}='x'" for i in range(100_000))
    text = f"<?xml version='1.0' encoding='{encoding}'?><dblp><article {many}><title>On Wool</title></article></dblp>"
    with pytest.raises(SourceError):  # read by the parser they would take minutes
        read(text.encode(encoding), "list.xml", ".xml")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1252"])
def test_the_encoding_is_that_of_the_mark_or_the_declaration(encoding: str) -> None:
    name = encoding.removesuffix("-sig")
    text = f"<?xml version='1.0' encoding='{name}'?><dblp><article><title>On Größe</title></article></dblp>"
    assert "title: On Größe" in read(text.encode(encoding), "list.xml", ".xml").text


def test_utf_8_that_is_declared_as_utf_16_is_read() -> None:
    text = "<?xml version='1.0' encoding='utf-16'?><dblp><article><title>On Größe</title></article></dblp>"
    assert "title: On Größe" in read(text.encode("utf-8"), "list.xml", ".xml").text


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b"\xef\xbb\xbf<?xml version='1.0'?><dblp/>", "XML"),
        ("<?xml version='1.0' encoding='UTF-16'?><dblp/>".encode("utf-16"), "XML"),
        (b"\n<collection id='x'>", "XML"),
        (b"<feed of hay>", "XML"),
        (b"We <b>count</b>", None),
    ],
)
def test_content_tells_the_form(data: bytes, form: str | None) -> None:
    chosen = choose(data, ".txt")
    assert (chosen.name if chosen else None) == form


def test_a_page_in_xhtml_is_none() -> None:
    page = b"<?xml version='1.0'?>\n<!DOCTYPE html>\n<html xmlns='http://www.w3.org/1999/xhtml'><body>"
    chosen = choose(page, ".txt")
    assert chosen is None or chosen.name != "XML"
