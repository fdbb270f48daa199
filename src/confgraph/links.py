"""Say what stands behind a URL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from confgraph.records import ResourceKind

HOSTS: Final[Mapping[str, ResourceKind]] = {
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
"""Hosts that hold one kind of thing, most of what they hold."""
_DATA_SUFFIXES: Final = (".csv", ".tsv", ".zip", ".tar.gz", ".json", ".jsonl", ".parquet", ".h5")


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
    if host in HOSTS:
        return HOSTS[host]
    if path.endswith(_DATA_SUFFIXES):
        return ResourceKind.DATA
    if path.endswith(".pdf"):
        return ResourceKind.PAPER
    return ResourceKind.CODE if host.startswith(("git.", "gitlab.", "github.")) else ResourceKind.SITE
