"""PDFs are written here by a few lines of the test, as operators in the standard fonts; three are typeset by TeX (`tests/data/pdf`)."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from confgraph.errors import SourceError
from confgraph.ingest import forms
from confgraph.ingest.forms import pdf
from confgraph.ingest.forms.pdf.letters import named
from confgraph.ingest.forms.pdf.process import Glyph, Sheet

TYPESET = Path(__file__).parents[2] / "data" / "pdf"
FONTS = ("Times-Roman", "Times-Bold", "Times-Italic", "Courier")
ROMAN, BOLD, ITALIC, MONO = range(4)
ABSTRACT = (
    "We count sheep with a shepherd that never sleeps. The method is effi-",
    "cient and finds all the sheep of a flock; three meadows show that the",
    "count is right. It needs neither a dog nor a fence.",
)
NARROW = (
    "We count sheep with a shepherd that never sleeps.",
    "The method is efficient and finds all the sheep",
    "of a flock; three mea-",
    "dows show that the count is right. It needs nei-",
    "ther a dog nor a fence.",
)
"""The abstract in the width of one of two columns."""
ABSTRACT_TEXT = (
    "We count sheep with a shepherd that never sleeps. The method is efficient and finds all the sheep of a flock; "
    "three meadows show that the count is right. It needs neither a dog nor a fence."
)
BODY = (
    "Sheep are many and nights are short, as shepherds",
    "have known for long; the wool is warm all year and",
    "the grass is green on the hills behind the house.",
)


class Text(NamedTuple):
    """Text on a page: `^...^` in it is raised and small, `/...\\` is in capitals of less height; `turned` runs upwards."""

    left: float
    baseline: float
    size: float
    text: str
    font: int = ROMAN
    turned: bool = False


def centered(middle: float, baseline: float, size: float, text: str, font: int = ROMAN) -> Text:
    """Place text so that its middle is about where it shall be; letters are taken to be half as wide as high."""
    width = 0.45 * size * len(text.replace("^", ""))
    return Text(middle - width / 2, baseline, size, text, font)


def write(*pages: Sequence[Text], extra: bytes = b"", title: str = "") -> bytes:
    """Write pages as a PDF; `extra` goes into each page's drawing."""
    fonts = " ".join(f"/F{i} {3 + i} 0 R" for i in range(len(FONTS)))
    first = 3 + len(FONTS)
    kids = " ".join(f"{first + 2 * i} 0 R" for i in range(len(pages)))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode()]
    objects += [f"<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>".encode() for name in FONTS]
    for number, page in enumerate(pages):
        drawn = zlib.compress("\n".join(map(draw, page)).encode("cp1252") + extra)
        box = f"/MediaBox[0 0 612 792]/Resources<</Font<<{fonts}>>>>"
        objects.append(f"<</Type/Page/Parent 2 0 R{box}/Contents {first + 2 * number + 1} 0 R>>".encode())
        objects.append(stream(drawn, b"/Filter/FlateDecode"))
    objects.append(f"<</Title({title})>>".encode())
    return assemble(objects, f"/Info {len(objects)} 0 R")


def stream(data: bytes, keys: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), keys, data)


def assemble(objects: Sequence[bytes], trailer: str = "") -> bytes:
    """Put objects, numbered from 1, into a file; the first is the catalogue."""
    data, places = b"%PDF-1.5\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{len(data)}\n%%EOF".encode()
    return data + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table) + end


def draw(text: Text) -> str:
    """Write the operators for a text."""
    turn = "0 1 -1 0" if text.turned else "1 0 0 1"
    shown = []
    for number, piece in enumerate(text.text.split("^")):
        raised = number % 2
        escaped = piece.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        size, rise = (0.7 * text.size, 0.36 * text.size) if raised else (text.size, 0)
        shown.append(f"/F{text.font} {size:.1f} Tf {rise:.1f} Ts ({escaped}) Tj")
    return f"BT {turn} {text.left} {text.baseline} Tm {' '.join(shown)} ET"


def column(left: float, top: float, lines: Sequence[str], size: float = 10, font: int = ROMAN) -> list[Text]:
    return [Text(left, top - 1.15 * size * at, size, line, font) for at, line in enumerate(lines)]


