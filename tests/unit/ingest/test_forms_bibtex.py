"""BibTeX files: values, names, cross-references, what is broken."""

from __future__ import annotations

import hashlib

import pytest

from confgraph.errors import SourceError
from confgraph.ingest import ingest
from confgraph.ingest.forms import choose, read
from confgraph.ingest.forms.latex import decode
from confgraph.records import Page, PageId, Reading, RecordKind

FILE = r"""
% what we read on wool
@string{meadow = "Meadow Days"}
@comment{kept by hand}

@inproceedings{example31,
  title     = {{WoolNet}: Counting 20\% of {\'E}mile's Sheep -- a {S}tudy of $x_1$},
  author    = {Example, Ada and Ludwig van Weaver and {The Flock Group} and van der Berg, Jr., Jan and G{\"o}del, Kurt and others},
  booktitle = meadow # { } # 2031 # " Workshop",
  year      = 2031,
  month     = may,
  abstract  = {We count "sheep" (all, @ once) and
     find {\em many}.},
  keywords  = {sheep, counting; wool},
  doi       = {https://doi.org/10.1000/wool\_1},
  url       = {\url{https://aclanthology.org/2031.wool-1.1}},
  note      = {Best paper},
}

@inproceedings{DBLP:conf/wool/Sample31, author = "Bob Sample 0001", title = "On Milk", crossref = {Days31}}
@article(arx, title = "Grass", author = {Jan Berg, Jr.}, journal = {arXiv preprint arXiv:3101.01234v2}, year = {3101})
@PHDTHESIS{thesis, Title = {A Thesis on Hay}, Author = {Cem Third}, School = {University of Wool}, Year = 2030}
@proceedings{days31, title = {Proceedings of the Meadow Days}, year = {2031}, booktitle = {Meadow Days 2031}}
"""


def ingested(text: str) -> Reading:
    content = read(text.encode(), "list.bib", ".bib")
    assert content.form == "BibTeX"
    return ingest(Page("list.bib", content.text, PageId(hashlib.sha256(content.text.encode()).hexdigest()), form=content.form))


@pytest.fixture(scope="module")
def reading() -> Reading:
    return ingested(FILE)


def test_all_papers_are_read_and_volumes_are_none(reading: Reading) -> None:
    titles = ["WoolNet: Counting 20% of Émile's Sheep – a Study of $x_1$", "On Milk", "Grass", "A Thesis on Hay"]
    assert [record.title for record in reading.records] == titles
    assert reading.rejects == ()


def test_the_fields_of_an_entry(reading: Reading) -> None:
    record = reading.records[0]
    assert record.kind is RecordKind.WORKSHOP_PAPER
    assert record.abstract == 'We count "sheep" (all, @ once) and find many.'
    assert (record.venue, record.year) == ("Meadow Days 2031 Workshop", 2031)
    assert record.keywords == ("sheep", "counting", "wool")
    assert record.ids == {"doi": "10.1000/wool_1", "acl": "2031.wool-1.1"}
    assert [resource.url for resource in record.resources] == ["https://aclanthology.org/2031.wool-1.1"]


def test_names_are_in_the_order_in_which_they_are_said(reading: Reading) -> None:
    record = reading.records[0]
    assert [author.name for author in record.authors] == ["Ada Example", "Ludwig van Weaver", "Jan van der Berg Jr.", "Kurt Gödel"]
    assert [author.others for author in record.authors] == [False, False, False, True]
    assert [concept.name for concept in record.institutions] == ["The Flock Group"]


def test_a_paper_takes_what_it_lacks_from_its_volume(reading: Reading) -> None:
    record = reading.records[1]
    assert (record.venue, record.year, record.ids) == ("Proceedings of the Meadow Days", 2031, {"dblp": "conf/wool/Sample31"})


def test_an_arxiv_number_in_the_journal_is_an_identifier(reading: Reading) -> None:
    assert reading.records[2].ids == {"arxiv": "3101.01234"}
    assert [author.name for author in reading.records[2].authors] == ["Jan Berg Jr."]


