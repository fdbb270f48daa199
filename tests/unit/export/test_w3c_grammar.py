"""What is written obeys the grammars of Turtle and N-Quads to the letter, and what breaks them is refused when read.

The terminals are those of RDF 1.1 Turtle, section 6.5, and RDF 1.1 N-Quads, section 4; the rules for what is refused are those
that W3C's Turtle and N-Quads test suites check, each under the name of its test there. The documents are our own.
"""

import io
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from confgraph import vocab
from confgraph.errors import SourceError
from confgraph.export import rdf
from confgraph.graph.files import read_file

HEX = "[0-9A-Fa-f]"
UCHAR = rf"\\u{HEX}{{4}}|\\U{HEX}{{8}}"
ECHAR = r"""\\[tbnrf"'\\]"""
IRIREF = rf"<(?:[^\x00-\x20<>\"{{}}|^`\\]|{UCHAR})*>"
STRING = rf'"(?:[^\x22\x5C\x0A\x0D]|{ECHAR}|{UCHAR})*"'
LANGTAG = r"@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*"
LETTERS = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
IN_NAMES = f"{LETTERS}_0-9\u00b7\u0300-\u036f\u203f-\u2040-"
PREFIX = f"(?:[{LETTERS}](?:[{IN_NAMES}.]*[{IN_NAMES}])?)?:"
PLX = rf"%{HEX}{HEX}|\\[_~.\-!$&'()*+,;=/?#@%]"
LOCAL = f"(?:[{LETTERS}_:0-9]|{PLX})(?:(?:[{IN_NAMES}.:]|{PLX})*(?:[{IN_NAMES}:]|{PLX}))?"
NUMBER = r"[+-]?(?:[0-9]+\.[0-9]*[eE][+-]?[0-9]+|\.?[0-9]+[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+)"

TOKENS = re.compile(
    f"(?P<space>[ \t\r\n]+)|(?P<directive>@prefix)|(?P<iri>{IRIREF})|(?P<string>{STRING})|(?P<language>{LANGTAG})"
    rf"|(?P<type>\^\^)|(?P<name>{PREFIX}(?:{LOCAL})?)|(?P<number>{NUMBER})|(?P<word>\b(?:a|true|false)\b)|(?P<sign>[.;,])"
)
LETTER = {"directive": "P", "iri": "I", "string": "S", "language": "L", "type": "T", "name": "N", "number": "0"}
TERM = "[IN]"
OBJECT = f"(?:{TERM}|S(?:L|T{TERM})?|0|[tf])"
PREDICATES = f"(?:{TERM}|a){OBJECT}(?:,{OBJECT})*"
TURTLE = re.compile(rf"(?:PNI\.|{TERM}{PREDICATES}(?:;{PREDICATES})*;?\.)*")
NQUADS = re.compile(rf"(?:{IRIREF}) (?:{IRIREF}) (?:{IRIREF}|{STRING}(?:{LANGTAG}|\^\^{IRIREF})?)(?: {IRIREF})? \.")
ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:.")

LEXICAL = {
    vocab.XSD_INTEGER: r"[+-]?\d+",
    vocab.XSD_DECIMAL: r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)",
    vocab.XSD_G_YEAR: r"-?(?:[1-9]\d{3,}|0\d{3})(?:Z|[+-]\d\d:\d\d)?",
    vocab.XSD_DATE_TIME: r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?",
}
"""The lexical forms of the types that the graph uses. Source: XML Schema 1.1 Part 2."""


def written(quads: list[Quad], name: str) -> str:
    stream = io.BytesIO()
    rdf.write(stream, quads, name)
    return stream.getvalue().decode("utf-8")


def is_turtle(text: str) -> bool:
    """Say whether a text is of Turtle's grammar, of which our files use all but blank nodes, collections and long strings."""
    at, kinds = 0, []
    while at < len(text):
        token = TOKENS.match(text, at)
        if token is None:
            return False
        if token.lastgroup != "space":
            kinds.append(LETTER.get(token.lastgroup or "", token.group()[0]))
        at = token.end()
    return TURTLE.fullmatch("".join(kinds)) is not None


def test_the_graph_is_turtle_and_nquads_to_the_letter(small_quads: list[Quad]) -> None:
    assert is_turtle(written(small_quads, "turtle"))
    lines = written(small_quads, "nquads").split("\n")
    assert lines.pop() == ""
    assert [line for line in lines if not NQUADS.fullmatch(line)] == []


def test_names_are_absolute_and_values_are_of_their_types(small_quads: list[Quad]) -> None:
    for quad in small_quads:
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            if isinstance(term, NamedNode):
                assert ABSOLUTE.match(term.value)
            if isinstance(term, Literal) and (form := LEXICAL.get(term.datatype.value)):
                assert re.fullmatch(form, term.value), term


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8")), st.sampled_from([None, "en", "de-at", "zh-hant-tw"]))
def test_any_text_is_escaped_by_the_grammar(value: str, language: str | None) -> None:
    here, name = NamedNode("https://example.org/id/paper/x-1"), NamedNode(vocab.RDFS_LABEL)
    quads = [Quad(here, name, Literal(value, language=language)), Quad(here, name, Literal(value, language=language), here)]
    assert is_turtle(written(quads, "turtle"))
    assert all(NQUADS.fullmatch(line) for line in written(quads, "nquads").split("\n")[:-1])