def read(data: bytes) -> list[str]:
    return pdf.read(data, "paper.pdf").splitlines()


def people(lines: Sequence[str]) -> list[str]:
    return [line for line in lines if line.startswith(("author: ", "  "))]


def value(lines: Sequence[str], key: str) -> str | None:
    return next((line.removeprefix(f"{key}: ") for line in lines if line.startswith(f"{key}: ")), None)


def one_column(top: float = 560) -> list[Text]:
    return [
        centered(306, top, 10, "Abstract", BOLD),
        *column(150, top - 20, ABSTRACT, 9),
        Text(100, top - 80, 14, "1 Introduction", BOLD),
        *column(100, top - 100, BODY * 6),
    ]


def two_columns(top: float, *, left: Sequence[str], size: float = 10) -> list[Text]:
    return [*column(54, top, left, size), *column(320, top, BODY * 12, 9)]


def test_an_article_with_authors_side_by_side() -> None:
    page = [
        centered(306, 700, 17, "Counting Sheep with"),
        centered(306, 678, 17, "Recurrent Shepherds^*^"),
        centered(200, 640, 12, "Ada Lovelace"),
        centered(420, 640, 12, "Kurt Gödel"),
        centered(200, 626, 12, "University of London"),
        centered(420, 626, 12, "Institute for Advanced Study"),
        centered(200, 612, 12, "ada@lon.example"),
        centered(420, 612, 12, "Princeton"),
        centered(306, 590, 12, "March 2031"),
        *one_column(),
    ]
    lines = read(write(page))
    assert lines[0] == "Fields of PDF"
    assert value(lines, "title") == "Counting Sheep with Recurrent Shepherds"
    assert people(lines) == [
        "author: Ada Lovelace",
        "  affiliation: University of London",
        "author: Kurt Gödel",
        "  affiliation: Institute for Advanced Study, Princeton",
    ]
    assert value(lines, "abstract") == ABSTRACT_TEXT
    assert value(lines, "year") is None


def test_two_columns_with_the_abstract_after_a_dash() -> None:
    names = [
        ("1^st^ Ada Lovelace", "University of London"),
        ("2^nd^ Grace Hopper", "Naval Laboratory"),
        ("3^rd^ Alan Turing", "Bletchley Institute"),
    ]
    blocks = [
        text
        for middle, (name, place) in zip((130, 306, 482), names, strict=True)
        for text in (centered(middle, 650, 11, name), centered(middle, 637, 10, place, ITALIC), centered(middle, 625, 10, "a@b.example"))
    ]
    left = [f"Abstract—{NARROW[0]}", *NARROW[1:], "Index Terms—sheep, counting at night"]
    page = [
        centered(306, 720, 24, "Counting Sheep in the Dark"),
        *blocks,
        *two_columns(580, left=[*left, "", "I. INTRODUCTION", *BODY * 9], size=9),
    ]
    lines = read(write(page))
    assert value(lines, "title") == "Counting Sheep in the Dark"
    assert people(lines) == [line for name, place in names for line in (f"author: {name.split('^ ')[1]}", f"  affiliation: {place}")]
    assert value(lines, "abstract") == ABSTRACT_TEXT
    assert value(lines, "keywords") == "sheep; counting at night"


def test_blocks_in_two_rows_and_the_venue_at_the_foot() -> None:
    first = [
        ("Ada Lovelace^*^", "University of London", "London"),
        ("Grace Hopper^*^", "Google Brain", ""),
        ("Kurt Gödel", "Institute of Study", "Princeton"),
    ]
    second = [("Emmy Noether", "Universität Göttingen", ""), ("Alan M. Turing", "Bletchley Institute", "")]
    page = [centered(306, 710, 17, "Sheep Is All We Need", BOLD)]
    for top, middles, row in ((660, (130, 306, 482), first), (600, (218, 394), second)):
        for middle, (name, place, city) in zip(middles, row, strict=True):
            page += [centered(middle, top, 10, name, BOLD), centered(middle, top - 12, 10, place)]
            page += [centered(middle, top - 24, 10, city)] if city else []
            page += [centered(middle, top - 36, 9, "someone@somewhere.example", MONO)]
    page += [*one_column(530), Text(100, 60, 9, "45th Conference on Sheep Processing Systems (SheepPS 2031).")]
    lines = read(write(page))
    assert people(lines) == [
        "author: Ada Lovelace",
        "  affiliation: University of London, London",
        "author: Grace Hopper",
        "  affiliation: Google Brain",
        "author: Kurt Gödel",
        "  affiliation: Institute of Study, Princeton",
        "author: Emmy Noether",
        "  affiliation: Universität Göttingen",
        "author: Alan M. Turing",
        "  affiliation: Bletchley Institute",
    ]
    assert value(lines, "venue") == "45th Conference on Sheep Processing Systems (SheepPS 2031)"
    assert value(lines, "year") == "2031"


