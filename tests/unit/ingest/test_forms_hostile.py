"""Files that were made to crash or hang a reader: each is read, or refused with a reason, in time linear in its size."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from confgraph.errors import SourceError
from confgraph.ingest.forms import FORMS, Columns, read

SIZE = 300_000

LONG: dict[str, Callable[[int], str]] = {
    "bib braces": lambda n: "@a{b, title={" + "{" * n,
    "bib closed braces": lambda n: "@a{b, author={" + "}" * n,
    "bib open entries": lambda n: "@a{b,\n" * (n // 20),
    "bib spaces": lambda n: " " * n + "@a{" + " " * n + "@b{",
    "bib names": lambda n: "@a{b, title={x}, author={" + "A and " * (n // 6) + "B}}",
    "bib commas": lambda n: "@a{b, title={x}, author={" + "A, " * (n // 3) + "}}",
    "bib quotes": lambda n: '@a{b, title="' + '{"}' * (n // 10) + '"}',
    "bib commands": lambda n: "@a{b, title={" + "\\'{" * (n // 3) + "}}",
    "bib dollars": lambda n: "@a{b, title={" + "$ " * (n // 2) + "}}",
    "bib strings": lambda n: "@string{a = " + "b # " * (n // 4) + "c}\n@a{b, title=a}",
    "bib fields": lambda n: "@a{b, title={x\n" + "y={z\n" * (n // 5),
    "bib one line": lambda n: "@a{b, title={x}} " * (n // 100),
    "ris lines": lambda n: "TY  - CONF\nTI  - x\n" + "y\n" * (n // 2),
    "ris tags": lambda n: "TY  - CONF\nTI  - x\n" + "AU  - A, B\n" * (n // 11),
    "xml text": lambda n: "<dblp><article><title>" + "x " * (n // 2) + "</title></article></dblp>",
    "xml children": lambda n: "<dblp><article><title>x</title>" + "<author>A B</author>" * (n // 20) + "</article></dblp>",
    "xml attributes": lambda n: "<dblp>" + "<article " + " ".join(f"a{i}='x'" for i in range(n // 10)) + "/></dblp>",
    "json people": lambda n: json.dumps([{"title": "x", "authors": "A B; " * (n // 5)}]),
    "json and": lambda n: json.dumps([{"title": "x", "authors": "A B and " * (n // 8)}]),
    "json tags": lambda n: json.dumps([{"title": "<i " * (n // 3), "authors": "A B", "abstract": "&" * n}]),
    "json brackets": lambda n: json.dumps(
        [{"title": "x", "authors": "(" * n, "doi": "10.1000/" + ")" * n, "url": "https://arxiv.org/" * (n // 18)}]
    ),
    "json keys": lambda n: json.dumps([{"title": "x", "authors": "A B", **{f"k{i}": i for i in range(n // 20)}}]),
    "json levels": lambda n: json.dumps({f"k{i}": {"a": {}} for i in range(n // 20)}),
    "json words": lambda n: json.dumps({"title": "x", "authorships": [], "abstract_inverted_index": {"x": list(range(n // 8))}}),
    "csv columns": lambda n: "Title,Authors," + "x," * (n // 2) + "\ny,A B\n",
    "csv quotes": lambda n: 'Title,Authors\nx,"' + '""' * (n // 2),
    "csv spaces": lambda n: "Title,Authors\nx," + " " * (n // 4) + "\n",
    "csv marks": lambda n: "Title,Authors\nx," + "*" * (n // 4) + "\n",
    "csv rows": lambda n: "Title,Authors\n" + "x,A B\n" * (n // 20),
}


def outcome(data: bytes, suffix: str, columns: Columns | None = None) -> str:
    """Read a file, or give what its refusal says and advises; any other error fails the test."""
    try:
        return read(data, "list", suffix, columns).text
    except SourceError as error:
        return error.what and error.hint


@pytest.mark.parametrize("name", LONG)
def test_long_files_are_read_or_refused(name: str) -> None:
    # Were one of them quadratic, this would take minutes.
    assert outcome(LONG[name](SIZE).encode(), "." + name.partition(" ")[0])


PIECES = st.sampled_from(
    [
        *"""
        @a{ @misc{k, title author = { } " # , ( ) \\ \\'e ~ $ -- % @string{ crossref < > </ & &amp; &x; <!DOCTYPE <![CDATA[ ]]> <dblp>
        <feed> <entry> <collection> <volume> <paper> <article> <title> <author> [ ] : null "title" "authors" "results" "notes" "content"
        "authorships" "message" 1e999 -1 \\u0000 \\ud800 TY AU TI ER - Title Authors Abstract ; | sep=; et al. and , Jr. 10.1000/x
        </dblp> https://a.org
        """.split(),
        *("\n", "\r", "\t", " ", "\x00", "\ufeff", "é", "𝕎", '""', "  - ", "TY  - CONF\n", "TI  - x\n"),
    ]
)
SUFFIXES = sorted(suffix for form in FORMS if form.name in ("BibTeX", "RIS", "XML", "JSON", "CSV") for suffix in form.suffixes)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(PIECES, max_size=40).map("".join), st.sampled_from(SUFFIXES), st.sampled_from(["utf-8", "utf-16", "latin-1"]), st.booleans()
)
def test_any_text_is_read_or_refused(text: str, suffix: str, encoding: str, named: bool) -> None:
    found = outcome(text.encode(encoding, "replace"), suffix, Columns({"title": "title"}, ";") if named else None)
    assert found
    assert found.encode()
    assert "\x00" not in found


KEYS = """
    title authors author abstract year url doi name results notes content message items authorships info hits hit result affiliations
    affiliation given family DOI type id ids externalIds keywords venue session primary_location locations value forum replyto
    abstract_inverted_index issued date-parts container-title event text @pid key ee pdate authorids track kind
    """.split()
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["Ada Example", "x; y", "2031", "10.1000/x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    max_leaves=30,
)


@settings(max_examples=400, deadline=None)
@given(json_values, st.booleans())
def test_any_json_is_read_or_refused(value: object, lines: bool) -> None:
    text = "\n".join([json.dumps(value)] * 2) if lines else json.dumps(value)
    assert outcome(text.encode(), ".json")