def test_a_thesis_has_the_affiliation_that_it_names(reading: Reading) -> None:
    assert reading.records[3].authors[0].affiliations == ("University of Wool",)


@pytest.mark.parametrize(
    ("authors", "names", "groups"),
    [
        ("{OpenSheep}", [], ["OpenSheep"]),
        ("{Barnes and Noble} and Ada Example", ["Ada Example"], ["Barnes and Noble"]),
        ("{Ada Example} and {Bob Sample}", ["Ada Example", "Bob Sample"], []),
        (r"{\'E}mile Borel", ["Émile Borel"], []),
        ("Example, A. and Sample, B.~C.", ["A. Example", "B. C. Sample"], []),
        ("Plato", ["Plato"], []),
        ("Ada\n  Example   and\n\tBob Sample", ["Ada Example", "Bob Sample"], []),
        ("de la Cruz, Ana and Ana {de la Cruz}", ["Ana de la Cruz", "Ana de la Cruz"], []),
        ("Example, {Ada, Countess}", ["Ada Countess Example"], []),
        ("Bob Sample 0001", ["Bob Sample"], []),
        ("Anderson, Andy and Andrew Sand", ["Andy Anderson", "Andrew Sand"], []),
        (
            "given=Ana, family=Cruz, prefix=de la, useprefix=true and family={Third, Esq}, given=Cem",
            ["Ana de la Cruz", "Cem Third, Esq"],
            [],
        ),
        (
            r"{\L}ukasz Nowak and Wa\l\k{e}sa, Lech and Jan Pa\l{}ka and {\L{}}o{\'s}, Jan",
            ["Łukasz Nowak", "Lech Wałęsa", "Jan Pałka", "Jan Łoś"],
            [],
        ),
        (
            r"M$\ddot{u}$ller, Al and P$\acute{\rm e}$rez, Bo and \AA sa Berg and \'Emile Zola",
            ["Al Müller", "Bo Pérez", "Åsa Berg", "Émile Zola"],
            [],
        ),
    ],
)
def test_names(authors: str, names: list[str], groups: list[str]) -> None:
    (record,) = ingested(f"@misc{{a, title = {{On Wool}}, author = {{{authors}}}}}").records
    assert [author.name for author in record.authors] == names
    assert [concept.name for concept in record.institutions] == groups


@pytest.mark.parametrize(
    "marked",
    [
        r"Ada Example$^{1,*}$ and Sample, Bob$^{2}$",
        r"Ada Example$^1,^*$ and Sample, Bob$ {}^{\dagger}$",
        r"Ada Example\textsuperscript{1} and Sample, Bob\textsuperscript{*}",
        r"Ada Example\thanks{Both gave much, and {all} of it} and Sample, Bob\footnotemark[1]",
        r"Ada Example\footnote{Equal contribution and more} and Sample, Bob\dag",
        "Ada Example* and Sample, Bob†",
        "Ada Example¹,² and Bob Sample ³*",
        r"Ada Example\IEEEauthorrefmark{1} and Sample, Bob$\dagger$",
    ],
)
def test_marks_of_footnotes_are_no_part_of_names(marked: str) -> None:
    (record,) = ingested(f"@misc{{a, title = {{On Wool}}, author = {{{marked}}}}}").records
    assert [author.name for author in record.authors] == ["Ada Example", "Bob Sample"]
    assert record.institutions == ()