def test_raised_numbers_lead_to_institutions() -> None:
    page = [
        centered(306, 700, 15, "Counting Sheep across Languages", BOLD),
        Text(120, 670, 12, "Ada Lovelace^1*^, Grace Hopper^2^, Kurt Gödel^1,3^", BOLD),
        Text(120, 656, 12, "and María José García-López^2†^", BOLD),
        Text(120, 640, 12, "^1^University of London   ^2^Naval Laboratory"),
        Text(120, 626, 12, "^3^Institute for Advanced Study, Princeton"),
        Text(120, 612, 11, "{ada,kurt}@lon.example, grace@navy.example", MONO),
        centered(170, 580, 12, "Abstract", BOLD),
        *two_columns(562, left=[*NARROW, "", "1 Introduction", *BODY * 8]),
        Text(54, 70, 8, "^*^Equal contribution. ^†^Corresponding author."),
        centered(306, 40, 8, "Proceedings of the 2031 Conference on Counting Sheep, pages 1–12", ITALIC),
    ]
    lines = read(write(page))
    assert people(lines) == [
        "author: Ada Lovelace",
        "  affiliation: University of London",
        "author: Grace Hopper",
        "  affiliation: Naval Laboratory",
        "author: Kurt Gödel",
        "  affiliation: University of London",
        "  affiliation: Institute for Advanced Study, Princeton",
        "author: María José García-López",
        "  affiliation: Naval Laboratory",
    ]
    assert value(lines, "abstract") == ABSTRACT_TEXT
    assert value(lines, "venue") == "Proceedings of the 2031 Conference on Counting Sheep"


def test_a_typeset_page_in_one_column_with_accents_over_letters() -> None:
    lines = read((TYPESET / "institutes.pdf").read_bytes())
    rivers = "  affiliation: Faculty of Rivers, Wetland University, Wet Street 5, 1234 Puddle, Poland"
    rafts = "  affiliation: Instituto das Jangadas, Porto Raso, Portugal"
    assert value(lines, "title") == "Sufficient Conditions for Flawless Raft Navigation in Shallow Waters"
    assert people(lines) == [
        "author: Grażyna Wiśniewska",
        rivers,
        rafts,
        "author: José Luís Araújo",
        rafts,
        "  orcid: 0000-0002-1825-0097",
        "author: Iñigo Ångström-Dvořák",
        rafts,
        "author: Thor-Áki Müller",
        rivers,
    ]
    abstract = value(lines, "abstract") or ""
    assert abstract.startswith("Rafts drift where the water is shallow. We give sufficient conditions")
    assert abstract.endswith("on the river Rözsa with nineteen rafts supports the theory.")
    assert value(lines, "keywords") == "Raft navigation; Shallow waters; Offline verification"


def test_a_typeset_page_in_two_columns_with_hyphens_at_line_ends() -> None:
    lines = read((TYPESET / "columns.pdf").read_bytes())
    assert value(lines, "title") == "Robust Beamforming of Whistles with Asynchronous Kettle Arrays"
    assert people(lines) == [
        "author: Renée Désirée Okonkwo",
        "  affiliation: Dept. of Signals, Institute of Northern Technology, Oulunsalo, Finland",
        "author: Jürgen van der Strauß",
        "  affiliation: School of Waves, University of Lower Saxondale, Saxondale, Germany",
        "author: Ngoc Tran",
        "  affiliation: Robotics Laboratory, Blue River Company, Da Nang, Vietnam",
    ]
    abstract = value(lines, "abstract") or ""
    assert abstract.startswith("Kettle arrays whistle at different times, which makes beamforming unreliable. This paper")
    assert abstract.endswith("below that of a single fast Fourier transform per frame.")
    assert "-" not in abstract.replace("delay-and-sum", "")
    assert value(lines, "keywords") == "beamforming; kettles; asynchronous arrays; array signal processing"