IRI, VERB = "<http://example.org/s>", "<http://example.org/p>"

REFUSED = {
    "nt-syntax-bad-uri-01": f"<http://example.org/a b> {VERB} {IRI} .",
    "nt-syntax-bad-uri-02": rf"<http://example.org/\u0020> {VERB} {IRI} .",
    "nt-syntax-bad-uri-04": rf"<http://example.org/\n> {VERB} {IRI} .",
    "nt-syntax-bad-uri-07": f"{IRI} <p> {IRI} .",
    "nt-syntax-bad-lang-01": f'{IRI} {VERB} "word"@1 .',
    "nt-syntax-bad-esc-01": rf'{IRI} {VERB} "a\zb" .',
    "nt-syntax-bad-esc-02": rf'{IRI} {VERB} "\uWXYZ" .',
    "nt-syntax-bad-string-01": f"{IRI} {VERB} \"word' .",
    "nt-syntax-bad-string-05": f'{IRI} {VERB} """word""" .',
    "nt-syntax-bad-num-01": f"{IRI} {VERB} 1 .",
    "nq-syntax-bad-literal-01": f'{IRI} {VERB} {IRI} "graph" .',
    "nq-syntax-bad-uri-01": f"{IRI} {VERB} {IRI} <graph> .",
    "nq-syntax-bad-quint-01": f"{IRI} {VERB} {IRI} {IRI} {IRI} .",
}
REFUSED_TURTLE = {
    "turtle-syntax-bad-uri-01": f"<http://example.org/a b> {VERB} {IRI} .",
    "turtle-syntax-bad-prefix-01": ":s :p :o .",
    "turtle-syntax-bad-base-01": "BASE @base <http://example.org/> .",
    "turtle-syntax-bad-struct-04": f"{IRI} {VERB} {IRI} . .",
    "turtle-syntax-bad-kw-01": f"{IRI} A {IRI} .",
    "turtle-syntax-bad-n3-extras-01": f"{{ {IRI} {VERB} {IRI} }} {VERB} {IRI} .",
    "turtle-syntax-bad-struct-12": f"{IRI} {VERB} {IRI} {IRI} .",
    "turtle-syntax-bad-struct-14": f'"word" {VERB} {IRI} .',
    "turtle-syntax-bad-lang-01": f'{IRI} {VERB} "word"@1 .',
    "turtle-syntax-bad-esc-01": rf'{IRI} {VERB} "a\zb" .',
    "turtle-syntax-bad-string-06": f'{IRI} {VERB} """word"" .',
    "turtle-syntax-bad-num-05": f"{IRI} {VERB} 1.0e .",
    "turtle-syntax-bad-ln-escape": rf"@prefix : <http://example.org/> . :a%2 {VERB} {IRI} .",
}
READ_TURTLE = {
    "turtle-syntax-base-04": f"BASE <http://example.org/> <s> {VERB} <o> .",
    "turtle-syntax-prefix-05": "@prefix x: <http://example.org/> . x: x: x: .",
    "turtle-syntax-string-06": f'{IRI} {VERB} """two\nlines"""@en .',
    "turtle-syntax-ln-colons": f"@prefix : <http://example.org/> . :a:b {VERB} :%25 .",
    "turtle-syntax-struct-05": f"{IRI} {VERB} {IRI} ; .",
    "LITERAL_LONG1_with_2_squotes": f"{IRI} {VERB} '''it''s''' .",
}


@pytest.mark.parametrize(("name", "ending"), [*((n, ".nq") for n in REFUSED), *((n, ".ttl") for n in REFUSED_TURTLE)])
def test_what_the_suites_refuse_is_refused_with_its_line(name: str, ending: str, tmp_path: Path) -> None:
    document = (REFUSED if ending == ".nq" else REFUSED_TURTLE)[name]
    path = tmp_path / f"one{ending}"
    path.write_text(f"{IRI} {VERB} {IRI} .\n{document}\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"line [23]"):
        read_file(path)


@pytest.mark.parametrize("name", READ_TURTLE)
def test_what_the_suites_take_is_read(name: str, tmp_path: Path) -> None:
    path = tmp_path / "one.ttl"
    path.write_text(READ_TURTLE[name] + "\n", encoding="utf-8")
    assert len(read_file(path)) == 1


def test_the_check_of_turtle_can_fail() -> None:
    broken = [*REFUSED_TURTLE.values()]
    assert [document for document in broken if is_turtle(document)] == [":s :p :o ."]
