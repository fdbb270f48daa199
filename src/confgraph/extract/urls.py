"""Find the URLs of a text and say what stands behind each."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from confgraph.records import ResourceKind
from confgraph.text import address

GROUP: Final = "urls"

_KINDS: Final = {
    "github.com": ResourceKind.CODE, "gitlab.com": ResourceKind.CODE, "bitbucket.org": ResourceKind.CODE,
    "codeberg.org": ResourceKind.CODE, "sourceforge.net": ResourceKind.CODE,
    "anonymous.4open.science": ResourceKind.CODE, "colab.research.google.com": ResourceKind.CODE, "gist.github.com": ResourceKind.CODE,
    "huggingface.co": ResourceKind.CODE, "codalab.org": ResourceKind.CODE, "git.io": ResourceKind.CODE,
    "zenodo.org": ResourceKind.DATA, "figshare.com": ResourceKind.DATA, "kaggle.com": ResourceKind.DATA, "osf.io": ResourceKind.DATA,
    "physionet.org": ResourceKind.DATA, "dataverse.harvard.edu": ResourceKind.DATA, "openml.org": ResourceKind.DATA,
    "arxiv.org": ResourceKind.PAPER, "doi.org": ResourceKind.PAPER, "openreview.net": ResourceKind.PAPER,
    "aclanthology.org": ResourceKind.PAPER, "proceedings.mlr.press": ResourceKind.PAPER, "papers.nips.cc": ResourceKind.PAPER,
    "biorxiv.org": ResourceKind.PAPER, "medrxiv.org": ResourceKind.PAPER, "semanticscholar.org": ResourceKind.PAPER,
    "dl.acm.org": ResourceKind.PAPER, "ieeexplore.ieee.org": ResourceKind.PAPER, "openaccess.thecvf.com": ResourceKind.PAPER,
    "link.springer.com": ResourceKind.PAPER, "proceedings.neurips.cc": ResourceKind.PAPER,
}  # fmt: skip
_BARE_HOSTS: Final = "|".join(re.escape(h) for h in sorted(_KINDS, key=len, reverse=True))
_URL: Final = re.compile(
    rf"""(?:https?://|\bwww\.(?=\w)|(?<![\w@/.-])(?:(?:{_BARE_HOSTS})/(?=\w)|[\w-]+\.(?:github|gitlab)\.io\b))[^\s<>{{}}|^`"“”]*""",
    re.IGNORECASE,
)
_NEXT_SENTENCE: Final = re.compile(
    r"[.,;:!?)*]+(?=(?:We|The|Our|This|In|Code|Codes|A|An|To|It|These|Project|Data|See|All|Also)(?![\w./-]))"
)
_TRAILING: Final = ".,;:!?'’‘*…·•\\"
_PAIRS: Final = {")": "(", "]": "["}
_DATA_SUFFIXES: Final = (".csv", ".tsv", ".zip", ".tar.gz", ".json", ".jsonl", ".parquet", ".h5")


@Language.factory("confgraph_urls_v1")
def make_urls(nlp: Language, name: str) -> UrlFinder:  # noqa: ARG001  (spaCy calls factories by keyword)
    """Make the component that fills `doc.spans["urls"]`."""
    return UrlFinder()


class UrlFinder:
    """Mark every URL; the label of its span is the kind."""

    def __call__(self, doc: Doc) -> Doc:
        """Fill the group `urls` of `doc`."""
        spans: list[Span] = []
        text = doc.text  # put together from the tokens at each call
        for m in _URL.finditer(text):
            end = m.start() + len(trimmed(m.group()))
            span = doc.char_span(m.start(), end, label=kind_of(address(clean(text[m.start() : end]))), alignment_mode="contract")
            if span is not None and "." in span.text:
                spans.append(span)
        doc.spans[GROUP] = SpanGroup(doc, name=GROUP, spans=spans)
        return doc


def trimmed(url: str) -> str:
    """Cut what belongs to the sentence around a URL: closing marks, brackets it did not open, the next sentence.

    >>> trimmed("https://a.org/b_(c)).*"), trimmed("www.a.org/code.We")
    ('https://a.org/b_(c)', 'www.a.org/code')
    """
    cut = _NEXT_SENTENCE.search(url, 8)
    if cut:
        url = url[: cut.start()]
    opened = {mark: url.count(mark) for mark in "()[]"}
    end = len(url)
    while end:
        mark = url[end - 1]
        if mark in _PAIRS:
            if opened[mark] <= opened[_PAIRS[mark]]:
                break
            opened[mark] -= 1
        elif mark not in _TRAILING:
            break
        end -= 1
    return url[:end]


def clean(url: str) -> str:
    """Undo LaTeX escapes in a URL.

    >>> clean(r"github.com/a/b\\_c")
    'github.com/a/b_c'
    """
    return re.sub(r"\\([_%#&~$])", r"\1", url)


def kind_of(url: str) -> ResourceKind:
    """Say what stands behind a URL with a scheme, by its host and path.

    >>> kind_of("https://huggingface.co/datasets/a/b"), kind_of("https://a.github.io")
    (<ResourceKind.DATA: 'data'>, <ResourceKind.SITE: 'site'>)
    """
    try:
        parts = urlsplit(url)
    except ValueError:  # such as `https://[`
        return ResourceKind.SITE
    host, path = (parts.netloc.lower().rpartition("@")[2]).removeprefix("www."), parts.path.lower()
    if host == "huggingface.co":
        first = path.strip("/").partition("/")[0]
        return {"datasets": ResourceKind.DATA, "papers": ResourceKind.PAPER, "spaces": ResourceKind.SITE}.get(first, ResourceKind.CODE)
    if host in _KINDS:
        return _KINDS[host]
    if path.endswith(_DATA_SUFFIXES):
        return ResourceKind.DATA
    if path.endswith(".pdf"):
        return ResourceKind.PAPER
    return ResourceKind.CODE if host.startswith(("git.", "gitlab.", "github.")) else ResourceKind.SITE