def test_a_typeset_page_in_bitmaps_that_do_not_name_their_letters() -> None:
    lines = read((TYPESET / "bitmaps.pdf").read_bytes())
    assert value(lines, "title") == "Sufficient Baffles for Floating Kettles"
    assert people(lines) == [
        "author: Łukasz Wałkówski",
        "  affiliation: University of Steam, Wałbrzych, Poland",
        "author: Ada Müller",
        "  affiliation: Institute of Flutes, Affoltern, Switzerland",
    ]
    abstract = value(lines, "abstract") or ""
    assert abstract.startswith("We show that a kettle floats if it is filled to less than half – and that “affine” baffles suffice")
    assert abstract.endswith("rests on the theorem of the raft.")


def test_each_orcid_belongs_to_the_name_before_it() -> None:
    page = [
        centered(306, 700, 15, "Counting Sheep across Languages", BOLD),
        Text(100, 670, 12, "Ada Lovelace^1[0000-0002-1825-0097]^, Grace Hopper^2^, Kurt Gödel^1,2[0000-0001-5109-3700]^"),
        Text(100, 640, 12, "^1^University of London"),
        Text(100, 626, 12, "^2^Naval Laboratory"),
        *one_column(),
    ]
    assert people(read(write(page))) == [
        "author: Ada Lovelace",
        "  affiliation: University of London",
        "  orcid: 0000-0002-1825-0097",
        "author: Grace Hopper",
        "  affiliation: Naval Laboratory",
        "author: Kurt Gödel",
        "  affiliation: University of London",
        "  affiliation: Naval Laboratory",
        "  orcid: 0000-0001-5109-3700",
    ]


@pytest.mark.parametrize("printed", ["0000-0002-1825-0097", "ORCID: 0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097"])
def test_an_orcid_on_a_line_of_its_own_belongs_to_its_block(printed: str) -> None:
    page = [centered(306, 700, 15, "Counting Sheep across Languages", BOLD)]
    for middle, lines in ((160, ("Ada Lovelace", "University of London", printed)), (450, ("Grace Hopper", "Naval Laboratory"))):
        page += [centered(middle, 660 - 12 * at, 10, line) for at, line in enumerate(lines)]
    assert people(read(write([*page, *one_column()]))) == [
        "author: Ada Lovelace",
        "  affiliation: University of London",
        "  orcid: 0000-0002-1825-0097",
        "author: Grace Hopper",
        "  affiliation: Naval Laboratory",
    ]


def type3(text: str, *, mapped: bool, codes: dict[str, int] | None = None) -> bytes:
    """Write a page of one title and an abstract in a font whose letters are boxes, with or without a map to Unicode."""
    codes = codes or {char: ord(char) for char in sorted(set(text))}
    box = stream(b"500 0 0 0 500 700 d1 0 0 450 700 re f")
    first, last = min(codes.values()), max(codes.values())
    keys = f"/FirstChar {first}/LastChar {last}/Widths[{'500 ' * (last - first + 1)}]/FontMatrix[0.001 0 0 0.001 0 0]/FontBBox[0 0 500 700]"
    names = f"/CharProcs<</g 5 0 R>>/Encoding<</Type/Encoding/Differences[{first} {'/g ' * (last - first + 1)}]>>"
    font = f"<</Type/Font/Subtype/Type3/Resources<<>>{keys}{names}{'/ToUnicode 6 0 R' if mapped else ''}>>".encode()
    pairs = "\n".join(f"<{code:02x}> <{ord(char):04x}>" for char, code in codes.items())
    cmap = f"/CMapName/X def\n1 begincodespacerange <00> <ff> endcodespacerange\n{len(codes)} beginbfchar\n{pairs}\nendbfchar"
    shown = []
    for at, line in enumerate(text.split("\n")):
        drawn = "".join(f"{codes[char]:02x}" for char in line)
        shown.append(f"BT /F {18 if not at else 9} Tf 60 {700 - 14 * at} Td <{drawn}> Tj ET")
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F 4 0 R>>>>/Contents 7 0 R>>"
    pages = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"]
    return assemble([*pages, page, font, box, stream(cmap.encode()), stream("\n".join(shown).encode())])


