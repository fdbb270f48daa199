"""Bytes of all sorts become the text that a reader of the page would see."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from confgraph.errors import SourceError
from confgraph.ingest.forms import html
from confgraph.ingest.forms.html.builder import parse
from confgraph.ingest.forms.html.encoding import decode_page

TEXT = "Naïve résumé – “engines” in Zürich"


def shown(body: str) -> str:
    return html.read(f"<!DOCTYPE html><html><body>{body}</body></html>".encode(), "a.html")


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", ""),
        ("utf-8", '<meta charset="iso-8859-1">'),
        ("utf-8-sig", '<meta charset="windows-1252">'),
        ("utf-16", ""),
        ("utf-16-le", ""),
        ("cp1252", '<meta charset="iso-8859-1">'),
        ("cp1252", '<meta http-equiv="Content-Type" content="text/html; charset=Windows-1252">'),
        ("cp1252", "<meta charset=utf-8>"),
        ("cp1252", "<meta charset=klingon>"),
        ("cp1252", ""),
    ],
)
def test_encodings_are_read_whatever_is_declared(encoding: str, declared: str) -> None:
    page = f"<html><head>{declared}</head><body><p>{TEXT}</p><p>{TEXT * 3}</p></body></html>"
    assert TEXT in decode_page(page.encode(encoding), "a.html")


@pytest.mark.parametrize(
    ("encoding", "label"), [("shift_jis", "Shift_JIS"), ("gb18030", "gb2312"), ("euc_kr", "euc-kr"), ("koi8_r", "koi8-r")]
)
def test_declared_encodings_of_the_east_are_read(encoding: str, label: str) -> None:
    text = {"shift_jis": "羊を数える", "gb18030": "数羊的方法", "euc_kr": "양을 세다", "koi8_r": "считать овец"}[encoding]
    assert text in decode_page(f"<meta charset={label}><p>{text}".encode(encoding), "a.html")


def test_old_quotes_among_utf_8_are_read_as_such() -> None:
    assert decode_page("<p>Zürich und Genève und Malmö: ".encode() + b"\x93so\x94" + " für alle".encode(), "a.html").endswith(
        "“so” für alle"
    )


HIDDEN = {
    "display none": '<p style="color: red; DISPLAY : none">secret</p>',
    "visibility": '<div style="visibility:hidden"><p>secret</p></div>',
    "attribute": "<p hidden>secret</p>",
    "class": '<p class="x d-none">secret</p>',
    "screen readers": '<span class="sr-only">secret</span>',
    "aria": '<div aria-hidden="true"><p>secret</p></div>',
    "template": "<template><p>secret</p></template>",
    "script": "<script>document.write('<p>secret</p>')</script>",
    "style": "<style>p::before { content: 'secret' }</style>",
    "comment": "<!-- <p>secret</p> -->",
    "noscript": "<noscript>secret</noscript>",
    "svg": "<svg><title>secret</title><text>secret</text></svg>",
    "choice": "<select><option>secret</select>",
    "button": "<button>secret</button>",
    "input": '<input value="secret">',
    "cited": '<div class="bibtex hidden">secret</div>',
}


@pytest.mark.parametrize("case", HIDDEN)
def test_what_is_not_seen_is_not_read(case: str) -> None:
    assert (
        shown(f"<p>before</p>{HIDDEN[case]}<p>after, and more words than the hidden ones</p>")
        == "before\n\nafter, and more words than the hidden ones\n"
    )


def test_a_folded_abstract_is_read() -> None:
    assert "We fold" in shown('<p>Title</p><div class="abstract" style="display:none">We fold.</div>')


def test_what_small_screens_hide_is_read() -> None:
    assert shown('<p class="d-none d-md-block">wide</p>') == "wide\n"


def test_a_page_behind_an_open_box_is_read() -> None:
    assert "All of the page" in shown(
        '<div aria-hidden="true"><p>All of the page stands here.</p></div><div role="alertdialog">Cookies?</div>'
    )


def test_a_menu_is_left_out_but_never_most_of_the_page() -> None:
    long = "What stands in a side bar that holds nearly all of the text of its page is what the page is about. " * 3
    assert shown(f'<p>Few words.</p><div class="sidebar">{long}</div>').endswith(f"{long.strip()}\n")
    assert shown(f'<p>{long}</p><div class="sidebar">Few words.</div>') == f"{long.strip()}\n"


KATEX = (
    '<span class="katex"><span class="katex-mathml"><math><semantics><mi>x</mi><annotation encoding="application/x-tex">x^2</annotation>'
    '</semantics></math></span><span class="katex-html" aria-hidden="true">x2</span></span>'
)


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ('<math alttext="x^2"><mi>x</mi></math>', "$x^2$"),
        (KATEX, "$x^2$"),
        ('<span class="MathJax_Preview">x</span><span class="MathJax" id="m">x2</span><script type="math/tex">x^2</script>', "$x^2$"),
        ("<math><msup><mi>x</mi><mn>2</mn></msup></math>", "x2"),
        ("<i>x</i><sup>2</sup>", "x²"),
        ("H<sub>2</sub>O", "H2O"),
        ("the 4<sup>th</sup>", "the 4th"),
        ("$x^2$", "$x^2$"),
    ],
)
def test_formulas_become_text(formula: str, text: str) -> None:
    assert shown(f"<p>Let {formula} be.</p>") == f"Let {text} be.\n"


def test_inline_elements_break_no_word_and_boxes_do() -> None:
    assert shown("<p><b>Lo</b>om<i>s</i></p>") == "Looms\n"
    assert shown('<p><span class="n">Oral</span><span class="n">Hall 1</span></p>') == "Oral Hall 1\n"
    assert shown("<div>one<p>two</p>three<br>four</div>") == "one\n\ntwo\n\nthree\nfour\n"


def test_entities_are_characters() -> None:
    assert shown("<p>&lt;b&gt; &Zcaron;&eacute; &#x1F411; &#8212; &amp;amp; &nbsp;x&copy</p>") == "<b> Žé 🐑 — &amp; x©\n"


@pytest.mark.parametrize("opening", ["<div>", "<ul><li>", "<table><tr><td>", "<blockquote>", "<sup>"])
def test_a_page_that_nests_without_end_is_refused(opening: str) -> None:
    with pytest.raises(SourceError, match="deep"):
        html.read(f"<html><body>{opening * 100_000}x".encode(), "a.html")


@pytest.mark.parametrize("opening", ["<font color=red>", "<b>", "<span>", "<p><i>"])
def test_formatting_that_is_never_closed_is_harmless(opening: str) -> None:
    assert html.read(f"<html><body>{f'{opening}word ' * 20_000}".encode(), "a.html").count("word") == 20_000


def test_buttons_in_buttons_take_no_time() -> None:
    # Were each looked through to its end, this would take minutes.
    assert html.read(f"<html><body>{'<button>' * 1_900}{'<i>word</i> other ' * 20_000}".encode(), "a.html").count("word") == 20_000


@pytest.mark.parametrize("word", ["1", "paper", "data", "Show", "nav-", "oral "])
def test_words_of_buttons_over_and_over_take_no_time(word: str) -> None:
    # Tried in every way to cut them, thirty of them would take hours.
    for text in (word * 50 + "x", word * 20 + "x", word * 50):
        page = f"<div class='{text}'><h4>{text}</h4><p>{text}</p></div>" * 3
        assert html.read(f"<html><body>{page}".encode(), "a.html")


@pytest.mark.parametrize("charset", ["punycode", "unicode_escape", "utf-7", "no-such"])
def test_a_declaration_that_names_no_character_set_is_left_aside(charset: str) -> None:
    page = f'<html><head><meta charset="{charset}"></head><body><p>' + "Ein schöner Tag für Schafe. " * 20
    assert "schöner" in html.read(page.encode("cp1252"), "a.html")


def test_a_page_of_too_many_elements_is_refused() -> None:
    with pytest.raises(SourceError, match="more than 500,000 elements"):
        html.read(b"<html><body>" + b"<p>x" * 500_001, "a.html")


def test_entities_of_a_doctype_are_not_expanded() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]><html><p>&b; &c;</p><p>after</p>'
    text = html.read(bomb.encode(), "a.html")
    assert "haha" not in text
    assert "root:" not in text
    assert text.endswith("after\n")


TAGS = st.sampled_from(
    "div p b i a span li ul table tr td th h2 h3 br sup dl dt dd script style template title math svg details summary nav".split()
)
PIECES = st.one_of(
    st.builds("<{}>".format, TAGS),
    st.builds("</{}>".format, TAGS),
    st.builds(
        '<{} class="{}">'.format, TAGS, st.sampled_from(["title", "authors", "abstract hidden", "card", "session", "room", "nav menu"])
    ),
    st.sampled_from(
        [
            "Ada Lovelace, Alan Turing",
            "On Counting Sheep",
            "<!--",
            "-->",
            "&amp;",
            "&#0;",
            "\x00",
            "<",
            '<a href="http://[">',
            "<td rowspan=0>",
        ]
    ),
    st.text(max_size=12),
)


@given(st.lists(PIECES, max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_soup_of_tags_is_read_or_refused_alike(pieces: list[str]) -> None:
    data = ("<html><body>" + "".join(pieces)).encode("utf-8", "replace")
    try:
        text = html.read(data, "a.html")
    except SourceError:
        return
    assert text == html.read(data, "a.html")
    assert text.strip()
    assert not re.search("[\x00-\x08\x0e-\x1f]", text)


def test_the_tree_numbers_its_nodes_in_document_order() -> None:
    tree = parse("<div><p>a<br>b <i>c</i></p><table><tr><td>d</table></div>", "a.html")
    assert [node.order for node in tree.nodes] == list(range(len(tree.nodes)))
    for node in tree.nodes:
        assert all(node.holds(child) and child.parent is node for child in node.children)
    assert tree.text(tree.root) == "a b c d"
