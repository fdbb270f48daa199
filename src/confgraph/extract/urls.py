"""Find the URLs of a text and say what stands behind each."""

from __future__ import annotations

import re
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from confgraph.links import HOSTS, kind_of
from confgraph.text import address

GROUP: Final = "urls"

_BARE_HOSTS: Final = "|".join(re.escape(h) for h in sorted(HOSTS, key=len, reverse=True))
_URL: Final = re.compile(
    rf"""(?:https?://|\bwww\.(?=\w)|(?<![\w@/.-])(?:(?:{_BARE_HOSTS})/(?=\w)|[\w-]+\.(?:github|gitlab)\.io\b))[^\s<>{{}}|^`"“”]*""",
    re.IGNORECASE,
)
_NEXT_SENTENCE: Final = re.compile(
    r"[.,;:!?)*]+(?=(?:We|The|Our|This|In|Code|Codes|A|An|To|It|These|Project|Data|See|All|Also)(?![\w./-]))"
)
_TRAILING: Final = ".,;:!?'’‘*…·•\\"
_PAIRS: Final = {")": "(", "]": "["}


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