LETTERED = (
    "Counting Sheep in Boxes\nAbstract\nThe sheep of the valley are in a box, and we count them by the box that is theirs.\n"
    "1 Introduction\nSheep are many."
)


@pytest.mark.parametrize("mapped", [True, False])
def test_a_font_of_drawings_is_read_by_its_map_or_where_its_numbers_are_letters(mapped: bool) -> None:
    lines = read(type3(LETTERED, mapped=mapped))
    assert value(lines, "title") == "Counting Sheep in Boxes"
    assert value(lines, "abstract") == "The sheep of the valley are in a box, and we count them by the box that is theirs."


def test_a_font_of_drawings_that_numbers_its_letters_as_they_come_is_refused_with_the_reason() -> None:
    codes = {char: 65 + at for at, char in enumerate(dict.fromkeys(LETTERED))}
    assert value(read(type3(LETTERED, mapped=True, codes=codes)), "title") == "Counting Sheep in Boxes"
    with pytest.raises(SourceError, match=r"do not say which characters they show \(they have no ToUnicode map"):
        read(type3(LETTERED, mapped=False, codes=codes))


def test_letters_of_the_cork_encoding() -> None:
    codes = [ord(char) for char in "the wool of the eight"] + [
        0x1C,
        ord("t"),
        32,
        ord("a"),
        ord("n"),
        ord("d"),
        32,
        0x8A,
        0xF3,
        ord("d"),
        0xB9,
    ]
    glyphs = tuple(Glyph(chr(code), 5.0 * at, 5.0 * at + 5, 0.0, 10.0, 0.0, "#0", readable=code == 32) for at, code in enumerate(codes))
    (sheet,) = named([Sheet(600, 800, glyphs, 0)])
    assert "".join(glyph.text for glyph in sheet.glyphs) == "the wool of the eightfit and Łódź"


def test_the_stamp_of_arxiv_gives_the_identifier_and_is_no_title() -> None:
    page = [
        Text(30, 200, 20, "arXiv:3106.01234v2  [cs.SH]  12 Jun 2031", turned=True),
        centered(306, 700, 17, "Sheep Transformers"),
        centered(306, 670, 12, "Ada Lovelace"),
        centered(306, 656, 12, "University of London"),
        *one_column(),
    ]
    lines = read(write(page))
    assert (value(lines, "title"), value(lines, "arxiv")) == ("Sheep Transformers", "3106.01234")
    assert value(lines, "venue") is None


def test_the_running_head_gives_venue_and_year() -> None:
    page = [
        Text(108, 750, 10, "Published as a conference paper at SheepConf 2031"),
        Text(108, 700, 17, "Small Sheep"),
        Text(108, 670, 10, "Ada Lovelace, Grace Hopper", BOLD),
        Text(108, 658, 10, "University of London"),
        *one_column(),
    ]
    lines = read(write(page))
    assert [value(lines, key) for key in ("title", "venue", "year")] == ["Small Sheep", "SheepConf 2031", "2031"]
    assert people(lines)[1::2] == ["  affiliation: University of London"] * 2


def test_the_abstract_goes_on_in_the_next_column_and_page() -> None:
    page = [centered(306, 700, 16, "Counting Many Sheep"), centered(306, 670, 12, "Ada Lovelace"), Text(54, 640, 10, "Abstract", BOLD)]
    page += [*column(54, 625, NARROW[:2]), *column(320, 640, [*NARROW[2:], "1 Introduction", *BODY * 12])]
    page += [Text(54, 590, 7, "This work was done on a hill, under a tree, and in the open air.")]
    assert value(read(write(page)), "abstract") == ABSTRACT_TEXT
    first = [
        centered(306, 700, 16, "Counting Many Sheep"),
        Text(100, 100, 10, "Abstract"),
        *column(100, 85, ABSTRACT[:1]),
        Text(300, 30, 10, "1"),
    ]
    second = [*column(100, 720, [*ABSTRACT[1:], "1 Introduction", *BODY])]
    assert value(read(write(first, second)), "abstract") == ABSTRACT_TEXT


