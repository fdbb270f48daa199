"""Tell identifiers, and strip them of what resolves them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import unquote

_LONGEST: Final = 2_000
"""No identifier or address is longer, in characters."""
_DOI: Final = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
"""Source: Crossref, DOIs and matching regular expressions, loosened to old suffixes."""
_ARXIV: Final = re.compile(r"(?<![\w.])(?P<id>\d{4}\.\d{4,5}|[a-z-]{2,8}(?:\.[A-Z]{2})?/\d{7})(?:v\d{1,2})?(?![\w]|\.\d)")
"""Source: arXiv identifier scheme, since 2007 and before."""
_ARXIV_ALONE: Final = re.compile(r"(?P<id>\d\d(?:0[1-9]|1[0-2])\.\d{4,5})(?:v\d{1,2})?")
_ORCID: Final = re.compile(r"(?<!\d)\d{4}-\d{4}-\d{4}-\d{3}[\dX](?!\d)")
_OPENALEX: Final = re.compile(r"openalex\.org/(?:works/)?(?P<id>[WA]\d+)", re.IGNORECASE)
_DBLP_PERSON: Final = re.compile(r"dblp\.(?:org|uni-trier\.de)/pid/(?P<id>[\w/-]+)")
_DBLP_KEY: Final = re.compile(r"(?P<id>(?:\d{1,4}|[a-z])/[\w-]{1,60})(?:\.html)?")
_ADDRESSES: Final = (
    ("openreview", re.compile(r"openreview\.net/(?:forum|pdf|attachment)\?(?:[\w=&]{1,80}&)?id=(?P<id>[\w-]+)")),
    ("acl", re.compile(r"(?:aclanthology\.(?:org|info)|aclweb\.org/anthology)/(?:papers/)?(?P<id>[A-Z]\d\d-\d{4}|\d{4}\.\w+-\w+\.\d+)")),
    ("dblp", re.compile(r"dblp\.(?:org|uni-trier\.de)/rec/(?:bibtex/|html/|xml/)?(?P<id>[\w/-]+)")),
    ("openalex", _OPENALEX),
)
_ARXIV_DOI: Final = "10.48550/arxiv."
_BARE: Final = re.compile(r"[A-Z]\d\d-\d{4}|\d{4}\.\w+-\w+\.\d+")

Ids = tuple[tuple[str, str], ...]


def doi(text: str) -> str:
    """Give the DOI in a text without its resolver; empty where there is none.

    >>> doi("https://doi.org/10.18653/v1/2024.acl-long.1"), doi("none")
    ('10.18653/v1/2024.acl-long.1', '')
    """
    m = _DOI.search(unquote(text[:_LONGEST]))
    if not m:
        return ""
    found = m.group().rstrip(".,;:'")
    while found.endswith(")") and found.count("(") < found.count(")"):
        found = found[:-1]
    return found


def arxiv(text: str) -> str:
    """Give the arXiv identifier in a text, without its version; empty where there is none.

    >>> arxiv("arXiv:2301.01234v2"), arxiv("https://arxiv.org/abs/cs/9901001"), arxiv("none")
    ('2301.01234', 'cs/9901001', '')
    """
    m = _ARXIV.search(text[:_LONGEST])
    return m["id"] if m else ""


def arxiv_alone(text: str) -> str:
    """Give the arXiv identifier that is the whole of a text, of the scheme since 2007; empty where it is none.

    >>> arxiv_alone("2301.01234v2"), arxiv_alone("2313.01234"), arxiv_alone("No. 2301.01234")
    ('2301.01234', '', '')
    """
    m = _ARXIV_ALONE.fullmatch(text.strip())
    return m["id"] if m else ""


def orcid(text: str) -> str:
    """Give the ORCID in a text; empty where there is none.

    >>> orcid("https://orcid.org/0000-0002-1825-0097")
    '0000-0002-1825-0097'
    """
    m = _ORCID.search(text[:_LONGEST])
    return m.group() if m else ""


def acl(text: str) -> str:
    """Give the identifier that is the whole of a text and one of the ACL Anthology; empty where it is none.

    >>> acl("2024.acl-long.1"), acl("P19-1001"), acl("https://a.org")
    ('2024.acl-long.1', 'P19-1001', '')
    """
    return text.strip() if _BARE.fullmatch(text.strip()) else ""


def openalex(text: str) -> str:
    """Give the OpenAlex key in an address; empty where there is none.

    >>> openalex("https://openalex.org/W2741809807")
    'W2741809807'
    """
    m = _OPENALEX.search(text[:_LONGEST])
    return m["id"].upper() if m else ""


def of_person(text: str) -> Ids:
    """Tell whose identifier of a person a text is: ORCID, OpenReview profile, DBLP page; nothing where it is another or a mail address.

    >>> of_person("~Ada_Example1"), of_person("https://dblp.org/pid/12/34"), of_person("ada@example.org")
    ((('openreview', '~Ada_Example1'),), (('dblp', '12/34'),), ())
    """
    text = text.strip()
    if text.startswith("~") and " " not in text:
        return (("openreview", text),)
    if found := orcid(text):
        return (("orcid", found),)
    m = _DBLP_PERSON.search(text[:_LONGEST])
    return (("dblp", m["id"]),) if m else ()


def of_dblp_person(text: str) -> Ids:
    """Give the key of a person's page at DBLP, by itself or in an address; nothing where it is none.

    >>> of_dblp_person("295/8991.html"), of_dblp_person("https://dblp.org/pid/12/34-1"), of_dblp_person("Ada Example")
    ((('dblp', '295/8991'),), (('dblp', '12/34-1'),), ())
    """
    m = _DBLP_PERSON.search(text[:_LONGEST]) or _DBLP_KEY.fullmatch(text.strip())
    return (("dblp", m["id"]),) if m else ()


def of_addresses(urls: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the identifiers that addresses hold.

    >>> list(of_addresses(["https://arxiv.org/pdf/2301.01234v1.pdf", "https://openreview.net/forum?id=aBc_1"]))
    [('arxiv', '2301.01234'), ('openreview', 'aBc_1')]
    """
    for address in urls:
        url = address[:_LONGEST]
        if "arxiv.org/" in url and (found := arxiv(url.removesuffix(".pdf"))):
            yield "arxiv", found
        if "doi.org/" in url and (found := doi(url)):
            yield "doi", found
        for scheme, pattern in _ADDRESSES:
            if m := pattern.search(url):
                yield scheme, m["id"]


def united(*groups: Iterable[tuple[str, str]]) -> Ids:
    """Give the identifiers of several sources, each once, in their order; an arXiv DOI names the paper on arXiv too.

    >>> united([("doi", "10.48550/arXiv.2301.01234")], [("doi", "10.1/x"), ("doi", "10.1/X"), ("acl", "")])
    (('doi', '10.48550/arXiv.2301.01234'), ('doi', '10.1/x'), ('arxiv', '2301.01234'))
    """
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for group in groups:
        for scheme, value in group:
            if value:  # the case of a DOI says nothing
                found.setdefault((scheme, value.casefold() if scheme == "doi" else value), (scheme, value))
    for scheme, value in list(found):
        if scheme == "doi" and value.startswith(_ARXIV_DOI) and (own := arxiv(value.removeprefix(_ARXIV_DOI))):
            found.setdefault(("arxiv", own), ("arxiv", own))
    return tuple(found.values())