def test_a_line_break_before_braces_does_not_end_the_value() -> None:
    reading = ingested(r'@misc{a, title = {On Wool\\{2}}, abstract = {First\\{k} we count.\\\\{} Then, more.}, note = "so\\", year = 2031}')
    (record,) = reading.records
    assert (record.title, record.abstract, record.year) == ("On Wool 2", "First k we count. Then, more.", 2031)


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (
            r"G{\"o}del, \v{S}im\'{\i}k, Dvo\v r\'ak, {\O}rsted, {\L}ukasz, Stra{\ss}e, \c{C}elik, \"{U}",
            "Gödel, Šimík, Dvořák, Ørsted, Łukasz, Straße, Çelik, Ü",
        ),
        (r"30% of {C\#}, 20\% \& \$5 a\_b", "30% of C#, 20% & $5 a_b"),
        (r"``so'' -- and --- \emph{so \textbf{on}} \ldots", "“so” – and — so on …"),
        (r"\ournet{} beats \name and \foo{bar} \cite{x}", r"\ournet beats \name and \foo{bar} \cite{x}"),
        (r"Fast $O(n\_1)$ and \alpha-fair", "Fast $O(n_1)$ and α-fair"),
        (r"see \url{https://a.org/~b_c} or \href{https://a.org}{here}", "see https://a.org/~b_c or here (https://a.org)"),
        (r"Figure~1, M\"uller\-Berg, I{\textquoteright}ll", "Figure 1, MüllerBerg, I’ll"),
        ("unbalanced { brace } and } more", "unbalanced brace and more"),
        ("{" * 5000 + "deep" + "}" * 5000, "deep"),
        ("\\", "\\"),
    ],
)
def test_latex_becomes_text(latex: str, text: str) -> None:
    assert decode(latex) == text


def test_an_entry_whose_braces_do_not_match_is_read_by_its_lines() -> None:
    text = "@article{a,\n  title = {No {brace closes},\n  author = {Ada Example},\n  year = 2031\n}\n\n@article{b, title={Next}}\n"
    assert [(r.title, [a.name for a in r.authors], r.year) for r in ingested(text).records] == [
        ("No brace closes", ["Ada Example"], 2031),
        ("Next", [], None),
    ]


def test_what_cannot_be_read_says_at_which_line() -> None:
    reading = ingested("@article{a, title={On Wool}}\n\n@article{b, author={Ada Example}}\n@article{c\n@misc{d, title={On Milk}}\n")
    assert [record.title for record in reading.records] == ["On Wool", "On Milk"]
    assert [reject.reason for reject in reading.rejects] == [
        "line 3 (b): neither title nor abstract",
        "line 4: an entry that is not closed, or lacks a comma or equals sign",
    ]


def test_the_school_of_a_thesis_by_its_new_name_and_an_arxiv_number_in_a_note() -> None:
    thesis, preprint = ingested(
        "@thesis{a, title={On Hay}, author={Ada Example}, type={phdthesis}, institution={University of Hay}}\n"
        "@misc{b, title={On Milk}, author={Bob Sample}, publisher={arXiv}, note={arXiv:3101.00001 [cs]}}"
    ).records
    assert (thesis.authors[0].affiliations, thesis.venue) == (("University of Hay",), None)
    assert preprint.ids == {"arxiv": "3101.00001"}


def test_two_entries_of_one_key_are_two_papers() -> None:
    assert [r.title for r in ingested("@misc{a, title={On Wool}}\n@misc{a, title={On Milk}}").records] == ["On Wool", "On Milk"]


def test_warnings_of_the_parser_stay_inside(capfd: pytest.CaptureFixture[str]) -> None:
    ingested("@article{a, title={On Wool}\n@misc{b, title={On Milk}}")
    assert capfd.readouterr().err == ""


def test_a_file_without_entries_is_refused() -> None:
    with pytest.raises(SourceError, match="no BibTeX entry was found"):
        read(b"Nothing of the kind.", "list.bib", ".bib")


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b"@misc{a, title={x}}", "BibTeX"),
        (b"\xef\xbb\xbf% comment\n\n  @InProceedings { a:b/c-1 ,\n title={x}}", "BibTeX"),
        (b"@string{a = {b}}", "BibTeX"),
        (b"Our paper:\n\n@misc{a, title={x}}", None),
        (b"@ada and @bob, see you {there}", None),
        (b"ada@example.org", None),
    ],
)
def test_content_tells_the_form(data: bytes, form: str | None) -> None:
    chosen = choose(data, ".txt")
    assert (chosen.name if chosen else None) == form