def test_what_is_not_found_is_absent_and_the_comment_says_how_sure_the_rest_is() -> None:
    lines = read(write([centered(306, 700, 17, "Counting Sheep with Care"), *one_column()], title="Counting Sheep with Care"))
    assert not people(lines)
    assert [value(lines, key) for key in ("venue", "doi", "arxiv", "keywords")] == [None] * 4
    assert value(lines, "comment") == "confidence: title 0.99, abstract 0.95"


def test_pages_without_an_abstract_are_given_as_text() -> None:
    pages = [[Text(72, 700, 20, "Programme of the Sheep Days"), *column(72, 660, BODY)], column(72, 700, ("9:00 Opening", "9:30 Shearing"))]
    text = pdf.read(write(*pages), "programme.pdf")
    assert text.startswith("Programme of the Sheep Days\n")
    assert text.endswith("\n\n9:00 Opening\n9:30 Shearing\n")


def picture() -> bytes:
    image = stream(
        zlib.compress(bytes(64)),
        b"/Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode",
    )
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</XObject<</I 4 0 R>>>>/Contents 5 0 R>>"
    return assemble(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, image, stream(b"612 0 0 792 0 0 cm /I Do")]
    )


def pages_in_a_loop() -> bytes:
    return assemble(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>",
            b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 1>>",
        ]
    )


def pages_nested_deep() -> bytes:
    nodes = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (at + 1) for at in range(2, 5_000)]
    return assemble([b"<</Type/Catalog/Pages 2 0 R>>", *nodes, b"<</Type/Page/MediaBox[0 0 9 9]>>"])


def arrays_nested_deep() -> bytes:
    return assemble([b"<</Type/Catalog/Pages 2 0 R>>", b"[" * 100_000 + b"]" * 100_000])


def bomb() -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R>>"
    contents = stream(inflating(), b"/Filter/FlateDecode")
    return assemble([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, contents])


def inflating() -> bytes:
    """Pack two thousand million spaces: a block that stands for itself, many times."""
    packer = zlib.compressobj(9)
    first = packer.compress(b" ") + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b" " * 10_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + block * 200 + packer.flush()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        pytest.param(picture(), "the PDF is scanned: its first pages are pictures without text", id="a scan"),
        pytest.param(write([]), "the first pages of the PDF hold no text", id="an empty page"),
        pytest.param(write(), "the PDF has no page", id="no page"),
        pytest.param(write([Text(9, 9, 9, "sheep")])[:300], "cannot be read as PDF: the file is damaged or cut", id="cut"),
        pytest.param(b"%PDF-1.7\nno more", "cannot be read as PDF: the file is damaged or cut", id="junk"),
    ],
)
def test_what_gives_no_text_is_refused_with_the_reason(data: bytes, what: str) -> None:
    with pytest.raises(SourceError) as caught:
        pdf.read(data, "paper.pdf")
    assert (caught.value.where, caught.value.what) == ("paper.pdf", what)
    assert caught.value.hint


@pytest.mark.parametrize("make", [pages_in_a_loop, pages_nested_deep, arrays_nested_deep, bomb])
def test_hostile_files_are_refused(make: object) -> None:
    assert callable(make)
    with pytest.raises(SourceError):
        pdf.read(make(), "paper.pdf")


def test_an_encrypted_file_is_refused() -> None:
    key = b"<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (b"41" * 32, b"42" * 32)
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>", key]
    with pytest.raises(SourceError, match="encrypted"):
        pdf.read(assemble(objects, "/Encrypt 3 0 R/ID[<41><41>]"), "paper.pdf")


def test_the_form_is_told_by_content() -> None:
    data = write([centered(306, 700, 17, "Counting Sheep with Care"), *one_column()])
    assert forms.read(data, "paper", "").form == "PDF"
    assert not pdf.fits(b"We read %PDF-1.4 files.")
