from collections.abc import Callable

import pytest

from confgraph.extract.urls import clean, trimmed
from confgraph.links import kind_of
from confgraph.records import Record, ResourceKind


@pytest.mark.parametrize(
    ("printed", "url"),
    [
        ("https://github.com/a/b.", "https://github.com/a/b"),
        ("https://github.com/a/b).", "https://github.com/a/b"),
        ("https://github.com/a/b)*", "https://github.com/a/b"),
        ("https://en.org/wiki/X_(y)", "https://en.org/wiki/X_(y)"),
        ("https://en.org/wiki/X_(y)).", "https://en.org/wiki/X_(y)"),
        ("https://a.org/[x]]", "https://a.org/[x]"),
        ("www.a.org,", "www.a.org"),
        ("https://github.com/a/b.We", "https://github.com/a/b"),
        ("https://a.org/Thesis.pdf", "https://a.org/Thesis.pdf"),
        ("https://a.org/x.The/y", "https://a.org/x.The/y"),
    ],
)
def test_what_belongs_to_the_sentence_is_cut(printed: str, url: str) -> None:
    assert trimmed(printed) == url


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://github.com/a/b", ResourceKind.CODE),
        ("https://huggingface.co/datasets/a", ResourceKind.DATA),
        ("https://huggingface.co/a/model", ResourceKind.CODE),
        ("https://www.kaggle.com/x", ResourceKind.DATA),
        ("https://arxiv.org/abs/1", ResourceKind.PAPER),
        ("https://lab.org/paper.PDF", ResourceKind.PAPER),
        ("https://name.github.io/project", ResourceKind.SITE),
        ("https://[", ResourceKind.SITE),
    ],
)
def test_kind_by_host_and_path(url: str, kind: ResourceKind) -> None:
    assert kind_of(url) is kind


def test_latex_escapes() -> None:
    assert clean(r"www.a.org/b\_c\%20d") == "www.a.org/b_c%20d"


def test_bare_hosts_and_repeats(read: Callable[..., Record]) -> None:
    record = read("Code: github.com/a/b and https://github.com/a/b; demo at name.github.io. We like node.js and e.g.this.")
    assert [r.url for r in record.resources] == ["github.com/a/b", "name.github.io"]


def test_place_of_a_url_is_its_text_on_the_page(read: Callable[..., Record]) -> None:
    abstract = r"See \url{https://a.org/x}. More."
    record = read(abstract)
    start = len("Header\n\n\n") + abstract.index("https")
    assert [(r.url, r.start, r.end) for r in record.resources] == [("https://a.org/x", start, start + len("https://a.org/x"))]
